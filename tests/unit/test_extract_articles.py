from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.core.model import Article, Unreadable
from monitor.extract.articles import parse_article

DATA = Path(__file__).parent.parent / "data" / "reading"
URL = "https://senja.example/internasional/menteri-bertemu?page=all"
PAGE = (DATA / "article.html").read_bytes()


def read(body: bytes) -> Article:
    found = parse_article(body, url=URL)
    assert isinstance(found, Article), found
    return found


def test_an_article_is_read_with_all_that_it_says() -> None:
    article = read(PAGE)
    assert article.title == "Menteri Tiga Negara Bertemu di Jenewa"
    assert article.text.startswith("TRIBUNNEWS.COM, JENEWA")
    assert article.text.endswith("pertukaran tahanan.")
    assert article.author == "Sari Dewi"
    assert article.published == datetime(2025, 2, 13, 3, 14, tzinfo=UTC)
    assert article.published.utcoffset() == timedelta(hours=7)
    assert (article.language, article.site) == ("id", "Warta Senja")
    assert article.image == "https://senja.example/img/besar.jpg"
    assert article.canonical_url == "https://senja.example/internasional/menteri-bertemu"
    assert article.credit == "Tribunnews.com"


def test_what_a_site_puts_between_paragraphs_is_left_out() -> None:
    assert "Baca juga" not in read(PAGE).text


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Talks resume in Geneva | Evening Wire</title><meta property='og:site_name' content='Evening Wire'>",
         "Talks resume in Geneva"),
        ("<title>The Evening Wire: x</title><meta property='og:title' content='Talks resume - in Geneva'>",
         "Talks resume - in Geneva"),
        ("<title>Talks resume - senja.example</title>", "Talks resume"),
        ("<meta property='og:title' content='Talks &amp;amp; threats'>", "Talks & threats"),
    ],
)  # fmt: skip
def test_a_title_is_the_headline_without_the_name_of_the_site(head: str, title: str) -> None:
    text = "<p>The ministers of three countries met on Thursday to talk about a ceasefire that is long overdue.</p>" * 3
    assert read(f"<html><head>{head}</head><body><article>{text}</article></body></html>".encode()).title == title


@pytest.mark.parametrize("body", [b"", b"no markup", b"<html></html>", b"<div>" * 300_000])
def test_what_is_no_article_says_so(body: bytes) -> None:
    assert isinstance(parse_article(body, url=URL), Unreadable)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(st.data())
def test_no_damage_breaks_the_reader(data: st.DataObject) -> None:
    body = bytearray(PAGE)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 400))] = data.draw(st.binary(max_size=8))
    assert isinstance(parse_article(bytes(body), url=URL), Article | Unreadable)


@pytest.mark.parametrize(
    "icon",
    [
        '<i class="material-icons">{}</i>',
        '<span class="material-symbols-outlined">{}</span>',
        "<mat-icon>{}</mat-icon>",
        '<i class="md-18">{}</i>',
        '<span class="icon icon-sm">{}</span>',
    ],
)
def test_the_names_of_icons_are_no_text(icon: str) -> None:
    text = "<p>{} The ministers of three countries met on <i>Thursday</i> to talk about a ceasefire.</p>" * 4
    body = text.format(*(icon.format(name) for name in ("access_time", "calendar_today", "thumb_up", "chat_bubble")))
    found = read(f"<html><body><article><h1>Talks</h1>{body}</article></body></html>".encode()).text
    assert "Thursday" in found
    assert not any(name in found for name in ("access_time", "calendar_today", "thumb_up", "chat_bubble"))


PARAGRAPHS = (
    "The ministers of three countries met on Thursday to talk about a ceasefire that is long overdue.",
    "The meeting lasted almost four hours and was held without reporters in a hotel beside the lake.",
    "A spokeswoman said that the parties would come together again next week to agree on a timetable.",
)


def test_an_article_that_follows_on_the_same_page_is_another_one() -> None:
    own = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    other = "".join(
        f"<p>Meanwhile the valley of {name} waits for rain, and farmers fear for the whole harvest.</p>"
        for name in ("Arken", "Silo", "Corvo", "Dalen", "Estria")
    )
    first = f"<article><h1>Talks resume</h1>{own}</article>"
    second = f"<article><h2><a href=/b>Rain is late</a></h2>{other}</article>"
    page = f"<title>Talks resume</title>{first}{second}"
    assert read(page.encode()).text.split("\n") == list(PARAGRAPHS)


def test_a_summary_under_the_headline_belongs_to_the_text_and_the_headline_does_not() -> None:
    lead = "After months of silence the three governments have sent their ministers back to the table."
    own = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    head = f'<meta name="description" content="{lead}"><header><h1>Talks resume</h1><p>{lead}</p></header>'
    page = f'{head}<div class="article-body">{own}</div>'
    assert read(page.encode()).text.split("\n") == [lead, *PARAGRAPHS]
