"""Which sentences of an article an alert shows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alerts.summary import LIMIT, summarise

TEXT = "The lead says it all. A second sentence follows. NATO is in the third. The fourth is dull. NATO ends the fifth."


def shown(text: str, *surfaces: str, **options: str) -> list[str]:
    hits = [(text.index(surface), text.index(surface) + len(surface)) for surface in surfaces]
    return [text[start:end] for start, end in summarise(text, hits, **options)]  # type: ignore[arg-type]  # only `title`


def test_the_lead_and_the_sentence_of_the_hit_are_shown() -> None:
    assert shown(TEXT, "NATO") == ["The lead says it all.", "NATO is in the third."]


def test_sentences_that_follow_each_other_are_one_stretch() -> None:
    assert shown(TEXT, "second") == ["The lead says it all. A second sentence follows."]


def test_of_many_hits_the_first_two_sentences_after_the_lead_are_shown() -> None:
    text = "Lead. " + " ".join(f"Nr{n} has NATO here." for n in range(9))
    spans = summarise(text, [(i, i + 4) for i in range(len(text)) if text.startswith("NATO", i)])
    assert [text[start:end] for start, end in spans] == ["Lead. Nr0 has NATO here. Nr1 has NATO here."]


def test_without_a_hit_in_the_text_its_beginning_is_shown() -> None:
    assert shown(TEXT) == ["The lead says it all. A second sentence follows."]


def test_a_first_sentence_that_repeats_the_title_is_passed_over() -> None:
    assert shown(TEXT, "NATO", title="The Lead Says It All")[0].startswith("A second sentence")
    assert shown("Only the title.", title="Only the title") == []


def test_a_long_sentence_is_cut_around_its_hit_between_words() -> None:
    text = "Lead. " + "Word " * 300 + "NATO " + "Word " * 300
    _, around = shown(text, "NATO")
    assert "NATO" in around
    assert len(around) <= 300
    assert set(around.split()) == {"Word", "NATO"}


def test_a_text_without_spaces_is_cut_too() -> None:
    text = "漢" * 3000 + "北約" + "字" * 3000
    (stretch,) = shown(text, "北約")
    assert "北約" in stretch
    assert len(stretch) <= 300


@settings(deadline=None)
@given(st.text(max_size=1500), st.lists(st.tuples(st.integers(-5, 1600), st.integers(-5, 1600)), max_size=6))
def test_whatever_the_text_the_spans_are_ordered_within_it_and_few(text: str, hits: list[tuple[int, int]]) -> None:
    spans = summarise(text, hits)
    flat = [at for span in spans for at in span]
    assert flat == sorted(flat)
    assert all(start < end for start, end in spans)
    assert all(0 <= at <= len(text) for at in flat)
    assert sum(end - start for start, end in spans) <= LIMIT + 100


def test_a_hit_far_down_a_very_long_text_is_shown() -> None:
    text = "The lead. " + "Nothing here. " * 5000 + "NATO at last. " + "Nothing again. " * 5000
    assert shown(text, "NATO") == ["The lead.", "NATO at last."]
