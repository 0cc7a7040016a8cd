"""Items that turn out to be of another story. What was told of the story that they leave, to those who wanted them,
counts as told of the one that they come to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, bindparam, exists, func, insert, literal, select, update

from monitor.core.model import Candidate, ItemId, SilenceScope, SourceId, StoryId, StoryLink
from monitor.store import schema as s
from monitor.store.database import in_chunks

BY_HAND = "by hand"
"""How the reason of a correction by hand ends: what an operator put right stays as it is."""


def wanted_after(connection: Connection, after: ItemId, limit: int) -> tuple[ItemId, ...]:
    query = select(s.matches.c.item).where(s.matches.c.item > after).distinct().order_by(s.matches.c.item).limit(limit)
    return tuple(ItemId(item) for item in connection.execute(query).scalars())


def members(
    connection: Connection, stories: Collection[StoryId], since: datetime, limit: int, furthest: timedelta
) -> tuple[Candidate, ...]:
    by_hand = select(s.items.c.story).where(s.items.c.story.in_(stories), s.items.c.reason.endswith(BY_HAND))
    fixed = set(connection.execute(by_hand).scalars())
    columns = (s.memory.c[name] for name in ("item", "story", "source", "title", "sketch", "seen_at"))
    rows = connection.execute(
        select(*columns, func.coalesce(s.items.c.published, s.memory.c.seen_at).label("published"))
        .outerjoin(s.items, s.items.c.id == s.memory.c.item)
        .where(s.memory.c.story.in_(set(stories) - fixed), s.memory.c.seen_at >= since)
        .order_by(s.memory.c.item.desc())
        .limit(limit)
    )
    return tuple(
        Candidate(
            item=ItemId(row.item),
            story=StoryId(row.story),
            source=SourceId(row.source),
            title=row.title,
            keys=(),
            sketch=row.sketch,
            seen_at=min(row.seen_at, max(row.published, row.seen_at - furthest)),
        )
        for row in rows
    )


def move(connection: Connection, links: Mapping[ItemId, StoryLink]) -> None:
    was: dict[ItemId, StoryId] = {}
    for chunk in in_chunks(sorted(links)):
        query = select(s.memory.c.item, s.memory.c.story).where(s.memory.c.item.in_(chunk))
        was |= {ItemId(item): StoryId(story) for item, story in connection.execute(query)}
    connection.execute(_MOVE_MEMORY, [{"of": item, "story": links[item].story} for item in was])
    connection.execute(_MOVE, [{"of": item, **_link_values(link)} for item, link in links.items()])
    moved: dict[tuple[StoryId, StoryId], list[ItemId]] = {}
    for item, story in was.items():
        if story != links[item].story:
            moved.setdefault((story, links[item].story), []).append(item)
    for (story, to), items in moved.items():
        hit = select(s.matches.c.rule).where(s.matches.c.item.in_(items))
        carry_told(connection, story, to, s.told.c.rule.in_(hit))
        if not connection.execute(select(exists().where(s.memory.c.story == story))).scalar_one():
            move_silences(connection, story, to)


def _link_values(link: StoryLink) -> dict[str, object]:
    return {
        "story": link.story, "relation": link.relation, "score": link.score, "of_item": link.of, "reason": link.reason,
    }  # fmt: skip


def carry_told(connection: Connection, story: int, to: int, *which: ColumnElement[bool]) -> None:
    """Marked as capped, which keeps them out of the count of messages: each was counted when it was told."""
    known = s.told.alias()
    told = select(literal(to), s.told.c.rule, s.told.c.channel, literal(True), s.told.c.told_at).where(
        s.told.c.story == story,
        ~exists().where(known.c.story == to, known.c.rule == s.told.c.rule, known.c.channel == s.told.c.channel),
        *which,
    )
    connection.execute(insert(s.told).from_select(["story", "rule", "channel", "capped", "told_at"], told))


def move_silences(connection: Connection, story: int, to: int) -> None:
    of_story = (s.silences.c.scope == SilenceScope.STORY, s.silences.c.target == str(story))
    connection.execute(update(s.silences).where(*of_story).values(target=str(to)))


_MOVE_MEMORY = update(s.memory).where(s.memory.c.item == bindparam("of")).values(story=bindparam("story"))
_MOVE = (
    update(s.items)
    .where(s.items.c.id == bindparam("of"))
    .values({name: bindparam(name) for name in ("story", "relation", "score", "of_item", "reason")})
)
