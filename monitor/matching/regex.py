"""Regular expressions of rules: the one door to RE2, which answers in linear time whatever is asked."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

import re2

from monitor.core.errors import QueryError
from monitor.matching.query import Regex

_MAX_MEMORY = 8 << 20


class _Match(Protocol):
    def span(self) -> tuple[int, int]: ...


class _Pattern(Protocol):
    def finditer(self, text: str) -> list[_Match]: ...

    def search(self, text: str) -> _Match | None: ...


@lru_cache(maxsize=10_000)
def compiled(pattern: str, ignores_case: bool) -> _Pattern:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MAX_MEMORY
    options.case_sensitive = not ignores_case
    answer: _Pattern = re2.compile(pattern, options)
    return answer


def check_regex(node: Regex) -> None:
    try:
        pattern = compiled(node.pattern, node.ignores_case)
    except re2.error as error:
        why = error.args[0] if error.args else ""
        why = why.decode(errors="replace") if isinstance(why, bytes) else str(why)
        raise QueryError(f"not a regular expression of RE2: {why}", position=node.position,
                         remedy="RE2 has no look-around and no back-references") from None  # fmt: skip
    if pattern.search("") is not None:
        raise QueryError("this regular expression matches everything", position=node.position,
                         remedy="make it ask for at least one character")  # fmt: skip


def places(node: Regex, text: str) -> list[tuple[int, int]]:
    return [m.span() for m in compiled(node.pattern, node.ignores_case).finditer(text) if m.span()[0] < m.span()[1]]
