"""Which languages a Latin name may come from, told from its letters, and how it is said there."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from monitor.text.transliteration.eastern import (
    IS_KOREAN,
    IS_PINYIN,
    IS_ROMAJI,
    KONTSEVICH,
    KOREAN,
    PALLADIUS,
    PINYIN,
    POLIVANOV,
    ROMAJI,
)
from monitor.text.transliteration.english import ENGLISH
from monitor.text.transliteration.northern import BALKAN, DUTCH, GERMAN, HUNGARIAN, NORDIC, SLAVIC, TURKISH
from monitor.text.transliteration.reading import Rules
from monitor.text.transliteration.romance import BRAZILIAN, FRENCH, ITALIAN, PORTUGUESE, SPANISH

_MAX_SPOKEN = 16

_ENGLISH = "sh|ck|wh|ee|oo|gh|[^aeiou]son$|is+on$|ton$|ley$|ing$|ung$|man+$|ham$|stein$"
_ROMANCE = r"(?!.*(?:[kwšžčřłäöüßåø]|sh|th|ph|ck|" + _ENGLISH + "))"
_IBERIAN = _ROMANCE + r"(?!.*(?:bb|dd|ff|gg|mm|nn|pp|tt))"

_ORIGINS: tuple[tuple[str, Rules], ...] = (
    (r"(?!.*[^a-z])", ENGLISH),
    (
        r"(?!.*(?:[kwšžčřłñäöüßåø]|"
        + _ENGLISH
        + r"))(?=.*(?:ch|ou|oi|eau|eu|au|ai|gn|ill|qu|j|g[eiy]|[éèêçëïœîôâ]|[aeiouy]n[cdst]?$|[aeiouyr][stxdz]$"
        r"|e[rs]?$|[aeo][nm][^aeiouymn]))",
        FRENCH,
    ),
    (_ROMANCE + r"(?!.*[xyj])(?=.*(?:c[ei]|g[ei]|gli|gn|z|sc|ch|gh|qu|[aeiou]s[aeiou]))(?=.*[aeio]$)", ITALIAN),
    (
        _IBERIAN + r"(?=.*(?:j|ll[aeiouáéíóú](?:.*[aeo]s?|n)$|ñ|g[eiéí]|z|qu|gu|c[ei]|[áíóú]|h[aeiou]))"
        r"(?=.*[aeiouáéíóúsnrzldy]$)",
        SPANISH,
    ),
    (_IBERIAN + r"(?!.*y)(?=.*(?:ã|õ|ç|lh|nh|x|ch|j|g[ei]|os?$|es$|ou|is$|as$))(?=.*[aeiouãéêsmlrz]$)", PORTUGUESE),
    (_IBERIAN + r"(?!.*y)(?=.*(?:l[^aeioulhãõéêó]|^r|rr|t[ie]$|d[ie]$|lh|nh))(?=.*[aeioã]s?$)", BRAZILIAN),
    (r"(?=.*(?:sch|ei|eu|ie|z|w|v|ch|[äöüß]|^s[tp]|[^s]s[aeiou]|^s[aeiou]|er$|ey|ay|th|dt|j))", GERMAN),
    (r"(?=.*(?:ij|oe|ui|uy|eu|sch|aa|uu|sj|inga$|sma$|stra$|sen$|ers$))", DUTCH),
    (r"(?=.*(?:[skt]j|[åøæäö]|[dghl]j|j|rg|[nl]d|^sk[eiy]|aa))", NORDIC),
    (r"(?=.*(?:sz|cz|rz|dz|[ąęłńśźżó]|w|[cszn]i[aeou]|h))", SLAVIC),
    (r"(?=.*(?:[aeiou][cčć]$|cek$|sek$|ck|sko$|[cs]ov|[cs]ev|s$|c[aou]))(?!.*[wqx])", BALKAN),
    (r"(?=.*(?:[őűáéöüóí]|gy|cs|zs|sz|ny|ly))(?!.*[wqx])", HUNGARIAN),
    (r"(?=.*[çşğıöü]|.*c)(?=.*[çşğıöü]|.*zade$|.*oglu$)", TURKISH),
)
_CLUES = re.compile("".join(f"(?:{clue}())?" for clue, _ in _ORIGINS))
"""All of them at once: a group that is there stands for one that fits."""

OF_LANGUAGE = {"fr": FRENCH, "pl": SLAVIC, "hu": HUNGARIAN, "tr": TURKISH, "az": TURKISH}
"""Languages whose letters say something else than those of most."""


@lru_cache(maxsize=10_000)
def spoken(word: str) -> tuple[str, ...]:
    """How a Latin name is said in the languages that it may come from: how other scripts write it."""
    lower = unicodedata.normalize("NFC", word.lower())
    found: dict[str, None] = {}
    fits = _CLUES.match(lower)
    for fit, (_, rules) in zip(fits.groups() if fits is not None else (), _ORIGINS, strict=False):
        if fit is not None:
            found |= dict.fromkeys(rules.read(lower))
    for shape, several in (
        (IS_PINYIN, (PINYIN, PALLADIUS)),
        (IS_ROMAJI, (ROMAJI, POLIVANOV)),
        (IS_KOREAN, (KOREAN, KONTSEVICH)),
    ):
        if shape.fullmatch(lower):
            for rules in several:
                found |= dict.fromkeys(rules.read(lower))
    return tuple(r for r in found if r)[:_MAX_SPOKEN]
