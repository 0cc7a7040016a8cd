"""Persons in texts: a family name judged by what stands around it."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from monitor.matching.entities import likely
from monitor.matching.entities.lexicon import context
from monitor.matching.entities.names import Name
from monitor.matching.entities.parts import Heard, Part, PartIndex
from monitor.matching.entities.people import (
    firsts_of,
    given_of,
    groups_of,
    is_given_only,
    is_in_lexicon,
    is_same,
    is_short_for,
    same_initial,
    sex_of,
)
from monitor.matching.entities.place import Beside, Place
from monitor.matching.entities.sounds import consonants_of
from monitor.matching.entities.words import Word, next_word
from monitor.text.folding import fold_text
from monitor.text.scripts import CASED, Script
from monitor.text.transliteration import readings

_TELLING = 3
"""Consonants of a family name beside which a given name may be a word of the language."""
_MANY = 3
_NOT_OURS = -1
_AS_GOOD_AS_OURS = 0.15
"""Cases of a name may be names themselves: Angelo, of Angela."""
_JOINING = frozenset({Script.HANGUL, Script.HAN, Script.KANA})
"""Scripts that write the names of their own languages as one word."""


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
    groups: frozenset[int]
    """Of their national forms."""
    names: frozenset[str]
    """The given names, folded; those that the lexicon has."""
    firsts: frozenset[str]
    """What the given names begin with, see `firsts_of`."""
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
    is_like_given: bool
    """The family name is also a given name."""


class _Before(Enum):
    NOTHING = auto()
    OURS = auto()
    OUR_INITIAL = auto()
    OTHERS = auto()
    """Another person's given name."""
    LIKELY_OTHERS = auto()
    """What looks like one: a word with a capital inside a sentence, and nothing known."""


