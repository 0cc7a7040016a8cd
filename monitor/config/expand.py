"""`${NAME}` and `${NAME:-default}` in texts, from the environment."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from monitor.config.document import Path
from monitor.config.flaws import Flaw

_MARK = re.compile(r"\$(\$\{)|\$\{([^{}]*)(\})?")
_INSIDE = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?P<default>.*))?", re.DOTALL)


class Expanded(str):
    """A text that came, at least in part, from the environment: never repeated in a message."""

    __slots__ = ("_at", "_written_at")

    def __new__(cls, pieces: list[tuple[str, int, bool]]) -> Expanded:
        """`pieces`: text, where it begins in the text as written, and whether it was taken over as it stood."""
        self = super().__new__(cls, "".join(piece for piece, _, _ in pieces))
        self._at = []
        self._written_at = []
        at = 0
        for piece, begins, literal in pieces:
            self._at.append(at)
            self._written_at.append((begins, literal))
            at += len(piece)
        return self

    _at: list[int]
    _written_at: list[tuple[int, bool]]

    def written(self, position: int) -> int:
        """Where the character at `position` comes from in the text as written."""
        piece = bisect_right(self._at, position) - 1
        begins, literal = self._written_at[piece]
        return begins + (position - self._at[piece] if literal else 0)

    def is_written_out(self, begin: int, end: int) -> bool:
        """Whether these characters stand in the file as they are here."""
        piece = bisect_right(self._at, begin) - 1
        return self._written_at[piece][1] and piece == bisect_right(self._at, max(begin, end - 1)) - 1


def expand(data: Any, environ: Mapping[str, str], flaws: list[Flaw], path: Path = ()) -> Any:
    """`data` with its texts expanded; keys are left alone."""
    if isinstance(data, str):
        return _text(data, environ, flaws, path) if "${" in data else data
    if isinstance(data, dict):
        return {key: expand(value, environ, flaws, (*path, key)) for key, value in data.items()}
    if isinstance(data, list):
        return [expand(value, environ, flaws, (*path, index)) for index, value in enumerate(data)]
    return data


def _text(text: str, environ: Mapping[str, str], flaws: list[Flaw], path: Path) -> Expanded:
    pieces: list[tuple[str, int, bool]] = []
    done = 0
    for mark in _MARK.finditer(text):
        pieces.append((text[done : mark.start()], done, True))
        done = mark.end()
        if mark[1]:
            pieces.append(("${", mark.start(), False))
            continue
        inside = _INSIDE.fullmatch(mark[2])
        if inside is None or not mark[3]:
            remedy = "write ${NAME} or ${NAME:-default}, and $${ for a plain ${"
            flaws.append(Flaw(path, "this is not the name of an environment variable", remedy, offset=mark.start()))
            value: str | None = None
        else:
            # As in a shell, an empty variable is as good as none where there is a default.
            value = environ.get(inside["name"])
            if inside["default"] is not None:
                value = value or inside["default"]
            elif value is None:
                what = f"the environment variable {inside['name']} is not set"
                remedy = f"set it, or give a default: ${{{inside['name']}:-...}}"
                flaws.append(Flaw(path, what, remedy, offset=mark.start()))
        pieces.append(("" if value is None else value, mark.start(), False))
        if value is None:
            return Unset([("", 0, False)])
    pieces.append((text[done:], done, True))
    return Expanded(pieces)


class Unset(Expanded):
    """Stands where a text could not be made, which has been complained of: nothing more is said of it."""

    __slots__ = ()
