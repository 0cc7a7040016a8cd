"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "items",
        sa.Column("id", _IDENTITY, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("published", sa.BigInteger()),
        sa.Column("updated", sa.BigInteger()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("taken_in", sa.BigInteger(), nullable=False),
        sa.Column("story", sa.BigInteger(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("of_item", sa.BigInteger()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="items_key"),
    )
    op.create_index("items_by_canonical_url", "items", ["canonical_url"])
    op.create_index("items_by_story", "items", ["story"])
    op.create_index("items_by_taken_in", "items", ["taken_in"])
    op.create_index("items_by_url", "items", ["url"])
    op.create_table(
        "memory",
        sa.Column("item", _IDENTITY, autoincrement=True, nullable=False),
        sa.Column("uid_key", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("story", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("packed_keys", sa.LargeBinary(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("item", name="memory_key"),
        sa.UniqueConstraint("uid_key", name="memory_unique_uid_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("memory_by_seen_at", "memory", ["seen_at"])
    op.create_index("memory_by_story", "memory", ["story"])
    op.create_table(
        "memory_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "item", name="memory_keys_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outbox",
        sa.Column("id", _IDENTITY, autoincrement=True, nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text()),
        sa.Column("notice", sa.Text()),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("refs", sa.Text(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.BigInteger()),
        sa.Column("joined_into", _IDENTITY),
        sa.ForeignKeyConstraint(["joined_into"], ["outbox.id"], name="outbox_joined_into", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="outbox_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_by_joined_into", "outbox", ["joined_into"])
    op.create_index("outbox_by_rule_channel", "outbox", ["rule", "channel"])
    op.create_index("outbox_by_state_channel_place", "outbox", ["state", "channel", "place"])
    op.create_table(
        "pauses",
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("lane", name="pauses_key"),
    )
    op.create_table(
        "silences",
        sa.Column("id", _IDENTITY, autoincrement=True, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="silences_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sources",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recipe", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("polls", sa.BigInteger(), nullable=False),
        sa.Column("next_poll", sa.BigInteger()),
        sa.Column("last_poll", sa.BigInteger()),
        sa.Column("last_success", sa.BigInteger()),
        sa.Column("last_new", sa.BigInteger()),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="sources_key"),
    )
    op.create_table(
        "told",
        sa.Column("story", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("capped", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("story", "rule", "channel", name="told_key"),
    )
    op.create_index("told_by_told_at", "told", ["told_at"])
    op.create_table(
        "decisions",
        sa.Column("id", _IDENTITY, autoincrement=True, nullable=False),
        sa.Column("item", _IDENTITY, nullable=False),
        sa.Column("story", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("delivery", _IDENTITY),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["outbox.id"], name="decisions_delivery", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="decisions_item", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="decisions_key"),
    )
    op.create_index("decisions_by_created_at", "decisions", ["created_at"])
    op.create_index("decisions_by_delivery", "decisions", ["delivery"])
    op.create_index("decisions_by_item", "decisions", ["item"])
    op.create_table(
        "matches",
        sa.Column("item", _IDENTITY, autoincrement=False, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("hits", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="matches_item", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item", "rule", name="matches_key"),
    )
    op.create_table(
        "pages",
        sa.Column("item", _IDENTITY, autoincrement=False, nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("deadline", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="pages_item", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item", name="pages_key"),
    )
    op.create_index("pages_by_deadline", "pages", ["deadline"])
    op.create_index("pages_by_due_at", "pages", ["due_at"])
    op.create_table(
        "sends",
        sa.Column("delivery", _IDENTITY, autoincrement=False, nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["outbox.id"], name="sends_delivery", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("delivery", "part", name="sends_key"),
    )
    op.create_index("sends_by_channel_at", "sends", ["channel", "at"])
