"""A loopback web server whose answers a test sets while it runs, and which can misbehave in every way that we know of.

    async with HttpServer() as server:
        server.put("/feed.xml", "<rss>…</rss>")
        … server.url + "/feed.xml" …
        assert server.hits("/feed.xml") == 1

`HttpServer.in_thread()` is the same for tests that are not asynchronous or that watch another process.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import hashlib
import ssl
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Self

from tests.servers.threads import in_thread

GIB = 2**30
_MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    method: str
    path: str
    """With the query, as sent."""
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes = b""
    at: float
    """`time.monotonic()` when its head had been read."""


class HangUp(Exception):  # noqa: N818 - a wish, not an error
    """Raised by a handler that wants the connection closed at once."""


@dataclass(slots=True)
class Exchange:
    """What a handler gets: the request, and the raw way back."""

    request: Request
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    keep_alive: bool = True

    async def write(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def head(self, status: int, headers: Mapping[str, str]) -> None:
        lines = [f"HTTP/1.1 {status} {_reason(status)}", *(f"{name}: {value}" for name, value in headers.items())]
        await self.write(("\r\n".join(lines) + "\r\n\r\n").encode())

    async def answer(self, status: int, headers: Mapping[str, str], body: bytes = b"") -> None:
        """A sound answer with its length."""
        bodiless = status in {204, 304} or status < 200
        length = {} if bodiless else {"Content-Length": str(len(body))}
        await self.head(status, {**headers, **length})
        if body and not bodiless and self.request.method != "HEAD":
            await self.write(body)

    async def chunk(self, data: bytes) -> None:
        """A piece of an answer that was announced with `Transfer-Encoding: chunked`; b"" ends it."""
        await self.write(b"%x\r\n%b\r\n" % (len(data), data))


Handler = Callable[[Exchange], Awaitable[None]]


@dataclass(slots=True)
class _Route:
    handler: Handler
    failures: list[tuple[int, Mapping[str, str]]] = field(default_factory=list)


class HttpServer:
    def __init__(self, *, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Request] = []
        self.validators = True
        """Whether `put` pages carry ETag and Last-Modified and answer 304."""
        self.connections = 0
        """How many were accepted so far."""
        self.open_connections = 0
        self._host = host
        self._port = port
        self._tls = tls
        self._routes: dict[str, _Route] = {}
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    # --- life ---

    @property
    def url(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{'https' if self._tls else 'http'}://{host}:{self._port}"

    @property
    def port(self) -> int:
        return self._port

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, self._host, self._port, ssl=self._tls, backlog=1024)
        self._port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Also ends connections, so a stopped server is one that is down. `start` brings it back on its port."""
        if self._server is None:
            return
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @classmethod
    @contextlib.contextmanager
    def in_thread(
        cls, *, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
    ) -> Iterator[HttpServer]:
        """Runs in a thread with a loop of its own. Everything that sets routes or reads the log may be called from
        outside of it."""
        with in_thread(cls(host=host, port=port, tls=tls)) as server:
            yield server

    # --- the log ---

    def hits(self, path: str) -> int:
        return sum(request.path == path for request in list(self.requests))

    def seen(self, path: str) -> list[Request]:
        return [request for request in list(self.requests) if request.path == path]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Waits until something is so; the test's own time-out is the limit."""
        while not condition():  # noqa: ASYNC110 - the condition may be about anything
            await asyncio.sleep(0.005)

    def wait_until(self, condition: Callable[[], bool], *, seconds: float = 60) -> None:
        """The same for a test that is not asynchronous. Raises `TimeoutError`."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"not so after {seconds} s; the log: {[request.path for request in self.requests]}")
            time.sleep(0.01)

    # --- sound answers ---

    def put(
        self,
        path: str,
        body: str | bytes,
        *,
        headers: Mapping[str, str] | None = None,
        status: int = 200,
        validators: bool | None = None,
        compress: bool = False,
        delay: float = 0.0,
    ) -> None:
        """Sets a page, or changes it. The type is guessed from the body unless `headers` has one. `validators`
        overrides the server's own; `compress` sends gzip to those who take it; `delay` comes before the answer."""
        content = body.encode() if isinstance(body, str) else body
        own = {"Content-Type": _content_type(content)}
        etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        modified = format_datetime(datetime.now(UTC), usegmt=True)

        async def page(exchange: Exchange) -> None:
            if delay:
                await asyncio.sleep(delay)
            asked, sent, payload = exchange.request.headers, own | dict(headers or {}), content
            if status == 200 and (self.validators if validators is None else validators):
                sent = {"ETag": etag, "Last-Modified": modified} | sent
                same = asked.get("if-none-match", "") == sent["ETag"]
                if same or ("if-none-match" not in asked and asked.get("if-modified-since") == sent["Last-Modified"]):
                    await exchange.answer(304, {"ETag": sent["ETag"], "Last-Modified": sent["Last-Modified"]})
                    return
            if compress and "gzip" in asked.get("accept-encoding", ""):
                payload, sent = gzip.compress(content, mtime=0), sent | {"Content-Encoding": "gzip"}
            await exchange.answer(status, sent, payload)

        self.handle(path, page)

    def handle(self, path: str, handler: Handler) -> None:
        """A route of the test's own; a query of the request is ignored when no route has it. Failures that were
        asked for stay."""
        old = self._routes.get(path)
        self._routes[path] = _Route(handler, old.failures if old else [])

    def remove(self, path: str) -> None:
        """From now on 404."""
        self._routes.pop(path, None)

    def redirect(self, path: str, to: str, *, status: int = 302) -> None:
        async def elsewhere(exchange: Exchange) -> None:
            await exchange.answer(status, {"Location": to}, b"elsewhere")

        self.handle(path, elsewhere)

    def fail_first(self, path: str, times: int, *, status: int = 503, headers: Mapping[str, str] | None = None) -> None:
        """The next answers of an existing route are errors; then it is itself again."""
        self._routes[path].failures.extend([(status, headers or {})] * times)

    # --- hostile answers ---

    def put_redirect_loop(self, path: str) -> None:
        self.redirect(path, path + "-and-back")
        self.redirect(path + "-and-back", path)

    def put_endless_redirects(self, path: str) -> None:
        """Each to a new address: `path?1`, `path?2`, …"""

        async def on(exchange: Exchange) -> None:
            count = int(exchange.request.path.partition("?")[2] or 0) + 1
            await exchange.answer(302, {"Location": f"{path}?{count}"})

        self.handle(path, on)

    def put_endless_body(self, path: str) -> None:
        async def body(exchange: Exchange) -> None:
            await exchange.head(200, {"Content-Type": "text/xml", "Transfer-Encoding": "chunked"})
            while True:
                await exchange.chunk(b"<item>more</item>" * 1000)
                await asyncio.sleep(0)

        self.handle(path, body)

    def put_gzip_bomb(self, path: str, *, size: int = GIB) -> None:
        """`size` zero bytes (a multiple of 1 MiB) in about a thousandth of that, made while it is sent."""

        async def bomb(exchange: Exchange) -> None:
            headers = {"Content-Type": "text/xml", "Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
            await exchange.head(200, headers)
            await exchange.chunk(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03")
            zeros, crc = bytes(_MIB), 0
            packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
            block = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
            for _ in range(size // _MIB):
                crc = zlib.crc32(zeros, crc)
                await exchange.chunk(block)
                await asyncio.sleep(0)
            await exchange.chunk(packer.flush() + crc.to_bytes(4, "little") + (size % 2**32).to_bytes(4, "little"))
            await exchange.chunk(b"")

        self.handle(path, bomb)

    def put_slow_head(self, path: str, *, pause: float = 0.05) -> None:
        """One byte of the head at a time, for ever."""

        async def head(exchange: Exchange) -> None:
            await exchange.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while True:
                await exchange.write(b"s")
                await asyncio.sleep(pause)

        self.handle(path, head)

    def put_slow_body(self, path: str, *, pause: float = 0.05) -> None:
        """One byte of the body at a time, for ever."""

        async def body(exchange: Exchange) -> None:
            await exchange.head(200, {"Content-Type": "text/xml", "Content-Length": "1000000"})
            while True:
                await exchange.write(b"s")
                await asyncio.sleep(pause)

        self.handle(path, body)

    def put_silence(self, path: str) -> None:
        """Takes the request and never answers."""

        async def silence(exchange: Exchange) -> None:
            await self.until(exchange.reader.at_eof)
            raise HangUp

        self.handle(path, silence)

    def put_cut(self, path: str, body: bytes, *, after: int) -> None:
        """Announces all of `body` and hangs up after `after` bytes of it."""

        async def part(exchange: Exchange) -> None:
            await exchange.head(200, {"Content-Type": "text/xml", "Content-Length": str(len(body))})
            await exchange.write(body[:after])
            raise HangUp

        self.handle(path, part)

    def put_raw(self, path: str, answer: bytes) -> None:
        """Sends these bytes as the whole answer, head included, and hangs up."""

        async def raw(exchange: Exchange) -> None:
            await exchange.write(answer)
            raise HangUp

        self.handle(path, raw)

    def put_huge_headers(self, path: str, *, size: int = 10 * _MIB) -> None:
        async def headers(exchange: Exchange) -> None:
            await exchange.write(b"HTTP/1.1 200 OK\r\n")
            for number in range(size // 1000):
                await exchange.write(b"X-Padding-%d: %b\r\n" % (number, b"x" * 980))
                await asyncio.sleep(0)
            await exchange.write(b"Content-Length: 2\r\n\r\nok")

        self.handle(path, headers)

    # --- at work ---

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        self.open_connections += 1
        try:
            async for request in _requests(reader):
                self.requests.append(request)
                exchange = Exchange(request, reader, writer)
                await self._respond(exchange)
                if not exchange.keep_alive or request.headers.get("connection", "").lower() == "close":
                    break
        except (HangUp, OSError, asyncio.IncompleteReadError, ValueError, asyncio.CancelledError):
            pass  # hung up, by one side or the other; a cancelled task is the server being stopped
        finally:
            self.open_connections -= 1
            self._tasks.discard(task)
            writer.close()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await asyncio.wait_for(writer.wait_closed(), 1)

    async def _respond(self, exchange: Exchange) -> None:
        path = exchange.request.path
        route = self._routes.get(path) or self._routes.get(path.partition("?")[0])
        if route is None:
            await exchange.answer(404, {"Content-Type": "text/plain"}, b"not found")
        elif route.failures:
            status, headers = route.failures.pop(0)
            await exchange.answer(status, headers, b"failing as asked")
        else:
            await route.handler(exchange)


async def _requests(reader: asyncio.StreamReader) -> AsyncIterator[Request]:
    while True:
        try:
            first = await reader.readuntil(b"\r\n")
        except asyncio.IncompleteReadError:
            return
        method, path, _ = first.decode("latin-1").split(" ", 2)
        headers: dict[str, str] = {}
        while (line := await reader.readuntil(b"\r\n")) != b"\r\n":
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        yield Request(method=method, path=path, headers=headers, body=body, at=time.monotonic())


def _content_type(body: bytes) -> str:
    start = body[:200].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html; charset=utf-8"
    if start.startswith(b"<"):
        return "application/xml"
    if start.startswith((b"{", b"[")):
        return "application/json"
    return "text/plain; charset=utf-8"


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
