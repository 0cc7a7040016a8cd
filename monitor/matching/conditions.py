"""What an entity says beyond its names: what is somebody else (`not`), and what must stand in the item (`context`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
        """`named` without the places that are not the entity after all."""
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
                gone = {p for other in others for p in _taken(other, named[number], texts)}
                places = [p for p in places if p not in gone]
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


def _taken(other: Place, places: Sequence[Place], texts: Mapping[Field, Folded]) -> list[Place]:
    """A phrase that covers a place of the name takes that place away (“Zelensky Street”); one that stands apart says
    what its whole sentence is about (“river”, for Amazon)."""
    field, start, end = other
    covered = [p for p in places if p[0] is field and p[1] < end and start < p[2]]
    if covered:
        return covered
    around = next((s for s in sentences(texts[field].original) if s[0] <= start < s[1]), (start, end))
    return [p for p in places if p[0] is field and around[0] <= p[1] < around[1]]
