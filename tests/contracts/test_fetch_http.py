"""The fetcher against a real server on loopback: answers, redirects, credentials, sharing."""

from __future__ import annotations

import asyncio
import gzip
from datetime import timedelta
from itertools import pairwise

import brotli
import pytest
import zstandard

from monitor import __version__
from monitor.core.model import Secret
from monitor.core.ports import Fetched, Fetcher, FetchRequest, Trouble, Unchanged, Unreachable
from monitor.fetch import HttpFetcher
from tests.servers.http import HttpServer

FEED = "<rss><channel><title>Kabar</title></channel></rss>"


@pytest.fixture
async def server():
    async with HttpServer() as running:
        running.put("/feed", FEED)
        yield running


@pytest.fixture
async def fetcher():
    async with HttpFetcher() as running:
        yield running


def ask(server, path="/feed", **options) -> FetchRequest:
    url = path if "//" in path else server.url + path
    return FetchRequest(url=url, **({"allow_private": True, "host_gap": timedelta(0)} | options))


def resolving(**names):
    """A resolver that knows these names (written with _ for .)."""

    async def resolver(host, port):
        return names[host.replace(".", "_")]

    return resolver


# --- answers ---


async def test_a_page_is_fetched_with_its_headers(server, fetcher):
    port: Fetcher = fetcher
    got = await port.fetch(ask(server))
    assert isinstance(got, Fetched)
    assert (got.body, got.status, got.url, got.moved_to) == (FEED.encode(), 200, server.url + "/feed", "")
    assert got.headers["content-type"] == "application/xml"
    assert "content-length" not in got.headers


async def test_the_product_names_itself(server, fetcher):
    await fetcher.fetch(ask(server))
    assert server.requests[0].headers["user-agent"].startswith(f"monitor/{__version__}")


async def test_the_operator_may_choose_another_name(server):
    async with HttpFetcher(user_agent="Redaksi/1.0") as fetcher:
        await fetcher.fetch(ask(server))
    assert server.requests[0].headers["user-agent"] == "Redaksi/1.0"


async def test_what_has_not_changed_is_not_sent_again(server, fetcher):
    first = await fetcher.fetch(ask(server))
    etag, modified = first.headers["etag"], first.headers["last-modified"]
    for request in (ask(server, etag=etag, last_modified=modified), ask(server, last_modified=modified)):
        again = await fetcher.fetch(request)
        assert isinstance(again, Unchanged)
        assert again.headers["etag"] == etag
    server.put("/feed", FEED + "<!-- new -->")
    assert isinstance(await fetcher.fetch(ask(server, etag=etag, last_modified=modified)), Fetched)


async def test_an_unasked_304_is_no_answer(server, fetcher):
    server.put("/feed", "", status=304)
    got = await fetcher.fetch(ask(server))
    assert isinstance(got, Unreachable)
    assert got.trouble is Trouble.OTHER_STATUS


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstandard.compress)]
)
async def test_codings_are_asked_for_and_undone(server, fetcher, coding, pack):
    server.put("/packed", pack(FEED.encode()), headers={"Content-Encoding": coding})
    got = await fetcher.fetch(ask(server, "/packed"))
    assert got.body == FEED.encode()
    assert "content-encoding" not in got.headers
    assert coding in server.requests[0].headers["accept-encoding"]


@pytest.mark.parametrize(
    ("status", "trouble"),
    [(403, Trouble.BLOCKED), (404, Trouble.NOT_FOUND), (410, Trouble.GONE), (500, Trouble.SERVER),
     (300, Trouble.OTHER_STATUS)],
)  # fmt: skip
async def test_a_refusal_is_an_answer_with_its_status(server, fetcher, status, trouble):
    server.put("/feed", "no", status=status)
    got = await fetcher.fetch(ask(server))
    assert isinstance(got, Unreachable)
    assert (got.trouble, got.status) == (trouble, status)


async def test_a_server_may_say_when_to_come_back(server, fetcher):
    server.fail_first("/feed", 1, status=429, headers={"Retry-After": "90"})
    server.fail_first("/feed", 1, status=503, headers={"Retry-After": "Tue, 03 Mar 2026 10:05:00 GMT",
                                                       "Date": "Tue, 03 Mar 2026 10:00:00 GMT"})  # fmt: skip
    answers = [await fetcher.fetch(ask(server)) for _ in range(3)]
    assert [(got.trouble, got.retry_after) for got in answers[:2]] == [
        (Trouble.TOO_MANY, timedelta(seconds=90)),
        (Trouble.SERVER, timedelta(minutes=5)),
    ]
    assert isinstance(answers[2], Fetched)


