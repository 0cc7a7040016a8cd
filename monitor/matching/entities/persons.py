"""Persons in texts: a family name judged by what stands around it."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, replace
from enum import Enum, auto

from monitor.matching.entities import surroundings as around
from monitor.matching.entities.lexicon import PARTICLES, context
from monitor.matching.entities.names import Name
from monitor.matching.entities.parts import Heard, Part, PartIndex
from monitor.matching.entities.people import given_of, is_given_only, is_same, is_short_for, same_initial, sex_of
from monitor.matching.entities.sounds import consonants_of
from monitor.matching.entities.words import Word, next_word, previous_word
from monitor.text.folding import fold_text
from monitor.text.scripts import CASED, UNSPACED, Script
from monitor.text.transliteration import readings

_MANY = 3
_WALK = 5
"""Words that are looked at before a family name."""


@dataclass(frozen=True, slots=True)
class Find:
    """Where an entity is named, from one word to another."""

    number: int
    first: int
    last: int
    is_sure: bool
    is_against: bool = False
    """It is somebody else's name, so that the family name alone may be theirs as well."""


@dataclass(frozen=True, slots=True)
class _Person:
    number: int
    family: str
    others: tuple[str, ...]
    """The given names, middle names and initials."""
    parts: tuple[int, ...]
    """Of the others, as numbers of the part index; -1 for an initial."""
    is_male: bool
    is_junior: bool
    stands_first: bool
    """The family name, where the name was typed and in most languages."""
    consonants: int
    """Of the family name."""
    is_partial: bool
    """Made of some of many names: nothing else of a name may follow."""
    needs_given: bool
    """The family name is also a given name, or a letter: alone it says too little."""


class _Before(Enum):
    NOTHING = auto()
    OURS = auto()
    OUR_INITIAL = auto()
    OTHERS = auto()
    """Another person's given name."""


