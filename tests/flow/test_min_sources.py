"""Stories that are told when enough outlets report them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.core.model import Article, Credit, CreditKind, Reason
from monitor.store import SqlStore
from monitor.stories import Standard
from tests.acceptance.articles import FERRY, news
from tests.flow.conftest import Desk
from tests.flow.fakes import START, Clock, EditingChannel, FakeChannel, FakeSource

REPORTS = {name: (report.title, report.text) for name, report in FERRY.items()}


@pytest.fixture
async def desk(store: SqlStore, clock: Clock, channel: FakeChannel) -> Desk:
    """One that knows other news: where every text is of one ferry, ferries say nothing."""
    made = Desk(store, clock, channel)
    archive = FakeSource("archive")
    for other in news(40):
        archive.publish(other.title, other.text)
    await made.poll(archive)
    return made


async def report(
    desk: Desk, source: FakeSource, *credited: str, title: str = "", text: str = "", how: CreditKind = CreditKind.SOURCE
) -> None:
    own = REPORTS.get(source.settings.id, ("", ""))
    source.publish(title or own[0], text or own[1], published=START)
    named = tuple(Credit(outlet=outlet, how=how) for outlet in credited)
    source.items[0] = replace(source.items[0], credits=named)
    await desk.poll(source)
    await desk.deliver()


async def reasons(desk: Desk) -> list[Reason]:
    return [line.decision.reason for line in reversed(await desk.store.alerts())]


async def test_a_story_is_told_by_the_report_that_brings_the_number(desk: Desk, channel: FakeChannel) -> None:
    sources = [FakeSource(name) for name in REPORTS]
    desk.watch("nato", "NATO", min_sources=3)
    await desk.poll(*sources)
    for source in sources:
        assert channel.texts == []
        await report(desk, source)
    assert channel.texts == [f"nato: {REPORTS['islander'][0]} [also in Harbour, Courier]"]
    told, *waiting = await desk.store.alerts()
    assert told.decision.detail == "3 independent outlets report this story"
    assert [w.decision.detail for w in waiting] == ["2 of 3 independent outlets", "1 of 3 independent outlets"]
    assert await reasons(desk) == [Reason.WAITING, Reason.WAITING, Reason.TOLD]


async def test_reports_that_come_in_one_poll_are_counted_one_after_the_other(desk: Desk, channel: FakeChannel) -> None:
    source = FakeSource("wire")
    desk.watch("nato", "NATO", min_sources=2)
    await desk.poll(source)
    for name, (title, text) in REPORTS.items():
        source.publish(title, text, published=START)
        source.items[0] = replace(source.items[0], site=name)
    await desk.poll(source)
    await desk.deliver()
    assert channel.texts == [], "they are one outlet's, whatever it calls itself"


async def test_copies_and_reports_of_one_agency_count_once(desk: Desk, channel: FakeChannel) -> None:
    sources = [FakeSource(name) for name in (*REPORTS, "copy", "late")]
    desk.watch("nato", "NATO", min_sources=3)
    await desk.poll(*sources)
    harbour, courier, islander, copy, late = sources
    await report(desk, harbour)
    await report(desk, copy, title=REPORTS["harbour"][0], text=REPORTS["harbour"][1])
    await report(desk, courier, "Nordpress")
    await report(desk, islander, "Nordpress")
    assert channel.texts == []
    await report(desk, late, title="NATO ferry Solveig: Lindholm sandbank had moved", text=REPORTS["islander"][1][:180])
    assert len(await reasons(desk)) == 5


async def test_who_only_has_it_from_another_outlet_of_the_story_does_not_count(
    desk: Desk, channel: FakeChannel
) -> None:
    sources = [FakeSource(name) for name in REPORTS]
    desk.watch("nato", "NATO", min_sources=2)
    await desk.poll(*sources)
    harbour, courier, islander = sources
    await report(desk, harbour)
    await report(desk, courier, "Harbour", how=CreditKind.CITED)
    assert channel.texts == []
    await report(desk, islander)
    assert channel.texts == [f"nato: {REPORTS['islander'][0]} [also in Harbour, Courier]"]
    assert (await desk.store.alerts())[0].decision.detail == "2 independent outlets report this story"


async def test_a_page_that_shows_an_item_to_be_the_third_report_tells_it(desk: Desk, channel: FakeChannel) -> None:
    harbour, courier, islander = FakeSource("harbour"), FakeSource("courier"), FakeSource("islander", full_text=True)
    desk.watch("nato", "NATO", min_sources=3)
    await desk.poll(harbour, courier, islander)
    await report(desk, harbour)
    await report(desk, courier)
    title, text = REPORTS["islander"]
    item = islander.publish("NATO and fog", published=START)
    desk.pages.pages[item.url] = Article(title=title, text=f"{title}. {text}")
    await desk.poll(islander)
    assert await reasons(desk) == [Reason.WAITING] * 3
    await desk.read_pages(islander)
    await desk.deliver()
    assert [r for r in await reasons(desk) if r is not Reason.WAITING] == [Reason.TOLD]
    assert len(channel.texts) == 1


async def test_more_outlets_are_edits_of_the_message(desk: Desk) -> None:
    channel = EditingChannel()
    desk = Desk(desk.store, desk.clock, channel)
    await desk.pipeline.load()
    sources = [FakeSource(name) for name in REPORTS]
    desk.watch("nato", "NATO", min_sources=2)
    await desk.poll(*sources)
    for source in sources:
        await report(desk, source)
    assert channel.shown == [f"nato: {REPORTS['courier'][0]} [also in Harbour, Islander]"]
    assert await reasons(desk) == [Reason.WAITING, Reason.TOLD, Reason.STORY_TOLD]


@pytest.mark.parametrize(("event", "messages"), [(0.3, 1), (2.0, 3)])
async def test_how_much_is_one_story_can_be_chosen(
    desk: Desk, channel: FakeChannel, event: float, messages: int
) -> None:
    sources = [FakeSource(name) for name in REPORTS]
    desk.watch("nato", "NATO")
    desk.pipeline.rules = replace(desk.pipeline.rules, standard=Standard(event))
    await desk.poll(*sources)
    for source in sources:
        await report(desk, source)
    assert len(channel.texts) == messages
