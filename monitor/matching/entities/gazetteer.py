"""Names that are translated instead of spelled in other letters, from the list shipped with the package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from monitor.text.folding import fold_text

TERRITORY = "territory"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing with all its forms."""

    id: str
    kind: str
    forms: tuple[str, ...]


@cache
def _rows() -> dict[str, tuple[Row, ...]]:
    """Folded form -> the rows in which it stands."""
    found: dict[str, list[Row]] = {}
    text = files("monitor.matching").joinpath("gazetteer.tsv").read_text("utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        name, kind, forms = line.split("\t")
        row = Row(name, kind, tuple(form for form in forms.split("|") if form))
        for form in dict.fromkeys(fold_text(f) for f in row.forms):
            found.setdefault(form, []).append(row)
    return {form: tuple(rows) for form, rows in found.items()}


def row_of(name: str) -> Row | None:
    """What is called so; None when the list does not know it, or knows several things that are."""
    rows = _rows().get(fold_text(name), ())
    return rows[0] if len(rows) == 1 else None


def row_of_territory(code: str) -> Row | None:
    """What the list adds to the names of a territory."""
    return _territories().get(code)


@cache
def _territories() -> dict[str, Row]:
    return {row.id: row for rows in _rows().values() for row in rows if row.kind == TERRITORY}
