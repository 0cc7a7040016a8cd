"""What documents say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


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
