"""Given names: which they are, whose, and when two are the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from monitor.matching.entities.lexicon import GivenName, given_names
from monitor.matching.entities.parts import Part, PartIndex
from monitor.matching.entities.sounds import key, shared
from monitor.text.folding import fold_text, fold_word
from monitor.text.scripts import CASED, Script
from monitor.text.transliteration import readings

_ALIKE = 0.1
_ALIKE_CASED = 0.3
_CASES = frozenset(["pl", "cs", "sk", "sl", "hr", "bs", "sr", "mk", "bg", "ru", "uk", "be", "lt", "lv"])
_LEAST_LETTERS = 4
"""Of a word in a script without capitals that is taken for a given name."""


@dataclass(frozen=True, slots=True)
class Given:
    """The given names that a word may be."""

    names: frozenset[str]
    groups: frozenset[int]
    is_listed: bool
    """It stands in the list as it is written."""


@cache
def _lexicon() -> tuple[PartIndex, tuple[GivenName, ...]]:
    index = PartIndex(farthest=_ALIKE_CASED)
    known = tuple(given_names().values())
    for given in known:
        index.add(Part(given.name))
    return index, known


def sex_of(name: str) -> frozenset[str]:
    known = given_names().get(fold_text(name))
    return known.sexes if known is not None else frozenset()


def groups_of(name: str) -> frozenset[int]:
    known = given_names().get(fold_text(name))
    return known.groups if known is not None else frozenset()


def home_of(name: str) -> str:
    known = given_names().get(fold_text(name))
    return known.home if known is not None else ""


def is_in_lexicon(word: str) -> bool:
    return fold_text(word) in given_names()


def is_given_only(word: str) -> bool:
    """A given name that tells nothing when it is a family name."""
    known = given_names().get(fold_text(word))
    return known is not None and known.is_usual


@lru_cache(maxsize=50_000)
def given_of(text: str, script: Script, language: str) -> Given | None:
    """None for a word that is no given name."""
    folded = fold_word(text)
    known = given_names().get(folded)
    if known is not None:
        # A name may be a case of another: Angelo, of Angela.
        other = given_names().get(folded[:-1]) if language in _CASES else None
        either = frozenset((folded,)) if other is None else frozenset((folded, folded[:-1]))
        return Given(either, known.groups | (other.groups if other is not None else frozenset()), is_listed=True)
    if script not in CASED and len(text) < _LEAST_LETTERS:
        return None
    index, names = _lexicon()
    limit = _ALIKE_CASED if script in CASED else _ALIKE
    heard = [
        names[h.part]
        for h in index.hear(text, script, language)
        if h.near and h.distance < (limit if h.tells else _ALIKE)
    ]
    if not heard:
        return None
    groups = frozenset[int]().union(*(name.groups for name in heard))
    return Given(frozenset(fold_text(name.name) for name in heard), groups, is_listed=False)


@lru_cache(maxsize=50_000)
def is_same(ours: str, text: str, script: Script, language: str) -> bool | None:
    """Whether a word is a form of our given name; None when only its sound can tell."""
    known, met = given_names().get(fold_text(ours)), given_of(text, script, language)
    if met is None:
        return None
    if fold_text(ours) in met.names:
        return True
    if known is None:
        return False if met.is_listed else None
    if known.groups & met.groups:
        return True
    return False if met.is_listed else None


@lru_cache(maxsize=50_000)
def is_short_for(given: str, text: str) -> bool:
    """Near enough where the family name is there too, though nothing lists it: Oleksii, Olexiy."""
    for mine in readings(given):
        for theirs in readings(text):
            if mine[:1] != theirs[:1] and {mine[:1], theirs[:1]} not in _ONE_START:
                continue
            if min(len(mine), len(theirs)) >= 3 and (mine.startswith(theirs) or theirs.startswith(mine)):
                return True
            mine_key, their_key = key(mine), key(theirs)
            longer = max(len(mine_key), len(their_key))
            if (longer >= 3 and mine_key == their_key) or (longer >= 4 and shared(mine_key, their_key) >= longer - 1):
                return True
    return False


_ANY = "any"
_ONE_START = ({"v", "f"}, {"J", "j"}, {"J", "Z"}, {"J", "d"})


@lru_cache(maxsize=20_000)
def firsts_of(given: str) -> frozenset[str]:
    """What a name begins with: its sounds, and, told apart, its letter."""
    return frozenset((_ANY, *(r[0] for r in readings(given)), "letter " + fold_text(given)[:1]))


@lru_cache(maxsize=20_000)
def firsts_like(text: str) -> frozenset[str]:
    """Which names a word may be `short_for` or the initial of: those of which `firsts_of` has one of these."""
    heard = {r[0] for r in readings(text)}
    if not heard:
        return frozenset((_ANY,))  # See `same_initial`.
    found = heard | {f for pair in _ONE_START if not pair.isdisjoint(heard) for f in pair}
    return frozenset((*found, "letter " + fold_text(text)[:1]))


@lru_cache(maxsize=20_000)
def same_initial(given: str, initial: str) -> bool:
    ours = {r[0] for r in readings(given)}
    theirs = {r[0] for r in readings(initial)}
    return bool(ours & theirs) or not theirs or fold_text(given)[0] == fold_text(initial)[0]
