"""The clockwork: APScheduler behind one file, and the table of due sources.

APScheduler runs a handful of named jobs. Sources are not jobs of their own (thousands due at once would block the loop,
and be dropped when late): one job looks at a heap of due times several times a second and starts what is due.
"""

from __future__ import annotations

import asyncio
import heapq
import logging
import random
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from monitor.core.ports import Clock, Observer

STUCK_AFTER = timedelta(minutes=5)
FIRST_SPREAD = timedelta(seconds=2)
"""First polls of up to 50 sources start within this time; of more, within proportionally more."""


def _is_trouble(record: logging.LogRecord) -> bool:
    kind = record.exc_info[0] if record.exc_info else None
    return kind is None or not issubclass(kind, asyncio.CancelledError)


# APScheduler reports a job that its shutdown has cancelled as an error. It is the only one that cancels jobs.
logging.getLogger("apscheduler.executors.default").addFilter(_is_trouble)


class Scheduler:
    """Runs jobs every so often on the loop. A job that is still running is not started again; none is dropped for
    being late; one that raises is reported and runs again next time."""

    def __init__(self, *, clock: Clock, observer: Observer) -> None:
        self._clock = clock
        self._observer = observer
        # UTC explicitly: the machine's zone, or a broken one, must not matter.
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self.beat = clock()
        """When a job last ran: an old one means that the loop hangs."""

    def every(self, period: timedelta, name: str, job: Callable[[], Awaitable[object] | None]) -> None:
        async def run() -> None:
            self.beat = self._clock()
            try:
                result = job()
                if result is not None:
                    await result
            except Exception as error:  # noqa: BLE001 (the border of a job: its bug or disk must not end the daemon)
                self._observer.trouble(name, f"{type(error).__name__}: {error}")

        self._scheduler.add_job(run, IntervalTrigger(seconds=period.total_seconds()), id=name, name=name)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


@dataclass(frozen=True, slots=True, order=True)
class _Slot:
    due_at: datetime
    name: str
    generation: int


class Rounds:
    """Starts each source when it is due, never twice at once, and notices one that hangs."""

    def __init__(
        self,
        run: Callable[[str], Awaitable[datetime]],
        *,
        clock: Clock,
        observer: Observer,
        rng: random.Random | None = None,
        stuck_after: timedelta = STUCK_AFTER,
        room: Callable[[], int] | None = None,
    ) -> None:
        """`run` does the work of a name and gives the time of its next turn (before jitter). `room` says how many may
        be started just now; what is due beyond that waits for the next tick."""
        self._run = run
        self._clock = clock
        self._observer = observer
        self._rng = rng or random.Random()  # noqa: S311 (jitter, not a secret)
        self._stuck_after = stuck_after
        self._room = room
        self._heap: list[_Slot] = []
        self._every: dict[str, timedelta] = {}
        self._generation: dict[str, int] = {}
        self._running: dict[str, tuple[asyncio.Task[None], datetime]] = {}
        self._stopping = False

    def use(self, every: dict[str, timedelta]) -> None:
        """Sets the names and their intervals. A name whose interval stays keeps its time; the others come soon, spread
        out."""
        now = self._clock()
        soon = FIRST_SPREAD * max(1.0, len(every) / 50) * 0.85  # the rest is for the tick
        for name in self._every.keys() - every.keys():
            del self._every[name]
            self._generation[name] += 1
        for name, period in every.items():
            if self._every.get(name) != period:
                self._every[name] = period
                self._push(name, now + soon * self._rng.random())

    def tick(self) -> None:
        """Starts what is due and has no run going on. Called several times a second."""
        now = self._clock()
        for name, (task, since) in list(self._running.items()):
            if now - since > self._stuck_after:
                self._observer.trouble("stuck", f"{name} has been running since {since:%H:%M:%S}; it is ended")
                task.cancel()
        room = self._room() if self._room is not None else len(self._heap)
        while room > 0 and not self._stopping and self._heap and self._heap[0].due_at <= now:
            slot = heapq.heappop(self._heap)
            if slot.generation != self._generation.get(slot.name) or slot.name in self._running:
                continue  # an old time of a name that has a newer one
            task = asyncio.create_task(self._turn(slot.name), name=f"poll {slot.name}")
            self._running[slot.name] = (task, now)
            room -= 1

    @property
    def running(self) -> Iterable[str]:
        return tuple(self._running)

    async def stop(self, grace: timedelta) -> None:
        """Lets runs finish that are going on; ends those that take longer than `grace`."""
        self._stopping = True
        tasks = [t for t, _ in self._running.values()]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=grace.total_seconds())
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _turn(self, name: str) -> None:
        next_at = self._clock() + self._every.get(name, timedelta(minutes=1))
        try:
            next_at = await self._run(name)
        except Exception as error:  # noqa: BLE001 (one source's bug must not stop the others; it comes again in time)
            self._observer.trouble("poll_failed", f"{name}: {type(error).__name__}: {error}")
        finally:
            self._running.pop(name, None)
            if name in self._every:
                now = self._clock()
                self._push(name, now + max(next_at - now, timedelta()) * self._rng.uniform(0.95, 1.05))

    def _push(self, name: str, due_at: datetime) -> None:
        generation = self._generation.get(name, 0) + 1
        self._generation[name] = generation
        heapq.heappush(self._heap, _Slot(due_at, name, generation))
