"""Rows as records of the domain, and back."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from hashlib import blake2b
from typing import Any

from sqlalchemy import RowMapping

from monitor.core.model import (
    ChannelId,
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
    Relation,
    Silence,
    SilenceScope,
    SourceId,
    SourceState,
    StoredItem,
    StoryId,
    StoryLink,
)

STATE_FIELDS = tuple(f.name for f in fields(SourceState))
ITEM_FIELDS = tuple(f.name for f in fields(Item))


def uid_key(source: SourceId, uid: str) -> bytes:
    """128 bits that stand for (source, uid). Never change: every identity on record is one of these."""
    return blake2b(f"{source}\0{uid}".encode(errors="surrogatepass"), digest_size=16).digest()


def pack(keys: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(keys)}q", *keys)


def unpack(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 8}q", data)


def item_values(item: Item, link: StoryLink, of: int | None) -> dict[str, Any]:
    return {
        **{name: getattr(item, name) for name in ITEM_FIELDS},
        "story": link.story,
        "relation": link.relation,
        "score": link.score,
        "of_item": of,
        "reason": link.reason,
    }


def state_values(state: SourceState) -> dict[str, Any]:
    return {name: getattr(state, name) for name in STATE_FIELDS}


def item_from(row: RowMapping) -> Item:
    values = {name: row[name] for name in ITEM_FIELDS}
    values["tags"] = tuple(values["tags"])
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
