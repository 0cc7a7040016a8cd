"""Sitemaps: news, plain, and indexes of sitemaps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from xml.parsers import expat

from monitor.core.model import Document, Entry, SitemapIndex, Unreadable
from monitor.extract.limits import MAX_ENTRIES, newest
from monitor.extract.repair import repair_xml
from monitor.text.dates import parse_date
from monitor.text.plain import headline, one_line
from monitor.text.urls import absolute, canonical_url

_ROOT = re.compile(r"<(?:[\w-]{1,30}:)?(urlset|sitemapindex)\b", re.IGNORECASE)
_MAX_READ = 60_000
"""The protocol allows 50,000 addresses a sitemap; the newest of them are kept."""
_MAX_VALUE = 5_000
_NEWS_WORD = re.compile(r"news|latest|recent|today|breaking", re.IGNORECASE)


def parse_sitemap(body: bytes, *, url: str = "", headers: Mapping[str, str] | None = None,
                  timezone: tzinfo | None = None) -> Document | SitemapIndex | Unreadable:  # fmt: skip
    try:
        return _parse(body, url, headers or {}, timezone)
    except Exception as error:  # noqa: BLE001 - the one border: no document may stop the reader
        return Unreadable(why=f"not a readable sitemap ({type(error).__name__})")


def _parse(body: bytes, url: str, headers: Mapping[str, str], timezone: tzinfo | None
           ) -> Document | SitemapIndex | Unreadable:  # fmt: skip
    if not body.strip():
        return Unreadable(why="empty document")
    mended = repair_xml(body, headers)
    root = _ROOT.search(mended.text[:50_000])
    if not root:
        return Unreadable(
            why="an HTML page, not a sitemap" if "<html" in mended.text[:5000].lower() else "not a sitemap"
        )
    notes = list(mended.notes)
    reader = _Reader()
    try:
        reader.read(mended.text)
    except expat.ExpatError:
        notes.append("not well-formed: read up to the fault")
    if root[1].lower() == "sitemapindex":
        return _index(reader.records, url, timezone)
    records = reader.records
    if len(records) > 2 * MAX_ENTRIES:
        notes.append(f"{len(records)} entries: the newest {MAX_ENTRIES} were read")
        records = _latest(records, timezone)
    entries: dict[str, Entry] = {}
    title = next((name for r in records if (name := one_line(r.get("name", "")))), "")
    for record in records:
        if entry := _entry(record, url, timezone):
            entries.setdefault(entry.canonical_url, entry)
    languages = {e.language for e in entries.values()}
    return Document(
        entries=newest(list(entries.values())),
        title=title,
        language=languages.pop() if len(languages) == 1 else "",
        repaired=tuple(notes),
    )


def _latest(records: list[dict[str, str]], timezone: tzinfo | None) -> list[dict[str, str]]:
    """The newest, in document order; without dates the last, as most sites append."""
    oldest = datetime(1, 1, 1, tzinfo=UTC)
    dates: dict[str, datetime] = {}

    def when(place: int) -> tuple[datetime, int]:
        said = records[place].get("publication_date") or records[place].get("lastmod", "")
        if said not in dates:
            dates[said] = parse_date(said, timezone=timezone) or oldest
        return dates[said], place

    kept = sorted(range(len(records)), key=when, reverse=True)[: 2 * MAX_ENTRIES]
    return [records[i] for i in sorted(kept)]


class _Reader:
    """Collects, for each `url` or `sitemap`, the texts of the elements that matter, under their local names."""

    _WANTED = frozenset({"loc", "lastmod", "publication_date", "title", "language", "keywords", "name"})

    def __init__(self) -> None:
        self.records: list[dict[str, str]] = []
        self._record: dict[str, str] | None = None
        self._name = ""
        self._text: list[str] = []

    def read(self, text: str) -> None:
        parser = expat.ParserCreate(encoding="utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.Parse(text.encode("utf-8", "replace"), True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        prefix, _, local = tag.lower().rpartition(":")
        if local in ("url", "sitemap") and not prefix.startswith(("image", "video")):
            self._record = {} if len(self.records) < _MAX_READ else None
        if self._record is None:
            return
        if prefix.startswith(("image", "video")):
            self._name = "image" if local in ("loc", "thumbnail_loc") else ""
        elif local == "link" and attributes.get("rel") == "alternate":
            self._name = ""
        else:
            self._name = local if local in self._WANTED else ""
        self._text = []

    def _end(self, tag: str) -> None:
        prefix, _, local = tag.lower().rpartition(":")
        if self._record is None:
            return
        if self._name:
            self._record.setdefault(self._name, "".join(self._text)[:_MAX_VALUE].strip())
        self._name = ""
        if local in ("url", "sitemap") and not prefix.startswith(("image", "video")):
            self.records.append(self._record)
            self._record = None

    def _data(self, data: str) -> None:
        if self._name:
            self._text.append(data)


def _entry(record: Mapping[str, str], url: str, timezone: tzinfo | None) -> Entry | None:
    address = absolute(url, record.get("loc", ""))
    if not address:
        return None
    changed = parse_date(record.get("lastmod", ""), timezone=timezone)
    return Entry(
        url=address,
        canonical_url=canonical_url(address),
        title=headline(record.get("title", "")),
        tags=tuple(dict.fromkeys(t for word in record.get("keywords", "").split(",") if (t := one_line(word)))),
        published=parse_date(record.get("publication_date", ""), timezone=timezone) or changed,
        updated=changed,
        language=one_line(record.get("language", "")).lower(),
        image=absolute(url, record.get("image", "")),
    )


def _index(records: list[dict[str, str]], url: str, timezone: tzinfo | None) -> SitemapIndex:
    """Newest first; without dates news before others, and the last before the first, as most sites append."""
    oldest = datetime(1, 1, 1, tzinfo=UTC)
    ranked: list[tuple[bool, datetime, int, str]] = []
    for place, record in enumerate(records):
        if address := absolute(url, record.get("loc", "")):
            changed = parse_date(record.get("lastmod", ""), timezone=timezone) or oldest
            ranked.append((bool(_NEWS_WORD.search(address.rpartition("/")[2])), changed, place, address))
    dated = any(r[1] != oldest for r in ranked)
    ranked.sort(key=lambda r: (r[1], r[0], r[2]) if dated else (r[0], r[2], r[2]), reverse=True)
    return SitemapIndex(urls=tuple(dict.fromkeys(r[3] for r in ranked))[:MAX_ENTRIES])
