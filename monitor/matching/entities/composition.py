"""A name of several words as what it says: concepts, countries, and what is spelled in every language."""

from __future__ import annotations

import re

from monitor.matching.entities import gazetteer
from monitor.matching.entities.concepts import TERRITORY, all_concepts, follows
from monitor.matching.entities.lexicon import PARTICLES, words
from monitor.matching.entities.meaning import DIRECTIONS, FUNCTION, Composition, Part
from monitor.matching.entities.wordings import in_other_words, shorter, widened
from monitor.text.folding import fold_text
from monitor.text.scripts import CASED, UNSPACED, script_of

_TOKEN = re.compile(r"\d+(?:st|nd|rd|th)?|[^\W\d_]+(?:['’][^\W\d_]{1,2}\b)?", re.UNICODE)
_APOSTROPHE = re.compile(r"['’].*")
_ENGLISH_ENDINGS = words(
    """
    s es e ed er ers ing ings ion ions ation ations al als ally ial ic ics ical y ies ity ive ives or ors ary ory ery ry
    an ans ian ians n ns ish ese ment ments ance ence ism ist ists istic ure ures able ous ship hood ty ties tion tions
    i is ate ates ated ia land lands man men
    """
) | {""}
_TAIL = 5
_LONG_STEM, _LONG_TAIL = 6, 8
_SHORT = 3
_ENOUGH = 4
"""Words that say something, from which on a name is distinct enough without its country."""
_COMPOUNDING = frozenset(("da", "de", "et", "fi", "hu", "ko", "nl", "no", "sv"))
"""Languages in which one word may say all."""
_MODIFIERS = frozenset(
    (
        "east",
        "eastern",
        "great",
        "green",
        "new",
        "north",
        "northern",
        "old",
        "south",
        "southern",
        "start",
        "west",
        "western",
    )
)
"""What is no name together with a word that is spelled: New York, a new Yorker."""
_YEAR = re.compile(r"(?:18|19|20)\d\d\Z")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}


_NEUTRAL = Part(frozenset({"affairs"}))
"""Said in some languages and not in others: Ministero degli Esteri, Совет по делам беженцев."""


def compose(text: str, *, like_person: bool = False, only: str = "") -> tuple[Composition, ...]:
    """What the name says, and what shorter names of the same thing do; nothing when the words say nothing that could
    be translated. `like_person`: it looks like somebody's name, so its words have to be more than the beginnings of
    such that say something. `only`: the language that it has to be in."""
    if any(script_of(c) in UNSPACED for c in text):
        return _compose_letters(text)
    typed = [m[0] for m in _TOKEN.finditer(text)]
    meanings = [_meanings(typed, at, exact=like_person) for at in range(len(typed))]
    language = _language(meanings, typed)
    if only and language != only:
        return ()
    parts: list[Part] = []
    joined: list[bool] = []
    """Whether a word like `of` stands before each part."""
    number = ""
    explained = at = 0
    after_function = False
    while at < len(typed):
        word = typed[at]
        folded = fold_text(word)
        length = 1
        if word[0].isdigit():
            number = number if _YEAR.match(word) or not at else word
        elif at and at == len(typed) - 1 and word.isupper() and folded in _ROMAN:
            number = _ROMAN[folded]
        elif word.isupper() or (folded not in FUNCTION and folded not in PARTICLES):
            found, length = _of_language(meanings[at], language)
            if not found and word.islower() and not text.islower() and script_of(word[0]) in CASED:
                return ()  # A word like any other, in a language or of a meaning that is not known.
            for part in [Part(concepts) for concepts in found] or [Part(proper=_APOSTROPHE.sub("", word))]:
                if part not in parts:
                    parts.append(part)
                    joined.append(after_function)
                    explained += bool(found)
            after_function = False
        else:
            after_function = True
        at += length
    if (language != "en" and explained * 2 < len(parts)) or (len(typed) == 1 and language not in _COMPOUNDING):
        return ()
    if len(parts) > 2 and _NEUTRAL in parts:
        at = parts.index(_NEUTRAL)
        del parts[at], joined[at]
    if parts and not joined[-1] and _is_place(parts[-1]) and _is_enough_without(parts[-1], parts):
        parts, joined = parts[:-1], joined[:-1]
    parts = [widened(part, parts) for part in parts]
    found_parts = (tuple(parts), *shorter(parts, joined))
    found_parts += tuple(short for found in found_parts if (short := in_other_words(found)))
    return tuple(c for c in (_composition(p, number) for p in found_parts) if c is not None)


