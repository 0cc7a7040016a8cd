"""The pipeline's side of the store: one transaction for a poll and all that it causes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from monitor.core.model import (
    NEWEST_PER_KEY,
    TELLING,
    Candidate,
    Carrier,
    ChannelId,
    Decision,
    DeliveryId,
    DeliveryKind,
    DeliveryState,
    Fingerprint,
    History,
    Identity,
    Item,
    ItemId,
    Known,
    Match,
    NewItem,
    NoticeContent,
    PageState,
    PendingPage,
    Reason,
    Recorded,
    RuleId,
    SourceId,
    SourceState,
    StoredItem,
    StoryId,
    StoryLink,
)
from monitor.core.ports import Clock, Intake
from monitor.core.settings import Spike
from monitor.store import schema as s
from monitor.store.database import Database, in_chunks, reads
from monitor.store.keys import add_pairs, rows_of
from monitor.store.kin import first_since, nearest, remembered, sharing
from monitor.store.moving import members, move, wanted_after
from monitor.store.outbox import new_delivery
from monitor.store.records import (
    carrier_from,
    hits_from,
    hits_to,
    item_from,
    item_values,
    link_from,
    pack,
    page_from,
    silence_from,
    state_from,
    state_to,
    uid_key,
    unpack,
)
from monitor.store.revisions import queue_edits
from monitor.store.volumes import volumes

CARRIERS = 500
"""How many reports of a story are asked whose they are."""
REPORTS, REPORT = 30, 2_000
"""How many reports of a story are read, and how many characters of each."""
T = TypeVar("T")

PAGE_PATIENCE = timedelta(minutes=15)
"""After this an item is judged on what there is."""
CAP_PERIOD = timedelta(days=1)
"""The longest period of a cap."""
MAX_KEYS = 64
"""Keys of identity of one item: a headline that changes every minute leaves new ones each time."""


class SqlIntake:
    """`core.ports.Intake` on an open write transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def recorded(self, keys: Iterable[int], uids: Iterable[tuple[SourceId, str]]) -> Recorded:
        return _recorded(self._connection, keys, uids)

    def record_keys(self, item: ItemId, keys: Sequence[int], mark: int) -> None:
        packed = self._connection.execute(_IDENTITY_OF, {"of_item": item}).scalar_one_or_none()
        if packed is None:
            return  # forgotten meanwhile
        known = unpack(packed)
        added = [key for key in dict.fromkeys(keys) if key not in known][: max(MAX_KEYS - len(known), 0)]
        if added:
            add_pairs(self._connection, _ADD_IDENTITY, [(key, item) for key in added])
        self._connection.execute(
            _CHANGE_IDENTITY, {"of_item": item, "packed_identity": pack((*known, *added)), "content_mark": mark}
        )

    def stored(self, item: ItemId) -> tuple[StoredItem, tuple[Match, ...], frozenset[RuleId]] | None:
        row = self._connection.execute(select(s.items).where(s.items.c.id == item)).mappings().first()
        if row is None:
            return None
        hits = self._connection.execute(select(s.matches.c.rule, s.matches.c.hits).where(s.matches.c.item == item))
        found = tuple(Match(rule=RuleId(rule), hits=hits_from(values)) for rule, values in hits)
        told = self._connection.execute(
            select(s.decisions.c.rule).where(s.decisions.c.item == item, s.decisions.c.reason.in_(TELLING))
        )
        return (
            StoredItem(id=item, item=item_from(row), link=link_from(row)),
            found,
            frozenset(map(RuleId, told.scalars())),
        )

    def candidates(self, keys: Iterable[int], since: datetime) -> tuple[Candidate, ...]:
        """Of one key the newest; oldest first."""
        return remembered(self._connection, sharing(self._connection, keys), since)

    def kin(
        self, wanted: Mapping[int, float], since: datetime, limit: int, per_key: int = NEWEST_PER_KEY
    ) -> tuple[Candidate, ...]:
        first = first_since(self._connection, since)
        return remembered(self._connection, nearest(self._connection, wanted, first, limit, per_key), since)

    def remembered(self, items: Iterable[ItemId], since: datetime) -> tuple[Candidate, ...]:
        return remembered(self._connection, items, since)

    def members(
        self, stories: Collection[StoryId], since: datetime, limit: int, furthest: timedelta
    ) -> tuple[Candidate, ...]:
        return members(self._connection, stories, since, limit, furthest)

    def move(self, links: Mapping[ItemId, StoryLink]) -> None:
        move(self._connection, links)

    def history(
        self, stories: Iterable[StoryId], capped: Iterable[RuleId], spikes: Mapping[RuleId, Spike], now: datetime
    ) -> History:
        told: dict[tuple[StoryId, RuleId, ChannelId], datetime] = {}
        for chunk in in_chunks(sorted(set(stories))):
            rows = self._connection.execute(_TOLD, {"stories": chunk})
            told |= {(StoryId(story), RuleId(rule), ChannelId(channel)): at for story, rule, channel, at in rows}
        rules = sorted({*capped, *spikes})
        lately = self._connection.execute(_TOLD_LATELY, {"rules": rules, "since": now - CAP_PERIOD}) if rules else ()
        active = (self._connection.execute(_ACTIVE_SILENCES, {"now": now})).mappings()
        return History(
            told=frozenset(told),
            told_at=told,
            told_lately=tuple((RuleId(rule), ChannelId(channel), at) for rule, channel, at in lately),
            silences=tuple(silence_from(row) for row in active),
            volumes=volumes(self._connection, spikes, now),
        )

    def carriers(self, story: StoryId) -> tuple[Carrier, ...]:
        return tuple(carrier_from(row) for row in reversed(self._connection.execute(_CARRIERS, {"story": story}).all()))

    def reports(self, story: StoryId, *, until: datetime, but: ItemId) -> tuple[tuple[str, str, str], ...]:
        asked = {"story": story, "until": until, "but": but, "characters": REPORT}
        return tuple((title, text, language) for title, text, language in self._connection.execute(_REPORTS, asked))

    def pending(self, item: ItemId) -> PendingPage | None:
        row = (self._connection.execute(_PAGES.where(s.pages.c.item == item))).mappings().first()
        return None if row is None else page_from(row)

    def add_items(self, items: Sequence[NewItem]) -> tuple[ItemId, ...]:
        """A handful of statements, however many items. Each (source, uid) must be unseen and stand here once."""
        if not items:
            return ()
        remembered = [
            {
                "uid_key": uid_key(new.item.source, new.item.uid),
                "source": new.item.source,
                "seen_at": new.item.taken_in,
                "packed_identity": pack(new.identity.keys),
                "content_mark": new.identity.mark,
                "edits": 0,
                **_remembered(new.item, new.fingerprint, new.link),
            }
            for new in items
        ]
        rows = self._connection.execute(_REMEMBER, remembered)
        by_key = {key: ItemId(item) for key, item in rows}
        ids = tuple(by_key[values["uid_key"]] for values in remembered)
        self._add_keys((item, new.fingerprint) for item, new in zip(ids, items, strict=True))
        identities = [(key, item) for item, new in zip(ids, items, strict=True) for key in new.identity.keys]
        if identities:
            add_pairs(self._connection, _ADD_IDENTITY, identities)
        self._connection.execute(
            _ADD_ITEMS,
            [
                {"id": item, **item_values(new.item, new.link, _earlier(new.link.of, ids))}
                for item, new in zip(ids, items, strict=True)
            ],
        )
        self._add_matches((item, match) for item, new in zip(ids, items, strict=True) for match in new.matches)
        self._queue_pages((item, new.item) for item, new in zip(ids, items, strict=True))
        return ids

    def _queue_pages(self, items: Iterable[tuple[ItemId, Item]]) -> None:
        pages = [
            {"item": number, "attempts": 0, "due_at": at, "deadline": at + PAGE_PATIENCE}
            for number, item in items
            if item.page is PageState.PENDING
            for at in (item.taken_in,)
        ]
        if pages:
            self._connection.execute(_ADD_PAGES, pages)

    def edit_item(self, item: ItemId, new: NewItem, *, edits: int) -> None:
        self._replace(item, new.item, new.fingerprint, new.link, new.matches)
        self.note_edit(item, edits=edits)
        self._queue_pages([(item, new.item)])

    def note_edit(self, item: ItemId, *, edits: int) -> None:
        self._connection.execute(update(s.memory).where(s.memory.c.item == item).values(edits=edits))

    def save_furniture(self, site: str, learnt: bytes, now: datetime) -> None:
        self._connection.execute(delete(s.furniture).where(s.furniture.c.site == site))
        self._connection.execute(insert(s.furniture), {"site": site, "learnt": learnt, "changed_at": now})

    def finish_page(
        self, page: ItemId, item: Item, fingerprint: Fingerprint, link: StoryLink, matches: Sequence[Match]
    ) -> None:
        """What was told of the item counts as told of the story that it turns out to belong to."""
        self._replace(page, item, fingerprint, link, matches)
        was_told = select(s.decisions.c.rule, s.decisions.c.channel, s.decisions.c.reason, s.decisions.c.created_at)
        rows = self._connection.execute(
            was_told.where(
                s.decisions.c.item == page,
                s.decisions.c.reason.in_(TELLING),
            )
        )
        # Marked as capped, which keeps them out of the count of messages: each was counted once, when it was told.
        carried = [
            {"story": link.story, "rule": r, "channel": c, "capped": True, "told_at": at} for r, c, _, at in rows
        ]
        self._add_told(link.story, carried)

    def _replace(
        self, page: ItemId, item: Item, fingerprint: Fingerprint, link: StoryLink, matches: Sequence[Match]
    ) -> None:
        self._connection.execute(delete(s.pages).where(s.pages.c.item == page))
        self._connection.execute(update(s.items).where(s.items.c.id == page).values(item_values(item, link, link.of)))
        self._connection.execute(delete(s.matches).where(s.matches.c.item == page))
        self._add_matches((page, match) for match in matches)
        old = self._connection.execute(select(s.memory.c.packed_keys).where(s.memory.c.item == page))
        keys = old.scalar_one_or_none()
        if keys is not None:  # else its memory was cut short while it waited
            forget_keys(self._connection, [(page, keys)])
            self._connection.execute(
                update(s.memory).where(s.memory.c.item == page).values(_remembered(item, fingerprint, link))
            )
            self._add_keys([(page, fingerprint)])

    def retry_page(self, page: ItemId, attempts: int, due_at: datetime) -> None:
        self._connection.execute(update(s.pages).where(s.pages.c.item == page).values(attempts=attempts, due_at=due_at))

    def enqueue(self, kind: DeliveryKind, channel: ChannelId, due_at: datetime, *, rule: RuleId | None = None,
                      notice: NoticeContent | None = None) -> DeliveryId:  # fmt: skip
        if kind is DeliveryKind.SUMMARY:
            waiting = select(s.outbox.c.id).where(
                s.outbox.c.state == DeliveryState.DUE,
                s.outbox.c.channel == channel,
                s.outbox.c.kind == kind,
                s.outbox.c.rule == rule,
                s.outbox.c.closed.is_(False),
            )
            found = (self._connection.execute(waiting.order_by(s.outbox.c.id))).scalars().first()
            if found is not None:
                return DeliveryId(found)
        return new_delivery(self._connection, kind, channel, due_at, self._clock(), rule=rule, notice=notice)

    def queue_edits(
        self,
        now: datetime,
        *,
        stories: Collection[StoryId] = (),
        items: Collection[ItemId] = (),
        rules: Collection[RuleId],
        channels: Collection[ChannelId],
    ) -> int:
        return queue_edits(self._connection, now, stories=stories, items=items, rules=rules, channels=channels)

    def add_decisions(
        self, item: ItemId, story: StoryId, decided: Sequence[tuple[Decision, DeliveryId | None]], now: datetime
    ) -> None:
        if not decided:
            return
        self._connection.execute(
            _ADD_DECISIONS,
            [
                {
                    "item": item,
                    "story": story,
                    "rule": decision.rule,
                    "channel": decision.channel,
                    "reason": decision.reason,
                    "detail": decision.detail,
                    "priority": decision.priority,
                    "delivery": delivery,
                    "created_at": now,
                }
                for decision, delivery in decided
            ],
        )
        again = [d for d, _ in decided if d.reason in (Reason.RETOLD, Reason.UPDATE)]
        if again:
            self._connection.execute(
                _TOLD_AGAIN,
                [{"of_story": story, "of_rule": d.rule, "of_channel": d.channel, "told_at": now} for d in again],
            )
        self._add_told(
            story,
            [
                {
                    "story": story,
                    "rule": decision.rule,
                    "channel": decision.channel,
                    "capped": decision.reason is Reason.CAPPED,
                    "told_at": now,
                }
                for decision, _ in decided
                if decision.is_told
            ],
        )

    def save_vocabulary(self, packed: bytes, last: ItemId) -> None:
        self._connection.execute(delete(s.vocabulary))
        self._connection.execute(insert(s.vocabulary), {"last": last, "packed": packed})

    def save_states(self, states: Iterable[SourceState]) -> None:
        rows = [{"of_source": state.source, "source": state.source, "state": state_to(state)} for state in states]
        if rows and self._connection.execute(_CHANGE_STATE, rows).rowcount != len(rows):
            self._connection.execute(_DROP_STATE, rows)
            self._connection.execute(_ADD_STATE, rows)

    def _add_keys(self, marks: Iterable[tuple[ItemId, Fingerprint]]) -> None:
        pairs = [(key, item) for item, mark in marks for key in dict.fromkeys(mark.keys)]
        if pairs:
            add_pairs(self._connection, _ADD_KEYS, pairs)

    def _add_matches(self, found: Iterable[tuple[ItemId, Match]]) -> None:
        rows = [{"item": item, "rule": match.rule, "hits": hits_to(match.hits)} for item, match in found]
        if rows:
            self._connection.execute(_ADD_MATCHES, rows)

    def _add_told(self, story: StoryId, rows: Sequence[dict[str, Any]]) -> None:
        """The first time counts."""
        if not rows:
            return
        known = self._connection.execute(_TOLD_OF, {"story": story})
        missing = {(row["rule"], row["channel"]): row for row in reversed(rows)}
        for rule, channel in known:
            missing.pop((rule, channel), None)
        if missing:
            self._connection.execute(_ADD_TOLD, list(missing.values()))