class Persons:
    """The persons of a configuration, by their family names."""

    def __init__(self, index: PartIndex) -> None:
        self._index = index
        self._by_part: dict[int, list[_Person]] = defaultdict(list)
        self._whole: dict[int, list[int]] = defaultdict(list)
        """Family and given name written as one word."""

    def add(self, name: Name, number: int) -> None:
        family = name.words[-1]
        sex = sex_of(name.given[0]) if name.given else frozenset[str]()
        given = name.given
        if name.stands_first and len(given) == 2:
            given = (given[0] + given[1].lower(), *given)
        person = _Person(
            number=number,
            family=family,
            others=given,
            parts=tuple(self._index.add(Part(word)) if len(word) > 1 else -1 for word in given),
            is_male=sex == {"male"},
            is_junior=name.is_junior,
            stands_first=name.stands_first,
            consonants=min((consonants_of(r) for r in readings(family)), default=0),
            is_partial=False,
            needs_given=len(family) == 1 or name.stands_first or is_given_only(family),
        )
        self._by_part[self._index.add(Part(family))].append(person)
        if len(given) >= _MANY and not name.stands_first:
            # Of many names a few are used: the first and one of the others.
            for other in given[1:]:
                if len(other) > 2 and not is_given_only(other):
                    short = replace(
                        person,
                        family=other,
                        others=given[:1],
                        parts=person.parts[:1],
                        is_partial=True,
                        needs_given=True,
                    )
                    self._by_part[self._index.add(Part(other))].append(short)
        if name.stands_first:
            whole = family + "".join(name.given).lower()
            self._whole[self._index.add(Part(whole))].append(number)

    def at(
        self, text: str, words: list[Word], at: int, heard_as: tuple[Heard, ...], language: str, shouted: bool
    ) -> list[Find]:
        """Those whose family name stands here; also those that this is said not to be."""
        word = words[at]
        if not word.is_capital:
            return []
        finds = []
        for heard in heard_as:
            if word.script in _EAST and heard.near:
                finds += [Find(number, at, at, is_sure=True) for number in self._whole.get(heard.part, ())]
            for person in self._by_part.get(heard.part, ()):
                find = self._judge(text, words, at, heard, person, language, shouted)
                if find is not None:
                    finds.append(find)
        return finds

    def _judge(
        self, text: str, words: list[Word], at: int, heard: Heard, person: _Person, language: str, shouted: bool
    ) -> Find | None:
        word = words[at]
        if around.is_junior(words, at):
            return Find(person.number, at, at, is_sure=person.is_junior, is_against=not person.is_junior)
        if person.is_partial and around.name_follows(text, words, at):
            return None
        if person.is_male and around.is_wife(text, words, at, heard.inflected, language):
            return None
        first, before = self._before(text, words, at, person, language, heard.near)
        if before is _Before.OURS and around.is_enough(text, words, first, at, heard.distance):
            return Find(person.number, first, at, is_sure=True)
        last = self._after(text, words, at, person, language, heard)
        if last is not None and around.is_enough(text, words, at, last, heard.distance):
            return Find(person.number, at, last, is_sure=True)
        if not (heard.near and heard.tells):
            return None
        if before is _Before.OTHERS:
            return Find(person.number, at, at, is_sure=False, is_against=True)
        if before is _Before.OUR_INITIAL:
            return Find(person.number, first, at, is_sure=True)
        if self._is_alone(text, words, at, heard, person, language, shouted):
            is_sure = word.script not in CASED or around.has_title(text, words, at, language)
            return Find(person.number, at, at, is_sure)
        # It may still be a second mention, where the item is sure of the name already.
        return None if word.script in CASED or person.needs_given else Find(person.number, at, at, is_sure=False)

    def _is_alone(
        self, text: str, words: list[Word], at: int, heard: Heard, person: _Person, language: str, shouted: bool
    ) -> bool:
        """Whether a family name can be taken for the person's with no given name beside it."""
        word = words[at]
        titled = around.has_title(text, words, at, language)
        if person.needs_given:
            if around.fills_line(text, word.start, word.end) and person.stands_first and heard.distance == 0:
                return len(word.text) > 1
            return (
                titled
                and heard.distance == 0
                and not around.is_ruler(words, at)
                and not around.name_follows(text, words, at)
            )
        if word.script not in CASED:
            return around.stands_alone(text, words, at, heard, person.family, titled, language)
        if word.is_shouted and not shouted:
            return False
        if titled:
            return True
        return around.may_be_a_name(text, words, at, heard, person.family, person.consonants, language)

    def _before(
        self, text: str, words: list[Word], at: int, person: _Person, language: str, near: bool
    ) -> tuple[int, _Before]:
        """The first word of the name when our given name stands before it, middle names and initials between."""
        if words[at].script in UNSPACED and words[at].script is not Script.KANA:
            for index in around.windows_before(text, words, at):
                if self._is_ours(words[index], words[at], person, language, near):
                    return index, _Before.OURS
            return at, _Before.NOTHING
        here = at
        met: list[tuple[int, int]] = []
        """Words of the name before it, from the last to the first, with the numbers of the others that they are."""
        for _ in range(_WALK):
            before = previous_word(words, here)
            if before is None or not around.is_one_name(text, words[before], words[here]):
                break
            here, word = before, words[before]
            if fold_text(word.text) in PARTICLES:
                continue
            if not word.is_capital or fold_text(word.text) in context("title"):
                break
            which = self._which(text, word, words[at], person, language, near)
            if which == _NOT_OURS and word.script not in CASED and (met or given_of(word.text, word.script, language)):
                if around.is_given(word, words[at], language):
                    met.append((before, which))
                break
            met.append((before, which))
        ours = [i for i, (_, which) in enumerate(met) if which >= 0]
        full = [i for i in ours if not around.is_initial(text, words[met[i][0]])]
        if full:
            between = met[: full[-1] + 1]
            if _is_contradicted(between, person) or self._is_longer(met, full[-1], words, person, language):
                return at, _Before.OTHERS
            return met[full[-1]][0], _Before.OURS
        if ours:
            return met[ours[-1]][0], _Before.OUR_INITIAL
        others = any(
            around.is_initial(text, words[i]) or around.is_given(words[i], words[at], language) for i, _ in met
        )
        return at, _Before.OTHERS if others else _Before.NOTHING

    def _which(self, text: str, word: Word, family: Word, person: _Person, language: str, near: bool) -> int:
        """The number of the other name that a word is, or initial of; negative for none."""
        if around.is_initial(text, word):
            return next((i for i, o in enumerate(person.others) if same_initial(o, word.text)), _NOT_OURS)
        return self._ours(word, family, person, language, near)

    @staticmethod
    def _is_longer(met: list[tuple[int, int]], first: int, words: list[Word], person: _Person, language: str) -> bool:
        """Geoffrey Boris Johnson: our second name follows the given name of another."""
        if met[first][1] == 0 or first + 1 >= len(met):
            return False
        word = words[met[first + 1][0]]
        return word.script in CASED and given_of(word.text, word.script, language) is not None

    def _after(self, text: str, words: list[Word], at: int, person: _Person, language: str, heard: Heard) -> int | None:
        """The last word of the name when our given names stand behind it."""
        after = next_word(words, at)
        if after is None or not around.is_one_name(text, words[at], words[after], comma=True):
            return None
        comma = "," in text[words[at].end : words[after].start]
        if not (comma or person.stands_first or words[at].script not in CASED or language == "hu"):
            if is_given_only(person.family) or not heard.near:
                return None
        if not self._is_ours(words[after], words[at], person, language, heard.near):
            return None
        if person.stands_first and len(person.others) > 1:
            # Of Kim Jong Un all is wanted; the first of the others is both in one.
            if not any(h.part == person.parts[0] for h in self._hear(words[after], language)):
                last = next_word(words, after)
                if last is None or not any(h.part == person.parts[-1] for h in self._hear(words[last], language)):
                    return None
                return last
        return after

    def _hear(self, word: Word, language: str) -> tuple[Heard, ...]:
        if word.heard is None:
            word.heard = self._index.hear(word.text, word.script, language)
        return word.heard

    def _is_ours(self, word: Word, family: Word, person: _Person, language: str, near: bool) -> bool:
        return self._ours(word, family, person, language, near) >= 0

    def _ours(self, word: Word, family: Word, person: _Person, language: str, near: bool) -> int:
        """The number of the other name that a word beside the family name is; one of the two may be far off."""
        if not person.others or (word.script in CASED and not word.text[0].isupper()):
            return _NOT_OURS
        heard = {h.part: h for h in self._hear(word, language) if h.near or near}
        if word.script not in CASED:
            if around.is_function_word(word, language) or around.is_function_word(family, language):
                return _NOT_OURS
            if word.script in around.DENSE:
                heard = {n: h for n, h in heard.items() if h.near and near}
        candidates = [(i, o) for i, o in enumerate(person.others) if len(o) > 1]
        found = next((i for i, o in candidates if is_same(o, word.text, word.script, language)), _NOT_OURS)
        if found == _NOT_OURS:
            found = next(
                (
                    i
                    for i, o in candidates
                    if person.parts[i] in heard
                    and (
                        heard[person.parts[i]].distance <= _AS_GOOD_AS_OURS
                        or is_same(o, word.text, word.script, language) is not False
                    )
                ),
                _NOT_OURS,
            )
        if found == _NOT_OURS and word.script in CASED and near:
            found = next(
                (
                    i
                    for i, o in candidates
                    if is_same(o, word.text, word.script, language) is None and is_short_for(o, word.text)
                ),
                _NOT_OURS,
            )
        return found

    def is_somebody_else(self, text: str, words: list[Word], at: int, language: str) -> bool:
        """Whether a single name is another person's given name: Israel Adesanya."""
        word, after = words[at], next_word(words, at)
        return (
            after is not None
            and word.script in CASED
            and text[word.end : words[after].start] == " "
            and words[after].is_capital
            and not words[after].is_shouted
            and (given := given_of(word.text, word.script, language)) is not None
            and given.is_listed
        )


def _is_contradicted(between: list[tuple[int, int]], person: _Person) -> bool:
    """Whether one of our middle names is replaced by another, or they stand in another order."""
    numbers = [which for _, which in reversed(between)]
    ours = [n for n in numbers if n >= 0]
    if any(a > b for a, b in itertools.pairwise(ours)):
        return True
    return _NOT_OURS in numbers and len(ours) < len(person.others)


_NOT_OURS = -1
_AS_GOOD_AS_OURS = 0.15
"""Cases of a name may be names themselves: Angelo, of Angela."""
_EAST = frozenset({Script.HANGUL, Script.HAN, Script.KANA})
