"""What a typed name is: a person, an organisation, an acronym, a country; and the words that it is looked for by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from monitor.core.settings import EntitySettings
from monitor.matching.entities import gazetteer, territories
from monitor.matching.entities.composition import Composition, compose
from monitor.matching.entities.lexicon import ORGANISATION, PARTICLES, TITLES
from monitor.matching.entities.people import is_in_lexicon
from monitor.matching.entities.variants import variants
from monitor.text.folding import fold_text
from monitor.text.scripts import UNSPACED, script_of
from monitor.text.tokens import runs


class Kind(StrEnum):
    PERSON = "person"
    ACRONYM = "acronym"
    PLAIN = "plain"
    """One word, or several that are all needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One way to call an entity."""

    kind: Kind
    words: tuple[str, ...]
    """All are needed, in order; of a person the family name."""
    given: tuple[str, ...] = ()
    listed: bool = False
    """From a list of known forms: looked for as it stands, apart from endings."""
    territory: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    spaced: tuple[Name, ...]
    unspaced: tuple[str, ...]
    """Forms in scripts without spaces, looked for letter by letter."""
    covering: tuple[str, ...] = ()
    """Forms of the same scripts that have one of those in them and mean something else."""
    compositions: tuple[Composition, ...] = ()
    """What the names say, where it is more than a name."""


_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?=\w)")
_DOMAIN = re.compile(r"\.(?:com|org|net|io|co)\b", re.IGNORECASE)
_INITIAL = re.compile(r"\w\.?\Z")


def names_of(entity: EntitySettings) -> Names:
    found: dict[Name, None] = {}
    unspaced: dict[str, None] = {}
    covering: dict[str, None] = {}
    compositions: dict[Composition, None] = {}
    typed = (entity.name, *entity.aliases)
    for text in dict.fromkeys(v for name in typed for v in (variants(name) if entity.transliterate else (name,))):
        code, known = _look_up(text) if entity.transliterate else ("", ())
        for form in (*known, *(territories.names_of(code) if code else ())):
            _listed(form, code, found, unspaced)
        if code:
            covering |= dict.fromkeys(territories.covering(code))
        composition = _composition_of(text) if entity.transliterate and not code else None
        if composition is not None:
            compositions[composition] = None
        if not entity.transliterate or code or (known and not text.isupper()):
            _listed(text, code, found, unspaced)
        else:
            _typed(text, found, unspaced, is_composed=composition is not None)
    return Names(
        spaced=tuple(found),
        unspaced=tuple(unspaced),
        covering=tuple(covering),
        compositions=tuple(compositions),
    )


def _composition_of(text: str) -> Composition | None:
    words = tuple(split(text))
    if len(words) < 2 and not _is_unspaced(text):
        return None
    is_like_person = _person(text, words) is not None
    if is_like_person and (is_in_lexicon(words[0]) or fold_text(words[0]) in TITLES):
        return None  # James Bank.
    return compose(text, like_person=is_like_person)


def _look_up(text: str) -> tuple[str, tuple[str, ...]]:
    """The territory that is called so ('' for none), and the listed forms of what is."""
    row = gazetteer.row_of(text)
    code = row.id if row is not None and row.kind == gazetteer.TERRITORY else territories.code_of(text)
    if code:
        row = gazetteer.row_of_territory(code)
    return code, row.forms if row is not None else ()


def _listed(form: str, code: str, found: dict[Name, None], unspaced: dict[str, None]) -> None:
    if _is_unspaced(form):
        unspaced[fold_text(form)] = None
        return
    words = tuple(split(form))
    if words:
        kind = Kind.ACRONYM if len(words) == 1 and words[0].isupper() and len(words[0]) > 1 else Kind.PLAIN
        found[Name(kind=kind, words=words, listed=True, territory=code)] = None


def _typed(text: str, found: dict[Name, None], unspaced: dict[str, None], *, is_composed: bool) -> None:
    if _is_unspaced(text):
        unspaced[fold_text(text)] = None
    text = _DOMAIN.sub("", text)
    words = tuple(split(_APOSTROPHE.sub("", text)))
    if not words:
        return
    if len(words) == 1:
        word = words[0]
        if word.isupper() and 1 < len(word) <= 6:
            found[Name(kind=Kind.ACRONYM, words=words, listed=not _is_pronounceable(word))] = None
        else:
            found[Name(kind=Kind.PLAIN, words=words)] = None
        return
    person = None if is_composed else _person(text, words)
    found[person or Name(kind=Kind.PLAIN, words=words)] = None


def _person(text: str, words: tuple[str, ...]) -> Name | None:
    folded = [fold_text(w) for w in words]
    if any(c.isdigit() for c in text) or any(w in ORGANISATION and w not in PARTICLES for w in folded):
        return None
    kept = [w for w, f in zip(words, folded, strict=True) if f not in TITLES]
    if len(words) > 5 or not kept:
        return None
    if any(w[0].islower() and fold_text(w) not in PARTICLES for w in kept) or any(
        w.isupper() and len(w) > 2 for w in kept
    ):
        return None
    if len(kept) == 1:
        return Name(kind=Kind.PLAIN, words=(kept[0],))
    given = [w for w in kept[:-1] if fold_text(w) not in PARTICLES and len(w) > 1]
    return Name(kind=Kind.PERSON, words=(kept[-1],), given=tuple(given))


def split(text: str) -> Iterator[str]:
    """The words of a name, apart at hyphens, apostrophes and where the script changes."""
    for start, end, _ in runs(text):
        yield text[start:end]


def _is_pronounceable(word: str) -> bool:
    return len(word) >= 4 and any(c in "AEIOUАЕИОУЯЭЮЄІ" for c in word)


def _is_unspaced(text: str) -> bool:
    return any(script_of(c) in UNSPACED for c in text)
