"""No document stops the reader or fills its memory, whatever it is."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.core.model import Article, Document, SitemapIndex, Unreadable
from monitor.extract.articles import parse_article
from monitor.extract.charset import decode
from monitor.extract.feeds import parse_feed
from monitor.extract.listings import parse_listing
from monitor.extract.repair import mended, opened, unpacked
from monitor.extract.sitemaps import parse_sitemap
from monitor.extract.sniff import kind_of
from monitor.text.dates import parse_date
from monitor.text.plain import headline, plain_text
from monitor.text.urls import absolute, canonical_url
from tests.unit.hostile_shapes import SHAPES

URL = "https://outlet.example/news/"
SIZE = 5_000_000
ROOT = Path(__file__).parents[2]

needs_linux = pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peaks of memory are read in /proc")


@needs_linux
@pytest.mark.parametrize("parser", ["article", "listing", "feed", "sitemap", "leads", "kind"])
@pytest.mark.timeout(900)
def test_five_megabytes_of_anything_are_read_in_bounded_memory(parser: str) -> None:
    child = subprocess.run(
        [sys.executable, "-m", "tests.unit.hostile_child", parser, str(SIZE)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    lines = [json.loads(line) for line in child.stdout.splitlines()]
    assert child.returncode == 0, f"{lines[-1:]} {child.stderr[-500:]}"
    results = dict(zip([n["shape"] for n in lines[::2]], lines[1::2], strict=True))
    assert results.keys() == SHAPES.keys()
    for shape, took in results.items():
        assert not took["error"], (shape, took)
        assert took["megabytes"] <= 20 * max(took["bytes"], SIZE) / 2**20 + 50, (shape, took)


SAMPLES = [
    b"""<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>
    <title>Outlet &amp; sons</title><link>https://outlet.example/</link><ttl>15</ttl><item><title><![CDATA[A <b>]]>
    </title><link>/1?a=1&amp;b=2</link><guid isPermaLink='false'>1</guid><dc:date>2025-02-13T10:14:00+07:00</dc:date>
    <description>&lt;p&gt;Caf\xc3\xa9&lt;/p&gt;</description></item></channel></rss>""",
    b"""<feed xmlns='http://www.w3.org/2005/Atom' xml:base='/x/' xml:lang='en'><entry><id>1</id><title type='xhtml'>
    <div xmlns='http://www.w3.org/1999/xhtml'>A <i>B</i></div></title><link href='a'/><updated>2025</updated></entry>
    </feed>""",
    b"""<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://outlet.example/1</loc><lastmod>
    2025-02-13</lastmod></url></urlset>""",
    b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"url":"/a","title":"T","tags":["x"]}]}',
    b"""<!doctype html><html lang=en><head><title>x</title><meta property=og:title content=y><script
    type='application/ld+json'>{"@type":"NewsArticle","datePublished":"2025-02-13"}</script></head><body><nav>
    <a href=/s>s</a></nav><main><article><h2><a href='/2025/02/13/a-b-c'>A headline of some length</a></h2>
    <time datetime=2025-02-13>1 h</time><p>Some words.</p></article></main></body></html>""",
]
PATCHES = [
    b"", b"<", b">", b"&", b"\x00", b"\xff", b"\xc3", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<!DOCTYPE a [", b'"',
    b"'", b"<item>", b"</item>", b"<entry/>", b"{", b"]", b"\\u", b"&#", b"&#x110000;", b"<a href=", b"xmlns:a=''",
    b"<?xml ",
    b"\x1f\x8b", b"\xfe\xff", b"9" * 400, b"http://[", b"<div>" * 50, "\u202e\ud800".encode("utf-8", "surrogatepass"),
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    body = bytearray(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(0, 8))):
        place = draw(st.integers(0, len(body)))
        match draw(st.sampled_from(["patch", "flip", "cut", "repeat"])):
            case "patch":
                body[place : place + draw(st.integers(0, 30))] = draw(st.sampled_from(PATCHES))
            case "flip":
                body[place : place + 1] = bytes([draw(st.integers(0, 255))])
            case "cut":
                del body[place:]
            case _:
                body[place:place] = body[: draw(st.integers(0, 200))] * draw(st.integers(1, 5))
    wrapped = bytes(body)
    return draw(st.sampled_from([wrapped, gzip.compress(wrapped, mtime=0), wrapped.decode("latin-1").encode("utf-16")]))


headers = st.sampled_from([{}, {"content-type": "text/xml; charset=utf-7"}, {"Content-Type": "x; charset=idna"},
                           {"content-location": "http://["}, {"content-language": "\u0000"}])  # fmt: skip
fuzz = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)


@fuzz
@given(damaged() | st.binary(max_size=200), headers)
def test_no_bytes_break_a_parser(body: bytes, head: dict[str, str]) -> None:
    whole = parse_feed(body, url=URL, headers=head)
    assert isinstance(whole, Document | Unreadable)
    if isinstance(whole, Document) and whole.marks:
        part = parse_feed(body, url=URL, headers=head, known=frozenset(whole.marks[1:]))
        assert isinstance(part, Document)
        assert part.entries == whole.entries[:1] or whole.marks[0] in whole.marks[1:]
    assert isinstance(parse_sitemap(body, url=URL, headers=head), Document | SitemapIndex | Unreadable)
    assert isinstance(parse_listing(body, url=URL, headers=head), Document | Unreadable)
    assert isinstance(parse_article(body, url=URL, headers=head), Article | Unreadable)
    assert kind_of(body, head) in {"feed", "sitemap", "listing"}


@fuzz
@given(damaged() | st.binary(max_size=200), headers)
def test_no_bytes_break_what_comes_before_the_parsers(body: bytes, head: dict[str, str]) -> None:
    assert isinstance(unpacked(body)[0], bytes)
    assert isinstance(decode(body, head).text, str)
    read = opened(body, head)
    assert read.encoded() == read.text.encode("utf-8", "replace")
    assert "\x00" not in mended(read).text


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["bare", "marked"])
@pytest.mark.parametrize(
    "before", ["", " \n", "\ufeff", "<?xml version='1.0'?>\n", '<?xml encoding="koi8-r"?>', "<?xml >>"]
)
@pytest.mark.parametrize("text", ["<rss>day</rss>", "<rss>день</rss>\n<?xml version='1.0'?>"])
def test_a_document_in_utf8_is_read_from_where_it_stands(mark: bytes, before: str, text: str) -> None:
    read = opened(mark + before.encode() + text.encode())
    assert read.encoded() == read.text.encode()


any_text = st.text(max_size=120) | st.text(alphabet="0123456789-:/. TZ+年月日AMpmGFebMar", max_size=40)


@fuzz
@given(any_text, any_text)
def test_no_text_breaks_what_reads_texts(text: str, other: str) -> None:
    parse_date(text)
    plain_text(text)
    headline(text)
    assert isinstance(canonical_url(absolute(URL, text)), str)
    assert isinstance(absolute(text, other), str)
    canonical_url(text)
