"""What is one story, seen with all of its items at hand.

`assign` answers at once, so what it says depends on who came first and on what was learnt of words until then. Here
every item is compared with its kin by what is known now, and the most alike are joined first: in which order they came
makes no difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from monitor.core.model import Candidate, ItemId, Relation, StoryId, StoryLink
from monitor.stories.assign import EVENT, LINKED, Tie, story_of, ties
from monitor.stories.event import Floats
from monitor.stories.vocabulary import Vocabulary

ONE_TEXT = 2.0
"""Likeness of a copy to its original: they are joined before all others."""


def regrouped(
    kin: Mapping[ItemId, Sequence[Candidate]],
    items: Iterable[Candidate],
    vocabulary: Vocabulary,
    event: float = EVENT,
) -> dict[ItemId, StoryLink]:
    """The items whose story is another than it was, with the story that they are of. `kin`: with whom each is to be
    compared, whoever of the two names the other."""
    known = sorted(items, key=lambda c: (c.seen_at or _LONG_AGO, c.sketch, c.item))
    found = _ties(kin, known, vocabulary)
    links: dict[ItemId, StoryLink] = {}
    for story, group in _named(_groups(known, found, event)):
        for candidate in group:
            if candidate.story != story:
                links[candidate.item] = _link(candidate, story, group, found)
    return links


_LONG_AGO = datetime.min.replace(tzinfo=UTC)
Pairs = dict[tuple[ItemId, ItemId], Tie]


def _ties(kin: Mapping[ItemId, Sequence[Candidate]], known: Sequence[Candidate], vocabulary: Vocabulary) -> Pairs:
    """By both items, the one that is first in `known` first."""
    place = {c.item: n for n, c in enumerate(known)}
    wanted: defaultdict[int, set[int]] = defaultdict(set)
    for item, others in kin.items():
        for other in others:
            if item in place and other.item in place and other.item != item:
                first, second = sorted((place[item], place[other.item]))
                wanted[first].add(second)
    found: Pairs = {}
    for first, seconds in wanted.items():
        others_of_it = [known[n] for n in sorted(seconds)]
        for other, tie in zip(others_of_it, ties(known[first], others_of_it, vocabulary), strict=True):
            found[known[first].item, other.item] = tie
    return found


def _groups(known: Sequence[Candidate], found: Pairs, event: float) -> list[list[Candidate]]:
    place = {c.item: n for n, c in enumerate(known)}
    alike, apart = np.zeros((len(known), len(known))), np.zeros((len(known), len(known)), np.bool_)
    for items, tie in found.items():
        one, other = place[items[0]], place[items[1]]
        worth = 0.0 if tie.is_form_anew else ONE_TEXT if tie.copy is not None else tie.event
        alike[one, other] = alike[other, one] = worth
        apart[one, other] = apart[other, one] = tie.is_form_anew
    members = {n: [n] for n in range(len(known))}
    group_of = np.arange(len(known))

    def links(group: int) -> list[tuple[float, int, int]]:
        others = set(group_of[(alike[members[group]] > 0).any(axis=0)].tolist()) - {group}
        pairs = (sorted((group, other)) for other in others)
        return [(-_linkage(alike, apart, members[a], members[b]), a, b) for a, b in pairs]

    heap = [link for n in members for link in links(n) if n == link[1]]
    heapify(heap)
    while heap and -heap[0][0] >= event:
        score, a, b = heappop(heap)
        if a in members and b in members and _linkage(alike, apart, members[a], members[b]) == -score:
            members[a] += members.pop(b)
            group_of[members[a]] = a
            for link in links(a):
                heappush(heap, link)
    return [[known[n] for n in sorted(group)] for group in members.values()]


def _linkage(alike: Floats, apart: NDArray[np.bool_], a: list[int], b: list[int]) -> float:
    """Of the smaller group each item with the few of the larger one that are most like it, on average: an event that
    many tell is told in many ways."""
    here = np.ix_(a, b)
    if apart[here].any():
        return -1.0
    sides = [alike[here]] if len(a) < len(b) else [alike[here].T] if len(b) < len(a) else [alike[here], alike[here].T]
    return float(np.mean([np.sort(side, axis=1)[:, -LINKED:].mean() for side in sides]))


def _named(groups: Sequence[list[Candidate]]) -> Iterable[tuple[StoryId, list[Candidate]]]:
    """Each with the story that most of it was in; so that few items move."""
    held = [
        (count, n, story) for n, group in enumerate(groups) for story, count in Counter(c.story for c in group).items()
    ]
    named: dict[int, StoryId] = {}
    for _, place, story in sorted(held, key=lambda h: (-h[0], h[1], h[2])):
        if place not in named and story not in named.values():
            named[place] = story
    for n, group in enumerate(groups):
        yield named.get(n) or story_of(group[0].source, f"settled {group[0].item}"), group


def _link(candidate: Candidate, story: StoryId, group: Sequence[Candidate], found: Pairs) -> StoryLink:
    """Like which of its story it is; the first of a story is like none before it."""
    earlier = [c for c in group if c.item < candidate.item]
    if not earlier:
        why = f"told apart from story {candidate.story}"
        return StoryLink(story=story, relation=Relation.NEW, score=1.0, of=None, reason=why)

    def tie(other: Candidate) -> Tie | None:
        return found.get((candidate.item, other.item)) or found.get((other.item, candidate.item))

    def worth(other: Candidate) -> float:
        known = tie(other)
        return 0.0 if known is None else ONE_TEXT + known.copy[0] if known.copy is not None else known.event

    of = max(earlier, key=lambda c: (worth(c), -c.item))
    known, named = tie(of), f"“{of.title}” ({of.source})"
    if known is not None and known.copy is not None:
        score, relation = known.copy
        return StoryLink(story=story, relation=relation, score=score, of=of.item, reason=f"one text with {named}")
    score = round(min(1.0, max(0.0, worth(of))), 3)
    why = f"the same event as {named}, as was found later"
    return StoryLink(story=story, relation=Relation.SAME_EVENT, score=score, of=of.item, reason=why)
