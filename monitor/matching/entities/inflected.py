"""The cases of listed names in languages that have a script of their own, so that the form tells the language."""

from __future__ import annotations

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
}
"""The end of a name, and what stands in its place."""
_LEAST_STEM = 3


def inflected(word: str) -> Iterator[str]:
    """Those that an ending behind the word does not make."""
    rules = _RULES.get(script_of(word[0]), ())
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn") if rules else word
    for end, others in rules:
        if bare.endswith(end) and len(bare) - len(end) >= _LEAST_STEM:
            for other in others:
                yield bare.removesuffix(end) + other
            return
