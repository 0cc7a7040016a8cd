"""The file under the store: locks, full disks, kills, migrations, and files that are no store."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import timedelta
from pathlib import Path
from textwrap import dedent

import pytest
from sqlalchemy import Connection, event, text

from monitor.core.errors import StoreError
from monitor.core.model import DeliveryId, NoticeContent, SilenceScope, SourceState
from monitor.core.ports import Intake
from monitor.store import SqlStore, open_store
from tests.contracts.test_store import (
    DAY,
    DESK,
    KOMPAS,
    NOW,
    an_item,
    new,
    tell,
    told_item,
    unseen,
    waiting,
    words,
)

ROOT = Path(__file__).parents[2]
SHORT = timedelta(milliseconds=200)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "monitor.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqlStore]:
    opened = await open_store(f"sqlite:///{path}", busy_timeout=SHORT, clock=lambda: NOW)
    yield opened
    await opened.close()


@contextmanager
def locked(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program in the middle of a write."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
        other.execute("ROLLBACK")


def rows(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as raw:
        (number,) = raw.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert isinstance(number, int)
    return number


def contents(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        return list(raw.iterdump())


def healthy(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as raw:
        return (
            raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and raw.execute("PRAGMA foreign_key_check").fetchall() == []
        )


# --- locks -------------------------------------------------------------------------------------------------------


async def an_intake(store: SqlStore) -> None:
    await store.transact(lambda intake: intake.add_items([new(an_item("2"))]))


WRITES: dict[str, Callable[[SqlStore], Awaitable[object]]] = {
    "intake": an_intake,
    "prune": lambda s: s.prune(forget_before=NOW + DAY, drop_before=NOW + DAY),
    "start": lambda s: s.start(DeliveryId(1), (words(),)),
    "sent": lambda s: s.sent(DeliveryId(1), ("1",), NOW),
    "postpone": lambda s: s.postpone(DeliveryId(1), NOW, why="x", uncertain=True, attempts=1),
    "park": lambda s: s.park(DeliveryId(1), why="x", held=True),
    "join": lambda s: s.join([DeliveryId(1)], NOW),
    "pause": lambda s: s.pause("lane", NOW, "x"),
    "notify": lambda s: s.notify([DESK], NoticeContent(subject="s", text="t"), NOW),
    "resend": lambda s: s.resend(),
    "add_silence": lambda s: s.add_silence(SilenceScope.RULE, "nato", NOW + DAY, "", NOW),
    "end_silence": lambda s: s.end_silence(1, NOW),
}


@pytest.mark.parametrize("write", WRITES)
async def test_a_store_that_stays_locked_is_an_error_and_nothing_is_lost(
    store: SqlStore, path: Path, write: str
) -> None:
    _, delivery = await told_item(store)
    with locked(path):
        before = contents(path)
        with pytest.raises(StoreError, match=r"monitor\.db: locked for too long by another process"):
            await WRITES[write](store)
        assert await waiting(store) == [delivery]  # readers go on
    assert contents(path) == before
    await WRITES[write](store)


async def test_a_writer_waits_for_another_program(path: Path) -> None:
    store = await open_store(f"sqlite:///{path}", busy_timeout=timedelta(seconds=60))
    with locked(path):
        task = asyncio.create_task(an_intake(store))
        done, _ = await asyncio.wait([task], timeout=0.3)
        assert not done
    await task
    assert rows(path, "items") == 1
    await store.close()


async def test_a_writer_that_never_ends_stops_the_others_with_an_error(store: SqlStore) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def endless(_: Intake) -> None:
        begun.set()
        go_on.wait(60)

    stuck = asyncio.create_task(store.transact(endless))
    await asyncio.to_thread(begun.wait, 60)
    with pytest.raises(StoreError, match="inside this process"):
        await an_intake(store)
    assert await waiting(store) == []  # readers go on
    go_on.set()
    await stuck
    assert await unseen(store, KOMPAS, ["2"]) == {"2"}, "what was given up does not happen later"
    await an_intake(store)


async def test_a_long_queue_is_no_trouble_while_it_moves(store: SqlStore) -> None:
    def slow(intake: Intake) -> None:
        time.sleep(SHORT.total_seconds() / 4)
        tell(intake, new(an_item(str(next(numbers)))))

    numbers = itertools.count()
    await asyncio.gather(*(store.transact(slow) for _ in range(12)))
    assert (await store.counts()).items == 12


async def test_readers_do_not_wait_for_the_writer(store: SqlStore) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(intake: Intake) -> None:
        tell(intake, new())
        begun.set()
        go_on.wait(60)

    writing = asyncio.create_task(store.transact(slow))
    await asyncio.to_thread(begun.wait, 60)
    assert await unseen(store, KOMPAS, ["1"]) == {"1"}
    assert await waiting(store) == []
    go_on.set()
    await writing
    assert await unseen(store, KOMPAS, ["1"]) == frozenset()


# --- disks -------------------------------------------------------------------------------------------------------


async def test_a_full_disk_is_an_error_and_all_goes_on_when_there_is_room_again(path: Path) -> None:
    store = await open_store(f"sqlite:///{path}")
    _, delivery = await told_item(store)
    most = await store.read(lambda connection: connection.execute(text("PRAGMA page_count")).scalar_one())

    @event.listens_for(store._engine, "begin")
    def _limit(connection: object) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")  # type: ignore[attr-defined] # SQLAlchemy's

    big = [new(an_item(str(i), text="x" * 50_000)) for i in range(10, 20)]

    def poll(intake: Intake) -> None:
        intake.save_states([SourceState(source=KOMPAS, etag="new")])
        intake.add_items(big)

    for _ in range(3):
        with pytest.raises(StoreError, match="disk is full"):
            await store.transact(poll)
    assert await store.source_states() == {}
    assert await waiting(store) == [delivery]
    most = 1_000_000
    await store.transact(poll)
    assert (await store.source_states())[KOMPAS].etag == "new"
    await store.close()
    assert healthy(path)


async def test_a_store_that_turns_read_only_is_an_error_for_writers_alone(store: SqlStore) -> None:
    _, delivery = await told_item(store)

    @event.listens_for(store._engine, "begin")
    def _protect(connection: object) -> None:
        connection.exec_driver_sql("PRAGMA query_only = ON")  # type: ignore[attr-defined] # SQLAlchemy's

    with pytest.raises(StoreError, match="read-only"):
        await an_intake(store)
    assert await waiting(store) == [delivery]


@asynccontextmanager
async def closed_after(store: SqlStore) -> AsyncIterator[SqlStore]:
    try:
        yield store
    finally:
        await store.close()


def damage(path: Path) -> None:
    sound, page = path.read_bytes(), 4_096
    path.write_bytes(sound[: 2 * page] + os.urandom(len(sound) - 2 * page))


async def test_a_damaged_file_says_so(path: Path) -> None:
    store = await open_store(f"sqlite:///{path}")
    await store.transact(lambda intake: intake.add_items([new(an_item(str(i), text="x" * 3_000)) for i in range(50)]))
    await store.close()
    damage(path)

    async def use() -> None:
        async with closed_after(await open_store(f"sqlite:///{path}")) as damaged:
            await damaged.outcome("1")

    with pytest.raises(StoreError, match="damaged"):
        await use()


def run(code: str, *args: object) -> subprocess.Popen[str]:
    """A program of its own; the helpers of these tests are at its hand."""
    head = "import asyncio, os, signal, sys\nfrom tests.contracts.test_store import *\n"
    return subprocess.Popen(
        [sys.executable, "-c", head + dedent(code), *map(str, args)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_a_file_that_cannot_grow_is_an_error_and_all_goes_on_when_it_can(path: Path) -> None:
    child = run(
        """
        import resource
        from monitor.core.errors import StoreError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

        async def main():
            store = await open_store(f"sqlite:///{sys.argv[1]}")
            await told_item(store)
            room = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, room[1]))
            big = [new(an_item(str(i), text="x" * 50_000)) for i in range(10, 30)]
            try:
                await store.transact(lambda intake: intake.add_items(big))
            except StoreError as error:
                print(error)
            print(len(await waiting(store)), await unseen(store, KOMPAS, ["1", "10"]))
            resource.setrlimit(resource.RLIMIT_FSIZE, room)
            await store.transact(lambda intake: intake.add_items(big))
            print((await store.counts()).items)
            await store.close()

        asyncio.run(main())
        """,
        path,
    )
    out, errors = child.communicate(timeout=120)
    assert child.returncode == 0, errors
    trouble, kept, after = out.splitlines()
    assert "disk" in trouble
    assert kept == "1 {'10'}"
    assert after == "21"
    assert healthy(path)


# --- kills -------------------------------------------------------------------------------------------------------

WRITER = """
    async def main():
        store = await open_store(f"sqlite:///{sys.argv[1]}")
        for number in range(100_000):
            parts = [new(an_item(f"{number}-{part}"), story=StoryId(3 * number + part)) for part in range(3)]
            await store.transact(lambda intake: [tell(intake, part) for part in parts])
            print(number, flush=True)

    asyncio.run(main())
