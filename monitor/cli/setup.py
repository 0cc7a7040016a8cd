"""What commands share: reading the configuration, opening the store, ending with a clear word."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

from monitor.core.errors import ConfigError, StoreError
from monitor.core.settings import RuleSettings, Settings, WebSettings

if TYPE_CHECKING:  # importing SQLAlchemy takes longer than most commands
    from monitor.matching import RuleMatcher
    from monitor.store import SqlStore

T = TypeVar("T")

_DURATION = re.compile(r"(\d+)\s*(s|m|h|d|w)")
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


def fail(message: str, *, code: int = 1) -> NoReturn:
    """Ends the command. The message goes out as it is: rich would wrap it, and break `file:line:column`."""
    sys.stderr.write(message.rstrip("\n") + "\n")
    raise typer.Exit(code)


def config_path(given: Path | None) -> Path:
    from monitor.config import find_config

    return find_config(given, os.environ)


def with_config(given: Path | None, work: Callable[[Path], T]) -> T:
    """`work` on the configuration's path; its mistakes end the command with exit code 1."""
    try:
        return work(config_path(given))
    except ConfigError as error:
        fail(str(error))


def settings_of(given: Path | None) -> Settings:
    from monitor.config import load

    return with_config(given, load)


def matching_settings_of(given: Path | None) -> Settings:
    """Of what matching needs; no secret has to be at hand."""
    from monitor.config import MATCHING, load

    return with_config(given, lambda path: load(path, only=MATCHING))


def archive_settings_of(given: Path | None) -> Settings:
    """Of what matching needs and where items are stored; no secret has to be at hand."""
    from monitor.config import MATCHING, load

    return with_config(given, lambda path: load(path, only=MATCHING | {"store"}))


def matcher_of(settings: Settings, rules: Sequence[RuleSettings] | None = None) -> RuleMatcher:
    """Of all rules, or of these alone. Raises `QueryError`."""
    from monitor.matching import compile_rules

    wanted = settings.rules if rules is None else rules
    return compile_rules(wanted, settings.entities, settings.lists, settings.sources, settings.timezone)


def web_settings_of(given: Path | None) -> WebSettings | None:
    """Of where the daemon listens, and nothing else: a bad edit elsewhere in the file does not make it unwell."""
    from monitor.config import load

    return with_config(given, lambda path: load(path, only={"web"})).web


def run_async(work: Coroutine[object, object, T]) -> T:
    """Runs to the end; trouble with the store and Ctrl-C end the command with one line."""
    try:
        return asyncio.run(work)
    except StoreError as error:
        fail(str(error))
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


@asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[SqlStore]:
    from monitor.store import open_store

    store = await open_store(settings.store)
    try:
        yield store
    finally:
        await store.close()


def utc_now() -> datetime:
    return datetime.now(UTC)


def duration(text: str) -> timedelta:
    """`90s`, `30m`, `2h`, `1d`, `1w`. Ends the command on anything else."""
    found = _DURATION.fullmatch(text.strip().lower())
    if found is None:
        fail(f"{text!r} is not a duration; write a number and a unit: 30m, 2h, 1d", code=2)
    return timedelta(seconds=int(found[1]) * _UNITS[found[2]])
