"""robots.txt asked for and remembered: on answers of a fake that counts, and once over the wire."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from monitor.core.ports import Fetched, FetchRequest, Trouble, Unchanged, Unreachable
from monitor.fetch import HttpFetcher
from monitor.fetch.robots import KEEP, KEEP_TROUBLE, MAX_DELAY, MAX_WEIGHT, Robots
from tests.servers.http import HttpServer

PAGE = FetchRequest(url="https://outlet.example/news/a", etag='"x"', last_modified="yesterday")
CLOSED = b"User-agent: *\nDisallow: /"
OPEN = b"User-agent: *\nDisallow: /private"


class Web:
    """Gives one answer to everything, and time that stands still."""

    def __init__(self, answer: bytes | Trouble | Unchanged = OPEN) -> None:
        self.answer = answer
        self.asked: list[FetchRequest] = []
        self.now = 0.0
        self.robots = Robots(self, user_agent="monitor/1.0", monotonic=lambda: self.now)

    async def fetch(self, request: FetchRequest) -> Fetched | Unchanged | Unreachable:
        self.asked.append(request)
        await asyncio.sleep(0)
        if isinstance(self.answer, Trouble):
            return Unreachable(trouble=self.answer, detail="as it goes", retry_after=timedelta(seconds=5))
        if isinstance(self.answer, Unchanged):
            return self.answer
        return Fetched(url=request.url, status=200, headers={}, body=self.answer)

    async def may(self, url: str = PAGE.url) -> bool:
        return isinstance(await self.robots.clear(FetchRequest(url=url)), FetchRequest)


async def test_a_page_that_may_be_fetched_is_asked_for_as_it_was() -> None:
    web = Web()
    assert await web.robots.clear(PAGE) is PAGE
    (asked,) = web.asked
    assert (asked.url, asked.etag, asked.last_modified) == ("https://outlet.example/robots.txt", "", "")


async def test_a_page_that_may_not_be_fetched_is_refused_with_the_way_past() -> None:
    answer = await Web(CLOSED).robots.clear(PAGE)
    assert isinstance(answer, Unreachable)
    assert answer.trouble is Trouble.ROBOTS
    assert "https://outlet.example/robots.txt" in answer.detail
    assert "`robots: false`" in answer.detail


async def test_each_site_is_asked_once_a_day_also_by_many_at_once() -> None:
    web = Web()
    await asyncio.gather(*(web.may(f"https://outlet.example/news/{n}") for n in range(20)))
    assert len(web.asked) == 1
    assert await web.may("https://outlet.example:444/a")
    assert await web.may("http://outlet.example/a")
    assert len(web.asked) == 3
    web.answer = CLOSED
    web.now = KEEP - 1
    assert await web.may()
    web.now = KEEP
    assert not await web.may()


@pytest.mark.parametrize("trouble", ["not_found", "gone", "blocked", "other_status", "too_big"])
async def test_a_site_without_robots_allows_everything(trouble: str) -> None:
    web = Web(Trouble(trouble))
    assert await web.may()
    web.now = KEEP - 1
    assert await web.may()
    assert len(web.asked) == 1


@pytest.mark.parametrize("trouble", ["server", "too_many", "timeout", "no_connection", "tls", "redirects"])
async def test_while_robots_cannot_be_read_nothing_is_fetched_and_it_is_tried_again_soon(trouble: str) -> None:
    web = Web(Trouble(trouble))
    answer = await web.robots.clear(PAGE)
    assert isinstance(answer, Unreachable)
    assert (answer.trouble, answer.retry_after) == (trouble, timedelta(seconds=5))
    assert "robots.txt" in answer.detail
    assert not await web.may()
    assert len(web.asked) == 1
    web.answer = OPEN
    web.now = KEEP_TROUBLE
    assert await web.may()


async def test_rules_that_cannot_be_read_again_go_on_counting() -> None:
    web = Web(OPEN)
    assert await web.may()
    web.answer, web.now = Trouble.SERVER, KEEP
    assert await web.may()
    assert not await web.may("https://outlet.example/private")
    assert len(web.asked) == 2


@pytest.mark.parametrize("trouble", ["bad_url", "forbidden_address"])
async def test_what_is_never_fetched_gets_its_own_refusal(trouble: str) -> None:
    assert await Web(Trouble(trouble)).may()
    assert await Web().may("ftp://outlet.example/a")
    assert await Web().may("https://[broken/")


async def test_an_answer_that_is_none_stops_no_page() -> None:
    assert await Web(Unchanged()).may()


@pytest.mark.parametrize(("said", "gap"), [("5", 5.0), ("0.2", 1.0), ("3600", MAX_DELAY.total_seconds())])
async def test_a_wanted_delay_widens_the_gap(said: str, gap: float) -> None:
    asked = await Web(f"User-agent: *\nCrawl-delay: {said}".encode()).robots.clear(PAGE)
    assert isinstance(asked, FetchRequest)
    assert asked.host_gap.total_seconds() == gap


async def test_what_one_source_may_reach_says_nothing_of_another() -> None:
    web = Web(Trouble.FORBIDDEN_ADDRESS)
    assert isinstance(await web.robots.clear(FetchRequest(url="http://10.0.0.1/a")), FetchRequest)
    web.answer = CLOSED
    assert isinstance(await web.robots.clear(FetchRequest(url="http://10.0.0.1/a", allow_private=True)), Unreachable)


async def test_rules_of_many_sites_do_not_fill_the_memory() -> None:
    web = Web(b"User-agent: *\n" + b"".join(b"Disallow: /%d\n" % n for n in range(20_000)))
    for number in range(20):
        await web.may(f"https://outlet-{number}.example/")
    assert 2 <= len(web.robots) <= MAX_WEIGHT / (20_000 * 100)
    assert await web.may("https://outlet-19.example/x")
    assert len(web.asked) == 20


async def test_over_the_wire() -> None:
    async with HttpServer() as server, HttpFetcher() as fetcher:
        server.put("/robots.txt", "User-agent: monitor\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n")
        robots = Robots(fetcher)
        page = FetchRequest(url=server.url + "/news", allow_private=True)
        assert await robots.clear(page) is page
        refused = await robots.clear(FetchRequest(url=server.url + "/private/a", allow_private=True))
        assert isinstance(refused, Unreachable)
        assert server.hits("/robots.txt") == 1
