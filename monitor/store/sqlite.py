"""All that is SQLite's own: how it is opened, locked and made durable, and what its errors mean."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from monitor.core.errors import StoreError

_memories = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    engine: Engine
    alone: bool
    """Readers wait for the writer (no WAL in memory)."""
    begin: Callable[[Connection, bool], None]
    """Opens a transaction; True for one that is going to write."""
    explain: Callable[[BaseException], StoreError | None]
    release: Callable[[], None]


def open_sqlite(url: URL, busy_timeout: timedelta) -> Opened:
    """Creates the folder and the file. Without a path the store lives in memory until it is closed."""
    seconds = busy_timeout.total_seconds()
    anchor: AbstractContextManager[Any] = nullcontext()
    if url.database in (None, "", ":memory:"):
        # Shared by the connections of this process; lives as long as one of them, hence the anchor.
        file = f"file:/monitor-{next(_memories)}?vfs=memdb"
        held = sqlite3.connect(file, uri=True, check_same_thread=False)
        anchor, place = closing(held), "the store in memory"
        address = URL.create("sqlite", database=file, query={"uri": "true"})
    else:
        assert url.database is not None
        path = Path(url.database)
        place = str(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _use_wal(path, seconds)
        except (OSError, sqlite3.Error) as error:
            raise _explain(error, place) or error from error
        address = URL.create("sqlite", database=str(path))
    engine = create_engine(address, connect_args={"timeout": seconds})

    # Of the pool and not of the engine: an engine with listeners looks for them with each statement.
    @event.listens_for(engine.pool, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver opens no transactions; `_begin` does
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = FULL")  # a committed alert survives a power cut
        # Pages (16 MB) before they are copied into the file: each is written once for several transactions.
        cursor.execute("PRAGMA wal_autocheckpoint = 4000")
        cursor.close()

    def release() -> None:
        with anchor:
            pass

    return Opened(
        engine=engine,
        alone=url.database in (None, "", ":memory:"),
        begin=_begin,
        explain=lambda error: _explain(error, place),
        release=release,
    )


def _begin(connection: Connection, writes: bool) -> None:
    # Locks before it reads: a transaction that starts as a reader cannot always become a writer.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _use_wal(path: Path, seconds: float) -> None:
    """Once set, the mode stays with the file. Of two processes that set it at once, SQLite refuses one without
    waiting, so the waiting is done here."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            with closing(sqlite3.connect(path, timeout=seconds)) as connection:
                connection.execute("PRAGMA journal_mode = WAL").fetchone()
                return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname not in ("SQLITE_BUSY", "SQLITE_BUSY_RECOVERY") or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _explain(error: BaseException, place: str) -> StoreError | None:
    """None for what is no trouble of the disk or the file: a bug of ours."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        error = error.orig
    if isinstance(error, OSError):
        return StoreError(f"{place}: {error.strerror or error}; give `store` a path that this user can write to")
    code = getattr(error, "sqlite_errorname", None) or getattr(error.__cause__, "sqlite_errorname", None) or ""
    match code.removeprefix("SQLITE_").split("_")[0]:
        case "BUSY" | "LOCKED":
            why = "locked for too long by another process; end that program (a backup, a shell) or give it time"
        case "FULL":
            why = "the disk is full; make room, nothing that was taken in is lost"
        case "IOERR":
            why = f"the disk cannot be read or written ({error}); check its space, quota and health"
        case "READONLY" | "PERM" | "AUTH":
            why = "is read-only; give this user the right to write the file and its folder"
        case "NOTADB":
            why = "is not a database of this program; move the file away or give `store` another path"
        case "CORRUPT":
            why = "is damaged; restore a backup, or move the file away to start anew"
        case "CANTOPEN":
            why = "cannot be opened; check that the path is a file in a folder that this user can write to"
        case _:
            return None
    return StoreError(f"{place}: {why}")
