"""What reading costs: CPU per document of each parser, on generated documents, against feedparser alone.

Usage: python -m bench.reading [--documents 30]
"""

from __future__ import annotations

import argparse
import io
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import feedparser

from monitor.core.model import Document
from monitor.extract.articles import parse_article
from monitor.extract.feeds import parse_feed
from monitor.extract.listings import parse_listing
from monitor.extract.sitemaps import parse_sitemap

WORDS = [
    "talks",
    "river",
    "minister",
    "council",
    "harvest",
    "signal",
    "border",
    "winter",
    "bridge",
    "market",
    "storm",
    "court",
]
START = datetime(2025, 2, 13, 8, 0, tzinfo=UTC)


def words(dice: random.Random, count: int) -> str:
    return " ".join(dice.choices(WORDS, k=count)).capitalize()


def item(dice: random.Random, n: int) -> str:
    paragraphs = "".join(
        f'<p>{words(dice, 30)} <a href="https://outlet.example/tag/{n}">{words(dice, 2)}</a> &amp; {words(dice, 8)}</p>'
        for _ in range(2)
    )
    escaped = paragraphs.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    full = f"<content:encoded><![CDATA[{paragraphs * 3}]]></content:encoded>" if n % 6 == 0 else ""
    return (
        f"<item><title>{words(dice, 9)}</title><link>https://outlet.example/a/{n}?utm_source=rss</link>"
        f'<guid isPermaLink="false">{n}-{dice.random()}</guid><dc:creator>{words(dice, 2)}</dc:creator>'
        f"<pubDate>{START - timedelta(minutes=n):%a, %d %b %Y %H:%M:%S} +0700</pubDate><category>World</category>"
        f'<media:content url="https://outlet.example/{n}.jpg" medium="image"/><slash:comments>{n}</slash:comments>'
        f"<description>{escaped}</description>{full}</item>\n"
    )


def feed(dice: random.Random, items: int = 40, head: str = "") -> bytes:
    spaces = "".join(
        f' xmlns:{prefix}="{uri}"'
        for prefix, uri in (
            ("content", "http://purl.org/rss/1.0/modules/content/"),
            ("dc", "http://purl.org/dc/elements/1.1/"),
            ("media", "http://search.yahoo.com/mrss/"),
            ("slash", "http://purl.org/rss/1.0/modules/slash/"),
            ("atom", "http://www.w3.org/2005/Atom"),
        )
    )
    entries = "".join(item(dice, n) for n in range(items))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"{spaces}><channel><title>Outlet</title>'
        '<link>https://outlet.example/</link><atom:link href="https://outlet.example/rss" rel="self"/>'
        "<description>What happens</description><language>en</language><generator>x</generator>"
        "<image><url>https://outlet.example/i.png</url><title>Outlet</title><link>https://outlet.example/</link></image>"
        f"{head}{entries}</channel></rss>"
    ).encode()


def changed(body: bytes, dice: random.Random, new: int) -> bytes:
    """The same feed at its next poll: new entries before the others, and every comment counted anew."""
    place = body.index(b"<item>")
    fresh = "".join(item(dice, 1000 + n) for n in range(new)).encode()
    return body[:place] + fresh + body[place:].replace(b"<slash:comments>", b"<slash:comments>1")


def sitemap(dice: random.Random) -> bytes:
    urls = "".join(f"<url><loc>https://outlet.example/{n}/{dice.random()}</loc></url>" for n in range(500))
    return f"<urlset>{urls}</urlset>".encode()


def listing(dice: random.Random) -> bytes:
    cards = "".join(
        f'<article class="card"><a href="/a/{n}-{n}"><img src="/{n}.jpg"></a>'
        f'<h2><a href="/a/{n}-{n}">{words(dice, 9)}</a></h2>'
        f"<time>13 Feb 2025</time><p>{words(dice, 25)}</p></article>"
        for n in range(40)
    )
    menu = "".join(f'<li><a href="/section/{w}">{w}</a></li>' for w in WORDS * 4)
    return f"<html><body><nav><ul>{menu}</ul></nav><main>{cards}</main></body></html>".encode()


def article(dice: random.Random) -> bytes:
    text = "".join(f"<p>{words(dice, 60)}.</p>" for _ in range(15))
    menu = "".join(f'<li><a href="/section/{w}">{w}</a></li>' for w in WORDS * 10)
    body = f"<nav>{menu}</nav><article><h1>{words(dice, 8)}</h1>{text}</article>"
    return f"<html><head><title>x</title></head><body>{body}</body></html>".encode()


def cost(parse: Callable[[bytes], object], documents: list[bytes]) -> float:
    """Milliseconds of CPU per document, in the best of five rounds."""
    rounds = []
    for _ in range(5):
        start = time.process_time()
        for body in documents:
            parse(body)
        rounds.append(time.process_time() - start)
    return min(rounds) / len(documents) * 1000


def again(url: str, feeds: list[bytes]) -> Callable[[bytes], object]:
    """Parses feeds of which the entries of `feeds` are known."""
    known: set[int] = set()
    for body in feeds:
        found = parse_feed(body, url=url)
        assert isinstance(found, Document)
        known.update(found.marks)
    return lambda body: parse_feed(body, url=url, known=known)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=30)
    count = arguments.parse_args().documents
    dice = random.Random(1)
    url = "https://outlet.example/"
    feeds = [feed(dice) for _ in range(count)]
    rows: list[tuple[str, Callable[[bytes], object], list[bytes]]] = [
        ("feed, feedparser alone", lambda b: feedparser.parse(io.BytesIO(b)), feeds),
        ("feed", lambda b: parse_feed(b, url=url), feeds),
        ("feed, 3 new entries", again(url, feeds), [changed(b, dice, 3) for b in feeds]),
        ("feed, 1 new entry", again(url, feeds), [changed(b, dice, 1) for b in feeds]),
        ("feed, no new entry", again(url, feeds), [changed(b, dice, 0) for b in feeds]),
        ("sitemap", lambda b: parse_sitemap(b, url=url), [sitemap(dice) for _ in range(count)]),
        ("listing", lambda b: parse_listing(b, url=url), [listing(dice) for _ in range(count)]),
        ("article", lambda b: parse_article(b, url=url), [article(dice) for _ in range(count)]),
    ]
    for name, parse, documents in rows:
        size = sum(map(len, documents)) / len(documents) / 1000
        print(f"{name:<24} {cost(parse, documents):8.2f} ms   {size:6.1f} KB   n={len(documents)}")


if __name__ == "__main__":
    main()
