"""Values with their places, and what is said of a file that is no document."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
"""Keys and indexes from the root of the document to a value."""


class Malformed(Exception):  # noqa: N818 - a verdict on the file, carried to where the file's name is known
    """The file is not a document at all. `line` and `column` are 1-based."""

    def __init__(self, what: str, remedy: str = "", *, line: int = 1, column: int = 1) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.line = line
        self.column = column


class Integer(int):
    """A whole number that knows how it was written: where a text is wanted, that is the text."""

    text: str


class Decimal(float):
    """The same for a number with a fraction or an exponent."""

    text: str


def integer(text: str) -> Integer | str:
    try:
        number = Integer(int(text, 0) if text[:2].lower() in ("0x", "0o") else int(text))
    except ValueError:  # thousands of digits
        return text
    number.text = text
    return number


def decimal(text: str) -> Decimal | str:
    number = Decimal(text)
    if not math.isfinite(number):
        return text
    number.text = text
    return number


@dataclass(slots=True)
class Node:
    """A value with its place (0-based) and the stretch of the file that it was written in."""

    line: int
    column: int
    start: int
    end: int = 0
    style: str = ""
    scalar: Any = None
    items: list[Node] | None = None
    entries: dict[str, tuple[Node, Node]] | None = None
    """Key -> the node of the key and that of the value."""
    size: int = 1
    """Number of values in it, those behind aliases counted each time."""

    def plain(self) -> Any:
        if self.entries is not None:
            return {key: value.plain() for key, (_, value) in self.entries.items()}
        if self.items is not None:
            return [item.plain() for item in self.items]
        return self.scalar
