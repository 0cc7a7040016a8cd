from __future__ import annotations

import pytest

from tests.unit.feed_formats.reading import ATOM_LINK, LINK, SITE, TITLE, A, atom, rdf, read, rss

SOUND = '<enclosure url="https://s.example/e.mp3" type="audio/mpeg"/>'


@pytest.mark.parametrize(
    ("markup", "link"),
    [
        (LINK, A),
        ("<link>/a/b</link>", "https://site.example/a/b"),
        ("<link>//s.example/a</link>", A),
        (f"<link>\n {A} \n</link>", A),
        (f"<link><![CDATA[{A}?x=1&y=2]]></link>", A + "?x=1&y=2"),
        (f"<link>{A}?x=1&amp;y=2</link>", A + "?x=1&y=2"),
        (f"<link>{A}?x=1&y=2</link>", A + "?x=1&y=2"),
        (f"<link>{A}?x=1&copy=2&lang=en</link>", A + "?x=1&copy=2&lang=en"),
        (f"<link>{A}?x=1&amp;copy=2&amp;reg=3</link>", A + "?x=1&copy=2&reg=3"),
        (f"<link>{A}?x=1&amp;amp;y=2</link>", A + "?x=1&y=2"),
        ("<link>https://s.example/a b</link>", "https://s.example/a%20b"),
        ("<link>https://s.example/\na</link>", A),
        ("<link>https://пример.example/путь</link>", "https://пример.example/путь"),
        ("<link>javascript:alert(1)</link>", SITE),
        (f'<link href="{A}"/>', A),
        (f"<guid>{A}</guid>", A),
        (f'<guid isPermaLink="true">{A}</guid>', A),
        (f'<guid isPermaLink="TRUE">{A}</guid>', A),
        (f'<guid isPermaLink="false">{A}</guid>', A),
        (f"<link></link><guid>{A}</guid>", A),
        (f"{LINK}<guid>https://s.example/other</guid>", A),
        (f"<guid>https://s.example/other</guid>{LINK}", A),
        ("<guid>/a/b</guid>", "https://site.example/a/b"),
        ("<guid>123</guid>", SITE),
        ("<guid>tag:s.example,2004:1</guid>", SITE),
        ("<guid>urn:uuid:1</guid>", SITE),
        ('<guid isPermaLink="false">123</guid>', SITE),
        (f'<atom:link href="{A}"/>', A),
        (f'<atom:link href="https://s.example/at"/>{LINK}', A),
        (f'<atom:link rel="self" href="https://s.example/self"/>{LINK}', A),
        (f'{LINK}<atom:link rel="self" href="https://s.example/self"/>', A),
        (f'<atom:link rel="replies" href="https://s.example/r"/>{LINK}', A),
        (f'<enclosure url="{A}" type="audio/mpeg"/>', A),
        (f'<enclosure url=" "/><enclosure url="{A}" type="audio/mpeg"/>', A),
        (f"{LINK}{SOUND}", A),
        (f"<link/>{SOUND}", "https://s.example/e.mp3"),
        (
            f"<link>https://p.example/~r/1</link><feedburner:origLink>{A}</feedburner:origLink>",
            "https://p.example/~r/1",
        ),
        (f"{LINK}<image><url>/i</url><link>https://img.example/</link></image>", A),
        (f"<image><url>/i</url><link>https://img.example/</link></image>{LINK}", A),
        (f'<source url="https://o.example/f">Other</source>{LINK}', A),
        ("<comments>https://s.example/c</comments>", SITE),
        ("", SITE),
    ],
)
def test_the_link_of_an_rss_item(markup: str, link: str) -> None:
    assert read(rss(TITLE + markup)).url == link


@pytest.mark.parametrize(
    ("markup", "link"),
    [
        (ATOM_LINK, A),
        (f'<link rel="alternate" type="text/html" href="{A}"/>', A),
        (f'<link rel="ALTERNATE" href="{A}"/>', A),
        (f'<link href=" {A} "/>', A),
        (LINK, A),
        (f'<link rel="self" href="https://s.example/self"/>{ATOM_LINK}', A),
        (f'{ATOM_LINK}<link rel="self" href="https://s.example/self"/>', A),
        (f'<link rel="related" href="https://s.example/r"/>{ATOM_LINK}', A),
        (f'{ATOM_LINK}<link href="https://s.example/b"/>', A),
        (f'<link type="application/json" href="https://s.example/j"/><link type="text/html" href="{A}"/>', A),
        (f'<link rel="alternate" type="application/json" href="{A}"/>', A),
        (f'<link rel="http://www.iana.org/assignments/relation/alternate" href="{A}"/>', A),
        ('<link rel="self" href="https://s.example/self"/>', "https://s.example/self"),
        ('<link rel="edit" href="https://s.example/e"/>', SITE),
        (f'<link rel="enclosure" href="{A}" type="audio/mpeg"/>', A),
        (f'<content src="{A}" type="text/html"/>', A),
        (f"<id>{A}</id>", A),
        ("<id>tag:s.example,2004:1</id>", SITE),
        (f"<id>https://s.example/id</id>{ATOM_LINK}", A),
        (f'<source><link href="https://o.example/"/></source>{ATOM_LINK}', A),
        (f'{ATOM_LINK}<source><link href="https://o.example/"/></source>', A),
    ],
)
def test_the_link_of_an_atom_entry(markup: str, link: str) -> None:
    assert read(atom(TITLE + markup)).url == link


@pytest.mark.parametrize(
    ("markup", "link"),
    [
        (LINK, A),
        ("", A),
        ("<link/>", A),
        ("<link>/b</link>", "https://site.example/b"),
    ],
)
def test_the_link_of_an_rdf_item(markup: str, link: str) -> None:
    assert read(rdf(TITLE + markup)).url == link


RELATIVE = TITLE + "<link>a</link>"
ATOM_RELATIVE = TITLE + '<link href="a"/>'


@pytest.mark.parametrize(
    ("body", "link"),
    [
        (rss(RELATIVE, root='version="2.0" xml:base="https://b.example/x/"', channel=""), "https://b.example/x/a"),
        (rss(RELATIVE, channel="<title>F</title>"), "https://feed.example/dir/a"),
        (rss(RELATIVE, channel="<title>F</title><link>/home/</link>"), "https://feed.example/home/a"),
        (atom(ATOM_RELATIVE, root='xml:base="https://b.example/x/"'), "https://b.example/x/a"),
        (atom(ATOM_RELATIVE, feed="", root='xml:base="/x/"'), "https://feed.example/x/a"),
        (
            atom(TITLE + '<link xml:base="z/" href="a"/>', root='xml:base="https://b.example/x/"'),
            "https://b.example/x/z/a",
        ),
        (
            atom(ATOM_RELATIVE, root='xml:base="https://b.example/x/"').replace("<entry>", '<entry xml:base="y/">'),
            "https://b.example/x/y/a",
        ),
    ],
)
def test_a_relative_link_is_seen_from_its_base(body: str, link: str) -> None:
    assert read(body).url == link


def test_what_the_server_calls_the_documents_place_is_a_base() -> None:
    body = rss(RELATIVE, channel="<title>F</title>")
    assert read(body, content_location="https://cl.example/z/q").url == "https://cl.example/z/a"
