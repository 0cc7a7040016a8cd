"""What the core asks of the outside, and the answers it can get.

A port does not raise for anything that the other side can do (down, slow, blocked, malformed): it returns a value,
which the caller matches exhaustively. What raises is our bug or our disk (`errors.StoreError`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar, runtime_checkable

from monitor.core.model import (
    NEWEST_PER_KEY,
    Candidate,
    Carrier,
    ChannelId,
    Content,
    Decision,
    Delivery,
    DeliveryId,
    DeliveryKind,
    Entry,
    Fingerprint,
    History,
    Item,
    ItemId,
    Match,
    Message,
    NewItem,
    NoticeContent,
    Outline,
    PendingPage,
    Recorded,
    Report,
    Revision,
    RuleId,
    Secret,
    SourceId,
    SourceState,
    StoredItem,
    StoryId,
    StoryLink,
)
from monitor.core.settings import SourceSettings, Spike

T = TypeVar("T")

Clock = Callable[[], datetime]
"""Gives the current time, aware, in UTC."""


# --- fetching ----------------------------------------------------------------------------------------------------


class RobotsCheck(StrEnum):
    """When robots.txt is asked."""

    NEVER = "never"
    PAGES = "pages"
    """When the answer turns out to be a page for people."""
    ALWAYS = "always"
    """Before anything is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    url: str
    headers: Mapping[str, Secret] = field(default_factory=dict)
    cookies: Mapping[str, Secret] = field(default_factory=dict)
    """Sent only to the host of `url`, never to another one that it redirects to; the same holds for `headers`."""
    proxy: Secret | None = None
    allow_private: bool = False
    """Lets this request, its redirects included, reach addresses that are not public."""
    user_agent: str = ""
    """'' takes the fetcher's."""
    robots: RobotsCheck = RobotsCheck.NEVER
    etag: str = ""
    last_modified: str = ""
    host_gap: timedelta = timedelta(seconds=1)
    max_bytes: int = 15_000_000
    """Of the body, after decompression."""
    deadline: timedelta = timedelta(seconds=30)
    """For the whole of it: queueing for the host excluded, redirects and body included."""


class Trouble(StrEnum):
    """Why a fetch gave nothing to read."""

    BAD_URL = "bad_url"
    FORBIDDEN_ADDRESS = "forbidden_address"
    NO_SUCH_HOST = "no_such_host"
    NO_CONNECTION = "no_connection"
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_BIG = "too_big"
    REDIRECTS = "redirects"
    BROKEN_ANSWER = "broken_answer"
    """Not HTTP, cut short, or a content coding that cannot be undone."""
    BLOCKED = "blocked"
    """401, 403, 451."""
    CHALLENGE = "challenge"
    """A page that checks for a browser came instead."""
    JAVASCRIPT = "javascript"
    """An empty page that only a browser's scripts fill."""
    NOT_FOUND = "not_found"
    GONE = "gone"
    TOO_MANY = "too_many"
    """429."""
    SERVER = "server"
    """5xx."""
    OTHER_STATUS = "other_status"
    ROBOTS = "robots"
    """robots.txt asks not to fetch this page; `robots: false` on the source goes past it."""
    UNREADABLE = "unreadable"
    """Answered, but the body is not what the source should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    url: str
    """Where the body came from, after redirects."""
    status: int
    headers: Mapping[str, str]
    """Names in lower case. `content-encoding` is already undone."""
    body: bytes
    moved_to: str = ""
    """The new address when every redirect on the way was permanent (301, 308); else ''."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """304."""

    headers: Mapping[str, str] = field(default_factory=dict)
    moved_to: str = ""
    """As in `Fetched`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    trouble: Trouble
    detail: str
    """One line for an operator; holds no secret."""
    status: int | None = None
    retry_after: timedelta | None = None


class Fetcher(Protocol):
    async def fetch(self, request: FetchRequest) -> Fetched | Unchanged | Unreachable: ...


class RobotsPolicy(Protocol):
    """What sites ask of robots. It is asked before pages, not before feeds and sitemaps, which are made for robots."""

    async def clear(self, request: FetchRequest) -> FetchRequest | Unreachable:
        """The request that may be made, with the gap that the site wants; or why its page is not to be asked for."""

    async def sitemaps(self, request: FetchRequest) -> tuple[str, ...]:
        """Those that the robots.txt of the request's site names."""


