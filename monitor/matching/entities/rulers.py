"""Popes and rulers: a given name, in the form that it has in each language, beside an office or a number."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from monitor.matching.entities import surroundings as around
from monitor.matching.entities.lexicon import context
from monitor.matching.entities.names import Name
from monitor.matching.entities.parts import PREFIXES, Heard, Part, PartIndex
from monitor.matching.entities.persons import Find
from monitor.matching.entities.regnal import national_forms, ordinal_of
from monitor.matching.entities.words import Word, next_word, previous_word
from monitor.text.folding import fold_text
from monitor.text.scripts import CASED, UNSPACED, script_of

_NEAR = 0.2
_AWAY = 3
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

    def at(self, text: str, words: list[Word], at: int, heard_as: tuple[Heard, ...], language: str) -> list[Find]:
        word = words[at]
        if not word.is_capital:
            return []
        seen: dict[int, _Ruler] = {}
        for heard in heard_as:
            if heard.near and heard.distance <= _NEAR:
                seen |= {ruler.number: ruler for ruler in self._by_part.get(heard.part, ())}
        return [f for ruler in seen.values() if (f := _judge(text, words, at, ruler, language)) is not None]


def _judge(text: str, words: list[Word], at: int, ruler: _Ruler, language: str) -> Find | None:
    ordinal, last = _ordinal_behind(text, words, at)
    if ruler.ordinal and ordinal and ordinal != ruler.ordinal:
        return None
    officed = _has_office(text, words, at, last, ruler.office)
    if officed or (ruler.ordinal and ordinal):
        return Find(ruler.number, at, last, is_sure=True)
    if ruler.ordinal or ordinal or ruler.office != "pope" or words[at].script not in CASED:
        return None
    before, after = previous_word(words, at), next_word(words, at)
    if before is not None and text[words[before].end : words[at].start] in (" ", ". "):
        title = fold_text(words[before].text)
        if title in context("saint") or title in context("king") or around.is_given(words[before], words[at], language):
            return None
    if after is not None and text[words[at].end : words[after].start] in (" ", "-"):
        if words[after].is_capital or fold_text(words[after].text) in context("of"):
            return None
    return Find(ruler.number, at, at, is_sure=False)


def _ordinal_behind(text: str, words: list[Word], at: int) -> tuple[int, int]:
    """The number behind the name, and its last word."""
    after = next_word(words, at)
    if after is not None and len(text[words[at].end : words[after].start]) <= 1:
        ordinal = ordinal_of(words[after].text)
        if ordinal and (
            words[after].text.isupper() or words[after].text[0].isupper() or words[after].script not in CASED
        ):
            return ordinal, after
    digits = _NUMBER.match(text, words[at].end)
    if digits is None:
        return 0, at
    return (int(digits[1]) if digits[1] else ordinal_of(digits[2])), at


def _has_office(text: str, words: list[Word], at: int, last: int, office: str) -> bool:
    kinds = (office,) if office else ("pope", "king")
    titles = frozenset[str]().union(*(context(kind) for kind in kinds))
    here = at
    for _ in range(_AWAY - 1):
        before = previous_word(words, here)
        if before is None or not _TOGETHER.match(text, words[before].end, words[here].start):
            break
        if _is_title(words[before], titles):
            return True
        here = before
    here = last
    for _ in range(_AWAY - 1):
        after = next_word(words, here)
        if after is None or not _TOGETHER.match(text, words[here].end, words[after].start):
            break
        if _is_title(words[after], titles):
            return True
        here = after
    return False


def _is_title(word: Word, titles: frozenset[str]) -> bool:
    folded = fold_text(word.text)
    return folded in titles or any(
        folded.startswith(p) and folded[len(p) :] in titles for p in PREFIXES.get(word.script, ())
    )
