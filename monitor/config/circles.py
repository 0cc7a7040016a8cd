"""Rules that refer to rules: where a chain of them comes back to its begin, or is too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, TypeVar

P = TypeVar("P")
"""A place, whatever that is to the caller."""

Edges = Mapping[str, Sequence[tuple[str, P]]]
"""Rule -> the rules that it refers to, each with the place where it does."""


class Chains(Generic[P]):
    """Follows every reference once. No recursion: a file may hold a chain of thousands."""

    def __init__(self, edges: Edges[P]) -> None:
        self._edges = edges
        self.circles: list[tuple[P, tuple[str, ...]]] = []
        """The place that closes a circle, and the rules on it, the first one again at the end."""
        self.lengths: dict[str, int] = {}
        """Rule -> how many references follow each other from it on."""
        for start in edges:
            if start not in self.lengths:
                self._follow(start)

    def too_long(self, limit: int) -> Iterator[P]:
        """The places where chains pass the limit."""
        for rule, edges in self._edges.items():
            for target, place in edges:
                if self.lengths[rule] == limit + 1 and self.lengths.get(target) == limit:
                    yield place

    def _follow(self, start: str) -> None:
        way = [start]
        todo = [iter(self._edges.get(start, ()))]
        on_way = {start: 0}
        while way:
            found = next(todo[-1], None)
            if found is None:
                rule = way.pop()
                todo.pop()
                del on_way[rule]
                self.lengths[rule] = 1 + max((self.lengths.get(t, 0) for t, _ in self._edges.get(rule, ())), default=-1)
                continue
            target, place = found
            if target in on_way:
                self.circles.append((place, (*way[on_way[target] :], target)))
            elif target not in self.lengths and target in self._edges:
                on_way[target] = len(way)
                way.append(target)
                todo.append(iter(self._edges[target]))