# --- sources -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """`items` in document order, each with a uid that is its own in this document; most are old. `state` carries what
    was learnt of the document and its server; scheduling and counters are the caller's."""

    items: tuple[Item, ...]
    state: SourceState
    entries: tuple[Entry, ...] = ()
    """What each item was made of."""
    outline: tuple[Outline, ...] = ()
    """Of all that the document lists, where that is more than `entries`; the rest is as it was."""
    titles_only: bool = False
    """The texts are teasers, which change with the clock and the layout: no edit is to be seen in them."""
    bytes: int = 0
    notes: tuple[str, ...] = ()
    """What had to be mended or was left out, for the log."""
    fresh_for: timedelta | None = None
    """How long the server says that its answer holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """Answered, and there is nothing new to read (304, or the very same body)."""

    state: SourceState
    bytes: int = 0
    saved: int = 0
    """Bytes that did not have to come again."""
    fresh_for: timedelta | None = None


class Source(Protocol):
    @property
    def settings(self) -> SourceSettings: ...

    async def poll(self, fetcher: Fetcher, state: SourceState, now: datetime) -> Polled | NotModified | Unreachable: ...


# --- channels ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    ref: str
    """The channel's own reference of the message."""
    note: str = ""
    """Something that the operator should know (the chat has moved, markup was refused); '' usually."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TryLater:
    """Surely not sent, and worth trying again: flood wait, outage, 5xx, SMTP 4xx. Never uses up a retry budget."""

    why: str
    after: timedelta | None = None
    """The wait that the other side asked for; None leaves it to the back-off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """The request went out and no answer came: perhaps sent."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Will not be taken, however often it is tried."""

    why: str
    target_gone: bool = False
    """The chat or mailbox itself refuses (blocked bot, unknown chat): the whole queue pauses, not this message only."""


Answer = Sent | TryLater | Uncertain | Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `count` messages in any `period` to one target."""

    count: int
    period: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """`check()` of a channel or source succeeded: one line that says what was found."""

    detail: str


class Channel(Protocol):
    @property
    def id(self) -> ChannelId: ...

    @property
    def kind(self) -> str: ...

    @property
    def lane(self) -> str:
        """Names the target without secrets; channels of one lane share its order and limits."""

    @property
    def limits(self) -> tuple[Limit, ...]: ...

    @property
    def hold_uncertain(self) -> bool:
        """`on_uncertain: hold`."""

    def parts(self, message: Message) -> tuple[Message, ...]:
        """The message cut to what one send can carry, each part with a key of its own. Pure."""

    async def send(self, message: Message) -> Answer: ...

    async def check(self) -> Checked | Unreachable:
        """Tries the way to the target without sending anything."""

    async def close(self) -> None: ...


@runtime_checkable
class Editor(Protocol):
    """What a channel is as well, if it can change messages that it has sent."""

    async def edit(self, ref: str, message: Message) -> Answer:
        """Puts the words of `message` in the place of the part that has this reference. `Sent` also when they stand
        there already; `Rejected` is final, and says nothing of the chat."""


class Renderer(Protocol):
    def render(self, content: Content, *, kind: str, key: str) -> Message:
        """`kind` is the channel's: it picks the templates."""


# --- observing ---------------------------------------------------------------------------------------------------


class Observer(Protocol):
    """Hears of everything that happened, for the log and the metrics. Never fails, never waits."""

    def polled(
        self,
        source: SourceId,
        outcome: str,
        *,
        seconds: float,
        size: int = 0,
        items: int = 0,
        new: int = 0,
        edited: int = 0,
        told: int = 0,
        trouble: str = "",
        detail: str = "",
        failures: int = 0,
        notes: tuple[str, ...] = (),
    ) -> None:
        """`outcome`: ok | seeded | not_modified | failed."""

    def read_page(self, source: SourceId, outcome: str, *, url: str, seconds: float, told: int = 0,
                  detail: str = "") -> None:  # fmt: skip
        """`outcome`: read | retry | failed."""

    def decided(self, item: ItemId, title: str, decisions: Sequence[Decision]) -> None: ...

    def delivered(self, delivery: DeliveryId, channel: ChannelId, outcome: str, *, kind: str, part: int, parts: int,
                  seconds: float, waited: float, detail: str = "") -> None:  # fmt: skip
        """`outcome`: sent | try_later | uncertain | rejected | joined | held | edited | dropped. `waited`: seconds
        since it was queued."""

    def trouble(self, event: str, detail: str) -> None:
        """Something that an operator should know of."""


# --- matching ----------------------------------------------------------------------------------------------------


class Matcher(Protocol):
    """All rules, compiled. Pure and safe to share."""

    def match(self, item: Item) -> tuple[Match, ...]: ...


# --- store -------------------------------------------------------------------------------------------------------


