"""Transactions: many readers, one writer at a time, all of them on threads of the store."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial, wraps
from itertools import islice
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from monitor.core.errors import StoreError
from monitor.core.ports import Clock
from monitor.store.sqlite import Opened
from monitor.store.turns import Turns

T = TypeVar("T")
P = ParamSpec("P")
S = TypeVar("S", bound="Database")

READERS = 2
"""Views of the store open at the same time; more would only wait for the disk, and for each other's connections."""
AT_ONCE = 500
"""How many values one statement asks for; databases bound it."""


class Database:
    """What the parts of the store are built on."""

    def __init__(self, opened: Opened, *, busy_timeout: timedelta, clock: Clock) -> None:
        self._engine = opened.engine
        self._begin: Callable[[Connection, bool], None] = opened.begin
        self._explain: Callable[[BaseException], StoreError | None] = opened.explain
        self._release = opened.release
        self._writer = Turns(1, "store-writer", busy_timeout)
        self._readers = self._writer if opened.alone else Turns(READERS, "store-reader", busy_timeout)
        self._clock = clock

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` on one view of the store as it stands now."""
        return await self._readers.run(partial(self._transaction, work, writes=False))

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in a transaction that commits when it returns; when it raises, nothing of it happened."""
        return await self._writer.run(partial(self._transaction, work, writes=True))

    async def close(self) -> None:
        await self._writer.close()
        await self._readers.close()
        self._engine.dispose()
        self._release()

    def _transaction(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        try:
            with self._engine.begin() as connection:
                self._begin(connection, writes)
                return work(connection)
        except DBAPIError as error:
            trouble = self._explain(error)
            if trouble is None:
                raise
            raise trouble from error


def reads(
    question: Callable[Concatenate[S, Connection, P], T],
) -> Callable[Concatenate[S, P], Coroutine[Any, Any, T]]:
    """Makes a function of a connection a coroutine that runs it on a thread, on one view of the store."""

    @wraps(question)
    async def ask(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.read(lambda connection: question(self, connection, *args, **kwargs))

    return ask


def writes(
    change: Callable[Concatenate[S, Connection, P], T],
) -> Callable[Concatenate[S, P], Coroutine[Any, Any, T]]:
    """The same in a write transaction of its own."""

    @wraps(change)
    async def make(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.write(lambda connection: change(self, connection, *args, **kwargs))

    return make


def in_chunks(values: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    rest = iter(values)
    while chunk := tuple(islice(rest, size)):
        yield chunk


def utc_now() -> datetime:
    return datetime.now(UTC)
