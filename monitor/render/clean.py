"""Text from outside, made harmless: no control characters, nothing that turns the direction of what follows."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_LINE_BREAKS = re.compile(r"\s+|[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNSEEN = re.compile(
    "[\u00ad\u200b\u2060\u2061-\u2064\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Bidi embeddings, overrides and isolates, and invisible characters. Joiners and the marks of right-to-left scripts
stay: Persian and emoji need them."""
_SURROGATES = re.compile("[\ud800-\udfff]")
_STACKED = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20f0]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20f0]+"
)

MAX_URL = 2000


def clean(text: str) -> str:
    """One line; white space is folded, not trimmed, so that pieces of a text can be cleaned apart."""
    text = _UNSEEN.sub("", _SURROGATES.sub("\ufffd", text))
    return _STACKED.sub(r"\1", _LINE_BREAKS.sub(" ", text))


def safe_url(url: str) -> str:
    """The URL when it may become a link, else ''."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    is_safe = (
        parts.scheme in ("http", "https") and host and len(url) <= MAX_URL and url.isprintable() and " " not in url
    )
    return url if is_safe else ""


def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