class Intake(Protocol):
    """One write transaction of the pipeline, on the thread of the store: its methods return when they are done."""

    def recorded(self, keys: Iterable[int], uids: Iterable[tuple[SourceId, str]]) -> Recorded: ...

    def record_keys(self, item: ItemId, keys: Sequence[int], mark: int) -> None:
        """Keys by which an item is to be recognised as well, and the mark that its content has now."""

    def stored(self, item: ItemId) -> tuple[StoredItem, tuple[Match, ...], frozenset[RuleId]] | None:
        """With the rules that it was told for; None when its text is kept no longer."""

    def candidates(self, keys: Iterable[int], since: datetime) -> tuple[Candidate, ...]:
        """Remembered items, seen at or after `since`, that share one of `keys`."""

    def kin(
        self, wanted: Mapping[int, float], since: datetime, limit: int, per_key: int = NEWEST_PER_KEY
    ) -> tuple[Candidate, ...]:
        """Those remembered items, seen at or after `since`, that have most of what is wanted: key -> weight. Of each
        key only so many are looked at, the newest."""

    def remembered(self, items: Iterable[ItemId], since: datetime) -> tuple[Candidate, ...]:
        """Those of these that were seen at or after `since`."""

    def members(
        self, stories: Collection[StoryId], since: datetime, limit: int, furthest: timedelta
    ) -> tuple[Candidate, ...]:
        """The newest remembered items of these stories, with the time at which they say that they were published, if
        that is not further before they were seen. Stories that were put right by hand are left out."""

    def move(self, links: Mapping[ItemId, StoryLink]) -> None:
        """These items are of these stories. What was told of the story that one leaves, to those whose rules it hit,
        counts as told of the one that it comes to."""

    def history(
        self, stories: Iterable[StoryId], capped: Iterable[RuleId], spikes: Mapping[RuleId, Spike], now: datetime
    ) -> History:
        """`told_lately` holds the rules of `capped` and `spikes` only."""

    def carriers(self, story: StoryId) -> tuple[Carrier, ...]:
        """Its items, the oldest first; the newest 500 of them."""

    def reports(self, story: StoryId, *, until: datetime, but: ItemId) -> tuple[tuple[str, str, str], ...]:
        """Titles, beginnings of the texts and languages of a story's items that were taken in until then, one item left
        out; the newest 30 of them."""

    def pending(self, item: ItemId) -> PendingPage | None:
        """None when another process finished the page meanwhile."""

    def add_items(self, items: Sequence[NewItem]) -> tuple[ItemId, ...]:
        """Writes items, their matches and what is remembered of them. `page == PENDING` also queues the page. The
        `of` of a link may be a negative index into `items` (-1 is the first): an item of this same batch."""

    def finish_page(self, page: ItemId, item: Item, fingerprint: Fingerprint, link: StoryLink,
                          matches: Sequence[Match]) -> None:  # fmt: skip
        """Replaces a pending item by what is known now and takes its page out of the queue."""

    def edit_item(self, item: ItemId, new: NewItem, *, edits: int) -> None:
        """Replaces what is on record of an item, its story apart. `page == PENDING` queues its page again."""

    def note_edit(self, item: ItemId, *, edits: int) -> None:
        """The same for an item whose text is kept no longer."""

    def save_furniture(self, site: str, learnt: bytes, now: datetime) -> None: ...

    def retry_page(self, page: ItemId, attempts: int, due_at: datetime) -> None: ...

    def enqueue(self, kind: DeliveryKind, channel: ChannelId, due_at: datetime, *, rule: RuleId | None = None,
                      notice: NoticeContent | None = None) -> DeliveryId:  # fmt: skip
        """A new row of the outbox. For a SUMMARY, the row of this rule and channel that is still due is used again."""

    def queue_edits(
        self,
        now: datetime,
        *,
        stories: Collection[StoryId] = (),
        items: Collection[ItemId] = (),
        rules: Collection[RuleId],
        channels: Collection[ChannelId],
    ) -> int:
        """Queues an EDIT for each message that told of these stories or items for one of these rules on one of these
        channels, and that can still be edited. One is enough: where one waits for the message already, no other is
        added. Gives how many were."""

    def add_decisions(self, item: ItemId, story: StoryId, decided: Sequence[tuple[Decision, DeliveryId | None]],
                            now: datetime) -> None:  # fmt: skip
        """Puts decisions on record; the told ones with the delivery that tells them."""

    def save_vocabulary(self, packed: bytes, last: ItemId) -> None: ...

    def save_states(self, states: Iterable[SourceState]) -> None: ...


