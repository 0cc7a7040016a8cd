"""What reports of one event share in any two languages: names, by their sound, and numbers.

A name is told by its consonants, of which those that alphabets and languages exchange are one; it has up to three such
skeletons where its letters are read in several ways. A capital tells names in scripts that have capitals; in those that
have none every word counts, and how rare it is tells which matter. Chinese and what else writes no spaces is only read
for numbers, for kana and for what it writes in other scripts.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from monitor.text.names import in_ascii_digits, named_in, names, numbers, plain
from monitor.text.scripts import CASED, UNSPACED, Script
from monitor.text.sounds import skeletons
from monitor.text.tokens import runs

READ = 1_500
"""Characters of a text whose names count: what comes later is background."""
LEAD = 500
"""Characters of a text that are its lead."""
MOST = 48
_PARTICLES = frozenset("은는이가을를의에도와과로")


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Those of an item, numbers among them. Arrays of one length: a name stands there once for each way in which it may
    sound."""

    keys: NDArray[np.uint32]
    """Sorted, each once."""
    whose: NDArray[np.uint8]
    """Which name it is, in the order of the text."""
    flags: NDArray[np.uint8]

    @property
    def in_lead(self) -> NDArray[np.bool_]:
        """In the headline or the lead."""
        return (self.flags & _IN_LEAD) > 0

    @property
    def in_title(self) -> NDArray[np.bool_]:
        return (self.flags & _IN_TITLE) > 0

    def pack(self) -> bytes:
        return b"".join(
            (
                _SIZE.pack(len(self.keys)),
                self.keys.astype("<u4").tobytes(),
                self.whose.astype(np.uint8).tobytes(),
                self.flags.astype(np.uint8).tobytes(),
            )
        )

    @classmethod
    def unpack(cls, raw: bytes, at: int) -> Names:
        (count,) = _SIZE.unpack_from(raw, at)
        at += _SIZE.size
        whose, flags = (np.frombuffer(raw, np.uint8, count, at + (4 + i) * count) for i in range(2))
        return cls(np.frombuffer(raw, "<u4", count, at), whose, flags)


_SIZE = struct.Struct(">H")
_IN_TITLE, _IN_LEAD = 1, 2
NO_NAMES = Names(np.zeros(0, np.uint32), np.zeros(0, np.uint8), np.zeros(0, np.uint8))


def names_of(title: str, text: str) -> Names:
    """Each once, those that come first."""
    text = text[:READ]
    named = named_in(text)
    found: dict[int, tuple[int, int]] = {}
    count = 0
    parts = ((title, _IN_TITLE | _IN_LEAD), (text[:LEAD], _IN_LEAD), (text[LEAD:], 0))
    for part, flags in parts:
        for keys in (*map(sounds_of, _words(part, named)), *((crc32(n.encode()),) for n in _figures(part))):
            if keys and count < MOST and not any(key in found for key in keys):
                found |= dict.fromkeys(keys, (count, flags))
                count += 1
    in_order = sorted(found)
    return Names(
        np.array(in_order, np.uint32),
        np.array([found[k][0] for k in in_order], np.uint8),
        np.array([found[k][1] for k in in_order], np.uint8),
    )


def sounds_of(word: str) -> tuple[int, ...]:
    return tuple(crc32(skeleton.encode()) for skeleton in skeletons(word))


def _words(text: str, named: set[str]) -> Iterator[str]:
    yield from names(text, named)
    for start, end, script in runs(text):
        if script in CASED or (script in UNSPACED and script is not Script.KANA):
            continue
        word = text[start:end]
        if script is Script.HANGUL and len(word) > 2 and word[-1] in _PARTICLES:
            word = word[:-1]
        if len(word) > 1:
            yield word


def _figures(text: str) -> Iterable[str]:
    """Of two digits and more."""
    return (n for n in map(plain, numbers(in_ascii_digits(text))) if sum(map(str.isdecimal, n)) > 1)
