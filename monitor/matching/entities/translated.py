"""Names met as what they say: the words of a text that mean the parts of a name, standing together in any order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.core.model import Field
from monitor.matching.entities.beside import (
    AND,
    HOMES,
    is_at_home,
    is_followed_by_name,
    is_of_something_else,
    joins,
    words_in,
)
from monitor.matching.entities.concepts import Segments, follows
from monitor.matching.entities.evidence import ITSELF, NEAR, Evidence
from monitor.matching.entities.meaning import Composition, shortened
from monitor.matching.entities.numbers import number_after
from monitor.matching.entities.phrases import next_plain
from monitor.matching.entities.senses import Senses, means_something
from monitor.matching.entities.words import Word, words_of
from monitor.text.folding import Folded
from monitor.text.scripts import CASED, UNSPACED
from monitor.text.tokens import runs

_BREAK = re.compile(r"[!?;:…()\[\]{}|。！？；：，、،؛؟।\n]|[.](?:\s|\Z)")
_ABBREVIATED = re.compile(r"(?<![^\W_])[^\W\d_]{1,3}[.](?=\s)")
"""As in Ministerstwo ds. Europejskich."""
_CAPITALS = frozenset(("", "en", "id", "ms", "tr", "vi"))
"""Languages that write names of institutions with capitals throughout; elsewhere `ministerstwo zdrowia` is usual."""
_SHORT = 3
_WIDEST_GAP = 60
_PER_PART = 2 * _WIDEST_GAP
"""Characters that a part of a name takes with what stands before the next one."""
_ARTICLES = frozenset(("a", "an"))
"""Not in English names: start a new one."""
_DIGITS = re.compile(r"\d+")
_SUFFIX = re.compile(r"\A['’][^\W\d_]{1,5}(?= )")
"""Behind a name in Turkish: İtalya'nın."""
_JOINING = frozenset("的の之・·･‧=＝及和与與")


@dataclass(frozen=True, slots=True)
class _Pattern:
    number: int
    """Of the entity."""
    parts: tuple[frozenset[int], ...]
    """For each part the senses that fill it."""
    digits: str
    fillers: int
    """Words without a part that may stand between the others."""
    is_general: bool
    """Nothing in it is the name of anything."""
    territory: frozenset[int]
    """Of a name without its country: the senses of that. Else none."""
    is_one_word: bool
    is_part_of_place: bool
    homes: frozenset[str]
    """Languages in which the country goes without saying."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place of a text that means something."""

    start: int
    end: int
    segments: Segments
    is_capital: bool
    is_cased: bool


