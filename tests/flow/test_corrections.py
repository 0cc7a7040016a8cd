"""An operator puts right what is one story, and tells what was held back."""

from __future__ import annotations

from monitor.core.model import ChannelId, DeliveryState, ItemId, Reason, Relation, RuleId, SilenceScope, StoryId
from monitor.store import SqlStore
from tests.flow.conftest import Desk
from tests.flow.fakes import START, Clock, EditingChannel, FakeChannel, FakeSource

FERRY, MUSEUM = "https://lindholm.example/ferry-aground", "https://lindholm.example/museum-opens"
DESK = frozenset({ChannelId("desk")})
NEW = StoryId(4711)


async def tell(desk: Desk, source: FakeSource, title: str, url: str) -> None:
    source.publish(title, url=url, published=START)
    await desk.poll(source)
    await desk.deliver()


async def reasons(store: SqlStore) -> list[Reason]:
    return [line.decision.reason for line in reversed(await store.alerts())]


async def story_of(store: SqlStore, item: int) -> StoryId:
    (outcome,) = await store.outcome(str(item))
    return outcome.stored.link.story


async def test_an_item_that_is_split_off_is_a_story_that_was_told(desk: Desk, channel: FakeChannel) -> None:
    a, b, c = FakeSource("a"), FakeSource("b"), FakeSource("c")
    await desk.poll(a, b, c)
    await tell(desk, a, "NATO ferry aground", FERRY)
    await tell(desk, b, "NATO fog lies over the harbour of Lindholm", FERRY)
    old = await story_of(desk.store, 1)
    assert await desk.store.split(ItemId(2), NEW) == old
    (first,), (second,) = await desk.store.story(old), await desk.store.story(NEW)
    assert (first.item, second.item) == (1, 2)
    assert (second.relation, second.of, second.reason) == (Relation.NEW, None, f"split from {old} by hand")
    await tell(desk, c, "NATO fog lies over the harbour of Lindholm", "https://c.example/fog-again-over-the-harbour")
    await desk.deliver()
    assert channel.texts == ["nato: NATO ferry aground"]


async def test_an_item_that_is_alone_can_not_be_split_off(desk: Desk) -> None:
    a = FakeSource("a")
    await desk.poll(a)
    await tell(desk, a, "NATO ferry aground", FERRY)
    assert await desk.store.split(ItemId(1), NEW) is None
    assert await desk.store.split(ItemId(99), NEW) is None
    assert await desk.store.story(NEW) == ()


async def test_stories_that_are_merged_are_told_for_what_either_was_told_for(desk: Desk, channel: FakeChannel) -> None:
    a, b = FakeSource("a"), FakeSource("b")
    desk.watch("fog", "fog")
    await desk.poll(a, b)
    await tell(desk, a, "NATO ferry aground", FERRY)
    await tell(desk, a, "Museum in fog", MUSEUM)
    story, other = await story_of(desk.store, 1), await story_of(desk.store, 2)
    await desk.store.add_silence(SilenceScope.STORY, str(other), desk.clock(), "", desk.clock())
    assert await desk.store.merge(story, other) == 1
    _, second = await desk.store.story(story)
    assert (second.relation, second.of, second.reason) == (Relation.SAME_EVENT, 1, f"merged from {other} by hand")
    assert await desk.store.story(other) == ()
    (silence,) = await desk.store.silences()
    assert silence.target == str(story)
    await tell(desk, b, "NATO museum in fog", MUSEUM)
    assert channel.texts == ["nato: NATO ferry aground", "fog: Museum in fog"]
    assert await desk.store.merge(story, story) == await desk.store.merge(story, StoryId(1)) == 0
    assert await desk.store.merge(StoryId(1), story) == 0


async def test_what_was_held_back_can_be_told_after_all_and_once(store: SqlStore, clock: Clock) -> None:
    channel = EditingChannel()
    desk = Desk(store, clock, channel)
    desk.watch("nato", "NATO")
    desk.watch("fog", "fog")
    old = FakeSource("old")
    old.publish("NATO fog of yore", published=START)
    await desk.poll(old)
    assert await desk.store.release(ItemId(1), channels=DESK, rule=RuleId("no-such"), now=clock()) == ()
    assert await desk.store.release(ItemId(1), channels=frozenset(), now=clock()) == ()
    released = await desk.store.release(ItemId(1), channels=DESK, rule=RuleId("nato"), now=clock())
    assert [(d.rule, d.reason) for d in released] == [("nato", Reason.RELEASED)]
    assert released[0].detail.startswith("by hand; it was seeding: the first poll")
    await desk.deliver()
    assert channel.texts == ["nato: NATO fog of yore"]
    assert await desk.store.release(ItemId(1), channels=DESK, now=clock()) != ()
    assert await desk.store.release(ItemId(1), channels=DESK, now=clock()) == ()
    await desk.deliver()
    assert channel.texts == ["nato: NATO fog of yore", "fog: NATO fog of yore"]
    assert {line.delivery.state for line in await desk.store.deliveries()} == {DeliveryState.SENT}


async def test_a_story_whose_report_was_released_is_told(desk: Desk, channel: FakeChannel) -> None:
    old, later = FakeSource("old"), FakeSource("later")
    old.publish("NATO ferry aground", url=FERRY, published=START)
    await desk.poll(old, later)
    await desk.store.release(ItemId(1), channels=DESK, now=desk.clock())
    await desk.deliver()
    await tell(desk, later, "NATO ferry", FERRY)
    assert channel.texts == ["nato: NATO ferry aground"]
    assert await reasons(desk.store) == [Reason.SEEDING, Reason.RELEASED, Reason.STORY_TOLD]


async def test_what_a_story_was_told_for_already_says_of_which_report_it_is_a_copy(desk: Desk) -> None:
    a, b = FakeSource("a"), FakeSource("b")
    await desk.poll(a, b)
    await tell(desk, a, "NATO ferry aground", FERRY)
    await tell(desk, b, "NATO ferry", FERRY)
    (line, *_) = await desk.store.alerts()
    assert line.decision.detail == "the same address as “NATO ferry aground” (a), score 1.00"
