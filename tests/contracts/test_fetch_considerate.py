"""When robots.txt is asked, over real connections; and what a refusal is told to be."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.core.model import Secret
from monitor.core.ports import Fetched, FetchRequest, RobotsCheck, Trouble, Unreachable
from monitor.fetch import ConsiderateFetcher, HttpFetcher
from tests.servers.http import HttpServer

PAGE = "<html><body><a href='/a'>One</a></body></html>"


@pytest.fixture
async def server() -> AsyncIterator[HttpServer]:
    async with HttpServer() as running:
        running.put("/feed", "<rss/>")
        running.put("/page", PAGE)
        running.put("/open", PAGE)
        running.put("/robots.txt", "User-agent: *\nDisallow: /page\nDisallow: /feed\n")
        yield running


@pytest.fixture
async def fetcher() -> AsyncIterator[ConsiderateFetcher]:
    made = ConsiderateFetcher(HttpFetcher())
    yield made
    await made.aclose()


def ask(server: HttpServer, path: str, robots: RobotsCheck, **more: object) -> FetchRequest:
    return FetchRequest(
        url=server.url + path,
        allow_private=True,
        host_gap=timedelta(0),
        robots=robots,
        **more,  # type: ignore[arg-type]
    )


async def test_a_page_that_robots_txt_closes_is_never_asked_for(
    server: HttpServer, fetcher: ConsiderateFetcher
) -> None:
    got = await fetcher.fetch(ask(server, "/page", RobotsCheck.ALWAYS))
    assert isinstance(got, Unreachable)
    assert got.trouble is Trouble.ROBOTS
    assert "robots: false" in got.detail
    assert server.hits("/page") == 0
    assert isinstance(await fetcher.fetch(ask(server, "/page", RobotsCheck.NEVER)), Fetched)


async def test_a_feed_is_read_whatever_robots_txt_says_and_a_page_in_its_place_is_not(
    server: HttpServer, fetcher: ConsiderateFetcher
) -> None:
    assert isinstance(await fetcher.fetch(ask(server, "/feed", RobotsCheck.PAGES)), Fetched)
    assert server.hits("/robots.txt") == 0
    got = await fetcher.fetch(ask(server, "/page", RobotsCheck.PAGES))
    assert isinstance(got, Unreachable)
    assert got.trouble is Trouble.ROBOTS


async def test_robots_txt_is_asked_once_for_many_pages(server: HttpServer, fetcher: ConsiderateFetcher) -> None:
    for _ in range(5):
        assert isinstance(await fetcher.fetch(ask(server, "/open", RobotsCheck.ALWAYS)), Fetched)
    assert server.hits("/robots.txt") == 1


async def test_a_site_without_robots_txt_lets_all_be_fetched(server: HttpServer, fetcher: ConsiderateFetcher) -> None:
    server.remove("/robots.txt")
    assert isinstance(await fetcher.fetch(ask(server, "/page", RobotsCheck.ALWAYS)), Fetched)


async def test_a_redirect_does_not_lead_past_the_robots_txt_of_another_site(
    server: HttpServer, fetcher: ConsiderateFetcher
) -> None:
    async with HttpServer(host="127.0.0.2") as other:
        other.put("/page", PAGE)
        other.put("/robots.txt", "User-agent: *\nDisallow: /")
        server.redirect("/open", other.url + "/page")
        got = await fetcher.fetch(ask(server, "/open", RobotsCheck.ALWAYS))
    assert isinstance(got, Unreachable)
    assert got.trouble is Trouble.ROBOTS


async def test_robots_txt_of_another_site_is_asked_without_the_secrets_of_the_source(
    server: HttpServer, fetcher: ConsiderateFetcher
) -> None:
    secrets = {"headers": {"X-Key": Secret("s3cret")}, "cookies": {"sid": Secret("s3cret")}}
    async with HttpServer(host="127.0.0.2") as other:
        other.put("/page", PAGE)
        other.put("/robots.txt", "User-agent: *\nDisallow:")
        server.redirect("/open", other.url + "/page")
        assert isinstance(await fetcher.fetch(ask(server, "/open", RobotsCheck.ALWAYS, **secrets)), Fetched)
        sent = [*other.seen("/robots.txt")[-1].headers.items(), *other.seen("/page")[-1].headers.items()]
    assert "s3cret" not in str(sent)
    assert server.seen("/open")[-1].headers["x-key"] == "s3cret"


async def test_the_rules_for_the_name_that_a_source_goes_by_are_its_own(
    server: HttpServer, fetcher: ConsiderateFetcher
) -> None:
    server.put("/robots.txt", "User-agent: newsdesk\nDisallow: /\n\nUser-agent: *\nDisallow:\n")
    asked = ask(server, "/open", RobotsCheck.ALWAYS)
    assert isinstance(await fetcher.fetch(asked), Fetched)
    got = await fetcher.fetch(replace(asked, user_agent="newsdesk/2 (desk@example.org)"))
    assert isinstance(got, Unreachable)
    assert got.trouble is Trouble.ROBOTS
    assert isinstance(await fetcher.fetch(asked), Fetched)


async def test_a_source_calls_itself_as_it_wants(server: HttpServer, fetcher: ConsiderateFetcher) -> None:
    await fetcher.fetch(ask(server, "/feed", RobotsCheck.NEVER, user_agent="newsdesk (desk@example.org)"))
    assert server.seen("/feed")[-1].headers["user-agent"] == "newsdesk (desk@example.org)"


@pytest.mark.parametrize(
    ("status", "body", "trouble", "words"),
    [
        (403, "<title>Just a moment...</title><script>_cf_chl_opt</script>", Trouble.CHALLENGE, "Cloudflare"),
        (503, "<iframe src='/_Incapsula_Resource'>", Trouble.CHALLENGE, "Imperva"),
        (403, "<h1>Forbidden</h1>", Trouble.BLOCKED, "`user_agent`"),
        (401, "", Trouble.BLOCKED, "`username`"),
        (503, "<h1>Busy</h1>", Trouble.SERVER, "error of the server"),
    ],
)
async def test_a_refusal_says_what_may_help(
    server: HttpServer, fetcher: ConsiderateFetcher, status: int, body: str, trouble: Trouble, words: str
) -> None:
    server.put("/wall", body, status=status)
    got = await fetcher.fetch(ask(server, "/wall", RobotsCheck.NEVER))
    assert isinstance(got, Unreachable)
    assert (got.trouble, got.status) == (trouble, status)
    assert words in got.detail
