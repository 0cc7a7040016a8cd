"""A poll of one source: ask, see whether anything changed, read, give each entry its identity."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from monitor.core.model import Document, Entry, Item, PageState, SourceState, Unreadable
from monitor.core.ports import Fetched, Fetcher, NotModified, Polled, Trouble, Unchanged, Unreachable
from monitor.core.settings import SourceSettings
from monitor.extract.credit import credit_of
from monitor.extract.identity import choose_recipe, identities
from monitor.extract.sniff import kind_of
from monitor.sources.kinds import Kind, Reading
from monitor.sources.requests import request_for
from monitor.text.plain import shortened
from monitor.text.urls import site_of

FULL_FETCH_EVERY = 20
"""Polls between two that send no validators, because servers lie about having changed."""
_MAX_TITLE = 1_000
_MAX_TEXT = 100_000
_MAX_SMALL = 500
_MAX_TAGS = 50


class PolledSource:
    """A source whose articles are found by fetching one URL again and again."""

    def __init__(self, settings: SourceSettings, kinds: Mapping[str, Kind]) -> None:
        self._settings = settings
        self._kinds = kinds
        self._reading = _fingerprint_of(settings)

    @property
    def settings(self) -> SourceSettings:
        return self._settings

    async def poll(self, fetcher: Fetcher, state: SourceState, now: datetime) -> Polled | NotModified | Unreachable:
        settings = self._settings
        # what was read under other settings has to be read anew, changed or not
        known = state.url == settings.url and state.body_hash.startswith(self._reading)
        validated = known and (state.polls + 1) % FULL_FETCH_EVERY != 0
        answer = await fetcher.fetch(
            request_for(
                settings,
                settings.url,
                etag=state.etag if validated else "",
                last_modified=state.last_modified if validated else "",
            )
        )
        match answer:
            case Unreachable():
                return answer
            case Unchanged():
                if validated:
                    return NotModified(state=state)
                return Unreachable(
                    trouble=Trouble.OTHER_STATUS, detail="304 to a request without validators", status=304
                )
            case Fetched():
                return await self._read(answer, fetcher, state, known=known, now=now)

    async def _read(self, answer: Fetched, fetcher: Fetcher, state: SourceState, *, known: bool, now: datetime
                    ) -> Polled | NotModified | Unreachable:  # fmt: skip
        fresh = replace(
            state,
            url=self._settings.url,
            etag=answer.headers.get("etag", "")[:_MAX_SMALL],
            last_modified=answer.headers.get("last-modified", "")[:_MAX_SMALL],
            body_hash=self._reading + hashlib.sha256(answer.body).hexdigest()[:40],
        )
        if known and fresh.body_hash == state.body_hash:
            return NotModified(state=fresh, bytes=len(answer.body))
        kind, reading = await self._document(answer, fetcher, state)
        if isinstance(reading, Unreachable):
            return reading
        if isinstance(reading, Unreadable):
            return Unreachable(trouble=Trouble.UNREADABLE, detail=reading.why, status=answer.status)
        document = reading.document
        recipe = choose_recipe(document.entries, state.recipe)
        if not reading.is_whole:
            fresh = replace(fresh, etag="", last_modified="", body_hash="")
        return Polled(
            items=self._items(document, recipe, now),
            state=replace(
                fresh,
                kind="" if self._settings.kind else kind,
                recipe=recipe,
                title=shortened(document.title, _MAX_SMALL) or state.title,
            ),
            bytes=len(answer.body) + reading.bytes,
            notes=document.repaired,
        )

    async def _document(self, answer: Fetched, fetcher: Fetcher, state: SourceState
                        ) -> tuple[str, Reading | Unreadable | Unreachable]:  # fmt: skip
        settings = self._settings
        kind = (
            settings.kind or (state.kind if state.kind in self._kinds else "") or kind_of(answer.body, answer.headers)
        )
        reading = await self._kinds[kind](answer, settings, fetcher)
        if isinstance(reading, Unreadable) and not settings.kind:
            other = kind_of(answer.body, answer.headers)
            if other != kind and (state.kind == "" or other != "listing"):
                # the site changed what it serves; an error page in place of a feed is no such change
                return other, await self._kinds[other](answer, settings, fetcher)
        return kind, reading

    def _items(self, document: Document, recipe: str, now: datetime) -> tuple[Item, ...]:
        items: dict[str, Item] = {}
        for entry, uid in zip(document.entries, identities(document.entries, recipe), strict=True):
            if entry.url or entry.title or entry.text:
                items.setdefault(uid, self._item(entry, uid, document, now))
        return tuple(items.values())

    def _item(self, entry: Entry, uid: str, document: Document, now: datetime) -> Item:
        site = shortened(document.title, 200) or site_of(entry.url) or site_of(self._settings.url)
        return Item(
            source=self._settings.id,
            uid=uid,
            url=entry.url,
            canonical_url=entry.canonical_url,
            title=shortened(entry.title, _MAX_TITLE),
            text=entry.text[:_MAX_TEXT],
            author=shortened(entry.author, _MAX_SMALL),
            tags=_tags(entry.tags),
            published=entry.published,
            updated=entry.updated,
            language=entry.language or document.language,
            image=entry.image,
            site=site,
            credit=credit_of(entry.text, site),
            page=PageState.PENDING if self._settings.full_text and entry.url else PageState.NONE,
            taken_in=now,
        )


def _tags(tags: Sequence[str]) -> tuple[str, ...]:
    return tuple(shortened(t, 200) for t in tags[:_MAX_TAGS])


def _fingerprint_of(settings: SourceSettings) -> str:
    """Of everything that changes what a document is read as."""
    basis = repr((settings.kind, settings.selectors, str(settings.timezone), settings.full_text, settings.pages))
    return hashlib.sha256(basis.encode()).hexdigest()[:8] + ":"