class Store(Protocol):
    """Where the pipeline reads and writes."""

    async def transact(self, work: Callable[[Intake], T]) -> T:
        """Runs `work` on the store's own thread, in one transaction that commits when it returns; when it raises,
        nothing of it happened, and this raises the same. `work` decides and writes: it must wait for nothing, and touch
        nothing that the loop changes. One writer at a time; `StoreError` when waiting for the others takes too long. A
        caller that is cancelled meanwhile leaves all of it or nothing."""

    async def vocabulary(self) -> tuple[bytes, ItemId]:
        """What stories learnt of words, as it was last saved, and the last item that it knows; b"" and 0 at first."""

    async def sketches(self, after: ItemId, limit: int) -> tuple[tuple[ItemId, bytes], ...]:
        """What is remembered of the items that follow this one."""

    async def recorded(self, keys: Iterable[int], uids: Iterable[tuple[SourceId, str]]) -> Recorded:
        """The same question outside a transaction: a hint that saves work."""

    async def source_states(self) -> dict[SourceId, SourceState]: ...

    async def furniture(self, site: str) -> bytes | None:
        """What was learnt of the pages of a site (`extract.furniture`)."""

    async def due_pages(self, now: datetime, limit: int) -> tuple[PendingPage, ...]: ...

    async def wanted_after(self, after: ItemId, limit: int) -> tuple[ItemId, ...]:
        """The items after this one that hit a rule, in their order."""

    async def prune(self, *, forget_before: datetime, drop_before: datetime) -> int:
        """Forgets identities seen before the one and drops texts, alerts and finished deliveries older than the
        other. Rows that are still to be delivered stay. Gives the number of rows removed."""


class Summariser(Protocol):
    """Writes summaries."""

    name: str
    """What wrote them, for readers."""

    async def summary(self, report: Report) -> str:
        """'' where there is none, or none in time; never raises for what the other side does."""


class Outbox(Protocol):
    """The store as the delivery side sees it. Each call is a transaction of its own."""

    async def waiting(self, channels: Sequence[ChannelId], now: datetime, limit: int) -> tuple[Delivery, ...]:
        """What is to be sent on these channels, oldest first: DUE, UNCERTAIN and (after a crash) SENDING rows, also
        those whose time has not come, so that order can be kept; summaries only when due. Edits that are due when there
        is nothing else, and only then."""

    async def content(self, delivery: DeliveryId) -> Content:
        """What it tells, not for an EDIT. What joins the story from here on is queued as an edit."""

    async def keep_summary(self, item: ItemId, text: str, model: str) -> None:
        """What is told of the item from here on has it, edits too."""

    async def revision(self, delivery: DeliveryId) -> Revision | None:
        """What an EDIT is to do; None when its message, or what that told, is kept no longer."""

    async def edited(self, delivery: DeliveryId, parts: tuple[Message, ...], now: datetime) -> None:
        """A part of its message was edited: `parts` are what is to be seen from now on. The EDIT stays due."""

    async def finish_edit(self, delivery: DeliveryId, now: datetime, *, why: str = "") -> None:
        """There is no more to edit: one that edited something is SENT, and gone if it did not. With `why` it is
        DROPPED."""

    async def start(self, delivery: DeliveryId, parts: tuple[Message, ...]) -> None:
        """Puts it in the state SENDING, with its words, before anything leaves the house."""

    async def sent(self, delivery: DeliveryId, refs: tuple[str, ...], now: datetime) -> None:
        """A part was sent: the last one makes the delivery SENT, any other leaves it DUE with the next part."""

    async def postpone(
        self, delivery: DeliveryId, due_at: datetime, *, why: str, uncertain: bool, attempts: int
    ) -> None: ...

    async def park(self, delivery: DeliveryId, *, why: str, held: bool) -> None:
        """DEAD, or HELD: kept and listed, and not sent until the operator says so."""

    async def join(self, deliveries: Sequence[DeliveryId], now: datetime) -> DeliveryId:
        """A new DIGEST delivery in place of these alerts, which become JOINED; it takes the first one's place."""

    async def sent_since(self, channels: Sequence[ChannelId], since: datetime) -> tuple[datetime, ...]:
        """When parts were sent on these channels."""

    async def pause(self, lane: str, until: datetime, why: str) -> None: ...

    async def pauses(self) -> dict[str, tuple[datetime, str]]:
        """Lane -> until when and why nothing is sent on it; survives a restart."""

    async def notify(self, channels: Sequence[ChannelId], notice: NoticeContent, now: datetime) -> None:
        """Queues a word to the operator."""
