"""Listing pages: articles found by the operator's selectors, or by the page's own pattern."""

from __future__ import annotations

from collections.abc import Set
from functools import partial

from monitor.core.model import Unreadable
from monitor.core.ports import Fetched, Fetcher
from monitor.core.settings import SourceSettings
from monitor.extract.listings import parse_listing
from monitor.sources.kinds import Reading, parsed


async def read_listing(answer: Fetched, settings: SourceSettings, fetcher: Fetcher, known: Set[int]  # noqa: ARG001 - the signature of a kind
                       ) -> Reading | Unreadable:  # fmt: skip
    found = await parsed(
        len(answer.body),
        partial(
            parse_listing,
            answer.body,
            url=answer.url,
            headers=answer.headers,
            selectors=settings.selectors,
            timezone=settings.timezone,
        ),
    )
    return found if isinstance(found, Unreadable) else Reading(document=found)
