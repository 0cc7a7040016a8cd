"""What is stored, read from one end to the other with a bar that shows how far it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

from rich.console import Console
from rich.progress import Progress

from monitor.core.model import Item, ItemId
from monitor.store import SqlStore

_BATCH = 2_000


async def archived(store: SqlStore, since: datetime, doing: str) -> AsyncIterator[tuple[ItemId, Item]]:
    """The items taken in since then, in the order of their numbers. `doing` stands beside the bar."""
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(doing, total=await store.kept(since=since))
        after = 0
        while batch := await store.kept_items(since=since, after=after, limit=_BATCH):
            for number, item in batch:
                yield number, item
            after = batch[-1][0]
            progress.advance(task, len(batch))
