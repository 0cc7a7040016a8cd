"""Comparisons with the time of publication."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.errors import QueryError
from monitor.matching import compile_rules, parse_query
from tests.unit.matching_help import item, rule

TAKEN_IN = datetime(2025, 2, 13, tzinfo=UTC)
"""When the items of `matching_help` are taken in."""


def _holds(comparison: str, published: datetime | None, zone: str = "UTC") -> bool:
    matcher = compile_rules([rule(match=f"nato published:{comparison}")], [], {}, (), ZoneInfo(zone))
    return bool(matcher.match(item("nato", published=published)))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("comparison", "published", "holds"),
    [
        (">2025-01-31", "2025-01-31T23:59:59", False),
        (">2025-01-31", "2025-02-01T00:00", True),
        (">=2025-01-31", "2025-01-31T00:00", True),
        (">=2025-01-31", "2025-01-30T23:59:59", False),
        ("<2025-01-31", "2025-01-30T23:59:59", True),
        ("<2025-01-31", "2025-01-31T00:00", False),
        ("<=2025-01-31", "2025-01-31T23:59:59", True),
        ("<=2025-01-31", "2025-02-01T00:00", False),
        ("2025-01-31", "2025-01-31T12:00", True),
        ("2025-01-31", "2025-02-01T00:00", False),
        ("2024-02", "2024-02-29T23:00", True),
        ("2024-02", "2024-03-01T00:00", False),
        ("2024", "2024-12-31T23:59", True),
        (">2024", "2024-12-31T23:59", False),
        (">=2025-02-01T10:00", "2025-02-01T10:00", True),
        (">2025-02-01T10:00", "2025-02-01T10:00", False),
        (">2025-02-01T10:00", "2025-02-01T10:00:01", True),
        ("<=2025-02-01T10:00:30Z", "2025-02-01T10:00:30", True),
        ("<2025-02-01T10:00+07:00", "2025-02-01T02:59", True),
        ("<2025-02-01T10:00+07:00", "2025-02-01T03:00", False),
    ],
)
def test_a_day_is_the_whole_of_it_and_a_moment_is_one(comparison: str, published: str, holds: bool) -> None:
    assert _holds(comparison, _at(published)) is holds


def test_a_day_begins_where_the_configuration_says() -> None:
    assert _holds(">2025-01-31", _at("2025-01-31T17:00"), "Asia/Jakarta")
    assert not _holds(">2025-01-31", _at("2025-01-31T16:59"), "Asia/Jakarta")


@pytest.mark.parametrize(
    ("comparison", "age", "holds"),
    [
        ("<7d", timedelta(days=7), False),
        ("<7d", timedelta(days=7, seconds=-1), True),
        ("<=7d", timedelta(days=7), True),
        (">7d", timedelta(days=7), False),
        (">7d", timedelta(days=7, seconds=1), True),
        (">=1w", timedelta(days=7), True),
        ("<1h30m", timedelta(minutes=89), True),
        ("<1h30m", timedelta(minutes=91), False),
        ("<7d", timedelta(days=-1), True),
    ],
)
def test_an_age_is_counted_back_from_when_the_article_was_taken_in(
    comparison: str, age: timedelta, holds: bool
) -> None:
    assert _holds(comparison, TAKEN_IN - age) is holds


def test_an_article_without_a_date_counts_as_published_when_it_was_taken_in() -> None:
    assert _holds("<1h", None)
    assert not _holds(">1h", None)
    assert _holds("2025-02-13", None)
    assert not _holds("<2025-02-13", None)


def test_a_time_gives_no_hit_and_can_be_denied() -> None:
    old = item("nato", published=TAKEN_IN - timedelta(days=9))
    (found,) = compile_rules([rule(match="nato NOT published:<7d")], [], {}).match(old)
    assert [hit.term for hit in found.hits] == ["nato"]


@given(st.text(st.sampled_from("0123456789-:TZ+<>=smhdw "), max_size=30))
def test_whatever_follows_published_is_a_time_or_is_refused(text: str) -> None:
    try:
        parse_query(f"nato published:{text}")
    except QueryError as refused:
        assert 0 <= refused.position <= 15 + len(text)  # noqa: PT017  # most texts are no error


@given(
    st.timedeltas(timedelta(days=-3), timedelta(days=3)).map(lambda shift: _at("2025-01-01") + shift),
    st.dates(date(2024, 12, 30), date(2025, 1, 3)),
)
def test_every_moment_is_before_within_or_after_a_day(published: datetime, day: date) -> None:
    held = [_holds(f"{sign}{day}", published) for sign in ("<", "", ">", "<=", ">=")]
    assert held[:3] == [published.date() < day, published.date() == day, published.date() > day]
    assert held[3:] == [held[0] or held[1], held[1] or held[2]]
