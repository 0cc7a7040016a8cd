"""What becomes of polls: the pipeline on a real store."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.core.errors import StoreError
from monitor.core.model import Article, Reason, RuleId, SilenceScope, SourceId, SourceState
from monitor.core.ports import Fetched, Fetcher, FetchRequest, Polled, Trouble, Unreachable
from monitor.core.settings import Pace, Rate
from monitor.health import Condition, condition_of
from monitor.pipeline import Pipeline, Rules
from monitor.pipeline.states import BACK_OFF_CEILING, after_failure, back_off
from monitor.store import SqlStore
from tests.flow.conftest import Desk
from tests.flow.fakes import START, Clock, FakeChannel, FakeSource

LONG = (
    "The ministers of the alliance met in Brussels on Thursday and agreed on a timetable for the new logistics centre, "
    "which is to open next spring near the river harbour and to employ two hundred people from nine countries, said "
    "the secretary general after the talks, adding that the first stage of the work had been paid for already."
)


async def test_what_is_there_at_the_first_poll_is_learnt_and_not_told(desk: Desk, channel: FakeChannel) -> None:
    source = FakeSource()
    source.publish("NATO meets")
    await desk.poll(source)
    await desk.deliver()
    assert channel.texts == []
    assert [d.reason for d in desk.seen.decisions] == [Reason.SEEDING]


async def test_a_new_item_is_told_once(desk: Desk, channel: FakeChannel) -> None:
    source = FakeSource()
    await desk.poll(source)
    source.publish("NATO opens a centre")
    await desk.poll(source, source)
    await desk.deliver()
    await desk.poll(source)
    await desk.deliver()
    assert channel.texts == ["nato: NATO opens a centre"]


async def test_an_empty_first_poll_counts_as_seeding(desk: Desk, channel: FakeChannel) -> None:
    source = FakeSource()
    await desk.poll(source)
    source.publish("NATO one")
    await desk.poll(source)
    await desk.deliver()
    assert channel.texts == ["nato: NATO one"]


async def test_a_failed_first_poll_does_not_count_as_seeding(desk: Desk, channel: FakeChannel) -> None:
    source = FakeSource()
    source.publish("NATO old")
    source.down = "503"
    await desk.poll(source)
    source.down = ""
    await desk.poll(source)
    await desk.deliver()
    assert channel.texts == []


async def test_alerts_go_out_in_the_order_of_events(desk: Desk, channel: FakeChannel) -> None:
    source = FakeSource()
    await desk.poll(source)
    for name in ("first", "second", "third"):
        source.publish(f"NATO {name}")
    await desk.poll(source)
    await desk.deliver()
    assert channel.texts == ["nato: NATO first", "nato: NATO second", "nato: NATO third"]


async def test_an_item_of_last_month_is_on_record_and_not_told(desk: Desk, channel: FakeChannel) -> None:
    source = FakeSource(max_age=timedelta(days=3))
    await desk.poll(source)
    source.publish("NATO archive", published=START - timedelta(days=30))
    await desk.poll(source)
    await desk.deliver()
    assert channel.texts == []
    assert [d.reason for d in desk.seen.decisions] == [Reason.TOO_OLD]


async def test_one_item_that_three_rules_hit_is_one_message_naming_three_rules(
    desk: Desk, channel: FakeChannel
) -> None:
    desk.watch("summit", "summit")
    desk.watch("brussels", "Brussels")
    source = FakeSource()
    await desk.poll(source)
    source.publish("NATO summit in Brussels")
    await desk.poll(source)
    await desk.deliver()
    assert len(channel.texts) == 1
    assert {"nato", "summit", "brussels"} == set(channel.texts[0].split(":")[0].split("+"))


async def test_a_copy_in_another_outlet_is_not_told_again_and_says_why(desk: Desk, channel: FakeChannel) -> None:
    wire, paper = FakeSource("wire"), FakeSource("paper")
    await desk.poll(wire, paper)
    wire.publish("NATO agrees on a timetable", LONG)
    await desk.poll(wire)
    paper.publish("Alliance sets its timetable, NATO says", LONG + " (Agencies)")
    await desk.poll(paper)
    await desk.deliver()
    assert channel.texts == ["nato: NATO agrees on a timetable [also in Paper]"]
    last = desk.seen.decisions[-1]
    assert last.reason is Reason.STORY_TOLD
    assert "copy of “NATO agrees on a timetable” (wire)" in last.detail
    (story,) = [s for s in await desk.store.stories() if s.items > 1]
    assert story.outlets == ("Wire", "Paper")


async def test_two_outlets_in_one_transaction_each_do_not_both_alert(desk: Desk, channel: FakeChannel) -> None:
    wire, paper = FakeSource("wire"), FakeSource("paper")
    await desk.poll(wire, paper)
    address = "https://wire.example/articles/the-same-address"
    wire.publish("NATO one way", url=address)
    paper.publish("NATO another way", url=address)
    await desk.poll(wire, paper)
    await desk.deliver()
    assert channel.texts == ["nato: NATO one way [also in Paper]"]


async def test_copies_within_one_poll_are_one_story(desk: Desk, channel: FakeChannel) -> None:
    source = FakeSource()
    await desk.poll(source)
    source.publish("NATO agrees on a timetable", LONG)
    source.publish("NATO agrees on timetable (update)", LONG + " More follows.")
    await desk.poll(source)
    await desk.deliver()
    assert len(channel.texts) == 1


async def test_a_story_told_for_one_rule_is_told_for_a_rule_that_hits_later(desk: Desk, channel: FakeChannel) -> None:
    desk.watch("harbour", "Odesa")
    wire, paper = FakeSource("wire"), FakeSource("paper")
    await desk.poll(wire, paper)
    wire.publish("NATO agrees on a timetable", LONG)
    await desk.poll(wire)
    await desk.deliver()
    paper.publish("NATO agrees on a timetable, and Odesa waits", LONG)
    await desk.poll(paper)
    await desk.deliver()
    assert channel.texts[0] == "nato: NATO agrees on a timetable"
    assert channel.texts[1].startswith("harbour: NATO agrees on a timetable, and Odesa waits")


async def test_what_a_cap_holds_back_comes_as_one_summary_when_the_cap_frees(
    desk: Desk, channel: FakeChannel, clock: Clock
) -> None:
    desk.watch("nato", "NATO", cap=Rate(count=2, period=timedelta(hours=1)))
    source = FakeSource()
    await desk.poll(source)
    for number in range(5):
        source.publish(f"NATO item number {number}")
    await desk.poll(source)
    await desk.deliver()
    assert channel.texts == ["nato: NATO item number 0", "nato: NATO item number 1"]
    clock.turn(minutes=59)
    await desk.deliver()
    assert len(channel.texts) == 2
    clock.turn(minutes=2)
    await desk.deliver()
    assert channel.texts[2:] == ["nato: NATO item number 2 | NATO item number 3 | NATO item number 4"]
    source.publish("NATO after the pause")
    await desk.poll(source)
    await desk.deliver()
    assert channel.texts[-1] == "nato: NATO after the pause"


async def test_a_silence_holds_back_and_ends(desk: Desk, channel: FakeChannel, clock: Clock) -> None:
    await desk.store.add_silence(SilenceScope.RULE, "nato", clock() + timedelta(hours=2), "on holiday", clock())
    source = FakeSource()
    await desk.poll(source)
    source.publish("NATO while silent")
    await desk.poll(source)
    clock.turn(hours=3)
    source.publish("NATO afterwards")
    await desk.poll(source)
    await desk.deliver()
    assert channel.texts == ["nato: NATO afterwards"]
    silenced = [d for d in desk.seen.decisions if d.reason is Reason.SILENCED]
    assert len(silenced) == 1
    assert "on holiday" in silenced[0].detail


async def test_an_article_is_found_by_its_full_text(desk: Desk, channel: FakeChannel, clock: Clock) -> None:
    source = FakeSource("daily", full_text=True)
    await desk.poll(source)
    item = source.publish("A quiet headline")
    desk.pages.pages[item.url] = Article(title="A quiet headline", text=f"{LONG} NATO was there.")
    await desk.poll(source)
    await desk.deliver()
    assert channel.texts == []
    await desk.read_pages(source)
    await desk.deliver()
    assert channel.texts == ["nato: A quiet headline"]
    assert await desk.store.due_pages(clock() + timedelta(days=1), 10) == ()


async def test_what_hits_in_the_title_alerts_before_its_page_and_not_again_after_it(
    desk: Desk, channel: FakeChannel
) -> None:
    source = FakeSource("daily", full_text=True)
    await desk.poll(source)
    item = source.publish("NATO in the headline")
    desk.pages.pages[item.url] = Article(title="NATO in the headline", text=f"{LONG} NATO was there.")
    await desk.poll(source)
    await desk.deliver()
    assert channel.texts == ["nato: NATO in the headline"]
    await desk.read_pages(source)
    await desk.deliver()
    assert len(channel.texts) == 1
    assert [d.reason for d in desk.seen.decisions] == [Reason.TOLD]


async def test_a_page_that_stays_away_is_tried_three_times_and_the_item_stands_as_it_is(
    desk: Desk, channel: FakeChannel, clock: Clock
) -> None:
    source = FakeSource("daily", full_text=True)
    await desk.poll(source)
    source.publish("A quiet headline")
    await desk.poll(source)
    for _ in range(6):
        await desk.read_pages(source)
        clock.turn(minutes=2)
    assert desk.seen.pages == ["retry", "retry", "failed"]
    assert len(desk.pages.asked) == 3


async def test_a_page_shows_that_a_headline_is_a_copy(desk: Desk, channel: FakeChannel) -> None:
    wire, daily = FakeSource("wire"), FakeSource("daily", full_text=True)
    await desk.poll(wire, daily)
    wire.publish("NATO agrees on a timetable", LONG)
    await desk.poll(wire)
    item = daily.publish("What the ministers decided")
    desk.pages.pages[item.url] = Article(title="What the ministers decided", text=LONG + " NATO, it says.")
    await desk.poll(daily)
    await desk.read_pages(daily)
    await desk.deliver()
    assert channel.texts == ["nato: NATO agrees on a timetable [also in Daily]"]
    assert desk.seen.decisions[-1].reason is Reason.STORY_TOLD


async def test_seeding_fetches_no_pages(desk: Desk, clock: Clock) -> None:
    source = FakeSource("daily", full_text=True)
    source.publish("An old headline")
    await desk.poll(source)
    assert await desk.store.due_pages(clock() + timedelta(days=1), 10) == ()


async def test_one_failing_source_leaves_the_others_alone(desk: Desk, channel: FakeChannel) -> None:
    bad, good = FakeSource("bad"), FakeSource("good")
    await desk.poll(bad, good)
    bad.down = "connection refused"
    good.publish("NATO elsewhere")
    await desk.poll(bad, good)
    await desk.deliver()
    assert channel.texts == ["nato: NATO elsewhere"]
    state = desk.pipeline.state(SourceId("bad"))
    assert state.failures == 1
    assert "connection refused" in state.last_error


async def test_a_restart_repeats_nothing_and_seeds_nothing_again(
    desk: Desk, channel: FakeChannel, store: SqlStore, clock: Clock
) -> None:
    source = FakeSource()
    await desk.poll(source)
    source.publish("NATO before")
    await desk.poll(source)
    await desk.deliver()
    await desk.pipeline.flush()
    again = Desk(store, clock, channel)
    again.watch("nato", "NATO")
    await again.pipeline.load()
    source.publish("NATO while it was down")
    await again.poll(source)
    await again.deliver()
    assert channel.texts == ["nato: NATO before", "nato: NATO while it was down"]


async def test_a_rule_that_went_away_while_its_match_was_under_way_tells_nothing(
    desk: Desk, channel: FakeChannel
) -> None:
    source = FakeSource()
    await desk.poll(source)
    source.publish("NATO")
    desk.rules.pop(RuleId("nato"))
    await desk.poll(source)
    await desk.deliver()
    assert channel.texts == []


@pytest.mark.parametrize("failures", range(40))
def test_the_back_off_grows_and_has_a_ceiling(failures: int) -> None:
    wait = back_off(timedelta(minutes=5), failures, None)
    assert back_off(timedelta(minutes=5), max(failures - 1, 0), None) <= wait <= BACK_OFF_CEILING


def test_a_server_that_asks_for_a_longer_wait_gets_it_up_to_a_day() -> None:
    assert back_off(timedelta(minutes=5), 1, timedelta(hours=6)) == timedelta(hours=6)
    assert back_off(timedelta(minutes=5), 1, timedelta(days=400)) == timedelta(days=1)
    assert back_off(timedelta(minutes=5), 1, timedelta(seconds=3)) == timedelta(minutes=5)


async def test_a_store_that_fails_loses_nothing_of_the_poll(desk: Desk, channel: FakeChannel) -> None:
    source = FakeSource()
    await desk.poll(source)
    source.publish("NATO in bad times")
    taking_in = desk.store.transact

    async def failing(work: object) -> object:
        raise StoreError("disk full")

    desk.store.transact = failing  # type: ignore[method-assign, assignment]  # a disk that is full
    with pytest.raises(StoreError):
        await desk.poll(source)
    desk.store.transact = taking_in  # type: ignore[method-assign]
    await desk.poll(source)
    await desk.deliver()
    assert channel.texts == ["nato: NATO in bad times"]


async def test_a_source_that_is_gone_for_good_is_asked_once_a_day(desk: Desk) -> None:
    settings, state = FakeSource().settings, desk.pipeline.state(SourceId("wire"))
    gone = Unreachable(trouble=Trouble.GONE, detail="410", status=410)
    waits = []
    for _ in range(4):
        state = after_failure(settings, state, gone, START)
        assert state.next_poll is not None
        waits.append(state.next_poll - START)
    assert waits[:2] == [settings.every, 2 * settings.every]
    assert waits[2:] == [timedelta(days=1)] * 2
    assert condition_of(settings, state, START) is Condition.RETIRED


async def test_the_rhythm_of_a_source_is_learnt_and_sets_its_interval(desk: Desk, clock: Clock) -> None:
    source = FakeSource()
    source.settings = replace(source.settings, pace=Pace.AUTO)
    for n in range(8):
        source.publish(f"Old news {n}", published=START - timedelta(minutes=40 * (8 - n)))
    await desk.poll(source)
    state = desk.pipeline.state(SourceId("wire"))
    assert state.usual_gap == timedelta(minutes=40)
    clock.turn(minutes=5)
    await desk.poll(source)
    state = desk.pipeline.state(SourceId("wire"))
    assert state.next_poll == clock() + timedelta(minutes=10)


class Mirror:
    """A fetcher whose every answer is a document."""

    async def fetch(self, request: FetchRequest) -> Fetched:
        return Fetched(url=request.url, status=200, headers={}, body=b"")


class SlowReader(FakeSource):
    """Has its document soon, and is long in reading it."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched, self.go = asyncio.Event(), asyncio.Event()

    async def poll(self, fetcher: Fetcher, state: SourceState, now: datetime) -> Polled | Unreachable:
        await fetcher.fetch(FetchRequest(url=self.settings.url))
        self.fetched.set()
        await self.go.wait()
        return await super().poll(fetcher, state, now)


async def test_a_document_takes_up_room_until_it_is_taken_in(desk: Desk, clock: Clock) -> None:
    rules = Rules(matcher=desk.matcher, rules={}, memory=timedelta(days=90))
    pipeline = Pipeline(
        store=desk.store, fetcher=Mirror(), page_reader=desk.pages, rules=rules, clock=clock, observer=desk.seen,
        wake=lambda: None,
    )  # fmt: skip
    source, free = SlowReader(), pipeline.room()
    polling = asyncio.create_task(pipeline.poll(source))
    await source.fetched.wait()
    assert pipeline.room() == free - 1
    source.go.set()
    await polling
    assert pipeline.room() == free
    await pipeline.close()
