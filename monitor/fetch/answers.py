"""What an answer of HTTP means to us."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from monitor.core.ports import Trouble
from monitor.extract.obstacles import challenge_of, challenged
from monitor.text.dates import http_date

MAX_RETRY_AFTER = timedelta(days=7)
"""Longer waits are taken for nonsense and cut to this."""

# They describe the transfer, which is over, or are nobody's business.
_DROPPED = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "set-cookie"}
)


def trouble_of(status: int, headers: Mapping[str, str], body: bytes = b"") -> tuple[Trouble, str]:
    """For an answer that brings nothing to read: what it is, and its words, with what may help."""
    if whose := challenge_of(status, headers, body):
        return Trouble.CHALLENGE, challenged(whose)
    match status:
        case 401:
            return Trouble.BLOCKED, "it wants a login (`username` and `password`, or `headers`, of the source)"
        case 403:
            return Trouble.BLOCKED, "access refused; some servers let in who calls itself otherwise (`user_agent`)"
        case 451:
            return Trouble.BLOCKED, "kept back for legal reasons here; a `proxy` elsewhere may see it"
        case 404:
            return Trouble.NOT_FOUND, "not found"
        case 407:
            return Trouble.NO_CONNECTION, "the proxy wants credentials"
        case 410:
            return Trouble.GONE, "gone for good"
        case 429:
            return Trouble.TOO_MANY, "too many requests"
        case _ if 500 <= status <= 599:
            return Trouble.SERVER, "error of the server"
        case _:
            return Trouble.OTHER_STATUS, "an answer without anything to read"


def retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """Seconds or a date. A date is compared with the server's own clock where it tells the time."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:12]), MAX_RETRY_AFTER.total_seconds()))
    then = http_date(value)
    if then is None:
        return None
    now = http_date(headers.get("date", "")) or datetime.now(UTC)
    return min(max(then - now, timedelta(0)), MAX_RETRY_AFTER)


def headers_of(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Lower-case names; what was sent several times joined by commas."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = _text(raw_name).lower(), _text(raw_value)
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def plain_headers(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Without those that are over with the transfer."""
    return {name: value for name, value in headers.items() if name not in _DROPPED}


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
