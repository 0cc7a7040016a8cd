"""What an entity says beyond its names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.errors import QueryError
from monitor.core.model import EntityId
from monitor.core.settings import EntitySettings
from monitor.matching import compile_rules
from monitor.text.sentences import sentences
from tests.unit.matching_help import item, rule


def mentions(text: str, *, title: str = "", exclude: tuple[str, ...] = (), context: tuple[str, ...] = ()) -> list[str]:
    entity = EntitySettings(id=EntityId("e"), name="Shell", exclude=exclude, context=context)
    found = compile_rules([rule("e", "entity:e")], [entity], {}).match(item(text, title))
    return [f"{h.surface}@{h.start}" for m in found for h in m.hits]


def test_a_phrase_that_has_the_name_in_it_takes_away_that_mention_alone() -> None:
    text = "Shell sold the Shell Cottage, its Shell Cottage, today."
    assert mentions(text, exclude=("shell cottage",)) == ["Shell@0"]
    assert mentions("The Shell Cottage is open.", exclude=("Shell Cottage",)) == []


def test_a_phrase_that_stands_apart_takes_away_the_mentions_of_its_sentence() -> None:
    text = "A Shell washed up on the beach. Later Shell raised its dividend."
    assert mentions(text, exclude=("beach",)) == ["Shell@38"]
    assert mentions("Shell raised its dividend.", title="On the beach", exclude=("beach",)) == ["Shell@0"]


def test_wildcards_and_exact_forms_are_understood_as_in_lists() -> None:
    assert mentions("Shell on the beaches", exclude=("beach*",)) == []
    assert mentions("Shell on the BEACH", exclude=("=beach",)) == ["Shell@0"]


@pytest.mark.parametrize(
    ("text", "title", "counts"),
    [
        ("Shell rose by 2 %.", "", False),
        ("Shell rose by 2 %. So did oil.", "", True),
        ("Shell rose by 2 %.", "OIL stocks", True),
        ("Shell rose by 2 %. Crude oils fell.", "", False),
    ],
)
def test_a_name_with_a_context_counts_only_where_one_of_its_words_stands(text: str, title: str, counts: bool) -> None:
    assert bool(mentions(text, title=title, context=("oil", "natural gas"))) is counts


def test_both_hold_together() -> None:
    assert mentions("Shell oil on the beach", exclude=("beach",), context=("oil",)) == []
    assert mentions("Shell oil", exclude=("beach",), context=("oil",)) == ["Shell@0"]


def test_conditions_of_one_entity_leave_others_alone() -> None:
    entities = [
        EntitySettings(id=EntityId("a"), name="Shell", context=("oil",)),
        EntitySettings(id=EntityId("b"), name="Shell"),
    ]
    matcher = compile_rules([rule("a", "entity:a"), rule("b", "entity:b")], entities, {})
    assert [m.rule for m in matcher.match(item("Shell rose."))] == ["b"]


def test_what_would_match_everything_is_refused() -> None:
    with pytest.raises(QueryError, match="matches everything"):
        mentions("Shell", exclude=("*",))


@given(st.lists(st.sampled_from(["Shell", "Shell Cottage", "beach", "fell", ".", "\n"]), max_size=30))
def test_what_is_taken_away_is_what_reading_one_place_after_the_other_takes_away(words: list[str]) -> None:
    text = " ".join(words)
    names = [m.start() for m in re.finditer(r"\bShell\b", text)]
    gone: set[int] = set()
    for other in re.finditer(r"\b(?:Shell Cottage|beach)\b", text):
        covered = [at for at in names if other.start() <= at < other.end()]
        around = next(((b, e) for b, e in sentences(text) if b <= other.start() < e), other.span())
        gone.update(covered or [at for at in names if around[0] <= at < around[1]])
    kept = [f"Shell@{at}" for at in names if at not in gone]
    assert mentions(text, exclude=("Shell Cottage", "beach")) == kept
