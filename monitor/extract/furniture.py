"""What the pages of one site have in common: lines that come again on page after page are its furniture, not news.

Two articles on one affair share paragraphs too. So a line has to stand on several pages, often enough; and a running
sentence counts only where it names nobody and nothing that the rest of its page names as well, as a background
paragraph does and an invitation to subscribe does not.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from types import MappingProxyType
from typing import Final

MAX_LINES: Final = 1_000
"""Remembered for a site; those seen once go first, the oldest first."""
_MAX_PER_PAGE = 200
_MAX_LENGTH = 600
_PAGES = 3
"""Pages that a line has to stand on."""
_SHORT, _RUNNING, _RUNNING_EARLY = 0.08, 0.25, 0.5
"""Share of the pages since a line was first seen that it has to stand on: a short line; a running sentence; a running
sentence before `_EARLY` pages have passed."""
_EARLY = 12
_RECENT = 64
_MOST = 0xFFFF
_ENDS = re.compile(r"[.!?…。！？।؟]\W*$")
_NUMBER = re.compile(r"\d[\d.,]*")
_WORD = re.compile(r"\w+")
_HEAD = struct.Struct("<BIH")
_LINE = struct.Struct("<QHHII")
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Trace:
    """Of one line."""

    pages: int
    """On which it stood."""
    akin: int
    """On how many of those it named what the rest of the page named."""
    first: int
    """The page, counted, at which it was seen first."""
    last: int


@dataclass(frozen=True, slots=True)
class Furniture:
    """A memory of one site. It never changes: `learn` gives the next one."""

    pages: int = 0
    traces: Mapping[int, Trace] = field(default_factory=lambda: MappingProxyType({}))
    recent: tuple[int, ...] = ()
    """Addresses and headlines of the pages learnt last: what comes again teaches nothing."""

    def learn(self, lines: Sequence[str], *, title: str = "", page: str = "", site: str = "") -> Furniture:
        """With one more page: the lines of its article as they were read (`Article.lines`), its headline, its address
        and the site's name. The same page, or headline, is learnt once."""
        names = tuple(_digest(kind + said) for kind, said in (("page ", page), ("title ", title)) if said)
        if not lines or any(name in self.recent for name in names):
            return self
        known: dict[int, str] = {}
        for line in lines[:_MAX_PER_PAGE]:
            key = _key(line)
            if key is not None:
                known.setdefault(key, line)
        names_in = {key: _names(line) - _names(site) for key, line in known.items()}
        # lines that were met before may be furniture, and pieces of furniture name the same things
        spoken = Counter(name for key, found in names_in.items() if key not in self.traces for name in found)
        spoken.update(_names(title))
        count = self.pages + 1
        traces = dict(self.traces)
        for key, found in names_in.items():
            once = key not in self.traces
            akin = any(spoken[name] > once for name in found)
            old = traces.pop(key, None) or Trace(0, 0, count, count)
            traces[key] = Trace(min(_MOST, old.pages + 1), min(_MOST, old.akin + akin), old.first, count)
        if len(traces) > MAX_LINES:
            worth = sorted(traces, key=lambda k: (traces[k].pages > 1, traces[k].last))
            for key in worth[: len(traces) - MAX_LINES]:
                del traces[key]
        return Furniture(count, MappingProxyType(traces), (*self.recent, *names)[-_RECENT:])

    def clean(self, lines: Sequence[str]) -> tuple[str, ...]:
        """Without the site's furniture; as it was when next to nothing would be left."""
        kept = tuple(line for line in lines if not self.has(line))
        if sum(map(len, kept)) < 0.2 * sum(map(len, lines)):
            return tuple(lines)
        return kept

    def has(self, line: str) -> bool:
        """Whether the line is furniture."""
        trace = self.traces.get(key) if (key := _key(line)) is not None else None
        if trace is None or trace.pages < _PAGES:
            return False
        since = self.pages - trace.first + 1
        if not _runs(line):
            return trace.pages >= _SHORT * since
        return trace.akin * 3 <= trace.pages and trace.pages >= since * (_RUNNING_EARLY if since < _EARLY else _RUNNING)

    def to_bytes(self) -> bytes:
        """About 20 KB at most, whatever was learnt."""
        body = b"".join(_LINE.pack(k, t.pages, t.akin, t.first, t.last) for k, t in self.traces.items())
        return _HEAD.pack(_VERSION, self.pages, len(self.recent)) + _names_of(self.recent) + body

    @classmethod
    def from_bytes(cls, data: bytes) -> Furniture:
        """What `to_bytes` gave; anything else is an empty memory."""
        if len(data) < _HEAD.size:
            return cls()
        version, pages, count = _HEAD.unpack_from(data)
        start = _HEAD.size + 8 * count
        if version != _VERSION or count > _RECENT or len(data) < start or (len(data) - start) % _LINE.size:
            return cls()
        traces = {key: Trace(*rest) for key, *rest in _LINE.iter_unpack(data[start:])}
        return cls(pages, MappingProxyType(traces), struct.unpack_from(f"<{count}Q", data, _HEAD.size))


def _names_of(names: tuple[int, ...]) -> bytes:
    return struct.pack(f"<{len(names)}Q", *names)


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _key(line: str) -> int | None:
    """Of the words of a line, all counters alike; None for a line too long to be put up again and again."""
    if len(line) > _MAX_LENGTH:
        return None
    words = _WORD.findall(_NUMBER.sub("0", line.casefold()))
    return _digest(" ".join(words)) if words else None


def _runs(line: str) -> bool:
    return len(line) > 80 and bool(_ENDS.search(line))


def _names(line: str) -> frozenset[str]:
    """The words that may be names: with a capital and not the first, or longer runs of a script without capitals."""
    found = set()
    for i, word in enumerate(_WORD.findall(line[: 2 * _MAX_LENGTH])):
        if word[0].isupper() and i and len(word) > 2:
            found.add(word.casefold())
        elif not (word[0].isupper() or word[0].islower() or word[0].isdigit()):
            found.update([word] if len(word) < 5 else [word[j : j + 4] for j in range(len(word) - 3)])
    return frozenset(found)
