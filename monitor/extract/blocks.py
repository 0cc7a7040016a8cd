"""The links of a page, each with the block that it stands in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

from monitor.extract.html import Node, attribute, text_upto
from monitor.extract.phrases import CHROME, LAYOUT, leads_on
from monitor.text.urls import absolute, canonical_url

_MAX_CLIMB = 40
_CHAIN = 5
_MAX_TITLE = 1_000
_MAX_BLOCK_TEXT = 3_000
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
HEADING = "h1,h2,h3,h4,h5,[role=heading]"
_A_TITLE = 14
_WHOLE_PAGE = 0.6
"""An element with more than this share of a page's links is the page, whatever its class says."""

_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|zip|mp[34]|avi|xml|rss|css|js|apk|ico)$", re.IGNORECASE)
_SHARE = re.compile(
    r"^(?:(?:www|m|l|lm|mobile)\.)?(?:facebook|twitter|x|linkedin|pinterest|instagram|youtube|tiktok|reddit|tumblr|"
    r"vk|wa|t|telegram|whatsapp|api\.whatsapp|plus\.google|line|feedburner|feeds\.feedburner|addthis|flipboard|"
    r"threads|bsky|discord)\.(?:com|me|net|org|ru|it|app|gg)$"
)
_ERRANDS = frozenset(["ad", "ads", "adclick", "adserver", "click", "share"])
_DATE_LIKE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\b\d{1,2}[:.h]\d{2}\b|\b(?:19|20)\d\d\b|\b\d{1,2} (?:minutes?|hours?|days?|"
    r"menit|jam|hari)\b|[年日]|\b25\d\d\b"
)
_DIGITS = re.compile(r"\d+")
_WORD_BREAKS = re.compile(r"[-_]+|(?<=[a-z])(?=[A-Z])")
_LETTERS = re.compile(r"[^\W\d_]")
_INLINE = 10
"""Letters before a link that make it a link in running text."""


@dataclass(slots=True)
class Anchor:
    """All links of a page to one address, taken together."""

    url: str
    canonical: str
    node: Node
    order: int
    title: str = ""
    heading: bool = False
    chrome: bool = False
    inline: bool = False
    """It stands in running text."""
    block: Node | None = None
    chain: tuple[str, ...] = ()
    """The nearest elements around it, with their classes."""
    way: tuple[str, ...] = ()
    """The names of the elements around it, without classes."""
    has_date: bool = False
    block_text: int = 0
    also: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class _Place:
    """What a node's ancestors say, computed once for each node."""

    chain: tuple[str, ...] = ()
    way: tuple[str, ...] = ()
    heading: bool = False
    chrome: bool = False


def anchors_of(nodes: Sequence[Node], base: str, own: str) -> list[Anchor]:
    """One record for each address that the page links to, in order; its own, files and share buttons left out."""
    links: list[tuple[str, str, Node]] = []
    for node in nodes:
        url = absolute(base, attribute(node, "href"))
        if any(outer.tag == "a" for outer in islice(upwards(node), 1, None)):
            continue
        if not url or _leads_elsewhere(url, node, own):
            continue
        key = canonical_url(url)
        if key != own and (key.count("/") >= 3 or "?" in key):
            links.append((url, key, node))
    found: dict[str, Anchor] = {}
    places = _Places([node for _, _, node in links])
    for url, key, node in links:
        place = places.of(node)
        anchor = found.get(key)
        if anchor is None:
            anchor = found[key] = Anchor(
                url=url, canonical=key, node=node, order=len(found), chain=place.chain, way=place.way, chrome=True
            )
        anchor.also.append(node)
        anchor.chrome = anchor.chrome and place.chrome
        text = _whole(text_upto(node, _MAX_TITLE), node)
        if not text or leads_on(text):
            continue
        inner = node.css_first(HEADING)
        heading = place.heading or inner is not None
        if _is_better(text, heading, anchor):
            anchor.title = (text_upto(inner, _MAX_TITLE) if inner else "") or text
            anchor.heading, anchor.node, anchor.url = heading, node, url
            anchor.chain, anchor.way = place.chain, place.way
            anchor.inline = _is_inline(node)
    anchors = list(found.values())
    claim_blocks(anchors)
    for anchor in anchors:
        _look_into(anchor)
    return anchors


def _whole(text: str, node: Node) -> str:
    """Where a site cuts its titles short, their whole is often kept beside."""
    if not text.endswith(("…", "...")):
        return text
    said = attribute(node, "title")[:_MAX_TITLE]
    return said if len(said) > len(text) and said.startswith(text.rstrip(". …")[:60]) else text


def _is_better(text: str, heading: bool, anchor: Anchor) -> bool:
    """Of several links to one article the first is its title, if it is not a mere word; a teaser may follow."""
    known = anchor.title
    if heading != anchor.heading:
        return heading
    if known.endswith(("…", "...")) and text.startswith(known.rstrip(". …")) and len(text) > len(known):
        return True
    return min(width(text), _A_TITLE) > min(width(known), _A_TITLE)


