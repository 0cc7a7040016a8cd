"""What an operator is told of sources: once for each condition, all of them in one message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.core.model import SourceId, SourceState
from monitor.core.settings import SourceSettings
from monitor.health.condition import Condition, condition_of, remedy_of

MOVED = "moved"
"""Stands among the conditions told of: no alarm, but a word to whoever keeps the configuration."""
_AT_MOST = 30
"""Sources of one condition that are named."""
_HEADS = {
    Condition.DEAD.value: "can't be read",
    Condition.BLOCKED.value: "blocked",
    Condition.RETIRED.value: "gone for good",
    Condition.BROKEN.value: "read, and nothing found",
    Condition.SILENT.value: "silent",
    MOVED: "moved",
}
_MOVED_REMEDY = (
    "Their servers have redirected for good, for days; they are read at the new address. Put it into the file."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesReport:
    subject: str = ""
    text: str = ""
    """'' when there is nothing new to say."""
    told: Mapping[SourceId, tuple[str, ...]] = field(default_factory=dict)
    """What each of these sources is to be marked with, once the text is out; others stay as they are."""


def report_of(sources: Iterable[tuple[SourceSettings, SourceState]], now: datetime) -> SourcesReport:
    found: defaultdict[str, list[str]] = defaultdict(list)
    told: dict[SourceId, tuple[str, ...]] = {}
    for settings, state in sources:
        current = _current(settings, state, now)
        if not current and not state.told:
            continue
        for name in current:
            if name not in state.told:
                found[name].append(_line(name, state, now))
        if current != state.told:
            told[settings.id] = current
    count = sum(len(lines) for lines in found.values())
    parts = [f"{len(found[n])} {head}" for n, head in _HEADS.items() if n in found]
    return SourcesReport(
        subject=f"{count} source{'s' * (count > 1)}: {', '.join(parts)}" if count else "",
        text="\n\n".join(_section(name, found[name]) for name in _HEADS if name in found),
        told=told,
    )


def _current(settings: SourceSettings, state: SourceState, now: datetime) -> tuple[str, ...]:
    condition = condition_of(settings, state, now)
    alarm: tuple[str, ...] = (condition.value,) if condition.is_alarm else ()
    if condition is Condition.HICCUP:  # what was told before is not over for one failure of another kind
        alarm = tuple(name for name in state.told if name != MOVED)
    return (*alarm, MOVED) if state.moved else alarm


def _line(name: str, state: SourceState, now: datetime) -> str:
    match name:
        case Condition.BROKEN:
            return f"{state.source}: {state.broken}"
        case Condition.SILENT if state.last_new is not None and state.usual_gap is not None:
            return (
                f"{state.source}: nothing new for {spoken(now - state.last_new)}, "
                f"usually something every {spoken(state.usual_gap)}"
            )
        case "moved":
            return f"{state.source}: {state.moved_to}"
        case _:
            return f"{state.source}: {state.last_error} ({state.failures} times in a row)"


def _section(name: str, lines: list[str]) -> str:
    shown = lines[:_AT_MOST]
    if len(lines) > _AT_MOST:
        shown.append(f"… and {len(lines) - _AT_MOST} more")
    remedy = _MOVED_REMEDY if name == MOVED else remedy_of(Condition(name))
    return "\n".join([f"{_HEADS[name].capitalize()}:", *shown, remedy])


def spoken(length: timedelta) -> str:
    """A length of time as people say it, in its largest unit."""
    seconds = length.total_seconds()
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= 1.5 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
