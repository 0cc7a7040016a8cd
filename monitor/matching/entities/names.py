"""What a typed name is: a person, an organisation, an acronym, a country; and the words that it is looked for by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from monitor.core.settings import EntityKind, EntitySettings, GazetteerRow
from monitor.matching.entities import gazetteer, territories
from monitor.matching.entities import regnal as rulers
from monitor.matching.entities.composition import compose
from monitor.matching.entities.lexicon import ORGANISATION, PARTICLES, TITLES, context, first_family_names
from monitor.matching.entities.listed import Listed, is_unspaced, split
from monitor.matching.entities.meaning import Composition
from monitor.matching.entities.own import look_up
from monitor.matching.entities.people import home_of, is_given_only, is_in_lexicon
from monitor.matching.entities.rows import of_row
from monitor.matching.entities.variants import initials, variants
from monitor.text.folding import fold_text


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
    number: str = ""
    """Stands behind the words."""
    stands_first: bool = False
    """A family name that stands before the given names, as in China and Korea."""
    is_junior: bool = False
    office: str = ""
    """Of a ruler, as a kind of words around a name."""
    ordinal: int = 0
    is_foreign: bool = False
    """Looked for in other scripts than its own, those with capitals."""


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
_LEAST_SPELLED = 6
_PLACES = frozenset(("city", "region", "airport", "island", "river", "lake", "mountain"))
_MAKERS = frozenset(("company", "media", "product", "agency", "organisation"))
"""Kinds of listed things. Names of the latter are too like those of people in their own script."""
_NUMBER = re.compile(r"\s(?P<behind>\d+)\Z|\A(?P<before>(?:18|19|20)\d\d)\s")
_YEAR = re.compile(r"(?:18|19|20)\d\d\Z")


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
            if _is_spelled(text, row):
                found[Name(kind=Kind.PLAIN, words=(text,), is_foreign=row.kind not in _PLACES)] = None
        else:
            if is_unspaced(text) or (text.count(" ") == 0 and any(c.isdigit() for c in text)):
                listed.add(text)
            _typed(text, found, listed, is_composed=bool(said))
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


def _is_spelled(text: str, row: GazetteerRow) -> bool:
    """Whether a listed name is one that others spell as it sounds, as lists never have all spellings of it."""
    return text.isalpha() and len(text) >= _LEAST_SPELLED and text[0].isupper() and row.kind in _PLACES | _MAKERS


def _numbered(text: str, entity: EntitySettings) -> tuple[str, ...]:
    """Of Apollo 11 the forms of Apollo, each with the number; years are numbers of events alone: Eurovision 2022."""
    match = _NUMBER.search(text)
    if match is None:
        return ()
    number = match["behind"] or match["before"]
    row, code = _look_up(text[: match.start()] or text[match.end() :], entity)
    if row is None or code or (_YEAR.match(number) and row.kind != "event"):
        return ()
    return tuple(f"{form} {number}" for form in row.forms)


def _kind_of_listed(word: str) -> Kind:
    return Kind.ACRONYM if len(word) > 1 and word.isupper() else Kind.PLAIN


def _said(text: str, row: GazetteerRow | None, kind: EntityKind | None) -> tuple[Composition, ...]:
    """What the name says, if it is no person's."""
    listed = of_row(row) if row is not None else ()
    if row is not None and fold_text(text) in map(fold_text, row.forms):
        return listed
    words = tuple(split(text))
    if kind is EntityKind.PERSON or not words or (kind is None and _is_eastern(text, least=3)):
        return listed  # Moon Jae-in is a person, whatever a moon is.
    like_person = kind is None and _person(text, words) is not None
    if like_person and (is_in_lexicon(words[0]) or fold_text(words[0]) in TITLES):
        return listed  # James Bank.
    return tuple(dict.fromkeys((*listed, *compose(text, like_person=like_person))))


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


def _typed(text: str, found: dict[Name, None], listed: Listed, *, is_composed: bool) -> None:
    text = _turned(_DOMAIN.sub("", text))
    if _is_eastern(text):
        text = _SYLLABLE.sub(lambda m: " " + m[1].upper(), text)  # Jong-un.
    words = tuple(split(_APOSTROPHE.sub("", text)))
    if not words:
        return
    match = _NUMBER.search(text)
    number = match["behind"] or "" if match else ""
    if _YEAR.match(number):
        number = ""
    if len(words) == 1:
        word = words[0]
        if not number and any(c.isdigit() for c in text):
            return  # B-52 and G20 are met as they stand.
        if word.isupper() and 1 < len(word) <= 6:
            spelled = Name(kind=Kind.ACRONYM, words=words, listed=not _is_pronounceable(word), number=number)
        else:
            spelled = Name(kind=Kind.PLAIN, words=words, number=number)
    else:
        person = None if is_composed else _ruler(words) or _person(text, words)
        if person is not None and person.kind is Kind.RULER:
            forms = rulers.unspaced_forms(person.words[0], person.office or "king")
            listed.unspaced |= dict.fromkeys(fold_text(form) for form in forms)
        spelled = person or Name(kind=Kind.PLAIN, words=words, number=number)
        without_and = tuple(word for word in words if word.lower() not in _AND)
        if person is None and 1 < len(without_and) < len(words):
            found[Name(kind=Kind.PLAIN, words=without_and, number=number)] = None  # Procter & Gamble.
    found[spelled] = None


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


def _is_eastern(text: str, least: int = 2) -> bool:
    """Whether it may be a name of China or Korea: three syllables, the last two often with a hyphen."""
    words = text.replace("-", " ").split()
    return least <= len(words) <= 3 and _is_first_family_name(words) and all(len(w) <= _SYLLABLE_LETTERS for w in words)


_SYLLABLE_LETTERS = 6
_EASTERN_TURNED = re.compile(r"(\w+)-(\w+) (\w+)\Z")


def _turned(text: str) -> str:
    """Son Heung-min for Heung-min Son."""
    match = _EASTERN_TURNED.match(text)
    if match is None or any(is_given_only(syllable) for syllable in match.groups()[:2]):
        return text
    first = f"{match[3]} {match[1]}-{match[2]}"
    return first if _is_eastern(first, least=3) else text


def _is_first_family_name(words: list[str]) -> bool:
    return fold_text(words[0]) in first_family_names() and not any(
        is_in_lexicon(w) and home_of(w) != "" for w in words[1:]
    )


def _is_pronounceable(word: str) -> bool:
    return len(word) >= 4 and any(c in "AEIOUАЕИОУЯЭЮЄІ" for c in word)
