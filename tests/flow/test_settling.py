"""What came first makes a story for the moment; what came since may show another one, and nobody is told again."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from statistics import mean

from monitor.core.model import ItemId, Relation, RuleId, SilenceScope, StoryId, StoryLink
from monitor.core.ports import Intake
from monitor.store import SqlStore, open_store
from tests.flow.conftest import Desk
from tests.flow.fakes import Clock, EditingChannel, FakeChannel, FakeSource
from tests.quality.stories.reports import LANGUAGES, Pairs, Report, f1, in_order, pairs_of, reports

ORDERS = int(os.environ.get("STORY_ORDERS", "2"))
"""How many orders of the week are taken in; each costs some seconds."""
WEEK = in_order(r for language in LANGUAGES for r in reports(language))
TRUTH = pairs_of({r.title: f"{r.language} {r.event}" for r in WEEK})


class Newsroom:
    """The week's outlets, and one rule that wants all that they tell."""

    def __init__(self, store: SqlStore, clock: Clock) -> None:
        self.channel = FakeChannel()
        self.desk = Desk(store, clock, self.channel)
        self.desk.watch("all", "")
        clock.now = WEEK[-1].at
        self.sources = {r.outlet: FakeSource(r.outlet, max_age=timedelta(days=365)) for r in WEEK}

    async def opens(self) -> None:
        await self.desk.pipeline.load()
        await self.desk.poll(*self.sources.values())

    async def take_in(self, stream: Iterable[Report]) -> None:
        for report in stream:
            source = self.sources[report.outlet]
            item = source.publish(report.title, report.text, published=report.at)
            source.items[0] = replace(item, language=report.language)
            await self.desk.poll(source)
        await self.desk.deliver()


async def stories(store: SqlStore) -> dict[str, StoryId]:
    found = [(line.title, s.story) for s in await store.stories(limit=1_000) for line in await store.story(s.story)]
    return dict(found)


async def partition(path: Path, stream: Sequence[Report], every: int) -> Pairs:
    """Of the store in the end. What is settled `every` so often alerts nobody."""
    store = await open_store(f"sqlite:///{path}", clock=(clock := Clock()))
    room = Newsroom(store, clock)
    await room.opens()
    for start in range(0, len(stream), every):
        await room.take_in(stream[start : start + every])
        told = list(room.channel.texts)
        await room.desk.pipeline.settle()
        await room.desk.deliver()
        assert room.channel.texts == told
    seen = await stories(store)
    assert len(seen) == len(WEEK)
    await room.desk.poll(*room.sources.values())
    assert await room.desk.pipeline.settle() == 0
    assert (await stories(store), room.channel.texts) == (seen, told), "what is seen again changes nothing"
    await store.close()
    return pairs_of(seen)


async def test_the_order_of_a_week_does_not_show_in_the_store(tmp_path: Path) -> None:
    partitions = []
    for seed in range(ORDERS):
        stream = random.Random(seed).sample(WEEK, len(WEEK))
        partitions.append(await partition(tmp_path / f"{seed}.db", stream, (len(WEEK), 30, 7)[seed % 3]))
    assert mean(f1(a, b) for a, b in combinations(partitions, 2)) >= 0.98
    assert min(f1(p, TRUTH) for p in partitions) >= 0.95


async def test_what_is_settled_in_the_order_of_its_time_stays_as_it_was_answered(tmp_path: Path) -> None:
    assert f1(await partition(tmp_path / "week.db", WEEK, 10), TRUTH) >= 0.95


FERRY = "The NATO ferry Aurora ran aground off Lindholm harbour in thick fog with two hundred passengers on board"
ALSO = "Aurora, a ferry that NATO had hired, is aground: fog, two hundred passengers, and tugs on their way to Lindholm"
FIRE = "Fire in the dockyard of Westersand: NATO sends divers and a fireboat, and nobody was hurt in the blaze"


