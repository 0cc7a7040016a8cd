"""Documents that nobody writes by accident, each of about `size` bytes."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Mapping

RSS = b"<rss version='2.0'><channel><title>x</title>"
END = b"</channel></rss>"
ITEM = b"<item><title>t</title><link>https://outlet.example/1</link></item>"
URL = "https://outlet.example/"
HTML = b"<!doctype html><html><head><title>x</title></head><body>"


FEED = {"before": RSS, "after": END}
HEAD = {"before": RSS, "after": ITEM + END}
ENTRY = {"before": RSS + b"<item><link>/1</link>", "after": b"</item>" + END}
ENTRY_TITLE = {"before": RSS + b"<item><title>", "after": b"</title></item>" + END}
ATOM = {"before": b"<feed xmlns='http://www.w3.org/2005/Atom'>", "after": b"</feed>"}
JSON = {"before": b'{"version":"https://jsonfeed.org/version/1","items":[', "after": b"{}]}"}
SITEMAP = {"before": b"<urlset>", "after": b"</urlset>"}
INDEX = {"before": b"<sitemapindex>", "after": b"</sitemapindex>"}
KEYWORDS = {"before": b"<urlset><url><loc>/1</loc><keywords>", "after": b"</keywords></url></urlset>"}
ARTICLE = {"before": HTML + b"<article>", "after": b"</article>"}
SCRIPT = {"before": HTML + b'<script type="application/ld+json">', "after": b"</script>"}


def filled(unit: bytes, size: int, *, before: bytes = b"", after: bytes = b"") -> bytes:
    return before + unit * ((size - len(before) - len(after)) // len(unit)) + after


def numbered(unit: Callable[[int], str], size: int, *, before: bytes = b"", after: bytes = b"") -> bytes:
    pieces: list[bytes] = []
    length = 0
    number = 0
    while length < size:
        pieces.append(unit(number).encode())
        length += len(pieces[-1])
        number += 1
    return before + b"".join(pieces) + after


def in_item(inside: bytes, tag: bytes = b"description") -> bytes:
    return RSS + b"<item><link>/1</link><" + tag + b">" + inside + b"</" + tag + b"></item>" + END


def entity_bomb(size: int) -> bytes:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{lines}]>'.encode()
    return filled(b"<item><title>&e11;</title><link>/1</link></item>", size, before=bomb + RSS, after=END)


def wide_entity(size: int) -> bytes:
    """One large entity, named again and again."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e "' + b"a" * (size // 2) + b'">]>'
    return filled(b"<item><title>&e;&e;&e;&e;</title><link>/1</link></item>", size, before=bomb + RSS, after=END)


def noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)


