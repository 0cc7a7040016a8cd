"""What all readers share: tables of letters and their sounds, rules with context, and the strings that they spell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import eq

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


class _Sounds(dict[str, tuple[str, ...]]):
    """What letters stand for; those that nothing is said of, for themselves or for nothing."""

    def __missing__(self, char: str) -> tuple[str, ...]:
        return (char if char.isascii() and char.isalpha() else "",)


class Alphabet:
    """Reads letter groups, the longest first. Where vowels are not written, two equal letters have one in between."""

    def __init__(self, table: Mapping[str, tuple[str, ...]], *, doubles: bool = False) -> None:
        self._sounds = _Sounds(table)
        self._doubles = doubles
        behind: dict[str, list[str]] = {}
        for group in sorted(table, key=len, reverse=True):
            behind.setdefault(group[0], []).append(re.escape(group[1:]))
        firsts = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in behind.items())
        self._groups = re.compile(f"{'|'.join(firsts)}|.", re.DOTALL)

    def read(self, word: str) -> tuple[str, ...]:
        return combine([self._sounds[group] for group in self._groups.findall(word)], doubles=self._doubles)


class Rules:
    """Reads letters by what stands around them: a rule a line, a pattern and its sounds; the first that fits.

    `V` in a pattern is any vowel letter, `K` any consonant letter; the sound `-` is silence.
    """

    def __init__(self, rows: str, most: int = 4) -> None:
        self._most = most
        self._rows: list[tuple[str, tuple[str, ...]]] = []
        for row in filter(None, map(str.strip, rows.splitlines())):
            pattern, _, sounds = row.partition(" ")
            pattern = pattern.replace("V", _VOWEL).replace("K", _CONSONANT)
            self._rows.append((pattern, tuple("" if sound == "-" else sound for sound in sounds.split("|"))))
        self._firsts = [_first_letter(pattern) for pattern, _ in self._rows]
        self._by_letter: dict[str, tuple[re.Pattern[str] | None, list[tuple[str, ...]]]] = {}
        """The rules that may fit where a letter stands, as they are asked for, and the sounds of each, and behind them
        of the letter for which none does. No pattern where there is nothing to choose."""

    def read(self, word: str) -> tuple[str, ...]:
        sounds: list[tuple[str, ...]] = []
        at = 0
        while at < len(word):
            rules, heard = self._by_letter.get(word[at]) or self._beginning_with(word[at])
            match = rules.match(word, at) if rules is not None else None
            if match is None or match.lastindex is None:
                sounds.append(heard[-1])
                at += 1
            else:
                sounds.append(heard[match.lastindex - 1])
                at = match.end()
        return combine(sounds, self._most)

    def _beginning_with(self, letter: str) -> tuple[re.Pattern[str] | None, list[tuple[str, ...]]]:
        here = [row for row, first in zip(self._rows, self._firsts, strict=True) if first.fullmatch(letter)]
        sounds = [*(sounds for _, sounds in here), (_otherwise(letter),)]
        is_plain = not here or here[0][0] == letter
        pattern = None if is_plain else re.compile("|".join(f"({pattern})" for pattern, _ in here))
        made = pattern, sounds[:1] if is_plain else sounds
        if len(self._by_letter) < _MOST_LETTERS:
            self._by_letter[letter] = made
        return made


_MOST_LETTERS = 2_000
_FIRST = re.compile(r"(?:\^|\(\?<[=!][^()]+\))*(\[[^]]+\]|\w)(?![?*])")
"""What the first letter of a pattern may be, behind what is asked of those before it."""
_GROUP = re.compile(r"\([^()]*\)")


def _first_letter(pattern: str) -> re.Pattern[str]:
    first = _FIRST.match(pattern) if "|" not in _GROUP.sub("", pattern) else None
    return re.compile(first[1] if first is not None else "(?s:.)")


_VOWEL = "[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ]"
_CONSONANT = "[b-df-hj-np-tv-xzçñ]"
_OTHERWISE = {"c": "k", "q": "k", "w": "v", "x": "ks", "y": "i"}


@lru_cache(maxsize=2_000)
def _otherwise(char: str) -> str:
    plain = fold_text(char)
    return _OTHERWISE.get(plain, plain) if plain.isascii() and plain.isalpha() else ""


def combine(
    alternatives: Iterable[tuple[str, ...]], most: int = MAX_READINGS, *, doubles: bool = False
) -> tuple[str, ...]:
    """The strings that a row of alternatives spells, the likeliest first, no more than `most`."""
    found = [""]
    tail = ""
    """What all end with that was found so far."""
    for sounds in alternatives:
        if len(sounds) == 1 or len(found) * len(sounds) > most:
            tail += sounds[0]
        else:
            found = [f + tail + s for s in sounds for f in found]
            tail = ""
    found = [f + tail for f in found]
    return tuple(dict.fromkeys(found if doubles else map(collapse, found)))


_DOUBLE = re.compile(r"([^aeiou@_1-5])\1+")


def collapse(sounds: str) -> str:
    if any(map(eq, sounds, sounds[1:])):
        sounds = _DOUBLE.sub(r"\1", sounds)
    return sounds.replace("ts", "c").replace("tc", "c")
