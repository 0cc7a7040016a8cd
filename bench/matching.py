"""What matching costs: CPU per text of 2 KB at growing numbers of phrases and of entities, against `re` per rule.

Texts and phrases are made of one vocabulary of made-up words in three scripts. The comparison between sizes is fair:
at every size one phrase is cut out of each text, so that each item matches one rule, and all other phrases are made of
words of the vocabulary but stand in no text. (With phrases taken at random the number of matches would grow with the
rules, and what is measured would be the writing down of matches.) Each size runs in a process of its own, so that its
memory is its own. `scan` is one bare automaton over the same phrases, on texts folded beforehand; `re` runs them as
one compiled pattern each, on few texts; `list` has all of them in one list of one rule.
Usage: python -m bench.matching [--texts 100] [--terms 100,1000,10000,100000] [--entities 1,100,1000]
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import ahocorasick_rs

from monitor.core.model import EntityId, Item, ListId, RuleId, SourceId
from monitor.core.settings import EntitySettings, RuleSettings
from monitor.matching import compile_rules
from monitor.matching.automaton import Automaton
from monitor.text.folding import fold_text

SYLLABLES = {
    "latin": ("ka", "ro", "ste", "lin", "var", "mo", "tes", "pri", "gan", "dol", "é", "shu", "bre", "nik"),
    "cyrillic": ("ка", "ро", "сте", "лин", "вар", "мо", "тес", "при", "ган", "дол", "ё", "шу"),
    "han": ("说", "国", "会", "人", "时", "年", "新", "大", "中", "学", "来", "行", "发", "方"),
}
TEXT_BYTES = 2_048
RE_TEXTS = 3
T = TypeVar("T")


def words(chance: random.Random, count: int) -> list[str]:
    """Words with a long tail: few short common ones, many long rare ones; mostly Latin."""
    made: dict[str, None] = {}
    while len(made) < count:
        script = chance.choices(("latin", "cyrillic", "han"), (8, 2, 1))[0]
        made["".join(chance.choices(SYLLABLES[script], k=chance.randint(2, 4)))] = None
    return list(made)


def text_of(chance: random.Random, vocabulary: Sequence[str]) -> str:
    parts: list[str] = []
    size = 0
    while size < TEXT_BYTES:
        word = vocabulary[min(int(chance.paretovariate(0.5)), len(vocabulary)) - 1]
        parts.append(word.capitalize() if chance.random() < 0.15 else word)
        size += len(word.encode()) + 1
    return " ".join(parts)


def item_of(text: str) -> Item:
    return Item(
        source=SourceId("bench"), uid="1", url="", canonical_url="", title="", text=text, language="en",
        taken_in=datetime(2025, 2, 13, tzinfo=UTC),
    )  # fmt: skip


def per_run(work: Callable[[T], object], given: Sequence[T]) -> float:
    """Microseconds of CPU for one of `given`, the best of five passes."""
    best = float("inf")
    for _ in range(5):
        begin = time.process_time()
        for one in given:
            work(one)
        best = min(best, time.process_time() - begin)
    return 1e6 * best / len(given)


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def row(*cells: object) -> None:
    """Text as it is, numbers with as many digits as they deserve."""
    shown = [
        f"{c:.2f}" if isinstance(c, float) and c < 10 else f"{c:.0f}" if isinstance(c, float) else str(c) for c in cells
    ]
    print("".join(f"{cell:>11}" for cell in shown), flush=True)


def resident() -> float:
    """Megabytes in use now; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize() / 1_048_576
    except OSError:
        return 0.0


def phrases_of(count: int, texts: Sequence[str], vocabulary: Sequence[str], chance: random.Random) -> list[str]:
    """`count` different phrases: one out of each text, the rest in none."""
    made: dict[str, None] = {}
    everything = fold_text("\n".join(texts))
    for text in texts[:count]:
        there = text.split()
        own = (" ".join(there[at : at + 2]) for at in chance.sample(range(len(there) - 2), len(there) - 2))
        made[next(phrase for phrase in own if everything.count(fold_text(phrase)) == 1)] = None
    while len(made) < count:
        size = chance.choices((1, 2, 3), (1, 6, 6))[0]
        batch = {fold_text(p): p for p in (" ".join(chance.choices(vocabulary, k=size)) for _ in range(count))}
        literals = list(batch)
        there_too = {literals[index] for index, _, _ in Automaton(literals).find(everything)}
        made.update(dict.fromkeys(phrase for folded, phrase in batch.items() if folded not in there_too))
    return list(made)[:count]


