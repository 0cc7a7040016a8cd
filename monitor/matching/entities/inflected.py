"""The cases of listed names that change more than the last letter, where no other language has such words.

Of Latin and Cyrillic only those that no ending makes: Manchester, Manchesterze; München, Münchnu; Китай, Китая.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from monitor.text.scripts import Script, script_of

_RULES: dict[Script, tuple[tuple[str, tuple[str, ...]], ...]] = {
    Script.GREEK: (
        ("αδα", ("αδας", "αδος")),
        ("α", ("ας",)),
        ("η", ("ης",)),
        ("ος", ("ου", "ο")),
        ("ας", ("α",)),
        ("ης", ("η",)),
        ("ες", ("ων",)),
        ("οι", ("ων", "ους")),
        ("ο", ("ου",)),
        ("ι", ("ιου",)),
    ),
    Script.GEORGIAN: (
        ("ი", ("მა", "ს", "ში", "ის", "ისა", "ით", "იდან", "თან", "ზე", "ამდე", "ისთვის", "ისგან", "ო")),
        ("ა", ("ას", "ამ", "აში", "ათან", "აზე", "ის", "ისა", "ით", "იდან", "ამდე", "ისთვის", "ისგან")),
        ("ე", ("ეს", "ემ", "ეში", "ეზე", "ის", "ისა", "ით", "იდან")),
        ("ო", ("ოს", "ომ", "ოში", "ოზე", "ოსი", "ოდან", "ოთი")),
    ),
    Script.ARMENIAN: (
        ("ա", ("այի", "ային", "այից", "այում", "այով", "ան")),
        ("ո", ("ոյի", "ոյին", "ոյից", "ոյում", "ոյով", "ոն")),
        ("ե", ("եի", "եից", "եում", "են")),
    ),
    Script.CYRILLIC: (
        ("айи", ("айев", "айям", "айях", "айями")),
        ("аї", ("аїв", "аям", "аях", "аями")),
        ("ай", ("ая", "аю", "аем", "аєм", "ае", "аї")),
        ("ей", ("ея", "ею", "еем", "еєм", "ее", "еї")),
        ("ой", ("оя", "ою", "оем", "оєм", "ое", "ої")),
        ("уй", ("уя", "ую", "уем", "уєм", "уе", "уї")),
        ("ий", ("ия", "ию", "ием", "ии")),
        ("ій", ("ія", "ію", "ієм", "ії")),
        ("ка", ("ці", "цы", "ци")),
        ("га", ("зі", "зе", "зи")),
        ("ха", ("сі", "се", "си")),
        ("ів", ("ова", "ову", "овом", "ові", "ева", "еву", "евом", "еві")),
        ("їв", ("єва", "єву", "євом", "єві")),
        ("ец", ("ца", "цу", "цом", "цем", "це")),
        ("рг", ("рзі",)),
        ("нг", ("нзі",)),
    ),
    Script.LATIN: (
        # Polish, Czech, Slovak, Slovene, Croatian.
        ("cha", ("sze", "še")),
        ("ka", ("ce", "ci")),
        ("ga", ("dze", "ze", "zi")),
        ("ha", ("ze", "si")),
        ("sta", ("ście",)),
        ("ta", ("cie",)),
        ("da", ("dzie",)),
        ("ra", ("rze",)),
        ("ła", ("le",)),
        ("ie", ("ii",)),
        ("st", ("ście",)),
        ("t", ("cie",)),
        ("d", ("dzie",)),
        ("r", ("rze",)),
        ("ł", ("le",)),
        ("en", ("na", "nu", "nom", "nem")),
        ("ec", ("ca", "cu", "cem", "ci")),
        ("iec", ("ca", "cu", "cem", "ci")),
        ("elj", ("lja", "lju", "ljem")),
        ("ek", ("ka", "ku", "kom", "kem", "kiem")),
        # Finnish and Estonian.
        ("nti", ("nni",)),
        ("nki", ("ngi",)),
        ("joki", ("joe",)),
        ("jõgi", ("jõe",)),
        ("meri", ("mere",)),
        ("saari", ("saare",)),
        ("saaret", ("saarte", "saari")),
        ("järvi", ("järve",)),
        ("vuori", ("vuore",)),
        ("vuoret", ("vuorte", "vuori")),
        ("niemi", ("nieme",)),
        ("salmi", ("salme",)),
        ("lahti", ("lahde", "lahte")),
        ("laht", ("lahe",)),
        # Lithuanian.
        ("ius", ("iaus", "iuje", "iui", "iumi")),
        ("ys", ("io", "yje", "iui", "iu")),
        ("is", ("io", "yje", "iui")),
        ("as", ("o", "e", "ui", "u")),
    ),
}
"""The end of a name, and what stands in its place; of the rules that fit, the one with the longest end."""
_LEAST_STEM = 3
_SHORT = 5
"""Of longer ones phrases do not need more than their beginnings."""
_LAST_WORD = re.compile(r"(?<=[\s-])[^\W\d_]+\Z")


def inflected_phrase(form: str) -> Iterator[str]:
    """The same of a name of several words that ends in a short one: Costa Rica, Коста-Риці."""
    last = _LAST_WORD.search(form)
    if last is not None and len(last[0]) <= _SHORT:
        for other in inflected(last[0]):
            yield form[: last.start()] + other


def inflected(word: str) -> Iterator[str]:
    """Those that an ending behind the word does not make."""
    script = script_of(word[0])
    bare = word
    if script is Script.GREEK:
        bare = "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
    fitting = [rule for rule in _RULES.get(script, ()) if bare.endswith(rule[0])]
    if fitting:
        end, others = max(fitting, key=lambda rule: len(rule[0]))
        if len(bare) - len(end) >= _LEAST_STEM - (script is Script.CYRILLIC):
            for other in others:
                yield bare.removesuffix(end) + other