def text_noise(size: int) -> bytes:
    dice = random.Random(2)
    units = [
        b"<item>",
        b"</item>",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"&",
        b"<",
        b">",
        b'"',
        b"<a href=",
        b"x",
        b" ",
        b"<title>",
        b"</title>",
        b"<p>",
        b"\xff",
        b"\x00",
        b"&#x",
        b"<?",
        b"2025-02-13",
        b"https://outlet.example/",
    ]
    return RSS + b"".join(dice.choices(units, k=size // 6))


SHAPES: Mapping[str, Callable[[int], bytes]] = {
    "nesting": lambda n: filled(b"<a>", n, before=RSS),
    "nesting, closed": lambda n: RSS + b"<item>" + b"<a>" * (n // 7) + b"</a>" * (n // 7) + b"</item>" + END,
    "nested entries": lambda n: filled(b"<item>", n, before=RSS),
    "nested html": lambda n: filled(b"<div>", n, before=HTML),
    "nested html, mixed": lambda n: filled(b"<table><tr><td><b><p><a href=x>", n, before=HTML),
    "nested markup in a text": lambda n: in_item(filled(b"&lt;b&gt;", n)),
    "attributes": lambda n: numbered(lambda k: f" a{k}='1'", n, before=b"<rss", after=b">" + ITEM + b"</rss>"),
    "attributes of an entry": lambda n: numbered(lambda k: f" a{k}='1'", n, before=RSS + b"<item", after=b"/>" + END),
    "namespaces": lambda n: numbered(lambda k: f" xmlns:a{k}='u{k}'", n, before=b"<rss", after=b">" + ITEM + b"</rss>"),
    "one attribute": lambda n: filled(b"a", n, before=b"<rss x='", after=b"'><channel>" + ITEM + END),
    "an attribute without an end": lambda n: filled(b"a ", n, before=RSS + b"<item x='"),
    "one text": lambda n: in_item(filled(b"word ", n)),
    "one title": lambda n: in_item(filled(b"word ", n), b"title"),
    "one word": lambda n: in_item(filled(b"w", n)),
    "one link": lambda n: in_item(filled(b"/a", n), b"link"),
    "one date": lambda n: in_item(filled(b"2025 ", n), b"pubDate"),
    "tiny entries": lambda n: filled(b"<item/>", n, **FEED),
    "entries": lambda n: filled(ITEM, n, **FEED),
    "entries without an end": lambda n: filled(b"<item><title>t<link>/1", n, before=RSS),
    "entries of html": lambda n: filled(
        b"<li><a href='/2025/a-headline-of-a-day'>A headline of a day</a>", n, before=HTML
    ),
    "atom entries": lambda n: filled(b"<entry><id>1</id><title type='html'>&lt;b></title></entry>", n, **ATOM),
    "categories": lambda n: numbered(lambda k: f"<category>c{k}</category>", n, **ENTRY),
    "enclosures": lambda n: numbered(lambda k: f"<enclosure url='/{k}'/>", n, **ENTRY),
    "authors": lambda n: filled(b"<author>a@b.example</author>", n, **ENTRY),
    "entity bomb": entity_bomb,
    "one wide entity": wide_entity,
    "entities declared": lambda n: numbered(
        lambda k: f'<!ENTITY e{k} "v">', n, before=b"<!DOCTYPE rss [", after=b"]>" + RSS + END
    ),
    "cdata": lambda n: in_item(filled(b"<![CDATA[x]]>", n)),
    "cdata without an end": lambda n: filled(b"<![CDATA[", n, before=RSS + b"<item><description>"),
    "comments": lambda n: filled(b"<!--x-->", n, **HEAD),
    "comments without an end": lambda n: filled(b"<!--", n, before=RSS),
    "instructions": lambda n: filled(b"<?x y?>", n, **HEAD),
    "blanks": lambda n: filled(b" \n\t ", n, **HEAD),
    "blanks only": lambda n: filled(b" \n\t ", n),
    "less-than signs": lambda n: filled(b"<", n),
    "less-than signs in a feed": lambda n: filled(b"< ", n, before=RSS + b"<item><title>"),
    "ampersands": lambda n: filled(b"&", n, **ENTRY_TITLE),
    "references": lambda n: in_item(filled(b"&amp;amp;", n)),
    "numbered references": lambda n: in_item(filled(b"&#x41;", n), b"title"),
    "unknown references": lambda n: numbered(lambda k: f"&e{k};", n, **ENTRY_TITLE),
    "quotes": lambda n: filled(b"\"'", n, before=RSS + b"<item a="),
    "closing brackets": lambda n: filled(b"]]>", n, before=RSS),
    "zero bytes": lambda n: filled(b"\x00", n, before=RSS),
    "bad bytes": lambda n: in_item(filled(b"\xff\xfe", n)),
    "broken utf-8": lambda n: in_item(filled(b"\xe2\x82x", n)),
    "legacy bytes": lambda n: in_item(filled("Привет, мир. ".encode("cp1251"), n)),
    "encoded thrice": lambda n: in_item(filled("Ã\x83Ã\x82Â©".encode(), n)),
    "marks over letters": lambda n: in_item(filled("\u0301".encode(), n), b"title"),
    "utf-16": lambda n: ("<rss><channel>" + "<item>" * (n // 12)).encode("utf-16"),
    "utf-32": lambda n: ("<rss><channel>" + "<item/>" * (n // 28)).encode("utf-32"),
    "gzip bomb": lambda n: gzip.compress(RSS + b" " * (n * 20)),
    "gzip bomb of gzip": lambda n: gzip.compress(gzip.compress(RSS + b" " * (n * 40))),
    "gzip bomb of entries": lambda n: gzip.compress(filled(ITEM, n * 3, **FEED)),
    "json nesting": lambda n: filled(b"[", n),
    "json objects": lambda n: filled(b'{"a":', n),
    "json items": lambda n: filled(b'{"id":"1","url":"/1","title":"t"},', n, **JSON),
    "json keys": lambda n: numbered(lambda k: f'"k{k}":1,', n, before=b'{"items":[{', after=b'"id":"1","title":"t"}]}'),
    "json text": lambda n: filled(b"\\u00e9", n, before=b'{"items":[{"id":"1","content_text":"', after=b'"}]}'),
    "json cut": lambda n: filled(b'{"id":"1","title":"t","a":[{},{}]},', n, before=b'{"items":['),
    "json numbers": lambda n: filled(b"9", n, before=b'{"items":[{"id":', after=b"}]}"),
    "sitemap": lambda n: numbered(
        lambda k: f"<url><loc>{URL}{k}</loc><lastmod>2025-02-13</lastmod></url>", n, **SITEMAP
    ),
    "sitemap index": lambda n: numbered(lambda k: f"<sitemap><loc>{URL}{k}.xml</loc></sitemap>", n, **INDEX),
    "sitemap keywords": lambda n: filled(b"a,", n, **KEYWORDS),
    "scripts": lambda n: filled(b"<script>", n, before=HTML),
    "linked data": lambda n: filled(b'{"@type":"NewsArticle","headline":[', n, **SCRIPT),
    "one paragraph": lambda n: filled(b"word ", n, before=HTML + b"<article><p>", after=b"</p></article>"),
    "paragraphs": lambda n: filled(b"<p>A sentence of some words, and another one.</p>", n, **ARTICLE),
    "empty elements": lambda n: filled(b"<br>", n, before=HTML),
    "tables": lambda n: filled(b"<table><tr><td>x", n, before=HTML),
    "formatting": lambda n: filled(b"<b><i><u>x</b>", n, before=HTML),
    "forms": lambda n: filled(b"<select><option>x", n, before=HTML),
    "times": lambda n: filled(b"<time datetime='2025-02-13'>x</time>", n, before=HTML),
    "classes": lambda n: filled(b"a ", n, before=HTML + b"<div class='", after=b"'><a href=/x>y</a></div>"),
    "links": lambda n: numbered(lambda k: f"<a href='/2025/a-headline-{k}'>A headline of day {k}</a> ", n, before=HTML),
    "links in blocks": lambda n: numbered(
        lambda k: f"<div class='c{k}'><h2><a href='/a-{k}'>A headline of day {k}</a></h2></div>", n, before=HTML
    ),
    "links in links": lambda n: numbered(lambda k: f"<a href='/a-{k}'>A headline of day {k}<object>", n, before=HTML),
    "links far down": lambda n: numbered(
        lambda k: f"<a href='/a-{k}'>A headline of day {k}</a>", n, before=HTML + b"<div>" * 4_900
    ),
    "one address": lambda n: filled(b"/a", n, before=HTML + b"<a href='", after=b"'>A headline of a day</a>"),
    "one address of steps": lambda n: filled(b"../a/", n, before=HTML + b"<a href='", after=b"'>A headline</a>"),
    "one address of parameters": lambda n: numbered(
        lambda k: f"p{k}=%41&", n, before=HTML + b"<a href='/x?", after=b"'>A headline of a day</a>"
    ),
    "links to pages": lambda n: numbered(lambda k: f"<a rel=next href='/news?page={k}'>{k}</a>", n, before=HTML),
    "styles": lambda n: numbered(
        lambda k: f"<li><h2><a href='/a-{k}'>A headline of day {k}</a></h2><i style='{'background' * 500}'></i>",
        n,
        before=HTML + b"<ul>",
    ),
    "sets of pictures": lambda n: numbered(
        lambda k: f"<li><h2><a href='/a-{k}'>A headline of day {k}</a></h2><img srcset='{'/a 1x, ' * 700}'>",
        n,
        before=HTML + b"<ul>",
    ),
    "names of classes": lambda n: numbered(
        lambda k: f"<p class='{f'related-{k}-share ' * 16}'>Some words of a text.</p>", n, **ARTICLE
    ),
    "a slash that closes nothing": lambda n: filled(b"<div/>", n, before=HTML),
    "ends of nothing": lambda n: filled(b"<div></x>", n, before=HTML),
    "dates far down": lambda n: filled(
        b"<time datetime=x>x</time>", n, before=HTML + b"<div/>" * 20_000 + b"<article>"
    ),
    "stops": lambda n: filled(b"! ", n, before=HTML + b"<article><p>"),
    "one line of stops": lambda n: filled(b".", n, before=HTML + b"<article><p>A word"),
    "stops before a word": lambda n: filled(b".", min(n, 1_400_000), before=HTML + b"<p>A word", after=b" x</p>"),
    "dashes and blanks": lambda n: filled(b"&nbsp;- ", n, before=HTML + b"<article><p>A word"),
    "addresses in teasers": lambda n: numbered(
        lambda k: f"<li><h2><a href='/a-{k}'>A headline of day {k}</a></h2><p>{'/a' * 2_450} b</p>",
        n,
        before=HTML + b"<ul>",
    ),
    "numbers in linked data": lambda n: filled(b"1,", n // 12, before=SCRIPT["before"] + b"[", after=b"1]</script>"),
    "headings": lambda n: filled(b"<h1>A headline of a day</h1>", n, before=HTML),
    "one heading": lambda n: filled(b"A headline | ", n, before=HTML + b"<h1>"),
    "metas": lambda n: numbered(lambda k: f"<meta property='og:x{k}' content='v'>", n, before=HTML),
    "one meta": lambda n: filled(b"a - ", n, before=b"<html><head><meta property='og:title' content='", after=b"'>"),
    "a text out of sight": lambda n: filled(b"13 February 2025, ", n, before=HTML + b"<textarea>"),
    "dates out of sight": lambda n: filled(b"<p>2025-02-13 10:14</p>", n, before=HTML + b"<noscript>"),
    "scripts and ends": lambda n: filled(b"<script>a</script", n, before=HTML),
    "many linked data": lambda n: filled(
        b'<script type="application/ld+json">{"@type":"NewsArticle","a":[1,[2]]}</script>', n, before=HTML
    ),
    "noscripts": lambda n: filled(b"<noscript>", n, before=b"<script></script>"),
    "svg": lambda n: filled(b"<svg><p>x", n, before=HTML),
    "frames": lambda n: filled(b"<iframe>", n, before=HTML),
    "buttons": lambda n: filled(b"<button><p>x", n, before=HTML),
    "lists": lambda n: filled(b"<ul><li>x<dl><dd>x", n, before=HTML),
    "tables in words": lambda n: filled(b"x<table>x", n, before=HTML),
    "noise": noise,
    "noise of tags": text_noise,
}
