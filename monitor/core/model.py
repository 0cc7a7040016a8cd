"""Records that flow through the daemon. All are frozen; all times are aware; a missing text is ''."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

SourceId = NewType("SourceId", str)
RuleId = NewType("RuleId", str)
EntityId = NewType("EntityId", str)
ListId = NewType("ListId", str)
ChannelId = NewType("ChannelId", str)
ItemId = NewType("ItemId", int)
StoryId = NewType("StoryId", int)
DeliveryId = NewType("DeliveryId", int)


# --- what documents say ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article as a feed, sitemap or listing page gives it. Nothing is invented: what is missing stays empty."""

    guid: str = ""
    """The identifier as given (RSS guid, Atom id, JSON Feed id); '' when the document has none."""
    url: str = ""
    """As published, made absolute."""
    canonical_url: str = ""
    """`url` without what does not name the article (tracking parameters, fragment); used to compare."""
    title: str = ""
    text: str = ""
    """Plain text: the longest of summary and content."""
    author: str = ""
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    """Aware, with the offset that the source gave."""
    updated: datetime | None = None
    language: str = ""
    """BCP 47 as declared by the document, lower case; '' when it declares none."""
    image: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What an entry says of its identity, as the document has it: good for telling entries of one document apart."""

    guid: str = ""
    url: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollHints:
    """How often a feed wants to be asked. Nothing here has been checked for sense beyond its bounds."""

    ttl: timedelta | None = None
    update_every: timedelta | None = None
    """Of the syndication module: the period divided by the frequency."""
    skip_hours: frozenset[int] = frozenset()
    """0..23, GMT."""
    skip_days: frozenset[int] = frozenset()
    """Monday is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A feed, sitemap or listing page that could be read."""

    entries: tuple[Entry, ...]
    title: str = ""
    """The name that the site gives itself."""
    language: str = ""
    repaired: tuple[str, ...] = ()
    """What had to be mended to read it, in words; empty for a sound document."""
    is_partial: bool = False
    """Entries that were known already are left out of `entries`; if all were, the head was not read either."""
    marks: tuple[int, ...] = ()
    """One for each entry of the document, known or not, in its order: 64 bits, signed, equal as long as the entry
    says the same. Empty where a document can only be read whole."""
    outline: tuple[Outline, ...] = ()
    """One for each mark; not given where nothing is new."""
    hints: PollHints | None = None
    confidence: float = 1.0
    """Of a listing page: how sure it is that `entries` are what it lists, 0..1; 0 when nothing was found."""
    next_url: str = ""
    """Where a listing page goes on; '' when it does not say."""
    broken_selector: str = ""
    """Which of the operator's selectors matches nothing any more (`item: 'article.news'`); '' when all do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapIndex:
    """A sitemap that lists sitemaps, in the order in which they are worth reading (newest first)."""

    urls: tuple[str, ...]


class CreditKind(StrEnum):
    """How an article says whose it is, the strongest first."""

    REPOSTED = "reposted"
    """"This article first appeared in …"."""
    DATELINE = "dateline"
    """"GENEVA (…) – ", at the start of the text."""
    BYLINE = "byline"
    """Named beside or as the author."""
    SOURCE = "source"
    """"Source: …"."""
    BRACKETED = "bracketed"
    """"(…)", after the last words."""
    CONTRIBUTED = "contributed"
    """Part of the text is theirs."""
    CITED = "cited"
    """Something in the text is known from them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """An outlet other than the site's own that an article names as where it, or something in it, comes from."""

    outlet: str
    reporter: str = ""
    how: CreditKind

    @property
    def is_origin(self) -> bool:
        """The text is theirs, as far as the page says."""
        return self.how not in (CreditKind.CONTRIBUTED, CreditKind.CITED)

    def __str__(self) -> str:
        return f"{self.outlet}, {self.reporter}" if self.reporter else self.outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What an article page says."""

    title: str
    text: str
    author: str = ""
    published: datetime | None = None
    language: str = ""
    image: str = ""
    site: str = ""
    credit: str = ""
    """The strongest of `credits`, for people ("Tribunnews.com, Ana Wulan", "AFP"); '' when nobody is credited."""
    credits: tuple[Credit, ...] = ()
    """Whom a republisher names as its sources, the strongest first."""
    canonical_url: str = ""
    amp_url: str = ""
    """The page's own light version; '' when it names none."""
    next_page: str = ""
    """Where the article goes on; '' when it ends here."""
    lines: tuple[str, ...] = ()
    """The text as it was read, before the site's furniture was taken out: what `extract.furniture` learns from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A document that is not what it should be: why, in words that an operator understands."""

    why: str


# --- what sources take in ----------------------------------------------------------------------------------------


