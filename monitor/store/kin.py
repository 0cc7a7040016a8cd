"""Remembered items that may tell the same story as a new one, by what they have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from monitor.core.model import NEWEST_PER_KEY, Candidate, ItemId, SourceId, StoryId
from monitor.store import schema as s
from monitor.store.database import in_chunks
from monitor.store.keys import newest_of, sharing_most
from monitor.store.records import unpack


def remembered(connection: Connection, items: Iterable[int], since: datetime) -> tuple[Candidate, ...]:
    """The oldest first; those seen before `since` are left out."""
    return tuple(
        Candidate(
            item=ItemId(item),
            story=StoryId(story),
            source=SourceId(source),
            title=title,
            keys=unpack(packed_keys),
            sketch=sketch,
            seen_at=seen_at,
        )
        for chunk in in_chunks(sorted(items))
        for item, story, source, title, packed_keys, sketch, seen_at in connection.execute(
            _REMEMBERED, {"items": chunk, "since": since}
        ).all()
    )


def first_since(connection: Connection, since: datetime) -> int:
    """Numbers of items go up with time."""
    first: int | None = connection.execute(_FIRST_SINCE, {"since": since}).scalar()
    return _NONE if first is None else first


def sharing(connection: Connection, keys: Iterable[int]) -> set[int]:
    """Items that have any of the keys, of each its newest."""
    return {
        item
        for chunk in in_chunks(sorted(set(keys)), _KEYS_AT_ONCE)
        for _, item in newest_of(connection, chunk, NEWEST_PER_KEY)
    }


def nearest(connection: Connection, wanted: Mapping[int, float], first: int, limit: int, per_key: int) -> list[int]:
    """Items from `first` on that have most of what is wanted (key -> weight), the newest first where they have as
    much. Older ones must take no place of the few."""
    return sharing_most(connection, wanted, first, per_key, limit) if wanted else []


_KEYS_AT_ONCE = 40
_NONE = 1 << 62


_FIRST_SINCE = (
    select(s.memory.c.item).where(s.memory.c.seen_at >= bindparam("since")).order_by(s.memory.c.seen_at).limit(1)
)
_REMEMBERED = (
    select(*(s.memory.c[name] for name in ("item", "story", "source", "title", "packed_keys", "sketch", "seen_at")))
    .where(s.memory.c.item.in_(bindparam("items", expanding=True)), s.memory.c.seen_at >= bindparam("since"))
    .order_by(s.memory.c.item)
)
