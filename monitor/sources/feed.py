"""Feeds: RSS, RDF, Atom, JSON Feed."""

from __future__ import annotations

from collections.abc import Set
from functools import partial

from monitor.core.model import Unreadable
from monitor.core.ports import Fetched, Fetcher
from monitor.core.settings import SourceSettings
from monitor.extract.feeds import parse_changed_feed, parse_feed
from monitor.extract.slices import Slices
from monitor.sources.kinds import FEW, Reading, parsed

_QUICKLY_CUT = 200_000
"""Bytes of a feed that is cut into its entries as quickly."""


class FeedReader:
    """Reads one feed again and again. What it remembers of it saves time and changes nothing."""

    def __init__(self) -> None:
        self._slices = Slices()

    async def __call__(self, answer: Fetched, settings: SourceSettings, fetcher: Fetcher, known: Set[int]  # noqa: ARG002 - the signature of a kind
                       ) -> Reading | Unreadable:  # fmt: skip
        if known and len(answer.body) <= _QUICKLY_CUT:
            # a few entries are read sooner than a thread takes over
            found = parse_changed_feed(
                answer.body,
                url=answer.url,
                headers=answer.headers,
                timezone=settings.timezone,
                known=known,
                slices=self._slices,
                at_most=FEW,
            )
            if found is not None:
                return found if isinstance(found, Unreadable) else Reading(document=found)
        found = await parsed(
            len(answer.body),
            partial(
                parse_feed,
                answer.body,
                url=answer.url,
                headers=answer.headers,
                timezone=settings.timezone,
                known=known,
                slices=self._slices,
            ),
        )
        return found if isinstance(found, Unreadable) else Reading(document=found)
