from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.dates import parse_date

WIB = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thu, 13 Feb 2025 10:14:05 +0700", datetime(2025, 2, 13, 10, 14, 5, tzinfo=WIB)),
        ("Thu, 13 Feb 2025 10:14 WIB", datetime(2025, 2, 13, 10, 14, tzinfo=WIB)),
        ("13 Feb 25 10:14:05 GMT", datetime(2025, 2, 13, 10, 14, 5, tzinfo=UTC)),
        ("2025-02-13T10:14:05.123456+07:00", datetime(2025, 2, 13, 10, 14, 5, tzinfo=WIB)),
        ("2025-02-13T10:14Z", datetime(2025, 2, 13, 10, 14, tzinfo=UTC)),
        ("2025-02-13 10:14:05 +0700", datetime(2025, 2, 13, 10, 14, 5, tzinfo=WIB)),
        ("20250213T101405Z", datetime(2025, 2, 13, 10, 14, 5, tzinfo=UTC)),
        ("2025-044", datetime(2025, 2, 13, tzinfo=UTC)),
        ("1739441645", datetime(2025, 2, 13, 10, 14, 5, tzinfo=UTC)),
        ("1739441645000", datetime(2025, 2, 13, 10, 14, 5, tzinfo=UTC)),
        ("Thu, 13 Feb 2025 24:00:00 GMT", datetime(2025, 2, 14, tzinfo=UTC)),
        ("Thu, 13 Feb 2025 10:14:60 GMT", datetime(2025, 2, 13, 10, 14, 59, tzinfo=UTC)),
        ("February 13, 2025 at 5:14 p.m. EST", datetime(2025, 2, 13, 22, 14, tzinfo=UTC)),
        ("2/13/2025 10:14 AM", datetime(2025, 2, 13, 10, 14, tzinfo=UTC)),
        ("13/02/2025 10:14", datetime(2025, 2, 13, 10, 14, tzinfo=UTC)),
        ("Wed, 5 Mar 2025 10:14:00 GMT+7", datetime(2025, 3, 5, 10, 14, tzinfo=WIB)),
        ("Thursday, 13-Feb-25 10:14:05 GMT", datetime(2025, 2, 13, 10, 14, 5, tzinfo=UTC)),
        ("Thu Feb 13 10:14:05 2025", datetime(2025, 2, 13, 10, 14, 5, tzinfo=UTC)),
        ("Thu Feb 13 10:14:05 EST 2025", datetime(2025, 2, 13, 15, 14, 5, tzinfo=UTC)),
        ("Thu Feb 13 10:14:05 +0700 2025", datetime(2025, 2, 13, 10, 14, 5, tzinfo=WIB)),
        ("Thu Feb 13 2025 10:14:05 GMT+0700 (Western Indonesia Time)", datetime(2025, 2, 13, 10, 14, 5, tzinfo=WIB)),
        ("Thu, 13 Feb 2025 10:14:05 +07:00", datetime(2025, 2, 13, 10, 14, 5, tzinfo=WIB)),
        ("Thu, 13 Feb 2025 10:14:05 Asia/Jakarta", datetime(2025, 2, 13, 10, 14, 5, tzinfo=WIB)),
        ("2025-02-13T10:14:05 Nowhere/Atlantis", datetime(2025, 2, 13, 10, 14, 5, tzinfo=UTC)),
        ("Thu, 13 Feb 2025 03:14:05 Etc/GMT", datetime(2025, 2, 13, 10, 14, 5, tzinfo=WIB)),
        ("Thu, 13 Feb 2025 10:14:05 AM +0700", datetime(2025, 2, 13, 10, 14, 5, tzinfo=WIB)),
        ("13/Feb/2025:10:14:05 +0700", datetime(2025, 2, 13, 10, 14, 5, tzinfo=WIB)),
        ("2025-02-13 10:14:05 +0700 WIB", datetime(2025, 2, 13, 10, 14, 5, tzinfo=WIB)),
        ("2025-02-13 10:14:05 EST", datetime(2025, 2, 13, 15, 14, 5, tzinfo=UTC)),
        ("Fri, 2025/02/14 08:19:53 EDT", datetime(2025, 2, 14, 12, 19, 53, tzinfo=UTC)),
        ("2025-02-13T10Z", datetime(2025, 2, 13, 10, tzinfo=UTC)),
        ("2025-02-13T9:15-05:00", datetime(2025, 2, 13, 14, 15, tzinfo=UTC)),
        ("20250213", datetime(2025, 2, 13, tzinfo=UTC)),
        ("20250213101405", datetime(2025, 2, 13, 10, 14, 5, tzinfo=UTC)),
        ("03-12-31", datetime(2003, 12, 31, tzinfo=UTC)),
        ("13-02-25", datetime(2025, 2, 13, tzinfo=UTC)),
        ("2025-02", datetime(2025, 2, 1, tzinfo=UTC)),
        ("January 1st, 2025", datetime(2025, 1, 1, tzinfo=UTC)),
        ("26 มี.ค. 2568", datetime(2025, 3, 26, tzinfo=UTC)),
        ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", datetime(2004, 7, 11, 17, tzinfo=UTC)),
        ("2004년 05월 28일  01:31:15", datetime(2004, 5, 27, 16, 31, 15, tzinfo=UTC)),
        ("26 tháng mười một 2012", datetime(2012, 11, 26, tzinfo=UTC)),
    ],
)
def test_machine_and_english_forms(text: str, expected: datetime) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kamis, 13 Februari 2025 10:14",
        "Jueves, 13 de febrero de 2025 - 10:14",
        "jeudi 13 février 2025 à 10h14",
        "Donnerstag, 13. Februar 2025, 10.14 Uhr",
        "13 de fevereiro de 2025 às 10:14",
        "giovedì 13 febbraio 2025 ore 10:14",
        "13 февраля 2025, 10:14",
        "13 лютого 2025, 10:14",
        "13 Şubat 2025 Perşembe 10:14",
        "13 فبراير 2025 10:14",
        "١٣ فبراير ٢٠٢٥ 10:14",
        "13 شباط 2025 10:14",
        "donderdag 13 feb. 2025 10:14",
        "13 lutego 2025, godz. 10:14",
        "13. února 2025 10:14",
        "13 februarie 2025, 10:14",
        "13 Φεβρουαρίου 2025 10:14",
        "13. helmikuuta 2025 10:14",
        "2025. február 13. 10:14",
        "2025年2月13日 10:14",
        "2025년 2월 13일 오후 7:14",
        "2025-02-13 오후 7:14:00",
        "2025-02-13 上午 10:14",
        "2025年2月13日10时14分00秒",
        "2025年2月13日(木) 10時14分",
        "13 فبراير، 2025 - 10:14 ص",
        "13 ก.พ. 2568 10:14",
        "Ngày 13 tháng hai 2025 10:14",
        "2025. gada 13. februaris 10:14",
        "13 vasario 2025 10:14",
        "13 shkurt 2025 10:14",
        "13. veljace 2025. 10:14",
        "13 de febrer de 2025 10:14",
        "13 fevral 2025 10:14",
        "13 ақпан 2025 10:14",
        "13 თებერვალი 2025 10:14",
        "13 փետրվարի 2025 10:14",
        "13 فروری 2025 10:14",
        "13 பிப்ரவரி 2025 10:14",
        "13 ఫిబ్రవరి 2025 10:14",
        "13 फेब्रुवारी 2025 10:14",
        "Kam, 13 Feb 2025 10:14:00",
        "2025-február-13T10:14",
        "13 tháng 2, 2025 10:14",
        "13 กุมภาพันธ์ 2568 10:14",
        "13 फरवरी 2025 10:14",
        "13.02.2025 10:14",
    ],
)
def test_a_moment_is_read_in_the_readers_languages(text: str) -> None:
    assert parse_date(text) == datetime(2025, 2, 13, 10, 14, tzinfo=UTC)


