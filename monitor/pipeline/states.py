"""What a poll leaves in the state of its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.core.model import NewItem, Relation, SourceState
from monitor.core.ports import Trouble, Unreachable
from monitor.core.settings import SourceSettings
from monitor.health import Rhythm, next_poll, rhythm_of, with_arrivals
from monitor.health.condition import FAILING_AFTER

BACK_OFF_CEILING = timedelta(hours=1)
ONCE_A_DAY = timedelta(days=1)
"""How often a source is asked whose server says that it is gone for good."""


def back_off(every: timedelta, failures: int, asked: timedelta | None) -> timedelta:
    """The usual interval after the first failure, doubled with each further one in a row up to an hour (or the source's
    own interval, if that is longer); what the server asked for counts when it is longer, up to a day."""
    ceiling = max(every, BACK_OFF_CEILING)
    wait = min(every * float(2 ** min(max(failures - 1, 0), 16)), ceiling)
    return max(wait, min(asked, timedelta(days=1))) if asked is not None else wait


def after_failure(settings: SourceSettings, before: SourceState, answer: Unreachable, now: datetime) -> SourceState:
    failures = before.failures + 1
    wait = back_off(settings.every, failures, answer.retry_after)
    if answer.trouble is Trouble.GONE and failures >= FAILING_AFTER:
        wait = max(wait, ONCE_A_DAY)
    return replace(
        before,
        failures=failures,
        trouble=answer.trouble,
        polls=before.polls + 1,
        last_poll=now,
        last_error=f"{answer.trouble}: {answer.detail}",
        next_poll=now + wait,
    )


def after_success(settings: SourceSettings, before: SourceState, after: SourceState, fresh_for: timedelta | None,
                  now: datetime, *, unchanged: bool = False, saved: int = 0) -> SourceState:  # fmt: skip
    """`after` is `before` with what the source learnt by itself; `saved` are the bytes that a 304 stood for."""
    rhythm = None
    if after.usual_gap is not None and after.longest_gap is not None:
        rhythm = Rhythm(usual=after.usual_gap, longest=after.longest_gap)
    return replace(
        after,
        seeded=True,
        failures=0,
        trouble="",
        last_error="",
        polls=before.polls + 1,
        unchanged=before.unchanged + unchanged,
        bytes_saved=after.bytes_saved + saved,
        broken_polls=before.broken_polls + 1 if after.broken else 0,
        last_poll=now,
        last_success=now,
        next_poll=next_poll(
            settings, now, rhythm=rhythm, last_new=after.last_new, hints=after.hints, fresh_for=fresh_for
        ),
    )


def after_arrivals(state: SourceState, new: Sequence[NewItem], now: datetime) -> SourceState:
    """With what was taken in counted, and the rhythm that follows from it."""
    if not new:
        return state
    arrivals = with_arrivals(state.arrivals, (n.item.published for n in new), now)
    rhythm = rhythm_of(arrivals)
    return replace(
        state,
        arrivals=arrivals,
        usual_gap=rhythm.usual if rhythm else None,
        longest_gap=rhythm.longest if rhythm else None,
        last_new=now,
        taken_in=state.taken_in + len(new),
        duplicates=state.duplicates + sum(n.link.relation is not Relation.NEW for n in new),
    )
