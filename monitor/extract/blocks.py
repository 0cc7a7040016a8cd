"""The links of a page, grouped by what makes them alike: the shape of the blocks they stand in, and of their addresses.

A page that lists articles repeats one block, and an outlet's articles share a form of address; navigation, tags and
teasers of other sites do the same among themselves. So a link is judged by the company it keeps.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from monitor.extract.html import Node, Page, attribute, text_of
from monitor.text.dates import parse_date
from monitor.text.urls import absolute, canonical_url, site_of

MAX_LINKS = 4_000
_MAX_CLIMB = 40
_CHAIN = 5
_MAX_TITLE = 1_000

_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|avi|xml|rss|css|js|docx?|xlsx?|apk|ico)$", re.IGNORECASE
)
_SHARE = re.compile(
    r"^(?:(?:www|m|l|lm|mobile)\.)?(?:facebook|twitter|x|linkedin|pinterest|instagram|youtube|tiktok|reddit|tumblr|"
    r"vk|wa|t|telegram|"
    r"whatsapp|api\.whatsapp|plus\.google|line|feedburner|feeds\.feedburner|addthis|flipboard)\.(?:com|me|net|org|"
    r"ru|it)$"
)
_STOP_PATH = re.compile(
    r"^(?:tags?|topics?|category|categories|kategori|kategorie|author|authors|penulis|redaksi|users?|profile|login|"
    r"log-in|signin|"
    r"sign-in|signup|register|account|subscribe|subscription|newsletters?|search|about|about-us|tentang-kami|"
    r"contact|contact-us|"
    r"kontak|privacy|privacy-policy|terms|terms-of-use|terms-of-service|disclaimer|cookies?|cookie-policy|help|faq|"
    r"advertise|advertising|"
    r"pedoman|pedoman-media-siber|jobs|careers|shop|store|cart|page|rss|feeds?|sitemap|archives?|legal|imprint|"
    r"impressum|datenschutz|"
    r"wp-login\.php|wp-admin|disclosure|accessibility|feedback|donate|podcasts?|apps?|label|labels|member|members)$",
    re.IGNORECASE,
)
_CHROME = re.compile(
    r"(?:^|[-_ ])(?:nav|navi|navbar|navigation|menu|submenu|footer|foot|breadcrumbs?|pagination|pager|pagenavi|"
    r"paging|sidebar|widget|share|"
    r"sharing|social|tags?|tagcloud|cookie|login|language|lang|sponsor|sponsored|advert|ads?|banner|copyright|"
    r"subscribe|topbar|toolbar|"
    r"comments?|meta|author|byline)(?:$|[-_ ])",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"^(?:read (?:more|on|the .{0,20})|more|continue(?: reading)?.{0,20}|weiterlesen|mehr|lire (?:la suite|plus)|"
    r"leer más|leer mas|"
    r"selengkapnya|baca selengkapnya|baca juga|ler mais|leia mais|continua(?: a leggere)?|leggi tutto|подробнее|"
    r"читать (?:далее|дальше|полностью)|"
    r"далее|czytaj (?:więcej|dalej)|devamı|devamını oku|المزيد|اقرأ المزيد|\d+ ?(?:comments?|komentar|kommentare?)?|"
    r"comments?|"
    r"no comments|leave a (?:comment|reply)|share|next|previous|home|»|«|›|‹|…|"
    r"続きを読む|もっと見る|더보기)[\s.…»›→>\]]*$",
    re.IGNORECASE,
)
_DATE_LIKE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\b\d{1,2}[:.h]\d{2}\b|\b(?:19|20)\d\d\b|\b\d{1,2} (?:minutes?|hours?|days?|"
    r"menit|jam|hari)\b|[年日]"
)
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Anchor:
    """All links of a page to one address, taken together."""

    url: str
    canonical: str
    node: Node
    title: str = ""
    generic: str = ""
    heading: bool = False
    chrome: bool = False
    order: int = 0
    block: Node | None = None
    chain: tuple[str, ...] = ()
    has_date: bool = False
    has_picture: bool = False
    block_text: int = 0
    also: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class _Place:
    """What a node's ancestors say, computed once for each node."""

    chain: tuple[str, ...]
    heading: bool
    chrome: bool


def anchors_of(page: Page, base: str, own: str) -> list[Anchor]:
    """One record for each address that the page links to, in order; its own, files and share buttons left out."""
    found: dict[str, Anchor] = {}
    places: dict[int, _Place] = {}
    for node in page.css("a[href]")[:MAX_LINKS]:
        url = absolute(base, attribute(node, "href"))
        if not url or _FILE.search(urlsplit(url).path) or _SHARE.match((urlsplit(url).hostname or "").lower()):
            continue
        key = canonical_url(url)
        if key == own or (key.count("/") < 3 and "?" not in key):
            continue
        place = _place(node, places)
        text = text_of(node)[:_MAX_TITLE]
        anchor = found.get(key)
        if anchor is None:
            anchor = found[key] = Anchor(url=url, canonical=key, node=node, order=len(found), chain=place.chain)
            anchor.chrome = place.chrome
        anchor.also.append(node)
        generic = bool(_GENERIC.match(text))
        if generic:
            anchor.generic = anchor.generic or text
        heading = place.heading or (not generic and bool(node.css_first("h1,h2,h3,h4,h5")))
        better = (heading, len(text)) > (anchor.heading, len(anchor.title))
        if text and not generic and better:
            inner = node.css_first("h1,h2,h3,h4,h5")
            anchor.title = (text_of(inner)[:_MAX_TITLE] if inner else "") or text
            anchor.heading, anchor.node, anchor.chain = heading, node, place.chain
            anchor.url = url
        anchor.chrome = anchor.chrome and place.chrome
    anchors = list(found.values())
    claim_blocks(anchors)
    for anchor in anchors:
        _look_into(anchor)
    return anchors