def _leads_elsewhere(url: str, node: Node, own: str) -> bool:
    """A file, a button to share the page, or what somebody paid for."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    return bool(
        _FILE.search(parts.path)
        or _SHARE.match(host)
        or (host.count(".") > 1 and host.partition(".")[0] in _ERRANDS and host != urlsplit(own).hostname)
        or "sponsored" in attribute(node, "rel").lower()
    )


def _is_inline(node: Node) -> bool:
    before = node.prev
    return before is not None and before.tag == "-text" and len(_LETTERS.findall(before.text()[-200:])) >= _INLINE


class _Places:
    """The places of the links of one page.

    A class that is on many of the elements around links says what they are; one that is on few says what a single
    article is about (`category-sport`). So an element is known by its commonest classes.
    """

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._known: dict[int, _Place] = {}
        self._links: Counter[int] = Counter()
        self._words: Counter[str] = Counter()
        self._total = len(nodes)
        for node in nodes:
            for here in upwards(node):
                self._links[here.mem_id] += 1
                if self._links[here.mem_id] == 1:
                    self._words.update(_classes(here))

    def of(self, node: Node) -> _Place:
        place = _Place()
        path: list[Node] = []
        for here in upwards(node):
            if here.mem_id in self._known:
                place = self._known[here.mem_id]
                break
            path.append(here)
        for step in reversed(path):
            place = self._known[step.mem_id] = self._inside(place, step)
        return place

    def _inside(self, place: _Place, step: Node) -> _Place:
        tag = step.tag or ""
        common = sorted(_classes(step), key=lambda word: (-self._words[word], word))[:2]
        role = attribute(step, "role")
        return _Place(
            (".".join((tag, *common)), *place.chain[: _CHAIN - 1]),
            (tag, *place.way[: _MAX_CLIMB - 1]),
            place.heading or tag in _HEADINGS or role == "heading",
            place.chrome or (self._links[step.mem_id] <= self._total * _WHOLE_PAGE and _is_chrome(step, tag, role)),
        )


def _classes(node: Node) -> list[str]:
    return _DIGITS.sub("0", attribute(node, "class")[:500]).split()


def _is_chrome(node: Node, tag: str, role: str) -> bool:
    if tag in ("nav", "aside", "footer") or role in ("navigation", "contentinfo"):
        return True
    for name in f"{attribute(node, 'class')} {attribute(node, 'id')}"[:500].split():
        words = [word.lower() for word in _WORD_BREAKS.split(name) if word]
        if words and (words[0] in CHROME or words[-1] in CHROME) and LAYOUT.isdisjoint(words):
            return True
    return False


def claim_blocks(anchors: Sequence[Anchor]) -> None:
    """Gives each address the largest element that holds it and no other of `anchors`."""
    holds: dict[int, set[int]] = defaultdict(set)
    for anchor in anchors:
        for node in anchor.also:
            for here in upwards(node):
                within = holds[here.mem_id]
                if len(within) < 2:
                    within.add(anchor.order)
    for anchor in anchors:
        anchor.block = anchor.node
        for here in upwards(anchor.node):
            if len(holds[here.mem_id]) > 1 or here.tag == "main":
                break
            anchor.block = here


def upwards(node: Node) -> Iterator[Node]:
    """The node and what it stands in, up to the body."""
    here: Node | None = node
    for _ in range(_MAX_CLIMB):
        if here is None or here.tag in ("body", "html", "-document"):
            return
        yield here
        here = here.parent


def _look_into(anchor: Anchor) -> None:
    block = anchor.block
    assert block is not None
    if not anchor.title:
        anchor.title, anchor.heading = _title_beside(anchor, block)
    text = text_upto(block, _MAX_BLOCK_TEXT)
    anchor.block_text = width(text)
    rest = text.replace(anchor.title, " ", 1) if anchor.title else text
    anchor.has_date = block.css_first("time") is not None or bool(_DATE_LIKE.search(rest[:600]))


def _title_beside(anchor: Anchor, block: Node) -> tuple[str, bool]:
    """Of a link that says nothing itself: the only heading of its block, or what its attributes say."""
    headings = block.css(HEADING)
    if len(headings) == 1 and (said := text_upto(headings[0], _MAX_TITLE)):
        return said, True
    for node in anchor.also[:5]:
        if not text_upto(node, _MAX_TITLE).isdecimal():  # the day of a calendar
            for name in ("aria-label", "title"):
                said = attribute(node, name)[:_MAX_TITLE]
                if said and not leads_on(said):
                    return said, False
    return "", False


def width(text: str) -> int:
    """Length as printed: wide letters say twice as much."""
    if text.isascii():
        return len(text)
    return sum(2 if c >= "\u2e80" else 1 for c in text)
