"""What stands beside a name that is met as what it says, and tells whether it is the name of something else."""

from __future__ import annotations

import re

from monitor.matching.entities.concepts import TERRITORY
from monitor.matching.entities.evidence import NEAR
from monitor.matching.entities.lexicon import words
from monitor.matching.entities.meaning import FUNCTION
from monitor.matching.entities.senses import means_something
from monitor.matching.entities.territories import unspaced_names
from monitor.text.folding import fold_text
from monitor.text.tokens import runs

_BEFORE = re.compile(r"([^\W\d_]+)[ -]\Z")
AND = re.compile(
    r"(?<=\s)(?:and|und|et|y|e|i|a|och|og|ja|és|ve|și|şi|un|ir|en|oraz|in|и|та|й|і|και|و)(?=\s)|,|及|和|と",
    re.IGNORECASE,
)
"""Between two names."""
HOMES: dict[str, frozenset[str]] = {
    TERRITORY + row[:2]: words(row[2:])
    for row in """
    AM hy, AZ az, BG bg, CZ cs, DK da, EE et, FI fi, GE ka, GR el, HR hr, HU hu, ID id, IL he, IN hi, IR fa, IS is,
    IT it, JP ja, KR ko, KZ kk, LT lt, LV lv, MK mk, MN mn, NO no nb nn, PL pl, RO ro, RS sr, SE sv, SI sl, SK sk,
    TH th, TR tr, UA uk, VN vi
    """.replace("\n", " ").split(",")
    for row in (row.strip(),)
}
"""The languages of a country that has them to itself, or nearly so."""
_UNSPACED = frozenset(("ja", "th"))


def is_at_home(text: str, start: int, end: int, language: str) -> bool:
    """Whether no country at all is named nearby, so that the one of the language is meant: Straż Graniczna, 防衛省."""
    near = text[max(0, start - NEAR) : start] + " " + text[end : end + NEAR]
    if language in _UNSPACED:
        return not any(name in near for name in unspaced_names(language))
    return not any(word[0].isupper() and means_something(word, language, country=True) for word in words_in(near))


def is_of_something_else(text: str, start: int, language: str) -> bool:
    """Whether a word before it makes it a longer name: the *Social* Democratic Party."""
    match = _BEFORE.search(text, max(0, start - 30), start)
    if match is None or not match[1][0].isupper() or fold_text(match[1]) in FUNCTION:
        return False
    return means_something(match[1], language)


def is_followed_by_name(text: str, end: int) -> bool:
    """Whether a word with a capital stands right behind."""
    return text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()


def joins(word: str) -> bool:
    folded = fold_text(word)
    return folded in FUNCTION or (len(word) < 3 and not word.isupper())


def words_in(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in runs(text)]
