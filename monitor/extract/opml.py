"""OPML, in which feed readers hand over what they subscribe to: read, and written."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from monitor.core.model import Unreadable
from monitor.extract.charset import decode
from monitor.text.plain import headline, one_line
from monitor.text.urls import absolute

MAX_BYTES = 5_000_000
MAX_DEPTH = 50
MAX_OUTLINES = 50_000
_MAX_TAGS = 20
_MAX_NAME = 200
_MAX_CATEGORIES = 10_000
"""Characters."""

_REFERENCE = re.compile(r"&(?:(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos)|([a-zA-Z]\w{1,31}))(?=;)|)")
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FEED_SCHEME = re.compile(r"(?i)feed:(?:(?://)?(?=https?:)|(//))")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlSource:
    url: str
    title: str = ""
    tags: tuple[str, ...] = ()
    """The folders that it lies in, outermost first, and its categories."""
    is_feed: bool = True
    """False for a link (`type="link"`): a page or a sitemap."""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlFlaw:
    line: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opml:
    sources: tuple[OpmlSource, ...]
    """Each address once; its tags are those of all its places."""
    flaws: tuple[OpmlFlaw, ...] = ()
    """Outlines that are no source, with their lines."""


class _RefusedError(Exception):
    pass


def parse_opml(body: bytes) -> Opml | Unreadable:
    """What stands before a fault of the XML is read, and the fault is among the flaws."""
    if len(body) > MAX_BYTES:
        return Unreadable(why=f"larger than {MAX_BYTES // 1_000_000} MB")
    text = _REFERENCE.sub(_sound, _ILLEGAL.sub(" ", decode(body, {}).text.lstrip("\ufeff")))
    if "<opml" not in text[:100_000].lower():
        return Unreadable(why="not OPML")
    reader = _Reader()
    try:
        reader.read(text)
    except _RefusedError as refusal:
        return Unreadable(why=str(refusal))
    except expat.ExpatError as error:
        reader.flaws.append(OpmlFlaw(line=error.lineno, what="the XML is broken here; nothing after it was read"))
    merged: dict[str, OpmlSource] = {}
    for source in reader.sources:
        key = re.sub(r"(?i)^https?://(?:www\.)?|/$", "", source.url)
        known = merged.get(key)
        merged[key] = source if known is None else _merged(known, source)
    return Opml(sources=tuple(merged.values()), flaws=tuple(reader.flaws))


def _merged(one: OpmlSource, other: OpmlSource) -> OpmlSource:
    return OpmlSource(
        url=one.url,
        title=one.title or other.title,
        tags=tuple(dict.fromkeys([*one.tags, *other.tags]))[:_MAX_TAGS],
        is_feed=one.is_feed,
        line=one.line,
    )


def _sound(reference: re.Match[str]) -> str:
    """What XML knows stays; what HTML knows is put in place; any other `&` was meant as itself."""
    if reference[1]:
        return reference[0]
    if reference[2] and (char := html.unescape(f"&{reference[2]};")) != f"&{reference[2]};":
        return f"&#{ord(char[0])}" if len(char) == 1 else f"&amp;{reference[2]}"
    return f"&amp;{reference[2] or ''}"


@dataclass(slots=True)
class _Reader:
    sources: list[OpmlSource] = field(default_factory=list)
    flaws: list[OpmlFlaw] = field(default_factory=list)
    _open: list[tuple[str, int, bool]] = field(default_factory=list)
    """Of the outlines that are open: the name, the line, and whether it is a source or holds something."""
    _depth: int = 0
    _count: int = 0

    def read(self, text: str) -> None:
        parser = expat.ParserCreate(encoding="utf-8")
        parser.StartElementHandler = lambda tag, attributes: self._start(tag, attributes, parser.CurrentLineNumber)
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = self._entity
        parser.Parse(text.encode("utf-8", "replace"), True)

    def _entity(self, *_: object) -> None:
        raise _RefusedError("it declares entities, which are never expanded")

    def _start(self, tag: str, attributes: Mapping[str, str], line: int) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _RefusedError(f"nested deeper than {MAX_DEPTH}")
        if tag.lower() != "outline":
            return
        self._count += 1
        if self._count > MAX_OUTLINES:
            raise _RefusedError(f"more than {MAX_OUTLINES} outlines")
        given = {name.lower(): value.strip() for name, value in attributes.items()}
        name = headline(given.get("title") or given.get("text") or "")[:_MAX_NAME]
        is_feed = bool(given.get("xmlurl"))
        address = given.get("xmlurl") or (given.get("url", "") if given.get("type", "").lower() == "link" else "")
        if self._open:
            self._open[-1] = (*self._open[-1][:2], True)
        self._open.append((name, line, bool(address)))
        if not address:
            return
        url = absolute("", _FEED_SCHEME.sub(lambda m: "http://" if m[1] else "", address))
        if not url or "@" in url.split("/", 3)[2]:
            why = "holds a user name" if url else "is no http(s) address"
            self.flaws.append(OpmlFlaw(line=line, what=f"the address of {_shown(name)} {why}"))
            return
        folders = [folder for folder, _, _ in self._open[:-1] if folder]
        self.sources.append(
            OpmlSource(
                url=url,
                title=name,
                tags=tuple(dict.fromkeys([*folders, *_categories(given.get("category", ""))]))[:_MAX_TAGS],
                is_feed=is_feed,
                line=line,
            )
        )

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if tag.lower() == "outline":
            name, line, holds = self._open.pop()
            if not holds:
                self.flaws.append(OpmlFlaw(line=line, what=f"{_shown(name)} has no xmlUrl"))


def _shown(name: str) -> str:
    return f"“{name[:60]}”" if name else "an outline without a name"


def _categories(text: str) -> list[str]:
    """Comma-separated; one that begins with a slash is a path of folders."""
    found: list[str] = []
    for category in text[:_MAX_CATEGORIES].split(","):
        words = category.split("/") if category.strip().startswith("/") else [category]
        found += [word for w in words if (word := one_line(w)[:_MAX_NAME])]
    return found


def write_opml(title: str, sources: Sequence[OpmlSource]) -> str:
    """OPML 2.0: a source lies in the folder of its first tag, and has all of them as categories."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{escape(_ILLEGAL.sub(' ', title))}</title></head>",
        "  <body>",
    ]
    folders: dict[str, list[OpmlSource]] = {}
    for source in sources:
        folders.setdefault(source.tags[0] if source.tags else "", []).append(source)
    for folder, members in folders.items():
        if folder:
            lines.append(f"    <outline {_attributes({'text': folder})}>")
        lines += [f"{'      ' if folder else '    '}<outline {_attributes(_outline(source))}/>" for source in members]
        if folder:
            lines.append("    </outline>")
    return "\n".join([*lines, "  </body>", "</opml>", ""])


def _outline(source: OpmlSource) -> dict[str, str]:
    name = source.title or source.url
    address = {"type": "rss", "xmlUrl": source.url} if source.is_feed else {"type": "link", "url": source.url}
    category = ",".join(tag for tag in source.tags if "," not in tag and not tag.startswith("/"))
    return {"text": name, "title": name, **address, "category": category}


def _attributes(values: Mapping[str, str]) -> str:
    return " ".join(f"{name}={quoteattr(_ILLEGAL.sub(' ', value))}" for name, value in values.items() if value)
