"""Further pages of an article are found; the next article, which blogs link as next too, is not taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.article_versions import amp_of, next_of
from monitor.extract.html import load

HERE = "https://outlet.example/world/talks-resume"


@pytest.mark.parametrize(
    ("url", "markup", "there"),
    [
        (HERE, '<link rel="next" href="/world/talks-resume?page=2">', f"{HERE}?page=2"),
        (HERE, '<link rel="next" href="/world/floods-in-the-north">', ""),
        (HERE, '<a href="/world/talks-resume/2">2</a><a href="/world/talks-resume/3">3</a>', f"{HERE}/2"),
        (f"{HERE}/2", '<a href="/world/talks-resume">1</a><a href="/world/talks-resume/3">3</a>', f"{HERE}/3"),
        (f"{HERE}/3", '<a href="/world/talks-resume">1</a><a href="/world/talks-resume/2">2</a>', ""),
        (f"{HERE}.html", '<a href="/world/talks-resume-2.html">next</a>', "https://outlet.example/world/talks-resume-2.html"),
        (HERE, '<a href="/world/talks-resume/page/2/">2</a>', f"{HERE}/page/2/"),
        (f"{HERE}?id=7", '<a href="?id=7&halaman=2">2</a>', f"{HERE}?id=7&halaman=2"),
        (f"{HERE}?id=7", '<a href="?id=8&halaman=2">2</a>', ""),
        (HERE, '<a href="?page=2">2</a><a href="?page=all">Show all</a>', f"{HERE}?page=all"),
        (f"{HERE}?page=all", '<a href="?page=2">2</a><a href="?page=1">1</a>', ""),
        (HERE, '<a href="?page=2#comments">older comments</a>', ""),
        (HERE, '<a href="https://elsewhere.example/world/talks-resume?page=2">2</a>', ""),
        ("https://outlet.example/", '<a href="/?page=2">2</a>', ""),
        ("", '<a href="/x?page=2">2</a>', ""),
    ],
)  # fmt: skip
def test_the_page_on_which_the_article_goes_on(url: str, markup: str, there: str) -> None:
    assert next_of(load(f"<html><body>{markup}</body></html>"), url) == there


def test_the_light_version_is_the_one_that_the_page_names() -> None:
    page = load('<html><head><link rel="amphtml" href="/amp/talks-resume"></head></html>')
    assert amp_of(page, HERE) == "https://outlet.example/amp/talks-resume"
    assert amp_of(page, "https://outlet.example/amp/talks-resume") == ""
    assert amp_of(load("<html></html>"), HERE) == ""


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_address_can_be_asked(url: str, href: str) -> None:
    next_of(load(f'<a href="{href}">2</a>'), "https://outlet.example/" + url)
