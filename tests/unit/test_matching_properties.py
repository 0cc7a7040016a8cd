"""What holds of matching whatever the rules and the texts are."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from types import FrameType
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from monitor.core.errors import QueryError
from monitor.core.model import EntityId, Field, Item, ListId, RuleId, SourceId
from monitor.core.settings import EntitySettings, RuleSettings
from monitor.matching import compile_rules, parse_member, write
from monitor.matching.query import (
    And,
    AtLeast,
    In,
    ListRef,
    Near,
    Node,
    Not,
    Or,
    Published,
    Regex,
    RuleRef,
    Sign,
    Term,
    Within,
)
from monitor.matching.regex import MOST
from tests.unit.brute_force import matching_rules
from tests.unit.matching_help import item, rule

# fmt: off
WORDS = [
    "nato", "NATO", "peace", "talks", "мир", "миру", "泽连", "连斯", "나토", "나토가", "ناتو", "الناتو", "शांति", "สันติ",
    "é", "ok", "ゼレ", "straße", "tests",
]
# fmt: on
SHAPES = ["nat*", "ми*", "泽*", "pe?ce", "*lks", "t*s", "나*", "*а?о", "ша*ти", "*an*o*", "शा?ति", "?eace"]
LISTS = {ListId("l"): ("peace talks", "ми*", "连斯", "=NATO", "*lks"), ListId("m"): ("ok", "peace talks")}
SIGNS: list[Sign] = ["<", "<=", ">", ">="]
MOMENTS = [datetime(2025, 2, day, hour, tzinfo=UTC) for day, hour in ((11, 23), (12, 0), (13, 0), (14, 1))]
SOURCES = (SourceId("a"), SourceId("b"))

_WORD = st.sampled_from(WORDS)
_TERM = st.one_of(
    st.builds(Term, text=_WORD),
    st.builds(Term, text=st.lists(_WORD, min_size=2, max_size=2).map(" ".join), is_phrase=st.just(True)),
    st.builds(Term, text=st.sampled_from(SHAPES)),
    st.builds(Term, text=_WORD, is_exact=st.just(True)),
)
_LIST = st.builds(ListRef, id=st.sampled_from(list(LISTS)))
_SPOT: st.SearchStrategy[Node] = st.one_of(
    _TERM, _LIST, st.builds(Regex, pattern=st.sampled_from(["[nN]at", "тал|мир", "e.c"]))
)
_SIDE = st.one_of(_SPOT, st.builds(Or, parts=st.lists(_SPOT, min_size=2, max_size=3).map(tuple)))
_NEAR = st.builds(Near, left=_SIDE, right=_SIDE, distance=st.integers(1, 3), ordered=st.booleans())
_PLAIN = st.one_of(_SPOT, _NEAR)


def _all(parts: list[Node]) -> Node:
    return And(parts=tuple(p for part in parts for p in (part.parts if isinstance(part, And) else (part,))))


def _some(parts: list[Node]) -> Node:
    return Or(parts=tuple(p for part in parts for p in (part.parts if isinstance(part, Or) else (part,))))


def _joined(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=3)
    without = st.builds(lambda kept, out: _all([kept, Not(part=out)]), inner, inner)
    return st.one_of(several.map(_all), several.map(_some), without)


_INSIDE = st.recursive(_PLAIN, _joined, max_leaves=4)
_PUBLISHED = st.one_of(
    st.builds(Published, sign=st.sampled_from(["", *SIGNS]), when=st.sampled_from(["2025-02-12", "2025-02-13"])),
    st.builds(Published, sign=st.sampled_from(SIGNS), when=st.sampled_from(["0d", "1d", "2d"])),
)
_PART: st.SearchStrategy[Node] = st.one_of(
    _PLAIN,
    st.builds(In, field=st.sampled_from([Field.TITLE, Field.TEXT, Field.TAG]), part=_INSIDE),
    st.builds(In, field=st.just(Field.SOURCE), part=st.builds(Term, text=st.sampled_from(SOURCES))),
    st.builds(AtLeast, count=st.integers(1, 3), part=_INSIDE),
    st.builds(Within, part=_INSIDE, paragraph=st.booleans()),
    st.builds(lambda looked, when: _all([looked, when]), _PLAIN, _PUBLISHED),
)
_QUERY = st.recursive(_PART, _joined, max_leaves=5)

_GAP = st.sampled_from([" ", " ", ", ", "", "\n", ". ", " x ", "。"])
_TEXT = st.lists(
    st.tuples(st.sampled_from([*WORDS, "natural", "peaceful", "xnato", "The"]), _GAP), max_size=9
).map(lambda parts: "".join(word + gap for word, gap in parts))  # fmt: skip
_ITEM = st.builds(
    item,
    _TEXT,
    _TEXT,
    tags=st.lists(_WORD, max_size=2).map(tuple),
    source=st.sampled_from(SOURCES),
    language=st.sampled_from(["", "en", "id"]),
    published=st.sampled_from([None, *MOMENTS]),
)


@st.composite
def _rules(draw: st.DrawFn) -> list[RuleSettings]:
    """Each may refer to one before it."""
    made: list[RuleSettings] = []
    for number in range(draw(st.integers(1, 5))):
        query = draw(_QUERY)
        if made and draw(st.booleans()):
            other: Node = RuleRef(id=RuleId(f"r{draw(st.integers(0, number - 1))}"))
            query = draw(st.sampled_from([_all([query, other]), _some([query, other]), _all([query, Not(part=other)])]))
        made.append(
            rule(
                f"r{number}",
                write(query),
                none=tuple(draw(st.lists(_TERM.map(write), max_size=1))),
                languages=draw(st.sampled_from([(), (), ("en",), ("id", "en")])),
                sources=draw(st.sampled_from([(), (), SOURCES[:1]])),
            )
        )
    return made


@settings(max_examples=500, deadline=None)
@given(_rules(), _ITEM)
def test_indexed_matching_finds_what_reading_every_rule_finds(rules: list[RuleSettings], article: Item) -> None:
    found = {
        match.rule: {(hit.field, hit.start, hit.end) for hit in match.hits}
        for match in compile_rules(rules, [], LISTS).match(article)
    }
    assert found == matching_rules(rules, LISTS, article)


@settings(max_examples=200, deadline=None)
@given(_TERM, _TEXT)
def test_hits_stand_where_reading_finds_them(term: Term, text: str) -> None:
    made = rule("r", write(term))
    expected = matching_rules([made], {}, item(text)).get(RuleId("r"), set())
    found = compile_rules([made], [], {}).match(item(text))
    hits = found[0].hits if found else ()
    assert [(h.field, h.start, h.end) for h in hits] == sorted(expected, key=lambda p: p[1:])
    assert all(text[h.start : h.end] == h.surface for h in hits)


_A = st.builds(Term, text=st.sampled_from(["aa", "bb", "aa bb"]), is_phrase=st.just(True))
_CLOSE = st.builds(Near, left=_A, right=_A, distance=st.integers(1, 3), ordered=st.booleans())
_TOGETHER = st.builds(
    Within,
    part=st.one_of(
        _A,
        _CLOSE,
        st.builds(lambda a, b: _all([a, b]), _A, _A),
        st.builds(lambda a, b: _all([a, Not(part=b)]), _A, _A),
    ),
    paragraph=st.booleans(),
)
_DENSE = st.lists(st.sampled_from(["aa", "bb", "aa", "bb", "x", "y.", "\n"]), max_size=14).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(_CLOSE, _TOGETHER), _DENSE)
def test_words_that_stand_close_are_found_as_reading_finds_them(query: Node, text: str) -> None:
    _agree(query, text)


_SHAPE = st.text(st.sampled_from("ab*?é泽"), min_size=2, max_size=6)


@settings(max_examples=300, deadline=None)
@given(_SHAPE, st.text(st.sampled_from("aabbÁé泽 ."), max_size=12))
def test_wildcards_are_followed_as_reading_follows_them(shape: str, text: str) -> None:
    try:
        parse_member(shape)
    except QueryError:
        assume(False)
    _agree(Term(text=shape.replace("**", "*")), text)


def _agree(query: Node, text: str) -> None:
    made = rule("r", write(query))
    found = {
        match.rule: {(hit.field, hit.start, hit.end) for hit in match.hits}
        for match in compile_rules([made], [], {}).match(item(text))
    }
    assert found == matching_rules([made], {}, item(text))


# --- no text makes it slow ---

HOSTILE = [
    ("*aa*aa*", "a"),
    ("aa*", "a"),
    ("aa?a*b", "a"),
    ("*aab*", "aa"),
    ("*国国*", "国"),
    ("国*", "国国 "),
    ("나토*", "나토"),
    ('"a1 a1 a1" NEAR/3 a1', "a1 "),
    ("a1 ONEAR/1000 b1", "a1 x b1 "),
    ("SENTENCE(a1 b1 NOT c1)", "a1. b1! "),
    ("PARAGRAPH(a1 NOT b1)", "a1\n"),
    ("ATLEAST/1000(ab OR ab*)", "ab "),
    ('="Á b"', "á b Á b "),
    ("a1 OR (a1 (a1 OR a1))", "A1\u0301\u0301 "),
    ("tag:a1", "a1 "),
]


def _steps(query: str, text: str, *entities: EntitySettings) -> int:
    """How many steps the interpreter takes to match: the same in every run on every machine."""
    matcher = compile_rules([rule("r", query)], entities, {})
    article = item(text, tags=tuple(text.split()))
    matcher.match(article)  # what is learnt of letters is learnt
    steps = 0

    def traced(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal steps
        frame.f_trace_opcodes = True
        steps += event == "opcode"
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        matcher.match(article)
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize(("query", "unit"), HOSTILE)
def test_twice_the_text_takes_about_twice_the_steps(query: str, unit: str) -> None:
    once, twice = (_steps(query, unit * (count // len(unit))) for count in (1_000, 2_000))
    assert once <= twice <= 2.5 * once


@pytest.mark.parametrize(
    ("name", "exclude", "unit"),
    [
        ("Zelensky", ("Zelensky Street",), "Zelensky Street. "),
        ("Zelensky", ("river",), "Zelensky, and the river. "),
        ("Georgia", (), "South Georgia. Georgia. "),
        ("United States Senate", (), "Senate. "),
        ("World Health Organization", (), "World Health Organization (WHO). "),
    ],
)
def test_twice_the_mentions_take_about_twice_the_steps(name: str, exclude: tuple[str, ...], unit: str) -> None:
    entity = EntitySettings(id=EntityId("e"), name=name, exclude=exclude)
    once, twice = (_steps("entity:e", unit * count, entity) for count in (150, 300))
    assert once <= twice <= 2.2 * once


def test_of_one_expression_so_many_places_count_as_can_be_found_in_good_time() -> None:
    (found,) = compile_rules([rule("r", "re:/a.*b|a/")], [], {}).match(item("a" * 5_000))
    assert len(found.hits) == MOST
