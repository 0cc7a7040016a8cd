"""The user's own lists of names, beside the shipped ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.core.settings import EntityKind, GazetteerRow
from monitor.matching.entities import territories
from monitor.matching.entities.alike import row_like
from monitor.matching.entities.gazetteer import Gazetteer, joined, shipped
from monitor.matching.entities.variants import variants


class OwnRows:
    """The rows of a user, which go before the shipped ones; one with the id of a shipped one adds its forms to it."""

    def __init__(self, rows: Sequence[GazetteerRow]) -> None:
        self._rows = Gazetteer(rows)
        self._is_filled = bool(rows)

    def of(self, names: Iterable[str], kind: EntityKind | None = None) -> tuple[GazetteerRow, ...]:
        """The rows of the things that are called so."""
        found: dict[GazetteerRow, None] = {}
        for name in (variant for given in names for variant in variants(given)) if self._is_filled else ():
            listed = shipped().row_of(name, kind)
            own = [self._rows.row_of(name, kind), self._rows.with_id(listed.id) if listed is not None else None]
            found |= dict.fromkeys(row for row in own if row is not None)
        return tuple(found)


def look_up(name: str, kind: EntityKind | None, own: tuple[GazetteerRow, ...]) -> GazetteerRow | None:
    """What is called so, in the user's rows or the shipped ones."""
    row = Gazetteer(own).row_of(name, kind) if own else None
    listed = shipped().with_id(row.id) if row is not None else shipped().row_of(name, kind)
    if row is None and listed is not None:
        row = next((r for r in own if r.id == listed.id), None)
    found = joined(row, listed) if row is not None and listed is not None else row or listed
    return found if found is not None or territories.code_of(name) else row_like(name, kind)
