"""Records that flow through the daemon. All are frozen; all times are aware; a missing text is ''."""

from __future__ import annotations

from monitor.core.model.alerts import Decision, History, Priority, Reason, Silence, SilenceScope
from monitor.core.model.deliveries import (
    AlertContent,
    Content,
    Delivery,
    DeliveryKind,
    DeliveryState,
    DigestContent,
    Message,
    NoticeContent,
    Report,
)
from monitor.core.model.documents import (
    Article,
    Credit,
    CreditKind,
    Document,
    Entry,
    Outline,
    PollHints,
    SitemapIndex,
    Unreadable,
)
from monitor.core.model.ids import ChannelId, DeliveryId, EntityId, ItemId, ListId, RuleId, SourceId, StoryId
from monitor.core.model.items import (
    Identity,
    Item,
    Known,
    NewItem,
    PageState,
    PendingPage,
    Recorded,
    SourceState,
    StoredItem,
)
from monitor.core.model.matching import Field, Hit, Match
from monitor.core.model.secret import Secret
from monitor.core.model.stories import Candidate, Fingerprint, Relation, StoryLink

__all__ = [
    "AlertContent",
    "Article",
    "Candidate",
    "ChannelId",
    "Content",
    "Credit",
    "CreditKind",
    "Decision",
    "Delivery",
    "DeliveryId",
    "DeliveryKind",
    "DeliveryState",
    "DigestContent",
    "Document",
    "EntityId",
    "Entry",
    "Field",
    "Fingerprint",
    "History",
    "Hit",
    "Identity",
    "Item",
    "ItemId",
    "Known",
    "ListId",
    "Match",
    "Message",
    "NewItem",
    "NoticeContent",
    "Outline",
    "PageState",
    "PendingPage",
    "PollHints",
    "Priority",
    "Reason",
    "Recorded",
    "Relation",
    "Report",
    "RuleId",
    "Secret",
    "Silence",
    "SilenceScope",
    "SitemapIndex",
    "SourceId",
    "SourceState",
    "StoredItem",
    "StoryId",
    "StoryLink",
    "Unreadable",
]
