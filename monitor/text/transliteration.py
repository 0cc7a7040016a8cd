"""How a word sounds, whatever script it is written in: a few spellings in one alphabet of some thirty sounds.

Consonants `p b f v w m n t d s z S Z c C J k g x h l r j` (S Z C J as in ship, vision, church, judge; c as in tsar, x as
in loch), vowels `a e i o u @`, `_` for a vowel that a script implies, and `A W Y` for letters of Arabic and Hebrew that
stand for a long vowel or a consonant. A word has several readings where its letters do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from anyascii import anyascii

from monitor.text.folding import fold_text
from monitor.text.scripts import Script, script_of

MAX_READINGS = 12

_LATIN = """
schtsch S|SC; shch S|SC; szcz S|SC; tsch C; dsch J; dsh J; dzh J; dzs J; dż J; dž J; sch S|sk; sh S; š S; ş S; ș S; sz S|s; cz C|c
cs C|ks; č C; ç C|s; ch C|x|k|S; ś S|s; ć C; ń n; zs Z|z; zh Z; ž Z; ż Z|z; ź Z|z; rz Z|rz; tz c; ts c; ț c; ţ c; tch C; kh x|k; gh g|
ğ g|; ph f; th t; ck k; qu kv|k; x ks|S|x; w v|u; ł l; ı i|@; yi i; yy i; iy i; yj i; ij i|ei; ii i; ou u|au|o; oo u|o; ee i|e; ei ei|ai|i
ey ei|i; ay ai|ei; ai ai|e; eau o; au au|o; ä a|e; ae e|a; ö o|e; oe o|e|u; ø o|e; ü u|i; ue u|ue; å o|a; ñ nj|n; nj nj|n; lj lj|l; đ J|d; dj J|dj
gn gn|n; y i; j j|J|Z|x; h h|; z z; q k|C; å o; ă @; â a|@; î i|@; õ o; ã an|a; é e; è e; ê e; ô o; ó o|u; ё o
"""

_CYRILLIC = """
а a; б b; в v; г g; ґ g; д d; е e; ё o|e; ж Z; з z; и i; й i; і i; ї i; ы i; к k; л l; м m; н n; о o; п p; р r; с s; т t; у u
ф f; х x; ц c; ч C; ш S; щ S; ъ @; ь ; э e; ю u; я a; є e; ў u; ј j; џ J; ђ J; ћ C; љ l; њ n; ѓ g; ќ k; ѕ z; ѐ e; ѝ i; ә e; ө o; ү u; ұ u
қ k; ғ g; ң n; һ h; җ J; дж J; тс c; кс ks; ьо o; йо o; йе e; ия ia; дз z; ий i; ый i; ій i; ої oi; тч C; ау au|o
"""

_GREEK = """
α a; β v; γ g; δ d; ε e; ζ z; η i; θ t; ι i; κ k; λ l; μ m; ν n; ξ ks; ο o; π p; ρ r; σ s; ς s; τ t; υ i; φ f; χ x; ψ ps; ω o
μπ b|mb; ντ d|nd; γκ g|ng; γγ ng; τζ J|dz; τσ C|c; τς C|c; ου u; αι e; ει i; οι i; υι i; ευ ev|ef; αυ av|au; σι S|si; γι j|gi; τζο Jo
"""

_ARABIC = """
ا A; ب b; ت t; ث t; ج J|g; ح h; خ x; د d; ذ z; ر r; ز z; س s; ش S; ص s; ض d; ط t; ظ z; ع A; غ g; ف f; ق k; ك k; ل l; م m; ن n; ه h
و W; ي Y; ء ; پ p; چ C; ژ Z; گ g; ڤ v; ٹ t; ڈ d; ڑ r; ں n; ڭ g; ۆ W; ێ Y; ڕ r; ڵ l; تش C; دج J; ۇ W; ې Y; ۈ W
"""

_HEBREW = """
א A; ב b; ג g; ד d; ה h; ו W; ז z; ח x; ט t; י Y; כ k; ל l; מ m; נ n; ס s; ע A; פ p; צ c; ק k; ר r; ש S; ת t
ג' J; ז' Z; צ' C; ת' t; ד' d; וו v; טש C; יי Y
"""


def _table(rows: str) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for entry in re.split(r"[;\n]", rows):
        # A sound may be empty: the letter is silent.
        letters, _, sounds = entry.strip(" ").partition(" ")
        if letters:
            table[letters] = tuple(dict.fromkeys(s.strip() for s in sounds.split("|"))) or ("",)
    return table


def _singles(pairs: str) -> dict[str, str]:
    flat = pairs.split()
    return dict(zip(flat[::2], flat[1::2], strict=True))


class _Alphabet:
    """Reads letter groups, the longest first."""

    def __init__(self, table: Mapping[str, tuple[str, ...]]) -> None:
        self._table = table
        self._groups = re.compile("|".join(re.escape(k) for k in sorted(table, key=len, reverse=True)) + r"|(?s:.)")

    def read(self, word: str) -> tuple[str, ...]:
        return combine(self._table.get(m[0], (m[0] if m[0].isascii() and m[0].isalpha() else "",)) for m in
                       self._groups.finditer(word))  # fmt: skip


def combine(alternatives: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The strings that a row of alternatives spells, the likeliest first, no more than `MAX_READINGS`."""
    found = [""]
    for sounds in alternatives:
        if len(sounds) == 1:
            found = [f + sounds[0] for f in found]
        elif len(found) * len(sounds) <= MAX_READINGS:
            found = [f + s for s in sounds for f in found]
        else:
            found = [f + sounds[0] for f in found]
    return tuple(dict.fromkeys(_collapse(f) for f in found))


