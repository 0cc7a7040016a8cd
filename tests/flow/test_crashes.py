"""A crash after each single call of the store, and at each end of a send: nothing lost, and a repeat only where the
send was accepted and not yet on record."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from monitor.core.model import Article
from monitor.store import open_store
from tests.flow.conftest import Desk
from tests.flow.fakes import Clock, EditingChannel, FakeChannel, FakeSource

TITLES = [f"NATO event number {n}" for n in range(1, 5)]
ITEMS = [*TITLES, "A quiet headline"]
"""The last one hits on its page only."""


class Crash(BaseException):
    """The process dies here: no handler of ours may survive it."""


class Mortal:
    """Counts the calls of a store, those within its transactions included, and dies after a given one."""

    def __init__(self, store: Any, *, after: int) -> None:
        self._store = store
        self.left = after

    @property
    def is_dead(self) -> bool:
        return self.left <= 0

    def _count(self, name: str) -> None:
        self.left -= 1
        if self.left <= 0:  # what is dead stays dead
            raise Crash(name)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if not callable(found) or name.startswith("_"):
            return found
        return self._call(name, found)

    def _call(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        async def call(*args: Any, **kwargs: Any) -> Any:
            answer = await work(*args, **kwargs)
            self._count(name)
            return answer

        return call

    async def transact(self, work: Callable[[Any], Any]) -> Any:
        answer = await self._store.transact(lambda intake: work(Within(intake, self._count)))
        self._count("commit")
        return answer


class Within:
    """The calls within a transaction, counted by its store."""

    def __init__(self, intake: Any, count: Callable[[str], None]) -> None:
        self._intake = intake
        self._count = count

    def __getattr__(self, name: str) -> Any:
        work = getattr(self._intake, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            answer = work(*args, **kwargs)
            self._count(name)
            return answer

        return call


class World:
    """The outside, which survives the crashes."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.channel = FakeChannel()
        self.source = FakeSource("daily", full_text=True)
        self.other = FakeSource("other")
        self.pages: dict[str, Article] = {}

    def desk(self, store: Any) -> Desk:
        desk = Desk(store, self.clock, self.channel)
        desk.watch("nato", "NATO")
        desk.pages.pages.update(self.pages)
        return desk

    async def live(self, store: Any) -> None:
        """One life of the daemon."""
        desk = self.desk(store)
        await desk.pipeline.load()
        for _ in range(3):
            await desk.poll(self.source)
            await desk.read_pages(self.source)
            await desk.deliver()
            self.clock.turn(minutes=1)
        await desk.pipeline.flush()


def _world_with_news() -> World:
    world = World()
    for title in ITEMS:
        item = world.source.publish(title)
        words = " ".join(f"{word}{len(world.pages)}" for word in ("river", "harbour", "council", "bridge", "spring"))
        world.pages[item.url] = Article(title=title, text=f"Of {words} NATO speaks here.")
    return world


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose source is seeded; made once, copied for each test."""
    path = tmp_path_factory.mktemp("seeded") / "monitor.db"

    async def make() -> None:
        world = World()
        store = await open_store(f"sqlite:///{path}", clock=world.clock)
        desk = world.desk(store)
        await desk.poll(world.source)
        await desk.pipeline.flush()
        await store.close()

    asyncio.run(make())
    return path


async def _one_life(world: World, path: Path, after: int) -> bool:
    """True when the crash happened."""
    store = await open_store(f"sqlite:///{path}", clock=world.clock)
    mortal = Mortal(store, after=after)
    try:
        await world.live(mortal)
    except Crash:
        pass
    finally:
        await store.close()
    return mortal.is_dead


async def _check(world: World, path: Path) -> list[str]:
    """Lives once more without a crash; gives the titles told, in order."""
    assert not await _one_life(world, path, after=10**9)
    return [title for message in world.channel.accepted for title in ITEMS if title in message.text]


@pytest.mark.parametrize("first", range(0, 120, 10))
async def test_a_crash_after_any_call_of_the_store_loses_nothing(tmp_path: Path, seeded: Path, first: int) -> None:
    for after in range(first + 1, first + 11):
        world, path = _world_with_news(), Path(shutil.copy(seeded, tmp_path / f"{after}.db"))
        crashed = await _one_life(world, path, after)
        sent_before = len(world.channel.accepted)
        told = await _check(world, path)
        assert set(told) == set(ITEMS), f"after call {after}"
        repeats = [t for t in set(told) if told.count(t) > 1]
        # The one message whose acceptance was not on record when the crash came may come twice, and says so.
        assert len(repeats) <= (1 if crashed else 0), f"after call {after}"
        for title in repeats:
            (again,) = [m for m in world.channel.accepted[sent_before:] if title in m.text]
            assert again.may_repeat


async def test_the_test_covers_every_call_of_a_life(tmp_path: Path, seeded: Path) -> None:
    world, path = _world_with_news(), Path(shutil.copy(seeded, tmp_path / "all.db"))
    store = await open_store(f"sqlite:///{path}", clock=world.clock)
    mortal = Mortal(store, after=10**9)
    await world.live(mortal)
    await store.close()
    calls = 10**9 - mortal.left
    assert 40 < calls <= 120, f"a life has {calls} calls; adapt the range of the test above"


@pytest.mark.parametrize("accepted", [False, True])
async def test_a_crash_within_a_send(tmp_path: Path, seeded: Path, accepted: bool) -> None:
    world, path = _world_with_news(), Path(shutil.copy(seeded, tmp_path / "send.db"))
    whole = world.channel.send

    async def dying(message: Any) -> Any:
        if accepted:
            await whole(message)
        raise Crash("in send")

    world.channel.send = dying  # type: ignore[method-assign]  # the process dies inside of the call
    store = await open_store(f"sqlite:///{path}", clock=world.clock)
    with pytest.raises(Crash):
        await world.live(store)
    await store.close()
    world.channel.send = whole  # type: ignore[method-assign]
    told = await _check(world, path)
    assert set(told) == set(ITEMS)
    assert len(told) == len(ITEMS) + accepted


async def _followed(world: World, store: Any) -> None:
    """One life in which a second outlet follows what was told, and the edits go out."""
    desk = world.desk(store)
    await desk.pipeline.load()
    for _ in range(3):
        await desk.poll(world.source, world.other)
        await desk.deliver()
        world.clock.turn(minutes=1)


@pytest.mark.parametrize("first", range(0, 60, 10))
async def test_a_crash_after_any_call_of_the_store_loses_no_edit(tmp_path: Path, first: int) -> None:
    for after in range(first + 1, first + 11):
        world, path = World(), tmp_path / f"{after}.db"
        world.channel, world.source, world.other = EditingChannel(), FakeSource("daily"), FakeSource("other")
        store = await open_store(f"sqlite:///{path}", clock=world.clock)
        await world.desk(store).poll(world.source, world.other)
        for title in TITLES[:2]:
            world.source.publish(title, url=f"https://daily.example/{title[-1]}")
        await world.desk(store).pipeline.load()
        for outlet in (world.source, world.other):
            mortal = Mortal(store, after=after)
            for title in TITLES[:2] if outlet is world.other else ():
                outlet.publish(title, url=f"https://daily.example/{title[-1]}")
            with suppress(Crash):
                await _followed(world, mortal)
        await _followed(world, store)
        await store.close()
        assert {text for text in world.channel.shown if "also in" in text} >= {
            f"nato: {title} [also in Other]" for title in TITLES[:2]
        }, f"after call {after}"
        repeats = len(world.channel.accepted) - 2
        assert repeats <= sum(m.may_repeat for m in world.channel.accepted), f"after call {after}"
