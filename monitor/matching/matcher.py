"""All rules, compiled: one pass over an item finds the terms of all rules; only rules whose terms occur are judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.core.model import Field, Hit, Item, ListId, Match
from monitor.core.settings import EntitySettings, RuleSettings, SourceSettings
from monitor.matching.automaton import Automaton
from monitor.matching.compiler import CompiledRule, Compiler
from monitor.matching.conditions import Conditions
from monitor.matching.entities import EntityFinder
from monitor.matching.evaluation import Place, Sighting, evaluate
from monitor.matching.terms import Pattern
from monitor.text.folding import Folded, fold
from monitor.text.tokens import is_word_end, is_word_start

_FIELD_ORDER = {field: order for order, field in enumerate(Field)}
_ENTITY_FIELDS = (Field.TITLE, Field.TEXT, Field.AUTHOR, Field.TAG)


class Terms:
    """The automaton over all literals, and which terms each stands for."""

    def __init__(self, patterns: Sequence[tuple[Pattern, int]]) -> None:
        literals: dict[str, int] = {}
        self._plain: list[list[int]] = []
        self._special: list[list[tuple[Pattern, int]]] = []
        for pattern, number in patterns:
            index = literals.setdefault(pattern.literal, len(literals))
            if index == len(self._plain):
                self._plain.append([])
                self._special.append([])
            if pattern.open_end or pattern.exact or pattern.whole or pattern.shape is not None:
                self._special[index].append((pattern, number))
            else:
                self._plain[index].append(number)
        self._automaton = Automaton(list(literals))

    def scan(self, field: Field, folded: Folded, seen: dict[int, list[tuple[Field, int, int]]]) -> None:
        """Adds what occurs in the text to `seen`, in places of the folded text."""
        text = folded.text
        for index, start, end in self._automaton.find(text):
            plain = self._plain[index]
            if plain and is_word_start(text, start) and is_word_end(text, end):
                for number in plain:
                    seen.setdefault(number, []).append((field, start, end))
            for pattern, number in self._special[index]:
                span = pattern.locate(folded, start, end)
                if span is not None:
                    found = seen.setdefault(number, [])
                    if (field, *span) not in found[-4:]:
                        found.append((field, *span))


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

    def match(self, item: Item) -> tuple[Match, ...]:
        texts = {field: fold(text) for field in self._fields if (text := _field_text(item, field))}
        seen: dict[int, list[tuple[Field, int, int]]] = {}
        for field, folded in texts.items():
            self._terms.scan(field, folded, seen)
        named: Mapping[int, list[tuple[Field, int, int]]] = {}
        if self._finder is not None:
            named = self._finder.find({f: t for f, t in texts.items() if f in _ENTITY_FIELDS}, item.language)
            named = self._conditions.hold(named, texts) if named else named
        candidates = set(self._always)
        for number in (*seen, *named):
            candidates.update(self._triggers.get(number, ()))
        if not candidates:
            return ()
        sighting = Sighting(texts, seen, named)
        found: list[Match] = []
        for index in sorted(candidates):
            rule = self._rules[index]
            if not _concerns(rule, item):
                continue
            places = evaluate(rule.tree, sighting)
            if places is not None:
                found.append(Match(rule=rule.id, hits=_hits(places, sighting)))
        return tuple(found)


def compile_rules(
    rules: Sequence[RuleSettings],
    entities: Sequence[EntitySettings],
    lists: Mapping[ListId, tuple[str, ...]],
    sources: Sequence[SourceSettings] = (),
) -> RuleMatcher:
    """Raises `QueryError` for a rule that cannot be understood; configurations are checked one by one before.

    A rule without a field searches title and text. `languages` compares primary subtags ("pt" takes "pt-br"); an item
    whose language is not known passes it, since nothing speaks against it.
    """
    compiler = Compiler(lists, [e.id for e in entities])
    for rule in rules:
        compiler.add(rule, sources)
    return RuleMatcher(compiler, entities)


def _concerns(rule: CompiledRule, item: Item) -> bool:
    if rule.sources is not None and item.source not in rule.sources:
        return False
    if not rule.languages or not item.language:
        return True
    return item.language.lower().replace("_", "-").split("-")[0] in rule.languages


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


def _hits(places: list[Place], sighting: Sighting) -> tuple[Hit, ...]:
    ordered = sorted(dict.fromkeys(places), key=lambda p: (_FIELD_ORDER[p.field], p.start, p.end, p.label))
    return tuple(
        Hit(
            field=p.field,
            start=p.start,
            end=p.end,
            surface=sighting.original(p.field)[p.start : p.end],
            term=p.label,
        )
        for p in ordered
    )
