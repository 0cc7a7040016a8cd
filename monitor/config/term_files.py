"""Lists whose terms stand in a file of their own: one a line, `#` begins a comment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from monitor.config import beside
from monitor.config.expand import Expanded, Unset
from monitor.config.flaws import Flaw, Suggester, is_word
from monitor.config.values.plain import as_line
from monitor.core.errors import Problem, QueryError
from monitor.matching import parse_member

_COMMENT = re.compile(r"^#.*|(?:^|\s)#(?=\s|$).*")
"""A whole line, or the rest of one after a `#` between spaces; `No #1` has none."""
_QUOTED = re.compile(r'=?\s*"[^"]*"')
_MOST = 20
"""So many mistakes of one file are told."""


@dataclass(slots=True)
class TermFiles:
    """Reads the files that `lists` names. `folder` is where relative names begin, `shown` the same as messages name
    it."""

    folder: Path
    shown: Path
    suggest: Suggester
    flaws: list[Flaw] = field(default_factory=list)
    """Mistakes in the configuration."""
    problems: list[Problem] = field(default_factory=list)
    """Mistakes in the files."""
    files: dict[Path, str] = field(default_factory=dict)
    """Every file that was looked at, with the SHA-256 of its content; '' for one that can't be read."""

    lists: set[str] = field(default_factory=set)
    """The lists whose terms are from files: they have been checked."""

    def filled(self, lists: object) -> Any:
        """`lists` with the terms of its files in their place."""
        if not isinstance(lists, dict):
            return lists
        return {name: self._terms(name, given) if _is_file(given) else given for name, given in lists.items()}

    def _terms(self, name: str, given: Mapping[str, Any]) -> list[str]:
        path = ("lists", name)
        self.lists.add(name)
        for key in given.keys() - {"file"}:
            shown = f"unknown key '{key}'" if is_word(key) else "this is not a key"
            self.flaws.append(Flaw((*path, key), shown, "allowed here: file", key=True))
        try:
            written = as_line(given["file"])
        except PydanticCustomError as error:
            if error.context:
                self.flaws.append(Flaw((*path, "file"), error.context["what"], error.context["remedy"]))
            return [Unset([("", 0, False)])]
        place = Path(written).expanduser()
        content, trouble, remedy = beside.read(self.folder / place, self.folder)
        self.files[self.folder / place] = beside.digest_of(content)
        if content is None:
            self.flaws.append(Flaw((*path, "file"), trouble, remedy))
            return [Unset([("", 0, False)])]
        before = len(self.problems), len(self.flaws)
        terms = self._lines(content, str(self.shown / place), name if isinstance(given["file"], Expanded) else "")
        return terms if (len(self.problems), len(self.flaws)) == before else [Unset([("", 0, False)])]

    def _lines(self, content: bytes, shown: str, hidden: str) -> list[str]:
        """`hidden`: the name of the list, where that of its file comes from the environment and is not to be told."""
        terms: list[str] = []
        wrong = 0
        for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
            try:
                text = line.decode("utf-8")
                term = _without_comment(text)
                if term:
                    parse_member(term)
                    terms.append(term)
                continue
            except UnicodeDecodeError as error:
                column, what, remedy = error.start + 1, "a byte that is not UTF-8", "save the file as UTF-8"
            except QueryError as error:
                column, what, remedy = len(text) - len(text.lstrip()) + 1, error.what, error.remedy
            wrong += 1
            if wrong <= _MOST:
                self._wrong(shown, hidden, number, column, what, remedy)
        if wrong > _MOST:
            self._wrong(shown, hidden, number, 1, f"{wrong - _MOST} more lines of this file are not terms", "")
        if not terms and not wrong:
            self._wrong(shown, hidden, 1, 1, "there is no term in this file", "write one a line")
        return terms

    def _wrong(self, shown: str, hidden: str, line: int, column: int, what: str, remedy: str) -> None:
        if hidden:
            self.flaws.append(Flaw(("lists", hidden, "file"), f"line {line} of this file: {what}", remedy))
        else:
            self.problems.append(Problem(file=shown, line=line, column=column, what=what, remedy=remedy))


def _is_file(given: object) -> bool:
    return isinstance(given, dict) and "file" in given


def _without_comment(line: str) -> str:
    line = line.strip()
    quoted = _QUOTED.match(line)
    begin = quoted[0] if quoted else ""
    return (begin + _COMMENT.sub("", line[len(begin) :])).strip()
