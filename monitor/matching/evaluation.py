"""Whether a rule holds for an item, and the places that make it so."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from monitor.core.model import Field, Item
from monitor.matching import regex
from monitor.matching.published import Aged, Dated
from monitor.matching.query import Regex
from monitor.matching.tree import (
    WHERE,
    Absent,
    All,
    Any,
    Close,
    CompiledRule,
    Leaf,
    Referred,
    RegexLeaf,
    Scoped,
    Times,
    Together,
    Tree,
)
from monitor.text.folding import Folded
from monitor.text.language import primary
from monitor.text.sentences import sentences
from monitor.text.tokens import spans

_PARAGRAPH = re.compile(r"[^\n\u2029]+")


class Place(NamedTuple):
    """Where a term stands in a field, in code points of the field as given."""

    field: Field
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a part of a query looks: in these fields, and in one of them only between `start` and `end`."""

    fields: tuple[Field, ...] = WHERE
    start: int = 0
    end: int = 1 << 62


ANYWHERE = Scope()


class Sighting:
    """What the scan saw in an item, and what evaluation works out from it, once."""

    def __init__(
        self,
        texts: Mapping[Field, Folded],
        seen: Mapping[int, list[tuple[Field, int, int]]],
        named: Mapping[int, list[tuple[Field, int, int]]],
        item: Item,
    ) -> None:
        """`seen` has spans in the folded texts, `named` (entities) in the originals."""
        self._texts = texts
        self._seen = seen
        self._named = named
        self.item = item
        self._spans: dict[int | Regex, dict[Field, list[tuple[int, int]]]] = {}
        self._units: dict[tuple[Field, bool], tuple[tuple[int, int], ...]] = {}
        self._words: dict[Field, tuple[list[int], list[int]]] = {}
        self._rules: dict[Referred, list[Place] | None] = {}

    @property
    def has_something(self) -> bool:
        """Whether any term or entity of any rule was seen."""
        return bool(self._seen or self._named)

    def meets(self, tree: Tree) -> bool:
        """No for a term or entity that was not seen: most of a long list of alternatives."""
        return not isinstance(tree, Leaf) or tree.number in self._seen or tree.number in self._named

    def is_between(self, when: Dated | Aged) -> bool:
        """What has no date counts as published when it was taken in."""
        published = self.item.published or self.item.taken_in
        if isinstance(when, Dated):
            return (when.low is None or when.low <= published) and (when.high is None or published < when.high)
        age = self.item.taken_in - published
        return (when.low is None or when.low <= age) and (when.high is None or age < when.high)

    def of_rule(self, referred: Referred) -> list[Place] | None:
        """Where another rule holds, worked out once."""
        if referred not in self._rules:
            rule = referred.rule
            found = evaluate(rule.tree, self) if concerns(rule, self.item) else None
            self._rules[referred] = None if found is None else list(dict.fromkeys(found))
        return self._rules[referred]

    def spans(self, what: int | Regex, scope: Scope) -> list[tuple[Field, int, int]]:
        """Where a term or expression stands within the scope."""
        found = self._spans.get(what)
        if found is None:
            found = self._spans[what] = self._expression(what) if isinstance(what, Regex) else self._term(what)
        return [
            (field, start, end)
            for field in scope.fields
            if field in found
            for start, end in (found[field] if scope is ANYWHERE else _within(found[field], scope.start, scope.end))
        ]

    def _term(self, number: int) -> dict[Field, list[tuple[int, int]]]:
        found: dict[Field, list[tuple[int, int]]] = {}
        for field, start, end in self._named.get(number, ()):
            found.setdefault(field, []).append((start, end))
        for field, start, end in self._seen.get(number, ()):
            if span := self._original(field, start, end):
                found.setdefault(field, []).append(span)
        # A list whose terms overlap may see one place twice.
        return {field: sorted(set(spans)) if len(spans) > 1 else spans for field, spans in found.items()}

    def _expression(self, node: Regex) -> dict[Field, list[tuple[int, int]]]:
        return {field: regex.places(node, folded.original) for field, folded in self._texts.items()}

    def _original(self, field: Field, start: int, end: int) -> tuple[int, int] | None:
        folded = self._texts[field]
        left, right = folded.span(start, end)
        if field is Field.TAG and "\n" in folded.original[left:right]:
            return None
        return left, right

    def original(self, field: Field) -> str:
        folded = self._texts.get(field)
        return folded.original if folded is not None else ""

    def units(self, field: Field, *, paragraph: bool) -> tuple[tuple[int, int], ...]:
        """Its sentences, or its paragraphs."""
        key = (field, paragraph)
        if key not in self._units:
            text = self.original(field)
            self._units[key] = tuple(m.span() for m in _PARAGRAPH.finditer(text)) if paragraph else sentences(text)
        return self._units[key]

    def word_range(self, place: Place) -> tuple[int, int]:
        """The numbers of its first and its last word within the field."""
        if place.field not in self._words:
            found = list(spans(self.original(place.field)))
            self._words[place.field] = ([s for s, _ in found], [e for _, e in found])
        starts, ends = self._words[place.field]
        first = bisect_right(ends, place.start)
        return first, max(first, bisect_left(starts, place.end) - 1)


