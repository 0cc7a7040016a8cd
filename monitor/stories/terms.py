"""The words that tell what a story is about: those that many of its reports have and few others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from monitor.stories.sketch import STEM, terms_of
from monitor.stories.vocabulary import Vocabulary
from monitor.text.folding import fold_text
from monitor.text.names import named_in, names
from monitor.text.scripts import UNSPACED, script_of
from monitor.text.tokens import words

MOST = 8
_LEAST = 3
"""Letters of a word that is shown."""
_OF_A_REPORT = 120


def key_terms(reports: Iterable[tuple[str, str, str]], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Of titles, beginnings of texts and languages. As they are written, the most telling first."""
    score: defaultdict[str, float] = defaultdict(float)
    written: dict[str, Counter[str]] = {}
    for title, text, language in reports:
        found: dict[str, str] = {}
        for word in f"{title} {text}".split():
            plain = "".join(words(fold_text(word.strip("“”\"'«»()[].,:;!?…-–—"))))
            if len(plain) >= _LEAST and not plain.isdecimal() and script_of(plain[0]) not in UNSPACED:
                found.setdefault(plain[:STEM], word.strip("“”\"'«»()[].,:;!?…-–—"))
        stems = list(found)[:_OF_A_REPORT]
        for stem, weight in zip(stems, _weights(stems, language, vocabulary), strict=True):
            score[stem] += weight
            written.setdefault(stem, Counter())[found[stem]] += 1
    best = sorted(score, key=lambda s: (-score[s], s))[:MOST]
    return tuple(written[stem].most_common(1)[0][0] for stem in best)


def names_told(reports: Iterable[tuple[str, str, str]], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Capitalised names, the most telling first; those of one report alone only where there is one."""
    counts: Counter[str] = Counter()
    score: defaultdict[str, float] = defaultdict(float)
    number = 0
    for title, text, language in reports:
        number += 1
        told = sorted(set(names(f"{title}\n{text}", named_in(text))))
        counts.update(told)
        stems = ["".join(words(fold_text(name)))[:STEM] for name in told]
        for name, weight in zip(told, _weights(stems, language, vocabulary), strict=True):
            score[name] += weight
    several = [n for n, count in counts.items() if count > 1 or number == 1]
    return tuple(sorted(several, key=lambda n: (-score[n], n))[:MOST])


def _weights(stems: Sequence[str], language: str, vocabulary: Vocabulary) -> list[float]:
    """Squared: what most items have must not count for being in all reports."""
    terms = [(terms_of([stem]) or [0])[0] for stem in stems]
    squared: list[float] = (vocabulary.weights(np.array(terms, np.uint32), language) ** 2).tolist()
    return squared
