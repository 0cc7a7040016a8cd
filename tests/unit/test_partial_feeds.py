"""A feed of which some entries are known reads like the whole feed without them.

MONITOR_FEEDS names a folder of feeds on which the same is tried; without it only the feeds written here are.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.model import Document, Entry
from monitor.extract import feeds, slices
from monitor.extract.feeds import parse_feed
from monitor.extract.slices import Slices

URL = "https://outlet.example/feeds/rss.xml"
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:thr="http://purl.org/syndication/thread/1.0"'
)


def rss_item(n: int, *, comments: int = 0, title: str = "", text: str = "") -> str:
    return (
        f"<item><title>{title or f'Talks &amp; trade, day {n}'}</title>\n<link>/a/{n}?utm_source=rss</link>"
        f'<guid isPermaLink="false">id-{n}</guid><dc:creator>Writer {n}</dc:creator><category>World</category>'
        f"<pubDate>Thu, {n % 28 + 1} Feb 2025 10:14:00 +0700</pubDate><slash:comments>{comments}</slash:comments>"
        f'<media:group><media:title>Picture</media:title><media:content url="/{n}.jpg" medium="image"/></media:group>'
        f"<description>&lt;p&gt;{text or f'Day {n} of the talks'}&lt;/p&gt;</description>"
        f"<content:encoded><![CDATA[<p>All of day {n}: </item><item>no entry</item></p>]]></content:encoded></item>\n"
    )


def rss(*items: str, head: str = "", link: str = "https://outlet.example/news/") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" {SPACES}><channel><title>Wire</title>'
        f'<link>{link}</link><atom:link rel="self" href="{URL}"/><language>id-ID</language>{head}'
        "<image><url>/i.png</url><title>Logo</title><link>https://logo.example/</link></image>"
        f"{''.join(items)}<copyright>none</copyright></channel></rss>"
    )


def atom_entry(n: int, *, count: int = 0) -> str:
    return (
        f'<entry xml:base="/archive/"><id>tag:outlet.example,2025:{n}</id><title type="html">Day {n} &amp;lt; 1</title>'
        f'<link rel="replies" href="/c/{n}" thr:count="{count}"/><link rel="alternate" href="day-{n}"/>'
        f"<updated>2025-02-{n % 28 + 1:02}T10:14:00Z</updated><author><name>Writer</name></author>"
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>In <b>Geneva</b>, {n}</p></div></content>'
        "<source><id>x</id><title>Other</title></source></entry>"
    )


def atom(*entries: str) -> str:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES.replace("atom:", "a:", 1)} xml:lang="en" '
        'xml:base="https://outlet.example/news/"><title>Wire</title><link href="https://outlet.example/"/>'
        f"<link rel='self' href='/self'/><updated>2025-02-13T10:14:00Z</updated>{''.join(entries)}</feed>"
    )


def rdf(*numbers: int) -> str:
    listed = "".join(f'<rdf:li resource="/{n}"/>' for n in numbers)
    items = "".join(
        f'<item rdf:about="https://outlet.example/{n}"><title>Day {n}</title><link>https://outlet.example/{n}</link>'
        f"<dc:date>2025-02-{n % 28 + 1:02}</dc:date><description>Text {n}</description></item>"
        for n in numbers
    )
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="/rss"><title>Wire</title>'
        f"<link>https://outlet.example/</link><items><rdf:Seq>{listed}</rdf:Seq></items></channel>"
        f'<image rdf:about="/i.png"><title>Logo</title></image>{items}'
        "<textinput><title>Find</title></textinput></rdf:RDF>"
    )


def json_feed(*numbers: int) -> str:
    items = [
        {"id": n, "url": f"/a/{n}", "title": f"Day {n}", "content_html": f"<p>Text {n}</p>", "_comments": n}
        for n in numbers
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": items})


DOCUMENTS = {
    "rss": rss(*map(rss_item, range(6))),
    "rss with bare ampersands": rss(*map(rss_item, range(6))).replace("&amp;", "& &nbsp;"),
    "rss in a legacy code page": rss(*(rss_item(n, title=f"Żółw & {n} Łódź, środa") for n in range(6))),
    "atom": atom(*map(atom_entry, range(6))),
    "rdf": rdf(*range(6)),
    "json": json_feed(*range(6)),
    "a prefix for everything": atom(*map(atom_entry, range(3)))
    .replace("<", "<x:").replace("<x:/", "</x:").replace('xmlns="http://www.w3.org/2005/Atom"', 'xmlns:x="http://www.w3.org/2005/Atom"'),
    "empty elements": "<rss version='2.0'><channel><title/><link/><item/><item><title/></item><item><guid>1</guid>"
    "</item></channel></rss>",
}  # fmt: skip


def read(text: str | bytes, known: frozenset[int] = frozenset()) -> Document:
    found = parse_feed(text.encode() if isinstance(text, str) else text, url=URL, known=known)
    assert isinstance(found, Document), found
    return found


def unsplit(body: bytes) -> list[Entry]:
    """The entries as the whole document gives them to the parser in one piece."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slices, "split", lambda _: None)
        found = parse_feed(body, url=URL)
    return list(found.entries) if isinstance(found, Document) else []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_feed_read_in_parts_is_the_feed_read_whole(name: str) -> None:
    body = DOCUMENTS[name].encode()
    whole = read(body)
    assert list(whole.entries) == unsplit(body)
    assert len(whole.marks) == len(whole.outline) == len(whole.entries)
    assert not whole.is_partial
    for place, entry in enumerate(whole.entries):
        part = read(body, frozenset(whole.marks[:place] + whole.marks[place + 1 :]))
        assert part.entries == (entry,)
        assert part.is_partial
        assert part.marks == whole.marks
        assert part.outline == whole.outline


