"""`check`: is the configuration fit to run, and, if asked, can the world be reached with it?"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress

from monitor.app import load_all, utc_now
from monitor.channels import open_channel
from monitor.cli.setup import fail, run_async, with_config
from monitor.core.errors import Problem, QueryError
from monitor.core.model import SourceState
from monitor.core.ports import Checked, NotModified, Polled, Unreachable
from monitor.core.settings import ChannelSettings, Settings, SourceSettings
from monitor.fetch import HttpFetcher
from monitor.matching import parse_query, rule_node, write
from monitor.matching.query import Node, Term, walk
from monitor.sources import open_source


def run_check(config: Path | None, *, online: bool, formatted: bool) -> None:
    """With `formatted` the queries alone go to standard output, one line for each rule, and the verdict beside it."""
    loaded = with_config(config, load_all)
    settings = loaded.settings
    if formatted:
        sys.stdout.writelines(f"{rule.id}: {write(rule_node(rule))}\n" for rule in settings.rules)
    (sys.stderr if formatted else sys.stdout).write(
        f"{settings.path}: fine: {_count(len(settings.sources), 'source')}, {_count(len(settings.rules), 'rule')}, "
        f"{_count(len(settings.entities), 'entity', 'entities')}, {_count(len(settings.channels), 'channel')}\n"
    )
    for rule in settings.rules:
        for word in _small_operators(rule_node(rule)):
            sys.stderr.write(f"note: rule {rule.id} looks for the word {word}; to join, write {word.upper()}\n")
    if online and not run_async(_try_all(settings)):
        raise typer.Exit(1)


def _small_operators(root: Node) -> list[str]:
    """What is most often a slip, and may be meant."""
    words = (node.text for node in walk(root) if isinstance(node, Term) and not node.is_phrase)
    return list(dict.fromkeys(word for word in words if word in ("and", "or", "not")))


def check_query(text: str) -> None:
    """The entities, lists and rules that it names are not looked for."""
    try:
        root = parse_query(text).root
    except QueryError as error:
        fail(str(Problem(file="query", line=1, column=error.position + 1, what=error.what, remedy=error.remedy)))
    sys.stdout.write(f"{write(root)}\n")


async def _try_all(settings: Settings) -> bool:
    async with HttpFetcher(user_agent=settings.user_agent) as fetcher:
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Trying", total=len(settings.sources) + len(settings.channels))

            async def one(name: str, work: asyncio.Future[tuple[bool, str]]) -> tuple[str, bool, str]:
                good, detail = await work
                progress.advance(task)
                return name, good, detail

            results = await asyncio.gather(
                *(one(f"source {s.id}", asyncio.ensure_future(_try_source(s, fetcher))) for s in settings.sources),
                *(one(f"channel {c.id}", asyncio.ensure_future(_try_channel(c))) for c in settings.channels),
            )
    for name, good, detail in results:
        sys.stdout.write(f"{'ok  ' if good else 'FAIL'} {name}: {detail}\n")
    return all(good for _, good, _ in results)


async def _try_source(settings: SourceSettings, fetcher: HttpFetcher) -> tuple[bool, str]:
    now = utc_now()
    match await open_source(settings).poll(fetcher, SourceState(source=settings.id), now):
        case Unreachable(trouble=trouble, detail=detail):
            return False, f"{trouble}: {detail}"
        case NotModified():
            return True, "answers, unchanged"
        case Polled(items=items, state=state):
            dates = [i.published for i in items if i.published is not None]
            newest = f", the newest {_ago(now - max(dates))} old" if dates else ""
            return bool(items), f"{state.kind or settings.kind}, {_count(len(items), 'item')}{newest}"


async def _try_channel(settings: ChannelSettings) -> tuple[bool, str]:
    channel = open_channel(settings)
    try:
        match await channel.check():
            case Checked(detail=detail):
                return True, detail
            case Unreachable(trouble=trouble, detail=detail):
                return False, f"{trouble}: {detail}"
    finally:
        await channel.close()


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _ago(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} d"
