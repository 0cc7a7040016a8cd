"""Items a second into the store, and the cost of asking who else carried a story. `python -m bench.store`"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter, process_time

from monitor.core.model import (
    ChannelId,
    Decision,
    DeliveryKind,
    Field,
    Fingerprint,
    Hit,
    Item,
    Match,
    NewItem,
    Reason,
    Relation,
    RuleId,
    SourceId,
    SourceState,
    StoryId,
    StoryLink,
)
from monitor.core.ports import Intake
from monitor.store import SqlStore, open_store

NOW = datetime(2025, 2, 13, tzinfo=UTC)
KEYS = 12
"""Keys of one item, about what a fingerprint has."""
REMEMBERED = 100_000


class Wire:
    """Makes items that are all different, of about the size of real ones."""

    def __init__(self) -> None:
        self._made = 0
        self._random = random.Random(1)

    def items(self, count: int) -> list[NewItem]:
        return [self._one() for _ in range(count)]

    def _one(self) -> NewItem:
        self._made += 1
        n = self._made
        url = f"https://outlet-{n % 50}.example/2025/02/13/{n}"
        item = Item(
            source=SourceId(f"outlet-{n % 50}"),
            uid=url,
            url=url,
            canonical_url=url,
            title=f"Headline number {n} about a meeting in Jakarta",
            text="Para menteri bertemu di Jakarta untuk membahas kawasan. " * 18,
            site="Outlet",
            language="id",
            taken_in=NOW,
        )
        keys = tuple(self._random.getrandbits(63) for _ in range(KEYS))
        link = StoryLink(story=StoryId(keys[0]), relation=Relation.NEW, score=1.0, of=None, reason="")
        hit = Hit(field=Field.TEXT, start=24, end=31, surface="Jakarta", term="Jakarta")
        matches = (Match(rule=RuleId("jakarta"), hits=(hit,)),) if n % 10 == 0 else ()
        mark = Fingerprint(keys=keys, sketch=self._random.randbytes(64))
        return NewItem(item=item, fingerprint=mark, link=link, matches=matches)


def take_in(intake: Intake, items: list[NewItem]) -> None:
    """A poll as the pipeline makes it; one item in ten is told."""
    source, channel = items[0].item.source, ChannelId("desk")
    intake.recorded((), [(source, new.item.uid) for new in items])
    intake.candidates([key for new in items for key in new.fingerprint.keys], NOW - timedelta(days=90))
    ids = intake.add_items(items)
    told = [(number, new) for number, new in zip(ids, items, strict=True) if new.matches]
    if told:
        intake.history([new.link.story for _, new in told], [RuleId("jakarta")], {}, NOW)
    for number, new in told:
        delivery = intake.enqueue(DeliveryKind.ALERT, channel, NOW)
        decision = Decision(rule=RuleId("jakarta"), channel=channel, reason=Reason.TOLD, detail="")
        # Spread over days, as told alerts are: the last day is read with each history.
        at = NOW - timedelta(days=30 * (number % 100) / 100)
        intake.add_decisions(number, new.link.story, [(decision, delivery)], at)
    intake.save_states([SourceState(source=source, seeded=True, last_poll=NOW)])


async def measure_intake(store: SqlStore, wire: Wire, batch: int, polls: int) -> None:
    wall, cpu = perf_counter(), process_time()
    for _ in range(polls):
        items = wire.items(batch)
        await store.transact(lambda intake, items=items: take_in(intake, items))
    wall, cpu = perf_counter() - wall, process_time() - cpu
    count = batch * polls
    print(f"intake, {batch:>3} items a poll   {count / wall:>8.0f} items/s   {1e6 * cpu / count:>7.0f} µs CPU an item")


async def measure_candidates(store: SqlStore, wire: Wire, remembered: int) -> None:
    known = wire.items(1)[0]
    await store.transact(lambda intake: take_in(intake, [known]))
    since = NOW - timedelta(days=90)
    for name, count in (("1 item", 1), ("30 items", 30)):
        times = []
        for _ in range(50):
            keys = [key for new in wire.items(count) for key in new.fingerprint.keys] + [known.fingerprint.keys[0]]
            started = perf_counter()
            found = await store.transact(lambda intake, keys=keys: intake.candidates(keys, since))
            times.append(perf_counter() - started)
            assert len(found) == 1
        print(f"candidates of {name:<8} among {remembered} remembered   {1e3 * median(times):>7.2f} ms (median of 50)")


async def main(remembered: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(f"sqlite:///{folder}/bench.db")
        wire = Wire()
        await measure_intake(store, wire, 1, 300)
        await measure_intake(store, wire, 30, 100)
        while (held := (await store.counts()).remembered) < remembered:
            items = wire.items(min(1_000, remembered - held))
            await store.transact(lambda intake, items=items: take_in(intake, items))
        await measure_intake(store, wire, 30, 100)
        await measure_candidates(store, wire, remembered)
        await store.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else REMEMBERED))
