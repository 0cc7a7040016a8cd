"""Messages that were sent are kept up to date: which outlets carry the story, and what its headline is by now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.core.model import EDITABLE, DeliveryKind, DeliveryState, RuleId
from monitor.core.ports import Answer, Limit, Rejected, TryLater, Uncertain
from monitor.core.settings import Edits
from monitor.store import SqlStore
from monitor.store.revisions import GAP
from tests.flow.conftest import Desk
from tests.flow.fakes import START, Clock, EditingChannel, FakeChannel, FakeSource

TITLE = "NATO opens a ferry museum in Lindholm"
ADDRESS = "https://lindholm.example/ferry-museum"


@pytest.fixture
def channel() -> EditingChannel:
    return EditingChannel()


def carry(*outlets: FakeSource) -> None:
    for outlet in outlets:
        outlet.publish(TITLE, url=ADDRESS, published=START)


async def step(desk: Desk, *sources: FakeSource) -> None:
    await desk.poll(*sources)
    await desk.deliver()


async def told(desk: Desk, *later: FakeSource) -> FakeSource:
    """One outlet's report is told; the others are ready to follow."""
    first = FakeSource("first")
    await desk.poll(first, *later)
    carry(first)
    await step(desk, first)
    return first


async def kinds(store: SqlStore) -> list[tuple[DeliveryKind, DeliveryState]]:
    return [(line.delivery.kind, line.delivery.state) for line in reversed(await store.deliveries(limit=100))]


async def test_an_outlet_that_joins_a_story_is_named_in_the_message_that_told_it(
    desk: Desk, channel: EditingChannel
) -> None:
    kompas = FakeSource("kompas")
    await told(desk, kompas)
    carry(kompas)
    await step(desk, kompas)
    assert channel.shown == [f"nato: {TITLE} [also in Kompas]"]
    assert channel.tried == 1, "and nothing new is sent"


async def test_outlets_that_join_soon_after_each_other_are_one_edit(
    desk: Desk, channel: EditingChannel, clock: Clock
) -> None:
    outlets = [FakeSource(f"outlet{n}") for n in range(6)]
    await told(desk, *outlets)
    for outlet in outlets:
        carry(outlet)
        await step(desk, outlet)
        clock.turn(seconds=2)
    assert channel.edits_tried == 1
    clock.turn(seconds=GAP.total_seconds())
    await desk.deliver()
    assert channel.edits_tried == 2
    names = ", ".join(f"Outlet{n}" for n in range(6))
    assert channel.shown == [f"nato: {TITLE} [also in {names}]"]


async def test_what_a_message_says_already_is_not_edited(desk: Desk, channel: EditingChannel) -> None:
    kompas, regional = FakeSource("kompas"), FakeSource("regional")
    await told(desk, kompas, regional)
    carry(kompas)
    await step(desk, kompas)
    regional.publish(TITLE, url=ADDRESS, published=START)
    regional.items = [replace(i, site="Kompas") for i in regional.items]
    await step(desk, regional)
    desk.clock.turn(minutes=2)
    await desk.deliver()
    assert channel.edits_tried == 1
    assert (await kinds(desk.store)).count((DeliveryKind.EDIT, DeliveryState.SENT)) == 1
    assert len(await kinds(desk.store)) == 2, "an edit of nothing leaves no trace"


async def test_who_joins_before_the_message_is_written_stands_in_it(desk: Desk, channel: EditingChannel) -> None:
    first, second = FakeSource("first"), FakeSource("second")
    await desk.poll(first, second)
    carry(first, second)
    await step(desk, first, second)
    assert channel.texts == [f"nato: {TITLE} [also in Second]"]
    assert await kinds(desk.store) == [(DeliveryKind.ALERT, DeliveryState.SENT)]


async def test_who_joins_while_the_message_is_on_its_way_is_named_later(
    desk: Desk, channel: EditingChannel, clock: Clock
) -> None:
    second = FakeSource("second")
    channel.script = [TryLater(why="502")]
    await told(desk, second)
    carry(second)
    await desk.poll(second)
    clock.turn(minutes=1)
    await desk.deliver()
    assert channel.texts == [f"nato: {TITLE}"]
    assert channel.shown == [f"nato: {TITLE} [also in Second]"]


@pytest.mark.parametrize("answer", [TryLater(why="502"), TryLater(why="flood", after=timedelta(seconds=40)),
                                    Uncertain(why="timed out")])  # fmt: skip
async def test_an_edit_that_does_not_get_through_is_tried_again(
    desk: Desk, channel: EditingChannel, clock: Clock, answer: Answer
) -> None:
    second = FakeSource("second")
    await told(desk, second)
    channel.edit_script = [answer]
    carry(second)
    await step(desk, second)
    assert channel.shown == [f"nato: {TITLE}"]
    clock.turn(minutes=1)
    await desk.deliver()
    assert (channel.edits_tried, channel.shown) == (2, [f"nato: {TITLE} [also in Second]"])


@pytest.mark.parametrize("target_gone", [False, True])
async def test_a_refused_edit_is_final_and_harms_nothing(
    desk: Desk, channel: EditingChannel, clock: Clock, target_gone: bool
) -> None:
    second = FakeSource("second")
    await told(desk, second)
    channel.edit_script = [Rejected(why="message to edit not found", target_gone=target_gone)]
    carry(second)
    await step(desk, second)
    second.publish("NATO paints a lighthouse", published=START)
    await step(desk, second)
    for _ in range(3):
        clock.turn(hours=2)
        await desk.deliver()
    assert channel.edits_tried == 1
    assert channel.texts == [f"nato: {TITLE}", "nato: NATO paints a lighthouse"]
    dropped = [x.delivery for x in await desk.store.deliveries(states=[DeliveryState.DROPPED])]
    assert [d.last_error for d in dropped] == ["message to edit not found"]
    assert await desk.store.resend() == 0


