"""Ways to go through a list of feeds, each measured in a process of its own (`python -m bench.polls WHAT`): the
daemon's own path, a bare request on its transport, and a naive loop of httpx and feedparser.

Polls are minutes apart, so no connection outlives a cycle here, whoever makes it; but where `kept` is asked for.
"""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import httpcore
import httpx

from bench.feeds import CHANGES, ITEMS, LANGUAGES, Feed
from monitor.app import settle
from monitor.core.model import ChannelId, Document, RuleId, SourceId
from monitor.core.settings import RuleSettings, SourceSettings
from monitor.extract.feeds import parse_feed
from monitor.extract.slices import Slices
from monitor.fetch import HttpFetcher
from monitor.fetch.connections import Connections
from monitor.fetch.network import system_resolver
from monitor.matching import compile_rules
from monitor.pipeline import Pipeline, Rules
from monitor.sources import open_source
from monitor.sources.page import read_page
from monitor.store import open_store
from monitor.telemetry import Telemetry, configure_logging

AT_ONCE = 50
RUNS = 3
KEPT_RUNS = 30
"""Of a tenth of the feeds: as many connections as are kept."""

Once = Callable[[str], Awaitable[object]]


async def nothing() -> None:
    pass


async def through(urls: Sequence[str], once: Once, after: Callable[[], Awaitable[object]] = nothing) -> float:
    """Milliseconds of CPU per feed, all threads counted. What has to be done `after` is counted in: a connection that
    is not kept costs its closing, which a hundred of them would be spared otherwise and a thousand not."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def guarded(url: str) -> None:
        async with gate:
            await once(url)

    began = time.process_time()
    await asyncio.gather(*(guarded(url) for url in urls))
    await after()
    return (time.process_time() - began) * 1_000 / len(urls)


async def bare(urls: Sequence[str], *, kept: bool = False) -> dict[str, float]:
    """A request and its answer on the transport of the daemon, and nothing more."""
    settle()  # as the daemon does
    etags: dict[str, str] = {}
    spent = []
    pool = Connections(httpcore.AnyIOBackend(), system_resolver)

    async def once(url: str) -> None:
        headers = {"User-Agent": "bench"} | ({"If-None-Match": etags[url]} if url in etags else {})
        ours = {"proxy": "", "allow_private": True}
        answer = await pool.handle_async_request(httpx.Request("GET", url, headers=headers, extensions=ours))
        async for _ in answer.aiter_raw():
            pass
        await answer.aclose()
        etags[url] = answer.headers.get("etag", "")

    for _ in range(1 + (KEPT_RUNS if kept else RUNS)):
        cost = await through(urls, once, nothing if kept else pool.aclose)
        spent.append(cost)
    await pool.aclose()
    return {"unchanged": min(spent[1:])}


async def naive(urls: Sequence[str]) -> dict[str, float]:
    """What a straightforward reader does: validators sent, feedparser on every 200."""
    etags: dict[str, str] = {}
    seen: set[str] = set()
    spent = []

    for _ in range(1 + RUNS):
        async with httpx.AsyncClient(timeout=60, trust_env=False) as client:

            async def once(url: str) -> None:
                headers = {"If-None-Match": etags[url]} if url in etags else {}
                answer = await client.get(url, headers=headers)
                if answer.status_code == 304:
                    return
                if "etag" in answer.headers:
                    etags[url] = answer.headers["etag"]
                seen.update(entry.id for entry in feedparser.parse(io.BytesIO(answer.content)).entries)

            spent.append(await through(urls, once, client.aclose))
    assert len(seen) == ITEMS * len(urls)
    return {"first": spent[0], "unchanged": min(spent[1:])}


def some_rules() -> tuple[RuleSettings, ...]:
    """Pairs of words in all languages, so that about one item in ten hits something."""
    desk = (ChannelId("desk"),)
    vocabularies = [words.split() for words in LANGUAGES.values()]
    return tuple(
        RuleSettings(
            id=RuleId(f"r{n}"), match=f"title:({words[n % len(words)]} AND {words[(n + 3) % len(words)]})", to=desk
        )
        for n, words in enumerate(vocabularies * 2)
    )


async def daemon(urls: Sequence[str], *, kept: bool = False, runs: int = RUNS) -> dict[str, float]:
    """The product's own parts as `monitor.app` puts them together, with a store on disk."""
    rules = some_rules()
    sources = {
        url: open_source(
            SourceSettings(id=SourceId(f"s{n}"), url=url, kind="feed", allow_private=True, host_gap=timedelta())
        )
        for n, url in enumerate(urls)
    }
    compiled = Rules(matcher=compile_rules(rules, (), {}), rules={r.id: r for r in rules}, memory=timedelta(days=90))
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(f"sqlite:///{Path(folder) / 'bench.db'}")
        fetcher = HttpFetcher(user_agent="bench")
        observer = Telemetry()
        settle()
        for cycle in range(1 + runs):
            if not kept and cycle:
                fetcher = HttpFetcher(user_agent="bench")
            pipeline = Pipeline(
                store=store,
                fetcher=fetcher,
                page_reader=read_page,
                rules=compiled,
                clock=lambda: datetime.now(UTC),
                observer=observer,
                wake=lambda: None,
            )
            await pipeline.load()

            async def after(pipeline: Pipeline = pipeline, fetcher: HttpFetcher = fetcher) -> None:
                await pipeline.flush()
                if not kept:
                    await fetcher.aclose()

            spent.append(await through(urls, lambda url: pipeline.poll(sources[url]), after))  # noqa: B023 - the same
            assert not any(state.failures for state in pipeline.states().values()), "a poll failed"
        await fetcher.aclose()
        counts = await store.counts()
        told = len(await store.alerts(limit=10**6))
        await store.close()
    return {"first": spent[0], "unchanged": min(spent[1:]), "items": counts.items / len(urls), "decisions": told}


