"""A desk: the pipeline and the outbox on a real store, with everything outside replaced by stand-ins."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.core.model import ChannelId, RuleId
from monitor.core.ports import Editor
from monitor.core.settings import Rate, RuleSettings, Spike, Updates
from monitor.outbox import Deliverer
from monitor.pipeline import Pipeline, Rules
from monitor.store import SqlStore, open_store
from tests.flow.fakes import Clock, FakeChannel, FakeSource, NoFetcher, Pages, PlainRenderer, Witness, WordMatcher


class Desk:
    """One daemon's worth of parts over one store. A second one over the same file is a restart."""

    def __init__(self, store: SqlStore, clock: Clock, *channels: FakeChannel, operator: tuple[str, ...] = ()) -> None:
        self.store = store
        self.clock = clock
        self.seen = Witness()
        self.pages = Pages()
        self.channels = {c.id: c for c in channels}
        self.matcher = WordMatcher({})
        self.rules: dict[RuleId, RuleSettings] = {}
        self.pipeline = Pipeline(
            store=store,
            fetcher=NoFetcher(),
            page_reader=self.pages,
            rules=self._compiled(),
            clock=clock,
            observer=self.seen,
            wake=lambda: None,
        )
        self.pipeline.editing = frozenset(c.id for c in channels if isinstance(c, Editor))
        self.deliverer = Deliverer(
            outbox=store,
            channels=self.channels,
            renderer=PlainRenderer(),
            operator=[ChannelId(c) for c in operator],
            clock=clock,
            observer=self.seen,
            rng=random.Random(7),
        )

    def _compiled(self) -> Rules:
        return Rules(matcher=self.matcher, rules=self.rules, memory=timedelta(days=90))

    def watch(
        self, rule: str, word: str, *, cap: Rate | None = None, spike: Spike | None = None, to: tuple[str, ...] = (),
        updates: Updates = Updates.EDITS, min_sources: int = 1,
    ) -> None:  # fmt: skip
        self.matcher.words[rule] = word
        channels = tuple(ChannelId(c) for c in to) or tuple(self.channels)
        self.rules[RuleId(rule)] = RuleSettings(
            id=RuleId(rule),
            match=word,
            to=channels,
            cap=cap,
            spike=spike,
            updates=updates,
            min_sources=min_sources,
        )
        self.pipeline.rules = self._compiled()

    async def poll(self, *sources: FakeSource) -> None:
        for source in sources:
            await self.pipeline.poll(source)

    async def read_pages(self, source: FakeSource) -> None:
        for page in await self.store.due_pages(self.clock(), 50):
            await self.pipeline.read_page(page, source)

    async def deliver(self) -> None:
        await self.deliverer.drain()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def channel() -> FakeChannel:
    return FakeChannel()


@pytest.fixture
async def store(tmp_path: Path, clock: Clock) -> AsyncIterator[SqlStore]:
    store = await open_store(f"sqlite:///{tmp_path / 'monitor.db'}", clock=clock)
    yield store
    await store.close()


@pytest.fixture
def desk(store: SqlStore, clock: Clock, channel: FakeChannel) -> Desk:
    desk = Desk(store, clock, channel)
    desk.watch("nato", "NATO")
    return desk
