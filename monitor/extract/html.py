"""HTML pages: the one door of selectolax (its lexbor engine), which takes any text for a page and never fails."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from monitor.extract.charset import decode
from monitor.extract.repair import unpacked
from monitor.text.plain import one_line
from monitor.text.urls import absolute

_MAX_OPTIONS = 5_000
_MAX_COPIES = 150_000
_FORMATTING = re.compile(r"<(/?)(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)(?=[\s/>])[^<>]*", re.IGNORECASE)

Node = LexborNode
Page = LexborHTMLParser


class SelectorError(ValueError):
    """A CSS selector that cannot be understood."""


def page_text(body: bytes, headers: Mapping[str, str] | None = None) -> str:
    packed, _ = unpacked(body)
    return decode(packed, headers).text.lstrip("\ufeff").replace("\x00", "")


class OvergrownError(ValueError):
    """Markup that the parser would make many times as much of."""


def load(text: str) -> Page:
    if why := _overgrowth(text):
        raise OvergrownError(why)
    return LexborHTMLParser(text)


def _overgrowth(text: str) -> str:
    """A `<b>` that is still open when its paragraph ends is opened anew in each that follows, and each `<option>` is
    held against all before it."""
    if text.lower().count("<option") > _MAX_OPTIONS:
        return "a list of more choices than in any real document"
    open_, copies, last = 0, 0, 0
    for tag in _FORMATTING.finditer(text):
        if open_:
            copies += open_ * text.count("<", last, tag.start())
        open_, last = max(0, open_ - 1) if tag[1] else open_ + 1, tag.end()
    copies += open_ * text.count("<", last) if open_ else 0
    if copies > _MAX_COPIES + len(text) // 20:
        return "more elements left open than in any real document"
    return ""


def attribute(node: Node, name: str) -> str:
    return (node.attrs.get(name) or "").strip() if name in node.attrs else ""


def text_of(node: Node) -> str:
    return one_line(node.text(separator=" "))


def text_upto(node: Node, limit: int) -> str:
    """The beginning of the text, for elements that may hold more of it than anybody needs."""
    parts: list[str] = []
    size = 0
    for step in islice(node.traverse(include_text=True), limit + 50):
        if step.tag == "-text":
            said = step.text()
            parts.append(said[: limit * 2])
            size += len(said)
            if size > limit * 2:
                break
    return one_line(" ".join(parts))[:limit]


def select(node: Node | Page, selector: str) -> list[Node]:
    try:
        return node.css(selector)
    except (SelectolaxError, ValueError) as error:
        raise SelectorError(f"selector {selector!r} cannot be understood") from error


def base_of(page: Page, url: str) -> str:
    """The address that links of the page are relative to."""
    node = page.css_first("base[href]")
    return (absolute(url, attribute(node, "href")) if node else "") or url


def language_of(page: Page) -> str:
    root = page.css_first("html")
    said = (attribute(root, "lang") or attribute(root, "xml:lang")) if root else ""
    if not said:
        meta = page.css_first('meta[http-equiv="content-language" i], meta[name="language" i]')
        said = attribute(meta, "content") if meta else ""
    said = said.lower().replace("_", "-")
    return said if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", said) else ""


def meta_of(page: Page) -> dict[str, str]:
    """The contents of `<meta>`, under lower-case property, name or itemprop; the first of each."""
    found: dict[str, str] = {}
    for node in page.css("meta[content]")[:500]:
        for key in ("property", "name", "itemprop"):
            if (name := attribute(node, key).lower()) and (content := one_line(attribute(node, "content"))):
                found.setdefault(name, content)
    return found
