"""What an item has to say elsewhere before a short name in it is taken for a long one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping

from monitor.core.model import Field

_IN_BRACKETS = re.compile(r"\W{0,2}\s?[(\[（]\s?[\"'«„“]?([^\W\d_]{2,8})[\"'»”]?\s?[)\]）,;]")
_LEAST_CAPITALS = 2
_MAYBE_ACRONYM = re.compile(r"(?<!\w)[^\W\d_]{2,8}(?!\w)")
NEAR = 300
"""Characters, within which a country goes without saying."""

ITSELF = -1
"""In place of a territory: only the whole name is evidence enough."""


class Evidence:
    """Gathered while an item is read, field by field; asked at its end."""

    def __init__(self) -> None:
        self._countries: defaultdict[tuple[int, Field], list[int]] = defaultdict(list)
        self._short: list[tuple[int, int, Field, int, int]] = []
        self._acronyms: dict[str, set[int]] = {}

    @property
    def is_any(self) -> bool:
        return bool(self._short or self._acronyms)

    def add_country(self, sense: int, field: Field, start: int) -> None:
        self._countries[sense, field].append(start)

    def add_short(self, number: int, territory: int, field: Field, start: int, end: int) -> None:
        """The name of an entity without its country."""
        self._short.append((number, territory, field, start, end))

    def read_behind(self, number: int, text: str, end: int) -> None:
        """World Health Organization (WHO): what stands in brackets behind a name is its acronym in this item."""
        match = _IN_BRACKETS.match(text, end)
        if match is not None and sum(c.isupper() for c in match[1]) >= _LEAST_CAPITALS:
            self._acronyms.setdefault(match[1], set()).add(number)

    def settle(self, texts: Mapping[Field, str], found: Mapping[int, object]) -> Iterator[tuple[int, Field, int, int]]:
        """(number of the entity, its place) of what counts, now that all of the item is read."""
        for starts in self._countries.values():
            starts.sort()
        for number, territory, field, start, end in self._short:
            if number in found or _is_near(start, self._countries.get((territory, field), [])):
                yield number, field, start, end
        for field, text in texts.items() if self._acronyms else ():
            for match in _MAYBE_ACRONYM.finditer(text):
                for number in self._acronyms.get(match[0], ()):
                    yield number, field, match.start(), match.end()


def _is_near(start: int, countries: list[int]) -> bool:
    index = bisect_right(countries, start - NEAR)
    return index < len(countries) and countries[index] < start + NEAR
