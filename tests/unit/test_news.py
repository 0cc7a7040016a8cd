"""What a later report of a story says that no earlier one did."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.news import news_in
from monitor.core.model import Credit, CreditKind, Item, SourceId

ITEM = Item(
    source=SourceId("wire"), uid="1", url="", canonical_url="", title="", text="",
    taken_in=datetime(2025, 2, 13, tzinfo=UTC),
)  # fmt: skip
FERRY = (
    "Ferry runs aground off Lindholm, 3 hurt",
    "A ferry ran aground near Lindholm on Tuesday. Captain Maren Oyelaran took people ashore. It carried 1,200 people.",
)
KAPAL = (
    "Feri kandas di lepas pantai Lindholm, 3 orang terluka",
    "Sebuah feri kandas di dekat Lindholm pada hari Selasa. Penjaga pantai di bawah Kapten Maren Oyelaran menolong.",
)


LANGUAGES = st.sampled_from(["", "en", "id-ID", "ru"])


def later(title: str, text: str = "", **more: object) -> Item:
    return replace(ITEM, title=title, text=text, **more)  # type: ignore[arg-type]  # fields of the record


@pytest.mark.parametrize(
    ("earlier", "title", "text", "new"),
    [
        # A number or a name in the headline.
        (FERRY, "Ferry runs aground off Lindholm, 9 hurt", "A ferry ran aground near Lindholm.", "9"),
        (FERRY, "Ferry aground off Lindholm: minister Dagny Vestby resigns", "", "Dagny, Vestby"),
        (KAPAL, "Feri kandas di Lindholm: korban luka menjadi 12 orang", "", "12"),
        (KAPAL, "Feri kandas, Menteri Dagny Vestby mundur dari jabatannya", "", "Menteri, Dagny, Vestby"),
        # One in the lead is a detail, two are not.
        (FERRY, "Ferry runs aground", "The ferry ran aground near Lindholm. Minister Vestby spoke.", ""),
        (FERRY, "Ferry runs aground", "The ferry ran aground, said Dagny Vestby of the port.", "Dagny, Vestby"),
        # Said before, in other words, endings or ways to write a number.
        (FERRY, "Three hurt as ferry runs aground near Lindholm", "It carried 1200 people, Oyelaran said.", ""),
        (FERRY, "Lindholm's ferry aground: 1.200 on board, captain Oyelaran says", "", ""),
        # A headline in title case shows no names; those that the text shows count.
        (FERRY, "Ferry Runs Aground Near Lindholm Harbour On Tuesday", "The ferry is stuck.", ""),
        (FERRY, "Ferry Captain Vestby Arrested After Accident", "Police in town took Vestby away.", "Vestby"),
        # The clock, years and names with numbers are not news.
        (FERRY, "Ferry off Lindholm at 10:30 in 2025 seen by an F-16", "", ""),
        # In another alphabet every name would be new; numbers are the same.
        (FERRY, "Паром сел на мель у Линдхольма, есть раненые", "Капитан Марен Ойеларан говорил с Дагни Вестбю.", ""),
        (FERRY, "Паром сел на мель у Линдхольма, 14 раненых", "", "14"),
        (("轮渡在林霍尔姆搁浅 3 人受伤", "轮渡搁浅。"), "轮渡在林霍尔姆搁浅 11 人受伤", "轮渡搁浅。", "11"),
        # What is far down in the text is no headline news.
        (FERRY, "Ferry runs aground", "One. Two. Three. The port paid 77,000 to Dagny Vestby.", ""),
    ],
)
def test_new_names_and_numbers_of_headline_and_lead_are_news(
    earlier: tuple[str, str], title: str, text: str, new: str
) -> None:
    assert news_in(later(title, text), [(*earlier, "")]) == new


def test_what_any_earlier_report_said_is_not_news() -> None:
    other = ("Ferry: 9 hurt", "Minister Dagny Vestby resigned.")
    assert news_in(later("Ferry off Lindholm: Vestby resigns, 9 hurt"), [(*FERRY, "en")]) == "9, Vestby"
    assert news_in(later("Ferry off Lindholm: Vestby resigns, 9 hurt"), [(*FERRY, "en"), (*other, "en")]) == ""


def test_the_names_of_outlet_author_and_agency_are_not_news() -> None:
    named = (Credit(outlet="Nordpress", reporter="Ida Brekke", how=CreditKind.BYLINE),)
    title = "Ferry aground, tells Nordpress to the Harbour Herald; by Ida Brekke and Olav Moen"
    assert news_in(later(title), [(*FERRY, "en")]) != ""
    item = later(title, site="Harbour Herald", author="Olav Moen", credits=named)
    assert news_in(item, [(*FERRY, "en")]) == ""


def test_what_another_language_said_is_known_by_its_sound() -> None:
    said_in = [(*FERRY, "en"), ("Feri kandas", "Kapal itu berlayar menuju Moskwa.", "id")]
    abroad = ("Ferry bound for Moscow", "Captain Oyelaran left.", "en")
    title = "Feri tujuan Moskow kandas, Menteri Westbi mundur"
    assert "Moskow" in news_in(later(title, language="id"), [*said_in[1:], ("Ship", "Nothing", "en")])
    assert "Moskow" not in news_in(later(title, language="id"), [*said_in[1:], abroad])


def test_a_report_in_a_language_of_its_own_brings_only_numbers() -> None:
    """Else every name that is spelled in another way would be news, and the story told once more in each language."""
    title = "Feri kandas dekat Lindholm, Dagny Vestby dan Menteri Moskwa hadir"
    assert news_in(later(title, language="id"), [(*FERRY, "en")]) == ""
    assert news_in(later(title + ", 17 luka", language="id"), [(*FERRY, "en")]) == "17"


def test_the_first_report_brings_no_news() -> None:
    assert news_in(later("9 hurt in Lindholm"), []) == ""


@given(st.text(), st.text(), st.lists(st.tuples(st.text(), st.text(), LANGUAGES), max_size=3))
def test_any_text_can_be_asked_and_a_repetition_brings_nothing(
    title: str, text: str, earlier: list[tuple[str, str, str]]
) -> None:
    news_in(later(title, text, language="en"), earlier)
    assert news_in(later(title, text, language="en"), [*earlier, (title, text, "en")]) == ""
