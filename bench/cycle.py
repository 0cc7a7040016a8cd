"""CPU per feed of a cycle in which nothing changed: the daemon's own path (source, fetcher, pipeline, store) beside a
naive loop of httpx and feedparser, in one run, on the same feeds from a server in a process of its own.

Twice: with validators (the server answers 304) and without (the whole body comes again, as from many real servers).
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import feedparser
import httpx

from monitor.app import utc_now
from monitor.core.model import RuleId, SourceId
from monitor.core.settings import RuleSettings, SourceSettings
from monitor.fetch import HttpFetcher
from monitor.matching import compile_rules
from monitor.pipeline import Pipeline, Rules
from monitor.sources import open_source
from monitor.sources.page import read_page
from monitor.store import open_store
from monitor.telemetry import Telemetry, configure_logging

FEEDS = 60
ITEMS = 30
CYCLES = 3
AT_ONCE = 50


def feed(number: int) -> bytes:
    """About 45 KB, as news feeds are: thirty items with HTML in their descriptions."""
    words = [f"word{(number * 7919 + i * 104_729) % 5_000}" for i in range(ITEMS * 170)]
    items = "".join(
        f"<item><title>Item {i} of feed {number}: {' '.join(words[i * 170 : i * 170 + 9])}</title>"
        f"<link>https://feed{number}.example/articles/{i}</link><guid>{number}-{i}</guid>"
        f"<pubDate>Thu, 13 Feb 2025 10:{i:02}:00 +0700</pubDate>"
        f"<description><![CDATA[<p>{' '.join(words[i * 170 + 9 : i * 170 + 90])} <a href='/x'>more</a></p>"
        f"<p>{' '.join(words[i * 170 + 90 : i * 170 + 170])}</p>]]></description></item>"
        for i in range(ITEMS)
    )
    return (
        f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Feed {number}</title>"
        f"<link>https://feed{number}.example/</link><description>A feed</description>{items}</channel></rss>"
    ).encode()


async def serve() -> None:
    """`/v/N` has an ETag and honours it, `/n/N` has no validators. Prints its port."""
    bodies = [feed(n) for n in range(FEEDS)]

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1]
                body = bodies[int(path.rsplit(b"/", 1)[1])]
                etag = b'"%d"' % len(body)
                validates = path.startswith(b"/v/")
                if validates and etag in head:
                    writer.write(b"HTTP/1.1 304 Not Modified\r\nETag: " + etag + b"\r\n\r\n")
                else:
                    tag = b"ETag: " + etag + b"\r\n" if validates else b""
                    writer.write(
                        b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
                        + tag
                        + b"Content-Length: %d\r\n\r\n" % len(body)
                        + body
                    )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@dataclass(frozen=True)
class Spent:
    """CPU milliseconds per feed: of the first cycle, and the best of the unchanged ones."""

    first: float
    unchanged: float


async def naive(urls: list[str]) -> Spent:
    """What a straightforward reader does: one client, validators sent, feedparser on every 200."""
    etags: dict[str, str] = {}
    seen: set[str] = set()
    gate = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:

        async def poll(url: str) -> None:
            async with gate:
                headers = {"If-None-Match": etags[url]} if url in etags else {}
                answer = await client.get(url, headers=headers)
            if answer.status_code == 304:
                return
            if "etag" in answer.headers:
                etags[url] = answer.headers["etag"]
            for entry in feedparser.parse(answer.content).entries:
                seen.add(entry.id)

        async def cycle() -> None:
            await asyncio.gather(*(poll(u) for u in urls))

        return await _measured(cycle, len(urls))


async def daemon(urls: list[str]) -> Spent:
    """The product's own parts, as `monitor.app` puts them together, with a store on disk."""
    rule = RuleSettings(id=RuleId("rule"), match="word17 AND word4000")
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(f"sqlite:///{Path(folder) / 'bench.db'}")
        async with HttpFetcher() as fetcher:
            pipeline = Pipeline(
                store=store,
                fetcher=fetcher,
                page_reader=read_page,
                rules=Rules(matcher=compile_rules((rule,), (), {}), rules={rule.id: rule}, memory=timedelta(days=90)),
                clock=utc_now,
                observer=Telemetry(),
                wake=lambda: None,
            )
            sources = [
                open_source(
                    SourceSettings(id=SourceId(f"s{n}"), url=url, kind="feed", allow_private=True, host_gap=timedelta())
                )
                for n, url in enumerate(urls)
            ]
            gate = asyncio.Semaphore(AT_ONCE)

            async def poll(source: object) -> None:
                async with gate:
                    await pipeline.poll(source)  # type: ignore[arg-type]

            async def cycle() -> None:
                await asyncio.gather(*(poll(s) for s in sources))
                await pipeline.flush()

            spent = await _measured(cycle, len(urls))
        await store.close()
        assert all(not s.failures for s in pipeline.states().values()), "a poll failed"
        return spent


async def _measured(cycle: object, feeds: int) -> Spent:
    times = []
    for _ in range(1 + CYCLES):
        before = time.process_time()
        await cycle()  # type: ignore[operator]
        times.append((time.process_time() - before) * 1_000 / feeds)
    return Spent(first=times[0], unchanged=min(times[1:]))


def _row(theirs: float, ours: float) -> str:
    return f"{theirs:>9.2f}{ours:>9.2f}{theirs / ours:>7.1f}x"


async def main() -> None:
    configure_logging(level="error")
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.cycle", "--serve", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert child.stdout is not None
        port = int(await child.stdout.readline())
        print(f"{FEEDS} feeds of {ITEMS} items, {len(feed(0)) // 1024} KB each; CPU ms per feed (best of {CYCLES})")
        print(f"{'':<34}{'naive':>9}{'monitor':>9}{'ratio':>8}")
        for name, letter in (("validators (304)", "v"), ("no validators (200, same body)", "n")):
            urls = [f"http://127.0.0.1:{port}/{letter}/{n}" for n in range(FEEDS)]
            theirs, ours = await naive(urls), await daemon(urls)
            print(f"unchanged, {name:<23}{_row(theirs.unchanged, ours.unchanged)}")
            print(f"first cycle, {name:<21}{_row(theirs.first, ours.first)}")
    finally:
        child.terminate()
        await child.wait()


if __name__ == "__main__":
    asyncio.run(serve() if "--serve" in sys.argv else main())
