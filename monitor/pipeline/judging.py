"""Inside the transaction: the story of each item, and who is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.alerts import Policy, decide, remember, summary_due
from monitor.core.model import (
    Candidate,
    ChannelId,
    Decision,
    DeliveryId,
    DeliveryKind,
    Fingerprint,
    History,
    Identity,
    Item,
    ItemId,
    Match,
    NewItem,
    PageState,
    Reason,
    RuleId,
    StoryId,
)
from monitor.core.ports import Intake, Matcher
from monitor.stories import Index, assign, fingerprint
from monitor.text.language import detect

Judged = tuple[ItemId, NewItem, tuple[Decision, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An unseen item with all that is found out about it outside the transaction."""

    item: Item
    mark: Fingerprint
    matches: tuple[Match, ...]
    identity: Identity


def prepared(item: Item, identity: Identity, matcher: Matcher, *, seeding: bool) -> Prepared:
    if seeding:
        item = replace(item, page=PageState.NONE)  # its page is fetched for nobody
    elif not item.language:
        item = replace(item, language=detect(f"{item.title}\n{item.text}"))
    return Prepared(item=item, mark=mark_of(item), matches=matcher.match(item), identity=identity)


def all_prepared(
    fresh: Iterable[tuple[int, Item, Identity]], matcher: Matcher, *, seeding: bool
) -> dict[int, Prepared]:
    return {place: prepared(item, identity, matcher, seeding=seeding) for place, item, identity in fresh}


def mark_of(item: Item) -> Fingerprint:
    return fingerprint(title=item.title, text=item.text, canonical_url=item.canonical_url)


def assigned(intake: Intake, fresh: Sequence[Prepared], now: datetime, memory: timedelta) -> list[NewItem]:
    index = Index(intake.candidates({k for p in fresh for k in p.mark.keys}, now - memory))
    new_items: list[NewItem] = []
    for position, prepared in enumerate(fresh):
        item, mark = prepared.item, prepared.mark
        link = assign(item.source, item.uid, mark, index.lookup(mark.keys), now)
        new_items.append(
            NewItem(item=item, fingerprint=mark, link=link, matches=prepared.matches, identity=prepared.identity)
        )
        index.add(
            Candidate(
                item=ItemId(-1 - position),
                story=link.story,
                source=item.source,
                title=item.title,
                keys=mark.keys,
                sketch=mark.sketch,
                seen_at=now,
            )
        )
    return new_items


def decided(
    intake: Intake, new_items: Sequence[NewItem], ids: Sequence[ItemId], policies: Sequence[Policy], now: datetime
) -> list[tuple[Decision, ...]]:
    """Each item by the policy of its poll."""
    hits = [(n, policy) for n, policy in zip(new_items, policies, strict=True) if n.matches]
    if not hits:
        return [()] * len(new_items)
    capped = {r for n, policy in hits for r in _capped((m.rule for m in n.matches), policy)}
    history = intake.history({n.link.story for n, _ in hits}, capped, now)
    found = []
    for new, item_id, policy in zip(new_items, ids, policies, strict=True):
        decisions = recorded(intake, item_id, new, history, policy, now)
        history = remember(history, new.link.story, decisions, now)
        found.append(decisions)
    return found


def recorded(
    intake: Intake,
    item_id: ItemId,
    new: NewItem,
    history: History,
    policy: Policy,
    now: datetime,
    *,
    settled: Set[RuleId] = frozenset(),
    edit: str = "",
) -> tuple[Decision, ...]:
    """Decides on one item and writes that down. `settled` rules hit it before: what was decided then stands, told or
    not; only an `edit` (as in `decide`) tells again what was told."""
    told = {rule for story, rule, _ in history.told if story == new.link.story} if edit else frozenset[RuleId]()
    matches = [m for m in new.matches if m.rule not in settled or m.rule in told]
    decisions = tuple(
        d
        for d in decide(new.item, matches, new.link, history, policy, now, edit=edit)
        if d.is_told or d.rule not in settled
    )
    deliveries: dict[tuple[ChannelId, RuleId | None], DeliveryId] = {}
    rows = [(d, _enqueue(intake, d, deliveries, history, policy, now)) for d in decisions]
    if rows:
        intake.add_decisions(item_id, new.link.story, rows, now)
    return decisions


def _enqueue(
    intake: Intake,
    decision: Decision,
    deliveries: dict[tuple[ChannelId, RuleId | None], DeliveryId],
    history: History,
    policy: Policy,
    now: datetime,
) -> DeliveryId | None:
    """One message per item and channel names all rules; what a cap holds back goes to the rule's summary."""
    match decision.reason:
        case Reason.TOLD | Reason.RETOLD:
            key: tuple[ChannelId, RuleId | None] = (decision.channel, None)
            if key not in deliveries:
                deliveries[key] = intake.enqueue(DeliveryKind.ALERT, decision.channel, now)
        case Reason.CAPPED:
            key = (decision.channel, decision.rule)
            cap = policy.rules[decision.rule].cap
            assert cap is not None
            due = summary_due(history, decision.rule, decision.channel, cap, now)
            deliveries[key] = intake.enqueue(DeliveryKind.SUMMARY, decision.channel, due, rule=decision.rule)
        case _:
            return None
    return deliveries[key]


def history_of(
    intake: Intake, stories: Iterable[StoryId], hit: Iterable[RuleId], policy: Policy, now: datetime
) -> History:
    return intake.history(stories, _capped(hit, policy), now)


def _capped(hit: Iterable[RuleId], policy: Policy) -> set[RuleId]:
    """How often a rule was told lately is asked for the rules whose cap it decides."""
    return {r for r in hit if (rule := policy.rules.get(r)) is not None and rule.cap is not None}