PHRASE_COLUMNS = (
    "rules", "matches", "fold", "scan", "match", "match/scan", "re", "re/match", "build s", "MB", "list", "list s",
)  # fmt: skip


def phrases(count: int, texts: Sequence[str], vocabulary: Sequence[str], chance: random.Random) -> None:
    wanted = phrases_of(count, texts, vocabulary, chance)
    items = [item_of(text) for text in texts]
    rules = [RuleSettings(id=RuleId(str(i)), match=f'"{p}"') for i, p in enumerate(wanted)]
    compile_rules(rules[:1], [], {}).match(items[0])  # what is read and learnt once is in no figure
    before = resident()
    begin = time.process_time()
    matcher = compile_rules(rules, [], {})
    built = time.process_time() - begin
    grown = resident() - before
    begin = time.process_time()
    listed = compile_rules([RuleSettings(id=RuleId("all"), match="list:all")], [], {ListId("all"): tuple(wanted)})
    list_built = time.process_time() - begin
    bare = ahocorasick_rs.AhoCorasick(
        list(dict.fromkeys(fold_text(p) for p in wanted)),
        implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        store_patterns=False,
    )
    patterns = [re.compile(rf"\b{re.escape(p)}\b", re.IGNORECASE) for p in wanted]
    folded = [fold_text(t) for t in texts]
    fold = per_run(fold_text, texts)
    scan = per_run(lambda text: bare.find_matches_as_indexes(text, overlapping=True), folded)
    match = per_run(matcher.match, items)
    as_list = per_run(listed.match, items)
    begin = time.process_time()
    for text in texts[:RE_TEXTS]:
        for pattern in patterns:
            pattern.search(text)
    slow = 1e6 * (time.process_time() - begin) / RE_TEXTS
    matches = sum(len(matcher.match(item)) for item in items) / len(items)
    row(count, matches, fold, scan, match, match / scan, slow, slow / match, built, grown, as_list, list_built)


def names(counts: Sequence[int], texts: Sequence[str], chance: random.Random) -> None:
    print(
        "entities (made-up people), one rule each, us per text of 2 KB: with words heard for the first time, and again"
    )
    row("entities", "build s", "cold", "warm", "peak MB")
    latin = [w.capitalize() for w in words(chance, 4_000) if w.isascii()]
    compile_rules([RuleSettings(id=RuleId("r"), match="entity:e")], [EntitySettings(id=EntityId("e"), name="A B")], {})
    for count in counts:
        entities = [EntitySettings(id=EntityId(f"e{i}"), name=" ".join(chance.sample(latin, 2))) for i in range(count)]
        rules = [RuleSettings(id=RuleId(e.id), match=f"entity:{e.id}") for e in entities]
        begin = time.process_time()
        matcher = compile_rules(rules, entities, {})
        built = time.process_time() - begin
        begin = time.process_time()
        for text in texts:
            matcher.match(item_of(text))
        cold = 1e6 * (time.process_time() - begin) / len(texts)
        warm = per_run(matcher.match, [item_of(text) for text in texts])
        row(count, built, cold, warm, megabytes())


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--texts", type=int, default=100)
    asked.add_argument("--terms", default="100,1000,10000,100000")
    asked.add_argument("--entities", default="1,100,1000")
    asked.add_argument("--size", type=int, help="only the row of so many phrases")
    given = asked.parse_args()
    chance = random.Random(7)
    vocabulary = words(chance, 30_000)
    texts = [text_of(chance, vocabulary[:8_000]) for _ in range(given.texts)]
    if given.size:
        phrases(given.size, texts, vocabulary, chance)
        return
    print(f"{len(texts)} texts, {sum(len(t) for t in texts) // len(texts)} characters each")
    print("phrases, one rule each, us per text; `build s` and `MB` are of the matcher")
    row(*PHRASE_COLUMNS)
    for size in given.terms.split(","):
        options = ["--texts", str(given.texts), "--size", size]
        subprocess.run([sys.executable, "-m", "bench.matching", *options], check=True)
    names([int(n) for n in given.entities.split(",")], texts, chance)


if __name__ == "__main__":
    main()