def concerns(rule: CompiledRule, item: Item) -> bool:
    """Whether the rule is meant for the item's source and language."""
    if rule.sources is not None and item.source not in rule.sources:
        return False
    if not rule.languages or not item.language:
        return True
    return primary(item.language) in rule.languages


def _within(spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    low = bisect_left(spans, (start, 0))
    high = bisect_left(spans, (end, 0), lo=low)
    return [span for span in spans[low:high] if span[1] <= end]


def evaluate(tree: Tree, sighting: Sighting, scope: Scope = ANYWHERE) -> list[Place] | None:
    """The places that make it hold; None when it does not. What holds for want of something has no places."""
    match tree:
        case Leaf(number=number, label=label):
            return [Place(*span, label) for span in sighting.spans(number, scope)] or None
        case RegexLeaf(regex=node, label=label):
            return [Place(*span, label) for span in sighting.spans(node, scope)] or None
        case Dated() | Aged():
            return [] if sighting.is_between(tree) else None
        case Referred():
            return sighting.of_rule(tree)
        case All(parts=parts):
            everything: list[Place] = []
            for part in parts:
                found = evaluate(part, sighting, scope)
                if found is None:
                    return None
                everything += found
            return everything
        case Any(parts=parts):
            met = filter(sighting.meets, parts)
            results = [found for part in met if (found := evaluate(part, sighting, scope)) is not None]
            return [place for found in results for place in found] if results else None
        case Absent(part=part):
            return [] if evaluate(part, sighting, scope) is None else None
        case Scoped(field=field, part=part):
            return evaluate(part, sighting, replace(scope, fields=(field,)))
        case Close():
            return _close(tree, sighting, scope)
        case Together(part=part, paragraph=paragraph):
            return _together(part, paragraph, sighting, scope)
        case Times(count=count, part=part):
            found = evaluate(part, sighting, scope)
            if found is None or len({(p.field, p.start, p.end) for p in found}) < count:
                return None
            return found


def _together(part: Tree, paragraph: bool, sighting: Sighting, scope: Scope) -> list[Place] | None:
    if evaluate(part, sighting, scope) is None and not _has_absence(part):
        return None
    everything: list[Place] = []
    holds = False
    for field in scope.fields:
        for start, end in sighting.units(field, paragraph=paragraph):
            found = evaluate(part, sighting, Scope((field,), start, end))
            if found is not None:
                holds = True
                everything += found
    return everything if holds else None


def _has_absence(tree: Tree) -> bool:
    match tree:
        case Absent():
            return True
        case All(parts=parts) | Any(parts=parts):
            return any(_has_absence(p) for p in parts)
        case Scoped(part=part) | Together(part=part) | Times(part=part):
            return _has_absence(part)
        case _:
            return False


def _close(tree: Close, sighting: Sighting, scope: Scope) -> list[Place] | None:
    left, right = evaluate(tree.left, sighting, scope), evaluate(tree.right, sighting, scope)
    if left is None or right is None:
        return None
    everything: list[Place] = []
    for field in scope.fields:
        mine = [(sighting.word_range(p), p) for p in left if p.field is field]
        theirs = [(sighting.word_range(p), p) for p in right if p.field is field]
        everything += _leading(mine, theirs, tree.distance)
        if not tree.ordered:
            everything += _leading(theirs, mine, tree.distance)
    return list(dict.fromkeys(everything)) or None


_Ranged = tuple[tuple[int, int], Place]


def _leading(first: list[_Ranged], second: list[_Ranged], distance: int) -> list[Place]:
    """Those of both that stand in a pair: one of `first`, at most `distance` words, one of `second`."""
    ends = sorted(last for (_, last), _ in first)
    starts = sorted(begin for (begin, _), _ in second)
    found = [p for (_, last), p in first if bisect_right(starts, last + distance + 1) > bisect_right(starts, last)]
    found += [p for (begin, _), p in second if bisect_left(ends, begin) > bisect_left(ends, begin - distance - 1)]
    return found
