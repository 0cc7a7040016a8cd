"""What becomes of deliveries: the outbox on a real store, channels that answer as scripted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.core.model import ChannelId, DeliveryState
from monitor.core.ports import Limit, Rejected, Sent, TryLater, Uncertain
from monitor.store import SqlStore
from tests.flow.conftest import Desk
from tests.flow.fakes import Clock, FakeChannel, FakeSource


async def _with_news(desk: Desk, count: int = 1) -> FakeSource:
    source = FakeSource()
    await desk.poll(source)
    _publish(source, count)
    await desk.poll(source)
    return source


def _publish(source: FakeSource, count: int) -> None:
    for _ in range(count):
        source.publish(f"NATO news number {len(source.items) + 1}")


async def _states(store: SqlStore) -> list[DeliveryState]:
    return [line.delivery.state for line in reversed(await store.deliveries(limit=500))]


async def test_a_flood_wait_is_obeyed_and_uses_up_no_retries(desk: Desk, channel: FakeChannel, clock: Clock) -> None:
    channel.script = [TryLater(why="Flood control", after=timedelta(hours=12))] * 20
    await _with_news(desk)
    for _ in range(20):
        await desk.deliver()
        clock.turn(hours=11)
        await desk.deliver()
        clock.turn(hours=2)
    assert channel.tried == 20
    await desk.deliver()
    assert len(channel.texts) == 1
    (line,) = await desk.store.deliveries()
    assert line.delivery.attempts == 0


async def test_a_flood_wait_holds_the_whole_chat_over_a_restart(
    desk: Desk, channel: FakeChannel, store: SqlStore, clock: Clock
) -> None:
    channel.script = [TryLater(why="Flood control", after=timedelta(minutes=10))]
    source = await _with_news(desk)
    await desk.deliver()
    again = Desk(store, clock, channel)
    again.watch("nato", "NATO")
    await again.pipeline.load()
    _publish(source, 1)
    await again.poll(source)
    await again.deliver()
    assert channel.texts == []
    clock.turn(minutes=11)
    await again.deliver()
    assert channel.texts == ["nato: NATO news number 1", "nato: NATO news number 2"]


async def test_an_outage_of_a_week_loses_nothing_and_keeps_the_order(
    desk: Desk, channel: FakeChannel, clock: Clock
) -> None:
    source = await _with_news(desk, 3)
    channel.script = [TryLater(why="connection refused")] * 700
    for _ in range(7 * 24):
        await desk.deliver()
        clock.turn(hours=1)
    assert channel.texts == []
    channel.script = []
    _publish(source, 1)
    await desk.poll(source)
    for _ in range(4):
        clock.turn(minutes=6)
        await desk.deliver()
    assert sorted(channel.texts) == [f"nato: NATO news number {n}" for n in (1, 2, 3, 4)]
    assert channel.texts[0] == "nato: NATO news number 1"


async def test_a_short_outage_keeps_the_order(desk: Desk, channel: FakeChannel, clock: Clock) -> None:
    await _with_news(desk, 3)
    channel.script = [TryLater(why="502")] * 4
    for _ in range(20):
        await desk.deliver()
        clock.turn(seconds=10)
    assert channel.texts == [f"nato: NATO news number {n}" for n in (1, 2, 3)]


async def test_a_message_that_alone_makes_the_server_fail_does_not_hold_up_the_others(
    desk: Desk, channel: FakeChannel, clock: Clock
) -> None:
    await _with_news(desk, 3)

    async def send(message: object) -> Sent | TryLater:
        text = message.text  # type: ignore[attr-defined]
        if "number 1" in text:
            return TryLater(why="500 internal error")
        channel.accepted.append(message)  # type: ignore[arg-type]
        return Sent(ref="1")

    channel.send = send  # type: ignore[method-assign, assignment]  # a server with one allergy
    for _ in range(200):
        await desk.deliver()
        clock.turn(seconds=20)
    assert channel.texts == ["nato: NATO news number 2", "nato: NATO news number 3"]
    assert await _states(desk.store) == [DeliveryState.DUE, DeliveryState.SENT, DeliveryState.SENT]


async def test_an_unanswered_send_is_repeated_until_there_is_an_answer_and_marked(
    desk: Desk, channel: FakeChannel, clock: Clock
) -> None:
    channel.script = [Uncertain(why="timed out"), Uncertain(why="timed out")]
    await _with_news(desk)
    for _ in range(5):
        await desk.deliver()
        clock.turn(minutes=6)
    assert channel.tried == 3
    (message,) = channel.accepted
    assert message.may_repeat
    assert await _states(desk.store) == [DeliveryState.SENT]


async def test_where_the_operator_wants_it_an_unanswered_send_is_held_and_can_be_resent(
    store: SqlStore, clock: Clock
) -> None:
    desk_channel, ops = FakeChannel("desk", hold_uncertain=True), FakeChannel("ops")
    desk = Desk(store, clock, desk_channel, ops, operator=("ops",))
    desk.watch("nato", "NATO", to=("desk",))
    desk_channel.script = [Uncertain(why="timed out")]
    await _with_news(desk)
    await desk.deliver()
    clock.turn(minutes=6)
    await desk.deliver()
    await desk.deliver()
    assert (desk_channel.tried, desk_channel.texts) == (1, [])
    assert len(ops.texts) == 1
    assert "perhaps sent" in ops.texts[0]
    assert await store.resend() == 1
    await desk.deliver()
    assert desk_channel.texts == ["nato: NATO news number 1"]


async def test_a_rejected_message_is_kept_told_to_the_operator_once_and_can_be_resent(
    store: SqlStore, clock: Clock
) -> None:
    desk_channel, ops = FakeChannel("desk"), FakeChannel("ops")
    desk = Desk(store, clock, desk_channel, ops, operator=("ops", "desk"))
    desk.watch("nato", "NATO", to=("desk",))
    desk_channel.script = [Rejected(why="not acceptable")]
    await _with_news(desk, 2)
    for _ in range(3):
        await desk.deliver()
        clock.turn(minutes=5)
    assert desk_channel.texts == ["nato: NATO news number 2"]
    assert len(ops.texts) == 1
    assert "not acceptable" in ops.texts[0]
    assert await store.resend() == 1
    await desk.deliver()
    assert desk_channel.texts[-1] == "nato: NATO news number 1"


async def test_a_dead_chat_pauses_its_queue_destroys_nothing_and_leaves_others_alone(
    store: SqlStore, clock: Clock
) -> None:
    dead, alive, ops = FakeChannel("dead"), FakeChannel("alive"), FakeChannel("ops")
    desk = Desk(store, clock, dead, alive, ops, operator=("ops",))
    desk.watch("nato", "NATO", to=("dead", "alive"))
    dead.script = [Rejected(why="bot was blocked by the user", target_gone=True)] * 3
    source = await _with_news(desk, 2)
    await desk.deliver()
    _publish(source, 1)
    await desk.poll(source)
    await desk.deliver()
    assert dead.tried == 1
    assert len(alive.texts) == 3
    for _ in range(3):
        clock.turn(minutes=61)
        await desk.deliver()
    assert len(dead.texts) == 3
    assert dead.texts[0] == "nato: NATO news number 1"
    assert len([t for t in ops.texts if "blocked" in t]) == 1


async def test_a_notice_that_is_rejected_makes_no_new_notice(store: SqlStore, clock: Clock) -> None:
    a, b = FakeChannel("a"), FakeChannel("b")
    desk = Desk(store, clock, a, b, operator=("a", "b"))
    desk.watch("nato", "NATO", to=("a",))
    a.script = [Rejected(why="no")]
    b.script = [Rejected(why="no")]
    await _with_news(desk)
    for _ in range(5):
        await desk.deliver()
        clock.turn(minutes=10)
    assert (a.tried, b.tried) == (1, 1)


async def test_a_long_queue_is_joined_and_every_item_is_in_it(store: SqlStore, clock: Clock) -> None:
    channel = FakeChannel(limits=(Limit(count=20, period=timedelta(minutes=1)),))
    desk = Desk(store, clock, channel)
    desk.watch("nato", "NATO")
    await _with_news(desk, 60)
    for _ in range(30):
        await desk.deliver()
        clock.turn(seconds=6)
    assert len(channel.texts) < 30
    told = [word.partition(": ")[2] or word for text in channel.texts for word in text.split(" | ")]
    assert told == [f"NATO news number {n}" for n in range(1, 61)]


async def test_a_short_queue_goes_out_one_by_one(store: SqlStore, clock: Clock) -> None:
    channel = FakeChannel(limits=(Limit(count=20, period=timedelta(minutes=1)),))
    desk = Desk(store, clock, channel)
    desk.watch("nato", "NATO")
    await _with_news(desk, 15)
    await desk.deliver()
    assert len(channel.texts) == 15


async def test_the_limit_of_a_chat_is_kept_also_over_a_restart(store: SqlStore, clock: Clock) -> None:
    channel = FakeChannel(limits=(Limit(count=3, period=timedelta(minutes=1)),))
    desk = Desk(store, clock, channel)
    desk.watch("nato", "NATO")
    source = await _with_news(desk, 3)
    await desk.deliver()
    assert len(channel.texts) == 3
    again = Desk(store, clock, channel)
    again.watch("nato", "NATO")
    await again.pipeline.load()
    _publish(source, 1)
    await again.poll(source)
    await again.deliver()
    assert len(channel.texts) == 3
    clock.turn(seconds=61)
    await again.deliver()
    assert len(channel.texts) == 4


async def test_a_message_of_several_parts_goes_on_with_the_part_that_failed(store: SqlStore, clock: Clock) -> None:
    channel = FakeChannel(part_size=10)
    desk = Desk(store, clock, channel)
    desk.watch("nato", "NATO")
    channel.script = [Sent(ref="1"), TryLater(why="502"), Sent(ref="2"), Sent(ref="3")]
    await _with_news(desk)
    for _ in range(4):
        await desk.deliver()
        clock.turn(minutes=1)
    assert "".join(channel.texts) == "nato: NATO news number 1"
    assert [m.key for m in channel.accepted] == ["monitor.1.1", "monitor.1.2", "monitor.1.3"]
    assert not any(m.may_repeat for m in channel.accepted)
    (line,) = await store.deliveries()
    assert line.delivery.refs == ("1", "2", "3")


async def test_two_channels_of_one_chat_share_its_order_and_limit(store: SqlStore, clock: Clock) -> None:
    limits = (Limit(count=2, period=timedelta(minutes=1)),)
    a = FakeChannel("a", limits=limits, lane="chat")
    b = FakeChannel("b", limits=limits, lane="chat")
    desk = Desk(store, clock, a, b)
    desk.watch("nato", "NATO")
    await _with_news(desk, 2)
    await desk.deliver()
    assert len(a.texts) + len(b.texts) == 2
    for _ in range(3):
        clock.turn(minutes=1, seconds=1)
        await desk.deliver()
    both = " ".join(a.texts + b.texts)
    assert both.count("number 1") == both.count("number 2") == 2


async def test_a_channel_that_left_the_configuration_keeps_its_queue_until_it_comes_back(
    desk: Desk, channel: FakeChannel
) -> None:
    await _with_news(desk)
    renderer = desk.deliverer._renderer
    desk.deliverer.use({}, renderer, ())
    await desk.deliver()
    assert channel.texts == []
    desk.deliverer.use({ChannelId("desk"): channel}, renderer, ())
    await desk.deliver()
    assert len(channel.texts) == 1


@pytest.mark.parametrize("note", ["the chat has moved to -100123"])
async def test_what_a_channel_notes_reaches_the_operator_once(store: SqlStore, clock: Clock, note: str) -> None:
    desk_channel, ops = FakeChannel("desk"), FakeChannel("ops")
    desk = Desk(store, clock, desk_channel, ops, operator=("ops",))
    desk.watch("nato", "NATO", to=("desk",))
    desk_channel.script = [Sent(ref="1", note=note), Sent(ref="2", note=note)]
    await _with_news(desk, 2)
    await desk.deliver()
    await desk.deliver()
    assert len(desk_channel.texts) == 2
    assert [t for t in ops.texts if note in t] == [f"notice: Channel desk: {note}"]