_DOUBLE = re.compile(r"([^aeiou@_])\1+")


def _collapse(sounds: str) -> str:
    return _DOUBLE.sub(r"\1", sounds)


_LATIN_READER = _Alphabet(_table(_LATIN))
_READERS = {
    Script.CYRILLIC: _Alphabet(_table(_CYRILLIC)),
    Script.GREEK: _Alphabet(_table(_GREEK)),
    Script.ARABIC: _Alphabet(_table(_ARABIC)),
    Script.HEBREW: _Alphabet(_table(_HEBREW)),
}

_SOFT_C = re.compile(r"c(?=[eiyéèêäö])")
_SOFT_G = re.compile(r"g(?=[eiy])")


@lru_cache(maxsize=50_000)
def readings(word: str) -> tuple[str, ...]:
    """The readings of one word, which is of one script; () when nothing in it can be read."""
    script = script_of(word[0]) if word else Script.OTHER
    lower = word.lower()
    match script:
        case Script.LATIN:
            found = _latin(lower)
        case Script.CYRILLIC | Script.GREEK | Script.ARABIC | Script.HEBREW:
            text = unicodedata.normalize("NFC", lower) if script is Script.CYRILLIC else fold_text(lower)
            text = "".join(c for c in text if unicodedata.category(c) != "Mn")
            found = _READERS[script].read(text)
        case Script.HANGUL:
            found = _hangul(unicodedata.normalize("NFC", lower))
        case Script.KANA:
            found = _kana(unicodedata.normalize("NFKC", lower))
        case Script.HAN:
            found = _han(lower)
        case Script.THAI | Script.LAO:
            found = _thai(lower)
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
            found = _indic(lower)
        case _:
            latin = "".join(c for c in anyascii(lower).lower() if c.isalpha())
            found = _latin(latin)
    return tuple(f for f in found if f)


def _latin(lower: str) -> tuple[str, ...]:
    text = "".join(c if c in _KEPT or c.isascii() else fold_text(c) for c in unicodedata.normalize("NFC", lower))
    # c and g before e and i; then j at the start of a syllable.
    text = _SOFT_C.sub("\ue000", text)
    text = _SOFT_G.sub("\ue001", text)
    text = re.sub(r"y(?=[aeou])", "\ue002", text)
    return _LATIN_FULL.read(text)


_KEPT = frozenset("šşșčçśćńžżźțţğłıäöøüåñđăâîõãéèêôó")
_LATIN_FULL = _Alphabet(
    _table(_LATIN) | {"\ue000": ("s", "c", "C"), "\ue001": ("g", "J"), "\ue002": ("j",), "c": ("k", "c")}
)

