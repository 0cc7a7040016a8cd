"""The part of a name that its endings are put behind, and whether some may be."""

from __future__ import annotations

from enum import IntEnum

from monitor.matching.entities.endings import Endings


class Stem(IntEnum):
    CONSONANT = 0
    """The whole word, which ends in a consonant."""
    VOWEL = 1
    """The whole word, which ends in a vowel; some languages put endings behind it."""
    CUT_VOWEL = 2
    CUT_ADJECTIVE = 3


def stems(sounds: str) -> list[tuple[Stem, str]]:
    """What is left of a name when it takes an ending, the whole of it first."""
    last = sounds[-1]
    if last not in "aeiou@":
        found = [(Stem.CONSONANT, sounds)]
        if len(sounds) > 4 and sounds[-2] in "eo" and last in "kclnr" and sounds[-3] not in "aeiou":
            # The fleeting vowel: Hašek, Haška.
            found.append((Stem.CUT_VOWEL, sounds[:-2] + last))
        return found
    found = [(Stem.VOWEL, sounds)]
    if len(sounds) > 3:
        if last in "aoe":
            found.append((Stem.CUT_VOWEL, sounds[:-1]))
        if last == "i":
            found.append((Stem.CUT_ADJECTIVE, sounds[:-1]))
    return found


def may_follow(rest: str, stem: Stem, name: str, before: str, endings: Endings | None) -> bool:
    """Whether `rest` may stand behind a stem of the name; `before` is the sound that the text has before it."""
    if not rest:
        return stem <= Stem.VOWEL
    if endings is None:
        return False
    last = name[-1]
    match stem:
        case Stem.CONSONANT:
            return rest in endings.consonant
        case Stem.VOWEL:
            # A name like May, Pelosi or Pence is often treated as if it ended in a consonant.
            solid = last in "iue" and rest in endings.solid
            return before in "aeiouj@" and (
                rest in endings.behind or solid or (_glides(name) and rest in endings.consonant)
            )
        case Stem.CUT_VOWEL:
            if name.endswith(("sk", "ck")) and rest in _ADJECTIVE:
                return True
            return rest in endings.vowel or (last not in "aeiou" and rest in endings.consonant)
        case Stem.CUT_ADJECTIVE:
            return rest in endings.adjective


_ADJECTIVE = frozenset(("aja", "oi", "uju", "oju", "ej", "ou", "e"))
"""Behind the name of a woman that ends in -ska or -cka."""


def _glides(name: str) -> bool:
    return len(name) > 2 and name[-1] in "iu" and name[-2] in "aeo"


_WEST = tuple(f"{k}{end}" for k in ("sk", "ck") for end in ("ý", "ých", "ým", "ými", "é", "ého", "ému", "ém", "á"))
_WEST += ("ští", "čtí", "štích", "čtích")
_SOUTH = tuple(f"{k}{end}" for k in ("sk", "ck", "čk", "šk") for end in ("i", "ih", "im", "og", "oga", "omu", "ome"))
_SOUTH_CYRILLIC = tuple(f"{k}{end}" for k in ("ск", "цк", "чк", "шк") for end in ("и", "их", "им", "ог", "ога", "оме"))
_ADJECTIVES = {
    "cs": _WEST,
    "sk": (*_WEST, "sky", "cky", "ske", "cke"),
    "hr": _SOUTH,
    "bs": _SOUTH,
    "sr": _SOUTH + _SOUTH_CYRILLIC,
    "mk": _SOUTH_CYRILLIC,
    "pl": ("ski", "cki", "skie", "ckie", "skiego", "ckiego", "scy", "ccy"),
}
"""How adjectives end that are made of names of places, in languages in which these names have no case that ends so."""


def is_adjective(word: str, language: str, name: str) -> bool:
    """Chorvatský is not Chorvatsko; but Polski may be of Polska."""
    ends = _ADJECTIVES.get(language)
    return ends is not None and word.lower().endswith(ends) and not (language == "pl" and name.endswith(("ska", "cka")))
