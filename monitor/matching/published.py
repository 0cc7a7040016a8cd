"""Times in queries: `published:>2025-01-31`, `published:<7d`."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import cast

from monitor.core.errors import QueryError
from monitor.matching.query import Published, Sign

_WRITTEN = re.compile(r"(?P<sign>[<>]=?|=?)(?P<when>[^\s()\"“”„<>=]*)")
_AGE = re.compile(r"(?:\d{1,9}[smhdw]){1,5}", re.IGNORECASE)
_PART = re.compile(r"(\d+)([smhdw])")
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?P<zone>Z|[+-]\d\d:\d\d)?)?)?)?",
    re.IGNORECASE,
)
_LONGEST = 36_525 * 86_400
_INSTANT = timedelta(microseconds=1)
_REMEDY = "write a day, a moment or an age: published:>=2025-02-01, published:>2025-02-01T10:00, published:<7d"


@dataclass(frozen=True, slots=True)
class Dated:
    """Published at `low` or later, and before `high`."""

    low: datetime | None
    high: datetime | None
    label: str


@dataclass(frozen=True, slots=True)
class Aged:
    """So old when it was taken in: `low` or more, and less than `high`."""

    low: timedelta | None
    high: timedelta | None
    label: str


def read_published(text: str, at: int, after: int) -> tuple[Published, int]:
    """What follows `published:`, which stands at `at` and ends at `after`, and where that ends."""
    found = _WRITTEN.match(text, after)
    assert found is not None
    sign = cast("Sign", found["sign"] if found["sign"] != "=" else "")
    node = Published(sign=sign, when=_spelt(found["when"]), position=at)
    if not node.when:
        raise QueryError("published: stands before nothing", position=at, remedy=f"{_REMEDY}, without a space")
    end = found.end()
    if end < len(text) and not text[end].isspace() and text[end] not in "()":
        raise QueryError("this is no time", position=after, remedy=_REMEDY)
    compiled(node, UTC)
    return node, end


def _spelt(when: str) -> str:
    return when.lower() if _AGE.fullmatch(when) else when.upper()


def compiled(node: Published, zone: tzinfo) -> Dated | Aged:
    """`zone` holds for times that name none. Raises `QueryError` for what is no time."""
    label = f"published:{node.sign}{node.when}"
    if _AGE.fullmatch(node.when):
        return Aged(*_age(node), label)
    found = _DATE.fullmatch(node.when)
    if found is None:
        raise QueryError(f"{node.when} is no time", position=node.position, remedy=_REMEDY)
    try:
        start, end = _span(found, zone)
    except ValueError:
        raise QueryError(f"there is no such time as {node.when}", position=node.position, remedy=_REMEDY) from None
    match node.sign:
        case ">":
            return Dated(end, None, label)
        case ">=":
            return Dated(start, None, label)
        case "<":
            return Dated(None, start, label)
        case "<=":
            return Dated(None, end, label)
        case "" if not found["hour"]:
            return Dated(start, end, label)
        case "":
            raise QueryError("nothing is published in one moment", position=node.position,
                             remedy=f"write published:>={node.when} or published:<{node.when}")  # fmt: skip


def _age(node: Published) -> tuple[timedelta | None, timedelta | None]:
    seconds = sum(int(count) * _SECONDS[unit] for count, unit in _PART.findall(node.when))
    if seconds > _LONGEST:
        raise QueryError("this is longer than 100 years", position=node.position, remedy=_REMEDY)
    age = timedelta(seconds=seconds)
    match node.sign:
        case "<":
            return None, age
        case "<=":
            return None, age + _INSTANT
        case ">":
            return age + _INSTANT, None
        case ">=":
            return age, None
        case "":
            remedy = f"published:<{node.when} is younger than that, published:>{node.when} older"
            raise QueryError("an age needs a comparison", position=node.position, remedy=remedy)


def _span(found: re.Match[str], zone: tzinfo) -> tuple[datetime, datetime]:
    """From its begin to its end, in UTC: of a year, a month or a day; of a moment the instant. Raises `ValueError`."""
    year, month, day = int(found["year"]), int(found["month"] or 1), int(found["day"] or 1)
    if not 1900 <= year <= 2999:
        raise ValueError(year)
    if found["hour"]:
        clock = (int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
        named = datetime.fromisoformat(f"2000-01-01T00:00{found['zone']}").tzinfo if found["zone"] else zone
        moment = datetime(year, month, day, *clock, tzinfo=named).astimezone(UTC)
        return moment, moment + _INSTANT
    start = datetime(year, month, day, tzinfo=zone)
    last = start
    if not found["month"]:
        last = start.replace(month=12, day=31)
    elif not found["day"]:
        last = start.replace(day=monthrange(year, month)[1])
    after = (last.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=zone)
    return start.astimezone(UTC), after.astimezone(UTC)
