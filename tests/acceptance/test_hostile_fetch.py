"""Servers that mean harm: each costs bounded time and memory, and the others are read meanwhile.

The fetcher runs in a process of its own whose memory is limited by the system, so that a body that unfolds anywhere,
also inside a library, ends the test.
"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

import pytest

from tests.servers.http import HttpServer

ROOM = 256 * 2**20
"""Bytes of address space that the process may take beyond what it has after its imports."""

CHILD = textwrap.dedent(
    """
    import asyncio, json, pathlib, resource, sys
    from datetime import timedelta
    from monitor.core.ports import FetchRequest, Fetched
    from monitor.fetch import HttpFetcher

    room, deadline, urls = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]

    async def outcome(fetcher, url):
        got = await fetcher.fetch(FetchRequest(
            url=url, allow_private=True, host_gap=timedelta(0), deadline=timedelta(seconds=deadline)))
        return "fetched" if isinstance(got, Fetched) else got.trouble.value

    async def main():
        async with HttpFetcher() as fetcher:
            used = int(pathlib.Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (used + room, used + room))
            print(json.dumps(await asyncio.gather(*(outcome(fetcher, url) for url in urls))))

    asyncio.run(main())
    """
)


@pytest.fixture
def server():
    with HttpServer.in_thread(host="0.0.0.0") as running:
        running.put("/sound", "<rss/>")
        yield running


def outcomes(server: HttpServer, *paths: str, room: int = ROOM, deadline: float = 30) -> list[str]:
    """Each path is asked of a host of its own, so that politeness does not keep the requests apart."""
    urls = [f"http://127.0.0.{number}:{server.port}{path}" for number, path in enumerate(paths, start=1)]
    command = [
        sys.executable,
        "-W",
        "error",
        "-c",
        CHILD,
        str(room),
        str(deadline),
        *urls,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.mark.skipif(
    sys.platform != "linux", reason="the limit of memory is read from and set through Linux's interfaces"
)
class TestWithLittleMemory:
    def test_a_gigabyte_in_a_gzip_bomb_is_not_unfolded(self, server):
        server.put_gzip_bomb("/bomb")
        assert outcomes(server, "/bomb", "/sound") == ["too_big", "fetched"]

    def test_many_bombs_at_once_are_no_worse(self, server):
        paths = [f"/bomb{number}" for number in range(12)]
        for path in paths:
            server.put_gzip_bomb(path)
        assert outcomes(server, *paths, "/sound") == ["too_big"] * 12 + ["fetched"]

    def test_many_large_bodies_at_once_are_read_a_few_at_a_time(self, server):
        paths = [f"/large{number}" for number in range(30)]
        for path in paths:
            server.put_gzip_bomb(path, size=14 * 2**20)
        assert outcomes(server, *paths, "/sound", deadline=60) == ["fetched"] * 31

    def test_an_endless_body_is_left(self, server):
        server.put_endless_body("/endless")
        assert outcomes(server, "/endless", "/sound") == ["too_big", "fetched"]

    def test_endless_headers_are_left(self, server):
        server.put_huge_headers("/headers", size=2**30)
        assert outcomes(server, "/headers", "/sound") == ["broken_answer", "fetched"]

    def test_the_limit_of_memory_is_one_that_a_bomb_would_break(self, server):
        """Or the tests above would prove nothing."""
        server.put("/big", bytes(12 * 2**20))
        with pytest.raises(AssertionError):
            outcomes(server, "/big", room=2**20)


def test_slow_servers_end_at_the_deadline_and_hold_nobody_up(server):
    server.put_slow_head("/slow-head")
    server.put_slow_body("/slow-body")
    server.put_silence("/silence")
    got = outcomes(server, "/slow-head", "/slow-body", "/silence", "/sound", deadline=2)
    assert got == ["timeout", "timeout", "timeout", "fetched"]


def test_a_server_that_talks_nonsense_is_left(server):
    server.put_raw("/garbage", b"\x16\x03\x01 this is not HTTP\r\n\r\n" * 100)
    server.put_cut("/cut", b"<rss>" * 1000, after=100)
    server.put_redirect_loop("/loop")
    server.put_endless_redirects("/on")
    got = outcomes(server, "/garbage", "/cut", "/loop", "/on", "/sound")
    assert got == ["broken_answer", "broken_answer", "redirects", "redirects", "fetched"]
