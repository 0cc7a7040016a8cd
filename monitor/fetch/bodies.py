"""The body of an answer: read within limits, or passed over."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from monitor.fetch.connections import Answer
from monitor.fetch.decoding import BodyDecoder, too_big
from monitor.fetch.errors import FetchError

LARGE_BODY = 2**20
MAX_LARGE = 4
"""So many bodies of more than `LARGE_BODY` bytes grow at the same time; others wait at that size. Without it a hundred
hostile answers, each within its limit, would take gigabytes together."""
DRAIN_BYTES = 65_536
DRAIN_SECONDS = 2.0
"""A body that nobody wants is read up to these bounds, so that its connection can be used again."""

MAX_EXPLANATION = 2**20
"""Bytes of a refusal's body, unpacked."""


async def read_body(answer: Answer, headers: Mapping[str, str], limit: int, large: asyncio.Semaphore) -> bytes:
    announced = headers.get("content-length", "")
    if announced.isdigit() and int(announced[:20]) > limit:
        raise too_big(limit)
    decoder = BodyDecoder(headers.get("content-encoding", ""), limit=limit)
    holding = False
    try:
        async for part in answer:
            for size in decoder.feed(part):
                if size > LARGE_BODY and not holding:
                    await large.acquire()
                    holding = True
        return decoder.body()
    finally:
        if holding:
            large.release()


async def drain(answer: Answer, headers: Mapping[str, str], *, keep: bool) -> bytes:
    """Reads a body that nobody wants if it is short; a longer or broken one costs the connection. With `keep` gives
    its beginning, unpacked: it may say what stands in the way."""
    if answer.status == 304:  # has no body: this waits for nothing
        async for _ in answer:
            pass
        return b""
    announced = headers.get("content-length", "")
    if not keep and announced.isdigit() and int(announced[:20]) > DRAIN_BYTES:
        return b""
    decoder = BodyDecoder(headers.get("content-encoding", ""), limit=MAX_EXPLANATION) if keep else None
    size = 0
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            async for part in answer:
                size += len(part)
                if decoder is not None:
                    for _ in decoder.feed(part):
                        pass
                if size > DRAIN_BYTES:
                    break
        return decoder.body() if decoder is not None else b""
    except (FetchError, TimeoutError):
        return b""  # the status was the answer
