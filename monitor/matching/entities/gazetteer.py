"""Names that are translated instead of spelled in other letters, from the list shipped with the package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from monitor.text.folding import fold_text


@cache
def _rows() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Folded form -> the rows in which it stands."""
    found: dict[str, list[tuple[str, ...]]] = {}
    text = files("monitor.matching").joinpath("gazetteer.tsv").read_text("utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        _, _, forms = line.split("\t")
        row = tuple(form for form in forms.split("|") if form)
        for form in dict.fromkeys(fold_text(f) for f in row):
            found.setdefault(form, []).append(row)
    return {form: tuple(rows) for form, rows in found.items()}


def forms_of(name: str) -> tuple[str, ...]:
    """All forms of what is called so; () when the list does not know it, or knows several that are."""
    rows = _rows().get(fold_text(name), ())
    return rows[0] if len(rows) == 1 else ()
