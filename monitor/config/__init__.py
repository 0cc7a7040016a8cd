"""Reads `config.yaml` into frozen settings, or says everything that is wrong with it, with places."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from monitor.channels import KINDS as CHANNEL_KINDS
from monitor.config import gazetteer, resolve, structure
from monitor.config.document import MAX_BYTES, Document, Malformed
from monitor.config.documentation import json_schema, reference
from monitor.config.expand import Expanded, expand
from monitor.config.flaws import Flaw, Suggester
from monitor.config.models import Root
from monitor.config.references import References
from monitor.config.term_files import TermFiles
from monitor.core.errors import ConfigError, Problem
from monitor.core.settings import ChannelSettings, Settings

__all__ = ["EVERYTHING", "MATCHING", "find_config", "json_schema", "load", "reference"]

EVERYTHING: frozenset[str] = frozenset(Root.model_fields)
MATCHING: frozenset[str] = frozenset(
    {
        "entities",
        "gazetteer",
        "lists",
        "rules",
        "sources",
        "defaults",
        "timezone",
        "stories",
        "stories_across_languages",
    }
)
"""What matching needs: with it, the secrets of channels and the store are not asked for."""


def find_config(given: Path | None, environ: Mapping[str, str] | None = None) -> Path:
    """The file to read: the one given, else that of MONITOR_CONFIG, else `config.yaml` in the working folder."""
    if given is not None:
        return given
    named = (os.environ if environ is None else environ).get("MONITOR_CONFIG", "")
    return Path(named) if named else Path("config.yaml")


def load(
    path: Path,
    environ: Mapping[str, str] | None = None,
    *,
    only: Collection[str] = EVERYTHING,
    kinds: Mapping[str, type[Any]] = CHANNEL_KINDS,
) -> Settings:
    """Reads the file, and the list of names that it points to. Raises `ConfigError` with all problems, in file order;
    their `file` is `path` as given, or the list's.

    `only` names the top-level sections to look at: the others may be absent or wrong, and come out as their defaults.
    """
    file = str(path)
    env = os.environ if environ is None else environ
    suggest = Suggester()
    try:
        document = Document(_read(path))
    except Malformed as error:
        raise ConfigError((_problem(error, file),)) from None
    flaws: list[Flaw] = []
    sections = frozenset(only)
    data = {
        key: expand(value, env, flaws, (key,)) if key in EVERYTHING else value
        for key, value in document.data.items()
        if not key.startswith("x-") and (key in sections or key not in EVERYTHING)
    }
    term_files = TermFiles(path.absolute().parent, path.parent, suggest)
    if "lists" in data:
        data["lists"] = term_files.filled(data["lists"])
    flaws += term_files.flaws
    found = structure.read(data, path.absolute().parent, kinds, flaws, suggest)
    references = References(data, sections=sections, suggest=suggest, kinds=kinds, checked=term_files.lists)
    flaws += references.check()
    channels = _channels(found, data, kinds, flaws)
    listed = found.root.gazetteer if found.root is not None else None
    own = gazetteer.read(Path(listed.file), path.parent, flaws) if listed is not None else None
    problems = [_problem(flaw, file) for flaw in document.flaws]
    problems += [flaw.placed(document, file) for flaw in flaws]
    problems.sort(key=lambda problem: (problem.line, problem.column))
    beside = (*term_files.problems, *(own.problems if own is not None else ()))
    files = {**term_files.files, **(own.files if own is not None else {})}
    if problems or beside or found.root is None:
        raise ConfigError(tuple(dict.fromkeys((*problems, *beside))), files=files)
    return resolve.resolve(found.root, channels, path, kinds, files, own.rows if own is not None else ())


def _channels(
    found: structure.Read, data: Mapping[str, Any], kinds: Mapping[str, type[Any]], flaws: list[Flaw]
) -> tuple[ChannelSettings, ...]:
    """The channels that are sound so far, each asked whether its options fit together."""
    made: list[ChannelSettings] = []
    for name, section in found.channels.items():
        settings = resolve.channel(name, section, kinds)
        check = getattr(settings.options, "check", None)
        given = data["channels"][name]
        for key, what, remedy in check() if check is not None else ():
            # The channel's words may repeat the value, and it can't know where that came from.
            said = "what the environment gives here is refused" if isinstance(given.get(key), Expanded) else what
            at = key if key in given or f"{key}_file" not in given else f"{key}_file"
            flaws.append(Flaw(("channels", name, at) if key else ("channels", name), said, remedy))
        made.append(settings)
    return tuple(made)


def _problem(flaw: Malformed, file: str) -> Problem:
    return Problem(file=file, line=flaw.line, column=flaw.column, what=flaw.what, remedy=flaw.remedy)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Malformed("the file does not exist", "name one with --config, or set MONITOR_CONFIG") from None
    except IsADirectoryError:
        raise Malformed("this is a folder", "name the file in it") from None
    except PermissionError:
        raise Malformed("the file may not be read", "give this user the right to read it") from None
    except (OSError, ValueError) as error:
        raise Malformed(
            f"the file can't be read ({getattr(error, 'strerror', None) or 'not the name of a file'})"
        ) from None
    if len(content) > MAX_BYTES:
        raise Malformed("the file is larger than 64 MB")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        raise Malformed("a byte that is not UTF-8", "save the file as UTF-8", line=line, column=column) from None
