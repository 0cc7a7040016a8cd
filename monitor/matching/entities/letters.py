"""How much of its letters a Latin name keeps in other Latin spellings, where sounds alone would let too much pass."""

from __future__ import annotations

import re
from enum import Enum, auto

from monitor.matching.entities.sounds import shared

_SHARED = 0.55
"""The part of its letters that a name keeps in all Latin spellings; of a short one, more."""
_SHARED_SHORT = 0.66
_SHARED_MOST = 0.75
_SHORT = 6
_ONE_SOUND = tuple({a, b} for a, b in ("zs", "yj", "ij", "iy", "kc", "kq", "wv", "gj", "cs", "ae", "ou", "ch", "hk"))


class Likeness(Enum):
    NONE = auto()
    SOME = auto()
    """Enough only where something else speaks for the name."""
    CLEAR = auto()


def likeness(ours: str, theirs: str) -> Likeness:
    """Of two words of plain letters."""
    if not ours or not ours.isascii():
        return Likeness.CLEAR
    common = shared(ours, theirs) / len(ours)
    if common < _SHARED:
        return Likeness.NONE
    begins = ours[0] == theirs[0] or {ours[0], theirs[0]} in _ONE_SOUND
    is_like = begins and (common >= _SHARED_SHORT or len(ours) > _SHORT)
    return Likeness.CLEAR if is_like or common >= _SHARED_MOST else Likeness.SOME


def letters_to_find(plain: str) -> tuple[int, int]:
    """The letters of a name, and how many of them may be missing from what is compared with it at all."""
    return (letters_of(plain), int((1 - _SHARED) * len(plain))) if plain.isascii() else (0, 0)


_GROUPS = {"tsch": "c", "sch": "s", "tch": "c", "sh": "s", "sz": "s", "ch": "c", "cz": "c", "zh": "z", "kh": "h",
           "th": "t", "ph": "f", "ck": "k"}  # fmt: skip
_GROUP = re.compile("|".join(_GROUPS))


def plain_letters(word: str) -> str:
    """A folded Latin word with one letter for what some spellings write as two or more."""
    return _GROUP.sub(lambda m: _GROUPS[m[0]], word)


def letters_of(word: str) -> int:
    """Which letters a word of plain ones has, as bits."""
    bits = 0
    for char in word:
        bits |= 1 << (ord(char) & 31)
    return bits
