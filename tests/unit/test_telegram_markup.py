"""Telegram's HTML, checked against a reader that follows Telegram's own rules."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.channels.telegram.markup import Formatted, parse, split, to_html, to_plain, units
from tests.servers import telegram_html as telegram

TAGS = ["b", "i", "u", "s", "code", "a", "blockquote", "div", "script", "span"]
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=40) | st.sampled_from(
    ["\n", "\n\n", " ", "<", "&", "&amp;", "&lt;b&gt;", "👩‍👩‍👧 ", "𝔘𝔫𝔦", "ا\u064e", "]]>", "<!--", '"', "'"]
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Markup as templates make it, and as careless ones do: unclosed, crossed and unknown tags, unescaped text."""
    out = []
    for _ in range(draw(st.integers(0, 25))):
        match draw(st.integers(0, 3)):
            case 0:
                tag = draw(st.sampled_from(TAGS))
                href = draw(st.sampled_from(['"https://example.org/?a=1&amp;b=2"', '"javascript:x"', "'tg://x'", '""']))
                out.append(f"<a href={href}>" if tag == "a" else f"<{tag}>")
            case 1:
                out.append(f"</{draw(st.sampled_from(TAGS))}>")
            case 2:
                out.append(draw(TEXTS) * draw(st.integers(1, 4)))
            case _:
                out.append(draw(TEXTS).replace("&", "&amp;").replace("<", "&lt;"))
    return "".join(out)


def squeezed(text: str) -> str:
    return "".join(telegram.clean(text).split())


@settings(deadline=None)
@given(documents(), st.integers(2, 60), st.integers(1, 5))
def test_parts_of_any_markup_are_taken_and_show_the_same_text(html: str, limit: int, entities: int) -> None:
    whole = parse(html)
    parts = split(whole, limit, entities)
    shown = []
    for part in parts:
        text, found = telegram.parse(to_html(part))
        assert telegram.units(part.text) <= limit
        assert len(part.entities) <= entities
        assert len(found) <= entities
        shown.append(text)
    assert squeezed("".join(shown)) == squeezed(whole.text)


@settings(deadline=None)
@given(documents())
def test_markup_that_fits_keeps_every_entity_in_its_place(html: str) -> None:
    whole = parse(html)
    text, found = telegram.parse(to_html(whole))
    if len(whole.entities) > telegram.MAX_ENTITIES or text != whole.text:
        return
    ours = sorted((units(text[: e.start]), units(text[e.start : e.end]), telegram.TYPES[e.tag]) for e in whole.entities)
    assert sorted((seen.offset, seen.length, seen.type) for seen in found) == ours


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8")))
def test_units_are_those_of_utf_16(text: str) -> None:
    assert units(text) == telegram.units(text)


@settings(deadline=None)
@given(st.text())
def test_escaped_text_is_shown_as_it_was(text: str) -> None:
    sound = text.encode("utf-8", "replace").decode()
    assert parse(escape(sound)).text == sound


def test_a_long_message_is_cut_between_its_blocks() -> None:
    blocks = [f"<b>Block {n}</b> " + "word " * 30 for n in range(10)]
    parts = split(parse("\n\n".join(blocks)), 400)
    assert len(parts) > 1
    assert all(part.text.startswith("Block") for part in parts)


def test_a_tag_that_spans_a_cut_is_closed_and_opened_again() -> None:
    one, two = split(parse('<a href="https://example.org/"><b>' + "x" * 30 + " " + "y" * 30 + "</b></a>"), 40)
    assert to_html(one) == '<a href="https://example.org/"><b>' + "x" * 30 + " </b></a>"
    assert to_html(two) == '<a href="https://example.org/"><b>' + "y" * 30 + "</b></a>"


def test_a_cut_leaves_characters_of_two_units_and_families_whole() -> None:
    family = "👩‍👩‍👧‍👦"
    parts = split(Formatted(text=family * 20), 30)
    assert all(units(part.text) <= 30 for part in parts)
    assert all(part.text.replace(family, "") == "" for part in parts)


def test_more_than_a_hundred_entities_become_a_second_part_with_its_own() -> None:
    parts = split(parse("\n".join(f"<b>{n}</b> word" for n in range(150))))
    assert [len(part.entities) for part in parts] == [100, 50]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "", "https://[broken", "http://a b/"])
def test_an_unsafe_address_is_never_a_link(url: str) -> None:
    assert to_html(parse(f'<a href="{url}">text</a>')) == "text"


def test_plain_text_says_where_links_lead() -> None:
    html = '<b>Title</b> <a href="https://example.org/1">here</a>, <a href="https://e.org/">https://e.org/</a>'
    assert to_plain(parse(html)) == "Title here (https://example.org/1), https://e.org/"


def test_line_breaks_of_other_html_become_lines() -> None:
    assert parse("<p>one<br>two</p><div>three</div>").text == "one\ntwo\nthree\n"
