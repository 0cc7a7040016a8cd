"""Polls that come into the store at the same time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from monitor.core.errors import StoreError
from monitor.core.model import Reason
from monitor.store import SqlStore
from tests.flow.conftest import Desk
from tests.flow.fakes import START, Clock, FakeChannel, FakeSource


class Counting:
    """A store that counts its transactions, and fails as it is told to."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self.transactions = 0
        self.fail: list[BaseException] = []
        self.entered = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def transact(self, work: Any) -> Any:
        self.transactions += 1
        self.entered.set()
        if self.fail:
            raise self.fail.pop()
        await asyncio.sleep(0.01)  # long enough for others to queue up
        return await self._store.transact(work)


@pytest.fixture
def counting(store: SqlStore) -> Counting:
    return Counting(store)


@pytest.fixture
def busy(counting: Counting, clock: Clock, channel: FakeChannel) -> Desk:
    desk = Desk(counting, clock, channel)  # type: ignore[arg-type]  # a store by another name
    desk.watch("nato", "NATO")
    return desk


async def together(desk: Desk, *sources: FakeSource) -> list[BaseException | None]:
    return await asyncio.gather(*(desk.pipeline.poll(s) for s in sources), return_exceptions=True)


async def test_polls_that_wait_together_share_a_transaction_and_know_of_each_other(
    busy: Desk, counting: Counting, channel: FakeChannel
) -> None:
    papers = [FakeSource(f"paper{n}") for n in range(20)]
    await together(busy, *papers)
    for paper in papers:
        paper.publish("NATO opens a logistics centre by the river", "All papers have it.", published=START)
    counting.transactions = 0
    assert await together(busy, *papers) == [None] * 20
    assert counting.transactions <= 3
    await busy.deliver()
    assert len(channel.texts) == 1, "one story, one alert"
    reasons = [d.reason for d in busy.seen.decisions]
    assert sorted(reasons) == sorted([Reason.TOLD] + [Reason.STORY_TOLD] * 19)
    assert all(busy.pipeline.state(p.settings.id).taken_in == 1 for p in papers)
    assert sum(busy.pipeline.state(p.settings.id).duplicates for p in papers) == 19


async def test_a_poll_that_is_ended_while_it_waits_for_the_store_is_known_to_be_taken_in(
    busy: Desk, counting: Counting, channel: FakeChannel
) -> None:
    wire = FakeSource()
    wire.down = "busy"
    await busy.poll(wire)  # leaves a state that is still to be written
    wire.down = ""
    wire.publish("NATO long ago", published=START)
    poll = asyncio.create_task(busy.pipeline.poll(wire))
    await counting.entered.wait()
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await busy.pipeline.close()
    again = Desk(busy.store, busy.clock, channel)
    again.watch("nato", "NATO")
    await again.pipeline.load()
    assert again.pipeline.state(wire.settings.id).seeded
    wire.publish("NATO today", published=START)
    await again.poll(wire)
    await again.deliver()
    assert channel.texts == ["nato: NATO today"]


@pytest.mark.parametrize("news", [False, True])
async def test_what_the_operator_was_told_during_a_poll_stays_told(desk: Desk, news: bool) -> None:
    wire = FakeSource()
    await desk.poll(wire)
    if news:
        wire.publish("NATO today", published=START)
    answer = wire.poll

    async def slowly(*args: Any) -> Any:
        desk.pipeline.mark_told({wire.settings.id: ["silent"]})
        return await answer(*args)

    wire.poll = slowly  # type: ignore[method-assign]  # meanwhile
    await desk.poll(wire)
    assert desk.pipeline.state(wire.settings.id).told == ("silent",)
    await desk.pipeline.flush()
    assert (await desk.store.source_states())[wire.settings.id].told == ("silent",)


async def test_trouble_of_one_poll_is_not_that_of_the_others(
    busy: Desk, counting: Counting, channel: FakeChannel
) -> None:
    good, bad, other = FakeSource("good"), FakeSource("bad"), FakeSource("other")
    await together(busy, good, bad, other)
    good.publish("NATO is well", published=START)
    bad.publish("NATO has a bug", published=START)
    other.publish("NATO sails", published=START)
    wrong = busy.matcher.match

    def match(item: Any) -> Any:
        if "bug" in item.title:
            raise ZeroDivisionError
        return wrong(item)

    busy.matcher.match = match  # type: ignore[method-assign]  # a bug of ours
    results = await together(busy, good, bad, other)
    assert [type(r) for r in results] == [type(None), ZeroDivisionError, type(None)]
    busy.matcher.match = wrong  # type: ignore[method-assign]  # mended
    await busy.poll(bad)
    await busy.deliver()
    assert sorted(channel.texts) == ["nato: NATO has a bug", "nato: NATO is well", "nato: NATO sails"]


async def test_a_store_that_fails_fails_all_of_them_and_loses_none(
    busy: Desk, counting: Counting, channel: FakeChannel
) -> None:
    papers = [FakeSource(f"paper{n}") for n in range(3)]
    await together(busy, *papers)
    for n, paper in enumerate(papers):
        paper.publish(f"NATO, part {n}", published=START - timedelta(minutes=n))
    counting.fail = [StoreError("the disk is full")] * 3
    results = await together(busy, *papers)
    assert any(isinstance(r, StoreError) for r in results)
    counting.fail = []
    await together(busy, *papers)
    await busy.deliver()
    assert len(channel.texts) == 3


async def test_a_poll_that_is_given_up_takes_nobody_with_it(busy: Desk, channel: FakeChannel) -> None:
    one, two = FakeSource("one"), FakeSource("two")
    await together(busy, one, two)
    one.publish("NATO one", published=START)
    two.publish("NATO two", published=START)
    first, second = asyncio.create_task(busy.pipeline.poll(one)), asyncio.create_task(busy.pipeline.poll(two))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    await busy.pipeline.close()
    await busy.poll(one)
    await busy.deliver()
    assert sorted(channel.texts) == ["nato: NATO one", "nato: NATO two"]
