"""What the command line, the status page and the metrics ask of the store, and what an operator may change in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from monitor.core.model import (
    TELLING,
    ChannelId,
    Decision,
    Delivery,
    DeliveryId,
    DeliveryState,
    ItemId,
    Match,
    Priority,
    Reason,
    Relation,
    RuleId,
    Silence,
    SilenceScope,
    SourceId,
    SourceState,
    StoredItem,
    StoryId,
)
from monitor.store import schema as s
from monitor.store.database import Database, in_chunks, reads, writes
from monitor.store.outbox import TO_SEND
from monitor.store.records import (
    credits_from,
    delivery_from,
    hits_from,
    item_from,
    link_from,
    outlets_in,
    parts_to,
    silence_from,
    state_from,
)

LEAD = 600
"""Characters of the texts of a story's items that are shown or read."""
RESENDABLE = (DeliveryState.DEAD, DeliveryState.HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """One decision: what was told of an item, or was not, and why."""

    at: datetime
    item: ItemId
    title: str
    url: str
    source: SourceId
    site: str
    story: StoryId
    decision: Decision
    delivery: DeliveryId | None
    state: DeliveryState | None
    """Of that delivery."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    delivery: Delivery
    title: str
    """Of its first item, or the subject of the notice."""
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    story: StoryId
    title: str
    """Of its first item."""
    items: int
    outlets: tuple[str, ...]
    """First come first; a source's id where the item itself is no longer kept."""
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryItem:
    """An item of a story. What only the item itself knew is '' or None when it is no longer kept."""

    item: ItemId
    source: SourceId
    site: str
    title: str
    url: str
    seen_at: datetime
    relation: Relation | None
    score: float | None
    of: ItemId | None
    reason: str
    credit: str
    """Whose text it is, as far as it says."""
    credits: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    """Outlets that it has its text, or something in it, from."""
    language: str = ""
    lead: str = ""
    """The beginning of its text."""
    told: bool = False
    """An alert told of it."""
    entities: tuple[str, ...] = ()
    """Those of the configuration that a rule found in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All that is on record of an item."""

    stored: StoredItem
    matches: tuple[Match, ...]
    decisions: tuple[AlertLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    outbox: dict[DeliveryState, int]
    """Every state, also those at 0."""
    items: int
    remembered: int
    pages: int
    """Waiting to be fetched."""
    oldest_due: datetime | None
    """When the longest waiting delivery was put into the outbox."""


class Reports(Database):
    @reads
    def sources(self, connection: Connection) -> tuple[SourceState, ...]:
        rows = connection.execute(select(s.sources).order_by(s.sources.c.source))
        return tuple(state_from(source, state) for source, state in rows)

    @reads
    def alerts(
        self, connection: Connection, *, limit: int = 50, since: datetime | None = None
    ) -> tuple[AlertLine, ...]:
        """Newest first; also what was not told."""
        conditions = [] if since is None else [s.decisions.c.created_at >= since]
        return _alerts(connection, *conditions, limit=limit)

    @reads
    def deliveries(
        self, connection: Connection, *, states: Collection[DeliveryState] = (), limit: int = 50
    ) -> tuple[DeliveryLine, ...]:
        """Newest first; of all states where none is given."""
        query = select(s.outbox).order_by(s.outbox.c.id.desc()).limit(limit)
        if states:
            query = query.where(s.outbox.c.state.in_(states))
        rows = connection.execute(query).mappings().all()
        told = _told_in(connection, [row["edits"] or row["id"] for row in rows])
        return tuple(
            DeliveryLine(
                delivery=delivery_from(row),
                title=row["notice"]["subject"] if row["notice"] else next(iter(told[row["edits"] or row["id"]]), ""),
                items=len(told[row["edits"] or row["id"]]),
            )
            for row in rows
        )

    @writes
    def resend(self, connection: Connection, ids: Sequence[DeliveryId] | None = None) -> int:
        """Puts dead and held deliveries (all of them where no ids are given) back into the queue, with a fresh retry
        budget; what may have arrived already is marked so. Gives their number."""
        conditions: list[ColumnElement[bool]] = [s.outbox.c.state.in_(RESENDABLE)]
        if ids is not None:
            conditions.append(s.outbox.c.id.in_(ids))
        rows = connection.execute(select(s.outbox).where(*conditions)).mappings().all()
        for row in rows:
            delivery = delivery_from(row)
            parts = delivery.parts
            if delivery.state is DeliveryState.HELD:
                doubtful = len(delivery.refs)
                parts = tuple(replace(p, may_repeat=True) if i == doubtful else p for i, p in enumerate(parts))
            connection.execute(
                update(s.outbox)
                .where(s.outbox.c.id == delivery.id)
                .values(state=DeliveryState.DUE, attempts=0, due_at=self._clock(), parts=parts_to(parts))
            )
        return len(rows)

    @reads
    def silences(self, connection: Connection, *, active_at: datetime | None = None) -> tuple[Silence, ...]:
        """Also those that have ended, where no time is given."""
        query = select(s.silences).order_by(s.silences.c.id)
        if active_at is not None:
            query = query.where(s.silences.c.until > active_at)
        return tuple(silence_from(row) for row in connection.execute(query).mappings())

    @writes
    def add_silence(
        self, connection: Connection, scope: SilenceScope, target: str, until: datetime, comment: str, now: datetime
    ) -> Silence:
        values = {"scope": scope, "target": target, "until": until, "comment": comment, "created_at": now}
        row = connection.execute(insert(s.silences).values(values).returning(*s.silences.c))
        return silence_from(row.mappings().one())

    @writes
    def end_silence(self, connection: Connection, silence: int, now: datetime) -> bool:
        """False when there is no such silence, or it has ended."""
        running = update(s.silences).where(s.silences.c.id == silence, s.silences.c.until > now)
        return connection.execute(running.values(until=now)).rowcount > 0

    @reads
    def stories(self, connection: Connection, *, limit: int = 50, least: int = 1) -> tuple[StoryLine, ...]:
        """The latest first; only stories of `least` items and more."""
        latest = (
            select(s.memory.c.story)
            .group_by(s.memory.c.story)
            .having(func.count() >= least)
            .order_by(func.max(s.memory.c.item).desc())
            .limit(limit)
        )
        stories = connection.execute(latest).scalars().all()
        items: dict[int, list[Any]] = {story: [] for story in stories}
        for chunk in in_chunks(stories):
            for row in connection.execute(_STORY_ITEMS.where(s.memory.c.story.in_(chunk))):
                items[row.story].append(row)
        return tuple(
            StoryLine(
                story=StoryId(story),
                title=rows[0].title,
                items=len(rows),
                outlets=tuple(dict.fromkeys(row.site or row.source for row in rows)),
                first=rows[0].seen_at,
                last=max(row.seen_at for row in rows),
            )
            for story, rows in items.items()
        )

    @reads
    def story(self, connection: Connection, story: StoryId) -> tuple[StoryItem, ...]:
        """In order of arrival; empty for a story that is not, or no longer, known."""
        rows = connection.execute(_STORY_ITEMS.where(s.memory.c.story == story)).all()
        ids = select(s.memory.c.item).where(s.memory.c.story == story)
        told = set(
            connection.execute(
                select(s.decisions.c.item).where(s.decisions.c.item.in_(ids), s.decisions.c.reason.in_(TELLING))
            ).scalars()
        )
        entities: dict[int, dict[str, None]] = {}
        for item, hits in connection.execute(
            select(s.matches.c.item, s.matches.c.hits).where(s.matches.c.item.in_(ids))
        ):
            terms = (hit.term for hit in hits_from(hits))
            entities.setdefault(item, {}).update(
                dict.fromkeys(t.removeprefix("entity:") for t in terms if t.startswith("entity:"))
            )
        return tuple(
            _story_item(row, is_told=row.item in told, entities=tuple(entities.get(row.item, ()))) for row in rows
        )

    @reads
    def outcome(self, connection: Connection, item: str) -> tuple[Outcome, ...]:
        """By id or by URL, as published or cleaned; newest first. Several sources can have the same URL."""
        conditions = [s.items.c.url == item, s.items.c.canonical_url == item]
        if item.isdecimal() and len(item) < 19:
            conditions.append(s.items.c.id == int(item))
        query = select(s.items).where(or_(*conditions)).order_by(s.items.c.id.desc()).limit(100)
        rows = connection.execute(query).mappings().all()
        outcomes = []
        for row in rows:
            of_item = s.matches.c.item == row["id"]
            found = connection.execute(select(s.matches.c.rule, s.matches.c.hits).where(of_item))
            outcomes.append(
                Outcome(
                    stored=StoredItem(id=ItemId(row["id"]), item=item_from(row), link=link_from(row)),
                    matches=tuple(Match(rule=RuleId(rule), hits=hits_from(hits)) for rule, hits in found),
                    decisions=_alerts(connection, s.decisions.c.item == row["id"], limit=1000),
                )
            )
        return tuple(outcomes)

    @reads
    def counts(self, connection: Connection) -> Counts:
        states = connection.execute(select(s.outbox.c.state, func.count()).group_by(s.outbox.c.state))
        outbox = dict.fromkeys(DeliveryState, 0) | {DeliveryState(state): number for state, number in states}
        items, remembered, pages = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (s.items, s.memory, s.pages)
        ]
        oldest = select(func.min(s.outbox.c.created_at)).where(s.outbox.c.state.in_(TO_SEND))
        return Counts(
            outbox=outbox,
            items=items,
            remembered=remembered,
            pages=pages,
            oldest_due=connection.execute(oldest).scalar_one(),
        )


def _story_item(row: Any, *, is_told: bool, entities: tuple[str, ...]) -> StoryItem:
    given = credits_from(row.credits or ())
    return StoryItem(
        item=ItemId(row.item),
        source=SourceId(row.source),
        site=row.site or "",
        title=row.title,
        url=row.url or "",
        seen_at=row.seen_at,
        relation=None if row.relation is None else Relation(row.relation),
        score=row.score,
        of=None if row.of_item is None else ItemId(row.of_item),
        reason=row.reason or "",
        credit=", ".join(str(credit) for credit in given if credit.is_origin),
        credits=outlets_in(given, origin=True),
        cites=outlets_in(given, origin=False),
        language=row.language or "",
        lead=row.lead or "",
        told=is_told,
        entities=entities,
    )


_STORY_ITEMS = (
    select(
        s.memory.c.item,
        s.memory.c.story,
        s.memory.c.source,
        s.memory.c.title,
        s.memory.c.seen_at,
        s.items.c.site,
        s.items.c.url,
        s.items.c.relation,
        s.items.c.score,
        s.items.c.of_item,
        s.items.c.reason,
        s.items.c.credits,
        s.items.c.language,
        func.substr(s.items.c.text, 1, LEAD).label("lead"),
    )
    .select_from(s.memory.outerjoin(s.items, s.items.c.id == s.memory.c.item))
    .order_by(s.memory.c.item)
)


def _alerts(connection: Connection, *conditions: ColumnElement[bool], limit: int) -> tuple[AlertLine, ...]:
    query = (
        select(s.decisions, s.items.c.title, s.items.c.url, s.items.c.source, s.items.c.site, s.outbox.c.state)
        .join(s.items, s.items.c.id == s.decisions.c.item)
        .outerjoin(s.outbox, s.outbox.c.id == s.decisions.c.delivery)
        .where(*conditions)
        .order_by(s.decisions.c.created_at.desc(), s.decisions.c.id.desc())
        .limit(limit)
    )
    return tuple(
        AlertLine(
            at=row.created_at,
            item=ItemId(row.item),
            title=row.title,
            url=row.url,
            source=SourceId(row.source),
            site=row.site,
            story=StoryId(row.story),
            decision=Decision(
                rule=RuleId(row.rule),
                channel=ChannelId(row.channel),
                reason=Reason(row.reason),
                detail=row.detail,
                priority=Priority(row.priority),
            ),
            delivery=None if row.delivery is None else DeliveryId(row.delivery),
            state=None if row.state is None else DeliveryState(row.state),
        )
        for row in connection.execute(query)
    )


def _told_in(connection: Connection, deliveries: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Delivery -> the titles of its items, those of joined deliveries included."""
    titles: dict[int, dict[int, str]] = {delivery: {} for delivery in deliveries}
    for chunk in in_chunks(deliveries):
        query = (
            select(s.outbox.c.id, s.outbox.c.joined_into, s.items.c.id.label("item"), s.items.c.title)
            .join(s.decisions, s.decisions.c.delivery == s.outbox.c.id)
            .join(s.items, s.items.c.id == s.decisions.c.item)
            .where(or_(s.outbox.c.id.in_(chunk), s.outbox.c.joined_into.in_(chunk)))
            .order_by(s.outbox.c.place, s.decisions.c.id)
        )
        for delivery, joined_into, item, title in connection.execute(query):
            for owner in {delivery, joined_into} & set(chunk):
                titles[owner].setdefault(item, title)
    return {delivery: tuple(of_item.values()) for delivery, of_item in titles.items()}
