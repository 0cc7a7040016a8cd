"""Exceptions that cross package borders. Expected failures of the outside are values (`core.ports`), not these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


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
    """The configuration cannot be used. Carries every problem found, in file order, and which other files were looked
    at, as `Settings.files` has them: mending one of those may make it fit."""

    def __init__(self, problems: tuple[Problem, ...], *, files: Mapping[Path, str] | None = None) -> None:
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems
        self.files = files or {}


class QueryError(Exception):
    """A query cannot be understood. `position` counts code points from the start of the query."""

    def __init__(self, what: str, *, position: int, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.position = position
        self.remedy = remedy


class StoreError(Exception):
    """The store could not do its work (disk full, locked for too long, not a database): says which and what helps."""
