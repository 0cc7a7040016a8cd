"""What a typed name is: a person, an organisation, an acronym, a country; and the words that it is looked for by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from monitor.core.settings import EntitySettings
from monitor.matching.entities import gazetteer, territories
from monitor.matching.entities import regnal as rulers
from monitor.matching.entities.lexicon import ORGANISATION, PARTICLES, TITLES, context, first_family_names
from monitor.matching.entities.people import home_of, is_given_only, is_in_lexicon
from monitor.text.folding import fold_text
from monitor.text.scripts import UNSPACED, script_of
from monitor.text.tokens import runs


class Kind(StrEnum):
    PERSON = "person"
    ACRONYM = "acronym"
    RULER = "ruler"
    """A pope, a king: known by a given name with an office or a number."""
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
    stands_first: bool = False
    """A family name that stands before the given names, as in China and Korea."""
    is_junior: bool = False
    office: str = ""
    """Of a ruler, as a kind of words around a name."""
    ordinal: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    spaced: tuple[Name, ...]
    unspaced: tuple[str, ...]
    """Forms in scripts without spaces, looked for letter by letter."""
    covering: tuple[str, ...] = ()
    """Forms of the same scripts that have one of those in them and mean something else."""


_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?=\w)")
_DOMAIN = re.compile(r"\.(?:com|org|net|io|co)\b", re.IGNORECASE)
_INITIAL = re.compile(r"\w\.?\Z")


def names_of(entity: EntitySettings) -> Names:
    found: dict[Name, None] = {}
    unspaced: dict[str, None] = {}
    covering: dict[str, None] = {}
    for text in dict.fromkeys((entity.name, *entity.aliases)):
        code, known = _look_up(text) if entity.transliterate else ("", ())
        for form in (*known, *(territories.names_of(code) if code else ())):
            _listed(form, code, found, unspaced)
        if code:
            covering |= dict.fromkeys(territories.covering(code))
        if not entity.transliterate or code or (known and not text.isupper()):
            _listed(text, code, found, unspaced)
        else:
            _typed(text, found, unspaced)
    for form in entity.known:
        _listed(form, "", found, unspaced)
    return Names(spaced=tuple(found), unspaced=tuple(unspaced), covering=tuple(covering))


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


def _typed(text: str, found: dict[Name, None], unspaced: dict[str, None]) -> None:
    if _is_unspaced(text):
        unspaced[fold_text(text)] = None
    text = _DOMAIN.sub("", text)
    if _is_eastern(text):
        text = _SYLLABLE.sub(lambda m: " " + m[1].upper(), text)  # Jong-un.
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
    person = _ruler(words) or _person(text, words)
    if person is not None and person.kind is Kind.RULER:
        unspaced |= dict.fromkeys(fold_text(f) for f in rulers.unspaced_forms(person.words[0], person.office or "king"))
    found[person or Name(kind=Kind.PLAIN, words=words)] = None


def _ruler(words: tuple[str, ...]) -> Name | None:
    """Pope Francis, King Charles III, Henry III of Castile."""
    folded = [fold_text(w) for w in words]
    office = next((kind for kind in ("pope", "king") if folded[0] in context(kind)), "")
    rest = words[1:] if office else words
    if not rest or not is_in_lexicon(rest[0]):
        return None
    ordinal = rulers.ordinal_of(rest[1]) if len(rest) > 1 and rest[1].isupper() else 0
    if (not office and not ordinal) or (len(rest) > 1 + bool(ordinal) and fold_text(rest[1 + bool(ordinal)]) != "of"):
        return None
    return Name(kind=Kind.RULER, words=(rest[0],), office=office, ordinal=ordinal)


def _person(text: str, words: tuple[str, ...]) -> Name | None:
    folded = [fold_text(w) for w in words]
    named = folded[1:] if is_given_only(words[0]) else folded  # Bill is a name and a law.
    if _is_eastern(text):
        named = [w for w in folded[1:] if w not in _SYLLABLES]  # Park is a name too.
    if any(c.isdigit() for c in text) or any(w in ORGANISATION and w not in PARTICLES for w in named):
        return None
    if text.count(",") == 1:
        family, _, rest = text.partition(",")  # Surname, Given.
        if not all(fold_text(w) in TITLES for w in split(_APOSTROPHE.sub("", rest))):
            return _person(f"{rest} {family}", (*split(_APOSTROPHE.sub("", rest)), *split(_APOSTROPHE.sub("", family))))
    is_junior = len(folded) > 2 and folded[-1] in _JUNIOR
    kept = [w for w, f in zip(words, folded, strict=True) if f not in TITLES]
    if len(words) > _MOST_WORDS or not kept:
        return None
    shouted = [w for w in kept if w.isupper() and len(w) > 2]
    if shouted and not (len(kept) > 1 and any(is_in_lexicon(w) for w in kept)):
        return None  # More likely the letters of an organisation.
    if shouted and len(shouted) < len([w for w in kept if len(w) > 2]):
        kept = [w for w in kept if w not in shouted] + shouted  # Sergey LAVROV, LAVROV Sergey.
    kept = [w.capitalize() if w in shouted else w for w in kept]
    if any(w[0].islower() and fold_text(w) not in PARTICLES for w in kept):
        return None
    if len(kept) == 1:
        return Name(kind=Kind.PLAIN, words=(kept[0],))
    bare = [w for w in kept if fold_text(w) not in PARTICLES] or kept
    family, given, stands_first = bare[-1], bare[:-1], False
    if len(bare) in (2, 3) and _is_first_family_name(bare):
        family, given, stands_first = bare[0], bare[1:], True
    elif len(bare) == 2 and bare[1] in _HUNGARIAN and not is_in_lexicon(bare[0]):
        family, given = bare[0], bare[1:]
    return Name(kind=Kind.PERSON, words=(family,), given=tuple(given), stands_first=stands_first, is_junior=is_junior)


_JUNIOR = frozenset(("jr", "junior"))
_MOST_WORDS = 8
_HUNGARIAN = frozenset(
    [
        "András",
        "Attila",
        "Balázs",
        "Béla",
        "Csaba",
        "Dávid",
        "Dezső",
        "Endre",
        "Ferenc",
        "Gábor",
        "Gergely",
        "Gyula",
        "György",
        "Imre",
        "István",
        "János",
        "Jenő",
        "József",
        "Kálmán",
        "Károly",
        "Krisztián",
        "Lajos",
        "László",
        "Márton",
        "Mátyás",
        "Mihály",
        "Miklós",
        "Pál",
        "Péter",
        "Sándor",
        "Szabolcs",
        "Tamás",
        "Tibor",
        "Vilmos",
        "Viktor",
        "Zoltán",
        "Zsolt",
        "Ágnes",
        "Anikó",
        "Éva",
        "Erzsébet",
        "Ildikó",
        "Katalin",
        "Klára",
        "Krisztina",
        "Judit",
        "Mária",
        "Márta",
        "Orsolya",
        "Zsuzsanna",
    ]
)
"""Given names that, standing last, show that the family name is first."""


_SYLLABLE = re.compile(r"-(\w)")
_SYLLABLES = frozenset(("in", "on", "un", "an"))


def _is_eastern(text: str) -> bool:
    """Whether it may be a name of China or Korea: three syllables, the last two often with a hyphen."""
    words = text.replace("-", " ").split()
    return len(words) in (2, 3) and _is_first_family_name(words) and all(len(w) <= _SYLLABLE_LETTERS for w in words)


_SYLLABLE_LETTERS = 6


def _is_first_family_name(words: list[str]) -> bool:
    return fold_text(words[0]) in first_family_names() and not any(
        is_in_lexicon(w) and home_of(w) != "" for w in words[1:]
    )


def split(text: str) -> Iterator[str]:
    """The words of a name, apart at hyphens, apostrophes and where the script changes."""
    for start, end, _ in runs(text):
        yield text[start:end]


def _is_pronounceable(word: str) -> bool:
    return len(word) >= 4 and any(c in "AEIOUАЕИОУЯЭЮЄІ" for c in word)


def _is_unspaced(text: str) -> bool:
    return any(script_of(c) in UNSPACED for c in text)
