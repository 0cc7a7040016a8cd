from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.model import EntityId, Field
from monitor.core.settings import EntitySettings
from monitor.matching import RuleMatcher, compile_rules
from tests.unit.matching_help import item, rule


def _matcher(name: str, *aliases: str, transliterate: bool = True) -> RuleMatcher:
    entity = EntitySettings(id=EntityId("e"), name=name, aliases=aliases, transliterate=transliterate)
    return compile_rules([rule("e", "entity:e")], [entity], {})


def _found(name: str, text: str, language: str = "") -> list[str]:
    matches = _matcher(name).match(item(text, language=language))
    return [h.surface for m in matches for h in m.hits]


@pytest.mark.parametrize(
    ("name", "language", "text", "surface"),
    [
        ("Pedro Sánchez", "en", "Spain's Pedro Sanchez said no.", "Pedro Sanchez"),
        ("Pedro Sanchez", "ru", "Премьер Педро Санчес заявил", "Педро Санчес"),
        ("Pedro Sanchez", "ru", "встреча с Санчесом", "Санчесом"),
        ("Pedro Sanchez", "fi", "Espanjan Pedro Sánchezin mukaan", "Pedro Sánchezin"),
        ("Olaf Scholz", "pl", "rząd Olafa Scholza upadł", "Olafa Scholza"),
        ("Olaf Scholz", "uk", "канцлера Олафа Шольца", "Олафа Шольца"),
        ("Olaf Scholz", "ja", "オラフ・ショルツ首相", "オラフ・ショルツ"),
        ("Dmitry Medvedev", "en", "Dmitri Medvedev warned", "Dmitri Medvedev"),
        ("Dmitry Medvedev", "ru", "Дмитрия Медведева спросили", "Дмитрия Медведева"),
        ("Dmitry Medvedev", "de", "Medwedew drohte", "Medwedew"),
        ("Zuzana Čaputová", "en", "President Zuzana Caputova", "Zuzana Caputova"),
        ("Ferdinand Marcos", "ko", "페르디난드 마르코스 대통령은", "페르디난드 마르코스"),
        ("Narendra Modi", "hi", "प्रधानमंत्री नरेंद्र मोदी ने कहा", "नरेंद्र मोदी"),
        ("Нарендра Моди", "en", "Narendra Modi said", "Narendra Modi"),
        ("Kyriakos Mitsotakis", "el", "ο Κυριάκος Μητσοτάκης είπε", "Κυριάκος Μητσοτάκης"),
        ("Benjamin Netanyahu", "he", "בנימין נתניהו אמר", "בנימין נתניהו"),
        ("UNESCO", "ru", "сообщили в ЮНЕСКО", "ЮНЕСКО"),
        ("UNESCO", "zh", "联合国教科文组织说", "联合国教科文组织"),
        ("OPEC", "ar", "قررت أوبك خفض الإنتاج", "أوبك"),
        ("European Central Bank", "de", "Die EZB senkt den Zins", "EZB"),
        ("European Central Bank", "ru", "решение Европейского центрального банка", "Европейского центрального банка"),
        ("Finland", "fi", "Suomessa sataa", "Suomessa"),
        ("Finland", "ru", "выборы в Финляндии", "Финляндии"),
        ("Germany", "zh", "德国总理", "德国"),
        ("Egypt", "ar", "قالت مصر اليوم", "مصر"),
        ("Siemens", "tr", "Siemens'in hisseleri", "Siemens"),
    ],
)
def test_a_name_is_found_in_other_spellings_scripts_and_inflections(
    name: str, language: str, text: str, surface: str
) -> None:
    assert surface in _found(name, text, language)


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("Olaf Scholz", "en", "Rupert Scholz was a minister once."),
        ("Pedro Sanchez", "es", "Pilar Sánchez ganó la etapa."),
        ("Dmitry Medvedev", "ru", "Теннисистка Анна Медведева победила."),
        ("Mikhail Gorbachev", "ru", "Раиса Горбачёва"),
        ("Joe Manchin", "en", "Manchester is in England."),
        ("UNESCO", "it", "unesco tutto qui"),
        ("WHO", "en", "Who said that? The man who knows."),
        ("Sudan", "en", "Talks were held in South Sudan."),
        ("Sudan", "zh", "南苏丹政府"),
        ("India", "id", "Indiana Jones dan Indian."),
        ("Guinea", "en", "Elections in Papua New Guinea"),
        ("Narendra Modi", "en", "the modi of the verb"),
        ("Petr Pavel", "en", "Pavel is a common name."),
        ("Oman", "en", "a woman and roman"),
        ("Bill Gates", "en", "William Gates Jr. was there"),
    ],
)
def test_a_look_alike_is_not_taken_for_it(name: str, language: str, text: str) -> None:
    assert _found(name, text, language) == []


