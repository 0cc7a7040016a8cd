"""What a kind of source is: a way to make a document of an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Protocol, TypeVar

from monitor.core.model import Document, Unreadable
from monitor.core.ports import Fetched, Fetcher, Unreachable
from monitor.core.settings import SourceSettings

_WORTH_A_THREAD = 50_000
"""Bytes of a body whose parsing would hold up the loop noticeably."""

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
    return await asyncio.to_thread(parse) if size > _WORTH_A_THREAD else parse()
