"""What a source learns of its server: moves, validators that lie, how long answers hold, and what stands in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import Document, Entry, Secret, SourceId, SourceState
from monitor.core.ports import RobotsCheck
from monitor.core.settings import SourceSettings
from monitor.extract.obstacles import challenge_of, is_empty_shell
from monitor.sources import moves, trust
from monitor.sources.requests import fresh_for, request_for

NOW = datetime(2025, 2, 13, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
OLD, NEW, OTHER = "https://outlet.example/rss", "https://outlet.example/feed", "https://else.example/feed"
SOURCE = SourceSettings(id=SourceId("wire"), url=OLD)
STATE = SourceState(source=SOURCE.id, url=OLD)


def after(state: SourceState, *answers: tuple[float, str]) -> SourceState:
    """`answers`: at which day permanent redirects led where."""
    for day, moved_to in answers:
        state = moves.noted(SOURCE, state, moved_to, NOW + DAY * day)
    return state


# --- moves ----------------------------------------------------------------------------------------------------------


def test_a_move_counts_after_days_and_several_polls() -> None:
    assert not after(STATE, *[(n / 100, NEW) for n in range(50)]).moved, "fifty times within half a day"
    assert not after(STATE, (0, NEW), (9, NEW)).moved, "twice in nine days"
    state = after(STATE, (0, NEW), (0.5, NEW), (1, NEW), (1.5, NEW), (2, NEW))
    assert state.moved
    assert moves.address(SOURCE, state) == NEW


@pytest.mark.parametrize("between", ["", OTHER])
def test_a_move_that_wavers_begins_anew(between: str) -> None:
    state = after(STATE, (0, NEW), (1, NEW), (2, NEW), (3, between), (4, NEW), (4.5, NEW), (5, NEW))
    assert not state.moved
    assert moves.address(SOURCE, state) == OLD


def test_what_has_moved_is_asked_at_its_new_address_and_may_move_on() -> None:
    moved = after(STATE, *[(n, NEW) for n in range(5)])
    assert after(moved, (6, ""), (7, "")) == moved
    further = after(moved, (6, OTHER))
    assert (further.moved, further.moved_to) == (False, OTHER)


def test_a_new_address_that_fails_is_doubted() -> None:
    moved = after(STATE, *[(n, NEW) for n in range(5)])
    asked = [moves.address(SOURCE, replace(moved, failures=n)) for n in range(7)]
    assert asked == [NEW, NEW, NEW, OLD, NEW, OLD, NEW]
    back = moves.noted(SOURCE, replace(moved, failures=3), "", NOW + 9 * DAY)
    assert (back.moved, back.moved_to) == (False, "")


# --- validators -----------------------------------------------------------------------------------------------------

READ = replace(
    STATE, etag='"1"', last_modified="x", marks=(1, 2, 3), last_full=NOW - timedelta(hours=2), last_poll=NOW, polls=7
)


def entry(hours_ago: float) -> Entry:
    return Entry(title="Late", published=NOW - timedelta(hours=hours_ago))


def test_validators_are_sent_but_now_and_then() -> None:
    assert trust.sends_validators(SOURCE, READ, NOW)
    assert not trust.sends_validators(SOURCE, replace(READ, polls=trust.FULL_FETCH_EVERY - 1), NOW)
    assert not trust.sends_validators(SOURCE, replace(READ, last_full=NOW - DAY), NOW)
    assert not trust.sends_validators(SOURCE, replace(READ, validators_lie=True), NOW)
    assert not trust.sends_validators(replace(SOURCE, validators=False), READ, NOW)


@pytest.mark.parametrize(
    ("before", "etag", "document", "validated", "lied"),
    [
        (READ, '"1"', Document(entries=(entry(0.1),), marks=(9, 1, 2), is_partial=True), False, True),
        (READ, '"1"', Document(entries=(), marks=(1, 2)), False, False),  # nothing new was hidden
        (READ, '"1"', Document(entries=(entry(0.1),), marks=(9, 1), is_partial=True), True, False),
        (READ, '"2"', Document(entries=(entry(0.1),), marks=(9, 1), is_partial=True), False, False),
        (READ, '"2"', Document(entries=(entry(1),), marks=(9, 1), is_partial=True), False, True),  # out for an hour
        (READ, '"2"', Document(entries=(entry(5),), marks=(9, 1), is_partial=True), False, False),  # re-dated, or late
        (replace(READ, failures=1), '"2"', Document(entries=(entry(1),), marks=(9,), is_partial=True), False, False),
        (replace(READ, marks=()), '"1"', Document(entries=(entry(1),), marks=(9,)), False, False),
    ],
)
def test_a_server_is_caught_lying_about_its_validators(
    before: SourceState, etag: str, document: Document, validated: bool, lied: bool
) -> None:
    assert trust.is_betrayed(before, replace(before, etag=etag), document, validated=validated) is lied


# --- how a source asks ----------------------------------------------------------------------------------------------


def test_a_login_is_sent_to_its_own_host_only() -> None:
    source = replace(
        SOURCE, username="désk", password=Secret("s3"), user_agent="newsdesk", headers={"X-A": Secret("1")}
    )
    own, other = request_for(source, OLD), request_for(source, OTHER)
    assert own.headers["Authorization"].reveal() == "Basic ZMOpc2s6czM="
    assert set(own.headers) == {"X-A", "Authorization"}
    assert (other.headers, other.user_agent) == ({}, "newsdesk")
    assert "s3" not in repr(own)


def test_pages_are_asked_for_after_robots_txt() -> None:
    assert request_for(SOURCE, OLD).robots is RobotsCheck.PAGES
    assert request_for(SOURCE, OLD, page=True).robots is RobotsCheck.ALWAYS
    assert request_for(replace(SOURCE, robots=False), OLD, page=True).robots is RobotsCheck.NEVER


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "max-age=600", "age": "100"}, 500),
        ({"cache-control": "max-age=600", "age": "700"}, None),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"cache-control": "max-age=0, must-revalidate"}, None),
        ({"cache-control": 'private, max-age="60"'}, 60),
        ({"cache-control": "s-maxage=60"}, None),
        ({"expires": "Thu, 13 Feb 2025 08:10:00 GMT", "date": "Thu, 13 Feb 2025 08:00:00 GMT"}, 600),
        ({"expires": "Thu, 13 Feb 2025 07:10:00 GMT", "date": "Thu, 13 Feb 2025 08:00:00 GMT"}, None),
        ({"expires": "0", "date": "Thu, 13 Feb 2025 08:00:00 GMT"}, None),
        ({"expires": "Thu, 13 Feb 2025 08:10:00 GMT"}, None),
    ],
)
def test_how_long_an_answer_holds(headers: dict[str, str], seconds: int | None) -> None:
    assert fresh_for(headers) == (None if seconds is None else timedelta(seconds=seconds))


@given(st.dictionaries(st.sampled_from(["cache-control", "age", "expires", "date"]), st.text(max_size=60)))
def test_no_header_is_too_odd(headers: dict[str, str]) -> None:
    found = fresh_for(headers)
    assert found is None or found > timedelta()


# --- what stands in the way -----------------------------------------------------------------------------------------

ARTICLES = b"<html><body>" + b"".join(b"<a href='/a/%d'>A headline of some length %d</a>" % (n, n) for n in range(30))


@pytest.mark.parametrize(
    ("status", "headers", "body", "whose"),
    [
        (403, {"cf-mitigated": "challenge"}, b"", "Cloudflare"),
        (503, {}, b"<html><title>Just a moment...</title><script>_cf_chl_opt={}</script>", "Cloudflare"),
        (200, {}, b"<html><script src='https://ct.captcha-delivery.com/c.js'></script>", "DataDome"),
        (200, {}, b"<html><iframe src='/_Incapsula_Resource?x=1'></iframe>", "Imperva"),
        (403, {}, b"<h1>Access Denied</h1> Reference https://errors.edgesuite.net/18.2d", "Akamai"),
        (200, {}, b"<title>Are you a human?</title>", "a captcha"),
        (403, {}, b"<h1>Forbidden</h1>", ""),
        (200, {}, ARTICLES + b"<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>", ""),
        (200, {}, b"", ""),
    ],
)
def test_a_check_for_browsers_is_told_from_a_refusal(
    status: int, headers: dict[str, str], body: bytes, whose: str
) -> None:
    assert challenge_of(status, headers, body) == whose


@pytest.mark.parametrize(
    ("body", "empty"),
    [
        (b"<html><body><div id='root'></div><script src='/app.js'></script></body></html>", True),
        (b"<div id=__next></div><noscript>You need to enable JavaScript to run this app.</noscript><script></script>",
         True),
        (b"<app-root></app-root><script src=main.js></script>", True),
        (ARTICLES + b"<div id='root'></div><script src='/app.js'></script>", False),
        (b"<div id='root'>" + b"<p>Words that are shown without any script. </p>" * 20 + b"</div><script></script>",
         False),
        (b"<html><body><p>Under construction</p></body></html>", False),
        (b"", False),
    ],
)  # fmt: skip
def test_a_page_that_only_scripts_fill_is_seen(body: bytes, empty: bool) -> None:
    assert is_empty_shell(body) is empty


@given(st.binary(max_size=400), st.sampled_from([200, 403, 503]))
def test_no_body_is_too_odd(body: bytes, status: int) -> None:
    challenge_of(status, {}, body + b"<div id=app><script>" + body)
    is_empty_shell(body + b"<div id=app><script>" + body)
