"""The address of the page that goes on where a listing ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from monitor.extract.html import Node, Page, attribute, text_upto
from monitor.extract.phrases import names_next_page
from monitor.text.urls import absolute, canonical_url, site_of

_ARROWS = frozenset(["»", "›", "→", ">", ">>", "▶", "►"])
_PAGER = re.compile(
    r"(?:^|[-_ ])(?:pag(?:er|ing|ination|enavi|es?)|nav-links|wp-pagenavi|older|blog-pager\S*)(?:$|[-_ ])",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"(?:/(?:page|pagina|seite|p|halaman|strona|sayfa|trang)[/-]?|[?&;](?:page|paged|p|pg|pagina|seite|halaman|hal|s|sayfa|trang|"
    r"strona|pagenum|pageno|currentpage)=|[_-](?:page_?)?)(\d{1,4})(?=$|[/?&.#])",
    re.IGNORECASE,
)
_PLAINLY = re.compile(r"(?:/page/|[?&;](?:page|paged|pagina|seite|halaman)=)\d{1,4}(?=$|[/&#])", re.IGNORECASE)
_IN_FILE = re.compile(r"[_-]\d{1,4}\.\w{2,5}$")
_INDEX = re.compile(r"/(?:index|default)\.\w{2,5}$", re.IGNORECASE)


def next_of(page: Page, links: Sequence[Node], base: str, url: str) -> str:
    """'' where there is none. Only ever a page of the same list: the site's own, under the same address."""
    own = canonical_url(url)
    marked = page.css("link[rel~=next i][href]")[:3] + [
        a for a in links if "next" in attribute(a, "rel").lower().split()
    ]
    for node in marked:
        if (to := _target(node, base, own)) and _continues(url, to):
            return to
    said = [(a, text_upto(a, 60) or attribute(a, "aria-label")[:60] or attribute(a, "title")[:60]) for a in links]
    named = [a for a, words in said if names_next_page(words)]
    for node in named:
        if (to := _target(node, base, own)) and (
            _continues(url, to) or (_in_pager(node) and _stem(to).startswith(_stem(url)))
        ):
            return to
    wanted = str(_number(url) + 1)
    numbers = [a for a, words in said if words == wanted]
    arrows = [a for a, words in said if words.strip() in _ARROWS and _in_pager(a)]
    plain = [a for a in links if _PLAINLY.search(attribute(a, "href"))]
    for node in (*numbers, *arrows, *plain):
        to = _target(node, base, own)
        if to and _continues(url, to) and _number(to) == _number(url) + 1:
            return to
    return ""


def _target(node: Node, base: str, own: str) -> str:
    to = absolute(base, attribute(node, "href"))
    return to if to and canonical_url(to) != own and site_of(to) == site_of(base) else ""


def _number(url: str) -> int:
    parts = urlsplit(url)
    found = _PAGE_NUMBER.findall(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return int(found[-1]) if found else 1


def _continues(url: str, to: str) -> bool:
    """`to` differs from `url` in its query or in the number of the page only."""
    here, there = _stem(url), _stem(to)
    if there == here:
        return True
    folder = there.rpartition("/")[0]
    return _IN_FILE.search(urlsplit(to).path) is not None and folder in (here, here.rpartition("/")[0])


def _stem(url: str) -> str:
    return _INDEX.sub("/", _PAGE_NUMBER.sub("", urlsplit(url).path)).rstrip("/")


def _in_pager(node: Node) -> bool:
    here: Node | None = node
    for _ in range(4):
        if here is None or here.tag in ("body", "html", "-document"):
            return False
        if _PAGER.search(f"{attribute(here, 'class')} {attribute(here, 'id')}"[:300]):
            return True
        here = here.parent
    return False