async def test_a_story_that_others_move_to_is_told_to_whom_it_was_told_before(desk: Desk, channel: FakeChannel) -> None:
    a, b, c = FakeSource("a"), FakeSource("b"), FakeSource("c")
    desk.watch("fog", "fog")
    await desk.poll(a, b, c)
    a.publish(FERRY)
    b.publish(FIRE)
    await desk.poll(a, b)
    await desk.deliver()
    assert len(channel.texts) == 2  # the ferry for both rules, the fire for one
    ferry, fire = (await desk.store.outcome("1"))[0].stored.link, (await desk.store.outcome("2"))[0].stored.link
    await desk.store.add_silence(SilenceScope.STORY, str(ferry.story), desk.clock(), "", desk.clock())
    link = StoryLink(
        story=fire.story, relation=Relation.SAME_EVENT, score=0.5, of=ItemId(2), reason="as it is seen now"
    )
    await desk.store.transact(lambda intake: intake.move({ItemId(1): link}))
    moved = {line.item: (line.relation, line.of, line.reason) for line in await desk.store.story(fire.story)}
    assert moved[ItemId(1)] == (Relation.SAME_EVENT, 2, "as it is seen now")
    assert await desk.store.story(ferry.story) == ()
    (silence,) = await desk.store.silences()
    assert silence.target == str(fire.story)
    c.publish(FIRE + ", says the fog-bound harbour master")
    await desk.poll(c)
    await desk.deliver()
    assert len(channel.texts) == 2, "both rules were told of what is now one story"


async def test_what_an_item_did_not_hit_is_still_to_be_told_where_it_moves_to(desk: Desk) -> None:
    a, b = FakeSource("a"), FakeSource("b")
    desk.watch("fog", "Fog")
    await desk.poll(a, b)
    a.publish("Fog: " + FERRY, FERRY)
    b.publish("Aground: " + FERRY, FERRY)
    await desk.poll(a, b)
    (first,), (second,) = await desk.store.outcome("1"), await desk.store.outcome("2")
    assert first.stored.link.story == second.stored.link.story
    alone = StoryLink(story=StoryId(4711), relation=Relation.NEW, score=1.0, of=None, reason="nothing like it before")

    def moved(intake: Intake) -> set[RuleId]:
        intake.move({ItemId(2): alone})
        return {rule for _, rule, _ in intake.history({alone.story}, (), {}, desk.clock()).told}

    assert await desk.store.transact(moved) == {RuleId("nato")}


async def test_what_was_put_right_by_hand_stays_so(desk: Desk) -> None:
    a, b = FakeSource("a"), FakeSource("b")
    await desk.poll(a, b)
    a.publish(FERRY, FERRY)
    b.publish(ALSO, FERRY)
    await desk.poll(a, b)
    (first,), (second,) = await desk.store.outcome("1"), await desk.store.outcome("2")
    assert first.stored.link.story == second.stored.link.story
    assert await desk.store.split(ItemId(2), StoryId(4711)) == first.stored.link.story
    assert await desk.pipeline.settle() == 0
    assert (await desk.store.outcome("2"))[0].stored.link.story == StoryId(4711)


async def test_messages_of_stories_that_others_move_to_are_brought_up_to_date(store: SqlStore, clock: Clock) -> None:
    desk = Desk(store, clock, EditingChannel())
    desk.watch("nato", "NATO")
    a, b, c = FakeSource("a"), FakeSource("b"), FakeSource("c")
    await desk.poll(a, b, c)
    a.publish(FERRY, FERRY)
    b.publish(ALSO, FERRY)
    await desk.poll(a, b)
    await desk.deliver()
    story = (await store.outcome("1"))[0].stored.link.story
    apart = StoryLink(story=StoryId(4711), relation=Relation.NEW, score=1.0, of=None, reason="nothing like it before")
    await store.transact(lambda intake: intake.move({ItemId(2): apart}))
    assert await desk.pipeline.settle() > 0
    assert {line.item for line in await store.story(story)} == {1, 2}
    assert await desk.pipeline.settle() == 0
