"""Rules that tell only when there is more of something than usual."""

from __future__ import annotations

from datetime import timedelta

from monitor.core.model import Reason
from monitor.core.settings import Spike
from tests.flow.conftest import Desk
from tests.flow.fakes import Clock, FakeChannel, FakeSource

HOUR = timedelta(hours=1)
SPIKE = Spike(over=HOUR, baseline=timedelta(days=7), factor=3.0, at_least=5)


async def publish(desk: Desk, source: FakeSource, count: int) -> None:
    """As many mentions, each of a story of its own."""
    for _ in range(count):
        number = len(source.items)
        source.publish(f"NATO {number} alpha{number} beta{number} gamma{number}", published=desk.clock())
    await desk.poll(source)


async def reasons(desk: Desk) -> list[Reason]:
    return [line.decision.reason for line in reversed(await desk.store.alerts(limit=1000))]


async def test_a_rise_is_told_once_with_its_figures_and_the_usual_is_counted(
    desk: Desk, clock: Clock, channel: FakeChannel
) -> None:
    wire = FakeSource()
    desk.watch("nato", "NATO", spike=SPIKE)
    await desk.poll(wire)
    for _ in range(48):  # two days with one mention an hour
        await publish(desk, wire, 1)
        clock.turn(hours=1)
    assert set(await reasons(desk)) == {Reason.COUNTED}

    await publish(desk, wire, 4)
    assert Reason.RISING not in await reasons(desk)
    clock.turn(minutes=10)
    await publish(desk, wire, 3)
    told = [line for line in await desk.store.alerts(limit=1000) if line.decision.reason is Reason.RISING]
    (line,) = told
    assert line.decision.detail == "7 mentions in 1 h, usually 1.0"
    await desk.deliver()
    assert len(channel.texts) == 1

    clock.turn(minutes=20)
    await publish(desk, wire, 6)
    assert (await reasons(desk)).count(Reason.RISING) == 1, "one rise is told once"
    clock.turn(hours=2)
    await publish(desk, wire, 9)
    assert (await reasons(desk)).count(Reason.RISING) == 2


async def test_nothing_is_called_a_rise_before_the_usual_is_known(desk: Desk, clock: Clock) -> None:
    wire = FakeSource()
    desk.watch("nato", "NATO", spike=SPIKE)
    await desk.poll(wire)
    await publish(desk, wire, 20)
    assert set(await reasons(desk)) == {Reason.COUNTED}
    line = (await desk.store.alerts(limit=1))[0]
    assert "still being learnt" in line.decision.detail


async def test_a_restart_forgets_neither_the_usual_nor_what_was_told(
    desk: Desk, clock: Clock, channel: FakeChannel
) -> None:
    wire = FakeSource()
    desk.watch("nato", "NATO", spike=SPIKE)
    await desk.poll(wire)
    for _ in range(6):
        await publish(desk, wire, 1)
        clock.turn(hours=1)
    await publish(desk, wire, 7)
    again = Desk(desk.store, clock, channel)
    await again.pipeline.load()
    again.watch("nato", "NATO", spike=SPIKE)
    clock.turn(minutes=5)
    await publish(again, wire, 7)
    assert (await reasons(again)).count(Reason.RISING) == 1
