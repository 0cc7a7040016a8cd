"""Which messages are to be edited."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from monitor.core.model import EDITABLE, ChannelId, DeliveryId, DeliveryKind, DeliveryState, ItemId, RuleId, StoryId
from monitor.store import schema as s
from monitor.store.database import in_chunks
from monitor.store.outbox import TO_SEND, new_delivery

GAP = timedelta(seconds=30)
"""The least time between two edits of one message."""


def queue_edits(
    connection: Connection,
    now: datetime,
    *,
    stories: Collection[StoryId],
    items: Collection[ItemId],
    rules: Collection[RuleId],
    channels: Collection[ChannelId],
) -> int:
    if not rules or not channels:
        return 0
    found: dict[int, ChannelId] = {}
    for told in _told(connection, stories, rules, channels):
        found |= _messages(connection, s.items.c.story.in_(told), now, rules, channels)
    for some in in_chunks(sorted(items)):
        found |= _messages(connection, s.items.c.id.in_(some), now, rules, channels)
    queued = 0
    for chunk in in_chunks(sorted(found)):
        waiting, last = _edits_of(connection, chunk)
        for message in chunk:
            if message not in waiting:
                due = max(now, last[message] + GAP) if message in last else now
                new_delivery(connection, DeliveryKind.EDIT, found[message], due, now, edits=DeliveryId(message))
                queued += 1
    return queued


def _told(
    connection: Connection, stories: Collection[StoryId], rules: Collection[RuleId], channels: Collection[ChannelId]
) -> Iterable[list[int]]:
    """Most stories that grow were told to nobody: that is found out by looking into one index."""
    for chunk in in_chunks(sorted(stories)):
        query = select(s.told.c.story, s.told.c.rule, s.told.c.channel).where(s.told.c.story.in_(chunk))
        told = {story for story, rule, channel in connection.execute(query) if rule in rules and channel in channels}
        if told:
            yield sorted(told)


def _messages(
    connection: Connection,
    which: ColumnElement[bool],
    now: datetime,
    rules: Collection[RuleId],
    channels: Collection[ChannelId],
) -> dict[int, ChannelId]:
    query = (
        select(s.outbox.c.id, s.outbox.c.channel, s.decisions.c.rule)
        .select_from(s.items)
        .join(s.decisions, s.decisions.c.item == s.items.c.id)
        .join(s.outbox, s.outbox.c.id == s.decisions.c.delivery)
        .where(
            which,
            s.outbox.c.kind == DeliveryKind.ALERT,
            s.outbox.c.closed,
            s.outbox.c.state.in_((*TO_SEND, DeliveryState.SENT)),
            or_(s.outbox.c.sent_at.is_(None), s.outbox.c.sent_at > now - EDITABLE),
        )
    )
    rows = connection.execute(query)
    return {message: ChannelId(channel) for message, channel, rule in rows if rule in rules and channel in channels}


def _edits_of(connection: Connection, messages: Collection[int]) -> tuple[set[int], dict[int, Any]]:
    """For which of these messages an edit waits that has not been looked at, and when each was last edited."""
    edits = s.outbox.c.edits
    open_ = (s.outbox.c.state.in_(TO_SEND), s.outbox.c.closed.is_(False))
    waiting = set(connection.execute(select(edits).where(edits.in_(messages), *open_)).scalars())
    # One that is just being sent has no time yet: it counts from when it was due.
    at = func.max(func.coalesce(s.outbox.c.sent_at, s.outbox.c.due_at))
    last = connection.execute(select(edits, at).where(edits.in_(messages)).group_by(edits))
    return waiting, dict(last.all())
