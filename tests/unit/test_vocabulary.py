"""What is learnt of words is independent of order, can be taken back, and survives being put away."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.stories import Sketch, Vocabulary, event_keys, sketch_of
from monitor.stories.event import KEYS, likenesses
from monitor.stories.sketch import terms_of

SOME = ["harbour", "bridge", "council", "vote", "mayor", "2025", "of", "the", "and", "旧", "港", "大", "桥"]
WORDS = st.lists(st.sampled_from(SOME), max_size=30)
TEXTS = st.one_of(WORDS.map(" ".join), st.text(max_size=80))
SKETCHES = st.builds(
    lambda title, text, language: sketch_of(title=title, text=text, canonical_url="", language=language),
    TEXTS,
    TEXTS,
    st.sampled_from(["", "en", "id", "zh-Hant", "xx_YY"]),
)


def learnt(*sketches: Sketch) -> Vocabulary:
    vocabulary = Vocabulary()
    for sketch in sketches:
        vocabulary.add(sketch)
    return vocabulary


def weighed(vocabulary: Vocabulary, *sketches: Sketch) -> list[list[float]]:
    return [vocabulary.weights(s.terms, s.language).tolist() for s in sketches]


@given(st.lists(SKETCHES, max_size=6), st.randoms())
def test_the_order_in_which_items_are_learnt_does_not_matter(sketches: list[Sketch], chance: object) -> None:
    other = sketches[:]
    chance.shuffle(other)  # type: ignore[attr-defined]
    assert weighed(learnt(*sketches), *sketches) == weighed(learnt(*other), *sketches)


@given(st.lists(SKETCHES, max_size=4), st.lists(SKETCHES, max_size=4))
def test_what_is_forgotten_leaves_no_trace(kept: list[Sketch], taken_back: list[Sketch]) -> None:
    vocabulary = learnt(*kept, *taken_back)
    for sketch in taken_back:
        vocabulary.forget(sketch)
    assert weighed(vocabulary, *kept, *taken_back) == weighed(learnt(*kept), *kept, *taken_back)


@settings(max_examples=10)  # megabytes are packed
@given(st.lists(SKETCHES, max_size=4), st.lists(SKETCHES, max_size=4))
def test_a_packed_vocabulary_goes_on_where_it_was(before: list[Sketch], after: list[Sketch]) -> None:
    resumed = Vocabulary.unpack(learnt(*before).pack())
    for sketch in after:
        resumed.add(sketch)
    assert resumed.pack() == learnt(*before, *after).pack()


@given(SKETCHES)
def test_a_packed_sketch_says_the_same(sketch: Sketch) -> None:
    again = Sketch.unpack(sketch.pack())
    for name in ("url", "title", "triples", "language"):
        assert getattr(again, name) == getattr(sketch, name)
    for name in ("minima", "terms", "body", "beginning", "in_title", "in_lead", "is_number"):
        assert np.array_equal(getattr(again, name), getattr(sketch, name)), name
    vocabulary = learnt(sketch)
    assert event_keys(again, vocabulary) == event_keys(sketch, vocabulary)


def test_a_word_that_many_items_have_weighs_less_and_other_languages_do_not_count() -> None:
    items = [sketch_of(title="", text=f"council item{n} word{n}", canonical_url="", language="en") for n in range(40)]
    vocabulary = learnt(*items)
    common, rare = terms_of(["council"])[0], terms_of(["bridge"])[0]
    heavy, light = vocabulary.weights(np.array([rare, common], np.uint32), "en")
    assert heavy > 5 * light > 0
    elsewhere = vocabulary.weights(np.array([rare, common], np.uint32), "id")
    assert elsewhere[0] == elsewhere[1]


def test_the_very_first_items_are_told_apart_already() -> None:
    """What two share is no common word because nothing else was read yet."""
    first, second = (sketch_of(title="", text=t, canonical_url="", language="en") for t in ("bridge a", "bridge b"))
    vocabulary = learnt(first, second)
    assert vocabulary.weights(np.array(terms_of(["bridge"]), np.uint32), "en")[0] > 3


@given(st.lists(SKETCHES, min_size=1, max_size=5))
def test_keys_of_events_are_few_and_of_the_headline_and_the_lead(sketches: list[Sketch]) -> None:
    vocabulary = learnt(*sketches)
    for sketch in sketches:
        keys = event_keys(sketch, vocabulary)
        assert len(keys) == min(KEYS, int(sketch.in_lead.sum()))
        assert all(weight > 0 for weight in keys.values())


@given(SKETCHES, st.lists(SKETCHES, max_size=5))
def test_a_likeness_depends_on_the_two_alone_and_is_bounded(mine: Sketch, others: list[Sketch]) -> None:
    vocabulary = learnt(mine, *others)
    found = likenesses(mine, others, vocabulary)
    assert all(0 <= one <= 5 / 3 + 1e-9 for one in found)
    assert np.allclose(found, [likenesses(mine, [other], vocabulary)[0] for other in others])
