"""What a name sounds like in any alphabet: the consonants that are left of it everywhere."""

from __future__ import annotations

from functools import lru_cache

from monitor.text.transliteration import readings

READINGS = 3
"""The most ways to read one name."""
_LEAST, _MOST = 2, 6
"""Consonants: fewer are many names', and what is behind them is an ending."""
_SHORT = 4
"""Sounds that a name of two consonants needs besides."""
_CLASSES = str.maketrans(
    {
        **dict.fromkeys("aeiou@_AYjh12345", ""),
        **dict.fromkeys("sSzZcCJ", "s"),
        **dict.fromkeys("kx", "k"),
        **dict.fromkeys("vwfW", "v"),
        **dict.fromkeys("rRl", "l"),
    }
)
"""What alphabets and languages exchange for each other is one; h and j come and go."""
_VOWEL = "*"


@lru_cache(maxsize=50_000)
def skeletons(word: str) -> tuple[str, ...]:
    """In the order of its readings; () for what is too short to be told from others."""
    return tuple(dict.fromkeys(s for sound in readings(word) if (s := _skeleton(sound))))[:READINGS]


def _skeleton(sound: str) -> str:
    consonants = sound.translate(_CLASSES)
    single = "".join(c for i, c in enumerate(consonants) if i == 0 or c != consonants[i - 1])
    if len(single) < _LEAST or (len(single) == _LEAST and len(sound) < _SHORT):
        return ""
    return (_VOWEL if sound[0] in "aeiou@AYW_hj" else "") + single[:_MOST]
