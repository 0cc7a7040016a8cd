"""All terms of all rules, looked for in one pass over a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.core.model import Field
from monitor.matching.automaton import Automaton
from monitor.matching.terms import Pattern
from monitor.text.folding import Folded
from monitor.text.tokens import is_word_end, is_word_start

Seen = dict[int, list[tuple[Field, int, int]]]
"""Number of a term -> its places."""

_HEAD = 14
"""So many characters of a literal are looked for by the automaton; the rest is compared where they are found."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """A term with wildcards, which may begin before the literal that gives it away."""

    pattern: Pattern
    number: int
    index: int
    least: int
    most: int


class Terms:
    """An automaton over the heads of all literals, and which terms each literal stands for."""

    def __init__(self, patterns: Sequence[tuple[Pattern, int]]) -> None:
        self._plain: dict[str, tuple[int, ...]] = {}
        self._special: dict[str, list[tuple[Pattern, int]]] = {}
        self._shapes: dict[int, list[_Shape]] = {}
        heads: dict[str, int] = {}
        lengths: list[set[int]] = []
        shapes = 0
        for pattern, number in patterns:
            literal = pattern.literal
            head = heads.setdefault(literal[:_HEAD], len(heads))
            if head == len(lengths):
                lengths.append(set())
            if pattern.pieces:
                self._shapes.setdefault(head, []).append(_Shape(pattern, number, shapes, *pattern.lead))
                shapes += 1
                continue
            lengths[head].add(len(literal))
            if pattern.is_plain:
                self._plain[literal] = (*self._plain.get(literal, ()), number)
            else:
                self._special.setdefault(literal, []).append((pattern, number))
        shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._lengths = [shared.setdefault(key := tuple(sorted(found)), key) for found in lengths]
        self._automaton = Automaton(list(heads))

    def scan(self, field: Field, folded: Folded, seen: Seen) -> None:
        """Adds what occurs in the text to `seen`, in places of the folded text."""
        text = folded.text
        all_lengths, all_plain, all_special, all_shapes = self._lengths, self._plain, self._special, self._shapes
        tried: dict[int, int] = {}
        for head, start, _ in self._automaton.find(text):
            if head in all_shapes:
                for shape in all_shapes[head]:
                    _scan_shape(shape, field, folded, start, tried, seen)
            if not is_word_start(text, start):
                continue
            for length in all_lengths[head]:
                end = start + length
                literal = text[start:end]
                plain = all_plain.get(literal)
                if plain is not None and is_word_end(text, end):
                    for number in plain:
                        seen.setdefault(number, []).append((field, start, end))
                if literal in all_special:
                    for pattern, number in all_special[literal]:
                        found = pattern.end(folded, start)
                        if found is not None:
                            seen.setdefault(number, []).append((field, start, found))


def _scan_shape(shape: _Shape, field: Field, folded: Folded, at: int, tried: dict[int, int], seen: Seen) -> None:
    """`tried`: from where on starts of the shape are still to be tried. None is tried twice, however many literals
    stand behind it."""
    text = folded.text
    if not text.startswith(shape.pattern.literal, at):
        return
    first = max(tried.get(shape.index, 0), at - shape.most)
    tried[shape.index] = max(first, at - shape.least + 1)
    for start in range(first, at - shape.least + 1):
        if is_word_start(text, start):
            end = shape.pattern.end(folded, start)
            if end is not None:
                seen.setdefault(shape.number, []).append((field, start, end))
