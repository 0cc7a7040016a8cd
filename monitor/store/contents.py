"""What a delivery tells, put together from what is on record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from monitor.alerts import first_outlet
from monitor.alerts.summary import is_full
from monitor.core.model import (
    Carrier,
    ChannelId,
    DeliveryKind,
    DeliveryState,
    Field,
    Hit,
    Item,
    ItemId,
    Priority,
    Reason,
    Report,
    RuleId,
    StoryId,
)
from monitor.store import schema as s
from monitor.store.database import in_chunks
from monitor.store.records import carrier_from, hits_from, item_from

FULL, MOST_ASKED = 120, 10
"""Characters of a text that may be more than a headline, and how many such are looked at."""
_LOUDNESS = tuple(Priority)
_FIELDS = tuple(Field)


def reports_of(connection: Connection, deliveries: Sequence[int]) -> tuple[Report, ...]:
    """One report an item, in the order of the deliveries and, within one, of the decisions. The items exist: nothing
    that is still to be delivered is pruned."""
    position = {delivery: index for index, delivery in enumerate(deliveries)}
    decided: list[Any] = []
    for chunk in in_chunks(deliveries):
        query = select(
            s.decisions.c.id,
            s.decisions.c.item,
            s.decisions.c.rule,
            s.decisions.c.priority,
            s.decisions.c.delivery,
            s.decisions.c.reason,
            s.decisions.c.detail,
        )
        decided += connection.execute(query.where(s.decisions.c.delivery.in_(chunk)))
    decided.sort(key=lambda row: (position[row.delivery], row.id))
    by_item: dict[int, list[Any]] = {}
    for row in decided:
        by_item.setdefault(row.item, []).append(row)
    reports: list[Report] = []
    for chunk in in_chunks(list(by_item)):
        reports += _reports(connection, {item: by_item[item] for item in chunk})
    return tuple(reports)


def _reports(connection: Connection, by_item: dict[int, list[Any]]) -> list[Report]:
    found = connection.execute(select(s.items).where(s.items.c.id.in_(by_item)))
    rows = {row["id"]: row for row in found.mappings()}
    hits: dict[tuple[int, str], tuple[Hit, ...]] = {
        (item, rule): hits_from(values)
        for item, rule, values in connection.execute(
            select(s.matches.c.item, s.matches.c.rule, s.matches.c.hits).where(s.matches.c.item.in_(by_item))
        )
    }
    carriers = _carriers(connection, {row["story"] for row in rows.values()})
    written = connection.execute(select(s.summaries).where(s.summaries.c.item.in_(by_item)))
    summaries = {row.item: (row.text, row.model) for row in written}
    reports = []
    for number, decided in by_item.items():
        row = rows[number]
        rules = tuple(dict.fromkeys(RuleId(decision.rule) for decision in decided))
        fuller, fuller_hits = _fuller(connection, row, rules)
        summary, summary_by = summaries.get(number, ("", ""))
        reports.append(
            Report(
                item=item_from(row),
                story=StoryId(row["story"]),
                rules=rules,
                priority=max((Priority(decision.priority) for decision in decided), key=_LOUDNESS.index),
                hits=_merged(hits.get((number, rule), ()) for rule in rules),
                rise="; ".join(
                    dict.fromkeys(decision.detail for decision in decided if decision.reason == Reason.RISING)
                ),
                news="; ".join(
                    dict.fromkeys(decision.detail for decision in decided if decision.reason == Reason.UPDATE)
                ),
                number=ItemId(number),
                fuller=fuller,
                fuller_hits=fuller_hits,
                summary=summary,
                summary_by=summary_by,
                edited=any(decision.reason == Reason.RETOLD for decision in decided),
                first=first_outlet(carriers[row["story"]]),
                also_in=tuple(
                    dict.fromkeys(
                        c.site
                        for c in carriers[row["story"]]
                        if c.site and c.source != row["source"] and c.site != row["site"]
                    )
                ),
            )
        )
    return reports


def _fuller(connection: Connection, row: Any, rules: Sequence[RuleId]) -> tuple[Item | None, tuple[Hit, ...]]:
    """For an item that is little more than its headline, the first report of the story in its language that is more.
    The first one, so that a message that shows it goes on showing it."""
    if is_full(row["text"], title=row["title"]):
        return None, ()
    others = (
        select(s.items)
        .where(
            s.items.c.story == row["story"],
            s.items.c.id != row["id"],
            s.items.c.language == row["language"],
            func.length(s.items.c.text) >= FULL,
        )
        .order_by(s.items.c.id)
        .limit(MOST_ASKED)
    )
    for other in connection.execute(others).mappings():
        if is_full(other["text"], title=other["title"]):
            hits = select(s.matches.c.hits).where(s.matches.c.item == other["id"], s.matches.c.rule.in_(rules))
            return item_from(other), _merged(map(hits_from, connection.execute(hits).scalars()))
    return None, ()


def _carriers(connection: Connection, stories: Iterable[int]) -> dict[int, list[Carrier]]:
    """Of each story its items, first come first."""
    carriers: dict[int, list[Carrier]] = {story: [] for story in stories}
    columns = (s.items.c[name] for name in ("story", "id", "source", "site", "of_item", "relation", "credits"))
    query = select(*columns).where(s.items.c.story.in_(carriers))
    for row in connection.execute(query.order_by(s.items.c.taken_in, s.items.c.id)):
        carriers[row.story].append(carrier_from(row))
    return carriers


def _merged(hits: Iterable[tuple[Hit, ...]]) -> tuple[Hit, ...]:
    distinct = dict.fromkeys(hit for of_rule in hits for hit in of_rule)
    return tuple(sorted(distinct, key=lambda hit: (_FIELDS.index(hit.field), hit.start, hit.end, hit.term)))


def first_message(connection: Connection, story: StoryId, channel: ChannelId, *, before: int) -> str:
    """The channel's reference of the first message that told of a story there; '' when there is none."""
    query = (
        select(s.outbox.c.refs)
        .select_from(s.items)
        .join(s.decisions, s.decisions.c.item == s.items.c.id)
        .join(s.outbox, s.outbox.c.id == s.decisions.c.delivery)
        .where(
            s.items.c.story == story,
            s.outbox.c.channel == channel,
            s.outbox.c.kind == DeliveryKind.ALERT,
            s.outbox.c.state == DeliveryState.SENT,
            s.outbox.c.id < before,
        )
    )
    refs = connection.execute(query.order_by(s.outbox.c.id).limit(1)).scalars().first()
    return refs[0] if refs else ""
