"""One fetch: redirects followed and checked hop by hop, within one deadline and one limit of size."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpcore
import httpx

from monitor import __version__
from monitor.core.model import Secret
from monitor.core.ports import Fetched, FetchRequest, Trouble, Unchanged, Unreachable
from monitor.fetch.answers import headers_of, plain_headers, retry_after, trouble_of
from monitor.fetch.bodies import MAX_LARGE, drain, read_body
from monitor.fetch.connections import Answer, Connections, parse_proxy
from monitor.fetch.decoding import ACCEPT_ENCODING
from monitor.fetch.errors import FetchError
from monitor.fetch.network import Resolver, system_resolver
from monitor.fetch.politeness import Politeness
from monitor.fetch.target import (
    Target,
    keeps_credentials,
    known_target,
    parse_target,
    resolve_redirect,
    target_of,
)

USER_AGENT = f"monitor/{__version__} (+news alerts; polls feeds)"
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/html, */*;q=0.8"
MAX_REDIRECTS = 10
MAX_IN_FLIGHT = 100
_OURS = frozenset({"host", "user-agent", "accept", "accept-encoding"})
_EXPLAINED = frozenset({401, 403, 429, 503})
"""Statuses behind which a check for browsers may stand."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})

_Answer = Fetched | Unchanged | Unreachable


_GIVEN_UP = Unreachable(trouble=Trouble.NO_CONNECTION, detail="given up: the program is ending")


class _Flight:
    """A fetch that is under way, in the task of the one who asked first; others who want the same wait until it has
    `landed`, which brings None where that one gave up."""

    __slots__ = ("landed", "until_closed")

    def __init__(self) -> None:
        self.landed: asyncio.Future[_Answer | Exception | None] = asyncio.get_running_loop().create_future()
        self.until_closed = asyncio.timeout(None)