class Intakes(Database):
    """`core.ports.Store`, but for retention."""

    async def transact(self, work: Callable[[Intake], T]) -> T:
        return await self.write(lambda connection: work(SqlIntake(connection, self._clock)))

    @reads
    def recorded(self, connection: Connection, keys: Iterable[int], uids: Iterable[tuple[SourceId, str]]) -> Recorded:
        return _recorded(connection, keys, uids)

    @reads
    def source_states(self, connection: Connection) -> dict[SourceId, SourceState]:
        rows = connection.execute(select(s.sources.c.source, s.sources.c.state))
        return {SourceId(source): state_from(source, state) for source, state in rows}

    @reads
    def furniture(self, connection: Connection, site: str) -> bytes | None:
        return connection.execute(_FURNITURE, {"of_site": site}).scalar_one_or_none()

    @reads
    def vocabulary(self, connection: Connection) -> tuple[bytes, ItemId]:
        row = connection.execute(select(s.vocabulary)).first()
        return (b"", ItemId(0)) if row is None else (row.packed, ItemId(row.last))

    @reads
    def sketches(self, connection: Connection, after: ItemId, limit: int) -> tuple[tuple[ItemId, bytes], ...]:
        query = select(s.memory.c.item, s.memory.c.sketch).where(s.memory.c.item > after)
        rows = connection.execute(query.order_by(s.memory.c.item).limit(limit))
        return tuple((ItemId(item), sketch) for item, sketch in rows)

    @reads
    def wanted_after(self, connection: Connection, after: ItemId, limit: int) -> tuple[ItemId, ...]:
        return wanted_after(connection, after, limit)

    @reads
    def due_pages(self, connection: Connection, now: datetime, limit: int) -> tuple[PendingPage, ...]:
        rows = connection.execute(_DUE_PAGES, {"now": now, "limit": limit})
        return tuple(page_from(row) for row in rows.mappings())


