from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.urls import absolute, canonical_url, site_of


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [
        ("https://outlet.example/news/", "today", "https://outlet.example/news/today"),
        ("https://outlet.example/news/", "//cdn.example/a", "https://cdn.example/a"),
        ("https://outlet.example/news", " /a b\n ", "https://outlet.example/a%20b"),
        ("", "https://outlet.example/", "https://outlet.example/"),
        ("https://outlet.example/", "javascript:void(0)", ""),
        ("https://outlet.example/", "mailto:desk@outlet.example", ""),
        ("https://outlet.example/", "https://[broken/", ""),
        ("https://outlet.example/", "https://outlet.example:99999/", ""),
        ("", "/relative/without/base", ""),
        ("https://outlet.example/", "", ""),
        ("https://outlet.example/", "https://evil.example\\@outlet.example/", "https://evil.example/@outlet.example/"),
    ],
)
def test_a_link_is_made_absolute_or_dropped(base: str, href: str, expected: str) -> None:
    assert absolute(base, href) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://outlet.example/a?utm_source=x&utm_medium=y", "https://outlet.example/a"),
        ("https://outlet.example/a?id=7&fbclid=abc", "https://outlet.example/a?id=7"),
        ("HTTP://Outlet.Example:80/a", "https://outlet.example/a"),
        ("https://outlet.example/a/", "https://outlet.example/a"),
        ("https://outlet.example/a#comments", "https://outlet.example/a"),
        ("https://outlet.example/a/amp/", "https://outlet.example/a"),
        ("https://outlet.example/a.amp.html", "https://outlet.example/a.html"),
        ("https://amp.outlet.example/a", "https://www.outlet.example/a"),
        ("https://m.outlet.example/a", "https://outlet.example/a"),
        ("https://outlet.example/%7euser/%e2%82%ac", "https://outlet.example/~user/€"),
        ("https://outlet.example/./x/../a", "https://outlet.example/a"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://www.google.com/amp/s/outlet.example/a/amp", "https://outlet.example/a"),
        ("https://outlet-example.cdn.ampproject.org/c/s/outlet.example/a", "https://outlet.example/a"),
        ("https://www.google.com/url?q=https%3A%2F%2Foutlet.example%2Fa&sa=D", "https://outlet.example/a"),
    ],
)
def test_two_addresses_of_one_article_have_one_key(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://outlet.example/a?p=1", "https://outlet.example/a?p=2"),
        ("https://outlet.example/a", "https://outlet.example/A"),
        ("https://news.outlet.example/a", "https://outlet.example/a"),
        ("https://outlet.example/amp", "https://outlet.example/"),
        ("https://m.com/a", "https://com/a"),
        ("https://m.co.id/a", "https://co.id/a"),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/a"),
    ],
)
def test_different_pages_keep_different_keys(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_a_port_of_its_own_keeps_the_scheme() -> None:
    assert canonical_url("http://127.0.0.1:8001/a/?x=1") == "http://127.0.0.1:8001/a?x=1"


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.outlet.example/a", "outlet.example"),
        ("https://News.Outlet.Example:444/a", "news.outlet.example"),
        ("not a url", ""),
        ("https://[broken", ""),
    ],
)
def test_a_site_is_its_host_without_www(url: str, site: str) -> None:
    assert site_of(url) == site


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_breaks_the_reading_of_links(base: str, href: str) -> None:
    url = absolute(base, href)
    assert url == "" or url.lower().startswith(("http://", "https://"))
    site_of(href)


@given(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(max_size=30), st.text(max_size=30))
def test_a_key_is_its_own_key(name: str, path: str, query: str) -> None:
    once = canonical_url(f"https://{name}.example/{path}?{query}")
    assert canonical_url(once) == once
