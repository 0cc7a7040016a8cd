"""Words of a name that are spelled, not translated, heard together with whatever ending makes an adjective of them."""

from __future__ import annotations

from collections import defaultdict

from monitor.matching.entities.profiles import profile_of
from monitor.matching.entities.sounds import key, prefix_distances
from monitor.text.scripts import CASED, Script, script_of
from monitor.text.transliteration import readings, spoken

_LONGEST_ENDING = 6
_LEAST = 4
"""Sounds of a name that may have an ending."""
_VOWELS = frozenset("aeiou@_12345")
_ADJECTIVES = ("ian", "jan")
_LONG = 7
_SHORT_LIMIT = 0.15
_LONGEST_WORD = 30
_WITHOUT_VOWELS = frozenset({Script.ARABIC, Script.HEBREW})
_LEAST_CONSONANTS = 3
"""Where vowels are not written, shorter words are like too many others."""


class LooseParts:
    """Beside a word of the name that is translated, a likeness of the beginning is enough: Visegrád, Wyszehradzka."""

    def __init__(self) -> None:
        self._filed: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._is_empty = True

    def __bool__(self) -> bool:
        return not self._is_empty

    def add(self, word: str, sense: int) -> None:
        sounds = readings(word)
        if script_of(word[0]) is Script.LATIN:
            sounds = tuple(dict.fromkeys(sounds + spoken(word)))
        for reading in sounds:
            if len(reading) < 2:
                continue
            stems = [reading[:-1] if len(reading) > _LEAST and reading[-1] in _VOWELS else reading]
            stems += [reading.removesuffix(s) for s in _ADJECTIVES if reading.endswith(s) and len(reading) > _LONG]
            for stem in stems:
                filed = self._filed[key(stem)[:2]]
                if (stem, sense) not in filed:
                    filed.append((stem, sense))
            self._is_empty = False

    def hear(self, word: str, script: Script) -> frozenset[int]:
        if self._is_empty or len(word) > _LONGEST_WORD:
            return frozenset()
        found: set[int] = set()
        profile = profile_of(script)
        for heard in readings(word):
            consonants = key(heard)
            if script in _WITHOUT_VOWELS and len(consonants) < _LEAST_CONSONANTS:
                continue
            for stem, sense in self._filed.get(consonants[:2], ()):
                if len(heard) < len(stem) - 2:
                    continue
                longest = 1 if script not in CASED or len(stem) < _LEAST else _LONGEST_ENDING
                limit = profile.limits[min(len(stem), _LONGEST_WORD)] if len(stem) >= _LEAST else _SHORT_LIMIT
                if profile.begin_apart(stem[0], heard[0], limit):
                    continue
                for length, _ in prefix_distances(stem, heard, profile, limit):
                    if len(heard) - length <= longest:
                        found.add(sense)
        return frozenset(found)
