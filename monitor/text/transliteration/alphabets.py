"""Alphabets, with or without vowels: letter groups and how they sound."""

from __future__ import annotations

import re
import unicodedata

from monitor.text.folding import fold_text
from monitor.text.scripts import Script
from monitor.text.transliteration.reading import Alphabet, table_of

_LATIN = """
schtsch S|SC; shch S|SC; szcz S|SC; tsch C; dsch J; dsh J; dzh J; dzs J; dż J; dž J; sch S|sk; sh S; š S; ş S
ș S; sz S|s; cz C|c; cs C|ks; č C; ç C|s; ch C|x|k|S; ś S|s; ć C; ń n; zs Z|z; zh Z; ž Z; ż Z|z; ź Z|z
rz Z|rz|rc; lz lc|lz; nz nc|nz; tz c; ts c; ț c; ţ c; tch C; kh x|k; gh g|; ğ g|; ph f; th t; ck k; qu kv|k; x ks|S|x; w v|u; ł l
ı i|@; yi i; yy i; iy i; yj i; ij i|ei; ii i; ou u|au|ou; oev ojev; aev ajev; oo u|o; ee i|e; aa a|aa; ei ei|ai|i; ey ei|i; ay ai|ei
ai ai|e; eau o; au au|o; ä a|e; ae e|a; ö o|e; oe o|e|u; ø o|e; ü u|i; ue u|ue; å o|a; ñ nj|n; nj nj|n
lj lj|l; đ J|d; dj J|dj; gn gn|n; y i; j j|J|Z|x; h h|; z z; q k|C; å o; ă @; â a|@; î i|@; õi i; õ o|i; ã an|a; é e
è e; ê e; ô o; ó o|u; ё o
"""

_CYRILLIC = """
а a; б b; в v; г g; ґ g; д d; е e; ё o|e; ж Z; з z; и i; й i; і i; ї i; ы i; к k; л l; м m; н n; о o; п p; р r
с s; т t; у u; ф f; х x; ц c; ч C; ш S; щ S; ъ @; ь; э e; ю u; я a; є e; ў u; ј j; џ J; ђ J; ћ C; љ l; њ n
ѓ g; ќ k; ѕ z; ѐ e; ѝ i; ә e; ө o; ү u; ұ u; қ k; ғ g; ң n; һ h; җ J; дж J; тс c; кс ks; ьо jo; йо jo; йе je
ия ia; дз z; ий i; ый i; ій i; ої oi; тч C; ау au|o; ье je; ьє je; ью ju; ья ja; йє je; ъе je; ъя ja; цз cz; йя ja; йю ju
"""

_GREEK = """
α a; β v; γ g; δ d; ε e; ζ z; η i; θ t; ι i; κ k; λ l; μ m; ν n; ξ ks; ο o; π p; ρ r; σ s; ς s; τ t; υ i; φ f
χ x; ψ ps; ω o; μπ b|mb; ντ d|nd; γκ g|ng; γγ ng; τζ J|dz; τσ C|c; τς C|c; ου u; αι e; ει i; οι i; υι i
ευ ev|ef; αυ av|au; σι S|si; γι j|gi; τζο Jo
"""

_ARABIC = """
ا A; ب b; ت t; ث t; ج J|g; ح h; خ x; د d; ذ z; ر r; ز z; س s; ش S; ص s; ض d; ط t; ظ z; ع A; غ g; ف f; ق k; ك k
ل l; م m; ن n; ه h; و W; ي Y; ء; پ p; چ C; ژ Z; گ g; ڤ v; ٹ t; ڈ d; ڑ r; ں n; ڭ g; ۆ W; ێ Y; ڕ r; ڵ l; تش C; تس c|ts
دج J; ۇ W; ې Y; ۈ W
"""

_HEBREW = """
א A; ב b; ג g; ד d; ה h; ו W; ז z; ח x; ט t; י Y; כ k; ל l; מ m; נ n; ס s; ע A; פ p; צ c; ק k; ר r; ש S; ת t
דז' J; טס c; ג' J; ז' Z; צ' C; ת' t; ד' d; וו v; טש C; יי Y
"""


_AFTER_VOWEL = re.compile("(?<=[аеёиоуыэюяіїє])(?=[еєюя])")


_GREEK_HIATUS = re.compile("([άέό])([ιυ])|([αεο])([ϊϋΐΰ])")


def read_greek(lower: str) -> tuple[str, ...]:
    """An accent on the first of two vowels keeps them apart."""
    text = fold_text(_GREEK_HIATUS.sub(r"\1\3|\2\4", unicodedata.normalize("NFC", lower)))
    return READERS[Script.GREEK].read(text)


def read_abjad(text: str, script: Script) -> tuple[str, ...]:
    """At the beginning, the letter before w or y only carries the vowel."""
    found = READERS[script].read(text)
    if len(text) > 2 and text[0] in "אا" and text[1] in "ויي":
        found += READERS[script].read(text[1:])
    return tuple(dict.fromkeys(found))


def read_cyrillic(lower: str) -> tuple[str, ...]:
    return READERS[Script.CYRILLIC].read(_AFTER_VOWEL.sub("й", lower))


READERS = {
    Script.CYRILLIC: Alphabet(table_of(_CYRILLIC)),
    Script.GREEK: Alphabet(table_of(_GREEK)),
    Script.ARABIC: Alphabet(table_of(_ARABIC), doubles=True),
    Script.HEBREW: Alphabet(table_of(_HEBREW), doubles=True),
}


_SOFT_C = re.compile(r"c(?=[eiyéèêäö])")
_FIRST_H = re.compile(r"^h(?=[aeiouy])")
_FIRST_Y = re.compile("y(?=[aeou])")
_SOFT_G = re.compile(r"g(?=[eiy])")
_MC = re.compile(r"^mc(?=[^aeiouyhk])")


def read_latin(lower: str) -> tuple[str, ...]:
    text = lower
    if not lower.isascii():
        text = "".join(c if c in _KEPT or c.isascii() else fold_text(c) for c in unicodedata.normalize("NFC", lower))
    # c and g before e and i; then j at the start of a syllable.
    if "c" in text:
        text = _SOFT_C.sub("\ue000", _MC.sub("mak", text))
    if "g" in text:
        text = _SOFT_G.sub("\ue001", text)
    if "h" in text:
        text = _FIRST_H.sub("\ue003", text)
    if "y" in text:
        text = _FIRST_Y.sub("\ue002", text)
    found = _LATIN_FULL.read(text)
    if "h" in text and _YO.search(text):
        found += _LATIN_FULL.read(_YO.sub("o", text))
    return found


_YO = re.compile("(?<=ch|sh|zh)e(?=va?$)")
"""Gorbachev is said with an o, and written so by some."""
_KEPT = frozenset("šşșčçśćńžżźțţğłıäöøüåñđăâîõãéèêôó")
_LATIN_FULL = Alphabet(
    table_of(_LATIN)
    | {"\ue000": ("s", "c", "C"), "\ue001": ("g", "J"), "\ue002": ("j",), "\ue003": ("h",), "c": ("k", "c")}
)
