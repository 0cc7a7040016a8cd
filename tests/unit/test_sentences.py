from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.sentences import sentences


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Mr. Smith met J. K. Rowling.", "He paid 3.5 million."],
        ['"Really?" she said.', "He nodded."],
        ["Am 3. Mai kam er z.B. nach Bonn.", "Dort blieb er."],
        ["U.S. President Lee spoke.", "Nobody listened!"],
        ["В 2020 г. он уехал.", "Потом вернулся."],
        ["Вышел д-р А. С. Иванов.", "Все встали."],
        ["Hal itu disampaikan Dr. H. Ahmad, S.H., M.H., kemarin.", "Ia pulang."],
        ["إلى أين؟", "نعم.", "حسنا!"],
        ["وہ آیا۔", "وہ گیا۔"],
        ["मैं गया।", "वह आया।"],
        ["Is it No. 5 or no?", "He said no.", "Then he left."],
        ["Wait...", "What?!", "Yes."],
        ["Նա եկավ:", "Նա գնաց։", "Վերջ:"],
        ["እሱ መጣ።", "እሷ ሄደች፡፡", "አበቃ፡፡"],
        ["គាត់មក។", "នាងទៅ។", "ចប់៕"],
        ["ཁོང་ཡོང་།", "མོ་སོང་།"],
        ["သူလာတယ်။", "သူမသွားတယ်။"],
        ["Am 13. Februar kam er.", "Er ging."],
        ["He has a Ph.D. in law.", "He left."],
        ["It rose 3.5 per cent.", "Then it fell to Rp 2.000.000.", "End."],
        ["La Sra. López habló.", "Fin."],
    ],
)
def test_sentences_end_where_readers_see_them_end(parts: list[str]) -> None:
    assert _split(" ".join(parts)) == parts


def test_chinese_sentences_need_no_space() -> None:
    assert _split("他来了。她走了！“好。”他说。") == ["他来了。", "她走了！", "“好。”", "他说。"]


def test_japanese_sentences_may_end_with_a_wide_stop() -> None:
    assert _split("彼は来た。彼女は去った．終わり！") == ["彼は来た。", "彼女は去った．", "終わり！"]


def test_a_line_break_ends_a_sentence() -> None:
    assert _split("A headline without a stop\n\nThe text begins.") == ["A headline without a stop", "The text begins."]


def test_long_thai_text_is_cut_at_a_space() -> None:
    clause = "ประธานาธิบดีกล่าวเมื่อวันจันทร์ที่ผ่านมาว่ารัฐบาลจะเดินหน้าเจรจาสันติภาพต่อไปอย่างเต็มที่ในปีนี้"
    assert _split(f"{clause} {clause}") == [clause, clause]


@given(st.text(st.sampled_from("ab Aé.!?\n。؟。 J3\"'")))
def test_sentences_are_in_order_and_lose_only_white_space(text: str) -> None:
    before = 0
    for start, end in sentences(text):
        assert before <= start < end <= len(text)
        assert not text[before:start].strip()
        assert text[start:end] == text[start:end].strip()
        before = end
    assert not text[before:].strip()
