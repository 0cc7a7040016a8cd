"""Names by other words than those that lists and tables have for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import EntityId
from monitor.core.settings import EntityKind, EntitySettings
from monitor.matching import compile_rules
from monitor.matching.entities.alike import row_like
from monitor.matching.entities.inflected import inflected
from monitor.matching.entities.variants import variants
from tests.unit.matching_help import item, rule


def _finds(name: str, text: str, language: str) -> bool:
    matcher = compile_rules([rule("e", "entity:e")], [EntitySettings(id=EntityId("e"), name=name)], {})
    return bool(matcher.match(item(text, language=language)))


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("Corriere della Sera newspaper", "corriere"),
        ("Gatwick Airport London", "gatwick"),
        ("Rafic Hariri Airport Beirut", "beirut-airport"),
        ("Hezbollah movement", "hezbollah"),
        ("Commission on Civil Rights of Atlantis", ""),
        ("Conservative", ""),
        ("Green", ""),
        ("Labor Party of Canada", ""),
    ],
)
def test_a_listed_thing_goes_by_its_words_and_by_what_it_is(name: str, row: str) -> None:
    found = row_like(name, None)
    assert (found.id if found else "") == row
    assert row_like(name, EntityKind.PERSON) is None


@pytest.mark.parametrize(
    ("name", "language", "text", "is_found"),
    [
        ("Ministry of Defence of Belarus", "ru", "в Минобороны Белоруссии заявили", True),
        ("Ministry of Defence of Belarus", "ru", "в Минобороны Армении заявили", False),
        ("Ministry of Foreign Affairs of Serbia", "sr", "саопштио је МСП Србије", True),
        ("Ministry of Foreign Affairs of Hungary", "pl", "węgierskie MSZ wezwało ambasadora", True),
        ("МВД Казахстана", "en", "Kazakhstan's Ministry of Internal Affairs", True),
        ("МВД Казахстана", "en", "Kazakhstan's Ministry of Health", False),
    ],
)
def test_a_ministry_goes_by_the_one_word_for_it(name: str, language: str, text: str, *, is_found: bool) -> None:
    assert _finds(name, text, language) is is_found


@pytest.mark.parametrize(
    ("name", "language", "text", "is_found"),
    [
        ("Northern Portugal", "ru", "пожары на севере Португалии", True),
        ("Northern Portugal", "fi", "metsäpalot Pohjois-Portugalissa", True),
        ("Northern Portugal", "pl", "w północnej Portugalii", True),
        ("Northern Portugal", "ja", "ポルトガル北部で火災", True),
        ("Northern Portugal", "tr", "Portekiz'in kuzeyinde yangın", True),
        ("Southern Peru", "es", "un sismo en el sur de Perú", True),
        ("Northern Portugal", "en", "Portugal and Northern Spain", False),
        ("Northern Portugal", "pl", "Portugalia i północna Hiszpania", False),
        ("Northern Portugal", "en", "southern Portugal", False),
        ("New Portugal", "ru", "в новой Португалии", False),
    ],
)
def test_a_part_of_a_country_is_told_by_its_direction(name: str, language: str, text: str, *, is_found: bool) -> None:
    assert _finds(name, text, language) is is_found


@pytest.mark.parametrize(
    ("name", "language", "text", "is_found"),
    [
        ("Norwegian Coast Guard", "no", "Kystvakten rykket ut i natt", True),
        ("Norwegian Coast Guard", "no", "Den svenske kystvakten rykket ut", False),
        ("Norwegian Coast Guard", "da", "Kystvagten rykkede ud i nat", False),
        ("Finnish Border Guard", "fi", "Rajavartiolaitos kertoi asiasta", True),
        ("Finnish Border Guard", "fi", "Virossa on hälytys. Rajavartiolaitos kertoi asiasta", False),
        ("Japanese Coast Guard", "ja", "海上保安庁が発表した", True),
        ("Italian Coast Guard", "it", "la Guardia costiera libica", False),
        ("Italian Coast Guard", "fr", "la Garde côtière a sauvé", False),
    ],
)
def test_a_country_goes_without_saying_in_its_own_language(
    name: str, language: str, text: str, *, is_found: bool
) -> None:
    assert _finds(name, text, language) is is_found


@pytest.mark.parametrize(
    ("name", "language", "text", "is_found"),
    [
        ("Eurovision 2019", "ru", "на Евровидении-2019", True),
        ("2019 Eurovision Song Contest", "pl", "Eurowizja 2019", True),
        ("Eurovision 2019", "pl", "Eurowizja 2021", False),
        ("Eurovision 2019", "pl", "finał Eurowizji", False),
    ],
)
def test_an_event_of_a_year_is_not_that_of_another(name: str, language: str, text: str, *, is_found: bool) -> None:
    assert _finds(name, text, language) is is_found


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("Paraguay", "ru", "из Парагвая"),
        ("Bombay", "uk", "у Бомбеї"),
        ("Costa Rica", "uk", "у Коста-Риці"),
        ("Denver", "pl", "w Denverze"),
        ("Kuwait", "pl", "w Kuwejcie"),
        ("Belgrade", "cs", "v Bělehradě"),
        ("Iceland", "fi", "Islannissa"),
        ("Wadden Sea", "fi", "Vattimerellä"),
        ("Bremen", "sl", "v Bremnu"),
        ("Kaunas", "lt", "Kaune"),
        ("Lviv", "uk", "зі Львова"),
        ("Lomonosov University", "ru", "в университете имени М. В. Ломоносова"),
    ],
)
def test_a_case_may_change_more_than_the_end(name: str, language: str, text: str) -> None:
    assert _finds(name, text, language)


@pytest.mark.parametrize(
    ("name", "language", "text", "is_found"),
    [
        ("Düsseldorf", "bg", "в Дюселдорф", True),
        ("Rochester", "bg", "в Рочестър", True),
        ("Ryanair", "bg", "полетите на Райънеър", True),
        ("Ryanair", "en", "Mr Rayanar of Leeds", False),
    ],
)
def test_a_listed_name_is_heard_in_other_scripts(name: str, language: str, text: str, *, is_found: bool) -> None:
    assert _finds(name, text, language) is is_found


def test_the_first_of_several_words_may_be_meant_by_itself() -> None:
    """Gatwick Airport is listed, and Airport is a part of the name."""
    assert _finds("Gatwick Airport Authority", "die Gatwick Airport Behörde", "de")


def test_a_code_stands_for_what_has_a_name_beside_it() -> None:
    assert _finds("AZD1222 Vaxnetta", "der Impfstoff AZD1222", "de")
    assert not _finds("AZD1222 Vaxnetta", "der Impfstoff AZD1223", "de")


def test_an_abbreviated_word_of_a_listed_name_ends_no_sentence() -> None:
    assert _finds("Northern Ireland", "granica z Irlandią Płn. jest otwarta", "pl")
    assert _finds("United Kingdom", "W. Brytania opuszcza", "pl")


@given(st.text())
def test_any_name_has_wordings_and_cases(name: str) -> None:
    list(variants(name))
    row_like(name, None)
    if name:
        assert all(isinstance(form, str) and form for form in inflected(name))
