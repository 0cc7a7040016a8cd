"""Telegram's HTML: what it shows, how long that is, and how to cut it. Pure.

Telegram counts what is visible after parsing, in UTF-16 units, and ignores entities beyond the hundredth. Whatever
comes in here, also from a user's own template, goes out as markup that Telegram takes: tags that it does not know are
dropped and their text is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from urllib.parse import urlsplit

MAX_UNITS = 4096
MAX_ENTITIES = 100

_PLAIN_TAGS = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "ins": "u", "s": "s", "strike": "s", "del": "s",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-spoiler": "tg-spoiler",
}  # fmt: skip
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3"})
_SCHEMES = frozenset({"http", "https", "tg", "mailto"})
_SURROGATE = re.compile("[\ud800-\udfff]")
_JOINS = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0900-\u0903\u093a-\u094f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]"
)
"""Characters that belong to the one before them: a hard cut does not separate them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A stretch of text, in code points, that looks different."""

    start: int
    end: int
    tag: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatted:
    """What the reader sees. Entities are nested, the outer before the inner."""

    text: str
    entities: tuple[Entity, ...] = ()


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def parse(html: str) -> Formatted:
    reader = _Reader()
    reader.feed(_SURROGATE.sub("\ufffd", html))
    reader.close()
    return reader.formatted()


def to_html(formatted: Formatted) -> str:
    opens = {at: list(found) for at, found in groupby(formatted.entities, key=lambda entity: entity.start)}
    borders = sorted({0, len(formatted.text)} | {at for e in formatted.entities for at in (e.start, e.end)})
    out: list[str] = []
    stack: list[Entity] = []
    for at, following in zip(borders, [*borders[1:], None], strict=True):
        while stack and stack[-1].end <= at:
            out.append(f"</{stack.pop().tag}>")
        for entity in opens.get(at, ()):
            out.append(f'<a href="{escape(entity.url)}">' if entity.tag == "a" else f"<{entity.tag}>")
            stack.append(entity)
        out.append(escape(formatted.text[at:following], quote=False))
    return "".join(out)


def to_plain(formatted: Formatted) -> str:
    """The same without markup; where a link leads is said behind it."""
    out = []
    done = 0
    links = [entity for entity in formatted.entities if entity.tag == "a"]
    for link in sorted(links, key=lambda entity: entity.end):
        out.append(formatted.text[done : link.end])
        if link.url != formatted.text[link.start : link.end]:
            out.append(f" ({link.url})")
        done = link.end
    out.append(formatted.text[done:])
    return "".join(out)


def split(formatted: Formatted, limit: int = MAX_UNITS, entities: int = MAX_ENTITIES) -> tuple[Formatted, ...]:
    """Parts of at most `limit` units and `entities` entities, cut between blocks where that can be."""
    parts = []
    at = 0
    while at < len(formatted.text):
        end = _cut(formatted, at, limit, entities)
        part = _between(formatted, at, end, entities)
        if part.text.strip():
            parts.append(part)
        at = end
    return tuple(parts)


def _cut(formatted: Formatted, at: int, limit: int, entities: int) -> int:
    text = formatted.text
    end = min(at + limit, len(text))
    while (excess := units(text[at:end]) - limit) > 0:
        end -= (excess + 1) // 2
    end = max(end, at + 1)
    starts = sorted(max(entity.start, at) for entity in formatted.entities if entity.start < end and entity.end > at)
    if len(starts) > entities and starts[entities] > at:
        end = starts[entities]
    if end == len(text):
        return end
    window = text[at:end]
    for border, least in (("\n\n", len(window) // 4), ("\n", len(window) // 4), (" ", len(window) // 2)):
        found = window.rfind(border)
        if found > least:
            return at + found + len(border)
    for earlier in range(end, max(at, end - 16), -1):
        if not _JOINS.match(text, earlier) and text[earlier - 1] != "\u200d":
            return earlier
    return end


def _between(formatted: Formatted, at: int, end: int, entities: int) -> Formatted:
    inside = [
        Entity(start=max(e.start, at) - at, end=min(e.end, end) - at, tag=e.tag, url=e.url)
        for e in formatted.entities
        if e.start < end and e.end > at
    ]
    return Formatted(text=formatted.text[at:end], entities=tuple(inside[:entities]))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._text: list[str] = []
        self._length = 0
        self._stack: list[tuple[str, int, int]] = []
        """Open tags: name as written, index into `_entities` (-1: dropped), start."""
        self._entities: list[Entity | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self._break()
            return
        attributes = dict(attrs)
        name, url = _PLAIN_TAGS.get(tag, ""), ""
        if tag == "span" and attributes.get("class") == "tg-spoiler":
            name = "tg-spoiler"
        elif tag == "a":
            url = attributes.get("href") or ""
            name = "a" if _is_safe(url) else ""
        index = -1
        if name:
            index = len(self._entities)
            self._entities.append(Entity(start=self._length, end=self._length, tag=name, url=url))
        self._stack.append((tag, index, self._length))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self._break()
        elif any(tag == name for name, _, _ in self._stack):
            while self._close() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._text.append(data)
        self._length += len(data)

    def formatted(self) -> Formatted:
        while self._stack:
            self._close()
        entities = tuple(entity for entity in self._entities if entity is not None)
        return Formatted(text="".join(self._text), entities=entities)

    def _break(self) -> None:
        if self._text and not self._text[-1].endswith("\n"):
            self.handle_data("\n")

    def _close(self) -> str:
        name, index, start = self._stack.pop()
        if index >= 0:
            opened = self._entities[index]
            assert opened is not None
            self._entities[index] = (
                Entity(start=start, end=self._length, tag=opened.tag, url=opened.url) if self._length > start else None
            )
        return name


def _is_safe(url: str) -> bool:
    try:
        return urlsplit(url).scheme in _SCHEMES and url.isprintable() and " " not in url
    except ValueError:
        return False
