"""A reload of rules with a list of 100,000 terms in a file of its own, while the loop goes on: how long it takes, and
how late a task wakes that sleeps 5 ms at a time. What is reloaded is what the daemon reloads (`app.load_all` on a
thread). Usage: python -m bench.reload [--terms 100000]
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from pathlib import Path

from bench.matching import words
from monitor.app import Loaded, load_all, settle

NAP = 0.005
CONFIG = """\
sources: [{id: a, url: "https://example.org/feed"}]
lists: {all: {file: terms.txt}}
rules: [{id: all, match: "list:all"}]
"""


def written(folder: Path, count: int) -> Path:
    chance = random.Random(7)
    vocabulary = words(chance, 30_000)
    terms: dict[str, None] = {}
    while len(terms) < count:
        terms[" ".join(chance.choices(vocabulary, k=chance.randint(2, 3)))] = None
    (folder / "terms.txt").write_text("\n".join(terms), "utf-8")
    (folder / "config.yaml").write_text(CONFIG, "utf-8")
    return folder / "config.yaml"


async def measured(path: Path) -> None:
    late: list[float] = []

    async def nap() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(NAP)
            late.append((time.perf_counter() - began - NAP) * 1_000)

    loaded: Loaded | None = None
    for what in ("first load", "reload", "reload"):
        settle()
        late.clear()
        napping = asyncio.create_task(nap())
        began = time.perf_counter()
        loaded = await asyncio.to_thread(load_all, path)  # what was loaded before is let go here, on the loop
        took = time.perf_counter() - began
        await asyncio.sleep(NAP * 2)
        napping.cancel()
        late.sort()
        print(f"{what:<11} {took:5.2f} s   late: median {late[len(late) // 2]:5.1f}   most {late[-1]:5.1f} ms")
    assert loaded is not None


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--terms", type=int, default=100_000)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measured(written(Path(folder), asked.parse_args().terms)))


if __name__ == "__main__":
    main()
