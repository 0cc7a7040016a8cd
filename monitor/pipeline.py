"""From a poll to the outbox: the flow of the daemon, on one page.

    poll -> match the unseen items -> one transaction: stories, decisions, outbox rows, the source's state

Nothing is marked as seen before what it causes is safely in the outbox. What decides whether to alert is read inside
the transaction, or two outlets polled together would both alert.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic

from monitor.alerts import Policy, decide, remember, summary_due
from monitor.core.model import (
    Article,
    Candidate,
    ChannelId,
    Decision,
    DeliveryId,
    DeliveryKind,
    Fingerprint,
    History,
    Item,
    ItemId,
    Match,
    NewItem,
    PageState,
    PendingPage,
    Reason,
    Relation,
    RuleId,
    SourceId,
    SourceState,
    StoryId,
    Unreadable,
)
from monitor.core.ports import (
    Clock,
    Fetcher,
    Intake,
    Matcher,
    NotModified,
    Observer,
    PageReader,
    Polled,
    Source,
    Store,
    Unreachable,
)
from monitor.core.settings import RuleSettings
from monitor.stories import Index, assign, fingerprint
from monitor.text.language import detect

PAGE_ATTEMPTS = 3
PAGE_PAUSE = timedelta(seconds=20)
BACK_OFF_CEILING = timedelta(hours=1)
FEW = 3
"""So many items are prepared unasked: asking first which of them are new costs as much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the pipeline needs of the configuration; replaced as a whole on reload."""

    matcher: Matcher
    rules: Mapping[RuleId, RuleSettings]
    memory: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An unseen item with all that is found out about it outside the transaction."""

    item: Item
    mark: Fingerprint
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a transaction took in, and decided."""

    items: Sequence[NewItem]
    ids: Sequence[ItemId]
    decided: Sequence[tuple[Decision, ...]]
    state: SourceState


class Pipeline:
    """Takes in polls and pages. One instance for the life of the process; `rules` changes on reload."""

    def __init__(
        self,
        *,
        store: Store,
        fetcher: Fetcher,
        page_reader: PageReader,
        rules: Rules,
        clock: Clock,
        observer: Observer,
        wake: Callable[[], None],
    ) -> None:
        """`wake` is called after a commit that put something into the outbox."""
        self.rules = rules
        self._store = store
        self._fetcher = fetcher
        self._page_reader = page_reader
        self._clock = clock
        self._observer = observer
        self._wake = wake
        self._states: dict[SourceId, SourceState] = {}
        self._dirty: set[SourceId] = set()

    # --- state of the sources ---

    async def load(self) -> None:
        self._states = await self._store.source_states()

    def state(self, source: SourceId) -> SourceState:
        return self._states.get(source) or SourceState(source=source)

    def states(self) -> Mapping[SourceId, SourceState]:
        return self._states

    def _keep(self, state: SourceState, *, dirty: bool) -> None:
        self._states[state.source] = state
        if dirty:
            self._dirty.add(state.source)
        else:
            self._dirty.discard(state.source)

    async def _keep_learnt(self, state: SourceState, before: SourceState) -> None:
        """Keeps what a poll that took nothing in has learnt. That the source is seeded is written at once: lost, it
        would make the next life seed again, and swallow what is new then."""
        self._keep(state, dirty=True)
        if state.seeded and not before.seeded:
            await self.flush()

    def assume_seeded(self, sources: Iterable[SourceId]) -> None:
        """Makes what these sources show now count as new."""
        for source in sources:
            self._keep(replace(self.state(source), seeded=True), dirty=False)

    def mark_told(self, sources: Iterable[SourceId]) -> None:
        """The operator has been told that these sources fail."""
        for source in sources:
            self._keep(replace(self.state(source), told=True), dirty=True)

    async def flush(self) -> None:
        """Writes the states of polls that took nothing in; losing them costs a repeated poll, nothing else."""
        if not self._dirty:
            return
        states = [self._states[s] for s in self._dirty]
        await self._store.transact(lambda intake: intake.save_states(states))
        self._dirty -= {s.source for s in states if self._states.get(s.source) is s}

    # --- a poll ---

    async def poll(self, source: Source) -> None:
        """Polls once and takes in what is new. Raises only for our own bugs and `StoreError`; then nothing of the
        poll was taken in, and the next one brings it again."""
        settings, before = source.settings, self.state(source.settings.id)
        started, now = monotonic(), self._clock()
        answer = await source.poll(self._fetcher, before, now)
        match answer:
            case Unreachable():
                failures = before.failures + 1
                state = replace(
                    before,
                    failures=failures,
                    polls=before.polls + 1,
                    last_poll=now,
                    last_error=f"{answer.trouble}: {answer.detail}",
                    next_poll=now + back_off(settings.every, failures, answer.retry_after),
                )
                self._keep(state, dirty=True)
                self._observer.polled(
                    settings.id, "failed", seconds=monotonic() - started, trouble=answer.trouble,
                    detail=answer.detail, failures=failures,
                )  # fmt: skip
            case NotModified():
                await self._keep_learnt(_success(answer.state, before, settings.every, now), before)
                self._observer.polled(
                    settings.id, "not_modified" if before.seeded else "seeded",
                    seconds=monotonic() - started, size=answer.bytes,
                )  # fmt: skip
            case Polled():
                state = _success(answer.state, before, settings.every, now)
                new, told = await self._take_in(source, answer, before, state, now)
                self._observer.polled(
                    settings.id, "ok" if before.seeded else "seeded", seconds=monotonic() - started,
                    size=answer.bytes, items=len(answer.items), new=new, told=told, notes=answer.notes,
                )  # fmt: skip

    async def _take_in(
        self, source: Source, polled: Polled, before: SourceState, state: SourceState, now: datetime
    ) -> tuple[int, int]:
        """Gives the numbers of new items and of told decisions."""
        seeding = not before.seeded
        by_uid = {i.uid: i for i in reversed(polled.items)}  # a uid that stands twice: the first one counts
        uids: Collection[str] = by_uid
        if len(by_uid) > FEW:
            uids = await self._store.unseen(source.settings.id, list(by_uid))
        fresh = [self._prepare(i, seeding=seeding) for uid, i in reversed(by_uid.items()) if uid in uids]
        if not fresh:
            await self._keep_learnt(state, before)
            return 0, 0
        rules = self.rules
        policy = Policy(rules=rules.rules, max_age=source.settings.max_age, seeding=seeding)
        # The oldest first, so that alerts come in the order of events; most documents begin with the newest.
        fresh.reverse()
        fresh.sort(key=lambda p: p.item.published or now)

        def take_in(intake: Intake) -> Taken | None:
            unseen = intake.unseen(source.settings.id, [p.item.uid for p in fresh])
            news = [p for p in fresh if p.item.uid in unseen]
            if not news:
                return None
            new_items = _assign(intake, news, now, rules.memory)
            ids = intake.add_items(new_items)
            decided = _decide(intake, new_items, ids, policy, now)
            after = replace(state, last_new=now)
            intake.save_states([after])
            return Taken(items=new_items, ids=ids, decided=decided, state=after)

        taken = await self._store.transact(take_in)
        if taken is None:
            await self._keep_learnt(state, before)
            return 0, 0
        self._keep(taken.state, dirty=False)
        return len(taken.items), self._tell(taken.items, taken.ids, taken.decided)

    def _prepare(self, item: Item, *, seeding: bool) -> Prepared:
        if seeding:
            item = replace(item, page=PageState.NONE)  # its page is fetched for nobody
        elif not item.language:
            item = replace(item, language=detect(f"{item.title}\n{item.text}"))
        return Prepared(item=item, mark=_mark(item), matches=self.rules.matcher.match(item))

    def _tell(
        self, new_items: Sequence[NewItem], ids: Sequence[ItemId], decided: Sequence[tuple[Decision, ...]]
    ) -> int:
        told = 0
        for new, item_id, decisions in zip(new_items, ids, decided, strict=True):
            if decisions:
                self._observer.decided(item_id, new.item.title, decisions)
            told += sum(d.is_told for d in decisions)
        if told:
            self._wake()
        return told

    # --- a page ---

    async def read_page(self, page: PendingPage, source: Source) -> None:
        """Fetches the page of an item that was taken in without it, and judges the item again on its full text. What
        hit in title or summary was told already; after the last attempt the item stands as it is."""
        settings, old = source.settings, page.stored.item
        started, now = monotonic(), self._clock()
        answer = await self._page_reader(self._fetcher, settings, old.url)
        match answer:
            case Article():
                item, outcome, detail = _with_page(old, answer), "read", ""
            case Unreadable(why=detail) | Unreachable(detail=detail):
                attempts = page.attempts + 1
                pause = PAGE_PAUSE * float(2**page.attempts)
                if isinstance(answer, Unreachable) and answer.retry_after is not None:
                    pause = max(pause, answer.retry_after)
                if attempts < PAGE_ATTEMPTS and now + pause < page.deadline:
                    due_at = now + pause
                    await self._store.transact(lambda intake: intake.retry_page(page.stored.id, attempts, due_at))
                    self._observer.read_page(
                        settings.id, "retry", url=old.url, seconds=monotonic() - started, detail=detail
                    )
                    return
                item, outcome = replace(old, page=PageState.FAILED), "failed"
        told = await self._finish(page, settings.max_age, item, now)
        self._observer.read_page(
            settings.id, outcome, url=old.url, seconds=monotonic() - started, told=told, detail=detail
        )

    async def drop_page(self, page: PendingPage, max_age: timedelta) -> None:
        """Judges an item on what there is, when its page can't be waited for (deadline over, source gone)."""
        await self._finish(page, max_age, replace(page.stored.item, page=PageState.FAILED), self._clock())

    async def _finish(self, page: PendingPage, max_age: timedelta, item: Item, now: datetime) -> int:
        rules = self.rules
        early = {m.rule for m in rules.matcher.match(page.stored.item)}
        matches, mark = rules.matcher.match(item), _mark(item)
        policy = Policy(rules=rules.rules, max_age=max_age)

        def finish(intake: Intake) -> tuple[NewItem, tuple[Decision, ...]] | None:
            if intake.pending(page.stored.id) is None:
                return None
            link = page.stored.link
            if link.relation is Relation.NEW:  # the full text may show what the headline did not
                kin = [c for c in intake.candidates(mark.keys, now - rules.memory) if c.item != page.stored.id]
                found = assign(item.source, item.uid, mark, kin, now)
                link = link if found.relation is Relation.NEW else found
            new = NewItem(item=item, fingerprint=mark, link=link, matches=matches)
            intake.finish_page(page.stored.id, item, mark, link, matches)
            stories = {link.story, page.stored.link.story}
            history = _history(intake, stories, {m.rule for m in matches}, policy, now)
            told_before = {(link.story, r, c) for story, r, c in history.told if story == page.stored.link.story}
            history = replace(history, told=history.told | told_before)
            return new, _record(intake, page.stored.id, new, history, policy, now, settled=early)

        finished = await self._store.transact(finish)
        if finished is None:
            return 0
        new, decided = finished
        return self._tell([new], [page.stored.id], [decided])


