"""Words that mix Latin and Cyrillic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.matching import compile_rules
from monitor.text.folding import fold, fold_text
from monitor.text.twins import in_one_script
from tests.unit.matching_help import item, rule


@pytest.mark.parametrize(
    ("mixed", "plain"),
    [
        ("Кpeмль", "Кремль"),  # Latin p and e
        ("CОVID", "COVID"),  # Cyrillic О
        ("Вirchwald", "Birchwald"),  # Cyrillic В
        ("СМС и SMS", "СМС и SMS"),
        ("АТОМ", "АТОМ"),
        ("COP", "COP"),
        ("COР", "СОР"),  # nothing tells: one Cyrillic letter makes it Cyrillic
        ("плюс4G", "плюс4G"),
    ],
)
def test_a_word_of_two_scripts_is_read_in_that_of_its_other_letters(mixed: str, plain: str) -> None:
    assert in_one_script(mixed) == plain
    assert fold_text(mixed) == fold_text(plain)


def test_a_query_finds_a_word_with_letters_of_the_other_script_where_it_stands() -> None:
    (match,) = compile_rules([rule("r", "covid")], [], {}).match(item("новый СOVID-19 в городе"))
    assert [(h.surface, h.start) for h in match.hits] == [("СOVID", 6)]


@given(st.text(alphabet="abcexpСсеорхВ bяжÉ\u0301Ⅷ1", max_size=30))
def test_places_are_kept(text: str) -> None:
    assert len(in_one_script(text)) == len(text)
    assert in_one_script(in_one_script(text)) == in_one_script(text)
    folded = fold(text)
    assert folded.original == text
    for at in range(len(folded.text)):
        assert 0 <= folded.start(at) < folded.end(at + 1) <= len(text)


@given(st.text(alphabet="abcexpСсеорхВ bяжÉ\u0301\u0483\u200bкḱ\u0306Ⅷ1", max_size=12))
def test_texts_are_folded_as_their_words_are_in_one_script(text: str) -> None:
    assert fold(text).settled == in_one_script(text)
    assert fold_text(text) == fold_text(in_one_script(text))
