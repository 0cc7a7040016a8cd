"""How an English speaker would say a name: what other scripts often write down."""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.text.transliteration.reading import combine

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
