"""How alike two items are as reports of one event: other words, the same names, deeds and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from monitor.stories.sketch import Sketch, signed
from monitor.stories.vocabulary import Vocabulary

KEYS = 12
_TITLE_BONUS = 0.7
CROWD = 0.25
"""Mean of the plain similarities from which a candidate belongs to the crowd around an item: the same affair."""
CROWD_LEAST = 3
_SCALE = 5 / 3
_MIX = 0x9E37_79B9_7F4A_7C15

Floats = NDArray[np.float64]


def event_keys(sketch: Sketch, vocabulary: Vocabulary) -> dict[int, float]:
    """The terms by which reports of one event meet, the most telling of headline and lead: key -> weight."""
    weights = vocabulary.weights(sketch, sketch.language)
    telling = np.where(
        sketch.in_lead, (1 + np.log(np.maximum(sketch.body, 1)) + _TITLE_BONUS * sketch.in_title) * weights, -1
    )
    # Stable: terms that tell as much are taken in the order of their numbers.
    best = np.argsort(-telling, kind="stable")[:KEYS]
    return {
        signed((int(sketch.terms[i]) + 1) * _MIX % (1 << 64)): float(weights[i]) ** 2 for i in best if telling[i] > 0
    }


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """An item as the newcomer's vocabulary weighs it."""

    sketch: Sketch
    weights: Floats
    beginning: Floats
    body: Floats
    title_weight: float

    @classmethod
    def of(cls, sketch: Sketch, vocabulary: Vocabulary, language: str) -> _View:
        weights = vocabulary.weights(sketch, language)
        return cls(
            sketch,
            weights,
            _normal(_damped(sketch.beginning) * weights),
            _normal(_damped(sketch.body) * weights),
            float(weights[sketch.in_title].sum()),
        )


class Kinship:
    """Compares a newcomer with its candidates."""

    def __init__(self, mine: Sketch, candidates: Sequence[Sketch], vocabulary: Vocabulary) -> None:
        self._mine = _View.of(mine, vocabulary, mine.language)
        self._theirs = [_View.of(c, vocabulary, mine.language) for c in candidates]
        self._shared = [shared(mine.terms, c.terms) for c in candidates]
        self._plain = [self._parts(v, s) for v, s in zip(self._theirs, self._shared, strict=True)]

    def scores(self) -> list[float]:
        """One for each candidate; about 0.35 and more means one event, before penalties."""
        crowd = [i for i, parts in enumerate(self._plain) if sum(parts) / 4 > CROWD]
        contrast = self._contrast(crowd) if len(crowd) >= CROWD_LEAST else [parts[0] for parts in self._plain]
        return [_SCALE * (sum(parts) + c) / 5 for parts, c in zip(self._plain, contrast, strict=True)]

    def _parts(self, theirs: _View, shared: tuple[NDArray[np.intp], NDArray[np.intp]]) -> tuple[float, ...]:
        mine, (a, b) = self._mine, shared
        beginning = float(mine.beginning[a] @ theirs.beginning[b])
        body = float(mine.body[a] @ theirs.body[b])
        my_title = mine.weights[a] * mine.sketch.in_title[a]
        their_title = theirs.weights[b] * theirs.sketch.in_title[b]
        in_text = (_share(my_title.sum(), mine.title_weight) + _share(their_title.sum(), theirs.title_weight)) / 2
        in_lead = (
            _share(float(my_title @ theirs.sketch.in_lead[b]), mine.title_weight)
            + _share(float(their_title @ mine.sketch.in_lead[a]), theirs.title_weight)
        ) / 2
        return beginning, body, in_text, in_lead

    def _contrast(self, crowd: Sequence[int]) -> list[float]:
        """The likeness of headlines and leads by what the crowd around them does not share: in an affair that fills
        the day, its names are in every report and tell nothing."""
        leads = [v.sketch.terms[v.sketch.in_lead] for v in self._theirs]
        known, counts = np.unique(np.concatenate([leads[i] for i in crowd]), return_counts=True)
        inside = set(crowd)
        mine = self._mine
        my_lead = mine.sketch.in_lead
        my_terms, my_weights = mine.sketch.terms[my_lead], mine.weights[my_lead]
        my_counts = _counted(my_terms, known, counts)
        found = []
        for i, theirs in enumerate(self._theirs):
            others = max(1, len(crowd) - (i in inside))
            terms, weights = leads[i], theirs.weights[theirs.sketch.in_lead]
            a, b = shared(my_terms, terms)
            own = np.zeros(len(my_terms))
            own[a] = 1
            if i not in inside:
                own[:] = 0
            mine_now = my_weights * np.maximum(0, 1 - (my_counts - own) / others)
            theirs_now = weights * np.maximum(0, 1 - (_counted(terms, known, counts) - (i in inside)) / others)
            norm = float(np.sqrt((mine_now @ mine_now) * (theirs_now @ theirs_now)))
            found.append(float(mine_now[a] @ theirs_now[b]) / norm if norm else 0.0)
        return found


def _damped(counts: NDArray[np.uint8]) -> Floats:
    return np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0.0)


def _normal(vector: Floats) -> Floats:
    norm = float(np.sqrt(vector @ vector))
    return vector / norm if norm else vector


def _share(part: float, whole: float) -> float:
    return float(part) / whole if whole else 0.0


def shared(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places in both of what both have; each is sorted and has no doubles."""
    places = np.searchsorted(b, a)
    places[places == len(b)] = 0
    here = np.flatnonzero(b[places] == a) if len(b) else np.zeros(0, np.intp)
    return here, places[here]


def _counted(terms: NDArray[np.uint32], known: NDArray[np.uint32], counts: NDArray[np.intp]) -> Floats:
    places = np.searchsorted(known, terms)
    places[places == len(known)] = 0
    return np.where(known[places] == terms, counts[places], 0).astype(np.float64)
