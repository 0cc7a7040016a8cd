"""Is this a story that was told before? Decided at once, from the item and its candidates alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from monitor.core.model import Candidate, Relation, SourceId, StoryId, StoryLink
from monitor.stories.event import Kinship
from monitor.stories.sketch import Sketch, hash64, likeness, triples_of
from monitor.stories.vocabulary import Vocabulary

MEMORY_WINDOW = timedelta(days=7)
"""A copy or a report comes within days; the same words a month later are an anniversary, or tomorrow's gold price."""

COPY = 0.5
"""Share of word triples from which two texts are one text."""
CONTAINED = 0.8
"""Share of the shorter text found in the longer one from which it is a shortened copy."""
CONTAINED_MIN = 40
"""Triples that the shorter text needs for that: less is a quotation."""
SHORT = 12
"""Triples below which a text is hardly more than its title."""

EVENT = 0.35
"""Mean likeness to a story's items from which an item reports the same event."""
THIN, ENOUGH = 0.2, 40
"""Taken off where an item has no words; less the more terms it has, nothing from that many on: few words are alike by
chance."""
SAME_WORDS = 0.8
"""Share of the terms of two headlines from which they are one."""
FEW_TERMS = 4
"""In headline and lead: fewer say too little of any event."""
SAME_OUTLET = 0.4
"""Taken off between two texts of one outlet, which seldom reports an event twice: it is what came next."""
PER_DAY, MOST_DAYS = 0.1, 0.5
"""Taken off for each day beyond the first between two items."""
BACKGROUND = 0.3
"""Share of the likeness to what it does not belong to that is taken off an item: everything looks like a price list."""
_BACKGROUND_FROM, _BACKGROUND_TO = 2, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    link: StoryLink
    sketch: bytes
    """As it is to be remembered."""


def story_of(source: SourceId, uid: str) -> StoryId:
    """The id of a story that this item opens: 63 bits, the same whenever it is computed."""
    return StoryId(hash64(source, uid) >> 1)


@dataclass(frozen=True, slots=True)
class _Scored:
    score: float
    candidate: Candidate
    background: float


def assign(
    source: SourceId,
    uid: str,
    mine: Sketch,
    candidates: Sequence[Candidate],
    sizes: dict[StoryId, int],
    vocabulary: Vocabulary,
    now: datetime | None,
    *,
    events: bool = True,
) -> Assigned:
    """The link to the story that it belongs to, or a new one. `vocabulary` has the item in it already; `sizes` tells
    of the candidates' stories how many items they have. Without `events` only copies are looked for."""
    theirs = [Sketch.unpack(c.sketch) for c in candidates]
    scored = _scored(source, mine, candidates, theirs, vocabulary, now) if events else []
    others = [s.score for s in scored[_BACKGROUND_FROM:_BACKGROUND_TO]]
    background = BACKGROUND * sum(others) / len(others) if others else 0.0
    sketch = replace(mine, background=background).pack()
    link = _copy(source, mine, candidates, theirs, now) or _event(scored, background, sizes)
    if link is None:
        link = StoryLink(
            story=story_of(source, uid), relation=Relation.NEW, score=1.0, of=None, reason="nothing like it before"
        )
    return Assigned(link=link, sketch=sketch)


def _scored(
    source: SourceId, mine: Sketch, candidates: Sequence[Candidate], theirs: Sequence[Sketch], vocabulary: Vocabulary,
    now: datetime | None,
) -> list[_Scored]:  # fmt: skip
    """The most alike first."""
    found = []
    if np.count_nonzero(mine.in_lead) < FEW_TERMS:
        return []
    for plain, candidate, sketch in zip(Kinship(mine, theirs, vocabulary).scores(), candidates, theirs, strict=True):
        if np.count_nonzero(sketch.in_lead) < FEW_TERMS or _apart(now, candidate.seen_at) > MEMORY_WINDOW:
            continue
        is_same_outlet = bool(source) and candidate.source == source
        if is_same_outlet and min(mine.triples, sketch.triples) < SHORT and not _says_the_same(mine, sketch):
            continue  # Two headlines of one outlet are two things that it has to say.
        is_next = is_same_outlet and likeness(mine, sketch)[1] < COPY
        days = _apart(now, candidate.seen_at) / timedelta(days=1)
        thin = max(0.0, 1 - min(len(mine.terms), len(sketch.terms)) / ENOUGH)
        taken_off = THIN * thin + SAME_OUTLET * is_next + min(MOST_DAYS, PER_DAY * max(0.0, days - 1))
        found.append(_Scored(plain - taken_off, candidate, sketch.background))
    return sorted(found, key=lambda s: (-s.score, s.candidate.item))


def _event(scored: Sequence[_Scored], background: float, sizes: dict[StoryId, int]) -> StoryLink | None:
    by_story: defaultdict[StoryId, list[_Scored]] = defaultdict(list)
    for s in scored:
        by_story[s.candidate.story].append(s)
    best: tuple[float, _Scored] | None = None
    for story, members in by_story.items():
        # Items of the story that are no candidates have nothing in common with this one.
        mean = sum(s.score - background - s.background for s in members) / max(sizes.get(story, 0), len(members))
        if best is None or mean > best[0]:
            best = (mean, members[0])
    if best is None or best[0] < EVENT:
        return None
    mean, nearest = best
    of = nearest.candidate
    return StoryLink(
        story=of.story, relation=Relation.SAME_EVENT, score=round(min(1.0, mean), 3), of=of.item,
        reason=f"the same event as “{of.title}” ({of.source})",
    )  # fmt: skip


def _copy(
    source: SourceId, mine: Sketch, candidates: Sequence[Candidate], theirs: Sequence[Sketch], now: datetime | None
) -> StoryLink | None:
    best: tuple[float, Candidate, Relation, str] | None = None
    for candidate, sketch in zip(candidates, theirs, strict=True):
        verdict = _compare(mine, source, candidate, sketch, now)
        if verdict is not None and (best is None or verdict[0] > best[0]):
            best = (verdict[0], candidate, verdict[1], verdict[2])
    if best is None:
        return None
    score, of, relation, why = best
    return StoryLink(story=of.story, relation=relation, score=round(score, 3), of=of.item, reason=why)


def _compare(
    mine: Sketch, source: SourceId, candidate: Candidate, theirs: Sketch, now: datetime | None
) -> tuple[float, Relation, str] | None:
    what = f"“{candidate.title}” ({candidate.source})"
    if mine.url and mine.url == theirs.url:
        return 1.0, Relation.SAME_ARTICLE, f"the same address as {what}"
    if _apart(now, candidate.seen_at) > MEMORY_WINDOW:
        return None
    jaccard, contained = likeness(mine, theirs)
    shorter = min(mine.triples, theirs.triples)
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
            share = max(jaccard, contained)
            return max(0.75, jaccard), Relation.COPY, f"the same headline as {what}, {share:.0%} of the text shared"
    return None


def _says_the_same(a: Sketch, b: Sketch) -> bool:
    shared = len(np.intersect1d(a.terms, b.terms, assume_unique=True))
    return shared >= SAME_WORDS * (len(a.terms) + len(b.terms) - shared)


def _apart(a: datetime | None, b: datetime | None) -> timedelta:
    """Nothing where one is unknown: what is not known speaks against nothing."""
    return abs(a - b) if a is not None and b is not None else timedelta(0)
