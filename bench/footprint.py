"""What the whole daemon takes: the memory of `monitor run` with a thousand feeds, and how long its event loop keeps
others waiting at the rate of ten thousand feeds in five minutes. Usage: python -m bench.footprint [FEEDS]
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from bench.feeds import addresses, server
from monitor.app import Daemon, load_all, settle
from monitor.store import open_store
from monitor.telemetry import configure_logging

FEEDS = 1_000
MEMORY_AIM = 150.0
EVERY = 60
AT_RATE = 2_000
"""Feeds polled every `EVERY` seconds: as many polls a second as of ten thousand feeds every five minutes."""
LAG_SECONDS = 60
LAG_AIM = 50.0
PROBE = 0.005
PATIENCE = 300.0


def configuration(folder: Path, urls: Iterable[str], every: int) -> Path:
    sources = [
        {"id": f"s{n}", "url": url, "kind": "feed", "every": f"{every}s", "allow_private": True}
        for n, url in enumerate(urls)
    ]
    rules = [{"id": f"r{n}", "match": f"word{n} OR (minister AND talks)"} for n in range(50)]
    path = folder / "config.yaml"
    settings = {"store": "sqlite:///monitor.db", "web": False, "sources": sources, "rules": rules}
    path.write_text(json.dumps(settings), "utf-8")  # JSON is YAML
    return path


async def make_store(path: Path) -> None:
    """Else the daemon would carry what makes the tables, as in its very first life."""
    await (await open_store(f"sqlite:///{path}")).close()


def polled(store: Path, times: int) -> int:
    """How many sources were polled at least so often, as far as it is written down."""
    try:
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=30)) as raw:
            (count,) = raw.execute(
                "SELECT count(*) FROM sources WHERE json_extract(state, '$.polls') >= ?", (times,)
            ).fetchone()
    except sqlite3.Error:
        return 0  # not there yet
    return int(count)


def megabytes(process: int, field: str) -> float:
    status = Path(f"/proc/{process}/status").read_text("ascii")
    found = re.search(rf"{field}:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1024


def memory(feeds: int) -> None:
    """Of the daemon as it is started from a shell, after two polls of each source."""
    with server(feeds) as port, tempfile.TemporaryDirectory() as folder:
        urls = [*addresses(port, "v", feeds)[::2], *addresses(port, "n", feeds)[1::2]]
        path = configuration(Path(folder), urls, every=20)
        asyncio.run(make_store(Path(folder) / "monitor.db"))
        command = [sys.executable, "-m", "monitor", "run", "--config", str(path), "--log-level", "error"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
            try:
                deadline = time.monotonic() + PATIENCE
                while (done := polled(Path(folder) / "monitor.db", 2)) < feeds and time.monotonic() < deadline:
                    time.sleep(1)
                resident, most = megabytes(child.pid, "VmRSS"), megabytes(child.pid, "VmHWM")
            finally:
                child.terminate()
        word = "ok" if resident < MEMORY_AIM else "MISSED"
        print(
            f"memory of `monitor run`, {done} of {feeds} feeds polled twice: {resident:.0f} MB, at most {most:.0f} MB"
            f"   < {MEMORY_AIM:.0f} MB   {word}",
            flush=True,
        )


async def loop_lag(port: int) -> None:
    urls = addresses(port, "n", AT_RATE)
    urls[::2] = addresses(port, "v", AT_RATE)[::2]
    urls[::20] = addresses(port, "c", AT_RATE)[::20]
    with tempfile.TemporaryDirectory() as folder:
        daemon = await Daemon.open(load_all(configuration(Path(folder), urls, EVERY)))
        settle()
        running = asyncio.create_task(daemon.run())
        deadline = time.monotonic() + PATIENCE
        while sum(s.polls > 0 for s in daemon.pipeline.states().values()) < AT_RATE and time.monotonic() < deadline:  # noqa: ASYNC110
            await asyncio.sleep(1)
        before = sum(s.polls for s in daemon.pipeline.states().values())
        lags, began, cpu = [], time.monotonic(), time.process_time()
        while (now := time.monotonic()) < began + LAG_SECONDS:
            await asyncio.sleep(PROBE)
            lags.append((time.monotonic() - now - PROBE) * 1_000)
        cpu = time.process_time() - cpu
        polls = sum(s.polls for s in daemon.pipeline.states().values()) - before
        daemon.stop()
        await running
        await daemon.close()
    lags.sort()
    worst = lags[int(len(lags) * 0.99)]
    word = "ok" if worst < LAG_AIM else "MISSED"
    print(
        f"loop lag at {polls / LAG_SECONDS:.0f} polls a second ({AT_RATE} feeds every {EVERY} s, as of 10,000 in five "
        f"minutes; half of them answer 304, one in twenty has news): p99 {worst:.0f} ms, most {lags[-1]:.0f} ms, "
        f"{cpu / LAG_SECONDS:.0%} of a core   < {LAG_AIM:.0f} ms   {word}",
        flush=True,
    )


def main(feeds: int) -> None:
    memory(feeds)
    with server(AT_RATE) as port:
        asyncio.run(loop_lag(port))


if __name__ == "__main__":
    os.environ.pop("MONITOR_CONFIG", None)
    configure_logging(level="error")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FEEDS)
