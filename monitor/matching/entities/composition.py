"""A name of several words as what it says: concepts, countries, and what is spelled in every language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.matching.entities.concepts import TERRITORY, all_concepts, follows
from monitor.matching.entities.lexicon import PARTICLES
from monitor.text.folding import fold_text
from monitor.text.scripts import UNSPACED, script_of


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION = words(
    """
    a an the of and for on in to at by from with into against between
    der die das des dem den und im zum zur fur von vom bei mit gegen uber
    le la les l du de d des et pour en au aux sur contre
    el los las y e del para por con sobre contra
    il lo gli i dei degli della delle dello dell per di da do dos das na no nas nos ao
    van het een voor en op te och for i av til og om mot fra med
    ds spraw do na w we z ze o od dla przez nad pro po v ve u k s se a za i iz s na od pri o ter ob
    и в во на по за о об от для с со у к из при й та від до про з зі із да
    a az es for
    και του της των για στο στη στην ο η το οι τα
    ve ile icin
    و في من على
    """
)
"""Words that join the others, folded."""

_TOKEN = re.compile(r"\d+(?:st|nd|rd|th)?|[^\W\d_]+(?:['’][^\W\d_]{1,2}\b)?", re.UNICODE)
_APOSTROPHE = re.compile(r"['’].*")
_SHORT = 3
_YEAR = re.compile(r"(?:18|19|20)\d\d\Z")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}


@dataclass(frozen=True, slots=True)
class Part:
    """One of these concepts, or, where there are none, a word that is spelled as it sounds."""

    concepts: frozenset[str] = frozenset()
    proper: str = ""

    @property
    def is_territory(self) -> bool:
        return bool(self.concepts) and all(c.startswith(TERRITORY) for c in self.concepts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """What has to stand together, in any order."""

    parts: tuple[Part, ...]
    number: str = ""
    """Behind the name; a year is none."""
    needs_capital: bool = True

    @property
    def proper(self) -> tuple[str, ...]:
        return tuple(p.proper for p in self.parts if p.proper)


def compose(text: str, *, like_person: bool = False) -> Composition | None:
    """None when the words say nothing that could be translated. `like_person`: it looks like somebody's name, so
    its words have to be more than the beginnings of such that say something."""
    if any(script_of(c) in UNSPACED for c in text):
        return _compose_letters(text)
    typed = [m[0] for m in _TOKEN.finditer(text)]
    meanings = [_meanings(typed, at, exact=like_person) for at in range(len(typed))]
    language = _language(meanings)
    parts: dict[Part, None] = {}
    number = ""
    explained = at = 0
    while at < len(typed):
        word = typed[at]
        folded = fold_text(word)
        length = 1
        if word[0].isdigit():
            number = number if _YEAR.match(word) or not at else word
        elif at and at == len(typed) - 1 and word.isupper() and folded in _ROMAN:
            number = _ROMAN[folded]
        elif word.isupper() or (folded not in FUNCTION and folded not in PARTICLES):
            concepts, length = _of_language(meanings[at], language)
            parts[Part(concepts) if concepts else Part(proper=_APOSTROPHE.sub("", word))] = None
            explained += bool(concepts)
        at += length
    if language != "en" and explained * 2 < len(parts):
        return None
    return _composition(tuple(parts), number)


def _composition(parts: tuple[Part, ...], number: str) -> Composition | None:
    if len(parts) < 2 or not any(p.concepts and not p.is_territory for p in parts):
        return None
    anchored = any(p.proper or p.is_territory for p in parts)
    return Composition(parts=parts, number=number, needs_capital=not anchored)


_Meanings = dict[str, dict[int, set[str]]]
"""Language -> how many words -> the concepts that these have in it."""


def _meanings(typed: list[str], at: int, *, exact: bool) -> _Meanings:
    senses, table = all_concepts()
    word = _APOSTROPHE.sub("", typed[at])
    found: _Meanings = {}
    if not word[0].isalpha() or (fold_text(word) in FUNCTION and not word.isupper()):
        return found
    segments = table.analyse(word)
    near = table.exact(word)
    for sense in segments[0] if segments else ():
        if sense < 0:
            rest, whole, real = table.row(sense)
            following = typed[at + 1 : at + 1 + len(rest)]
            if len(following) < len(rest) or not all(
                follows(stem, w, whole or len(stem) < _SHORT) for stem, w in zip(rest, following, strict=True)
            ):
                continue
            language, concept = senses[real]
            found.setdefault(language, {}).setdefault(len(rest) + 1, set()).add(concept)
        elif len(segments) == 1:
            language, concept = senses[sense]
            if sense in near or not exact:
                found.setdefault(language, {}).setdefault(1, set()).add(concept)
    return found


def _language(meanings: list[_Meanings]) -> str:
    """The one in which most words of a name say something; English before others."""
    counts: dict[str, int] = {"en": 0}
    for found in meanings:
        for language, by_length in found.items():
            counts[language] = counts.get(language, 0) + max(by_length)
    counts.pop("", None)
    return max(counts, key=lambda language: counts[language])


def _of_language(found: _Meanings, language: str) -> tuple[frozenset[str], int]:
    lengths = {length for of in (language, "") for length in found.get(of, ())}
    if not lengths:
        return frozenset(), 1
    longest = max(lengths)
    return frozenset(c for of in (language, "") for c in found.get(of, {}).get(longest, ())), longest


def _compose_letters(text: str) -> Composition | None:
    """The fewest stems that fill a name in a script without spaces."""
    senses, table = all_concepts()
    folded = re.sub(r"[的の之・·\s]", "", fold_text(text))
    reach: dict[int, tuple[tuple[int, int], ...]] = {0: ()}
    spans: dict[tuple[int, int], set[str]] = {}
    for sense, start, end in table.in_letters(folded):
        spans.setdefault((start, end), set()).add(senses[sense][1])
    for start, end in sorted(spans):
        if start in reach and (end not in reach or len(reach[end]) > len(reach[start]) + 1):
            reach[end] = (*reach[start], (start, end))
    tiles = reach.get(len(folded))
    if not tiles:
        return None
    return _composition(tuple(dict.fromkeys(Part(frozenset(spans[t])) for t in tiles)), "")
