"""What every store keeps to, as the pipeline and the outbox rely on it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from monitor.core.model import (
    AlertContent,
    ChannelId,
    Credit,
    CreditKind,
    Decision,
    DeliveryId,
    DeliveryKind,
    DeliveryState,
    DigestContent,
    Field,
    Fingerprint,
    Hit,
    Item,
    ItemId,
    Match,
    Message,
    NewItem,
    NoticeContent,
    PageState,
    PollHints,
    Priority,
    Reason,
    Relation,
    RuleId,
    SilenceScope,
    SourceId,
    SourceState,
    StoryId,
    StoryLink,
)
from monitor.core.ports import Intake
from monitor.store import SqlStore, open_store

NOW = datetime(2025, 2, 13, 3, 14, 15, 926535, tzinfo=UTC)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
DESK, MAIL = ChannelId("desk"), ChannelId("mail")
NATO, ASEAN = RuleId("nato"), RuleId("asean")
KOMPAS, DETIK = SourceId("kompas"), SourceId("detik")
STORY = StoryId(-(2**63))


@pytest.fixture(params=["memory", "file"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SqlStore]:
    url = "sqlite://" if request.param == "memory" else f"sqlite:///{tmp_path}/data/monitor.db"
    opened = await open_store(url, busy_timeout=timedelta(seconds=20), clock=lambda: NOW)
    yield opened
    await opened.close()


def an_item(uid: str = "1", **changes: object) -> Item:
    item = Item(
        source=KOMPAS,
        uid=uid,
        url=f"https://kompas.test/{uid}?utm_source=rss",
        canonical_url=f"https://kompas.test/{uid}",
        title="NATO bertemu di Jakarta",
        text="Para menteri bertemu. NATO dan ASEAN hadir.",
        author="Redaksi",
        tags=("dunia", "politik"),
        published=NOW - MINUTE,
        updated=NOW,
        language="id",
        image="https://kompas.test/1.jpg",
        site="Kompas",
        credits=(Credit(outlet="Antara", reporter="Ana", how=CreditKind.DATELINE),),
        taken_in=NOW,
    )
    return replace(item, **changes)  # type: ignore[arg-type] # whatever the test wants to change


def in_title(term: str = "NATO") -> Hit:
    return Hit(field=Field.TITLE, start=0, end=4, surface="NATO", term=term)


def new(
    item: Item | None = None,
    *,
    keys: tuple[int, ...] = (1, 2**63 - 1, -(2**63)),
    story: StoryId = STORY,
    of: int | None = None,
    matches: tuple[Match, ...] = (Match(rule=NATO, hits=(in_title(),)),),
) -> NewItem:
    return NewItem(
        item=item or an_item(),
        fingerprint=Fingerprint(keys=keys, sketch=b"\0sketch\xff"),
        link=StoryLink(
            story=story,
            relation=Relation.NEW if of is None else Relation.COPY,
            score=1.0 if of is None else 0.75,
            of=None if of is None else ItemId(of),
            reason="" if of is None else "the same text",
        ),
        matches=matches,
    )


def decision(
    rule: RuleId = NATO,
    channel: ChannelId = DESK,
    reason: Reason = Reason.TOLD,
    priority: Priority = Priority.NORMAL,
) -> Decision:
    return Decision(rule=rule, channel=channel, reason=reason, detail="because", priority=priority)


def tell(intake: Intake, entry: NewItem, *decisions: Decision, now: datetime = NOW) -> tuple[ItemId, DeliveryId]:
    """Takes an item in and puts one alert about it into the outbox."""
    (item,) = intake.add_items([entry])
    delivery = intake.enqueue(DeliveryKind.ALERT, DESK, now)
    intake.add_decisions(item, entry.link.story, [(d, delivery) for d in decisions or (decision(),)], now)
    return item, delivery


def unseen_in(intake: Intake, source: SourceId, uids: list[str]) -> set[str]:
    return {uid for uid in uids if (source, uid) not in intake.recorded((), [(source, u) for u in uids]).by_uid}


async def unseen(store: SqlStore, source: SourceId, uids: list[str]) -> set[str]:
    found = await store.recorded((), [(source, uid) for uid in uids])
    return set(uids) - {uid for _, uid in found.by_uid}


async def told_item(store: SqlStore, entry: NewItem | None = None, *decisions: Decision) -> tuple[ItemId, DeliveryId]:
    return await store.transact(lambda intake: tell(intake, entry or new(), *decisions))


def words(key: str = "m", **changes: object) -> Message:
    return replace(Message(key=key, subject="NATO", text="text"), **changes)  # type: ignore[arg-type] # as above


async def waiting(store: SqlStore, now: datetime = NOW) -> list[DeliveryId]:
    return [d.id for d in await store.waiting([DESK, MAIL], now, 100)]


async def alert_of(store: SqlStore, delivery: DeliveryId) -> AlertContent:
    content = await store.content(delivery)
    assert isinstance(content, AlertContent)
    return content


# --- taking in ---------------------------------------------------------------------------------------------------


async def test_an_item_is_unseen_until_it_is_taken_in(store: SqlStore) -> None:
    def work(intake: Intake) -> None:
        assert unseen_in(intake, KOMPAS, ["1", "2", "2"]) == {"1", "2"}
        intake.add_items([new(an_item("1"))])
        assert unseen_in(intake, KOMPAS, ["1", "2"]) == {"2"}

    await store.transact(work)
    assert await unseen(store, KOMPAS, ["1", "2"]) == {"2"}
    assert await unseen(store, KOMPAS, []) == frozenset()


async def test_the_same_uid_of_another_source_is_another_item(store: SqlStore) -> None:
    await store.transact(lambda intake: intake.add_items([new(an_item("1"))]))
    assert await unseen(store, DETIK, ["1"]) == {"1"}


async def test_more_uids_than_one_statement_can_carry_are_all_answered(store: SqlStore) -> None:
    uids = [str(i) for i in range(1_200)]
    await store.transact(lambda intake: intake.add_items([new(an_item(uid), matches=(), keys=()) for uid in uids]))
    assert await unseen(store, KOMPAS, [*uids, "new"]) == {"new"}


async def test_an_intake_that_fails_leaves_nothing(store: SqlStore) -> None:
    def failing(intake: Intake) -> None:
        tell(intake, new())
        intake.save_states([SourceState(source=KOMPAS, seeded=True)])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.transact(failing)
    assert await unseen(store, KOMPAS, ["1"]) == {"1"}
    assert await store.source_states() == {}
    assert await waiting(store) == []

    def work(intake: Intake) -> None:
        assert intake.candidates([1], NOW - DAY) == ()
        assert intake.history([STORY], [], {}, NOW).told == frozenset()

    await store.transact(work)


async def test_an_intake_that_is_cancelled_while_it_runs_is_taken_in_whole_and_blocks_nobody(store: SqlStore) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(intake: Intake) -> None:
        intake.add_items([new(an_item("1"))])
        begun.set()
        go_on.wait(60)
        intake.add_items([new(an_item("2"))])

    task = asyncio.create_task(store.transact(slow))
    await asyncio.to_thread(begun.wait, 60)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    assert await store.transact(lambda intake: unseen_in(intake, KOMPAS, ["1", "2"])) == frozenset()


async def test_an_intake_that_is_cancelled_before_its_turn_leaves_nothing(store: SqlStore) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(_: Intake) -> None:
        begun.set()
        go_on.wait(60)

    first = asyncio.create_task(store.transact(slow))
    await asyncio.to_thread(begun.wait, 60)
    second = asyncio.create_task(store.transact(lambda intake: intake.add_items([new()])))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    go_on.set()
    await first
    assert await store.transact(lambda intake: unseen_in(intake, KOMPAS, ["1"])) == {"1"}


async def test_an_intake_cancelled_at_any_moment_is_there_as_a_whole_or_not_at_all(store: SqlStore) -> None:
    await told_item(store)
    for ticks in range(12):
        pair = [new(an_item(f"{ticks} a")), new(an_item(f"{ticks} b"))]
        task = asyncio.create_task(store.transact(lambda intake, pair=pair: [intake.add_items([one]) for one in pair]))
        for _ in range(ticks):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    def check(intake: Intake) -> None:
        for ticks in range(12):
            assert len(unseen_in(intake, KOMPAS, [f"{ticks} a", f"{ticks} b"])) in (0, 2)
        intake.add_items([new(an_item("after"))])
        assert unseen_in(intake, KOMPAS, ["1", "after"]) == frozenset()

    await store.transact(check)


async def test_what_an_intake_raises_reaches_its_caller_alone(store: SqlStore) -> None:
    def failing(intake: Intake) -> None:
        intake.add_items([new(an_item("bad"))])
        raise LookupError

    good = [store.transact(lambda intake, n=n: intake.add_items([new(an_item(f"good {n}"))])) for n in range(3)]
    _, trouble, *_ = await asyncio.gather(good[0], store.transact(failing), *good[1:], return_exceptions=True)
    assert isinstance(trouble, LookupError)
    assert await unseen(store, KOMPAS, ["bad", "good 0", "good 1", "good 2"]) == {"bad"}


async def test_a_store_that_is_closed_has_finished_what_was_asked_of_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/monitor.db"
    first = await open_store(url)
    asked = [
        asyncio.create_task(first.transact(lambda intake, n=n: intake.add_items([new(an_item(str(n)))])))
        for n in range(20)
    ]
    await asyncio.sleep(0)
    await first.close()
    await asyncio.gather(*asked)
    second = await open_store(url)
    assert (await second.counts()).items == 20
    await second.close()


async def test_two_intakes_at_once_take_turns_and_the_second_sees_the_first(store: SqlStore) -> None:
    def outlet(intake: Intake) -> bool:
        if not unseen_in(intake, KOMPAS, ["1"]):
            return False
        intake.add_items([new()])
        return True

    assert sorted(await asyncio.gather(*(store.transact(outlet) for _ in range(5)))) == [False] * 4 + [True]


async def test_items_of_one_batch_can_be_folded_onto_each_other(store: SqlStore) -> None:
    pending = an_item("3", page=PageState.PENDING)

    def work(intake: Intake) -> Any:
        first, second, third = intake.add_items([new(an_item("1")), new(an_item("2"), of=-1), new(pending, of=-2)])
        page = intake.pending(third)
        assert page is not None
        assert page.stored.link.of == second
        assert page.stored.item == pending
        return first, second, third

    first, second, third = await store.transact(work)
    items = await store.story(STORY)
    assert [(i.item, i.of) for i in items] == [(first, None), (second, first), (third, second)]


async def test_no_items_are_no_work(store: SqlStore) -> None:
    def work(intake: Intake) -> None:
        assert intake.add_items([]) == ()
        intake.add_decisions(ItemId(1), STORY, [], NOW)
        intake.save_states([])
        assert intake.candidates([], NOW) == ()
        assert intake.history([], [], {}, NOW) == intake.history([STORY], [], {}, NOW)

    await store.transact(work)


async def test_ids_are_never_given_out_twice(store: SqlStore) -> None:
    item, delivery = await told_item(store)
    await store.start(delivery, (words(),))
    await store.sent(delivery, ("1",), NOW)
    await store.prune(forget_before=NOW + DAY, drop_before=NOW + DAY)
    again = await told_item(store)
    assert again[0] > item
    assert again[1] > delivery


async def test_an_item_comes_back_as_it_was_given(store: SqlStore) -> None:
    jakarta = timezone(timedelta(hours=7))
    item = an_item(page=PageState.PENDING, published=datetime(2025, 2, 13, 10, 14, tzinfo=jakarta), updated=None)
    (number,) = await store.transact(lambda intake: intake.add_items([new(item)]))
    (page,) = await store.due_pages(NOW, 10)
    assert page.stored.item == item
    assert page.stored.id == number
    assert page.stored.item.published is not None
    assert page.stored.item.published.utcoffset() == timedelta(0)
    assert page.stored.link == new().link


# --- candidates --------------------------------------------------------------------------------------------------


async def test_candidates_share_a_key_and_carry_all_of_theirs(store: SqlStore) -> None:
    def work(intake: Intake) -> None:
        one, two, _ = intake.add_items(
            [
                new(an_item("1"), keys=(1, 2)),
                new(an_item("2"), keys=(2, 3), story=StoryId(9)),
                new(an_item("3"), keys=(4,)),
            ]
        )
        found = intake.candidates([2, 2, 77], NOW - DAY)
        assert [c.item for c in found] == [one, two]
        assert found[1].keys == (2, 3)
        assert found[1].story == StoryId(9)
        assert (found[0].source, found[0].title, found[0].sketch) == (KOMPAS, an_item().title, b"\0sketch\xff")
        assert found[0].seen_at == NOW

    await store.transact(work)


async def test_candidates_are_not_older_than_asked(store: SqlStore) -> None:
    def work(intake: Intake) -> None:
        intake.add_items([new(an_item("old", taken_in=NOW - 2 * DAY)), new(an_item("new"))])
        assert len(intake.candidates([1], NOW - DAY)) == 1
        assert len(intake.candidates([1], NOW - 2 * DAY)) == 2

    await store.transact(work)


async def test_a_key_that_everybody_shares_costs_no_more_than_its_newest_items(store: SqlStore) -> None:
    def work(intake: Intake) -> Any:
        ids = intake.add_items([new(an_item(str(i)), matches=(), keys=(5, 1_000 + i)) for i in range(450)])
        found = [c.item for c in intake.candidates([5, 1_000], NOW - DAY)]
        return ids, found

    ids, found = await store.transact(work)
    assert found[-1] == ids[-1]
    assert ids[0] in found
    assert len(found) < 250


async def test_kin_are_those_that_have_most_of_what_is_wanted(store: SqlStore) -> None:
    def work(intake: Intake) -> None:
        _, light, heavy, _, equal, newer = intake.add_items(
            [
                new(an_item("of old", taken_in=NOW - 9 * DAY), keys=(1, 2, 3)),
                new(an_item("light"), keys=(1, 2)),
                new(an_item("heavy"), keys=(3,)),
                new(an_item("other"), keys=(4,)),
                new(an_item("equal"), keys=(1,)),
                new(an_item("newer"), keys=(1,)),
            ]
        )
        wanted = {1: 1.0, 2: 0.5, 3: 2.0}

        def kin(limit: int) -> list[ItemId]:
            return [c.item for c in intake.kin(wanted, NOW - DAY, limit)]

        assert kin(9) == [light, heavy, equal, newer]
        assert kin(3) == [light, heavy, newer]
        assert kin(1) == [heavy], "what is too old takes no place"
        assert intake.kin({}, NOW - DAY, 9) == ()

    await store.transact(work)


async def test_keys_that_stand_twice_in_a_fingerprint_count_once(store: SqlStore) -> None:
    def work(intake: Intake) -> None:
        intake.add_items([new(keys=(7, 7))])
        assert len(intake.candidates([7], NOW - DAY)) == 1

    await store.transact(work)


# --- history -----------------------------------------------------------------------------------------------------


async def test_history_tells_what_was_told_of_the_stories_asked_for(store: SqlStore) -> None:
    other = StoryId(5)

    def work(intake: Intake) -> None:
        tell(intake, new(), decision(), decision(ASEAN, MAIL, Reason.CAPPED), decision(ASEAN, DESK, Reason.SILENCED))
        tell(intake, new(an_item("2"), story=other), decision(ASEAN))
        told = intake.history([STORY], [], {}, NOW).told
        assert told == {(STORY, NATO, DESK), (STORY, ASEAN, MAIL)}
        assert (other, ASEAN, DESK) in intake.history([STORY, other], [], {}, NOW).told

    await store.transact(work)


async def test_caps_count_messages_of_the_last_day_and_not_what_they_held_back(store: SqlStore) -> None:
    def work(intake: Intake) -> None:
        tell(intake, new(an_item("1"), story=StoryId(1)), now=NOW - 2 * DAY)
        tell(intake, new(an_item("2"), story=StoryId(2)), now=NOW - DAY)
        tell(intake, new(an_item("3"), story=StoryId(3)), decision(reason=Reason.CAPPED))
        tell(intake, new(an_item("4"), story=StoryId(4)), decision(reason=Reason.STORY_TOLD))
        assert intake.history([], [NATO], {}, NOW).told_lately == ((NATO, DESK, NOW - DAY),)

    await store.transact(work)


async def test_telling_a_story_twice_keeps_the_first_time(store: SqlStore) -> None:
    def work(intake: Intake) -> None:
        tell(intake, new(an_item("1")), now=NOW - MINUTE)
        tell(intake, new(an_item("2")), decision(), decision())
        assert intake.history([STORY], [NATO], {}, NOW).told_lately == ((NATO, DESK, NOW - MINUTE),)

    await store.transact(work)


async def test_history_carries_silences_until_they_end(store: SqlStore) -> None:
    silence = await store.add_silence(SilenceScope.STORY, str(STORY), NOW + DAY, "lunch", NOW)

    def work(intake: Intake) -> None:
        assert intake.history([], [], {}, NOW).silences == (silence,)
        assert intake.history([], [], {}, NOW + DAY).silences == ()

    await store.transact(work)
    assert await store.end_silence(silence.id, NOW + MINUTE)
    assert not await store.end_silence(silence.id, NOW + MINUTE)
    assert (await store.transact(lambda intake: intake.history([], [], {}, NOW + MINUTE))).silences == ()


# --- pages -------------------------------------------------------------------------------------------------------


async def test_pages_come_when_they_are_due_and_when_they_can_wait_no_longer(store: SqlStore) -> None:
    def work(intake: Intake) -> Any:
        one, _ = intake.add_items([new(an_item("1", page=PageState.PENDING)), new(an_item("2"))])
        return one

    one = await store.transact(work)
    (page,) = await store.due_pages(NOW, 10)
    assert (page.stored.id, page.attempts, page.due_at) == (one, 0, NOW)
    assert page.deadline == NOW + 15 * MINUTE
    await store.transact(lambda intake: intake.retry_page(one, 2, NOW + 20 * MINUTE))
    assert await store.due_pages(NOW + MINUTE, 10) == ()
    (page,) = await store.due_pages(NOW + 15 * MINUTE, 10)
    assert (page.attempts, page.due_at) == (2, NOW + 20 * MINUTE)


async def test_the_longest_waiting_pages_come_first(store: SqlStore) -> None:
    uids = ["b", "c", "a"]

    def work(intake: Intake) -> None:
        for minutes, uid in enumerate(uids):
            item = an_item(uid, page=PageState.PENDING, taken_in=NOW + minutes * MINUTE)
            intake.add_items([new(item)])

    await store.transact(work)
    assert [p.stored.item.uid for p in await store.due_pages(NOW + DAY, 2)] == ["b", "c"]


async def test_a_finished_page_replaces_what_was_known(store: SqlStore) -> None:
    pending = an_item(page=PageState.PENDING)
    read = replace(pending, page=PageState.READ, text="Teks lengkap. ASEAN.", author="Budi")
    link = StoryLink(story=StoryId(42), relation=Relation.COPY, score=0.9, of=ItemId(1), reason="copy")
    hit = Hit(field=Field.TEXT, start=14, end=19, surface="ASEAN", term="ASEAN")

    def work(intake: Intake) -> Any:
        (number,) = intake.add_items([new(pending)])
        intake.finish_page(
            number, read, Fingerprint(keys=(8, 2**63 - 1), sketch=b"new"), link, [Match(rule=ASEAN, hits=(hit,))]
        )
        assert intake.pending(number) is None
        assert intake.candidates([1, -(2**63)], NOW - DAY) == ()
        (candidate,) = intake.candidates([8, 2**63 - 1], NOW - DAY)
        assert (candidate.item, candidate.story, candidate.sketch) == (number, StoryId(42), b"new")
        assert unseen_in(intake, KOMPAS, ["1"]) == frozenset()
        return number

    number = await store.transact(work)
    assert await store.due_pages(NOW + DAY, 10) == ()
    (outcome,) = await store.outcome(str(number))
    assert outcome.stored.item == read
    assert outcome.stored.link == link
    assert [m.rule for m in outcome.matches] == [ASEAN]


async def test_what_was_told_of_an_item_counts_for_the_story_that_its_page_shows_it_to_belong_to(
    store: SqlStore,
) -> None:
    other = StoryId(42)

    def work(intake: Intake) -> Any:
        item, _ = tell(intake, new(an_item(page=PageState.PENDING)))
        link = replace(new(of=1).link, story=other)
        intake.finish_page(item, an_item(page=PageState.READ), new().fingerprint, link, ())
        return intake.history([other], [NATO], {}, NOW)

    history = await store.transact(work)
    assert history.told == {(other, NATO, DESK)}
    assert history.told_lately == ((NATO, DESK, NOW),)


# --- states ------------------------------------------------------------------------------------------------------


async def test_the_state_of_a_source_comes_back_as_it_was_saved(store: SqlStore) -> None:
    hints = PollHints(ttl=MINUTE, update_every=DAY, skip_hours=frozenset({0, 23}), skip_days=frozenset({6}))
    state = SourceState(
        source=KOMPAS,
        url="https://kompas.test/rss\ud800\0",
        etag='W/"x"',
        last_modified="Thu, 13 Feb 2025 03:14:15 GMT",
        body_hash="00ff",
        size=48_000,
        last_full=NOW - DAY,
        validators_lie=True,
        marks=(2**63 - 1, -(2**63), 0),
        kind="feed",
        recipe="guid",
        title="Kompas",
        hints=hints,
        seeded=True,
        moved_to="https://new.test/rss",
        moved_polls=7,
        moved_since=NOW - 9 * DAY,
        moved=True,
        failures=3,
        trouble="server",
        broken="nothing matches",
        broken_polls=2,
        entries=30,
        arrivals=(NOW - DAY, NOW - MINUTE),
        usual_gap=20 * MINUTE,
        longest_gap=DAY,
        polls=2**40,
        unchanged=2**39,
        bytes_read=2**41,
        bytes_saved=2**42,
        taken_in=5,
        duplicates=2,
        next_poll=NOW,
        last_poll=NOW - MINUTE,
        last_success=NOW - DAY,
        last_new=NOW - 2 * DAY,
        last_error="timeout: slow",
        told=("dead", "moved"),
        language="id",
    )
    untouched = [f.name for f in fields(SourceState) if getattr(state, f.name) == f.default]
    assert untouched == [], "every field has a value of its own here"
    await store.transact(lambda intake: intake.save_states([replace(state, etag="old"), SourceState(source=DETIK)]))
    await store.transact(lambda intake: intake.save_states([state]))
    assert await store.source_states() == {KOMPAS: state, DETIK: SourceState(source=DETIK)}


# --- the outbox --------------------------------------------------------------------------------------------------


async def test_an_alert_waits_with_all_that_it_tells(store: SqlStore) -> None:
    text_hit = Hit(field=Field.TEXT, start=22, end=26, surface="NATO", term="NATO")
    asean_hit = Hit(field=Field.TEXT, start=31, end=36, surface="ASEAN", term="ASEAN")
    entry = new(
        matches=(
            Match(rule=NATO, hits=(in_title(), text_hit)),
            Match(rule=ASEAN, hits=(in_title(), asean_hit)),
            Match(rule=RuleId("quiet"), hits=(in_title("other"),)),
        )
    )
    item, delivery = await told_item(
        store,
        entry,
        decision(NATO, priority=Priority.LOW),
        decision(ASEAN, priority=Priority.URGENT),
    )
    await store.transact(
        lambda intake: intake.add_decisions(
            item, STORY, [(decision(RuleId("quiet"), reason=Reason.SILENCED), None)], NOW
        )
    )
    (row,) = await store.waiting([DESK], NOW, 10)
    assert (row.id, row.kind, row.state, row.attempts, row.created_at) == (
        delivery, DeliveryKind.ALERT, DeliveryState.DUE, 0, NOW,
    )  # fmt: skip
    report = (await alert_of(store, delivery)).report
    assert report.item == an_item()
    assert report.rules == (NATO, ASEAN)
    assert report.priority is Priority.URGENT
    assert report.hits == (in_title(), text_hit, asean_hit)
    assert report.also_in == ()


async def test_an_alert_names_the_other_outlets_in_order_of_arrival(store: SqlStore) -> None:
    def work(intake: Intake) -> Any:
        _, delivery = tell(intake, new())
        others = [("detik", "Detik"), ("tempo", "Tempo"), ("kompas", "Kompas"), ("detik-2", "Detik"), ("x", "Kompas")]
        for number, (source, site) in enumerate(others):
            item = an_item(str(number + 2), source=SourceId(source), site=site, taken_in=NOW + number * MINUTE)
            intake.add_items([new(item, of=1)])
        intake.add_items([new(an_item("99", source=SourceId("y"), site="Elsewhere"), story=StoryId(3))])
        return delivery

    delivery = await store.transact(work)
    assert (await alert_of(store, delivery)).report.also_in == ("Detik", "Tempo")


async def test_channels_are_kept_apart(store: SqlStore) -> None:
    def work(intake: Intake) -> Any:
        (item,) = intake.add_items([new()])
        desk = intake.enqueue(DeliveryKind.ALERT, DESK, NOW)
        mail = intake.enqueue(DeliveryKind.ALERT, MAIL, NOW)
        rows = [(decision(NATO, DESK), desk), (decision(NATO, MAIL), mail), (decision(ASEAN, MAIL), mail)]
        intake.add_decisions(item, STORY, rows, NOW)
        return desk, mail

    desk, mail = await store.transact(work)
    assert [d.id for d in await store.waiting([MAIL], NOW, 10)] == [mail]
    assert (await alert_of(store, desk)).report.rules == (NATO,)
    assert (await alert_of(store, mail)).report.rules == (NATO, ASEAN)


async def test_waiting_keeps_the_order_and_shows_what_is_not_due_yet(store: SqlStore) -> None:
    ids = [(await told_item(store, new(an_item(str(i)))))[1] for i in range(4)]
    await store.postpone(ids[0], NOW + DAY, why="flood wait", uncertain=False, attempts=0)
    await store.start(ids[1], (words(),))
    await store.postpone(ids[2], NOW + MINUTE, why="no answer", uncertain=True, attempts=1)
    rows = await store.waiting([DESK], NOW, 10)
    assert [r.id for r in rows] == ids
    assert [r.state for r in rows] == [
        DeliveryState.DUE, DeliveryState.SENDING, DeliveryState.UNCERTAIN, DeliveryState.DUE,
    ]  # fmt: skip
    assert (rows[0].due_at, rows[0].last_error, rows[2].attempts) == (NOW + DAY, "flood wait", 1)
    assert [r.id for r in await store.waiting([DESK], NOW, 2)] == ids[:2]
    assert await store.waiting([], NOW, 10) == ()


async def test_words_are_kept_from_the_first_attempt_on(store: SqlStore) -> None:
    _, delivery = await told_item(store)
    parts = (words("a", html="<b>x</b>", thread="t", silent=True), words("b", may_repeat=True))
    await store.start(delivery, parts)
    (row,) = await store.waiting([DESK], NOW, 10)
    assert row.state is DeliveryState.SENDING
    assert row.parts == parts
    await store.postpone(delivery, NOW, why="", uncertain=False, attempts=0)
    (row,) = await store.waiting([DESK], NOW, 10)
    assert row.parts == parts


async def test_a_delivery_is_due_between_its_parts_and_sent_with_the_last_one(store: SqlStore) -> None:
    _, delivery = await told_item(store)
    await store.start(delivery, (words("a"), words("b")))
    await store.sent(delivery, ("101",), NOW)
    (row,) = await store.waiting([DESK], NOW, 10)
    assert (row.state, row.refs, row.sent_at) == (DeliveryState.DUE, ("101",), None)
    await store.sent(delivery, ("101", "102"), NOW + MINUTE)
    assert await waiting(store) == []
    (line,) = await store.deliveries()
    assert (line.delivery.state, line.delivery.refs) == (DeliveryState.SENT, ("101", "102"))
    assert line.delivery.sent_at == NOW + MINUTE
    assert await store.sent_since([DESK], NOW) == (NOW, NOW + MINUTE)
    assert await store.sent_since([DESK], NOW + MINUTE) == (NOW + MINUTE,)
    assert await store.sent_since([MAIL], NOW) == ()


async def test_what_was_sent_is_counted_once_however_often_it_is_recorded(store: SqlStore) -> None:
    _, delivery = await told_item(store)
    await store.start(delivery, (words("a"), words("b")))
    await store.sent(delivery, ("101",), NOW)
    await store.sent(delivery, ("101",), NOW)
    assert await store.sent_since([DESK], NOW) == (NOW,)


@pytest.mark.parametrize(("held", "state"), [(False, DeliveryState.DEAD), (True, DeliveryState.HELD)])
async def test_a_parked_delivery_is_kept_and_waits_for_nobody(
    store: SqlStore, held: bool, state: DeliveryState
) -> None:
    _, delivery = await told_item(store)
    await store.park(delivery, why="chat not found", held=held)
    assert await waiting(store) == []
    (line,) = await store.deliveries(states=[state])
    assert line.delivery.last_error == "chat not found"


async def test_a_summary_gathers_what_a_cap_holds_back(store: SqlStore) -> None:
    def work(intake: Intake) -> Any:
        rows = []
        for number in range(3):
            due = NOW + number * MINUTE
            rows.append(intake.enqueue(DeliveryKind.SUMMARY, DESK, due, rule=NATO))
            (item,) = intake.add_items([new(an_item(str(number)), story=StoryId(number))])
            intake.add_decisions(item, StoryId(number), [(decision(reason=Reason.CAPPED), rows[-1])], NOW)
        other_rule = intake.enqueue(DeliveryKind.SUMMARY, DESK, NOW, rule=ASEAN)
        other_channel = intake.enqueue(DeliveryKind.SUMMARY, MAIL, NOW, rule=NATO)
        alert = intake.enqueue(DeliveryKind.ALERT, DESK, NOW)
        return rows, other_rule, other_channel, alert

    rows, other_rule, other_channel, alert = await store.transact(work)
    assert len({*rows}) == 1
    assert len({rows[0], other_rule, other_channel, alert}) == 4
    content = await store.content(rows[0])
    assert isinstance(content, DigestContent)
    assert content.rule == NATO
    assert [r.item.uid for r in content.reports] == ["0", "1", "2"]


async def test_a_summary_waits_out_of_sight_until_it_is_due(store: SqlStore) -> None:
    summary = await store.transact(lambda intake: intake.enqueue(DeliveryKind.SUMMARY, DESK, NOW + MINUTE, rule=NATO))
    assert await waiting(store, NOW) == []
    assert await waiting(store, NOW + MINUTE) == [summary]


async def test_what_comes_after_a_summary_was_put_into_words_goes_into_the_next_one(store: SqlStore) -> None:
    def work(intake: Intake) -> Any:
        first = intake.enqueue(DeliveryKind.SUMMARY, DESK, NOW, rule=NATO)
        assert intake.enqueue(DeliveryKind.SUMMARY, DESK, NOW, rule=NATO) == first
        return first

    first = await store.transact(work)
    await store.content(first)
    second = await store.transact(lambda intake: intake.enqueue(DeliveryKind.SUMMARY, DESK, NOW, rule=NATO))
    assert second != first
    await store.start(second, (words(),))
    await store.postpone(second, NOW, why="flood wait", uncertain=False, attempts=0)
    assert await store.transact(lambda intake: intake.enqueue(DeliveryKind.SUMMARY, DESK, NOW, rule=NATO)) not in (
        first,
        second,
    )


async def test_joined_alerts_go_out_as_one_in_the_place_of_the_first(store: SqlStore) -> None:
    ids = [(await told_item(store, new(an_item(str(i)), story=StoryId(i))))[1] for i in range(4)]
    digest = await store.join(ids[1:3], NOW)
    assert await waiting(store) == [ids[0], digest, ids[3]]
    content = await store.content(digest)
    assert isinstance(content, DigestContent)
    assert content.rule is None
    assert [r.item.uid for r in content.reports] == ["1", "2"]
    (joined, _) = await store.deliveries(states=[DeliveryState.JOINED])
    assert joined.delivery.joined_into == digest


async def test_a_joined_item_is_told_once_with_all_its_rules(store: SqlStore) -> None:
    item, first = await told_item(store, new(matches=()))

    def work(intake: Intake) -> Any:
        second = intake.enqueue(DeliveryKind.ALERT, DESK, NOW)
        intake.add_decisions(item, STORY, [(decision(ASEAN), second)], NOW)
        return second

    second = await store.transact(work)
    content = await store.content(await store.join([first, second], NOW))
    assert isinstance(content, DigestContent)
    (report,) = content.reports
    assert report.rules == (NATO, ASEAN)


async def test_a_digest_that_still_waits_can_be_joined_again(store: SqlStore) -> None:
    ids = [(await told_item(store, new(an_item(str(i)), story=StoryId(i))))[1] for i in range(3)]
    digest = await store.join([await store.join(ids[:2], NOW), ids[2]], NOW)
    content = await store.content(digest)
    assert isinstance(content, DigestContent)
    assert [r.item.uid for r in content.reports] == ["0", "1", "2"]
    assert await waiting(store) == [digest]


async def test_what_may_have_been_sent_is_not_joined(store: SqlStore) -> None:
    ids = [(await told_item(store, new(an_item(str(i)))))[1] for i in range(2)]
    await store.start(ids[0], (words(),))
    with pytest.raises(ValueError, match="due"):
        await store.join(ids, NOW)
    assert await waiting(store) == ids


async def test_a_notice_reaches_every_channel_of_the_operator(store: SqlStore) -> None:
    notice = NoticeContent(subject="kompas is dead", text="no answer since Monday")
    await store.notify([DESK, MAIL], notice, NOW)
    rows = await store.waiting([DESK, MAIL], NOW, 10)
    assert [(r.channel, r.kind) for r in rows] == [(DESK, DeliveryKind.NOTICE), (MAIL, DeliveryKind.NOTICE)]
    assert [await store.content(r.id) for r in rows] == [notice, notice]


async def test_a_pause_is_remembered_and_the_last_word_counts(store: SqlStore) -> None:
    await store.pause("telegram:-100", NOW, "blocked")
    await store.pause("telegram:-100", NOW + DAY, "blocked again")
    await store.pause("email:a", NOW, "quota")
    assert await store.pauses() == {"telegram:-100": (NOW + DAY, "blocked again"), "email:a": (NOW, "quota")}


# --- retention ---------------------------------------------------------------------------------------------------


async def test_a_story_told_long_ago_is_not_forgotten_with_its_text(store: SqlStore) -> None:
    _, delivery = await told_item(store)
    await store.start(delivery, (words(),))
    await store.sent(delivery, ("1",), NOW)
    later = NOW + 60 * DAY
    assert await store.prune(forget_before=later - 90 * DAY, drop_before=later - 30 * DAY) == 2
    assert await store.alerts() == ()
    assert await store.deliveries() == ()
    assert await unseen(store, KOMPAS, ["1"]) == frozenset()

    def work(intake: Intake) -> None:
        assert intake.history([STORY], [], {}, later).told == {(STORY, NATO, DESK)}
        (candidate,) = intake.candidates([1], later - 90 * DAY)
        assert candidate.title == an_item().title

    await store.transact(work)


async def test_what_was_told_of_a_story_is_kept_as_long_as_anything_of_it_is_remembered(store: SqlStore) -> None:
    _, delivery = await told_item(store)
    await store.start(delivery, (words(),))
    await store.sent(delivery, ("1",), NOW)
    later = NOW + 80 * DAY
    await store.transact(lambda intake: intake.add_items([new(an_item("2", taken_in=later), of=1)]))
    await store.prune(forget_before=NOW + 10 * DAY, drop_before=NOW + DAY)
    assert (await store.transact(lambda intake: intake.history([STORY], [], {}, later))).told == {(STORY, NATO, DESK)}
    await store.prune(forget_before=later + DAY, drop_before=NOW + DAY)
    assert (await store.transact(lambda intake: intake.history([STORY], [], {}, later))).told == frozenset()


async def test_a_forgotten_identity_is_new_again_even_where_its_text_is_kept(store: SqlStore) -> None:
    await told_item(store)
    await store.prune(forget_before=NOW + DAY, drop_before=NOW - DAY)

    def work(intake: Intake) -> None:
        assert intake.candidates([1], NOW - DAY) == ()
        assert unseen_in(intake, KOMPAS, ["1"]) == {"1"}
        intake.add_items([new()])

    await store.transact(work)


@pytest.mark.parametrize("state", ["due", "sending", "uncertain", "held", "dead", "joined"])
async def test_what_is_still_owed_is_never_pruned(store: SqlStore, state: str) -> None:
    _, delivery = await told_item(store)
    match state:
        case "sending":
            await store.start(delivery, (words(),))
        case "uncertain":
            await store.postpone(delivery, NOW, why="no answer", uncertain=True, attempts=1)
        case "held" | "dead":
            await store.park(delivery, why="no", held=state == "held")
        case "joined":
            delivery = await store.join([delivery], NOW)
        case _:
            pass
    assert await store.prune(forget_before=NOW - DAY, drop_before=NOW + DAY) == 0
    content = await store.content(delivery)
    report = content.report if isinstance(content, AlertContent) else content.reports[0]  # type: ignore[union-attr] # no notice
    assert report.item == an_item()
    assert report.hits == (in_title(),)


async def test_a_digest_goes_with_what_it_joined_once_it_is_sent(store: SqlStore) -> None:
    _, delivery = await told_item(store)
    digest = await store.join([delivery], NOW)
    await store.start(digest, (words(),))
    await store.sent(digest, ("1",), NOW)
    assert await store.prune(forget_before=NOW - DAY, drop_before=NOW + DAY) == 3


async def test_an_item_whose_page_is_still_to_be_read_is_not_pruned(store: SqlStore) -> None:
    (item,) = await store.transact(lambda intake: intake.add_items([new(an_item(page=PageState.PENDING))]))
    await store.prune(forget_before=NOW + DAY, drop_before=NOW + DAY)

    def work(intake: Intake) -> None:
        page = intake.pending(item)
        assert page is not None
        intake.finish_page(item, replace(page.stored.item, page=PageState.READ), new().fingerprint, new().link, ())

    await store.transact(work)
    assert await store.due_pages(NOW + DAY, 10) == ()


async def test_a_thousand_old_items_go_in_one_call(store: SqlStore) -> None:
    old = [new(an_item(str(i), taken_in=NOW - 40 * DAY), matches=(), keys=(i,)) for i in range(1_100)]
    await store.transact(lambda intake: intake.add_items([*old, new(an_item("kept"))]))
    assert await store.prune(forget_before=NOW - DAY, drop_before=NOW - DAY) == 2_200
    counts = await store.counts()
    assert (counts.items, counts.remembered) == (1, 1)
