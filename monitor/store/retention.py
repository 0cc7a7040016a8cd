"""Forgetting: what is past its time goes, what is still owed to somebody stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Table, delete, exists, func, or_, select

from monitor.store import schema as s
from monitor.store.database import Database
from monitor.store.intake import forget_keys
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
        async with self.writing() as connection:
            for gone in (
                delete(s.told).where(s.told.c.told_at < forget_before, ~remembered),
                delete(s.silences).where(s.silences.c.until < drop_before),
                delete(s.pauses).where(s.pauses.c.until < drop_before),
            ):
                removed += (await connection.execute(gone)).rowcount
        return removed

    async def _drop(self, table: Table, *conditions: ColumnElement[bool]) -> int:
        """What hangs on the rows goes with them."""
        removed = 0
        batch = select(table.c.id).where(*conditions).order_by(table.c.id).limit(AT_ONCE)
        while True:
            async with self.writing() as connection:
                ids = (await connection.execute(batch)).scalars().all()
                if ids:
                    await connection.execute(delete(table).where(table.c.id.in_(ids)))
            removed += len(ids)
            if len(ids) < AT_ONCE:
                return removed

    async def _forget(self, before: datetime) -> int:
        removed = 0
        query = select(s.memory.c.item, s.memory.c.packed_keys).where(s.memory.c.seen_at < before).limit(AT_ONCE)
        while True:
            async with self.writing() as connection:
                rows = [(item, keys) for item, keys in await connection.execute(query)]
                await forget_keys(connection, rows)
                await connection.execute(delete(s.memory).where(s.memory.c.item.in_([item for item, _ in rows])))
            removed += len(rows)
            if len(rows) < AT_ONCE:
                return removed