class PageState(StrEnum):
    """What is known of an item's own page."""

    NONE = "none"
    """Not wanted: the source gives its items as they are."""
    PENDING = "pending"
    """Still to be fetched."""
    READ = "read"
    FAILED = "failed"
    """Given up: the item stands on what its source gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry as a source took it in. Its key is (source, uid)."""

    source: SourceId
    uid: str
    url: str
    canonical_url: str
    title: str
    text: str
    author: str = ""
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    image: str = ""
    site: str = ""
    """The outlet's name for people: the document's own title, else the host."""
    credits: tuple[Credit, ...] = ()
    """As in `Article`."""
    page: PageState = PageState.NONE
    taken_in: datetime
    """UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """By what an item is recognised when its source shows it again. All numbers have 64 bits and a sign."""

    keys: tuple[int, ...] = ()
    mark: int = 0
    """Of title and text as the source gives them: another one means that it was edited. 0: unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is remembered of an item."""

    item: ItemId
    identity: Identity
    edits: int
    """How often it was found edited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What is on record under some keys and uids."""

    by_key: Mapping[int, tuple[ItemId, ...]] = field(default_factory=dict)
    by_uid: Mapping[tuple[SourceId, str], ItemId] = field(default_factory=dict)
    items: Mapping[ItemId, Known] = field(default_factory=dict)
    """All that are named in the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredItem:
    """An item that the store holds."""

    id: ItemId
    item: Item
    link: StoryLink


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingPage:
    """An item whose page is still to be fetched. `deadline` is when it is judged on what there is."""

    stored: StoredItem
    attempts: int
    due_at: datetime
    deadline: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What the daemon remembers of a source between polls. Follows the source's id, whatever its URL becomes."""

    source: SourceId
    url: str = ""
    """The URL that the validators belong to; under another URL they are not sent."""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    size: int = 0
    """Bytes of the body that `body_hash` is of: what each 304 saves."""
    last_full: datetime | None = None
    """When a body last came, changed or not."""
    validators_lie: bool = False
    """The server sent a changed body with the validators of an older one: they are not sent back any more."""
    marks: tuple[int, ...] = ()
    """Of the entries of that body (`Document.marks`): those that stand there again need no parsing."""
    kind: str = ""
    """The kind that was found out, where the configuration names none."""
    recipe: str = ""
    """How identity is made for this source (`extract.identity`)."""
    title: str = ""
    hints: PollHints | None = None
    seeded: bool = False
    moved_to: str = ""
    """Where permanent redirects lead to, and so where the next poll begins once `moved`."""
    moved_polls: int = 0
    moved_since: datetime | None = None
    moved: bool = False
    failures: int = 0
    """Polls failed in a row."""
    trouble: str = ""
    """The kind of the last failure (`core.ports.Trouble`); '' after a success."""
    broken: str = ""
    """What is found no more on a page that can be read: the selector, or the articles."""
    broken_polls: int = 0
    entries: int = 0
    """Of the last document that had any."""
    arrivals: tuple[datetime, ...] = ()
    """When the latest entries came, ascending; what the rhythm is made of."""
    usual_gap: timedelta | None = None
    longest_gap: timedelta | None = None
    polls: int = 0
    unchanged: int = 0
    """Of the polls, those that found the same document."""
    bytes_read: int = 0
    bytes_saved: int = 0
    """By 304 instead of the body."""
    taken_in: int = 0
    """Items."""
    duplicates: int = 0
    """Of them, those that another item of the same story had come before."""
    next_poll: datetime | None = None
    last_poll: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    last_error: str = ""
    told: tuple[str, ...] = ()
    """Of which conditions (`health.Condition`), and of a move, the operator was told; each goes when over."""


# --- matching ----------------------------------------------------------------------------------------------------


