from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.errors import QueryError
from monitor.core.model import Field, Item, ListId, Match, SourceId
from monitor.core.settings import RuleSettings, SourceSettings
from monitor.matching import compile_rules, parse_member, rule_node, write
from monitor.matching.query import And, AtLeast, In, ListRef, Near, Node, Not, Or, Term
from monitor.text.folding import fold
from monitor.text.tokens import is_word_char, is_word_end, is_word_start, spans
from tests.unit.matching_help import item, rule

TALKS = {ListId("talks"): ("peace talks", "negosiasi*", "perundingan", "gencatan senjata")}


def _match(made: RuleSettings, given_item: Item, lists: Mapping[ListId, tuple[str, ...]] = TALKS) -> Match | None:
    found = compile_rules([made], [], lists).match(given_item)
    return found[0] if found else None


def _surfaces(query: str, text: str) -> list[str] | None:
    found = _match(rule(match=query), item(text))
    return None if found is None else [h.surface for h in found.hits]


@pytest.mark.parametrize(
    ("query", "text", "surfaces"),
    [
        ("nato", "The NATO summit; Nato, nato.", ["NATO", "Nato", "nato"]),
        ("nato", "Snato and natoid", None),
        ("Łódź", "W Lodzi? Nie, w LODZ.", ["LODZ"]),
        ("straße", "Die STRASSE", ["STRASSE"]),
        ("istanbul", "İSTANBUL'da", ["İSTANBUL"]),
        ("زيلينسكي", "قال زیلینسكی اليوم", ["زیلینسكی"]),
        ("محمد", "قال مُحَمَّدٌ", ["مُحَمَّدٌ"]),
        ("泽连斯基", "总统泽连斯基说", ["泽连斯基"]),
        ("나토", "나토가 하나토를", ["나토"]),
        ("เซเลนสกี", "ประธานาธิบดีเซเลนสกีกล่าว", ["เซเลนสกี"]),
        ('"peace talks"', "Peace\ntalks and peace-talks", ["Peace\ntalks"]),
        ("negosia*", "Negosiasinya, negosia", ["Negosiasinya", "negosia"]),
        ('"gencatan senj*"', "gencatan senjata", ["gencatan senjata"]),
        ("wom?n", "women, woman, womeen", ["women", "woman"]),
        ("colo*r", "colour color collar", ["colour", "color"]),
        ("*stan", "Kazakhstan and stance", ["Kazakhstan"]),
        ("=US", "us US Us", ["US"]),
        ("=Łódź", "Lodz Łódź łódź", ["Łódź"]),
        (r"re:/\d{2}\.\d/", "up 12.5 points", ["12.5"]),
        ("re:/ö.ü/i", "die ÖxÜ", ["ÖxÜ"]),
        ("nato NOT otan", "nato", ["nato"]),
        ("nato NOT otan", "nato otan", None),
        ("nato (kyiv OR moscow)", "Nato in Kyiv", ["Nato", "Kyiv"]),
        ("a1 NEAR/2 b1", "b1 x y a1", ["b1", "a1"]),
        ("a1 NEAR/1 b1", "b1 x y a1", None),
        ("a1 ONEAR/2 b1", "b1 x y a1", None),
        ("SENTENCE(peace moscow)", "Peace now. In Moscow too.", None),
        ("SENTENCE(peace moscow)", "Now. Peace in Moscow.", ["Peace", "Moscow"]),
        ("PARAGRAPH(peace moscow)", "Peace now. In Moscow.\nThe end.", ["Peace", "Moscow"]),
        ("SENTENCE(peace NOT war)", "War. Peace and war. Peace now.", ["Peace"]),
        ("ATLEAST/3(nato)", "nato nato", None),
        ("ATLEAST/2(nato OR otan)", "nato, otan", ["nato", "otan"]),
        ("list:talks", "Perundingan dan gencatan  senjata", ["Perundingan", "gencatan  senjata"]),
        ("C++", "in C++ and C+", ["C++"]),
    ],
)
def test_a_query_finds_what_it_says(query: str, text: str, surfaces: list[str] | None) -> None:
    assert _surfaces(query, text) == surfaces


