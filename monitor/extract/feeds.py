"""Feeds: RSS of every age, RDF, Atom, JSON Feed. The one door of feedparser, which sees mended bytes and no network."""

from __future__ import annotations

import html
import io
import re
import warnings
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from itertools import pairwise
from typing import Any

import feedparser

from monitor.core.model import Document, Entry, Unreadable
from monitor.extract.hints import poll_hints
from monitor.extract.jsonfeeds import looks_like_json, parse_json_feed
from monitor.extract.limits import MAX_ENTRIES, excess, newest
from monitor.extract.plain_feeds import read_plain
from monitor.extract.repair import mended, opened, unpacked
from monitor.extract.slices import Slices
from monitor.text.dates import parse_date
from monitor.text.plain import headline, one_line, plain_text, shortened
from monitor.text.urls import absolute, canonical_url

_ENTRY_START = re.compile(r"<(?:[\w-]{1,30}:)?(?:item|entry)[\s>/]", re.IGNORECASE)
_ENTRY_DATE = re.compile(
    r"<(?:[\w-]{1,30}:)?(?:pubDate|published|updated|issued|modified|date)\b[^<>]*>([^<]{6,60})<", re.IGNORECASE
)
_KNOWN_ROOT = re.compile(r"<(?:[\w-]{1,30}:)?(?:rss|feed|RDF|channel|entry(?=\s[^<>]{0,500}Atom))\b", re.IGNORECASE)
_PICTURE = re.compile(r"<img\b[^<>]{0,2000}?\bsrc\s*=\s*[\"']?([^\"'\s<>]{4,2000})", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_MAX_TEXT = 200_000
_MAX_HEAD = 50_000
_MAX_NAME = 5_000
"""Characters of markup that a title, a tag or an author is made of."""
_MAX_TAGS = 120_000
"""Start and end tags of a document."""
_MAX_ENTRY_TAGS = 5_000


def parse_feed(body: bytes, *, url: str = "", headers: Mapping[str, str] | None = None, timezone: tzinfo | None = None,
               known: Set[int] = frozenset(), slices: Slices | None = None) -> Document | Unreadable:  # fmt: skip
    """`url` is where the body came from, after redirects. Times without a zone are taken in `timezone`. Entries whose
    marks are `known` are left out, and cost next to nothing, and still less with `slices` of the same feed."""
    found = parse_changed_feed(
        body, url=url, headers=headers, timezone=timezone, known=known, slices=slices, at_most=None
    )
    assert found is not None  # there is no limit
    return found


def parse_changed_feed(body: bytes, *, url: str, headers: Mapping[str, str] | None, timezone: tzinfo | None,
                       known: Set[int], slices: Slices | None, at_most: int | None
                       ) -> Document | Unreadable | None:  # fmt: skip
    """The same for `at_most` new entries; None, at little cost, where there are more or it can't be told."""
    try:
        return _parse(body, url, headers or {}, timezone, known, slices or Slices(), at_most)
    except Exception as error:  # noqa: BLE001 - the one border: no document may stop the reader
        return Unreadable(why=f"not a readable feed ({type(error).__name__})")


def _parse(body: bytes, url: str, headers: Mapping[str, str], timezone: tzinfo | None, known: Set[int],
           slices: Slices, at_most: int | None) -> Document | Unreadable | None:  # fmt: skip
    if not body.strip():
        return Unreadable(why="empty document")
    if looks_like_json(unpacked(body)[0]):
        return parse_json_feed(body, url=url, headers=headers, timezone=timezone, known=known)
    read = opened(body, headers)
    cut = slices.split(read.encoded(), known)
    if cut is None:
        if at_most is not None:
            return None
        read = mended(read)
        if not _KNOWN_ROOT.search(read.text):
            return Unreadable(why="an HTML page, not a feed" if "<html" in read.text[:5000].lower() else "not a feed")
        if why := excess(read.text):
            return Unreadable(why=why)
        cut = slices.split(read.encoded(), known)
    if cut is None:
        text, notes = _bounded(read.text, list(read.notes))
        found = _document(text.encode("utf-8", "replace"), notes, url, headers, timezone)
        first = _ENTRY_START.search(text)
        hints = poll_hints(text[: min(first.start() if first else _MAX_HEAD, _MAX_HEAD)])
        return found if isinstance(found, Unreadable) else replace(found, hints=hints)
    hints = poll_hints(cut.head[:_MAX_HEAD].decode("utf-8", "replace"))
    marks = cut.marks
    new = sum(mark not in known for mark in marks)
    if marks and not new:
        return Document(entries=(), repaired=read.notes, is_partial=True, marks=marks, hints=hints)
    if at_most is not None and new > at_most:
        return None
    found = _document(cut.document(known), list(read.notes), url, headers, timezone, is_sound=True)
    if isinstance(found, Unreadable) or len(found.entries) != new:
        # what looked like an entry is none to the parser
        new = len(marks)
        found = _document(read.encoded(), list(read.notes), url, headers, timezone)
    if isinstance(found, Unreadable):
        return found
    return replace(found, is_partial=new < len(marks), marks=marks, outline=cut.outline(), hints=hints)


def _parsed(xml: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found: dict[str, Any] = feedparser.parse(
            io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>' + xml),
            response_headers={
                "content-type": "application/xml; charset=utf-8",
                "content-language": _header(headers, "content-language"),
            },
            sanitize_html=False,
            resolve_relative_uris=False,
        )
        return found


def _document(xml: bytes, notes: list[str], url: str, headers: Mapping[str, str], timezone: tzinfo | None, *,
              is_sound: bool = False) -> Document | Unreadable:  # fmt: skip
    """`is_sound` XML need not be mended by the parser."""
    parsed = (read_plain(xml, _header(headers, "content-language")) if is_sound else None) or _parsed(xml, headers)
    head: dict[str, Any] = parsed["feed"]
    raw: list[dict[str, Any]] = parsed["entries"]
    if not parsed.get("version") and not raw and not head.get("title"):
        return Unreadable(why="not a feed")
    if parsed.get("bozo") and raw:
        notes.append("not well-formed")
    retrieved = absolute(url, _header(headers, "content-location")) or url
    base = absolute(url, _header(headers, "content-location")) or absolute(url, _text(head, "link")) or retrieved
    language = _language(head)
    is_atom = str(parsed.get("version")).startswith("atom")
    entries = [_entry(e, base, language, timezone, is_atom=is_atom) for e in raw]
    if len(entries) > MAX_ENTRIES:
        notes.append(f"{len(entries)} entries: the newest {MAX_ENTRIES} were read")
    return Document(
        entries=newest(entries),
        title=headline(_text(head, "title")[:_MAX_NAME]),
        language=language,
        repaired=tuple(dict.fromkeys(notes)),
    )


def _bounded(text: str, notes: list[str]) -> tuple[str, list[str]]:
    """A document of more entries, or more elements, than anybody reads is cut before the costly parser sees it: at the
    older end, and entries of excessive make are left out."""
    starts = [m.start() for m in _ENTRY_START.finditer(text)]
    if len(starts) <= 2 * MAX_ENTRIES and text.count("<") <= _MAX_TAGS:
        return text, notes
    if not starts:
        return "", [*notes, "more markup than in any feed"]
    closing = re.search(r"(?:</(?:[\w-]{1,30}:)?channel\s*>\s*)?</[\w:-]+\s*>\s*\Z", text[-200:])
    tail = closing[0] if closing else ""
    pieces = [text[a:b] for a, b in pairwise([*starts, len(text) - len(tail)])]
    first, last = (parse_date(m[1]) if (m := _ENTRY_DATE.search(p[:20_000])) else None for p in (pieces[0], pieces[-1]))
    backwards = first is not None and last is not None and last > first
    kept: list[str] = []
    budget = _MAX_TAGS - text.count("<", 0, starts[0])
    for piece in reversed(pieces) if backwards else pieces:
        tags = _CDATA.sub("", piece).count("<")
        if tags <= _MAX_ENTRY_TAGS and tags <= budget and len(kept) < MAX_ENTRIES:
            kept.append(piece)
            budget -= tags
    if len(kept) < len(pieces):
        notes.append(f"{len(pieces)} entries: {len(kept)} of them were read")
    return text[: starts[0]] + "".join(reversed(kept) if backwards else kept) + tail, notes


def _entry(raw: dict[str, Any], base: str, language: str, timezone: tzinfo | None, *, is_atom: bool) -> Entry:
    contents = [str(c.get("value") or "") for c in dict.get(raw, "content") or () if isinstance(c, dict)]
    markups = [*contents, _text(raw, "summary")]
    text = max((plain_text(m[:_MAX_TEXT]) for m in markups), key=len, default="")
    link = next((found for href in _links(raw, is_atom=is_atom) if (found := absolute(base, href))), "")
    link = link or (base if absolute("", base) else "")
    said = _text(raw, "title") or _text(raw, "itunes_title")
    title = headline(said[:_MAX_NAME], is_literal=is_atom and _kind(raw, "title") == "text/plain")
    published = _date(raw, "published", timezone) or _date(raw, "created", timezone)
    updated = _date(raw, "updated", timezone)
    return Entry(
        guid=_text(raw, "id"),
        url=link,
        canonical_url=canonical_url(absolute(base, _text(raw, "feedburner_origlink")) or link),
        title=title or shortened(text, 100) or ("" if said else link),
        text=text,
        author=_author(raw),
        tags=tuple(dict.fromkeys(t for tag in dict.get(raw, "tags") or () if (t := _tag(tag)))),
        published=published or updated,
        updated=updated,
        language=_text(raw, "language").lower() or language,
        image=_image(raw, markups, base),
    )


def _enclosures(raw: dict[str, Any]) -> list[dict[str, Any]]:
    return [k for k in dict.get(raw, "links") or () if isinstance(k, dict) and k.get("rel") == "enclosure"]


def _links(raw: dict[str, Any], *, is_atom: bool) -> Iterable[str]:
    """Addresses that may lead to the article, best first."""
    links = [
        (str(k.get("rel") or "").removeprefix("http://www.iana.org/assignments/relation/"), k)
        for k in dict.get(raw, "links") or ()
        if isinstance(k, dict) and str(k.get("href") or "").strip()
    ]
    guid = _text(raw, "id")
    if is_atom:
        yield from (str(k["href"]) for rel, k in links if rel == "alternate" and "html" in str(k.get("type")))
    link = _text(raw, "link")
    if link and (link != guid or "/" in link):  # a guid without a word about it is an address to feedparser
        yield link
    for wanted in ("alternate", "via", "related", "self", "enclosure"):
        yield from (str(k["href"]) for rel, k in links if rel == wanted)
    yield from (str(c.get("src") or "") for c in dict.get(raw, "content") or () if isinstance(c, dict))
    if re.match(r"https?://", guid, re.IGNORECASE):
        yield guid


def _kind(raw: dict[str, Any], name: str) -> str:
    detail = dict.get(raw, f"{name}_detail")
    return str(detail.get("type") or "") if isinstance(detail, dict) else ""


def _date(raw: dict[str, Any], name: str, timezone: tzinfo | None) -> datetime | None:
    said = _text(raw, name)
    if not said:
        return None
    found = parse_date(html.unescape(said) if "&" in said else said, timezone=timezone)
    if found is None and (known := dict.get(raw, f"{name}_parsed")):
        try:
            year, month, day, hour, minute, second = known[:6]
            found = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except (ValueError, TypeError):
            found = None
        if found and not 1900 <= found.year <= 2100:
            found = None
    return found


def _language(head: dict[str, Any]) -> str:
    said = _text(head, "language")
    if not said:
        detail = dict.get(head, "title_detail")
        said = str(detail.get("language") or "") if isinstance(detail, dict) else ""
    said = said.strip().lower().replace("_", "-")
    return said if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", said) else ""


def _author(raw: dict[str, Any]) -> str:
    names = [
        one_line(str(a.get("name") or a.get("email") or ""))
        for a in dict.get(raw, "authors") or ()
        if isinstance(a, dict)
    ]
    return ", ".join(dict.fromkeys(n for n in names if n)) or headline(_text(raw, "author")[:_MAX_NAME])


def _tag(tag: Any) -> str:
    return headline(str(tag.get("label") or tag.get("term") or "")[:_MAX_NAME]) if isinstance(tag, dict) else ""


def _image(raw: dict[str, Any], markups: Iterable[str], base: str) -> str:
    def pictures() -> Iterable[str]:
        for media in dict.get(raw, "media_content") or ():
            kind = str(media.get("medium") or media.get("type") or "")
            if kind.startswith("image") or re.search(
                r"\.(?:jpe?g|png|webp|gif|avif)\b", str(media.get("url")), re.IGNORECASE
            ):
                yield str(media.get("url") or "")
        for media in dict.get(raw, "media_thumbnail") or ():
            yield str(media.get("url") or "")
        for enclosure in _enclosures(raw):
            if str(enclosure.get("type") or "").startswith("image"):
                yield str(enclosure.get("href") or "")
        image = dict.get(raw, "image")
        if isinstance(image, dict):
            yield str(dict.get(image, "href") or "")
        for markup in markups:
            if found := _PICTURE.search(markup):
                yield found[1].replace("&amp;", "&")

    return next((found for href in pictures() if href and (found := absolute(base, href))), "")


def _text(raw: dict[str, Any], name: str) -> str:
    value = dict.get(raw, name)
    return value[:_MAX_TEXT].strip() if isinstance(value, str) else ""


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((v for k, v in headers.items() if k.lower() == name), "")
