"""What languages put behind a name, so that Зеленского is taken for Zelensky and Зеленская, his wife, is not.

Three lists for a language: behind a consonant; in place of a final vowel (-a, -o); in place of a final -i/-y of a name
that is an adjective. Feminine endings of family names are absent on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from monitor.matching.entities.sounds import key
from monitor.text.scripts import Script
from monitor.text.transliteration import readings


@dataclass(frozen=True, slots=True)
class Endings:
    """As sounds."""

    consonant: frozenset[str]
    vowel: frozenset[str]
    adjective: frozenset[str]
    behind: frozenset[str]
    """Behind a vowel that stays."""
    solid: frozenset[str]
    """Behind -e, -i or -u, which some names keep."""
    keys: frozenset[str]
    """Of all of them, the consonants as in keys of names."""


_LIST = "endings.tsv"


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BEHIND = _codes("fi et hu tr az tk uz eu id ms kk ky tt mn ko ka hy de nl sv da no nb nn is lb af en ro sq")
"""Languages that put their endings behind a vowel, where others put them in its place."""

_USUAL = _codes("pl cs sl fi ru uk el ka hy ko")


def _sounds(words: str) -> frozenset[str]:
    return frozenset(s for word in words.split() if word != "-" for s in readings(word))


@cache
def _rows() -> tuple[tuple[Script, tuple[str, ...], tuple[str, str, str]], ...]:
    rows = []
    for line in files("monitor.matching.entities").joinpath(_LIST).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            script, languages, consonant, vowel, adjective = line.split("\t")
            rows.append((Script(script), tuple(languages.split()), (consonant, vowel, adjective)))
    return tuple(rows)


@cache
def endings_of(script: Script, language: str) -> Endings:
    """For a language that is not known, or has no list, those of the languages of its script that inflect much."""
    here = [(languages, row) for of, languages, row in _rows() if of is script]
    rows = [(languages[0], row) for languages, row in here if language in languages]
    if not rows and (not language or script is not Script.LATIN):
        rows = [(languages[0], row) for languages, row in here if languages[0] in _USUAL]
    if not rows:
        rows = [("en", ("s", "s", "s"))] if script is Script.LATIN and language in ("en", "") else []
    consonant, vowel, adjective, behind = set[str](), set[str](), set[str](), set[str]()
    for code, row in rows:
        consonant |= _sounds(row[0])
        if code in _BEHIND:
            behind |= _sounds(row[1]) | _sounds(row[2])
        else:
            vowel |= _sounds(row[1])
            adjective |= _sounds(row[2])
    every = consonant | vowel | adjective | behind
    return Endings(
        consonant=frozenset(consonant),
        vowel=frozenset(vowel),
        adjective=frozenset(adjective),
        behind=frozenset(behind),
        solid=frozenset(consonant | adjective) if script is Script.LATIN else frozenset(),
        keys=frozenset(key(e) for e in every),
    )
