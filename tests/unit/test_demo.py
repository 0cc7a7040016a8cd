"""The newsroom of the demo: sound documents, on time, and gone without a trace."""

from __future__ import annotations

import asyncio
import json
import re
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import httpx
import pytest
from ruamel.yaml import YAML
from selectolax.lexbor import LexborHTMLParser

from monitor.demo import Newsroom
from monitor.demo.script import Outlet, OutletKind, Script, read_script

DAWN = datetime(2025, 6, 2, 5, 0, tzinfo=UTC)


class HandClock:
    """A clock that goes on when told to."""

    def __init__(self) -> None:
        self.now = DAWN

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Reader:
    """Reads front pages of a newsroom as a daemon does."""

    def __init__(self, newsroom: Newsroom, client: httpx.AsyncClient) -> None:
        self.newsroom = newsroom
        self.client = client

    def outlet(self, kind: OutletKind, language: str = "") -> Outlet:
        return next(o for o in self.newsroom.outlets if o.kind is kind and language in ("", o.language))

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(self.newsroom.url + path, headers=headers)

    async def front_page(self, outlet: Outlet) -> bytes:
        response = await self.get(outlet.path)
        assert response.status_code == 200
        return response.content

    async def titles(self, outlet: Outlet) -> list[str]:
        body = await self.front_page(outlet)
        match outlet.kind:
            case OutletKind.RSS | OutletKind.ATOM:
                return [entry.title for entry in feedparser.parse(body).entries]
            case OutletKind.JSON:
                return [item["title"] for item in json.loads(body)["items"]]
            case OutletKind.SITEMAP:
                return [node.text or "" for node in ET.fromstring(body).iter() if node.tag.endswith("}title")]
            case OutletKind.LISTING:
                return [node.text() for node in LexborHTMLParser(body).css("h3 a")]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def reader(clock: HandClock) -> AsyncIterator[Reader]:
    async with Newsroom(clock) as newsroom, httpx.AsyncClient() as client:
        yield Reader(newsroom, client)


@pytest.fixture(scope="module")
def script() -> Script:
    return read_script()


@pytest.mark.parametrize("kind", [OutletKind.RSS, OutletKind.ATOM])
async def test_every_xml_feed_is_sound_and_complete(reader: Reader, kind: OutletKind, script: Script) -> None:
    reader.newsroom.publish_all()
    for outlet in (o for o in reader.newsroom.outlets if o.kind is kind):
        feed = feedparser.parse(await reader.front_page(outlet))
        assert not feed.bozo
        assert feed.feed.title == outlet.name
        assert len(feed.entries) == sum(report.outlet == outlet.id for report in script.reports)
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        for entry in feed.entries:
            assert entry.published_parsed is not None
            assert entry.content[0].value.startswith("<p>")


async def test_the_json_feed_carries_whole_articles(reader: Reader) -> None:
    reader.newsroom.publish_all()
    feed = json.loads(await reader.front_page(reader.outlet(OutletKind.JSON)))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all(item["content_html"].startswith("<p>") for item in feed["items"])
    assert all(datetime.fromisoformat(item["date_published"]).utcoffset() is not None for item in feed["items"])


async def test_the_sitemap_lists_pages_that_hold_the_articles(reader: Reader, script: Script) -> None:
    reader.newsroom.publish_all()
    outlet = reader.outlet(OutletKind.SITEMAP)
    root = ET.fromstring(await reader.front_page(outlet))
    addresses = [node.text or "" for node in root.iter() if node.tag.endswith("}loc")]
    reports = {report.title: report for report in script.reports if report.outlet == outlet.id}
    assert len(addresses) == len(reports)
    for address in addresses:
        page = LexborHTMLParser((await reader.client.get(address)).content)
        heading = page.css_first("h1")
        assert heading is not None
        text = page.css_first(".article-body")
        assert text is not None
        for paragraph in reports[heading.text()].paragraphs:
            assert paragraph in text.text()


async def test_every_article_of_the_listing_has_a_page_of_its_own(reader: Reader) -> None:
    reader.newsroom.publish_all()
    outlet = reader.outlet(OutletKind.LISTING)
    listing = LexborHTMLParser(await reader.front_page(outlet))
    links = [(node.attributes["href"] or "", node.text()) for node in listing.css("h3 a")]
    assert len(links) >= 5
    for address, title in links:
        page = LexborHTMLParser((await reader.client.get(address)).content)
        heading = page.css_first("article h1")
        assert heading is not None
        assert heading.text() == title


async def test_the_title_of_special_characters_reads_the_same_in_every_form(reader: Reader) -> None:
    reader.newsroom.publish_all()
    for kind in (OutletKind.ATOM, OutletKind.SITEMAP):
        titles = await reader.titles(reader.outlet(kind, "en"))
        assert any('"<&">"' in title for title in titles)


