"""Rules against items: the query language, the compiled matcher, and entities."""

from monitor.matching.compiler import MAX_REFERENCES, parse_member, rule_node
from monitor.matching.matcher import RuleMatcher, compile_rules
from monitor.matching.nearly import NearMiss
from monitor.matching.parser import parse_query, unbounded
from monitor.matching.query import Query
from monitor.matching.writing import write

__all__ = [
    "MAX_REFERENCES",
    "NearMiss",
    "Query",
    "RuleMatcher",
    "compile_rules",
    "parse_member",
    "parse_query",
    "rule_node",
    "unbounded",
    "write",
]