def _place(node: Node, places: dict[int, _Place]) -> _Place:
    path: list[Node] = []
    here: Node | None = node
    while (
        here is not None and here.mem_id not in places and len(path) < _MAX_CLIMB and here.tag not in ("body", "html")
    ):
        path.append(here)
        here = here.parent
    place = places.get(here.mem_id) if here is not None else None
    place = place or _Place((), False, False)
    for step in reversed(path):
        tag = step.tag or ""
        words = f"{attribute(step, 'class')} {attribute(step, 'id')}" if step.attributes else ""
        role = attribute(step, "role") if words else ""
        mark = tag + "." + ".".join(sorted(_DIGITS.sub("0", attribute(step, "class")).split())[:3])
        place = _Place(
            (mark, *place.chain[: _CHAIN - 1]),
            place.heading or tag in ("h1", "h2", "h3", "h4", "h5", "h6"),
            place.chrome
            or tag in ("nav", "aside", "footer")
            or role in ("navigation", "contentinfo")
            or bool(_CHROME.search(words)),
        )
        places[step.mem_id] = place
    return place


def claim_blocks(anchors: Sequence[Anchor]) -> None:
    """Gives each address the largest element that holds it and no other of `anchors`."""
    holds: dict[int, set[int]] = defaultdict(set)
    for anchor in anchors:
        for node in anchor.also:
            here: Node | None = node
            climbed = 0
            while here is not None and climbed < _MAX_CLIMB:
                within = holds[here.mem_id]
                if len(within) < 3:
                    within.add(anchor.order)
                here = here.parent
                climbed += 1
    for anchor in anchors:
        block = anchor.node
        here = block.parent
        climbed = 0
        while (
            here is not None
            and climbed < _MAX_CLIMB
            and len(holds[here.mem_id]) == 1
            and here.tag not in ("body", "html", "main")
        ):
            block, here, climbed = here, here.parent, climbed + 1
        anchor.block = block


def _look_into(anchor: Anchor) -> None:
    block = anchor.block
    assert block is not None
    text = text_of(block)[:3000]
    anchor.block_text = len(text)
    anchor.has_picture = block.css_first("img,picture,video") is not None or any(
        n.css_first("img,picture") for n in anchor.also
    )
    rest = text.replace(anchor.title, " ") if anchor.title else text
    anchor.has_date = block.css_first("time") is not None or bool(_DATE_LIKE.search(rest[:600]))


# --- how likely an address is an article -----------------------------------------------------------------------------


def address_form(url: str) -> str:
    """The address with its numbers and words folded, so that articles of one outlet look the same."""
    parts = urlsplit(url)
    steps = []
    for step in parts.path.strip("/").split("/"):
        stem = _DIGITS.sub("0", unquote(step).lower())
        if stem.count("-") + stem.count("_") >= 2 or len(stem) > 25:
            stem = ("0" if stem.startswith("0") else "") + "~"
        steps.append(stem)
    names = sorted(p.partition("=")[0] for p in parts.query.split("&") if p)
    return f"{site_of(url)}/{'/'.join(steps[:6])}?{'&'.join(names)}"


def width(text: str) -> int:
    """Length as printed: wide letters say twice as much."""
    return sum(2 if c >= "\u2e80" else 1 for c in text)


def own_features(anchor: Anchor, site: str) -> tuple[float, ...]:
    path = [p for p in urlsplit(anchor.url).path.lower().split("/") if p]
    length = width(anchor.title)
    return (
        float(length >= 25),
        min(length, 80) / 80,
        float(anchor.heading),
        float(anchor.has_date),
        float(anchor.has_picture),
        float(anchor.chrome),
        float(any(_STOP_PATH.match(p) for p in path)),
        float(anchor.block_text > width(anchor.title) + 60),
        float(site_of(anchor.url) != site),
    )


def company_features(anchors: Sequence[Anchor], url: str) -> list[tuple[float, ...]]:
    """For each address the means of its block's and of its address form's group, and a few of its own."""
    site = site_of(url)
    own = [own_features(a, site) for a in anchors]
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    forms: dict[str, list[int]] = defaultdict(list)
    for i, anchor in enumerate(anchors):
        blocks[anchor.chain].append(i)
        forms[address_form(anchor.url)].append(i)

    def means(groups: Sequence[list[int]]) -> dict[int, tuple[float, ...]]:
        found = {}
        for members in groups:
            mean = tuple(sum(own[i][k] for i in members) / len(members) for k in range(len(own[0])))
            size = min(len(members), 10) / 10
            for i in members:
                found[i] = (*mean, size)
        return found

    by_block, by_form = means(list(blocks.values())), means(list(forms.values()))
    return [(*by_block[i], *by_form[i], float(width(a.title) >= 12)) for i, a in enumerate(anchors)]


def date_of(anchor: Anchor) -> str:
    """The text in the block that reads as a date; '' when there is none."""
    if anchor.block is None:
        return ""
    if node := anchor.block.css_first("time"):
        for said in (attribute(node, "datetime"), text_of(node)):
            if parse_date(said):
                return said
    for node in anchor.block.css("[class*=date], [class*=time], small, span, p, div")[:40]:
        said = text_of(node)
        if 6 <= len(said) <= 60 and said != anchor.title and parse_date(said):
            return said
    return ""
