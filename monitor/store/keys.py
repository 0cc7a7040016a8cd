"""Keys by the dozen. SQLAlchemy spends some microseconds on each value of a list and of a row, and an item has dozens
of keys: whole numbers and bytes, with which nothing has to be done, so they go to the driver as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect, Insert, Select


def rows_of(connection: Connection, query: Select[Any], keys: Sequence[int] | Sequence[bytes]) -> list[tuple[Any, ...]]:
    """Of a query whose only parameter is a list, `keys`; its columns are whole numbers and bytes."""
    size = 1 << (len(keys) - 1).bit_length()  # so that there are few statements, and the driver knows them already
    asked = (*keys, *[keys[-1]] * (size - len(keys)))
    return _all(connection.exec_driver_sql(_asking(query, connection.dialect, size), asked))


def newest_of(connection: Connection, keys: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """(key, item): of each key its newest items. One look into the index for each key; a window function would walk
    through all that share it."""
    size = 1 << (len(keys) - 1).bit_length()
    asked = (*keys, *[None] * (size - len(keys)))
    return _all(connection.exec_driver_sql(_newest(connection.dialect.paramstyle, size, limit), asked))


def sharing_most(connection: Connection, wanted: Mapping[int, float], first: int, each: int, limit: int) -> list[int]:
    """Of the newest items of each key, from `first` on, those that have most of what is wanted (key -> weight). They
    are summed up where they lie: that costs half of handing thousands of rows over."""
    size = 1 << (len(wanted) - 1).bit_length()
    asked: list[float | None] = [value for key, weight in sorted(wanted.items()) for value in (weight, key, first)]
    asked += [None] * (3 * size - len(asked))
    rows = _all(connection.exec_driver_sql(_most(connection.dialect.paramstyle, size, each, limit), tuple(asked)))
    return [item for (item,) in rows]


def add_pairs(connection: Connection, into: Insert, pairs: Sequence[tuple[int, int]]) -> None:
    """Rows of `key` and `item`. In the order of their table: neighbours are on one page of it."""
    connection.exec_driver_sql(_adding(into, connection.dialect), sorted(pairs))


def _all(answer: CursorResult[Any]) -> list[tuple[Any, ...]]:
    """As the driver gives them: a row of SQLAlchemy's costs more than the database's answer."""
    cursor = answer.cursor
    assert cursor is not None, "a query has a cursor until it is read"
    rows = list(cursor.fetchall())
    answer.close()
    return rows


@lru_cache(64)
def _asking(query: Select[Any], dialect: Dialect, size: int) -> str:
    filled = query.params(keys=(0,) * size)
    return str(filled.compile(dialect=dialect, compile_kwargs={"render_postcompile": True}))


@lru_cache(64)
def _newest(paramstyle: str, size: int, limit: int) -> str:
    """A condition on NULL finds nothing."""
    sign = "?" if paramstyle == "qmark" else "%s"
    one = f"SELECT key, item FROM memory_keys WHERE key = {sign} ORDER BY item DESC LIMIT {limit}"  # noqa: S608 (no words of others)
    return " UNION ALL ".join(f"SELECT * FROM ({one}) AS t{i}" for i in range(size))  # noqa: S608 (no words of others)


@lru_cache(64)
def _most(paramstyle: str, size: int, each: int, limit: int) -> str:
    sign = "?" if paramstyle == "qmark" else "%s"
    one = (
        f"SELECT item, CAST({sign} AS FLOAT) AS weight FROM memory_keys"  # noqa: S608 (no words of others)
        f" WHERE key = {sign} AND item >= {sign} ORDER BY item DESC LIMIT {each}"
    )
    all_ = " UNION ALL ".join(f"SELECT * FROM ({one}) AS t{i}" for i in range(size))  # noqa: S608 (no words of others)
    return f"SELECT item FROM ({all_}) AS t GROUP BY item ORDER BY SUM(weight) DESC, item DESC LIMIT {limit}"  # noqa: S608 (no words of others)


@lru_cache(64)
def _adding(into: Insert, dialect: Dialect) -> str:
    return str(into.compile(dialect=dialect, column_keys=["key", "item"]))
