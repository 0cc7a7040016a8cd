"""What is told of rules that nearly matched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import ListId
from monitor.matching import compile_rules
from tests.unit.matching_help import item, rule

TEXT = "The ferry left the harbour. Two hours later it sank; the crew was saved by fishermen."


def near(match: str, text: str = TEXT, **rest: str) -> list[tuple[list[str], list[str]]]:
    narrowed = {"languages": (rest.pop("languages"),)} if "languages" in rest else {}
    rules = [rule("r", match, **narrowed), rule("other", "quartz")]
    matcher = compile_rules(rules, [], {ListId("boats"): ("ferry", "yacht")})
    found, misses = matcher.examine(item(text, **rest))
    assert found == ()
    return [([h.surface for h in m.hits], list(m.missing)) for m in misses if m.rule == "r"]


@pytest.mark.parametrize(
    ("match", "surfaces", "missing"),
    [
        ("ferry AND whale", ["ferry"], ["whale"]),
        ("list:boats AND whale AND shark", ["ferry"], ["whale", "shark"]),
        ("ferry AND (whale OR shark)", ["ferry"], ["one of whale, shark"]),
        ("ferry NOT crew", ["ferry"], ["no crew: “crew” is there"]),
        ("ferry NEAR/3 crew", ["ferry", "crew"], ["ferry within 3 words of crew"]),
        ("ferry NEAR/3 whale", ["ferry"], ["whale"]),
        ("SENTENCE(ferry sank)", ["ferry", "sank"], ["(ferry and sank) in one sentence"]),
        ("ATLEAST/3(ferry OR crew)", ["ferry", "crew"], ["(one of ferry, crew) 3 times: 2 are there"]),
        ("title:ferry", ["ferry"], ["ferry in title"]),
        ("ferry AND title:whale", ["ferry"], ["whale in title"]),
        ("ferry AND published:<2000", ["ferry"], ["published:<2000"]),
        ('"ferry sank"', None, None),
        ("whale", None, None),
        ("ferry AND whale AND shark AND squid", None, None),
    ],
)
def test_a_miss_names_what_is_there_and_what_is_not(
    match: str, surfaces: list[str] | None, missing: list[str] | None
) -> None:
    assert near(match) == ([(surfaces, missing)] if surfaces is not None else [])


def test_an_article_in_another_language_is_said_to_be_one() -> None:
    ((hits, missing),) = near("ferry", languages="id", language="en")
    assert hits == ["ferry"]
    assert "in en" in missing[0]


WORDS = st.sampled_from(["ferry", "crew", "whale", "sank", "harbour"])
QUERIES = st.recursive(
    WORDS,
    lambda q: (
        st.tuples(q, q).map(lambda p: f"({p[0]} AND {p[1]})")
        | st.tuples(q, q).map(lambda p: f"({p[0]} OR {p[1]})")
        | st.tuples(WORDS, q).map(lambda p: f"({p[0]} NOT {p[1]})")
        | q.map(lambda p: f"SENTENCE({p})" if "SENTENCE" not in p and "TITLE" not in p else p)
    ),
    max_leaves=6,
)


@given(QUERIES, st.lists(WORDS, max_size=8))
def test_every_rule_matches_or_lacks_something(match: str, words: list[str]) -> None:
    matcher = compile_rules([rule("r", match)], [], {})
    given_item = item(" ".join(words))
    found, misses = matcher.examine(given_item)
    assert found == matcher.match(given_item)
    assert not (found and misses)
    for miss in misses:
        assert miss.missing
        assert miss.hits


REFERRING = ["ferry AND whale", "crew NOT sank", "rule:a AND crew", "re:/harbo.r/ AND whale", "list:b"]


@given(st.lists(QUERIES | st.sampled_from(REFERRING), max_size=4), st.lists(WORDS, max_size=8))
def test_a_rule_is_told_of_among_others_as_alone(matches: list[str], words: list[str]) -> None:
    lists = {ListId("b"): ("whale", "sank crew")}
    always = rule("a", "ferry OR harbour")
    narrow = [rule(f"r{n}", m) for n, m in enumerate(matches)]
    given_item = item(" ".join(words))
    found, misses = compile_rules([always, *narrow], [], lists).examine(given_item)
    for one in narrow:
        alone, near_alone = compile_rules([one, always], [], lists).examine(given_item)
        assert [m for m in found if m.rule == one.id] == [m for m in alone if m.rule == one.id]
        assert [m for m in misses if m.rule == one.id] == [m for m in near_alone if m.rule == one.id]
