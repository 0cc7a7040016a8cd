"""Scripts that write syllables, or consonants with vowels around them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from monitor.text.scripts import Script, script_of
from monitor.text.transliteration.reading import collapse, singles


def _cut(text: str) -> tuple[str, ...]:
    return tuple("" if part == "." else part for part in text.split())


_INITIALS = _cut("g k n d t r m b p s s . J J C k t p h")
_VOWELS = _cut("a e a e @ e @ e o ua ue ue o u u@ ue ui u _ i i")
_GLIDES = frozenset((2, 3, 6, 7, 12, 17))
_SOFTENING = _GLIDES | {16}
_FINALS = _cut(". k k k n n n t l k m p l t p l m p p t t ng t t k t p t")


def read_hangul(word: str) -> tuple[str, ...]:
    out = []
    for char in word:
        code = ord(char) - 0xAC00
        if not 0 <= code < 11172:
            continue
        initial, vowel, final = _INITIALS[code // 588], _VOWELS[code % 588 // 28], _FINALS[code % 28]
        if not initial and code % 588 // 28 in _GLIDES:
            initial = "j"
        elif initial == "s" and code % 588 // 28 in _SOFTENING:
            initial, vowel = "S", vowel[-1]
        elif initial and vowel in ("ue", "ui"):
            vowel = "@" if vowel == "ue" else "u"
        out.append(initial + vowel + final)
    return (collapse("".join(out).replace("lr", "l")),)


_KANA_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サ.スセソ", "z": "ザ.ズゼゾ", "t": "タ..テト",
    "d": "ダ..デド",
    "n": "ナニヌネノ", "h": "ハヒ.ヘホ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ", "r": "ラリルレロ",
}  # fmt: skip
_KANA = {char: row + vowel for row, chars in _KANA_ROWS.items() for char, vowel in zip(chars, "aiueo", strict=True)}
_KANA |= {
    "シ": "Si",
    "ジ": "Ji",
    "チ": "Ci",
    "ヂ": "Ji",
    "ツ": "cu",
    "ヅ": "zu",
    "フ": "fu",
    "ヤ": "ja",
    "ユ": "ju",
    "ヨ": "jo",
}
_KANA |= {"ワ": "va", "ヰ": "vi", "ヱ": "ve", "ヲ": "o", "ン": "n", "ヴ": "vu", "ー": "", "ッ": ""}
_SMALL = dict(zip("ァィゥェォャュョヮ", ("a", "i", "u", "e", "o", "a", "u", "o", "a"), strict=True))


def read_kana(word: str) -> tuple[str, ...]:
    out: list[str] = []
    for char in word:
        katakana = chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char
        if katakana in _SMALL:
            if out and out[-1] and out[-1][-1] in "aiueo" and out[-1] != "u":
                out[-1] = out[-1][:-1] + ("j" if katakana in "ャュョ" and out[-1][0] not in "SJC" else "")
            out.append(_SMALL[katakana])
        else:
            out.append(_KANA.get(katakana, ""))
    return (collapse("".join(out)),)


_PINYIN_INITIAL = {
    "zh": "J",
    "ch": "C",
    "sh": "S",
    "x": "s",
    "q": "C",
    "j": "g",
    "c": "c",
    "h": "x",
    "r": "r",
    "w": "v",
    "y": "j",
}
_PINYIN = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)([a-z]*?)(ng|n|r)?$")


@lru_cache(maxsize=5_000)
def _pinyin(char: str) -> str:
    match = _PINYIN.match(anyascii(char).lower())
    if match is None:
        return ""
    initial, vowel, final = match[1], match[2], match[3] or ""
    sound = _PINYIN_INITIAL.get(initial, initial)
    if char in "儿尔爾兒":
        return "r"
    vowel = vowel.replace("ou", "o").replace("uo", "o").replace("ao", "au").replace("ue", "e").replace("v", "u")
    return sound + vowel + final


def read_han(word: str) -> tuple[str, ...]:
    sounds = [_pinyin(c) for c in word]
    soft = "".join(
        "J" + s[1:] if s[:1] == "g" and anyascii(c).lower()[:1] == "j" else s for s, c in zip(sounds, word, strict=True)
    )
    return tuple(dict.fromkeys(("".join(sounds), soft)))


def _places(pairs: str) -> dict[int, str]:
    return {int(place, 16): sound for place, sound in singles(pairs).items()}


_INDIC_LETTERS = _places(
    "05 a 06 a 72 a 07 i 08 i 09 u 0A u 0B ri 0D e 0E e 0F e 10 e 11 o 12 o 13 o 14 o 15 k 16 k 17 g 18 "
    "g 19 n 1A C 1B C 1C J 1D Z 1E n 1F t 20 t 21 d 22 d 23 n 24 t 25 t 26 d 27 d 28 n 29 n 2A p 2B f 2C "
    "b 2D b 2E m 2F j 30 r 31 r 32 l 33 l 34 l 35 v 36 S 37 S 38 s 39 h 58 k 59 x 5A g 5B z 5C r 5D r 5E "
    "f 5F j 02 n 01 n "
)
"""By the place of a letter in its block."""

_INDIC_SIGNS = _places("3E a 3F i 40 i 41 u 42 u 43 ri 45 e 46 e 47 e 48 e 49 o 4A o 4B o 4C o") | {0x4D: ""}


def read_indic(word: str) -> tuple[str, ...]:
    """The blocks of these scripts are laid out alike, so one table reads them all."""
    out = ""
    pending = False
    previous = 0
    for char in unicodedata.normalize("NFC", word):
        place = (ord(char) - 0x900) % 0x80
        if place == 0x3C:
            if previous == 0x1C:
                out = out[:-1] + "z"
        elif place in _INDIC_SIGNS:
            out += _INDIC_SIGNS[place]
            pending = False
        else:
            letter = _CHILLU.get(char) or _INDIC_LETTERS.get(place, "")
            if place == 0x1C and script_of(char) is Script.TAMIL:
                letter = "J"
            out += ("_" if pending else "") + letter
            pending = 0x15 <= place <= 0x39 or 0x58 <= place <= 0x5F
        previous = place
    return (collapse(_NASAL.sub("m", out)),)


_CHILLU = singles("ൺ n ൻ n ർ r ൽ l ൾ l ൿ k")
"""Consonants of Malayalam that no vowel follows."""
_NASAL = re.compile("n(?=[pbf])")


_THAI_CONSONANTS = singles(
    "ก k ข k ค k ฆ k ง ng จ J ฉ C ช C ซ s ฌ C ญ j ฎ d ฏ t ฐ t ฑ t ฒ t ณ n ด d ต t ถ t ท t ธ t น n บ b ป p ผ p ฝ f "
    "พ p ฟ f ภ p ม m ย j "
    "ร r ล l ว v ศ s ษ s ส s ห h ฬ l ฮ h"
)
_THAI_VOWELS = singles("ะ a ั a า a ำ am ิ i ี i ึ u ื u ุ u ู u เ e แ e โ o ใ ai ไ ai")
_THAI_SILENCED = re.compile(".[ิุ]?์")
_THAI_LEADING = re.compile("([เแโใไ])([ก-ฮ])")


_THAI_O = re.compile("(?<=[ก-ฮ็])อ(?![ะ-ูเแโใไ็])")
"""The letter that stands for no consonant is a vowel behind one."""


def read_thai(word: str) -> tuple[str, ...]:
    text = "".join(chr(ord(c) - 0x80) if "\u0e80" <= c <= "\u0eff" else c for c in word)
    text = _THAI_LEADING.sub(r"\2\1", _THAI_SILENCED.sub("", text))
    text = _THAI_O.sub("โ", text)
    return (collapse("".join(_THAI_CONSONANTS.get(c, _THAI_VOWELS.get(c, "")) for c in text)),)


def latinised(word: str) -> str:
    """Any other script in plain Latin letters."""
    return "".join(c for c in anyascii(word).lower() if c.isalpha())
