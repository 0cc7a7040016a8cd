"""Listing pages: the articles that a page exists to list, by the operator's selectors or by the page's own pattern."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import tzinfo

from monitor.core.model import Document, Entry, Unreadable
from monitor.core.settings import Selectors
from monitor.extract.blocks import Anchor, anchors_of, claim_blocks, company_features, date_of, width
from monitor.extract.html import (
    Node,
    Page,
    SelectorError,
    attribute,
    base_of,
    language_of,
    load,
    meta_of,
    page_text,
    select,
    text_of,
)
from monitor.extract.limits import MAX_ENTRIES, excess, newest
from monitor.text.dates import parse_date
from monitor.text.plain import headline, one_line, shortened
from monitor.text.urls import absolute, canonical_url

_BIAS = -4.0
_WEIGHTS = (
    # of the block's group: long title, length, heading, date, picture, chrome, stop word, teaser, other site, size
    2.0, 1.0, 1.5, 0.5, 0.7, -2.0, -2.0, 0.5, -1.0, 0.5,
    # of the address form's group
    1.5, 1.0, 1.0, 0.3, 0.5, -1.5, -2.0, 0.3, -1.0, 0.3,
    # its own title is no mere word
    1.5,
)  # fmt: skip
_THRESHOLD = 0.5
_FLOOR = 0.25
"""A page whose best group is less likely than this lists nothing."""


def parse_listing(body: bytes, *, url: str, headers: Mapping[str, str] | None = None,
                  selectors: Selectors | None = None, timezone: tzinfo | None = None
                  ) -> Document | Unreadable:  # fmt: skip
    """A page on which no list of articles is found gives an empty document; selectors that match nothing are noted in
    `repaired`."""
    try:
        return _parse(body, url, headers or {}, selectors, timezone)
    except SelectorError as error:
        return Unreadable(why=str(error))
    except Exception as error:  # noqa: BLE001 - the one border: no document may stop the reader
        return Unreadable(why=f"not a readable page ({type(error).__name__})")


def _parse(body: bytes, url: str, headers: Mapping[str, str], selectors: Selectors | None, timezone: tzinfo | None
           ) -> Document | Unreadable:  # fmt: skip
    if not body.strip():
        return Unreadable(why="empty document")
    text = page_text(body, headers)
    if "<" not in text:
        return Unreadable(why="not an HTML page")
    if why := excess(text):
        return Unreadable(why=why)
    page = load(text)
    base = base_of(page, url)
    language = language_of(page)
    notes: tuple[str, ...] = ()
    if selectors is not None:
        entries = _selected(page, base, selectors, timezone)
        if not entries:
            notes = ("the selectors match nothing",)
    else:
        entries = _found(page, base, url, timezone)
    if len(entries) > MAX_ENTRIES:
        notes = (f"{len(entries)} entries: the newest {MAX_ENTRIES} were read",)
    return Document(entries=newest(entries), title=_title(page), language=language, repaired=notes)


# --- with selectors -------------------------------------------------------------------------------------------------


def _selected(page: Page, base: str, selectors: Selectors, timezone: tzinfo | None) -> list[Entry]:
    found: dict[str, Entry] = {}
    for block in select(page, selectors.item):
        link = block if block.tag == "a" and attribute(block, "href") else _first(block, selectors.link)
        url = absolute(base, attribute(link, "href")) if link is not None else ""
        if not url or link is None:
            continue
        title = _first(block, selectors.title) if selectors.title else link
        said = text_of(title) if title is not None else ""
        date = _first(block, selectors.date) if selectors.date else None
        teaser = _first(block, selectors.text) if selectors.text else None
        when = (attribute(date, "datetime") or attribute(date, "content") or text_of(date)) if date is not None else ""
        entry = Entry(
            url=url,
            canonical_url=canonical_url(url),
            title=headline(said or attribute(link, "title") or attribute(link, "aria-label")),
            text=text_of(teaser) if teaser is not None else "",
            published=parse_date(when, timezone=timezone),
            image=_picture(block, base),
        )
        known = found.get(entry.canonical_url)
        if known is None or len(entry.title) > len(known.title) == 0:
            found[entry.canonical_url] = entry
    return list(found.values())


def _first(block: Node, selector: str) -> Node | None:
    matches = select(block, selector)
    return matches[0] if matches else None


# --- without --------------------------------------------------------------------------------------------------------


def _found(page: Page, base: str, url: str, timezone: tzinfo | None) -> list[Entry]:
    anchors = anchors_of(page, base, canonical_url(url))
    if not anchors:
        return []
    chances = [chance(f) for f in company_features(anchors, url)]
    chosen = [a for a, p in zip(anchors, chances, strict=True) if p >= _THRESHOLD]
    if not chosen:
        best = max(chances)
        if best < _FLOOR:
            return []
        chain = anchors[chances.index(best)].chain
        chosen = [a for a, p in zip(anchors, chances, strict=True) if a.chain == chain and p >= _FLOOR]
        if len(chosen) < 3:
            return []
    if len(chosen) > 1:
        claim_blocks(chosen)  # author and section links are part of an article's block
    return [_entry(a, base, timezone) for a in chosen]


def chance(features: Sequence[float]) -> float:
    return 1 / (1 + math.exp(-(_BIAS + sum(w * f for w, f in zip(_WEIGHTS, features, strict=True)))))


def _entry(anchor: Anchor, base: str, timezone: tzinfo | None) -> Entry:
    title = anchor.title or attribute(anchor.node, "title") or attribute(anchor.node, "aria-label")
    if not title and (picture := anchor.node.css_first("img[alt]")):
        title = attribute(picture, "alt")
    return Entry(
        url=anchor.url,
        canonical_url=anchor.canonical,
        title=headline(title),
        text=_teaser(anchor),
        published=parse_date(date_of(anchor), timezone=timezone),
        image=_picture(anchor.block, base) if anchor.block is not None else "",
    )


def _teaser(anchor: Anchor) -> str:
    """The longest paragraph of the block that is not the title."""
    if anchor.block is None:
        return ""
    best = ""
    for node in anchor.block.css("p, div, span")[:60]:
        if node.css_first("p, div, a") is not None and node.tag != "p":
            continue
        said = text_of(node)
        if len(said) > len(best) and said != anchor.title:
            best = said
    return shortened(best, 1000) if width(best) >= 30 else ""


def _picture(block: Node, base: str) -> str:
    for node in block.css("img")[:3]:
        for name in ("data-src", "data-original", "data-lazy-src", "src"):
            if (url := absolute(base, attribute(node, name))) and not url.endswith((".svg", ".gif")):
                return url
    return ""


def _title(page: Page) -> str:
    said = meta_of(page).get("og:site_name", "")
    if not said and (node := page.css_first("title")):
        said = text_of(node)
    return one_line(said)
