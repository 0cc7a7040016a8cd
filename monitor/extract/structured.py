"""What a page says of its article as JSON-LD."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from monitor.extract.html import Page
from monitor.text.plain import one_line

_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|LiveBlog|Report|NewsStory|SocialMediaPosting)", re.IGNORECASE)
_MAX_JSON = 500_000
_MAX_NODES = 3_000


def article_record(page: Page) -> dict[str, Any]:
    """The first record that is an article with a headline or a date; {} when there is none."""
    best: dict[str, Any] = {}
    for node in page.css('script[type*="ld+json" i]')[:20]:
        for record in _records(node.text()):
            kinds = record.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if not any(isinstance(n, str) and _ARTICLE_TYPES.search(n) for n in names):
                continue
            weight = ("headline" in record) + ("datePublished" in record) * 2
            if weight > ("headline" in best) + ("datePublished" in best) * 2:
                best = record
    return best


def _records(text: str) -> Iterator[dict[str, Any]]:
    text = (
        text.strip()
        .removeprefix("<!--")
        .removeprefix("//<![CDATA[")
        .removesuffix("-->")
        .removesuffix("//]]>")
        .strip()
        .rstrip(";")
    )
    if not text or len(text) > _MAX_JSON or text.count("[") + text.count("{") > 20_000:
        return
    try:
        given = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        try:
            given = json.loads(re.sub(r",\s*([\]}])", r"\1", text), strict=False)
        except (ValueError, RecursionError):
            return
    waiting = deque([given])
    seen = 0
    while waiting and seen < _MAX_NODES:
        here = waiting.popleft()
        seen += 1
        if isinstance(here, list):
            waiting.extend(here)
        elif isinstance(here, dict):
            yield here
            waiting.extend(
                here[k]
                for k in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item")
                if isinstance(here.get(k), list | dict)
            )


def name_in(value: Any) -> str:
    if isinstance(value, list):
        return next((n for v in value if (n := name_in(v))), "")
    if isinstance(value, dict):
        return name_in(value.get("name"))
    return one_line(value) if isinstance(value, str) else ""


def picture_in(value: Any) -> str:
    if isinstance(value, list):
        return picture_in(value[0]) if value else ""
    if isinstance(value, dict):
        return picture_in(value.get("url") or value.get("contentUrl"))
    return value if isinstance(value, str) else ""
