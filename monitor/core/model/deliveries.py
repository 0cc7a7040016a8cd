"""What goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.core.model.alerts import Priority
from monitor.core.model.ids import ChannelId, DeliveryId, ItemId, RuleId, StoryId
from monitor.core.model.items import Item
from monitor.core.model.matching import Hit

EDITABLE = timedelta(hours=48)
"""How long a message that was sent is brought up to date."""


class DeliveryKind(StrEnum):
    ALERT = "alert"
    """One item, with every rule that it hit on this channel."""
    SUMMARY = "summary"
    """What a rule's cap held back."""
    DIGEST = "digest"
    """Alerts that waited in a long queue, joined."""
    NOTICE = "notice"
    """A word to the operator."""
    EDIT = "edit"
    """A message that was sent is brought up to date; no message of its own."""


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
    DROPPED = "dropped"
    """An edit that was refused or came too late: the message stands as it was."""


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
    follows: str = ""
    """The channel's reference of the message of this thread that it follows up; '' when there is none."""
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
    edits: DeliveryId | None = None
    """Whose message an EDIT brings up to date. That one's `parts` are what its readers see."""


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
    first: str = ""
    """The outlet that the story comes from, as far as its reports say."""
    edited: bool = False
    """It was told before, in other words."""
    news: str = ""
    """What it says that those before it did not, when that is why it is told."""
    was: str = ""
    """The title under which the message told it, where that is another one by now."""
    rise: str = ""
    """The figures in words, when it is told because a rule is mentioned more often than usual."""
    number: ItemId | None = None
    """Of the item, as the store knows it; None where it is in none."""
    fuller: Item | None = None
    """Another report of the story, that has a text where the item has next to none."""
    fuller_hits: tuple[Hit, ...] = ()
    """Of the same rules, in that one."""
    summary: str = ""
    """Written by a model, `summary_by`; '' where there is none."""
    summary_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertContent:
    report: Report
    follows: str = ""
    """The channel's reference of the first message of the story there; '' when this is the first."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What an EDIT is to make of a message that was sent."""

    sent: Delivery
    content: AlertContent
