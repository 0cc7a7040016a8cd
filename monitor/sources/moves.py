"""Sources that were redirected for good: followed by name after days, never on the first word of a server."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.core.model import SourceState
from monitor.core.settings import SourceSettings

MOVED_AFTER = timedelta(days=2)
MOVED_POLLS = 5
"""A move counts when permanent redirects led to one and the same place for so long, and so often."""
_DOUBT_AFTER = 3
"""Polls failed in a row at the new place, after which the old one is tried every other time."""


def address(settings: SourceSettings, state: SourceState) -> str:
    """Where the next poll begins."""
    if not state.moved or (state.failures >= _DOUBT_AFTER and state.failures % 2):
        return settings.url
    return state.moved_to


def noted(settings: SourceSettings, state: SourceState, moved_to: str, now: datetime) -> SourceState:
    """After an answer. `moved_to` is where permanent redirects led to; '' when there were none, or others too."""
    asked = address(settings, state)
    if state.moved and asked == state.moved_to and moved_to in ("", asked):
        return state
    if not moved_to or moved_to == settings.url:  # it answers where the operator says
        return replace(state, moved_to="", moved_polls=0, moved_since=None, moved=False) if state.moved_to else state
    if moved_to != state.moved_to:
        return replace(state, moved_to=moved_to, moved_polls=1, moved_since=now, moved=False)
    since = state.moved_since or now
    polls = state.moved_polls + 1
    return replace(state, moved_polls=polls, moved=polls >= MOVED_POLLS and now - since >= MOVED_AFTER)
