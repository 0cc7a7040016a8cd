"""Inside the transaction: the story of each item, and who is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from monitor.alerts import Policy, decide, independent, news_in, remember, summary_due
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
    StoryLink,
)
from monitor.core.ports import Intake, Matcher
from monitor.core.settings import Spike, Updates
from monitor.pipeline.lexicon import Lexicon
from monitor.stories import (
    ACROSS_WINDOW,
    FOREIGN,
    MEMORY_WINDOW,
    MOST,
    PER_KEY,
    USUAL,
    Index,
    Sketch,
    Standard,
    Vocabulary,
    assign,
    copy_keys,
    event_keys,
    name_keys,
    nearest,
    sketch_of,
    wanted_names,
)
from monitor.text.language import detect

Judged = tuple[ItemId, NewItem, tuple[Decision, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An unseen item with all that is found out about it outside the transaction."""

    item: Item
    sketch: Sketch
    matches: tuple[Match, ...]
    identity: Identity


def prepared(
    item: Item, identity: Identity, matcher: Matcher, *, seeding: bool, standard: Standard, usual: str = ""
) -> Prepared:
    if seeding:
        item = replace(item, page=PageState.NONE)  # its page is fetched for nobody
    elif not item.language:
        item = replace(item, language=detect(f"{item.title}\n{item.text}", usual))
    return Prepared(item=item, sketch=sketched(item, standard), matches=matcher.match(item), identity=identity)


def all_prepared(
    fresh: Iterable[tuple[int, Item, Identity]],
    matcher: Matcher,
    *,
    seeding: bool,
    standard: Standard,
    usual: str = "",
) -> dict[int, Prepared]:
    return {
        place: prepared(item, identity, matcher, seeding=seeding, standard=standard, usual=usual)
        for place, item, identity in fresh
    }


def sketched(item: Item, standard: Standard) -> Sketch:
    return sketch_of(
        title=item.title,
        text=item.text,
        canonical_url=item.canonical_url,
        language=item.language,
        across_languages=standard.across_languages,
    )


def mark_of(sketch: Sketch, vocabulary: Vocabulary) -> Fingerprint:
    return _mark(sketch, copy_keys(sketch), event_keys(sketch, vocabulary), vocabulary)


def _mark(sketch: Sketch, copies: Iterable[int], events: Iterable[int], vocabulary: Vocabulary) -> Fingerprint:
    return Fingerprint(keys=(*copies, *events, *name_keys(sketch, vocabulary)), sketch=sketch.pack())


def assigned(
    intake: Intake,
    fresh: Sequence[Prepared],
    now: datetime,
    memory: timedelta,
    lexicon: Lexicon,
    learnt: list[Sketch],
    standard: Standard,
) -> list[NewItem]:
    """`learnt` gets what the lexicon is to forget if the transaction comes to nothing."""
    vocabulary = lexicon.vocabulary
    index = Index()
    for known in intake.candidates({k for p in fresh for k in copy_keys(p.sketch)}, now - memory):
        index.add(known)
    new_items: list[NewItem] = []
    for position, prepared in enumerate(fresh):
        item = prepared.item
        vocabulary.add(prepared.sketch)
        learnt.append(prepared.sketch)
        mark, link = linked(
            intake,
            item,
            prepared.sketch,
            vocabulary,
            index,
            now,
            memory,
            is_wanted=bool(prepared.matches),
            standard=standard,
        )
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


def linked(
    intake: Intake, item: Item, sketch: Sketch, vocabulary: Vocabulary, index: Index, now: datetime, memory: timedelta,
    *, is_wanted: bool, standard: Standard = USUAL, but: ItemId | None = None,
) -> tuple[Fingerprint, StoryLink]:  # fmt: skip
    """The story of an item, and what is to be remembered of it. Reports of the same event are looked for only where a
    rule wants the item; others still can be their kin. `index` has those that share its copy keys and those that came
    with it; `but` is left out."""
    copies, events = copy_keys(sketch), event_keys(sketch, vocabulary)
    kin = {c.item: c for c in index.lookup(copies)}
    if is_wanted:
        near, came_along = intake.kin(events, now - min(memory, MEMORY_WINDOW), MOST), index.lookup(events)
        kin |= {c.item: c for c in (nearest((*near, *came_along), events) if came_along else near)}
        if wanted := wanted_names(sketch, vocabulary):
            since = now - min(memory, ACROSS_WINDOW)
            foreign = [*intake.kin(wanted, since, FOREIGN, PER_KEY), *index.lookup(wanted)]
            kin |= {c.item: c for c in nearest(foreign, wanted, FOREIGN)}
    candidates = [c for c in kin.values() if c.item != but]
    link = assign(item.source, item.uid, sketch, candidates, vocabulary, now, events=is_wanted, event=standard.event)
    return _mark(sketch, copies, events, vocabulary), link


