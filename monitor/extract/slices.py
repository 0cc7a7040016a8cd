"""What a feed looked like the last time, byte for byte: entries that stand there as they did are not even read by the
XML parser, an empty element stands in for them.

That is the same as reading them. The bytes of a whole element take a parser from where entries may stand back to there,
so the rest of the document reads alike with the element or with an empty one in its place, if only the parser meets
that as an entry; and it is seen to whether it does. Whatever is not as expected is split whole.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from functools import partial

from monitor.core.model import Outline
from monitor.extract.limits import MAX_ENTRIES
from monitor.extract.split import MAX_TAGS, Cut, Split, split

_MAX_BYTES = 4 * MAX_TAGS
"""In so few there are never more tags than `split` allows."""
_MAX_KEPT = 30_000
"""Bytes of outlines that are kept of one feed; more is not worth its room."""
_OPENING = re.compile(rb"<([^\s/>]+)[\s>]")
_BLANKS = b" \t\r\n"
_BETWEEN, _WITHIN = "\0", "\1"
"""Characters that XML cannot hold."""
_Known = tuple[int, int, str]
"""Hash, mark, outline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A document. One is kept for every feed, so it is packed."""

    basis: bytes
    level: int
    opening: bytes
    """With which entries begin: "<item>", or "<item " before attributes."""
    hashes: array[int]
    """Of what stands between `opening` and the end tag, by the process's own key; 0 for an entry of another make."""
    marks: tuple[int, ...]
    outlines: bytes

    @property
    def closing(self) -> bytes:
        return b"</" + self.opening[1:-1] + b">"

    @property
    def stand_in(self) -> bytes:
        return b"<" + self.opening[1:-1] + b"/>"

    def entries(self) -> list[_Known]:
        return list(zip(self.hashes, self.marks, self.outlines.decode().split(_BETWEEN), strict=True))


class Slices:
    """Of one feed. Another feed given to it costs time and nothing else."""

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        self._seen: _Seen | None = None

    def split(self, data: bytes, known: Set[int]) -> Split | None:
        """As `split.split`, for who does not want to read the entries whose marks are `known`."""
        if len(data) > _MAX_BYTES:
            return split(data)
        if self._seen is not None and (again := _again(data, self._seen, known)) is not None:
            cut, self._seen = again
            return cut
        whole = split(data)
        self._seen = _first_seen(whole) if whole is not None else None
        return whole


def _first_seen(cut: Split) -> _Seen | None:
    begun = _OPENING.match(cut.data, cut.entries[0].span[0]) if cut.entries else None
    if begun is None:
        return None
    blank = _Seen(
        basis=cut.basis, level=cut.level, opening=begun[0], hashes=array("q"), marks=(), outlines=b""
    )  # fmt: skip
    return _with(blank, [_known(cut, entry, blank) for entry in cut.entries])


def _with(seen: _Seen, entries: Iterable[_Known]) -> _Seen | None:
    hashes, marks, outlines = zip(*entries, strict=True)
    packed = _BETWEEN.join(outlines).encode("utf-8", "replace")
    return replace(seen, hashes=array("q", hashes), marks=marks, outlines=packed) if len(packed) <= _MAX_KEPT else None


def _known(cut: Split, entry: Cut, seen: _Seen) -> _Known:
    start, end = entry.span
    opening, closing = seen.opening, seen.closing
    is_plain = cut.data.startswith(opening, start) and cut.data.endswith(closing, start + len(opening), end)
    outline = entry.outline()
    return (
        hash(cut.data[start + len(opening) : end - len(closing)]) if is_plain else 0,
        entry.mark,
        _WITHIN.join((outline.guid, outline.url, outline.title)),
    )


def _again(data: bytes, seen: _Seen, known: Set[int]) -> tuple[Split, _Seen | None] | None:
    """None where the document has to be split whole."""
    opening, closing, stand_in = seen.opening, seen.closing, seen.stand_in
    slices = {entry[0]: entry for entry in seen.entries() if entry[0] and entry[1] in known}

    parts: list[bytes] = []
    runs: dict[int, list[_Known]] = {}
    run: list[_Known] = []
    size = place = 0
    start = data.find(opening)
    while start >= 0:
        following = data.find(opening, start + len(opening))
        end = data.rfind(closing, start, following if following >= 0 else len(data))
        entry = slices.get(hash(data[start + len(opening) : end])) if end >= 0 else None
        if entry is not None:
            between = data[place:start]
            if not runs or between.strip(_BLANKS):
                size += len(between)
                run = runs[size] = []
                parts += (between, stand_in)
                size += len(stand_in)
            run.append(entry)
            place = end + len(closing)
        start = following
    parts.append(data[place:])
    cut = split(b"".join(parts)) if runs else None
    if cut is None or (cut.basis, cut.level) != (seen.basis, seen.level):
        return None
    return _filled(cut, runs, seen)


def _filled(cut: Split, runs: Mapping[int, list[_Known]], seen: _Seen) -> tuple[Split, _Seen | None] | None:
    """With the entries that the stand-ins at these places stand for; None when one was met as something else."""
    entries: list[Cut] = []
    all_known: list[_Known] = []
    met = 0
    for entry in cut.entries:
        run = runs.get(entry.span[0])
        if run is None:
            entries.append(entry)
            all_known.append(_known(cut, entry, seen))
            continue
        met += 1
        all_known += run
        entries += [Cut(mark, entry.span, partial(_outline, said)) for _, mark, said in run]
    if met < len(runs) or len(entries) > MAX_ENTRIES:
        return None
    return replace(cut, entries=tuple(entries)), _with(seen, all_known)


def _outline(said: str) -> Outline:
    guid, url, title = said.split(_WITHIN)
    return Outline(guid=guid, url=url, title=title)
