"""HTML to plain text, for the small pieces that feeds and pages give: titles, summaries, contents of entries."""

from __future__ import annotations

import html
import re

from monitor.text.mojibake import untangled

_HIDDEN = re.compile(
    r"<(script|style|noscript|template|iframe|svg)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|<[!?][a-zA-Z\[][^<>]*>", re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|tr|table|h[1-6]|blockquote|section|article|figure|figcaption|pre|hr|dd|dt|dl|header|footer"
    r"|aside|main|nav|form|option|address|details|summary)\b[^<>]*/?>",
    re.IGNORECASE,
)
_CELL = re.compile(r"</?(?:td|th|img)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_KNOWN_TAG = re.compile(
    r"</?(?:p|div|br|li|ul|ol|tr|td|table|h[1-6]|blockquote|a|b|i|u|em|strong|span|img|font|sup|sub|small|big|code|q|cite"
    r"|abbr|del|ins|mark|strike|tt|wbr|hr|center|figure|section|article)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_PAIR = re.compile(r"<([a-zA-Z]\w{0,20})\b[^<>]*>.{0,2000}?</\1\s*>", re.DOTALL | re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")


def plain_text(markup: str) -> str:
    """The text of HTML as a reader sees it, one line per block; entities resolved once, markup gone."""
    if "<" in markup:
        markup = _HIDDEN.sub(" ", markup)
        markup = _COMMENT.sub("", markup)
        markup = _BLOCK.sub("\n", markup)
        markup = _CELL.sub(" ", markup)
        markup = _TAG.sub("", markup)
    return tidy(html.unescape(markup))


def tidy(text: str) -> str:
    """Plain text with white space folded (line ends kept, empty lines dropped), unseen characters removed, and what
    was encoded twice put right."""
    text = untangled(text)
    if text.replace("\n", "").isprintable():  # no blank but a space, no other line end, nothing unseen
        text = _BLANKS.sub(" ", text) if "  " in text else text
    else:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
        text = _BLANKS.sub(" ", _UNSEEN.sub("", text))
    return (_LINES.sub("\n", text) if "\n" in text else text).strip()


def one_line(text: str) -> str:
    return " ".join(tidy(text).split())


def headline(markup: str, *, is_literal: bool = False) -> str:
    """A title on one line. Titles are escaped too often: a tag of HTML or an entity that is left after one reading
    is markup too, while `a < b` and `</example>` stay what they are. In what says that it is literal only tags in pairs
    are markup: it may be about the `<b>` tag."""
    if is_literal and "<" in markup and not _PAIR.search(markup):
        return one_line(html.unescape(markup))
    if "<" in markup or "]]>" in markup:
        markup = _KNOWN_TAG.sub("", _BLOCK.sub(" ", _COMMENT.sub("", _HIDDEN.sub(" ", markup))))
    text = one_line(html.unescape(markup))
    for _ in range(2):
        if not ("<" in text or "&" in text) or not (_KNOWN_TAG.search(text) or _ENTITY.search(text)):
            break
        again = one_line(html.unescape(_KNOWN_TAG.sub("", text)))
        if again == text or not again:
            break
        text = again
    return text


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters and an ellipsis, cut between words where the script has spaces."""
    text = one_line(text)
    if len(text) <= limit:
        return text
    cut = text[:limit]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > limit * 0.5 else cut).rstrip(" ,;:-–—") + "…"


def bare(text: str) -> str:
    """Its letters and figures, whatever their case: what a name or a headline is, however it is written."""
    return "".join(c for c in text.casefold() if c.isalnum())
