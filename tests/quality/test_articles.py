"""How well article pages are read: pages of invented outlets in many layouts and languages, with what they say. The
floors are what was reached; a change that reads worse has to say so here."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from monitor.core.model import Article
from monitor.extract.articles import parse_article

PAGES = sorted((Path(__file__).parent / "articles").glob("*.html"))
ICONS = re.compile(r"\b(?:access_time|person|visibility|calendar_today|chat_bubble_outline|thumb_up|chevron_right)\b")

TEXT_MEAN, TEXT_WORST = 0.985, 0.84
AUTHORS = 25 / 26


@dataclass(frozen=True)
class Page:
    name: str
    article: Article
    expected: dict[str, Any]

    @property
    def text_score(self) -> float:
        """F1 over runs of three words, each letter of a script without spaces being a word."""
        want, have = _runs("\n".join(self.expected["text"])), _runs(self.article.text)
        return 2 * (want & have).total() / (want.total() + have.total())


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+", text)
    return Counter(zip(words, words[1:], words[2:], strict=False))


@cache
def read(path: Path) -> Page:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    article = parse_article(path.read_bytes(), url=expected["url"])
    assert isinstance(article, Article), path.stem
    return Page(path.stem, article, expected)


each = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)


def test_there_are_pages_enough_to_tell() -> None:
    languages = {read(p).article.language for p in PAGES}
    assert len(PAGES) >= 26
    assert len(languages) >= 18


def test_the_texts_are_whole_and_clean() -> None:
    scores = {p.stem: read(p).text_score for p in PAGES}
    assert sum(scores.values()) / len(scores) >= TEXT_MEAN, scores
    assert min(scores.values()) >= TEXT_WORST, min(scores, key=lambda name: scores[name])


@each
def test_headline_time_site_and_further_page_are_right(path: Path) -> None:
    page = read(path)
    wanted = page.expected
    published = page.article.published
    assert page.article.title == wanted["title"]
    assert published is not None
    assert published.isoformat().replace("+00:00", "Z").startswith(wanted["published"])
    assert page.article.site == wanted["site"]
    assert page.article.next_page == wanted.get("next_page", "")


@each
def test_whom_the_page_credits_is_named_and_nobody_else(path: Path) -> None:
    page = read(path)
    assert page.article.credit == page.expected["credit"]


def test_authors_are_named() -> None:
    wrong = [p.stem for p in PAGES if read(p).article.author != read(p).expected["author"]]
    assert len(wrong) <= round(len(PAGES) * (1 - AUTHORS)), wrong


@each
def test_no_icon_counter_or_label_stays_in_a_text(path: Path) -> None:
    text = read(path).article.text
    assert not ICONS.search(text)
    assert not re.search(r"(?i)\btags?:|baca juga|whatsapp|google news|1\.284|873 kali", text)
