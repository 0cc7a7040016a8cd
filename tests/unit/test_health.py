"""How sources do: when each is asked again, what is the matter with it, and what the operator hears."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import PollHints, SourceId, SourceState
from monitor.core.ports import Trouble
from monitor.core.settings import Pace, SourceSettings
from monitor.health import Condition, Rhythm, condition_of, next_poll, report_of, rhythm_of, spoken, with_arrivals
from monitor.health.rhythm import KEPT, LATEST, SOONEST

NOW = datetime(2025, 2, 13, 8, 30, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OWN = SourceSettings(id=SourceId("wire"), url="https://outlet.example/rss")
DEFAULT = replace(OWN, pace=Pace.DEFAULT)
AUTO = replace(OWN, pace=Pace.AUTO)
times = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants naive bounds


def every(gap: timedelta, count: int = 10) -> tuple[datetime, ...]:
    return tuple(NOW - gap * n for n in reversed(range(count)))


# --- rhythm ---------------------------------------------------------------------------------------------------------


def test_a_rhythm_is_the_usual_gap_and_the_longest() -> None:
    arrivals = (*every(10 * MINUTE)[:-1], NOW + 8 * HOUR)
    assert rhythm_of(arrivals) == Rhythm(usual=10 * MINUTE, longest=8 * HOUR + 10 * MINUTE)


def test_a_few_arrivals_make_no_rhythm() -> None:
    assert rhythm_of(every(HOUR, 5)) is None
    assert rhythm_of(every(HOUR, 6)) is not None


def test_what_came_together_is_one_arrival_and_the_future_is_now() -> None:
    new = [NOW - HOUR, NOW - HOUR + timedelta(seconds=20), NOW + DAY, None]
    assert with_arrivals((), new, NOW) == (NOW - HOUR, NOW)


@given(st.lists(times, max_size=80), st.lists(times | st.none(), max_size=80), times)
def test_arrivals_ascend_are_bounded_and_never_lie_ahead(
    old: list[datetime], new: list[datetime | None], now: datetime
) -> None:
    kept = with_arrivals(tuple(sorted(t for t in old if t <= now)), new, now)
    assert list(kept) == sorted(set(kept))
    assert len(kept) <= KEPT
    assert all(at <= now for at in kept)
    rhythm = rhythm_of(kept)
    assert rhythm is None or MINUTE <= rhythm.usual <= rhythm.longest


# --- the next poll --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hints", "fresh_for", "wait"),
    [
        (None, None, 5 * MINUTE),
        (PollHints(ttl=15 * MINUTE), None, 15 * MINUTE),
        (PollHints(update_every=20 * MINUTE), None, 20 * MINUTE),
        (PollHints(ttl=MINUTE), None, 5 * MINUTE),
        (PollHints(ttl=DAY), None, 30 * MINUTE),
        (None, 10 * MINUTE, 10 * MINUTE),
        (None, DAY, HOUR),
        (PollHints(ttl=20 * MINUTE), 25 * MINUTE, 25 * MINUTE),
    ],
)
def test_wishes_of_the_server_lengthen_a_default_interval(
    hints: PollHints | None, fresh_for: timedelta | None, wait: timedelta
) -> None:
    assert next_poll(DEFAULT, NOW, hints=hints, fresh_for=fresh_for) == NOW + wait
    assert next_poll(OWN, NOW, hints=hints, fresh_for=fresh_for) == NOW + OWN.every, "the operator's own word"


def test_a_wish_that_the_rhythm_proves_wrong_is_cut_to_the_rhythm() -> None:
    rhythm = Rhythm(usual=8 * MINUTE, longest=6 * HOUR)
    at = next_poll(DEFAULT, NOW, rhythm=rhythm, hints=PollHints(ttl=DAY), fresh_for=HOUR)
    assert at == NOW + 8 * MINUTE


def test_hours_and_days_to_skip_are_skipped() -> None:
    skip = PollHints(skip_hours=frozenset({8, 9}), skip_days=frozenset())
    assert next_poll(DEFAULT, NOW, hints=skip) == datetime(2025, 2, 13, 10, tzinfo=UTC)
    thursday = PollHints(skip_days=frozenset({3}))
    assert next_poll(DEFAULT, NOW, hints=thursday) == datetime(2025, 2, 14, tzinfo=UTC)
    assert next_poll(DEFAULT, NOW, hints=PollHints(skip_hours=frozenset(range(24)))) == NOW + DEFAULT.every
    assert next_poll(OWN, NOW, hints=skip) == NOW + OWN.every


def test_an_interval_is_learnt_from_the_rhythm() -> None:
    busy, slow = Rhythm(usual=2 * MINUTE, longest=HOUR), Rhythm(usual=2 * DAY, longest=9 * DAY)
    assert next_poll(AUTO, NOW) == NOW + AUTO.every, "where it begins"
    assert next_poll(AUTO, NOW, rhythm=busy, last_new=NOW) == NOW + SOONEST
    assert next_poll(AUTO, NOW, rhythm=Rhythm(usual=HOUR, longest=DAY), last_new=NOW) == NOW + 15 * MINUTE
    assert next_poll(AUTO, NOW, rhythm=slow, last_new=NOW) == NOW + LATEST


def test_a_source_that_has_gone_quiet_is_asked_less_often() -> None:
    rhythm = Rhythm(usual=4 * MINUTE, longest=HOUR)
    waits = [next_poll(AUTO, NOW, rhythm=rhythm, last_new=NOW - n * HOUR) - NOW for n in (0, 1, 6, 48)]
    assert waits == sorted(waits)
    assert waits[0] == MINUTE
    assert waits[-1] == LATEST


@given(st.builds(PollHints, ttl=st.none() | st.timedeltas(timedelta(), timedelta(days=400)),
                 skip_hours=st.frozensets(st.integers(0, 23)), skip_days=st.frozensets(st.integers(0, 6))),
       st.sampled_from(Pace), times)  # fmt: skip
def test_there_is_always_a_next_poll(hints: PollHints, pace: Pace, now: datetime) -> None:
    at = next_poll(replace(OWN, pace=pace), now, hints=hints)
    assert now + OWN.every <= at <= now + 8 * DAY
    everything = len(hints.skip_hours) == 24 or len(hints.skip_days) == 7
    if pace is not Pace.OWN and not everything:
        assert at.hour not in hints.skip_hours
        assert at.weekday() not in hints.skip_days


# --- conditions -----------------------------------------------------------------------------------------------------

WELL = SourceState(
    source=OWN.id, polls=9, last_new=NOW - HOUR, usual_gap=20 * MINUTE, longest_gap=7 * HOUR, last_success=NOW
)


def failed(times: int, trouble: Trouble) -> SourceState:
    return replace(WELL, failures=times, trouble=trouble, last_error=f"{trouble}: says no")


@pytest.mark.parametrize(
    ("state", "condition"),
    [
        (SourceState(source=OWN.id), Condition.NEW),
        (WELL, Condition.OK),
        (failed(2, Trouble.SERVER), Condition.HICCUP),
        (failed(3, Trouble.SERVER), Condition.DEAD),
        (failed(3, Trouble.NO_SUCH_HOST), Condition.DEAD),
        (failed(3, Trouble.GONE), Condition.RETIRED),
        (failed(3, Trouble.BLOCKED), Condition.BLOCKED),
        (failed(4, Trouble.CHALLENGE), Condition.BLOCKED),
        (failed(9, Trouble.JAVASCRIPT), Condition.BLOCKED),
        (failed(9, Trouble.ROBOTS), Condition.BLOCKED),
        (replace(WELL, broken="nothing matches", broken_polls=2), Condition.OK),
        (replace(WELL, broken="nothing matches", broken_polls=3), Condition.BROKEN),
        (replace(WELL, last_new=NOW - 10 * HOUR), Condition.OK),  # no longer than a night
        (replace(WELL, last_new=NOW - 11 * HOUR), Condition.SILENT),
        (replace(WELL, last_new=NOW - 30 * DAY, usual_gap=None, longest_gap=None), Condition.OK),
    ],
)
def test_a_source_is_in_one_condition(state: SourceState, condition: Condition) -> None:
    assert condition_of(OWN, state, NOW) is condition


def test_silence_can_be_left_alone_or_awaited_longer() -> None:
    state = replace(WELL, last_new=NOW - 2 * DAY)
    assert condition_of(OWN, state, NOW) is Condition.SILENT
    assert condition_of(replace(OWN, silent_after=0), state, NOW) is Condition.OK
    assert condition_of(replace(OWN, silent_after=200), state, NOW) is Condition.OK


# --- what the operator hears ----------------------------------------------------------------------------------------


def named(name: str, state: SourceState) -> tuple[SourceSettings, SourceState]:
    return replace(OWN, id=SourceId(name)), replace(state, source=SourceId(name))


def test_all_that_is_wrong_comes_in_one_message_with_what_helps() -> None:
    report = report_of(
        [
            named("well", WELL),
            named("gone", failed(3, Trouble.NO_SUCH_HOST)),
            named("wall", failed(5, Trouble.CHALLENGE)),
            named("page", replace(WELL, broken="nothing matches the selector item: 'article'", broken_polls=4)),
            named("calm", replace(WELL, last_new=NOW - 3 * DAY)),
            named("over", failed(3, Trouble.GONE)),
            named("move", replace(WELL, moved=True, moved_to="https://new.example/rss")),
        ],
        NOW,
    )
    assert report.subject == (
        "6 sources: 1 can't be read, 1 blocked, 1 gone for good, 1 read, and nothing found, 1 silent, 1 moved"
    )
    for words in (
        "gone: no_such_host: says no (3 times in a row)",
        "wall: challenge: says no",
        "page: nothing matches the selector item: 'article'",
        "calm: nothing new for 3 d, usually something every 20 min",
        "over: gone: says no",
        "move: https://new.example/rss",
    ):
        assert words in report.text
    assert "well" not in report.told
    assert report.told["wall"] == ("blocked",)


def test_nothing_is_said_twice_and_again_when_it_comes_again() -> None:
    dead = failed(3, Trouble.SERVER)
    told = replace(dead, told=("dead",))
    assert report_of([named("a", dead)], NOW).told == {"a": ("dead",)}
    assert report_of([named("a", replace(told, failures=8))], NOW).text == ""
    over = report_of([named("a", replace(WELL, told=("dead",)))], NOW)
    assert (over.text, over.told) == ("", {"a": ()})


def test_a_source_that_is_silent_and_hiccups_is_not_silent_anew() -> None:
    hiccup = replace(failed(1, Trouble.SERVER), told=("silent",))
    assert report_of([named("a", hiccup)], NOW).told == {}


def test_another_kind_of_trouble_is_told_anew() -> None:
    state = replace(failed(4, Trouble.BLOCKED), told=("dead",))
    report = report_of([named("a", state)], NOW)
    assert "Blocked:" in report.text
    assert report.told == {"a": ("blocked",)}


def test_a_long_list_is_cut() -> None:
    report = report_of([named(f"s{n}", failed(3, Trouble.TIMEOUT)) for n in range(100)], NOW)
    assert report.subject == "100 sources: 100 can't be read"
    assert "… and 70 more" in report.text
    assert len(report.told) == 100


@pytest.mark.parametrize(
    ("length", "words"), [(timedelta(seconds=40), "40 s"), (20 * MINUTE, "20 min"), (5 * HOUR, "5 h"), (3 * DAY, "3 d")]
)
def test_lengths_of_time_are_spoken(length: timedelta, words: str) -> None:
    assert spoken(length) == words
