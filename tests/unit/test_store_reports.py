"""What the store tells an operator, and what an operator may change in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from monitor.core.model import (
    DeliveryId,
    DeliveryKind,
    DeliveryState,
    ItemId,
    NoticeContent,
    PageState,
    Reason,
    Relation,
    SilenceScope,
    SourceId,
    SourceState,
    StoryId,
)
from monitor.core.ports import Intake
from monitor.store import SqlStore, open_store
from tests.contracts.test_store import (
    ASEAN,
    DAY,
    DESK,
    DETIK,
    KOMPAS,
    MAIL,
    MINUTE,
    NATO,
    NOW,
    STORY,
    an_item,
    decision,
    in_title,
    new,
    tell,
    told_item,
    waiting,
    words,
)


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    opened = await open_store("sqlite://", clock=lambda: NOW)
    yield opened
    await opened.close()


async def test_sources_are_listed_by_name(store: SqlStore) -> None:
    states = [SourceState(source=KOMPAS, last_error="timeout"), SourceState(source=DETIK, seeded=True)]
    await store.transact(lambda intake: intake.save_states(states))
    assert await store.sources() == (states[1], states[0])


async def test_every_decision_is_listed_with_its_reason_the_newest_first(store: SqlStore) -> None:
    item, delivery = await told_item(store)

    def work(intake: Intake) -> None:
        held_back = [(decision(ASEAN, MAIL, Reason.TOO_OLD), None)]
        intake.add_decisions(item, STORY, held_back, NOW + MINUTE)

    await store.transact(work)
    suppressed, told = await store.alerts()
    assert (suppressed.decision.reason, suppressed.decision.detail) == (Reason.TOO_OLD, "because")
    assert (suppressed.delivery, suppressed.state) == (None, None)
    assert (told.decision, told.delivery, told.state) == (decision(), delivery, DeliveryState.DUE)
    assert (told.item, told.title, told.site, told.story, told.at) == (item, an_item().title, "Kompas", STORY, NOW)
    assert await store.alerts(since=NOW + MINUTE) == (suppressed,)
    assert await store.alerts(limit=1) == (suppressed,)


async def test_deliveries_are_listed_by_state_with_what_they_tell(store: SqlStore) -> None:
    _, first = await told_item(store, new(an_item("1", title="First")))
    _, second = await told_item(store, new(an_item("2", title="Second")))
    digest = await store.join([first, second], NOW)
    await store.notify([MAIL], NoticeContent(subject="dead source", text=""), NOW)
    await store.park((await store.waiting([MAIL], NOW, 1))[0].id, why="refused", held=False)
    lines = await store.deliveries()
    assert [(line.delivery.kind, line.title, line.items) for line in lines] == [
        (DeliveryKind.NOTICE, "dead source", 0),
        (DeliveryKind.DIGEST, "First", 2),
        (DeliveryKind.ALERT, "Second", 1),
        (DeliveryKind.ALERT, "First", 1),
    ]
    (dead,) = await store.deliveries(states=[DeliveryState.DEAD, DeliveryState.HELD])
    assert dead.delivery.last_error == "refused"
    (due,) = await store.deliveries(states=[DeliveryState.DUE])
    assert due.delivery.id == digest
    assert len(await store.deliveries(limit=2)) == 2


async def test_dead_deliveries_are_sent_again_when_the_operator_says_so(store: SqlStore) -> None:
    ids = [(await told_item(store, new(an_item(str(i)))))[1] for i in range(4)]
    for delivery in ids[:3]:
        await store.postpone(delivery, NOW + DAY, why="", uncertain=False, attempts=9)
        await store.park(delivery, why="refused", held=False)
    assert await store.resend([ids[1], ids[3], DeliveryId(999)]) == 1
    assert await waiting(store) == [ids[1], ids[3]]
    (row, _) = await store.waiting([DESK], NOW, 10)
    assert (row.attempts, row.due_at) == (0, NOW)
    assert await store.resend() == 2
    assert await waiting(store) == ids
    assert await store.resend() == 0


async def test_a_held_delivery_is_sent_again_as_a_possible_repeat_from_the_part_in_doubt(store: SqlStore) -> None:
    _, delivery = await told_item(store)
    await store.start(delivery, (words("a"), words("b"), words("c")))
    await store.sent(delivery, ("1",), NOW)
    await store.park(delivery, why="no answer", held=True)
    assert await store.resend() == 1
    (row,) = await store.waiting([DESK], NOW, 10)
    assert row.refs == ("1",)
    assert [p.may_repeat for p in row.parts] == [False, True, False]


async def test_silences_are_listed_until_they_are_pruned(store: SqlStore) -> None:
    rule = await store.add_silence(SilenceScope.RULE, "nato", NOW + MINUTE, "meeting", NOW)
    source = await store.add_silence(SilenceScope.SOURCE, "kompas", NOW + DAY, "", NOW)
    assert rule.id != source.id
    assert (rule.scope, rule.target, rule.until, rule.comment) == (SilenceScope.RULE, "nato", NOW + MINUTE, "meeting")
    assert await store.silences() == (rule, source)
    assert await store.silences(active_at=NOW + MINUTE) == (source,)
    assert await store.end_silence(source.id, NOW)
    assert await store.silences() == (rule, replace(source, until=NOW))
    assert not await store.end_silence(999, NOW)
    await store.prune(forget_before=NOW - DAY, drop_before=NOW + DAY)
    assert await store.silences() == ()


async def test_stories_show_who_carried_them_and_since_when(store: SqlStore) -> None:
    other = StoryId(7)
    await store.transact(
        lambda intake: intake.add_items(
            [
                new(an_item("1", title="First")),
                new(an_item("2", source=DETIK, site="Detik", taken_in=NOW + MINUTE), of=-1),
                new(an_item("3", source=SourceId("x"), site="", taken_in=NOW + 2 * MINUTE), of=-1),
                new(an_item("4", title="Other"), story=other),
            ]
        )
    )
    lone, story = await store.stories()
    assert (lone.story, lone.title, lone.items) == (other, "Other", 1)
    assert (story.story, story.title, story.items) == (STORY, "First", 3)
    assert story.outlets == ("Kompas", "Detik", "x")
    assert (story.first, story.last) == (NOW, NOW + 2 * MINUTE)
    assert await store.stories(least=2) == (story,)
    assert await store.stories(limit=1) == (lone,)


async def test_a_story_says_what_was_folded_onto_what_and_why(store: SqlStore) -> None:
    def work(intake: Intake) -> Any:
        first, second = intake.add_items([new(), new(an_item("2", source=DETIK, site="Detik"), of=-1)])
        return first, second

    first, second = await store.transact(work)
    opened, folded = await store.story(STORY)
    assert (opened.item, opened.relation, opened.of) == (first, Relation.NEW, None)
    assert (folded.item, folded.relation, folded.of) == (second, Relation.COPY, first)
    assert (folded.score, folded.reason, folded.site) == (0.75, "the same text", "Detik")
    assert await store.story(StoryId(1)) == ()


async def test_a_story_is_still_known_when_its_texts_are_gone(store: SqlStore) -> None:
    await store.transact(lambda intake: intake.add_items([new()]))
    await store.prune(forget_before=NOW - DAY, drop_before=NOW + DAY)
    (item,) = await store.story(STORY)
    assert (item.title, item.source, item.url, item.relation) == (an_item().title, KOMPAS, "", None)
    (story,) = await store.stories()
    assert story.outlets == (KOMPAS,)


async def test_an_item_is_explained_by_its_id_and_by_either_of_its_urls(store: SqlStore) -> None:
    item, _ = await told_item(store)
    for name in (str(item), an_item().url, an_item().canonical_url):
        (outcome,) = await store.outcome(name)
        assert (outcome.stored.id, outcome.stored.item) == (item, an_item())
        assert [(m.rule, m.hits) for m in outcome.matches] == [(NATO, (in_title(),))]
        assert [d.decision for d in outcome.decisions] == [decision()]
    for name in ("999", "9" * 40, "https://kompas.test/other", "", "²"):
        assert await store.outcome(name) == ()


async def test_counts_cover_every_state(store: SqlStore) -> None:
    empty = await store.counts()
    assert set(empty.outbox) == set(DeliveryState)
    assert (sum(empty.outbox.values()), empty.oldest_due) == (0, None)

    def work(intake: Intake) -> None:
        tell(intake, new())
        tell(intake, new(an_item("2", page=PageState.PENDING)))

    await store.transact(work)
    await store.park(DeliveryId(1), why="no", held=False)
    counts = await store.counts()
    assert {state: n for state, n in counts.outbox.items() if n} == {DeliveryState.DUE: 1, DeliveryState.DEAD: 1}
    assert (counts.items, counts.remembered, counts.pages, counts.oldest_due) == (2, 2, 1, NOW)


async def test_a_clock_dates_what_has_no_time_of_its_own(store: SqlStore) -> None:
    await store.transact(lambda intake: intake.enqueue(DeliveryKind.SUMMARY, DESK, NOW + timedelta(hours=1), rule=NATO))
    (line,) = await store.deliveries()
    assert (line.delivery.created_at, line.delivery.due_at) == (NOW, NOW + timedelta(hours=1))
    assert ItemId(line.items) == 0