class Field(StrEnum):
    """The searchable parts of an item; also the field prefixes of the query language."""

    TITLE = "title"
    TEXT = "text"
    URL = "url"
    AUTHOR = "author"
    TAG = "tag"
    SOURCE = "source"
    SITE = "site"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Where a term of a rule stands. `start` and `end` count code points of the field as given (for `tag`: of the
    tags joined by a line feed); `surface` is that slice."""

    field: Field
    start: int
    end: int
    surface: str
    term: str
    """The term of the rule, as its author wrote it (`entity:zelensky`, `"peace talks"`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A rule that an item satisfies, with the places that made it so, ordered by field and start."""

    rule: RuleId
    hits: tuple[Hit, ...]


# --- stories -----------------------------------------------------------------------------------------------------


class Relation(StrEnum):
    """How an item belongs to its story."""

    NEW = "new"
    """It opened the story."""
    SAME_ARTICLE = "same_article"
    """The same canonical URL."""
    COPY = "copy"
    """The same or nearly the same title and text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What stories remember of an item instead of its text."""

    keys: tuple[int, ...]
    """Signed 64-bit keys; items that share one are candidates for one story."""
    sketch: bytes
    """Opaque outside `stories`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A remembered item that shares a key with a new one."""

    item: ItemId
    story: StoryId
    source: SourceId
    title: str
    keys: tuple[int, ...]
    sketch: bytes
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLink:
    """The story of an item, how sure that is (0..1) and why, in words."""

    story: StoryId
    relation: Relation
    score: float
    of: ItemId | None
    """The item that it was folded onto; None for the first of a story."""
    reason: str


# --- alerts ------------------------------------------------------------------------------------------------------


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    URGENT = "urgent"


class Reason(StrEnum):
    """Why a match was told, or was not. Stored and shown as it is."""

    TOLD = "told"
    """The first report of this story for this rule on this channel."""
    RETOLD = "retold"
    """Told again, because the article was edited (`edits: resend`)."""
    CAPPED = "capped"
    """Told in the next summary: the rule reached its cap on this channel."""
    SEEDING = "seeding"
    """The source's first poll: everything on it is old news."""
    TOO_OLD = "too_old"
    """Published longer ago than `max_age`."""
    STORY_TOLD = "story_told"
    """The story was told for this rule on this channel already."""
    SILENCED = "silenced"
    """A silence covers the rule, the source or the story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What happens to one match on one channel, and why in words."""

    rule: RuleId
    channel: ChannelId
    reason: Reason
    detail: str
    priority: Priority = Priority.NORMAL

    @property
    def is_told(self) -> bool:
        return self.reason in (Reason.TOLD, Reason.RETOLD, Reason.CAPPED)


class SilenceScope(StrEnum):
    RULE = "rule"
    SOURCE = "source"
    STORY = "story"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Matches within the scope are recorded, and not told, until the silence ends."""

    id: int
    scope: SilenceScope
    target: str
    until: datetime
    created_at: datetime
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What is on record when a match is decided on. Read inside the transaction that writes the decision."""

    told: frozenset[tuple[StoryId, RuleId, ChannelId]] = frozenset()
    told_lately: tuple[tuple[RuleId, ChannelId, datetime], ...] = ()
    """When a rule was told on a channel within the longest cap period."""
    silences: tuple[Silence, ...] = ()


# --- deliveries --------------------------------------------------------------------------------------------------


class DeliveryKind(StrEnum):
    ALERT = "alert"
    """One item, with every rule that it hit on this channel."""
    SUMMARY = "summary"
    """What a rule's cap held back."""
    DIGEST = "digest"
    """Alerts that waited in a long queue, joined."""
    NOTICE = "notice"
    """A word to the operator."""


class DeliveryState(StrEnum):
    DUE = "due"
    SENDING = "sending"
    """Handed to the channel; found in this state after a crash, it is sent again as a possible repeat."""
    UNCERTAIN = "uncertain"
    """Sent without an answer; will be sent again."""
    SENT = "sent"
    HELD = "held"
    """Uncertain, and kept for the operator (`on_uncertain: hold`)."""
    DEAD = "dead"
    """Rejected: kept, listed, can be resent."""
    JOINED = "joined"
    """Went out as part of another delivery."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a channel sends. Rendered once, before the first attempt, and kept: a retry sends the same words."""

    key: str
    """Stable across retries and unique for each part: makes the Message-Id."""
    subject: str
    text: str
    html: str = ""
    """In the dialect of the channel that it was rendered for; '' where it has none."""
    thread: str = ""
    """The same for all messages of a story; '' when there is none."""
    silent: bool = False
    may_repeat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A row of the outbox."""

    id: DeliveryId
    channel: ChannelId
    kind: DeliveryKind
    state: DeliveryState
    attempts: int
    """Definite failures so far; flood waits and outages do not count."""
    due_at: datetime
    created_at: datetime
    parts: tuple[Message, ...] = ()
    """Empty until rendered."""
    refs: tuple[str, ...] = ()
    """The channel's references of the parts that were sent; the next part to send is `parts[len(refs)]`."""
    last_error: str = ""
    sent_at: datetime | None = None
    joined_into: DeliveryId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An item as an alert tells it."""

    item: Item
    story: StoryId
    rules: tuple[RuleId, ...]
    priority: Priority
    hits: tuple[Hit, ...]
    also_in: tuple[str, ...] = ()
    """Other outlets that carry the story, first come first."""
    edited: bool = False
    """It was told before, in other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertContent:
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestContent:
    """Several reports in one message: a cap's summary (`rule` set) or a joined queue (`rule` None)."""

    reports: tuple[Report, ...]
    rule: RuleId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeContent:
    subject: str
    text: str


Content = AlertContent | DigestContent | NoticeContent


class Secret:
    """A value that shows itself only where it is used: `repr`, `str` and formatting give stars."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    def __str__(self) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a secret is not pickled")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """An item about to be written, with all that was found out about it."""

    item: Item
    fingerprint: Fingerprint
    link: StoryLink
    matches: tuple[Match, ...] = field(default=())
    identity: Identity = Identity()
