"""The store: what is remembered, and what is still to be sent."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from monitor.core.errors import StoreError
from monitor.core.ports import Clock
from monitor.store.archive import Archive
from monitor.store.corrections import Corrections
from monitor.store.database import utc_now
from monitor.store.intake import Intakes
from monitor.store.migrate import is_current, migrate
from monitor.store.names import Names
from monitor.store.outbox import Deliveries
from monitor.store.reports import Reports
from monitor.store.retention import Retention
from monitor.store.sqlite import open_sqlite

__all__ = ["SqlStore", "open_store"]


class SqlStore(Intakes, Retention, Deliveries, Reports, Corrections, Archive, Names):
    """`core.ports.Store` and `core.ports.Outbox`, and the questions of the command line. Close it when done."""


async def open_store(url: str, *, busy_timeout: timedelta = timedelta(seconds=30), clock: Clock = utc_now) -> SqlStore:
    """`sqlite:///path` (its folder is created), or `sqlite://` for a store in memory that ends with `close`. Raises
    `StoreError`. `clock` only dates rows whose caller gives no time."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"store: {url!r} is not a database URL; write sqlite:///path/to/monitor.db") from error
    if address.get_backend_name() != "sqlite":
        raise StoreError(
            f"store: {address.get_backend_name()} is not supported yet; write sqlite:///path/to/monitor.db"
        )
    opened = await asyncio.to_thread(open_sqlite, address, busy_timeout)
    store = SqlStore(opened, busy_timeout=busy_timeout, clock=clock)
    try:
        if not await store.read(is_current):
            await store.write(_make_current)
    except BaseException:
        await store.close()
        raise
    return store


def _make_current(connection: Connection) -> None:
    if not is_current(connection):  # another process may have been faster
        migrate(connection)
