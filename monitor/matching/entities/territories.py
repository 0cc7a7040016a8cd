"""Countries and territories as the languages of the world call them: the one door to CLDR."""

from __future__ import annotations

from functools import cache

from babel.localedata import load

from monitor.text.folding import fold_text
from monitor.text.scripts import UNSPACED, script_of
from monitor.text.tokens import runs

_FIRST = ("en", "es", "fr", "de", "ru", "id", "pt", "ar", "zh", "it", "pl", "tr", "ja", "hi", "fa")
_LOCALES = """
en fr de es it pt nl sv da nb fi et lv lt pl cs sk sl hr bs sr sr_Latn mk bg ru uk be ro hu el tr az kk ky uz
tg tk mn ka hy he ar fa ur ps ku hi bn pa gu or ta te kn ml si ne mr my km lo th vi id ms fil sw so am zh
zh_Hant ja ko sq is ga cy eu ca gl mt lb af zu ha eo
"""


_NO_TERRITORIES = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"))
"""Bodies and placeholders that CLDR names beside the territories."""


@cache
def _names(locale: str) -> dict[str, tuple[str, ...]]:
    """Territory code -> its names in the locale."""
    found: dict[str, tuple[str, ...]] = {}
    for code, name in load(locale).get("territories", {}).items():
        base = code.split("-")[0]
        if len(base) == 2 and base.isalpha() and base not in _NO_TERRITORIES and isinstance(name, str):
            found[base] = (*found.get(base, ()), name)
    return found


def code_of(name: str) -> str:
    """The territory that bears the name in one of the languages that users mostly write in; '' when none does."""
    return _codes().get(fold_text(name), "")


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for locale in _FIRST:
        for code, names in _names(locale).items():
            for name in names:
                found.setdefault(fold_text(name), code)
    return found


@cache
def usual_names() -> dict[str, tuple[str, ...]]:
    """Territory code -> its names in the languages that users mostly write in."""
    found: dict[str, dict[str, None]] = {}
    for locale in _FIRST:
        for code, names in _names(locale).items():
            found.setdefault(code, {}).update(dict.fromkeys(names))
    return {code: tuple(names) for code, names in found.items()}


@cache
def names_of(code: str, locales: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What the territory is called, in all languages if none are given."""
    known = _LOCALES.split()
    wanted = [locale for locale in locales if locale in known] if locales else known
    found = dict.fromkeys(name for locale in wanted for name in _names(locale).get(code, ()))
    return tuple(n for n in found if len(n) > 2 - (not n.isascii()) and not (n.isascii() and n.isupper()))


@cache
def longer_names() -> dict[str, frozenset[str]]:
    """Names of several words (folded) -> the territories that bear them: in South Sudan there is no Sudan."""
    found: dict[str, set[str]] = {}
    for locale in _LOCALES.split():
        for code, names in _names(locale).items():
            for name in names:
                words = [fold_text(name[start:end]) for start, end, _ in runs(name)]
                if len(words) > 1:
                    found.setdefault(" ".join(words), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def words_of_longer_names() -> frozenset[str]:
    return frozenset(word for name in longer_names() for word in name.split())


@cache
def covering(code: str) -> tuple[str, ...]:
    """Names of other territories that have a name of this one in them, in scripts without spaces."""
    own = [fold_text(n) for n in names_of(code) if script_of(n[0]) in UNSPACED]
    others = {
        fold_text(name)
        for locale in _LOCALES.split()
        for other, names in _names(locale).items()
        if other != code
        for name in names
        if script_of(name[0]) in UNSPACED
    }
    return tuple(sorted(o for o in others if any(n in o and n != o for n in own)))


_MORE_LETTERS = (
    "普特朗梅默泽澤连連斯基佐登拜乔喬治弗拉基米尔爾泰勒威廉姆约約翰逊遜布什奥奧巴马馬克龙龍欧歐班内內"
    "塔尼亚亞胡萨薩莫迪杜达達泰洛森伯格根施密茨茲瓦贝貝"
)


@cache
def spelling_letters() -> frozenset[str]:
    """The characters that Chinese spells foreign names with: those of foreign places, and some more for people."""
    found = set(_MORE_LETTERS)
    for locale in ("zh", "zh_Hant"):
        for names in _names(locale).values():
            found.update("".join(names))
        for zone in load(locale).get("time_zones", {}).values():
            found.update(str(zone.get("city", "")))
    return frozenset(c for c in found if "\u3400" <= c <= "\u9fff") - frozenset(
        "国國的和与與及中大南北西东東新群岛島州地区區"
    )


@cache
def unspaced_names(language: str) -> frozenset[str]:
    """Names of territories as they stand in a text without spaces."""
    locales = {"zh": ("zh", "zh_Hant"), "ja": ("ja",), "th": ("th",), "lo": ("lo",), "km": ("km",), "my": ("my",)}
    return frozenset(
        name for locale in locales.get(language, ()) for names in _names(locale).values() for name in names
    )
