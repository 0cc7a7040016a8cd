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


def feed(dice: random.Random) -> bytes:
    items = "".join(
        f"<item><guid>{n}-{dice.random()}</guid><title>{words(dice, 9)}</title><link>https://outlet.example/a/{n}</link>"
        f"<pubDate>{START - timedelta(minutes=n):%a, %d %b %Y %H:%M:%S} +0700</pubDate>"
        f"<description>&lt;p&gt;{words(dice, 120)}&lt;/p&gt;</description></item>"
        for n in range(40)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet</title>{items}</channel></rss>'.encode()


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
    """Milliseconds of CPU per document."""
    parse(documents[0])
    start = time.process_time()
    for body in documents:
        parse(body)
    return (time.process_time() - start) / len(documents) * 1000


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
        ("sitemap", lambda b: parse_sitemap(b, url=url), [sitemap(dice) for _ in range(count)]),
        ("listing", lambda b: parse_listing(b, url=url), [listing(dice) for _ in range(count)]),
        ("article", lambda b: parse_article(b, url=url), [article(dice) for _ in range(count)]),
    ]
    for name, parse, documents in rows:
        size = sum(map(len, documents)) / len(documents) / 1000
        print(f"{name:<24} {cost(parse, documents):8.2f} ms   {size:6.1f} KB   n={len(documents)}")


if __name__ == "__main__":
    main()
