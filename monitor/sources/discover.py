"""What a site has that can be watched: found by what its pages, its robots.txt and custom say, and each tried."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.core.model import SourceId, SourceState
from monitor.core.ports import Fetched, Fetcher, FetchRequest, Polled, RobotsPolicy, Trouble, Unchanged, Unreachable
from monitor.core.settings import SourceSettings
from monitor.extract.discover import Leads, by_news, leads_of, usual_feeds, usual_sitemaps
from monitor.extract.offers import Offer, offer_of, ranked
from monitor.extract.sniff import kind_of
from monitor.sources import open_source
from monitor.sources.obstacles import NOT_ASKED_FOR

MAX_REQUESTS = 40
_MAX_BYTES = 5_000_000
_FEEDS = 12
_LISTS_OF_FEEDS = 2
_SITEMAPS = 5
_SECTIONS = 4
_SECTIONS_WITHOUT_FEEDS = 8
_PAGE_RESERVE = 10
"""Requests that feeds and sitemaps leave to section pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    offers: tuple[Offer, ...]
    """The best first."""
    requests: int
    notes: tuple[str, ...] = ()
    """What kept places from being looked at, each once."""


async def discover(url: str, *, fetcher: Fetcher, robots: RobotsPolicy, now: datetime, allow_private: bool = False,
                   host_gap: timedelta = timedelta(seconds=1), looking: Callable[[str], None] = lambda _: None
                   ) -> Discovered | Unreachable:  # fmt: skip
    """At most `MAX_REQUESTS` requests. `looking` hears of each address before it is asked."""
    request = FetchRequest(url=url, allow_private=allow_private, host_gap=host_gap, max_bytes=_MAX_BYTES)
    return await _Search(request, fetcher, robots, now, looking).run()


