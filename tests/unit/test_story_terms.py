"""What a story is about, in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.stories import Vocabulary, key_terms, names_told, sketch_of
from tests.acceptance.twelve import TOLD
from tests.quality.stories.reports import reports

REPORTS = [(n.title, n.text, "en") for n in TOLD.values()]


def learnt() -> Vocabulary:
    vocabulary = Vocabulary()
    for one in (*reports("en"), *TOLD.values()):
        vocabulary.add(sketch_of(title=one.title, text=one.text, canonical_url="", language="en"))
    return vocabulary


def test_the_terms_are_those_of_most_reports_and_of_few_others() -> None:
    found = key_terms(REPORTS, learnt())
    assert {"Kestrel", "Junction", "Aldmoor"} <= set(found)
    assert not {"the", "of", "The"} & set(found)


def test_the_names_are_those_of_most_reports() -> None:
    found = names_told(REPORTS, learnt())
    assert found[0] in ("Kestrel", "Junction", "Aldmoor")
    assert "Piet" not in found


@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=200), st.sampled_from(["", "en", "zh"])), max_size=4))
def test_any_reports_have_few_terms(some: list[tuple[str, str, str]]) -> None:
    assert len(key_terms(some, Vocabulary())) <= 8
    assert len(names_told(some, Vocabulary())) <= 8
