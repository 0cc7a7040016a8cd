"""Listing pages: articles found by the operator's selectors, or by the page's own pattern; further pages on request."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from functools import partial

from monitor.core.model import Document, Entry, Unreadable
from monitor.core.ports import Fetched, Fetcher, Unchanged, Unreachable
from monitor.core.settings import SourceSettings
from monitor.extract.limits import newest
from monitor.extract.listings import parse_listing
from monitor.sources.kinds import Reading, parsed
from monitor.sources.obstacles import NOT_ASKED_FOR
from monitor.sources.requests import request_for
from monitor.text.urls import canonical_url, site_of


async def read_listing(answer: Fetched, settings: SourceSettings, fetcher: Fetcher, known: Set[int]  # noqa: ARG001 - the signature of a kind
                       ) -> Reading | Unreadable:  # fmt: skip
    first = await _parsed(answer, settings)
    if isinstance(first, Unreadable):
        return first
    documents, trouble, size = [first], "", 0
    seen = {canonical_url(settings.url), canonical_url(answer.url)}
    url = first.next_url
    while url and len(documents) < settings.pages and not trouble:
        if canonical_url(url) in seen or site_of(url) != site_of(answer.url):
            break
        seen.add(canonical_url(url))
        match await fetcher.fetch(request_for(settings, url, page=True)):
            case Unreachable(detail=why):
                trouble = f"{url}: {why}"
            case Unchanged():
                trouble = f"{url}: {NOT_ASKED_FOR.detail}"
            case Fetched() as more:
                size += len(more.body)
                if site_of(more.url) != site_of(answer.url):
                    trouble = f"{url}: leads to another site"
                    continue
                match await _parsed(more, settings):
                    case Unreadable(why=why):
                        trouble = f"{url}: {why}"
                    case Document() as document:
                        documents.append(document)
                        url = document.next_url
    return Reading(document=_joined(documents, trouble), is_whole=len(documents) == 1 and not trouble, bytes=size)


def _joined(documents: list[Document], trouble: str) -> Document:
    first = documents[0]
    entries: dict[str, Entry] = {}
    for document in documents:
        for entry in document.entries:
            entries.setdefault(entry.canonical_url, entry)
    notes = [note for document in documents for note in document.repaired]
    if first.entries and first.confidence < 1:
        notes.append(f"articles found without selectors, confidence {first.confidence:.2f}")
    if trouble:
        notes.append(trouble)
    return replace(first, entries=newest(list(entries.values())), repaired=tuple(dict.fromkeys(notes)))


async def _parsed(answer: Fetched, settings: SourceSettings) -> Document | Unreadable:
    return await parsed(
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
