"""Who may start a request now: at most two at once per server, a gap between starts, a bound over all."""

from __future__ import annotations

import asyncio
from types import TracebackType

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

    def turn(self, name: str, gap: float) -> Turn:
        """Waits for this server's turn (first come, first served); the request runs inside. `gap` is in seconds and
        counts from the last start on the server, whoever asked for it."""
        return Turn(self, name, gap)

    async def enter(self, name: str, gap: float) -> _Server:
        server = self._servers.get(name)
        if server is None:
            server = self._servers[name] = _Server()
        server.users += 1
        try:
            await server.slots.acquire()
            try:
                async with server.turn:
                    clock = asyncio.get_running_loop().time
                    if (wait := server.last_start + gap - clock()) > 0:
                        await asyncio.sleep(wait)
                    await self._gate.acquire()
                    server.last_start = clock()
                    server.keep_until = max(server.keep_until, server.last_start + gap)
            except BaseException:
                server.slots.release()
                raise
        except BaseException:
            self._leave(name, server)
            raise
        return server

    def leave(self, name: str, server: _Server) -> None:
        self._gate.release()
        server.slots.release()
        self._leave(name, server)

    def _leave(self, name: str, server: _Server) -> None:
        server.users -= 1
        if server.users == 0:
            loop = asyncio.get_running_loop()
            if server.keep_until > loop.time():
                loop.call_at(server.keep_until, self._drop, name, server, server.keep_until)
            else:
                self._drop(name, server, server.keep_until)

    def _drop(self, name: str, server: _Server, kept_until: float) -> None:
        if server.users == 0 and server.keep_until == kept_until and self._servers.get(name) is server:
            del self._servers[name]


class Turn:
    """One turn, as a context. A class, since every poll passes here and a generator costs three times as much."""

    __slots__ = ("_gap", "_name", "_politeness", "_server")

    def __init__(self, politeness: Politeness, name: str, gap: float) -> None:
        self._politeness = politeness
        self._name = name
        self._gap = gap

    async def __aenter__(self) -> None:
        self._server = await self._politeness.enter(self._name, self._gap)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._politeness.leave(self._name, self._server)
