"""`monitor discover` against a site on loopback, through the command line."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.servers.http import Exchange, HttpServer
from tests.unit.test_cli import monitor

NOW = datetime.now(UTC)
WORDS = [
    "harbour",
    "council",
    "tunnel",
    "bridge",
    "school",
    "hospital",
    "election",
    "budget",
    "river",
    "market",
    "library",
]


def headline(topic: str, number: int) -> str:
    return f"{topic.title()} {WORDS[number % len(WORDS)]} plan number {number} is put before the council of the town"


def rss(site: str, topic: str, numbers: range, *, days: float = 0, text: str = "A few words.") -> str:
    items = "".join(
        f"<item><title>{headline(topic, n)}</title><link>{site}/{topic}/story-{n}-of-the-town</link>"
        f"<description>{text}</description>"
        f"<pubDate>{format_datetime(NOW - timedelta(days=days, hours=n))}</pubDate></item>"
        for n in numbers
    )
    return f'<rss version="2.0"><channel><title>{topic.title()} of The Town</title><language>en</language>{items}</channel></rss>'  # noqa: E501 - read as one


def page(topic: str, head: str = "", menu: str = "", numbers: range = range(12)) -> str:
    cards = "".join(
        f'<article class="card"><a href="/{topic}/story-{n}-of-the-town"><img src="/p/{n}.jpg">'
        f"<h2>{headline(topic, n)}</h2></a><p>What was said about it, in a sentence or two.</p></article>"
        for n in numbers
    )
    return (
        f"<!doctype html><html lang='en'><head><title>The Town</title>{head}</head><body><nav>{menu}</nav>"
        f"<main>{cards}</main><footer><a href='/about'>About</a></footer></body></html>"
    )


def news_sitemap(site: str, topic: str, numbers: range) -> str:
    urls = "".join(
        f"<url><loc>{site}/{topic}/story-{n}-of-the-town</loc><n:news><n:title>{headline(topic, n)}</n:title>"
        f"<n:publication_date>{(NOW - timedelta(hours=n)).isoformat()}</n:publication_date></n:news></url>"
        for n in numbers
    )
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )


@pytest.fixture
def web() -> Iterator[HttpServer]:
    with HttpServer.in_thread() as server:
        yield server


def discover(url: str, folder: Path, *more: str, private: bool = True) -> subprocess.CompletedProcess[str]:
    options = ["--host-gap", "0", *(["--allow-private"] if private else []), *more]
    return monitor("discover", url, *options, cwd=folder)


def rows(answer: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert answer.returncode == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.splitlines()]


def kinds_and_places(answer: subprocess.CompletedProcess[str], web: HttpServer) -> list[tuple[str, str]]:
    return [(row["kind"], row["url"].removeprefix(web.url)) for row in rows(answer)]


def test_a_site_gives_its_feeds_its_news_sitemap_and_its_sections_ranked_and_fit_to_paste(
    web: HttpServer, tmp_path: Path
) -> None:
    web.put(
        "/",
        page(
            "town",
            head='<link rel="alternate" type="application/rss+xml" href="/feed.rss">'
            '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">'
            '<link rel="alternate" type="application/rss+xml" href="/broken.rss">',
            menu="<a href='/culture'>Culture</a><a href='/about'>About</a><a href='/rss'>RSS</a>",
        ),
    )
    web.put("/rss", page("town", menu="<a href='/sport/feed.rss'>Sport</a><a href='/old/feed.rss'>Old</a>"))
    web.put("/feed.rss", rss(web.url, "town", range(20), text="Whole sentences of an article. " * 60))
    web.put("/sport/feed.rss", rss(web.url, "sport", range(10)))
    web.put("/old/feed.rss", rss(web.url, "old", range(10), days=500))
    web.put("/broken.rss", "<rss><channel>")
    web.put("/robots.txt", f"User-agent: *\nDisallow: /culture\n\nSitemap: {web.url}/maps/news.xml")
    web.put("/maps/news.xml", news_sitemap(web.url, "town", range(30)))
    web.put("/culture", page("culture"))

    answer = discover(web.url + "/", tmp_path, "--json")
    found = rows(answer)
    assert [(r["kind"], r["url"].removeprefix(web.url), r["entries"], r["recommended"]) for r in found] == [
        ("feed", "/feed.rss", 20, True),
        ("feed", "/sport/feed.rss", 10, True),
        ("sitemap", "/maps/news.xml", 30, True),
        ("listing", "/", 12, False),
        ("feed", "/old/feed.rss", 10, False),
    ]
    assert found[0]["whole_articles"] is True
    assert (found[0]["language"], found[0]["title"]) == ("en", "Town of The Town")
    assert [r["overlap"] for r in found] == [0.0, 0.0, 0.67, 1.0, 0.0]
    assert "robots.txt asks not to fetch this page" in answer.stderr
    assert (web.hits("/culture"), web.hits("/comments/feed"), web.hits("/about")) == (0, 0, 0)
    assert len(web.requests) <= 40

    pasted = discover(web.url + "/", tmp_path)
    assert pasted.returncode == 0
    lines = pasted.stdout.splitlines()
    assert lines[0] == "sources:"
    assert re.search(r"# 20 entries, newest \d+ min ago, en, whole articles, “Town of The Town”$", lines[1])
    assert lines[4].startswith("  # - {id: ")
    (tmp_path / "config.yaml").write_text(pasted.stdout + "rules: [{id: a, match: town}]\n", "utf-8")
    assert "fine: 3 sources" in monitor("check", cwd=tmp_path).stdout
    online = monitor("check", "--online", cwd=tmp_path)
    assert (online.returncode, online.stdout.count("ok   source")) == (0, 3)


def test_a_site_that_announces_nothing_is_tried_at_the_usual_places(web: HttpServer, tmp_path: Path) -> None:
    web.put("/", page("town"))
    web.put("/feed", rss(web.url, "town", range(5)))
    web.put("/sitemap_index.xml",
            f"<sitemapindex><sitemap><loc>{web.url}/news-1.xml</loc></sitemap></sitemapindex>")  # fmt: skip
    web.put("/news-1.xml", news_sitemap(web.url, "town", range(30)))
    assert kinds_and_places(discover(web.url, tmp_path, "--json"), web) == [
        ("feed", "/feed"),
        ("sitemap", "/sitemap_index.xml"),
        ("listing", ""),
    ]


def test_a_site_without_feeds_gives_its_pages(web: HttpServer, tmp_path: Path) -> None:
    web.put("/", "<html><body><nav><a href='/news'>News</a><a href='/culture'>Culture</a></nav></body></html>")
    web.put("/news", page("news"))
    web.put("/culture", page("culture"))
    answer = discover(web.url, tmp_path, "--json")
    assert kinds_and_places(answer, web) == [("listing", "/news"), ("listing", "/culture")]
    assert all(row["recommended"] for row in rows(answer))


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_an_address_that_is_itself_a_source_is_taken(web: HttpServer, tmp_path: Path, kind: str) -> None:
    web.put("/it", rss(web.url, "town", range(5)) if kind == "feed" else news_sitemap(web.url, "town", range(5)))
    assert kinds_and_places(discover(web.url + "/it", tmp_path, "--json"), web) == [(kind, "/it")]


def test_a_site_that_has_moved_for_good_is_taken_where_it_is_now(web: HttpServer, tmp_path: Path) -> None:
    web.redirect("/old.rss", "/new.rss", status=301)
    web.put("/new.rss", rss(web.url, "town", range(5)))
    assert kinds_and_places(discover(web.url + "/old.rss", tmp_path, "--json"), web) == [("feed", "/new.rss")]


def test_a_page_that_robots_may_not_read_leaves_feeds_and_sitemaps(web: HttpServer, tmp_path: Path) -> None:
    web.put("/robots.txt", "User-agent: *\nDisallow: /")
    web.put("/", page("town"))
    web.put("/rss.xml", rss(web.url, "town", range(5)))
    answer = discover(web.url + "/", tmp_path, "--json")
    assert kinds_and_places(answer, web) == [("feed", "/rss.xml")]
    assert web.hits("/") == 0
    assert "robots.txt" in answer.stderr


def test_the_number_of_requests_has_a_bound(web: HttpServer, tmp_path: Path) -> None:
    async def maze(exchange: Exchange) -> None:
        here = exchange.request.path.rstrip("/")
        links = "".join(f"<a href='{here}/{w}/rss'>RSS</a><a href='/{w}'>{w}</a>" for w in WORDS)
        feeds = "".join(f"<link rel='alternate' type='application/rss+xml' href='{here}/{w}.rss'>" for w in WORDS * 5)
        await exchange.answer(200, {"Content-Type": "text/html"}, f"<html>{feeds}{links}</html>".encode())

    for path in ("/", *(f"/{w}" for w in WORDS), *(f"/{w}/rss" for w in WORDS), *(f"/{w}.rss" for w in WORDS)):
        web.handle(path, maze)
    answer = discover(web.url + "/", tmp_path)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "no feed, sitemap or list of articles found" in answer.stderr
    assert len(web.requests) <= 40


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("http://127.0.0.1:9/", "127.0.0.1"),
        ("http://no-such-host.invalid/", "no-such-host.invalid"),
        ("ftp://outlet.example/", "no http(s) address"),
        ("", "no http(s) address"),
    ],
)
def test_what_cannot_be_reached_is_told(tmp_path: Path, url: str, word: str) -> None:
    answer = discover(url, tmp_path)
    assert answer.returncode in {1, 2}
    assert answer.stdout == ""
    assert word in answer.stderr
    assert "Traceback" not in answer.stderr


def test_an_internal_address_needs_leave(web: HttpServer, tmp_path: Path) -> None:
    web.put("/", rss(web.url, "town", range(5)))
    answer = discover(web.url, tmp_path, private=False)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "not a public address" in answer.stderr
    assert web.requests == []
