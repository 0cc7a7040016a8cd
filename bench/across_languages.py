"""How well one event is known in two languages, by names, numbers and time, on labelled pairs of articles.

`python -m bench.across_languages ARTICLES PAIRS` takes two files of JSON lines: articles with `id`, `title`, `text`,
`lang` and maybe `published`, and pairs with `a`, `b` and `label` (`same`, or anything else). Pairs of one language are
passed over. For each two languages it prints how many pairs are joined by words alone and with
`stories_across_languages`, at each `stories`, and how many of the same are among the kin that are compared.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.core.model import Candidate, ItemId, SourceId, StoryId
from monitor.core.settings import Breadth
from monitor.stories import (
    FOREIGN,
    Index,
    Sketch,
    Standard,
    Vocabulary,
    assign,
    name_keys,
    nearest,
    sketch_of,
    story_of,
    wanted_names,
)
from monitor.text.dates import parse_date

NOBODY = SourceId("")
WAYS = {
    "words": Standard(),
    **{f"names, {breadth}": Standard.of(breadth, across_languages=True) for breadth in Breadth},
}


@dataclass(frozen=True, slots=True)
class Article:
    candidate: Candidate
    sketch: Sketch
    """With names."""
    plain: Sketch
    at: datetime | None


def lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def read(rows: Iterator[dict[str, Any]], vocabulary: Vocabulary) -> dict[str, Article]:
    sketches: list[tuple[dict[str, Any], Sketch]] = []
    for row in rows:
        title, text, language = (row.get(key) or "" for key in ("title", "text", "lang"))
        sketch = sketch_of(title=title, text=text, canonical_url="", language=language, across_languages=True)
        vocabulary.add(sketch)
        sketches.append((row, sketch))
    found = {}
    for number, (row, sketch) in enumerate(sketches):
        at = parse_date(row["published"]) if row.get("published") else None
        plain = sketch_of(
            title=row.get("title") or "", text=row.get("text") or "", canonical_url="", language=row.get("lang") or ""
        )
        candidate = Candidate(
            item=ItemId(number), story=StoryId(number), source=NOBODY, title=row.get("title") or "",
            keys=name_keys(sketch, vocabulary), sketch=sketch.pack(), seen_at=at,
        )  # fmt: skip
        found[row["id"]] = Article(candidate, sketch, plain, at)
    return found


def is_joined(a: Article, b: Article, vocabulary: Vocabulary, standard: Standard) -> bool:
    mine = b.sketch if standard.across_languages else b.plain
    link = assign(NOBODY, "", mine, [a.candidate], vocabulary, b.at, event=standard.event)
    return link.story != story_of(NOBODY, "")


def scores(said: Sequence[bool], truth: Sequence[bool]) -> str:
    right = sum(s and t for s, t in zip(said, truth, strict=True))
    precision, recall = right / (sum(said) or 1), right / (sum(truth) or 1)
    f1 = 2 * precision * recall / ((precision + recall) or 1)
    return f"P {precision:.2f} R {recall:.2f} F1 {f1:.2f}"


def report(name: str, pairs: Sequence[dict[str, Any]], articles: Mapping[str, Article], vocabulary: Vocabulary) -> None:
    truth = [pair["label"] == "same" for pair in pairs]
    cells = []
    for way, standard in WAYS.items():
        said = [is_joined(articles[p["a"]], articles[p["b"]], vocabulary, standard) for p in pairs]
        cells.append(f"{way}: {scores(said, truth)}")
    print(f"{name:7} {len(pairs):4} pairs, {sum(truth):3} same   {'   '.join(cells)}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("articles", type=Path)
    asked.add_argument("pairs", type=Path)
    given = asked.parse_args()
    vocabulary, index = Vocabulary(), Index()
    articles = read(lines(given.articles), vocabulary)
    by_languages: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for pair in lines(given.pairs):
        languages = {articles[pair[side]].sketch.language for side in ("a", "b")}
        if len(languages) == 2:
            by_languages["-".join(sorted(languages))].append(pair)
    every = [pair for pairs in by_languages.values() for pair in pairs]
    for name, pairs in (*sorted(by_languages.items()), ("all", every)):
        report(name, pairs, articles, vocabulary)
    for article in articles.values():
        index.add(article.candidate)
    met = 0
    usual = WAYS[f"names, {Breadth.BALANCED}"]
    same = [
        p for p in every if p["label"] == "same" and is_joined(articles[p["a"]], articles[p["b"]], vocabulary, usual)
    ]
    for pair in same:
        mine, other = articles[pair["a"]], articles[pair["b"]]
        wanted = wanted_names(mine.sketch, vocabulary)
        met += other.candidate.item in {c.item for c in nearest(index.lookup(wanted), wanted, FOREIGN)}
    print(f"{met} of the {len(same)} rightly joined are found among the kin, beside {len(articles)} articles")


if __name__ == "__main__":
    main()
