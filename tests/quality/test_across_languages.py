"""How well one event is known in several languages, by its names, numbers and time. The floors may rise, and never
fall."""

from __future__ import annotations

import random
from functools import cache
from statistics import mean

import pytest

from monitor.core.model import Relation
from monitor.core.settings import Breadth
from monitor.stories import Standard
from tests.quality.stories.reports import LANGUAGES, Pairs, Report, across, f1, in_order, pairs_of, reports, told

ON = Standard.of(Breadth.BALANCED, across_languages=True)


@cache
def press() -> tuple[Report, ...]:
    """With what each language tells for itself around it."""
    return in_order((*across(), *(r for language in LANGUAGES for r in reports(language))))


@cache
def said(breadth: Breadth = Breadth.BALANCED) -> Pairs:
    links = told(press(), Standard.of(breadth, across_languages=True))
    return pairs_of({name: link.story for name, link in links.items()})


def truth() -> Pairs:
    own = pairs_of({r.name: f"{r.language} {r.event}" for r in press() if r not in across()})
    return own | pairs_of({r.name: r.event for r in across()})


def in_two(pairs: Pairs, languages: str = "") -> Pairs:
    """Pairs in two languages, or in these two."""
    language = {r.name: r.language for r in press()}
    wanted = set(languages.split())
    return frozenset(
        (a, b) for a, b in pairs if language[a] != language[b] and (not wanted or {language[a], language[b]} == wanted)
    )


def wrong(some: Pairs, right: Pairs) -> str:
    return "\n".join(
        [*(f"joined: {a} and {b}" for a, b in sorted(some - right)), *(f"apart: {p}" for p in sorted(right - some))]
    )


@pytest.mark.parametrize(
    ("languages", "floor"),
    [("id en", 0.95), ("en ru", 0.95), ("id ru", 0.95), ("es id", 0.95), ("en es", 0.95), ("de en", 0.95)],
)
def test_reports_in_two_languages_are_one_story(languages: str, floor: float) -> None:
    some, right = in_two(said(), languages), in_two(truth(), languages)
    assert f1(some, right) >= floor, wrong(some, right)


@pytest.mark.parametrize("breadth", Breadth)
def test_another_event_of_the_same_people_is_taken_for_none_in_another_language(breadth: Breadth) -> None:
    links = told(press(), Standard.of(breadth, across_languages=True))
    names, event = list(links), {r.name: (r.event, r in across()) for r in press()}
    joined = [
        (name, names[link.of])
        for name, link in links.items()
        if link.of is not None and link.relation is Relation.ACROSS_LANGUAGES
    ]
    assert len(joined) >= 5
    assert [(a, b) for a, b in joined if event[a] != event[b]] == []


def test_scripts_without_capitals_or_spaces_find_less() -> None:
    some, right = in_two(said()), in_two(truth())
    assert f1(some, right) >= 0.9, wrong(some, right)


def test_each_language_for_itself_is_told_as_well_as_without() -> None:
    def of_one(standard: Standard) -> float:
        links = told(press(), standard)
        some = pairs_of({name: link.story for name, link in links.items()})
        return f1(some - in_two(some), truth() - in_two(truth()))

    assert of_one(ON) >= of_one(Standard()) - 0.005


def test_an_event_in_three_languages_is_one_story_in_nearly_any_order() -> None:
    several = [r for r in across() if r.language in ("id", "en", "es", "ru", "de")]
    right = pairs_of({r.name: r.event for r in several})
    found = []
    for seed in range(20):
        links = told(random.Random(seed).sample(several, len(several)), ON)
        found.append(f1(pairs_of({name: link.story for name, link in links.items()}), right))
    assert mean(found) >= 0.95, sorted(found)


def test_it_is_off_unless_asked_for() -> None:
    links = told(press())
    assert [name for name, link in links.items() if link.relation is Relation.ACROSS_LANGUAGES] == []
