"""How long `monitor backtest` takes for the rule of one entity among many, over a store of items of 2 KB; the command
is run as a user runs it. Usage: python -m bench.backtest [--items 20000] [--entities 1000]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.matching import MENTIONED, TEXT_BYTES, news_of, people, words
from monitor.core.model import Fingerprint, Item, NewItem, Relation, SourceId, StoryId, StoryLink
from monitor.store import open_store

DAYS = 20
SENTENCES = 200
"""Texts whose sentences are put together anew for each item."""
AT_ONCE = 1_000
STATED = 100_000


def texts_of(chance: random.Random, count: int, names: list[str]) -> Iterator[str]:
    vocabulary = words(chance, 30_000)[:8_000]
    sentences = [s + "." for _ in range(SENTENCES) for s in news_of(chance, vocabulary, None).rstrip(".").split(". ")]
    for number in range(count):
        picked: list[str] = []
        size = 0
        while size < TEXT_BYTES:
            picked.append(chance.choice(sentences))
            size += len(picked[-1].encode()) + 1
        if number % MENTIONED == 0:
            picked[1] = f"{picked[1][:-1]} {chance.choice(names)}."
        yield " ".join(picked)


async def filled(folder: Path, count: int, names: list[str]) -> None:
    store = await open_store(f"sqlite:///{folder}/bench.db")
    now = datetime.now(UTC)
    made: list[NewItem] = []
    for number, text in enumerate(texts_of(random.Random(7), count, names)):
        url = f"https://outlet-{number % 50}.example/{number}"
        item = Item(
            source=SourceId(f"outlet-{number % 50}"), uid=url, url=url, canonical_url=url, text=text, language="en",
            title=text[:60].rpartition(" ")[0], taken_in=now - timedelta(days=DAYS * (1 - number / count)),
        )  # fmt: skip
        link = StoryLink(story=StoryId(number), relation=Relation.NEW, score=1.0, of=None, reason="")
        made.append(NewItem(item=item, fingerprint=Fingerprint(keys=(), sketch=b""), link=link, matches=()))
        if len(made) == AT_ONCE or number + 1 == count:
            batch, made = tuple(made), []
            await store.transact(lambda intake, batch=batch: intake.add_items(batch))  # type: ignore[misc]
    await store.close()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--items", type=int, default=20_000)
    asked.add_argument("--entities", type=int, default=1_000)
    given = asked.parse_args()
    names = people(given.entities, random.Random(7))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        entities = {f"e{i}": {"name": name} for i, name in enumerate(names)}
        rules = [
            {"id": "one", "match": "entity:e0"},
            {"id": "all", "any": [f"entity:e{i}" for i in range(len(names))]},
        ]
        config = {
            "store": f"sqlite:///{folder}/bench.db",
            "sources": [{"id": "a", "url": "https://example.org/feed"}],
            "entities": entities,
            "rules": rules,
        }
        (folder / "config.yaml").write_text(json.dumps(config), "utf-8")
        asyncio.run(filled(folder, given.items, names))
        for rule, what in (("one", "a rule of one entity"), ("all", f"a rule of {len(names)}")):
            before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            command = [sys.executable, "-m", "monitor", "backtest", rule, "--config", str(folder / "config.yaml")]
            ran = subprocess.run([*command, "--json", "--samples", "0"], check=True, stdout=subprocess.PIPE, text=True)
            took = time.perf_counter() - begin
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            said = json.loads(ran.stdout.splitlines()[0])
            per_stated = took * STATED / given.items
            print(
                f"{what:<22} {said['items']} items, {said['matches']} match   {took:6.1f} s   {cpu:6.1f} s CPU"
                f"   {per_stated:6.1f} s for {STATED}"
            )


if __name__ == "__main__":
    main()
