"""The clockwork: what is due is started, once, and nothing stops the rest."""

from __future__ import annotations

import asyncio
import random
from datetime import datetime, timedelta

import pytest

from monitor.scheduler import Rounds, Scheduler
from tests.flow.fakes import Clock, Witness


class Work:
    """Counts the runs of each name; runs of `slow` names wait until they are let go."""

    def __init__(self, clock: Clock, every: dict[str, timedelta]) -> None:
        self.clock = clock
        self.every = every
        self.runs: list[str] = []
        self.slow: dict[str, asyncio.Event] = {}
        self.broken: set[str] = set()

    async def __call__(self, name: str) -> datetime:
        self.runs.append(name)
        if name in self.slow:
            await self.slow[name].wait()
        if name in self.broken:
            raise ZeroDivisionError("our bug")
        return self.clock() + self.every[name]


def rounds(work: Work, seen: Witness, **options: timedelta) -> Rounds:
    return Rounds(work, clock=work.clock, observer=seen, rng=random.Random(3), **options)


async def turn(clock: Clock, table: Rounds, seconds: float, step: float = 0.25) -> None:
    for _ in range(int(seconds / step)):
        table.tick()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        clock.turn(seconds=step)


@pytest.mark.parametrize("count", [1, 50, 500])
async def test_first_polls_start_within_two_seconds_for_each_fifty_sources(count: int) -> None:
    clock = Clock()
    every = {f"s{n}": timedelta(minutes=5) for n in range(count)}
    work = Work(clock, every)
    table = rounds(work, Witness())
    table.use(every)
    await turn(clock, table, 2 * max(1, count / 50))
    assert sorted(work.runs) == sorted(every)


async def test_a_source_is_polled_again_and_again_at_its_interval() -> None:
    clock = Clock()
    every = {"s": timedelta(seconds=10)}
    work = Work(clock, every)
    table = rounds(work, Witness())
    table.use(every)
    await turn(clock, table, 120)
    assert 10 <= len(work.runs) <= 13


async def test_a_source_is_never_polled_twice_at_once() -> None:
    clock = Clock()
    every = {"s": timedelta(seconds=1)}
    work = Work(clock, every)
    work.slow["s"] = asyncio.Event()
    table = rounds(work, Witness())
    table.use(every)
    await turn(clock, table, 60)
    assert work.runs == ["s"]
    work.slow["s"].set()
    await turn(clock, table, 3)
    assert len(work.runs) > 1


async def test_a_poll_that_hangs_is_ended_told_and_tried_again() -> None:
    clock, seen = Clock(), Witness()
    every = {"s": timedelta(seconds=1), "other": timedelta(seconds=1)}
    work = Work(clock, every)
    work.slow["s"] = asyncio.Event()
    table = rounds(work, seen, stuck_after=timedelta(seconds=30))
    table.use(every)
    await turn(clock, table, 40)
    assert [event for event, _ in seen.troubles] == ["stuck"]
    assert work.runs.count("s") == 2
    assert work.runs.count("other") > 20


async def test_our_own_bug_in_one_poll_is_told_and_stops_nothing() -> None:
    clock, seen = Clock(), Witness()
    every = {"bad": timedelta(seconds=5), "good": timedelta(seconds=5)}
    work = Work(clock, every)
    work.broken.add("bad")
    table = rounds(work, seen)
    table.use(every)
    await turn(clock, table, 30)
    assert work.runs.count("bad") >= 4
    assert work.runs.count("good") >= 4
    assert {event for event, _ in seen.troubles} == {"poll_failed"}


async def test_a_reload_keeps_the_time_of_what_did_not_change_and_drops_what_is_gone() -> None:
    clock = Clock()
    every = {"stays": timedelta(minutes=10), "goes": timedelta(minutes=10), "new": timedelta(minutes=10)}
    work = Work(clock, every)
    table = rounds(work, Witness())
    table.use({name: every[name] for name in ("stays", "goes")})
    await turn(clock, table, 4)
    assert sorted(work.runs) == ["goes", "stays"]
    table.use({name: every[name] for name in ("stays", "new")})
    await turn(clock, table, 4)
    assert work.runs[2:] == ["new"]
    await turn(clock, table, 700, step=1)
    assert work.runs.count("goes") == 1
    assert work.runs.count("stays") == 2


async def test_stopping_lets_a_run_finish_and_ends_one_that_takes_too_long() -> None:
    clock = Clock()
    every = {"quick": timedelta(seconds=1), "hangs": timedelta(seconds=1)}
    work = Work(clock, every)
    work.slow = {"quick": asyncio.Event(), "hangs": asyncio.Event()}
    table = rounds(work, Witness())
    table.use(every)
    await turn(clock, table, 3)
    asyncio.get_running_loop().call_later(0.01, work.slow["quick"].set)
    await table.stop(timedelta(seconds=0.1))
    assert list(table.running) == []


async def test_jobs_run_on_time_and_one_that_raises_runs_again() -> None:
    seen = Witness()
    scheduler = Scheduler(clock=Clock(), observer=seen)
    runs: list[str] = []
    enough = asyncio.Event()

    def broken() -> None:
        runs.append("broken")
        raise ZeroDivisionError("our bug")

    async def sound() -> None:
        runs.append("sound")
        if min(runs.count("broken"), runs.count("sound")) >= 3:
            enough.set()

    scheduler.every(timedelta(seconds=0.02), "broken", broken)
    scheduler.every(timedelta(seconds=0.02), "sound", sound)
    scheduler.start()
    try:
        await asyncio.wait_for(enough.wait(), 20)
    finally:
        scheduler.stop()
    assert ("broken", "ZeroDivisionError: our bug") in seen.troubles


async def test_a_scheduler_that_is_stopped_amid_its_jobs_has_no_complaint(caplog: pytest.LogCaptureFixture) -> None:
    seen, begun, ended = Witness(), asyncio.Event(), asyncio.Event()
    scheduler = Scheduler(clock=Clock(), observer=seen)

    async def long() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    scheduler.every(timedelta(seconds=0.01), "long", long)
    scheduler.start()
    await begun.wait()
    scheduler.stop()
    await ended.wait()
    for _ in range(5):  # its own callbacks
        await asyncio.sleep(0)
    assert [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")] == []
    assert seen.troubles == []


async def test_no_more_is_started_than_there_is_room_for() -> None:
    clock, room = Clock(), 2
    every = {f"s{n}": timedelta(minutes=5) for n in range(5)}
    work = Work(clock, every)
    table = Rounds(work, clock=clock, observer=Witness(), rng=random.Random(3), room=lambda: room)
    table.use(every)
    clock.turn(seconds=10)
    table.tick()
    await asyncio.sleep(0)
    assert len(work.runs) == 2
    room = 0
    await turn(clock, table, 5)
    assert len(work.runs) == 2
    room = 3
    await turn(clock, table, 1)
    assert sorted(work.runs) == sorted(every)
