"""Exceptions that cross package borders. Expected failures of the outside are values (`core.ports`), not these."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in a file: where (1-based), what is wrong, what would be right."""

    file: str
    line: int
    column: int
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        tail = f"; {self.remedy}" if self.remedy else ""
        return f"{self.file}:{self.line}:{self.column}: {self.what}{tail}"


class ConfigError(Exception):
    """The configuration cannot be used. Carries every problem found, in file order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems


class QueryError(Exception):
    """A query cannot be understood. `position` counts code points from the start of the query."""

    def __init__(self, what: str, *, position: int, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.position = position
        self.remedy = remedy


class StoreError(Exception):
    """The store could not do its work (disk full, locked for too long, not a database): says which and what helps."""
