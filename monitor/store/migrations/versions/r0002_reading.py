"""The state of a source in one column, what items are recognised by, and the furniture of sites."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_KEPT = (
    "url", "etag", "last_modified", "body_hash", "kind", "recipe", "title", "failures", "polls", "next_poll",
    "last_poll", "last_success", "last_new", "last_error",
)  # fmt: skip


def upgrade() -> None:
    connection = op.get_bind()
    before = connection.execute(sa.text("SELECT * FROM sources")).mappings().all()
    op.drop_table("sources")
    sources = op.create_table(
        "sources",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="sources_key"),
    )
    states = [
        {
            "source": row["source"],
            "state": json.dumps(
                {name: row[name] for name in _KEPT if row[name] not in (None, "", 0)} | {"seeded": bool(row["seeded"])}
            ),
        }
        for row in before
    ]
    if states:
        op.bulk_insert(sources, states)
    # ALTER TABLE and not a new table: rebuilding a million rows would hold up the start for minutes.
    op.execute("ALTER TABLE memory ADD COLUMN packed_identity BLOB NOT NULL DEFAULT x''" if _is_sqlite() else
               "ALTER TABLE memory ADD COLUMN packed_identity BYTEA NOT NULL DEFAULT ''")  # fmt: skip
    op.execute("ALTER TABLE items ADD COLUMN credits TEXT NOT NULL DEFAULT '[]'")
    if _is_sqlite():
        op.execute("UPDATE items SET credits = json_array(json_array(credit, '', 'source')) WHERE credit <> ''")
    op.execute("ALTER TABLE items DROP COLUMN credit")
    op.execute("ALTER TABLE memory ADD COLUMN content_mark BIGINT NOT NULL DEFAULT 0")
    op.execute("ALTER TABLE memory ADD COLUMN edits BIGINT NOT NULL DEFAULT 0")
    op.create_table(
        "identity_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "item", name="identity_keys_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "furniture",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("learnt", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("site", name="furniture_key"),
    )
    op.create_index("furniture_by_changed_at", "furniture", ["changed_at"])


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
