"""The only way out: takes what is due from the outbox and sees it through to a definite answer.

Each lane (one chat, one mailbox list) is worked through in order by one task at a time; no lane waits for another.
A row is marked SENDING, with its final words, before anything leaves the house: whatever happens after that, a crash
included, it is either recorded as sent or sent again as a possible repeat. Edits of what was sent come last: they go
when nothing else waits, with half of what the limits leave, and one that is refused changes nothing.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic

from monitor.core.model import (
    EDITABLE,
    AlertContent,
    ChannelId,
    Delivery,
    DeliveryId,
    DeliveryKind,
    DeliveryState,
    Message,
    NoticeContent,
    Report,
)
from monitor.core.ports import (
    Channel,
    Clock,
    Editor,
    Limit,
    Observer,
    Outbox,
    Rejected,
    Renderer,
    Sent,
    Summariser,
    TryLater,
    Uncertain,
)

BACK_OFF_START = timedelta(seconds=2)
BACK_OFF_CEILING = timedelta(minutes=5)
DEAD_TARGET_PAUSE = timedelta(hours=1)
PATIENCE = timedelta(seconds=30)
"""A queue that the limits let through within this time is not joined."""
JOIN_MOST = 25
"""Alerts in one digest: about what two Telegram messages hold."""
WAITING_MOST = 500
STUBBORN = 6
"""Tries without an outcome after which the deliveries behind one are tried as a probe."""
PROBE_PAUSE = timedelta(minutes=1)


class Deliverer:
    """Delivers what the outbox holds. `channels` is replaced on reload by `use`."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        channels: Mapping[ChannelId, Channel],
        renderer: Renderer,
        operator: Sequence[ChannelId],
        clock: Clock,
        observer: Observer,
        rng: random.Random | None = None,
        summariser: Summariser | None = None,
    ) -> None:
        self._outbox = outbox
        self._clock = clock
        self._observer = observer
        self._rng = rng or random.Random()  # noqa: S311 (jitter, not a secret)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._tries: dict[DeliveryId, int] = {}
        self._probe_at: dict[str, datetime] = {}
        self._noted: set[str] = set()
        self._stopping = False
        self.use(channels, renderer, operator, summariser)

    def use(
        self,
        channels: Mapping[ChannelId, Channel],
        renderer: Renderer,
        operator: Sequence[ChannelId],
        summariser: Summariser | None = None,
    ) -> None:
        """Takes effect with the next message of each lane."""
        self._summariser = summariser
        self._channels = dict(channels)
        self._renderer = renderer
        self._operator = tuple(operator)

    # --- life ---

    def kick(self) -> None:
        """Starts a task for each lane that has none. Cheap; called on every tick and after each commit."""
        if self._stopping:
            return
        for lane in self._lanes():
            task = self._tasks.get(lane)
            if task is None or task.done():
                self._tasks[lane] = asyncio.create_task(self._guarded(lane), name=f"deliver {lane}")

    async def drain(self) -> None:
        """Delivers all that can be delivered now, and returns."""
        self.kick()
        await asyncio.gather(*self._tasks.values())

    async def stop(self, grace: timedelta) -> None:
        """Lets sends in flight finish, starts no new one. What is cut off after `grace` is sent again later."""
        self._stopping = True
        running = [t for t in self._tasks.values() if not t.done()]
        if running:
            _, late = await asyncio.wait(running, timeout=grace.total_seconds())
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _lanes(self) -> dict[str, list[Channel]]:
        lanes: defaultdict[str, list[Channel]] = defaultdict(list)
        for channel in self._channels.values():
            lanes[channel.lane].append(channel)
        return lanes

    async def _guarded(self, lane: str) -> None:
        try:
            while not self._stopping and await self._step(lane):
                pass
        except Exception as error:  # noqa: BLE001 (one lane's bug or disk must not stop the others; the tick tries again)
            self._observer.trouble("delivery_stopped", f"{lane}: {type(error).__name__}: {error}")
            await asyncio.sleep(1)

    # --- one step of one lane ---

    async def _step(self, lane: str) -> bool:
        """Sends or joins at most one delivery. True when there may be more to do now."""
        now = self._clock()
        channels = self._lanes().get(lane, [])
        paused = (await self._outbox.pauses()).get(lane)
        if not channels or (paused is not None and paused[0] > now):
            return False
        ids = [c.id for c in channels]
        waiting = await self._outbox.waiting(ids, now, WAITING_MOST)
        head = self._head(lane, waiting, now)
        if head is None:
            return False
        limits = tuple({limit for c in channels for limit in c.limits})
        if head.kind is DeliveryKind.EDIT:
            limits = tuple(replace(limit, count=max(1, limit.count // 2)) for limit in limits)
        lately = await self._outbox.sent_since(ids, now - max([PATIENCE, *(x.period for x in limits)]))
        if (wait := _hold(limits, lately, now)) > timedelta():
            if wait > timedelta(seconds=5):
                return False  # the tick comes back
            await asyncio.sleep(wait.total_seconds())
            now = self._clock()
        crowd = [
            d.id
            for d in waiting
            if d.channel == head.channel
            and d.kind is DeliveryKind.ALERT
            and d.state is DeliveryState.DUE
            and not d.parts
        ]
        if head.id in crowd and len(crowd) > 1 and len(waiting) > _room(limits, lately, now):
            joined = crowd[:JOIN_MOST]
            digest = await self._outbox.join(joined, now)
            self._observer.delivered(
                digest, head.channel, "joined", kind=DeliveryKind.DIGEST, part=0, parts=0, seconds=0.0, waited=0.0,
                detail=f"{len(joined)} waiting alerts joined into one message",
            )  # fmt: skip
            return True
        if head.kind is DeliveryKind.EDIT:
            return await self._edit(lane, self._channels[head.channel], head)
        return await self._send(lane, self._channels[head.channel], head)

    def _head(self, lane: str, waiting: Sequence[Delivery], now: datetime) -> Delivery | None:
        """The next one in order. One whose time has not come holds up those behind it (order is kept per chat). When
        it has been tried often, the next one is tried as a probe: if that goes through, the trouble is not the
        channel's but the message's own, and the others need not wait for it."""
        for delivery in waiting:
            if delivery.due_at <= now:
                return delivery
            stubborn = self._tries.get(delivery.id, 0) >= STUBBORN and now >= self._probe_at.get(lane, now)
            if delivery.kind is not DeliveryKind.SUMMARY and not stubborn:
                return None
        return None

    async def _send(self, lane: str, channel: Channel, delivery: Delivery) -> bool:
        repeat = delivery.state in (DeliveryState.SENDING, DeliveryState.UNCERTAIN)
        if repeat and channel.hold_uncertain:
            why = delivery.last_error or "the daemon ended before the answer came"
            await self._outbox.park(delivery.id, why=f"perhaps sent: {why}", held=True)
            self._report(delivery, channel, "held", 0.0, why)
            await self._tell(delivery, "A message is held", f"It was perhaps sent already: {why}")
            return True
        parts = delivery.parts or channel.parts(await self._rendered(channel, delivery))
        part = parts[len(delivery.refs)]
        await self._outbox.start(delivery.id, parts)
        started = monotonic()
        answer = await channel.send(replace(part, may_repeat=True) if repeat else part)
        seconds = monotonic() - started
        now = self._clock()
        match answer:
            case Sent(ref=ref, note=note):
                await self._outbox.sent(delivery.id, (*delivery.refs, ref), now)
                self._tries.pop(delivery.id, None)
                self._report(delivery, channel, "sent", seconds, note)
                if note and f"{lane} {note}" not in self._noted:
                    self._noted.add(f"{lane} {note}")
                    await self._tell(delivery, f"Channel {channel.id}", note)
                return True
            case TryLater(why=why, after=after):
                wait = self._wait(delivery, after)
                self._probe_at[lane] = now + PROBE_PAUSE
                if after is not None:
                    await self._outbox.pause(lane, now + after, why)
                await self._outbox.postpone(
                    delivery.id, now + wait, why=why, uncertain=repeat, attempts=delivery.attempts
                )
                self._report(delivery, channel, "try_later", seconds, why)
            case Uncertain(why=why):
                wait = self._wait(delivery, None)
                await self._outbox.postpone(
                    delivery.id, now + wait, why=why, uncertain=True, attempts=delivery.attempts + 1
                )
                self._report(delivery, channel, "uncertain", seconds, why)
                return channel.hold_uncertain
            case Rejected(why=why, target_gone=True):
                await self._outbox.postpone(delivery.id, now, why=why, uncertain=repeat, attempts=delivery.attempts + 1)
                first = (await self._outbox.pauses()).get(lane, (now, ""))[1] != why
                await self._outbox.pause(lane, now + DEAD_TARGET_PAUSE, why)
                self._report(delivery, channel, "rejected", seconds, why)
                if first:
                    await self._tell(
                        delivery,
                        f"Channel {channel.id} takes no messages",
                        f"{why}. Its queue is kept and tried again every hour; nothing is lost.",
                    )
            case Rejected(why=why):
                await self._outbox.park(delivery.id, why=why, held=False)
                self._report(delivery, channel, "rejected", seconds, why)
                await self._tell(
                    delivery,
                    f"A message to {channel.id} was rejected",
                    f"{why}. It is kept; `monitor deliveries --resend {delivery.id}` sends it again.",
                )
                return True
        return False

    async def _edit(self, lane: str, channel: Channel, edit: Delivery) -> bool:
        """Edits one part of a message that is other than it should be by now, if there is one."""
        revision, now = await self._outbox.revision(edit.id), self._clock()
        if revision is None or not isinstance(channel, Editor) or (at := revision.sent.sent_at) is None:
            await self._drop(channel, edit, "the message is kept no longer, was not sent, or can't be edited", 0.0)
            return True
        if now - at > EDITABLE:
            await self._drop(channel, edit, "the message is too old", 0.0)
            return True
        sent = revision.sent
        parts = channel.parts(self._renderer.render(revision.content, kind=channel.kind, key=f"monitor.{sent.id}"))
        if len(parts) != len(sent.parts):
            await self._drop(channel, edit, f"it would need {len(parts)} messages, and has {len(sent.parts)}", 0.0)
            return True
        shown = [(part.text, part.html) for part in sent.parts]
        place = next((i for i, part in enumerate(parts) if (part.text, part.html) != shown[i]), None)
        if place is None:
            await self._outbox.finish_edit(edit.id, now)
            return True
        await self._outbox.start(edit.id, (parts[place],))
        started = monotonic()
        answer = await channel.edit(sent.refs[place], replace(parts[place], may_repeat=sent.parts[place].may_repeat))
        seconds, now = monotonic() - started, self._clock()
        match answer:
            case Sent(note=note):
                changed = (*sent.parts[:place], parts[place], *sent.parts[place + 1 :])
                await self._outbox.edited(edit.id, changed, now)
                self._tries.pop(edit.id, None)
                self._report(edit, channel, "edited", seconds, note)
                return True
            case TryLater(why=why, after=after):
                if after is not None:
                    await self._outbox.pause(lane, now + after, why)
                await self._put_off(channel, edit, after, why, "try_later", seconds)
            case Uncertain(why=why):  # to edit twice is to edit once
                await self._put_off(channel, edit, None, why, "uncertain", seconds)
            case Rejected(why=why):
                await self._drop(channel, edit, why, seconds)
                return True
        return False

    async def _put_off(
        self, channel: Channel, edit: Delivery, after: timedelta | None, why: str, outcome: str, seconds: float
    ) -> None:
        due_at = self._clock() + self._wait(edit, after)
        await self._outbox.postpone(edit.id, due_at, why=why, uncertain=False, attempts=edit.attempts)
        self._report(edit, channel, outcome, seconds, why)

    async def _drop(self, channel: Channel, edit: Delivery, why: str, seconds: float) -> None:
        await self._outbox.finish_edit(edit.id, self._clock(), why=why)
        self._tries.pop(edit.id, None)
        self._report(edit, channel, "dropped", seconds, why)

    async def _rendered(self, channel: Channel, delivery: Delivery) -> Message:
        content = await self._outbox.content(delivery.id)
        if isinstance(content, AlertContent):
            content = replace(content, report=await self._summarised(content.report))
        return self._renderer.render(content, kind=channel.kind, key=f"monitor.{delivery.id}")

    async def _summarised(self, report: Report) -> Report:
        """Nothing has left the house yet, and no transaction is open: a crash costs the summary."""
        summariser = self._summariser
        if summariser is None or report.summary or report.number is None:
            return report
        if not (summary := await summariser.summary(report)):
            return report
        await self._outbox.keep_summary(report.number, summary, summariser.name)
        return replace(report, summary=summary, summary_by=summariser.name)

    def _wait(self, delivery: Delivery, asked: timedelta | None) -> timedelta:
        """Exponential, with jitter, from the tries of this process; what the other side asks for goes first."""
        tries = self._tries.get(delivery.id, 0)
        if asked is not None:
            return asked  # a flood wait is nobody's failure
        self._tries[delivery.id] = tries + 1
        ceiling = min(BACK_OFF_START * float(2 ** min(tries, 12)), BACK_OFF_CEILING)
        return ceiling * self._rng.uniform(0.5, 1.0)

    async def _tell(self, delivery: Delivery, subject: str, text: str) -> None:
        """Tells the operator, never about a notice (that would go on for ever) nor on the channel in trouble."""
        channels = [c for c in self._operator if c in self._channels and c != delivery.channel]
        self._observer.trouble("channel", f"{subject}: {text}")
        if channels and delivery.kind is not DeliveryKind.NOTICE:
            await self._outbox.notify(channels, NoticeContent(subject=subject, text=text), self._clock())

    def _report(self, delivery: Delivery, channel: Channel, outcome: str, seconds: float, detail: str) -> None:
        waited = (self._clock() - delivery.created_at).total_seconds()
        self._observer.delivered(
            delivery.id, channel.id, outcome, kind=delivery.kind, part=len(delivery.refs) + 1,
            parts=max(len(delivery.parts), 1), seconds=seconds, waited=waited, detail=detail,
        )  # fmt: skip


def _hold(limits: Sequence[Limit], lately: Sequence[datetime], now: datetime) -> timedelta:
    """How long the next message must wait, given when the last ones went."""
    wait = timedelta()
    for limit in limits:
        within = sorted(at for at in lately if now - at < limit.period)
        if len(within) >= limit.count:
            wait = max(wait, within[len(within) - limit.count] + limit.period - now)
    return wait


def _room(limits: Sequence[Limit], lately: Sequence[datetime], now: datetime) -> float:
    """How many messages the limits let through within the patience."""
    room = float("inf")
    for limit in limits:
        horizon = max(limit.period, PATIENCE)
        used = sum(now - at < horizon for at in lately)
        room = min(room, limit.count * (horizon / limit.period) - used)
    return room