async def changed(urls: Sequence[str]) -> dict[str, float]:
    """One new entry with each poll (the paths of `urls` are `/c/…`), and feedparser alone on what was served."""
    ours = await daemon(urls, runs=min(RUNS, CHANGES))
    assert ours["items"] == ITEMS + min(RUNS, CHANGES), "each poll should have brought one item"
    feeds = [Feed(int(url.rsplit("/", 1)[1])) for url in urls[:300]]
    documents = [feed.body(1) for feed in feeds]
    slices = [Slices() for _ in feeds]
    known = [frozenset(_read(f.body(0), slices=s).marks) for f, s in zip(feeds, slices, strict=True)]
    best, read = [], []
    for _ in range(2):
        began = time.process_time()
        for document in documents:
            feedparser.parse(io.BytesIO(document))
        best.append((time.process_time() - began) * 1_000 / len(documents))
        began = time.process_time()
        for document, marks, seen in zip(documents, known, slices, strict=True):
            assert len(_read(document, marks, seen).entries) == 1
        read.append((time.process_time() - began) * 1_000 / len(documents))
    return ours | {"feedparser": min(best), "read": min(read)}


def _read(document: bytes, known: frozenset[int] = frozenset(), slices: Slices | None = None) -> Document:
    found = parse_feed(document, known=known, slices=slices)
    assert isinstance(found, Document)
    return found


WHAT: dict[str, Callable[[Sequence[str]], Awaitable[dict[str, float]]]] = {
    "bare": bare,
    "bare-kept": lambda urls: bare(urls, kept=True),
    "naive": naive,
    "daemon": daemon,
    "daemon-kept": lambda urls: daemon(urls, kept=True, runs=KEPT_RUNS),
    "changed": changed,
}


def measured(what: str, urls: Iterable[str]) -> dict[str, Any]:
    """Runs one of `WHAT` in a process of its own."""
    child = subprocess.run(
        [sys.executable, "-m", "bench.polls", what],
        input="\n".join(urls),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(child.stdout)
    return found


if __name__ == "__main__":
    configure_logging(level="error")
    print(json.dumps(asyncio.run(WHAT[sys.argv[1]](sys.stdin.read().split()))))  # type: ignore[arg-type]
