from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.errors import QueryError
from monitor.core.model import Field, Item, ListId, Match, SourceId
from monitor.core.settings import RuleSettings, SourceSettings
from monitor.matching import compile_rules
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
        ('SENTENCE("peace talks")', "Peace\ntalks", None),
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


@given(st.text())
def test_any_text_can_be_matched(text: str) -> None:
    found = _match(rule(match="nato OR zz* OR re:/x./"), item(text, text))
    assert found is None or all(h.surface == text[h.start : h.end] for h in found.hits)
