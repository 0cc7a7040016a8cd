"""What a typed name is: a person, an organisation, an acronym, a country; and the words that it is looked for by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from monitor.core.settings import EntityKind, EntitySettings, GazetteerRow
from monitor.matching.entities import gazetteer, territories
from monitor.matching.entities.composition import Composition, compose, of_row
from monitor.matching.entities.lexicon import ORGANISATION, PARTICLES, TITLES
from monitor.matching.entities.listed import Listed, is_unspaced, split
from monitor.matching.entities.own import look_up
from monitor.matching.entities.people import is_in_lexicon
from monitor.matching.entities.variants import initials, variants
from monitor.text.folding import fold_text


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
    number: str = ""
    """Stands behind the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    spaced: tuple[Name, ...]
    unspaced: tuple[str, ...]
    """Forms in scripts without spaces, looked for letter by letter."""
    covering: tuple[str, ...] = ()
    """Forms of the same scripts that have one of those in them and mean something else."""
    phrases: tuple[str, ...] = ()
    """Listed forms of several words, or with numbers."""
    others: tuple[str, ...] = ()
    """Names of other things that have a form of this one in them."""
    territory: str = ""
    compositions: tuple[Composition, ...] = ()
    """What the names say, where it is more than a name."""


_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?=\w)")
_DOMAIN = re.compile(r"\.(?:com|org|net|io|co)\b", re.IGNORECASE)
_AND = frozenset(("and", "und", "et", "y", "e", "i", "и", "en", "och", "og"))
_LEAST_INITIALS = 3
_NUMBER = re.compile(r"\s(?!(?:18|19|20)\d\d\Z)(\d+)\Z")
"""Not a year."""


def names_of(entity: EntitySettings) -> Names:
    found: dict[Name, None] = {}
    listed = Listed()
    compositions: dict[Composition, None] = {}
    typed = (entity.name, *entity.aliases)
    if entity.transliterate:
        typed = tuple(dict.fromkeys(variant for name in typed for variant in variants(name)))
    for text in typed if entity.transliterate else ():
        row, code = _look_up(text, entity)
        listed.add_row(row, code)
        for form in _numbered(text, entity) if row is None else ():
            listed.add(form)
        if code:
            listed.add(text)
            continue
        said = _said(text, row, entity.kind)
        compositions |= dict.fromkeys(said)
        if row is not None and not text.isupper():
            listed.add(text)
            listed.add_joined(text)
        else:
            if is_unspaced(text) or (text.count(" ") == 0 and any(c.isdigit() for c in text)):
                listed.add(text)
            _typed(text, found, is_composed=bool(said))
            short = _initials(text, said) if row is None else ""
            if short:
                listed.add(short)
    for form in (*entity.known, *(() if entity.transliterate else typed)):
        listed.add(form)
    words = tuple(
        Name(kind=_kind_of_listed(word), words=(word,), listed=True, territory=listed.territory)
        for word in listed.words
    )
    dotted = {".".join(n.words[0]): None for n in (*words, *found) if n.kind is Kind.ACRONYM and len(n.words[0]) > 2}
    return Names(
        spaced=(*words, *found),
        unspaced=tuple(listed.unspaced),
        covering=tuple(listed.covering),
        phrases=tuple(listed.phrases | dotted),
        others=tuple(listed.others),
        territory=listed.territory,
        compositions=tuple(compositions),
    )


def _numbered(text: str, entity: EntitySettings) -> tuple[str, ...]:
    """Of Apollo 11 the forms of Apollo, each with the number."""
    number = _NUMBER.search(text)
    row, code = _look_up(text[: number.start()], entity) if number else (None, "")
    return tuple(f"{form} {number[1]}" for form in row.forms) if number and row and not code else ()


def _kind_of_listed(word: str) -> Kind:
    return Kind.ACRONYM if len(word) > 1 and word.isupper() else Kind.PLAIN


def _said(text: str, row: GazetteerRow | None, kind: EntityKind | None) -> tuple[Composition, ...]:
    """What the name says, if it is no person's."""
    if row is not None:
        return of_row(row)
    words = tuple(split(text))
    if kind is EntityKind.PERSON or not words:
        return ()
    like_person = kind is None and _person(text, words) is not None
    if like_person and (is_in_lexicon(words[0]) or fold_text(words[0]) in TITLES):
        return ()  # James Bank.
    return compose(text, like_person=like_person)


def _initials(text: str, said: tuple[Composition, ...]) -> str:
    """SADC of the Southern African Development Community; '' where they say too little, or are known for another."""
    if not said or any(part.is_territory for part in said[0].parts):
        return ""
    short = initials(text)
    return short if len(short) >= _LEAST_INITIALS and gazetteer.shipped().row_of(short) is None else ""


def _look_up(text: str, entity: EntitySettings) -> tuple[GazetteerRow | None, str]:
    """What the lists know about the thing that is called so, and the code of the territory if it is one."""
    row = look_up(text, entity.kind, entity.listed)
    if row is not None and row.kind != gazetteer.TERRITORY:
        return row, ""
    code = row.id if row is not None else territories.code_of(text)
    return (gazetteer.shipped().of_territory(code) if row is None and code else row), code


def _typed(text: str, found: dict[Name, None], *, is_composed: bool) -> None:
    text = _DOMAIN.sub("", text)
    words = tuple(split(_APOSTROPHE.sub("", text)))
    if not words:
        return
    match = _NUMBER.search(text)
    number = match[1] if match else ""
    if len(words) == 1:
        word = words[0]
        if not number and any(c.isdigit() for c in text):
            return  # B-52 and G20 are met as they stand.
        if word.isupper() and 1 < len(word) <= 6:
            spelled = Name(kind=Kind.ACRONYM, words=words, listed=not _is_pronounceable(word), number=number)
        else:
            spelled = Name(kind=Kind.PLAIN, words=words, number=number)
    else:
        person = None if is_composed else _person(text, words)
        spelled = person or Name(kind=Kind.PLAIN, words=words, number=number)
        without_and = tuple(word for word in words if word.lower() not in _AND)
        if person is None and 1 < len(without_and) < len(words):
            found[Name(kind=Kind.PLAIN, words=without_and, number=number)] = None  # Procter & Gamble.
    found[spelled] = None


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


def _is_pronounceable(word: str) -> bool:
    return len(word) >= 4 and any(c in "AEIOUАЕИОУЯЭЮЄІ" for c in word)
