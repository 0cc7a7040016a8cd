"""What the block of a link tells about its article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo
from urllib.parse import urlsplit

from monitor.core.model import Entry
from monitor.extract.blocks import HEADING, Anchor, width
from monitor.extract.html import Node, attribute, text_of
from monitor.extract.phrases import leads_on
from monitor.extract.pieces import Piece, Says, pieces_of
from monitor.text.dates import parse_date
from monitor.text.plain import headline, shortened
from monitor.text.urls import absolute

_MAX_TEASER = 1_000
_SHORT_TITLE = 14
_WIDTH_OF_A_DATE = 45
_PARAGRAPH = 40
_CUT = re.compile(r"\s*(?:…|\.\.\.)$")
_BY = re.compile(r"^(?:by|oleh|von|par|por|di|da|od|av|af|door|автор|от|tác giả)[:\s]+", re.IGNORECASE)
_DATE_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-]?(0\d|1[0-2])[/-]?([0-2]\d|3[01])(?=[/_.-]|$)")
_STANDS_IN = re.compile(
    r"(?:blank|placeholder|spacer|pixel|loading|lazy|transparent|default|dummy|1x1|avatar|gravatar|logo|emoji|smil)[^/]*$",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(r"background(?:(?!background)[^;])*?url\(\s*['\"]?([^'\")]+)", re.IGNORECASE)
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-img", "data-image", "data-bg")
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_DATE_ATTRIBUTES = ("datetime", "data-datetime", "data-date", "data-published", "data-timestamp")
_DATED = ", ".join((*(f"[{name}]" for name in _DATE_ATTRIBUTES), "[itemprop=datePublished]", "abbr.published"))


def entry_of(anchor: Anchor, base: str, timezone: tzinfo | None) -> Entry:
    block = anchor.block or anchor.node
    own = {node.mem_id for node in anchor.also}
    pieces = pieces_of(block, own)
    title = headline(_title(anchor, own))
    rest = [p for p in pieces if p.text != title and not (p.heading and p.text in anchor.title)]
    return Entry(
        url=anchor.url,
        canonical_url=anchor.canonical,
        title=title,
        text=_teaser(rest, title),
        author=_author(rest),
        tags=_tags(rest, title),
        published=_published(anchor, block, rest, timezone),
        image=picture_of(block, base) or next((p for n in anchor.also[:5] if (p := picture_of(n, base))), ""),
    )


# --- title ----------------------------------------------------------------------------------------------------------


def _title(anchor: Anchor, own: set[int]) -> str:
    said = ""
    if anchor.title and text_of(anchor.node) and not leads_on(text_of(anchor.node)):
        said = _headline_among(pieces_of(anchor.node.css_first(HEADING) or anchor.node, own))
    said = said or anchor.title
    hints = [attribute(node, name) for node in anchor.also[:5] for name in ("title", "aria-label")]
    hints += [attribute(p, "alt") for node in anchor.also[:5] if (p := node.css_first("img[alt]"))]
    if not said:
        return next((h for h in hints if h and not leads_on(h)), "")
    if (cut := _CUT.sub("", said)) != said:
        return next((h for h in hints if len(h) > len(said) and h.startswith(cut[:60])), said)
    return said


def _headline_among(pieces: Sequence[Piece]) -> str:
    """Of a link that may wrap a whole card, or begin with a section's name."""
    for wanted in (
        [p for p in pieces if p.heading and p.says in (Says.TITLE, Says.TEXT)],
        [p for p in pieces if p.says is Says.TITLE],
        [p for p in pieces if p.says is Says.TEXT],
        [p for p in pieces if p.says is not Says.ASIDE],
        pieces,
    ):
        if wanted:
            texts = [p.text for p in wanted]
            first = next((n for n, said in enumerate(texts) if width(said) >= _SHORT_TITLE), None)
            if first is None:
                return max(texts, key=width)
            return " ".join(texts[first : first + 2]) if texts[first].endswith(":") else texts[first]
    return ""


# --- what stands beside ---------------------------------------------------------------------------------------------


