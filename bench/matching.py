"""What matching costs: CPU per text of 2 KB at growing numbers of phrases and of entities, against `re` per rule.

Texts and phrases are made of one vocabulary of made-up words in three scripts. The comparison between sizes is fair:
at every size one phrase is cut out of each text, so that each item matches one rule, and all other phrases are made of
words of the vocabulary but stand in no text. (With phrases taken at random the number of matches would grow with the
rules, and what is measured would be the writing down of matches.) Each size runs in a process of its own, so that its
memory is its own. `scan` is one bare automaton over the same phrases, on texts folded beforehand; `re` runs them as
one compiled pattern each, on few texts; `list` has all of them in one list of one rule.

With entities, `cold` and `warm` are the whole of matching: folding, scanning, entities, evaluation, and the offsets of
hits. What is remembered of words is empty when the texts are read for the first time (`cold`), and has all their words
when they are read again (`warm`). `fresh` is how many different words a text has on average that none before it had:
where texts repeat their words less than these, cold costs more, in proportion. Tables that are made of files or of
the entities are there in both: they are made once, whatever is read. The collector of cycles is settled as in the
daemon. Every other sentence names a stranger, who has to be looked at too.
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
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import TypeVar

import ahocorasick_rs

from monitor.app import settle
from monitor.core.model import EntityId, Item, ListId, RuleId, SourceId
from monitor.core.settings import EntitySettings, RuleSettings
from monitor.matching import compile_rules
from monitor.matching.automaton import Automaton
from monitor.matching.entities import people as given_names
from monitor.text import tokens
from monitor.text.folding import fold_text
from monitor.text.scripts import script_of

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


def text_of(chance: random.Random, vocabulary: Sequence[str], least: int = TEXT_BYTES) -> str:
    parts: list[str] = []
    size = 0
    while size < least:
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


GIVEN = (
    "Marlen Tovia Kestrin Orvel Jadria Belmar Sorin Talvi Ennara Dorvan Luzia Permin Hadley Osrun Wendla Karsto Yelmira"
    " Fabrin Nolwen Tamsel Arvid Ilsabet Corvan Mireva Стемир Ольдана Радомил Ярвина Марлен Калиста Θέλμιος Ορφία"
    " سامرين دلوار نازلين 하령 도빈 서율"
)
_LATIN = (
    "Brend Kostr Wexh Talv Orsk Marg Delbr Sant Fenw Hask Ruzic Novat Pell Grim Vald Corm Lind Zabr Ester Quen Tomb"
    " Harv Ivers Murd Ostr Petr Salg Thorn Ulbr Yarw"
)
SURNAMES = {
    "latin": (_LATIN, "al ava olm ini ovsky ander elli insen ard ovic uez ton ley escu aitis oğlu"),
    "cyrillic": ("Брандол Костров Вексан Тальв Орсин Марган Дельбр Сантом Фенюк Хаскин", "ский енко ов ин ова ич"),
    "greek": ("Βρενδ Κοστρ Ταλβ Μαργ", "άκης όπουλος ίδης"),
    "arabic": ("برندال كسترا وكسهام تالفين", "ي اوي"),
    "hangul": ("강브 오스 탈비 마르", "란 겐 돌"),
}
"""Made up, and like names: stems and endings."""
_SURNAMES_OF_STRANGERS = (
    "Abbott Birkel Crandon Doyland Eckhart Fallon Gruber Hollis Ingram Joslin Keating Lomax Nesbit Oakham Prentiss"
    " Radley Selwyn Tiller Underhay Vickery Whitlock Yardley"
)
STRANGERS = ("Aldo Birte Cem Dagny Elric Ferro Gwen Hilmar Inka Jorun Kaspar Lorne", _SURNAMES_OF_STRANGERS)
"""Of whom texts tell and nobody asks."""
MENTIONED = 5
"""In one text of so many one of the entities is named."""


def people(count: int, chance: random.Random) -> list[str]:
    """`count` different names, three of four in Latin letters, the first among them."""
    made: dict[str, None] = {}
    while len(made) < count:
        script = chance.choices(list(SURNAMES), (15, 3, 1, 1, 1))[0] if made else "latin"
        stems, endings = SURNAMES[script]
        given = chance.choice([g for g in GIVEN.split() if script_of(g[0]) == script])
        extra = f" {chance.choice(GIVEN.split()[:24])}" if script == "latin" and chance.random() < 0.1 else ""
        made[f"{given}{extra} {chance.choice(stems.split())}{chance.choice(endings.split())}"] = None
    return list(made)


def news_of(chance: random.Random, vocabulary: Sequence[str], named: str | None) -> str:
    """Sentences of a dozen words, every other with somebody's name in it."""
    sentences: list[str] = []
    size = 0
    while size < TEXT_BYTES:
        parts = text_of(chance, vocabulary, 80).lower().split()
        if named is not None and len(sentences) in (1, 7):
            parts.insert(3, named)
        elif chance.random() < 0.5:
            parts.insert(5, " ".join(chance.choice(names.split()) for names in STRANGERS))
        parts[0] = parts[0].capitalize()
        sentences.append(" ".join(parts) + ".")
        size += len(sentences[-1].encode()) + 1
    return " ".join(sentences)


