"""Stories are settled with all of their items at hand."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import Candidate, ItemId, Relation, SourceId, StoryId
from monitor.stories import Vocabulary, settled, sketch_of
from tests.quality.stories.reports import Report, reports

RESERVOIR = [r for r in reports("en") if r.event == "reservoir"]
STRIKE = [r for r in reports("en") if r.event == "strike"]


def candidates(some: Sequence[Report], stories: Sequence[int], *, timed: bool = True) -> list[Candidate]:
    sketches = [sketch_of(title=r.title, text=r.text, canonical_url="", language=r.language) for r in some]
    return [
        Candidate(
            item=ItemId(n), story=StoryId(story), source=SourceId(r.outlet), title=r.title, keys=(),
            sketch=sketch.pack(), seen_at=r.at if timed else None,
        )
        for n, (r, sketch, story) in enumerate(zip(some, sketches, stories, strict=True))
    ]  # fmt: skip


def learnt() -> Vocabulary:
    vocabulary = Vocabulary()
    for r in reports("en"):
        vocabulary.add(sketch_of(title=r.title, text=r.text, canonical_url="", language=r.language))
    return vocabulary


def test_what_belongs_together_comes_together_in_the_story_that_has_most_of_it() -> None:
    links = settled(candidates(RESERVOIR, [7, 8, 8]), learnt())
    assert {item: link.story for item, link in links.items()} == {0: 8, 1: 8, 2: 8}
    assert [links[ItemId(n)].relation for n in range(3)] == [Relation.NEW, Relation.SAME_EVENT, Relation.SAME_EVENT]


def test_what_does_not_belong_together_comes_apart_and_most_of_it_stays() -> None:
    links = settled(candidates([*RESERVOIR, STRIKE[0]], [7, 7, 7, 7]), learnt())
    assert {link.story for item, link in links.items() if item < 3} <= {7}
    assert links[ItemId(3)].story != 7
    assert links[ItemId(3)].relation is Relation.NEW


@pytest.mark.parametrize("timed", [True, False])
def test_what_is_settled_stays_so_in_any_order(timed: bool) -> None:
    items = candidates([*RESERVOIR, *STRIKE], [1, 2, 3, 4, 5, 6], timed=timed)
    vocabulary = learnt()
    links = settled(items, vocabulary)
    settled_items = [replace(c, story=links[c.item].story if c.item in links else c.story) for c in items]
    assert len({c.story for c in settled_items}) == 2
    for seed in range(5):
        random.Random(seed).shuffle(settled_items)
        assert settled(settled_items, vocabulary) == {}


def test_stories_that_are_as_they_should_be_are_left_alone() -> None:
    assert settled([], learnt()) == {}
    assert settled(candidates([RESERVOIR[0], STRIKE[0]], [1, 2]), learnt()) == {}


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=200), st.integers(0, 2)), max_size=6))
def test_any_items_can_be_settled_and_no_story_is_given_twice(some: list[tuple[str, str, int]]) -> None:
    vocabulary = Vocabulary()
    items = []
    for n, (title, text, story) in enumerate(some):
        sketch = sketch_of(title=title, text=text, canonical_url="")
        vocabulary.add(sketch)
        items.append(
            Candidate(
                item=ItemId(n), story=StoryId(story), source=SourceId(""), title=title, keys=(), sketch=sketch.pack(),
                seen_at=None,
            )
        )  # fmt: skip
    links = settled(items, vocabulary)
    found = {c.item: links[c.item].story if c.item in links else c.story for c in items}
    for item, link in links.items():
        assert link.of is None or found[link.of] == found[item]