def test_a_weekday_that_looks_like_a_month_is_none() -> None:
    assert parse_date("mar. 4 feb. 2025") == datetime(2025, 2, 4, tzinfo=UTC)


def test_the_offset_of_the_source_is_kept() -> None:
    moment = parse_date("2025-02-13T10:14:05-05:00", timezone=ZoneInfo("Asia/Jakarta"))
    assert moment is not None
    assert moment.utcoffset() == timedelta(hours=-5)


def test_a_time_without_a_zone_is_taken_where_the_source_is() -> None:
    moment = parse_date("13 Februari 2025 10:14", timezone=ZoneInfo("Asia/Jakarta"))
    assert moment == datetime(2025, 2, 13, 3, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "12345",
        "123456",
        "99999999",
        "31 Feb 2025",
        "Thu, 13 Feb 2025 25:14:05 GMT",
        "0000-00-00",
        "2025-13-45",
        "0001-01-01",
        "13 Feb 9999",
        "12",
        "Chapter 12, page 2025",
        "5 hours ago",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    moment = parse_date(text)
    assert moment is None or moment.tzinfo is not None


@given(
    st.datetimes(datetime.fromisoformat("1971-01-01"), datetime.fromisoformat("2099-01-01")),
    st.integers(-12 * 60, 14 * 60),
)
def test_what_a_machine_writes_is_read_back(moment: datetime, minutes: int) -> None:
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert parse_date(aware.isoformat()) == aware
    assert parse_date(f"{aware:%a, %d %b %Y %H:%M:%S %z}") == aware