def test_transliteration_can_be_turned_off() -> None:
    matcher = _matcher("Olaf Scholz", transliterate=False)
    assert matcher.match(item("Olaf Scholz sagte", language="de"))
    assert not matcher.match(item("Олаф Шольц", language="ru"))


def test_aliases_are_names_too() -> None:
    matcher = _matcher("International Committee of the Red Star", "ICRS")
    assert matcher.match(item("The ICRS said"))
    assert not matcher.match(item("the icrs said"))


def test_the_given_name_once_lets_the_family_name_stand_alone_after() -> None:
    matcher = _matcher("Yoon Lee")
    assert [h.surface for m in matcher.match(item("Yoon Lee spoke.", language="en")) for h in m.hits] == ["Yoon Lee"]


def test_entities_take_part_in_queries() -> None:
    entities = [
        EntitySettings(id=EntityId("s"), name="Olaf Scholz"),
        EntitySettings(id=EntityId("un"), name="United Nations"),
    ]
    rules = [rule("both", "SENTENCE(entity:s entity:un)"), rule("title", "title:entity:s NOT list:x")]
    matcher = compile_rules(rules, entities, {"x": ("sport",)})  # type: ignore[dict-item]
    article = item("Олаф Шольц выступил в ООН. Все молчали.", "Олаф Шольц в Нью-Йорке", language="ru")
    found = {m.rule: [(h.field, h.surface, h.term) for h in m.hits] for m in matcher.match(article)}
    assert found["both"] == [(Field.TEXT, "Олаф Шольц", "entity:s"), (Field.TEXT, "ООН", "entity:un")]
    assert found["title"] == [(Field.TITLE, "Олаф Шольц", "entity:s")]


def test_letters_of_two_alphabets_in_one_word_hide_nothing() -> None:
    assert _found("Olaf Scholz", "Oлaф Шoлц зaяви", "bg") == ["Oлaф Шoлц"]


_NAMES = st.sampled_from(
    ["Olaf Scholz", "UNESCO", "Finland", "Amazon", "泽连斯基", "United Nations", "محمد", "O'Neill", "Nord Stream 2"]
)
_PIECES = st.sampled_from(
    [
        "Olaf ",
        "Scholz",
        "Шольц",
        "Финляндии",
        "UNESCO",
        "南苏丹",
        "芬兰",
        "ООН",
        "\u0301",
        "é",
        " ",
        "'",
        ". ",
        "の",
        "ก",
        "אומות",
        "מ",
        "ß",
    ]
)


@settings(max_examples=150, deadline=None)
@given(_NAMES, st.one_of(st.text(), st.lists(_PIECES).map("".join)), st.sampled_from(["", "ru", "fi", "zh", "xx"]))
def test_hits_of_any_name_in_any_text_stand_where_they_say(name: str, text: str, language: str) -> None:
    for match in _matcher(name).match(item(text, language=language)):
        for hit in match.hits:
            assert hit.surface
            assert text[hit.start : hit.end] == hit.surface


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_any_name_can_be_compiled(name: str) -> None:
    assert isinstance(_matcher(name).match(item(f"x {name} y")), tuple)
