"""What all readers of scripts share: tables of letters and their sounds, and the strings that alternatives spell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

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
    """Reads letter groups, the longest first."""

    def __init__(self, table: Mapping[str, tuple[str, ...]]) -> None:
        self._table = table
        self._groups = re.compile("|".join(re.escape(k) for k in sorted(table, key=len, reverse=True)) + r"|(?s:.)")

    def read(self, word: str) -> tuple[str, ...]:
        return combine(self._table.get(m[0], (m[0] if m[0].isascii() and m[0].isalpha() else "",)) for m in
                       self._groups.finditer(word))  # fmt: skip


def combine(alternatives: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The strings that a row of alternatives spells, the likeliest first, no more than `MAX_READINGS`."""
    found = [""]
    for sounds in alternatives:
        if len(sounds) == 1:
            found = [f + sounds[0] for f in found]
        elif len(found) * len(sounds) <= MAX_READINGS:
            found = [f + s for s in sounds for f in found]
        else:
            found = [f + sounds[0] for f in found]
    return tuple(dict.fromkeys(collapse(f) for f in found))


_DOUBLE = re.compile(r"([^aeiou@_])\1+")


def collapse(sounds: str) -> str:
    return _DOUBLE.sub(r"\1", sounds)
