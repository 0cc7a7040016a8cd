"""A fetcher that asks robots.txt first, where a request wants that."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from monitor.core.ports import Fetched, Fetcher, FetchRequest, RobotsCheck, Unchanged, Unreachable
from monitor.fetch.robots import Robots
from monitor.text.urls import site_of


class ClosableFetcher(Fetcher, Protocol):
    async def aclose(self) -> None: ...


class ConsiderateFetcher:
    """Implements `core.ports.Fetcher` on another one, and does what `FetchRequest.robots` says."""

    def __init__(self, inner: ClosableFetcher, *, user_agent: str = "") -> None:
        self._inner = inner
        self._robots = Robots(inner, user_agent=user_agent)

    async def fetch(self, request: FetchRequest) -> Fetched | Unchanged | Unreachable:
        if request.robots is RobotsCheck.NEVER:
            return await self._inner.fetch(request)
        asked = request
        if request.robots is RobotsCheck.ALWAYS:
            cleared = await self._robots.clear(asked)
            if isinstance(cleared, Unreachable):
                return cleared
            asked = cleared
        answer = await self._inner.fetch(asked)
        if not isinstance(answer, Fetched):
            return answer
        # led to another site, or a page where a feed was expected
        elsewhere = site_of(answer.url) != site_of(request.url)
        if elsewhere if request.robots is RobotsCheck.ALWAYS else _is_page(answer):
            cleared = await self._robots.clear(replace(asked, url=answer.url))
            if isinstance(cleared, Unreachable):
                return cleared
        return answer

    async def aclose(self) -> None:
        await self._inner.aclose()


def _is_page(answer: Fetched) -> bool:
    return "html" in answer.headers.get("content-type", "").lower()
