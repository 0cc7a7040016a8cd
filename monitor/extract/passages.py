"""A page as a row of passages: the text between the borders of blocks, and what the elements around it say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from monitor.extract.html import Node, Page
from monitor.text.plain import one_line

MAX_PASSAGES = 4_000
_MAX_TEXT = 1_500_000
"""Characters of all passages of a page."""


class Around:
    """What the elements around a passage are for, by their tags, classes and roles: bits of an integer."""

    CAPTION = 1 << 0
    RELATED = 1 << 1
    SHARING = 1 << 2
    COMMENTS = 1 << 3
    PERSON = 1 << 4
    DETAIL = 1 << 5
    SELLING = 1 << 6
    ASIDE = 1 << 7
    CHROME = 1 << 8
    CONTROL = 1 << 9
    HIDDEN = 1 << 10
    FOLDED = 1 << 11
    BOX = 1 << 12
    EMBED = 1 << 13
    LEAD = 1 << 14
    BODY = 1 << 15
    HEADER = 1 << 16
    LIST = 1 << 17
    TABLE = 1 << 18
    QUOTE = 1 << 19


MARKS: Final[dict[str, int]] = {name: bit for name, bit in vars(Around).items() if name.isupper()}
_TAGS: dict[str, int] = {
    "figcaption": Around.CAPTION, "figure": Around.CAPTION, "aside": Around.ASIDE, "nav": Around.CHROME,
    "header": Around.HEADER, "footer": Around.CHROME, "form": Around.CONTROL, "button": Around.CONTROL,
    "label": Around.CONTROL, "dialog": Around.CONTROL, "menu": Around.CONTROL, "address": Around.PERSON,
    "ul": Around.LIST, "ol": Around.LIST, "dl": Around.LIST, "table": Around.TABLE, "blockquote": Around.QUOTE,
    "video": Around.EMBED, "audio": Around.EMBED,
}  # fmt: skip
_WORDS: dict[str, str] = {
    "CAPTION": (
        r"caption|captions|credit|credits|legende|bildunterschrift|bildtext|pie-foto|photo|foto|image|img|"
        r"picture|gallery|slideshow|carousel|media|didascalia"
    ),
    "RELATED": (
        r"related|relacionad\w*|recommend\w*|recirc\w*|read-?more|read-?next|also|more|trending|popular|"
        r"most-?read|latest|teasers?|taboola|outbrain|promo\w*|baca|terkait|lihat|suggest\w*|next|"
        r"inline-?link|siehe|mehr|crosslink\w*|backlink\w*|onward|similar|featured|recent|links?"
    ),
    "SHARING": (
        r"shar\w+|social|follow|newsletters?|subscri\w+|sign-?up|paywall|piano|login|register|consent|"
        r"cookies?|gdpr|whatsapp|notif\w*|abo|offer|regwall|donat\w*|cta|support"
    ),
    "COMMENTS": (r"comments?|disqus|repl(?:y|ies)|kommentare?|forum|discussion|respond|commentlist|reactions?|rating"),
    "PERSON": (r"authors?|byline|bio|contributors?|autor\w*|writer|penulis|profile|avatar|reporter|staff"),
    "DETAIL": (
        r"meta|date|time|timestamp|tags?|topics?|keywords?|breadcrumbs?|kicker|categor\w+|eyebrow|copyright|"
        r"footnotes?|disclaimer|correction|reading-?time|counter|views|published|updated|source|label|"
        r"dateline|section-?name"
    ),
    "SELLING": (
        r"ads?|advert\w*|adv|dfp|sponsor\w*|banner|affiliate|shop\w*|product\w*|deals?|commerce|price|buy|"
        r"partner|iklan|anzeige"
    ),
    "CHROME": (r"nav|navbar|navigation|menu|footer|toolbar|topbar|masthead|site-header|skip|search"),
    "ASIDE": (r"sidebar|aside|widgets?|rail|complementary"),
    "FOLDED": (
        r"hidden|hide|sr-only|visually-?hidden|screen-reader-\w+|print-only|noprint|no-print|offscreen|"
        r"modal|popup|overlay|tooltip"
    ),
    "BOX": (
        r"box|infobox|fact\w*|info|panel|callout|highlight\w*|keypoints?|key-points|takeaways?|timeline|toc|"
        r"explainer|note|notice|accordion|faq|poll|quiz|score\w*|fakta\w*"
    ),
    "EMBED": (
        r"embeds?|embedded|tweets?|twitter|instagram|facebook|youtube|video|player|audio|podcast|iframe|"
        r"oembed"
    ),
    "LEAD": (
        r"lead|lede|standfirst|intro\w*|summary|sub-?titles?|sub-?head\w*|excerpt|dek|deck|chapo|sapo|perex|"
        r"entradilla|bajada|ingress|abstract|vorspann|anrisstext|occhiello|sommario|stand-?first|strapline|"
        r"synopsis|description|preamble"
    ),
    "BODY": (
        r"article-?body|entry-?content|post-?content|story-?body|article-?content|article-?text|body-?text|"
        r"post-?body|content-?body|story-?content|article__body|article__content|body|prose|paragraphs?|"
        r"text|richtext|rich-text|copy"
    ),
}
_NAMED = re.compile("|".join(rf"(?P<{mark}>(?<![a-z0-9])(?:{words})(?![a-z0-9]))" for mark, words in _WORDS.items()))
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ICON = re.compile(r"\b(?:material-(?:icons|symbols)[\w-]*|mat-icon)\b")
_LIGATURE = re.compile(r"[a-z]{2,}(?:_[a-z0-9]+){0,4}")
_ICON_TAGS = frozenset({"i", "span", "mat-icon"})
_LAYOUT = "br, p, div, table, ul, h1, h2, h3"
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "textarea", "math",
     "canvas", "title", "input", "img", "link", "meta", "source", "track", "amp-img",
     "map", "datalist"}
)  # fmt: skip
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
     "tt", "u", "var", "wbr", "nobr", "label", "button", "picture", "td", "th"}
)  # fmt: skip
_BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th", "dt"})


@dataclass(slots=True)
class Passage:
    text: str
    tag: str
    """Of the innermost block element."""
    around: int
    near: int
    """Of `around`, what the innermost block element and its parent say."""
    home: int
    """Names the element that the block stands in: siblings share it."""
    shape: str
    """How that element looks; those of one template look alike."""
    article: int
    """Names the innermost `<article>`; 0 outside of any."""
    depth: int
    """Of open elements."""
    linked: int
    """Characters within links."""
    bold: int
    size: int
    """Of the text; a letter of a script that packs words into one or two counts three times."""


@dataclass(frozen=True, slots=True)
class Span:
    """The passages that an element holds."""

    start: int
    end: int
    """One past the last."""
    outer: int
    """The element around it, by the name that `Passage.home` uses."""


@dataclass(slots=True)
class _Frame:
    node: Node
    tag: str
    block: bool
    outer: int
    """The block around it."""
    around: int
    own: int
    home: int
    shape: str
    article: int
    linked: bool
    bold: bool


@lru_cache(maxsize=4096)
def _said_by(names: str) -> int:
    found = 0
    for match in _NAMED.finditer(_HUMPS.sub("-", names[:300]).lower().replace("_", "-")):
        found |= MARKS[match.lastgroup or "BODY"]
    return found


def passages_of(page: Page) -> tuple[list[Passage], dict[int, Span]]:
    """The passages, in document order, and what the elements that they stand in hold; scripts, pictures and fields of
    forms left out."""
    root = page.body
    if root is None:
        return [], {}
    walk = _Walk(root)
    return walk.run(), walk.spans


class _Walk:
    def __init__(self, root: Node) -> None:
        self._found: list[Passage] = []
        self._pieces: list[str] = []
        self._linked = self._bold = self._size = 0
        self._breaks = self._before = 0
        first = _Frame(root, "body", True, 0, 0, 0, root.mem_id, "body", 0, False, False)
        self._frames = [first]
        self._starts: list[int] = [0]
        self.spans: dict[int, Span] = {}

    def run(self) -> list[Passage]:
        frames = self._frames
        node: Node | None = frames[0].node.child
        while frames:
            if node is None:
                if frames[-1].block:
                    self._flush(frames[-1])
                frame = frames.pop()
                start = self._starts.pop()
                if frame.block:
                    if len(self._found) > start:
                        self._span(frame, start)
                elif frame.tag in ("td", "th"):
                    self._pieces.append(" ")
                    if len(self._found) > start or self._size - self._before > 200:
                        self._flush(frame)
                node = frame.node.next if frames else None
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._take(node.text_content or "", frames[-1])
                node = node.next
            elif tag in _SKIPPED or not tag[:1].isalpha() or (tag in _ICON_TAGS and _is_icon(node)):
                node = node.next
            elif tag in ("br", "hr"):
                self._breaks += 1
                self._pieces.append("\n")
                if self._breaks > 1 or tag == "hr":
                    self._flush(frames[-1])
                node = node.next
            else:
                frame = self._entered(node, tag, frames[-1])
                if frame.block:
                    self._flush(frames[-1])
                frames.append(frame)
                self._starts.append(len(self._found))
                node = node.child
            if len(self._found) >= MAX_PASSAGES or self._size > _MAX_TEXT:
                break
        for frame, start in zip(self._frames, self._starts, strict=True):
            self._span(frame, start)
        return self._found

    def _span(self, frame: _Frame, start: int) -> None:
        self.spans[frame.node.mem_id] = Span(start, len(self._found), frame.outer)

    def _entered(self, node: Node, tag: str, outer: _Frame) -> _Frame:
        block = tag not in _INLINE or (tag in ("td", "th") and node.css_first(_LAYOUT) is not None)
        own = _TAGS.get(tag, 0)
        shape = tag
        attributes = node.attributes
        if attributes:
            names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
            if len(names) > 1:
                own |= _said_by(names)
                shape = f"{tag}.{(attributes.get('class') or '')[:80]}"
            if "hidden" in attributes or attributes.get("aria-hidden") == "true" or _unseen(attributes.get("style")):
                own |= Around.HIDDEN
            if attributes.get("itemprop") == "articleBody":
                own |= Around.BODY
        return _Frame(
            node, tag, block, outer.home, outer.around | own, own if block else outer.own | own,
            node.mem_id if block else outer.home, shape if block else outer.shape,
            node.mem_id if tag == "article" else outer.article,
            outer.linked or tag == "a", outer.bold or tag in _BOLD,
        )  # fmt: skip

    def _take(self, text: str, frame: _Frame) -> None:
        if not text.strip():
            if text:
                self._pieces.append(" ")
            return
        self._breaks = 0
        self._pieces.append(text)
        size = len(text.strip())
        self._size += size
        if frame.linked:
            self._linked += size
        if frame.bold:
            self._bold += size

    def _flush(self, frame: _Frame) -> None:
        self._breaks = 0
        self._before = self._size
        if not self._pieces:
            return
        text = one_line("".join(self._pieces))
        self._pieces.clear()
        linked, bold, self._linked, self._bold = self._linked, self._bold, 0, 0
        if not text:
            return
        inner = next(f for f in reversed(self._frames) if f.block) if not frame.block else frame
        outer = inner
        for other in reversed(self._frames):
            if other.block and other is not inner:
                outer = other
                break
        self._found.append(
            Passage(
                text=text, tag=inner.tag, around=inner.around | frame.around, near=inner.own | outer.own,
                home=outer.home, shape=outer.shape, article=inner.article, depth=len(self._frames), size=size_of(text),
                linked=min(linked, len(text)), bold=min(bold, len(text)),
            )
        )  # fmt: skip


def _is_icon(node: Node) -> bool:
    """Whether the text of the element is the name of a picture (`access_time`), which a font puts in its place."""
    classes = node.attributes.get("class") or ""
    if node.tag == "mat-icon" or _ICON.search(classes):
        return True
    if node.tag != "i" and "icon" not in classes:
        return False
    text = node.text().strip()
    return bool(_LIGATURE.fullmatch(text)) and ("_" in text or "icon" in classes)


def size_of(text: str) -> int:
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def _unseen(style: str | None) -> bool:
    return bool(style) and "display:none" in (style or "").replace(" ", "").lower()
