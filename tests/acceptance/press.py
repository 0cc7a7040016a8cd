"""Outlets whose front pages a test fills while the daemon reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree as ET

from tests.acceptance.articles import News
from tests.servers.http import HttpServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    news: News
    path: str
    at: datetime


class Outlet:
    """Anything that is polled at one address. `every` is what its configuration asks for."""

    kind = "feed"
    file = "feed.xml"
    language = "en"

    def __init__(self, server: HttpServer, name: str, **options: object) -> None:
        self.server = server
        self.id = name
        self.path = f"/{name}/{self.file}"
        self.options = options
        self.printed: list[Printed] = []
        self._show()

    @property
    def source(self) -> dict[str, object]:
        """Its entry in the configuration."""
        return {
            "id": self.id,
            "kind": self.kind,
            "url": self.server.url + self.path,
            "every": "1s",
            "allow_private": True,
            **self.options,
        }

    @property
    def polls(self) -> int:
        return self.server.hits(self.path)

    def publish(self, *news: News, at: datetime | None = None) -> None:
        """All at once, the last one on top."""
        when = at or datetime.now(UTC)
        for one in news:
            number = len(self.printed) + 1
            path = f"/{self.id}/articles/{number:04}/{_slug(one.title)}"
            printed = Printed(news=one, path=path, at=when + timedelta(milliseconds=number))
            self.printed.append(printed)
            self.server.put(path, self.page(printed))
        self._show()

    def _show(self) -> None:
        self.server.put(self.path, self._front_page(list(reversed(self.printed))))

    def _front_page(self, printed: Sequence[Printed]) -> bytes:
        root = ET.Element("rss", version="2.0")
        channel = ET.SubElement(root, "channel")
        ET.SubElement(channel, "title").text = self.id.title()
        ET.SubElement(channel, "link").text = self.server.url
        ET.SubElement(channel, "language").text = self.language
        for one in printed:
            item = ET.SubElement(channel, "item")
            ET.SubElement(item, "title").text = one.news.title
            ET.SubElement(item, "link").text = self.server.url + one.path
            ET.SubElement(item, "guid", isPermaLink="false").text = one.path
            ET.SubElement(item, "pubDate").text = format_datetime(one.at)
            ET.SubElement(item, "description").text = escape(one.news.text)
        document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return document

    def page(self, printed: Printed) -> str:
        """The article's own page."""
        news = printed.news
        paragraphs = "\n".join(f"<p>{escape(block)}</p>" for block in news.text.split("\n"))
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            f"<title>{escape(news.title)}</title>"
            f'<meta property="article:published_time" content="{printed.at.isoformat()}"></head><body>'
            f"<nav><a href='/'>Home</a></nav><article><h1>{escape(news.title)}</h1>\n{paragraphs}\n</article>"
            f"<footer>Imprint</footer></body></html>"
        )


class AtomOutlet(Outlet):
    """Its titles are declared as plain text: nothing in them is markup."""

    file = "atom.xml"

    def _front_page(self, printed: Sequence[Printed]) -> bytes:
        root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": self.language})
        ET.SubElement(root, "id").text = self.server.url + self.path
        ET.SubElement(root, "title").text = self.id.title()
        for one in printed:
            entry = ET.SubElement(root, "entry")
            ET.SubElement(entry, "id").text = self.server.url + one.path
            ET.SubElement(entry, "title", type="text").text = one.news.title
            ET.SubElement(entry, "link", href=self.server.url + one.path)
            ET.SubElement(entry, "published").text = one.at.isoformat()
            ET.SubElement(entry, "summary", type="text").text = one.news.text
        document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return document


class Listing(Outlet):
    """A section page; what an article says stands on its own page only."""

    kind = "listing"
    file = "internasional"
    language = "id"

    def _front_page(self, printed: Sequence[Printed]) -> bytes:
        cards = "\n".join(
            f'<article class="card"><h3><a href="{one.path}">{escape(one.news.title)}</a></h3>'
            f'<time datetime="{one.at.isoformat()}">{one.at:%d/%m/%Y %H:%M}</time></article>'
            for one in printed
        )
        menu = "".join(
            f'<li><a href="/{self.id}/{name}">{name}</a></li>' for name in ("nasional", "ekonomi", "olahraga")
        )
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            f"<title>Internasional</title></head><body><header><ul>{menu}</ul></header>"
            f"<main><h1>Berita Internasional</h1>\n{cards}\n</main>"
            f'<footer><a href="/{self.id}/redaksi">Redaksi</a></footer></body></html>'
        ).encode()


def _slug(title: str) -> str:
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in title.lower()).split())[:60] or "news"
