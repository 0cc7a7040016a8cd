"""From a poll to the outbox: the flow of the daemon, on one page.

    poll -> match the unseen items -> one transaction: stories, decisions, outbox rows, the source's state

Nothing is marked as seen before what it causes is safely in the outbox. What decides whether to alert is read inside
the transaction, or two outlets polled together would both alert.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

from monitor.alerts import Policy
from monitor.core.model import (
    Article,
    ChannelId,
    Decision,
    Item,
    ItemId,
    NewItem,
    PageState,
    PendingPage,
    Relation,
    RuleId,
    SourceId,
    SourceState,
    Unreadable,
)
from monitor.core.ports import (
    Clock,
    Fetcher,
    Intake,
    Matcher,
    NotModified,
    Observer,
    Polled,
    Source,
    Store,
    Trouble,
    Unreachable,
)
from monitor.core.settings import RuleSettings
from monitor.pipeline.arrivals import Arrival, Door
from monitor.pipeline.hand import Hand
from monitor.pipeline.judging import (
    Judged,
    Prepared,
    all_prepared,
    history_of,
    joined,
    linked,
    news_for,
    outlets_for,
    recorded,
    sketched,
)
from monitor.pipeline.lexicon import Lexicon
from monitor.pipeline.pages import PageReader, Sites, with_page
from monitor.pipeline.recognition import keys_in, sightings_of, sort_out, uids_in, with_language
from monitor.pipeline.settling import settle
from monitor.pipeline.states import after_failure, after_success
from monitor.stories import USUAL, Index, Standard, copy_keys

FEW = 3
"""So many items go straight into a transaction: asking first which of them are new would cost as much."""
_JUDGES = ThreadPoolExecutor(1, thread_name_prefix="judge")
"""For what many items at once cost: it is Python, so one thread does as much as several."""
AT_HAND = 30
"""So many documents are read and taken in at the same time, and as many polls begun at once, before others are to wait:
a first round brings them faster than they can be read."""
PAGE_ATTEMPTS = 3
PAGE_PAUSE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the pipeline needs of the configuration; replaced as a whole on reload."""

    matcher: Matcher
    rules: Mapping[RuleId, RuleSettings]
    memory: timedelta
    standard: Standard = USUAL
    """How alike is one story."""


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
        self.editing: frozenset[ChannelId] = frozenset()
        """The channels whose messages can be edited; changes on reload, as the rules do."""
        self._store = store
        self._fetcher = fetcher
        self._page_reader = page_reader
        self._clock = clock
        self._observer = observer
        self._wake = wake
        self._states: dict[SourceId, SourceState] = {}
        self._dirty: set[SourceId] = set()
        self._sites = Sites(store.furniture)
        self._lexicon = Lexicon()
        self._door = Door(store, self._lexicon, lambda state: self._keep(state, dirty=False))
        self._full: set[Hand] = set()
        self._settled = ItemId(0)
        """The last item whose stories were looked at again."""

    # --- state of the sources ---

    async def load(self) -> None:
        self._states = await self._store.source_states()
        await self._lexicon.load(self._store)
        self._settled = self._lexicon.last

    def state(self, source: SourceId) -> SourceState:
        return self._states.get(source) or SourceState(source=source)

    def states(self) -> Mapping[SourceId, SourceState]:
        return self._states

    def _keep(self, state: SourceState, *, dirty: bool) -> None:
        """`state` was made of what was known when a poll began; what the operator was told meanwhile stays told."""
        if (told := self.state(state.source).told) != state.told:
            state, dirty = replace(state, told=told), True
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

    def mark_told(self, conditions: Mapping[SourceId, Iterable[str]]) -> None:
        """The operator has been told of all these conditions of these sources, and of no others."""
        for source, told in conditions.items():
            self._states[source] = replace(self.state(source), told=tuple(told))
            self._dirty.add(source)

    async def close(self) -> None:
        """Returns when everything is written. After the last poll."""
        await self._door.close()
        await self.flush()
        await self._store.transact(self._lexicon.save)

    async def flush(self) -> None:
        """Writes the states of polls that took nothing in; losing them costs a repeated poll, nothing else."""
        if not self._dirty:
            return
        states = [self._states[s] for s in self._dirty]
        await self._store.transact(lambda intake: intake.save_states(states))
        self._dirty -= {s.source for s in states if self._states.get(s.source) is s}

    # --- a poll ---

    def room(self) -> int:
        """How many polls may begin just now."""
        return AT_HAND - len(self._full)

    async def poll(self, source: Source) -> None:
        """Polls once and takes in what is new. Raises only for our own bugs and `StoreError`; then nothing of the
        poll was taken in, and the next one brings it again."""
        hand = Hand(self._fetcher, self._full)
        try:
            await self._poll(source, hand)
        finally:
            self._full.discard(hand)

    async def _poll(self, source: Source, fetcher: Fetcher) -> None:
        settings, before = source.settings, self.state(source.settings.id)
        started, now = monotonic(), self._clock()
        answer = await source.poll(fetcher, before, now)
        match answer:
            case Unreachable():
                state = after_failure(settings, before, answer, now)
                self._keep(state, dirty=True)
                self._observer.polled(
                    settings.id, "failed", seconds=monotonic() - started, trouble=answer.trouble,
                    detail=answer.detail, failures=state.failures,
                )  # fmt: skip
            case NotModified():
                state = after_success(
                    settings, before, answer.state, answer.fresh_for, now, unchanged=True, saved=answer.saved
                )
                await self._keep_learnt(state, before)
                self._observer.polled(
                    settings.id, "not_modified" if before.seeded else "seeded",
                    seconds=monotonic() - started, size=answer.bytes,
                )  # fmt: skip
            case Polled():
                state = after_success(settings, before, answer.state, answer.fresh_for, now)
                new, edited, told = await self._take_in(source, answer, before, state, now)
                self._observer.polled(
                    settings.id, "ok" if before.seeded else "seeded", seconds=monotonic() - started, size=answer.bytes,
                    items=len(answer.items), new=new, edited=edited, told=told, notes=answer.notes,
                )  # fmt: skip

    async def _take_in(
        self, source: Source, polled: Polled, before: SourceState, state: SourceState, now: datetime
    ) -> tuple[int, int, int]:
        """Gives the numbers of new items, of edited ones, and of told decisions."""
        settings, seeding, rules = source.settings, not before.seeded, self.rules
        ready: dict[int, Prepared] = {}
        if len(polled.items) <= FEW:
            seen = sightings_of(polled)
        else:  # off the loop, and not while others wait for the store
            off = asyncio.get_running_loop().run_in_executor
            seen = await off(_JUDGES, sightings_of, polled)
            names = [(settings.id, uid) for uid in uids_in(seen, state.recipe)]
            known = await self._store.recorded(keys_in(seen), names)
            hint = await off(_JUDGES, sort_out, seen, known, state.recipe, polled.outline)
            if not hint:
                await self._keep_learnt(replace(state, recipe=hint.recipe), before)
                return 0, 0, 0
            state = await off(_JUDGES, partial(with_language, state, seen, seeding=seeding))
            ready = await off(
                _JUDGES,
                partial(
                    all_prepared,
                    hint.fresh,
                    rules.matcher,
                    seeding=seeding,
                    standard=rules.standard,
                    usual=state.language,
                ),
            )
        taken = await self._door.enter(
            Arrival(
                settings=settings,
                seen=seen,
                outline=polled.outline,
                state=state,
                policy=self._policy(rules, settings.max_age, seeding=seeding),
                matcher=rules.matcher,
                memory=rules.memory,
                standard=rules.standard,
                now=now,
                ready=ready,
            )
        )
        if taken is None:
            await self._keep_learnt(state, before)
            return 0, 0, 0
        return taken.new, len(taken.judged) - taken.new, self._tell(taken.judged)

    def _policy(self, rules: Rules, max_age: timedelta, *, seeding: bool = False) -> Policy:
        return Policy(rules=rules.rules, max_age=max_age, seeding=seeding, editing=self.editing)

    def _tell(self, judged: Sequence[Judged]) -> int:
        told = 0
        for item_id, new, decisions in judged:
            if decisions:
                self._observer.decided(item_id, new.item.title, decisions)
            told += sum(d.is_told for d in decisions)
        if told:
            self._wake()
        return told

    # --- what came since ---

    async def settle(self) -> int:
        """Looks again at the stories of what rules wanted since the last time. Gives how often stories were changed."""
        rules, changed = self.rules, 0
        policy = self._policy(rules, timedelta.max)

        def look_again(intake: Intake, item: ItemId) -> bool:
            now = self._clock()
            stories = settle(intake, item, self._lexicon.vocabulary, now, rules.memory, rules.standard.event)
            joined(intake, stories, policy, now)
            return bool(stories)

        while wanted := await self._store.wanted_after(self._settled, AT_HAND):
            for item in wanted:  # each in a transaction of its own: polls come in between
                changed += await self._store.transact(partial(look_again, item=item))
                self._settled = item
        return changed

    # --- a page ---

    async def read_page(self, page: PendingPage, source: Source) -> None:
        """Fetches the page of an item that was taken in without it, and judges the item again on its full text. What
        hit in title or summary was told already; after the last attempt the item stands as it is."""
        settings, old = source.settings, page.stored.item
        started, now = monotonic(), self._clock()
        answer = await self._page_reader(self._fetcher, settings, old.url, await self._sites.of(old.url))
        learnt: tuple[str, bytes] | None = None
        match answer:
            case Article():
                item, outcome, detail = with_page(old, answer), "read", ""
                learnt = self._sites.learn(old.url, answer)
            case Unreadable(why=detail) | Unreachable(detail=detail):
                attempts = page.attempts + 1
                pause = PAGE_PAUSE * float(2**page.attempts)
                if isinstance(answer, Unreachable) and answer.retry_after is not None:
                    pause = max(pause, answer.retry_after)
                forbidden = isinstance(answer, Unreachable) and answer.trouble is Trouble.ROBOTS
                if attempts < PAGE_ATTEMPTS and now + pause < page.deadline and not forbidden:
                    due_at = now + pause
                    await self._store.transact(lambda intake: intake.retry_page(page.stored.id, attempts, due_at))
                    self._observer.read_page(
                        settings.id, "retry", url=old.url, seconds=monotonic() - started, detail=detail
                    )
                    return
                item, outcome = replace(old, page=PageState.FAILED), "failed"
        told = await self._finish(page, settings.max_age, item, now, learnt)
        self._observer.read_page(
            settings.id, outcome, url=old.url, seconds=monotonic() - started, told=told, detail=detail
        )

    async def drop_page(self, page: PendingPage, max_age: timedelta) -> None:
        """Judges an item on what there is, when its page can't be waited for (deadline over, source gone)."""
        await self._finish(page, max_age, replace(page.stored.item, page=PageState.FAILED), self._clock())

    async def _finish(
        self, page: PendingPage, max_age: timedelta, item: Item, now: datetime, learnt: tuple[str, bytes] | None = None
    ) -> int:
        rules = self.rules
        early = {m.rule for m in rules.matcher.match(page.stored.item)}
        matches, sketch = rules.matcher.match(item), sketched(item, rules.standard)
        policy = self._policy(rules, max_age)

        def finish(intake: Intake) -> tuple[NewItem, tuple[Decision, ...]] | None:
            waiting = intake.pending(page.stored.id)
            if waiting is None or waiting.stored.item != page.stored.item:
                return None  # done with, or edited meanwhile: then its page is read again
            link, index = page.stored.link, Index()
            for known in intake.candidates(copy_keys(sketch), now - rules.memory):
                index.add(known)
            mark, found = linked(
                intake, item, sketch, self._lexicon.vocabulary, index, now, rules.memory, is_wanted=bool(matches),
                but=page.stored.id, standard=rules.standard,
            )  # fmt: skip
            if link.relation is Relation.NEW and found.relation is not Relation.NEW:
                link = found  # the full text shows what the headline did not
            new = NewItem(item=item, fingerprint=mark, link=link, matches=matches)
            intake.finish_page(page.stored.id, item, mark, link, matches)
            if learnt is not None:
                intake.save_furniture(*learnt, now)
            stories = {link.story, page.stored.link.story}
            history = history_of(intake, stories, {m.rule for m in matches}, policy, now)
            told_before = {(link.story, r, c) for story, r, c in history.told if story == page.stored.link.story}
            news = news_for(intake, page.stored.id, new, history, policy, before=page.stored.item)
            history = replace(history, told=history.told | told_before)
            outlets = outlets_for(intake, new, history, policy)
            decisions = recorded(
                intake, page.stored.id, new, history, policy, now, settled=early, news=news, outlets=outlets
            )
            if link != page.stored.link:
                joined(intake, {link.story}, policy, now)
            return new, decisions

        finished = await self._store.transact(finish)
        if finished is None:
            return 0
        new, decisions = finished
        return self._tell([(page.stored.id, new, decisions)])
