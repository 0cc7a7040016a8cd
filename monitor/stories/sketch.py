"""What stories remember of an item instead of its text: the terms of its headline, lead and body, and minima of its
word triples.

A term is a word, folded and cut to its first six letters, which stands for all its endings in most languages; where
words are not told apart by spaces, a character, or two. The minima are those of 64 hash functions over the text's word
triples (MinHash): the share of equal minima estimates the share of triples that two texts have in common (standard
error 0.06 at 0.5), and with the number of triples also how much of the shorter text stands in the longer one. Twelve
groups of three minima are index keys: texts that share 60 % of their triples meet in one of them in 95 of 100 cases,
unrelated ones (3 %) in 3 of 10,000.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby, pairwise
from urllib.parse import urlsplit
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from monitor.stories.minhash import FACTORS, OFFSETS
from monitor.stories.names import NO_NAMES, Names, names_of
from monitor.text.folding import fold
from monitor.text.language import primary
from monitor.text.scripts import UNSPACED, script_of
from monitor.text.tokens import words

HASHES = 64
GROUPS, GROUP = 12, 3
SHINGLE = 3
MAX_WORDS = 4_000
"""Of a text; a longer one is judged by its beginning."""
MIN_TITLE = 4
"""Words that a title needs before it says anything on its own."""
STEM = 6
LEAD, BEGINNING, BODY = 80, 120, 900
"""How many terms of the text, behind those of the headline, are its lead, its beginning and its body."""
NO_TITLE = 14
"""Terms of the text that stand for a headline that is missing."""
_BODY_CHARACTERS = 8_000

_VERSION, _WITH_NAMES = 2, 3
_HEAD = struct.Struct(">BQQI4xH2s")
"""Version, address, title, triples, terms, language."""
_OLD_HEAD = struct.Struct(">QQI")
_OLD_SIZE = _OLD_HEAD.size + 2 * HASHES
_IN_TITLE, _IN_LEAD, _NUMBER = 1, 2, 4
_FIRST_UNSPACED = "\u0e00"
"""Thai: of the scripts without spaces the first in Unicode."""
_CONSENT = re.compile(r"[^.!?。！？\n]*cookie[^.!?。！？\n]*[.!?。！？\n]?", re.IGNORECASE)
"""A sentence of the banner that scraped pages begin with."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sketch:
    """A sketch, unpacked. `url` and `title` are 0 where they say nothing."""

    url: int
    title: int
    triples: int
    minima: NDArray[np.uint16]
    language: str
    """Primary subtag, two letters; '' when unknown."""
    terms: NDArray[np.uint32]
    """Sorted, each once: those of headline and body."""
    body: NDArray[np.uint8]
    """How often each stands in headline and body."""
    beginning: NDArray[np.uint8]
    """How often in headline and beginning."""
    in_title: NDArray[np.bool_]
    in_lead: NDArray[np.bool_]
    """In the headline or the lead."""
    is_number: NDArray[np.bool_]
    """Written in digits."""
    names: Names = NO_NAMES
    """What is told in all languages; none where stories keep to one."""

    @classmethod
    def unpack(cls, raw: bytes) -> Sketch:
        if len(raw) < _HEAD.size:
            return cls.of_earlier_version(_OLD_HEAD.pack(0, 0, 0) + bytes(2 * HASHES))
        if len(raw) == _OLD_SIZE:
            return cls.of_earlier_version(raw)
        version, url, title, triples, count, language = _HEAD.unpack_from(raw)
        at = _HEAD.size
        minima = np.frombuffer(raw, "<u2", HASHES, at)
        at += 2 * HASHES
        terms = np.frombuffer(raw, "<u4", count, at)
        at += 4 * count
        body, beginning, flags = (np.frombuffer(raw, np.uint8, count, at + i * count) for i in range(3))
        return cls(
            url=url, title=title, triples=triples, minima=minima, language=_language(language),
            terms=terms, body=body, beginning=beginning, in_title=(flags & _IN_TITLE) > 0,
            in_lead=(flags & _IN_LEAD) > 0, is_number=(flags & _NUMBER) > 0,
            names=Names.unpack(raw, at + 3 * count) if version >= _WITH_NAMES else NO_NAMES,
        )  # fmt: skip

    @classmethod
    def of_earlier_version(cls, raw: bytes) -> Sketch:
        """Which kept no terms: copies are still told, events are not."""
        url, title, triples = _OLD_HEAD.unpack_from(raw)
        minima = np.frombuffer(raw, ">u2", HASHES, _OLD_HEAD.size).astype(np.uint16)
        none = np.zeros(0, np.uint8)
        return cls(
            url=url, title=title, triples=triples, minima=minima, language="", terms=none.astype(np.uint32), body=none,
            beginning=none, in_title=none > 0, in_lead=none > 0, is_number=none > 0,
        )  # fmt: skip

    def pack(self) -> bytes:
        flags = (
            self.in_title * np.uint8(_IN_TITLE) + self.in_lead * np.uint8(_IN_LEAD) + self.is_number * np.uint8(_NUMBER)
        )
        version = _WITH_NAMES if len(self.names.keys) else _VERSION
        head = _HEAD.pack(version, self.url, self.title, self.triples, len(self.terms), self.language.encode())
        return b"".join(
            (
                head,
                self.minima.astype("<u2").tobytes(),
                self.terms.astype("<u4").tobytes(),
                self.body.tobytes(),
                self.beginning.tobytes(),
                flags.astype(np.uint8).tobytes(),
                self.names.pack() if version == _WITH_NAMES else b"",
            )
        )


