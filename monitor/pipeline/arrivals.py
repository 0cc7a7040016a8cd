"""Polls with news on their way into the store. Those that wait at the same time go in one transaction: most of what a
transaction costs, it costs once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from monitor.alerts import Policy
from monitor.core.errors import StoreError
from monitor.core.model import Outline, Relation, SourceState
from monitor.core.ports import Intake, Matcher, Store
from monitor.core.settings import Edits, SourceSettings
from monitor.pipeline.edits import edited
from monitor.pipeline.judging import Judged, Prepared, assigned, decided, joined, prepared
from monitor.pipeline.lexicon import Lexicon
from monitor.pipeline.recognition import Sighting, Sorted, keys_in, sort_out, uids_in, with_language
from monitor.pipeline.states import after_arrivals
from monitor.stories import Sketch, Standard

AT_ONCE = 200
"""Items of one transaction: others wait no longer for the store than they take."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arrival:
    """What one poll showed, and what is needed to judge it."""

    settings: SourceSettings
    seen: Sequence[Sighting]
    outline: Sequence[Outline]
    state: SourceState
    policy: Policy
    matcher: Matcher
    memory: timedelta
    standard: Standard
    now: datetime
    ready: Mapping[int, Prepared]
    """By their places in `seen`: what was prepared beforehand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of an arrival."""

    judged: Sequence[Judged]
    """The new items first, then the edited ones."""
    new: int
    state: SourceState


def take_in(intake: Intake, arrivals: Sequence[Arrival], lexicon: Lexicon, learnt: list[Sketch]) -> list[Taken | None]:
    """In one transaction; None for an arrival with nothing new. A poll sees what those before it brought, as if each
    had its own."""
    known = intake.recorded(
        {key for a in arrivals for key in keys_in(a.seen)},
        {(a.settings.id, uid) for a in arrivals for uid in uids_in(a.seen, a.state.recipe)},
    )
    found = [sort_out(a.seen, known, a.state.recipe, a.outline) for a in arrivals]
    arrivals = [
        replace(a, state=with_language(a.state, a.seen, seeding=a.policy.seeding)) if f.fresh else a
        for a, f in zip(arrivals, found, strict=True)
    ]
    fresh = [_fresh(a, f) for a, f in zip(arrivals, found, strict=True)]
    last = arrivals[-1]
    new_items = assigned(
        intake, [p for part in fresh for p in part], last.now, last.memory, lexicon, learnt, last.standard
    )
    ids = intake.add_items(new_items)
    lexicon.took_in(intake, ids)
    policies = [a.policy for a, part in zip(arrivals, fresh, strict=True) for _ in part]
    judged = list(zip(ids, new_items, decided(intake, new_items, ids, policies, last.now), strict=True))
    joined(intake, {n.link.story for n in new_items if n.link.relation is not Relation.NEW}, last.policy, last.now)
    taken: list[Taken | None] = []
    for a, f, part in zip(arrivals, found, fresh, strict=True):
        own, judged = judged[: len(part)], judged[len(part) :]
        if not f:
            taken.append(None)
            continue
        for item, identity in f.learnt:
            intake.record_keys(item.item, identity.keys, identity.mark)
        edits: list[Judged] = []
        if not a.policy.seeding and a.settings.edits is not Edits.IGNORE:
            edits = edited(intake, f.edited, a.matcher, a.settings, a.policy, a.now, lexicon.vocabulary, a.standard)
        state = a.state if f.recipe == a.state.recipe else replace(a.state, recipe=f.recipe)
        state = after_arrivals(state, [new for _, new, _ in own], a.now)
        taken.append(Taken(judged=[*own, *edits], new=len(own), state=state))
    intake.save_states([t.state for t in taken if t is not None])
    return taken


def _fresh(arrival: Arrival, found: Sorted) -> list[Prepared]:
    """The oldest first, so that alerts come in the order of events; most documents begin with the newest."""
    fresh = []
    for place, item, identity in reversed(found.fresh):
        ready = arrival.ready.get(place)
        fresh.append(
            prepared(
                item,
                identity,
                arrival.matcher,
                seeding=arrival.policy.seeding,
                standard=arrival.standard,
                usual=arrival.state.language,
            )
            if ready is None
            else replace(ready, item=replace(ready.item, uid=item.uid), identity=identity)
        )
    return sorted(fresh, key=lambda p: p.item.published or arrival.now)


class Door:
    """The way into the store, for as many polls as come at once."""

    def __init__(self, store: Store, lexicon: Lexicon, committed: Callable[[SourceState], None]) -> None:
        """`committed` hears of each state that was written, also where nobody waits for its poll any more."""
        self._store = store
        self._lexicon = lexicon
        self._committed = committed
        self._queue: deque[tuple[Arrival, asyncio.Future[Taken | None]]] = deque()
        self._worker: asyncio.Task[None] | None = None

    async def enter(self, arrival: Arrival) -> Taken | None:
        """Returns when it is committed, and raises what its own taking in raised: another poll's trouble is not its."""
        done: asyncio.Future[Taken | None] = asyncio.get_running_loop().create_future()
        self._queue.append((arrival, done))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await done

    async def close(self) -> None:
        """Returns when all that has entered is done."""
        if self._worker is not None:
            await asyncio.gather(self._worker, return_exceptions=True)

    async def _work(self) -> None:
        while self._queue:
            batch = [self._queue.popleft()]
            size = len(batch[0][0].seen)
            while self._queue and size + len(self._queue[0][0].seen) <= AT_ONCE:
                batch.append(self._queue.popleft())
                size += len(batch[-1][0].seen)
            await self._let_in(batch)

    async def _let_in(self, batch: Sequence[tuple[Arrival, asyncio.Future[Taken | None]]]) -> None:
        learnt: list[Sketch] = []
        work = partial(take_in, arrivals=[a for a, _ in batch], lexicon=self._lexicon, learnt=learnt)
        try:
            taken = await self._store.transact(work)
        except BaseException as error:
            self._lexicon.undo(learnt)
            if len(batch) > 1 and isinstance(error, Exception) and not isinstance(error, StoreError):
                for one in batch:  # to find out whose it is
                    await self._let_in([one])
                return
            for _, done in batch:
                if not done.done():
                    done.set_exception(error)
            if isinstance(error, asyncio.CancelledError):
                raise
            return
        for (_, done), result in zip(batch, taken, strict=True):
            if result is not None:
                self._committed(result.state)
            if not done.done():
                done.set_result(result)
