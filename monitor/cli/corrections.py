"""What an operator puts right by hand."""

from __future__ import annotations

import sys
from pathlib import Path

from monitor.cli.json_lines import json_line
from monitor.cli.setup import fail, opened_store, run_async, settings_of, utc_now
from monitor.core.model import Decision, ItemId, RuleId, SourceId, StoryId
from monitor.store import SqlStore
from monitor.stories import story_of


async def _number_of(store: SqlStore, item: str) -> ItemId:
    """An item may be named by its number or its address."""
    found = await store.outcome(item)
    if not found:
        fail(f"no item {item} is on record; `monitor alerts` shows the numbers of items that matched")
    if len(found) > 1:
        fail(f"several items have this address: {', '.join(str(o.stored.id) for o in found)}; name one by its number")
    return found[0].stored.id


def split_item(config: Path | None, item: str, *, as_json: bool = False) -> None:
    settings = settings_of(config)

    async def work() -> tuple[ItemId, StoryId, StoryId | None]:
        async with opened_store(settings) as store:
            number = await _number_of(store, item)
            into = story_of(SourceId("by hand"), f"{number} {utc_now().isoformat()}")
            return number, into, await store.split(number, into)

    number, into, old = run_async(work())
    if old is None:
        fail(f"item {number} is the only one of its story")
    said = f"item {number} is story {into} now; it was part of {old}"
    sys.stdout.write((json_line({"item": number, "story": into, "was": old}) if as_json else said) + "\n")


def merge_stories(config: Path | None, story: int, other: int, *, as_json: bool = False) -> None:
    settings = settings_of(config)

    async def work() -> int:
        async with opened_store(settings) as store:
            return await store.merge(StoryId(story), StoryId(other))

    moved = run_async(work())
    if not moved:
        fail("these are not two stories on record; `monitor stories list` shows the latest")
    if as_json:
        sys.stdout.write(json_line({"story": story, "merged": other, "items": moved}) + "\n")
        return
    sys.stdout.write(
        f"{moved} item{'s' * (moved != 1)} of {other} {'are' if moved != 1 else 'is'} part of {story} now\n"
    )


def release_item(config: Path | None, item: str, rule: str | None, *, as_json: bool = False) -> None:
    settings = settings_of(config)

    async def work() -> tuple[ItemId, tuple[Decision, ...]]:
        async with opened_store(settings) as store:
            number = await _number_of(store, item)
            channels = {channel.id for channel in settings.channels}
            wanted = None if rule is None else RuleId(rule)
            return number, await store.release(number, channels=channels, rule=wanted, now=utc_now())

    number, released = run_async(work())
    if not released:
        fail(f"of item {number} nothing was held back{f' for {rule}' if rule else ''}; see `monitor explain {number}`")
    for decision in released:
        if as_json:
            row = {"item": number, "rule": decision.rule, "channel": decision.channel, "was": decision.detail}
            sys.stdout.write(json_line(row) + "\n")
            continue
        sys.stdout.write(f"{decision.rule} on {decision.channel}: queued\n")