class Persons:
    """The persons of a configuration, by their family names."""

    def __init__(self, index: PartIndex) -> None:
        self._index = index
        self._by_part: dict[int, list[_Person]] = defaultdict(list)
        self._whole: dict[int, list[int]] = defaultdict(list)
        """Family and given name written as one word."""

    def add(self, name: Name, number: int) -> None:
        family, given = name.words[-1], name.given
        if name.stands_first:
            self._whole[self._index.add(Part(family + "".join(given).lower()))].append(number)
            if len(given) > 1:
                given = ("".join(given).capitalize(), *given)
        person = _Person(
            number=number,
            family=family,
            others=given,
            parts=tuple(self._index.add(Part(word)) if len(word) > 1 else -1 for word in given),
            groups=frozenset[int]().union(*(groups_of(word) for word in given)),
            names=frozenset(fold_text(word) for word in given if is_in_lexicon(word)),
            firsts=frozenset(first for word in given for first in firsts_of(word)),
            is_male=bool(given) and sex_of(given[0]) == {"male"},
            is_junior=name.is_junior,
            stands_first=name.stands_first,
            consonants=min((consonants_of(r) for r in readings(family)), default=0),
            is_partial=False,
            needs_given=len(family) == 1 or name.stands_first or is_given_only(family),
            is_like_given=is_given_only(family),
        )
        self._by_part[self._index.add(Part(family))].append(person)
        if len(given) >= _MANY and not name.stands_first:
            # Of many names a few are used: the first and one of the others.
            first = replace(person, others=given[:1], parts=person.parts[:1], is_partial=True, needs_given=True)
            for other in given[1:]:
                if len(other) > 2 and not is_given_only(other):
                    partial = replace(first, family=other, is_like_given=False)
                    self._by_part[self._index.add(Part(other))].append(partial)

    @property
    def beginnings(self) -> Iterator[int]:
        """The parts that `at` finds something at; where they are not near, only with more of the name beside."""
        yield from self._by_part
        yield from self._whole

    def at(self, here: Place, heard_as: tuple[Heard, ...]) -> list[Find]:
        """Those whose family name stands here; also those that this is said not to be."""
        if not here.word.is_capital:
            return []
        finds = []
        for heard in heard_as:
            if not heard.near and here.word.script in likely.DENSE:
                continue
            if here.word.script in _JOINING and heard.near:
                finds += [Find(number, here.at, here.at, is_sure=True) for number in self._whole.get(heard.part, ())]
            for person in self._by_part.get(heard.part, ()):
                find = self._judge(here, heard, person)
                if find is not None:
                    finds.append(find)
        return finds

    def _judge(self, here: Place, heard: Heard, person: _Person) -> Find | None:
        at = here.at
        if here.is_junior:
            return Find(person.number, at, at, is_sure=person.is_junior, is_against=not person.is_junior)
        if (person.is_partial and here.is_followed) or (person.is_male and _is_wife(here, heard)):
            return None
        if self._is_beside(here, person, near=heard.near):
            first, before = self._before(here, person, near=heard.near)
            last = self._after(here, person, heard)
        elif heard.near and heard.tells:
            first, before, last = at, self._others_before(here), None
        else:
            return None
        if before is _Before.OURS and likely.is_enough(here, first, at, heard.distance):
            return Find(person.number, first, at, is_sure=True)
        if last is not None and likely.is_enough(here, at, last, heard.distance):
            return Find(person.number, at, last, is_sure=True)
        if not (heard.near and heard.tells):
            return None
        if before is _Before.OTHERS:
            return Find(person.number, at, at, is_sure=False, is_against=True)
        if before is _Before.LIKELY_OTHERS and not heard.inflected:
            return None
        if before is _Before.OUR_INITIAL:
            return Find(person.number, first, at, is_sure=True)
        if _is_alone(here, heard, person):
            return Find(person.number, at, at, is_sure=here.is_titled or not here.is_cased)
        # It may still be a second mention, where the item is sure of the name already.
        return None if here.is_cased or person.needs_given else Find(person.number, at, at, is_sure=False)

    def _before(self, here: Place, person: _Person, *, near: bool) -> tuple[int, _Before]:
        """The first word of the name when our given name stands before it, middle names and initials between."""
        met = [(index, self._which(here, index, person, near=near)) for index in here.before]
        if here.word.script in likely.DENSE:
            return next(((i, _Before.OURS) for i, which in met if which >= 0), (here.at, _Before.NOTHING))
        ours = [n for n, (_, which) in enumerate(met) if which >= 0]
        full = [n for n in ours if not here.is_initial(met[n][0])]
        if full:
            last = full[-1]
            # Geoffrey Boris Johnson: our second name follows the given name of another.
            longer = met[last][1] > 0 and last + 1 < len(met) and here.is_cased and here.given(met[last + 1][0])
            if longer or _is_contradicted([which for _, which in met[: last + 1]], person):
                return here.at, _Before.OTHERS
            return met[last][0], _Before.OURS
        if ours:
            return met[ours[-1]][0], _Before.OUR_INITIAL
        return here.at, self._others_before(here)

    def _is_beside(self, here: Place, person: _Person, *, near: bool) -> bool:
        """Whether one of the other names may stand beside; saves most of the work."""
        if here.beside is None:
            indexes = [*here.before, *(() if here.after is None else (here.after,))]
            words = [here.words[i] for i in indexes if here.words[i].is_capital or here.is_syllable(i)]
            here.beside = Beside(words, self._index, here.language, is_cased=here.is_cased)
        return _may_be_of(here.beside, person, near=near)

    def may_be_told_by(self, word: Word, other: Word, language: str, *, behind_hyphen: bool) -> bool:
        """Whether a word that is too far off to be a family name may be one because of another word nearby, which may
        stand behind a hyphen."""
        if other.folded in context("junior"):
            return True
        if not (other.is_capital or behind_hyphen):
            return False
        beside = Beside([other], self._index, language, is_cased=word.script in CASED)
        heard_as = self._hear(word, language)
        return any(
            _may_be_of(beside, person, near=h.near) for h in heard_as for person in self._by_part.get(h.part, ())
        )

    @staticmethod
    def _others_before(here: Place) -> _Before:
        """Whether another person's given name stands before it, given that ours does not."""
        if here.word.script in likely.DENSE:
            return _Before.NOTHING
        if here.follows_given:
            return _Before.OTHERS
        if here.follows_likely_given is None:
            here.follows_likely_given = bool(here.before) and likely.is_somebodys_given(here, here.before[0])
        return _Before.LIKELY_OTHERS if here.follows_likely_given else _Before.NOTHING

    def _which(self, here: Place, index: int, person: _Person, *, near: bool) -> int:
        """The number of the other name that a word is, or initial of; negative for none."""
        word = here.words[index]
        if here.is_initial(index):
            return next((i for i, o in enumerate(person.others) if same_initial(o, word.text)), _NOT_OURS)
        return self._ours(here, word, person, near=near)

    def _after(self, here: Place, person: _Person, heard: Heard) -> int | None:
        """The last word of the name when our given names stand behind it."""
        after = here.after
        if after is None or not here.is_one_name(here.at, after, comma=True):
            return None
        turns = "," in here.gap_behind or person.stands_first or not here.is_cased or here.language == "hu"
        if not turns and (person.is_like_given or not heard.near):
            return None
        if self._ours(here, here.words[after], person, near=heard.near) == _NOT_OURS:
            return None
        if not (person.stands_first and len(person.others) > 1) or self._hears(here, after, person.parts[0]):
            return after
        # Of Kim Jong Un all is wanted; the first of the others is both in one.
        last = next_word(here.words, after)
        return last if last is not None and self._hears(here, last, person.parts[-1]) else None

    def _hears(self, here: Place, index: int, part: int) -> bool:
        return any(h.part == part for h in self._hear(here.words[index], here.language))

    def _hear(self, word: Word, language: str) -> tuple[Heard, ...]:
        return word.heard_in(self._index, language)

    def _ours(self, here: Place, word: Word, person: _Person, *, near: bool) -> int:
        """The number of the other name that a word beside the family name is; one of the two may be far off."""
        cased, language = word.script in CASED, here.language
        if cased and not word.text[0].isupper() and here.text[word.start - 1 : word.start] != "-":
            return _NOT_OURS
        dense = word.script in likely.DENSE
        heard = {
            h.part: h.distance
            for h in self._hear(word, language)
            if h.part in person.parts and (h.near or (near and not dense))
        }
        if not cased:
            if not heard and given_of(word.text, word.script, language) is None:
                return _NOT_OURS
            if here.word.is_common(language):
                return _NOT_OURS
            if word.is_common(language) and not (near and likely.strength(here.word.text) >= _TELLING):
                return _NOT_OURS  # Adam is a man in Hebrew, but hardly before Smith.
        same = [len(o) > 1 and is_same(o, word.text, word.script, language) for o in person.others]
        if True in same:
            return same.index(True)
        for i, part in enumerate(person.parts):
            if part in heard and (heard[part] <= _AS_GOOD_AS_OURS or same[i] is not False):
                return i
        if cased and near:
            for i, other in enumerate(person.others):
                if same[i] is None and is_short_for(other, word.text):
                    return i
        return _NOT_OURS


