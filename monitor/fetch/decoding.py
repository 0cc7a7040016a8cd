"""Undoes content codings piece by piece, so that a small body cannot become a big one in memory.

A stage never gives more than about 64 KiB at once (zstd: 4 MiB), and what comes in, what each stage gives and what
comes out are all held to one limit.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]  # ships no types
import zstandard

from monitor.core.ports import Trouble
from monitor.fetch.errors import FetchError

ACCEPT_ENCODING = "gzip, br, zstd, deflate"
PIECE = 65_536
MAX_CODINGS = 3
_NO_CODING = frozenset({"", "identity", "none", "utf-8"})  # the last two are no codings, and are sent all the same


class _Stage(Protocol):
    def pieces(self, data: bytes) -> Iterator[bytes]: ...

    @property
    def complete(self) -> bool:
        """Whether the stream came to its own end."""


class _Zlib:
    """gzip (also several members, and what is plain in spite of its label) and deflate (with and without header)."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._start = b""
        self._inflate: zlib._Decompress | None = None
        self._plain = False
        self._members = 0
        self._ended = False

    @property
    def complete(self) -> bool:
        return self._plain or self._ended or (self._inflate is None and (self._members > 0 or not self._start))

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while data and not self._ended:
            if self._plain:
                yield data
                return
            if self._inflate is None:
                data = self._start + data
                self._start = b""
                if len(data) < 2:
                    self._start = data
                    return
                self._begin(data)
                continue
            try:
                out = self._inflate.decompress(data, PIECE)
            except zlib.error:
                if not self._members:
                    raise
                self._ended = True  # junk after the end
                return
            if out:
                yield out
            if self._inflate.eof:
                self._members += 1
                data, self._inflate = self._inflate.unused_data, None
            else:
                data = self._inflate.unconsumed_tail
                if len(out) == PIECE and not data:
                    yield from self._held_back()

    def _begin(self, data: bytes) -> None:
        if self._gzip and data[:2] == b"\x1f\x8b":
            self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        elif self._members:
            self._ended = True  # padding after the end
        elif self._gzip:
            self._plain = True
        else:
            headed = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS if headed else -zlib.MAX_WBITS)

    def _held_back(self) -> Iterator[bytes]:
        """What zlib has consumed and not given yet: all input is gone, and the last piece was a full one."""
        while self._inflate is not None:
            out = self._inflate.decompress(b"", PIECE)
            if out:
                yield out
            if self._inflate.eof:
                self._members += 1
                self._inflate = None
            elif len(out) < PIECE:
                return


class _Brotli:
    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()
        self._begun = False

    @property
    def complete(self) -> bool:
        return not self._begun or bool(self._decoder.is_finished())

    def pieces(self, data: bytes) -> Iterator[bytes]:
        self._begun = True
        while not self._decoder.is_finished():
            out: bytes = self._decoder.process(data, output_buffer_limit=PIECE)
            if not out:
                return
            yield out
            data = b""


class _Zstd:
    SLICE = 128  # a block of 4 bytes can give 128 KiB, and the decoder gives all that a slice holds at once
    MAX_WINDOW = 8 * 2**20  # what the content coding is defined to need

    def __init__(self) -> None:
        self._decoder = zstandard.ZstdDecompressor(max_window_size=self.MAX_WINDOW).decompressobj()
        self._begun = False
        self._frames = 0

    @property
    def complete(self) -> bool:
        return self._frames > 0 or not self._begun

    def pieces(self, data: bytes) -> Iterator[bytes]:
        self._begun = True
        start = 0
        while start < len(data):
            if self._decoder.eof:
                self._decoder = zstandard.ZstdDecompressor(max_window_size=self.MAX_WINDOW).decompressobj()
            piece = data[start : start + self.SLICE]
            out = self._decoder.decompress(piece)
            start += len(piece)
            if out:
                yield out
            if self._decoder.eof:
                self._frames += 1
                start -= len(self._decoder.unused_data)


class BodyDecoder:
    """Collects a body. `encoding` is the whole `content-encoding`, outermost coding last, as sent."""

    def __init__(self, encoding: str, *, limit: int) -> None:
        self._stages = _stages(encoding)
        self._limit = limit
        self._given = [0] * (len(self._stages) + 1)
        self._parts: list[bytes] = []

    def feed(self, data: bytes) -> Iterator[int]:
        """Undoes `data` piece by piece as it is iterated; gives the size of the body so far after each."""
        try:
            yield from self._push(0, data)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise FetchError(Trouble.BROKEN_ANSWER, "the body is not in the content coding that it claims") from error

    def body(self) -> bytes:
        """The whole of it, once everything was fed."""
        if not all(stage.complete for stage in self._stages):
            raise FetchError(Trouble.BROKEN_ANSWER, "the compressed body is cut short")
        return b"".join(self._parts)

    def _push(self, stage: int, data: bytes) -> Iterator[int]:
        self._given[stage] += len(data)
        if self._given[stage] > self._limit:
            raise too_big(self._limit)
        if stage == len(self._stages):
            self._parts.append(data)
            yield self._given[stage]
            return
        for piece in self._stages[stage].pieces(data):
            yield from self._push(stage + 1, piece)


def too_big(limit: int) -> FetchError:
    return FetchError(Trouble.TOO_BIG, f"the body is longer than {limit} bytes")


def _stages(encoding: str) -> list[_Stage]:
    codings = [coding.strip().lower() for coding in encoding.split(",")]
    codings = [coding for coding in codings if coding not in _NO_CODING]
    if len(codings) > MAX_CODINGS:
        raise FetchError(Trouble.BROKEN_ANSWER, f"{len(codings)} content codings on top of each other")
    stages: list[_Stage] = []
    for coding in reversed(codings):
        match coding:
            case "gzip" | "x-gzip":
                stages.append(_Zlib(gzip=True))
            case "deflate":
                stages.append(_Zlib(gzip=False))
            case "br":
                stages.append(_Brotli())
            case "zstd":
                stages.append(_Zstd())
            case _:
                raise FetchError(Trouble.BROKEN_ANSWER, f"the content coding {coding[:30]} is not known")
    return stages
