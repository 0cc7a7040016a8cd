"""How often a feed wants to be asked: `ttl`, `skipHours`, `skipDays`, and the syndication module."""

from __future__ import annotations

import re
from datetime import timedelta

from monitor.core.model import PollHints

_SAID = re.compile(r"<(?:[\w.-]{1,30}:)?(ttl|updatePeriod|updateFrequency)\b[^<>]*>\s*([^<]{1,40}?)\s*<", re.IGNORECASE)
_SKIPPED = re.compile(r"<(skipHours|skipDays)\b[^<>]*>(.{1,3000}?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_VALUE = re.compile(r">\s*([^<>\s][^<>]{0,20}?)\s*<")
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST = timedelta(days=7)
"""Who asks for more than that does not mean news."""


def poll_hints(head: str) -> PollHints | None:
    """`head` is the markup of the feed's own elements. None when there are no hints; what makes no sense is no hint."""
    if not ("ttl" in (lower := head.lower()) or "skip" in lower or "update" in lower):
        return None
    said: dict[str, str] = {}
    for name, value in _SAID.findall(head):
        said.setdefault(name.lower(), value)
    skipped: dict[str, list[str]] = {}
    for name, inside in _SKIPPED.findall(head):
        skipped.setdefault(name.lower(), _VALUE.findall(inside))
    hours = frozenset(int(v) % 24 for v in skipped.get("skiphours", ()) if v.isdecimal() and int(v) <= 24)
    days = frozenset(_DAYS.index(d) for v in skipped.get("skipdays", ()) if (d := v[:3].lower()) in _DAYS)
    hints = PollHints(
        ttl=_minutes(said.get("ttl", "")),
        update_every=_every(said.get("updateperiod", ""), said.get("updatefrequency", "")),
        skip_hours=hours if len(hours) < 24 else frozenset(),
        skip_days=days if len(days) < 7 else frozenset(),
    )
    return hints if hints != PollHints() else None


def _minutes(said: str) -> timedelta | None:
    if not re.fullmatch(r"[0-9]{1,7}(?:\.\d+)?", said):
        return None
    found = timedelta(minutes=int(said.partition(".")[0]))
    return min(found, _LONGEST) if found else None


def _every(period: str, frequency: str) -> timedelta | None:
    found = _PERIODS.get(period.lower())
    if found is None:
        return None
    times = int(frequency) if re.fullmatch(r"[0-9]{1,4}", frequency) and int(frequency) else 1
    return min(found / times, _LONGEST)
