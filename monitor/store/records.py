"""Rows as records of the domain, and back."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import RowMapping

from monitor.core.model import (
    Carrier,
    ChannelId,
    Credit,
    CreditKind,
    Delivery,
    DeliveryId,
    DeliveryKind,
    DeliveryState,
    Field,
    Hit,
    Item,
    ItemId,
    Message,
    PageState,
    PendingPage,
    PollHints,
    Relation,
    Silence,
    SilenceScope,
    SourceId,
    SourceState,
    StoredItem,
    StoryId,
    StoryLink,
)
from monitor.store.schema import EPOCH, TICK

ITEM_FIELDS = tuple(f.name for f in fields(Item))


def uid_key(source: SourceId, uid: str) -> bytes:
    """128 bits that stand for (source, uid). Never change: every identity on record is one of these."""
    return blake2b(f"{source}\0{uid}".encode(errors="surrogatepass"), digest_size=16).digest()


_STATE = tuple((f.name, f.default) for f in fields(SourceState) if f.name != "source")
_MOMENTS = frozenset({"last_full", "moved_since", "next_poll", "last_poll", "last_success", "last_new"})
_LENGTHS = frozenset({"usual_gap", "longest_gap"})
_TUPLES = frozenset({"marks", "told"})
_json = json.JSONEncoder(separators=(",", ":")).encode


def state_to(state: SourceState) -> str:
    """JSON of what differs from a source that was never asked. ASCII, so that hostile text is no trouble."""
    said: dict[str, Any] = {}
    for name, default in _STATE:
        value = getattr(state, name)
        if value == default:
            continue
        if name in _MOMENTS:
            value = _ticks(value)
        elif name in _LENGTHS:
            value = value // TICK
        elif name == "arrivals":
            value = [_ticks(at) for at in value]
        elif name == "hints":
            value = _hints_to(value)
        said[name] = value
    return _json(said)


def state_from(source: str, text: str) -> SourceState:
    said = json.loads(text)
    values: dict[str, Any] = {}
    for name, _ in _STATE:
        if name not in said:
            continue
        value = said[name]
        if name in _MOMENTS:
            value = EPOCH + timedelta(microseconds=value)
        elif name in _LENGTHS:
            value = timedelta(microseconds=value)
        elif name == "arrivals":
            value = tuple(EPOCH + timedelta(microseconds=at) for at in value)
        elif name == "hints":
            value = _hints_from(value)
        elif name in _TUPLES:
            value = tuple(value)
        values[name] = value
    return SourceState(source=SourceId(source), **values)


def _ticks(at: datetime) -> int:
    since = at - EPOCH  # in parts: a division of lengths costs twice as much, and each poll has dozens
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _hints_to(hints: PollHints) -> dict[str, Any]:
    return {
        "ttl": None if hints.ttl is None else hints.ttl.total_seconds(),
        "update_every": None if hints.update_every is None else hints.update_every.total_seconds(),
        "skip_hours": sorted(hints.skip_hours),
        "skip_days": sorted(hints.skip_days),
    }


def _hints_from(said: dict[str, Any]) -> PollHints:
    return PollHints(
        ttl=None if said["ttl"] is None else timedelta(seconds=said["ttl"]),
        update_every=None if said["update_every"] is None else timedelta(seconds=said["update_every"]),
        skip_hours=frozenset(said["skip_hours"]),
        skip_days=frozenset(said["skip_days"]),
    )


def pack(keys: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(keys)}q", *keys)


def unpack(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 8}q", data)


def item_values(item: Item, link: StoryLink, of: int | None) -> dict[str, Any]:
    return {
        **{name: getattr(item, name) for name in ITEM_FIELDS},
        "credits": [[c.outlet, c.reporter, c.how] for c in item.credits],
        "story": link.story,
        "relation": link.relation,
        "score": link.score,
        "of_item": of,
        "reason": link.reason,
    }


def credits_from(values: Iterable[Sequence[Any]]) -> tuple[Credit, ...]:
    return tuple(Credit(outlet=outlet, reporter=reporter, how=CreditKind(how)) for outlet, reporter, how in values)


def item_from(row: RowMapping) -> Item:
    values = {name: row[name] for name in ITEM_FIELDS}
    values["tags"] = tuple(values["tags"])
    values["credits"] = credits_from(values["credits"])
    values["page"] = PageState(values["page"])
    return Item(**values)


def link_from(row: RowMapping) -> StoryLink:
    of = row["of_item"]
    return StoryLink(
        story=StoryId(row["story"]),
        relation=Relation(row["relation"]),
        score=row["score"],
        of=None if of is None else ItemId(of),
        reason=row["reason"],
    )


def page_from(row: RowMapping) -> PendingPage:
    return PendingPage(
        stored=StoredItem(id=ItemId(row["id"]), item=item_from(row), link=link_from(row)),
        attempts=row["attempts"],
        due_at=row["due_at"],
        deadline=row["deadline"],
    )


def hits_to(hits: Iterable[Hit]) -> list[list[Any]]:
    return [[h.field, h.start, h.end, h.surface, h.term] for h in hits]


def hits_from(values: Iterable[Sequence[Any]]) -> tuple[Hit, ...]:
    return tuple(
        Hit(field=Field(field), start=start, end=end, surface=surface, term=term)
        for field, start, end, surface, term in values
    )


def parts_to(parts: Iterable[Message]) -> list[dict[str, Any]]:
    return [asdict(part) for part in parts]


def delivery_from(row: RowMapping) -> Delivery:
    joined = row["joined_into"]
    return Delivery(
        id=DeliveryId(row["id"]),
        channel=ChannelId(row["channel"]),
        kind=DeliveryKind(row["kind"]),
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        due_at=row["due_at"],
        created_at=row["created_at"],
        parts=tuple(Message(**part) for part in row["parts"]),
        refs=tuple(row["refs"]),
        last_error=row["last_error"],
        sent_at=row["sent_at"],
        joined_into=None if joined is None else DeliveryId(joined),
        edits=None if row["edits"] is None else DeliveryId(row["edits"]),
    )


def silence_from(row: RowMapping) -> Silence:
    return Silence(
        id=row["id"],
        scope=SilenceScope(row["scope"]),
        target=row["target"],
        until=row["until"],
        created_at=row["created_at"],
        comment=row["comment"],
    )


_COPIES = (Relation.COPY, Relation.SAME_ARTICLE)


def outlets_in(given: Iterable[Credit], *, origin: bool) -> tuple[str, ...]:
    """Those that it has its text from; or those that it only has something from."""
    return tuple(credit.outlet for credit in given if credit.is_origin is origin)


def carrier_from(row: Any) -> Carrier:
    """Of the columns `id`, `source`, `site`, `of_item`, `relation` and `credits`."""
    given = credits_from(row.credits)
    return Carrier(
        item=ItemId(row.id),
        source=SourceId(row.source),
        site=row.site,
        copy_of=ItemId(row.of_item) if row.of_item is not None and row.relation in _COPIES else None,
        credits=outlets_in(given, origin=True),
        cites=outlets_in(given, origin=False),
    )