_ENGLISH: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"augh|ough", ("o", "af", "ou")),
    (r"tion\b|sion\b", ("San",)),
    (r"igh", ("ai",)),
    (r"eigh", ("ei",)),
    (r"dge?(?=$|[^aou])", ("J",)),
    (r"tch", ("C",)),
    (r"ch", ("C", "k")),
    (r"sh", ("S",)),
    (r"th", ("t", "s")),
    (r"ph", ("f",)),
    (r"wh", ("v",)),
    (r"ck", ("k",)),
    (r"qu", ("kv",)),
    (r"^kn", ("n",)),
    (r"^wr", ("r",)),
    (r"x", ("ks",)),
    (r"ea", ("i", "e", "ei")),
    (r"ee|ie(?=.)", ("i",)),
    (r"oo", ("u",)),
    (r"ou", ("au", "u")),
    (r"ow", ("ou", "au")),
    (r"ew", ("ju", "u")),
    (r"aw|au", ("o",)),
    (r"ay|ai|ey$|ei", ("ei", "i")),
    (r"oa", ("ou",)),
    (r"oi|oy", ("oi",)),
    (r"a(?=[bcdfgklmnprstvz]e)", ("ei", "a")),
    (r"i(?=[bcdfgklmnprstvz]e)", ("ai", "i")),
    (r"o(?=[bcdfgklmnprstvz]e)", ("ou", "o")),
    (r"u(?=[bcdfgklmnprstvz]e$)", ("ju", "u")),
    (r"a(?=[bcdfgklmnpstvxz]{2})", ("a", "e")),
    (r"u(?=[bcdfgklmnprstvxz]{1,2}(?:$|[^aeiouy]))", ("a", "u")),
    (r"ar$", ("ar", "a")),
    (r"(?<=.)er$|or$", ("er", "a", "or")),
    (r"(?<=..)e$", ("", "e")),
    (r"y$", ("i",)),
    (r"c(?=[eiy])", ("s",)),
    (r"c", ("k",)),
    (r"g(?=[eiy])", ("J", "g")),
    (r"j", ("J",)),
    (r"y(?=[aeiou])", ("j",)),
    (r"y", ("i", "ai")),
    (r"w", ("v", "u")),
    (r"h(?=[^aeiouy]|$)", ("",)),
    (r"[a-z]", ()),
)
_ENGLISH_GROUPS = tuple((re.compile(pattern), sounds) for pattern, sounds in _ENGLISH)


@lru_cache(maxsize=10_000)
def english_readings(word: str) -> tuple[str, ...]:
    """How an English speaker would say a Latin word of plain letters: how other scripts often write it."""
    lower = word.lower()
    if not lower.isascii() or not lower.isalpha():
        return ()
    parts: list[tuple[str, ...]] = []
    at = 0
    while at < len(lower):
        for pattern, sounds in _ENGLISH_GROUPS:
            match = pattern.match(lower, at)
            if match and match.end() > at:
                parts.append(sounds or (match[0],))
                at = match.end()
                break
    return tuple(r for r in combine(parts) if r)


# --- scripts of syllables ----------------------------------------------------------------------------------------

_INITIALS = "k k n t t r m p p s s . J J C k t p h".split()
_VOWELS = "a e a e @ e @ e o ua ue ue o u u@ ue ui u _ ui i".split()
_FINALS = ". k k k n n n t l k m p l t p l m p p t t n t t k t p t".split()


def _hangul(word: str) -> tuple[str, ...]:
    out = []
    for char in word:
        code = ord(char) - 0xAC00
        if not 0 <= code < 11172:
            continue
        initial, vowel, final = _INITIALS[code // 588], _VOWELS[code % 588 // 28], _FINALS[code % 28]
        if final == "t" and code % 28 in (19, 20):
            final = "s"
        out.append(initial.replace(".", "") + vowel + final.replace(".", ""))
    return (_collapse("".join(out).replace("lr", "l")),)


_KANA_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サ.スセソ", "z": "ザ.ズゼゾ", "t": "タ..テト", "d": "ダ..デド",
    "n": "ナニヌネノ", "h": "ハヒ.ヘホ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ", "r": "ラリルレロ",
}  # fmt: skip
_KANA = {char: row + vowel for row, chars in _KANA_ROWS.items() for char, vowel in zip(chars, "aiueo", strict=True)}
_KANA |= {"シ": "Si", "ジ": "Ji", "チ": "Ci", "ヂ": "Ji", "ツ": "cu", "ヅ": "zu", "フ": "fu", "ヤ": "ja", "ユ": "ju", "ヨ": "jo"}
_KANA |= {"ワ": "va", "ヰ": "vi", "ヱ": "ve", "ヲ": "o", "ン": "n", "ヴ": "vu", "ー": "", "ッ": ""}
_SMALL = dict(zip("ァィゥェォャュョヮ", ("a", "i", "u", "e", "o", "a", "u", "o", "a"), strict=True))


