"""What statuses and headers mean."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.ports import Trouble
from monitor.fetch.answers import MAX_RETRY_AFTER, headers_of, plain_headers, retry_after, trouble_of
from monitor.fetch.errors import MAX_DETAIL, FetchError

DATE = "Tue, 03 Mar 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (204, Trouble.OTHER_STATUS), (302, Trouble.OTHER_STATUS), (400, Trouble.OTHER_STATUS), (401, Trouble.BLOCKED),
        (403, Trouble.BLOCKED), (404, Trouble.NOT_FOUND), (407, Trouble.NO_CONNECTION), (410, Trouble.GONE),
        (418, Trouble.OTHER_STATUS), (429, Trouble.TOO_MANY), (451, Trouble.BLOCKED), (500, Trouble.SERVER),
        (503, Trouble.SERVER), (599, Trouble.SERVER), (600, Trouble.OTHER_STATUS), (999, Trouble.OTHER_STATUS),
    ],
)  # fmt: skip
def test_each_status_has_its_trouble(status, trouble):
    assert trouble_of(status, {})[0] is trouble


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta(0)),
        ("Tue, 03 Mar 2026 10:30:00 GMT", timedelta(minutes=30)),
        ("Tue, 03 Mar 2026 09:00:00 GMT", timedelta(0)),
        ("99999999999999999999999999", MAX_RETRY_AFTER),
        ("Tue, 03 Mar 9999 10:00:00 GMT", MAX_RETRY_AFTER),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("1.5", None),
        ("٣", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date_by_the_servers_clock(value, wait):
    assert retry_after(httpx.Headers([(b"retry-after", value.encode()), (b"date", DATE.encode())])) == wait


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_retry_after_is_negative_or_endless(value, date):
    raw = [(b"retry-after", value.encode("utf-8", "replace")), (b"date", date.encode("utf-8", "replace"))]
    wait = retry_after(httpx.Headers(raw))
    assert wait is None or timedelta(0) <= wait <= MAX_RETRY_AFTER


def test_headers_lose_what_belonged_to_the_transfer():
    headers = httpx.Headers(
        [("ETag", '"1"'), ("Content-Encoding", "gzip"), ("Content-Length", "5"), ("Set-Cookie", "a=b"), ("Link", "<a>"),
         ("link", "<b>")]
    )  # fmt: skip
    assert dict(plain_headers(headers)) == {"etag": '"1"', "link": "<a>, <b>"}


@given(st.text())
def test_a_detail_is_one_line_of_bounded_length(text):
    detail = FetchError(Trouble.SERVER, text).answer().detail
    assert len(detail) <= MAX_DETAIL
    assert "\x1b" not in detail
    assert len(detail.splitlines()) <= 1


def test_headers_have_lower_case_names_and_any_bytes_are_read():
    raw = [(b"ETag", b'"1"'), (b"Link", b"<a>"), (b"LINK", b"<b>"), (b"X-Town", "Kyïv".encode()), (b"X-Old", b"\xe9")]
    assert headers_of(raw) == {"etag": '"1"', "link": "<a>, <b>", "x-town": "Kyïv", "x-old": "é"}