def sketch_of(
    *, title: str, text: str, canonical_url: str, language: str = "", across_languages: bool = False
) -> Sketch:
    """Cheap (under a millisecond for an article) and stable over versions and machines. `across_languages` also
    remembers what reports in other languages may share."""
    title_words = words(fold(title).text)
    body_words = words(fold(text).text)
    minima, triples = _minima([*title_words, *body_words][:MAX_WORDS])
    beginning_of_text = text[:_BODY_CHARACTERS]
    if "cookie" in beginning_of_text.lower():
        body_words = words(fold(_CONSENT.sub(" ", beginning_of_text)).text)
    in_text = terms_of(body_words[:BODY])[:BODY]
    in_title = terms_of(title_words[:BODY])[:BODY] or in_text[:NO_TITLE]
    numbers = {
        term for word in (*title_words, *body_words[:BODY]) if word[0].isdecimal() for term in _terms_of_word(word)
    }
    terms, of = np.unique(np.array(in_title + in_text, np.uint32), return_inverse=True)
    titled = len(in_title)

    def count(until: int) -> NDArray[np.uint8]:
        """How often each term stands in headline and text, up to there."""
        return np.minimum(np.bincount(of[:until], minlength=len(terms)), 255).astype(np.uint8)

    code = primary(language)
    return Sketch(
        url=hash64("u", canonical_url) if _names_an_article(canonical_url) else 0,
        title=hash64("t", " ".join(title_words)) if len(title_words) >= MIN_TITLE else 0,
        triples=triples,
        minima=minima,
        language=code if len(code) == 2 and code.isascii() else "",
        terms=terms,
        body=count(len(of)),
        beginning=count(titled + BEGINNING),
        in_title=count(titled) > 0,
        in_lead=count(titled + LEAD) > 0,
        is_number=np.array([t in numbers for t in terms.tolist()], np.bool_),
        names=names_of(title, text) if across_languages else NO_NAMES,
    )


def language_in(packed: bytes) -> str:
    """Of a packed sketch, without unpacking the rest."""
    return "" if len(packed) < _HEAD.size or len(packed) == _OLD_SIZE else _language(_HEAD.unpack_from(packed)[-1])


def _language(code: bytes) -> str:
    return code.decode("ascii").strip("\0")


def copy_keys(sketch: Sketch) -> tuple[int, ...]:
    keys = [h for h in (sketch.url, sketch.title) if h]
    if sketch.triples >= SHINGLE:
        packed = sketch.minima.astype(">u2").tobytes().hex()
        step = 4 * GROUP  # of hexadecimal digits
        keys += [hash64(f"g{g}", packed[g * step : (g + 1) * step]) for g in range(GROUPS)]
    return tuple(signed(k) for k in keys)


def terms_of(folded_words: Sequence[str]) -> list[int]:
    """In the order of the text."""
    terms: list[int] = []
    for is_unspaced, run in groupby(folded_words, _is_unspaced):
        if is_unspaced:  # a letter each
            letters = list(run)
            terms += [crc32(piece.encode()) for a, b in pairwise(letters) for piece in (a, a + b)]
            terms.append(crc32(letters[-1].encode()))
        else:
            terms += [term for word in run for term in _terms_of_word(word)]
    return terms


def _is_unspaced(word: str) -> bool:
    return word[0] >= _FIRST_UNSPACED and script_of(word[0]) in UNSPACED


@lru_cache(maxsize=5_000)
def _terms_of_word(word: str) -> tuple[int, ...]:
    is_korean = "\uac00" <= word[0] <= "\ud7af"
    pieces = ([word[i : i + 2] for i in range(len(word) - 1)] or [word]) if is_korean else [word[:STEM]]
    return tuple(crc32(piece.encode()) for piece in pieces)


def likeness(a: Sketch, b: Sketch) -> tuple[float, float]:
    """How much two texts share: of both together (Jaccard), and of the shorter one (containment). 0..1 each."""
    if not a.triples or not b.triples:
        return 0.0, 0.0
    jaccard = np.count_nonzero(a.minima == b.minima) / HASHES
    common = jaccard * (a.triples + b.triples) / (1 + jaccard)
    return jaccard, min(1.0, common / min(a.triples, b.triples))


def triples_of(title: str) -> int:
    """How many of a sketch's triples are the title's alone."""
    return max(0, len(words(fold(title).text)) - SHINGLE + 1)


def _minima(tokens: list[str]) -> tuple[NDArray[np.uint16], int]:
    if len(tokens) < SHINGLE:
        return np.zeros(HASHES, dtype=np.uint16), 0
    shingles = {f"{a} {b} {c}" for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False)}
    hashes = np.fromiter((crc32(s.encode()) for s in shingles), dtype=np.uint64, count=len(shingles))
    mixed = (hashes[:, None] * FACTORS[None, :] + OFFSETS[None, :]) >> np.uint64(32)
    return (mixed.min(axis=0) & np.uint64(0xFFFF)).astype(np.uint16), len(shingles)


def _names_an_article(url: str) -> bool:
    """A bare host, or a section's front page, is what careless feeds give every item for a link."""
    parts = urlsplit(url)
    return bool(parts.netloc) and (len(parts.path.strip("/")) >= 8 or bool(parts.query))


def hash64(kind: str, text: str) -> int:
    """Unsigned; the same on every machine."""
    return int.from_bytes(blake2b(f"{kind}\0{text}".encode("utf-8", "replace"), digest_size=8).digest(), "big")


def signed(key: int) -> int:
    return key - (1 << 64) if key >= 1 << 63 else key
