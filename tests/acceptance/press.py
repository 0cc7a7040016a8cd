"""Outlets whose front pages a test fills while the daemon reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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

    def change(self, news: News) -> None:
        """Its latest article says something else from now on."""
        self.printed[-1] = replace(self.printed[-1], news=news)
        self.server.put(self.printed[-1].path, self.page(self.printed[-1]))
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


class Portal(Outlet):
    """A republisher's portal as many are made: icons that are words of a font, counters, tags, lists of what is
    popular; its listing is to be read without selectors, and its articles are another outlet's."""

    kind = "listing"
    file = "internasional"
    language = "id"
    byline = "TRIBUNNEWS.COM, Andari Wulan Nugrahani"

    def _front_page(self, printed: Sequence[Printed]) -> bytes:
        cards = "\n".join(self._card(n, one) for n, one in enumerate(printed))
        popular = "".join(
            f'<li><span>{n}</span><a href="/{self.id}/populer/{n}">Resep Sambal yang Ramai Dicari Orang {n}</a></li>'
            for n in range(1, 4)
        )
        menu = "".join(
            f'<li><a href="/{self.id}/{name}">{name.title()}</a></li>' for name in ("nasional", "ekonomi", "olahraga")
        )
        tags = "".join(
            f'<a href="/{self.id}/tag/{name}">{name.replace("-", " ")}</a>'
            for name in ("perundingan-damai-selat-kelabu", "pemilu-norland-2025", "harga-gandum-dunia-hari-ini")
        )
        more = f'<a class="lagi" href="/{self.id}/{self.file}?page=2">Selengkapnya</a>'
        return (
            f'<!doctype html><html lang="id-ID"><head><meta charset="utf-8"><title>Internasional | {self.id}</title>'
            f'<meta property="og:site_name" content="{self.id.title()}"></head><body><header><ul>{menu}</ul>'
            f'<a href="/{self.id}/masuk"><i class="material-icons">person</i> Masuk</a></header>'
            f"<main><h1>Internasional</h1>\n{cards}\n{more}</main>"
            f'<aside><h4>Terpopuler</h4><ol>{popular}</ol><div class="jk-tag">{tags}</div></aside>'
            f'<footer><a href="/{self.id}/redaksi">Redaksi</a><a href="/{self.id}/pedoman">Pedoman Media Siber</a>'
            "</footer></body></html>"
        ).encode()

    def _card(self, n: int, one: Printed) -> str:
        return (
            f'<div class="jk-item"><a class="jk-foto" href="{one.path}"><img class="lazyload" src="/assets/blank.gif" '
            f'data-src="/foto/{n}.jpg"></a><div class="jk-isi"><a class="jk-label" href="/{self.id}/asia">Asia</a>'
            f'<h3><a href="{one.path}">{escape(one.news.title)}</a></h3>'
            f'<div class="jk-waktu"><i class="material-icons">schedule</i>{one.at:%d/%m/%Y} | {one.at:%H:%M} WIB</div>'
            f'<div class="jk-angka"><i class="material-icons">visibility</i> 1.{n}04 '
            f'<i class="material-icons">chat_bubble</i> <a href="{one.path}#komentar">17</a></div></div></div>'
        )

    def page(self, printed: Printed) -> str:
        news = printed.news
        first, *rest = news.text.split("\n")
        more = "".join(f"<p>{escape(block)}</p>" for block in rest)
        title = escape(news.title)
        return (
            f'<!doctype html><html lang="id-ID"><head><meta charset="utf-8"><title>{title} | {self.id}</title>'
            f'<meta property="og:title" content="{title}"><meta property="og:type" content="article">'
            f'<meta property="og:site_name" content="{self.id.title()}">'
            f'<meta property="article:published_time" content="{printed.at.isoformat()}"></head><body>'
            '<header><a href="/"><i class="material-icons">home</i> Beranda</a></header><article>'
            f'<h1>{title}</h1><div class="meta"><i class="material-icons">person</i> Redaksi '
            '<i class="material-icons">access_time</i> 2 jam lalu <i class="material-icons">visibility</i> 1.204 '
            '<i class="material-icons">share</i> Bagikan</div>'
            f'<div class="isi"><p><strong>{self.byline}</strong> - {escape(first)}</p>'
            '<p><strong>Baca juga: <a href="/x/1">Harga Cabai Naik Lagi Jelang Akhir Pekan</a></strong></p>'
            f"{more}</div>"
            '<div class="tags"><i class="material-icons">local_offer</i> Tag: <a href="/tag/a">Norland</a> '
            '<a href="/tag/b">Perundingan</a></div><div class="share"><i class="material-icons">thumb_up</i> 31 '
            '<i class="material-icons">chat_bubble</i> 17 Komentar</div></article>'
            "<aside><h4>Terpopuler</h4><ol><li><a href='/p/1'>Resep Sambal yang Ramai Dicari</a></li></ol></aside>"
            "<footer>Hak cipta</footer></body></html>"
        )


def _slug(title: str) -> str:
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in title.lower()).split())[:60] or "news"
