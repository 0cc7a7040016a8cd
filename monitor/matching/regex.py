"""Regular expressions of rules: the one door to RE2, which answers in linear time whatever is asked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Protocol

from monitor.core.errors import QueryError
from monitor.matching.query import Regex

_MAX_MEMORY = 8 << 20


class _Match(Protocol):
    def span(self) -> tuple[int, int]: ...


class _Pattern(Protocol):
    def finditer(self, text: str) -> Iterable[_Match]: ...

    def search(self, text: str) -> _Match | None: ...


@lru_cache(maxsize=10_000)
def compiled(pattern: str, ignores_case: bool) -> _Pattern:
    import re2  # noqa: PLC0415 # 2 MB, for those whose rules have expressions

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MAX_MEMORY
    options.case_sensitive = not ignores_case
    answer: _Pattern = re2.compile(pattern, options)
    return answer


_SAYS_NOTHING = (("Qzxv wkjq.", "Bphm fgdt ltc."), ("Жщфъ цыэю.", "Бгдп клмн."))
"""Texts of letters that no word is made of, and no two of them alike within a pair."""

MOST = 1_000
"""So many places of one expression in one text count: each is found in linear time, but all together are not."""


def check_regex(node: Regex) -> None:
    import re2  # noqa: PLC0415 # the same

    try:
        pattern = compiled(node.pattern, node.ignores_case)
    except re2.error as error:
        why = error.args[0] if error.args else ""
        why = why.decode(errors="replace") if isinstance(why, bytes) else str(why)
        raise QueryError(f"not a regular expression of RE2: {why}", position=node.position,
                         remedy="RE2 has no look-around and no back-references") from None  # fmt: skip
    if pattern.search("") is not None or any(all(map(pattern.search, pair)) for pair in _SAYS_NOTHING):
        raise QueryError("this regular expression matches everything, or nearly", position=node.position,
                         remedy="make it ask for something that few articles have")  # fmt: skip


def places(node: Regex, text: str) -> list[tuple[int, int]]:
    found = islice(compiled(node.pattern, node.ignores_case).finditer(text), MOST)
    return [m.span() for m in found if m.span()[0] < m.span()[1]]