def test_hits_say_where_and_by_which_term() -> None:
    found = _match(rule(match='nato list:talks title:"summit"'), item("Talk of Negosiasi.", "NATO summit"))
    assert found is not None
    assert [(h.field, h.start, h.end, h.surface, h.term) for h in found.hits] == [
        (Field.TITLE, 0, 4, "NATO", "nato"),
        (Field.TITLE, 5, 11, "summit", '"summit"'),
        (Field.TEXT, 8, 17, "Negosiasi", "list:talks"),
    ]


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("kyiv", False),
        ("author:kyiv", True),
        ("url:kyiv", True),
        ("site:daily", True),
        ("source:bbc-world", True),
        ("source:bbc", False),
        ("source:bbc*", True),
        ("language:pt", True),
        ("language:pt-br", True),
        ("language:p*", False),
        ("tag:war", True),
        ('tag:"war peace"', False),
        ("title:(war OR peace)", False),
        ("nato NOT author:kyiv", False),
    ],
)
def test_fields_are_searched_only_when_named(query: str, matches: bool) -> None:
    made = rule(match=query if query != "language:p*" else "nato NOT language:pt*")
    article = item(
        "nato",
        url="https://example.org/kyiv/1",
        author="Jo Kyiv",
        site="The Daily",
        source=SourceId("bbc-world"),
        language="pt-BR",
        tags=("war", "peace"),
    )
    assert (_match(made, article) is not None) is matches


@pytest.mark.parametrize(("language", "matches"), [("id", True), ("id-ID", True), ("en", False), ("", True)])
def test_a_language_that_is_not_known_excludes_nothing(language: str, matches: bool) -> None:
    made = rule(match="nato", languages=("id",))
    assert (_match(made, item("nato", language=language)) is not None) is matches


def test_sources_and_their_tags_narrow_a_rule() -> None:
    sources = [
        SourceSettings(id=SourceId(n), url="", tags=t) for n, t in (("a", ("wire",)), ("b", ()), ("c", ("wire",)))
    ]
    rules = [
        rule("tagged", "nato", tags=("wire",)),
        rule("named", "nato", sources=(SourceId("b"),)),
        rule("both", "nato", tags=("wire",), sources=(SourceId("a"), SourceId("b"))),
    ]
    matcher = compile_rules(rules, [], {}, sources)
    found = {s: [m.rule for m in matcher.match(item("nato", source=SourceId(s)))] for s in "abc"}
    assert found == {"a": ["tagged", "both"], "b": ["named"], "c": ["tagged"]}


def test_matches_come_in_the_order_of_the_rules() -> None:
    rules = [rule("z", "peace"), rule("a", "nato"), rule("m", r"re:/\d/")]
    assert [m.rule for m in compile_rules(rules, [], {}).match(item("nato 1 peace"))] == ["z", "a", "m"]


def test_an_unknown_list_or_entity_is_refused() -> None:
    for query in ("list:nothing", "entity:nobody"):
        with pytest.raises(QueryError, match="there is no"):
            compile_rules([rule(match=query)], [], {})


def test_any_all_and_none_are_members_in_the_same_language() -> None:
    made = rule(any=("ASEAN", "KTT"), all=('"gencatan senjata"',), none=("sepak bola",))
    assert _match(made, item("KTT: gencatan senjata")) is not None
    assert _match(made, item("KTT: gencatan senjata, sepak bola")) is None
    assert _match(made, item("gencatan senjata")) is None


def test_a_matcher_without_rules_matches_nothing() -> None:
    assert compile_rules([], [], {}).match(item("nato")) == ()


# --- the index finds what reading every rule over every text finds ---------------------------------------------------

_VOCABULARY = [
    "nato",
    "NATO",
    "peace",
    "talks",
    "мир",
    "миру",
    "泽连",
    "连斯",
    "나토",
    "나토가",
    "ناتو",
    "الناتو",
    "शांति",
    "สันติ",
    "é",
    "ok",
]
_WORD = st.sampled_from(_VOCABULARY)
_TERM = st.one_of(
    st.builds(Term, text=_WORD),
    st.builds(Term, text=st.lists(_WORD, min_size=2, max_size=2).map(" ".join), is_phrase=st.just(True)),
    st.builds(Term, text=st.sampled_from(["nat*", "ми*", "泽*", "pe?ce", "*lks", "t*s", "나*"])),
    st.builds(Term, text=_WORD, is_exact=st.just(True)),
)
_MEMBERS = ("peace talks", "ми*", "连斯", "=NATO")
_LEAF: st.SearchStrategy[Node] = st.one_of(
    _TERM,
    st.just(ListRef(id=ListId("l"))),
    st.builds(In, field=st.sampled_from([Field.TITLE, Field.TEXT]), part=_TERM),
    st.builds(AtLeast, count=st.integers(1, 3), part=_TERM),
    st.builds(Near, left=_TERM, right=_TERM, distance=st.integers(1, 3), ordered=st.booleans()),
)


def _grow(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(And, parts=some),
        st.builds(Or, parts=some),
        st.builds(And, parts=st.tuples(inner, st.builds(Not, part=inner))),
    )


