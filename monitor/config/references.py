"""Checks that go across the file: names that must exist, ids that must be unique, queries that must be understood.

Works on the data as it stands, so that a mistake elsewhere hides none of these.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from functools import cache
from typing import Any

from monitor.config.circles import Chains
from monitor.config.document import Path
from monitor.config.expand import Expanded, Unset
from monitor.config.flaws import Flaw, Suggester, is_word
from monitor.config.values.words import ID
from monitor.core.errors import QueryError
from monitor.matching import MAX_REFERENCES, Query, parse_member, parse_query, unbounded

CONSOLE = "console"
"""The channel that is there without being configured."""


@cache
def source_kinds() -> tuple[str, ...]:
    from monitor.sources import KINDS  # noqa: PLC0415 - brings every parser along, which matching alone does without

    return tuple(KINDS)


class References:
    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        sections: Set[str],
        suggest: Suggester,
        kinds: Container[str],
        checked: Container[str] = (),
    ) -> None:
        """`checked`: the lists whose terms need no look."""
        self._data = data
        self._sections = sections
        self._suggest = suggest
        self._checked = checked
        self._console = CONSOLE in kinds
        self._flaws: list[Flaw] = []
        self._entities = _mapping(data.get("entities"))
        self._lists = _mapping(data.get("lists"))

    def check(self) -> list[Flaw]:
        sources, rules = list(_entries(self._data.get("sources"))), list(_entries(self._data.get("rules")))
        self._unique("sources", "source", sources)
        self._unique("rules", "rule", rules)
        self._kinds_of(sources)
        self._channels(rules)
        self._sources(sources, rules)
        self._queries(rules)
        return self._flaws

    def _unique(self, section: str, noun: str, entries: list[tuple[int, Mapping[str, Any]]]) -> None:
        first: dict[str, int] = {}
        for index, entry in entries:
            name = entry.get("id")
            if not isinstance(name, str) or isinstance(name, Unset):
                continue
            if name in first:
                what = f"the id {_shown(name)} is taken by {noun} number {first[name] + 1}"
                self._flaws.append(Flaw((section, index, "id"), what, "give each its own"))
            else:
                first[name] = index

    def _kinds_of(self, sources: list[tuple[int, Mapping[str, Any]]]) -> None:
        for index, source in sources:
            for place, kind in _texts(("sources", index, "kind"), source.get("kind")):
                if kind not in source_kinds():
                    self._unknown(place, "kind of source", kind, source_kinds())

    def _channels(self, rules: list[tuple[int, Mapping[str, Any]]]) -> None:
        if "channels" not in self._sections:
            return
        known = list(_mapping(self._data.get("channels")))
        if self._console and CONSOLE not in known:
            known.append(CONSOLE)
        for section in ("defaults", "operator"):
            self._known((section, "to"), _mapping(self._data.get(section)).get("to"), "channel", known)
        for index, rule in rules:
            self._known(("rules", index, "to"), rule.get("to"), "channel", known)

    def _sources(
        self, sources: list[tuple[int, Mapping[str, Any]]], rules: list[tuple[int, Mapping[str, Any]]]
    ) -> None:
        if "sources" not in self._sections or (not sources and "channels" not in self._sections):
            return
        ids = [str(source["id"]) for _, source in sources if isinstance(source.get("id"), str | int)]
        tags = sorted({tag for _, source in sources for _, tag in _texts((), source.get("tags"))})
        for index, rule in rules:
            self._known(("rules", index, "sources"), rule.get("sources"), "source", ids)
            self._known(("rules", index, "tags"), rule.get("tags"), "tag", tags)

    def _known(self, path: Path, given: object, noun: str, known: Iterable[str]) -> None:
        for place, name in _texts(path, given):
            if name not in known and (noun == "tag" or re.fullmatch(ID, name)):
                self._unknown(place, noun, name, known)

    def _unknown(
        self, path: Path, noun: str, name: str, known: Iterable[str], offset: int | None = None, more: str = ""
    ) -> None:
        shown = _shown(name)
        remedy = self._suggest.remedy(name, known, known="known:") or f"this file has no {noun} at all"
        self._flaws.append(Flaw(path, f"unknown {noun} {shown}{more}", remedy, offset=offset))

    # --- queries ---------------------------------------------------------------------------------------------

    def _queries(self, rules: list[tuple[int, Mapping[str, Any]]]) -> None:
        ids = [str(rule["id"]) for _, rule in rules if isinstance(rule.get("id"), str | int)]
        references: dict[str, list[tuple[str, Flaw]]] = {}
        for index, rule in rules:
            looks = narrows = False
            named: list[tuple[str, Flaw]] = []
            for part in ("match", "any", "all", "none"):
                given = rule.get(part)
                if part == "match" and not isinstance(given, str):
                    continue
                for place, text in _texts(("rules", index, part), given):
                    query = self._query(place, text, ids, is_part=part == "all")
                    if query is None:
                        looks = True  # what is wrong has been said
                        continue
                    named += [(name, _at(place, text, position)) for name, position in query.rules]
                    if part == "all" and unbounded(query.root) is not None:
                        narrows = True
                    elif part != "none":
                        looks = True
            if narrows and not looks:
                place, text = next(_texts(("rules", index, "all"), rule.get("all")))
                remedy = "say what to look for with match:, any: or another of all:"
                self._flaws.append(
                    replace(_at(place, text, 0), what="the rule only says what narrows it", remedy=remedy)
                )
            if isinstance(rule.get("id"), str | int):
                references.setdefault(str(rule["id"]), named)
        self._chains(references)
        for name, terms in self._lists.items():
            if name not in self._checked:
                self._members(("lists", name), terms)
        for name, entity in self._entities.items():
            for part in ("not", "context"):
                self._members(("entities", name, part), _mapping(entity).get(part))

    def _members(self, path: Path, terms: object) -> None:
        for place, term in _texts(path, terms):
            try:
                parse_member(term)
            except QueryError as error:
                self._not_understood(place, term, error)

    def _chains(self, references: Mapping[str, list[tuple[str, Flaw]]]) -> None:
        chains = Chains(references)
        for place, circle in chains.circles:
            shown = " → ".join(map(_shown, circle))
            what = f"this rule refers to itself: {shown}"
            self._flaws.append(replace(place, what=what, remedy="take one of these references out"))
        if not chains.circles:
            for place in chains.too_long(MAX_REFERENCES):
                what = f"rules refer to each other more than {MAX_REFERENCES} deep"
                self._flaws.append(replace(place, what=what, remedy="write part of it out"))

    def _query(self, path: Path, text: str, rules: list[str], *, is_part: bool) -> Query | None:
        try:
            query = parse_query(text, is_part=is_part)
        except QueryError as error:
            self._not_understood(path, text, error, _position(error.position))
            return None
        uses: tuple[tuple[str, tuple[tuple[str, int], ...], Iterable[str]], ...] = (
            ("entity", query.entities, self._entities),
            ("list", query.lists, self._lists),
            ("rule", query.rules, rules),
        )
        for noun, named, known in uses:
            for name, position in named:
                if name not in known:
                    end = position + len(f"{noun}:{name}")
                    hidden = isinstance(text, Expanded) and not text.is_written_out(position, end)
                    self._unknown(
                        path,
                        noun,
                        Expanded([(name, 0, False)]) if hidden else name,
                        known,
                        _written(text, position),
                        _position(position),
                    )
        return query

    def _not_understood(self, path: Path, text: str, error: QueryError, more: str = "") -> None:
        what, remedy = error.what, error.remedy
        if isinstance(text, Expanded):  # the words of the error may repeat parts of the query
            what, remedy = (
                "with what the environment gives, this is not understood",
                "try it with the value written out",
            )
        self._flaws.append(Flaw(path, what + more, remedy, offset=_written(text, error.position)))


def _position(position: int) -> str:
    return f" (position {position + 1} of the query)"


def _at(path: Path, text: str, position: int) -> Flaw:
    """A flaw at a place of a query; what it is comes later."""
    return Flaw(path, "", offset=_written(text, position))


def _written(text: str, position: int) -> int:
    return text.written(position) if isinstance(text, Expanded) else position


def _shown(name: str) -> str:
    return f"'{name}'" if is_word(name) and not isinstance(name, Expanded) else "(not repeated here)"


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _entries(value: object) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for index, entry in enumerate(value if isinstance(value, list) else ()):
        if isinstance(entry, dict):
            yield index, entry


def _texts(path: Path, value: object) -> Iterator[tuple[Path, str]]:
    """The texts of a value that may be one or a list of them."""
    if isinstance(value, str):
        if value.strip() and not isinstance(value, Unset):
            yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str) and item.strip() and not isinstance(item, Unset):
                yield (*path, index), item
