"""The user's own list of names, which the configuration points to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.config import beside
from monitor.config.flaws import Flaw
from monitor.core.errors import Problem
from monitor.core.settings import GazetteerRow
from monitor.matching.entities.gazetteer import parse


@dataclass(frozen=True, slots=True)
class Own:
    """What was read; `problems` are those of the file itself."""

    files: Mapping[Path, str]
    """The file with the SHA-256 of its content; '' for one that can't be read."""
    rows: tuple[GazetteerRow, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(path: Path, shown: Path, flaws: list[Flaw]) -> Own:
    """That the file can't be read is a flaw of the configuration. `shown`: the folder as messages name it."""
    content, trouble, remedy = beside.read(path, shown.absolute())
    files = {path: beside.digest_of(content)}
    if content is None:
        flaws.append(Flaw(("gazetteer", "file"), trouble, remedy))
        return Own(files)
    name = str(shown / path.name) if (shown / path.name).absolute() == path else str(path)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        said = "a byte that is not UTF-8"
        return Own(files, problems=(Problem(file=name, line=line, column=1, what=said, remedy="save it as UTF-8"),))
    rows, mistakes = parse(text)
    problems = (Problem(file=name, line=m.line, column=1, what=m.message, remedy=m.remedy) for m in mistakes)
    return Own(files, rows, tuple(problems))
