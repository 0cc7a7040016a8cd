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
        # parameters that say how a reader came
        ("https://outlet.example/a?mtm_campaign=x&at_medium=y&xtor=RSS-1", "https://outlet.example/a"),
        ("https://outlet.example/a?sf123456789=1&_hsenc=p2A&share=telegram", "https://outlet.example/a"),
        ("https://outlet.example/a?ref=rss&source=twitter_main&from=homepage", "https://outlet.example/a"),
        ("https://outlet.example/a?replytocom=17&PHPSESSID=8f2a", "https://outlet.example/a"),
        ("https://outlet.example/a?s=0123456789abcdef0123456789abcdef", "https://outlet.example/a"),
        ("https://outlet.example/a?a=1&amp;utm_source=x&amp;b=2", "https://outlet.example/a?a=1&b=2"),
        ("https://outlet.example/a?b=2&a=1", "https://outlet.example/a?a=1&b=2"),
        ("https://outlet.example/a;jsessionid=8F2A?id=1", "https://outlet.example/a?id=1"),
        ("https://outlet.example/(S(abcdefghijklmnopqrstuvwx))/a", "https://outlet.example/a"),
        # dresses
        ("https://outlet.example/a?outputType=amp", "https://outlet.example/a"),
        ("https://outlet.example/a?view=print&print=1", "https://outlet.example/a"),
        ("https://outlet.example/2024/05/talks-go-on/print", "https://outlet.example/2024/05/talks-go-on"),
        ("https://outlet.example/amp/news/a", "https://outlet.example/news/a"),
        ("https://outlet.example/news/a/amp.html", "https://outlet.example/news/a"),
        ("https://outlet.example/a.amp", "https://outlet.example/a"),
        ("https://mobile.outlet.example/a", "https://outlet.example/a"),
        ("https://touch.www.outlet.example/a", "https://outlet.example/a"),
        ("https://de.m.outlet.example/a", "https://de.outlet.example/a"),
        ("https://desk.blogspot.co.id/2024/05/a.html?m=1", "https://desk.blogspot.com/2024/05/a.html"),
        # one place, written in several ways
        ("https://outlet.example/news/index.html", "https://outlet.example/news/"),
        ("https://outlet.example/index.php?id=7", "https://outlet.example/?id=7"),
        ("https://outlet.example//news///a", "https://outlet.example/news/a"),
        ("https://outlet.example/%2e%2E/a", "https://outlet.example/a"),
        ("https://outlet.example/a%2Cb%3a1", "https://outlet.example/a,b:1"),
        ("https://outlet.example/?q=a+b", "https://outlet.example/?q=a%20b"),
        ("https://outlet.example./a", "https://outlet.example/a"),
        ("https://user:word@outlet.example/a", "https://outlet.example/a"),
        ("https://XN--BCHER-KVA.example/a", "https://bücher.example/a"),
        ("https://outlet.example/#!/news/a?utm_source=x", "https://outlet.example/#!/news/a"),
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
        ("https://outlet.example/a?id=1", "https://outlet.example/a?id=2"),
        ("https://outlet.example/a?story=rss", "https://outlet.example/a?story=atom"),
        ("https://outlet.example/?v=abc", "https://outlet.example/?v=abd"),
        ("https://outlet.example/?ref=4711", "https://outlet.example/?ref=4712"),
        ("https://outlet.example/?sid=4711", "https://outlet.example/?sid=4712"),
        ("https://outlet.example/?m=202401", "https://outlet.example/?m=202402"),
        ("https://outlet.example/#!/a", "https://outlet.example/#!/b"),
        ("https://outlet.example/#/a", "https://outlet.example/#/b"),
        ("https://outlet.example/index.php/a", "https://outlet.example/index.php/b"),
        ("https://outlet.example/print", "https://outlet.example/"),
        ("https://outlet.example/sections/print", "https://outlet.example/sections"),
        ("https://outlet.example/a%2Fb", "https://outlet.example/a/b"),
        ("https://outlet.example/?a=1%262", "https://outlet.example/?a=1&2"),
        ("https://😀.example/a", "https://😁.example/a"),
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


# fmt: off
PIECES = st.lists(
    st.sampled_from([
        "amp", "AMP", ".amp", "index.html", "print", "a-b-c", "7", "..", ".", "%2e", "%", "%25", "%%341", ";sid",
        ";jsessionid=1", "/(S(abcdefghijklmnopqrstuvwx))", "é", "+", "/", "/.", "//", "?", "#!/", "#/", "&", ";", "=",
        "utm_source", "ref=rss", "www.", "m.", "href.li/?", ":80", "https%3A%2F%2F", "https://outlet.example/",
        "\ud800", "https://l.facebook.com/l.php?u=", "\\",
    ])
    | st.text(max_size=6),
    max_size=14,
)
HOSTS = st.sampled_from([
    "outlet.example", "www.outlet.example", "m.www.m.outlet.example", "www.href.li", "bücher.example", "😀.example",
    "[::1]", "127.0.0.1", "m.news.google.com", "a-b.translate.goog", "desk.blogspot.co.uk", "web.archive.org",
    "x.amp.co.id", "a。b",
])
# fmt: on


@given(HOSTS, PIECES)
def test_a_key_is_its_own_key(host: str, pieces: list[str]) -> None:
    once = canonical_url(f"https://{host}/{''.join(pieces)}")
    assert canonical_url(once) == once


@given(
    st.sampled_from(["/news/a", "/2024/05/06/talks-go-on", "/", "/a.html"]),
    st.lists(st.sampled_from(["id=1", "p=2", "page=3"]), max_size=2),
    st.lists(st.sampled_from(["utm_source=x", "fbclid=y", "ref=rss", "_ga=1", "amp=1", "print=1"]), max_size=3),
    st.sampled_from(["", "#top", "#comment-7", "#:~:text=talks", "#xtor=RSS-1"]),
)
def test_how_a_reader_came_and_where_on_the_page_changes_no_key(
    path: str, names: list[str], noise: list[str], place: str
) -> None:
    bare = f"https://outlet.example{path}" + ("?" + "&".join(names) if names else "")
    dressed = f"https://outlet.example{path}" + ("?" + "&".join([*noise, *names, *noise]) if names or noise else "")
    assert canonical_url(dressed + place) == canonical_url(bare)


@given(st.text())
def test_any_text_has_a_key_or_none(text: str) -> None:
    assert canonical_url(text) == "" or canonical_url(text).startswith(("https://", "http://"))


@pytest.mark.parametrize(
    "unit", ["%", "%41", "/", "/../", "/amp", ".amp", "&a", ";sid", "é", "www.", "#!/", "href.li/?https://", "+"]
)
def test_a_long_address_has_a_key_or_none(unit: str) -> None:
    for head in ("https://outlet.example/", "https://outlet.example/?", "https://", "https://href.li/?https://"):
        url = (head + unit * 4096)[:4096]
        once = canonical_url(url)
        assert canonical_url(once) == once
