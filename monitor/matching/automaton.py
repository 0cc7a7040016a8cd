"""Many strings looked for at once: the one door to the Aho-Corasick library."""

from __future__ import annotations

from collections.abc import Sequence

import ahocorasick_rs

_PART = 34_000
"""So many literals make one automaton: while it is built, no other thread runs."""


class Automaton:
    """Finds every place of every literal, overlapping ones too. Costs about the same for ten literals and for 20,000,
    and not in proportion beyond that."""

    def __init__(self, literals: Sequence[str]) -> None:
        """No literal is empty."""
        self._parts = [
            (
                begin,
                ahocorasick_rs.AhoCorasick(
                    literals[begin : begin + _PART],
                    implementation=ahocorasick_rs.Implementation.ContiguousNFA,
                    store_patterns=False,
                ),
            )
            for begin in range(0, len(literals), _PART)
        ]

    def find(self, text: str) -> Sequence[tuple[int, int, int]]:
        """(index of the literal, start, end), in code points; those of one literal in their order."""
        found: list[tuple[int, int, int]] = []
        for begin, part in self._parts:
            here: list[tuple[int, int, int]] = part.find_matches_as_indexes(text, overlapping=True)
            found += [(begin + index, start, end) for index, start, end in here] if begin else here
        return found
