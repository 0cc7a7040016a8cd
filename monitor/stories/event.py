"""How alike two items are as reports of one event: other words, the same names, deeds and numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from monitor.stories.sketch import Sketch, signed
from monitor.stories.vocabulary import Vocabulary

KEYS = 24
"""With half as many, one report in ten of an event that many outlets tell meets none of the others."""
_TITLE_BONUS = 0.7
_MIX = 0x9E37_79B9_7F4A_7C15

Floats = NDArray[np.float64]


def event_keys(sketch: Sketch, vocabulary: Vocabulary) -> dict[int, float]:
    """The terms by which reports of one event meet, the most telling of headline and lead: key -> weight."""
    weights = vocabulary.weights(sketch.terms, sketch.language)
    telling = np.where(
        sketch.in_lead, (1 + np.log(np.maximum(sketch.body, 1)) + _TITLE_BONUS * sketch.in_title) * weights, -1
    )
    # Stable: terms that tell as much are taken in the order of their numbers.
    best = np.argsort(-telling, kind="stable")[:KEYS]
    return {
        signed((int(sketch.terms[i]) + 1) * _MIX % (1 << 64)): float(weights[i]) ** 2 for i in best if telling[i] > 0
    }


def likenesses(mine: Sketch, candidates: Sequence[Sketch], vocabulary: Vocabulary) -> list[float]:
    """How alike a newcomer is to each candidate, as its own vocabulary weighs them: about 0.4 and more means one event.
    All candidates stand in one array, `whose` says whose each term is: one by one, numpy would only be overhead."""
    if not candidates or not len(mine.terms):
        return [0.0] * len(candidates)
    my_weights = vocabulary.weights(mine.terms, mine.language)
    terms = np.concatenate([c.terms for c in candidates])
    weights = vocabulary.weights(terms, mine.language)
    whose = np.repeat(np.arange(len(candidates)), [len(c.terms) for c in candidates])
    here, there = shared(terms, mine.terms)  # places in `terms`, and in the newcomer's

    def summed(values: Floats, of: NDArray[np.intp]) -> Floats:
        return np.bincount(of, values, len(candidates)).astype(np.float64, copy=False)

    def cosine(my_counts: NDArray[np.uint8], counts: NDArray[np.uint8]) -> Floats:
        my_vector, vector = _damped(my_counts) * my_weights, _damped(counts) * weights
        norms = np.sqrt((my_vector @ my_vector) * summed(vector * vector, whose))
        return _share(summed(my_vector[there] * vector[here], whose[here]), norms)

    in_title = np.concatenate([c.in_title for c in candidates])
    in_lead = np.concatenate([c.in_lead for c in candidates])
    my_title, title = my_weights * mine.in_title, weights * in_title
    my_whole, whole = np.full(len(candidates), my_title.sum()), summed(title, whose)

    def titles(my_part: NDArray[np.bool_], part: NDArray[np.bool_]) -> Floats:
        """Shares of the headlines' weights that are found in the other's part, the mean of both."""
        mine_found = summed(my_title[there] * part[here], whose[here])
        theirs_found = summed(title[here] * my_part[there], whose[here])
        return (_share(mine_found, my_whole) + _share(theirs_found, whole)) / 2

    parts = (
        2 * cosine(mine.beginning, np.concatenate([c.beginning for c in candidates])),
        cosine(mine.body, np.concatenate([c.body for c in candidates])),
        titles(np.ones(len(mine.terms), np.bool_), np.ones(len(terms), np.bool_)),
        titles(mine.in_lead, in_lead),
    )
    found: list[float] = (np.sum(parts, axis=0) / 3).tolist()
    return found


def shared(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places in both of what both have; `b` is sorted and has no doubles."""
    if not len(b):
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    places = np.searchsorted(b, a)
    places[places == len(b)] = 0
    here = np.flatnonzero(b[places] == a)
    return here, places[here]


def _damped(counts: NDArray[np.uint8]) -> Floats:
    return np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0.0)


def _share(part: Floats, whole: Floats) -> Floats:
    """Nothing of nothing."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
