from __future__ import annotations

import json

import pytest

from tests.unit.feed_formats.reading import ATOM_LINK, LINK, SITE, TITLE, A, atom, moment, rdf, read, rss

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ITEM = f"<item>{TITLE}{LINK}</item>"
ENTRY = f"<entry>{TITLE}{ATOM_LINK}</entry>"
NETSCAPE = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'


@pytest.mark.parametrize(
    "body",
    [
        rss(TITLE + LINK),
        f"<rss><channel><title>F</title>{ITEM}</channel></rss>",
        f'<rss version="0.91"><channel><title>F</title>{ITEM}</channel></rss>',
        f'<?xml version="1.0"?>{NETSCAPE}<rss version="0.91"><channel><title>F</title>{ITEM}</channel></rss>',
        f'<RSS VERSION="2.0"><CHANNEL><TITLE>F</TITLE><ITEM><TITLE>T</TITLE><LINK>{A}</LINK></ITEM></CHANNEL></RSS>',
        f'<rss version="2.0"><channel><title>F</title></channel>{ITEM}</rss>',
        f'<rss version="2.0">{ITEM}</rss>',
        f'<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel><title>F</title>{ITEM}</channel></rss>',
        f'<rss version="2.0" xmlns="http://unknown.example/ns"><channel><title>F</title>{ITEM}</channel></rss>',
        f'<rss version="2.0" xmlns="http://www.w3.org/2005/Atom"><channel><title>F</title>{ITEM}</channel></rss>',
        (
            f'<r:rss version="2.0" xmlns:r="http://backend.userland.com/rss2"><r:channel><r:item><r:title>T</r:title>'
            f"<r:link>{A}</r:link></r:item></r:channel></r:rss>"
        ),
        rss(TITLE + LINK + '<unknown:thing/><media:thumbnail url="x"/>', root='version="2.0"'),
        rdf(TITLE + LINK),
        f'<rdf:RDF xmlns:rdf="{RDF}" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel/>{ITEM}</rdf:RDF>',
        f'<rdf:RDF xmlns:rdf="{RDF}" xmlns="http://purl.org/rss/1.0/"><channel>{ITEM}</channel></rdf:RDF>',
        (
            f'<RDF xmlns="{RDF}" xmlns:r="http://purl.org/rss/1.0/"><r:channel/><r:item><r:title>T</r:title>'
            f"<r:link>{A}</r:link></r:item></RDF>"
        ),
        atom(TITLE + ATOM_LINK),
        f"<feed><title>F</title>{ENTRY}</feed>",
        f'<feed xmlns="http://www.w3.org/2005/atom"><title>F</title>{ENTRY}</feed>',
        f'<feed xmlns="https://www.w3.org/2005/Atom"><title>F</title>{ENTRY}</feed>',
        f'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>F</title>{ENTRY}</feed>',
        (
            f'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>T</a:title><a:link href="{A}"/></a:entry>'
            "</a:feed>"
        ),
        f'<entry xmlns="http://www.w3.org/2005/Atom">{TITLE}{ATOM_LINK}</entry>',
        f'<channel><title>F</title><item href="{A}"><title>T</title></item></channel>',
        f'<CHANNEL HREF="{SITE}"><TITLE>F</TITLE><ITEM HREF="{A}"><TITLE>T</TITLE></ITEM></CHANNEL>',
    ],
)
def test_a_feed_of_any_age_is_read(body: str) -> None:
    entry = read(body)
    assert (entry.title, entry.url) == ("T", A)


def json_feed(**item: object) -> str:
    head = {"version": "https://jsonfeed.org/version/1.1", "title": "F", "home_page_url": SITE}
    return json.dumps({**head, "items": [item]})


@pytest.mark.parametrize(
    ("body", "title", "link"),
    [
        (json_feed(id="1", url=A, title="T"), "T", A),
        (json_feed(id="1", url=A, title="T").replace("1.1", "1"), "T", A),
        (json.dumps({"title": "F", "items": [{"id": "1", "url": A, "title": "T"}]}), "T", A),
        ("\ufeff" + json_feed(id="1", url=A, title="T"), "T", A),
        (json_feed(id="1", url=A, title="Tü").encode("utf-16"), "Tü", A),
        (json_feed(id="1", url=A, title="T &amp; <b>U</b>"), "T & U", A),
        (json_feed(id="1", url=A, title="T").replace('"T"', '"T\n\tx"'), "T x", A),
        (json_feed(id="1", url=A, content_html="<p>Hi <b>x</b></p>"), "Hi x", A),
        (json_feed(id="1", url=A, title=None, content_text="Text"), "Text", A),
        (json_feed(id="1", url=A, summary="Sum"), "Sum", A),
        (json_feed(id="1", url="/a", title="T"), "T", SITE + "a"),
        (json_feed(id="1", external_url=A, title="T"), "T", A),
        (json_feed(id="1", url=A, external_url="https://o.example/", title="T"), "T", A),
        (json_feed(id=A, title="T"), "T", A),
        (json_feed(id=12, url=A, title="T"), "T", A),
        (json_feed(id="1", title="T", attachments=[{"url": A, "mime_type": "audio/mpeg"}]), "T", A),
        (json_feed(id="1", title="T"), "T", SITE),
        (json_feed(id="1", url=A, title="T")[:-2] + ",]}", "T", A),
        (json_feed(id="1", url=A, title="T", tags="x", authors=3, attachments={}), "T", A),
        (json_feed(id="1", url=A, title="a b").replace("a b", "a\\ud83d b"), "a b", A),
    ],
)  # fmt: skip
def test_a_json_feed_of_any_make_is_read(body: str | bytes, title: str, link: str) -> None:
    entry = read(body)
    assert (entry.title, entry.url) == (title, link)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"date_published": "2004-01-01T10:00:00-05:00"}, "2004-01-01T15:00:00Z"),
        ({"date_modified": "2004-01-01T10:00:00-05:00"}, "2004-01-01T15:00:00Z"),
        ({"date_published": "2004-01-01T10:00:00Z", "date_modified": "2005-01-01T10:00:00Z"}, "2004-01-01T10:00:00Z"),
        ({"date_published": 5}, ""),
    ],
)
def test_the_date_of_a_json_item(item: dict[str, object], expected: str) -> None:
    assert moment(read(json_feed(id="1", url=A, title="T", **item))) == expected
