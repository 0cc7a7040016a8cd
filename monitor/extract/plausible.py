"""How much a text looks as if people had written it: what tells the right code page from the wrong ones."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

_WORD_BEYOND = re.compile(r"\w*[^\W\x00-\x7f]\w*")
_ODD = re.compile("[\x80-\x9f\ue000-\uf8ff\u2500-\u259f]")


def plausibility(text: str) -> float:
    """1 for text that people could have written, less for what a wrong code page makes of it."""
    beyond = [c for c in text if c > "\x7f"]
    if not beyond:
        return 1.0
    odd = len(_ODD.findall(text)) / len(beyond)
    words = _WORD_BEYOND.findall(text)[:3000]
    strange = sum(1 for w in words if _is_strange(w)) / len(words) if words else 0.0
    return 1.0 - 3 * odd - strange - 0.5 * _foreign(beyond)


_ALPHABETS = tuple(
    frozenset(letters)
    for letters in (
        "áâãàçéêíóôõúü", "áéíñóúü", "àâæçéèêëîïôœùûüÿ", "äöüß", "àèéìíòóù", "åäöæøé", "ąćęłńóśźż", "áčďéěíňóřšťúůýž",
        "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîșțşţ", "çğıöşüâî", "ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž",
        "áðéíóúýþæö", "àçéèíïóòúü", "çë", "ñ",
    )
)  # fmt: skip
"""The letters beyond ASCII of languages that are written in Latin."""


def _foreign(beyond: list[str]) -> float:
    """The share of Latin letters that the likeliest language does not have."""
    counts = Counter(c.lower() for c in beyond if "\u00c0" <= c < "\u0250" and c.isalpha())
    total = sum(counts.values())
    if not total:
        return 0.0
    return 1 - max(sum(counts[c] for c in alphabet) for alphabet in _ALPHABETS) / total


def _is_strange(word: str) -> bool:
    scripts = {_script(c) for c in word if c.isalpha()}
    if len(scripts - {"han", "kana"}) > 1 or (scripts & {"han", "kana"} and scripts - {"han", "kana", "latin"}):
        return True
    if any(a.islower() and b.isupper() for a, b in pairwise(word)):
        return True
    return len(word) > 1 and sum("\xa0" <= c <= "\xff" for c in word) > 0.6 * len(word)


def _script(char: str) -> str:
    code = ord(char)
    if code < 0x250 or 0x1E00 <= code < 0x1F00:
        return "latin"
    if code < 0x400:
        return "greek"
    if code < 0x530:
        return "cyrillic"
    if code < 0x600:
        return "hebrew"
    if code < 0x780:
        return "arabic"
    if 0x3040 <= code < 0x3100 or 0xFF66 <= code < 0xFFA0:
        return "kana"
    if 0xAC00 <= code < 0xD7B0:
        return "hangul"
    return "han" if code >= 0x2E80 else "other"