def _teaser(pieces: Sequence[Piece], title: str) -> str:
    kept: list[str] = []
    for piece in pieces:
        if piece.heading or piece.says not in (Says.TEXT, Says.TITLE) or width(piece.text) < _PARAGRAPH:
            continue
        said = piece.text.lstrip("-–—:•|· ")
        if said not in kept and not title.startswith(_CUT.sub("", said)) and not _is_an_address(said):
            kept.append(said)
    return shortened("\n".join(kept), _MAX_TEASER)


def _is_an_address(said: str) -> bool:
    return " " not in said and any(mark in said[1:-1] for mark in "./")


def _author(pieces: Sequence[Piece]) -> str:
    for piece in pieces:
        name = _BY.sub("", piece.text).strip(" ,|·•-–—/")
        if piece.says is Says.AUTHOR and 2 <= width(name) <= 60 and not any(c.isdigit() for c in name):
            return name
    return ""


def _tags(pieces: Sequence[Piece], title: str) -> tuple[str, ...]:
    said = [p for p in pieces if p.says is Says.TAG and width(p.text) <= 40]
    linked = [p for p in said if p.foreign]
    found = (p.text.strip(" ,|·•#/") for p in linked or said)
    names = (t for t in found if t != title and not leads_on(t) and any(c.isalpha() for c in t))
    return tuple(dict.fromkeys(names))[:5]


def _published(anchor: Anchor, block: Node, pieces: Sequence[Piece], timezone: tzinfo | None) -> datetime | None:
    for node in block.css(_DATED)[:5]:
        for name in (*_DATE_ATTRIBUTES, "content", "title"):
            if (said := attribute(node, name)) and (found := parse_date(said, timezone=timezone)):
                return found
    said_so = [p for p in pieces if p.says is Says.DATE]
    others = [p for p in pieces if p.says is not Says.DATE and not p.heading and width(p.text) <= _WIDTH_OF_A_DATE]
    for piece in (*said_so, *others):
        if found := parse_date(piece.text, timezone=timezone):
            return found
    if (
        (before := _before(block))
        and width(before) <= _WIDTH_OF_A_DATE
        and (found := parse_date(before, timezone=timezone))
    ):
        return found
    if day := _DATE_IN_PATH.search(urlsplit(anchor.url).path):
        return parse_date("-".join(day.groups()), timezone=timezone)
    return None


def _before(block: Node) -> str:
    """What the element before the block says: in a list of terms the date is the term."""
    node = block.prev
    for _ in range(3):
        if node is None or node.tag not in ("-text", "br"):
            break
        if node.tag == "-text" and (said := node.text().strip()):
            return said[:200]
        node = node.prev
    if node is None or node.tag.startswith("-") or node.css_first("a") is not None:  # type: ignore[union-attr]
        return ""
    return text_of(node)[:200]


def picture_of(block: Node, base: str) -> str:
    """The first real picture of the block, where it waits to be loaded as well."""
    for node in block.css("img, source, video[poster], [style*=background]")[:12]:
        for said in _addresses(node):
            url = absolute(base, said)
            path = urlsplit(url).path
            if url and not path.lower().endswith((".svg", ".gif")) and not _STANDS_IN.search(path):
                return url
    return ""


def _addresses(node: Node) -> list[str]:
    if node.tag not in ("img", "source", "video"):
        found = _BACKGROUND.search(attribute(node, "style")[:5_000])
        return [found[1].strip()] if found else []
    if any(
        side.isdigit() and int(side) <= 40 for side in (attribute(node, "width")[:6], attribute(node, "height")[:6])
    ):
        return []
    sets = [largest for name in _SETS if (largest := _largest(attribute(node, name)))]
    return [*(attribute(node, name) for name in _LAZY), *sets, attribute(node, "src"), attribute(node, "poster")]


def _largest(choices: str) -> str:
    """Of a `srcset`."""
    best, most = "", -1.0
    for choice in re.split(r",\s+", choices[:20_000]):
        address, _, size = choice.strip().partition(" ")
        try:
            number = float(size.strip()[:-1] or 1)
        except ValueError:
            number = 1.0
        if address and number > most:
            best, most = address, number
    return best
