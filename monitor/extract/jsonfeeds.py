"""JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Set
from datetime import tzinfo
from hashlib import blake2b
from typing import Any

from monitor.core.model import Document, Entry, Outline, Unreadable
from monitor.extract.charset import decode
from monitor.extract.limits import MAX_ENTRIES, newest
from monitor.extract.repair import unpacked
from monitor.text.dates import parse_date
from monitor.text.plain import headline, one_line, plain_text, shortened, tidy
from monitor.text.urls import absolute, canonical_url

_MAX_DEPTH = 200
_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")


def looks_like_json(body: bytes) -> bool:
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body[2:4].strip(b"\x00") in (b"{", b"[")
    return bool(_FIRST.match(body[:200]))


def parse_json_feed(body: bytes, *, url: str, headers: Mapping[str, str], timezone: tzinfo | None,
                    known: Set[int] = frozenset()) -> Document | Unreadable:  # fmt: skip
    packed, notes = unpacked(body)
    text = decode(packed, headers).text.lstrip("\ufeff").strip()
    if _depth(text) > _MAX_DEPTH:
        return Unreadable(why="JSON nested deeper than any feed")
    try:
        feed = json.loads(text, strict=False)
    except ValueError:
        feed, notes = _whole_items(text), (*notes, "cut short: its whole entries were read")
    if not isinstance(feed, dict):
        return Unreadable(why="JSON, but not a feed")
    items = feed.get("items")
    if not isinstance(items, list) or not ("jsonfeed.org" in str(feed.get("version")) or _has_entries(items)):
        return Unreadable(why="JSON, but not a feed")
    base = absolute(url, _said(feed, "home_page_url")) or absolute("", url) or absolute("", _said(feed, "feed_url"))
    language = _said(feed, "language").lower()
    items = [item for item in items if isinstance(item, dict)]
    if len(items) > MAX_ENTRIES:
        notes = (*notes, f"{len(items)} entries: the newest {MAX_ENTRIES} were read")
    if len(items) > 2 * MAX_ENTRIES:
        items = _newer_end(items)
    head = f"{_said(feed, 'home_page_url')}\n{language}"
    marks = tuple(_mark(head, item) for item in items) if len(items) <= MAX_ENTRIES else ()
    new = [item for item, mark in zip(items, marks, strict=True) if mark not in known] if marks else items
    entries = [_entry(item, base, language, timezone) for item in new]
    return Document(
        entries=newest(entries),
        title=headline(_said(feed, "title")),
        language=language,
        repaired=notes,
        is_partial=len(new) < len(items),
        marks=marks,
        outline=tuple(map(_outline, items)) if marks else (),
    )


def _newer_end(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    first, last = (parse_date(_said(item, "date_published")) for item in (items[0], items[-1]))
    is_backwards = first is not None and last is not None and last > first
    return items[-2 * MAX_ENTRIES :] if is_backwards else items[: 2 * MAX_ENTRIES]


def _mark(head: str, item: dict[str, Any]) -> int:
    """Of what an entry says of itself: not of counters, pictures or the time of its last change."""
    names = ("id", "url", "external_url", "title", "content_html", "content_text", "summary", "date_published")
    said = repr((head, [item.get(name) for name in names]))
    return int.from_bytes(blake2b(said.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def _outline(item: dict[str, Any]) -> Outline:
    return Outline(guid=_guid(item), url=_said(item, "url") or _said(item, "external_url"), title=_said(item, "title"))


def _guid(item: dict[str, Any]) -> str:
    guid = item.get("id")
    return str(guid).strip() if isinstance(guid, str | int | float) else ""


def _entry(item: dict[str, Any], base: str, language: str, timezone: tzinfo | None) -> Entry:
    texts = (plain_text(_said(item, "content_html")), tidy(_said(item, "content_text")), tidy(_said(item, "summary")))
    text = max(texts, key=len)
    files = [_said(a, "url") for a in _dicts(item.get("attachments"))]
    guid = _guid(item)
    candidates = (_said(item, "url"), _said(item, "external_url"), *files, guid if "://" in guid else "")
    link = next((found for href in candidates if href and (found := absolute(base, href))), base)
    published = parse_date(_said(item, "date_published"), timezone=timezone)
    updated = parse_date(_said(item, "date_modified"), timezone=timezone)
    authors = [*_dicts(item.get("authors")), *_dicts([item.get("author")])]
    tags = item.get("tags")
    return Entry(
        guid=guid,
        url=link,
        canonical_url=canonical_url(link),
        title=headline(_said(item, "title")) or shortened(text, 100) or link,
        text=text,
        author=", ".join(dict.fromkeys(name for a in authors if (name := one_line(_said(a, "name"))))),
        tags=tuple(dict.fromkeys(one_line(t) for t in tags if isinstance(t, str))) if isinstance(tags, list) else (),
        published=published or updated,
        updated=updated,
        language=_said(item, "language").lower() or language,
        image=absolute(base, _said(item, "image") or _said(item, "banner_image")),
    )


def _said(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return value.strip() if isinstance(value, str) else ""


def _dicts(values: Any) -> Iterable[dict[str, Any]]:
    return [v for v in values if isinstance(v, dict)] if isinstance(values, list) else []


def _has_entries(items: list[Any]) -> bool:
    named, told = {"url", "id"}, {"title", "content_html", "content_text"}
    return any(isinstance(i, dict) and named & i.keys() and told & i.keys() for i in items[:20])


def _depth(text: str) -> int:
    """The deepest nesting as far as it matters; brackets inside strings count too."""
    deepest = depth = 0
    for match in re.finditer(r"[\[{]+|[\]}]+", text):
        depth += len(match[0]) if match[0][0] in "[{" else -len(match[0])
        deepest = max(deepest, depth)
        if deepest > _MAX_DEPTH:
            break
    return deepest


def _whole_items(text: str) -> dict[str, Any] | None:
    """What can be read of a document that breaks off: its head and the items before the break."""
    found = re.search(r'"items"\s*:\s*\[', text)
    if not found:
        return None
    reader = json.JSONDecoder(strict=False)
    items: list[Any] = []
    place = found.end()
    while len(items) <= MAX_ENTRIES:
        opening = re.compile(r"[\s,]*(?=\{)").match(text, place)
        if not opening:
            break
        try:
            item, place = reader.raw_decode(text, opening.end())
        except ValueError:
            break
        items.append(item)
    head: dict[str, Any] = {}
    for name, value in re.findall(
        r'"(version|title|home_page_url|language|feed_url)"\s*:\s*("(?:[^"\\]|\\.){0,2000}")', text[: found.start()]
    ):
        try:
            head[name] = json.loads(value, strict=False)
        except ValueError:
            continue
    return {**head, "items": items} if items else None
