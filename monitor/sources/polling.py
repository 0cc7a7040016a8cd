"""A poll of one source: ask, see whether anything changed, read what is new, give each entry its identity."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from monitor.core.model import Document, Entry, Item, PageState, SourceState, Unreadable
from monitor.core.ports import Fetched, Fetcher, NotModified, Polled, Trouble, Unchanged, Unreachable
from monitor.core.settings import SourceSettings
from monitor.extract.credit import credits_of
from monitor.extract.identity import choose_recipe, identities
from monitor.extract.sniff import kind_of
from monitor.sources import moves, trust
from monitor.sources.kinds import FEW, Kind, Reading, parsed
from monitor.sources.obstacles import NOT_ASKED_FOR, in_the_way
from monitor.sources.requests import fresh_for, request_for
from monitor.text.plain import shortened
from monitor.text.urls import site_of, wrapped_origin

LISTING = "listing"
_MAX_TITLE = 1_000
_MAX_TEXT = 100_000
_MAX_SMALL = 500
_MAX_TAGS = 50
_MAX_MARKS = 2_000


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
        if state.url != settings.url:
            state = _elsewhere(state)
        # what was read under other settings has to be read anew, changed or not
        known = state.body_hash.startswith(self._reading)
        validated = known and trust.sends_validators(settings, state, now)
        answer = await fetcher.fetch(
            request_for(
                settings,
                moves.address(settings, state),
                page=(settings.kind or state.kind) == LISTING,
                etag=state.etag if validated else "",
                last_modified=state.last_modified if validated else "",
            )
        )
        match answer:
            case Unreachable():
                return answer
            case Unchanged():
                if not validated:
                    return NOT_ASKED_FOR
                fresh = moves.noted(settings, state, answer.moved_to, now)
                return NotModified(state=fresh, saved=state.size, fresh_for=fresh_for(answer.headers))
            case Fetched():
                return await self._read(answer, fetcher, state, validated=validated, known=known, now=now)

    async def _read(self, answer: Fetched, fetcher: Fetcher, state: SourceState, *, validated: bool, known: bool,
                    now: datetime) -> Polled | NotModified | Unreachable:  # fmt: skip
        size = len(answer.body)
        fresh = replace(
            moves.noted(self._settings, state, answer.moved_to, now),
            url=self._settings.url,
            etag=answer.headers.get("etag", "")[:_MAX_SMALL],
            last_modified=answer.headers.get("last-modified", "")[:_MAX_SMALL],
            body_hash=self._reading + hashlib.sha256(answer.body).hexdigest()[:40],
            size=size,
            last_full=now,
            bytes_read=state.bytes_read + size,
        )
        if known and fresh.body_hash == state.body_hash:
            return NotModified(state=fresh, bytes=size, fresh_for=fresh_for(answer.headers))
        kind, reading = await self._document(answer, fetcher, state, known=known)
        if isinstance(reading, Unreachable):
            return reading
        if isinstance(reading, Unreadable):
            return in_the_way(answer) or Unreachable(
                trouble=Trouble.UNREADABLE, detail=reading.why, status=answer.status
            )
        document = reading.document
        if not document.marks and not document.entries and (blocked := in_the_way(answer)):
            return blocked
        if trust.is_betrayed(state, fresh, document, validated=validated):
            fresh = replace(fresh, validators_lie=True)
        recipe = state.recipe or choose_recipe(document.entries)
        making = partial(self._items, document, recipe, now)
        items = making() if len(document.entries) <= FEW else await parsed(size, making)
        if not reading.is_whole:
            fresh = replace(fresh, etag="", last_modified="", body_hash="")
        return Polled(
            items=tuple(item for item, _ in items),
            entries=tuple(entry for _, entry in items),
            outline=document.outline,
            titles_only=kind == LISTING,
            state=replace(
                fresh,
                kind="" if self._settings.kind else kind,
                recipe=recipe,
                title=shortened(document.title, _MAX_SMALL) or state.title,
                marks=document.marks[:_MAX_MARKS],
                hints=document.hints or (state.hints if document.is_partial else None),
                broken=_broken(kind, document, state),
                entries=len(document.marks or document.entries) or state.entries,
                bytes_read=fresh.bytes_read + reading.bytes,
            ),
            bytes=size + reading.bytes,
            notes=document.repaired,
            fresh_for=fresh_for(answer.headers),
        )

    async def _document(self, answer: Fetched, fetcher: Fetcher, state: SourceState, *, known: bool
                        ) -> tuple[str, Reading | Unreadable | Unreachable]:  # fmt: skip
        settings = self._settings
        marks = frozenset(state.marks) if known else frozenset[int]()
        # anything can be read as a page: one may have stood in for a feed when the kind was found out
        remembered = state.kind if state.kind in self._kinds and state.kind != LISTING else ""
        kind = settings.kind or remembered or kind_of(answer.body, answer.headers)
        reading = await self._kinds[kind](answer, settings, fetcher, marks)
        if isinstance(reading, Unreadable) and not settings.kind:
            other = kind_of(answer.body, answer.headers)
            if other != kind and (state.kind == "" or other != LISTING):
                # the site changed what it serves; an error page in place of a feed is no such change
                return other, await self._kinds[other](answer, settings, fetcher, frozenset())
        return kind, reading

    def _items(self, document: Document, recipe: str, now: datetime) -> list[tuple[Item, Entry]]:
        """Each with a uid that no other item of the document has, and what it was made of."""
        items: dict[str, tuple[Item, Entry]] = {}
        for entry, uid in zip(document.entries, identities(document.entries, recipe), strict=True):
            if entry.url or entry.title or entry.text:
                items.setdefault(uid, (self._item(entry, uid, document, now), entry))
        return list(items.values())

    def _item(self, entry: Entry, uid: str, document: Document, now: datetime) -> Item:
        site = shortened(document.title, 200) or site_of(entry.url) or site_of(self._settings.url)
        title, text = entry.title, entry.text
        if origin := wrapped_origin(entry.url, title):
            # the outlet is the one that its title names; the text repeats headlines, its own and others
            title, site, text = origin.title, shortened(origin.outlet, 200), ""
        return Item(
            source=self._settings.id,
            uid=uid,
            url=entry.url,
            canonical_url=entry.canonical_url,
            title=shortened(title, _MAX_TITLE),
            text=text[:_MAX_TEXT],
            author=shortened(entry.author, _MAX_SMALL),
            tags=_tags(entry.tags),
            published=entry.published,
            updated=entry.updated,
            language=entry.language or document.language,
            image=entry.image,
            site=site,
            credits=credits_of(text, (site, site_of(entry.url)), author=entry.author),
            page=PageState.PENDING if self._settings.full_text and entry.url else PageState.NONE,
            taken_in=now,
        )


def _elsewhere(state: SourceState) -> SourceState:
    """Without what was true of the address that the source had before."""
    return replace(
        state, body_hash="", etag="", last_modified="", marks=(), validators_lie=False, kind="", title="", hints=None,
        broken="", broken_polls=0, entries=0, moved_to="", moved_polls=0, moved_since=None, moved=False,
    )  # fmt: skip


def _broken(kind: str, document: Document, state: SourceState) -> str:
    if document.broken_selector:
        return f"nothing matches the selector {document.broken_selector}"
    if kind != LISTING or document.entries:
        return ""
    if state.entries:
        return f"the page listed {state.entries} articles before, and none is found now"
    return "no list of articles is found on the page"


def _tags(tags: Sequence[str]) -> tuple[str, ...]:
    return tuple(shortened(t, 200) for t in tags[:_MAX_TAGS])


def _fingerprint_of(settings: SourceSettings) -> str:
    """Of everything that changes what a document is read as."""
    basis = repr((settings.kind, settings.selectors, str(settings.timezone), settings.full_text, settings.pages))
    return hashlib.sha256(basis.encode()).hexdigest()[:8] + ":"
