from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.core.model import Document, Unreadable
from monitor.extract.feeds import parse_feed
from monitor.extract.limits import MAX_ENTRIES
from monitor.extract.sniff import kind_of

URL = "https://outlet.example/rss.xml"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Kantor Berita</title><link>https://outlet.example/</link><language>id-ID</language>
<item><title>Perundingan di Jenewa berlanjut</title><link>https://outlet.example/a/1?utm_source=rss</link>
<guid isPermaLink="false">id-1</guid><pubDate>Thu, 13 Feb 2025 10:14:00 +0700</pubDate>
<description>&lt;p&gt;Para menteri bertemu &amp;amp; berbicara.&lt;/p&gt;</description>
<dc:creator>Sari Dewi</dc:creator>
<category>Dunia</category><media:content url="https://outlet.example/1.jpg" medium="image"/></item>
<item><title>Żurek: décision à Zürich – Київ чекає</title><link>/a/2</link><guid>https://outlet.example/a/2</guid>
<pubDate>Wed, 12 Feb 2025 08:00:00 WIB</pubDate></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://outlet.example/news/" xml:lang="en">
<title>Wire</title><link rel="alternate" href="https://outlet.example/"/>
<entry><id>tag:outlet.example,2025:1</id><title type="html">Talks &amp;lt;b&amp;gt;resume&amp;lt;/b&amp;gt;</title>
<link rel="alternate" href="talks"/><updated>2025-02-13T10:14:00+07:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>In <b>Geneva</b>.</p></div></content>
<author><name>A. Writer</name></author></entry></feed>"""


def read(text: str | bytes, **headers: str) -> Document:
    body = text.encode() if isinstance(text, str) else text
    found = parse_feed(body, url=URL, headers={k.replace("_", "-"): v for k, v in headers.items()})
    assert isinstance(found, Document), found
    return found


def titles(document: Document) -> list[str]:
    return [e.title for e in document.entries]


def test_an_rss_feed_is_read_with_everything_that_it_says() -> None:
    document = read(RSS)
    first, second = document.entries
    assert (document.title, document.language, document.repaired) == ("Kantor Berita", "id-id", ())
    assert first.guid == "id-1"
    assert first.url == "https://outlet.example/a/1?utm_source=rss"
    assert first.canonical_url == "https://outlet.example/a/1"
    assert first.text == "Para menteri bertemu & berbicara."
    assert (first.author, first.tags, first.image) == ("Sari Dewi", ("Dunia",), "https://outlet.example/1.jpg")
    assert first.published == datetime(2025, 2, 13, 3, 14, tzinfo=UTC)
    assert first.published.utcoffset() == timedelta(hours=7)
    assert second.url == "https://outlet.example/a/2"
    assert second.published == datetime(2025, 2, 12, 1, 0, tzinfo=UTC)


def test_an_atom_feed_is_read_with_its_base_and_its_markup() -> None:
    (entry,) = read(ATOM).entries
    assert entry.title == "Talks resume"
    assert entry.url == "https://outlet.example/news/talks"
    assert (entry.text, entry.author, entry.language) == ("In Geneva.", "A. Writer", "en")


@pytest.mark.parametrize(
    ("damage", "body"),
    [
        ("utf-16 with a mark", RSS.replace("utf-8", "utf-16").encode("utf-16")),
        ("utf-16 without a mark", RSS.encode("utf-16-be")),
        ("a mark before utf-8", b"\xef\xbb\xbf" + RSS.encode()),
        ("called latin-1", RSS.replace('encoding="utf-8"', 'encoding="iso-8859-1"').encode()),
        ("gzip without a header", gzip.compress(RSS.encode())),
        ("gzip that was cut", gzip.compress(RSS.encode() + b" " * 4000)[:-12]),
        ("lines before the declaration", b"\n\n  " + RSS.encode()),
        ("a warning before it", b"<br />\n<b>Warning</b>: mysql_connect() in /x.php<br />\n" + RSS.encode()),
        ("a script after it", RSS.encode() + b"<script>track()</script>"),
        ("one bad byte", RSS.encode().replace(b"bertemu", b"ber\xfftemu")),
        ("control characters", RSS.replace("bertemu", "ber\x0btemu\x00").encode()),
        ("bare ampersands", RSS.replace("/a/2<", "/a/2<").replace("Dunia", "Dunia & Asia &nbsp; &copy;").encode()),
        ("a doctype with entities", RSS.replace("<rss ", '<!DOCTYPE rss [<!ENTITY x "y">]><rss ').encode()),
    ],
)
def test_a_damaged_feed_is_read_like_a_sound_one(damage: str, body: bytes) -> None:
    assert titles(read(body)) == titles(read(RSS)), damage


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "iso8859-5"])
def test_a_legacy_code_page_is_recognised_though_it_calls_itself_utf8(codec: str) -> None:
    text = RSS.replace("Żurek: décision à Zürich – Київ чекає", "Переговоры в Женеве продолжаются").replace(
        "Para menteri bertemu", "Министры иностранных дел встретились в среду и говорили о прекращении огня"
    )
    assert titles(read(text.encode(codec)))[1] == "Переговоры в Женеве продолжаются"


def test_a_header_tells_the_code_page_of_a_feed_that_does_not() -> None:
    body = RSS.replace(' encoding="utf-8"', "").replace("Żurek: décision à Zürich – Київ чекає", "Ağrı'da görüşme")
    assert titles(read(body.encode("cp1254"), content_type="text/xml; charset=iso-8859-9"))[1] == "Ağrı'da görüşme"


def test_a_feed_that_was_cut_short_gives_its_whole_entries_only() -> None:
    cut = read(RSS[: RSS.index("Żurek") + 12])
    assert titles(cut) == ["Perundingan di Jenewa berlanjut"]
    assert any("cut short" in note for note in cut.repaired)


def test_entities_are_never_expanded() -> None:
    lines = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{lines}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    document = read(
        bomb + "<rss version='2.0'><channel><item><title>a &l9; &f;</title><link>/x</link></item></channel></rss>"
    )
    assert len(document.entries[0].title) < 40
    assert "root:" not in document.entries[0].title


def test_a_gzip_bomb_is_inflated_no_further_than_the_limit() -> None:
    bomb = gzip.compress(b"<rss><channel>" + b" " * 60_000_000)
    assert isinstance(parse_feed(bomb, url=URL), Document | Unreadable)


def test_an_entry_without_a_title_is_named_by_its_text_or_else_its_link() -> None:
    document = read(
        "<rss><channel><item><description>Only a text here</description><link>/1</link></item>"
        "<item><link>/2</link></item></channel></rss>"
    )
    assert titles(document) == ["Only a text here", "https://outlet.example/2"]


def test_an_entry_without_a_link_leads_to_its_enclosure() -> None:
    document = read(
        '<rss><channel><item><title>Sound</title><enclosure url=" "/><enclosure url="/s.mp3" type="audio/mpeg"/></item>'
        "</channel></rss>"
    )
    assert document.entries[0].url == "https://outlet.example/s.mp3"


def test_what_stands_behind_a_redirector_is_the_key_of_an_entry() -> None:
    document = read(
        '<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item><title>t</title>'
        "<link>https://proxy.example/~r/1</link><feedburner:origLink>https://outlet.example/a</feedburner:origLink>"
        "</item></channel></rss>"
    )
    assert document.entries[0].url == "https://proxy.example/~r/1"
    assert document.entries[0].canonical_url == "https://outlet.example/a"


def test_a_feed_of_more_entries_than_anybody_reads_gives_the_newest() -> None:
    def item(n: int) -> str:
        when = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=n)
        return f"<item><title>n{n}</title><link>/a/{n}</link><pubDate>{when:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"

    count = 2 * MAX_ENTRIES + 50
    oldest_first = read("<rss version='2.0'><channel>" + "".join(map(item, range(count))) + "</channel></rss>")
    newest_first = read(
        "<rss version='2.0'><channel>" + "".join(map(item, reversed(range(count)))) + "</channel></rss>"
    )
    for document in (oldest_first, newest_first):
        assert len(document.entries) == MAX_ENTRIES
        assert f"n{count - 1}" in titles(document)
        assert document.repaired


JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Wire",
    "home_page_url": "https://outlet.example/",
    "language": "en",
    "items": [
        {"id": 1, "url": "/a", "title": "Talks", "content_html": "<p>In Geneva.</p>",
         "authors": [{"name": "A. Writer"}],
         "date_published": "2025-02-13T10:14:00+07:00", "tags": ["world"], "image": "/a.jpg"},
        {"id": "2", "content_text": "No title here"},
    ],
}  # fmt: skip


def test_a_json_feed_is_read() -> None:
    first, second = read(json.dumps(JSON_FEED)).entries
    assert (first.guid, first.url, first.title, first.text) == ("1", "https://outlet.example/a", "Talks", "In Geneva.")
    assert (first.author, first.tags, first.image) == ("A. Writer", ("world",), "https://outlet.example/a.jpg")
    assert first.published is not None
    assert second.title == "No title here"


def test_a_json_feed_that_was_cut_short_gives_its_whole_entries() -> None:
    assert titles(read(json.dumps(JSON_FEED)[:-20])) == ["Talks"]


@pytest.mark.parametrize(
    "body",
    [b"", b"   ", b"not a feed", b"<html><body><h1>Just a moment</h1></body></html>", b"{}", b"[1, 2]",
     b"\x1f\x8b broken",
     b'{"a": ' * 5000, b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_feed_says_so(body: bytes) -> None:
    found = parse_feed(body, url=URL)
    assert isinstance(found, Unreadable)
    assert found.why


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (RSS.encode(), "feed"),
        (ATOM.encode("utf-16"), "feed"),
        (gzip.compress(RSS.encode()), "feed"),
        (json.dumps(JSON_FEED).encode(), "feed"),
        (b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', "sitemap"),
        (b"<sitemapindex></sitemapindex>", "sitemap"),
        (b"<!doctype html><html><body><p>see our &lt;rss&gt;</p></body></html>", "listing"),
        (b"", "listing"),
    ],
)
def test_the_kind_of_a_document_is_told_from_its_beginning(body: bytes, kind: str) -> None:
    assert kind_of(body, {}) == kind


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    assert isinstance(parse_feed(body, url=URL), Document | Unreadable)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.sampled_from([RSS, ATOM, json.dumps(JSON_FEED)]), st.data())
def test_no_damage_breaks_the_reader(text: str, data: st.DataObject) -> None:
    body = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(body) - 1))
        patch = data.draw(
            st.sampled_from(
                [b"", b"<", b">", b"&", b"\x00", b"\xff", b"]]>", b"<![CDATA[", b"<!--", b"<!DOCTYPE a [", b'"']
            )
        )
        body[place : place + data.draw(st.integers(0, 20))] = patch
        if not body:
            break
    assert isinstance(parse_feed(bytes(body), url=URL), Document | Unreadable)
