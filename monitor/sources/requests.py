"""How a source asks: its own headers, cookies and proxy, kept from hosts that they are not for."""

from __future__ import annotations

from urllib.parse import urlsplit

from monitor.core.ports import FetchRequest
from monitor.core.settings import SourceSettings


def request_for(settings: SourceSettings, url: str, *, etag: str = "", last_modified: str = "") -> FetchRequest:
    own = url == settings.url or _origin(url) == _origin(settings.url)
    return FetchRequest(
        url=url,
        headers=settings.headers if own else {},
        cookies=settings.cookies if own else {},
        proxy=settings.proxy,
        allow_private=settings.allow_private,
        etag=etag,
        last_modified=last_modified,
        host_gap=settings.host_gap,
    )


def _origin(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme.lower(), (parts.hostname or "").lower(), parts.port
    except ValueError:
        return "", url, None
