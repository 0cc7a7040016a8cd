"""Which script a character belongs to, as far as anything here treats scripts differently."""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum


class Script(StrEnum):
    LATIN = "latin"
    GREEK = "greek"
    CYRILLIC = "cyrillic"
    ARMENIAN = "armenian"
    HEBREW = "hebrew"
    ARABIC = "arabic"
    DEVANAGARI = "devanagari"
    BENGALI = "bengali"
    GURMUKHI = "gurmukhi"
    GUJARATI = "gujarati"
    ORIYA = "oriya"
    TAMIL = "tamil"
    TELUGU = "telugu"
    KANNADA = "kannada"
    MALAYALAM = "malayalam"
    SINHALA = "sinhala"
    THAI = "thai"
    LAO = "lao"
    TIBETAN = "tibetan"
    MYANMAR = "myanmar"
    GEORGIAN = "georgian"
    HANGUL = "hangul"
    ETHIOPIC = "ethiopic"
    KHMER = "khmer"
    KANA = "kana"
    HAN = "han"
    OTHER = "other"
    """Also digits, punctuation and everything shared by scripts."""


_RANGES: tuple[tuple[int, int, Script], ...] = (
    (0x41, 0x5A, Script.LATIN),
    (0x61, 0x7A, Script.LATIN),
    (0xAA, 0xAA, Script.LATIN),
    (0xBA, 0xBA, Script.LATIN),
    (0xC0, 0xD6, Script.LATIN),
    (0xD8, 0xF6, Script.LATIN),
    (0xF8, 0x2AF, Script.LATIN),
    (0x370, 0x3FF, Script.GREEK),
    (0x400, 0x52F, Script.CYRILLIC),
    (0x531, 0x58F, Script.ARMENIAN),
    (0x591, 0x5FF, Script.HEBREW),
    (0x600, 0x6FF, Script.ARABIC),
    (0x750, 0x77F, Script.ARABIC),
    (0x870, 0x8FF, Script.ARABIC),
    (0x900, 0x97F, Script.DEVANAGARI),
    (0x980, 0x9FF, Script.BENGALI),
    (0xA00, 0xA7F, Script.GURMUKHI),
    (0xA80, 0xAFF, Script.GUJARATI),
    (0xB00, 0xB7F, Script.ORIYA),
    (0xB80, 0xBFF, Script.TAMIL),
    (0xC00, 0xC7F, Script.TELUGU),
    (0xC80, 0xCFF, Script.KANNADA),
    (0xD00, 0xD7F, Script.MALAYALAM),
    (0xD80, 0xDFF, Script.SINHALA),
    (0xE00, 0xE7F, Script.THAI),
    (0xE80, 0xEFF, Script.LAO),
    (0xF00, 0xFFF, Script.TIBETAN),
    (0x1000, 0x109F, Script.MYANMAR),
    (0x10A0, 0x10FF, Script.GEORGIAN),
    (0x1100, 0x11FF, Script.HANGUL),
    (0x1200, 0x139F, Script.ETHIOPIC),
    (0x1780, 0x17FF, Script.KHMER),
    (0x19E0, 0x19FF, Script.KHMER),
    (0x1C80, 0x1C8F, Script.CYRILLIC),
    (0x1C90, 0x1CBF, Script.GEORGIAN),
    (0x1D00, 0x1DBF, Script.LATIN),
    (0x1E00, 0x1EFF, Script.LATIN),
    (0x1F00, 0x1FFF, Script.GREEK),
    (0x2C60, 0x2C7F, Script.LATIN),
    (0x2D00, 0x2D2F, Script.GEORGIAN),
    (0x2DE0, 0x2DFF, Script.CYRILLIC),
    (0x2E80, 0x2FDF, Script.HAN),
    (0x3005, 0x3007, Script.HAN),
    (0x3021, 0x3029, Script.HAN),
    (0x3041, 0x30FA, Script.KANA),
    (0x30FC, 0x30FF, Script.KANA),
    (0x3130, 0x318F, Script.HANGUL),
    (0x31F0, 0x31FF, Script.KANA),
    (0x3400, 0x4DBF, Script.HAN),
    (0x4E00, 0x9FFF, Script.HAN),
    (0xA640, 0xA69F, Script.CYRILLIC),
    (0xA720, 0xA7FF, Script.LATIN),
    (0xA8E0, 0xA8FF, Script.DEVANAGARI),
    (0xA960, 0xA97F, Script.HANGUL),
    (0xA9E0, 0xA9FF, Script.MYANMAR),
    (0xAA60, 0xAA7F, Script.MYANMAR),
    (0xAB30, 0xAB6F, Script.LATIN),
    (0xAC00, 0xD7FF, Script.HANGUL),
    (0xF900, 0xFAFF, Script.HAN),
    (0xFB00, 0xFB06, Script.LATIN),
    (0xFB13, 0xFB17, Script.ARMENIAN),
    (0xFB1D, 0xFB4F, Script.HEBREW),
    (0xFB50, 0xFDFF, Script.ARABIC),
    (0xFE70, 0xFEFC, Script.ARABIC),
    (0xFF21, 0xFF3A, Script.LATIN),
    (0xFF41, 0xFF5A, Script.LATIN),
    (0xFF66, 0xFF9F, Script.KANA),
    (0xFFA0, 0xFFDC, Script.HANGUL),
    (0x20000, 0x3FFFF, Script.HAN),
)
_STARTS = tuple(low for low, _, _ in _RANGES)

UNSPACED = frozenset({Script.HAN, Script.KANA, Script.THAI, Script.LAO, Script.KHMER, Script.MYANMAR, Script.TIBETAN})
"""Scripts whose words stand side by side without spaces."""

CASED = frozenset({Script.LATIN, Script.GREEK, Script.CYRILLIC, Script.ARMENIAN})
"""Scripts in which a name starts with a capital letter."""


class _Scripts(dict[str, Script]):
    def __missing__(self, char: str) -> Script:
        code = ord(char)
        at = bisect_right(_STARTS, code) - 1
        found = _RANGES[at][2] if at >= 0 and code <= _RANGES[at][1] else Script.OTHER
        self[char] = found
        return found


_SCRIPTS = _Scripts()


def script_of(char: str) -> Script:
    return _SCRIPTS[char]
