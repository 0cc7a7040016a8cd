"""What sources take in, and what is remembered of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.core.model.documents import Credit, PollHints
from monitor.core.model.ids import ItemId, SourceId
from monitor.core.model.matching import Match
from monitor.core.model.stories import Fingerprint, StoryLink


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
    language: str = ""
    """In which it usually writes, where its items do not say so themselves."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """An item about to be written, with all that was found out about it."""

    item: Item
    fingerprint: Fingerprint
    link: StoryLink
    matches: tuple[Match, ...] = field(default=())
    identity: Identity = Identity()
