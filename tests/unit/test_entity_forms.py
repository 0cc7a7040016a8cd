"""What names lose, gain and change before they stand in a text."""

from __future__ import annotations

import pytest

from monitor.core.model import EntityId
from monitor.core.settings import EntitySettings
from monitor.matching import compile_rules
from monitor.matching.entities.variants import variants
from tests.unit.matching_help import item, rule


def _is_found(name: str, text: str, language: str) -> bool:
    entity = EntitySettings(id=EntityId("e"), name=name)
    return bool(compile_rules([rule("e", "entity:e")], [entity], {}).match(item(text, language=language)))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Xerox Corporation", "Xerox"),
        ("Honda Motor Corporation", "Honda"),
        ("Samsung Group Corporation", "Samsung"),
        ("Kering Holdings", "Kering"),
        ("Tesla Motors", "Tesla"),
    ],
)
def test_a_company_goes_by_what_is_a_name_in_its_name(name: str, short: str) -> None:
    assert short in list(variants(name))


@pytest.mark.parametrize(
    "name",
    ["General Motors", "Tata Motors", "Southern Corporation", "Jordan Holdings", "Virgin Group", "Finance Corporation"],
)
def test_a_company_keeps_what_it_is_told_by(name: str) -> None:
    assert list(variants(name)) == [name]


@pytest.mark.parametrize(
    ("name", "language", "forms"),
    [
        ("Portugal", "el", "Πορτογαλία Πορτογαλίας"),
        ("Egypt", "el", "Αίγυπτος Αιγύπτου Αίγυπτο"),
        ("Brussels", "el", "Βρυξέλλες Βρυξελλών"),
        ("Germany", "hr", "Njemačka Njemačke Njemačkoj Njemačku Njemačkom"),
        ("France", "sr", "Француска Француске Француској Француском"),
        ("London", "ka", "ლონდონი ლონდონში ლონდონს ლონდონის ლონდონიდან"),
        ("Ukraine", "ka", "უკრაინა უკრაინაში უკრაინას უკრაინის უკრაინიდან"),
        ("Moscow", "hy", "Մոսկվա Մոսկվայի Մոսկվայում"),
        ("Turkey", "fi", "Turkki Turkin Turkissa Turkkiin"),
        ("London", "fi", "Lontoo Lontoossa Lontooseen"),
        ("Germany", "sq", "Gjermani Gjermania Gjermanisë"),
        ("Hungary", "hu", "Magyarország Magyarországgal Magyarországból"),
        ("Warsaw", "he", "ורשה בוורשה לוורשה"),
        ("China", "ar", "الصين بالصين للصين وللصين"),
    ],
)
def test_a_listed_name_is_found_in_the_cases_of_its_language(name: str, language: str, forms: str) -> None:
    for form in forms.split():
        assert _is_found(name, f"xx 2 {form} 3.", language), form


@pytest.mark.parametrize(
    ("name", "language", "adjective"),
    [
        ("Slovakia", "cs", "Slovenský"),
        ("Russia", "sk", "Ruský"),
        ("Germany", "hr", "Njemački"),
        ("Croatia", "sr", "Хрватски"),
        ("Catalonia", "pl", "Kataloński"),
    ],
)
def test_an_adjective_made_of_a_place_is_not_the_place(name: str, language: str, adjective: str) -> None:
    assert not _is_found(name, f"{adjective} xx.", language)


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("Nguyễn Xuân Phúc", "ru", "Президент Нгуен Суан Фук заявил"),
        ("Lee Kang-in", "en", "Kang-in Lee scored twice"),
        ("Kang-in Lee", "en", "Lee Kang-in scored twice"),
        ("Ronaldo", "ja", "クリスティアーノ・ロナルドが引退した"),
        ("Ronaldo", "th", "คริสเตียโน โรนัลโด ยิงประตู"),
        ("Mbappe", "ar", "سجل كيليان مبابي هدفين"),
    ],
)
def test_a_name_is_told_by_the_names_beside_it(name: str, language: str, text: str) -> None:
    assert _is_found(name, text, language)


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("Kang-in Lee", "en", "Lee Kang-min scored twice"),
        ("Lee Kang-in", "en", "Min-ho Lee scored twice"),
        ("Ronaldo", "ja", "ロナルド・レーガンの伝記"),
    ],
)
def test_a_name_beside_it_tells_somebody_else(name: str, language: str, text: str) -> None:
    assert not _is_found(name, text, language)


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("Mikhail Gorbachev", "sv", "Tidigare bodde Michail Gorbatjov här"),
        ("Anton Chekhov", "no", "Et stykke av Anton Tsjekhov"),
        ("Astrid Sandell", "sv", "Igår vann Sandell igen"),
        ("Astrid Sandell", "sv", "Det säger president Sandell"),
        ("Orhan Demir", "tr", "Bakan Demir Ankara'ya gitti, sonra Demir konuştu"),
    ],
)
def test_a_name_is_found_as_its_neighbours_allow(name: str, language: str, text: str) -> None:
    assert _is_found(name, text, language)


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("Astrid Sandell", "sv", "Forskaren Nimo Sandell leder studien."),
        ("Demir", "tr", "Demir fiyatları yükseldi."),
        ("Marquez", "ar", "أعلن المركز نتائج البحث"),
        ("Savoy", "fr", "Les communes de la Haute-Savoie sont fermées."),
        ("Vienna", "fr", "Un accident en Haute-Vienne hier."),
    ],
)
def test_what_only_looks_like_a_name_is_left(name: str, language: str, text: str) -> None:
    assert not _is_found(name, text, language)
