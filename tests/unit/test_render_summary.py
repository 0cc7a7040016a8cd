"""Which sentences of an article an alert shows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alerts.summary import LIMIT, summarise
from monitor.text.sentences import sentences

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
    assert shown(TEXT) == ["The lead says it all. A second sentence follows. NATO is in the third."]
    lead = (
        "The lead says what happened, where it happened, to whom, on which day, and what those who saw it tell of it."
    )
    assert shown(f"{lead} {TEXT}") == [f"{lead} The lead says it all."]


def test_a_first_sentence_that_repeats_the_title_is_passed_over() -> None:
    assert shown(TEXT, "NATO", title="The Lead Says It All")[0].startswith("A second sentence")
    assert shown("Only the title.", title="Only the title") == []


def test_the_sentences_with_most_of_what_was_looked_for_go_first() -> None:
    text = "The lead. One has NATO only. One has NATO again. One has NATO and Lund. Nothing is here."
    spans = summarise(text, [(i, i + 4) for i in range(len(text)) if text[i : i + 4] in ("NATO", "Lund")])
    assert [text[a:b] for a, b in spans] == ["The lead. One has NATO only.", "One has NATO and Lund."]


def test_without_a_hit_what_says_most_of_the_headline_goes_first() -> None:
    text = "It was cold in town. The baker sold bread. The mayor of Lund resigned over the bridge. People went home."
    assert shown(text, title="Mayor resigns over bridge") == [
        "It was cold in town. The baker sold bread. The mayor of Lund resigned over the bridge."
    ]


def test_what_leads_elsewhere_is_no_sentence_worth_showing() -> None:
    text = "The ferry ran aground near the port. Read also: Baca juga. Video. All were rescued by noon."
    assert shown(text, title="Ferry aground")[0].startswith("The ferry ran aground near the port.")
    assert "Video" not in " ".join(shown(text, title="Ferry aground"))


SCRIPTS = {
    "zh": ("总统周一访问了首都并会见了市长。双方讨论了贸易与安全问题。", "会谈持续了两个小时。", "随后他返回了机场。"),
    "ja": ("大統領は月曜日に首都を訪問し、市長と会談した。", "「実りある会談だった」と述べた。", "空港へ戻った。"),
    "ar": ("زار الرئيس العاصمة يوم الاثنين والتقى العمدة.", "هل ناقشا التجارة والأمن؟", "ثم عاد إلى المطار."),
    "hi": ("राष्ट्रपति ने सोमवार को राजधानी का दौरा किया।", "उन्होंने व्यापार पर चर्चा की।", "फिर वे हवाई अड्डे लौट आए।"),
    "hy": ("Նախագահը երկուշաբթի այցելեց մայրաքաղաք։", "Նրանք քննարկեցին առևտուրը։", "Հետո նա վերադարձավ։"),
    "am": ("ፕሬዚዳንቱ ሰኞ ዕለት ዋና ከተማዋን ጎበኙ።", "ስለ ንግድና ጸጥታ ተወያዩ።", "ከዚያም ወደ አየር ማረፊያ ተመለሱ።"),
    "km": ("ប្រធានាធិបតីបានទៅទស្សនារាជធានីនៅថ្ងៃចន្ទ។", "ពួកគេបានពិភាក្សាអំពីពាណិជ្ជកម្ម។", "គាត់ត្រឡប់ទៅវិញ។"),
    "de": ("Am 13. Februar kam Dr. Lehmann z. B. nach Bonn.", "Dort sprach er 3,5 Stunden.", "Er fuhr heim."),
}  # fmt: skip


@pytest.mark.parametrize("language", SCRIPTS)
def test_no_sentence_is_halved_in_any_script(language: str) -> None:
    parts = SCRIPTS[language]
    joint = "" if language in ("zh", "ja") else " "
    text = joint.join(parts * 6)
    ends = {end for _, end in sentences(text)}
    starts = {start for start, _ in sentences(text)}
    spans = summarise(text, [])
    assert spans
    assert text[spans[0][0] :].startswith(parts[0])
    assert all(start in starts and end in ends for start, end in spans)
    assert 1 <= sum(1 for _, end in sentences(text) if any(a < end <= b for a, b in spans)) <= 3


@settings(deadline=None)
@given(st.lists(st.sampled_from([f"{'Wort ' * n}ende." for n in (3, 9, 40, 60, 80)]), min_size=1, max_size=9))
def test_a_sentence_that_fits_is_whole(parts: list[str]) -> None:
    text = " ".join(parts)
    starts, ends = zip(*sentences(text), strict=True)
    assert all(start in starts and end in ends for start, end in summarise(text, []))


def test_a_sentence_that_is_too_long_ends_at_a_comma() -> None:
    clause = "the harbour master told reporters that the ferry would be towed at high tide"
    text = ", ".join([clause] * 12) + "."
    (only,) = shown(text)
    assert only.endswith("tide")
    assert len(only) <= 280


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
