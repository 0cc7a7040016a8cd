"""What is the matter with a source, in one word and with what helps."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from monitor.core.model import SourceState
from monitor.core.ports import Trouble
from monitor.core.settings import SourceSettings

FAILING_AFTER = 3
"""Polls in a row, before it is more than a hiccup."""
_LEAST_SILENCE = timedelta(hours=1)


class Condition(StrEnum):
    """Shown as it is. The first that applies, in the order of `condition_of`."""

    NEW = "new"
    """Not polled yet."""
    OK = "ok"
    HICCUP = "hiccup"
    """Failed, and not often enough to say more."""
    RETIRED = "retired"
    """Gone for good, says its server (410)."""
    BLOCKED = "blocked"
    """Its server answers, and keeps programs out."""
    DEAD = "dead"
    BROKEN = "broken"
    """A selector matches nothing, or a page that listed articles lists none."""
    SILENT = "silent"
    """Answers, and has brought nothing new for many times its usual gap."""

    @property
    def is_alarm(self) -> bool:
        return self not in (Condition.NEW, Condition.OK, Condition.HICCUP)


_KEPT_OUT = frozenset({Trouble.BLOCKED, Trouble.CHALLENGE, Trouble.JAVASCRIPT, Trouble.ROBOTS})


def condition_of(settings: SourceSettings, state: SourceState, now: datetime) -> Condition:
    if not state.polls:
        return Condition.NEW
    if state.failures:
        if state.failures < FAILING_AFTER:
            return Condition.HICCUP
        if state.trouble == Trouble.GONE:
            return Condition.RETIRED
        return Condition.BLOCKED if state.trouble in _KEPT_OUT else Condition.DEAD
    if state.broken and state.broken_polls >= FAILING_AFTER:
        return Condition.BROKEN
    return Condition.SILENT if is_silent(settings, state, now) else Condition.OK


def is_silent(settings: SourceSettings, state: SourceState, now: datetime) -> bool:
    """Nights, weekends and holidays are no silence: it has to be longer than anything that was seen, too."""
    if not settings.silent_after or state.last_new is None or state.usual_gap is None or state.longest_gap is None:
        return False
    patience = max(settings.silent_after * state.usual_gap, 1.5 * state.longest_gap, _LEAST_SILENCE)
    return now - state.last_new > patience


_REMEDIES = {
    Condition.RETIRED: "Their servers say that they are gone for good. They are asked once a day; take them out, or "
    "find what replaced them with `monitor discover`.",
    Condition.BLOCKED: "Their servers answer and keep this program out; the address is right. What may help stands "
    "behind each.",
    Condition.DEAD: "They are tried again, less and less often.",
    Condition.BROKEN: "The pages are read, and nothing is found on them: they were probably rebuilt. Look at "
    "`selectors`, or try without.",
    Condition.SILENT: "They answer, and bring nothing new, for much longer than usual. Perhaps the feed was given up; "
    "`monitor discover` finds others of the site.",
}


def remedy_of(condition: Condition) -> str:
    """What an operator is told about sources in this condition; '' for one that is no alarm."""
    return _REMEDIES.get(condition, "")
