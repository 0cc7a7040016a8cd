"""A story that was told goes on: what is told again, and how often."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.alerts.decide import UPDATE_PAUSE
from monitor.core.model import Article, Reason
from monitor.core.settings import Rate, Updates
from monitor.store import SqlStore
from tests.flow.conftest import Desk
from tests.flow.fakes import START, Clock, EditingChannel, FakeChannel, FakeSource

ADDRESS = "https://lindholm.example/ferry-aground"
FIRST = "NATO ferry runs aground off Lindholm, 3 hurt"
SECOND = "NATO ferry runs aground off Lindholm, 11 hurt"
THIRD = "NATO ferry off Lindholm: minister Dagny Vestby resigns"


@pytest.fixture
def channel() -> EditingChannel:
    return EditingChannel()


async def tell(desk: Desk, source: FakeSource, title: str, text: str = "") -> None:
    source.publish(title, text, url=ADDRESS, published=START)
    await desk.poll(source)
    await desk.deliver()


async def ready(desk: Desk, updates: Updates, *sources: FakeSource) -> None:
    desk.watch("nato", "NATO", updates=updates)
    await desk.poll(*sources)


async def reasons(store: SqlStore) -> list[Reason]:
    return [line.decision.reason for line in reversed(await store.alerts())]


@pytest.mark.parametrize(
    ("updates", "sent", "edited"), [(Updates.NONE, 1, 0), (Updates.EDITS, 1, 1), (Updates.SUBSTANTIAL, 2, 1)]
)
async def test_a_report_with_something_new_is_what_the_rule_wants_it_to_be(
    desk: Desk, channel: EditingChannel, clock: Clock, updates: Updates, sent: int, edited: int
) -> None:
    a, b = FakeSource("a"), FakeSource("b")
    await ready(desk, updates, a, b)
    await tell(desk, a, FIRST)
    clock.turn(hours=1)
    await tell(desk, b, SECOND)
    assert (channel.tried, channel.edits_tried) == (sent, edited)


async def test_an_update_says_what_is_new_and_follows_the_first_message(
    desk: Desk, channel: EditingChannel, clock: Clock
) -> None:
    a, b = FakeSource("a"), FakeSource("b")
    await ready(desk, Updates.SUBSTANTIAL, a, b)
    await tell(desk, a, FIRST)
    clock.turn(hours=1)
    await tell(desk, b, SECOND)
    first, second = channel.accepted
    assert second.text == f"nato: new: 11: {SECOND} [also in A]"
    assert (first.follows, second.follows) == ("", "ref-1")
    (line, *_) = await desk.store.alerts()
    assert (line.decision.reason, line.decision.detail) == (Reason.UPDATE, "11")


async def test_a_report_with_nothing_new_is_no_update(desk: Desk, channel: EditingChannel, clock: Clock) -> None:
    a, b = FakeSource("a"), FakeSource("b")
    await ready(desk, Updates.SUBSTANTIAL, a, b)
    await tell(desk, a, FIRST)
    clock.turn(hours=1)
    await tell(desk, b, "Off Lindholm a NATO ferry is aground; 3 are hurt")
    assert await reasons(desk.store) == [Reason.TOLD, Reason.STORY_TOLD]


async def test_updates_of_a_story_keep_their_distance_and_what_came_meanwhile_is_still_new(
    desk: Desk, channel: EditingChannel, clock: Clock
) -> None:
    sources = [FakeSource(name) for name in "abcd"]
    await ready(desk, Updates.SUBSTANTIAL, *sources)
    await tell(desk, sources[0], FIRST)
    clock.turn(minutes=10)
    await tell(desk, sources[1], SECOND)
    (line, *_) = await desk.store.alerts()
    assert line.decision.reason is Reason.STORY_TOLD
    assert "new in it: 11, but it was told at 08:00 UTC" in line.decision.detail
    clock.turn(seconds=UPDATE_PAUSE.total_seconds())
    await tell(desk, sources[2], SECOND)
    clock.turn(minutes=29)
    await tell(desk, sources[3], THIRD)
    assert await reasons(desk.store) == [Reason.TOLD, Reason.STORY_TOLD, Reason.UPDATE, Reason.STORY_TOLD]


async def test_a_cap_and_a_restart_hold_for_updates(
    store: SqlStore, desk: Desk, channel: EditingChannel, clock: Clock
) -> None:
    sources = [FakeSource(name) for name in "abc"]
    desk.watch("nato", "NATO", updates=Updates.SUBSTANTIAL, cap=Rate(count=1, period=timedelta(hours=2)))
    await desk.poll(*sources)
    await tell(desk, sources[0], FIRST)
    clock.turn(hours=1)
    await tell(desk, sources[1], SECOND)
    again = Desk(store, clock, channel)
    again.watch("nato", "NATO", updates=Updates.SUBSTANTIAL)
    await again.pipeline.load()
    clock.turn(minutes=10)
    await tell(again, sources[2], THIRD)
    assert await reasons(store) == [Reason.TOLD, Reason.CAPPED, Reason.UPDATE]


async def test_the_page_of_the_first_report_is_no_update_of_it(
    desk: Desk, channel: EditingChannel, clock: Clock
) -> None:
    a = FakeSource("a", full_text=True)
    await ready(desk, Updates.SUBSTANTIAL, a)
    a.publish(FIRST, url=ADDRESS, published=START)
    desk.pages.pages[ADDRESS] = Article(title=FIRST, text="The NATO ferry has 77 cabins, said Dagny Vestby.")
    await desk.poll(a)
    await desk.deliver()
    clock.turn(hours=1)
    await desk.read_pages(a)
    await desk.deliver()
    assert await reasons(desk.store) == [Reason.TOLD]


async def test_rules_on_channels_that_can_not_edit_are_updated_too(store: SqlStore, clock: Clock) -> None:
    mail = FakeChannel("mail")
    desk = Desk(store, clock, mail)
    a, b = FakeSource("a"), FakeSource("b")
    await ready(desk, Updates.SUBSTANTIAL, a, b)
    await tell(desk, a, FIRST)
    clock.turn(hours=1)
    await tell(desk, b, SECOND)
    assert len(mail.texts) == 2
