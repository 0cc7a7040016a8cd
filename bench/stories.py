"""What the story of an item costs: sketch, lookup, judging and adding, beside 1,000, 100,000 and a million items.

The stores are real files, filled straight into their tables in the order of their keys, by a process of its own: a
million items in about two minutes. Their texts come from a pool of 3,000, made of words that are as frequent as words
are (Zipf), with real sketches. Each item has the copy keys of nobody else and the event keys of its text, so that at a
million items every key is held by more than are ever looked at: worse than any real press. Every item that is timed
is wanted by a rule, which at most of those of a real press are not.
`python -m bench.stories [--sizes 1000,100000,1000000] [--across-languages]`; with the latter a word of six is a name,
and the items are of four languages.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, thread_time

import numpy as np

from bench.matching import resident
from monitor.core.model import Identity, Item, Match, NewItem, RuleId, SourceId
from monitor.core.ports import Intake
from monitor.pipeline.judging import linked, sketched
from monitor.pipeline.lexicon import Lexicon
from monitor.store import SqlStore, open_store
from monitor.store.records import pack
from monitor.stories import Index, Standard, Vocabulary, copy_keys, event_keys, name_keys, sketch_of

NOW = datetime(2025, 2, 13, tzinfo=UTC)
MEMORY = timedelta(days=90)
POOL = 3_000
WORDS = 60_000
TIMED = 300
P95_AIM, GROWTH_AIM, MEMORY_AIM = 5.0, 3.0, 300.0
LANGUAGES = ("id", "en", "es", "de")
STEPS = ("sketch", "lookup and judge", "add", "all", "CPU")


class Press:
    """Texts of about 250 words; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        ranks = np.arange(1, WORDS + 1)
        self._shares = (1 / ranks) / (1 / ranks).sum()

    def text(self, size: int) -> str:
        """A word of six is a name, and has a capital."""
        ranks = self._chance.choice(WORDS, size, p=self._shares)
        return " ".join(_word(rank).title() if rank % 6 == 5 else _word(rank) for rank in ranks)

    def items(self, count: int) -> Iterator[tuple[str, str]]:
        for _ in range(count):
            yield self.text(9), self.text(int(self._chance.integers(150, 350)))


