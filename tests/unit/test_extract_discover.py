"""Where a site may have its feeds, and which of what was found is worth having."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.discover import Leads, by_news, leads_of, same_site, usual_feeds, usual_sitemaps
from monitor.extract.offers import Offer, offer_of, ranked
from tests.unit.matching_help import item

SITE = "https://outlet.example/"
NOW = datetime(2026, 5, 6, 12, tzinfo=UTC)


def leads(head: str = "", body: str = "", url: str = SITE) -> Leads:
    return leads_of(f"<html><head>{head}</head><body>{body}</body></html>".encode(), url=url)


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/rss+xml" href="/x">',
        '<link rel="alternate" type="application/atom+xml; charset=utf-8" href="https://outlet.example/x">',
        '<LINK REL="Alternate Home" TYPE="Application/RSS+XML" HREF="x">',
        '<link rel="alternate" type="application/feed+json" href="/x">',
        '<link rel="alternate" type="text/xml" href="//outlet.example/x">',
        '<link rel="alternate" type="application/rdf+xml" href="/x">',
        '<link rel="feed" href="/x">',
        '<base href="https://outlet.example/a/"><link rel="alternate" type="application/rss+xml" href="../x">',
    ],
)
def test_an_announced_feed_is_found(link: str) -> None:
    assert leads(link).feeds == ("https://outlet.example/x",)


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" type="text/css" href="/x">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">',
        '<link rel="search" type="application/opensearchdescription+xml" href="/osd.xml">',
        '<link rel="alternate" hreflang="id" href="/id/">',
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/x">',
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:x">',
        '<link rel="alternate" type="application/rss+xml">',
    ],
)
def test_what_is_no_feed_of_articles_is_not_taken_for_one(link: str) -> None:
    assert leads(link).feeds == ()


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<a href="/rss">All feeds</a>', True),
        ('<a href="/world/rss.xml">World</a>', True),
        ('<a href="/?feed=rss2">x</a>', True),
        ('<a href="https://feeds.feedburner.com/outlet"><img></a>', True),
        ('<a href="https://rss.outlet.example/world">World</a>', True),
        ('<a href="/services/syndication">RSS</a>', True),
        ('<a href="/services" title="RSS feeds"></a>', True),
        ('<a href="/news/how-to-feed-a-cat">Cats</a>', False),
        ('<a href="https://other.example/index.xml">Friends</a>', False),
        ('<a href="/post/comments/feed">x</a>', False),
        ('<a href="/feedback">Feedback</a>', False),
        ('<a href="/feed.png">x</a>', False),
    ],
)
def test_links_that_look_like_feeds_are_worth_a_try(link: str, found: bool) -> None:
    assert bool(leads(body=link).perhaps) is found


def test_addresses_that_say_feed_come_before_words_that_do() -> None:
    assert leads(body='<a href="/services">RSS</a><a href="/world/rss.xml">World</a>').perhaps == (
        "https://outlet.example/world/rss.xml",
        "https://outlet.example/services",
    )


def test_sections_are_short_links_of_the_site_those_of_the_menu_and_of_news_first() -> None:
    found = leads(
        body="""<a href="/sport">Sport</a> <a href="/2024/05/06/talks">Talks</a> <a href="/about-us">About</a>
        <a href="/a-long-way-to-peace-in">Peace</a> <a href="https://other.example/x">Other</a> <a href="/x.pdf">X</a>
        <a href="/talk">Talks go on in Geneva, and nobody knows for how long</a>
        <a href="/login?x=1">In</a> <a href="/">Home</a>
        <nav><ul><li><a href="/world">World</a></li><li><a href="/news/asia#top">Asia</a></li></ul></nav>"""
    )
    assert found.sections == (
        "https://outlet.example/news/asia",
        "https://outlet.example/world",
        "https://outlet.example/sport",
    )


def test_usual_places_are_at_the_root_and_below_a_section() -> None:
    assert usual_feeds("https://outlet.example/world?x=1")[:3] == (
        "https://outlet.example/world/feed",
        "https://outlet.example/world/rss",
        "https://outlet.example/feed",
    )
    assert "https://outlet.example/?feed=rss2" in usual_feeds(SITE)
    assert usual_sitemaps("https://outlet.example/world")[0] == "https://outlet.example/news-sitemap.xml"


def test_sitemaps_of_news_come_first_and_those_of_pictures_never() -> None:
    names = ["sitemap.xml", "image-sitemap.xml", "post-sitemap.xml", "google-news.xml", "sitemap.xml"]
    assert by_news(SITE + n for n in names) == (
        SITE + "google-news.xml",
        SITE + "sitemap.xml",
        SITE + "post-sitemap.xml",
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.outlet.example/a", "http://outlet.example", True),
        ("https://rss.outlet.example/a", "https://outlet.example", True),
        ("https://outlet.example.evil.example/", "https://outlet.example", False),
        ("https://myoutlet.example/", "https://outlet.example", False),
        ("", "", False),
    ],
)
def test_a_part_of_a_site_is_the_site(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


@given(st.binary(max_size=300), st.text(max_size=40))
def test_no_page_breaks_the_search(body: bytes, url: str) -> None:
    leads_of(body, url=url)
    leads_of(b"<a href='" + body, url=SITE)
    by_news([url])
    same_site(url, SITE)


# --- offers ---


def offer(kind: str = "feed", url: str = SITE + "rss", entries: int = 10, first: int = 0, age: float | None = 1,
          whole: bool = False) -> Offer:  # fmt: skip
    return Offer(
        kind=kind,
        url=url,
        title="",
        entries=entries,
        newest=None if age is None else NOW - timedelta(days=age),
        language="en",
        whole=whole,
        titled=True,
        keys=frozenset(f"{SITE}{n}" for n in range(first, first + entries)),
    )


def test_an_offer_says_what_its_items_are_like() -> None:
    items = [
        replace(item(title="Talks go on", text="x" * 1_500), canonical_url=f"{SITE}{n}", published=NOW, language="en")
        for n in range(3)
    ]
    found = offer_of("feed", SITE + "rss", "The Outlet", items)
    assert (found.entries, found.newest, found.language, found.whole, found.titled) == (3, NOW, "en", True, True)
    assert len(found.keys) == 3
    empty = offer_of("feed", SITE + "rss", "", [])
    assert (empty.entries, empty.newest, empty.language, empty.whole, empty.titled) == (0, None, "", False, False)


def test_the_language_is_found_out_where_nobody_says_it() -> None:
    items = [item(title="Die Verhandlungen in Genf dauern bis in die Nacht", text="") for _ in range(3)]
    assert offer_of("feed", SITE, "", items).language == "de"


def test_fresh_feeds_come_first_then_sitemaps_then_pages_and_dead_ones_last() -> None:
    found = ranked(
        [
            offer("listing", SITE, age=None, first=300),
            offer("feed", SITE + "old/rss", age=400, first=400),
            offer("sitemap", SITE + "news.xml", first=200),
            offer("feed", SITE + "short/rss", entries=5, first=100),
            offer("feed", SITE + "whole/rss", entries=4, whole=True),
        ],
        NOW,
    )
    assert [(o.id, o.recommended) for o in found] == [
        ("outlet-whole", True),
        ("outlet-short", True),
        ("outlet-sitemap", True),
        ("outlet-front", False),
        ("outlet-old", False),
    ]


def test_what_better_offers_have_too_is_not_recommended() -> None:
    found = ranked([offer(entries=20), offer(url=SITE + "a/rss", entries=10), offer(url=SITE + "b/rss", first=15)], NOW)
    assert [(o.url, o.overlap, o.recommended) for o in found] == [
        (SITE + "rss", 0.0, True),
        (SITE + "a/rss", 1.0, False),
        (SITE + "b/rss", 0.5, True),
    ]


def test_pages_are_recommended_where_nothing_else_is_fresh() -> None:
    found = ranked([offer("listing", SITE + "world", age=None), offer("feed", age=400, first=50)], NOW)
    assert [(o.kind, o.recommended) for o in found] == [("listing", True), ("feed", False)]


def test_something_is_recommended_if_there_is_anything() -> None:
    assert [o.recommended for o in ranked([offer(age=400)], NOW)] == [True]
    assert ranked([], NOW) == ()


@pytest.mark.parametrize(
    "useless",
    [
        offer(entries=0),
        offer("listing", entries=4),
        offer("sitemap", age=None),
        offer("sitemap", age=100),
    ],
)
def test_what_brings_no_news_is_left_out(useless: Offer) -> None:
    assert ranked([useless], NOW) == ()


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.outlet.example/", "outlet"),
        ("https://outlet.example/world/rss.xml", "outlet-world"),
        ("https://feeds.outlet.example/news/Asia_Pacific/rss.xml", "outlet-asia-pacific"),
        ("https://rss.ndr.de/", "ndr"),
        ("https://bbc.co.uk/news/feed", "bbc"),
        ("https://rss.example/", "example"),
        ("https://новости.example/feed", "novosti"),
    ],
)
def test_an_offer_is_named_after_its_site_and_section(url: str, name: str) -> None:
    assert ranked([offer(url=url)], NOW)[0].id == name


@given(st.text(max_size=60), st.sampled_from(["feed", "sitemap", "listing"]))
def test_whatever_its_address_an_offer_has_an_id(text: str, kind: str) -> None:
    found = ranked([offer(kind, url=f"https://outlet.example/{text}")] * 2, NOW)
    assert len({o.id for o in found}) == 2
    assert all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,63}", o.id) for o in found)
