"""Whether a server's validators can be believed."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.core.model import Document, SourceState
from monitor.core.settings import SourceSettings

FULL_FETCH_EVERY = 20
FULL_FETCH_AFTER = timedelta(hours=6)
"""So many polls after the last, or so long after it, one sends no validators, because servers lie about changes."""
_CACHES_MAY_LAG = timedelta(minutes=30)


def sends_validators(settings: SourceSettings, state: SourceState, now: datetime) -> bool:
    if state.validators_lie or not settings.validators or (state.polls + 1) % FULL_FETCH_EVERY == 0:
        return False
    return state.last_full is not None and now - state.last_full < FULL_FETCH_AFTER


def is_betrayed(before: SourceState, after: SourceState, document: Document, *, validated: bool) -> bool:
    """Whether a changed document, asked for without validators, shows that the server would have hidden it, or did:
    it came with the old validators, or has entries that were out long before the server last said 304."""
    if validated or not before.marks or not before.last_full or not (before.etag or before.last_modified):
        return False
    known = frozenset(before.marks)
    if known.issuperset(document.marks):
        return False
    if (after.etag, after.last_modified) == (before.etag, before.last_modified):
        return True
    if before.last_poll is None or before.failures or before.last_poll <= before.last_full:
        return False
    hidden_before = before.last_poll - _CACHES_MAY_LAG
    fresh = document.entries if document.is_partial else ()
    return any(e.published is not None and before.last_full < e.published < hidden_before for e in fresh)
