"""Is this a story that was told before? Decided at once, from the item and its candidates alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from monitor.core.model import Candidate, Relation, SourceId, StoryId, StoryLink
from monitor.core.settings import Breadth
from monitor.stories.across import alikeness
from monitor.stories.event import likenesses, shared
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

EVENT = 0.46
"""Mean likeness to a story's items from which an item reports the same event."""
EVENTS: Mapping[Breadth, float] = {Breadth.STRICT: 0.56, Breadth.BALANCED: EVENT, Breadth.BROAD: 0.38}
"""By how much is to be one story."""
ACROSS, WORDS_ACROSS = 1.02, 0.5
"""What likeness of names and numbers is worth between two languages, and beside it that of words: languages share some,
and those in one script their spelling of names."""
NAMES_LEAST = 3
"""Names and numbers that two such reports need in common: with fewer, it is another thing of the same people."""
ACROSS_WINDOW = timedelta(days=2)
LINKED = 3
"""Of a story's items, the most alike, of which that mean is taken."""
THIN, ENOUGH = 0.2, 40
"""Taken off where an item has no words; less the more terms it has, nothing from that many on: few words are alike by
chance."""
SAME_WORDS = 0.8
"""Share of the terms of two headlines from which they are one."""
FEW_TERMS = 4
"""In headline and lead: fewer say too little of any event."""
SAME_OUTLET = 0.4
"""Taken off between two texts of one outlet, which seldom reports an event twice: it is what came next."""
FORM = 0.5
"""Share of words from which two texts are one form filled in twice if what was filled in differs: prices, bulletins."""
FRAME = 0.2
"""Or share of word triples."""
OTHERS_FORM = 0.6
"""In texts of two outlets, with that share of triples as well."""
FILLED, FILLED_MIN = 0.05, 2
"""What each needs of its own, as a share of what they share, and how many: terms, in texts of two outlets words."""
FIGURES, FIGURES_MIN = 0.5, 3
"""Numbers that it needs of its own as well, as a share of all of its, and how many, in texts of two outlets."""
PER_DAY, MOST_DAYS = 0.1, 0.5
"""Taken off for each day beyond the first between two items."""


@dataclass(frozen=True, slots=True)
class Standard:
    """What is one story."""

    event: float = EVENT
    """Likeness from which an item reports the same event."""
    across_languages: bool = False
    """Whether names and numbers can say so for reports in two languages."""

    @classmethod
    def of(cls, breadth: Breadth, *, across_languages: bool) -> Standard:
        return cls(EVENTS[breadth], across_languages)


USUAL = Standard()


def story_of(source: SourceId, uid: str) -> StoryId:
    """The id of a story that this item opens: 63 bits, the same whenever it is computed."""
    return StoryId(hash64(source, uid) >> 1)


@dataclass(frozen=True, slots=True)
class _Kin:
    candidate: Candidate
    sketch: Sketch
    is_same_outlet: bool
    jaccard: float
    contained: float
    """As `sketch.likeness` tells."""


@dataclass(frozen=True, slots=True)
class _Scored:
    score: float
    kin: _Kin
    names: int = 0
    """Names and numbers in common, where those made the score."""


def assign(
    source: SourceId,
    uid: str,
    mine: Sketch,
    candidates: Sequence[Candidate],
    vocabulary: Vocabulary,
    now: datetime | None,
    *,
    events: bool = True,
    event: float = EVENT,
) -> StoryLink:
    """The link to the story that it belongs to, or a new one. `vocabulary` has the item in it already. Without
    `events` only copies are looked for. `event` is the likeness from which an item reports the same event."""
    theirs = [_unpacked(c.sketch) for c in candidates]
    kin = [
        _Kin(candidate, sketch, bool(source) and candidate.source == source, *likeness(mine, sketch))
        for candidate, sketch in zip(candidates, theirs, strict=True)
    ]
    forms = {k.candidate.item: k.candidate.story for k in kin if _is_form_anew(mine, k)}
    alike = [k for k in kin if k.candidate.item not in forms]
    scored = _scored(mine, alike, vocabulary, now) if events else []
    link = _same_article(mine, kin) or _copy(source, mine, alike, now)
    if link is None:  # A story that holds another filling of the form is not this one's.
        link = _event([s for s in scored if s.kin.candidate.story not in forms.values()], event)
    return link or StoryLink(
        story=story_of(source, uid), relation=Relation.NEW, score=1.0, of=None, reason="nothing like it before"
    )


