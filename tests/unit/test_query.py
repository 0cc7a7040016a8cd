from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.errors import QueryError
from monitor.core.model import EntityId, Field, ListId, RuleId
from monitor.matching import parse_member, parse_query, rule_node, write
from monitor.matching.query import (
    And,
    AtLeast,
    EntityRef,
    In,
    ListRef,
    Near,
    Node,
    Not,
    Or,
    Regex,
    RuleRef,
    Term,
    Within,
)
from tests.unit.matching_help import rule


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("NATO OR OTAN", "NATO OR OTAN"),
        ("a1 b1 OR c1", "(a1 AND b1) OR c1"),
        ("a1 NOT b1 c1", "a1 AND NOT b1 AND c1"),
        ("a1 (b1 OR c1)", "a1 AND (b1 OR c1)"),
        ("a1 NOT (b1 OR c1)", "a1 AND NOT (b1 OR c1)"),
        ("((a1))", "a1"),
        ('"peace talks"', '"peace talks"'),
        ("“peace talks”", '"peace talks"'),
        ('title:nato text:("a b" c1)', 'title:nato AND text:("a b" AND c1)'),
        ("entity:zelensky AND list:talks", "entity:zelensky AND list:talks"),
        ("negosia*", "negosia*"),
        ("=US", "=US"),
        ('="New York"', '="New York"'),
        ("a1 NEAR/5 (b1 OR c1)", "a1 NEAR/5 (b1 OR c1)"),
        ("a1 ONEAR/2 b1 NOT c1", "(a1 ONEAR/2 b1) AND NOT c1"),
        ("SENTENCE(a1 b1)", "SENTENCE(a1 AND b1)"),
        ("PARAGRAPH(a1 NOT b1)", "PARAGRAPH(a1 AND NOT b1)"),
        ("ATLEAST/3(nato)", "ATLEAST/3(nato)"),
        (r"re:/n\/a|\d{3}/i", r"re:/n\/a|\d{3}/i"),
        ('"AND" or "NOT"', '"AND" AND or AND "NOT"'),
        ("http://example.org/a", "http://example.org/a"),
        ("12:30", "12:30"),
        ("AT&T C++ U.S.", "AT&T AND C++ AND U.S."),
        (r'"say \"yes\""', r'"say \"yes\""'),
        (r"a\b", r"a\\b"),
        ("a1 AND b1 OR c1 AND d1", "(a1 AND b1) OR (c1 AND d1)"),
        ("a1 OR b1 AND c1", "a1 OR (b1 AND c1)"),
        ("NOT a1 NEAR/2 b1 c1", "NOT (a1 NEAR/2 b1) AND c1"),
        ("a1 NOT NOT b1", "a1 AND NOT NOT b1"),
        ("title:SENTENCE(a1 b1)", "title:SENTENCE(a1 AND b1)"),
        ("title:ATLEAST/2(a1)", "title:ATLEAST/2(a1)"),
        ("rule:other a1", "rule:other AND a1"),
        ("a1 published:>2025-01-31", "a1 AND published:>2025-01-31"),
        ("a1 published:=2025-01", "a1 AND published:2025-01"),
        ("a1 published:<=2025-02-01t10:00z", "a1 AND published:<=2025-02-01T10:00Z"),
        ("a1 published:<1D12h", "a1 AND published:<1d12h"),
    ],
)
def test_a_query_is_written_the_way_it_was_understood(written: str, understood: str) -> None:
    query = parse_query(written)
    assert write(query.root) == understood
    assert parse_query(understood) == query


