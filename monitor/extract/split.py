"""A sound feed cut into its head and its entries, with a mark for each entry, without parsing what they say.

The marks tell which entries were seen before, so that the costly parser reads only the others, inside the feed's own
head.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple
from xml.parsers import expat

from monitor.core.model import Outline
from monitor.extract.limits import MAX_DEPTH, MAX_ENTRIES

MAX_TAGS = 60_000
"""Start tags of a document."""
_MAX_ENTRY_TAGS = 2_500
_MAX_ATTRIBUTES = 500

_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_ENTRY, _CHANNEL, _OTHER = b"entry", b"channel", b""
_GUID, _TITLE, _LINK, _LANGUAGE, _TEXT, _FILE = b"guid", b"title", b"link", b"language", b"text", b"file"
_PUBLISHED, _UPDATED = b"published", b"updated"
_ROLES = {
    "item": _ENTRY, "entry": _ENTRY, "channel": _CHANNEL,
    "guid": _GUID, "id": _GUID, "title": _TITLE, "link": _LINK, "language": _LANGUAGE,
    "description": _TEXT, "summary": _TEXT, "content": _TEXT, "encoded": _TEXT, "body": _TEXT, "abstract": _TEXT,
    "fullitem": _TEXT, "origlink": _TEXT, "enclosure": _FILE,
    "pubdate": _PUBLISHED, "published": _PUBLISHED, "issued": _PUBLISHED, "created": _PUBLISHED,
    "date": _UPDATED, "updated": _UPDATED, "modified": _UPDATED,
}  # fmt: skip
"""What an element is for, by its local name."""
_HEAD = frozenset({_TITLE, _LINK, _LANGUAGE})
"""What entries need of a head."""
_Part = tuple[bytes, bytes, bytes]
"""Role, attributes, content."""


class _Unsplittable(Exception):  # noqa: N818 - never leaves this file
    pass


class Cut(NamedTuple):
    """An entry, cut out."""

    mark: int
    span: tuple[int, int]
    outline: Callable[[], Outline]


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Marks and outline are in the order of the document."""

    data: bytes
    """Where the spans are."""
    basis: bytes
    """What each mark is made of besides its entry."""
    level: int
    """How deep the entries stand; 0 when there are none."""
    head: bytes
    """The head's elements that are not in `document`, for whoever looks for something in them."""
    entries: tuple[Cut, ...]
    dropped: tuple[tuple[int, int], ...]

    @property
    def marks(self) -> tuple[int, ...]:
        return tuple([entry.mark for entry in self.entries])

    def document(self, known: Set[int]) -> bytes:
        """The feed with the entries whose marks are not `known`, and with as much of a head as they need."""
        left_out = {entry.span for entry in self.entries if entry.mark in known}
        parts: list[bytes] = []
        place = 0
        for start, end in sorted([*self.dropped, *left_out]):
            parts.append(self.data[place:start])
            place = end
        return b"".join([*parts, self.data[place:]])

    def outline(self) -> tuple[Outline, ...]:
        return tuple([entry.outline() for entry in self.entries])


