from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.plain import headline, plain_text, shortened


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p><p>Two &amp; three</p>", "One.\nTwo & three"),
        ("a<br/>b", "a\nb"),
        ("before<script>alert('x')</script> after", "before after"),
        ("<style>p{}</style>text<!-- note -->", "text"),
        ("3 < 5 and 7 > 2", "3 < 5 and 7 > 2"),
        ("soft\u00adhyphen\u200b", "softhyphen"),
        ("cut off <a href='x", "cut off <a href='x"),
        ("<script>never closed", ""),
    ],
)
def test_markup_becomes_what_a_reader_sees(markup: str, text: str) -> None:
    assert plain_text(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Talks &amp;amp; threats", "Talks & threats"),
        ("&lt;b&gt;Breaking&lt;/b&gt; news", "Breaking news"),
        ("Use of <em>force</em>", "Use of force"),
        ("Is 1 &lt; 2?", "Is 1 < 2?"),
        ("The &lt;example&gt; tag", "The <example> tag"),
        ("Line<br>break\n twice", "Line break twice"),
        ("AT&T profits", "AT&T profits"),
    ],
)
def test_a_title_is_unescaped_as_often_as_it_was_escaped(markup: str, text: str) -> None:
    assert headline(markup) == text


def test_a_long_text_is_cut_between_words() -> None:
    assert shortened("one two three four", 12) == "one two…"
    assert shortened("one two", 12) == "one two"


@given(st.text(alphabet="<>&;!-[]a#x1 /\n'\"=pscrit", max_size=200))
def test_no_markup_breaks_the_reading(markup: str) -> None:
    assert "\n" not in headline(markup)
    assert plain_text(markup).strip() == plain_text(markup)