@pytest.mark.parametrize(
    ("written", "position", "what"),
    [
        ("", 0, "empty"),
        ("   ", 0, "empty"),
        ("NOT a1", 0, "NOT only takes away"),
        ("(NOT a1)", 1, "NOT only takes away"),
        ("a1 OR NOT b1", 6, "match nearly everything"),
        ("NOT a1 NOT b1", 0, "NOT only takes away"),
        ("*", 0, "everything"),
        ("nato OR ?*", 8, "everything"),
        ("nato a*", 5, "nearly everything"),
        ("+++", 0, "no letter or digit"),
        ("...", 0, "no letter or digit"),
        ('nato "—"', 5, "no letter or digit"),
        ("a1 AND", 3, "needs something after it"),
        ("a1 OR )", 3, "needs something after it"),
        ("OR a1", 0, "needs something on its left"),
        ("a1 AND OR b1", 7, "needs something on its left"),
        ("(a1 b1", 0, "not closed"),
        ("a1)", 2, "without its ("),
        ("a1 ()", 3, "empty"),
        ('a1 "b c', 3, "not closed"),
        ("titel:nato", 0, "no field titel:"),
        ("a1 title: b1", 3, "before nothing"),
        ("entity: x", 0, "needs the id"),
        ("nato, otan", 4, "does not join"),
        ("a1 | b1", 3, "does not join"),
        ("!nato", 0, "not a sign"),
        ("published:>2025-01-01", 0, "published: only narrows"),
        ("a1 OR published:<7d", 6, "match nearly everything"),
        ("published:<7d NOT a1", 0, "NOT only takes away"),
        ("a1 published:", 3, "before nothing"),
        ("a1 published: >2025", 3, "before nothing"),
        ("a1 published:>2025-13-01", 3, "no such time"),
        ("a1 published:>2025-02-30", 3, "no such time"),
        ("a1 published:>yesterday", 3, "YESTERDAY is no time"),
        ("a1 published:7d", 3, "needs a comparison"),
        ("a1 published:2025-01-31T10:00", 3, "one moment"),
        ("a1 published:>9999999999d", 3, "is no time"),
        ("a1 published:>999999999w", 3, "longer than 100 years"),
        ("a1 published:>2025<2026", 13, "no time"),
        ("a1 published>2025-01-01", 3, "needs a colon"),
        ("rule: x", 0, "needs the id"),
        ("title:rule:x", 6, "looks where it says itself"),
        ("a1 NEAR/2 rule:x", 10, "NEAR takes"),
        ("SENTENCE(a1 rule:x)", 12, "cannot stand inside"),
        ("title:published:>2025", 6, "inside another field"),
        ("ATLEAST/2(NOT a1)", 10, "NOT only takes away"),
        ("a1 near/5 b1", 3, "in capitals"),
        ("a1 NEAR5 b1", 3, "no operator"),
        ('"a1 b1"~5', 7, "not a sign"),
        ("a1 -b1", 3, "not a sign"),
        ("+a1", 0, "not a sign"),
        ("SENTANCE(a1 b1)", 0, "no operator SENTANCE"),
        ("a1 re:/(/", 3, "not a regular expression"),
        ("re:/a(?=b)/", 0, "not a regular expression"),
        ("re:/x*/", 0, "matches everything"),
        ("re:/abc", 0, "not closed"),
        ("re:/a/q", 6, "after a regular expression"),
        ("a1 NEAR/x b1", 3, "number"),
        ("a1 NEAR b1", 3, "number"),
        ("a1 NEAR/0 b1", 3, "from 1 to 1000"),
        ("a1 NEAR/5 (b1 c1)", 11, "NEAR takes"),
        ("a1 NEAR/5 b1 NEAR/5 c1", 13, "joins two"),
        ("SENTENCE a1", 0, "needs parentheses"),
        ("SENTENCE(title:a1 b1)", 9, "cannot stand inside"),
        ("title:(text:a1)", 7, "inside another field"),
        ("泽连斯基 AND", 5, "needs something after it"),
        ("=", 0, "before nothing"),
        ("a1 =***", 3, "no letter or digit"),
        ("nato x\\", 5, "backslash"),
        ("(" * 60 + "a1" + ")" * 60, 40, "deeper"),
    ],
)
def test_a_bad_query_is_refused_with_its_place(written: str, position: int, what: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse_query(written)
    assert what in refused.value.what
    assert refused.value.position == position


def test_a_misspelled_field_is_answered_with_the_right_one() -> None:
    with pytest.raises(QueryError) as refused:
        parse_query("langauge:id")
    assert "did you mean language:" in refused.value.remedy


def test_a_query_names_its_entities_and_lists_with_their_places() -> None:
    query = parse_query("entity:zelensky (list:talks OR title:entity:putin)")
    assert query.entities == (("zelensky", 0), ("putin", 37))
    assert query.lists == (("talks", 17),)


@pytest.mark.parametrize(
    ("member", "text"),
    [("gencatan senjata", "gencatan senjata"), ('"peace talks"', "peace talks"), (" negosia* ", "negosia*")],
)
def test_a_member_of_a_list_is_a_phrase_without_quotes(member: str, text: str) -> None:
    assert parse_member(member).text == text


@pytest.mark.parametrize("member", ["", "*", "a*", '""', "…"])
def test_a_member_that_finds_nothing_or_everything_is_refused(member: str) -> None:
    with pytest.raises(QueryError):
        parse_member(member)


def test_any_all_and_none_of_a_rule_are_one_query() -> None:
    made = rule("asean", any=("ASEAN", "KTT"), all=("jakarta",), none=("sepak bola", "konser"))
    expected = "(ASEAN OR KTT) AND jakarta AND NOT (sepak AND bola) AND NOT konser"
    assert rule_node(made) == parse_query(expected).root


def test_a_rule_that_only_takes_away_is_refused() -> None:
    with pytest.raises(QueryError, match="narrows it"):
        rule_node(rule("x", none=("bola",)))


# --- any tree that can be written can be read again ------------------------------------------------------------------

_WORDS = st.sampled_from(
    [
        "nato",
        "AND",
        "NEAR",
        "peace talks",
        "泽连斯基",
        "мир",
        'say "no"',
        "wom?n",
        "negosia*",
        "a:b",
        "x,y",
        "-a",
        "near/5",
        "“q”",
        r"a\\b",
        r"wh\?t",
        "published>2",
        "a(b)",
    ]
)
_TERMS = st.builds(Term, text=_WORDS, is_phrase=st.booleans())
_EXACT = st.builds(
    Term, text=st.sampled_from(["US", "Łódź", "New York", 'a"b', r"a\b", "(x)", "*1"]), is_exact=st.just(True)
)
_LEAVES = st.one_of(
    _TERMS,
    _EXACT,
    st.builds(EntityRef, id=st.just(EntityId("zelensky"))),
    st.builds(ListRef, id=st.just(ListId("talks"))),
    st.builds(RuleRef, id=st.just(RuleId("other.rule-1"))),
    st.builds(Regex, pattern=st.sampled_from(["a/b", r"\d+", "x y"]), ignores_case=st.booleans()),
)


def _and(parts: list[Node]) -> Node:
    return And(parts=tuple(p for part in parts for p in (part.parts if isinstance(part, And) else (part,))))


def _or(parts: list[Node]) -> Node:
    return Or(parts=tuple(p for part in parts for p in (part.parts if isinstance(part, Or) else (part,))))


def _grow(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        several.map(_or),
        several.map(_and),
        st.tuples(inner, inner).map(lambda pair: _and([pair[0], Not(part=pair[1])])),
        st.builds(AtLeast, count=st.integers(1, 9), part=inner),
        st.builds(Near, left=_TERMS, right=_TERMS, distance=st.integers(1, 9), ordered=st.booleans()),
    )


_TREES = st.recursive(_LEAVES, _grow, max_leaves=8)
_SCOPED = st.one_of(
    _TREES,
    st.builds(In, field=st.sampled_from([Field.TITLE, Field.URL]), part=_TERMS),
    st.builds(Within, part=st.builds(lambda a, b: _and([a, b]), _TERMS, _TERMS), paragraph=st.booleans()),
)


@given(_SCOPED)
def test_a_query_that_is_written_and_read_again_is_the_same(root: Node) -> None:
    assert parse_query(write(root)).root == root


_FRAGMENTS = """a1|b*| | AND | OR | NOT |(|)|"|“|”|:|=|*|?|\\|,|re:|/|title:|NEAR/5|ONEAR/2|SENTENCE(|ATLEAST/2(|-|~|+|
published:|>|<|2025-02-01|7d|rule:|list:|entity:|x|泽|'|\t""".replace("\n", "").split("|")


@settings(max_examples=500)
@given(st.lists(st.sampled_from(_FRAGMENTS), max_size=14).map("".join))
def test_any_text_is_a_query_or_is_refused_within_itself(text: str) -> None:
    try:
        query = parse_query(text)
    except QueryError as refused:
        assert 0 <= refused.position <= len(text)  # noqa: PT017  # most texts are no error
    else:
        assert parse_query(write(query.root)) == query
