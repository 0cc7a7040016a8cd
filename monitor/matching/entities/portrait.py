"""What an entity will be found by, for people who ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from monitor.core.settings import EntitySettings
from monitor.matching.entities.names import Kind, Name, names_of
from monitor.matching.entities.sounds import key
from monitor.text.scripts import Script, script_of
from monitor.text.transliteration import readings
from monitor.text.transliteration.spelling import spelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    taken_for: tuple[str, ...]
    """In words, each way in which the names are understood."""
    listed: dict[Script, tuple[str, ...]]
    """Forms from lists (of countries, of the package, of Wikidata, the user's own), by script."""
    spelled: dict[Script, str]
    """How the name may look where it is met by its sound."""
    excluded: tuple[str, ...]
    """Longer names of other things that have a form in them."""


def portrait_of(entity: EntitySettings) -> Portrait:
    names = names_of(entity)
    found: dict[str, None] = {}
    listed: dict[Script, dict[str, None]] = {}
    examples: dict[Script, str] = {}
    for form in names.phrases:
        listed.setdefault(_script_of(form), {})[form] = None
    for form in names.unspaced:
        listed.setdefault(_script_of(form), {})[form] = None
    for name in names.spaced:
        if name.listed:
            listed.setdefault(_script_of(name.words[0]), {})[" ".join(name.words)] = None
            continue
        found[_described(name)] = None
        if entity.transliterate and not examples:
            examples = _spelled((*name.given, *name.words) if not name.stands_first else (*name.words, *name.given))
    if names.territory:
        found[f"the country or territory {names.territory}"] = None
    if names.compositions:
        found["a name that is translated word by word"] = None
    return Portrait(
        taken_for=tuple(found),
        listed={script: tuple(forms) for script, forms in sorted(listed.items())},
        spelled=examples,
        excluded=(*names.others, *names.covering),
    )


def _described(name: Name) -> str:
    words = " ".join(name.words)
    match name.kind:
        case Kind.PERSON:
            return f"a person: family name {words}, given name{'s' * (len(name.given) > 1)} {' '.join(name.given)}"
        case Kind.RULER:
            return f"a ruler: {name.office or 'king'} {words} {name.ordinal or ''}".rstrip()
        case Kind.ACRONYM:
            return f"the letters {words}, in capitals"
        case Kind.PLAIN:
            return f"a name of one word: {words}" if len(name.words) == 1 else f"a name of these words: {words}"


def _spelled(words: tuple[str, ...]) -> dict[Script, str]:
    in_scripts: dict[Script, list[str]] = {}
    for word in words:
        for script, form in spelled(next(iter(readings(word)), "")).items():
            in_scripts.setdefault(script, []).append(form)
    own = _script_of(words[0])
    return {
        script: " ".join(forms) for script, forms in in_scripts.items() if len(forms) == len(words) and script != own
    }


def _script_of(text: str) -> Script:
    return next((script for char in text if (script := script_of(char)) is not Script.OTHER), Script.OTHER)


_LEAST_KEY = 3
"""Consonants that a word needs to sound like another and not like many."""


@lru_cache(maxsize=50_000)
def skeletons(word: str) -> frozenset[str]:
    """What words that sound much alike share: their consonants, roughly, by each reading; empty for short words."""
    return frozenset(k for sounds in readings(word) if len(k := key(sounds)) >= _LEAST_KEY)


def skeletons_of(entity: EntitySettings) -> frozenset[str]:
    """Of the words by which it is mainly known and which are met by their sound."""
    return frozenset(k for name in names_of(entity).spaced if not name.listed for k in skeletons(name.words[0]))