def split(data: bytes) -> Split | None:
    """None for what is not well-formed UTF-8 without a DTD, is no feed, or holds more than is good for anybody."""
    try:
        return _Reader(data).read()
    except (expat.ExpatError, _Unsplittable):
        return None


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._entries: list[tuple[int, int]] = []
        self._parts: list[list[_Part]] = []
        self._dropped: list[tuple[int, int]] = []
        self._head: list[_Part] = []

    def read(self) -> Split:
        # the handlers run for every tag, so their state is in variables, not attributes
        data = self._data
        roles: dict[str, bytes] = {}
        parser = expat.ParserCreate("utf-8")
        depth = tags = entry_tags = part_tags = 0
        inside = False  # an entry
        entry_depth = 0  # where entries stand; 0 until the first is seen
        part_depth = 2  # where the parts of the entry, or of the head, stand
        entry_start = part_start = 0
        part_role = part_said = b""
        parts: list[_Part] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth, tags, part_role, part_said, part_start
            depth += 1
            tags += 1
            role = roles.get(name)
            if role is None:
                role = roles[name] = _role(name)
            if depth == part_depth and inside:
                part_role = role
                if role:
                    part_start = parser.CurrentByteIndex
                    if attributes:
                        part_said = _said(attributes)
                        if role is _LINK and _serves(attributes):
                            part_role = _FILE
                    else:
                        part_said = b""
            elif depth == part_depth or depth == 1:  # noqa: PLR1714 - this runs for every tag
                outside(name, role, attributes)
            elif role is _ENTRY or depth > MAX_DEPTH or tags > MAX_TAGS:
                raise _Unsplittable
            if attributes and len(attributes) > _MAX_ATTRIBUTES:
                raise _Unsplittable

        def outside(name: str, role: bytes, attributes: dict[str, str]) -> None:
            nonlocal inside, entry_depth, entry_start, entry_tags, part_depth, part_start, part_role, part_said
            nonlocal part_tags, parts
            if depth == 1:
                if name.rpartition(":")[2].lower() not in _ROOTS:
                    raise _Unsplittable
                self._head.append((name.encode(), _said(attributes), b""))
            elif role is _ENTRY:
                if entry_depth not in (0, depth):
                    raise _Unsplittable
                inside = True
                entry_depth = depth
                part_depth = depth + 1
                entry_start = parser.CurrentByteIndex
                entry_tags = tags
                parts = [(b"", _said(attributes), b"")]
            elif role is _CHANNEL and depth == 2:
                part_depth = 3
                self._head.append((name.encode(), _said(attributes), b""))
            else:
                part_role = _FILE if role is _LINK and _serves(attributes) else role
                part_start = parser.CurrentByteIndex
                part_said = _said(attributes)
                part_tags = tags

        def end(name: str) -> None:
            nonlocal depth, inside, part_depth
            if depth == part_depth:
                place = parser.CurrentByteIndex
                if inside:
                    if part_role:
                        parts.append((part_role, part_said, data[data.find(b">", part_start) + 1 : place]))
                elif part_role in _HEAD:
                    self._head.append((part_role, part_said, data[data.find(b">", part_start) + 1 : place]))
                else:
                    self._dropped.append((part_start, self._close(place, name, leaf=tags == part_tags)))
            elif inside and depth == entry_depth:
                inside = False
                part_depth = depth
                self._entries.append((entry_start, self._close(parser.CurrentByteIndex, name, leaf=tags == entry_tags)))
                self._parts.append(parts)
                if len(self._entries) > MAX_ENTRIES or tags - entry_tags > _MAX_ENTRY_TAGS:
                    raise _Unsplittable
            elif depth == 2 and part_depth == 3:
                part_depth = 2
            depth -= 1

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.StartDoctypeDeclHandler = _refuse
        parser.Parse(data, True)
        return self._split(entry_depth)

    def _close(self, place: int, name: str, *, leaf: bool) -> int:
        """Where the element ends whose end the parser reports at `place`: there its end tag begins, or an empty
        element has just ended."""
        closes = self._data.startswith(b"</" + name.encode(), place)
        if leaf and self._data[place - 2 : place] == b"/>":
            if closes:
                raise _Unsplittable  # "<a>/></a>" and "<a><a/></a>" look alike from here
            return place
        if not closes:
            raise _Unsplittable
        return self._data.index(b">", place) + 1

    def _split(self, level: int) -> Split:
        basis = b"\n".join(chain.from_iterable(part for part in self._head if part[0] is not _TITLE))
        return Split(
            data=self._data,
            basis=basis,
            level=level,
            head=b"".join([self._data[a:b] for a, b in self._dropped]),
            entries=tuple(
                [
                    Cut(_mark(basis, parts), span, partial(_outline, parts))
                    for span, parts in zip(self._entries, self._parts, strict=True)
                ]
            ),
            dropped=tuple(self._dropped),
        )


def _refuse(*_: object) -> None:
    raise _Unsplittable


def _role(name: str) -> bytes:
    prefix, _, local = name.lower().rpartition(":")
    if prefix == "media" and local == "content":
        return _OTHER
    return _ROLES.get(local, _OTHER)


def _said(attributes: Mapping[str, str]) -> bytes:
    """Whatever their order: some writers give another with each fetch."""
    if not attributes:
        return b""
    return repr(sorted(attributes.items())).encode("utf-8", "replace")


def _serves(attributes: Mapping[str, str]) -> bool:
    """Whether a link leads to comments, to the feed itself, to a hub: such links come with counters and tokens."""
    return attributes.get("rel", "alternate").lower() != "alternate"


def _mark(head: bytes, parts: list[_Part]) -> int:
    """Of what an entry says of itself: not of counters, pictures or the time of its last change."""
    roles = {part[0] for part in parts}
    if _PUBLISHED in roles and _UPDATED in roles:
        parts = [part for part in parts if part[0] is not _UPDATED]
    if _LINK in roles and _FILE in roles:
        parts = [part for part in parts if part[0] is not _FILE]
    said = b"\n".join([head, *chain.from_iterable(parts)])
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big", signed=True)


def _outline(parts: list[_Part]) -> Outline:
    found = {_GUID: "", _LINK: "", _TITLE: "", _FILE: ""}
    for role, said, content in parts:
        if role in found and not found[role]:
            found[role] = _words(content) or (_address(said) if role in (_LINK, _FILE) else "")
    return Outline(guid=found[_GUID], url=found[_LINK] or found[_FILE], title=found[_TITLE])


def _words(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    if "<![CDATA[" in text:
        text = text.replace("<![CDATA[", "").replace("]]>", "")
    elif "&" in text:
        text = html.unescape(text)
    return text.strip()


def _address(attributes: bytes) -> str:
    found = re.search(rb"\(['\"](?:href|url)['\"], ['\"]([^'\"]*)['\"]\)", attributes)
    return found[1].decode("utf-8", "replace") if found else ""
