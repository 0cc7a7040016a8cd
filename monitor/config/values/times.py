"""Lengths of time, rates and time zones."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Mapping
from datetime import timedelta, tzinfo
from functools import cache

from monitor.config.document import Integer
from monitor.config.expand import Expanded
from monitor.config.values.plain import as_text, bad, show, suggest
from monitor.core.settings import Pace, Rate

_UNITS = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_LENGTH = re.compile(r"(?:[0-9]{1,9}(?:ms|[smhdw]))+")
_WORDS = re.compile(r"([0-9]{1,9})\s*(ms|s|m|h|d|w)[a-z]*", re.IGNORECASE)
_KNOWN_WORDS = re.compile(
    r"[0-9]+\s*(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)", re.IGNORECASE
)
LONGEST = timedelta(days=36_500)
LENGTHS = "write 30s, 5m, 1h or 3d"


def as_length(value: object) -> timedelta:
    text = as_text(value, "a length of time").strip()
    if not _LENGTH.fullmatch(text):
        remedy = LENGTHS
        if _KNOWN_WORDS.fullmatch(text) and not isinstance(value, Expanded) and (words := _WORDS.match(text)):
            remedy = f"write {words[1]}{words[2].lower()}"
        elif isinstance(value, Integer):
            remedy = f"write {value.text}s for seconds, {value.text}m for minutes"
        shown = show(value) if isinstance(value, str) else f"'{text}'"
        raise bad(f"{shown} is not a length of time", remedy)
    try:
        total = sum((int(n) * _UNITS[unit] for n, unit in re.findall(r"([0-9]+)(ms|[smhdw])", text)), timedelta())
    except OverflowError:
        total = LONGEST + LONGEST
    if total > LONGEST:
        raise bad(f"{show(value)} is longer than a century", LENGTHS)
    return total


def at_least(least: timedelta, written: str) -> Callable[[object], timedelta]:
    def check(value: object) -> timedelta:
        length = as_length(value)
        if length < least:
            raise bad(f"{show(value)} is too short", f"write {written} or more")
        return length

    return check


def as_interval(value: object) -> timedelta | Pace:
    """`Pace.AUTO` for `auto`."""
    word = value.strip().lower() if isinstance(value, str) else ""
    if word == "auto":
        return Pace.AUTO
    if word in ("learn", "learnt", "learned", "adaptive") or suggest(word, ["auto"]):
        raise bad(f"{show(value)} is neither a length of time nor auto", "did you mean 'auto'?")
    return at_least(timedelta(seconds=1), "1s")(value)


def as_rate(value: object) -> Rate:
    text = as_text(value, "a rate").strip()
    found = re.fullmatch(r"([0-9]{1,9})\s*/\s*([0-9]*)\s*(ms|[smhdw])", text)
    remedy = "write 10/h, 5/10m or 3/d"
    if found is None:
        shown = show(value) if isinstance(value, str) else f"'{text}'"
        raise bad(f"{shown} is not a rate", remedy)
    count = int(found[1])
    period = as_length(f"{found[2] or 1}{found[3]}") if len(found[2]) < 10 else LONGEST + LONGEST
    if count < 1:
        raise bad(f"{show(value)} lets nothing through", f"{remedy}; to hold a rule back, remove it or silence it")
    if not timedelta(seconds=1) <= period <= timedelta(days=90):
        raise bad(f"the period of {show(value)} is out of bounds", "write a period between 1s and 90d")
    return Rate(count=count, period=period)


@cache
def _zones() -> Mapping[str, str]:
    """Last part of a name, lower case (`jakarta`) -> the name. Finding them all reads hundreds of files."""
    return {zone.rpartition("/")[2].lower(): zone for zone in sorted(zoneinfo.available_timezones())}


def as_zone(value: object) -> tzinfo:
    text = as_text(value, "a time zone").strip()
    try:
        return zoneinfo.ZoneInfo(text)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        pass
    key = text.lower().replace(" ", "_")
    by_city = _zones()
    guess = by_city.get(key) or suggest(key, by_city.values()) or by_city.get(suggest(key, by_city), "")
    remedy = f"did you mean '{guess}'?" if guess else "write an IANA name such as Asia/Jakarta, Europe/London or UTC"
    raise bad(f"{show(value)} is not a time zone", remedy)
