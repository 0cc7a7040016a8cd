"""Persons: whose name a family name is, and when it counts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.model import EntityId
from monitor.core.settings import EntitySettings
from monitor.matching import RuleMatcher, compile_rules
from monitor.matching.entities.lexicon import calendar_words, context, forms, given_names
from monitor.matching.entities.regnal import ordinal_of
from monitor.text.scripts import Script, script_of
from tests.unit.matching_help import item, rule


def _matcher(name: str) -> RuleMatcher:
    return compile_rules([rule("e", "entity:e")], [EntitySettings(id=EntityId("e"), name=name)], {})


def _found(name: str, text: str, language: str = "") -> list[str]:
    return [h.surface for m in _matcher(name).match(item(text, language=language)) for h in m.hits]


@pytest.mark.parametrize(
    ("name", "language", "text", "surface"),
    [
        # the words of a name in other orders
        ("Park Geun-hye", "en", "President Park Geun-hye was impeached", "Park Geun-hye"),
        ("Moon Jae In", "pl", "prezydent Moon Jae-in przybył", "Moon Jae-in"),
        ("Moon Jae-in", "ko", "문재인 대통령은", "문재인"),
        ("Park Geun-hye", "ko", "박근혜 전 대통령", "박근혜"),
        ("Yoko Tawada", "ko", "다와다 요코의 소설", "다와다 요코의"),
        ("Nagy Ferenc", "en", "Ferenc Nagy was prime minister", "Ferenc Nagy"),
        ("Rousseff, Dilma", "pt", "a presidente Dilma Rousseff", "Dilma Rousseff"),
        ("Dilma Rousseff", "en", "ROUSSEFF, Dilma", "ROUSSEFF, Dilma"),
        ("Sergei SHOIGU", "en", "minister Sergei Shoigu said", "Sergei Shoigu"),
        # middle names, initials, particles
        ("George Bush", "en", "George H. W. Bush", "George H. W. Bush"),
        ("Lyndon Johnson", "en", "Lyndon Baines Johnson signed it", "Lyndon Baines Johnson"),
        ("Lyndon Baines Johnson", "en", "Lyndon B. Johnson signed it", "Lyndon B. Johnson"),
        ("Lyndon Johnson", "de", "L. Johnson unterschrieb", "L. Johnson"),
        ("Jaap de Hoop Scheffer", "ru", "сказал Яап де Хооп Схеффер", "Яап де Хооп Схеффер"),
        ("KHALID SHEIKH MOHAMMED ALI TARIQ", "en", "KHALID TARIQ", "KHALID TARIQ"),
        # given names by other forms
        ("Joseph Stiglitz", "en", "Joe Stiglitz replied", "Joe Stiglitz"),
        ("William Clinton", "de", "Bill Clinton redete", "Bill Clinton"),
        ("Alexander Stubb", "uk", "Олександр Стубб приїхав", "Олександр Стубб"),
        ("Angela Rayner", "sl", "z Angelo Rayner", "Angelo Rayner"),
        # offices beside the name
        ("Xi Mingze", "en", "President Xi arrived", "Xi"),
        ("Edith Stein", "ja", "シュタイン氏", "シュタイン"),
        ("Liz Truss", "ko", "트러스 총리", "트러스"),
        # what is his, and what is hers
        ("Jan Fischer", "cs", "Fischerova vláda padla", "Fischerova"),
        ("Zuzana Roithová", "cs", "Roithové se to nelíbí", "Roithové"),
        ("Hillary Rodham", "cs", "Rodhamová odmítla", "Rodhamová"),
        # a line that is nothing but the name
        ("Liz Truss", "he", "טראס", "טראס"),
        # a capital tells nothing where all words have one
        ("Jordan", "en", "Jordan Rejects New Border Plan After Long Talks", "Jordan"),
    ],
)
def test_a_person_is_found(name: str, language: str, text: str, surface: str) -> None:
    assert surface in _found(name, text, language)


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("Lyndon Johnson", "en", "Magic Kevin Johnson played"),
        ("Lyndon Johnson", "en", "K. Johnson played"),
        ("Lyndon Johnson", "en", "Lyndon Johnson Jr. spoke"),
        ("Lyndon Johnson", "en", "The Johnson Foundation paid."),
        ("Lyndon Baines Johnson", "en", "Lyndon Kyle Johnson played"),
        ("Ivan Petrovich Sidorov", "ru", "Иван Николаевич Сидоров"),
        ("Ivan Sidorov", "ru", "Директор Пётр Сидоров ушёл. Сидоров не ответил."),
        ("Daniel Craig", "en", "Donald Craig left"),
        ("Karl Friedrich", "en", "Friedrich Karl Schmidt"),
        ("Tracy Chapman", "en", "The single Tracy Smith recorded"),
        ("Ray Charles", "en", "King Charles opened parliament"),
        ("Karen March", "en", "March was cold"),
        ("Karen March", "en", "since March 2020"),
        ("Betty White", "en", "in the White House"),
        ("Jack Bell", "ru", "Встреча в Белом доме"),
        ("Lily Cole", "uk", "Коли це було"),
        ("John Moore", "ru", "«Море наше»"),
        ("Ann Lake", "id", "Laka dan lainnya"),
        ("Tom Chung", "vi", "Chúng tôi đã đến."),
        ("Luke Carter", "ko", "그들의 노력"),
        ("Kelly Rhodes", "zh", "俄罗斯总统"),
        ("Peter Rosen", "zh", "罗德·罗森斯坦说"),
        ("Jan Fischer", "cs", "Dana Fischerová přišla"),
        ("Chad", "en", "Chad Kroeger sang in Oslo"),
    ],
)
def test_another_is_not_taken_for_the_person(name: str, language: str, text: str) -> None:
    assert _found(name, text, language) == []


@pytest.mark.parametrize(
    ("name", "language", "text", "surface"),
    [
        ("Pope Benedict", "pl", "z papieżem Benedyktem", "Benedyktem"),
        ("Pope Benedict XVI", "bg", "папа Бенедикт XVI", "Бенедикт XVI"),
        ("Pope John", "el", "ο πάπας Ιωάννης", "Ιωάννης"),
        ("Pope Leo", "ja", "教皇レオは", "教皇レオ"),
        ("Pope Leo", "hu", "Leó pápa", "Leó"),
        ("Pope Clement", "ru", "папа римский Климент", "Климент"),
        ("King Charles", "de", "König Karl dankte", "Karl"),
        ("King Charles III", "es", "el rey Carlos III", "Carlos III"),
        ("Henry VIII of England", "he", "הנרי השמיני, מלך אנגליה", "הנרי השמיני"),
        ("Frederick II", "ko", "프리드리히 2세", "프리드리히"),
    ],
)
def test_popes_and_rulers_are_found_by_office_and_number(name: str, language: str, text: str, surface: str) -> None:
    assert surface in _found(name, text, language)


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("Pope Benedict", "en", "Benedict Cumberbatch starred"),
        ("Pope Benedict", "en", "St Benedict of Nursia"),
        ("Pope Clement", "pl", "mówi Joseph Clement, adwokat"),
        ("King Charles III", "en", "King Charles II fled"),
        ("Frederick II", "de", "Friedrich kam"),
        ("Frederick II", "de", "Friedrich III. kam"),
    ],
)
def test_a_namesake_of_a_ruler_is_not_taken_for_one(name: str, language: str, text: str) -> None:
    assert _found(name, text, language) == []


def test_the_family_name_alone_is_dropped_where_the_item_gives_it_to_another() -> None:
    assert _found("Betty Hollis", "Hollis spoke.", "en") == ["Hollis"]
    assert _found("Betty Hollis", "Daniel Hollis came. Hollis spoke.", "en") == []
    assert _found("Betty Hollis", "Daniel Hollis met Betty Hollis. Hollis spoke.", "en") == ["Betty Hollis", "Hollis"]


@pytest.mark.parametrize(
    ("word", "number"), [("XVI", 16), ("ХVІ", 16), ("второй", 2), ("השישי", 6), ("Xi", 11), ("", 0)]
)
def test_ordinals(word: str, number: int) -> None:
    assert ordinal_of(word) == number


def test_the_lists_are_whole() -> None:
    for group in forms():
        assert len(group) > 1
        for form in group:
            scripts = {script_of(c) for c in form} - {Script.OTHER}
            assert len(scripts) == 1, form
    assert {g.home for g in given_names().values()} == {"", "latin", "other", "japanese"}
    for kind in ("title", "pope", "king", "junior", "place", "saint", "of", "common en", "ordinal 3"):
        assert context(kind), kind
    assert "march" in calendar_words("en")
    assert calendar_words("no-such-language") == frozenset()


_NAMES = st.sampled_from(
    [
        "Pope Leo",
        "Henry III",
        "Moon Jae In",
        "ROUSSEFF, Dilma",
        "Lyndon B. Johnson Jr.",
        "Jr.",
        "van de, ",
        "Prince, X, Y",
    ]
)
_PIECES = st.sampled_from(
    [
        "Leo ",
        "папа ",
        "教皇レオ",
        "III",
        "3세",
        "·",
        "Moon ",
        "Jae-",
        "In",
        "문재인",
        "Dilma ",
        "J. ",
        ", ",
        "氏",
        "חנה ",
        "\n",
        "a",
    ]
)


@settings(max_examples=150, deadline=None)
@given(_NAMES, st.lists(_PIECES).map("".join), st.sampled_from(["", "ru", "cs", "zh", "th"]))
def test_hits_stand_where_they_say(name: str, text: str, language: str) -> None:
    for match in _matcher(name).match(item(text, language=language)):
        for hit in match.hits:
            assert text[hit.start : hit.end] == hit.surface != ""
