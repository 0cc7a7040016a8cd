"""Connections: guarded when they are made, used again, and never left behind."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta

import httpcore
import pytest

from monitor.core.ports import Fetched, FetchRequest, Trouble
from monitor.fetch import HttpFetcher
from monitor.fetch.connections import Connections
from tests.servers.http import HttpServer

FEED = "<rss/>"


@pytest.fixture
async def server():
    async with HttpServer() as running:
        running.put("/feed", FEED)
        yield running


def ask(url, **options) -> FetchRequest:
    return FetchRequest(url=url, **({"allow_private": True, "host_gap": timedelta(0)} | options))


def pool(fetcher: HttpFetcher) -> Connections:
    return fetcher._connections


def answering(*answers):
    """A resolver that gives these lists of addresses one after the other."""
    left = list(answers)

    async def resolver(host, port):
        return left.pop(0)

    return resolver


class Internet(httpcore.AnyIOBackend):
    """Every address leads to one loopback server, but the dead ones; keeps a list of what was dialled."""

    def __init__(self, server: HttpServer, *, dead: tuple[str, ...] = ()) -> None:
        self.dialled: list[str] = []
        self._server = server
        self._dead = dead

    async def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):  # noqa: ASYNC109 - httpcore's signature
        self.dialled.append(host)
        if host in self._dead:
            raise httpcore.ConnectError("unreachable")
        return await super().connect_tcp("127.0.0.1", self._server.port, timeout, local_address, socket_options)


# --- the guard ---


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["10.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], ["2002:7f00:1::1"],
     ["169.254.169.254"], ["100.100.100.200"], ["fe80::1%eth0"], ["127.0.0.1", "10.0.0.1", "::1"], ["not an address"]],
)  # fmt: skip
async def test_a_name_that_resolves_to_the_inside_is_refused(server, addresses):
    async with HttpFetcher(resolver=answering(addresses)) as fetcher:
        got = await fetcher.fetch(FetchRequest(url=f"http://news.example:{server.port}/feed"))
    assert got.trouble is Trouble.FORBIDDEN_ADDRESS
    assert server.connections == 0


async def test_of_mixed_addresses_only_public_ones_are_tried(server):
    internet = Internet(server, dead=("8.8.8.8",))
    resolver = answering(["127.0.0.1", "8.8.8.8", "10.0.0.1", "1.1.1.1", "::1"])
    async with HttpFetcher(resolver=resolver, network=internet) as fetcher:
        assert isinstance(await fetcher.fetch(FetchRequest(url="http://news.example/feed")), Fetched)
    assert internet.dialled == ["8.8.8.8", "1.1.1.1"]


async def test_the_connection_goes_to_the_address_that_was_checked(server):
    """A name that changes its mind is asked once per connection: there is no second answer to be fooled by."""
    internet = Internet(server)
    async with HttpFetcher(resolver=answering(["1.1.1.1"], ["127.0.0.1"]), network=internet) as fetcher:
        assert isinstance(await fetcher.fetch(FetchRequest(url="http://news.example/feed")), Fetched)
    assert internet.dialled == ["1.1.1.1"]
    assert server.requests[0].headers["host"] == "news.example"


async def test_a_name_that_turns_to_the_inside_later_is_refused_then(server):
    server.put("/feed", FEED, headers={"Connection": "close"})
    internet, now = Internet(server), timedelta(0)
    async with HttpFetcher(resolver=answering(["1.1.1.1"], ["127.0.0.1"]), network=internet) as fetcher:
        first = await fetcher.fetch(FetchRequest(url="http://news.example/feed", host_gap=now))
        second = await fetcher.fetch(FetchRequest(url="http://news.example/feed", host_gap=now))
    assert isinstance(first, Fetched)
    assert second.trouble is Trouble.FORBIDDEN_ADDRESS
    assert internet.dialled == ["1.1.1.1"]


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1/feed", "http://localhost/feed", "http://[::1]/feed", "http://[::ffff:127.0.0.1]/feed",
     "http://2130706433/feed", "http://127.1/feed", "http://intranet.example/feed", "//0/feed", "file:///etc/passwd",
     "http://169.254.169.254/latest/meta-data/", "http://[64:ff9b::7f00:1]/", "http://news.example@127.0.0.1/feed"],
)  # fmt: skip
async def test_a_redirect_cannot_lead_inside(server, location):
    names = {"news.example": ["1.1.1.1"], "intranet.example": ["10.0.0.7"], "localhost": ["127.0.0.1", "::1"]}

    async def resolver(host, port):
        return names[host]

    server.redirect("/old", location)
    internet = Internet(server)
    async with HttpFetcher(resolver=resolver, network=internet) as fetcher:
        got = await fetcher.fetch(FetchRequest(url="http://news.example/old"))
    assert got.trouble in {Trouble.FORBIDDEN_ADDRESS, Trouble.BAD_URL}
    assert internet.dialled == ["1.1.1.1"]
    assert server.hits("/feed") == 0


async def test_a_connection_of_a_source_with_leave_is_no_way_in_for_one_without(server):
    async with HttpFetcher(resolver=answering(["127.0.0.1"], ["127.0.0.1"])) as fetcher:
        url = f"http://news.example:{server.port}/feed"
        assert isinstance(await fetcher.fetch(ask(url)), Fetched)
        assert pool(fetcher).idle == 1
        assert (await fetcher.fetch(ask(url, allow_private=False))).trouble is Trouble.FORBIDDEN_ADDRESS
    assert len(server.requests) == 1


async def test_the_next_address_is_tried_when_one_does_not_answer(server):
    async with HttpFetcher(resolver=answering(["127.0.0.2", "127.0.0.1"])) as fetcher:
        assert isinstance(await fetcher.fetch(ask(f"http://news.example:{server.port}/feed")), Fetched)


# --- use and reuse ---


async def test_a_connection_is_used_again(server):
    server.put("/none", "no", status=404)
    server.redirect("/old", "/feed")
    async with HttpFetcher() as fetcher:
        for path in ("/feed", "/none", "/old", "/feed"):
            await fetcher.fetch(ask(server.url + path))
        first = await fetcher.fetch(ask(server.url + "/feed"))
        await fetcher.fetch(ask(server.url + "/feed", etag=first.headers["etag"]))
        assert server.connections == 1
        assert pool(fetcher).open == pool(fetcher).idle == 1
    await server.until(lambda: server.open_connections == 0)


async def test_a_connection_that_was_closed_meanwhile_is_replaced(server):
    async with HttpFetcher() as fetcher:
        await fetcher.fetch(ask(server.url + "/feed"))
        await server.stop()
        await server.start()
        assert isinstance(await fetcher.fetch(ask(server.url + "/feed")), Fetched)
        assert pool(fetcher).open == 1


async def test_a_connection_that_dies_with_the_second_request_is_replaced(server):
    async with HttpFetcher() as fetcher:
        await fetcher.fetch(ask(server.url + "/feed"))
        server.put_raw("/gone", b"")
        got = await fetcher.fetch(ask(server.url + "/gone"))
        assert got.trouble is Trouble.BROKEN_ANSWER
        assert server.hits("/gone") == 2
        assert server.connections == 2


async def test_idle_connections_are_bounded():
    servers = [HttpServer() for _ in range(5)]
    for each in servers:
        await each.start()
        each.put("/feed", FEED)
    try:
        async with HttpFetcher(max_in_flight=2) as fetcher:
            for each in servers:
                await fetcher.fetch(ask(each.url + "/feed"))
            assert pool(fetcher).idle == 2
            await servers[0].until(lambda: sum(each.open_connections for each in servers) == 2)
    finally:
        for each in servers:
            await each.stop()


async def test_an_old_idle_connection_is_closed_when_another_comes_back(server):
    connections = Connections(httpcore.AnyIOBackend(), answering(), idle_seconds=0.0)
    async with HttpServer() as other, HttpFetcher() as fetcher:
        other.put("/feed", FEED)
        fetcher._connections = connections
        await fetcher.fetch(ask(server.url + "/feed"))
        await asyncio.sleep(0.01)
        await fetcher.fetch(ask(other.url + "/feed"))
        await server.until(lambda: server.open_connections == 0)


# --- nothing is left behind ---


async def test_no_trouble_leaves_a_connection_open(server):
    server.put_endless_body("/endless")
    server.put_cut("/cut", b"x" * 100, after=10)
    server.put_raw("/garbage", b"\x00\x01\x02 not HTTP\r\n\r\n")
    server.put_huge_headers("/headers")
    server.put_silence("/silence")
    server.put("/big", "x" * 200_000, status=500)
    async with HttpFetcher() as fetcher:
        for path in ("/endless", "/cut", "/garbage", "/headers", "/silence", "/big"):
            await fetcher.fetch(ask(server.url + path, max_bytes=10_000, deadline=timedelta(seconds=0.5)))
        assert pool(fetcher).open == 0
        await server.until(lambda: server.open_connections == 0)


async def test_a_fetch_that_is_cancelled_anywhere_leaves_nothing_behind(server):
    server.put("/feed", FEED * 20_000, headers={"Connection": "keep-alive"}, validators=False, delay=0.003)
    server.redirect("/old", "/feed")
    chance = random.Random(7)
    async with HttpFetcher() as fetcher:
        for _ in range(150):
            task = asyncio.create_task(fetcher.fetch(ask(server.url + chance.choice(["/feed", "/old"]))))
            for _ in range(chance.randrange(60)):
                await asyncio.sleep(0)
            await asyncio.sleep(chance.choice([0, 0, 0.002, 0.005]))
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await server.until(lambda: pool(fetcher).open == pool(fetcher).idle)
        assert isinstance(await fetcher.fetch(ask(server.url + "/feed")), Fetched)
        await server.until(lambda: server.open_connections == pool(fetcher).open)
        assert not fetcher._flights
    await server.until(lambda: server.open_connections == 0)
