"""Who is told of what, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.core.model.ids import ChannelId, RuleId, StoryId


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
    UPDATE = "update"
    """Told again, because a later report brings something new (`updates: substantial`)."""
    RISING = "rising"
    """Told, because the rule is mentioned more often than usual (`spike`)."""
    RELEASED = "released"
    """Told by hand, after it had been held back."""
    CAPPED = "capped"
    """Told in the next summary: the rule reached its cap on this channel."""
    SEEDING = "seeding"
    """The source's first poll: everything on it is old news."""
    TOO_OLD = "too_old"
    """Published longer ago than `max_age`."""
    STORY_TOLD = "story_told"
    """The story was told for this rule on this channel already."""
    WAITING = "waiting"
    """Too few outlets report the story as yet (`min_sources`)."""
    SILENCED = "silenced"
    """A silence covers the rule, the source or the story."""
    COUNTED = "counted"
    """A mention of a rule that tells only when there are more than usual (`spike`)."""


TELLING = (Reason.TOLD, Reason.RETOLD, Reason.UPDATE, Reason.RISING, Reason.RELEASED, Reason.CAPPED)
"""The reasons with which something is told."""


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
        return self.reason in TELLING


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
class Volume:
    """How often a rule is mentioned."""

    lately: int
    """Within the last `over` of its spike, the item that is decided on included."""
    usual: float | None
    """Mean of as long a time in the baseline; None while too little of it is on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What is on record when a match is decided on. Read inside the transaction that writes the decision."""

    told: frozenset[tuple[StoryId, RuleId, ChannelId]] = frozenset()
    told_at: Mapping[tuple[StoryId, RuleId, ChannelId], datetime] = field(default_factory=dict)
    """When each of these was told last."""
    told_lately: tuple[tuple[RuleId, ChannelId, datetime], ...] = ()
    """When a rule was told on a channel within the longest cap period."""
    silences: tuple[Silence, ...] = ()
    volumes: Mapping[RuleId, Volume] = field(default_factory=dict)
    """Of the rules with a spike."""
