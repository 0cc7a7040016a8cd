from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.robots import MAX_BYTES, RobotsRules, agent_token, parse_robots

SITE = "https://outlet.example"


def read(text: str | bytes, agent: str = "monitor/1.0 (+news alerts)") -> RobotsRules:
    return parse_robots(text if isinstance(text, bytes) else text.encode(), user_agent=agent, url=f"{SITE}/robots.txt")


def allows(text: str | bytes, path: str, agent: str = "monitor/1.0") -> bool:
    return read(text, agent).allows(SITE + path)


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        # the path begins with the rule's
        ("Disallow: /news", "/news", False),
        ("Disallow: /news", "/newsroom/a", False),
        ("Disallow: /news/", "/news", True),
        ("Disallow: /", "/a", False),
        ("Disallow: /", "", False),
        ("Disallow:", "/a", True),
        ("Allow: /", "/a", True),
        ("Disallow: /News", "/news", True),
        ("Disallow: news", "/news", True),
        # the longest counts, whatever the order, and allow wins a tie
        ("Disallow: /\nAllow: /news", "/news/a", True),
        ("Allow: /news\nDisallow: /", "/news/a", True),
        ("Allow: /news\nDisallow: /", "/sport/a", False),
        ("Allow: /news\nDisallow: /news/private", "/news/private/a", False),
        ("Disallow: /news\nAllow: /news", "/news", True),
        ("Allow: /page\nDisallow: /*.html", "/page.html", False),
        ("Allow: /$\nDisallow: /", "/", True),
        ("Allow: /$\nDisallow: /", "/a", False),
        # stars and the end
        ("Disallow: /*.pdf$", "/a/b.pdf", False),
        ("Disallow: /*.pdf$", "/a/b.pdf?x=1", True),
        ("Disallow: /*?", "/a?x=1", False),
        ("Disallow: /*?", "/a", True),
        ("Disallow: *private", "/a/private", False),
        ("Disallow: /a*b*c", "/a-b-c", False),
        ("Disallow: /a*b*c", "/a-c-b", True),
        ("Disallow: /a*a$", "/a", True),
        ("Disallow: /a*a$", "/aa", False),
        ("Disallow: /*", "/a", False),
        ("Disallow: /$", "/$", True),
        # escapes in one form
        ("Disallow: /%7euser", "/~user", False),
        ("Disallow: /~user", "/%7Euser", False),
        ("Disallow: /berita/élan", "/berita/%c3%a9lan", False),
        ("Disallow: /berita/%C3%A9lan", "/berita/élan", False),
        ("Disallow: /a%2fb", "/a/b", True),
        ("Disallow: /a%2fb", "/a%2Fb", False),
        ("Disallow: /a%2Ab", "/a*b", False),
        ("Disallow: /a%2Ab", "/axb", True),
        ("Disallow: /price%24", "/price$now", False),
        ("Disallow: /a$b", "/a$b", False),
        # itself, always
        ("Disallow: /", "/robots.txt", True),
    ],
)
def test_a_page_may_be_fetched_as_the_rules_say(rules: str, path: str, allowed: bool) -> None:
    assert allows(f"User-agent: *\n{rules}", path) is allowed


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("<!doctype html><html><body>Disallow: everything</body></html>", True),
        ("Disallow: /", True),  # belongs to nobody
        ("User-agent: other\nDisallow: /", True),
        ("User-agent: *\nDisallow: /", False),
        ("user-AGENT : *\r\nDISALLOW : /", False),
        ("User-agent: *\rDisallow: /\r", False),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agent: * # all\nDisallow: / # everything", False),
        ("User-agent: Monitor\nDisallow: /", False),
        ("User-agent: monitor/2.0\nDisallow: /", False),
        ("User-agent: monitor-images\nDisallow: /", True),
        ("User-agent: moni\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: monitor\nDisallow: /x", True),
        ("User-agent: monitor\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: monitor\n\nUser-agent: *\nDisallow: /", False),  # one group, two names
        ("User-agent: other\nUser-agent: monitor\nDisallow: /", False),
        ("User-agent: monitor\nDisallow: /x\nUser-agent: other\nDisallow: /", True),
        ("User-agent: monitor\nDisallow: /x\n\nUser-agent: monitor\nDisallow: /", False),
        ("User-agent: *\nSitemap: https://outlet.example/s.xml\nDisallow: /", False),
        ("User-agent: other\nDisallow: /\nCrawl-delay: 5\nUser-agent: *\nDisallow: /x", True),
        ("User-agent: *\nnonsense\n: /\nDisallow: /", False),
        (b"User-agent: *\nDisallow: /\xff\nDisallow: /", False),
    ],
)
def test_the_group_that_names_the_agent_counts_else_that_of_all(text: str | bytes, allowed: bool) -> None:
    assert allows(text, "/a") is allowed