async def test_a_server_that_is_down_is_a_value(server, fetcher):
    await server.stop()
    got = await fetcher.fetch(ask(server))
    assert isinstance(got, Unreachable)
    assert got.trouble is Trouble.NO_CONNECTION
    assert "refused" in got.detail.lower()


async def test_a_name_without_an_address_is_a_value(server):
    async def nobody(host, port):
        raise OSError(-2, "Name or service not known")

    async def empty(host, port):
        return []

    for resolver in (nobody, empty):
        async with HttpFetcher(resolver=resolver) as fetcher:
            got = await fetcher.fetch(ask(server, "http://news.example/feed"))
        assert got.trouble is Trouble.NO_SUCH_HOST


async def test_the_systems_resolver_knows_localhost(server, fetcher):
    assert isinstance(await fetcher.fetch(ask(server, f"http://localhost:{server.port}/feed")), Fetched)


@pytest.mark.parametrize("url", ["", "news", "ftp://news.example/", "http://user:word@news.example/", "http://a\\b/"])
async def test_a_bad_url_is_a_value(server, fetcher, url):
    got = await fetcher.fetch(FetchRequest(url=url, allow_private=True))
    assert got.trouble is Trouble.BAD_URL
    assert "word" not in got.detail


async def test_a_header_that_cannot_be_sent_is_a_value_that_keeps_the_secret(server, fetcher):
    got = await fetcher.fetch(ask(server, headers={"X-Key": Secret("hush\r\nHost: evil.example")}))
    assert got.trouble is Trouble.BAD_URL
    assert "hush" not in got.detail
    assert server.requests == []


# --- redirects ---


async def test_a_permanent_move_is_reported(server, fetcher):
    server.redirect("/old", "/older", status=301)
    server.redirect("/older", "/feed", status=308)
    got = await fetcher.fetch(ask(server, "/old"))
    assert (got.url, got.moved_to) == (server.url + "/feed", server.url + "/feed")


@pytest.mark.parametrize("statuses", [(301, 302), (307, 301), (303, 308)])
async def test_a_move_that_is_partly_for_now_is_not(server, fetcher, statuses):
    server.redirect("/old", "/older", status=statuses[0])
    server.redirect("/older", "/feed", status=statuses[1])
    got = await fetcher.fetch(ask(server, "/old"))
    assert (got.url, got.moved_to) == (server.url + "/feed", "")


@pytest.mark.parametrize("start", ["/loop", "/on", "/self"])
async def test_redirects_come_to_an_end(server, fetcher, start):
    server.put_redirect_loop("/loop")
    server.put_endless_redirects("/on")
    server.redirect("/self", "/self")
    got = await fetcher.fetch(ask(server, start))
    assert got.trouble is Trouble.REDIRECTS
    assert len(server.requests) <= 11


async def test_ten_redirects_are_followed(server, fetcher):
    for number in range(10):
        server.redirect(f"/{number}", f"/{number + 1}")
    server.put("/10", FEED)
    assert isinstance(await fetcher.fetch(ask(server, "/0")), Fetched)


async def test_a_redirect_to_nowhere_is_no_page(server, fetcher):
    server.put("/feed", "", status=302)
    assert (await fetcher.fetch(ask(server))).trouble is Trouble.OTHER_STATUS


async def test_a_source_of_the_own_network_may_be_redirected_there(server, fetcher):
    server.redirect("/old", f"http://localhost:{server.port}/feed")
    assert isinstance(await fetcher.fetch(ask(server, "/old")), Fetched)


# --- credentials ---

SECRETS = {
    "headers": {"Authorization": Secret("Bearer hush")},
    "cookies": {"session": Secret("hush"), "b": Secret("2")},
}


async def test_headers_and_cookies_reach_the_host_that_they_are_for(server, fetcher):
    server.redirect("/old", "/feed")
    await fetcher.fetch(ask(server, "/old", **SECRETS))
    for request in server.requests:
        assert request.headers["authorization"] == "Bearer hush"
        assert request.headers["cookie"] == "session=hush; b=2"


async def test_headers_and_cookies_do_not_follow_to_another_host(server):
    resolver = resolving(a_example=["127.0.0.1"], b_example=["127.0.0.1"])
    server.redirect("/old", f"http://b.example:{server.port}/feed")
    async with HttpFetcher(resolver=resolver) as fetcher:
        assert isinstance(await fetcher.fetch(ask(server, f"http://a.example:{server.port}/old", **SECRETS)), Fetched)
    first, second = server.requests
    assert first.headers["authorization"] == "Bearer hush"
    assert (first.headers["host"], second.headers["host"]) == (f"a.example:{server.port}", f"b.example:{server.port}")
    assert not {"authorization", "cookie"} & second.headers.keys()


