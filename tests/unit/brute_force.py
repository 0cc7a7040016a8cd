"""Rules against items by reading: every rule, every term, every place of every text. Slow, simple, and knows nothing of
how it is done elsewhere; what is a letter, a word, a sentence, and how text folds is taken from `monitor.text`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import re2

from monitor.core.model import Field, Item, ListId, RuleId
from monitor.core.settings import RuleSettings
from monitor.matching import parse_member, rule_node
from monitor.matching.query import (
    And,
    AtLeast,
    In,
    ListRef,
    Near,
    Node,
    Not,
    Or,
    Published,
    Regex,
    RuleRef,
    Term,
    Within,
)
from monitor.text.folding import fold, fold_text
from monitor.text.scripts import UNSPACED, script_of
from monitor.text.sentences import sentences
from monitor.text.tokens import is_word_char, is_word_end, is_word_start, spans

Place = tuple[Field, int, int]


def matching_rules(
    rules: list[RuleSettings], lists: Mapping[ListId, tuple[str, ...]], given: Item
) -> dict[RuleId, set[Place]]:
    """Each rule that matches, with the places that it may name."""
    reader = Reader(given, {rule.id: rule for rule in rules}, lists)
    return {rule.id: reader.places(rule_node(rule), None) for rule in rules if reader.matches(rule)}


@dataclass(frozen=True)
class Window:
    field: Field
    start: int
    end: int


@dataclass(frozen=True)
class Reader:
    item: Item
    rules: Mapping[RuleId, RuleSettings]
    lists: Mapping[ListId, tuple[str, ...]]

    def matches(self, rule: RuleSettings) -> bool:
        if rule.languages and self.item.language and self.item.language not in rule.languages:
            return False
        if rule.sources and self.item.source not in rule.sources:
            return False
        return self.holds(rule_node(rule), None)

    def holds(self, node: Node, window: Window | Field | None) -> bool:
        match node:
            case And(parts=parts):
                return all(self.holds(part, window) for part in parts)
            case Or(parts=parts):
                return any(self.holds(part, window) for part in parts)
            case Not(part=part):
                return not self.holds(part, window)
            case In(field=field, part=part):
                return self.holds(part, field)
            case Published(sign=sign, when=when):
                return self._is_published(sign, when)
            case RuleRef(id=name):
                return self.matches(self.rules[name])
            case AtLeast(count=count, part=part):
                return self.holds(part, window) and len(self.places(part, window)) >= count
            case Within(part=part, paragraph=paragraph):
                return any(self.holds(part, unit) for unit in self._units(window, paragraph))
            case Near():
                return bool(self.places(node, window))
            case _:
                return bool(self.places(node, window))

    def places(self, node: Node, window: Window | Field | None) -> set[Place]:
        """Where its terms stand; what is denied has no places."""
        match node:
            case And(parts=parts):
                return {p for part in parts for p in self.places(part, window)}
            case Or(parts=parts):
                return {p for part in parts if self.holds(part, window) for p in self.places(part, window)}
            case Not() | Published():
                return set()
            case In(field=field, part=part):
                return self.places(part, field)
            case RuleRef(id=name):
                return self.places(rule_node(self.rules[name]), None)
            case AtLeast(part=part):
                return self.places(part, window)
            case Within(part=part, paragraph=paragraph):
                units = [unit for unit in self._units(window, paragraph) if self.holds(part, unit)]
                return {p for unit in units for p in self.places(part, unit)}
            case Near():
                return self._near(node, window)
            case ListRef(id=name):
                members = [parse_member(text) for text in self.lists[name]]
                return {p for member in members for p in self.places(member, window)}
            case Term() | Regex():
                found = {(f, *span) for f in self._fields(window) for span in _spans(node, self._text(f), f)}
                if isinstance(window, Window):
                    found = {p for p in found if window.start <= p[1] and p[2] <= window.end}
                return found
            case _:
                raise AssertionError(node)

    def _near(self, near: Near, window: Window | Field | None) -> set[Place]:
        found: set[Place] = set()
        for a in self.places(near.left, window):
            for b in self.places(near.right, window):
                if a[0] is not b[0]:
                    continue
                words = list(spans(self._text(a[0])))
                mine = [i for i, (start, end) in enumerate(words) if start < a[2] and end > a[1]]
                theirs = [i for i, (start, end) in enumerate(words) if start < b[2] and end > b[1]]
                gaps = [min(theirs) - max(mine) - 1] + ([] if near.ordered else [min(mine) - max(theirs) - 1])
                if any(0 <= gap <= near.distance for gap in gaps):
                    found |= {a, b}
        return found

    def _units(self, window: Window | Field | None, paragraph: bool) -> list[Window]:
        assert not isinstance(window, Window)
        units: list[Window] = []
        for field in self._fields(window):
            text = self._text(field)
            cut = [m.span() for m in re.finditer(r"[^\n\u2029]+", text)] if paragraph else sentences(text)
            units += [Window(field, start, end) for start, end in cut]
        return units

    def _fields(self, window: Window | Field | None) -> list[Field]:
        match window:
            case None:
                return [Field.TITLE, Field.TEXT]
            case Window(field=field):
                return [field]
            case field:
                return [field]

    def _text(self, field: Field) -> str:
        return "\n".join(self.item.tags) if field is Field.TAG else getattr(self.item, field.value)

    def _is_published(self, sign: str, when: str) -> bool:
        """For days and whole days of age, which is all that the tests make."""
        published = self.item.published or self.item.taken_in
        if when.endswith("d"):
            age, bound = self.item.taken_in - published, timedelta(days=int(when[:-1]))
            return {"<": age < bound, "<=": age <= bound, ">": age > bound, ">=": age >= bound}[sign]
        day, given = datetime.fromisoformat(when).date(), published.astimezone(UTC).date()
        held = {"<": given < day, "<=": given <= day, ">": given > day, ">=": given >= day, "": given == day}
        return held[sign]


def _spans(node: Term | Regex, text: str, field: Field) -> set[tuple[int, int]]:
    """In the text as given."""
    if isinstance(node, Regex):
        return {m.span() for m in re2.finditer(node.pattern, text) if m.span()[0] < m.span()[1]}
    folded = fold(text)
    if field is Field.SOURCE:
        return {(0, len(text))} if text and fold_text(node.text) == folded.text else set()
    found = {folded.span(start, end) for start, end in _folded_spans(node, folded.text)}
    if node.is_exact:
        found = {(start, end) for start, end in found if text[start:end] == node.text}
    return {span for span in found if field is not Field.TAG or "\n" not in text[slice(*span)]}


def _folded_spans(term: Term, text: str) -> set[tuple[int, int]]:
    starts = [at for at in range(len(text)) if is_word_start(text, at)]
    has_wildcard = not term.is_exact and any(sign in term.text for sign in "*?")
    if not has_wildcard:
        literal = fold_text(term.text)
        here = {(at, at + len(literal)) for at in starts if text.startswith(literal, at)}
        return {(start, end) for start, end in here if is_word_end(text, end)}
    if term.text.endswith("*") and not any(sign in term.text[:-1] for sign in "*?"):
        literal = fold_text(term.text[:-1])
        return {(at, _open_end(text, at + len(literal))) for at in starts if text.startswith(literal, at)}
    letters = re.escape("".join({c for c in text if is_word_char(c)}))
    letter = f"[{letters}]" if letters else "(?!)"
    pieces = [f"{letter}{{0,40}}" if c == "*" else letter if c == "?" else re.escape(fold_text(c)) for c in term.text]
    shape = re.compile("".join(pieces))
    found = set()
    for start in starts:
        ends = [e for e in range(start + 1, len(text) + 1) if is_word_end(text, e) and shape.fullmatch(text, start, e)]
        if ends:
            found.add((start, max(ends)))
    return found


def _open_end(text: str, end: int) -> int:
    if script_of(text[end - 1]) in UNSPACED:
        return end
    while end < len(text) and is_word_char(text[end]) and script_of(text[end]) not in UNSPACED:
        end += 1
    return end
