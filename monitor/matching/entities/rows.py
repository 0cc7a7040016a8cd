"""What the names of listed things say, for the languages that the lists lack."""

from __future__ import annotations

from functools import cache

from monitor.core.settings import GazetteerRow
from monitor.matching.entities import gazetteer
from monitor.matching.entities.composition import compose
from monitor.matching.entities.lexicon import ORGANISATION
from monitor.matching.entities.meaning import JOINED, Composition, Part

_NOT_TRANSLATED = gazetteer.PLACES - {"sea", "river", "lake"} | {"company", "media", "index", "currency"}
"""Kinds of listed things whose names are spelled in other languages, or are listed in all."""
_MANY = 4
_READ, _KEPT = 8, 3
"""Forms of a listed name that are read, and of what they say, that is looked for."""


def of_row(row: GazetteerRow) -> tuple[Composition, ...]:
    """What the forms of a listed name say, for the languages that the list lacks; none where several listed things
    say the same: the European Council, the Council of Europe."""
    found = _of_forms(row)
    return tuple(c for c in found if _said_by().get(frozenset(c.parts), {row.id}) == {row.id})


@cache
def _said_by() -> dict[frozenset[Part], set[str]]:
    said: dict[frozenset[Part], set[str]] = {}
    for row in gazetteer.shipped():
        for composition in _of_forms(row):
            said.setdefault(frozenset(composition.parts), set()).add(row.id)
    return said


@cache
def _of_forms(row: GazetteerRow) -> tuple[Composition, ...]:
    if row.kind in _NOT_TRANSLATED:
        return ()
    long = [form for form in row.forms if " " in form and form.isascii()][:_READ]
    found = [c for form in long for c in compose(form, only="en")]
    if row.kind == "product":
        return tuple(c for c in found if any("vaccine" in part.concepts for part in c.parts))[:_KEPT]
    if any(part.is_territory for c in found for part in c.parts):
        # Its country may go without saying in its own language alone, unless the name says a lot.
        found = [c for c in found if not c.is_general or len(c.parts) >= _MANY]
    return tuple(c for c in dict.fromkeys(found) if _is_of_a_kind(c))[:_KEPT]


def _is_of_a_kind(said: Composition) -> bool:
    """Whether it says what the thing is, and not just something about it: British Army, but not British Labour."""
    concepts = [part.concepts for part in said.parts if part.concepts and not part.is_territory]
    spelled = sum(bool(part.proper) for part in said.parts)
    return (len(concepts) > 1 and not spelled) or any(
        word in ORGANISATION for of in concepts for concept in of for word in concept.split(JOINED)
    )
