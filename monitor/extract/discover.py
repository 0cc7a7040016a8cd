"""Where a site may have its feeds, sitemaps and lists of articles: what its pages say, and where such things usually
stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from monitor.extract.html import Node, Page, attribute, base_of, load, page_text, text_of
from monitor.extract.limits import beginning, excess
from monitor.text.urls import absolute, site_of

MAX_LINKS = 3_000
_MAX_TAGS = 60_000
_MAX_SECTION_TITLE = 30

_FEED_TYPE = re.compile(
    r"(?:application|text)/(?:(?:x-)?(?:rss|atom|rdf)(?:\+xml)?|feed\+json|xml)\s*(?:;.*)?", re.IGNORECASE
)
_FEED_ADDRESS = re.compile(
    r"(?:^|[/._?&=])(?:rss2?|atom|feeds?|rdf)(?:$|[/._?&=])|(?:^|[/-])rss(?:$|[/-])|\.(?:rss|rdf|atom)$|"
    r"/(?:index|news|feed)\.xml$",
    re.IGNORECASE,
)
_FEED_HOST = re.compile(r"^rss\.|feed")
_FEED_WORD = re.compile(r"\b(?:rss|atom|(?:news ?)?feeds?|xml|flux|fil|лента|مزود)\b", re.IGNORECASE)
_OF_COMMENTS = re.compile(r"comment|komentar|kommentar|/replies|commentaire|comentario", re.IGNORECASE)
_NOT_FEEDS = re.compile(
    r"(?:oembed|wp-json|xmlrpc|opensearch|osd\.xml|manifest|feedback|\.(?:png|jpe?g|gif|svg|css|js)$)", re.IGNORECASE
)
_NO_SECTION = re.compile(
    r"about|contact|kontak|login|log-in|signin|sign-in|signup|register|account|profile|subscri|langganan|newsletter|privacy|"
    r"terms|cookie|advert|iklan|jobs|career|shop|store|cart|search|cari|help|faq|donat|support|legal|imprint|impressum|"
    r"datenschutz|redaksi|pedoman|disclaimer|rss|feed|sitemap|podcast|video|foto|photo|galler|galeri|epaper|e-paper|apps?$|"
    r"weather|wetter|cuaca|horoscope|games?$|puzzle|crossword|tv$|radio|live$|archive|arsip|authors?$|tags?$",
    re.IGNORECASE,
)  # fmt: skip
_FILE = re.compile(r"\.(?!html?$|php$|aspx?$)\w{2,5}$", re.IGNORECASE)
_NEWS = re.compile(r"news|latest|recent|breaking|actual|berita|nachricht|noticia", re.IGNORECASE)
_NO_NEWS = re.compile(r"image|video|author|categor|tags?[-_./]|taxonom|page[-_s]|product|archive|static", re.IGNORECASE)

_USUAL_FEEDS = (
    "feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feeds/posts/default?alt=rss", "?feed=rss2",
    "feed.json", "index.rdf", "feeds",
)  # fmt: skip
_USUAL_SITEMAPS = (
    "news-sitemap.xml", "sitemap-news.xml", "sitemap_news.xml", "sitemap_index.xml", "sitemap.xml", "sitemap/news.xml",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """What a page says of where else to look, each in the order in which it is worth trying."""

    feeds: tuple[str, ...] = ()
    """Announced in the head of the page."""
    perhaps: tuple[str, ...] = ()
    """Links that look like a feed, or like a page that lists feeds."""
    sections: tuple[str, ...] = ()
    """Pages of the site that are likely to list articles."""


def leads_of(body: bytes, *, url: str, headers: Mapping[str, str] | None = None) -> Leads:
    text = beginning(page_text(body, headers), _MAX_TAGS)
    if excess(text):
        return Leads()
    page = load(text)
    base = base_of(page, url)
    feeds = _announced(page, base)
    perhaps: dict[str, bool] = {}
    menu: dict[str, None] = {}
    others: dict[str, None] = {}
    for node in page.css("a[href]")[:MAX_LINKS]:
        address = absolute(base, attribute(node, "href")).partition("#")[0]
        if not address:
            continue
        words = f"{text_of(node)[:80]} {attribute(node, 'title')} {attribute(node, 'aria-label')}"
        if _looks_like_a_feed(address, words, url):
            perhaps.setdefault(address, bool(_FEED_ADDRESS.search(_place(address))))
        elif _looks_like_a_section(address, text_of(node), url):
            (menu if _in_menu(node) else others).setdefault(address)
    found = [a for a in perhaps if a not in feeds]
    return Leads(
        feeds=feeds,
        perhaps=tuple(sorted(found, key=lambda a: not perhaps[a])),
        sections=tuple(sorted({**menu, **others}, key=lambda a: not _NEWS.search(_place(a)))),
    )


def usual_feeds(url: str) -> tuple[str, ...]:
    """Below the page itself, if it is a section, then at the root of the site."""
    root, own = _root(url), url.partition("#")[0].partition("?")[0].rstrip("/") + "/"
    below = [absolute(own, path) for path in _USUAL_FEEDS[:2]] if own != root else []
    return tuple(dict.fromkeys([*below, *(absolute(root, path) for path in _USUAL_FEEDS)]))


def usual_sitemaps(url: str) -> tuple[str, ...]:
    return tuple(absolute(_root(url), path) for path in _USUAL_SITEMAPS)


def by_news(sitemaps: Iterable[str]) -> tuple[str, ...]:
    """Those that are named after news first; those of pictures, authors and the like left out."""
    named = [s for s in dict.fromkeys(sitemaps) if _NEWS.search(_place(s)) or not _NO_NEWS.search(_place(s))]
    return tuple(sorted(named, key=lambda s: not _NEWS.search(_place(s))))


def _announced(page: Page, base: str) -> tuple[str, ...]:
    found: dict[str, bool] = {}
    for node in page.css("link[href]")[:500]:
        rel = attribute(node, "rel").lower().split()
        kind = attribute(node, "type")
        address = absolute(base, attribute(node, "href"))
        if not address or _NOT_FEEDS.search(_place(address)) or "stylesheet" in rel:
            continue
        named = bool(_FEED_TYPE.fullmatch(kind)) and ("alternate" in rel or "feed" in rel or "service.feed" in rel)
        if named or ("feed" in rel and not kind):
            found.setdefault(address, bool(_OF_COMMENTS.search(f"{_place(address)} {attribute(node, 'title')}")))
    return tuple(address for address, of_comments in found.items() if not of_comments)


def _looks_like_a_feed(address: str, words: str, url: str) -> bool:
    place = _place(address)
    if _NOT_FEEDS.search(place) or _OF_COMMENTS.search(place):
        return False
    of_feeds = bool(_FEED_HOST.search(urlsplit(address).hostname or ""))
    if of_feeds or _FEED_ADDRESS.search(place):
        return of_feeds or same_site(address, url)
    return bool(_FEED_WORD.search(words)) and len(words.strip()) < 30 and same_site(address, url)


def _looks_like_a_section(address: str, title: str, url: str) -> bool:
    parts = urlsplit(address)
    steps = [s for s in unquote(parts.path).split("/") if s]
    return (
        same_site(address, url)
        and 1 <= len(steps) <= 2
        and not parts.query
        and 0 < len(title) <= _MAX_SECTION_TITLE
        and not any(char.isdigit() for char in parts.path)
        and steps[-1].count("-") <= 2
        and not any(_NO_SECTION.search(step) for step in steps)
        and not _FILE.search(steps[-1])
    )


def _in_menu(node: Node) -> bool:
    here: Node | None = node
    for _ in range(8):
        here = here.parent if here is not None else None
        if here is None or here.tag == "body":
            return False
        words = f"{attribute(here, 'class')} {attribute(here, 'id')} {attribute(here, 'role')}".lower()
        if here.tag == "nav" or "menu" in words or "nav" in words:
            return True
    return False


def same_site(one: str, other: str) -> bool:
    """One host, or a part of it: `rss.outlet.example` and `outlet.example`."""
    a, b = site_of(one), site_of(other)
    return bool(a and b) and (a == b or a.endswith(f".{b}") or b.endswith(f".{a}"))


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _place(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
