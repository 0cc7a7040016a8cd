"""What each feed, sitemap or page of a site gives, and which of them are worth having."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median
from urllib.parse import urlsplit

from monitor.core.model import Item
from monitor.text.language import detect
from monitor.text.slugs import distinct, slug
from monitor.text.urls import site_of

REPEATS = 0.9
"""An offer of which so much stands in better ones is a repetition."""
_WHOLE = 1_200
"""Characters from which a text in a feed is an article, not a summary."""
_FRESH = timedelta(days=14)
_STALE = timedelta(days=90)
_KINDS = {"feed": 0, "sitemap": 1, "listing": 2}
_NO_NAMES = frozenset(
    {"rss", "rss2", "feed", "feeds", "atom", "index", "xml", "all", "default", "posts", "news", "www"}
)
_LEAST_OF_A_LISTING = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    kind: str
    url: str
    title: str
    entries: int
    newest: datetime | None
    language: str
    whole: bool
    """Its texts are whole articles."""
    titled: bool
    keys: frozenset[str]
    """Of its articles."""
    id: str = ""
    overlap: float = 0.0
    """The share of its articles that better offers have too."""
    recommended: bool = False


def offer_of(kind: str, url: str, title: str, items: Sequence[Item]) -> Offer:
    dates = [i.published for i in items if i.published is not None]
    languages = [i.language for i in items if i.language]
    return Offer(
        kind=kind,
        url=url,
        title=title,
        entries=len(items),
        newest=max(dates, default=None),
        language=max(languages, key=languages.count) if languages else detect(" ".join(i.title for i in items[:20])),
        whole=bool(items) and median(len(i.text) for i in items) >= _WHOLE,
        titled=sum(bool(i.title) for i in items) * 2 > len(items),
        keys=frozenset(i.canonical_url for i in items if i.canonical_url),
    )


def ranked(offers: Sequence[Offer], now: datetime) -> tuple[Offer, ...]:
    """The best first, each with an id of its own. What brings no news is left out; pages are recommended only where
    nothing better is fresh."""
    best = sorted((o for o in offers if _is_useful(o, now)), key=lambda o: _rank(o, now))
    names = distinct(_name(o) for o in best)
    better_is_fresh = any(o.kind != "listing" and _is_fresh(o, now) for o in best)
    seen: set[str] = set()
    result: list[Offer] = []
    for offer, name in zip(best, names, strict=True):
        overlap = len(offer.keys & seen) / len(offer.keys) if offer.keys else 0.0
        wanted = overlap < REPEATS and not (offer.kind == "listing" and better_is_fresh)
        result.append(replace(offer, id=name, overlap=overlap, recommended=wanted and not _is_stale(offer, now)))
        seen |= offer.keys
    if result and not any(o.recommended for o in result):
        result[0] = replace(result[0], recommended=True)
    return tuple(result)


def _rank(offer: Offer, now: datetime) -> tuple[bool, int, bool, bool, int]:
    return _is_stale(offer, now), _KINDS[offer.kind], not _is_fresh(offer, now), not offer.whole, -offer.entries


def _is_fresh(offer: Offer, now: datetime) -> bool:
    return offer.newest is not None and now - offer.newest <= _FRESH


def _is_stale(offer: Offer, now: datetime) -> bool:
    return offer.newest is not None and now - offer.newest > _STALE


def _is_useful(offer: Offer, now: datetime) -> bool:
    match offer.kind:
        case "feed":
            return offer.entries > 0
        case "sitemap":
            return offer.entries > 0 and _is_fresh(offer, now)
        case _:
            return offer.entries >= _LEAST_OF_A_LISTING


def _name(offer: Offer) -> str:
    """The site's, and what the address adds to it."""
    labels = [x for x in site_of(offer.url).split(".") if x not in _NO_NAMES] or ["source"]
    site = next((x for x in labels if len(x) > 3), labels[0])
    words = [w.partition(".")[0] for w in urlsplit(offer.url).path.lower().split("/")]
    own = [w for w in words if w and w not in _NO_NAMES][-1:]
    if offer.kind == "sitemap":
        own = ["sitemap"]
    elif offer.kind == "listing":
        own = own or ["front"]
    return slug("-".join([site, *own]).replace("_", "-")) or "source"