def learnt_once() -> None:
    """What is read from files, and worked out of them as it is first asked for, is in no figure: another user's
    entities are looked for in texts of other words. What was learnt of these words is forgotten again."""
    chance = random.Random(1)
    made = [word.capitalize() for word in words(chance, 2_480)]
    named = [f"{made[at]} {made[at + 1]}" for at in range(0, 80, 2)]
    entities = [
        EntitySettings(id=EntityId(f"e{i}"), name=name) for i, name in enumerate([*named, "World Wheat Council"])
    ]
    matcher = compile_rules([RuleSettings(id=RuleId(e.id), match=f"entity:{e.id}") for e in entities], entities, {})
    for at, name in enumerate(named * 15):
        family = name.split()[1]
        strangers = " ".join(made[80 + 4 * at : 84 + 4 * at])
        matcher.match(item_of(f"so {family} said, {strangers} {family}, and 5 of {name}."))
    forget_words()


def forget_words() -> None:
    """Empties what all matchers share and is remembered of single words; tables made of files are kept."""
    for module in [m for name, m in sys.modules.items() if name.startswith(("monitor.matching", "monitor.text"))]:
        for kept in vars(module).values():
            if isinstance(kept, _lru_cache_wrapper) and kept.cache_parameters()["maxsize"] is not None:
                kept.cache_clear()
    tokens._SCRIPTS.clear()  # noqa: SLF001 # the daemon never forgets it
    given_names._lexicon()[0]._cache.clear()  # noqa: SLF001 # the same


ENTITY_COLUMNS = ("entities", "found", "fresh", "scan", "cold", "cold/scan", "warm", "warm/scan", "build s", "MB")


def names(count: int, texts: int, terms: int, vocabulary: Sequence[str], chance: random.Random) -> None:
    wanted = people(count, chance)
    made = [news_of(chance, vocabulary, None if i % MENTIONED else chance.choice(wanted)) for i in range(texts)]
    literals = phrases_of(terms, made, vocabulary, chance)
    entities = [EntitySettings(id=EntityId(f"e{i}"), name=name) for i, name in enumerate(wanted)]
    rules = [RuleSettings(id=RuleId(str(i)), match=f'"{p}"') for i, p in enumerate(literals)]
    rules += [RuleSettings(id=RuleId(e.id), match=f"entity:{e.id}") for e in entities]
    learnt_once()
    before = resident()
    begin = time.process_time()
    matcher = compile_rules(rules, entities, {})
    built = time.process_time() - begin
    grown = resident() - before
    bare = ahocorasick_rs.AhoCorasick(
        list(dict.fromkeys(fold_text(p) for p in literals)),
        implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        store_patterns=False,
    )
    scan = per_run(lambda text: bare.find_matches_as_indexes(text, overlapping=True), [fold_text(t) for t in made])
    items = [item_of(text) for text in made]
    settle()  # As the daemon does.
    begin = time.process_time()
    for item in items:
        matcher.match(item)
    cold = 1e6 * (time.process_time() - begin) / len(items)
    warm = per_run(matcher.match, items)
    found = sum(any(match.rule.startswith("e") for match in matcher.match(item)) for item in items) / len(items)
    fresh = len({word for text in made for word in text.split()}) / len(made)
    row(count, found, fresh, scan, cold, cold / scan, warm, warm / scan, built, grown)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--texts", type=int, default=100)
    asked.add_argument("--terms", default="100,1000,10000,100000")
    asked.add_argument("--entities", default="1,100,1000")
    asked.add_argument("--beside", type=int, default=10_000, help="phrases beside the entities")
    asked.add_argument("--size", type=int, help="only the row of so many phrases")
    asked.add_argument("--people", type=int, help="only the row of so many entities")
    given = asked.parse_args()
    chance = random.Random(7)
    vocabulary = words(chance, 30_000)
    if given.people:
        names(given.people, given.texts, given.beside, vocabulary[:8_000], chance)
        return
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
    print(
        f"people beside {given.beside} phrases, one rule each, us per text: whole matching when the texts are read for"
    )
    print(f"the first time (cold) and again (warm); one text of {MENTIONED} names one of them")
    row(*ENTITY_COLUMNS)
    for size in given.entities.split(","):
        options = ["--texts", str(given.texts), "--beside", str(given.beside), "--people", size]
        subprocess.run([sys.executable, "-m", "bench.matching", *options], check=True)


if __name__ == "__main__":
    main()
