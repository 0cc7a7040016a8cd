"""Whether a name that stands alone is meant."""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.matching.entities import territories
from monitor.matching.entities.gazetteer import shipped
from monitor.matching.entities.lexicon import calendar_words
from monitor.matching.entities.parts import Heard
from monitor.matching.entities.people import given_of
from monitor.matching.entities.place import POINTS, Place
from monitor.matching.entities.senses import means_something
from monitor.matching.entities.sounds import consonants_of
from monitor.text.folding import fold_text
from monitor.text.scripts import CASED, UNSPACED, Script, script_of
from monitor.text.transliteration import readings

DENSE = frozenset({Script.ARABIC, Script.HEBREW, Script.HAN, Script.THAI, Script.LAO, Script.KHMER, Script.MYANMAR})
"""Scripts in which so few letters are enough for a word that unrelated ones meet."""
_LEAST_TOGETHER = {Script.ARABIC: 5, Script.HEBREW: 5, Script.HAN: 5, Script.THAI: 4}
"""Consonants of a given and a family name."""
_LEAST_TOGETHER_ELSEWHERE = 3
_NEAR = {Script.HAN: 0.6, Script.ARABIC: 0.3, Script.HEBREW: 0.3}
_NEAR_ELSEWHERE = 0.25
_NEAR_PAIR = 0.15
_LONG_PAIR = 5
_SURE_CONSONANTS = 4
"""Where a script shows no capitals, a lone word with fewer consonants than this is not taken for a name."""
_LEAST_TITLED = 2
_DATE = re.compile(r"(?:\d|\b(?:in|of|since|last|next|until|till|by|early|late|mid|from|on|this)) ?\Z", re.IGNORECASE)
_VERB = re.compile(r" (?!is\b|was\b|has\b|this\b|as\b)[a-z]+(?:s|said)\b")
_SHORT_NAME = 4
_EXACT = 0.05
_CAPITAL_NOUNS = ("de", "lb", "")
_ONLY_NAMES = ("en", "tr")
"""Languages whose lists have so many nouns that a capital inside a sentence is believed."""
_LEAST_LETTERS = 3


@lru_cache(maxsize=20_000)
def strength(text: str) -> int:
    """How many consonants a word shows."""
    return consonants_of(next(iter(readings(text)), ""))


def is_enough(here: Place, first: int, last: int, distance: float) -> bool:
    """Whether a given and a family name, in a script without capitals, are more than two words that meet."""
    if here.is_cased or here.is_pointed(first, last) or here.fills_line(first, last):
        return True
    one, other = here.words[first].text, here.words[last].text
    far = distance > _NEAR_PAIR and (here.word.script in DENSE or len(one) + len(other) < _LONG_PAIR)
    least = _LEAST_TOGETHER.get(here.word.script, _LEAST_TOGETHER_ELSEWHERE)
    return strength(one) + strength(other) >= least + far


def stands_alone(here: Place, heard: Heard, family: str) -> bool:
    """Whether a word in a script without capitals can be taken for the name with nothing else to go by."""
    word = here.word
    if here.fills_line(here.at, here.at):
        return True
    if word.is_common(here.language) or here.is_joined:
        return False
    near = _NEAR.get(word.script, _NEAR_ELSEWHERE)
    least = min(strength(family), strength(word.text))
    if here.is_titled and least >= _LEAST_TITLED + (word.script in DENSE):
        is_near = heard.distance <= (_NEAR_PAIR if least < _SURE_CONSONANTS else near)
    elif word.script is Script.HAN and _fills_its_stretch(here):
        is_near = (
            least >= _SURE_CONSONANTS - 1
            and len(word.text) >= _LEAST_LETTERS
            and heard.distance <= (near if least >= _SURE_CONSONANTS else near / 2)
        )
    elif least >= _SURE_CONSONANTS:
        is_part = word.script is Script.HAN and least == _SURE_CONSONANTS
        is_near = heard.distance <= (_NEAR_ELSEWHERE if is_part else near)
    else:
        is_near = least == _SURE_CONSONANTS - 1 and heard.distance <= _EXACT * 2 and word.script not in DENSE
    return is_near and not _is_in_place_name(here)


