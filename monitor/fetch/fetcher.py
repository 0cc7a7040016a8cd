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
from monitor.fetch.answers import plain_headers, retry_after, trouble_of
from monitor.fetch.connections import Connections, parse_proxy
from monitor.fetch.decoding import ACCEPT_ENCODING, BodyDecoder, too_big
from monitor.fetch.errors import FetchError
from monitor.fetch.network import Resolver, system_resolver
from monitor.fetch.politeness import Politeness
from monitor.fetch.target import host_of, keeps_credentials, parse_target, resolve_redirect, server_of

USER_AGENT = f"monitor/{__version__} (+news alerts; polls feeds)"
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/html, */*;q=0.8"
MAX_REDIRECTS = 10
MAX_IN_FLIGHT = 100
LARGE_BODY = 2**20
MAX_LARGE = 4
"""So many bodies of more than `LARGE_BODY` bytes grow at the same time; others wait at that size. Without it a hundred
hostile answers, each within its limit, would take gigabytes together."""
DRAIN_BYTES = 65_536
DRAIN_SECONDS = 2.0
"""A body that nobody wants is read up to these bounds, so that its connection can be used again."""

MAX_EXPLANATION = 2**20
"""Bytes of a refusal's body, unpacked."""

_EXPLAINED = frozenset({401, 403, 429, 503})
"""Statuses behind which a check for browsers may stand."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})

_Answer = Fetched | Unchanged | Unreachable


@dataclass(slots=True, eq=False)
class _Flight:
    task: asyncio.Task[_Answer]
    passengers: int = 0


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
        self._user_agent = user_agent or USER_AGENT
        self._connections = Connections(
            network or httpcore.AnyIOBackend(), resolver or system_resolver, max_idle=max_in_flight
        )
        self._politeness = Politeness(max_in_flight=max_in_flight)
        self._large = asyncio.Semaphore(MAX_LARGE)
        self._flights: dict[tuple[object, ...], _Flight] = {}
        self._tasks: set[asyncio.Task[_Answer]] = set()
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
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._connections.aclose()

    async def fetch(self, request: FetchRequest) -> Fetched | Unchanged | Unreachable:
        """Equal requests that are under way at the same time share one fetch and its answer."""
        if self._closed:
            raise RuntimeError("the fetcher is closed")
        key = _identity(request)
        flight = self._flights.get(key)
        if flight is None:
            task = asyncio.create_task(self._answer(request))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            flight = self._flights[key] = _Flight(task)
        flight.passengers += 1
        try:
            return await asyncio.shield(flight.task)
        except asyncio.CancelledError:
            if flight.task.cancelled() and not _being_cancelled():  # by aclose()
                return Unreachable(trouble=Trouble.NO_CONNECTION, detail="given up: the program is ending")
            raise
        finally:
            flight.passengers -= 1
            if flight.passengers == 0:
                if self._flights.get(key) is flight:
                    del self._flights[key]
                flight.task.cancel()

    async def _answer(self, request: FetchRequest) -> _Answer:
        try:
            return await self._follow(request)
        except FetchError as failure:
            return failure.answer()

    async def _follow(self, request: FetchRequest) -> Fetched | Unchanged:
        first = url = parse_target(request.url, allow_private=request.allow_private)
        proxy = request.proxy.reveal() if request.proxy else ""
        if proxy:
            parse_proxy(proxy)
        gap = request.host_gap.total_seconds()
        left = request.deadline.total_seconds()
        loop = asyncio.get_running_loop()
        been: set[str] = set()
        permanent = True
        for _ in range(MAX_REDIRECTS + 1):
            sent = httpx.Request(
                "GET",
                url,
                headers=self._headers(request, with_credentials=url is first or keeps_credentials(first, url)),
                extensions={"proxy": proxy, "allow_private": request.allow_private},
            )
            async with self._politeness.turn(server_of(url), gap):
                began = loop.time()
                try:
                    async with asyncio.timeout(left):
                        got = await self._exchange(sent, request, moved=permanent and url is not first)
                except TimeoutError:
                    seconds = request.deadline.total_seconds()
                    raise FetchError(
                        Trouble.TIMEOUT, f"no whole answer from {host_of(url)} within {seconds:g} s"
                    ) from None
                left -= loop.time() - began
            if not isinstance(got, _Redirect):
                return got
            permanent = permanent and got.status in _PERMANENT
            been.add(str(url))
            url = resolve_redirect(url, got.location, allow_private=request.allow_private)
            if str(url) in been:
                raise FetchError(Trouble.REDIRECTS, f"{host_of(url)} redirects in a circle", status=got.status)
        raise FetchError(Trouble.REDIRECTS, f"more than {MAX_REDIRECTS} redirects, the last to {host_of(url)}")

    async def _exchange(
        self, sent: httpx.Request, request: FetchRequest, *, moved: bool
    ) -> Fetched | Unchanged | _Redirect:
        response = await self._connections.handle_async_request(sent)
        try:
            status, headers = response.status_code, response.headers
            if 200 <= status <= 299:
                body = await _read(response, request.max_bytes, self._large)
                url = str(sent.url)
                return Fetched(
                    url=url, status=status, headers=plain_headers(headers), body=body, moved_to=url if moved else ""
                )
            rest = await _drain(response, keep=status in _EXPLAINED)
            if status == 304 and (request.etag or request.last_modified):
                return Unchanged(headers=plain_headers(headers), moved_to=str(sent.url) if moved else "")
            if status in _REDIRECTS and headers.get("location", "").strip():
                return _Redirect(status, headers["location"])
            trouble, words = trouble_of(status, plain_headers(headers), rest)
            raise FetchError(
                trouble,
                f"{host_of(sent.url)} answered {status}: {words}",
                status=status,
                retry_after=retry_after(headers),
            )
        finally:
            await response.aclose()

    def _headers(self, request: FetchRequest, *, with_credentials: bool) -> list[tuple[bytes, bytes]]:
        headers = {
            "user-agent": request.user_agent or self._user_agent,
            "accept": ACCEPT,
            "accept-encoding": ACCEPT_ENCODING,
        }
        if request.etag:
            headers["if-none-match"] = _one_line(request.etag)
        if request.last_modified:
            headers["if-modified-since"] = _one_line(request.last_modified)
        if with_credentials:
            headers |= {name.lower(): value.reveal() for name, value in request.headers.items()}
            if request.cookies:
                headers["cookie"] = "; ".join(f"{name}={value.reveal()}" for name, value in request.cookies.items())
        return [(name.encode(), value.encode()) for name, value in headers.items()]


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    location: str


async def _read(response: httpx.Response, limit: int, large: asyncio.Semaphore) -> bytes:
    announced = response.headers.get("content-length", "")
    if announced.isdigit() and int(announced[:20]) > limit:
        raise too_big(limit)
    decoder = BodyDecoder(response.headers.get("content-encoding", ""), limit=limit)
    holding = False
    try:
        async for part in _raw(response):
            for size in decoder.feed(part):
                if size > LARGE_BODY and not holding:
                    await large.acquire()
                    holding = True
        return decoder.body()
    finally:
        if holding:
            large.release()


async def _drain(response: httpx.Response, *, keep: bool) -> bytes:
    """Reads a body that nobody wants if it is short; a longer or broken one costs the connection. With `keep` gives
    its beginning, unpacked: it may say what stands in the way."""
    if response.status_code == 304:  # has no body: this waits for nothing
        async for _ in _raw(response):
            pass
        return b""
    announced = response.headers.get("content-length", "")
    if not keep and announced.isdigit() and int(announced[:20]) > DRAIN_BYTES:
        return b""
    decoder = BodyDecoder(response.headers.get("content-encoding", ""), limit=MAX_EXPLANATION) if keep else None
    size = 0
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            async for part in _raw(response):
                size += len(part)
                if decoder is not None:
                    for _ in decoder.feed(part):
                        pass
                if size > DRAIN_BYTES:
                    break
        return decoder.body() if decoder is not None else b""
    except (FetchError, TimeoutError):
        return b""  # the status was the answer


def _raw(response: httpx.Response) -> httpx.AsyncByteStream:
    """What comes, undecoded, as from `aiter_raw`, which costs more than the reading."""
    assert isinstance(response.stream, httpx.AsyncByteStream)
    return response.stream


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
    return "".join(char for char in validator if char.isprintable())


def _being_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
