"""One event in two languages is one alert, also for rules that tell of updates, and after a restart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.core.model import Reason, Relation
from monitor.core.settings import Updates
from monitor.store import SqlStore
from monitor.stories import Standard
from tests.flow.conftest import Desk
from tests.flow.fakes import START, Clock, EditingChannel, FakeSource
from tests.unit.test_across_languages import CALL


@pytest.fixture
def chat() -> EditingChannel:
    return EditingChannel()


async def opened(store: SqlStore, clock: Clock, chat: EditingChannel, *, on: bool, updates: Updates) -> Desk:
    desk = Desk(store, clock, chat)
    desk.watch("grain", "Ostrander", updates=updates)
    desk.watch("зерно", "Острандер", updates=updates)
    desk.pipeline.rules = replace(desk.pipeline.rules, standard=Standard(across_languages=on))
    await desk.pipeline.load()
    return desk


async def report(desk: Desk, source: FakeSource, language: str) -> None:
    title, text = CALL[language]
    source.publish(title, text, published=START)
    source.items[0] = replace(source.items[0], language=language)
    await desk.poll(source)
    await desk.deliver()


@pytest.mark.parametrize("updates", [Updates.EDITS, Updates.SUBSTANTIAL])
async def test_one_event_in_two_languages_is_one_alert(
    store: SqlStore, clock: Clock, chat: EditingChannel, updates: Updates
) -> None:
    desk = await opened(store, clock, chat, on=True, updates=updates)
    sources = [FakeSource(name) for name in ("wire", "kantor", "late", "kyiv")]
    await desk.poll(*sources)
    await report(desk, sources[0], "en")
    await report(desk, sources[1], "id")
    desk = await opened(store, clock, chat, on=True, updates=updates)  # a restart
    await report(desk, sources[2], "id")
    assert len(chat.shown) == 1
    assert [line.decision.reason for line in await store.alerts()] == [
        Reason.STORY_TOLD, Reason.STORY_TOLD, Reason.TOLD,
    ]  # fmt: skip
    await report(desk, sources[3], "uk")
    last = (await store.alerts())[0]
    assert last.decision.rule == "зерно", "another rule, so told for the first time"
    items = await store.story(last.story)
    assert [i.relation for i in items] == [
        Relation.NEW, Relation.ACROSS_LANGUAGES, Relation.COPY, Relation.ACROSS_LANGUAGES,
    ]  # fmt: skip


async def test_without_the_switch_they_are_two(store: SqlStore, clock: Clock, chat: EditingChannel) -> None:
    desk = await opened(store, clock, chat, on=False, updates=Updates.EDITS)
    sources = [FakeSource(name) for name in ("wire", "kyiv")]
    await desk.poll(*sources)
    await report(desk, sources[0], "en")
    await report(desk, sources[1], "uk")
    assert len({line.story for line in await store.alerts()}) == 2


async def test_a_store_from_before_the_switch_is_read_on(store: SqlStore, clock: Clock, chat: EditingChannel) -> None:
    """What it remembers is known by its words only."""
    desk = await opened(store, clock, chat, on=False, updates=Updates.EDITS)
    sources = [FakeSource(name) for name in ("wire", "kyiv", "late", "kantor")]
    await desk.poll(*sources)
    await report(desk, sources[0], "en")
    desk = await opened(store, clock, chat, on=True, updates=Updates.EDITS)
    await report(desk, sources[1], "uk")
    await report(desk, sources[2], "en")
    await report(desk, sources[3], "id")
    told = {line.source: line.story for line in await store.alerts()}
    assert told["late"] == told["wire"]
    assert told["kantor"] == told["kyiv"] != told["wire"]
