"""Names and numbers of running text: what reports of one event share whatever their words are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from monitor.text.sentences import sentences
from monitor.text.tokens import UNSPACED_LETTER

_NUMBER = re.compile(
    r"(?<![\w.,:/\-–])\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?![\w:/])|(?<![\w.,:/\-–])\d+(?:[.,]\d+)?(?![\w:/\-–])"
)
_GROUPED = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+")
_YEAR = re.compile(r"(?:19|20)\d\d")
NAME = re.compile(r"(?<!\w)[^\W\d_][\w'’]*(?:-[^\W\d_][\w'’]*)*")
_TITLE_CASE = 0.8
"""Share of a headline's longer words that are capitalised from which capitals say nothing there."""


_BESIDE = re.compile(rf"(?<={UNSPACED_LETTER.pattern})(?=\d)|(?<=\d)(?={UNSPACED_LETTER.pattern})")


def numbers(text: str) -> Iterator[str]:
    """As they stand; not those of names (`F-16`), of the clock (`10:30`) and of years."""
    for match in _NUMBER.finditer(_BESIDE.sub(" ", text)):
        if not _YEAR.fullmatch(match[0]):
            yield match[0]


def plain(number: str) -> str:
    """`1,200`, `1.200` and `1200` are one."""
    if _GROUPED.fullmatch(number):
        return re.sub(r"\D", "", number)
    return number.replace(",", ".").lstrip("0") or "0"


def names(text: str, named: set[str]) -> Iterator[str]:
    """Capitalised words, where a capital says that they are names: inside of a sentence, or at its beginning if they
    are capitalised inside of another (`named`, of `named_in`)."""
    found = [(match.start(), match[0]) for match in NAME.finditer(text)]
    starts = {start for start, _ in sentences(text)}
    is_title_case = _is_title_case([word for at, word in found if at not in starts])
    for at, word in found:
        if len(word) < 3 or not word[0].isupper():
            continue
        if word in named or (not is_title_case and at not in starts and text[at - 1] not in "“\"'«„("):
            yield word


def named_in(text: str) -> set[str]:
    """Words that are capitalised inside of a sentence of it."""
    found: set[str] = set()
    for start, end in sentences(text):
        sentence = text[start:end]
        inside = [m[0] for m in NAME.finditer(sentence) if m.start() > 1]
        if not _is_title_case(inside):
            found |= {word for word in inside if word[0].isupper() and len(word) > 2}
    return found


def _is_title_case(inside: Sequence[str]) -> bool:
    """Of the words of a sentence but its first."""
    longer = [word for word in inside if len(word) > 3]
    return bool(longer) and sum(word[0].isupper() for word in longer) >= _TITLE_CASE * len(longer)


def in_ascii_digits(text: str) -> str:
    """`١٢` and `१२` as `12`."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
