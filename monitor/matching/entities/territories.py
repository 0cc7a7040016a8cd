"""Countries and territories as the languages of the world call them: the one door to CLDR."""

from __future__ import annotations

from functools import cache

from babel.localedata import load

from monitor.text.folding import fold_text

_FIRST = ("en", "es", "fr", "de", "ru", "id", "pt", "ar", "zh", "it", "pl", "tr", "ja", "hi", "fa")
_LOCALES = tuple(
    """en fr de es it pt nl sv da nb fi et lv lt pl cs sk sl hr bs sr sr_Latn mk bg ru uk be ro hu el tr az kk ky uz tg tk
    mn ka hy he ar fa ur ps ku hi bn pa gu or ta te kn ml si ne mr my km lo th vi id ms fil sw so am zh zh_Hant ja ko sq is ga
    cy eu ca gl mt lb af zu ha eo""".split()
)


@cache
def _names(locale: str) -> dict[str, tuple[str, ...]]:
    """Territory code -> its names in the locale."""
    found: dict[str, tuple[str, ...]] = {}
    for code, name in load(locale).get("territories", {}).items():
        base = code.split("-")[0]
        if len(base) == 2 and base.isalpha() and isinstance(name, str):
            found[base] = (*found.get(base, ()), name)
    return found


def code_of(name: str) -> str:
    """The territory that bears the name in one of the languages that users mostly write in; '' when none does."""
    folded = fold_text(name)
    for locale in _FIRST:
        for code, names in _names(locale).items():
            if any(fold_text(n) == folded for n in names):
                return code
    return ""


@cache
def names_of(code: str) -> tuple[str, ...]:
    """What the territory is called, in all languages."""
    found = dict.fromkeys(name for locale in _LOCALES for name in _names(locale).get(code, ()))
    return tuple(n for n in found if len(n) > 2 - (not n.isascii()) and not (n.isascii() and n.isupper()))


@cache
def longer_names() -> dict[str, frozenset[str]]:
    """Names of several words (folded) -> the territories that bear them: in South Sudan there is no Sudan."""
    found: dict[str, set[str]] = {}
    for locale in _LOCALES:
        for code, names in _names(locale).items():
            for name in names:
                folded = fold_text(name).replace("-", " ")
                if " " in folded:
                    found.setdefault(folded, set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}
