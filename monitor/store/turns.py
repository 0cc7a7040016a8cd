"""Threads on which the store works, so that the loop never waits for the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

from monitor.core.errors import StoreError

T = TypeVar("T")


class Turns:
    """Runs functions on `threads` threads of its own, first come first served. What has begun is finished, also when
    nobody waits for it any more: a transaction is never cut off in the middle."""

    def __init__(self, threads: int, name: str, patience: timedelta) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._patience = patience.total_seconds()
        self._served = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Cancelled before its turn, `work` does not run at all.

        A long queue is no fault: hundreds of first polls may stand in it. It is one when within the patience nobody in
        front is served.
        """
        queued = self._threads.submit(self._serve, work)
        answer = asyncio.wrap_future(queued)
        try:
            while True:
                served = self._served
                if (await asyncio.wait((answer,), timeout=self._patience))[0]:
                    return answer.result()
                if self._served == served and queued.cancel():
                    raise StoreError("the store was busy for too long inside this process; it is stuck")
        except asyncio.CancelledError:
            answer.cancel()
            raise

    def _serve(self, work: Callable[[], T]) -> T:
        try:
            return work()
        finally:
            self._served += 1

    async def close(self) -> None:
        """Returns when all that stood in the queue is done."""
        await asyncio.to_thread(self._threads.shutdown)
