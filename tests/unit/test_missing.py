"""What an item lacks, in words."""

from __future__ import annotations

import pytest

from monitor.core.model import ListId, RuleId
from monitor.matching import compile_rules
from tests.unit.matching_help import item, rule

LISTS = {ListId("talks"): ("peace talks", "negosiasi*")}


@pytest.mark.parametrize(
    ("query", "text", "lacks"),
    [
        ("nato summit", "NATO summit", ()),
        ("nato summit kyiv", "The summit", ("nato", "kyiv")),
        ("nato (kyiv OR lviv)", "NATO", ("one of kyiv, lviv",)),
        ("nato list:talks", "NATO", ("list:talks",)),
        ("nato NOT (football OR chess)", "NATO plays chess", ("no (one of football, chess)",)),
        ("title:(nato kyiv)", "nato kyiv", ("nato in title", "kyiv in title")),
        ("nato NEAR/2 kyiv", "nato", ("kyiv",)),
        ("nato NEAR/2 kyiv", "nato is not in the city of kyiv", ("nato within 2 words of kyiv",)),
        ("nato ONEAR/2 kyiv", "kyiv nato", ("nato at most 2 words before kyiv",)),
        ("SENTENCE(nato kyiv)", "Nato met. Kyiv waits.", ("(nato and kyiv) in one sentence",)),
        ("SENTENCE(nato kyiv)", "Nato met.", ("kyiv",)),
        ("ATLEAST/3(nato)", "nato nato", ("nato 3 times",)),
        (r"nato re:/\d+/", "nato", (r"re:/\d+/",)),
        ("nato published:>2026", "nato", ("published:>2026",)),
        ("nato rule:talks", "nato", ("list:talks (rule:talks)",)),
        ("nato rule:dutch", "nato vrede", ("a language or source of rule:dutch",)),
    ],
)
def test_the_parts_that_are_not_met_are_told(query: str, text: str, lacks: tuple[str, ...]) -> None:
    rules = [rule("r", query), rule("talks", "list:talks"), rule("dutch", "vrede", languages=("nl",))]
    matcher = compile_rules(rules, [], LISTS)
    article = item(text, language="en")
    assert matcher.missing(article, RuleId("r")) == lacks
    assert ("r" in [match.rule for match in matcher.match(article)]) is not bool(lacks)


def test_a_rule_that_is_not_meant_for_the_article_says_so() -> None:
    matcher = compile_rules([rule("r", "nato", languages=("id",))], [], {})
    assert matcher.missing(item("nato", language="en"), RuleId("r")) == ("a language or source of the rule",)
    with pytest.raises(KeyError):
        matcher.missing(item("nato"), RuleId("other"))
