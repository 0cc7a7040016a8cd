"""The delivery side of the store: each call is a transaction of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, bindparam, delete, insert, or_, select, update

from monitor.core.model import (
    AlertContent,
    ChannelId,
    Content,
    Delivery,
    DeliveryId,
    DeliveryKind,
    DeliveryState,
    DigestContent,
    ItemId,
    Message,
    NoticeContent,
    Revision,
    RuleId,
)
from monitor.store import schema as s
from monitor.store.contents import first_message, reports_of
from monitor.store.database import Database, in_chunks, reads, writes
from monitor.store.records import delivery_from, parts_to

TO_SEND = (DeliveryState.DUE, DeliveryState.UNCERTAIN, DeliveryState.SENDING)
KEPT = (*TO_SEND, DeliveryState.HELD, DeliveryState.DEAD)
"""Retention does not touch these, nor what they tell."""


class Deliveries(Database):
    """`core.ports.Outbox`."""

    @reads
    def waiting(
        self, connection: Connection, channels: Sequence[ChannelId], now: datetime, limit: int
    ) -> tuple[Delivery, ...]:
        query = (
            select(s.outbox)
            .where(
                s.outbox.c.state.in_(TO_SEND),
                s.outbox.c.channel.in_(channels),
                s.outbox.c.kind != DeliveryKind.EDIT,
                or_(s.outbox.c.kind != DeliveryKind.SUMMARY, s.outbox.c.due_at <= now),
            )
            .order_by(s.outbox.c.place, s.outbox.c.id)
            .limit(limit)
        )
        rows = (
            connection.execute(query).mappings().all()
            or connection.execute(
                select(s.outbox)
                .where(
                    s.outbox.c.state.in_(TO_SEND),
                    s.outbox.c.channel.in_(channels),
                    s.outbox.c.kind == DeliveryKind.EDIT,
                    s.outbox.c.due_at <= now,
                )
                .order_by(s.outbox.c.due_at, s.outbox.c.id)
                .limit(limit)
            ).mappings()
        )
        return tuple(delivery_from(row) for row in rows)

    @writes
    def content(self, connection: Connection, delivery: DeliveryId) -> Content:
        """From here on nothing is added to it: what a cap holds back later goes into the next summary, and who joins
        the story of an alert later is queued as an edit."""
        row = connection.execute(select(s.outbox).where(s.outbox.c.id == delivery)).one()
        close = update(s.outbox).where(s.outbox.c.id == delivery).values(closed=True)
        match DeliveryKind(row.kind):
            case DeliveryKind.ALERT:
                (report,) = reports_of(connection, [delivery])
                connection.execute(close.values(told_title=report.item.title))
                channel = ChannelId(row.channel)
                return AlertContent(
                    report=report, follows=first_message(connection, report.story, channel, before=delivery)
                )
            case DeliveryKind.SUMMARY:
                connection.execute(close)
                return DigestContent(reports=reports_of(connection, [delivery]), rule=RuleId(row.rule))
            case DeliveryKind.EDIT:
                raise ValueError("an edit has a revision")
            case DeliveryKind.DIGEST:
                joined = select(s.outbox.c.id).where(s.outbox.c.joined_into == delivery)
                ids = connection.execute(joined.order_by(s.outbox.c.place, s.outbox.c.id)).scalars().all()
                return DigestContent(reports=reports_of(connection, ids))
            case DeliveryKind.NOTICE:
                return NoticeContent(subject=row.notice["subject"], text=row.notice["text"])

    @writes
    def keep_summary(self, connection: Connection, item: ItemId, text: str, model: str) -> None:
        """The first one stays."""
        known = select(s.summaries.c.item).where(s.summaries.c.item == item)
        there = select(s.items.c.id).where(s.items.c.id == item)
        if connection.execute(known).first() is None and connection.execute(there).first() is not None:
            connection.execute(insert(s.summaries), {"item": item, "text": text, "model": model})

    @writes
    def revision(self, connection: Connection, delivery: DeliveryId) -> Revision | None:
        edit = connection.execute(select(s.outbox).where(s.outbox.c.id == delivery)).mappings().one()
        row = connection.execute(select(s.outbox).where(s.outbox.c.id == edit["edits"])).mappings().first()
        reports = () if row is None else reports_of(connection, [row["id"]])
        if row is None or not reports:
            return None
        connection.execute(update(s.outbox).where(s.outbox.c.id == delivery).values(closed=True))
        (report,) = reports
        was = row["told_title"] if row["told_title"] != report.item.title else ""
        return Revision(sent=delivery_from(row), content=AlertContent(report=replace(report, was=was)))

    @writes
    def edited(self, connection: Connection, delivery: DeliveryId, parts: tuple[Message, ...], now: datetime) -> None:
        query = select(s.outbox.c.channel, s.outbox.c.refs, s.outbox.c.edits).where(s.outbox.c.id == delivery)
        row = connection.execute(query).one()
        count = len(row.refs)
        connection.execute(insert(s.sends), {"delivery": delivery, "part": count, "channel": row.channel, "at": now})
        connection.execute(update(s.outbox).where(s.outbox.c.id == row.edits).values(parts=parts_to(parts)))
        connection.execute(
            update(s.outbox)
            .where(s.outbox.c.id == delivery)
            .values(state=DeliveryState.DUE, refs=[*row.refs, str(count)], sent_at=now, last_error="")
        )

    @writes
    def finish_edit(self, connection: Connection, delivery: DeliveryId, now: datetime, *, why: str = "") -> None:
        this = s.outbox.c.id == delivery
        if why:
            values = {"state": DeliveryState.DROPPED, "sent_at": now, "last_error": why}
            connection.execute(update(s.outbox).where(this).values(values))
        elif connection.execute(select(s.outbox.c.refs).where(this)).scalar_one():
            connection.execute(update(s.outbox).where(this).values(state=DeliveryState.SENT))
        else:
            connection.execute(delete(s.outbox).where(this))

    async def start(self, delivery: DeliveryId, parts: tuple[Message, ...]) -> None:
        await self._change(delivery, state=DeliveryState.SENDING, parts=parts_to(parts), closed=True)

    @writes
    def sent(self, connection: Connection, delivery: DeliveryId, refs: tuple[str, ...], now: datetime) -> None:
        """`refs` are those of all parts sent so far; telling the same again changes nothing."""
        query = select(s.outbox.c.channel, s.outbox.c.parts, s.outbox.c.refs).where(s.outbox.c.id == delivery)
        row = connection.execute(query).one()
        new = range(len(row.refs), len(refs))
        if new:
            connection.execute(
                insert(s.sends),
                [{"delivery": delivery, "part": part, "channel": row.channel, "at": now} for part in new],
            )
        done = len(refs) >= len(row.parts)
        # Between two parts nothing is under way: a crash there must not make the next part a repeat.
        values = (
            {"state": DeliveryState.SENT, "sent_at": now, "last_error": ""} if done else {"state": DeliveryState.DUE}
        )
        connection.execute(update(s.outbox).where(s.outbox.c.id == delivery).values(refs=list(refs), **values))

    async def postpone(
        self, delivery: DeliveryId, due_at: datetime, *, why: str, uncertain: bool, attempts: int
    ) -> None:
        state = DeliveryState.UNCERTAIN if uncertain else DeliveryState.DUE
        await self._change(
            delivery, state=state, due_at=due_at, last_error=why, attempts=attempts,
            closed=and_(s.outbox.c.closed, s.outbox.c.kind != DeliveryKind.EDIT),  # it is read anew each time
        )  # fmt: skip

    async def park(self, delivery: DeliveryId, *, why: str, held: bool) -> None:
        await self._change(delivery, state=DeliveryState.HELD if held else DeliveryState.DEAD, last_error=why)

    @writes
    def join(self, connection: Connection, deliveries: Sequence[DeliveryId], now: datetime) -> DeliveryId:
        """Digests among them are dissolved into the new one."""
        rows: list[RowMapping] = []
        for chunk in in_chunks(deliveries):
            query = select(s.outbox).where(s.outbox.c.id.in_(chunk))
            rows += connection.execute(query).mappings().all()
        channels = {row["channel"] for row in rows}
        if len(channels) != 1 or not all(_can_join(delivery_from(row)) for row in rows):
            raise ValueError("only alerts of one channel that are due, and of which nothing was sent, can be joined")
        digest = new_delivery(
            connection, DeliveryKind.DIGEST, ChannelId(channels.pop()), min(row["due_at"] for row in rows), now,
            place=min(row["place"] for row in rows),
        )  # fmt: skip
        for chunk in in_chunks([row["id"] for row in rows]):
            connection.execute(update(s.outbox).where(s.outbox.c.joined_into.in_(chunk)).values(joined_into=digest))
            connection.execute(
                update(s.outbox).where(s.outbox.c.id.in_(chunk)).values(state=DeliveryState.JOINED, joined_into=digest)
            )
        return digest

    @reads
    def sent_since(
        self, connection: Connection, channels: Sequence[ChannelId], since: datetime
    ) -> tuple[datetime, ...]:
        query = select(s.sends.c.at).where(s.sends.c.channel.in_(channels), s.sends.c.at >= since)
        return tuple(connection.execute(query.order_by(s.sends.c.at)).scalars())

    @writes
    def pause(self, connection: Connection, lane: str, until: datetime, why: str) -> None:
        connection.execute(delete(s.pauses).where(s.pauses.c.lane == lane))
        connection.execute(insert(s.pauses).values(lane=lane, until=until, why=why))

    @reads
    def pauses(self, connection: Connection) -> dict[str, tuple[datetime, str]]:
        rows = connection.execute(select(s.pauses.c.lane, s.pauses.c.until, s.pauses.c.why))
        return {lane: (until, why) for lane, until, why in rows}

    @writes
    def notify(
        self, connection: Connection, channels: Sequence[ChannelId], notice: NoticeContent, now: datetime
    ) -> None:
        for channel in channels:
            new_delivery(connection, DeliveryKind.NOTICE, channel, now, now, notice=notice)

    async def _change(self, delivery: DeliveryId, **values: object) -> None:
        change = update(s.outbox).where(s.outbox.c.id == delivery).values(**values)
        await self.write(lambda connection: connection.execute(change))


_ADD = insert(s.outbox).returning(s.outbox.c.id)
_PLACE = update(s.outbox).where(s.outbox.c.id == bindparam("of_id")).values(place=bindparam("place"))


def new_delivery(
    connection: Connection,
    kind: DeliveryKind,
    channel: ChannelId,
    due_at: datetime,
    now: datetime,
    *,
    rule: RuleId | None = None,
    notice: NoticeContent | None = None,
    place: int | None = None,
    edits: DeliveryId | None = None,
) -> DeliveryId:
    """`place` is where it stands in the queue; its own number, hence the end, where none is given."""
    values = {
        "place": 0 if place is None else place,
        "channel": channel,
        "kind": kind,
        "state": DeliveryState.DUE,
        "rule": rule,
        "notice": None if notice is None else asdict(notice),
        "closed": False,
        "attempts": 0,
        "due_at": due_at,
        "created_at": now,
        "parts": [],
        "refs": [],
        "last_error": "",
        "edits": edits,
    }
    new = connection.execute(_ADD, values).scalar_one()
    if place is None:
        connection.execute(_PLACE, {"of_id": new, "place": new})
    return DeliveryId(new)


def _can_join(delivery: Delivery) -> bool:
    return (
        delivery.kind in (DeliveryKind.ALERT, DeliveryKind.DIGEST)
        and delivery.state is DeliveryState.DUE
        and not delivery.refs
    )