async def test_cookies_of_a_server_are_not_kept(server, fetcher):
    server.put("/feed", FEED, headers={"Set-Cookie": "track=me"}, validators=False)
    await fetcher.fetch(ask(server))
    await fetcher.fetch(ask(server))
    assert "cookie" not in server.requests[1].headers


# --- politeness and sharing ---


async def test_two_sources_with_one_url_share_a_fetch(server, fetcher):
    server.put("/feed", FEED, delay=0.05)
    answers = await asyncio.gather(*(fetcher.fetch(ask(server)) for _ in range(5)))
    assert [got.body for got in answers] == [FEED.encode()] * 5
    assert len(server.requests) == 1
    await fetcher.fetch(ask(server))
    assert len(server.requests) == 2


async def test_requests_that_differ_do_not_share(server, fetcher):
    server.put("/feed", FEED, delay=0.05)
    await asyncio.gather(
        fetcher.fetch(ask(server)),
        fetcher.fetch(ask(server, etag='"x"')),
        fetcher.fetch(ask(server, cookies={"a": Secret("1")})),
        fetcher.fetch(ask(server, cookies={"a": Secret("2")})),
    )
    assert len(server.requests) == 4


async def test_one_of_two_that_share_may_give_up(server, fetcher):
    server.put("/feed", FEED, delay=0.05)
    leader, follower = (asyncio.create_task(fetcher.fetch(ask(server))) for _ in range(2))
    await server.until(lambda: bool(server.requests))
    leader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leader
    assert isinstance(await follower, Fetched)
    assert len(server.requests) == 2, "the other asks for itself"


async def test_when_all_have_given_up_the_fetch_ends(server, fetcher):
    server.put_silence("/feed")
    tasks = [asyncio.create_task(fetcher.fetch(ask(server))) for _ in range(2)]
    await server.until(lambda: bool(server.requests))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await server.until(lambda: server.open_connections == 0)
    server.put("/feed", FEED)
    assert isinstance(await fetcher.fetch(ask(server)), Fetched)


async def test_a_host_is_asked_with_a_gap_between(server, fetcher):
    pages = [f"/{number}" for number in range(4)]
    for page in pages:
        server.put(page, page)
    await asyncio.gather(*(fetcher.fetch(ask(server, page, host_gap=timedelta(seconds=0.1))) for page in pages))
    times = sorted(request.at for request in server.requests)
    assert all(later - earlier > 0.05 for earlier, later in pairwise(times))


async def test_waiting_for_ones_turn_does_not_use_up_the_deadline(server, fetcher):
    pages = [f"/{number}" for number in range(4)]
    for page in pages:
        server.put(page, page)
    gap, deadline = timedelta(seconds=0.6), timedelta(seconds=1)
    answers = await asyncio.gather(
        *(fetcher.fetch(ask(server, page, host_gap=gap, deadline=deadline)) for page in pages)
    )
    assert all(isinstance(got, Fetched) for got in answers)


async def test_closing_gives_everybody_an_answer(server):
    server.put_silence("/feed")
    fetcher = HttpFetcher()
    waiting = asyncio.create_task(fetcher.fetch(ask(server)))
    await server.until(lambda: bool(server.requests))
    await fetcher.aclose()
    got = await waiting
    assert isinstance(got, Unreachable)
    await server.until(lambda: server.open_connections == 0)
    with pytest.raises(RuntimeError):
        await fetcher.fetch(ask(server))


async def test_closing_gives_an_answer_to_who_has_only_just_asked(server):
    fetcher = HttpFetcher()
    waiting = asyncio.create_task(fetcher.fetch(ask(server)))
    await asyncio.sleep(0)  # asked, and the fetch itself has not begun
    await fetcher.aclose()
    assert isinstance(await waiting, Unreachable)
    assert server.requests == []


async def test_headers_that_a_source_names_replace_those_of_the_product(server, fetcher):
    server.put("/feed", FEED)
    await fetcher.fetch(ask(server, headers={"Accept": Secret("text/plain"), "Host": Secret("news.example")}))
    sent = server.requests[0].headers
    assert (sent["accept"], sent["host"]) == ("text/plain", "news.example")


async def test_a_bug_is_raised_where_the_answer_is_waited_for(server):
    async def broken(host, port):
        raise ZeroDivisionError("our bug")

    async with HttpFetcher(resolver=broken) as fetcher:
        asked = [fetcher.fetch(FetchRequest(url="http://news.example/")) for _ in range(2)]
        answers = await asyncio.gather(*asked, return_exceptions=True)
        assert [type(got) for got in answers] == [ZeroDivisionError] * 2
        assert not fetcher._flights