_unpacked = lru_cache(maxsize=200)(Sketch.unpack)
"""While stories are settled, and while the same thing is news, the same few are candidates again and again."""


def _scored(mine: Sketch, kin: Sequence[_Kin], vocabulary: Vocabulary, now: datetime | None) -> list[_Scored]:
    """The most alike first."""
    found = []
    if np.count_nonzero(mine.in_lead) < FEW_TERMS:
        return []
    for plain, k in zip(likenesses(mine, [k.sketch for k in kin], vocabulary), kin, strict=True):
        theirs, apart = k.sketch, _apart(now, k.candidate.seen_at)
        if np.count_nonzero(theirs.in_lead) < FEW_TERMS or apart > MEMORY_WINDOW:
            continue
        if k.is_same_outlet and min(mine.triples, theirs.triples) < SHORT and not _says_the_same(mine, theirs):
            continue  # Two headlines of one outlet are two things that it has to say.
        is_next = k.is_same_outlet and k.contained < COPY
        thin = max(0.0, 1 - min(len(mine.terms), len(theirs.terms)) / ENOUGH)
        taken_off = THIN * thin + SAME_OUTLET * is_next + _for_days(apart)
        found.append(_Scored(plain - taken_off, k))
    return sorted(_across_languages(mine, found, vocabulary, now), key=lambda s: (-s.score, s.kin.candidate.item))


def _across_languages(
    mine: Sketch, scored: Sequence[_Scored], vocabulary: Vocabulary, now: datetime | None
) -> list[_Scored]:
    """The same, where those in other languages are judged by names and numbers if these say more than the words."""
    if not len(mine.names.keys) or not mine.language:
        return list(scored)
    foreign = [s for s in scored if s.kin.sketch.language not in ("", mine.language)]
    found = {s.kin.candidate.item: s for s in scored}
    for s, common in zip(
        foreign, alikeness(mine.names, [s.kin.sketch.names for s in foreign], vocabulary), strict=True
    ):
        apart = _apart(now, s.kin.candidate.seen_at)
        score = ACROSS * (common.score + WORDS_ACROSS * max(0.0, s.score)) - _for_days(apart)
        if common.names >= NAMES_LEAST and apart <= ACROSS_WINDOW and score > s.score:
            found[s.kin.candidate.item] = replace(s, score=score, names=common.names)
    return list(found.values())


def _event(scored: Sequence[_Scored], event: float) -> StoryLink | None:
    by_story: defaultdict[StoryId, list[_Scored]] = defaultdict(list)
    for s in scored:
        by_story[s.kin.candidate.story].append(s)
    best: tuple[float, _Scored] | None = None
    for found in by_story.values():
        # Items of the story that are no candidates have nothing in common with this one. That holds few against it:
        # what a hundred outlets tell is told in many ways.
        members = found[:LINKED]
        mean = sum(s.score for s in members) / len(members)
        if best is None or mean > best[0]:
            best = (mean, members[0])
    if best is None or best[0] < event:
        return None
    mean, nearest = best
    of, score = nearest.kin.candidate, min(1.0, mean)
    if not nearest.names:
        return _link(score, of, Relation.SAME_EVENT, f"the same event as {_named(of)}")
    why = f"the same event as {_named(of)}, in another language: {nearest.names} names and numbers in common"
    return _link(score, of, Relation.ACROSS_LANGUAGES, why)


def _same_article(mine: Sketch, kin: Sequence[_Kin]) -> StoryLink | None:
    for k in kin:
        if mine.url and mine.url == k.sketch.url:
            why = f"the same address as {_named(k.candidate)}"
            return _link(1.0, k.candidate, Relation.SAME_ARTICLE, why)
    return None