# What polls with news ask and write. Built once: building costs SQLAlchemy more than the database's answer.
_REMEMBER = insert(s.memory).returning(s.memory.c.uid_key, s.memory.c.item)
_ADD_KEYS = insert(s.memory_keys)
_ADD_ITEMS = insert(s.items)
_ADD_MATCHES = insert(s.matches)
_ADD_PAGES = insert(s.pages)
_ADD_DECISIONS = insert(s.decisions)
_ADD_TOLD = insert(s.told)
_TOLD_AGAIN = (
    update(s.told)
    .where(
        s.told.c.story == bindparam("of_story"),
        s.told.c.rule == bindparam("of_rule"),
        s.told.c.channel == bindparam("of_channel"),
    )
    .values(told_at=bindparam("told_at"), capped=False)
)
_CARRIERS = (
    select(s.items.c.id, s.items.c.source, s.items.c.site, s.items.c.of_item, s.items.c.relation, s.items.c.credits)
    .where(s.items.c.story == bindparam("story"))
    .order_by(s.items.c.id.desc())
    .limit(CARRIERS)
)
_REPORTS = (
    select(s.items.c.title, func.substr(s.items.c.text, 1, bindparam("characters")), s.items.c.language)
    .where(
        s.items.c.story == bindparam("story"),
        s.items.c.taken_in <= bindparam("until"),
        s.items.c.id != bindparam("but"),
    )
    .order_by(s.items.c.id.desc())
    .limit(REPORTS)
)
_ADD_STATE = insert(s.sources)
_CHANGE_STATE = update(s.sources).where(s.sources.c.source == bindparam("of_source")).values(state=bindparam("state"))
_DROP_STATE = delete(s.sources).where(s.sources.c.source == bindparam("of_source"))
_ADD_IDENTITY = insert(s.identity_keys)
_IDENTITY_OF = select(s.memory.c.packed_identity).where(s.memory.c.item == bindparam("of_item"))
_CHANGE_IDENTITY = (
    update(s.memory)
    .where(s.memory.c.item == bindparam("of_item"))
    .values(packed_identity=bindparam("packed_identity"), content_mark=bindparam("content_mark"))
)
_TOLD_OF = select(s.told.c.rule, s.told.c.channel).where(s.told.c.story == bindparam("story"))
_KNOWN = (s.memory.c.item, s.memory.c.packed_identity, s.memory.c.content_mark, s.memory.c.edits)
_BY_UID = select(s.memory.c.uid_key, *_KNOWN).where(s.memory.c.uid_key.in_(bindparam("keys", expanding=True)))
_BY_KEY = (
    select(s.identity_keys.c.key, *_KNOWN)
    .join(s.memory, s.memory.c.item == s.identity_keys.c.item)
    .where(s.identity_keys.c.key.in_(bindparam("keys", expanding=True)))
)
_FURNITURE = select(s.furniture.c.learnt).where(s.furniture.c.site == bindparam("of_site"))
_TOLD = select(s.told.c.story, s.told.c.rule, s.told.c.channel, s.told.c.told_at).where(
    s.told.c.story.in_(bindparam("stories", expanding=True))
)
_TOLD_LATELY = (
    select(s.told.c.rule, s.told.c.channel, s.told.c.told_at)
    .where(
        s.told.c.rule.in_(bindparam("rules", expanding=True)),
        s.told.c.told_at >= bindparam("since"),
        s.told.c.capped.is_(False),
    )
    .order_by(s.told.c.told_at)
)
_ACTIVE_SILENCES = select(s.silences).where(s.silences.c.until > bindparam("now")).order_by(s.silences.c.id)
_PAGES = select(s.items, s.pages.c.attempts, s.pages.c.due_at, s.pages.c.deadline).join(
    s.pages, s.pages.c.item == s.items.c.id
)
_DUE_PAGES = (
    _PAGES.where((s.pages.c.due_at <= bindparam("now")) | (s.pages.c.deadline <= bindparam("now")))
    .order_by(s.pages.c.due_at, s.pages.c.item)
    .limit(bindparam("limit"))
)


