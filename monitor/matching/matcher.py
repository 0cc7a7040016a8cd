"""All rules, compiled: one pass over an item finds the terms of all rules; only rules whose terms occur are judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, tzinfo

from monitor.core.model import Field, Hit, Item, ListId, Match
from monitor.core.settings import EntitySettings, RuleSettings, SourceSettings
from monitor.matching.compiler import Compiler
from monitor.matching.conditions import Conditions
from monitor.matching.entities import EntityFinder
from monitor.matching.evaluation import Place, Sighting, concerns, evaluate
from monitor.matching.nearly import MOST as MOST_MISSING
from monitor.matching.nearly import NearMiss, shortfall
from monitor.matching.scan import Seen, Terms
from monitor.matching.tree import terms_of
from monitor.text.folding import fold

_FIELD_ORDER = {field: order for order, field in enumerate(Field)}
_ENTITY_FIELDS = (Field.TITLE, Field.TEXT, Field.AUTHOR, Field.TAG)


class RuleMatcher:
    """Port `Matcher`. Built once per configuration; pure, and safe to share."""

    def __init__(self, compiler: Compiler, entities: Sequence[EntitySettings]) -> None:
        self._rules = tuple(compiler.rules)
        self._triggers = compiler.triggers
        self._always = tuple(compiler.always)
        self._fields = tuple(f for f in Field if f in compiler.fields)
        self._terms = Terms(compiler.patterns)
        used = [e for e in entities if e.id in compiler.entities]
        numbers = [compiler.entities[e.id] for e in used]
        self._finder = EntityFinder(used, numbers) if used else None
        self._conditions = Conditions(used, numbers)
        self._mentions: tuple[frozenset[int], Mapping[int, Sequence[int]]] | None = None

    def match(self, item: Item) -> tuple[Match, ...]:
        sighting, met = self._look(item)
        candidates = set(self._always)
        for number in met:
            candidates.update(self._triggers.get(number, ()))
        found: list[Match] = []
        for index in sorted(candidates):
            rule = self._rules[index]
            if not concerns(rule, item):
                continue
            places = evaluate(rule.tree, sighting)
            if places is not None:
                found.append(Match(rule=rule.id, hits=_hits(places, sighting)))
        return tuple(found)

    def examine(self, item: Item) -> tuple[tuple[Match, ...], tuple[NearMiss, ...]]:
        """What matches, and the rules that do not and of which something is there, the nearest first. Looks at every
        rule that a term of was met: for people who ask, not for the pipeline."""
        sighting, met = self._look(item)
        everywhere, by_term = self._examined()
        candidates = everywhere.union(*(by_term.get(number, ()) for number in met))
        found, near = [], []
        for rule in map(self._rules.__getitem__, sorted(candidates)):
            places = evaluate(rule.tree, sighting) if concerns(rule, item) else None
            if places is not None:
                found.append(Match(rule=rule.id, hits=_hits(places, sighting)))
            elif sighting.has_something:
                places, missing = shortfall(rule, item, sighting)
                if places and len(missing) <= MOST_MISSING:
                    near.append(NearMiss(rule=rule.id, hits=_hits(places, sighting), missing=tuple(missing)))
        return tuple(found), tuple(sorted(near, key=lambda n: len(n.missing)))

    def _examined(self) -> tuple[frozenset[int], Mapping[int, Sequence[int]]]:
        """The rules of which something may be there though none of their terms was met, and those of each term."""
        if self._mentions is None:
            everywhere = set(self._always)
            by_term: dict[int, list[int]] = {}
            for index, rule in enumerate(self._rules):
                terms = terms_of(rule.tree)
                if terms is None:
                    everywhere.add(index)
                for number in terms or ():
                    by_term.setdefault(number, []).append(index)
            self._mentions = frozenset(everywhere), by_term
        return self._mentions

    def _look(self, item: Item) -> tuple[Sighting, Iterable[int]]:
        """What is seen in the item, and the numbers of what was met."""
        texts = {field: fold(text) for field in self._fields if (text := _field_text(item, field))}
        seen: Seen = {}
        for field, folded in texts.items():
            self._terms.scan(field, folded, seen)
        named: Seen = {}
        if self._finder is not None:
            named = self._finder.find({f: t for f, t in texts.items() if f in _ENTITY_FIELDS}, item.language)
            named = self._conditions.hold(named, texts) if named else named
        return Sighting(texts, seen, named, item), (*seen, *named)


def compile_rules(
    rules: Sequence[RuleSettings],
    entities: Sequence[EntitySettings],
    lists: Mapping[ListId, tuple[str, ...]],
    sources: Sequence[SourceSettings] = (),
    zone: tzinfo = UTC,
) -> RuleMatcher:
    """Raises `QueryError` for a rule that cannot be understood; configurations are checked one by one before.

    A rule without a field searches title and text. `languages` compares primary subtags ("pt" takes "pt-br"); an item
    whose language is not known passes it, since nothing speaks against it. `zone` is that of times in queries that
    name none.
    """
    return RuleMatcher(Compiler(lists, [e.id for e in entities], rules, sources, zone), entities)


def _field_text(item: Item, field: Field) -> str:
    match field:
        case Field.TITLE:
            return item.title
        case Field.TEXT:
            return item.text
        case Field.URL:
            return item.url
        case Field.AUTHOR:
            return item.author
        case Field.TAG:
            return "\n".join(item.tags)
        case Field.SOURCE:
            return item.source
        case Field.SITE:
            return item.site
        case Field.LANGUAGE:
            return item.language


def _hits(places: Sequence[Place], sighting: Sighting) -> tuple[Hit, ...]:
    if len(places) > 1:
        places = sorted(dict.fromkeys(places), key=lambda p: (_FIELD_ORDER[p.field], p.start, p.end, p.label))
    return tuple(
        Hit(
            field=field,
            start=start,
            end=end,
            surface=sighting.original(field)[start:end],
            term=label,
        )
        for field, start, end, label in places
    )
