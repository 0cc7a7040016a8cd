"""Names to addresses to connections, with the guard in between.

A name is resolved once per connection, every address is checked, and the connection goes to an address that was
checked; so a name that resolves differently a moment later leads nowhere. TLS and `Host` keep the name.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

import httpcore

from monitor.core.ports import Trouble
from monitor.fetch.addresses import is_public_text
from monitor.fetch.errors import FetchError
from monitor.fetch.target import forbidden

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""From a name and a port to addresses in text, best first. Raises `OSError` when there are none."""

MAX_CANDIDATES = 6
ATTEMPT_SECONDS = 6.0
"""For each address but the last, so that a dead IPv6 route leaves time for IPv4."""

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """The system's own resolver, in a daemon thread of its own: a lookup that hangs holds up neither the lookups of
    other hosts nor the end of the process, as it would in a thread pool."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def settle(found: list[str], error: OSError | None) -> None:
        if answer.done():
            return
        if error is None:
            answer.set_result(found)
        else:
            answer.set_exception(error)

    def look_up() -> None:
        found: list[str] = []
        failed: OSError | None = None
        try:
            found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except OSError as error:
            failed = error
        except UnicodeError:
            failed = socket.gaierror(socket.EAI_NONAME, "the name cannot be looked up")
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile, and nobody waits any more
            loop.call_soon_threadsafe(settle, found, failed)

    threading.Thread(target=look_up, name=f"resolve {host}", daemon=True).start()
    return await answer


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Lets `inner` open connections to public addresses only, or to any with `allow_private`."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend, resolver: Resolver, *, allow_private: bool) -> None:
        self._inner = inner
        self._resolver = resolver
        self._allow_private = allow_private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        candidates = (await self._candidates(host, port))[:MAX_CANDIDATES]
        last_error = ""
        for nth, address in enumerate(candidates, start=1):
            try:
                stream = await self._inner.connect_tcp(
                    address,
                    port,
                    timeout=timeout if nth == len(candidates) else ATTEMPT_SECONDS,
                    local_address=local_address,
                    socket_options=socket_options,
                )
                return _Stream(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout, OSError) as error:
                last_error = f"{address}: {_os_text(error)}"
        raise FetchError(Trouble.NO_CONNECTION, f"no connection to {host}:{port} ({last_error})")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def _candidates(self, host: str, port: int) -> list[str]:
        addresses = [host] if _is_literal(host) else await self._resolve(host, port)
        allowed = [address for address in addresses if self._allow_private or is_public_text(address)]
        if not allowed:
            raise forbidden(host, addresses[0])
        return list(dict.fromkeys(allowed))

    async def _resolve(self, host: str, port: int) -> list[str]:
        try:
            addresses = list(await self._resolver(host, port))
        except OSError as error:
            raise FetchError(Trouble.NO_SUCH_HOST, f"{host} cannot be resolved: {_os_text(error)}") from error
        if not addresses:
            raise FetchError(Trouble.NO_SUCH_HOST, f"{host} has no address")
        return addresses


class _Stream(httpcore.AsyncNetworkStream):
    """Another stream, without two gaps of it: a handshake that is cancelled closes the socket, and an error of the
    TLS layer while reading or writing is one of the connection."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's signature
        try:
            return await self._inner.read(max_bytes, timeout)
        except OSError as error:
            raise httpcore.ReadError(_os_text(error)) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's signature
        try:
            await self._inner.write(buffer, timeout)
        except OSError as error:
            raise httpcore.WriteError(_os_text(error)) from error

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        try:
            return _Stream(await self._inner.start_tls(ssl_context, server_hostname, timeout))
        except BaseException as error:
            await self._inner.aclose()
            if isinstance(error, httpcore.ConnectError | OSError | ValueError):
                raise FetchError(Trouble.TLS, f"no TLS with {server_hostname}: {_os_text(error)}") from error
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _is_literal(host: str) -> bool:
    """Digits and dots, or colons: `parse_target` let nothing but plain addresses of this look through."""
    return ":" in host or host.replace(".", "").isdigit()


def _os_text(error: BaseException) -> str:
    """The words of the system for what went wrong, from wherever in the chain of causes they are."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return seen.verify_message or "certificate not accepted"
        if isinstance(seen, ssl.SSLError):
            return (seen.reason or "TLS error").replace("_", " ").lower()
        if isinstance(seen, OSError) and seen.strerror:  # asyncio puts words of its own with an address there
            return os.strerror(seen.errno) if seen.errno and seen.errno > 0 else seen.strerror
        if isinstance(seen, TimeoutError | httpcore.TimeoutException):
            return "timed out"
        seen = seen.__cause__ or seen.__context__
    return "connection failed"