@pytest.mark.parametrize(
    ("agent", "token"),
    [("monitor/1.0 (+x)", "monitor"), ("Desk-Bot", "desk-bot"), ("  a_b c", "a_b"), ("", ""), ("(x)", ""), ("7up", "")],
)
def test_an_agent_is_called_by_its_first_word(agent: str, token: str) -> None:
    assert agent_token(agent) == token


def test_an_agent_without_a_name_follows_the_rules_for_all() -> None:
    assert not allows("User-agent:\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", agent="")


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 10", 10.0),
        ("User-agent: *\nCrawl-delay: 0.5\nCrawl-delay: 9", 0.5),
        ("User-agent: other\nCrawl-delay: 10", None),
        ("User-agent: *\nCrawl-delay: 10\n\nUser-agent: monitor\nDisallow: /x", None),
        ("User-agent: *\nCrawl-delay: -1", None),
        ("User-agent: *\nCrawl-delay: 1e99", None),
        ("User-agent: *\nCrawl-delay: nan", None),
    ],
)
def test_the_wanted_delay_is_read_from_the_same_group(text: str, delay: float | None) -> None:
    assert read(text).crawl_delay == delay


def test_sitemaps_are_given_to_everybody() -> None:
    text = "Sitemap: /news.xml\nUser-agent: other\nDisallow: /\nsitemap: https://cdn.example/s.xml\nSitemap: mailto:x"
    assert read(text).sitemaps == (f"{SITE}/news.xml", "https://cdn.example/s.xml")


def test_what_is_beyond_the_limit_is_not_read_not_even_half_of_a_rule() -> None:
    filler = "# " + "x" * (MAX_BYTES - 60) + "\n"
    rules = read(f"User-agent: *\nDisallow: /a\n{filler}Disallow: /b/and-a-long-rule-that-is-cut\nDisallow: /c\n")
    assert [rules.allows(SITE + path) for path in ("/a", "/b", "/b/and-a-long", "/c")] == [False, True, True, True]


@pytest.mark.parametrize("pattern", ["/" + "*a" * 2000, "/" + "a*" * 2000 + "$", "/" + "*" * 4000 + "b$"])
def test_a_rule_full_of_stars_costs_one_walk(pattern: str) -> None:
    rules = read(f"User-agent: *\nDisallow: {pattern}")
    assert rules.allows(SITE + "/" + "a" * 1500 + "c")


@given(st.binary(max_size=300), st.text(max_size=60))
def test_no_bytes_break_the_reading(body: bytes, url: str) -> None:
    rules = read(b"User-agent: *\nDisallow: " + body)
    assert rules.allows(url) in {True, False}


LINES = st.lists(
    st.sampled_from(
        ["User-agent: *", "User-agent: monitor", "User-agent: other", "Disallow: /a", "Allow: /a/b", "Disallow:"]
    )
)


@given(LINES, st.sampled_from(["/a", "/a/b", "/c"]))
def test_more_rules_of_others_change_nothing(lines: list[str], path: str) -> None:
    text = "\n".join(lines)
    assert allows(text, path) is allows(f"{text}\n\nUser-agent: stranger\nDisallow: /\nAllow: /", path)
