from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import Document, SitemapIndex, Unreadable
from monitor.extract.sitemaps import parse_sitemap

URL = "https://outlet.example/sitemap.xml"

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://outlet.example/a/1</loc><news:news><news:publication><news:name>Outlet</news:name>
<news:language>id</news:language></news:publication><news:publication_date>2025-02-13T10:14:00+07:00</news:publication_date>
<news:title>Perundingan &amp; gencatan senjata</news:title><news:keywords>dunia, perang</news:keywords></news:news>
<image:image><image:loc>https://outlet.example/1.jpg</image:loc><image:title>Gambar</image:title></image:image></url>
<url><loc>https://outlet.example/a/2</loc><lastmod>2025-02-12</lastmod></url>
<url><loc>ftp://outlet.example/a/3</loc></url>
</urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://outlet.example/s1.xml</loc><lastmod>2025-01-01</lastmod></sitemap>
<sitemap><loc>https://outlet.example/s2.xml.gz</loc><lastmod>2025-02-01</lastmod></sitemap></sitemapindex>"""


def read(body: bytes) -> Document:
    found = parse_sitemap(body, url=URL)
    assert isinstance(found, Document), found
    return found


@pytest.mark.parametrize(
    "body", [NEWS.encode(), gzip.compress(NEWS.encode()), NEWS.replace("UTF-8", "x").encode("utf-16")]
)
def test_a_news_sitemap_gives_titles_dates_languages_and_keywords(body: bytes) -> None:
    document = read(body)
    first, second = document.entries
    assert document.title == "Outlet"
    assert (first.title, first.language, first.tags) == ("Perundingan & gencatan senjata", "id", ("dunia", "perang"))
    assert first.published == datetime(2025, 2, 13, 3, 14, tzinfo=UTC)
    assert first.image == "https://outlet.example/1.jpg"
    assert (second.url, second.title) == ("https://outlet.example/a/2", "")
    assert second.published == datetime(2025, 2, 12, tzinfo=UTC)


def test_a_sitemap_that_breaks_off_gives_what_came_before() -> None:
    assert [e.url[-1] for e in read(NEWS[: NEWS.index("ftp:")].encode()).entries] == ["1", "2"]


def test_an_index_lists_the_newest_first() -> None:
    assert parse_sitemap(INDEX.encode(), url=URL) == SitemapIndex(
        urls=("https://outlet.example/s2.xml.gz", "https://outlet.example/s1.xml")
    )


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"<rss><channel/></rss>", b"\x1f\x8b"])
def test_what_is_no_sitemap_says_so(body: bytes) -> None:
    assert isinstance(parse_sitemap(body, url=URL), Unreadable)


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=60).map(lambda b: b"<urlset><url><loc>" + b)))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    assert isinstance(parse_sitemap(body, url=URL), Document | SitemapIndex | Unreadable)