class HttpFetcher:
    """Implements `core.ports.Fetcher`. One of it serves the whole process; it belongs to one event loop.

    `resolver` and `network` (what opens a socket to an address) stand in for the system's; the guard sits between them.
    """

    def __init__(
        self,
        *,
        user_agent: str = "",
        resolver: Resolver | None = None,
        network: httpcore.AsyncNetworkBackend | None = None,
        max_in_flight: int = MAX_IN_FLIGHT,
    ) -> None:
        self._headers = {"user-agent": user_agent or USER_AGENT, "accept": ACCEPT, "accept-encoding": ACCEPT_ENCODING}
        self._raw_headers = _raw(self._headers)
        self._connections = Connections(
            network or httpcore.AnyIOBackend(), resolver or system_resolver, max_idle=max_in_flight
        )
        self._politeness = Politeness(max_in_flight=max_in_flight)
        self._large = asyncio.Semaphore(MAX_LARGE)
        self._flights: dict[tuple[object, ...], _Flight] = {}
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Ends what is in flight (its callers get an `Unreachable`) and closes all connections."""
        self._closed = True
        now = asyncio.get_running_loop().time()
        for flight in self._flights.values():
            if not flight.until_closed.expired():
                flight.until_closed.reschedule(now)
        while self._flights:
            await asyncio.wait([flight.landed for flight in self._flights.values()])
        await self._connections.aclose()

    async def fetch(self, request: FetchRequest) -> Fetched | Unchanged | Unreachable:
        """Equal requests that are under way at the same time share one fetch and its answer."""
        if self._closed:
            raise RuntimeError("the fetcher is closed")
        key = _identity(request)
        while (other := self._flights.get(key)) is not None:
            landed = await asyncio.shield(other.landed)
            if isinstance(landed, Exception):
                raise landed
            if landed is not None:
                return landed
        return await self._fly(key, request)

    async def _fly(self, key: tuple[object, ...], request: FetchRequest) -> _Answer:
        if self._closed:  # while it waited for another
            return _GIVEN_UP
        flight = self._flights[key] = _Flight()
        landed: _Answer | Exception | None = None
        try:
            async with flight.until_closed:
                landed = await self._answer(request)
        except Exception as error:
            if not (isinstance(error, TimeoutError) and flight.until_closed.expired()):
                landed = error
                raise
            landed = _GIVEN_UP
        finally:
            del self._flights[key]
            flight.landed.set_result(landed)
        return landed

    async def _answer(self, request: FetchRequest) -> _Answer:
        try:
            return await self._follow(request)
        except FetchError as failure:
            return failure.answer()

    async def _follow(self, request: FetchRequest) -> Fetched | Unchanged:
        private = request.allow_private
        if request.etag or request.last_modified:  # it was asked for before, and will be again
            target = known_target(request.url, private)
        else:
            target = target_of(parse_target(request.url, allow_private=private))
        first = target
        proxy = request.proxy.reveal() if request.proxy else ""
        if proxy:
            parse_proxy(proxy)
        gap = request.host_gap.total_seconds()
        left = request.deadline.total_seconds()
        loop = asyncio.get_running_loop()
        been: set[str] = set()
        permanent = True
        for _ in range(MAX_REDIRECTS + 1):
            own = target is first or keeps_credentials(httpx.URL(first.text), httpx.URL(target.text))
            headers = self._headers_for(request, target, with_credentials=own)
            async with self._politeness.turn(target.server, gap):
                began = loop.time()
                try:
                    async with asyncio.timeout(left):
                        answer = await self._connections.ask(target, headers, proxy=proxy, allow_private=private)
                        try:
                            got = await self._read(answer, target, request, moved=permanent and target is not first)
                        finally:
                            await answer.aclose()
                except TimeoutError:
                    seconds = request.deadline.total_seconds()
                    raise FetchError(
                        Trouble.TIMEOUT, f"no whole answer from {target.host} within {seconds:g} s"
                    ) from None
                left -= loop.time() - began
            if not isinstance(got, _Redirect):
                return got
            permanent = permanent and got.status in _PERMANENT
            been.add(target.text)
            target = target_of(resolve_redirect(httpx.URL(target.text), got.location, allow_private=private))
            if target.text in been:
                raise FetchError(Trouble.REDIRECTS, f"{target.host} redirects in a circle", status=got.status)
        raise FetchError(Trouble.REDIRECTS, f"more than {MAX_REDIRECTS} redirects, the last to {target.host}")

    async def _read(
        self, answer: Answer, target: Target, request: FetchRequest, *, moved: bool
    ) -> Fetched | Unchanged | _Redirect:
        status, headers = answer.status, headers_of(answer.headers)
        moved_to = target.text if moved else ""
        if 200 <= status <= 299:
            body = await read_body(answer, headers, request.max_bytes, self._large)
            return Fetched(url=target.text, status=status, headers=plain_headers(headers), body=body, moved_to=moved_to)
        rest = await drain(answer, headers, keep=status in _EXPLAINED)
        if status == 304 and (request.etag or request.last_modified):
            return Unchanged(headers=plain_headers(headers), moved_to=moved_to)
        if status in _REDIRECTS and headers.get("location", "").strip():
            return _Redirect(status, headers["location"])
        trouble, words = trouble_of(status, plain_headers(headers), rest)
        raise FetchError(
            trouble, f"{target.host} answered {status}: {words}", status=status, retry_after=retry_after(headers)
        )

    def _headers_for(
        self, request: FetchRequest, target: Target, *, with_credentials: bool
    ) -> list[tuple[bytes, bytes]]:
        """`Host` first, which a source may have wanted otherwise."""
        own: dict[str, str] = {}
        if request.user_agent:
            own["user-agent"] = request.user_agent
        if request.etag:
            own["if-none-match"] = _one_line(request.etag)
        if request.last_modified:
            own["if-modified-since"] = _one_line(request.last_modified)
        if with_credentials:
            for name, value in request.headers.items():
                own[name.lower()] = value.reveal()
            if request.cookies:
                own["cookie"] = "; ".join(f"{name}={value.reveal()}" for name, value in request.cookies.items())
        if own.keys().isdisjoint(_OURS):
            return [(b"Host", target.netloc), *self._raw_headers, *_raw(own)]
        headers = self._headers | own
        host = [] if "host" in headers else [(b"Host", target.netloc)]
        return host + _raw(headers)


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    location: str


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _identity(request: FetchRequest) -> tuple[object, ...]:
    """Equal for requests whose answers are interchangeable. How long each is willing to wait between two requests
    to a host is not part of it."""
    return (
        request.url,
        _frozen(request.headers),
        _frozen(request.cookies),
        request.proxy,
        request.allow_private,
        request.user_agent,
        request.etag,
        request.last_modified,
        request.max_bytes,
        request.deadline,
    )


def _frozen(secrets: Mapping[str, Secret]) -> frozenset[tuple[str, Secret]]:
    return frozenset(secrets.items())


def _one_line(validator: str) -> str:
    """Validators are the server's words of last time; what cannot be a header value is left out."""
    if validator.isprintable():
        return validator
    return "".join(char for char in validator if char.isprintable())
