"""Google News wraps the links of its feeds. Older ones carry the article's address; newer ones are sealed, and only
the title says where they lead: it ends with the name of the outlet."""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitor.text.urls.reading import absolute

_ARTICLE = re.compile(r"/+(?:__i/+)?(?:rss/+)?(?:rd/+)?(?:articles|read)/+([A-Za-z0-9_-]{8,2000})=*/*")
_HOSTS = frozenset({"news.google.com", "www.news.google.com"})
_DASH = re.compile(r"\s[-–—]\s(?=\S)")
_MAX_OUTLET = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a sealed link comes from, as its title tells."""

    title: str
    """Without the outlet."""
    outlet: str


def article_id(url: str) -> str:
    """What Google News calls the article that this link wraps; '' for any other link."""
    parts = urlsplit(url)
    if (parts.hostname or "").lower() not in _HOSTS:
        return ""
    found = _ARTICLE.fullmatch(parts.path)
    return found[1] if found else ""


def inner_url(url: str) -> str:
    """The article's address, from an older link; '' when it is sealed, or no such link."""
    packed = article_id(url)
    if not packed:
        return ""
    try:
        message = urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    except (binascii.Error, ValueError):
        return ""
    return next((found for text in _texts(message) if (found := absolute("", text))), "")


def is_sealed(url: str) -> bool:
    """A link of Google News whose article can't be told by looking at it."""
    url = absolute("", url)
    return bool(url and article_id(url) and not inner_url(url))


def wrapped_origin(url: str, title: str, source: str = "") -> Origin | None:
    """Title and outlet of a sealed link; None for links that name their article. `source` is the name of the outlet
    where the feed gives it; without it, what follows the last dash is taken."""
    if not is_sealed(url):
        return None
    title, source = " ".join(title.split()), " ".join(source.split())
    if source:
        head = title.removesuffix(source)
        dash = re.search(r"\s[-–—]\s?$", head) if head != title else None
        return Origin(title=(head[: dash.start()] if dash else title).strip() or title, outlet=source)
    places = list(_DASH.finditer(title))
    if not places or places[-1].start() == 0:
        return None
    outlet = title[places[-1].end() :]
    return Origin(title=title[: places[-1].start()], outlet=outlet) if len(outlet) <= _MAX_OUTLET else None


def _texts(message: bytes) -> list[str]:
    """The texts of a message in protocol buffers, up to what is none."""
    found: list[str] = []
    place = 0
    while place < len(message):
        tag, place = _number(message, place)
        if tag & 7 == 0:
            _, place = _number(message, place)
        elif tag & 7 == 2:
            size, place = _number(message, place)
            found.append(message[place : place + size].decode("utf-8", "replace"))
            place += size
        else:
            break
    return found


def _number(message: bytes, place: int) -> tuple[int, int]:
    number = shift = 0
    while place < len(message):
        byte = message[place]
        place += 1
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 or shift > 35:
            break
    return number, place
