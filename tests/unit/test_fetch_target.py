"""URLs: what is fetched, what is refused, and that what is checked is what is connected to."""

from __future__ import annotations

from ipaddress import ip_address

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.ports import Trouble
from monitor.fetch.addresses import is_public
from monitor.fetch.errors import FetchError
from monitor.fetch.target import host_of, keeps_credentials, parse_target, resolve_redirect, server_of

LOOPBACK_IN_DISGUISE = [
    "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://0x7f.0.0.1/",
    "http://0177.0.0.1/", "http://017700000001/", "http://127.0.0.1./", "http://0/", "http://0.0.0.0/", "http://0x/",
    "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/",
    "http://[0:0:0:0:0:0:0:1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1%25lo]/",
    "http://127。0。0。1/", "http://127.0.0.1/", "http://①②⑦.0.0.1/", "http://127.0.0.1:80/",
    "http://%31%32%37.0.0.1/", "http://127.0.0.1%2f.news.example/", "http://256.256.256.256/", "http://1.2.3.4.5/",
]  # fmt: skip
REFUSED = [
    "", "   ", "news", "//news.example/", "news.example/feed", "ftp://news.example/", "file:///etc/passwd", "gopher://x/",
    "javascript:alert(1)", "http://", "http:///feed", "http://?", "http://news.example:0/", "http://news.example:65536/",
    "http://news.example:-1/", "http://news.example:port/", "http://user@news.example/", "http://user:word@news.example/",
    "http://127.0.0.1\\@news.example/", "http://news.example\\.evil.example/", "http:\\\\news.example\\", "http://a\\b/",
    "http://news.exa mple/", "http://news.example\n/", "http://news\x00.example/", "http://.news.example/",
    "http://news..example/", "http://news.example../", "http://-news.example/", "http://[::1/", "http://[zz]/",
    "http://" + "a" * 64 + ".example/", "http://" + "a." * 127 + "example/", "http://news.example/" + "a" * 70_000,
    "http://xn--/", "http://\u200b/", "http://ex\u2044ample/",
]  # fmt: skip


@pytest.mark.parametrize("url", LOOPBACK_IN_DISGUISE + REFUSED)
def test_a_url_with_a_trick_in_it_is_refused(url):
    with pytest.raises(FetchError) as caught:
        parse_target(url, allow_private=False)
    assert caught.value.trouble in {Trouble.BAD_URL, Trouble.FORBIDDEN_ADDRESS}


@pytest.mark.parametrize("url", REFUSED)
def test_a_bad_url_is_no_better_in_a_private_network(url):
    with pytest.raises(FetchError) as caught:
        parse_target(url, allow_private=True)
    assert caught.value.trouble is Trouble.BAD_URL


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://news.example/feed?a=b&c=%20d", "news.example"),
        ("https://NEWS.Example./", "news.example"),
        ("  https://news.example/  ", "news.example"),
        ("http://bücher.example/", "xn--bcher-kva.example"),
        ("http://my_feeds.example/", "my_feeds.example"),
        ("http://3.news.example/", "3.news.example"),
        ("http://1.1.1.1/", "1.1.1.1"),
        ("http://[2606:4700::1111]:8080/", "2606:4700::1111"),
        ("http://news.example/a?back=\\", "news.example"),
        ("http://news.example/статья", "news.example"),
    ],
)
def test_an_ordinary_url_is_fetched(url, host):
    parsed = parse_target(url, allow_private=False)
    assert host_of(parsed) == host


def test_a_private_address_is_for_those_who_are_allowed():
    assert host_of(parse_target("http://10.0.0.1/feed", allow_private=True)) == "10.0.0.1"
    with pytest.raises(FetchError, match="allow_private"):
        parse_target("http://10.0.0.1/feed", allow_private=False)


def test_a_fragment_is_not_part_of_what_is_fetched():
    assert str(parse_target("http://news.example/feed#top", allow_private=False)) == "http://news.example/feed"


@given(st.text(max_size=60) | st.from_regex(r"https?://[^\s]{1,40}", fullmatch=True))
def test_any_text_is_a_checked_target_or_refused(text):
    try:
        url = parse_target(text, allow_private=False)
    except FetchError:
        return
    host = host_of(url)
    assert url.scheme in {"http", "https"}
    assert not url.userinfo
    assert host
    assert host == host.lower()
    assert not set(host) & set("@\\/%[] ")
    assert host_of(httpx.URL(str(url))) == host


@given(st.ip_addresses(), st.sampled_from(["http://{}/", "https://{}:8443/feed", "http://{}"]))
def test_a_literal_address_is_let_through_exactly_when_it_is_public(address, form):
    url = form.format(f"[{address}]" if address.version == 6 else address)
    if is_public(address):
        assert ip_address(host_of(parse_target(url, allow_private=False))) == address
    else:
        with pytest.raises(FetchError) as caught:
            parse_target(url, allow_private=False)
        assert caught.value.trouble is Trouble.FORBIDDEN_ADDRESS


@given(st.integers(0, 2**32 - 1), st.sampled_from(["{:d}", "0x{:x}", "0{:o}"]))
def test_an_ipv4_address_as_one_number_is_never_a_host(number, form):
    with pytest.raises(FetchError):
        parse_target(f"http://{form.format(number)}/", allow_private=False)


@pytest.mark.parametrize(
    ("location", "becomes"),
    [
        ("/other", "https://news.example/other"),
        ("other", "https://news.example/a/other"),
        ("?page=2", "https://news.example/a/feed?page=2"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("http://news.example/a b", "http://news.example/a%20b"),
        ("https://news.example/x#y", "https://news.example/x"),
    ],
)
def test_a_redirect_may_be_relative(location, becomes):
    base = httpx.URL("https://news.example/a/feed")
    assert str(resolve_redirect(base, location, allow_private=False)) == becomes


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1/", "//127.0.0.1/", "http://[::ffff:10.0.0.1]/", "file:///etc/passwd", "//127.1/",
     "/\\127.0.0.1/", "\\\\127.0.0.1", "http://a@127.0.0.1/", "http://2130706433", "http://[::1]"],
)  # fmt: skip
def test_a_redirect_is_checked_like_a_url(location):
    with pytest.raises(FetchError):
        resolve_redirect(httpx.URL("http://news.example/feed"), location, allow_private=False)


@given(st.text(max_size=40))
def test_any_location_leads_to_a_checked_target_or_is_refused(location):
    base = httpx.URL("http://news.example/feed")
    try:
        url = resolve_redirect(base, location, allow_private=False)
    except FetchError:
        return
    assert str(parse_target(str(url), allow_private=False)) == str(url)


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        ("http://a.example/", "http://a.example/x", True),
        ("http://a.example/", "https://a.example/", True),
        ("https://a.example/", "http://a.example/", False),
        ("https://a.example/", "https://www.a.example/", False),
        ("https://a.example/", "https://b.example/", False),
        ("https://a.example/", "https://a.example:8443/", False),
        ("http://a.example:8080/", "https://a.example/", False),
        ("https://a.example:443/", "https://a.example/", True),
    ],
)
def test_credentials_stay_with_the_server_that_they_are_for(first, then, kept):
    assert keeps_credentials(httpx.URL(first), httpx.URL(then)) is kept


def test_both_default_ports_of_a_host_are_one_server_to_be_polite_to():
    assert server_of(httpx.URL("http://a.example/")) == server_of(httpx.URL("https://a.example/")) == "a.example"
    assert server_of(httpx.URL("http://a.example:8080/")) == "a.example:8080"
