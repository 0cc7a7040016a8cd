"""How a word sounds, whatever script it is written in: a few spellings in one alphabet of some thirty sounds.

Consonants `p b f v w m n t d s z S Z c C J k g x h l r j` (S Z C J as in ship, vision, church, judge; c as in tsar,
x as in loch), vowels `a e i o u @`, `_` for a vowel that a script implies, and `A W Y` for letters of Arabic and Hebrew
that stand for a long vowel or a consonant. A word has several readings where its letters do. What `spoken` gives may
also have `1` to `5` and `R` in it: English vowels and an r that are heard in several ways.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from monitor.text.folding import fold_text
from monitor.text.scripts import Script, script_of
from monitor.text.transliteration.alphabets import read_abjad, read_cyrillic, read_greek, read_latin
from monitor.text.transliteration.origins import OF_LANGUAGE, spoken
from monitor.text.transliteration.syllables import latinised, read_han, read_hangul, read_indic, read_kana, read_thai

__all__ = ["readings", "readings_in", "spoken"]


@lru_cache(maxsize=50_000)
def readings(word: str) -> tuple[str, ...]:
    """The readings of one word, which is of one script; () when nothing in it can be read."""
    script = script_of(word[0]) if word else Script.OTHER
    lower = word.lower()
    match script:
        case Script.LATIN:
            found = read_latin(lower)
        case Script.CYRILLIC:
            found = read_cyrillic(_unmarked(unicodedata.normalize("NFC", lower)))
        case Script.GREEK:
            found = read_greek(lower)
        case Script.ARABIC | Script.HEBREW:
            found = read_abjad(_unmarked(fold_text(lower)), script)
        case Script.HANGUL:
            found = read_hangul(unicodedata.normalize("NFC", lower))
        case Script.KANA:
            found = read_kana(unicodedata.normalize("NFKC", lower))
        case Script.HAN:
            found = read_han(lower)
        case Script.THAI | Script.LAO:
            found = read_thai(lower)
        case (
            Script.DEVANAGARI
            | Script.BENGALI
            | Script.GURMUKHI
            | Script.GUJARATI
            | Script.ORIYA
            | Script.TAMIL
            | Script.TELUGU
            | Script.KANNADA
            | Script.MALAYALAM
        ):
            found = read_indic(lower)
        case _:
            found = read_latin(latinised(lower))
    return tuple(f for f in found if f)


@lru_cache(maxsize=50_000)
def readings_in(word: str, language: str) -> tuple[str, ...]:
    """The same for a word of a text, which may spell foreign names by the rules of its own language."""
    found = readings(word)
    rules = OF_LANGUAGE.get(language)
    if not word.isalpha() or script_of(word[0]) is not Script.LATIN:
        return found
    if language in _NORTHERN:
        lower = unicodedata.normalize("NFC", word.lower())
        plain = _NORTHERN_SOUND.sub(lambda m: _NORTHERN_SOUNDS[m[0]], lower)
        return found if plain == lower else tuple(dict.fromkeys((*found, *readings(plain))))
    if rules is None:
        return found
    return tuple(dict.fromkeys((*found, *filter(None, rules.read(unicodedata.normalize("NFC", word.lower()))))))


_NORTHERN = frozenset(("sv", "fi", "da", "no", "nb", "nn", "et"))
_NORTHERN_SOUNDS = {"tj": "č", "tš": "č", "tsj": "č", "sj": "š", "zj": "ž"}
_NORTHERN_SOUND = re.compile("tš|tsj|(?:tj|sj|zj)(?=[aou]|s?$)")
"""How these languages write the sounds of Slavic names: Aleksijevitj, Aleksijevitš."""


def _unmarked(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) != "Mn")
