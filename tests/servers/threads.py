"""Runs an asynchronous loopback server in a thread of its own, for tests that drive a real process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import TypeVar

Server = TypeVar("Server")


@contextmanager
def in_thread(server: AbstractAsyncContextManager[Server]) -> Iterator[Server]:
    started = threading.Event()
    failure: list[BaseException] = []
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Event, Server]] = []

    async def serve() -> None:
        stop = asyncio.Event()
        async with server as it:
            running.append((asyncio.get_running_loop(), stop, it))
            started.set()
            await stop.wait()

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:  # noqa: BLE001  # handed to the test, whose thread this is not
            failure.append(error)
        finally:
            started.set()

    thread = threading.Thread(target=run, name=type(server).__name__, daemon=True)
    thread.start()
    started.wait()
    if failure:
        raise failure[0]
    loop, stop, it = running[0]
    try:
        yield it
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        if failure:
            raise failure[0]