def decided(
    intake: Intake, new_items: Sequence[NewItem], ids: Sequence[ItemId], policies: Sequence[Policy], now: datetime
) -> list[tuple[Decision, ...]]:
    """Each item by the policy of its poll."""
    hits = [(n, policy) for n, policy in zip(new_items, policies, strict=True) if n.matches]
    if not hits:
        return [()] * len(new_items)
    capped = {r for n, policy in hits for r in _capped((m.rule for m in n.matches), policy)}
    spikes = {r: s for n, policy in hits for r, s in _spikes((m.rule for m in n.matches), policy).items()}
    history = intake.history({n.link.story for n, _ in hits}, capped, spikes, now)
    found = []
    for new, item_id, policy in zip(new_items, ids, policies, strict=True):
        news = news_for(intake, item_id, new, history, policy)
        outlets = outlets_for(intake, new, history, policy, until=item_id)
        decisions = recorded(intake, item_id, new, history, policy, now, news=news, outlets=outlets)
        history = remember(history, new.link.story, decisions, now)
        found.append(decisions)
    return found


def news_for(
    intake: Intake, item_id: ItemId, new: NewItem, history: History, policy: Policy, *, before: Item | None = None
) -> dict[RuleId, str]:
    """What is new to those who were told of the story, for rules that want to hear of it. `before`: the item itself as
    it was judged earlier: what told of it is not followed up by itself."""
    found: dict[RuleId, str] = {}
    for match in new.matches:
        rule = policy.rules.get(match.rule)
        if rule is None or rule.updates is not Updates.SUBSTANTIAL or policy.seeding:
            continue
        told = [at for c in rule.to if (at := history.told_at.get((new.link.story, rule.id, c))) is not None]
        if told and not (before is not None and _was_told(intake, item_id, rule.id)):
            earlier = intake.reports(new.link.story, until=max(told), but=item_id)
            mine = () if before is None else ((before.title, before.text, before.language),)
            found[rule.id] = news_in(new.item, (*earlier, *mine))
    return {rule: news for rule, news in found.items() if news}


def outlets_for(intake: Intake, new: NewItem, history: History, policy: Policy, *, until: ItemId | None = None) -> int:
    """How many independent outlets report its story, up to an item; asked where a rule waits for them."""
    story = new.link.story
    for match in new.matches:
        rule = policy.rules.get(match.rule)
        if rule is not None and rule.min_sources > 1 and any((story, rule.id, c) not in history.told for c in rule.to):
            return independent([c for c in intake.carriers(story) if until is None or c.item <= until])
    return 1


def _was_told(intake: Intake, item_id: ItemId, rule: RuleId) -> bool:
    kept = intake.stored(item_id)
    return kept is not None and rule in kept[2]


def recorded(
    intake: Intake,
    item_id: ItemId,
    new: NewItem,
    history: History,
    policy: Policy,
    now: datetime,
    *,
    settled: Set[RuleId] = frozenset(),
    edits: Mapping[RuleId, str] = MappingProxyType({}),
    news: Mapping[RuleId, str] = MappingProxyType({}),
    outlets: int = 1,
) -> tuple[Decision, ...]:
    """Decides on one item and writes that down. `settled` rules hit it before: what was decided then stands, told or
    not; only `edits` and `news` (as in `decide`) tell again what was told, and enough `outlets` tell what waited."""
    waiting = {r for r in settled if outlets > 1 and (rule := policy.rules.get(r)) and rule.min_sources > 1}
    matches = [m for m in new.matches if m.rule not in settled or m.rule in {*edits, *news, *waiting}]
    decisions = tuple(
        d
        for d in decide(new.item, matches, new.link, history, policy, now, edits=edits, news=news, outlets=outlets)
        if d.is_told or d.rule not in settled
    )
    deliveries: dict[tuple[ChannelId, RuleId | None], DeliveryId] = {}
    rows = [(d, _enqueue(intake, d, deliveries, history, policy, now)) for d in decisions]
    if rows:
        intake.add_decisions(item_id, new.link.story, rows, now)
    return decisions


def joined(intake: Intake, stories: Set[StoryId], policy: Policy, now: datetime) -> None:
    """These stories have got further items: messages that told of them name the outlets."""
    if stories and policy.editing:
        intake.queue_edits(now, stories=stories, rules=policy.edited, channels=policy.editing)


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
        case Reason.TOLD | Reason.RETOLD | Reason.UPDATE | Reason.RISING:
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
    rules = tuple(hit)
    return intake.history(stories, _capped(rules, policy), _spikes(rules, policy), now)


def _capped(hit: Iterable[RuleId], policy: Policy) -> set[RuleId]:
    """How often a rule was told lately is asked for the rules whose cap it decides."""
    return {r for r in hit if (rule := policy.rules.get(r)) is not None and rule.cap is not None}


def _spikes(hit: Iterable[RuleId], policy: Policy) -> dict[RuleId, Spike]:
    return {r: rule.spike for r in hit if (rule := policy.rules.get(r)) is not None and rule.spike is not None}
