"""How much of a document is read, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from monitor.core.model import Entry

MAX_ENTRIES = 2_000
MAX_DEPTH = 5_000
"""Of open elements, as counted here; pages that leave out end tags count deeper than they are."""
_MAX_ATTRIBUTES = 2_000
_SMALL = 60_000
"""A document below this size can't hold enough of anything to cost much."""

_TAG = re.compile(
    r"""<(?:(?:script|style)\b[^<>]*+>.*?(?:</(?:script|style)|\Z)|(/?)([a-zA-Z][\w:.-]{0,40})((?:[^<>"']++|"[^"]*+"|'[^']*+')*+))""",
    re.DOTALL | re.IGNORECASE,
)
_QUOTED = re.compile(r"""\"[^"]*\"|'[^']*'""")
_UNCLOSED = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
    | {"p", "li", "td", "tr", "th", "option", "dt", "dd"}
)


def newest(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The newest `MAX_ENTRIES`, in document order; entries without a date count as being as new as their place."""
    if len(entries) <= MAX_ENTRIES:
        return tuple(entries)
    oldest = datetime(1, 1, 1, tzinfo=UTC)
    ranked = sorted(range(len(entries)), key=lambda i: (entries[i].published or oldest, -i), reverse=True)
    return tuple(entries[i] for i in sorted(ranked[:MAX_ENTRIES]))


def beginning(text: str, tags: int) -> str:
    """The text up to where it has so many tags, or what looks like them: what a parser of HTML makes of tags may cost
    their number squared."""
    if text.count("<") <= tags:
        return text
    return "<".join(text.split("<", tags)[:tags])


def excess(text: str) -> str:
    """Why the markup would cost a parser more than it can be worth, told in one pass; '' for any real document."""
    if len(text) < _SMALL:
        return ""
    depth = 0
    for tag in _TAG.finditer(text):
        if not tag[2]:
            continue  # a script, in which anything may look like markup
        if tag[2].lower() in _UNCLOSED:
            pass
        elif tag[1]:
            depth = max(0, depth - 1)
        elif not tag[3].endswith("/"):
            depth += 1
            if depth > MAX_DEPTH:
                return "elements nested deeper than in any real document"
        if len(tag[3]) > 10_000 and len(_QUOTED.sub("", tag[3]).split()) > _MAX_ATTRIBUTES:
            return "an element with more attributes than in any real document"
    return ""
