from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.folding import Folded, fold, fold_text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Straße", "strasse"),
        ("ΟΔΥΣΣΕΎΣ", "οδυσσευσ"),
        ("Οδυσσεύς", "οδυσσευσ"),
        ("İstanbul Iğdır ısı", "istanbul igdir isi"),
        ("Łódź", "lodz"),
        ("Đặng Thị Ngọc", "dang thi ngoc"),
        ("Зеле́нский, ёж", "зеленский, еж"),
        ("مُحَمَّد", "محمد"),
        ("إيـــران", "ايران"),
        ("ایران", "ايران"),
        ("שָׁלוֹם", "שלומ"),
        ("צה״ל", 'צה"ל'),
        ("ＮＡＴＯ　２０２５", "nato 2025"),
        ("ｶﾞｽ", "ガス"),
        ("١٢٣ ۴۵", "123 45"),
        ("l’OTAN", "l'otan"),
        ("Nord–Süd‑Dialog", "nord-sud-dialog"),
        ("co\u00adope\u200bration", "cooperation"),
        ("cease  fire\n\nnow", "cease fire now"),
        ("हँसना", "हंसना"),
    ],
)
def test_what_writers_do_differently_is_folded(written: str, folded: str) -> None:
    assert fold_text(written) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("мой", "мои"),
        ("їх", "іх"),
        ("กา", "ก"),
        ("कि", "की"),
        ("か", "が"),
        ("泽", "択"),
        ("각", "가"),
    ],
)
def test_marks_that_make_another_letter_are_kept(one: str, other: str) -> None:
    assert fold_text(one) != fold_text(other)


@pytest.mark.parametrize("text", ["Győző", "мой їжак", "が ば ぱ", "한국어", "ﾊﾞｽ", "কো", "ௌ", "ὈΔΎΣΣΕΙΑ", "ứng"])
def test_composed_and_decomposed_letters_fold_alike(text: str) -> None:
    assert fold_text(unicodedata.normalize("NFD", text)) == fold_text(unicodedata.normalize("NFC", text))


def test_a_span_leads_back_with_the_marks_on_its_last_letter() -> None:
    folded = fold("x cafe\u0301 y")
    at = folded.text.index("cafe")
    assert folded.span(at, at + 4) == (2, 7)


def test_a_letter_that_becomes_two_leads_back_to_itself() -> None:
    folded = fold("die Straße hier")
    at = folded.text.index("hier")
    assert folded.original[slice(*folded.span(at, at + 4))] == "hier"
    at = folded.text.index("strasse")
    assert folded.original[slice(*folded.span(at, at + 7))] == "Straße"


_TRICKY = st.sampled_from("aéß İıæ\n\t \u0301\u0306и\u1100\u1161\u11a8か\u3099ﾊﾞ\u200b™…ـ\u064bقﷺ")
_TEXT = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), _TRICKY))


@given(_TEXT)
def test_every_place_leads_back_to_what_it_came_from(text: str) -> None:
    folded = fold(text)
    before = 0
    for index, char in enumerate(folded.text):
        start, end = folded.span(index, index + 1)
        assert 0 <= before <= start < end <= len(text)
        assert char in fold_text(text[start:end])
        before = start


@given(_TEXT, st.data())
def test_what_folds_evenly_leads_back_as_what_is_looked_up(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    if start < end:
        assert folded.span(start, end) == Folded(text, folded.text).span(start, end)


@given(_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_text(fold_text(text)).replace(" ", "") == fold_text(text).replace(" ", "")


def test_every_character_folds_to_characters_that_stay() -> None:
    for code in range(sys.maxunicode + 1):
        if not 0xD800 <= code < 0xE000:
            folded = fold_text(chr(code))
            assert fold_text(folded) == folded, hex(code)
