"""How likely a link is an article: judged by the company it keeps.

A page that lists articles repeats one block, and an outlet's articles share a form of address; navigation, tags and
teasers of other sites do the same among themselves. So what counts are the means over a link's group. Groups are made
in four ways, two by the block and two by the address, one of each fine and one coarse, because classes and words of
addresses may be different for every article of a page.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Hashable, Sequence
from urllib.parse import unquote, urlsplit

from monitor.extract.blocks import Anchor, width
from monitor.extract.phrases import NO_ARTICLE
from monitor.text.urls import site_of

_DIGITS = re.compile(r"\d+")
_WORD_BREAKS = re.compile(r"[-_+\s]")


def address_form(url: str) -> str:
    """The address with its numbers and words folded, so that articles of one outlet look the same."""
    parts = urlsplit(url)
    steps = [_folded(step) for step in parts.path.strip("/").split("/")[:6]]
    names = sorted(p.partition("=")[0] for p in parts.query.split("&") if p)
    return f"{site_of(url)}/{'/'.join(steps)}?{'&'.join(names[:6])}"


def address_shape(url: str, site: str) -> tuple[Hashable, ...]:
    """Coarser: what kinds of steps there are, whatever they say."""
    parts = urlsplit(url)
    steps = [_kind(step) for step in unquote(parts.path).strip("/").split("/")[:6]]
    return (site_of(url) == site, *steps, bool(parts.query))


def _folded(step: str) -> str:
    stem = _DIGITS.sub("0", unquote(step).lower())
    if stem.count("-") + stem.count("_") >= 2 or len(stem) > 25:
        return ("0" if stem.startswith("0") else "") + "~"
    return stem


def _kind(step: str) -> str:
    words = len(_WORD_BREAKS.findall(step))
    if words >= 3 or len(step) > 25:
        return "slug"
    if step.partition(".")[0].lower() in NO_ARTICLE:
        return "stop"
    if sum(c.isdigit() for c in step) * 2 >= len(step) > 0:
        return "number"
    return "word"


NAMES = ("long", "length", "heading", "date", "chrome", "stop", "teaser", "elsewhere", "telling", "bare", "inline")
OF_LINK = ("long", "length", "heading", "chrome", "stop", "bare", "inline")

# Learnt by logistic regression from pages of many kinds, of which each was also read without its classes, headings,
# dates, pictures or elements of meaning, so that no single sign carries a page.
_BIAS = -8.45
_OF_BLOCK = (0.83, 0.97, 0.35, 0.04, -0.16, -0.66, 0.59, -1.01, 1.14, -0.25, -1.46, 0.76, 1.25, 1.27)
_OF_ADDRESS = (0.7, 1.08, 0.31, 0.39, -0.06, -0.6, 0.63, 0.02, 0.94, -0.17, -1.21, 0.63, 1.27, 1.17)
_OF_ITSELF = (0.59, 0.93, 0.38, -0.18, -0.6, -0.2, -1.13)

THRESHOLD = 0.5
_FLOOR = 0.25
"""Where the best links of a page are less likely than this, it lists nothing."""
_IN_COMPANY = 0.35
"""What a link needs whose group is chosen anyway."""
_SURE = 0.75
"""What makes one or two links a list."""
_ENOUGH = 3


def choose(anchors: Sequence[Anchor], url: str) -> tuple[list[Anchor], float]:
    """The links that the page lists as articles, and how sure that is (0 when there are none)."""
    chances = [chance(f) for f in company_features(anchors, url)]
    bar = _bar(chances)
    groups: dict[Hashable, list[float]] = defaultdict(list)
    for anchor, likely in zip(anchors, chances, strict=True):
        groups[anchor.chain].append(likely)
    chosen = {name for name, group in groups.items() if len(group) > _ENOUGH
              and sum(p >= THRESHOLD for p in group) >= 0.6 * len(group)}  # fmt: skip
    found = [
        (anchor, likely)
        for anchor, likely in zip(anchors, chances, strict=True)
        if likely >= (min(bar, _IN_COMPANY) if anchor.chain in chosen else bar)
    ]
    if len(found) < _ENOUGH and all(likely < _SURE for _, likely in found):
        return [], 0.0
    return [a for a, _ in found], sum(likely for _, likely in found) / len(found)


def _bar(chances: Sequence[float]) -> float:
    """How likely a link of this page has to be. On a page where not even the best pass, they are taken to be what it
    lists if they are likely at all."""
    best = sorted(chances, reverse=True)[:_ENOUGH]
    if len(best) < _ENOUGH or best[-1] >= THRESHOLD or best[-1] < _FLOOR:
        return THRESHOLD
    return max(_FLOOR, best[-1] * 0.6)


def chance(features: Sequence[float]) -> float:
    weights = (*_OF_BLOCK, *_OF_ADDRESS, *_OF_ITSELF)
    return 1 / (1 + math.exp(-(_BIAS + sum(w * f for w, f in zip(weights, features, strict=True)))))


def own_features(anchor: Anchor, site: str) -> tuple[float, ...]:
    parts = urlsplit(anchor.url)
    path = unquote(parts.path)
    kinds = [_kind(step) for step in path.strip("/").split("/") if step]
    length = width(anchor.title)
    digits = sum(c.isdigit() for c in path + parts.query)
    return (
        float(length >= 25),
        min(length, 80) / 80,
        float(anchor.heading),
        float(anchor.has_date),
        float(anchor.chrome),
        float("stop" in kinds),
        float(anchor.block_text > length + 60),
        float(site_of(anchor.url) != site),
        float("slug" in kinds or digits >= 4),
        float(len(kinds) <= 1 and "slug" not in kinds and digits < 2 and not parts.query),
        float(anchor.inline),
    )


def company_features(anchors: Sequence[Anchor], url: str) -> list[tuple[float, ...]]:
    """For each address: the means of its block's company and of its address's, and a few of its own."""
    site = site_of(url)
    own = [own_features(a, site) for a in anchors]
    kept = [NAMES.index(name) for name in OF_LINK]
    widths = [min(width(a.title), 150) for a in anchors]
    by_block = _halfway(own, widths, [a.chain for a in anchors], [a.way for a in anchors])
    by_address = _halfway(
        own, widths, [address_form(a.url) for a in anchors], [address_shape(a.url, site) for a in anchors]
    )
    return [
        (*block, *address, *(mine[i] for i in kept))
        for block, address, mine in zip(by_block, by_address, own, strict=True)
    ]


def _halfway(own: Sequence[tuple[float, ...]], widths: Sequence[int], fine: Sequence[Hashable],
             coarse: Sequence[Hashable]) -> list[tuple[float, ...]]:  # fmt: skip
    a, b = _means(own, widths, fine), _means(own, widths, coarse)
    return [tuple((x + y) / 2 for x, y in zip(p, q, strict=True)) for p, q in zip(a, b, strict=True)]


def _means(own: Sequence[tuple[float, ...]], widths: Sequence[int], names: Sequence[Hashable]
           ) -> list[tuple[float, ...]]:  # fmt: skip
    """Of each link's group: the means of its members, its size, and its share of what the largest group says."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        groups[name].append(i)
    said = {name: sum(widths[i] for i in members) for name, members in groups.items()}
    most = max(said.values(), default=0) or 1
    longest = max((said[n] / len(m) for n, m in groups.items() if len(m) >= 3), default=0) or 1
    means = {
        name: (
            *(sum(column) / len(members) for column in zip(*(own[i] for i in members), strict=True)),
            min(len(members), 10) / 10,
            math.sqrt(said[name] / most),
            min(said[name] / len(members) / longest, 1.0),
        )
        for name, members in groups.items()
    }
    return [means[name] for name in names]
