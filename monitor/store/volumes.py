"""How often rules were mentioned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, case, func, select

from monitor.core.model import RuleId, Volume
from monitor.core.settings import Spike
from monitor.store import schema as s

_LEARNING = 2
"""Times the length of a spike that must be on record before anything is called usual."""


def volumes(connection: Connection, spikes: Mapping[RuleId, Spike], now: datetime) -> dict[RuleId, Volume]:
    if not spikes:
        return {}
    oldest = connection.execute(_OLDEST).scalar_one_or_none()
    found = {}
    for rule, spike in spikes.items():
        asked = {"rule": rule, "lately": now - spike.over, "since": now - spike.over - spike.baseline}
        lately, before = connection.execute(_COUNTS, asked).one()
        known = min(spike.baseline, now - spike.over - oldest) if oldest is not None else timedelta(0)
        usual = (before or 0) * (spike.over / known) if known >= _LEARNING * spike.over else None
        found[rule] = Volume(lately=lately or 0, usual=usual)
    return found


_OLDEST = select(func.min(s.items.c.taken_in))
_IS_LATE = s.items.c.taken_in > bindparam("lately")
_COUNTS = (
    select(func.sum(case((_IS_LATE, 1), else_=0)), func.sum(case((_IS_LATE, 0), else_=1)))
    .select_from(s.matches.join(s.items, s.items.c.id == s.matches.c.item))
    .where(s.matches.c.rule == bindparam("rule"), s.items.c.taken_in >= bindparam("since"))
)
