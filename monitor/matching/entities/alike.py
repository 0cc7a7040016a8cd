"""Listed things by names that the list lacks: their words in another order, a country written otherwise, or beside a
word for what the thing is. United Kingdom Supreme Court is the UK Supreme Court, Interpol agency is Interpol.
"""

from __future__ import annotations

import re
from functools import cache

from monitor.core.settings import EntityKind, GazetteerRow
from monitor.matching.entities import gazetteer
from monitor.matching.entities.concepts import TERRITORY, all_concepts
from monitor.matching.entities.lexicon import words
from monitor.matching.entities.meaning import FUNCTION
from monitor.text.folding import fold_text
from monitor.text.tokens import words as words_of

_WHAT_IT_IS = {
    "media": words("website site newspaper daily weekly magazine channel broadcaster portal network tv agency"),
    "product": words(
        "website site app application platform network vaccine drug brand pipeline project missile tank drone jet"
    ),
    "company": words(
        "website site app application platform network newspaper magazine channel agency company firm group "
        "corporation brand biotech pharma pharmaceuticals airline airlines bank"
    ),
    "organisation": words("initiative programme organisation organization ngo charity mechanism facility agency"),
    "agency": words("agency service organisation organization"),
    "bloc": words("organisation organization group initiative"),
    "alliance": words("organisation organization"),
    "party": words("political party"),
    "epidemic": words("virus disease epidemic pandemic outbreak infection"),
    "movement": words("movement group militia organisation organization"),
    "airport": words("airport international"),
    "river": words("river"),
    "sea": words("sea strait gulf bay ocean canal channel"),
    "lake": words("lake"),
    "mountain": words("mount mountain mountains range volcano"),
    "island": words("island islands isle"),
    "city": words("city town capital"),
    "region": words("region province state oblast prefecture county"),
    "landmark": words("building palace"),
}
"""By the kind of a listed thing, what may stand beside its name."""
_PLACED = ("airport", "landmark")
"""Kinds of things that are named with the city that they are in."""
_PLACED_WORDS = frozenset().union(*(_WHAT_IT_IS[kind] for kind in _PLACED))
_CONFLICT = words("war invasion")
_YEAR = re.compile(r"(?:18|19|20)\d\d\Z")
_COUNTRIES = re.compile(r"\b(?:united (?:states(?: of america)?|kingdom)|great britain|u\.?s\.?a?|u\.?k)\b\.?")
_APOSTROPHE = re.compile("['’]")
_BEYOND_LATIN = "\u0250"
_LEAST = 4
"""Letters of a word that is enough of a name, beside what the thing is."""


def row_like(name: str, kind: EntityKind | None) -> GazetteerRow | None:
    """The one listed thing that a name comes to; None where it could be several, or a person."""
    if kind is EntityKind.PERSON or not name or max(name) >= _BEYOND_LATIN:
        return None
    said = _said(name)
    found = dict(_filed().get(said, {}))
    if said & _CONFLICT:
        found |= _filed().get(frozenset(w for w in said if not _YEAR.match(w)), {})
    for of, what in _WHAT_IT_IS.items():
        rest = said - what
        if rest and rest != said and (len(rest) > 1 or len(min(rest)) >= _LEAST):
            found |= _filed_by_kind().get((of, rest), {})
    if not found and _PLACED_WORDS & said:
        for word in said:
            if word.startswith(TERRITORY) or _is_city(word):  # Stansted Airport London.
                for of in _PLACED:
                    rest = said - _WHAT_IT_IS[of] - {word}
                    found |= _filed_by_kind().get((of, rest), {})
    if kind is not None:
        found = {i: row for i, row in found.items() if gazetteer.is_place(row) is (kind is EntityKind.PLACE)}
    return next(iter(found.values())) if len(found) == 1 else None


@cache
def _filed() -> dict[frozenset[str], dict[str, GazetteerRow]]:
    """What forms of rows say -> the rows by their ids."""
    filed: dict[frozenset[str], dict[str, GazetteerRow]] = {}
    for row in gazetteer.shipped():
        if row.kind != gazetteer.TERRITORY:
            for form in row.forms:
                if max(form) < _BEYOND_LATIN and not form.islower():
                    filed.setdefault(_said(form), {})[row.id] = row
    return filed


@cache
def _filed_by_kind() -> dict[tuple[str, frozenset[str]], dict[str, GazetteerRow]]:
    """The same without what the things are."""
    filed: dict[tuple[str, frozenset[str]], dict[str, GazetteerRow]] = {}
    for said, rows in _filed().items():
        for row in rows.values():
            if row.kind in _WHAT_IT_IS:
                filed.setdefault((row.kind, said - _WHAT_IT_IS[row.kind]), {})[row.id] = row
    return filed


def _is_city(word: str) -> bool:
    row = gazetteer.shipped().row_of(word)
    return row is not None and row.kind == "city"


def _said(name: str) -> frozenset[str]:
    """The words that say something, countries by their codes."""
    folded = _APOSTROPHE.sub("", fold_text(name))
    bare = _COUNTRIES.sub(lambda m: " =GB " if m[0].startswith(("uk", "u.k", "g", "united k")) else " =US ", folded)
    found: set[str] = set()
    for piece in bare.split():
        if piece.startswith(TERRITORY):
            found.add(piece)
        else:
            found |= {_country(word) or word for word in words_of(piece) if word not in FUNCTION}
    return frozenset(found)


@cache
def _country(word: str) -> str:
    """Of an English word for a country, or for what is of it."""
    senses, table = all_concepts()
    found = {
        concept
        for sense in table.tails(word)
        if sense >= 0
        for language, concept in (senses[sense],)
        if language == "en" and concept.startswith(TERRITORY)
    }
    return found.pop() if len(found) == 1 else ""
