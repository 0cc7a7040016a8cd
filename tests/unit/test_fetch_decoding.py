"""Content codings, undone within a limit."""

from __future__ import annotations

import contextlib
import gzip
import tracemalloc
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.ports import Trouble
from monitor.fetch.decoding import BodyDecoder
from monitor.fetch.errors import FetchError

MIB = 2**20


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=5),
    "zstd": zstandard.compress,
}


def undo(encoding: str, data: bytes, *, limit: int = MIB, step: int = 0) -> bytes:
    decoder = BodyDecoder(encoding, limit=limit)
    for start in range(0, len(data), step or max(1, len(data))):
        for _ in decoder.feed(data[start : start + (step or len(data))]):
            pass
    return decoder.body()


def trouble(encoding: str, data: bytes, **options: int) -> Trouble:
    with pytest.raises(FetchError) as caught:
        undo(encoding, data, **options)
    return caught.value.trouble


@given(
    st.binary(max_size=3000) | st.text(max_size=50).map(lambda text: text.encode("utf-8", "replace") * 500),
    st.lists(st.sampled_from(sorted(PACKERS)), max_size=3),
    st.integers(1, 400),
)
def test_what_was_packed_comes_out_again_however_it_is_cut(data, codings, step):
    packed = data
    for coding in codings:
        packed = PACKERS[coding](packed)
    assert undo(", ".join(codings), packed, step=step) == data


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 300_000])
@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_bodies_around_the_size_of_a_piece_are_whole(coding, size):
    assert undo(coding, PACKERS[coding](b"x" * size)) == b"x" * size


def test_deflate_is_read_with_and_without_its_header():
    assert undo("deflate", raw_deflate(b"news" * 100)) == b"news" * 100


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize("step", [0, 1])
def test_several_members_are_one_body(coding, step):
    pack = PACKERS[coding]
    assert undo(coding, pack(b"one ") + pack(b"") + pack(b"two"), step=step) == b"one two"


def test_thousands_of_empty_members_are_no_problem():
    assert undo("gzip", gzip.compress(b"") * 5000 + gzip.compress(b"x")) == b"x"


@pytest.mark.parametrize("tail", [b"\0" * 512, b"\n", b"junk", b"\x1f\x8bjunk and more of it"])
def test_what_follows_the_end_of_gzip_is_ignored(tail):
    assert undo("gzip", gzip.compress(b"news") + tail) == b"news"


def test_what_follows_the_end_of_brotli_is_ignored():
    assert undo("br", brotli.compress(b"news" * 50) + b"junk", step=3) == b"news" * 50


def test_plain_text_that_is_labelled_gzip_is_taken_as_it_is():
    assert undo("gzip", b"<rss/>", step=2) == b"<rss/>"


@pytest.mark.parametrize("encoding", ["", "identity", "none", "utf-8", " , identity"])
def test_a_label_that_is_no_coding_changes_nothing(encoding):
    assert undo(encoding, b"<rss/>") == b"<rss/>"


@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_an_empty_body_needs_no_undoing(coding):
    assert undo(coding, b"") == b""


@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_a_body_that_is_cut_short_is_no_body(coding):
    packed = PACKERS[coding](bytes(range(256)) * 50)
    assert trouble(coding, packed[: len(packed) // 2]) is Trouble.BROKEN_ANSWER


@pytest.mark.parametrize("coding", ["br", "zstd", "deflate"])
def test_a_body_in_another_coding_than_it_claims_is_broken(coding):
    assert trouble(coding, b"<rss>not compressed at all</rss>") is Trouble.BROKEN_ANSWER


def test_damage_inside_is_noticed():
    packed = bytearray(gzip.compress(bytes(range(256)) * 50))
    packed[20] ^= 0xFF
    assert trouble("gzip", bytes(packed)) is Trouble.BROKEN_ANSWER


@pytest.mark.parametrize("encoding", ["compress", "sdch", "gzip, rot13", "br;q=1"])
def test_an_unknown_coding_is_refused(encoding):
    assert trouble(encoding, b"x") is Trouble.BROKEN_ANSWER


def test_codings_are_not_stacked_without_end():
    assert trouble(", ".join(["gzip"] * 4), b"") is Trouble.BROKEN_ANSWER


@given(st.sampled_from(sorted(PACKERS)), st.binary(max_size=300))
def test_garbage_is_an_answer_or_a_trouble_and_nothing_else(coding, data):
    decoder = BodyDecoder(coding, limit=MIB)
    with contextlib.suppress(FetchError):
        assert all(size <= MIB for size in decoder.feed(data))
        assert len(decoder.body()) <= MIB


def test_the_limit_is_the_last_size_that_is_let_through():
    assert len(undo("gzip", gzip.compress(bytes(1000)), limit=1000)) == 1000
    assert trouble("gzip", gzip.compress(bytes(1001)), limit=1000) is Trouble.TOO_BIG
    assert trouble("", bytes(1001), limit=1000) is Trouble.TOO_BIG


@pytest.mark.parametrize("codings", [["gzip"], ["deflate"], ["br"], ["zstd"], ["gzip", "gzip"], ["br", "zstd"]])
def test_a_bomb_is_stopped_before_it_fills_the_memory(codings):
    packed = bytes(64 * MIB)
    for coding in codings:
        packed = PACKERS[coding](packed)
    tracemalloc.start()
    try:
        assert trouble(", ".join(codings), packed, limit=MIB, step=65_536) is Trouble.TOO_BIG
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16 * MIB


def test_a_stream_that_unpacks_to_nothing_is_held_to_the_limit_as_well():
    assert trouble("gzip", gzip.compress(b"") * 1000, limit=10_000) is Trouble.TOO_BIG
    inner = gzip.compress(b"") * 100_000
    assert trouble("gzip, gzip", gzip.compress(inner), limit=100_000) is Trouble.TOO_BIG