class Translated:
    """Filled first, then asked; what a word may mean is remembered, because words repeat."""

    def __init__(self) -> None:
        self._senses = Senses()
        self._patterns: dict[int, list[_Pattern]] = defaultdict(list)
        """By the sense that sets the search off: the one that the fewest patterns share."""
        self._added: list[_Pattern] = []
        self._countries: frozenset[int] = frozenset()
        self._reaches: dict[int, int] = {}
        """How far the patterns of each sense do."""

    def add(self, composition: Composition, number: int) -> None:
        parts = tuple(self._senses.of_part(part) for part in composition.parts)
        country = composition.territory
        territory = frozenset[int]() if country is None else self._senses.of_part(country)
        fillers = 2 if len(parts) > 2 else 0
        pattern = _Pattern(
            number,
            parts,
            composition.number,
            fillers,
            composition.is_general,
            territory,
            composition.is_one_word,
            composition.is_part_of_place,
            frozenset(code for of in (country.concepts if country else ()) for code in HOMES.get(of, ())),
        )
        self._added.append(pattern)
        short = shortened(composition)
        if short is not None:
            self.add(short, number)

    def settle(self) -> None:
        """After the last name was added."""
        shared: dict[int, int] = defaultdict(int)
        for pattern in self._added:
            for sense in frozenset().union(*pattern.parts):
                shared[sense] += 1
        for pattern in self._added:
            rarest = min(pattern.parts, key=lambda part: sum(shared[s] for s in part))
            reach = _PER_PART * (len(pattern.parts) - 1) + (_PER_PART + NEAR if pattern.territory else 0)
            for sense in rarest:
                self._patterns[sense].append(pattern)
                self._reaches[sense] = max(reach, self._reaches.get(sense, 0), _PER_PART)
            self._countries |= pattern.territory

    def reach(self, word: Word, language: str) -> int:
        """How many characters around a word may be of the names that it sets off, and speak for them; 0 if it sets
        off none."""
        if not self._patterns:
            return 0
        longest = 0
        for sense in frozenset[int]().union(*self._senses.of_word(word, language)):
            real = sense if sense >= 0 else self._senses.table(language).row(sense)[2]
            longest = max(longest, self._reaches.get(real, 0))
        return longest

    def may_begin(self, folded: str, language: str) -> bool:
        """No for most words in lower case for which `reach` is 0, and only for such."""
        return bool(self._patterns) and self._senses.table(language).may_begin(folded)

    def in_letters(self, folded: Folded, language: str) -> bool:
        """Whether anything may be found where no white space stands between words."""
        return bool(self._patterns) and any(self._senses.table(language).in_letters(folded.text))

    def find(
        self, field: Field, text: str, words: list[Word], folded: Folded, language: str, evidence: Evidence
    ) -> Iterator[tuple[int, int, int]]:
        """(number of the entity, start, end) in the text as given, of which `words` are those within `reach` of any
        that sets off something. What is too short to be sure goes to `evidence`."""
        if not self._patterns:
            return
        for marks in (self._marks(words, language), self._unspaced(text, folded, language)):
            for at, mark in enumerate(marks):
                for sense in set().union(*mark.segments):
                    if sense in self._countries:
                        evidence.add_country(sense, field, mark.start)
                    for pattern in self._patterns.get(sense, ()):
                        span = self._around(text, marks, at, pattern, language)
                        if span is None:
                            continue
                        if not pattern.territory or self._is_at_home(text, *span, pattern, language):
                            evidence.read_behind(pattern.number, text, span[1])
                            yield pattern.number, *span
                        elif span[1] - span[0] > 1 and not self._has_other_country(text, *span, pattern, language):
                            known = ITSELF if pattern.is_one_word else min(pattern.territory)
                            evidence.add_short(pattern.number, known, field, *span)

    def _is_at_home(self, text: str, start: int, end: int, pattern: _Pattern, language: str) -> bool:
        """Whether its country goes without saying."""
        return (
            language in pattern.homes
            and not pattern.is_one_word
            and end - start > 1
            and is_at_home(text, start, end, language)
            and not self._has_other_country(text, start, end, pattern, language)
        )

    def _has_other_country(self, text: str, start: int, end: int, pattern: _Pattern, language: str) -> bool:
        """Whether a country stands beside a name that lacks one: the French Senate."""
        near = (*words_in(text[max(0, start - 30) : start])[-2:], *words_in(text[end : end + 40])[:3])
        table = self._senses.table(language)
        return any(
            means_something(word, language, country=True)
            and pattern.territory.isdisjoint(frozenset[int]().union(*table.analyse(word)))
            for word in near
        )

    def _marks(self, words: list[Word], language: str) -> list[_Mark]:
        memo = self._senses.memo(language)
        marks: list[_Mark] = []
        for at, word in enumerate(words):
            segments = memo.get(word.text)
            if segments is None:
                segments = self._senses.of_word(word, language)
            if segments:
                marks += self._marks_at(words, at, segments, language)
        return marks

    def _marks_at(self, words: list[Word], at: int, segments: Segments, language: str) -> Iterator[_Mark]:
        """Of a word, and of several in a row that it is the first of; the latter may say something else."""
        word = words[at]
        cased = word.script in CASED
        senses = frozenset(s for s in segments[0] if s >= 0)
        for beginning in sorted(segments[0] - senses):
            rest, whole, sense = self._senses.table(language).row(beginning)
            last = _end_of(words, at, rest, whole=whole)
            if last is not None:
                yield _Mark(word.start, words[last].end, (frozenset({sense}),), word.is_capital, cased)
        if senses or len(segments) > 1:
            yield _Mark(word.start, word.end, (senses, *segments[1:]), word.is_capital, cased)

    def _unspaced(self, text: str, folded: Folded, language: str) -> list[_Mark]:
        by_place: dict[tuple[int, int], set[int]] = defaultdict(set)
        for sense, start, end in self._senses.table(language).in_letters(folded.text):
            by_place[folded.span(start, end)].add(sense)
        if not by_place:
            return []
        for word in words_of(text) if self._senses.loose else ():
            if word.script in UNSPACED:
                for sense in self._senses.loose.hear(word.text, word.script):
                    by_place[word.start, word.end].add(sense)
        return [_Mark(*place, (frozenset(by_place[place]),), True, False) for place in sorted(by_place)]

    def _around(
        self, text: str, marks: list[_Mark], at: int, pattern: _Pattern, language: str
    ) -> tuple[int, int] | None:
        reach = len(pattern.parts) * 3
        for first in range(at, max(-1, at - reach), -1):
            found = self._from(text, marks, first, pattern, language)
            if found is not None and found[-1] >= at:
                start, end = marks[found[0]].start, marks[found[-1]].end
                cased = [m for m in (marks[i] for i in found) if m.is_cased]
                if pattern.is_general and language in _CAPITALS and cased and not any(m.is_capital for m in cased):
                    continue
                if pattern.is_general and is_of_something_else(text, start, language):
                    continue
                if pattern.is_part_of_place and (AND.search(text, start, end) or is_followed_by_name(text, end)):
                    continue  # Ukraine and Eastern Europe; Ukraine's Eastern Partnership.
                if pattern.digits:
                    end_of_number = number_after(text, end, pattern.digits)
                    if end_of_number is None:
                        continue
                    end = end_of_number
                return start, end
        return None

    def _from(self, text: str, marks: list[_Mark], first: int, pattern: _Pattern, language: str) -> list[int] | None:
        """The marks, from this one on, that fill all parts with little between."""
        open_parts = _fill(marks[first].segments, pattern.parts)
        if len(open_parts) == len(pattern.parts):
            return None
        fillers = pattern.fillers
        chain = [first]
        while open_parts:
            here = marks[chain[-1]]
            for index in range(chain[-1] + 1, min(len(marks), chain[-1] + 12)):
                if marks[index].start < here.end:
                    continue
                left = _fill(marks[index].segments, open_parts)
                if len(left) < len(open_parts):
                    cost = self._between(text, here.end, marks[index].start, language)
                    if cost is None or cost > fillers:
                        return None
                    fillers -= cost
                    open_parts = left
                    chain.append(index)
                    break
            else:
                return None
        return chain

    @staticmethod
    def _between(text: str, start: int, end: int, language: str) -> int | None:
        """How many words without a part in it stand between; None: what does not belong together."""
        if end - start > _WIDEST_GAP:
            return None
        gap = text[start:end]
        if gap.startswith(".") and text[start - 1].isupper() and not text[start - 2 : start - 1].isalpha():
            gap = gap[1:]  # U.S. Senate
        gap = _SUFFIX.sub("", gap)
        if _BREAK.search(_ABBREVIATED.sub(" ", gap)):
            return None
        cost = sum(1 for _ in _DIGITS.finditer(gap))
        for begin, stop, script in runs(gap):
            word = gap[begin:stop]
            if script in UNSPACED:
                cost += sum(c not in _JOINING for c in word)
            elif stop - begin == 1 and gap[stop : stop + 1] == "." and word.isupper():
                continue  # An initial: Университет имени М. В. Ломоносова.
            elif not joins(word) or (language == "en" and word.lower() in _ARTICLES):
                if means_something(word, language):
                    return None
                cost += 1
        if "," in gap:
            cost += 1
        return cost


def _end_of(words: list[Word], at: int, rest: tuple[str, ...], *, whole: bool) -> int | None:
    """The last of the words that a stem of several goes on with."""
    last = at
    for stem in rest:
        after = next_plain(words, last)
        if after is None or not follows(stem, words[after].text, whole or len(stem) < _SHORT):
            return None
        last = after
    return last


def _fill(segments: Segments, parts: tuple[frozenset[int], ...]) -> tuple[frozenset[int], ...]:
    """The parts that stay open; each segment of a word fills one."""
    left = list(parts)
    for segment in segments:
        for index, part in enumerate(left):
            if not segment.isdisjoint(part):
                del left[index]
                break
    return tuple(left)
