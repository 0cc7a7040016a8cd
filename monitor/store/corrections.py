"""What an operator corrects by hand: which items are one story, and what is told after all. What was told of a story
counts for all that its items become part of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, exists, select, update

from monitor.core.model import (
    TELLING,
    ChannelId,
    Decision,
    DeliveryId,
    DeliveryKind,
    ItemId,
    Priority,
    Reason,
    Relation,
    RuleId,
    StoryId,
)
from monitor.store import schema as s
from monitor.store.database import Database, writes
from monitor.store.intake import SqlIntake
from monitor.store.moving import BY_HAND, carry_told, move_silences


class Corrections(Database):
    @writes
    def split(self, connection: Connection, item: ItemId, into: StoryId) -> StoryId | None:
        """Makes an item a story of its own. Gives the story that it was part of; None where it is that story alone, or
        is not known."""
        story = connection.execute(select(s.memory.c.story).where(s.memory.c.item == item)).scalar_one_or_none()
        if story is None or not _has_others(connection, story, item):
            return None
        connection.execute(update(s.memory).where(s.memory.c.item == item).values(story=into))
        alone = {"relation": Relation.NEW, "score": 1.0, "of_item": None, "reason": f"split from {story} {BY_HAND}"}
        connection.execute(update(s.items).where(s.items.c.id == item).values(story=into, **alone))
        carry_told(connection, story, into)
        return StoryId(story)

    @writes
    def merge(self, connection: Connection, story: StoryId, other: StoryId) -> int:
        """Makes the items of the other story part of this one. Gives their number; 0 where one of them is not known."""
        first = select(s.memory.c.item).where(s.memory.c.story == story).order_by(s.memory.c.item).limit(1)
        of = connection.execute(first).scalar_one_or_none()
        if of is None or story == other:
            return 0
        moved = connection.execute(update(s.memory).where(s.memory.c.story == other).values(story=story)).rowcount
        if not moved:
            return 0
        opened = {
            "relation": Relation.SAME_EVENT,
            "score": 1.0,
            "of_item": of,
            "reason": f"merged from {other} {BY_HAND}",
        }
        connection.execute(
            update(s.items).where(s.items.c.story == other, s.items.c.relation == Relation.NEW).values(**opened)
        )
        connection.execute(update(s.items).where(s.items.c.story == other).values(story=story))
        carry_told(connection, other, story)
        connection.execute(delete(s.told).where(s.told.c.story == other))
        move_silences(connection, other, story)
        return moved

    @writes
    def release(
        self,
        connection: Connection,
        item: ItemId,
        *,
        channels: Collection[ChannelId],
        rule: RuleId | None = None,
        now: datetime,
    ) -> tuple[Decision, ...]:
        """Queues an alert for what was decided not to tell of an item, for one rule or for all that matched it."""
        query = select(s.decisions).where(s.decisions.c.item == item).order_by(s.decisions.c.id)
        rows = connection.execute(query).all()
        told = {(row.rule, row.channel) for row in rows if row.reason in TELLING}
        held = {
            (row.rule, row.channel): row
            for row in rows
            if (row.rule, row.channel) not in told and row.channel in channels and rule in (None, row.rule)
        }
        if not held:
            return ()
        intake = SqlIntake(connection, self._clock)
        deliveries: dict[ChannelId, DeliveryId] = {}
        released: list[tuple[Decision, DeliveryId | None]] = []
        for row in held.values():
            channel = ChannelId(row.channel)
            if channel not in deliveries:
                deliveries[channel] = intake.enqueue(DeliveryKind.ALERT, channel, now)
            decision = Decision(
                rule=RuleId(row.rule),
                channel=channel,
                reason=Reason.RELEASED,
                detail=f"by hand; it was {row.reason}: {row.detail}",
                priority=Priority(row.priority),
            )
            released.append((decision, deliveries[channel]))
        story = connection.execute(select(s.items.c.story).where(s.items.c.id == item)).scalar_one()
        intake.add_decisions(item, StoryId(story), released, now)
        return tuple(decision for decision, _ in released)


def _has_others(connection: Connection, story: int, item: ItemId) -> bool:
    others = exists().where(s.memory.c.story == story, s.memory.c.item != item)
    return bool(connection.execute(select(others)).scalar_one())