_QUERY = st.recursive(_LEAF, _grow, max_leaves=6)
_SEPARATOR = st.sampled_from([" ", " ", ", ", "", "\n", " x "])
_TEXT = st.lists(
    st.tuples(st.sampled_from([*_VOCABULARY, "natural", "peaceful", "xnato"]), _SEPARATOR), max_size=9
).map(lambda parts: "".join(word + gap for word, gap in parts))


def _term_places(term: Term, text: str) -> set[tuple[int, int]]:
    """Read letter by letter: every start, every end."""
    folded = fold(text)
    found = set()
    if term.is_exact:
        shape = re.escape(fold(term.text).text)
    else:
        shape = "".join(
            "[^\\W_]*" if c == "*" else "[^\\W_]" if c == "?" else re.escape(fold(c).text or c) for c in term.text
        )
    trailing = term.text.endswith("*") and not term.is_exact and term.text.count("*") == 1 and "?" not in term.text
    for start in range(len(folded.text)):
        if not is_word_start(folded.text, start):
            continue
        if trailing:
            literal = fold(term.text[:-1]).text
            if not folded.text.startswith(literal, start):
                continue
            end = start + len(literal)
            if not ("\u0e00" < literal[-1] < "\u0eff" or "\u3400" < literal[-1] < "\u9fff"):
                while (
                    end < len(folded.text)
                    and is_word_char(folded.text[end])
                    and not "\u3400" < folded.text[end] < "\u9fff"
                ):
                    if "\u0e00" < folded.text[end] < "\u0eff":
                        break
                    end += 1
        else:
            match = re.compile(shape).match(folded.text, start)
            if match is None or not is_word_end(folded.text, match.end()):
                continue
            end = match.end()
        left, right = folded.span(start, end)
        if not term.is_exact or text[left:right] == term.text:
            found.add((left, right))
    return found


def _holds(node: Node, texts: Mapping[Field, str]) -> bool:
    match node:
        case And(parts=parts):
            return all(_holds(p, texts) for p in parts)
        case Or(parts=parts):
            return any(_holds(p, texts) for p in parts)
        case Not(part=part):
            return not _holds(part, texts)
        case In(field=field, part=part):
            return _holds(part, {field: texts[field]})
        case AtLeast(count=count, part=part):
            assert isinstance(part, Term)
            return sum(len(_term_places(part, t)) for t in texts.values()) >= count
        case Near(left=left, right=right, distance=distance, ordered=ordered):
            assert isinstance(left, Term)
            assert isinstance(right, Term)
            return any(_near(left, right, t, distance, ordered) for t in texts.values())
        case ListRef():
            return any(_term_places(parse_member(m), t) for m in _MEMBERS for t in texts.values())
        case Term():
            return any(_term_places(node, t) for t in texts.values())
        case _:
            raise AssertionError(node)


def _near(left: Term, right: Term, text: str, distance: int, ordered: bool) -> bool:
    words = list(spans(text))

    def numbers(place: tuple[int, int]) -> list[int]:
        return [i for i, (start, end) in enumerate(words) if start < place[1] and end > place[0]]

    for a in _term_places(left, text):
        for b in _term_places(right, text):
            mine, theirs = numbers(a), numbers(b)
            if 0 <= min(theirs) - max(mine) - 1 <= distance or (
                not ordered and 0 <= min(mine) - max(theirs) - 1 <= distance
            ):
                return True
    return False


@settings(max_examples=400, deadline=None)
@given(st.lists(_QUERY, min_size=1, max_size=5), _TEXT, _TEXT)
def test_indexed_matching_equals_reading_every_rule(queries: list[Node], title: str, text: str) -> None:
    rules = [rule(f"r{i}", write(q)) for i, q in enumerate(queries)]
    found = {m.rule for m in compile_rules(rules, [], {ListId("l"): _MEMBERS}).match(item(text, title))}
    texts = {Field.TITLE: title, Field.TEXT: text}
    assert found == {r.id for r in rules if _holds(rule_node(r), texts)}


@settings(max_examples=200, deadline=None)
@given(_TERM, _TEXT)
def test_hits_stand_where_reading_finds_them(term: Term, text: str) -> None:
    found = _match(rule(match=write(term)), item(text), {})
    places = {(h.start, h.end) for h in found.hits} if found else set()
    expected = _term_places(term, text)
    if term.text.startswith("*"):
        # Where the script changes within a word, a wildcard at the front may begin at either place; one hit is enough.
        assert {end for _, end in places} == {end for _, end in expected}
        assert places <= expected
    else:
        assert places == expected
    assert found is None or all(text[h.start : h.end] == h.surface for h in found.hits)


@given(st.text())
def test_any_text_can_be_matched(text: str) -> None:
    found = _match(rule(match="nato OR zz* OR re:/x./"), item(text, text))
    assert found is None or all(h.surface == text[h.start : h.end] for h in found.hits)