def _word(rank: int) -> str:
    """A word of its own for each rank, that differs in its first letters."""
    letters = []
    rank += 1
    while rank:
        rank, letter = divmod(rank, 75)
        letters.append("bcdfghjklmnpqrs"[letter // 5] + "aeiou"[letter % 5])
    return "".join(letters)


def fill(path: Path, count: int, *, across: bool) -> None:
    """Into a store that is there and empty."""
    pool = [
        sketch_of(
            title=title, text=text, canonical_url="", language=LANGUAGES[n % 4] if across else "id",
            across_languages=across,
        )
        for n, (title, text) in enumerate(Press(1).items(POOL))
    ]  # fmt: skip
    vocabulary = Vocabulary()
    for number in range(count):
        vocabulary.add(pool[number % POOL])
    chance = np.random.default_rng(2)
    copies = len(copy_keys(pool[0])) + 1
    events = [np.array([*event_keys(s, vocabulary), *name_keys(s, vocabulary)], np.int64) for s in pool]
    packed = [s.pack() for s in pool]
    keys = chance.integers(-(1 << 63), 1 << 63, (count, copies), np.int64)
    seen = int(NOW.timestamp() * 1e6) - 7 * 86_400_000_000

    def remembered() -> Iterator[tuple[object, ...]]:
        for n in range(count):
            mine = pack((*keys[n].tolist(), *events[n % POOL].tolist()))
            story = (n * 0x9E37_79B9_7F4A_7C15) % (1 << 63)
            at = seen + n * 7 * 86_400_000_000 // (count + 1)
            title = f"A headline of about the usual length, number {n}"
            yield n + 1, n.to_bytes(16, "big"), f"outlet-{n % 200}", story, title, mine, packed[n % POOL], at, b"", 0, 0

    every = np.concatenate([keys.ravel(), *(events[n % POOL] for n in range(count))])
    items = np.arange(1, count + 1)
    sizes = [len(events[n % POOL]) for n in range(count)]
    whose = np.concatenate([np.repeat(items, copies), np.repeat(items, sizes)])
    order = np.lexsort((whose, every))
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executemany(
            "INSERT INTO memory (item, uid_key, source, story, title, packed_keys, sketch, seen_at, packed_identity,"
            " content_mark, edits) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            remembered(),
        )
        for at in range(0, len(order), 1_000_000):
            some = order[at : at + 1_000_000]
            pairs = zip(every[some].tolist(), whose[some].tolist(), strict=True)
            raw.executemany("INSERT INTO memory_keys (key, item) VALUES (?,?)", pairs)
        raw.execute("INSERT INTO vocabulary VALUES (?,?)", (count, vocabulary.pack()))


def items(count: int) -> list[Item]:
    """Half of them tell in other words what the pool tells: the same headline's words, the same names."""
    chance = random.Random(3)
    known, new = list(Press(1).items(POOL)), Press(4).items(count)
    made = []
    for n, (title, text) in enumerate(new):
        if n % 2:
            other_title, other_text = chance.choice(known)
            told = " ".join(chance.sample(other_text.split(), 120))
            title, text = other_title, f"{told} {text[:800]}"  # noqa: PLW2901 # the item as it is
        url = f"https://outlet.example/articles/{n}"
        made.append(Item(source=SourceId("outlet"), uid=url, url=url, canonical_url=url, title=title, text=text,
                         language="id", taken_in=NOW))  # fmt: skip
    return made


async def measured(store: SqlStore, lexicon: Lexicon, wanted: list[Item], standard: Standard) -> dict[str, list[float]]:
    """Milliseconds of each step, and of CPU for all; each item in a transaction of its own, whose commit is in none."""
    times: dict[str, list[float]] = {step: [] for step in STEPS}

    def take(intake: Intake, item: Item) -> None:
        cpu, began = thread_time(), perf_counter()
        sketch = sketched(item, standard)
        made = perf_counter()
        lexicon.vocabulary.add(sketch)
        index = Index()
        for known in intake.candidates(copy_keys(sketch), NOW - MEMORY):
            index.add(known)
        mark, link = linked(
            intake, item, sketch, lexicon.vocabulary, index, NOW, MEMORY, is_wanted=True, standard=standard
        )
        judged = perf_counter()
        matches = (Match(rule=RuleId("all"), hits=()),)
        intake.add_items([NewItem(item=item, fingerprint=mark, link=link, matches=matches, identity=Identity())])
        added = perf_counter()
        spent = (made - began, judged - made, added - judged, added - began, thread_time() - cpu)
        for step, seconds in zip(STEPS, spent, strict=True):
            times[step].append(1_000 * seconds)

    for item in wanted:
        await store.transact(lambda intake, item=item: take(intake, item))
    return {step: sorted(of[len(of) // 10 :]) for step, of in times.items()}  # the first ones warm up


async def at(size: int, folder: Path, *, across: bool) -> tuple[float, float]:
    """The 95th percentile of all steps, and megabytes of this process."""
    path = folder / f"{size}.db"
    await (await open_store(f"sqlite:///{path}")).close()
    began = perf_counter()
    subprocess.run(  # noqa: ASYNC221 # nothing else runs
        [sys.executable, "-m", "bench.stories", "--fill", str(path), str(size), *["--across-languages"] * across],
        check=True,
    )
    filled = perf_counter() - began
    bytes_each = path.stat().st_size / size
    store = await open_store(f"sqlite:///{path}")
    lexicon = Lexicon()
    await lexicon.load(store)
    gc.collect()
    gc.freeze()
    times = await measured(store, lexicon, items(TIMED), Standard(across_languages=across))
    await store.close()
    path.unlink()
    cells = [f"{step} {of[len(of) // 2]:.2f} / {of[int(len(of) * 0.95)]:.2f}" for step, of in times.items()]
    print(f"{size:>9} items, ms p50 / p95:  {'   '.join(cells)}", flush=True)
    print(f"{'':>9} {bytes_each:,.0f} bytes an item, {resident():.0f} MB, filled in {filled:.0f} s", flush=True)
    return times["all"][int(len(times["all"]) * 0.95)], resident()


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--sizes", default="1000,100000,1000000")
    asked.add_argument("--fill", nargs=2)
    asked.add_argument("--across-languages", action="store_true")
    given = asked.parse_args()
    across: bool = given.across_languages
    if given.fill:
        fill(Path(given.fill[0]), int(given.fill[1]), across=across)
        return
    with tempfile.TemporaryDirectory() as folder:
        found = [asyncio.run(at(int(size), Path(folder), across=across)) for size in given.sizes.split(",")]
    (first, _), (last, memory) = found[0], found[-1]
    for name, value, aim, unit in (
        ("p95 at the most", last, P95_AIM, "ms"),
        ("above the least", last - first, GROWTH_AIM, "ms"),
        ("memory", memory, MEMORY_AIM, "MB"),
    ):
        print(f"{name}: {value:.1f} {unit}   <= {aim:.0f} {unit}   {'ok' if value <= aim else 'MISSED'}")


if __name__ == "__main__":
    main()
