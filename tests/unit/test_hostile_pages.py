"""Real kinds of documents, damaged on the way: every parser takes what comes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.core.model import Article, Document, SitemapIndex, Unreadable
from monitor.extract.articles import joined, parse_article
from monitor.extract.credit import credits_of, without_signatures
from monitor.extract.discover import leads_of
from monitor.extract.feeds import parse_feed
from monitor.extract.furniture import Furniture
from monitor.extract.listings import parse_listing
from monitor.extract.obstacles import challenge_of, is_empty_shell
from monitor.extract.opml import Opml, parse_opml
from monitor.extract.recognition import content_mark
from monitor.extract.robots import parse_robots
from monitor.extract.sitemaps import parse_sitemap
from monitor.extract.sniff import kind_of
from tests.quality.listings.pages import pages

URL = "https://outlet.example/world/talks"
TESTS = Path(__file__).parents[1]
FEED = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Outlet</title><item><title>Talks
resume</title><link>https://outlet.example/1</link><pubDate>Thu, 13 Feb 2025 10:14:00 +0700</pubDate></item>
</channel></rss>"""
SITEMAP = b"<urlset><url><loc>https://outlet.example/1</loc><lastmod>2025-02-13</lastmod></url></urlset>"
OPML = b"""<opml version="2.0"><head><title>x</title></head><body><outline text="Folder"><outline
text="Outlet &amp; sons" xmlUrl="https://outlet.example/rss" category="/a/b,c"/></outline></body></opml>"""
ROBOTS = b"""User-agent: *
Disallow: /*?print=$
Allow: /
Crawl-delay: 10
Sitemap: https://outlet.example/sitemap.xml"""
SHELL = b"""<html><head><script src=/app.js></script></head><body><div id="root"></div><noscript>You need to enable
JavaScript.</noscript></body></html>"""
CHALLENGE = b"<html><title>Just a moment</title><script src=/cdn-cgi/challenge-platform/x.js></script></html>"
SAMPLES = [
    *(FEED, SITEMAP, OPML, ROBOTS, SHELL, CHALLENGE),
    *(file.read_bytes() for file in sorted(TESTS.glob("data/reading/*.html"))),
    *(file.read_bytes() for file in sorted(TESTS.glob("quality/articles/*.html"))),
    *(page.html.encode() for page in pages(each=1)),
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Bits flipped, pieces lost, doubled, or taken from another document; the rest cut off; packed."""
    body = bytearray(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(0, 12))):
        place = draw(st.integers(0, max(0, len(body) - 1)))
        match draw(st.sampled_from(["bit", "bit", "loss", "double", "graft"])):
            case "bit":
                if body:
                    body[place] ^= 1 << draw(st.integers(0, 7))
            case "loss":
                del body[place : place + draw(st.integers(1, 400))]
            case "double":
                body[place:place] = body[place : place + draw(st.integers(1, 400))]
            case _:
                other = draw(st.sampled_from(SAMPLES))
                start = draw(st.integers(0, len(other)))
                body[place:place] = other[start : start + draw(st.integers(1, 400))]
    if draw(st.booleans()):
        del body[draw(st.integers(0, len(body))) :]
    if draw(st.integers(0, 9)):
        return bytes(body)
    packed = gzip.compress(bytes(body), mtime=0)
    return packed[: draw(st.integers(0, len(packed)))]


fuzz = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)


@settings(fuzz, max_examples=60)
@given(damaged())
def test_a_damaged_document_breaks_no_parser(body: bytes) -> None:
    feed = parse_feed(body, url=URL)
    sitemap = parse_sitemap(body, url=URL)
    listing = parse_listing(body, url=URL)
    article = parse_article(body, url=URL)
    assert isinstance(feed, Document | Unreadable)
    assert isinstance(sitemap, Document | SitemapIndex | Unreadable)
    assert isinstance(listing, Document | Unreadable)
    assert isinstance(article, Article | Unreadable)
    for answer in (feed, sitemap, listing, article):
        # what the parsers' own border catches would be a bug within
        assert not (isinstance(answer, Unreadable) and "Error)" in answer.why), answer
    if isinstance(article, Article):
        assert isinstance(joined(article, [article]), Article)
    assert kind_of(body, {}) in {"feed", "sitemap", "listing"}


@settings(fuzz, max_examples=200)
@given(damaged() | st.binary(max_size=300), st.sampled_from([200, 403, 503]))
def test_a_damaged_document_breaks_nothing_that_looks_at_answers(body: bytes, status: int) -> None:
    leads = leads_of(body, url=URL)
    assert all(address.startswith("http") for address in (*leads.feeds, *leads.perhaps, *leads.sections))
    assert isinstance(parse_opml(body), Opml | Unreadable)
    assert isinstance(parse_robots(body, user_agent="monitor/1.0", url=URL).allows(URL), bool)
    assert isinstance(challenge_of(status, {}, body), str)
    assert isinstance(is_empty_shell(body), bool)


NAMES = ["Reuters", "AFP", "outlet.example", "Source:", "By", "(", ")", "—", "/", "according to", "dikutip dari",
         "This article was originally published in", "Ana Wulan", ".", "\u200f", "据", "新华社", "\ud800"]  # fmt: skip
phrases = st.lists(st.sampled_from(NAMES) | st.text(max_size=12), max_size=12).map(" ".join)


@settings(fuzz, max_examples=200)
@given(st.lists(phrases, max_size=8), phrases, phrases)
def test_no_words_break_what_looks_for_credits(lines: list[str], author: str, own: str) -> None:
    found = credits_of("\n".join(lines), (own,), author=author, notes=lines)
    assert len({credit.outlet for credit in found}) == len(found) <= 5
    assert set(without_signatures(lines)) <= set(lines)


@settings(fuzz, max_examples=200)
@given(
    st.binary(max_size=200) | st.binary(max_size=100).map(lambda rest: b"\x01" + rest), st.lists(phrases, max_size=4)
)
def test_any_bytes_on_record_are_a_memory_of_a_site(data: bytes, lines: list[str]) -> None:
    memory = Furniture.from_bytes(data).learn(lines, title="A headline", page=URL)
    assert memory.pages >= 0
    assert set(memory.clean(lines)) <= set(lines)
    memory.to_bytes()


LOOKED_AT = 256 * 1024


@pytest.mark.parametrize(
    "unit",
    [b"<script>", b"<script></script ", b"<noscript>", b"<noscript>a</noscript", b"<div ", b"<div id=", b"<title>",
     b"<a ", b"<svg", b"<", b"<style></script>"],
)  # fmt: skip
def test_what_looks_at_answers_reads_each_byte_a_few_times_only(unit: bytes) -> None:
    body = SHELL + unit * (LOOKED_AT // len(unit))
    assert isinstance(is_empty_shell(body), bool)
    assert isinstance(is_empty_shell(b"<script>" + body.replace(b"root", b"").replace(b"JavaScript", b"")), bool)
    assert challenge_of(403, {}, unit * (LOOKED_AT // len(unit))) == ""


def test_a_page_is_a_shell_by_what_it_asks_for_when_scripts_are_off() -> None:
    asks = b"<html><script></script><noscript><p>%s</noscript></html>"
    assert is_empty_shell(asks % b"Please enable JavaScript.")
    assert not is_empty_shell(asks % b"<img src=/pixel>")
    assert not is_empty_shell(b"<html><script></script><noscript>x</noscript><!-- javascript --></html>")


@pytest.mark.parametrize("unit", ["1,", "1 ", "comments:1,", "views  ", "комментари"])
@pytest.mark.timeout(60)
def test_a_text_of_numbers_is_marked_in_one_walk(unit: str) -> None:
    text = "A headline. " + unit * (500_000 // len(unit))
    assert content_mark("", text) != content_mark("", "")
