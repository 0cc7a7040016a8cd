"""A process that starts anew judges stories as one that never stopped."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.core.model import Relation, StoryId
from monitor.pipeline import lexicon
from monitor.store import SqlStore, open_store
from tests.flow.conftest import Desk
from tests.flow.fakes import Clock, FakeChannel, FakeSource
from tests.quality.stories.reports import Report, reports

Row = tuple[str, StoryId, Relation | None, float | None, str]


async def judged(path: Path, stream: Sequence[Report], restarts: frozenset[int]) -> list[Row]:
    """What is on record of each item. Before those whose numbers are `restarts` everything but the store is new; the
    process before is stopped there, or, for every other of them, killed."""
    clock, channel = Clock(), FakeChannel()
    sources = {outlet: FakeSource(outlet, max_age=timedelta(days=365)) for outlet in {r.outlet for r in stream}}
    store = await open_store(f"sqlite:///{path}", clock=clock)
    desk = Desk(store, clock, channel)
    await desk.pipeline.load()
    for number, report in enumerate(stream):
        clock.now = report.at
        if number in restarts:
            if sorted(restarts).index(number) % 2:
                await desk.pipeline.close()
            await store.close()
            store = await open_store(f"sqlite:///{path}", clock=clock)
            desk = Desk(store, clock, channel)
            await desk.pipeline.load()
        desk.watch("all", " ")
        sources[report.outlet].publish(report.title, report.text, published=report.at)
        await desk.poll(sources[report.outlet])
    rows = await on_record(store)
    await desk.poll(*sources.values())
    assert await on_record(store) == rows, "what is seen again changes nothing"
    await store.close()
    return rows


async def on_record(store: SqlStore) -> list[Row]:
    rows = [
        (line.title, story.story, line.relation, line.score, line.reason)
        for story in await store.stories(limit=1_000)
        for line in await store.story(story.story)
    ]
    return sorted(rows, key=lambda row: (row[0], row[4]))


@pytest.mark.parametrize("saved_every", [7, 5_000])
async def test_restarts_change_no_answer(tmp_path: Path, saved_every: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "SAVED_EVERY", saved_every)
    stream = reports("id")[:40]
    restarts = frozenset(random.Random(saved_every).sample(range(1, len(stream)), 9))
    whole = await judged(tmp_path / "whole.db", stream, frozenset())
    assert await judged(tmp_path / "parts.db", stream, restarts) == whole
    assert len({story for _, story, *_ in whole}) < len(whole) == len(stream)
