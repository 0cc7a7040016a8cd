"""Dates as publishers write them, in their languages. Pure: there is no clock, so "two hours ago" is no date here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from monitor.text.months import JOINED, MONTH_NAMES, fold_date

_OLDEST, _NEWEST = 1900, 2100
_MAX_LENGTH = 200

_HOURS: Mapping[str, float] = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2,
    "eet": 2, "eest": 3, "msk": 3, "мск": 3, "msd": 4, "trt": 3, "tsi": 3, "wat": 1, "cat": 2, "sast": 2, "eat": 3,
    "ast": -4, "adt": -3, "est": -5, "edt": -4, "et": -5, "cst": -6, "cdt": -5, "ct": -6, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7, "pt": -8, "akst": -9, "akdt": -8, "hst": -10, "nst": -3.5, "ndt": -2.5, "brt": -3, "art": -3,
    "clt": -4, "clst": -3, "cot": -5, "pet": -5, "irst": 3.5, "gst": 4, "pkt": 5, "ist": 5.5, "npt": 5.75, "ict": 7,
    "wib": 7, "wita": 8, "wit": 9, "sgt": 8, "myt": 8, "hkt": 8, "pht": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5,
    "acdt": 10.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
_AMERICAN = frozenset({"est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "pst", "pdt", "pt"})

_ISO = re.compile(
    r"(?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2})(?:[T ]+|t)"
    r"(?P<H>\d{1,2})(?::?(?P<M>\d{2})(?::?(?P<S>\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(?P<zone>z|[+-]\d{1,2}:?\d{2}|[+-]\d{2})?\s*(?:\[[\w/+-]+\])?",
    re.IGNORECASE,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MAIL = re.compile(
    rf"(?:[A-Z][a-z]{{2}}, )?(\d{{1,2}}) ({'|'.join(_MONTHS)}) (20\d\d) (\d\d):(\d\d):(\d\d) (GMT|[+-]\d{{4}})",
    re.ASCII,
)
"""RFC 822 to the letter, as most feeds have it."""
_ISO_DAY = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?)?(?P<zone>z|[+-]\d{2}:\d{2})?", re.IGNORECASE
)
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2}))?")
_ISO_WEEK = re.compile(r"(?P<y>\d{4})-?W(?P<w>\d{2})(?:-?(?P<d>[1-7]))?", re.IGNORECASE)
_ORDINAL = re.compile(r"(?P<y>\d{4})-(?P<n>\d{3})(?=$|T)", re.IGNORECASE)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_TIME = re.compile(
    r"(?<![\d:.])(?P<H>\d{1,2})(?::|h|\.(?=\d{2}(?:[^.\d]|$)))\s?(?P<M>\d{2})(?:[:.](?P<S>\d{2}))?(?:[.,]\d{1,9})?(?![\d:])"
    r"(?:\s*(?P<half>[apπμ]\.?\s?[mμ]\b\.?|[مص]\b))?",
    re.IGNORECASE,
)
_BARE_HOUR = re.compile(r"(?<![\d:.])(?P<H>\d{1,2})\s*(?P<half>[ap]\.?m\b\.?)", re.IGNORECASE)
_EAST_TIME = re.compile(
    r"(?P<half>上午|下午|오전|오후|午前|午後)?\s*(?P<H>\d{1,2})\s*[時时시點点:]\s*(?:(?P<M>\d{1,2})\s*[分분:]?)?(?:\s*(?P<S>\d{1,2})[秒초]?)?"
)
_HALF_BEFORE = re.compile(r"(上午|下午|오전|오후|午前|午後)\s*$")
_AFTERNOON = frozenset(["下午", "오후", "午後", "م"])
_KOREAN = re.compile(r"[년월일]|오전|오후")
_SEOUL = timezone(timedelta(hours=9))
_PLACE = re.compile(r"\b[A-Z][A-Za-z]{2,15}/[A-Z][A-Za-z_]{2,20}\b")
_GLUED = re.compile(r"(\d{4}):(?=\d{2}:\d{2})")
_EAST_DAY = re.compile(r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일号號]?")
_OFFSET = re.compile(
    r"(?:\b(?:gmt|utc|z))?\s*\(?(?<!\d)(?P<sign>[+-])(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?(?!\d)\)?", re.IGNORECASE
)
_WORDS = re.compile(r"(?:[^\W\d_]|[\u0900-\u0dff\u0e00-\u0eff])+")
"""Letters, and the signs of Indian and Thai scripts that are no letters to `re`."""
_NUMBERS = re.compile(r"\d+")
_NUMERIC_DAY = re.compile(r"(?<!\d)(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)")
_VIETNAMESE_MONTH = re.compile(r"\b(?:thang|thg)\s*(\d{1,2}|muoi mot|muoi hai|muoi|[a-z]+)\b")
_VIETNAMESE = {"gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
               "muoi": 10, "muoi mot": 11, "muoi hai": 12}  # fmt: skip


def parse_date(text: str, *, timezone: tzinfo | None = None) -> datetime | None:
    """The moment that `text` names, with the offset that it gives; without one it is taken in `timezone`, else UTC.
    None for what is no date, or lies outside 1900..2100. A bare day is its midnight."""
    text = " ".join(text[: _MAX_LENGTH + 1].split())
    if not text or len(text) > _MAX_LENGTH or not any(c.isdigit() for c in text):
        return None
    if not text.isascii():
        text = _ascii_digits(text)
        if timezone is None and _KOREAN.search(text):
            timezone = _SEOUL  # one country writes like this, and it has one zone
    try:
        found = _machine(text, timezone) or _written(text, timezone)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and _OLDEST <= found.year <= _NEWEST else None


def _machine(text: str, zone: tzinfo | None) -> datetime | None:
    """RFC 822, ISO 8601 in its forms, and seconds since 1970."""
    if found := _MAIL.fullmatch(text):
        clock = (int(found[4]), int(found[5]), int(found[6]))
        offset = timedelta() if found[7] == "GMT" else _offset(found[7])
        return _moment(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]), clock, offset, zone)
    if found := _ISO.fullmatch(text):
        clock = (int(found["H"]), int(found["M"] or 0), int(found["S"] or 0))
        return _moment(int(found["y"]), int(found["m"]), int(found["d"]), clock, _offset(found["zone"]), zone)
    if found := _ISO_DAY.fullmatch(text):
        day = int(found["d"] or 1)
        return _moment(int(found["y"]), int(found["m"] or 1), day, (0, 0, 0), _offset(found["zone"]), zone)
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    if found := _COMPACT.fullmatch(text):
        clock = (int(found["H"] or 0), int(found["M"] or 0), int(found["S"] or 0))
        return _moment(int(found["y"]), int(found["m"]), int(found["d"]), clock, None, zone)
    if found := _ISO_WEEK.fullmatch(text):
        day_of_week = datetime.fromisocalendar(int(found["y"]), int(found["w"]), int(found["d"] or 1))
        return day_of_week.replace(tzinfo=zone or UTC)
    if found := _ORDINAL.match(text):
        first = datetime(int(found["y"]), 1, 1, tzinfo=UTC) + timedelta(days=int(found["n"]) - 1)
        rest = text[found.end() :]
        return _machine(f"{first:%Y-%m-%d}{rest}", zone)
    return None


def _written(text: str, zone: tzinfo | None) -> datetime | None:
    """What people write: a day somewhere, perhaps a time, perhaps a zone."""
    folded = _GLUED.sub(r"\1 ", fold_date(text))
    for pair, joined in JOINED.items():
        folded = folded.replace(pair, joined)
    if east := _EAST_DAY.search(folded):
        time = _EAST_TIME.search(folded, east.end())
        clock = _clock(time) if time else (0, 0, 0)
        return _moment(int(east["y"]), int(east["m"]), int(east["d"]), clock, None, zone)
    time = _TIME.search(folded)
    if time and time["M"] and "." in time[0] and ":" not in time[0] and _NUMERIC_DAY.search(folded[: time.end() + 5]):
        # "13.02.2025": the beginning of a day is no time
        numeric = _NUMERIC_DAY.search(folded)
        if numeric and numeric.start() <= time.start() < numeric.end():
            time = _TIME.search(folded, numeric.end())
    time = time or _BARE_HOUR.search(folded)
    clock, offset, rest = (0, 0, 0), None, folded
    american = False
    if time:
        before = _HALF_BEFORE.search(folded[: time.start()])
        clock = _clock(time, before[1] if before else "")
        american = (time["half"] or "").isascii() and bool(time["half"])
        after = folded[time.end() :]
        if gap := _OFFSET.search(after):
            offset = _offset(gap["sign"] + gap["h"].rjust(2, "0") + (gap["m"] or "00"))
            after = after[: gap.start()] + " " + after[gap.end() :]
        elif names := [w for w in _WORDS.findall(after) if w in _HOURS]:
            offset = timedelta(hours=_HOURS[names[0]])
            american = american or names[0] in _AMERICAN
        elif place := _PLACE.search(text):
            zone = _zone_of(place[0]) or zone
        rest = folded[: time.start()] + " " + after
    day = _day(rest, american=american)
    return _moment(*day, clock, offset, zone) if day else None


def _day(text: str, *, american: bool) -> tuple[int, int, int] | None:
    if found := _NUMERIC_DAY.search(text):
        a, b, c = int(found[1]), int(found[3]), int(found[4])
        if len(found[1]) == 4:
            return a, b, c
        if len(found[1]) == 3:
            return None
        year = _full_year(c, len(found[4]))
        if len(found[1]) == len(found[4]) == 2 and not _likely(year) and _likely(_full_year(a, 2)) and b <= 12:
            return _full_year(a, 2), b, c
        month_first = b > 12 or (american and found[2] == "/" and a <= 12)
        return (year, a, b) if month_first else (year, b, a)
    month, place = 0, 0
    if found := _VIETNAMESE_MONTH.search(text):
        month = int(found[1]) if found[1].isdecimal() else _VIETNAMESE.get(found[1], 0)
        place = found.start()
        text = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
    else:
        words = [(m.start(), MONTH_NAMES[m[0]]) for m in _WORDS.finditer(text) if m[0] in MONTH_NAMES]
        if not words:
            return None
        # "mar. 4 feb. 2025": the weekday comes first
        place, month = words[-1] if len({m for _, m in words}) > 1 and _has_number_between(text, words) else words[0]
    numbers = [(m.start(), m[0]) for m in _NUMBERS.finditer(text)]
    years = [n for n in numbers if len(n[1]) == 4]
    days = [n for n in numbers if len(n[1]) <= 2 and 1 <= int(n[1]) <= 31]
    if not days:
        return None
    before = [n for n in days if n[0] < place]
    day = before[-1] if before and (place - before[-1][0] < 14) else days[0]
    if years:
        return int(years[0][1]), month, int(day[1])
    short = [n for n in numbers if n != day and len(n[1]) == 2 and n[0] > place]
    return (_full_year(int(short[0][1]), 2), month, int(day[1])) if short else None


def _has_number_between(text: str, words: list[tuple[int, int]]) -> bool:
    return any(c.isdigit() for c in text[words[0][0] : words[-1][0]])


def _clock(found: re.Match[str], before: str = "") -> tuple[int, int, int]:
    parts = found.groupdict()
    hour = int(parts["H"])
    half = (parts.get("half") or before).lower()
    if (half[:1] in "pμ" and half) or half in _AFTERNOON:
        hour = hour % 12 + 12 if hour <= 12 else hour
    elif half and hour == 12:
        hour = 0
    return hour, int(parts.get("M") or 0), int(parts.get("S") or 0)


def _moment(year: int, month: int, day: int, clock: tuple[int, int, int], offset: timedelta | None,
            zone: tzinfo | None) -> datetime:  # fmt: skip
    if 2400 <= year <= 2700:
        year -= 543  # the Buddhist era
    hour, minute, second = clock
    carry = timedelta(days=1) if (hour, minute) == (24, 0) else timedelta()
    where = zone or UTC
    if offset is not None:
        where = UTC if not offset else timezone(offset)
    return datetime(year, month, day, hour % 24 if carry else hour, minute, min(second, 59), tzinfo=where) + carry


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    if text in "zZ":
        return timedelta()
    digits = text[1:].replace(":", "").ljust(4, "0") if len(text) <= 3 else text[1:].replace(":", "").rjust(4, "0")
    gap = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if gap > timedelta(hours=15):
        return None  # nobody lives there: as good as no zone
    return -gap if text[0] == "-" else gap


def _zone_of(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _likely(year: int) -> bool:
    """Whether two digits mean that year rather than something else."""
    return 1990 <= year <= 2030


def _full_year(year: int, digits: int) -> int:
    if digits > 2:
        return year
    return 2000 + year if year < 70 else 1900 + year


def _ascii_digits(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).replace("−", "-")
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def http_date(text: str) -> datetime | None:
    """Of a header of HTTP."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
