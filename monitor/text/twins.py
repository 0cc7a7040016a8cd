"""Letters of Latin and Cyrillic that look alike: words that mix them, by a slip or to get past filters."""

from __future__ import annotations

import re

_LATIN = "ABCEHKMOPTXYaceopxyiĸ"
_CYRILLIC = "АВСЕНКМОРТХУасеорхуік"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN.replace("ĸ", "k"))
_ANY_CYRILLIC = re.compile("[\u0400-\u04ff]")
# Each begins with a set of letters, which are skipped quickly where they are rare.
_BY_CYRILLIC = re.compile("[\u0400-\u04ff](?:(?=[A-Za-zĸ])|(?<=[A-Za-zĸ][\u0400-\u04ff]))")
_BY_LATIN = re.compile("[A-Za-zĸ](?:(?=[\u0400-\u04ff])|(?<=[\u0400-\u04ff][A-Za-zĸ]))")
_WORD = re.compile("[A-Za-z\u0400-\u04ffĸ]+")
_SURELY_CYRILLIC = re.compile(f"(?![{_CYRILLIC}])[\u0400-\u04ff]")
_SURELY_LATIN = re.compile(f"(?![{_LATIN}])[A-Za-z]")


def in_one_script(text: str) -> str:
    """With every such word in the script that its other letters are of, in Cyrillic where they tell nothing. Of the
    same length; the very same text where no word mixes scripts."""
    if not _ANY_CYRILLIC.search(text):
        return text
    is_mostly_cyrillic = len(text.encode("utf-8", "surrogatepass")) > 1.5 * len(text)
    if not (_BY_LATIN if is_mostly_cyrillic else _BY_CYRILLIC).search(text):
        return text
    return _WORD.sub(_settled, text)


def _settled(match: re.Match[str]) -> str:
    word = match[0]
    if not _BY_LATIN.search(word):
        return word
    if _SURELY_LATIN.search(word) and not _SURELY_CYRILLIC.search(word):
        return word.translate(_TO_LATIN)
    return word.translate(_TO_CYRILLIC)
