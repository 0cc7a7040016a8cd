"""The tables, and the column types that carry values between the domain and the database.

A change here comes with a migration beside it and a new `REVISION`.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
)

REVISION = "0007"
"""The last migration towards the tables below; a store at this revision opens without loading Alembic."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
_FIRST = (datetime.min.replace(tzinfo=UTC) - EPOCH) // TICK
_LAST = (datetime.max.replace(tzinfo=UTC) - EPOCH) // TICK
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def clean(text: str) -> str:
    """Puts U+FFFD for what not every database and no channel can carry: NUL and lone surrogates. One for one, so that
    the offsets of hits stay right."""
    return _UNSTORABLE.sub("\ufffd", text)


class Moment(TypeDecorator[datetime]):
    """An aware datetime as microseconds since 1970, UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 # SQLAlchemy's
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time reached the store: {value!r}")
        # An offset can carry 9999-12-31 of a hostile feed beyond what a UTC datetime can say.
        return min(max((value - EPOCH) // TICK, _FIRST), _LAST)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 # the same
        return None if value is None else EPOCH + timedelta(microseconds=value)


class Words(TypeDecorator[str]):
    """Text from outside, made fit for every database and channel."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 # SQLAlchemy's
        return None if value is None else clean(str(value))


class Json(TypeDecorator[Any]):
    """Lists, dicts and scalars as JSON text; the strings inside are cleaned as in `Words`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 # SQLAlchemy's
        return None if value is None else json.dumps(_cleaned(value), ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 # the same
        return None if value is None else json.loads(value)


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case list() | tuple():
            return [_cleaned(each) for each in value]
        case dict():
            return {key: _cleaned(each) for key, each in value.items()}
        case _:
            return value


# SQLite makes ids of its own only for a column that is INTEGER by name; there it holds 64 bits all the same.
Identity = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_by_%(column_0_N_name)s",
        "uq": "%(table_name)s_unique_%(column_0_N_name)s",
        "fk": "%(table_name)s_%(column_0_N_name)s",
        "pk": "%(table_name)s_key",
    }
)

# What is remembered of a source is one document: it is read and written whole, and nothing is asked of its parts.
sources = Table(
    "sources",
    metadata,
    Column("source", Words, primary_key=True),
    Column("state", Text, nullable=False),
)

# What is remembered of an item when its text is long gone. Gives out the ids of items, each once and never again.
memory = Table(
    "memory",
    metadata,
    Column("item", Identity, primary_key=True, autoincrement=True),
    Column("uid_key", LargeBinary, nullable=False, unique=True),
    Column("source", Words, nullable=False),
    Column("story", BigInteger, nullable=False, index=True),
    Column("title", Words, nullable=False),
    Column("packed_keys", LargeBinary, nullable=False),
    Column("sketch", LargeBinary, nullable=False),
    Column("seen_at", Moment, nullable=False, index=True),
    Column("packed_identity", LargeBinary, nullable=False),
    Column("content_mark", BigInteger, nullable=False),
    Column("edits", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

# By which an item is recognised when its source shows it again (`extract.recognition`).
identity_keys = Table(
    "identity_keys",
    metadata,
    Column("key", BigInteger, nullable=False, autoincrement=False),
    Column("item", BigInteger, nullable=False, autoincrement=False),
    PrimaryKeyConstraint("key", "item"),
    sqlite_with_rowid=False,
)

# The keys of `memory` turned round. Rows go with their memory, by (key, item): an index by item would double the table.
memory_keys = Table(
    "memory_keys",
    metadata,
    Column("key", BigInteger, nullable=False, autoincrement=False),
    Column("item", BigInteger, nullable=False, autoincrement=False),
    PrimaryKeyConstraint("key", "item"),
    sqlite_with_rowid=False,
)

# (source, uid) is not unique here: an identity can be forgotten and taken in again while its old text is still kept.
items = Table(
    "items",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=False),
    Column("source", Words, nullable=False),
    Column("uid", Words, nullable=False),
    Column("url", Words, nullable=False, index=True),
    Column("canonical_url", Words, nullable=False, index=True),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("author", Words, nullable=False),
    Column("tags", Json, nullable=False),
    Column("published", Moment),
    Column("updated", Moment),
    Column("language", Words, nullable=False),
    Column("image", Words, nullable=False),
    Column("site", Words, nullable=False),
    Column("credits", Json, nullable=False),
    Column("page", Words, nullable=False),
    Column("taken_in", Moment, nullable=False, index=True),
    Column("story", BigInteger, nullable=False, index=True),
    Column("relation", Words, nullable=False),
    Column("score", Float, nullable=False),
    Column("of_item", BigInteger),
    Column("reason", Words, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("item", ForeignKey("items.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("attempts", BigInteger, nullable=False),
    Column("due_at", Moment, nullable=False, index=True),
    Column("deadline", Moment, nullable=False, index=True),
)

summaries = Table(
    "summaries",
    metadata,
    Column("item", ForeignKey("items.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("text", Words, nullable=False),
    Column("model", Words, nullable=False),
)

matches = Table(
    "matches",
    metadata,
    Column("item", ForeignKey("items.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("rule", Words, primary_key=True),
    Column("hits", Json, nullable=False),
    Index(None, "rule", "item"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("place", BigInteger, nullable=False),
    Column("channel", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("rule", Words),
    Column("notice", Json),
    # Set when the content was read: what comes later goes into a new row, or it would miss the words.
    Column("closed", Boolean, nullable=False),
    Column("attempts", BigInteger, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("parts", Json, nullable=False),
    Column("refs", Json, nullable=False),
    Column("last_error", Words, nullable=False),
    Column("sent_at", Moment),
    Column("joined_into", ForeignKey("outbox.id", ondelete="SET NULL"), index=True),
    # Of an edit: whose message it is, which may be gone before it.
    Column("edits", BigInteger, index=True),
    # The title that an alert's reader first saw.
    Column("told_title", Words, nullable=False, server_default=""),
    Index(None, "state", "channel", "place"),
    Index(None, "rule", "channel"),
    sqlite_autoincrement=True,
)

# When each part of a delivery went out: what the limits of a chat are counted from.
sends = Table(
    "sends",
    metadata,
    Column("delivery", ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("channel", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "channel", "at"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("item", ForeignKey("items.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("story", BigInteger, nullable=False),
    Column("rule", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("detail", Words, nullable=False),
    Column("priority", Words, nullable=False),
    Column("delivery", ForeignKey("outbox.id", ondelete="SET NULL"), index=True),
    Column("created_at", Moment, nullable=False, index=True),
)

# Which story was told for which rule on which channel. Outlives `decisions`, or a story would be told again.
told = Table(
    "told",
    metadata,
    Column("story", BigInteger, primary_key=True, autoincrement=False),
    Column("rule", Words, primary_key=True),
    Column("channel", Words, primary_key=True),
    Column("capped", Boolean, nullable=False),
    Column("told_at", Moment, nullable=False, index=True),
)

silences = Table(
    "silences",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("scope", Words, nullable=False),
    Column("target", Words, nullable=False),
    Column("until", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("comment", Words, nullable=False),
    sqlite_autoincrement=True,
)

# What the pages of a site have in common.
furniture = Table(
    "furniture",
    metadata,
    Column("site", Words, primary_key=True),
    Column("learnt", LargeBinary, nullable=False),
    Column("changed_at", Moment, nullable=False, index=True),
)

# In how many items each word was met, and the last item that is counted: one row.
vocabulary = Table(
    "vocabulary",
    metadata,
    Column("last", BigInteger, primary_key=True, autoincrement=False),
    Column("packed", LargeBinary, nullable=False),
)

# What Wikidata calls the entities of the configuration.
wikidata = Table(
    "wikidata",
    metadata,
    Column("qid", Words, primary_key=True),
    Column("names", Json, nullable=False),
    Column("fetched_at", Moment, nullable=False),
)

pauses = Table(
    "pauses",
    metadata,
    Column("lane", Words, primary_key=True),
    Column("until", Moment, nullable=False),
    Column("why", Words, nullable=False),
)