def _may_be_of(beside: Beside, person: _Person, *, near: bool) -> bool:
    """Whether what stands beside may be one of the other names of a person; it has to be more like one beside a family
    name that is not `near` (see `Persons._ours`)."""
    return not (
        (not near or beside.firsts.isdisjoint(person.firsts))
        and (beside.parts if near else beside.near).isdisjoint(person.parts)
        and (not person.groups or beside.groups.isdisjoint(person.groups))
        and (not person.names or beside.names.isdisjoint(person.names))
    )


def _is_alone(here: Place, heard: Heard, person: _Person) -> bool:
    """Whether a family name can be taken for the person's with no given name beside it."""
    if person.needs_given:
        if person.stands_first and heard.distance == 0 and here.fills_line(here.at, here.at):
            return len(here.word.text) > 1
        return here.is_cased and here.is_titled and heard.distance == 0 and not here.is_ruler and not here.is_followed
    if not here.is_cased:
        return likely.stands_alone(here, heard, person.family)
    if here.word.is_shouted and not here.is_shouted_text:
        return False
    return here.is_titled or likely.may_be_a_name(here, heard, person.family, person.consonants)


def _is_contradicted(before: list[int], person: _Person) -> bool:
    """Whether one of our middle names is replaced by another, or they stand in another order."""
    ours = [n for n in reversed(before) if n >= 0]
    if any(a > b for a, b in itertools.pairwise(ours)):
        return True
    return _NOT_OURS in before and len(ours) < len(person.others)


def _is_wife(here: Place, heard: Heard) -> bool:
    """Merkelová; not Trumpova vláda, which is his."""
    if here.language not in ("cs", "sk") or not heard.inflected:
        return False
    written = here.word.text.lower()
    if written.endswith(("ová", "ové")):
        return True
    if not written.endswith(("ovou", "ovej")):
        return False
    return here.after is None or here.gap_behind != " " or here.words[here.after].text[0].isupper()
