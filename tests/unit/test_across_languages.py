"""Names and numbers, by which reports in two languages meet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import Relation, SourceId
from monitor.stories import FOREIGN, Sketch, Standard, Stream, Vocabulary, name_keys, sketch_of, wanted_names
from monitor.stories.across import LANGUAGES, STORED, alikeness
from monitor.stories.names import MOST, names_of, sounds_of
from monitor.text.names import numbers, plain
from monitor.text.sounds import skeletons

AT = datetime(2025, 2, 13, 8, tzinfo=UTC)
ON = Standard(across_languages=True)
CALL = {
    "en": (
        "Ostrander and Velikov agree on grain",
        (
            "Presidents Maia Ostrander and Andrei Velikov agreed by telephone on Monday to let 45 ships with grain "
            "leave Port Selka, the spokesman Teodor Brandt said. They will meet in Ankara on 14 June."
        ),
    ),
    "id": (
        "Ostrander dan Velikov sepakat soal gandum",
        (
            "Presiden Maia Ostrander dan Andrei Velikov sepakat lewat telepon pada Senin bahwa 45 kapal gandum boleh "
            "berlayar dari Pelabuhan Selka, kata juru bicara Teodor Brandt. Keduanya bertemu di Ankara pada 14 Juni."
        ),
    ),
    "uk": (
        "Острандер і Веліков домовилися про зерно",
        (
            "Президенти Мая Острандер і Андрій Веліков домовилися телефоном у понеділок, що 45 суден із зерном вийдуть "
            "із порту Селка, повідомив речник Теодор Брандт. Вони зустрінуться в Анкарі 14 червня."
        ),
    ),
}
TEXTS = st.one_of(st.text(max_size=200), st.sampled_from([text for _, text in CALL.values()]))
SKETCHES = st.builds(
    lambda title, text, language: sketch_of(
        title=title, text=text, canonical_url="", language=language, across_languages=True
    ),
    TEXTS,
    TEXTS,
    st.sampled_from(["", "en", "id", "uk", "zh"]),
)


def tell(stream: Stream, language: str, at: datetime | None = AT, source: str = "", extra: str = "") -> Relation:
    title, text = CALL[language]
    source = source or f"outlet-{language}"
    link = stream.tell(title=title, text=f"{text} {extra}", source=SourceId(source), language=language, at=at)
    return link.relation


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Zelensky", "Зеленський"),
        ("Ankara", "アンカラ"),
        ("Ukraine", "Ukraina"),
        ("Moscow", "Moskwa"),
        ("Prabowo", "Прабово"),
        ("Washington", "Washingtonie"),
    ],
)
def test_a_name_sounds_alike_in_every_alphabet(a: str, b: str) -> None:
    assert set(skeletons(a)) & set(skeletons(b))


@pytest.mark.parametrize(("a", "b"), [("Biden", "Putin"), ("Madrid", "Moscow"), ("Kim", "Kumar"), ("Selka", "Velikov")])
def test_other_names_do_not(a: str, b: str) -> None:
    assert not set(skeletons(a)) & set(skeletons(b))


def test_numbers_are_found_beside_letters_of_scripts_without_spaces() -> None:
    assert [plain(n) for n in numbers("传染14人，扑杀3200只 and F-16 at 10:30 in 2025, 1,200 of 2.7")] == [
        "14", "3200", "1200", "2.7",
    ]  # fmt: skip


@given(TEXTS, TEXTS)
def test_any_text_has_few_names_in_order(title: str, text: str) -> None:
    names = names_of(title, text)
    assert len(set(names.whose.tolist())) <= MOST
    assert list(names.keys) == sorted(set(names.keys.tolist()))
    assert len(names.keys) == len(names.whose) == len(names.flags)


@given(SKETCHES)
def test_a_packed_sketch_with_names_says_the_same(sketch: Sketch) -> None:
    again = Sketch.unpack(sketch.pack())
    for name in ("keys", "whose", "flags"):
        assert np.array_equal(getattr(again.names, name), getattr(sketch.names, name))
    vocabulary = Vocabulary()
    vocabulary.add(sketch)
    assert name_keys(again, vocabulary) == name_keys(sketch, vocabulary)


@given(SKETCHES, st.lists(SKETCHES, max_size=4))
def test_a_likeness_is_bounded_and_one_with_itself(mine: Sketch, others: list[Sketch]) -> None:
    vocabulary = Vocabulary()
    for sketch in (mine, *others):
        vocabulary.add(sketch)
    found = alikeness(mine.names, [s.names for s in (mine, *others)], vocabulary)
    assert all(0 <= s.score <= 1 + 1e-9 for s in found)
    assert found[0].score == pytest.approx(1.0 if len(mine.names.keys) else 0.0)
    assert len(name_keys(mine, vocabulary)) <= 3 * STORED
    assert len(wanted_names(mine, vocabulary)) <= 3 * STORED * LANGUAGES


@given(st.lists(SKETCHES, max_size=4), st.lists(SKETCHES, max_size=4))
def test_names_that_are_forgotten_leave_no_trace(kept: list[Sketch], taken_back: list[Sketch]) -> None:
    vocabulary, other = Vocabulary(), Vocabulary()
    for sketch in (*kept, *taken_back):
        vocabulary.add(sketch)
    for sketch in taken_back:
        vocabulary.forget(sketch)
    for sketch in kept:
        other.add(sketch)
    for sketch in (*kept, *taken_back):
        assert name_keys(sketch, vocabulary) == name_keys(sketch, other)


def test_a_sketch_made_without_names_still_counts_as_itself() -> None:
    """What was remembered before this was switched on, or is after it was switched off."""
    title, text = CALL["en"]
    old = sketch_of(title=title, text=text, canonical_url="", language="en")
    assert Sketch.unpack(old.pack()).names.keys.size == 0
    new = sketch_of(title=title, text=text, canonical_url="", language="en", across_languages=True)
    assert np.array_equal(new.terms, old.terms)
    assert alikeness(new.names, [old.names], Vocabulary())[0].names == 0


@pytest.mark.parametrize(("first", "second"), [("en", "id"), ("id", "en"), ("en", "uk"), ("uk", "id")])
def test_one_call_in_two_languages_is_one_story(first: str, second: str) -> None:
    stream = Stream(ON)
    assert [tell(stream, first), tell(stream, second)] == [Relation.NEW, Relation.ACROSS_LANGUAGES]


def test_the_reason_names_the_report_and_how_much_it_shares() -> None:
    stream = Stream(ON)
    tell(stream, "en")
    title, text = CALL["uk"]
    link = stream.tell(title=title, text=text, source=SourceId("desk"), language="uk", at=AT)
    assert link.reason.startswith(f"the same event as “{CALL['en'][0]}” (outlet-en), in another language: ")
    assert link.reason.endswith(" names and numbers in common")
    assert 0.42 <= link.score <= 1


def test_time_can_speak_against_it() -> None:
    stream = Stream(ON)
    tell(stream, "en")
    assert tell(stream, "uk", AT + timedelta(days=2, hours=1)) is Relation.NEW
    stream = Stream(ON)
    tell(stream, "en")
    assert tell(stream, "uk", None) is Relation.ACROSS_LANGUAGES, "a time that is not known speaks against nothing"


def test_what_is_in_no_known_language_is_joined_by_words_alone() -> None:
    stream = Stream(ON)
    tell(stream, "en")
    title, text = CALL["uk"]
    assert stream.tell(title=title, text=text, source=SourceId("x"), at=AT).relation is Relation.NEW


def test_many_reports_in_ones_own_language_hide_none_in_another() -> None:
    stream = Stream(ON)
    tell(stream, "uk")
    for n in range(3 * FOREIGN):
        tell(stream, "en", source=f"copy-{n}", extra=f"Copied by number {n}.")
    assert tell(stream, "id") is not Relation.NEW


def test_an_article_by_article_in_the_same_language_is_not_judged_by_names() -> None:
    stream = Stream(ON)
    tell(stream, "en")
    title = "Velikov dines with Brandt in Ankara while Ostrander visits Selka"
    text = "On a free day Maia Ostrander saw the cathedral; 45 children sang. Andrei Velikov ate with Teodor Brandt."
    link = stream.tell(title=title, text=text, source=SourceId("gossip"), language="en", at=AT)
    assert link.relation is not Relation.ACROSS_LANGUAGES


def test_a_short_name_says_nothing() -> None:
    assert sounds_of("Ali") == () or skeletons("Ali") != skeletons("Ulu")
    assert sounds_of("Oo") == ()
