"""Connections, kept per origin.

httpx's own pool looks at all its connections for every request, which at a thousand hosts costs more than all the
rest of a fetch. Here a request looks at the idle connections of its own origin only.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from importlib.util import find_spec
from typing import NamedTuple

import httpcore
import httpx

from monitor.core.ports import Trouble
from monitor.fetch.errors import FetchError
from monitor.fetch.network import GuardedNetwork, Resolver
from monitor.fetch.target import DEFAULT_PORTS, Target, target_of

# httpcore asks for this optional module with each new connection. Python remembers no failed import and searches its
# whole path again, at 0.1 ms; None says once and for all that it is not there.
if "sniffio" not in sys.modules and find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment] # Python's own way to say so

MAX_IDLE = 100
IDLE_SECONDS = 20.0

_STALE = (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError)


class Lane(NamedTuple):
    """Requests of one lane can use each other's connections. One that was opened for a source with `allow_private`
    is of no use to a source without."""

    scheme: str
    host: str
    port: int
    proxy: str
    allow_private: bool


_Connection = httpcore.AsyncConnectionInterface


class Connections(httpx.AsyncBaseTransport):
    """`ask` is the way in of this package. It is an httpx transport too, for requests with the extensions
    `allow_private` (bool) and `proxy` (a URL or ''). Raises `FetchError` where httpx's transports raise theirs."""

    def __init__(
        self,
        network: httpcore.AsyncNetworkBackend,
        resolver: Resolver,
        *,
        max_idle: int = MAX_IDLE,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._guarded = GuardedNetwork(network, resolver, allow_private=False)
        self._unguarded = GuardedNetwork(network, resolver, allow_private=True)
        self._max_idle = max_idle
        self._idle_seconds = idle_seconds
        self._idle: dict[Lane, list[_Connection]] = {}
        self._since: OrderedDict[_Connection, tuple[Lane, float]] = OrderedDict()
        self._open: set[_Connection] = set()
        self._closing: set[asyncio.Task[None]] = set()
        self._tls: ssl.SSLContext | None = None
        self._proxy_tls: ssl.SSLContext | None = None

    @property
    def open(self) -> int:
        """How many connections there are, in use and idle."""
        return len(self._open)

    @property
    def idle(self) -> int:
        return len(self._since)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        ours = request.extensions
        answer = await self.ask(
            target_of(request.url), request.headers.raw, proxy=ours["proxy"], allow_private=ours["allow_private"]
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=answer)

    async def ask(
        self, target: Target, headers: list[tuple[bytes, bytes]], *, proxy: str, allow_private: bool
    ) -> Answer:
        """A GET. The answer has to be closed."""
        lane = Lane(target.scheme, target.host, target.port, proxy, allow_private)
        sent = httpcore.Request(method=b"GET", url=target.url, headers=headers)
        while (connection := self._take(lane)) is not None:
            try:
                return await self._exchange(lane, connection, sent)
            except _STALE:  # it was closed from the other side while it was idle
                continue
        try:
            return await self._exchange(lane, self._new(lane), sent)
        except httpcore.LocalProtocolError as error:  # its own text may quote a header
            raise FetchError(Trouble.BAD_URL, "the request cannot be sent: check `headers` and `cookies`") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            raise broken(lane.host, error) from error
        except httpcore.ProxyError as error:
            raise FetchError(Trouble.NO_CONNECTION, f"the proxy answered {error}") from error

    async def aclose(self) -> None:
        for connection in list(self._open):
            self._discard(connection)
        self._idle.clear()
        self._since.clear()
        while self._closing:
            await asyncio.gather(*self._closing, return_exceptions=True)

    async def _exchange(self, lane: Lane, connection: _Connection, sent: httpcore.Request) -> Answer:
        try:
            got = await connection.handle_async_request(sent)
        except BaseException:
            self._discard(connection)
            raise
        return Answer(self, lane, connection, got)

    def _take(self, lane: Lane) -> _Connection | None:
        idle = self._idle.get(lane)
        while idle:
            connection = idle.pop()
            if not idle:
                del self._idle[lane]
            del self._since[connection]
            if connection.is_idle() and not connection.has_expired():
                return connection
            self._discard(connection)
        return None

    def release(self, lane: Lane, connection: _Connection) -> None:
        """Takes a connection back after an answer; keeps it when it can carry another request."""
        if connection not in self._open:
            return
        if not connection.is_idle():
            self._discard(connection)
            return
        now = time.monotonic()
        self._idle.setdefault(lane, []).append(connection)
        self._since[connection] = (lane, now)
        while self._since:
            oldest, (its_lane, since) = next(iter(self._since.items()))
            if len(self._since) <= self._max_idle and now - since <= self._idle_seconds:
                break
            del self._since[oldest]
            siblings = self._idle[its_lane]
            siblings.remove(oldest)
            if not siblings:
                del self._idle[its_lane]
            self._discard(oldest)

    def _discard(self, connection: _Connection) -> None:
        """Closes in a task of its own, which no cancellation of a fetch can interrupt."""
        if connection not in self._open:
            return
        self._open.remove(connection)
        task = asyncio.get_running_loop().create_task(_close(connection))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    def _new(self, lane: Lane) -> _Connection:
        origin = httpcore.Origin(lane.scheme.encode(), lane.host.encode(), lane.port)
        connection: _Connection
        if lane.proxy:
            connection = self._through_proxy(lane, origin)
        else:
            connection = httpcore.AsyncHTTPConnection(
                origin=origin,
                ssl_context=self._tls_context() if lane.scheme == "https" else None,
                keepalive_expiry=self._idle_seconds,
                network_backend=self._unguarded if lane.allow_private else self._guarded,
            )
        self._open.add(connection)
        return connection

    def _through_proxy(self, lane: Lane, origin: httpcore.Origin) -> _Connection:
        proxy = parse_proxy(lane.proxy)
        secure = proxy.url.scheme == "https"
        if secure and self._proxy_tls is None:
            self._proxy_tls = httpx.create_ssl_context()
        factory = httpcore.AsyncHTTPProxy(
            proxy_url=httpcore.URL(
                scheme=proxy.url.raw_scheme,
                host=proxy.url.raw_host,
                port=proxy.url.port or DEFAULT_PORTS[proxy.url.scheme],
                target="/",
            ),
            proxy_auth=proxy.raw_auth,
            ssl_context=self._tls_context() if lane.scheme == "https" else None,
            proxy_ssl_context=self._proxy_tls if secure else None,
            keepalive_expiry=self._idle_seconds,
            network_backend=self._unguarded,
        )
        return factory.create_connection(origin)

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = httpx.create_ssl_context()
        return self._tls


class Answer(httpx.AsyncByteStream):
    """Iterated it gives the raw body; closing it gives the connection back."""

    def __init__(self, pool: Connections, lane: Lane, connection: _Connection, got: httpcore.Response) -> None:
        self.status = got.status
        self.headers = got.headers
        self._pool = pool
        self._lane = lane
        self._connection = connection
        self._got = got

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for part in self._got.stream:  # type: ignore[union-attr]  # of an async connection it is one too
                yield part
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            raise broken(self._lane.host, error) from error

    async def aclose(self) -> None:
        try:
            await self._got.aclose()
        finally:
            self._pool.release(self._lane, self._connection)


def parse_proxy(text: str) -> httpx.Proxy:
    """Raises `FetchError` without a word of `text`, which may hold a password."""
    try:
        proxy = httpx.Proxy(text)
    except (httpx.InvalidURL, ValueError):
        raise FetchError(Trouble.BAD_URL, "`proxy` is not a URL that can be used") from None
    if proxy.url.scheme not in DEFAULT_PORTS or not proxy.url.host:
        raise FetchError(Trouble.BAD_URL, "`proxy` must be an http:// or https:// URL")
    return proxy


def broken(host: str, error: Exception) -> FetchError:
    """What came was no proper answer. Of the library's words only those before a quotation are kept: what follows is
    the other side's, and may repeat what we sent."""
    words = str(error).partition(":")[0].rstrip(" .")
    return FetchError(Trouble.BROKEN_ANSWER, f"{host} gave no proper answer" + (f" ({words})" if words else ""))


async def _close(connection: _Connection) -> None:
    try:
        await connection.aclose()
    except (httpcore.NetworkError, OSError):
        return  # it is gone, which is what was wanted
