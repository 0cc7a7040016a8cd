"""How often a source brings something new, and when it is worth asking again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

from monitor.core.model import PollHints
from monitor.core.settings import Pace, SourceSettings

KEPT = 30
"""Arrivals that are remembered: a day of a busy outlet, a month of a slow one."""
_ENOUGH = 5
"""Gaps that make a rhythm."""
_SAME = timedelta(seconds=60)
"""What comes so close together came together."""
SOONEST = timedelta(minutes=1)
LATEST = timedelta(hours=1)
"""Between these an interval is learnt; a server's wish is heard up to the later one."""
_WISH_OF_A_FEED = timedelta(minutes=30)
"""`ttl` and the syndication module come from a template that nobody looks at: they are heard up to this."""
_POLLS_PER_GAP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """Of the gaps between what a source brought: the median, and the longest. Nights are in the longest."""

    usual: timedelta
    longest: timedelta


def with_arrivals(arrivals: tuple[datetime, ...], new: Iterable[datetime | None], now: datetime
                  ) -> tuple[datetime, ...]:  # fmt: skip
    """The latest `KEPT` times at which something came, ascending, with those of new entries: when each was published,
    or now where it does not say so or names the future."""
    times = sorted({*arrivals, *(min(at, now) if at is not None else now for at in new)})
    kept: list[datetime] = []
    for at in times:
        if kept and at - kept[-1] < _SAME:
            continue
        kept.append(at)
    return tuple(kept[-KEPT:])


def rhythm_of(arrivals: tuple[datetime, ...]) -> Rhythm | None:
    """None until enough has come to tell."""
    gaps = [later - earlier for earlier, later in pairwise(arrivals)]
    if len(gaps) < _ENOUGH:
        return None
    return Rhythm(usual=timedelta(seconds=median(g.total_seconds() for g in gaps)), longest=max(gaps))


def next_poll(settings: SourceSettings, now: datetime, *, rhythm: Rhythm | None = None,
              last_new: datetime | None = None, hints: PollHints | None = None,
              fresh_for: timedelta | None = None) -> datetime:  # fmt: skip
    """After a success. `fresh_for` is the server's own word (`Cache-Control`, `Expires`) for how long its answer holds.
    A source's own `every` goes before all wishes; a wish that the rhythm proves wrong is cut to the rhythm."""
    if settings.pace is Pace.OWN:
        return now + settings.every
    interval = settings.every
    if settings.pace is Pace.AUTO and rhythm is not None:
        quiet = now - last_new if last_new is not None else timedelta()
        interval = max(rhythm.usual / _POLLS_PER_GAP, quiet / (3 * _POLLS_PER_GAP))
        interval = min(max(interval, SOONEST), LATEST)
    wish = _wish(hints, fresh_for)
    if rhythm is not None:
        wish = min(wish, max(rhythm.usual, SOONEST))
    at = now + max(interval, wish)
    return _outside(at, hints) if hints is not None else at


def _wish(hints: PollHints | None, fresh_for: timedelta | None) -> timedelta:
    wish = min(fresh_for or timedelta(), LATEST)
    if hints is not None:
        said = max(hints.ttl or timedelta(), hints.update_every or timedelta())
        wish = max(wish, min(said, _WISH_OF_A_FEED))
    return wish


def _outside(at: datetime, hints: PollHints) -> datetime:
    """The first moment from `at` on that is in no hour or day that the feed wants skipped; a feed that wants all of
    them skipped says nothing."""
    if len(hints.skip_hours) >= 24 or len(hints.skip_days) >= 7:
        return at
    moment = at.astimezone(UTC)
    for _ in range(24 * 7):
        if moment.hour not in hints.skip_hours and moment.weekday() not in hints.skip_days:
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at
