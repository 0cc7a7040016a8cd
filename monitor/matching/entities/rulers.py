"""Popes and rulers: a given name, in the form that it has in each language, beside an office or a number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.matching.entities.lexicon import context
from monitor.matching.entities.names import Name
from monitor.matching.entities.parts import Heard, Part, PartIndex
from monitor.matching.entities.persons import Find
from monitor.matching.entities.place import Place, is_among
from monitor.matching.entities.regnal import national_forms, ordinal_of
from monitor.matching.entities.words import next_word, previous_word
from monitor.text.scripts import CASED, UNSPACED, script_of

_NEAR = 0.2
_AWAY = 2
"""Words from the name in which its office is looked for."""
_NUMBER = re.compile(r" ?(\d{1,2})(?:\.|세|世|-й|-го|º)?|([一二三四五六七八九十]{1,3})世")
_TOGETHER = re.compile(r"[\s,\-'’\"־]{0,3}\Z")


@dataclass(frozen=True, slots=True)
class _Ruler:
    number: int
    office: str
    """"pope" or "king"; "" for one that is known by the ordinal alone."""
    ordinal: int
    """0 for none."""


class Rulers:
    """The popes and rulers of a configuration."""

    def __init__(self, index: PartIndex) -> None:
        self._index = index
        self._by_part: dict[int, list[_Ruler]] = defaultdict(list)

    def add(self, name: Name, number: int) -> None:
        ruler = _Ruler(number, name.office, name.ordinal)
        for form in national_forms(name.words[0]):
            if script_of(form[0]) not in UNSPACED:
                self._by_part[self._index.add(Part(form))].append(ruler)

    @property
    def beginnings(self) -> Iterator[int]:
        """The parts that `at` finds something at."""
        yield from self._by_part

    def at(self, here: Place, heard_as: tuple[Heard, ...]) -> list[Find]:
        if not here.word.is_capital:
            return []
        seen: dict[int, _Ruler] = {}
        for heard in heard_as:
            if heard.near and heard.distance <= _NEAR:
                seen |= {ruler.number: ruler for ruler in self._by_part.get(heard.part, ())}
        return [find for ruler in seen.values() if (find := _judge(here, ruler)) is not None]


def _judge(here: Place, ruler: _Ruler) -> Find | None:
    ordinal, last = _ordinal_behind(here)
    if ruler.ordinal and ordinal and ordinal != ruler.ordinal:
        return None
    if (ruler.ordinal and ordinal) or _has_office(here, last, ruler.office):
        return Find(ruler.number, here.at, last, is_sure=True)
    if ruler.ordinal or ordinal or ruler.office != "pope" or not here.is_cased or _is_of_another(here):
        return None
    return Find(ruler.number, here.at, here.at, is_sure=False)


def _is_of_another(here: Place) -> bool:
    """A saint's, a king's, or the name of somebody with a family name."""
    words, before = here.words, previous_word(here.words, here.at)
    if before is not None and here.text[words[before].end : here.word.start] in (" ", ". "):
        title = words[before].folded
        if title in context("saint") or title in context("king") or here.given(before):
            return True
    return (
        here.after is not None
        and here.gap_behind in (" ", "-")
        and (words[here.after].is_capital or words[here.after].folded in context("of"))
    )


def _ordinal_behind(here: Place) -> tuple[int, int]:
    """The number behind the name, and its last word."""
    if here.after is not None and len(here.gap_behind) <= 1:
        after = here.words[here.after]
        ordinal = ordinal_of(after.text)
        if ordinal and (after.script not in CASED or after.text[0].isupper()):
            return ordinal, here.after
    digits = _NUMBER.match(here.text, here.word.end)
    if digits is None:
        return 0, here.at
    return (int(digits[1]) if digits[1] else ordinal_of(digits[2])), here.at


def _has_office(here: Place, last: int, office: str) -> bool:
    """Whether the office stands a few words before or behind."""
    titles = context(office) if office else context("pope") | context("king")
    for step, index in ((previous_word, here.at), (next_word, last)):
        at = index
        for _ in range(_AWAY):
            beside = step(here.words, at)
            if beside is None or not _TOGETHER.match(here.text, *_between(here, at, beside)):
                break
            if is_among(here.words[beside], titles):
                return True
            at = beside
    return False


def _between(here: Place, a: int, b: int) -> tuple[int, int]:
    first, second = sorted((here.words[a], here.words[b]), key=lambda w: w.start)
    return first.end, second.start