def ends_a_name(here: Place, heard: Heard, family: str) -> bool:
    """Whether a given name stands before a word, in a script without capitals, so that less is enough of a name which
    was typed without one."""
    word, text = here.word, here.text
    if word.is_common(here.language) or heard.distance > _NEAR.get(word.script, _NEAR_ELSEWHERE):
        return False
    if min(strength(family), strength(word.text)) < _LEAST_TITLED or text[word.end : word.end + 1] in POINTS:
        return False
    if word.start and text[word.start - 1] in POINTS:
        return word.script is not Script.HAN or _is_spelled_out(here)
    return any(
        given_of(here.words[index].text, word.script, here.language) is not None
        and is_enough(here, index, here.at, heard.distance)
        for index in here.before[: None if word.script in UNSPACED else 1]
    )


def _is_spelled_out(here: Place) -> bool:
    """Whether no letter follows with which Chinese spells foreign names."""
    return not any(w.start <= here.word.end < w.end for w in here.words[here.at + 1 : here.at + 12])


def _is_in_place_name(here: Place) -> bool:
    """Russia in Chinese ends like Ross."""
    word, text = here.word, here.text
    if word.script not in UNSPACED:
        return False
    names = territories.unspaced_names(here.language)
    return any(
        text[begin:end] in names
        for begin in range(max(0, word.start - 4), word.start + 1)
        for end in range(max(word.end, begin + 2), min(len(text), word.end + 4) + 1)
    )


def _fills_its_stretch(here: Place) -> bool:
    """Whether no letters stand beside it with which foreign names are spelled."""
    words, at, word = here.words, here.at, here.word
    before = at > 0 and words[at - 1].start < word.start <= words[at - 1].end
    behind = any(w.start <= word.end < w.end for w in words[at + 1 : at + 12])
    return not (before or behind)


def may_be_a_name(here: Place, heard: Heard, family: str, consonants: int) -> bool:
    """Whether a capitalised word with no given name before it can be the family name that it sounds like."""
    word = here.word
    short = consonants < 2 or len(family) < _SHORT_NAME
    if short and not word.folded.startswith(fold_text(family)) and not here.fills_line(here.at, here.at):
        exact = heard.distance <= _EXACT and not here.starts_sentence and script_of(family[0]) is not word.script
        if not exact or len(word.text) < _LEAST_LETTERS:
            return False
    if is_common(here) or here.is_named_after:
        return False
    if here.is_followed and here.after is not None and not here.words[here.after].is_shouted and not here.is_headline:
        if given_of(word.text, word.script, here.language) is not None:
            return False
        if heard.distance > 0 and here.language not in ("en", "de"):
            return False
    if here.starts_sentence and consonants <= 2 and heard.distance > _NEAR_PAIR:
        return here.fills_line(here.at, here.at)
    return True


def is_somebodys_given(here: Place, index: int) -> bool:
    """Whether the word right before a family name looks like a given name, though nothing lists it: Olof Thunberg."""
    if not here.is_cased or here.language in _CAPITAL_NOUNS:
        return False
    word, text = here.words[index], here.text
    if text[word.end : here.word.start] != " " or word.is_shouted or not word.text.isalpha():
        return False
    if len(word.text) < _LEAST_LETTERS or word.script is not here.word.script or word.is_common(here.language):
        return False
    before = text[: word.start][-8:]
    is_inside = before[-1:] == " " and (before[:-1].endswith(",") or before[:-1][-1:].isalnum())
    return is_inside and not (_says_something(word.text, here.language) or here.is_headline or here.is_shouted_text)


@lru_cache(maxsize=20_000)
def _says_something(text: str, language: str) -> bool:
    return (
        means_something(text, language)
        or means_something(text, language, country=True)
        or shipped().row_of(text) is not None
    )


def is_common(here: Place) -> bool:
    """Whether the word is more likely one of the language, or a month."""
    word, text = here.word, here.text
    if word.script in CASED and word.folded in calendar_words(here.language):
        if here.starts_sentence:
            return here.language != "en" or not _VERB.match(text, word.end)
        in_date = bool(_DATE.search(text, max(0, word.start - 8), word.start))
        return in_date or text[word.end : word.end + 3].lstrip(" ,")[:1].isdigit()
    if not word.is_common(here.language):
        return False
    return here.language not in _ONLY_NAMES or here.starts_sentence or (here.is_followed and not here.is_headline)
