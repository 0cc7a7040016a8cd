from __future__ import annotations

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.urls import canonical_url, is_sealed, unwrapped, wrapped_origin

ARTICLE = "https://outlet.example/news/talks?id=7"
ESCAPED = "https%3A%2F%2Foutlet.example%2Fnews%2Ftalks%3Fid%3D7"


def google_news(inner: bytes, *, head: bytes = b"\x08\x13", tail: bytes = b"\xd2\x01\x00") -> str:
    assert len(inner) < 16_384
    size = bytes([len(inner)]) if len(inner) < 128 else bytes([len(inner) & 0x7F | 0x80, len(inner) >> 7])
    return urlsafe_b64encode(head + b"\x22" + size + inner + tail).decode().rstrip("=")


OPEN = google_news(ARTICLE.encode())
SEALED = google_news(b"AU_yqLPz7hDmTq0b1cXkJvFwR3sYnE5uL")


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.google.com/url?q={ESCAPED}&sa=D&usg=x",
        f"https://www.google.co.id/url?rct=j&sa=t&url={ESCAPED}&ct=ga",
        f"https://news.google.com/news/url?sa=t&url={ESCAPED}",
        f"https://translate.google.com/translate?hl=en&u={ESCAPED}",
        f"https://consent.google.com/m?continue={ESCAPED}&gl=DE",
        f"https://l.facebook.com/l.php?u={ESCAPED}%26fbclid%3Dabc&h=xyz",
        f"https://l.instagram.com/?u={ESCAPED}",
        f"https://www.bing.com/news/apiclick.aspx?ref=FexRss&url={ESCAPED}&c=1",
        f"https://www.bing.com/ck/a?!&&p=1&u=a1{urlsafe_b64encode(ARTICLE.encode()).decode().rstrip('=')}&ntb=1",
        f"https://duckduckgo.com/l/?uddg={ESCAPED}&rut=1",
        f"https://out.reddit.com/t3_x?url={ESCAPED}&token=1",
        f"https://www.linkedin.com/redir/redirect?url={ESCAPED}&urlhash=1",
        f"https://vk.com/away.php?to={ESCAPED}",
        f"https://steamcommunity.com/linkfilter/?url={ARTICLE}",
        f"https://eur01.safelinks.protection.outlook.com/?url={ESCAPED}&data=05&reserved=0",
        f"https://go.redirectingat.com/?id=1X2&url={ESCAPED}&sref=x",
        f"https://www.anrdoezrs.net/click-1-2?url={ESCAPED}",
        f"https://link.zhihu.com/?target={ESCAPED}",
        f"https://r.search.yahoo.com/_ylt=A0/RV=2/RE=17/RO=10/RU={ESCAPED}/RK=2/RS=x-",
        "https://urldefense.com/v3/__https://outlet.example/news/talks?id=7__;!!AbC!x$",
        "https://urldefense.com/v3/__https:/outlet.example/news/talks?id*7__;PQ!!AbC!x$",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__outlet.example_news_talks-3Fid-3D7&d=x",
        f"https://urldefense.proofpoint.com/v1/url?u={ESCAPED}&k=x",
        f"https://href.li/?{ARTICLE}",
        f"https://web.archive.org/web/20240506070809/{ARTICLE}",
        "https://web.archive.org/web/2024id_/http:/outlet.example/news/talks?id=7",
        f"https://archive.today/newest/{ARTICLE}",
        f"https://webcache.googleusercontent.com/search?q=cache:abcdefghij_k:{ESCAPED}",
        "https://outlet-example.translate.goog/news/talks?id=7&_x_tr_sl=id&_x_tr_tl=en",
        "https://outlet-example.cdn.ampproject.org/c/s/outlet.example/news/talks?id=7",
        "https://outlet-example.cdn.ampproject.org/v/s/outlet.example/news/talks/amp?id=7&amp_js_v=0.1",
        "https://outlet-example.bing-amp.com/c/s/outlet.example/news/talks?id=7",
        "https://www.google.com/amp/s/outlet.example/news/talks/amp?id=7",
        "https://outlet.turbopages.org/outlet.example/s/news/talks?id=7",
        f"https://feeds.feedblitz.com/~/t/0/0/desk/~{ARTICLE}",
        f"https://news.google.com/rss/articles/{OPEN}?oc=5",
        f"https://news.google.com/articles/{OPEN}?hl=en-US&gl=US&ceid=US%3Aen",
        f"https://news.google.com/__i/rss/rd/articles/{OPEN}?oc=5",
        # one wrapper in another, one in disguise, one escaped once too often
        f"https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3D{ESCAPED.replace('%', '%25')}",
        f"https://www.href.li/?{ARTICLE}",
        f"https://duckduckgo.com/l/?uddg={ESCAPED.replace('%', '%25')}",
    ],
)
def test_a_wrapper_that_carries_the_address_gives_the_key_of_the_article(url: str) -> None:
    assert canonical_url(url) == ARTICLE


