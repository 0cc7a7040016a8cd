"""Articles that change after they were taken in, and feeds whose identities change: what is told, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.core.model import Article, Item, Reason
from monitor.core.settings import Edits
from monitor.pipeline.edits import MAX_PAGES, MAX_RESENDS
from tests.flow.conftest import Desk
from tests.flow.fakes import START, FakeChannel, FakeSource


def source(edits: Edits, **more: bool) -> FakeSource:
    made = FakeSource(**more)
    made.settings = replace(made.settings, edits=edits)
    return made


def edit(of: FakeSource, **change: object) -> Item:
    """The newest article changes."""
    of.items[0] = replace(of.items[0], **change)  # type: ignore[arg-type]  # fields of the record
    return of.items[0]


async def told(desk: Desk, channel: FakeChannel, of: FakeSource) -> list[str]:
    await desk.poll(of)
    await desk.deliver()
    return channel.texts


@pytest.mark.parametrize(
    ("edits", "texts"),
    [
        (Edits.IGNORE, []),
        (Edits.UPDATE, ["nato: NATO is in it now"]),
        (Edits.RESEND, ["nato: NATO is in it now"]),
    ],
)
async def test_a_rule_that_hits_only_after_an_edit_is_told(
    desk: Desk, channel: FakeChannel, edits: Edits, texts: list[str]
) -> None:
    wire = source(edits)
    await desk.poll(wire)
    wire.publish("Talks in Brussels", published=START)
    assert await told(desk, channel, wire) == []
    edit(wire, title="NATO is in it now")
    assert await told(desk, channel, wire) == texts


@pytest.mark.parametrize(
    ("edits", "again"), [(Edits.IGNORE, []), (Edits.UPDATE, []), (Edits.RESEND, ["nato: NATO meets, nine dead"])]
)
async def test_what_was_told_is_told_again_only_where_that_is_wanted(
    desk: Desk, channel: FakeChannel, edits: Edits, again: list[str]
) -> None:
    wire = source(edits)
    await desk.poll(wire)
    wire.publish("NATO meets", published=START)
    await told(desk, channel, wire)
    edit(wire, title="NATO meets, nine dead")
    assert await told(desk, channel, wire) == ["nato: NATO meets", *again]
    assert await told(desk, channel, wire) == ["nato: NATO meets", *again], "once"


async def test_an_article_told_again_says_what_was_changed(desk: Desk, channel: FakeChannel) -> None:
    wire = source(Edits.RESEND)
    await desk.poll(wire)
    wire.publish("NATO meets", published=START)
    await told(desk, channel, wire)
    edit(wire, title="NATO has met")
    await told(desk, channel, wire)
    (line, *_) = await desk.store.alerts()
    assert (line.decision.reason, line.decision.detail) == (Reason.RETOLD, "edited: the title was “NATO meets”")
    assert line.title == "NATO has met"
    assert [x.items for x in await desk.store.deliveries()] == [1, 1]


async def test_an_article_that_changes_all_the_time_is_told_again_a_few_times(desk: Desk, channel: FakeChannel) -> None:
    wire = source(Edits.RESEND)
    await desk.poll(wire)
    wire.publish("NATO meets", published=START)
    await told(desk, channel, wire)
    for minute in "abcdefghijkl":
        edit(wire, title=f"NATO meets, news {minute}")
        await told(desk, channel, wire)
    assert len(channel.texts) == 1 + MAX_RESENDS


async def test_an_update_is_on_record_with_its_story_and_its_id(desk: Desk, channel: FakeChannel) -> None:
    wire = source(Edits.UPDATE)
    await desk.poll(wire)
    wire.publish("Quake of 6.1", "Nobody was hurt.", published=START)
    await told(desk, channel, wire)
    (before,) = await desk.store.outcome(wire.items[0].url)
    edit(wire, title="Quake of 6.4", text="Nine people were hurt.")
    await told(desk, channel, wire)
    (after,) = await desk.store.outcome(wire.items[0].url)
    assert (after.stored.item.title, after.stored.item.text) == ("Quake of 6.4", "Nine people were hurt.")
    assert (after.stored.id, after.stored.link.story) == (before.stored.id, before.stored.link.story)
    assert (await desk.store.counts()).items == 1


async def test_a_counter_or_a_space_is_no_edit(desk: Desk, channel: FakeChannel) -> None:
    wire = source(Edits.RESEND)
    await desk.poll(wire)
    wire.publish("NATO meets", "The talks go on. 12 comments", published=START)
    await told(desk, channel, wire)
    edit(wire, text="The  talks go on.  13 comments")
    assert await told(desk, channel, wire) == ["nato: NATO meets"]


@pytest.mark.parametrize("edits", [Edits.UPDATE, Edits.RESEND])
@pytest.mark.parametrize("full_text", [False, True])
async def test_edits_of_what_a_first_poll_found_stay_quiet(
    desk: Desk, channel: FakeChannel, edits: Edits, full_text: bool
) -> None:
    wire = source(edits, full_text=full_text)
    item = wire.publish("NATO was here before us", published=START)
    desk.pages.pages[item.url] = Article(title=item.title, text="NATO was here.")
    await desk.poll(wire)
    edit(wire, text="One more word on NATO.")
    await desk.poll(wire)
    await desk.read_pages(wire)
    await desk.deliver()
    assert channel.texts == []


async def test_edits_of_old_news_stay_quiet(desk: Desk, channel: FakeChannel) -> None:
    wire = source(Edits.RESEND)
    await desk.poll(wire)
    wire.publish("NATO in the archive", published=START - timedelta(days=30))
    await told(desk, channel, wire)
    edit(wire, title="NATO in the archive, tagged anew")
    assert await told(desk, channel, wire) == []


async def test_an_edited_article_with_a_page_is_read_again(desk: Desk, channel: FakeChannel) -> None:
    wire = source(Edits.UPDATE, full_text=True)
    await desk.poll(wire)
    item = wire.publish("Talks", published=START)
    desk.pages.pages[item.url] = Article(title="Talks", text="They met.")
    await desk.poll(wire)
    await desk.read_pages(wire)
    desk.pages.pages[item.url] = Article(title="Talks end", text="They met. NATO was there.")
    edit(wire, title="Talks end")
    await desk.poll(wire)
    await desk.read_pages(wire)
    await desk.deliver()
    assert desk.pages.asked == [item.url, item.url]
    assert channel.texts == ["nato: Talks end"]


async def test_guids_that_change_with_every_poll_tell_nothing_again(desk: Desk, channel: FakeChannel) -> None:
    wire = source(Edits.RESEND)
    await desk.poll(wire)
    for n in range(6):
        wire.publish(f"NATO day {n}", published=START - timedelta(hours=n))
    await told(desk, channel, wire)
    assert len(channel.texts) == 6
    for poll in range(4):
        wire.items = [replace(i, uid=f"{i.uid}-{poll}") for i in wire.items]
        await told(desk, channel, wire)
    assert len(channel.texts) == 6
    assert desk.pipeline.state(wire.settings.id).recipe == "url"
    wire.publish("NATO day 7", published=START)
    assert (await told(desk, channel, wire))[6:] == ["nato: NATO day 7"]


async def test_a_site_that_moves_to_other_addresses_tells_nothing_again(desk: Desk, channel: FakeChannel) -> None:
    wire = source(Edits.RESEND)
    await desk.poll(wire)
    for n in range(6):
        wire.publish(f"NATO day {n}", published=START - timedelta(hours=n))
    await told(desk, channel, wire)
    wire.items = [
        replace(i, uid=f"new:{i.uid}", url=f"https://new.example/{n}", canonical_url=f"https://new.example/{n}")
        for n, i in enumerate(wire.items)
    ]
    await told(desk, channel, wire)
    assert len(channel.texts) == 6


async def test_a_guid_that_is_used_again_hides_no_article(desk: Desk, channel: FakeChannel) -> None:
    wire = source(Edits.UPDATE)
    await desk.poll(wire)
    first = wire.publish("NATO in the morning", published=START)
    await told(desk, channel, wire)
    wire.items.clear()
    wire.publish("NATO at noon", url="https://wire.example/noon", published=START + timedelta(hours=4))
    wire.items[0] = replace(wire.items[0], uid=first.uid)
    assert await told(desk, channel, wire) == ["nato: NATO in the morning", "nato: NATO at noon"]


async def test_an_article_that_stands_twice_in_a_document_in_other_words_is_not_edited(
    desk: Desk, channel: FakeChannel
) -> None:
    wire = source(Edits.RESEND)
    await desk.poll(wire)
    article = wire.publish("NATO meets", "The whole report.", published=START)
    wire.items.append(replace(article, text="The teaser."))
    for _ in range(4):
        assert await told(desk, channel, wire) == ["nato: NATO meets"]
    wire.items = [replace(i, title="NATO has met", text=i.text + " With more.") for i in wire.items]
    for _ in range(3):
        assert await told(desk, channel, wire) == ["nato: NATO meets", "nato: NATO has met"]


async def test_an_edit_that_comes_while_the_page_is_read_is_not_lost(desk: Desk, channel: FakeChannel) -> None:
    wire = source(Edits.UPDATE, full_text=True)
    await desk.poll(wire)
    item = wire.publish("Talks", "A teaser.", published=START)
    desk.pages.pages[item.url] = Article(title="Talks", text="They met.")
    await desk.poll(wire)
    (page,) = await desk.store.due_pages(desk.clock(), 10)
    edit(wire, title="Talks with NATO")
    await desk.poll(wire)
    await desk.pipeline.read_page(page, wire)  # was under way when the edit came
    await desk.read_pages(wire)
    (line,) = await desk.store.outcome(item.url)
    assert (line.stored.item.title, line.stored.item.text) == ("Talks with NATO", "They met.")


async def test_a_page_is_not_read_again_for_ever(desk: Desk, channel: FakeChannel) -> None:
    wire = source(Edits.UPDATE, full_text=True)
    await desk.poll(wire)
    item = wire.publish("Talks", "Word 0", published=START)
    desk.pages.pages[item.url] = Article(title="Talks", text="They met.")
    for n in range(60):
        edit(wire, text=f"Word w{n}")
        await desk.poll(wire)
        await desk.read_pages(wire)
    assert len(desk.pages.asked) == 1 + MAX_PAGES
    (line,) = await desk.store.outcome(item.url)
    assert line.stored.item.text == "They met."