def _copy(source: SourceId, mine: Sketch, kin: Sequence[_Kin], now: datetime | None) -> StoryLink | None:
    best: tuple[float, Candidate, str] | None = None
    for k in kin:
        verdict = _compare(source, mine, k, now)
        if verdict is not None and (best is None or verdict[0] > best[0]):
            best = (verdict[0], k.candidate, verdict[1])
    return None if best is None else _link(best[0], best[1], Relation.COPY, best[2])


def _link(score: float, of: Candidate, relation: Relation, why: str) -> StoryLink:
    return StoryLink(story=of.story, relation=relation, score=round(score, 3), of=of.item, reason=why)


def _compare(source: SourceId, mine: Sketch, k: _Kin, now: datetime | None) -> tuple[float, str] | None:
    candidate, theirs = k.candidate, k.sketch
    if _apart(now, candidate.seen_at) > MEMORY_WINDOW:
        return None
    what = _named(candidate)
    jaccard, contained = k.jaccard, k.contained
    shorter = min(mine.triples, theirs.triples)
    if jaccard >= COPY and shorter >= SHORT:
        return jaccard, f"copy of {what}, {jaccard:.0%} of the text shared"
    if contained >= CONTAINED and jaccard >= 0.2 and shorter >= CONTAINED_MIN:
        return contained * 0.9, f"shortened copy of {what}, {contained:.0%} of it found there"
    if mine.title and mine.title == theirs.title and source != candidate.source:
        # One outlet repeats its headlines ("Gold price today"); two outlets with one headline copy each other, unless
        # both carry a text and the texts have nothing in common.
        if shorter - triples_of(candidate.title) < SHORT:  # of the text itself
            return 0.9, f"the same headline as {what}"
        if jaccard >= 0.15:
            share = max(jaccard, contained)
            return max(0.75, jaccard), f"the same headline as {what}, {share:.0%} of the text shared"
    return None


def _named(candidate: Candidate) -> str:
    return f"“{candidate.title}” ({candidate.source})"


def _is_form_anew(mine: Sketch, k: _Kin) -> bool:
    """Both are one form, filled in with different things: yesterday's prices and today's, two bulletins."""
    theirs = k.sketch
    if k.is_same_outlet and mine.title and mine.title == theirs.title and k.contained < COPY:
        return min(mine.triples, theirs.triples) >= SHORT
    if not k.is_same_outlet and k.jaccard < FRAME:
        return False
    common, _ = shared(mine.terms, theirs.terms)
    numbers = int(mine.is_number[common].sum())
    words = len(common) - numbers
    own_terms = [len(s.terms) - len(common) for s in (mine, theirs)]
    own_numbers = [int(s.is_number.sum()) - numbers for s in (mine, theirs)]
    own_words = [terms - figures for terms, figures in zip(own_terms, own_numbers, strict=True)]
    share = words / ((words + sum(own_words)) or 1)
    if k.is_same_outlet:
        return min(own_terms) >= max(FILLED_MIN, FILLED * len(common)) and (share >= FORM or k.jaccard >= FRAME)
    # Copies are brought up to date, by others: only figures differ.
    return (
        min(own_words) >= max(FILLED_MIN, FILLED * words)
        and all(own >= max(FIGURES_MIN, FIGURES * (own + numbers)) for own in own_numbers)
        and share >= OTHERS_FORM
    )


def _says_the_same(a: Sketch, b: Sketch) -> bool:
    common = len(shared(a.terms, b.terms)[0])
    return common >= SAME_WORDS * (len(a.terms) + len(b.terms) - common)


def _for_days(apart: timedelta) -> float:
    """What is taken off for them."""
    return min(MOST_DAYS, PER_DAY * max(0.0, apart / timedelta(days=1) - 1))


def _apart(a: datetime | None, b: datetime | None) -> timedelta:
    """Nothing where one is unknown: what is not known speaks against nothing."""
    return abs(a - b) if a is not None and b is not None else timedelta(0)
