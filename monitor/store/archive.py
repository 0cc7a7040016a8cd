"""Items that are still kept, read one after another: for trying rules on what has come."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from monitor.core.model import Item, ItemId, RuleId, SourceId
from monitor.store import schema as s
from monitor.store.database import Database, reads

_COLUMNS = (
    s.items.c.id, s.items.c.source, s.items.c.uid, s.items.c.url, s.items.c.canonical_url, s.items.c.title,
    s.items.c.text, s.items.c.author, s.items.c.tags, s.items.c.published, s.items.c.language, s.items.c.site,
    s.items.c.taken_in,
)  # fmt: skip


class Archive(Database):
    @reads
    def kept_items(
        self, connection: Connection, *, since: datetime, after: int, limit: int
    ) -> tuple[tuple[ItemId, Item], ...]:
        """Those taken in at or after `since` whose ids follow `after`, the oldest first: what rules look at, the rest
        left out."""
        query = (
            select(*_COLUMNS)
            .where(s.items.c.id > after, s.items.c.taken_in >= since)
            .order_by(s.items.c.id)
            .limit(limit)
        )
        return tuple(
            (
                ItemId(id_),
                Item(
                    source=SourceId(source), uid=uid, url=url, canonical_url=canonical, title=title, text=text,
                    author=author, tags=tuple(tags), published=published, language=language, site=site,
                    taken_in=taken_in,
                ),
            )
            for id_, source, uid, url, canonical, title, text, author, tags, published, language, site, taken_in
            in connection.execute(query)
        )  # fmt: skip

    @reads
    def kept(self, connection: Connection, *, since: datetime) -> int:
        """How many there are."""
        return connection.execute(
            select(func.count()).select_from(s.items).where(s.items.c.taken_in >= since)
        ).scalar_one()

    @reads
    def on_record(self, connection: Connection, rule: RuleId, *, since: datetime) -> frozenset[ItemId]:
        """The items that the rule matched when they came, as it was then."""
        query = (
            select(s.matches.c.item)
            .join(s.items, s.items.c.id == s.matches.c.item)
            .where(s.matches.c.rule == rule, s.items.c.taken_in >= since)
        )
        return frozenset(ItemId(item) for (item,) in connection.execute(query))
