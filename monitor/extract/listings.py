"""Listing pages: the articles that a page exists to list, by the operator's selectors or by the page's own pattern."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo

from monitor.core.model import Document, Entry, Unreadable
from monitor.core.settings import Selectors
from monitor.extract.blocks import Anchor, anchors_of, claim_blocks, upwards
from monitor.extract.cards import entry_of, picture_of
from monitor.extract.company import choose
from monitor.extract.html import (
    Node,
    OvergrownError,
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
    text_upto,
)
from monitor.extract.limits import MAX_ENTRIES, beginning, excess, newest
from monitor.extract.paging import next_of
from monitor.text.dates import parse_date
from monitor.text.plain import headline, one_line
from monitor.text.urls import absolute, canonical_url

MAX_LINKS = 4_000
_MAX_TAGS = 60_000
_MAX_BLOCKS = 4_000
_MAX_NESTING = 5
_AN_ARTICLE = 1_500
"""Characters of running text."""
_MAX_SAID = 20_000_000
_UNREAD = ["script", "style", "template"]


def parse_listing(body: bytes, *, url: str, headers: Mapping[str, str] | None = None,
                  selectors: Selectors | None = None, timezone: tzinfo | None = None
                  ) -> Document | Unreadable:  # fmt: skip
    """A page on which no list of articles is found gives an empty document; a selector that matches nothing is named
    in `broken_selector` and noted in `repaired`."""
    try:
        return _parse(body, url, headers or {}, selectors, timezone)
    except (OvergrownError, SelectorError) as error:
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
    cut = text.count("<") > _MAX_TAGS
    text = beginning(text, _MAX_TAGS)
    page = load(text)
    page.strip_tags(_UNREAD)
    base = base_of(page, url)
    links = page.css("a[href]")[:MAX_LINKS]
    broken = ""
    if selectors is not None:
        entries, broken = _selected(page, base, selectors, timezone)
        confidence = 1.0 if entries else 0.0
    else:
        entries, confidence = _found(page, links, base, url, timezone)
    notes = ["only the beginning of the page was read: it has more markup than any real one"] if cut else []
    if broken:
        notes.append(f"selector {broken} matches nothing")
    if not entries and not broken:
        notes.append("no list of articles was found")
    if len(entries) > MAX_ENTRIES:
        notes.append(f"{len(entries)} entries: the newest {MAX_ENTRIES} were read")
    return Document(
        entries=newest(entries),
        title=_title(page),
        language=language_of(page),
        repaired=tuple(notes),
        confidence=round(confidence, 2),
        next_url=next_of(page, links, base, url),
        broken_selector=broken,
    )


def _found(
    page: Page, links: Sequence[Node], base: str, url: str, timezone: tzinfo | None
) -> tuple[list[Entry], float]:
    chosen, confidence = choose(anchors_of(links, base, canonical_url(url)), url)
    if len(chosen) > 1:
        claim_blocks(chosen)  # author and section links are part of an article's block
    if _is_an_article(page, chosen):
        return [], 0.0
    return [entry_of(a, base, timezone) for a in chosen], confidence


def _is_an_article(page: Page, chosen: Sequence[Anchor]) -> bool:
    """It says so, and most of its text belongs to none of the articles that it links to."""
    if meta_of(page).get("og:type", "").lower() != "article":
        return False
    blocks = {a.block.mem_id for a in chosen if a.block is not None}
    text = sum(
        len(text_upto(p, 1_000))
        for p in page.css("p")[:200]
        if not any(outer.mem_id in blocks or outer.tag == "a" for outer in upwards(p))
    )
    return text >= _AN_ARTICLE


# --- with selectors -------------------------------------------------------------------------------------------------


_PARTS = ("link", "title", "date", "text", "image", "author")


def _selected(page: Page, base: str, selectors: Selectors, timezone: tzinfo | None) -> tuple[list[Entry], str]:
    """The entries, and the first selector that matches nothing."""
    found: dict[str, Entry] = {}
    blocks = select(page, selectors.item)
    wanted = {name: selector for name in _PARTS if (selector := getattr(selectors, name))}
    met: set[str] = set()
    said = 0
    for block in _shallow(blocks[:_MAX_BLOCKS]):
        parts = {name: node for name, selector in wanted.items() if (node := _first(block, selector)) is not None}
        if block.tag == "a" and attribute(block, "href"):
            parts["link"] = block
        met.update(parts)
        url = absolute(base, attribute(parts["link"], "href")) if "link" in parts else ""
        if not url:
            continue
        entry = _entry(url, parts, block, base, selectors, timezone)
        known = found.get(entry.canonical_url)
        if known is None or len(entry.title) > len(known.title) == 0:
            found[entry.canonical_url] = entry
        said += len(entry.title) + len(entry.text)
        if said > _MAX_SAID:
            break
    if not blocks:
        return [], f"item: {selectors.item!r}"
    return list(found.values()), next((f"{n}: {s!r}" for n, s in wanted.items() if n not in met), "")


def _shallow(blocks: Sequence[Node]) -> Iterator[Node]:
    """Leaves out blocks that stand in ever more blocks: no list is like that, and each costs as much as all within."""
    depths: dict[int, int] = {}
    for block in blocks:
        outer = block.parent
        for _ in range(100):
            if outer is None or outer.mem_id in depths:
                break
            outer = outer.parent
        depths[block.mem_id] = depths.get(outer.mem_id, 0) + 1 if outer is not None else 1
        if depths[block.mem_id] <= _MAX_NESTING:
            yield block


def _entry(url: str, parts: Mapping[str, Node], block: Node, base: str, selectors: Selectors,
           timezone: tzinfo | None) -> Entry:  # fmt: skip
    link, title, date = parts["link"], parts.get("title"), parts.get("date")
    said = text_of(title) if title is not None else "" if selectors.title else text_of(link)
    when = (attribute(date, "datetime") or attribute(date, "content") or text_of(date)) if date is not None else ""
    picture = parts.get("image") if selectors.image else block
    return Entry(
        url=url,
        canonical_url=canonical_url(url),
        title=headline(said or attribute(link, "title") or attribute(link, "aria-label")),
        text=text_of(parts["text"]) if "text" in parts else "",
        author=text_of(parts["author"]) if "author" in parts else "",
        published=parse_date(when, timezone=timezone),
        image=picture_of(picture, base) if picture is not None else "",
    )


def _first(block: Node, selector: str) -> Node | None:
    matches = select(block, selector)
    return matches[0] if matches else None


def _title(page: Page) -> str:
    said = meta_of(page).get("og:site_name", "")
    if not said and (node := page.css_first("title")):
        said = text_of(node)
    return one_line(said)
