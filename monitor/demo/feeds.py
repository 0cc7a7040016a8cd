"""Front pages for machines: RSS 2.0, Atom, JSON Feed and a news sitemap."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree as ET

from monitor.demo.script import Outlet, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A report on the front page of its outlet."""

    report: Report
    url: str
    published: datetime
    """In the outlet's own time."""

    @property
    def body(self) -> str:
        """As HTML."""
        credit = (self.report.credit,) if self.report.credit else ()
        return "\n".join(f"<p>{escape(block, quote=False)}</p>" for block in (*self.report.paragraphs, *credit))


def rss(outlet: Outlet, home: str, published: Sequence[Published]) -> bytes:
    root = ET.Element(
        "rss",
        {
            "version": "2.0",
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        },
    )
    channel = ET.SubElement(root, "channel")
    _child(channel, "title", outlet.name)
    _child(channel, "link", home)
    _child(channel, "description", outlet.name)
    _child(channel, "language", outlet.language)
    for entry in published:
        item = ET.SubElement(channel, "item")
        _child(item, "title", entry.report.title)
        _child(item, "link", entry.url)
        _child(item, "guid", f"{outlet.id}-{entry.report.number}", isPermaLink="false")
        _child(item, "pubDate", format_datetime(entry.published))
        if entry.report.author:
            _child(item, "dc:creator", entry.report.author)
        for tag in entry.report.tags:
            _child(item, "category", tag)
        _child(item, "description", escape(entry.report.paragraphs[0], quote=False))
        _child(item, "content:encoded", entry.body)
    return _xml(root)


def atom(outlet: Outlet, home: str, published: Sequence[Published]) -> bytes:
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": outlet.language})
    _child(root, "id", home)
    _child(root, "title", outlet.name)
    _child(root, "link", "", href=home)
    if published:
        _child(root, "updated", published[0].published.isoformat())
    for entry in published:
        element = ET.SubElement(root, "entry")
        _child(element, "id", f"tag:demo.invalid,2025:{outlet.id}/{entry.report.number}")
        _child(element, "title", entry.report.title)
        _child(element, "link", "", rel="alternate", type="text/html", href=entry.url)
        _child(element, "published", entry.published.isoformat())
        _child(element, "updated", entry.published.isoformat())
        if entry.report.author:
            _child(ET.SubElement(element, "author"), "name", entry.report.author)
        for tag in entry.report.tags:
            _child(element, "category", "", term=tag)
        _child(element, "content", entry.body, type="html")
    return _xml(root)


def json_feed(outlet: Outlet, home: str, published: Sequence[Published]) -> bytes:
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": outlet.name,
            "home_page_url": home,
            "language": outlet.language,
            "items": [
                {
                    "id": f"{outlet.id}-{entry.report.number}",
                    "url": entry.url,
                    "title": entry.report.title,
                    "content_html": entry.body,
                    "date_published": entry.published.isoformat(),
                    "tags": list(entry.report.tags),
                }
                for entry in published
            ],
        },
        ensure_ascii=False,
        indent=1,
    ).encode()


def news_sitemap(outlet: Outlet, published: Sequence[Published]) -> bytes:
    root = ET.Element(
        "urlset",
        {
            "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
            "xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9",
        },
    )
    for entry in published:
        url = ET.SubElement(root, "url")
        _child(url, "loc", entry.url)
        news = ET.SubElement(url, "news:news")
        publication = ET.SubElement(news, "news:publication")
        _child(publication, "news:name", outlet.name)
        _child(publication, "news:language", outlet.language)
        _child(news, "news:publication_date", entry.published.isoformat())
        _child(news, "news:title", entry.report.title)
    return _xml(root)


def _child(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text or None


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document
