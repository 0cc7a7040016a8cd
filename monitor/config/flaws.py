"""Mistakes before they have a line and a column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from monitor.config.document import Document, Path
from monitor.core.errors import Problem


@dataclass(frozen=True, slots=True)
class Flaw:
    path: Path
    what: str
    remedy: str = ""
    key: bool = False
    """It is the key at `path` that is wrong, not its value."""
    offset: int | None = None
    """Characters into the text at `path`, as written in the file; None: the value as a whole."""

    whole: bool = False
    """It is about the section at `path`, not about one of its values."""

    def placed(self, document: Document, file: str) -> Problem:
        line, column = document.place(self.path, key=self.key, offset=self.offset)
        return Problem(file=file, line=line, column=column, what=self.what, remedy=self.remedy)


def is_word(text: str) -> bool:
    """Whether a key or name may be repeated in a message. `token:123` (a space forgotten) may not."""
    return re.fullmatch(r"[A-Za-z0-9_][\w.-]{0,63}", text) is not None and not re.fullmatch(r"[\w-]{33,}", text)


def names(options: Iterable[str], limit: int = 12) -> str:
    """`a, b, c and 4 more`."""
    known = list(options)
    more = f" and {len(known) - limit} more" if len(known) > limit else ""
    return ", ".join(known[:limit]) + more


@dataclass(slots=True)
class Suggester:
    """ "Did you mean", within a bound: a file with thousands of mistakes is not worth minutes of guessing."""

    budget: int = 20_000

    def __call__(self, word: str, options: Iterable[str]) -> str:
        """The likeliest of `options`, or ''."""
        known = list(options)
        self.budget -= len(known)
        if self.budget < 0:
            return ""
        lower = {option.lower(): option for option in known}
        close = get_close_matches(word.lower(), lower, n=1, cutoff=0.6)
        return lower[close[0]] if close else ""

    def remedy(self, word: str, options: Iterable[str], *, known: str) -> str:
        """ "did you mean 'x'? KNOWN a, b", or without a guess "KNOWN a, b"."""
        known_names = list(options)
        guess = self(word, known_names)
        listed = f"{known} {names(known_names)}" if known_names else ""
        return " ".join(part for part in (f"did you mean '{guess}'?" if guess else "", listed) if part)