@given(st.sampled_from(sorted(DOCUMENTS)), st.sets(st.integers(0, 5)))
@settings(deadline=None)
def test_whatever_is_known_the_rest_reads_the_same(name: str, places: set[int]) -> None:
    whole = read(DOCUMENTS[name])
    known = frozenset(mark for n, mark in enumerate(whole.marks) if n in places)
    assert read(DOCUMENTS[name], known).entries == tuple(
        e for e, mark in zip(whole.entries, whole.marks, strict=True) if mark not in known
    )


def test_a_feed_without_anything_new_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    marks = frozenset(read(DOCUMENTS["rss"]).marks)
    monkeypatch.setattr(feeds, "feedparser", None)
    built = "<lastBuildDate>Fri, 14 Feb 2025 10:14:00 GMT</lastBuildDate>"
    document = read(rss(*map(rss_item, range(6)), head=built), marks)
    assert (document.entries, document.is_partial) == ((), True)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (rss(rss_item(1)), rss(rss_item(1, comments=12))),
        (rss(rss_item(1)), rss(rss_item(1).replace("1.jpg", "1-large.jpg"))),
        (rss(rss_item(1)), rss(rss_item(1), head="<ttl>5</ttl><generator>new</generator>")),
        (atom(atom_entry(1)), atom(atom_entry(1, count=12))),
        (
            '<rss><channel><item><link/><guid x="1" y="2">3</guid></item></channel></rss>',
            '<rss><channel><item><link/><guid y="2" x="1">3</guid></item></channel></rss>',
        ),
    ],
    ids=["comments", "picture", "head", "replies", "attributes in another order"],
)  # fmt: skip
def test_what_says_nothing_new_makes_no_entry_new(before: str, after: str) -> None:
    assert before != after
    assert read(before).marks == read(after).marks


@pytest.mark.parametrize(
    "after",
    [
        rss(rss_item(1, title="Talks end")),
        rss(rss_item(1, text="Other words")),
        rss(rss_item(1).replace("/a/1", "/b/1")),
        rss(rss_item(1).replace("id-1", "id-one")),
        rss(rss_item(1).replace("10:14", "11:14")),
        rss(rss_item(1), link="https://other.example/"),
        rss(rss_item(1)).replace("id-ID", "en"),
    ],
    ids=["title", "text", "link", "guid", "date", "base of the links", "language"],
)
def test_what_changes_an_entry_makes_it_new(after: str) -> None:
    assert set(read(after).marks).isdisjoint(read(rss(rss_item(1))).marks)


def test_a_feed_with_entries_that_are_none_is_read_whole_when_something_is_new() -> None:
    body = rss(rss_item(1), '<w:item xmlns:w="https://weather.example/"><w:sky/></w:item>', rss_item(2))
    whole = read(body)
    assert [e.guid for e in whole.entries] == ["id-1", "id-2"]
    part = read(body, frozenset(whole.marks[:2]))
    assert (part.entries, part.is_partial) == (whole.entries[1:], True)
    part = read(body, frozenset(whole.marks[2:]))
    assert (part.entries, part.is_partial) == (whole.entries, False)
    assert read(body, frozenset(whole.marks)).entries == ()


def test_an_outline_tells_what_the_left_out_entries_call_themselves() -> None:
    whole = read(DOCUMENTS["rss"])
    part = read(DOCUMENTS["rss"], frozenset(whole.marks[1:]))
    assert [o.guid for o in part.outline] == [f"id-{n}" for n in range(6)]
    assert [o.title for o in part.outline] == [e.title for e in whole.entries]
    assert [o.url for o in part.outline] == [f"/a/{n}?utm_source=rss" for n in range(6)]


def feeds_of(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in {".tsv", ".jsonl"}:
            yield path, path.read_bytes()


@pytest.mark.skipif("MONITOR_FEEDS" not in os.environ, reason="MONITOR_FEEDS names no folder of feeds")
@pytest.mark.timeout(1800)
def test_feeds_found_elsewhere_read_the_same_in_parts() -> None:
    dice = random.Random(1)
    differing: list[str] = []
    entries = documents = 0
    for path, body in feeds_of(Path(os.environ["MONITOR_FEEDS"])):
        whole = parse_feed(body, url=URL)
        if not isinstance(whole, Document):
            continue
        documents += bool(whole.marks)
        entries += len(whole.entries)
        if list(whole.entries) != unsplit(body):
            differing.append(f"{path}: whole")
        kept = Slices()
        for _ in range(3 if whole.marks else 0):
            known = frozenset(mark for mark in whole.marks if dice.random() < 0.7)
            part = parse_feed(body, url=URL, known=known)
            assert isinstance(part, Document)
            if part != parse_feed(body, url=URL, known=known, slices=kept):
                differing.append(f"{path}: by slices, {len(known)} of {len(whole.marks)} known")
            expected = [e for e, m in zip(whole.entries, whole.marks, strict=False) if m not in known]
            if list(part.entries) != expected and not (not part.is_partial and part.entries == whole.entries):
                differing.append(f"{path}: {len(known)} of {len(whole.marks)} known")
    print(f"\n{documents} documents in parts, {entries} entries")
    assert not differing, "\n".join(differing)
