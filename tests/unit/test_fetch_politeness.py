"""Turns per server. Times come from the loop, so nothing here asserts how long something took, only the order."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from monitor.fetch.politeness import Politeness


async def test_a_server_gets_two_requests_at_once_and_no_third():
    politeness = Politeness(max_in_flight=10)
    running, most = 0, 0
    go = asyncio.Event()

    async def request():
        nonlocal running, most
        async with politeness.turn("news.example", 0):
            running += 1
            most = max(most, running)
            await go.wait()
            running -= 1

    tasks = [asyncio.create_task(request()) for _ in range(6)]
    await asyncio.sleep(0.01)
    assert running == 2
    go.set()
    await asyncio.gather(*tasks)
    assert most == 2


async def test_different_servers_do_not_wait_for_each_other():
    politeness = Politeness(max_in_flight=10)
    async with (
        politeness.turn("a.example", 3600),
        politeness.turn("b.example", 3600),
        politeness.turn("c.example", 3600),
    ):
        assert len(politeness) == 3


async def test_starts_on_one_server_keep_the_gap():
    politeness, loop, starts = Politeness(max_in_flight=10), asyncio.get_running_loop(), []

    async def request():
        async with politeness.turn("news.example", 0.05):
            starts.append(loop.time())

    await asyncio.gather(*(request() for _ in range(4)))
    assert all(later - earlier >= 0.05 for earlier, later in pairwise(starts))


async def test_the_bound_over_all_holds_for_many_servers():
    politeness = Politeness(max_in_flight=3)
    running, most = 0, 0

    async def request(number):
        nonlocal running, most
        async with politeness.turn(f"{number}.example", 0):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(request(number) for number in range(20)))
    assert most == 3


async def test_a_server_that_nobody_uses_any_more_is_forgotten():
    politeness = Politeness(max_in_flight=3)
    for number in range(50):
        async with politeness.turn(f"{number}.example", 0.02):
            pass
    assert len(politeness) > 0
    while len(politeness):  # noqa: ASYNC110 - a dictionary that empties itself sets no event
        await asyncio.sleep(0.005)


async def test_the_gap_outlives_the_request():
    politeness = Politeness(max_in_flight=3)
    async with politeness.turn("news.example", 3600):
        pass
    waiting = asyncio.create_task(_take(politeness))
    await asyncio.sleep(0.01)
    assert not waiting.done()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_who_gives_up_waiting_leaves_no_trace():
    politeness = Politeness(max_in_flight=1)
    async with politeness.turn("a.example", 0):
        waiting = [asyncio.create_task(_take(politeness)) for _ in range(5)]
        await asyncio.sleep(0)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    async with politeness.turn("news.example", 0):
        pass
    assert len(politeness) == 0


async def _take(politeness):
    async with politeness.turn("news.example", 3600):
        pass
