"""CPU per request of the fetcher at 100 and at 1,000 hosts, beside a plain `httpx.AsyncClient` in the same run.

The hosts are loopback addresses (127.0.0.0/8) served by a child process, so only the client's own work is counted. All
hosts are asked at the same time, as happens when a daemon has been down for a while, and each over a new connection, as
happens when polls are minutes apart.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx

from monitor.core.ports import Fetched, FetchRequest
from monitor.fetch import HttpFetcher

BODY = b"<item><title>News of the day</title><link>https://news.example/1</link></item>\n" * 500
ROUNDS = {100: 3, 1_000: 1}
"""Of the plain client, by number of hosts; it needs a minute for the last. The fetcher always has three."""

Get = Callable[[str], Awaitable[int]]


async def run() -> list[str]:
    """The lines of the table."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.fetch", "--serve", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert child.stdout is not None
        return await _table(int(await child.stdout.readline()))
    finally:
        child.terminate()
        await child.wait()


async def _table(port: int) -> list[str]:
    lines = [f"{'hosts':>7}{'httpx client':>16}{'our fetcher':>16}{'ratio':>8}   CPU per request"]
    ours: dict[int, float] = {}
    for hosts, rounds in ROUNDS.items():
        urls = [f"http://127.{1 + n // 62_500}.{n // 250 % 250}.{1 + n % 250}:{port}/feed" for n in range(hosts)]
        theirs = min([await _plain_httpx(urls) for _ in range(rounds)])
        ours[hosts] = min([await _fetcher(urls) for _ in range(3)])
        lines.append(f"{hosts:>7}{theirs:>13.0f} µs{ours[hosts]:>13.0f} µs{theirs / ours[hosts]:>7.1f}x")
    few, many = ROUNDS
    lines.append(f"growth of our cost from {few} to {many:,} hosts: {ours[many] / ours[few]:.2f}x")
    return lines


async def _plain_httpx(urls: list[str]) -> float:
    async with httpx.AsyncClient(
        limits=httpx.Limits(max_connections=len(urls)), timeout=120, trust_env=False
    ) as client:

        async def get(url: str) -> int:
            return len((await client.get(url)).content)

        return await _measure(get, urls)


async def _fetcher(urls: list[str]) -> float:
    async with HttpFetcher(max_in_flight=len(urls)) as fetcher:

        async def get(url: str) -> int:
            request = FetchRequest(url=url, allow_private=True, host_gap=timedelta(0), deadline=timedelta(seconds=120))
            got = await fetcher.fetch(request)
            assert isinstance(got, Fetched), got
            return len(got.body)

        return await _measure(get, urls)


async def _measure(get: Get, urls: list[str]) -> float:
    """Microseconds of CPU per request."""
    began = time.process_time()
    sizes = await asyncio.gather(*(get(url) for url in urls))
    spent = time.process_time() - began
    assert set(sizes) == {len(BODY)}
    return spent / len(urls) * 1e6


async def _serve() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n" % len(BODY)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(head + BODY)
                await writer.drain()
        except (asyncio.IncompleteReadError, OSError):
            writer.close()

    server = await asyncio.start_server(answer, "0.0.0.0", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    if "--serve" in sys.argv:
        asyncio.run(_serve())
    else:
        print("\n".join(asyncio.run(run())))
