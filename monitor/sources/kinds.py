"""What a kind of source is: a way to make a document of an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

from monitor.core.model import Document, Unreadable
from monitor.core.ports import Fetched, Fetcher, Unreachable
from monitor.core.settings import SourceSettings

FEW = 3
"""Entries that are parsed, and made items of, without holding up the loop noticeably."""
_WORTH_A_THREAD = 10_000
"""Bytes of a body whose parsing may hold up the loop noticeably."""
_PARSERS = ThreadPoolExecutor(2, thread_name_prefix="parser")
"""No more than these: parsing is Python, and each thread more is one that the loop takes turns with."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an answer said. `is_whole` is False when other documents had to be fetched too: then an unchanged answer
    does not mean that nothing is new."""

    document: Document
    is_whole: bool = True
    bytes: int = 0
    """Of the further documents."""


class Kind(Protocol):
    async def __call__(self, answer: Fetched, settings: SourceSettings, fetcher: Fetcher, known: Set[int]
                       ) -> Reading | Unreadable | Unreachable:  # fmt: skip
        """Entries whose marks are `known` may be left out."""


async def parsed(size: int, parse: Callable[[], T]) -> T:
    """Runs a pure parser, off the loop when the document is large."""
    if size <= _WORTH_A_THREAD:
        return parse()
    return await asyncio.get_running_loop().run_in_executor(_PARSERS, parse)
