"""How alike two items in different languages are as reports of one event: the same names and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from monitor.stories.event import Floats, shared
from monitor.stories.names import MOST, Names
from monitor.stories.sketch import Sketch, hash64, signed
from monitor.stories.vocabulary import ALL_LANGUAGES, Vocabulary

KEYS, LEAST_KEYS = 24, 6
STORED = 12
FOREIGN, PER_KEY = 10, 25
"""Candidates in other languages that an item is compared with, and how many of each key are looked at."""
LANGUAGES = 6
"""The most frequent other languages, in which kin are looked for."""
_IN_LEAD, _IN_TITLE = 0.5, 0.5


def name_keys(sketch: Sketch, vocabulary: Vocabulary) -> tuple[int, ...]:
    """By which reports in other languages find it, in all ways in which its names may sound. Its language is part of
    them: else those of its own would take the few places that there are for kin."""
    return tuple(_key(name, sketch.language) for name, _ in _telling(sketch.names, vocabulary, STORED))


def wanted_names(sketch: Sketch, vocabulary: Vocabulary) -> dict[int, float]:
    """The keys of items in other languages that may be its kin: key -> weight."""
    if not sketch.language:
        return {}
    others = [language for language in vocabulary.languages() if language != sketch.language][:LANGUAGES]
    telling = _telling(sketch.names, vocabulary, min(STORED, max(LEAST_KEYS, KEYS // max(1, len(others)))))
    return {_key(name, language): weight**2 for name, weight in telling for language in others}


def _telling(names: Names, vocabulary: Vocabulary, most: int) -> Iterable[tuple[int, float]]:
    """Of so many names the sounds."""
    weights = vocabulary.weights(names.keys, ALL_LANGUAGES)
    placed = _placed(names, weights)
    best = np.argsort(-_by_name(names, placed), kind="stable")[:most]
    chosen = np.flatnonzero(np.isin(names.whose, best))
    return [(int(names.keys[i]), float(weights[i])) for i in chosen]


def _key(name: int, language: str) -> int:
    return signed(hash64(f"n{language}", f"{name:x}"))


@dataclass(frozen=True, slots=True)
class Shared:
    score: float
    """0..1."""
    names: int
    """How many different ones, numbers among them."""


def alikeness(mine: Names, candidates: Sequence[Names], vocabulary: Vocabulary) -> list[Shared]:
    """The cosine of names, rarer ones and those in headline and lead being more."""
    my_weights = _placed(mine, vocabulary.weights(mine.keys, ALL_LANGUAGES))
    my_vector = _by_name(mine, my_weights)
    found = []
    for theirs in candidates:
        weights = _placed(theirs, vocabulary.weights(theirs.keys, ALL_LANGUAGES))
        here, there = shared(mine.keys, theirs.keys)
        common = int(min(len(set(mine.whose[here].tolist())), len(set(theirs.whose[there].tolist()))))
        if not common:
            found.append(Shared(0.0, 0))
            continue
        vector = _by_name(theirs, weights)
        products: Floats = np.zeros(MOST)  # a name with several sounds in common counts once
        np.maximum.at(products, mine.whose[here], my_weights[here] * weights[there])
        found.append(Shared(float(products.sum() / sqrt((my_vector @ my_vector) * (vector @ vector))), common))
    return found


def _placed(names: Names, weights: Floats) -> Floats:
    return weights * (1 + _IN_LEAD * names.in_lead + _IN_TITLE * names.in_title)


def _by_name(names: Names, weights: Floats) -> Floats:
    vector: Floats = np.zeros(MOST)
    np.maximum.at(vector, names.whose, weights)
    return vector
