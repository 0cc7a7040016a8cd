"""What others call the entities of the configuration, as it was last fetched."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from monitor.store import schema as s
from monitor.store.database import Database, in_chunks, reads, writes


class Names(Database):
    @reads
    def wikidata(self, connection: Connection, qids: Collection[str]) -> dict[str, tuple[tuple[str, ...], datetime]]:
        """Item of Wikidata -> its names and when they were fetched, of those that were."""
        return {
            row.qid: (tuple(row.names), row.fetched_at)
            for chunk in in_chunks(sorted(qids))
            for row in connection.execute(select(s.wikidata).where(s.wikidata.c.qid.in_(chunk)))
        }

    @writes
    def save_wikidata(self, connection: Connection, names: Mapping[str, tuple[str, ...]], now: datetime) -> None:
        for qid, found in names.items():
            connection.execute(delete(s.wikidata).where(s.wikidata.c.qid == qid))
            connection.execute(insert(s.wikidata), {"qid": qid, "names": list(found), "fetched_at": now})
