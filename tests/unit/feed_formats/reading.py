"""One entry in a feed of its kind, and what the reader makes of it."""

from __future__ import annotations

from datetime import UTC

from monitor.core.model import Document, Entry
from monitor.extract.feeds import parse_feed

URL = "https://feed.example/dir/f.xml"
SITE = "https://site.example/"
A = "https://s.example/a"
TITLE = "<title>T</title>"
LINK = f"<link>{A}</link>"
ATOM_LINK = f'<link href="{A}"/>'
SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "atom": "http://www.w3.org/2005/Atom",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "media": "http://search.yahoo.com/mrss/",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "x": "http://www.w3.org/1999/xhtml",
    }.items()
)
"""None of them is the document's own; an undeclared prefix is a case of its own."""


def rss(
    item: str, *, channel: str = f"<title>F</title><link>{SITE}</link>", root: str = f'version="2.0" {SPACES}'
) -> str:
    return f"<rss {root}><channel>{channel}<item>{item}</item></channel></rss>"


def atom(entry: str, *, feed: str = f'<link href="{SITE}"/>', root: str = SPACES) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {root}><title>F</title>{feed}<entry>{entry}</entry></feed>'


def atom03(entry: str) -> str:
    return f'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>F</title><entry>{entry}</entry></feed>'


def rdf(item: str, *, about: str = A) -> str:
    return (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {SPACES}>'
        f'<channel rdf:about="{SITE}rss"><title>F</title><link>{SITE}</link></channel>'
        f'<item rdf:about="{about}">{item}</item></rdf:RDF>'
    )


def read(body: str | bytes, **headers: str) -> Entry:
    """The only entry."""
    document = parse_feed(
        body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass"),
        url=URL,
        headers={k.replace("_", "-"): v for k, v in headers.items()},
    )
    assert isinstance(document, Document), document
    (entry,) = document.entries
    return entry


def moment(entry: Entry) -> str:
    return f"{entry.published.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if entry.published else ""
