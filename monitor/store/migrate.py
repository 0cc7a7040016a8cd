"""Brings a store to the tables of this program. The one door to Alembic."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from monitor.core.errors import StoreError
from monitor.store.schema import REVISION


def is_current(connection: Connection) -> bool:
    """Without Alembic, whose import would cost every command its start."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [REVISION]


def migrate(connection: Connection) -> None:
    """All in the caller's write transaction: a crash leaves the store as it was, and of two processes that start at
    once the second finds the work done."""
    from alembic import command  # noqa: PLC0415 # loaded only when there is something to migrate
    from alembic.config import Config  # noqa: PLC0415 # the same
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 # the same
    from alembic.script import ScriptDirectory  # noqa: PLC0415 # the same

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    found = set(MigrationContext.configure(connection).get_current_heads())
    place = connection.engine.url.database
    if not found <= known:
        raise StoreError(f"{place}: was written by a newer version of this program; update, or restore a backup")
    if not found and inspect(connection).get_table_names():
        raise StoreError(f"{place}: is a database of another program; give `store` another path")
    command.upgrade(config, "head")
