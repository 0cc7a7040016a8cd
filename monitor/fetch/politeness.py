"""Who may start a request now: at most two at once per server, a gap between starts, a bound over all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PER_SERVER = 2


class _Server:
    __slots__ = ("keep_until", "last_start", "slots", "turn", "users")

    def __init__(self) -> None:
        self.users = 0
        self.slots = asyncio.Semaphore(PER_SERVER)
        self.turn = asyncio.Lock()
        self.last_start = float("-inf")
        self.keep_until = float("-inf")


class Politeness:
    """Keeps state only for servers that are in use, or were within their gap."""

    def __init__(self, *, max_in_flight: int) -> None:
        self._servers: dict[str, _Server] = {}
        self._gate = asyncio.Semaphore(max_in_flight)

    def __len__(self) -> int:
        return len(self._servers)

    @asynccontextmanager
    async def turn(self, name: str, gap: float) -> AsyncIterator[None]:
        """Waits for this server's turn (first come, first served); the request runs inside. `gap` is in seconds and
        counts from the last start on the server, whoever asked for it."""
        server = self._servers.get(name)
        if server is None:
            server = self._servers[name] = _Server()
        server.users += 1
        loop = asyncio.get_running_loop()
        try:
            async with server.slots:
                async with server.turn:
                    wait = server.last_start + gap - loop.time()
                    if wait > 0:
                        await asyncio.sleep(wait)
                    await self._gate.acquire()
                    server.last_start = loop.time()
                    server.keep_until = max(server.keep_until, server.last_start + gap)
                try:
                    yield
                finally:
                    self._gate.release()
        finally:
            server.users -= 1
            if server.users == 0:
                self._drop_later(name, server, loop)

    def _drop_later(self, name: str, server: _Server, loop: asyncio.AbstractEventLoop) -> None:
        if server.keep_until > loop.time():
            loop.call_at(server.keep_until, self._drop, name, server, server.keep_until)
        else:
            self._drop(name, server, server.keep_until)

    def _drop(self, name: str, server: _Server, kept_until: float) -> None:
        if server.users == 0 and server.keep_until == kept_until and self._servers.get(name) is server:
            del self._servers[name]
