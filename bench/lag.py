"""How long the loop is held up while 200 new feeds of 30 items are read, fifty at once: a task that sleeps 5 ms at a
time, and how much later it wakes. With parsing on threads, as it is, and on the loop itself. Usage: python -m bench.lag
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

from bench import polls
from bench.feeds import addresses, server
from monitor.sources import kinds
from monitor.telemetry import configure_logging

FEEDS = 200
NAP = 0.005


async def measured(urls: list[str]) -> list[float]:
    late: list[float] = []

    async def nap() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(NAP)
            late.append((time.perf_counter() - began - NAP) * 1_000)

    napping = asyncio.create_task(nap())
    await polls.daemon(urls, runs=1)  # the second round has nothing new, and few naps
    napping.cancel()
    return sorted(late)


def child(where: str) -> None:
    configure_logging(level="error")
    if where == "loop":
        kinds._WORTH_A_THREAD = sys.maxsize  # noqa: SLF001 - this is what is compared
    late = asyncio.run(measured(sys.stdin.read().split()))
    print(
        f"parsing on {where:<8} median {late[len(late) // 2]:6.1f}   p99 {late[len(late) * 99 // 100]:6.1f}   "
        f"most {late[-1]:6.1f} ms"
    )


def main() -> None:
    with server(FEEDS) as port:
        for where in ("threads", "loop"):
            urls = "\n".join(addresses(port, "n", FEEDS))
            subprocess.run([sys.executable, "-m", "bench.lag", where], input=urls, text=True, check=True)


if __name__ == "__main__":
    child(sys.argv[1]) if len(sys.argv) > 1 else main()
