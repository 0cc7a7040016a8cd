"""What is one story, seen with all of its items at hand.

`assign` answers at once, so what it says depends on who came first and on what was learnt of words until then. Here it
answers again, as if all had come in the order of their times, with what is known of words by now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from monitor.core.model import Candidate, ItemId, StoryId, StoryLink
from monitor.stories.assign import EVENT, assign
from monitor.stories.sketch import Sketch
from monitor.stories.vocabulary import Vocabulary

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def in_order(items: Iterable[Candidate]) -> list[Candidate]:
    """By their times, and else in an order that has nothing to do with how they came."""
    return sorted(items, key=lambda c: (c.seen_at or _LONG_AGO, c.sketch, c.source, c.item))


def settled(items: Iterable[Candidate], vocabulary: Vocabulary, *, event: float = EVENT) -> dict[ItemId, StoryLink]:
    """New links for the items of all stories that are others than they were: `items` are these stories'. Each is
    compared with all others that are known by then. A story keeps its id where most of its items stay together."""
    known: dict[ItemId, Candidate] = {}
    links: dict[ItemId, StoryLink] = {}
    in_time = in_order(items)
    for c in in_time:
        link = links[c.item] = _asked(c, known, vocabulary, event)
        known[c.item] = replace(c, story=link.story)
    sizes = Counter(c.story for c in known.values())
    for c in in_time:  # Who came early and stayed alone may be like what others told later.
        if sizes[known[c.item].story] == 1:
            link = _asked(c, known, vocabulary, event)
            if link.of is not None:
                links[c.item], known[c.item] = link, replace(c, story=link.story)
                sizes[link.story] += 1
    was, groups = _items_by_story(in_time), _items_by_story(known.values())
    found: dict[ItemId, StoryLink] = {}
    for story, group in zip(_named(groups, {c.item: c.story for c in in_time}), groups.values(), strict=True):
        if was.get(story) != group:
            found |= {item: replace(links[item], story=story) for item in sorted(group)}
    return found


def _asked(c: Candidate, known: Mapping[ItemId, Candidate], vocabulary: Vocabulary, event: float) -> StoryLink:
    others = [other for other in known.values() if other.item != c.item]
    return assign(c.source, f"settled {c.item}", Sketch.unpack(c.sketch), others, vocabulary, c.seen_at, event=event)


def _items_by_story(items: Iterable[Candidate]) -> dict[StoryId, set[ItemId]]:
    found: defaultdict[StoryId, set[ItemId]] = defaultdict(set)
    for c in items:
        found[c.story].add(c.item)
    return found


def _named(groups: Mapping[StoryId, set[ItemId]], was: Mapping[ItemId, StoryId]) -> list[StoryId]:
    """For each the story that most of it was in, or that its first item was in; so that few items move."""
    held = []
    for new, group in groups.items():
        stayed: defaultdict[StoryId, list[ItemId]] = defaultdict(list)
        for item in group:
            stayed[was[item]].append(item)
        held += [(-len(items), min(items), story, new) for story, items in stayed.items()]
    named: dict[StoryId, StoryId] = {}
    for _, _, story, new in sorted(held):
        if new not in named and story not in named.values():
            named[new] = story
    return [named.get(new, new) for new in groups]
