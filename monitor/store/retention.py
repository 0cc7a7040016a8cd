"""Forgetting: what is past its time goes, what is still owed to somebody stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, delete, exists, func, or_, select

from monitor.store import schema as s
from monitor.store.database import Database
from monitor.store.intake import forget_identities, forget_keys
from monitor.store.outbox import KEPT

AT_ONCE = 500
"""Rows of one transaction: intake waits no longer than that takes."""


class Retention(Database):
    async def prune(self, *, forget_before: datetime, drop_before: datetime) -> int:
        digest = s.outbox.alias("digest")
        owed = or_(
            s.outbox.c.state.in_(KEPT),
            exists().where(digest.c.id == s.outbox.c.joined_into, digest.c.state.in_(KEPT)),
        )
        owed_items = exists().where(s.decisions.c.item == s.items.c.id, s.decisions.c.delivery == s.outbox.c.id, owed)
        waiting_for_page = exists().where(s.pages.c.item == s.items.c.id)
        removed = await self._drop(s.items, s.items.c.taken_in < drop_before, ~owed_items, ~waiting_for_page)
        finished_at = func.coalesce(s.outbox.c.sent_at, s.outbox.c.created_at)
        removed += await self._drop(s.outbox, finished_at < drop_before, ~owed)
        removed += await self._forget(forget_before)
        remembered = exists().where(s.memory.c.story == s.told.c.story)

        def forget(connection: Connection) -> int:
            gone = (
                delete(s.told).where(s.told.c.told_at < forget_before, ~remembered),
                delete(s.silences).where(s.silences.c.until < drop_before),
                delete(s.pauses).where(s.pauses.c.until < drop_before),
                delete(s.furniture).where(s.furniture.c.changed_at < forget_before),
            )
            return sum(connection.execute(each).rowcount for each in gone)

        return removed + await self.write(forget)

    async def _drop(self, table: Table, *conditions: ColumnElement[bool]) -> int:
        """What hangs on the rows goes with them."""
        batch = select(table.c.id).where(*conditions).order_by(table.c.id).limit(AT_ONCE)

        def drop(connection: Connection) -> int:
            ids = connection.execute(batch).scalars().all()
            if ids:
                connection.execute(delete(table).where(table.c.id.in_(ids)))
            return len(ids)

        return await self._repeated(drop)

    async def _forget(self, before: datetime) -> int:
        memory = s.memory.c
        query = select(memory.item, memory.packed_keys, memory.packed_identity).where(memory.seen_at < before)

        def forget(connection: Connection) -> int:
            rows = connection.execute(query.limit(AT_ONCE)).all()
            forget_keys(connection, [(item, keys) for item, keys, _ in rows])
            forget_identities(connection, [(item, identity) for item, _, identity in rows])
            connection.execute(delete(s.memory).where(memory.item.in_([row.item for row in rows])))
            return len(rows)

        return await self._repeated(forget)

    async def _repeated(self, batch: Callable[[Connection], int]) -> int:
        """Until a batch is not full; gives the number of all rows."""
        removed = AT_ONCE
        total = 0
        while removed == AT_ONCE:
            removed = await self.write(batch)
            total += removed
        return total