def _kana(word: str) -> tuple[str, ...]:
    out: list[str] = []
    for char in word:
        katakana = chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char
        if katakana in _SMALL:
            if out and out[-1] and out[-1][-1] in "aiueo":
                out[-1] = out[-1][:-1] + ("j" if katakana in "ャュョ" and out[-1][0] not in "SJC" else "")
            out.append(_SMALL[katakana])
        else:
            out.append(_KANA.get(katakana, ""))
    return (_collapse("".join(out)),)


_PINYIN_INITIAL = {"zh": "J", "ch": "C", "sh": "S", "x": "s", "q": "C", "j": "g", "c": "c", "h": "x", "r": "r", "w": "v", "y": "j"}
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
    return sound + vowel + final.replace("ng", "n")


def _han(word: str) -> tuple[str, ...]:
    sounds = [_pinyin(c) for c in word]
    soft = "".join("J" + s[1:] if s[:1] == "g" and anyascii(c).lower()[:1] == "j" else s for s, c in zip(sounds, word, strict=True))
    return tuple(dict.fromkeys(("".join(sounds), soft)))


_INDIC_LETTERS = {
    **dict.fromkeys((0x05, 0x06, 0x72), "a"), **dict.fromkeys((0x07, 0x08), "i"), **dict.fromkeys((0x09, 0x0A), "u"), 0x0B: "ri",
    **dict.fromkeys((0x0D, 0x0E, 0x0F), "e"), 0x10: "ai", **dict.fromkeys((0x11, 0x12, 0x13), "o"), 0x14: "au",
    0x15: "k", 0x16: "k", 0x17: "g", 0x18: "g", 0x19: "n", 0x1A: "C", 0x1B: "C", 0x1C: "J", 0x1D: "Z", 0x1E: "n", 0x1F: "t", 0x20: "t",
    0x21: "d", 0x22: "d", 0x23: "n", 0x24: "t", 0x25: "t", 0x26: "d", 0x27: "d", 0x28: "n", 0x29: "n", 0x2A: "p", 0x2B: "f", 0x2C: "b",
    0x2D: "b", 0x2E: "m", 0x2F: "j", 0x30: "r", 0x31: "r", 0x32: "l", 0x33: "l", 0x34: "l", 0x35: "v", 0x36: "S", 0x37: "S", 0x38: "s",
    0x39: "h", 0x58: "k", 0x59: "x", 0x5A: "g", 0x5B: "z", 0x5C: "r", 0x5D: "r", 0x5E: "f", 0x5F: "j", 0x02: "n", 0x01: "n", 0x03: "",
}  # fmt: skip
_INDIC_SIGNS = {0x3E: "a", 0x3F: "i", 0x40: "i", 0x41: "u", 0x42: "u", 0x43: "ri", 0x45: "e", 0x46: "e", 0x47: "e", 0x48: "ai", 0x49: "o",
                0x4A: "o", 0x4B: "o", 0x4C: "au", 0x4D: ""}  # fmt: skip


def _indic(word: str) -> tuple[str, ...]:
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
            letter = _INDIC_LETTERS.get(place, "")
            if place == 0x1C and script_of(char) is Script.TAMIL:
                letter = "J"
            out += ("_" if pending else "") + letter
            pending = 0x15 <= place <= 0x39 or 0x58 <= place <= 0x5F
        previous = place
    return (_collapse(out),)


_THAI_CONSONANTS = _singles(
    "ก k ข k ค k ฆ k ง n จ J ฉ C ช C ซ s ฌ C ญ j ฎ d ฏ t ฐ t ฑ t ฒ t ณ n ด d ต t ถ t ท t ธ t น n บ b ป p ผ p ฝ f พ p ฟ f ภ p ม m ย j "
    "ร r ล l ว v ศ s ษ s ส s ห h ฬ l ฮ h"
)
_THAI_VOWELS = {"ะ": "a", "ั": "a", "า": "a", "ำ": "am", "ิ": "i", "ี": "i", "ึ": "u", "ื": "u", "ุ": "u", "ู": "u", "เ": "e", "แ": "e", "โ": "o", "ใ": "ai", "ไ": "ai"}  # fmt: skip
_THAI_SILENCED = re.compile(".[ิุ]?์")
_THAI_LEADING = re.compile("([เแโใไ])([ก-ฮ])")


def _thai(word: str) -> tuple[str, ...]:
    text = "".join(chr(ord(c) - 0x80) if "\u0e80" <= c <= "\u0eff" else c for c in word)
    text = _THAI_LEADING.sub(r"\2\1", _THAI_SILENCED.sub("", text))
    return (_collapse("".join(_THAI_CONSONANTS.get(c, _THAI_VOWELS.get(c, "")) for c in text)),)
