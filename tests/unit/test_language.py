from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.text.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Presiden mengatakan perundingan damai akan dimulai pekan depan di Jakarta.", "id"),
        ("The government said on Monday that it would not change the law.", "en"),
        ("Der Bundeskanzler sprach am Montag über die Lage im Nahen Osten.", "de"),
        ("Президент сообщил, что переговоры начнутся на следующей неделе.", "ru"),
        ("Президент повідомив, що переговори розпочнуться наступного тижня.", "uk"),
        ("قال الرئيس إن المحادثات ستبدأ الأسبوع المقبل في القاهرة.", "ar"),
        ("رئیس جمهور گفت مذاکرات هفته آینده در تهران آغاز می‌شود.", "fa"),
        ("总统星期一表示谈判将于下周开始。", "zh"),
        ("大統領は月曜日、交渉は来週始まると述べた。", "ja"),
        ("대통령은 다음 주에 협상이 시작될 것이라고 말했다.", "ko"),
        ("ประธานาธิบดีกล่าวว่าการเจรจาจะเริ่มสัปดาห์หน้า", "th"),
        ("राष्ट्रपति ने कहा कि वार्ता अगले सप्ताह शुरू होगी।", "hi"),
        ("Başbakan pazartesi günü görüşmelerin haftaya başlayacağını söyledi.", "tr"),
        ("Prezydent powiedział, że rozmowy rozpoczną się w przyszłym tygodniu.", "pl"),
    ],
)
def test_a_sentence_tells_its_language(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "OK", "2025", "!!!", "NATO", "???? 12:30"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert detect(text) == ""


@settings(max_examples=30)
@given(st.text())
def test_any_text_gets_a_code_or_nothing(text: str) -> None:
    code = detect(text)
    assert code == "" or (len(code) == 2 and code.islower())


@pytest.mark.parametrize(
    ("headline", "usual", "language"),
    [
        ("Harga beras naik lagi", "id", "id"),
        ("Harga beras naik lagi", "ms", "ms"),
        ("Prime minister resigns after months of protest over the price of bread in the capital", "id", "en"),
        ("Президент подав у відставку", "ru", "uk"),
    ],
)
def test_what_a_headline_does_not_tell_the_usual_language_of_its_source_does(
    headline: str, usual: str, language: str
) -> None:
    assert detect(headline, usual) == language


@given(st.text(max_size=80), st.sampled_from(["", "en", "id", "zh", "xx"]))
def test_any_text_gets_a_code_or_nothing_also_with_a_usual_language(text: str, usual: str) -> None:
    code = detect(text, usual)
    assert code == "" or (len(code) == 2 and code.islower())
