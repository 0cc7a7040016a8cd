from __future__ import annotations

import pytest

from tests.unit.feed_formats.reading import ATOM_LINK, LINK, TITLE, atom, atom03, moment, rdf, read, rss

NOON = "2004-01-01T12:00:00Z"
LATER = "2005-01-01T12:00:00Z"
MAIL = "Thu, 01 Jan 2004 12:00:00 GMT"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (f"<pubDate>{MAIL}</pubDate>", NOON),
        (f"<pubdate>{MAIL}</pubdate>", NOON),
        (f"<pubDate><![CDATA[{MAIL}]]></pubDate>", NOON),
        ("<pubDate>\n Thu, 01 Jan 2004 13:00:00 +0100 </pubDate>", NOON),
        ("<pubDate>Thu, 01 Jan 2004 13:00:00 &#43;0100</pubDate>", NOON),
        (f"<dc:date>{NOON}</dc:date>", NOON),
        (f"<dc:date>{LATER}</dc:date><pubDate>{MAIL}</pubDate>", NOON),
        (f"<pubDate>yesterday</pubDate><dc:date>{NOON}</dc:date>", NOON),
        (f"<dcterms:created>{NOON}</dcterms:created>", NOON),
        (f"<dcterms:issued>{NOON}</dcterms:issued>", NOON),
        (f"<dcterms:modified>{NOON}</dcterms:modified>", NOON),
        (f"<atom:updated>{NOON}</atom:updated>", NOON),
        (f"<atom:updated>{LATER}</atom:updated><atom:published>{NOON}</atom:published>", NOON),
        (f"<published>{NOON}</published>", NOON),
        ("<date>2004-01-01</date>", "2004-01-01T00:00:00Z"),
        ("<pubDate>0000-00-00 00:00:00</pubDate>", ""),
        ("<pubDate/>", ""),
        ("", ""),
    ],
)
def test_the_date_of_an_rss_item(markup: str, expected: str) -> None:
    assert moment(read(rss(TITLE + LINK + markup))) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (atom(TITLE + ATOM_LINK + f"<published>{NOON}</published><updated>{LATER}</updated>"), NOON),
        (atom(TITLE + ATOM_LINK + f"<updated>{LATER}</updated><published>{NOON}</published>"), NOON),
        (atom(TITLE + ATOM_LINK + f"<updated>{NOON}</updated>"), NOON),
        (atom(TITLE + ATOM_LINK + f"<updated>{NOON}</updated><published>soon</published>"), NOON),
        (atom(TITLE + ATOM_LINK + f"<dc:date>{NOON}</dc:date>"), NOON),
        (atom(TITLE + ATOM_LINK + f"<source><updated>{LATER}</updated></source><updated>{NOON}</updated>"), NOON),
        (atom(TITLE + ATOM_LINK + f"<source><updated>{LATER}</updated></source>"), ""),
        (atom(TITLE + ATOM_LINK, feed=f"<updated>{NOON}</updated>"), ""),
        (atom03(TITLE + ATOM_LINK + f"<issued>{NOON}</issued><modified>{LATER}</modified>"), NOON),
        (atom03(TITLE + ATOM_LINK + f"<modified>{NOON}</modified>"), NOON),
        (atom03(TITLE + ATOM_LINK + f"<created>{NOON}</created>"), NOON),
        (atom03(TITLE + ATOM_LINK + "<issued>2004-01-01T12:00:00</issued>"), NOON),
        (rdf(TITLE + LINK + "<dc:date>2004-01-01T13:00:00+01:00</dc:date>"), NOON),
        (rss(TITLE + LINK, channel=f"<title>F</title><pubDate>{MAIL}</pubDate>"), ""),
    ],
)
def test_the_date_of_other_entries(body: str, expected: str) -> None:
    assert moment(read(body)) == expected
