"""Plain RSS reads without feedparser as it reads with it, and what is not plain is seen to be so."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.model import Document, Unreadable
from monitor.extract import feeds
from monitor.extract.feeds import parse_feed
from monitor.extract.plain_feeds import read_plain
from tests.unit.test_partial_feeds import SPACES, URL

CHILDREN = [
    "title", "link", "guid", "description", "content:encoded", "pubDate", "dc:date", "author", "dc:creator",
    "category", "enclosure", "media:content", "media:thumbnail", "comments", "slash:comments", "language", "source",
    "media:title", "media:description", "dc:language", "atom:link", "Title", "pubdate", "summary", "image",
    "feedburner:origLink", "media:creator", "x:y",
]  # fmt: skip
ATTRIBUTES = [
    ("isPermaLink", "false"), ("isPermaLink", "true"), ("ispermalink", "false"), ("domain", "https://tags.example/"),
    ("url", "https://outlet.example/1.jpg"), ("url", "/2.JPG"), ("url", ""), ("type", "IMAGE/jpeg"), ("type", "html"),
    ("medium", "image"), ("length", "0"), ("href", "https://outlet.example/a"), ("rel", "self"), ("term", "word"),
    ("lang", "fr"), ("xml:lang", "de"), ("xml:base", "https://base.example/"), ("base", "https://base.example/"),
]  # fmt: skip
DATES = [
    "Thu, 13 Feb 2025 10:14:00 +0700", "13 Feb 2025 10:14:00 GMT", "Sat, 30 Feb 2025 10:14:00 GMT", "2025-02-13T10:14Z",
    "Thu, 31 Feb 25 99:99:99 EST", "2025-5-8 9:39:31", "13/02/2025", "yesterday", "Чтв, 13 фев 2025 10:14:00 +0300",
    "29 Feb 2025 00:00:00 +0000", "Thu, 13 Feb 2025 23:59:59 -1200",
]  # fmt: skip
WORDS = [
    "Talks in Geneva", "Переговоры, день 2", "Körner & Söhne", "KÃ¶rner", "Fran\xe7ois", "it\x92s", "\xa0", "\u3000",
    " ", "\n", "<p>Day <b>2</b> &amp; more</p>", "a &lt; b", "&amp;nbsp;", "editor@outlet.example (Editor)", "會談",
    "\u200b",
    "https://outlet.example/a?x=1&y=2", "https://outlet.example/a?x=1&y;=2", "http:////outlet.example/a", "/a/1",
    "id-1",
    '<img src="/p.jpg">', "javascript:1", "é", "é!", "ü…", "Ã©", "]]", "", "<!-- -->",
]  # fmt: skip
SWAPPED = SPACES.replace("xmlns:dc", "xmlns:was_dc").replace("xmlns:media", "xmlns:dc").replace("was_dc", "media")
text = st.lists(st.sampled_from([*WORDS, *DATES]) | st.text(max_size=4), max_size=3).map("".join)


@st.composite
def element(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(CHILDREN) | st.sampled_from(CHILDREN[:13]))
    said = draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=2, unique_by=lambda pair: pair[0]))
    if name in ("enclosure", "media:content", "media:thumbnail"):
        said, inside = said or [("url", "https://outlet.example/3.png"), ("type", "image/png")], ""
    elif name in ("pubDate", "dc:date"):
        inside = draw(st.sampled_from(DATES) | text)
    else:
        said = said if draw(st.booleans()) and draw(st.booleans()) else []
        inside = draw(text)
    inside = f"<![CDATA[{inside}]]>" if draw(st.booleans()) and "]]>" not in inside else escape(inside)
    inside = draw(st.sampled_from([inside] * 9 + [f"{inside}<i>in</i>", f"<!-- no -->{inside}", f"<?no?>\n{inside}"]))
    return f"<{name}{''.join(f' {n}={quoteattr(v)}' for n, v in said)}>{inside}</{name}>"


def rss(head: str, items: list[str], *, spaces: str = SPACES, root: str = 'version="2.0"') -> bytes:
    return (
        f'<rss {root} {spaces} xmlns:x="https://x.example/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
        f"<channel>{head}{''.join(f'<item>{i}</item>' for i in items)}</channel></rss>"
    ).encode("utf-8", "replace")


def by_feedparser(body: bytes, headers: dict[str, str]) -> Document | Unreadable:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feeds, "read_plain", lambda *_: None)
        return parse_feed(body, url=URL, headers=headers)


@pytest.mark.parametrize("name", CHILDREN)
def test_each_element_with_whatever_it_says_reads_as_feedparser_reads_it(name: str) -> None:
    picture = 'url="https://outlet.example/3"'
    said = [
        "",
        *(f" {n}={quoteattr(v)}" for n, v in ATTRIBUTES),
        f' {picture} type="IMAGE/PNG"',
        f' {picture} lang="fr"',
    ]
    shown = [f"<{name}>{escape(word)}</{name}>" for word in [*WORDS, *DATES]]
    shown += [f"<{name}{attributes}>{inside}</{name}>" for attributes in said for inside in ("Word", "")]
    link = "<link>/a</link>" if name != "link" else "<guid>/a</guid>"
    for one in shown:
        for body in (rss(f"{one}<title>Wire</title>", ["<title>Day</title>"]), rss("", [one]), rss("", [one + link])):
            for headers in ({}, {"Content-Language": "de-DE"}) if name == "language" else ({},):
                assert parse_feed(body, url=URL, headers=headers) == by_feedparser(body, headers)
    for two in (f"<{name}>Word</{name}><{name}></{name}>", f"<{name} domain='a'/><{name} domain='b'>Word</{name}>"):
        body = rss("", [two])
        assert parse_feed(body, url=URL) == by_feedparser(body, {})


def test_prefixes_that_stand_for_something_else_read_as_feedparser_reads_them() -> None:
    body = rss("", ["<media:creator>Writer</media:creator><dc:content url='/1.jpg' medium='image'/>"], spaces=SWAPPED)
    assert parse_feed(body, url=URL) == by_feedparser(body, {})


elements = st.lists(element(), max_size=6).map("".join)


@given(
    elements,
    st.lists(elements, max_size=3),
    st.sampled_from(["", "de-DE", "pt_BR"]),
    st.sampled_from(
        [SPACES] * 4 + [SWAPPED, SPACES.replace("xmlns:dc", "xmlns:d"), SPACES.replace("elements/1.1", "terms")]
    ),
    st.sampled_from(
        ['version="2.0"'] * 4 + ["", 'version="0.91"', 'xml:lang="de"', 'xmlns="http://purl.org/rss/1.0/"']
    ),
)
@settings(deadline=None, max_examples=200)
def test_a_feed_reads_as_feedparser_reads_it(
    head: str, items: list[str], language: str, spaces: str, root: str
) -> None:
    body, headers = rss(head, items, spaces=spaces, root=root), {"Content-Language": language}
    assert parse_feed(body, url=URL, headers=headers) == by_feedparser(body, headers)


@given(element(), element())
@settings(deadline=None, max_examples=200)
def test_two_elements_read_together_as_feedparser_reads_them(one: str, other: str) -> None:
    body = rss("<title>Wire</title>", [one + other])
    assert parse_feed(body, url=URL) == by_feedparser(body, {})


PLAIN = (
    "<title>Talks &amp; trade</title><link>https://outlet.example/a/1</link><guid isPermaLink='false'>id-1</guid>"
    "<pubDate>Thu, 13 Feb 2025 10:14:00 +0700</pubDate><dc:creator>Писатель</dc:creator><category>World</category>"
    "<category domain='https://tags.example/'><![CDATA[Trade]]></category><slash:comments>3</slash:comments>"
    "<description><![CDATA[<p>Day 1</p>]]></description><content:encoded>&lt;p&gt;Day&lt;/p&gt;</content:encoded>"
    "<media:content url='/1.jpg' medium='image' type='Image/JPEG'/><enclosure url='/1.mp3' type='audio/mpeg'/>"
)
HEAD = "<title>Wire</title><link>https://outlet.example/</link><language>id-ID</language>"


def test_what_sites_usually_write_is_read_without_feedparser(monkeypatch: pytest.MonkeyPatch) -> None:
    body = rss(HEAD, [PLAIN])
    expected = by_feedparser(body, {})
    monkeypatch.setattr(feeds, "feedparser", None)
    found = parse_feed(body, url=URL)
    assert found == expected
    assert isinstance(found, Document)
    assert [e.title for e in found.entries] == ["Talks & trade"]


@pytest.mark.parametrize(
    ("usual", "unusual"),
    [
        ("Писатель", "writer@outlet.example (Writer)"),
        ("Talks", "KÃ¶rner"),
        ("Talks", "It\x92s"),
        ("Talks", "<b>Talks</b>"),
        ("https://outlet.example/a/1", "https:///outlet.example/a/1"),
        ("https://outlet.example/a/1", "https://outlet.example/?a=1&amp;b;=2"),
        ("<title>", "<title type='html'>"),
        ("Thu, 13 Feb 2025 10:14:00 +0700", "2025-5-8 9:39:31"),
        ("<slash:comments>", "<title>Again</title><slash:comments>"),
        ("slash:comments", "slash:views"),
        ("media:content", "media:group"),
    ],
)
def test_what_feedparser_would_mend_or_guess_is_left_to_it(usual: str, unusual: str) -> None:
    assert read_plain(rss(HEAD, [PLAIN]), "") is not None
    assert usual in PLAIN
    assert read_plain(rss(HEAD, [PLAIN.replace(usual, unusual)]), "") is None