class _Search:
    def __init__(self, first: FetchRequest, fetcher: Fetcher, robots: RobotsPolicy, now: datetime,
                 looking: Callable[[str], None]) -> None:  # fmt: skip
        self._first = first
        self._fetcher = fetcher
        self._robots = robots
        self._now = now
        self._looking = looking
        self._requests = 0
        self._seen: set[str] = set()
        self._offers: list[Offer] = []
        self._notes: dict[str, None] = {}

    async def run(self) -> Discovered | Unreachable:
        self._requests += 1  # robots.txt, which is asked for once
        start = await self._page(self._first.url)
        leads = Leads()
        url = self._first.url
        if isinstance(start, Fetched):
            url = start.url
            leads = await self._look_at(start)
        elif start.trouble not in (Trouble.ROBOTS, Trouble.NOT_FOUND, Trouble.BLOCKED, Trouble.GONE):
            return start
        else:
            self._notes.setdefault(start.detail)
        if not any(o.kind in ("feed", "sitemap") for o in self._offers):
            await self._feeds(url, leads)
        named = by_news(await self._robots.sitemaps(self._request(url)))
        await self._sitemaps([*named, *(() if len(named) >= _SITEMAPS else usual_sitemaps(url))])
        enough = any(o.kind == "feed" for o in self._offers)
        await self._sections(leads.sections, _SECTIONS if enough else _SECTIONS_WITHOUT_FEEDS)
        return Discovered(offers=ranked(self._offers, self._now), requests=self._requests, notes=tuple(self._notes))

    async def _feeds(self, url: str, leads: Leads) -> None:
        pages = await self._try_feeds(leads.feeds[:_FEEDS])
        pages += await self._try_feeds(leads.perhaps[: max(_LISTS_OF_FEEDS, _FEEDS - len(leads.feeds))])
        for page in pages[:_LISTS_OF_FEEDS]:  # a page that lists feeds, one step away
            further = leads_of(page.body, url=page.url, headers=page.headers)
            await self._try_feeds([*further.feeds, *further.perhaps][:_FEEDS])
        if not any(o.kind == "feed" and o.entries for o in self._offers):
            await self._try_feeds(usual_feeds(url))

    async def _try_feeds(self, urls: Iterable[str]) -> list[Fetched]:
        """Gives the answers that are pages."""
        answers = await asyncio.gather(*(self._get(u) for u in self._new(urls)))
        pages: list[Fetched] = []
        for asked, answer in answers:
            if isinstance(answer, Fetched):
                if kind_of(answer.body, answer.headers) == "listing":
                    pages.append(answer)
                else:
                    await self._try(asked, answer)
        return pages

    async def _sitemaps(self, urls: Sequence[str]) -> None:
        """One after the other, as one may be an index that needs more requests."""
        found = 0
        for url in list(self._new(urls))[: _SITEMAPS + 1]:
            if found >= 2 or self._left() <= _PAGE_RESERVE:
                break
            _, answer = await self._get(url)
            if isinstance(answer, Fetched) and kind_of(answer.body, answer.headers) == "sitemap":
                found += await self._try(url, answer)

    async def _sections(self, urls: Sequence[str], most: int) -> None:
        async def one(url: str) -> tuple[str, Fetched | Unreachable]:
            return url, await self._page(url)

        for url, answer in await asyncio.gather(*(one(u) for u in list(self._new(urls))[:most])):
            if isinstance(answer, Fetched) and kind_of(answer.body, answer.headers) == "listing":
                await self._try(url, answer)
            elif isinstance(answer, Unreachable) and answer.trouble is Trouble.ROBOTS:
                self._notes.setdefault(answer.detail)

    async def _look_at(self, start: Fetched) -> Leads:
        self._seen |= {start.url, self._first.url}
        await self._try(self._first.url, start)
        if kind_of(start.body, start.headers) == "listing":
            return leads_of(start.body, url=start.url, headers=start.headers)
        return Leads()

    async def _try(self, asked: str, answer: Fetched) -> bool:
        """Reads the answer as the daemon would."""
        kind = kind_of(answer.body, answer.headers)
        url = answer.moved_to or asked
        settings = SourceSettings(
            id=SourceId("discovered"), url=url, kind=kind, allow_private=self._first.allow_private
        )
        source = open_source(settings)
        polled = await source.poll(_Given(answer, self), SourceState(source=settings.id), self._now)
        if not isinstance(polled, Polled):
            return False
        self._offers.append(offer_of(kind, url, polled.state.title, polled.items))
        return bool(polled.items)

    # --- asking ---

    def _new(self, urls: Iterable[str]) -> Iterable[str]:
        for url in urls:
            if url not in self._seen:
                self._seen.add(url)
                yield url

    def _request(self, url: str) -> FetchRequest:
        first = self._first
        return FetchRequest(
            url=url, allow_private=first.allow_private, host_gap=first.host_gap, max_bytes=first.max_bytes
        )

    def _left(self) -> int:
        return MAX_REQUESTS - self._requests

    async def _page(self, url: str) -> Fetched | Unreachable:
        asked = await self._robots.clear(self._request(url))
        return await self.ask(asked) if isinstance(asked, FetchRequest) else asked

    async def _get(self, url: str) -> tuple[str, Fetched | Unreachable]:
        return url, await self.ask(self._request(url))

    async def ask(self, request: FetchRequest) -> Fetched | Unreachable:
        if self._left() <= 0:
            note = f"looked no further after {MAX_REQUESTS} requests"
            self._notes.setdefault(note)
            return Unreachable(trouble=Trouble.OTHER_STATUS, detail=note)
        self._requests += 1
        self._looking(request.url)
        answer = await self._fetcher.fetch(request)
        if isinstance(answer, Unchanged):
            return NOT_ASKED_FOR
        return answer


class _Given:
    """Gives what was fetched already; what else a source needs is asked within the bounds of the search."""

    def __init__(self, answer: Fetched, search: _Search) -> None:
        self._answer: Fetched | None = answer
        self._search = search

    async def fetch(self, request: FetchRequest) -> Fetched | Unchanged | Unreachable:
        answer, self._answer = self._answer, None
        return answer if answer is not None else await self._search.ask(request)
