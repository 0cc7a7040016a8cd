"""How well the articles of listing pages are found, on pages written for it. The floors may rise, and never fall."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from statistics import mean

import pytest

from monitor.core.model import Document
from monitor.extract.listings import parse_listing
from monitor.text.urls import canonical_url
from tests.quality.listings import crowded, journals, newspapers, unseen
from tests.quality.listings.pages import barren, pages
from tests.quality.listings.sheet import Page
from tests.quality.listings.variants import VARIANTS


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1)


def read(page: Page) -> Document:
    found = parse_listing(page.html.encode(), url=page.url)
    assert isinstance(found, Document), found
    return found


def score(page: Page) -> Score:
    said = {e.canonical_url for e in read(page).entries}
    wanted, allowed = ({canonical_url(u) for u in urls} for urls in (page.wanted, page.allowed))
    right = len(said & (wanted | allowed))
    return Score(right / len(said) if said else 0.0, len(said & wanted) / len(wanted))


def overall(made: Iterable[Page], change: Callable[[str], str] = str) -> Score:
    scores = [score(replace(page, html=change(page.html))) for page in made]
    return Score(mean(s.precision for s in scores), mean(s.recall for s in scores))


@cache
def learnt_from() -> Sequence[Page]:
    return pages((journals, newspapers, crowded))


@cache
def held_back() -> Sequence[Page]:
    return pages((unseen,), each=4)


def test_the_articles_of_a_page_are_found_and_little_else() -> None:
    found = overall(learnt_from())
    assert found.precision >= 0.98, found
    assert found.recall >= 0.98, found


def test_they_are_found_on_layouts_that_nothing_was_learnt_from() -> None:
    found = overall(held_back())
    assert found.precision >= 0.97, found
    assert found.recall >= 0.97, found


@pytest.mark.parametrize("change", VARIANTS)
def test_no_single_sign_carries_a_page(change: str) -> None:
    assert overall(learnt_from()[::2], VARIANTS[change]).f1 >= 0.97
    assert overall(held_back()[::2], VARIANTS[change]).f1 >= 0.96


def test_pages_without_articles_yield_nothing() -> None:
    assert {p.name: [e.title for e in found] for p in barren() if (found := read(p).entries)} == {}


def test_pages_that_list_articles_are_read_with_more_confidence_than_others() -> None:
    assert mean(read(p).confidence for p in learnt_from()) >= 0.85
    assert max(read(p).confidence for p in barren()) == 0


def test_articles_come_with_their_own_titles_dates_and_pictures() -> None:
    titles, dates, pictures = [], [], []
    for page in (*learnt_from(), *held_back()):
        entries = {e.canonical_url: e for e in read(page).entries}
        for url, article in page.wanted.items():
            if (entry := entries.get(canonical_url(url))) is None:
                continue
            titles.append(entry.title == article.title)
            if page.dated:
                said = entry.published
                dates.append(said is not None and (said.month, said.day) == (2, article.day))
            if page.pictured:
                pictures.append(entry.image.partition("?")[0].endswith(article.image))
    assert mean(titles) >= 0.98
    assert mean(dates) >= 0.98
    assert mean(pictures) >= 0.98


def test_the_next_page_is_found_and_no_other_is_taken_for_it() -> None:
    made = (*learnt_from(), *held_back())
    wrong = {p.name: (said, p.next_url) for p in made if (said := read(p).next_url) != p.next_url}
    assert wrong == {}