def _assign(intake: Intake, fresh: Sequence[Prepared], now: datetime, memory: timedelta) -> list[NewItem]:
    index = Index(intake.candidates({k for p in fresh for k in p.mark.keys}, now - memory))
    new_items: list[NewItem] = []
    for position, prepared in enumerate(fresh):
        item, mark = prepared.item, prepared.mark
        link = assign(item.source, item.uid, mark, index.lookup(mark.keys), now)
        new_items.append(NewItem(item=item, fingerprint=mark, link=link, matches=prepared.matches))
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


def _decide(
    intake: Intake, new_items: Sequence[NewItem], ids: Sequence[ItemId], policy: Policy, now: datetime
) -> list[tuple[Decision, ...]]:
    hits = [n for n in new_items if n.matches]
    if not hits:
        return [()] * len(new_items)
    history = _history(intake, {n.link.story for n in hits}, {m.rule for n in hits for m in n.matches}, policy, now)
    decided = []
    for new, item_id in zip(new_items, ids, strict=True):
        decisions = _record(intake, item_id, new, history, policy, now)
        history = remember(history, new.link.story, decisions, now)
        decided.append(decisions)
    return decided


def _record(
    intake: Intake,
    item_id: ItemId,
    new: NewItem,
    history: History,
    policy: Policy,
    now: datetime,
    *,
    settled: Set[RuleId] = frozenset(),
) -> tuple[Decision, ...]:
    """Decides on one item and writes that down. Of `settled` rules, only what is told now is news."""
    decisions = tuple(
        d for d in decide(new.item, new.matches, new.link, history, policy, now) if d.is_told or d.rule not in settled
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
        case Reason.TOLD:
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


def _history(
    intake: Intake, stories: Iterable[StoryId], hit: Iterable[RuleId], policy: Policy, now: datetime
) -> History:
    """How often a rule was told lately is asked for the rules whose cap it decides."""
    capped = {r for r in hit if (rule := policy.rules.get(r)) is not None and rule.cap is not None}
    return intake.history(stories, capped, now)


def back_off(every: timedelta, failures: int, asked: timedelta | None) -> timedelta:
    """The usual interval after the first failure, doubled with each further one in a row up to an hour (or the source's
    own interval, if that is longer); what the server asked for counts when it is longer, up to a day."""
    ceiling = max(every, BACK_OFF_CEILING)
    wait = min(every * float(2 ** min(max(failures - 1, 0), 16)), ceiling)
    return max(wait, min(asked, timedelta(days=1))) if asked is not None else wait


def _success(state: SourceState, before: SourceState, every: timedelta, now: datetime) -> SourceState:
    return replace(
        state,
        seeded=True,
        failures=0,
        last_error="",
        told=False,
        polls=before.polls + 1,
        last_poll=now,
        last_success=now,
        next_poll=now + every,
    )


def _mark(item: Item) -> Fingerprint:
    return fingerprint(title=item.title, text=item.text, canonical_url=item.canonical_url)


def _with_page(item: Item, article: Article) -> Item:
    """The page knows the text; the source's own title, date and author go first where it gave them."""
    return replace(
        item,
        title=item.title or article.title,
        text=article.text or item.text,
        author=item.author or article.author,
        published=item.published or article.published,
        language=article.language or item.language,
        image=item.image or article.image,
        credit=article.credit or item.credit,
        site=article.site or item.site,
        page=PageState.READ,
    )
