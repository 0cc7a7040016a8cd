"""Candidates in memory: of a batch, or of a stream without a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from monitor.core.model import NEWEST_PER_KEY, Candidate, ItemId

MOST = 20
"""Candidates that an item is compared with."""


class Index:
    def __init__(self) -> None:
        self._by_key: defaultdict[int, list[ItemId]] = defaultdict(list)
        self._candidates: dict[ItemId, Candidate] = {}

    def add(self, candidate: Candidate) -> None:
        self._candidates[candidate.item] = candidate
        for key in candidate.keys:
            self._by_key[key].append(candidate.item)

    def lookup(self, wanted: Iterable[int]) -> tuple[Candidate, ...]:
        """Of one key the newest; each candidate once."""
        found = {item for key in wanted for item in self._by_key.get(key, ())[-NEWEST_PER_KEY:]}
        return tuple(self._candidates[item] for item in found)


def nearest(candidates: Iterable[Candidate], wanted: Mapping[int, float], most: int = MOST) -> tuple[Candidate, ...]:
    """Those few that have most of what is wanted: key -> weight."""
    shared = {c.item: (sum(wanted.get(k, 0.0) for k in c.keys), c.item, c) for c in candidates}
    return tuple(c for _, _, c in sorted(shared.values(), key=lambda s: (-s[0], -s[1]))[:most])
