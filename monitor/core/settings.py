"""What the configuration file says, resolved: defaults merged, secrets read, durations parsed, names checked.

`config/` makes these from YAML; everything else only reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta, tzinfo
from enum import StrEnum
from pathlib import Path

from monitor.core.model import ChannelId, EntityId, ListId, Priority, RuleId, Secret, SourceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """CSS selectors of a listing page. `item` finds the blocks; the others are looked up inside a block."""

    item: str
    link: str = "a[href]"
    title: str = ""
    """'' takes the link's text."""
    date: str = ""
    text: str = ""
    image: str = ""
    """'' takes the first picture of the block."""
    author: str = ""


class Pace(StrEnum):
    """Who decides how often a source is asked."""

    OWN = "own"
    """`every` stands on the source itself: that goes before what the server wishes, `Retry-After` apart."""
    DEFAULT = "default"
    """`defaults.every`: asked less often where the server or the feed wishes so."""
    AUTO = "auto"
    """Learnt from the source's rhythm, within the same wishes; `every` is where it begins."""


class Edits(StrEnum):
    """What becomes of an article whose title or text was changed after it was taken in."""

    IGNORE = "ignore"
    UPDATE = "update"
    """What is on record is changed, and rules that hit only now are told."""
    RESEND = "resend"
    """The same, and rules that were told before are told again."""


class Breadth(StrEnum):
    """How much is one story."""

    STRICT = "strict"
    BALANCED = "balanced"
    BROAD = "broad"


class Updates(StrEnum):
    """What becomes of the messages of a story that goes on."""

    NONE = "none"
    """They stay as they were sent."""
    EDITS = "edits"
    """They are edited, where the channel can."""
    SUBSTANTIAL = "substantial"
    """The same, and a report that brings something new is told again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    id: SourceId
    url: str
    kind: str = ""
    """A name from `sources.KINDS`; '' lets the first successful poll find it out."""
    every: timedelta = timedelta(minutes=5)
    pace: Pace = Pace.OWN
    host_gap: timedelta = timedelta(seconds=1)
    """Least time between two requests to one host, already lowered to `every`/4 for a shorter explicit `every`."""
    full_text: bool = False
    max_age: timedelta = timedelta(days=3)
    allow_private: bool = False
    tags: tuple[str, ...] = ()
    headers: Mapping[str, Secret] = field(default_factory=dict)
    cookies: Mapping[str, Secret] = field(default_factory=dict)
    proxy: Secret | None = None
    username: str = ""
    password: Secret | None = None
    """Basic authentication, together with `username`."""
    user_agent: str = ""
    """'' takes the daemon's."""
    edits: Edits = Edits.UPDATE
    robots: bool = True
    """Whether robots.txt is asked before pages are fetched; feeds and sitemaps are made to be fetched."""
    validators: bool = True
    """Whether ETag and Last-Modified are sent back; servers that lie about them are found out by themselves."""
    silent_after: int = 10
    """Nothing new for so many times its usual gap is told to the operator; 0 never."""
    selectors: Selectors | None = None
    pages: int = 1
    """Of a listing: how many of its pages a poll reads."""
    timezone: tzinfo | None = None
    """For times that the document gives without a zone; None: the document's own, else UTC."""


@dataclass(frozen=True, slots=True)
class GazetteerRow:
    """One thing with all the names that it has in the languages of the world."""

    id: str
    kind: str
    forms: tuple[str, ...]
    others: tuple[str, ...] = ()
    """Names of other things that have a form in them: the Amazon River is not Amazon."""


class EntityKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitySettings:
    id: EntityId
    name: str
    aliases: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    """`not` in the file: words and phrases that are somebody or something else."""
    context: tuple[str, ...] = ()
    """Words and phrases of which an item must have one; empty: none is needed."""
    kind: EntityKind | None = None
    """None: told from the name."""
    transliterate: bool = True
    wikidata: str = ""
    """The item of Wikidata whose labels and aliases are names as well (`Q76`); '' for none."""
    known: tuple[str, ...] = ()
    """Names from there, in all languages: met as they stand, apart from endings."""
    listed: tuple[GazetteerRow, ...] = ()
    """The rows of the user's own gazetteer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WikidataSettings:
    api: str = "https://www.wikidata.org/w/api.php"
    every: timedelta = timedelta(days=30)
    """How old the names may be before they are fetched again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummariseSettings:
    """A server that speaks OpenAI's protocol."""

    api: str
    """What comes before `/chat/completions`."""
    model: str
    key: Secret | None = None
    timeout: timedelta = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """`10/h`: at most `count` in any `period`."""

    count: int
    period: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Spike:
    """A rule that tells when it is mentioned `factor` times as often as usual, and `at_least` so often, within
    `over`; usual is the mean of the `baseline` before."""

    over: timedelta = timedelta(hours=1)
    baseline: timedelta = timedelta(days=7)
    factor: float = 3.0
    at_least: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSettings:
    """A watch rule. `match` and `any`/`all`/`none` are joined by AND; at least one of them is given."""

    id: RuleId
    match: str = ""
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sources: tuple[SourceId, ...] = ()
    """Only items of these sources; empty: of all."""
    tags: tuple[str, ...] = ()
    """Only items of sources with one of these tags; empty: of all."""
    priority: Priority = Priority.NORMAL
    to: tuple[ChannelId, ...] = ()
    """Resolved: the rule's own, else `defaults.to`, else all channels; never empty in a loaded configuration."""
    cap: Rate | None = None
    spike: Spike | None = None
    """None: every story is told."""
    updates: Updates = Updates.EDITS
    min_sources: int = 1
    """So many independent outlets have to report a story before it is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """`options` is an instance of the options class that `channels.KINDS` has for `kind`."""

    id: ChannelId
    kind: str
    options: object


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    host: str = "127.0.0.1"
    port: int = 8080
    token: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    path: Path
    """The file that this was read from; relative paths in it are relative to its folder."""
    files: Mapping[Path, str] = field(default_factory=dict)
    """The files of terms and of names that were read with it, each with the SHA-256 of its content."""
    timezone: tzinfo
    store: str = "sqlite:///data/monitor.db"
    """A database URL; the path of a SQLite file is absolute here."""
    memory: timedelta = timedelta(days=90)
    """How long identities and stories are remembered."""
    stories: Breadth = Breadth.BALANCED
    stories_across_languages: bool = False
    retention: timedelta = timedelta(days=30)
    """How long article texts, alerts and deliveries are kept."""
    operator: tuple[ChannelId, ...] = ()
    web: WebSettings | None = None
    summarise: SummariseSettings | None = None
    templates: Path | None = None
    """A folder whose templates go before the built-in ones of the same name."""
    user_agent: str = ""
    """'' names the product."""
    sources: tuple[SourceSettings, ...] = ()
    wikidata: WikidataSettings = WikidataSettings()
    entities: tuple[EntitySettings, ...] = ()
    lists: Mapping[ListId, tuple[str, ...]] = field(default_factory=dict)
    rules: tuple[RuleSettings, ...] = ()
    channels: tuple[ChannelSettings, ...] = ()
