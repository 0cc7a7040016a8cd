"""Letters of Latin and Cyrillic that look alike: words that mix them, by a slip or to get past filters."""

from __future__ import annotations

import re

_LATIN = "ABCEHKMOPTXYaceopxyiĸ"
_CYRILLIC = "АВСЕНКМОРТХУасеорхуік"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN.replace("ĸ", "k"))
_MIXED = re.compile("[A-Za-zĸ](?=[\u0400-\u04ff])|(?<=[\u0400-\u04ff])[A-Za-zĸ]")
_APART = re.compile("(?:[^\u0400-\u04ff]++(?:(?<![A-Za-zĸ])|\\Z)|[\u0400-\u04ff]++(?![A-Za-zĸ]))*+\\Z")
"""A text in which no word mixes scripts, stretch by stretch: much faster than to look for one that does."""
_WORD = re.compile("[A-Za-z\u0400-\u04ffĸ]+")
_SURELY_CYRILLIC = re.compile(f"(?![{_CYRILLIC}])[\u0400-\u04ff]")
_SURELY_LATIN = re.compile(f"(?![{_LATIN}])[A-Za-z]")


def is_in_one_script(text: str) -> bool:
    """Whether no word mixes scripts."""
    return text.isascii() or _APART.match(text) is not None


def in_one_script(text: str) -> str:
    """With every such word in the script that its other letters are of, in Cyrillic where they tell nothing. Of the
    same length; the very same text where no word mixes scripts."""
    if is_in_one_script(text):
        return text
    return _WORD.sub(_settled, text)


def _settled(match: re.Match[str]) -> str:
    word = match[0]
    if not _MIXED.search(word):
        return word
    if _SURELY_LATIN.search(word) and not _SURELY_CYRILLIC.search(word):
        return word.translate(_TO_LATIN)
    return word.translate(_TO_CYRILLIC)
