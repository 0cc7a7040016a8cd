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
_TELLING = 0.5
"""Of the weight of the rarest word of a story, what another needs to tell anything."""
_AROUND = "“”\"'«»()[].,:;!?…-–—"


def key_terms(reports: Iterable[tuple[str, str, str]], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Of titles, beginnings of texts and languages. As they are written, the most telling first."""
    weights: defaultdict[str, list[float]] = defaultdict(list)
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for title, text, language in reports:
        found: dict[str, str] = {}
        for word in f"{title} {text}".split():
            plain = "".join(words(fold_text(word.strip(_AROUND))))
            if len(plain) >= _LEAST and not plain.isdecimal() and script_of(plain[0]) not in UNSPACED:
                found.setdefault(plain[:STEM], word.strip(_AROUND))
        stems = list(found)[:_OF_A_REPORT]
        for stem, weight in zip(stems, _weights(stems, language, vocabulary), strict=True):
            weights[stem].append(weight)
            written[stem][found[stem]] += 1
    return tuple(written[stem].most_common(1)[0][0] for stem in _most_telling(weights))


def names_told(reports: Iterable[tuple[str, str, str]], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Capitalised names, the most telling first; those of one report alone only where there is one."""
    weights: defaultdict[str, list[float]] = defaultdict(list)
    number = 0
    for title, text, language in reports:
        number += 1
        told = sorted(set(names(f"{title}\n{text}", named_in(text))))
        stems = ["".join(words(fold_text(name)))[:STEM] for name in told]
        for name, weight in zip(told, _weights(stems, language, vocabulary), strict=True):
            weights[name].append(weight)
    return _most_telling({name: found for name, found in weights.items() if len(found) > 1 or number == 1})


def _most_telling(weights: dict[str, list[float]]) -> tuple[str, ...]:
    """Those of most reports that are not words of any text."""
    least = _TELLING * max((max(found) for found in weights.values()), default=0.0)
    telling = [word for word, found in weights.items() if max(found) >= least]
    return tuple(sorted(telling, key=lambda word: (-sum(weights[word]), word))[:MOST])


def _weights(stems: Sequence[str], language: str, vocabulary: Vocabulary) -> list[float]:
    terms = [(terms_of([stem]) or [0])[0] for stem in stems]
    found: list[float] = vocabulary.weights(np.array(terms, np.uint32), language).tolist()
    return found
