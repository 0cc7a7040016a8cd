"""What hit, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitor.core.model.ids import RuleId


class Field(StrEnum):
    """The searchable parts of an item; also the field prefixes of the query language."""

    TITLE = "title"
    TEXT = "text"
    URL = "url"
    AUTHOR = "author"
    TAG = "tag"
    SOURCE = "source"
    SITE = "site"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Where a term of a rule stands. `start` and `end` count code points of the field as given (for `tag`: of the
    tags joined by a line feed); `surface` is that slice."""

    field: Field
    start: int
    end: int
    surface: str
    term: str
    """The term of the rule, as its author wrote it (`entity:zelensky`, `"peace talks"`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A rule that an item satisfies, with the places that made it so, ordered by field and start."""

    rule: RuleId
    hits: tuple[Hit, ...]
