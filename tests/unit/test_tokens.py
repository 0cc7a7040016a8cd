from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.scripts import Script
from monitor.text.tokens import is_word_end, is_word_start, runs, spans, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("peace talks, now", ("peace", "talks", "now")),
        ("शांति वार्ता", ("शांति", "वार्ता")),
        ("北约の会", ("北", "约", "の", "会")),
        ("covid-19 u.s.", ("covid", "19", "u", "s")),
        ("나토가 왔다", ("나토가", "왔다")),
    ],
)
def test_words_are_those_of_the_script(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "word", "whole"),
    [
        ("snato meets", "nato", False),
        ("nato meets", "nato", True),
        ("снатом", "нато", False),
        ("总统泽连斯基说", "泽连斯基", True),
        ("ประธานาธิบดีเซเลนสกีกล่าว", "เซเลนสกี", True),
        ("나토가 왔다", "나토", True),
        ("하나토", "나토", False),
        ("日本のNATO加盟", "NATO", True),
        ("nato-led", "nato", True),
        ("nato's", "nato", True),
        ("nato2", "nato", False),
    ],
)
def test_a_word_stands_by_itself_where_its_script_says_so(text: str, word: str, whole: bool) -> None:
    at = text.index(word)
    assert (is_word_start(text, at) and is_word_end(text, at + len(word))) is whole


def test_a_thai_vowel_stays_with_its_consonant() -> None:
    assert not is_word_end("กา", 1) or not is_word_start("กิ", 1)
    assert not is_word_start("กิน", 1)


def test_letters_of_two_scripts_are_two_runs() -> None:
    text = "НАТОvs北约 12"
    found = [(text[start:end], script) for start, end, script in runs(text)]
    assert found == [("НАТО", Script.CYRILLIC), ("vs", Script.LATIN), ("北约", Script.HAN)]


@given(st.text())
def test_words_stand_where_their_spans_say(text: str) -> None:
    assert tuple(text[start:end] for start, end in spans(text)) == words(text)


@given(st.text())
def test_the_edges_of_a_text_are_edges_of_words(text: str) -> None:
    assert is_word_start(text, 0)
    assert is_word_end(text, len(text))
    for start, end, script in runs(text):
        assert start < end
        assert script is not Script.OTHER
