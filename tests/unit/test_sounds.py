"""What is worked out in few steps says the same as what is worked out in many."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.matching.entities.parts import Part, PartIndex
from monitor.matching.entities.profiles import BITS
from monitor.matching.entities.sounds import key, key_ends, shared
from monitor.matching.entities.words import Capitals
from monitor.text.scripts import Script

SOUNDS = st.lists(st.sampled_from([*BITS, "ng"]), max_size=12).map("".join)
LETTERS = st.text(alphabet="abcde", max_size=10)


@given(SOUNDS)
def test_a_key_is_that_of_the_whole_word(sounds: str) -> None:
    assert key(sounds) == key_ends(sounds)[0]


@given(LETTERS, LETTERS)
def test_letters_in_common(one: str, other: str) -> None:
    rows = [[0] * (len(other) + 1)]
    for mine in one:
        row = [0]
        for at, theirs in enumerate(other, 1):
            row.append(rows[-1][at - 1] + 1 if mine == theirs else max(rows[-1][at], row[-1]))
        rows.append(row)
    assert shared(one, other) == rows[-1][-1]


@given(st.lists(st.sampled_from(["Ferry", "SANK", "Off", "the", "coast", "ǅ", "Ⅷten", "ÉTÉS", "étés", "Ⴀbcd", "of"])))
def test_a_line_of_capitals_is_told_by_most_of_its_longer_words(words: list[str]) -> None:
    text = " ".join(words)
    long = [word for word in words if len(word) >= 4]
    most = len(long) >= 5 and sum(word[0].isupper() for word in long) >= len(long) * 0.75
    assert Capitals(text).are_in(0, len(text)) is most


@given(st.lists(st.sampled_from(["Tarvo", "Верéнко", "Šimánek", "강민서"]), min_size=1), st.booleans())
def test_tables_made_beforehand_change_nothing(names: list[str], is_listed: bool) -> None:
    plain, settled = PartIndex(), PartIndex()
    for name in names:
        plain.add(Part(name, is_listed))
        settled.add(Part(name, is_listed))
    settled.settle()
    for word in ("Tarvo", "Tarwo", "Simanek", "Verenko", "Wierenko"):
        assert plain.hear(word, Script.LATIN, "en") == settled.hear(word, Script.LATIN, "en")
