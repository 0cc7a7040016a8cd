"""Names of popes and rulers: national forms and numbers."""

from __future__ import annotations

from functools import cache

from monitor.matching.entities.lexicon import context, forms
from monitor.text.folding import fold_text
from monitor.text.scripts import Script, script_of

_LAST_ORDINAL = 23


def national_forms(name: str) -> tuple[str, ...]:
    """What a ruler's name is in other languages."""
    folded = fold_text(name)
    return tuple(
        dict.fromkeys((name, *(f for group in forms() if any(fold_text(g) == folded for g in group) for f in group)))
    )


def unspaced_forms(name: str, office: str) -> tuple[str, ...]:
    """The name with the office, where no space stands between."""
    here = [f for f in national_forms(name) if script_of(f[0]) in (Script.HAN, Script.KANA)]
    titles = [t for t in context(office) if script_of(t[0]) is Script.HAN]
    return tuple(joined for f in here for t in titles for joined in (t + f, f + t))


@cache
def _ordinals() -> dict[str, int]:
    return {word: n for n in range(1, _LAST_ORDINAL + 1) for word in context(f"ordinal {n}")}


_TWINS = str.maketrans("хіѵсм", "xivcm")


def ordinal_of(word: str) -> int:
    """The number that a word, or a Roman numeral, says; 0 for none."""
    folded = fold_text(word)
    return _ordinals().get(folded) or _ordinals().get(folded.translate(_TWINS), 0)
