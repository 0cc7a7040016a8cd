"""The text of a block in pieces as a reader sees them: a title, a date, an author's name, a paragraph."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice

from monitor.extract.html import Node, attribute
from monitor.extract.phrases import words
from monitor.text.plain import one_line

_MAX_NODES = 400
_MAX_TEXT = 5_000

_UNREAD = words(
    """
    script style template svg noscript select option textarea button iframe object canvas audio video map
    """
)
_BREAKS = words(
    """
    address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hr li main nav ol p picture pre section small table tbody td th time tr ul img
    """
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_WORD_BREAKS = re.compile(r"[-_\s]+|(?<=[a-z])(?=[A-Z])")


class Says(Enum):
    """What the markup says a piece is."""

    TEXT = auto()
    TITLE = auto()
    DATE = auto()
    AUTHOR = auto()
    TAG = auto()
    ASIDE = auto()
    """A counter, a rank, the name of an icon: nothing that is read."""


_WORDS = {
    word: says
    for says, listed in (
        (Says.TITLE, "title headline heading hed judul titre titel titulo titolo"),
        (Says.DATE, "date time datetime published pubdate timestamp tanggal tgl fecha datum clock ago waktu"),
        (Says.AUTHOR, "author authors byline writer reporter penulis autor auteur"),
        (Says.TAG, "category categories cat cats tag tags label labels kicker rubric rubrik badge topic eyebrow kanal"),
        (Says.ASIDE, "views count counter comments num number rank share sharing icon icons"),
    )
    for word in listed.split()
}  # fmt: skip
_NEUTRAL = words("link links list name names text wrap wrapper container item header info line box block")
_ICON = re.compile(
    r"(?:^|[\s_-])(?:material-icons|material-symbols|fa|fas|far|icon|icons|glyphicon|mdi|bi)(?:$|[\s_-])"
)
_HIDDEN = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader-text|u-hidden|hidden)(?:$|[\s_-])", re.IGNORECASE
)
_AUTHOR_PATH = re.compile(r"/(?:author|authors|autor|auteur|penulis|reporter|profile|staff|writer)s?/", re.IGNORECASE)
_TAG_PATH = re.compile(r"/(?:tags?|topics?|category|categories|kategori|kategorie|label|labels|search)/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    says: Says
    heading: bool
    own: bool
    """It is a link to the block's article."""
    foreign: bool
    """It is a link to somewhere else."""


@dataclass(frozen=True, slots=True)
class _Around:
    says: Says = Says.TEXT
    heading: bool = False
    own: bool = False
    foreign: bool = False


def pieces_of(block: Node, own: Collection[int] = ()) -> list[Piece]:
    """In the order of the page. `own` are the `mem_id`s of the links to the block's article."""
    found: list[Piece] = []
    waiting: list[str] = []
    held = _Around()
    read = 0

    def close() -> None:
        nonlocal read
        if not waiting:
            return
        text = one_line("".join(waiting)[:_MAX_TEXT])
        waiting.clear()
        if text and any(c.isalnum() for c in text):
            read += len(text)
            found.append(Piece(text, held.says, held.heading, held.own, held.foreign))

    stack: list[tuple[Node | None, _Around]] = [(block, _Around())]
    for _ in range(_MAX_NODES * 3):
        if not stack or read > _MAX_TEXT * 3:
            break
        node, around = stack.pop()
        if node is None:
            close()
            continue
        if node.tag == "-text":
            if not waiting:
                held = around
            waiting.append(node.text()[:_MAX_TEXT])
            continue
        tag = node.tag or ""
        if tag in _UNREAD or not tag or tag.startswith("-"):
            continue
        inside = _inside(node, tag, around, own) if node is not block else around
        if inside is None:
            continue
        if inside != around or tag in _BREAKS or (tag == "span" and _follows_span(node, waiting)):
            close()
            stack.append((None, around))
        stack.extend((child, inside) for child in reversed(list(islice(node.iter(include_text=True), _MAX_NODES))))
    close()
    return found


def _hint(names: str) -> Says | None:
    """What a class says of the element: `post-tags`, `cat-links`. But `tag-sport` speaks of the article."""
    for name in names.split():
        parts = [part.lower() for part in _WORD_BREAKS.split(name) if part]
        if parts and parts[-1] in _WORDS:
            return _WORDS[parts[-1]]
        if parts and parts[0] in _WORDS and parts[-1] in _NEUTRAL:
            return _WORDS[parts[0]]
    return None


def _follows_span(node: Node, waiting: Sequence[str]) -> bool:
    """With no space between them they would read as one word, so their style keeps them apart."""
    said = waiting[-1] if waiting else ""
    return bool(said) and not said[-1].isspace() and node.prev is not None and node.prev.tag == "span"


def _inside(node: Node, tag: str, around: _Around, own: Collection[int]) -> _Around | None:
    """None for what no reader sees."""
    names = attribute(node, "class")[:300]
    if names and (_HIDDEN.search(names) or (tag in ("i", "span") and _ICON.search(names))):
        return None
    says = Says.DATE if tag == "time" else _hint(names) or around.says
    linked, foreign = around.own, around.foreign
    if tag == "a":
        linked = node.mem_id in own
        foreign = not linked
        if foreign:
            rel, href = attribute(node, "rel"), attribute(node, "href")
            if "author" in rel or _AUTHOR_PATH.search(href):
                says = Says.AUTHOR
            elif "tag" in rel.split() or "category" in rel or _TAG_PATH.search(href):
                says = Says.TAG
    heading = around.heading or tag in _HEADINGS or attribute(node, "role") == "heading"
    return _Around(says, heading, linked, foreign)
