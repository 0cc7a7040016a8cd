"""How a source asks: its own name, headers, cookies, login and proxy, kept from hosts that they are not for; and what
its server says of how long an answer holds."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlsplit

from monitor.core.model import Secret
from monitor.core.ports import FetchRequest, RobotsCheck
from monitor.core.settings import SourceSettings
from monitor.text.dates import http_date

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NO_CACHE = re.compile(r"(?:^|[\s,])(?:no-cache|no-store)\b", re.IGNORECASE)


def request_for(settings: SourceSettings, url: str, *, page: bool = False, etag: str = "", last_modified: str = ""
                ) -> FetchRequest:  # fmt: skip
    """`page`: this is surely for people, and robots.txt is asked first."""
    own = url == settings.url or _origin(url) == _origin(settings.url)
    robots = RobotsCheck.NEVER if not settings.robots else RobotsCheck.ALWAYS if page else RobotsCheck.PAGES
    return FetchRequest(
        url=url,
        headers=_headers(settings) if own else {},
        cookies=settings.cookies if own else {},
        proxy=settings.proxy,
        allow_private=settings.allow_private,
        user_agent=settings.user_agent,
        robots=robots,
        etag=etag,
        last_modified=last_modified,
        host_gap=settings.host_gap,
    )


def _headers(settings: SourceSettings) -> Mapping[str, Secret]:
    if settings.password is None:
        return settings.headers
    login = b64encode(f"{settings.username}:{settings.password.reveal()}".encode()).decode()
    return {**settings.headers, "Authorization": Secret(f"Basic {login}")}


def _origin(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme.lower(), (parts.hostname or "").lower(), parts.port
    except ValueError:
        return "", url, None


def fresh_for(headers: Mapping[str, str]) -> timedelta | None:
    """What is left of the time that the answer holds, by `Cache-Control` or else `Expires`; None when the server does
    not say, or wants to be asked every time."""
    control = headers.get("cache-control", "")
    if control and _NO_CACHE.search(control):
        return None
    if found := _MAX_AGE.search(control):
        age = headers.get("age", "").strip()
        left = int(found[1]) - (int(age[:9]) if age.isascii() and age.isdigit() else 0)
        return timedelta(seconds=left) if left > 0 else None
    expires, date = http_date(headers.get("expires", "")), http_date(headers.get("date", ""))
    if expires is None or date is None or expires <= date:
        return None
    return min(expires - date, timedelta(days=1))
