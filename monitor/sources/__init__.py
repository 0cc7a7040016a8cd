"""Sources: one file for each kind, and the table of kinds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from monitor.core.ports import Source
from monitor.core.settings import SourceSettings
from monitor.sources.feed import read_feed
from monitor.sources.kinds import Kind
from monitor.sources.listing import read_listing
from monitor.sources.polling import PolledSource
from monitor.sources.sitemap import read_sitemap

KINDS: Mapping[str, Kind] = MappingProxyType({"feed": read_feed, "listing": read_listing, "sitemap": read_sitemap})


def open_source(settings: SourceSettings) -> Source:
    """`settings.kind` is a name from `KINDS`, or '' when the first answer is to tell."""
    return PolledSource(settings, KINDS)
