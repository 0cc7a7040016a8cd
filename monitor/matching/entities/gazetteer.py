"""Names that are translated instead of spelled in other letters: the lists shipped with the package, and the user's.

A line is one thing: its id, its kind and all its forms between bars, the three apart by tabs. `!` before a form: it has
a form in it and means something else. A form in lower case is met in lower case too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from monitor.core.settings import EntityKind
from monitor.core.settings import GazetteerRow as Row
from monitor.text.folding import fold_text
from monitor.text.tokens import words

TERRITORY = "territory"
PLACES = frozenset((TERRITORY, "continent", "region", "city", "place", "island", "sea", "river", "lake", "mountain"))
_NOT = "!"


@dataclass(frozen=True, slots=True)
class Mistake:
    line: int
    message: str
    remedy: str = ""


def parse(text: str) -> tuple[tuple[Row, ...], tuple[Mistake, ...]]:
    """The rows of a list, and what is wrong with the lines that are none."""
    rows: list[Row] = []
    mistakes: list[Mistake] = []
    first: dict[str, int] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("\t")]
        if len(fields) != 3 or not all(fields):
            mistakes.append(
                Mistake(number, "not a row", "write an id, a kind and forms between bars, the three apart by tabs")
            )
            continue
        name, kind, joined = fields
        forms = [unicodedata.normalize("NFC", form.strip()) for form in joined.split("|")]
        if not all(_says_something(form.removeprefix(_NOT)) for form in forms):
            mistakes.append(Mistake(number, "a form is empty"))
        elif kind != TERRITORY and all(form.startswith(_NOT) for form in forms):
            mistakes.append(Mistake(number, f"{name!r} has no form of its own"))
        elif name in first:
            mistakes.append(Mistake(number, f"the id {name!r} is on line {first[name]} already", "join the two"))
        else:
            first[name] = number
            own = tuple(dict.fromkeys(f for f in forms if not f.startswith(_NOT)))
            others = tuple(dict.fromkeys(f.removeprefix(_NOT) for f in forms if f.startswith(_NOT)))
            rows.append(Row(name, kind, own, others))
    return tuple(rows), tuple(mistakes)


def _says_something(form: str) -> bool:
    return any(c.isalnum() for c in fold_text(form))


class Gazetteer:
    """Rows by their forms; rows of one id are one thing."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[str, Row] = {}
        for row in rows:
            known = self._rows.get(row.id)
            self._rows[row.id] = row if known is None else joined(known, row)
        self._by_form: dict[str, list[str]] = {}
        for row in self._rows.values():
            for form in dict.fromkeys(_key(f) for f in row.forms):
                self._by_form.setdefault(form, []).append(row.id)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.values())

    def row_of(self, name: str, kind: EntityKind | None = None) -> Row | None:
        """What is called so; of several things the one of the kind, else the first. No person is listed."""
        if kind is EntityKind.PERSON:
            return None
        rows = [self._rows[i] for i in self._by_form.get(_key(name), ())]
        if kind is not None:
            rows.sort(key=lambda row: is_place(row) is not (kind is EntityKind.PLACE))
        return rows[0] if rows else None

    def with_id(self, name: str) -> Row | None:
        return self._rows.get(name)

    def of_territory(self, code: str) -> Row | None:
        """What the lists add to the names of a territory."""
        row = self._rows.get(code)
        return row if row is not None and row.kind == TERRITORY else None


def _key(name: str) -> str:
    """Covid 19 is COVID-19."""
    return " ".join(words(fold_text(name)))


def joined(one: Row, other: Row) -> Row:
    return Row(
        one.id,
        one.kind,
        tuple(dict.fromkeys(one.forms + other.forms)),
        tuple(dict.fromkeys(one.others + other.others)),
    )


@cache
def shipped() -> Gazetteer:
    return Gazetteer(parse(shipped_text())[0])


def is_place(row: Row) -> bool:
    return row.kind in PLACES


def shipped_text() -> str:
    return files("monitor.matching").joinpath("gazetteer.tsv").read_text("utf-8")