"""


@pytest.mark.parametrize("after", [1, 7, 20])
async def test_a_killed_writer_leaves_all_that_it_committed_and_nothing_by_halves(path: Path, after: int) -> None:
    with run(WRITER, path) as child:
        assert child.stdout is not None
        last = -1
        for line in child.stdout:
            last = int(line)
            if last >= after:
                child.send_signal(signal.SIGKILL)
    committed = last + 1
    assert healthy(path)
    items = rows(path, "items")
    assert items % 3 == 0
    assert items // 3 in (committed, committed + 1)  # the last one may have been committed and not yet said
    assert {rows(path, table) for table in ("memory", "matches", "decisions", "outbox", "told")} == {items}
    store = await open_store(f"sqlite:///{path}")
    assert len(await store.waiting([DESK], NOW, 100_000)) == items
    assert await unseen(store, KOMPAS, [f"{committed - 1}-2"]) == frozenset()
    await an_intake(store)
    await store.close()


async def test_a_writer_killed_inside_its_transaction_leaves_nothing_of_it(path: Path) -> None:
    child = run(
        """
        def dying(intake):
            tell(intake, new(an_item("2")))
            os.kill(os.getpid(), signal.SIGKILL)

        async def main():
            store = await open_store(f"sqlite:///{sys.argv[1]}")
            await told_item(store)
            await store.transact(dying)

        asyncio.run(main())
        """,
        path,
    )
    child.communicate(timeout=120)
    assert child.returncode == -signal.SIGKILL
    store = await open_store(f"sqlite:///{path}")
    assert await unseen(store, KOMPAS, ["1", "2"]) == {"2"}
    assert len(await waiting(store)) == 1
    await store.close()
    assert healthy(path)


# --- opening -----------------------------------------------------------------------------------------------------


async def test_a_store_keeps_what_it_holds_over_a_restart(path: Path) -> None:
    for opened in range(3):
        store = await open_store(f"sqlite:///{path}")
        assert (await store.counts()).items == opened
        await told_item(store, new(an_item(str(opened))))
        await store.close()


def test_processes_that_start_at_once_make_one_store_and_take_each_item_in_once(path: Path) -> None:
    children = [
        run(
            """
            def take_in(intake, number):
                if unseen_in(intake, KOMPAS, [str(number)]):
                    tell(intake, new(an_item(str(number)), story=StoryId(number)))

            async def main():
                print("ready", flush=True)
                sys.stdin.readline()
                store = await open_store(f"sqlite:///{sys.argv[1]}")
                for number in range(20):
                    await store.transact(lambda intake: take_in(intake, number))
                await store.close()

            asyncio.run(main())
            """,
            path,
        )
        for _ in range(3)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    for child in children:
        _, errors = child.communicate(timeout=120)
        assert child.returncode == 0, errors
    assert rows(path, "alembic_version") == 1
    assert {rows(path, table) for table in ("items", "memory", "outbox", "told")} == {20}
    assert healthy(path)


async def test_the_store_survives_a_power_cut(store: SqlStore) -> None:
    def setting(name: str) -> Callable[[Connection], object]:
        return lambda connection: connection.execute(text(f"PRAGMA {name}")).scalar_one()

    assert await store.write(setting("journal_mode")) == "wal"
    assert await store.write(setting("synchronous")) == 2  # FULL
    assert await store.write(setting("foreign_keys")) == 1


async def test_stores_in_memory_are_apart_and_end_with_their_closing() -> None:
    first, second = await open_store("sqlite://"), await open_store("sqlite://")
    await told_item(first)
    assert (await second.counts()).items == 0
    await first.close()
    await second.close()


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but notes that somebody needs\n" * 50)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"notes\.txt: is not a database"):
        await open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


async def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE items (id INTEGER)")
    with pytest.raises(StoreError, match=r"other\.db: is a database of another program"):
        await open_store(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("items",)]


async def test_a_store_of_a_newer_version_is_refused(path: Path) -> None:
    await (await open_store(f"sqlite:///{path}")).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    with pytest.raises(StoreError, match="newer version"):
        await open_store(f"sqlite:///{path}")


async def test_a_folder_in_the_way_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=str(tmp_path)):
        await open_store(f"sqlite:///{tmp_path}")


async def test_a_path_through_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=str(tmp_path / "file")):
        await open_store(f"sqlite:///{tmp_path}/file/monitor.db")


async def test_a_path_with_marks_in_it_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "50 % off; #1" / "monitor.db"
    await (await open_store(f"sqlite:///{path}")).close()
    assert path.exists()


@pytest.mark.parametrize("url", ["postgresql://localhost/monitor", "data/monitor.db", ""])
async def test_what_is_no_supported_store_says_what_would_be(url: str) -> None:
    with pytest.raises(StoreError, match="sqlite:///"):
        await open_store(url)
