"""Feeds: RSS, RDF, Atom, JSON Feed."""

from __future__ import annotations

from collections.abc import Set
from functools import partial

from monitor.core.model import Unreadable
from monitor.core.ports import Fetched, Fetcher
from monitor.core.settings import SourceSettings
from monitor.extract.feeds import parse_feed
from monitor.sources.kinds import Reading, parsed


async def read_feed(answer: Fetched, settings: SourceSettings, fetcher: Fetcher, known: Set[int]  # noqa: ARG001 - the signature of a kind
                    ) -> Reading | Unreadable:  # fmt: skip
    found = await parsed(
        len(answer.body),
        partial(
            parse_feed,
            answer.body,
            url=answer.url,
            headers=answer.headers,
            timezone=settings.timezone,
            known=known,
        ),
    )
    return found if isinstance(found, Unreadable) else Reading(document=found)
