"""To which story an item belongs, and what is remembered of it for that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.core.model.ids import ItemId, SourceId, StoryId

NEWEST_PER_KEY = 100
"""Items of one key that are looked at, in a store or in memory: what many share tells little."""


class Relation(StrEnum):
    """How an item belongs to its story."""

    NEW = "new"
    """It opened the story."""
    SAME_ARTICLE = "same_article"
    """The same canonical URL."""
    COPY = "copy"
    """The same or nearly the same title and text."""
    SAME_EVENT = "same_event"
    """The same event in other words."""
    ACROSS_LANGUAGES = "across_languages"
    """The same event in another language."""


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
    seen_at: datetime | None
    """None: unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLink:
    """The story of an item, how sure that is (0..1) and why, in words."""

    story: StoryId
    relation: Relation
    score: float
    of: ItemId | None
    """The item that it was folded onto; None for the first of a story."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A report of a story, as far as it matters for whose it is."""

    item: ItemId
    source: SourceId
    site: str
    copy_of: ItemId | None
    """The item whose text, or address, it has."""
    credits: tuple[str, ...]
    """The outlets that it has its text from, as far as it says."""
    cites: tuple[str, ...] = ()
    """Those that it has something from."""