async def test_only_old_news_stands_on_the_pages_at_the_first_look(reader: Reader, clock: HandClock) -> None:
    clock.forward(3600)
    for outlet in reader.newsroom.outlets:
        published = reader.newsroom.published(outlet)
        assert published
        assert all(entry.published < DAWN for entry in published)
        assert sorted(await reader.titles(outlet)) == sorted(entry.report.title for entry in published)


async def test_news_comes_in_the_order_of_the_timetable(reader: Reader, clock: HandClock, script: Script) -> None:
    before: dict[str, list[str]] = {outlet.id: await reader.titles(outlet) for outlet in reader.newsroom.outlets}
    for report in (r for r in script.reports if not r.is_old):
        clock.now = DAWN + report.at - timedelta(milliseconds=1)
        outlet = next(o for o in reader.newsroom.outlets if o.id == report.outlet)
        assert await reader.titles(outlet) == before[outlet.id]
        clock.forward(0.001)
        titles = await reader.titles(outlet)
        assert titles == [report.title, *before[outlet.id]]
        before[outlet.id] = titles


async def test_an_outlet_that_nobody_has_read_brings_nothing_new(reader: Reader, clock: HandClock) -> None:
    first, second = reader.newsroom.outlets[:2]
    await reader.front_page(first)
    clock.forward(60)
    assert any(entry.published > DAWN for entry in reader.newsroom.published(first))
    assert all(entry.published < DAWN for entry in reader.newsroom.published(second))
    await reader.front_page(second)
    assert any(entry.published > DAWN for entry in reader.newsroom.published(second))


async def test_an_unchanged_front_page_is_answered_by_304(reader: Reader, clock: HandClock) -> None:
    outlet = reader.outlet(OutletKind.ATOM, "en")
    first = await reader.get(outlet.path)
    again = await reader.get(outlet.path, **{"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    clock.forward(3)
    changed = await reader.get(outlet.path, **{"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200


async def test_an_article_before_its_time_and_an_unknown_address_are_not_found(reader: Reader, script: Script) -> None:
    future = next(report for report in script.reports if not report.is_old)
    assert (await reader.get(future.path)).status_code == 404
    assert (await reader.get("/nobody/news/1/nothing")).status_code == 404


async def test_the_door_leads_to_every_front_page(reader: Reader) -> None:
    page = LexborHTMLParser((await reader.get("/")).content)
    assert [node.attributes["href"] for node in page.css("a")] == [o.path for o in reader.newsroom.outlets]


def test_the_first_ten_seconds_have_something_for_every_reader(script: Script) -> None:
    early = [r for r in script.reports if timedelta(0) < r.at <= timedelta(seconds=7)]
    languages = {outlet.language for outlet in script.outlets if outlet.id in {r.outlet for r in early}}
    assert early[0].at <= timedelta(seconds=3)
    assert {"id", "en", "uk"} <= languages


def test_stories_are_carried_by_several_outlets_and_one_says_from_whom(script: Script) -> None:
    by_title: dict[str, set[str]] = {}
    for report in script.reports:
        by_title.setdefault(report.title, set()).add(report.outlet)
    assert sum(len(outlets) > 1 for outlets in by_title.values()) >= 3
    republished = [report for report in script.reports if report.credit]
    assert any("Warta Samudra" in report.credit for report in republished)


async def test_the_written_configuration_names_every_outlet_of_this_newsroom(reader: Reader, tmp_path: Path) -> None:
    path = reader.newsroom.config(tmp_path)
    assert path == tmp_path / "config.yaml"
    document = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    assert [source["url"] for source in document["sources"]] == [
        reader.newsroom.url + outlet.path for outlet in reader.newsroom.outlets
    ]
    assert all(source["allow_private"] and source["every"] == "1s" for source in document["sources"])
    assert document["entities"]["zelensky"]["name"] == "Volodymyr Zelensky"
    assert {rule["id"] for rule in document["rules"]} >= {"nato", "zelensky-talks"}
    for rule in document["rules"]:
        for name in re.findall(r"list:(\S+)", rule.get("match", "")):
            assert name in document["lists"]


async def test_the_newsroom_leaves_nothing_behind() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    async with Newsroom() as newsroom, httpx.AsyncClient() as client:
        assert (await client.get(newsroom.url)).status_code == 200
        assert {number: signal.getsignal(number) for number in before} == before
    assert {number: signal.getsignal(number) for number in before} == before
    assert asyncio.all_tasks() == {asyncio.current_task()}
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(newsroom.url)


async def test_a_newsroom_that_nobody_visits_closes_too() -> None:
    async with Newsroom():
        pass
    assert asyncio.all_tasks() == {asyncio.current_task()}


def test_a_newsroom_has_no_address_before_it_is_entered() -> None:
    with pytest.raises(RuntimeError, match="entered"):
        _ = Newsroom().url
