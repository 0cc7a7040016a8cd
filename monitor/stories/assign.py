"""Is this a story that was told before? Decided at once, from the item and its candidates alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from monitor.core.model import Candidate, Fingerprint, Relation, SourceId, StoryId, StoryLink
from monitor.stories.fingerprint import Sketch, hash64, likeness, triples_of

MEMORY_WINDOW = timedelta(days=7)
"""A copy comes within days; the same words a month later are an anniversary, or tomorrow's gold price."""

COPY = 0.5
"""Share of word triples from which two texts are one text."""
CONTAINED = 0.8
"""Share of the shorter text found in the longer one from which it is a shortened copy."""
CONTAINED_MIN = 40
"""Triples that the shorter text needs for that: less is a quotation."""
SHORT = 12
"""Triples below which a text is hardly more than its title."""


def story_of(source: SourceId, uid: str) -> StoryId:
    """The id of a story that this item opens: 63 bits, the same whenever it is computed."""
    return StoryId(hash64(source, uid) >> 1)


def assign(source: SourceId, uid: str, mark: Fingerprint, candidates: Sequence[Candidate], now: datetime) -> StoryLink:
    """The link to the most alike of the candidates, or a new story."""
    best: tuple[float, Candidate, Relation, str] | None = None
    mine = Sketch.unpack(mark.sketch)
    for candidate in candidates:
        verdict = _compare(mine, source, candidate, now)
        if verdict is not None and (best is None or verdict[0] > best[0]):
            best = (verdict[0], candidate, verdict[1], verdict[2])
    if best is None:
        return StoryLink(
            story=story_of(source, uid), relation=Relation.NEW, score=1.0, of=None, reason="nothing like it before"
        )
    score, of, relation, why = best
    return StoryLink(story=of.story, relation=relation, score=round(score, 3), of=of.item, reason=why)


def _compare(mine: Sketch, source: SourceId, candidate: Candidate, now: datetime) -> tuple[float, Relation, str] | None:
    theirs = Sketch.unpack(candidate.sketch)
    what = f"“{candidate.title}” ({candidate.source})"
    if mine.url and mine.url == theirs.url:
        return 1.0, Relation.SAME_ARTICLE, f"the same address as {what}"
    if abs(now - candidate.seen_at) > MEMORY_WINDOW:
        return None
    jaccard, contained = likeness(mine, theirs)
    shorter = min(mine.shingles, theirs.shingles)
    if jaccard >= COPY and shorter >= SHORT:
        return jaccard, Relation.COPY, f"copy of {what}, {jaccard:.0%} of the text shared"
    if contained >= CONTAINED and jaccard >= 0.2 and shorter >= CONTAINED_MIN:
        return contained * 0.9, Relation.COPY, f"shortened copy of {what}, {contained:.0%} of it found there"
    if mine.title and mine.title == theirs.title and source != candidate.source:
        # One outlet repeats its headlines ("Gold price today"); two outlets with one headline copy each other, unless
        # both carry a text and the texts have nothing in common.
        if shorter - triples_of(candidate.title) < SHORT:  # of the text itself
            return 0.9, Relation.COPY, f"the same headline as {what}"
        if jaccard >= 0.15:
            return (
                max(0.75, jaccard),
                Relation.COPY,
                f"the same headline as {what}, {max(jaccard, contained):.0%} of the text shared",
            )
    return None


class Index:
    """Candidates in memory, for one batch or for a stream without a store."""

    def __init__(self, candidates: Iterable[Candidate] = ()) -> None:
        self._by_key: defaultdict[int, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            self.add(candidate)

    def add(self, candidate: Candidate) -> None:
        for key in candidate.keys:
            self._by_key[key].append(candidate)

    def lookup(self, keys: Iterable[int]) -> tuple[Candidate, ...]:
        """Each candidate once."""
        found = {id(c): c for key in keys for c in self._by_key.get(key, ())}
        return tuple(found.values())
