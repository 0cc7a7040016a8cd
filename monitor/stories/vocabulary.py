"""How many items of each language a term was met in: what tells a word that says something from one that does not."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from math import log

import numpy as np
from numpy.typing import NDArray

from monitor.stories.sketch import Sketch

_BITS = 21
_SLOTS = 1 << _BITS
"""2 million counters, 8 MB: terms of all languages share them by their hashes."""
_FLOOR = 0.05
_AT_BIRTH = 50
"""Items that count as met before the first: until then, what two items share would be all that there is, and so tell
nothing."""
ALL_LANGUAGES = "*"
"""Under which names are counted: they are the same in all."""
_COMPARED = 2
_MIX = np.uint32(2_654_435_761)
_HEAD = struct.Struct(">BI")


class Vocabulary:
    """Learnt from every item as it is taken in. Adding the same items in any order gives the same vocabulary."""

    def __init__(self) -> None:
        self._counts = np.zeros(_SLOTS, np.uint32)
        self._items: dict[str, int] = {}

    def add(self, sketch: Sketch) -> None:
        for terms, language in _met(sketch):
            self._items[language] = self._items.get(language, 0) + 1
            np.add.at(self._counts, _slots(terms, language), np.uint32(1))

    def forget(self, sketch: Sketch) -> None:
        """Takes back what `add` did."""
        for terms, language in _met(sketch):
            self._items[language] -= 1
            np.subtract.at(self._counts, _slots(terms, language), np.uint32(1))

    def weights(self, terms: NDArray[np.uint32], language: str) -> NDArray[np.float64]:
        """Of terms, as an item of that language sees them: rare ones weigh more. That it was met itself
        does not count, nor that the one with which it is compared was: else what is new to both would tell less than
        what is rare."""
        items = self._items.get(language, 0) + _AT_BIRTH
        met = np.maximum(self._counts[_slots(terms, language)], _COMPARED) - _COMPARED
        found: NDArray[np.float64] = np.maximum(_FLOOR, log(items + 1) - np.log(met + 0.5))
        return found

    def languages(self) -> list[str]:
        """Those of the items, the most frequent first."""
        known = {code: count for code, count in self._items.items() if code not in ("", ALL_LANGUAGES)}
        return sorted(known, key=lambda code: (-known[code], code))

    def pack(self) -> bytes:
        languages = ",".join(f"{code}:{count}" for code, count in sorted(self._items.items())).encode()
        return _HEAD.pack(1, len(languages)) + languages + zlib.compress(self._counts.tobytes(), 1)

    @classmethod
    def unpack(cls, raw: bytes) -> Vocabulary:
        _, size = _HEAD.unpack_from(raw)
        found = cls()
        for entry in raw[_HEAD.size : _HEAD.size + size].decode().split(","):
            code, colon, count = entry.partition(":")
            if colon:
                found._items[code] = int(count)
        counts = np.frombuffer(zlib.decompress(raw[_HEAD.size + size :]), np.uint32)
        found._counts = counts.copy()
        return found


def _met(sketch: Sketch) -> Iterator[tuple[NDArray[np.uint32], str]]:
    """What is counted of an item, and where."""
    if len(sketch.terms):
        yield sketch.terms, sketch.language
    if len(sketch.names.keys):
        yield sketch.names.keys, ALL_LANGUAGES


def _slots(terms: NDArray[np.uint32], language: str) -> NDArray[np.intp]:
    code = np.uint32(zlib.crc32(language.encode()))
    return (((terms ^ code) * _MIX) >> np.uint32(32 - _BITS)).astype(np.intp)
