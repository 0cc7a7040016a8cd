"""A store that an earlier version wrote is taken over: nothing is told again, nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

import monitor.store
from monitor.core.model import Item, SourceId
from monitor.store import open_store
from monitor.store.records import uid_key
from tests.flow.conftest import Desk
from tests.flow.fakes import START, Clock, FakeChannel, FakeSource

MIGRATIONS = Path(monitor.store.__file__).parent / "migrations"
SINCE = datetime(1970, 1, 1, tzinfo=UTC)


def ticks(at: datetime) -> int:
    return int((at - SINCE).total_seconds() * 1_000_000)


def first_version(path: Path, known: Item) -> None:
    """A store of the first tables, with a source that was polled and one article of it."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, "0001")
        connection.execute(
            text(
                "INSERT INTO sources VALUES ('wire', :url, '\"1\"', '', 'x:00', '', 'guid', 'Wire', 1, 0, 7,"
                " :at, :at, :at, :at, '', 0)"
            ),
            {"url": "https://wire.example/feed", "at": ticks(START)},
        )
        connection.execute(
            text(
                "INSERT INTO memory (uid_key, source, story, title, packed_keys, sketch, seen_at)"
                " VALUES (:key, 'wire', 1, :title, x'', x'', :at)"
            ),
            {"key": uid_key(known.source, known.uid), "title": known.title, "at": ticks(START)},
        )
    engine.dispose()


async def test_what_an_earlier_version_took_in_is_not_told_again(
    tmp_path: Path, clock: Clock, channel: FakeChannel
) -> None:
    source = FakeSource()
    known = source.publish("NATO before the upgrade", published=START)
    first_version(tmp_path / "old.db", known)
    store = await open_store(f"sqlite:///{tmp_path / 'old.db'}", clock=clock)
    desk = Desk(store, clock, channel)
    desk.watch("nato", "NATO")
    await desk.pipeline.load()
    state = desk.pipeline.state(SourceId("wire"))
    assert (state.seeded, state.polls, state.etag, state.recipe, state.last_poll) == (True, 7, '"1"', "guid", START)
    await desk.poll(source)
    source.publish("NATO after the upgrade", published=START)
    await desk.poll(source)
    await desk.deliver()
    assert channel.texts == ["nato: NATO after the upgrade"]
    recorded = await store.recorded((), [(known.source, known.uid)])
    assert recorded.items[recorded.by_uid[known.source, known.uid]].identity.keys, (
        "from now on it is known by more than its uid"
    )
    await store.close()
