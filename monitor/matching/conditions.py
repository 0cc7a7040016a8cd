"""What an entity says beyond its names: what is somebody else (`not`), and what must stand in the item (`context`)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import groupby

from monitor.core.model import Field
from monitor.core.settings import EntitySettings
from monitor.matching.compiler import parse_member
from monitor.matching.scan import Seen, Terms
from monitor.matching.terms import Pattern, pattern_of
from monitor.text.folding import Folded
from monitor.text.sentences import sentences

Place = tuple[Field, int, int]
"""In code points of the field as given."""


class Conditions:
    """Looked at only for items in which an entity was found that has any."""

    def __init__(self, entities: Sequence[EntitySettings], numbers: Sequence[int]) -> None:
        """`numbers` are what the finder calls the entities. Raises `QueryError`."""
        patterns: list[tuple[Pattern, int]] = []
        self._exclude: dict[int, range] = {}
        self._context: dict[int, range] = {}
        for entity, number in zip(entities, numbers, strict=True):
            for texts, filed in ((entity.exclude, self._exclude), (entity.context, self._context)):
                if texts:
                    begin = len(patterns)
                    patterns += [(pattern_of(parse_member(text)), begin + i) for i, text in enumerate(texts)]
                    filed[number] = range(begin, len(patterns))
        self._terms = Terms(patterns)

    def hold(self, named: Mapping[int, list[Place]], texts: Mapping[Field, Folded]) -> dict[int, list[Place]]:
        """`named` without the places that are not the entity after all. Those of each entity are given field by field,
        in order, none inside another."""
        asked = [n for n in named if n in self._exclude or n in self._context]
        if not asked:
            return dict(named)
        seen = self._scan(texts)
        kept = dict(named)
        for number in asked:
            context = self._context.get(number)
            others = [place for n in self._exclude.get(number, ()) for place in seen.get(n, ())]
            places = named[number]
            if context is not None and not any(n in seen for n in context):
                places = []
            elif others:
                places = [
                    place
                    for field, of_field in groupby(places, key=lambda place: place[0])
                    for place in _kept(list(of_field), [o for o in others if o[0] is field], texts[field].original)
                ]
            if places:
                kept[number] = places
            else:
                del kept[number]
        return kept

    def _scan(self, texts: Mapping[Field, Folded]) -> dict[int, list[Place]]:
        seen: Seen = {}
        for field, folded in texts.items():
            self._terms.scan(field, folded, seen)
        return {
            number: [(field, *texts[field].span(start, end)) for field, start, end in places]
            for number, places in seen.items()
        }


def _kept(places: Sequence[Place], others: Sequence[Place], text: str) -> list[Place]:
    """Of the places in one field those that no other phrase takes away. One that covers a place of the name takes that
    place (“Zelensky Street”); one that stands apart says what its whole sentence is about (“river”, for Amazon)."""
    starts, ends = [start for _, start, _ in places], [end for _, _, end in places]
    gone: set[int] = set()
    apart: list[Place] = []
    for other in others:
        covered = range(bisect_right(ends, other[1]), bisect_left(starts, other[2]))
        gone.update(covered)
        if not covered:
            apart.append(other)
    around = sentences(text) if apart else ()
    for begin, end in {_around(place, around) for place in apart}:
        gone.update(range(bisect_left(starts, begin), bisect_left(starts, end)))
    return [place for index, place in enumerate(places) if index not in gone]


def _around(place: Place, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sentence in which a place begins; itself where it begins in none."""
    _, start, end = place
    index = bisect_right(spans, start, key=lambda span: span[0]) - 1
    return spans[index] if index >= 0 and start < spans[index][1] else (start, end)
