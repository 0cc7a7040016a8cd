"""What a typed name is: a person, an organisation, an acronym, a country; and the words that it is looked for by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from monitor.core.settings import EntitySettings
from monitor.core.settings import GazetteerRow as Row
from monitor.matching.entities import gazetteer, territories
from monitor.matching.entities.composition import Composition, compose, of_row
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
_NUMBER = re.compile(r"\s(?!(?:18|19|20)\d\d\Z)(\d+)\Z")
"""Not a year."""


def names_of(entity: EntitySettings) -> Names:
    found: dict[Name, None] = {}
    listed = _Listed()
    compositions: dict[Composition, None] = {}
    typed = (entity.name, *entity.aliases)
    if not entity.transliterate:
        for text in typed:
            listed.add(text)
        return listed.names((), ())
    for text in dict.fromkeys(v for name in typed for v in variants(name)):
        row, code = _look_up(text, entity.kind, entity.listed)
        listed.territory = listed.territory or code
        for form in row.forms if row is not None else _numbered(text, entity):
            listed.add(form)
        for form in row.others if row is not None else ():
            listed.add_other(form)
        if code:
            listed.add_territory(code)
            listed.add(text)
            continue
        if row is not None:
            compositions |= dict.fromkeys(of_row(row))
        else:
            said = _composition_of(text)
            compositions |= dict.fromkeys([said] if said is not None else [])
        if row is not None and not text.isupper():
            listed.add(text)
        else:
            if _is_unspaced(text) or (text.count(" ") == 0 and any(c.isdigit() for c in text)):
                listed.add(text)
            _typed(text, found, is_composed=bool(compositions))
    return listed.names(tuple(found), tuple(compositions))


def _numbered(text: str, entity: EntitySettings) -> tuple[str, ...]:
    """Of Apollo 11 the forms of Apollo, each with the number."""
    number = _NUMBER.search(text)
    row, code = _look_up(text[: number.start()], entity.kind, entity.listed) if number else (None, "")
    return tuple(f"{form} {number[1]}" for form in row.forms) if number and row and not code else ()


class _Listed:
    """Known forms, by the way that they are looked for."""

    def __init__(self) -> None:
        self.territory = ""
        self._spaced: dict[tuple[str, ...], None] = {}
        self._unspaced: dict[str, None] = {}
        self._phrases: dict[str, None] = {}
        self._covering: dict[str, None] = {}
        self._others: dict[str, None] = {}

    def add(self, form: str) -> None:
        if _is_unspaced(form):
            self._unspaced[fold_text(form)] = None
            return
        words = tuple(split(form))
        if len(words) > 1 or (words and any(c.isdigit() for c in form)):
            self._phrases[form] = None
        elif words:
            self._spaced[words] = None

    def add_other(self, form: str) -> None:
        if _is_unspaced(form):
            self._covering[fold_text(form)] = None
        else:
            self._others[form] = None

    def add_territory(self, code: str) -> None:
        for form in territories.names_of(code):
            self.add(form)
        self._covering |= dict.fromkeys(territories.covering(code))

    def names(self, spelled: tuple[Name, ...], compositions: tuple[Composition, ...]) -> Names:
        known = tuple(
            Name(kind=_kind_of_listed(words), words=words, listed=True, territory=self.territory)
            for words in self._spaced
        )
        return Names(
            spaced=(*known, *spelled),
            unspaced=tuple(self._unspaced),
            covering=tuple(self._covering),
            phrases=tuple(self._phrases),
            others=tuple(self._others),
            territory=self.territory,
            compositions=compositions,
        )


def _kind_of_listed(words: tuple[str, ...]) -> Kind:
    return Kind.ACRONYM if len(words[0]) > 1 and words[0].isupper() else Kind.PLAIN


def _composition_of(text: str) -> Composition | None:
    words = tuple(split(text))
    if len(words) < 2 and not _is_unspaced(text):
        return None
    is_like_person = _person(text, words) is not None
    if is_like_person and (is_in_lexicon(words[0]) or fold_text(words[0]) in TITLES):
        return None  # James Bank.
    return compose(text, like_person=is_like_person)


def _look_up(text: str, kind: str, listed: tuple[Row, ...]) -> tuple[Row | None, str]:
    """What the lists know about the thing that is called so, and the code of the territory if it is one."""
    known = gazetteer.with_rows(listed)
    row = known.row_of(text, kind)
    if row is None or row.kind == gazetteer.TERRITORY:
        code = row.id if row is not None else territories.code_of(text)
        return (known.of_territory(code) if code else row), code
    return row, ""


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


def split(text: str) -> Iterator[str]:
    """The words of a name, apart at hyphens, apostrophes and where the script changes."""
    for start, end, _ in runs(text):
        yield text[start:end]


def _is_pronounceable(word: str) -> bool:
    return len(word) >= 4 and any(c in "AEIOUАЕИОУЯЭЮЄІ" for c in word)


def _is_unspaced(text: str) -> bool:
    return any(script_of(c) in UNSPACED for c in text)