def test_what_a_translated_host_writes_with_two_hyphens_has_one() -> None:
    assert unwrapped("https://the--outlet-example-org.translate.goog/a") == "https://the-outlet.example.org/a"


def test_the_runs_of_a_guarded_link_are_put_back() -> None:
    letters = urlsafe_b64encode("ünï".encode()).decode()
    url = f"https://urldefense.com/v3/__https://outlet.example/**B/*__;{letters}!!A!b$"
    assert unwrapped(url) == "https://outlet.example/ünï/"


@pytest.mark.parametrize(
    "url",
    [
        "https://outlet.example/a?url=https://other.example/b",
        "https://www.google.com/search?q=https://outlet.example/a",
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://l.facebook.com/l.php?u=talks",
        "https://l.facebook.com/l.php",
        "https://href.li/?talks",
        "https://t.co/AbCdEf",
        "https://feedproxy.google.com/~r/desk/~3/AbCdEf/talks.html",
        "https://google.com.evil.example/url?q=https://outlet.example/a",
        "https://web.archive.org/details/talks",
        "https://urldefense.com/v3/__https://outlet.example/a",
        f"https://news.google.com/rss/articles/{SEALED}",
        f"https://evil.example/rss/articles/{OPEN}",
        "https://[broken/",
    ],
)
def test_what_carries_no_address_is_no_wrapper(url: str) -> None:
    assert unwrapped(url) == ""


def test_a_sealed_link_of_google_news_keeps_one_key_in_all_its_forms() -> None:
    keys = {
        canonical_url(f"https://news.google.com/{form}/{SEALED}{rest}")
        for form in ("rss/articles", "articles", "read", "__i/rss/rd/articles")
        for rest in ("", "?oc=5", "?hl=id&gl=ID&ceid=ID:id", "==")
    }
    assert keys == {f"https://news.google.com/articles/{SEALED}"}
    assert is_sealed(f"https://news.google.com/rss/articles/{SEALED}?oc=5")
    assert not is_sealed(f"https://news.google.com/rss/articles/{OPEN}?oc=5")
    assert not is_sealed("https://outlet.example/a")


@pytest.mark.parametrize(
    ("title", "source", "expected"),
    [
        ("Talks go on in Geneva - The Outlet", "", ("Talks go on in Geneva", "The Outlet")),
        ("Talks go on - and off - The Outlet", "", ("Talks go on - and off", "The Outlet")),
        ("Talks go on - The Outlet - World", "The Outlet - World", ("Talks go on", "The Outlet - World")),
        ("Talks go on", "The Outlet", ("Talks go on", "The Outlet")),
        ("会談が続く – 報道社", "", ("会談が続く", "報道社")),
        ("A well-known case", "", None),
        (" - The Outlet", "", None),
        ("Talks - " + "x" * 100, "", None),
        ("", "", None),
    ],
)
def test_a_sealed_link_is_known_by_title_and_outlet(title: str, source: str, expected: tuple[str, str] | None) -> None:
    origin = wrapped_origin(f"https://news.google.com/rss/articles/{SEALED}", title, source)
    assert (origin and (origin.title, origin.outlet)) == expected


def test_a_title_keeps_its_dashes_when_the_link_names_the_article() -> None:
    assert wrapped_origin(ARTICLE, "Talks - The Outlet", "The Outlet") is None
    assert wrapped_origin(f"https://news.google.com/rss/articles/{OPEN}", "Talks - The Outlet") is None


@given(st.binary(max_size=200))
def test_no_bytes_in_a_link_of_google_news_break_the_reading(message: bytes) -> None:
    packed = urlsafe_b64encode(message).decode().rstrip("=")
    url = f"https://news.google.com/rss/articles/{packed}"
    assert canonical_url(canonical_url(url)) == canonical_url(url)


@given(st.sampled_from(["com/v3/__", "proofpoint.com/v2/url?u=", "com/v3/__https://a.example/**__;"]), st.text())
def test_no_text_in_a_guarded_link_breaks_the_reading(head: str, text: str) -> None:
    assert unwrapped(f"https://urldefense.{head}{text}") != "x"


@given(st.text(max_size=60), st.text(max_size=20))
def test_no_title_breaks_the_search_for_its_outlet(title: str, source: str) -> None:
    wrapped_origin(f"https://news.google.com/rss/articles/{SEALED}", title, source)