def _is_place(part: Part) -> bool:
    if part.proper:
        row = gazetteer.shipped().row_of(part.proper)
        return row is not None and gazetteer.is_place(row)
    return part.is_territory


def _is_enough_without(qualifier: Part, parts: list[Part]) -> bool:
    """Whether a place at the end of a name that is complete without it only says which one is meant."""
    rest = [p for p in parts if p != qualifier]
    proper = sum(bool(p.proper) for p in rest)
    return len(rest) >= _ENOUGH or (qualifier.proper != "" and 0 < proper < len(rest))


def _composition(parts: tuple[Part, ...], number: str) -> Composition | None:
    saying = [p for p in parts if p.concepts and not p.is_territory]
    if len(parts) < 2 or not saying:
        return None
    if len(saying) < len(parts) and all(p.concepts <= _MODIFIERS for p in saying):
        named = [p for p in parts if p not in saying]
        if len(named) > 1 or not _is_place(named[0]) or any(p.concepts - DIRECTIONS for p in saying):
            return None
    return Composition(parts=parts, number=number)


_Meanings = dict[str, dict[int, list[set[str]]]]
"""Language -> how many words -> the concepts that these have in it; of a compound, those of each of its parts."""


def _meanings(typed: list[str], at: int, *, exact: bool) -> _Meanings:
    senses, table = all_concepts()
    word = _APOSTROPHE.sub("", typed[at])
    found: _Meanings = {}
    if not word[0].isalpha() or (fold_text(word) in FUNCTION and not word.isupper()):
        return found
    for sense, tail in table.tails(word).items():
        language, concept = senses[sense] if sense >= 0 else ("", "")
        if concept and _is_form(language, concept, word, tail, exact=exact):
            found.setdefault(language, {}).setdefault(1, [set()])[0].add(concept)
    segments = table.analyse(word)
    for sense in (s for segment in segments[:1] for s in segment if s < 0):
        rest, whole, real = table.row(sense)
        following = typed[at + 1 : at + 1 + len(rest)]
        if len(following) == len(rest) and all(
            follows(stem, w, whole or len(stem) < _SHORT) for stem, w in zip(rest, following, strict=True)
        ):
            language, concept = senses[real]
            found.setdefault(language, {}).setdefault(len(rest) + 1, [set()])[0].add(concept)
    if len(segments) > 1:
        compounds: dict[str, list[set[str]]] = {}
        for index, segment in enumerate(segments):
            for language, concept in (senses[s] for s in segment if s >= 0):
                if language in _COMPOUNDING:
                    compounds.setdefault(language, [set() for _ in segments])[index].add(concept)
        for language, parts in compounds.items():
            if all(parts):
                found.setdefault(language, {})[1] = parts
    return found


def _is_form(language: str, concept: str, word: str, tail: str, *, exact: bool) -> bool:
    """Whether a word of a name is a stem with an ending, and not another word that begins alike: Planck is no plan."""
    is_long = len(word) - len(tail) >= _LONG_STEM
    if len(tail) > (_LONG_TAIL if is_long else _TAIL):
        return False
    if concept.startswith(TERRITORY):
        return True
    if exact:
        return len(tail) < 2
    return language != "en" or tail in _ENGLISH_ENDINGS or is_long


def _language(meanings: list[_Meanings], typed: list[str]) -> str:
    """The one in which most words of a name say something; words that are stems as they stand before others, English
    before other languages."""
    senses, table = all_concepts()
    counts: dict[str, float] = {"en": 0}
    for word, found in zip(typed, meanings, strict=True):
        whole = {senses[s][0] for s, tail in table.tails(word).items() if s >= 0 and not tail} if found else ()
        for language, by_length in found.items():
            counts[language] = counts.get(language, 0) + max(by_length) * (1 if language in whole else 0.5)
    counts.pop("", None)
    return max(counts, key=lambda language: counts[language])


def _of_language(found: _Meanings, language: str) -> tuple[list[frozenset[str]], int]:
    """The concepts of each part of the longest stretch of words that says something in the language."""
    lengths = {length for of in (language, "") for length in found.get(of, ())}
    if not lengths:
        return [], 1
    longest = max(lengths)
    by_part: list[set[str]] = []
    for of in (language, ""):
        for index, concepts in enumerate(found.get(of, {}).get(longest, ())):
            by_part += [set() for _ in range(index + 1 - len(by_part))]
            by_part[index] |= concepts
    return [frozenset(c) for c in by_part], longest


def _compose_letters(text: str) -> tuple[Composition, ...]:
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
    said = _composition(tuple(dict.fromkeys(Part(frozenset(spans[t])) for t in tiles or ())), "")
    return () if said is None else (said,)
