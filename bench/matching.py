"""What matching costs: CPU per text of 2 KB at growing numbers of phrases and of entities, against `re` per rule.

Texts and phrases are generated from one vocabulary of made-up words in three scripts; the `re` column runs the same
phrases as one compiled pattern each, on few texts, and is timed in the same process.
Usage: python -m bench.matching [--texts 100] [--terms 100,1000,10000,100000] [--entities 1,100,1000]
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

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


def per_text(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Microseconds of CPU, the best of three passes."""
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        for text in texts:
            work(text)
        best = min(best, time.process_time() - begin)
    return 1e6 * best / len(texts)


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def row(*cells: object) -> None:
    """Text as it is, numbers with as many digits as they deserve."""
    shown = [
        f"{c:.2f}" if isinstance(c, float) and c < 10 else f"{c:.0f}" if isinstance(c, float) else str(c) for c in cells
    ]
    print("".join(f"{cell:>11}" for cell in shown), flush=True)


def phrases(terms: Sequence[int], texts: Sequence[str], vocabulary: Sequence[str], chance: random.Random) -> None:
    print("phrases, one rule each, us per text of 2 KB; `list`: all of them in one list of one rule")
    row("rules", "build s", "matches", "scan", "match", "match/scan", "re", "re/match", "list", "list s", "peak MB")
    for count in terms:
        wanted = [" ".join(chance.choices(vocabulary, k=chance.choices((1, 2, 3), (1, 6, 6))[0])) for _ in range(count)]
        begin = time.process_time()
        matcher = compile_rules([RuleSettings(id=RuleId(str(i)), match=f'"{p}"') for i, p in enumerate(wanted)], [], {})
        built = time.process_time() - begin
        begin = time.process_time()
        listed = compile_rules(
            [RuleSettings(id=RuleId("all"), match="list:all")], [], {ListId("all"): tuple(dict.fromkeys(wanted))}
        )
        list_built = time.process_time() - begin
        automaton = Automaton(list(dict.fromkeys(fold_text(p) for p in wanted)))
        patterns = [re.compile(rf"\b{re.escape(p)}\b", re.IGNORECASE) for p in wanted]
        folded = [fold_text(t) for t in texts]
        scan = per_text(lambda t, a=automaton: list(a.find(t)), folded)
        match = per_text(lambda t, m=matcher: m.match(item_of(t)), texts)
        as_list = per_text(lambda t, m=listed: m.match(item_of(t)), texts)
        begin = time.process_time()
        for text in texts[:RE_TEXTS]:
            for pattern in patterns:
                pattern.search(text)
        slow = 1e6 * (time.process_time() - begin) / RE_TEXTS
        matches = sum(len(matcher.match(item_of(t))) for t in texts) / len(texts)
        row(count, built, matches, scan, match, match / scan, slow, slow / match, as_list, list_built, megabytes())


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
        warm = per_text(lambda t, m=matcher: m.match(item_of(t)), texts)
        row(count, built, cold, warm, megabytes())


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--texts", type=int, default=100)
    asked.add_argument("--terms", default="100,1000,10000,100000")
    asked.add_argument("--entities", default="1,100,1000")
    given = asked.parse_args()
    chance = random.Random(7)
    vocabulary = words(chance, 30_000)
    texts = [text_of(chance, vocabulary[:8_000]) for _ in range(given.texts)]
    fold = per_text(fold_text, texts)
    print(f"{len(texts)} texts, {sum(len(t) for t in texts) // len(texts)} characters each; folding {fold:.1f} us")
    phrases([int(n) for n in given.terms.split(",")], texts, vocabulary, chance)
    names([int(n) for n in given.entities.split(",")], texts, chance)


if __name__ == "__main__":
    main()
