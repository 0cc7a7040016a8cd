"""Sitemaps: news sitemaps, plain ones, and indexes, of which the newest children are read."""

from __future__ import annotations

from collections.abc import Set
from functools import partial

from monitor.core.model import Document, Entry, SitemapIndex, Unreadable
from monitor.core.ports import Fetched, Fetcher, Unchanged, Unreachable
from monitor.core.settings import SourceSettings
from monitor.extract.limits import newest
from monitor.extract.sitemaps import parse_sitemap
from monitor.sources.kinds import Reading, parsed
from monitor.sources.obstacles import NOT_ASKED_FOR
from monitor.sources.requests import request_for

MAX_CHILDREN = 3
_MAX_INDEXES = 2
"""An index may list indexes, once."""


async def read_sitemap(answer: Fetched, settings: SourceSettings, fetcher: Fetcher, known: Set[int]  # noqa: ARG001 - the signature of a kind
                       ) -> Reading | Unreadable | Unreachable:  # fmt: skip
    found = await _parsed(answer, settings)
    if isinstance(found, Unreadable):
        return found
    if isinstance(found, Document):
        return Reading(document=found)
    return await _children(found, settings, fetcher)


async def _children(index: SitemapIndex, settings: SourceSettings, fetcher: Fetcher
                    ) -> Reading | Unreadable | Unreachable:  # fmt: skip
    waiting = list(index.urls[:MAX_CHILDREN])
    indexes = 1
    entries: dict[str, Entry] = {}
    notes: list[str] = []
    read: list[Document] = []
    failure: Unreachable | Unreadable | None = None
    size = 0
    while waiting:
        url = waiting.pop(0)
        answer = await fetcher.fetch(request_for(settings, url))
        if isinstance(answer, Unchanged):
            answer = NOT_ASKED_FOR
        if isinstance(answer, Unreachable):
            failure = answer
            notes.append(f"{url}: {answer.detail}")
            continue
        size += len(answer.body)
        match await _parsed(answer, settings):
            case Unreadable() as bad:
                failure = bad
                notes.append(f"{url}: {bad.why}")
            case SitemapIndex(urls=urls):
                if indexes < _MAX_INDEXES:
                    indexes += 1
                    waiting[:0] = urls[:MAX_CHILDREN]
            case Document() as document:
                read.append(document)
                notes.extend(document.repaired)
                for entry in document.entries:
                    entries.setdefault(entry.canonical_url, entry)
    if not read and failure is not None:
        return failure
    document = Document(
        entries=newest(list(entries.values())),
        title=next((d.title for d in read if d.title), ""),
        language=read[0].language if len({d.language for d in read}) == 1 else "",
        repaired=tuple(dict.fromkeys(notes)),
    )
    return Reading(document=document, is_whole=False, bytes=size)


async def _parsed(answer: Fetched, settings: SourceSettings) -> Document | SitemapIndex | Unreadable:
    return await parsed(
        len(answer.body),
        partial(parse_sitemap, answer.body, url=answer.url, headers=answer.headers, timezone=settings.timezone),
    )
