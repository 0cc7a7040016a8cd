"""How a name may look in other scripts: the way back from sounds to letters, for examples. Matching never asks it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from monitor.text.scripts import Script
from monitor.text.transliteration.reading import singles

_CYRILLIC = singles(
    "p п b б f ф v в w в m м n н t т d д s с z з S ш Z ж C ч c ц J дж k к g г x х h х "
    "l л r р j й a а e е i и o о u у @ э"
)
_GREEK = singles(
    "p π b μπ f φ v β w ου m μ n ν t τ d ντ s σ z ζ S σ Z ζ C τσ c τσ J τζ k κ g γκ x χ h χ "
    "l λ r ρ j ι a α e ε i ι o ο u ου @ ε"
)
_ARABIC = singles(
    "p ب b ب f ف v ف w و m م n ن t ت d د s س z ز S ش Z ج C تش c تس J ج k ك g غ x خ h ه l ل r ر j ي a ا i ي o و u و"
)
_HEBREW = singles(
    "p פ b ב f פ v ו w ו m מ n נ t ט d ד s ס z ז S ש Z ז' C צ' c צ J ג' k ק g ג x ח h ה l ל r ר j י a א i י o ו u ו"
)
_HEBREW_FINAL = str.maketrans("פמנצ", "ףםןץ")
_GEORGIAN = singles(
    "p პ b ბ f ფ v ვ w ვ m მ n ნ t ტ d დ s ს z ზ S შ Z ჟ C ჩ c ც J ჯ k კ g გ x ხ h ჰ "
    "l ლ r რ j ი a ა e ე i ი o ო u უ @ ე"
)
_KANA_ROWS = {
    "": "アイウエオ",
    "k": "カキクケコ",
    "g": "ガギグゲゴ",
    "s": "サシスセソ",
    "z": "ザジズゼゾ",
    "t": "タティトゥテト",
    "d": "ダディドゥデド",
    "n": "ナニヌネノ",
    "h": "ハヒフヘホ",
    "b": "バビブベボ",
    "p": "パピプペポ",
    "m": "マミムメモ",
    "r": "ラリルレロ",
    "f": "ファフィフフェフォ",
    "v": "ヴァヴィヴヴェヴォ",
    "S": "シャシシュシェショ",
    "C": "チャチチュチェチョ",
    "J": "ジャジジュジェジョ",
    "c": "ツァツィツツェツォ",
    "j": "ヤイユイェヨ",
    "w": "ワウィウウェウォ",
}
_KANA_CELL = re.compile(r"[ァ-ヺ][ァィゥェォャュョ]?")
_KANA = {
    consonant + vowel: cell
    for consonant, row in _KANA_ROWS.items()
    for vowel, cell in zip("aiueo", _KANA_CELL.findall(row), strict=True)
}
_KANA_LIKE = str.maketrans({"l": "r", "x": "h", "Z": "J", "@": "a", "_": ""})
_INITIALS = dict(zip("kntlmbsjJChpg", (0, 2, 16, 5, 6, 7, 9, 11, 12, 14, 18, 17, 0), strict=True)) | {
    "k": 15, "g": 0, "d": 3, "r": 5, "z": 12, "Z": 12, "c": 14, "S": 9, "f": 17, "v": 7, "w": 11, "x": 18, "j": 11,
}  # fmt: skip
_VOWELS = {"a": 0, "e": 5, "i": 20, "o": 8, "u": 13, "@": 4, "_": 18}
_FINALS = {"k": 1, "n": 4, "l": 8, "m": 16, "p": 17}
_SYLLABLE = re.compile(r"([^aeiou@_]?)([aeiou@_]|(?=[^aeiou@_]|$))")


def spelled(sounds: str) -> Mapping[Script, str]:
    """A word in some scripts, from one of its readings."""
    found = {
        Script.CYRILLIC: _letters(sounds, _CYRILLIC),
        Script.GREEK: _letters(sounds, _GREEK),
        Script.ARABIC: _letters(sounds, _ARABIC),
        Script.HEBREW: _hebrew(sounds),
        Script.GEORGIAN: _letters(sounds, _GEORGIAN),
        Script.KANA: _kana(sounds),
        Script.HANGUL: _hangul(sounds),
    }
    return {script: word for script, word in found.items() if word}


def _letters(sounds: str, table: Mapping[str, str]) -> str:
    return "".join(table.get(sound, "") for sound in sounds)


def _hebrew(sounds: str) -> str:
    word = _letters(sounds, _HEBREW)
    return word[:-1] + word[-1:].translate(_HEBREW_FINAL)


def _kana(sounds: str) -> str:
    out = ""
    like = sounds.translate(_KANA_LIKE)
    at = 0
    while at < len(like):
        sound, after = like[at], like[at + 1 : at + 2]
        if sound in "aiueo":
            out += _KANA[sound]
        elif after and after in "aiueo":
            out += _KANA.get(sound + after, "")
            at += 1
        elif sound in "nm":
            out += "ン" if sound == "n" else "ム"
        else:
            out += _KANA.get(sound + ("o" if sound in "td" else "u"), "")
        at += 1
    return out


def _hangul(sounds: str) -> str:
    out: list[int] = []
    for consonant, vowel in _SYLLABLE.findall(sounds):
        if not consonant and not vowel:
            continue
        if not vowel and out and (out[-1] - 0xAC00) % 28 == 0 and consonant in _FINALS:
            out[-1] += _FINALS[consonant]
            continue
        initial = _INITIALS.get(consonant, 11) if consonant else 11
        out.append(0xAC00 + initial * 588 + _VOWELS[vowel or "_"] * 28)
    return "".join(map(chr, out))