async def test_an_old_message_is_left_alone(desk: Desk, channel: EditingChannel, clock: Clock) -> None:
    second, third = FakeSource("second"), FakeSource("third")
    await told(desk, second, third)
    clock.turn(seconds=EDITABLE.total_seconds() - 60)
    channel.edit_script = [TryLater(why="outage")]
    carry(second)
    await step(desk, second)
    clock.turn(minutes=5)
    carry(third)
    await step(desk, third)
    assert channel.edits_tried == 1
    assert await kinds(desk.store) == [
        (DeliveryKind.ALERT, DeliveryState.SENT), (DeliveryKind.EDIT, DeliveryState.DROPPED),
    ]  # fmt: skip


async def test_an_edit_survives_a_restart(desk: Desk, channel: EditingChannel, store: SqlStore, clock: Clock) -> None:
    second, third = FakeSource("second"), FakeSource("third")
    await told(desk, second, third)
    carry(second)
    await step(desk, second)
    carry(third)
    await desk.poll(third)
    again = Desk(store, clock, channel)
    await again.pipeline.load()
    clock.turn(minutes=1)
    await again.deliver()
    assert channel.shown == [f"nato: {TITLE} [also in Second, Third]"]


async def test_alerts_go_before_edits_and_an_edit_that_waits_holds_up_nobody(
    desk: Desk, channel: EditingChannel, clock: Clock
) -> None:
    second = FakeSource("second")
    await told(desk, second)
    carry(second)
    second.publish("NATO counts the cranes", published=START)
    await desk.poll(second)
    channel.script = [TryLater(why="502")]
    await desk.deliver()
    assert channel.edits_tried == 0
    clock.turn(minutes=1)
    channel.edit_script = [TryLater(why="502")]
    await desk.deliver()
    assert channel.texts == [f"nato: {TITLE}", "nato: NATO counts the cranes"]
    second.publish("NATO weighs the anchors", published=START)
    await step(desk, second)
    assert channel.texts[2:] == ["nato: NATO weighs the anchors"]


async def test_edits_use_half_of_what_a_chat_takes(store: SqlStore, clock: Clock) -> None:
    channel = EditingChannel(limits=(Limit(count=4, period=timedelta(minutes=1)),))
    desk = Desk(store, clock, channel)
    desk.watch("nato", "NATO")
    first, second = FakeSource("first"), FakeSource("second")
    await desk.poll(first, second)
    titles = ["NATO repairs a sundial", "NATO auctions a pianola", "NATO rescues a heron"]
    for title in titles:
        first.publish(title, url=f"https://one.example/{title[5:12]}", published=START)
        await step(desk, first)
    clock.turn(minutes=2)
    for title in titles:
        second.publish(title, url=f"https://one.example/{title[5:12]}", published=START)
    await step(desk, second)
    assert channel.edits_tried == 2
    clock.turn(minutes=2)
    await desk.deliver()
    assert all("Second" in text for text in channel.shown)


async def test_a_channel_that_can_not_edit_gets_no_edits(store: SqlStore, clock: Clock) -> None:
    mail = FakeChannel("mail")
    desk = Desk(store, clock, mail)
    desk.watch("nato", "NATO")
    second = FakeSource("second")
    await told(desk, second)
    carry(second)
    await step(desk, second)
    assert await kinds(store) == [(DeliveryKind.ALERT, DeliveryState.SENT)]


async def test_a_report_that_no_rule_wants_is_named_as_well(desk: Desk, channel: EditingChannel) -> None:
    second = FakeSource("second")
    await told(desk, second)
    desk.matcher.words[RuleId("nato")] = "nothing"
    carry(second)
    await step(desk, second)
    assert channel.shown == [f"nato: {TITLE} [also in Second]"]


async def test_an_edited_headline_is_corrected_in_the_message(
    desk: Desk, channel: EditingChannel, clock: Clock
) -> None:
    wire = FakeSource()
    await desk.poll(wire)
    wire.publish("NATO names 3 guests", published=START)
    await step(desk, wire)
    wire.items[0] = replace(wire.items[0], title="NATO names 4 guests")
    await step(desk, wire)
    assert channel.shown == ["nato: NATO names 4 guests [was NATO names 3 guests]"]
    clock.turn(minutes=1)
    wire.items[0] = replace(wire.items[0], title="NATO names 3 guests")
    await step(desk, wire)
    assert channel.shown == ["nato: NATO names 3 guests"], "what stands there as it was told needs no correction"
    assert channel.tried == 1


@pytest.mark.parametrize(
    ("edits", "sent", "edited"), [(Edits.IGNORE, 1, 0), (Edits.UPDATE, 1, 1), (Edits.RESEND, 2, 0)]
)
async def test_what_is_sent_again_is_not_corrected_as_well(
    desk: Desk, channel: EditingChannel, edits: Edits, sent: int, edited: int
) -> None:
    wire = FakeSource()
    wire.settings = replace(wire.settings, edits=edits)
    await desk.poll(wire)
    wire.publish("NATO names 3 guests", published=START)
    await step(desk, wire)
    wire.items[0] = replace(wire.items[0], title="NATO names 4 guests")
    await step(desk, wire)
    assert (channel.tried, channel.edits_tried) == (sent, edited)