def _recorded(connection: Connection, keys: Iterable[int], uids: Iterable[tuple[SourceId, str]]) -> Recorded:
    by_key: dict[int, tuple[ItemId, ...]] = {}
    by_uid: dict[tuple[SourceId, str], ItemId] = {}
    items: dict[ItemId, Known] = {}

    def known(item: int, packed: bytes, mark: int, edits: int) -> ItemId:
        number = ItemId(item)
        if number not in items:
            items[number] = Known(item=number, identity=Identity(keys=unpack(packed), mark=mark), edits=edits)
        return number

    for chunk in in_chunks(sorted(set(keys))):
        for key, *row in rows_of(connection, _BY_KEY, chunk):
            by_key[key] = (*by_key.get(key, ()), known(*row))
    names = {uid_key(*name): name for name in uids}
    for names_chunk in in_chunks(list(names)):
        for name, *row in rows_of(connection, _BY_UID, names_chunk):
            by_uid[names[name]] = known(*row)
    return Recorded(by_key=by_key, by_uid=by_uid, items=items)


def forget_identities(connection: Connection, packed: Iterable[tuple[int, bytes]]) -> None:
    """Takes items, each with its packed identity, out of `identity_keys`."""
    pairs = [{"of_key": key, "of_item": item} for item, keys in packed for key in dict.fromkeys(unpack(keys))]
    if pairs:
        table = s.identity_keys.c
        connection.execute(
            delete(s.identity_keys).where(table.key == bindparam("of_key"), table.item == bindparam("of_item")), pairs
        )


def forget_keys(connection: Connection, packed: Iterable[tuple[int, bytes]]) -> int:
    """Takes items, each with its packed keys, out of `memory_keys`."""
    pairs = [{"of_key": key, "of_item": item} for item, keys in packed for key in dict.fromkeys(unpack(keys))]
    if pairs:
        gone = delete(s.memory_keys).where(
            s.memory_keys.c.key == bindparam("of_key"), s.memory_keys.c.item == bindparam("of_item")
        )
        connection.execute(gone, pairs)
    return len(pairs)


def _remembered(item: Item, fingerprint: Fingerprint, link: StoryLink) -> dict[str, Any]:
    return {
        "story": link.story,
        "title": item.title,
        "packed_keys": pack(fingerprint.keys),
        "sketch": fingerprint.sketch,
    }


def _earlier(of: ItemId | None, ids: Sequence[ItemId]) -> ItemId | None:
    """-1 is the first item of this batch."""
    return ids[-1 - of] if of is not None and of < 0 else of
