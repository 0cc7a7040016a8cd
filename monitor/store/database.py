"""Transactions: many readers, one writer at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection

from monitor.core.errors import StoreError
from monitor.core.ports import Clock
from monitor.store.sqlite import WRITES, Opened

T = TypeVar("T")

READERS = 4
"""Views of the store open at the same time; more would only wait for the disk, and for each other's connections."""
AT_ONCE = 500
"""How many values one statement asks for; databases bound it."""


class Database:
    """What the parts of the store are built on."""

    def __init__(self, opened: Opened, *, busy_timeout: timedelta, clock: Clock) -> None:
        self._engine = opened.engine
        self._explain: Callable[[BaseException], StoreError | None] = opened.explain
        self._release = opened.release
        self._readers_wait = opened.alone
        self._busy_timeout = busy_timeout
        self._clock = clock
        self._writer = asyncio.Lock()
        self._served = 0
        self._readers = asyncio.Semaphore(READERS)

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """One view of the store as it stands now."""
        if self._readers_wait:
            async with self._turn(), self._transaction(writes=False) as connection:
                yield connection
        else:
            async with self._readers, self._transaction(writes=False) as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[AsyncConnection]:
        """Commits when left without an exception; else nothing of it happened."""
        async with self._turn(), self._transaction(writes=True) as connection:
            yield connection

    async def close(self) -> None:
        await self._engine.dispose()
        self._release()

    @asynccontextmanager
    async def _turn(self) -> AsyncGenerator[None]:
        """The writer's turn. A long queue is no fault: hundreds of first polls may stand in it. It is one when within
        the busy timeout nobody in front is served."""
        while True:
            served = self._served
            try:
                async with asyncio.timeout(self._busy_timeout.total_seconds()):
                    await self._writer.acquire()
                break
            except TimeoutError as error:
                if self._served == served:
                    raise StoreError("the store was busy for too long inside this process; it is stuck") from error
        try:
            yield
        finally:
            self._served += 1
            self._writer.release()

    @asynccontextmanager
    async def _transaction(self, *, writes: bool) -> AsyncGenerator[AsyncConnection]:
        try:
            async with self._engine.connect() as connection:
                await connection.execution_options(**{WRITES: writes})
                async with connection.begin():
                    yield connection
        except DBAPIError as error:
            trouble = self._explain(error)
            if trouble is None:
                raise
            raise trouble from error
        except PoolTimeout as error:
            raise StoreError("all connections of the store were busy for too long; it is overloaded") from error


def in_chunks(values: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    rest = iter(values)
    while chunk := tuple(islice(rest, size)):
        yield chunk


def utc_now() -> datetime:
    return datetime.now(UTC)
