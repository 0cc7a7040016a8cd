"""What all readers share: tables of letters and their sounds, rules with context, and the strings that they spell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from monitor.text.folding import fold_text

MAX_READINGS = 12


def table_of(rows: str) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for entry in re.split(r"[;\n]", rows):
        # A sound may be empty: the letter is silent.
        letters, _, sounds = entry.strip(" ").partition(" ")
        if letters:
            table[letters] = tuple(dict.fromkeys(s.strip() for s in sounds.split("|"))) or ("",)
    return table


def singles(pairs: str) -> dict[str, str]:
    flat = pairs.split()
    return dict(zip(flat[::2], flat[1::2], strict=True))


class Alphabet:
    """Reads letter groups, the longest first. Where vowels are not written, two equal letters have one in between."""

    def __init__(self, table: Mapping[str, tuple[str, ...]], *, doubles: bool = False) -> None:
        self._table = table
        self._doubles = doubles
        self._groups = re.compile("|".join(re.escape(k) for k in sorted(table, key=len, reverse=True)) + r"|(?s:.)")

    def read(self, word: str) -> tuple[str, ...]:
        groups = (m[0] for m in self._groups.finditer(word))
        return combine((self._table.get(g) or self._other(g) for g in groups), doubles=self._doubles)

    @staticmethod
    def _other(char: str) -> tuple[str, ...]:
        return (char if char.isascii() and char.isalpha() else "",)


class Rules:
    """Reads letters by what stands around them: a rule a line, a pattern and its sounds; the first that fits.

    `V` in a pattern is any vowel letter, `K` any consonant letter; the sound `-` is silence.
    """

    def __init__(self, rows: str, most: int = 4) -> None:
        self._most = most
        self._sounds: list[tuple[str, ...]] = []
        patterns = []
        for row in rows.strip().splitlines():
            pattern, _, sounds = row.strip().partition(" ")
            patterns.append("(" + pattern.replace("V", _VOWEL).replace("K", _CONSONANT) + ")")
            self._sounds.append(tuple("" if sound == "-" else sound for sound in sounds.split("|")))
        self._rules = re.compile("|".join([*patterns, "(?s:.)"]))

    def read(self, word: str) -> tuple[str, ...]:
        return combine(
            (self._sounds[m.lastindex - 1] if m.lastindex else (_otherwise(m[0]),) for m in self._rules.finditer(word)),
            self._most,
        )


_VOWEL = "[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ]"
_CONSONANT = "[b-df-hj-np-tv-xzçñ]"
_OTHERWISE = {"c": "k", "q": "k", "w": "v", "x": "ks", "y": "i"}


def _otherwise(char: str) -> str:
    plain = fold_text(char)
    return _OTHERWISE.get(plain, plain) if plain.isascii() and plain.isalpha() else ""


def combine(
    alternatives: Iterable[tuple[str, ...]], most: int = MAX_READINGS, *, doubles: bool = False
) -> tuple[str, ...]:
    """The strings that a row of alternatives spells, the likeliest first, no more than `most`."""
    found = [""]
    for sounds in alternatives:
        if len(sounds) == 1:
            found = [f + sounds[0] for f in found]
        elif len(found) * len(sounds) <= most:
            found = [f + s for s in sounds for f in found]
        else:
            found = [f + sounds[0] for f in found]
    return tuple(dict.fromkeys(found if doubles else map(collapse, found)))


_DOUBLE = re.compile(r"([^aeiou@_1-5])\1+")


def collapse(sounds: str) -> str:
    return _DOUBLE.sub(r"\1", sounds).replace("ts", "c").replace("tc", "c")
