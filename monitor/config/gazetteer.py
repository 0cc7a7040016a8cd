"""The user's own list of names, which the configuration points to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.config.flaws import Flaw
from monitor.core.errors import Problem
from monitor.core.settings import GazetteerRow
from monitor.matching.entities.gazetteer import parse

_MAX_BYTES = 16_000_000


@dataclass(frozen=True, slots=True)
class Own:
    """What was read; `problems` are those of the file itself."""

    files: Mapping[Path, str]
    """The file with the SHA-256 of its content; '' for one that can't be read."""
    rows: tuple[GazetteerRow, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(path: Path, shown: Path, flaws: list[Flaw]) -> Own:
    """That the file can't be read is a flaw of the configuration. `shown`: the folder as messages name it."""
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or "not the name of a file"
        flaws.append(Flaw(("gazetteer", "file"), f"the file can't be read ({said})", "it is relative to this file"))
        return Own({path: ""})
    files = {path: hashlib.sha256(content).hexdigest()}
    if len(content) > _MAX_BYTES:
        flaws.append(Flaw(("gazetteer", "file"), "the file is larger than 16 MB"))
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
