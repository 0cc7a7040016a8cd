"""Rules against items: the query language, the compiled matcher, and entities."""

from monitor.matching.compiler import parse_member, rule_node
from monitor.matching.matcher import RuleMatcher, compile_rules
from monitor.matching.parser import parse_query
from monitor.matching.query import Query

__all__ = ["Query", "RuleMatcher", "compile_rules", "parse_member", "parse_query", "rule_node"]
