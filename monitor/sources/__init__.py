"""Sources: one file for each kind, and the table of kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from monitor.core.ports import Source
from monitor.core.settings import SourceSettings
from monitor.sources.feed import FeedReader
from monitor.sources.kinds import Kind
from monitor.sources.listing import read_listing
from monitor.sources.polling import PolledSource
from monitor.sources.sitemap import read_sitemap

KINDS: Mapping[str, Callable[[], Kind]] = MappingProxyType(
    {"feed": FeedReader, "listing": lambda: read_listing, "sitemap": lambda: read_sitemap}
)
"""Each made anew for a source: it may remember what it read."""


def open_source(settings: SourceSettings) -> Source:
    """`settings.kind` is a name from `KINDS`, or '' when the first answer is to tell."""
    return PolledSource(settings, {name: make() for name, make in KINDS.items()})
