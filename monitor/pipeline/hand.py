"""Which polls hold a document, so that no more are begun than can be read."""

from __future__ import annotations

from monitor.core.ports import Fetched, Fetcher, FetchRequest, Unchanged, Unreachable


class Hand:
    """The fetcher of one poll, which notes in `full` that it has brought a document."""

    __slots__ = ("_fetcher", "_full")

    def __init__(self, fetcher: Fetcher, full: set[Hand]) -> None:
        self._fetcher = fetcher
        self._full = full

    async def fetch(self, request: FetchRequest) -> Fetched | Unchanged | Unreachable:
        answer = await self._fetcher.fetch(request)
        if isinstance(answer, Fetched):
            self._full.add(self)
        return answer
