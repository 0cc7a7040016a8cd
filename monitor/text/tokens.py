"""Words and their borders, also where a script writes no spaces."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator

from monitor.text.scripts import UNSPACED, Script, script_of

_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_SOUTH_EAST = "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    "\u0981-\u0983\u09bc-\u09cd\u09d7\u09e2\u09e3\u0a01-\u0a03\u0a3c-\u0a51\u0a70-\u0a75\u0a81-\u0a83"
    "\u0abc-\u0acd\u0ae2\u0ae3\u0afa-\u0aff\u0b01-\u0b03\u0b3c-\u0b57\u0b62\u0b63\u0b82\u0bbe-\u0bd7"
    "\u0c00-\u0c04\u0c3e-\u0c56\u0c62\u0c63\u0c81-\u0c83\u0cbc-\u0cd6\u0ce2\u0ce3\u0d00-\u0d03"
    "\u0d3b-\u0d57\u0d62\u0d63\u0d82\u0d83\u0dca-\u0df3\u135d-\u135f"
)
_WORD = re.compile(rf"(?:[^\W_{_CJK}{_SOUTH_EAST}]|[{_MARKS}])+|[{_CJK}]|[{_SOUTH_EAST}][\u0300-\u036f]*")

_LETTERS = re.compile(
    rf"[A-Za-z]++(?=[\x00-\x7f]|\Z)|(?:[^\W\d_\u02bc]+|[{_MARKS}\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ecd]+)+"
)

UNSPACED_LETTER = re.compile(f"[{_CJK}{_SOUTH_EAST}]")


def words(text: str) -> tuple[str, ...]:
    """The words of a text, usually a folded one. Where a script has no spaces, every letter stands for itself."""
    return tuple(_WORD.findall(text))


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of `words` stand."""
    for match in _WORD.finditer(text):
        yield match.span()


def runs(text: str, begin: int = 0, end: int = sys.maxsize) -> list[tuple[int, int, Script]]:
    """Where letters of one script stand together, in a text as it was written; marks go with the letter before.
    `begin` and `end` do not cut through any."""
    found: list[tuple[int, int, Script]] = []
    for match in _LETTERS.finditer(text, begin, end):
        word = match[0]
        start, stop = match.span()
        script = _SCRIPTS.get(word)
        if script is None:
            if len(_SCRIPTS) > _MOST_CACHED:
                _SCRIPTS.clear()
            is_of_one = word.isascii() or len(set(map(script_of, word))) == 1
            script = _SCRIPTS[word] = script_of(word[0]) if is_of_one else Script.OTHER
        if script is not Script.OTHER:
            found.append((start, stop, script))
        else:
            found += _mixed(text, start, stop)
    return found


_MOST_CACHED = 100_000
_SCRIPTS: dict[str, Script] = {}
"""Of words that were met, because words repeat; OTHER when there are several."""


def _mixed(text: str, start: int, end: int) -> Iterator[tuple[int, int, Script]]:
    script = script_of(text[start])
    for index in range(start + 1, end):
        here = script_of(text[index])
        if here is not script and here is not Script.OTHER:
            if script is not Script.OTHER:
                yield start, index, script
                start = index
            script = here
    if script is not Script.OTHER:
        yield start, end, script


class _WordChars(dict[str, bool]):
    def __missing__(self, char: str) -> bool:
        answer = char.isalnum() or unicodedata.category(char)[0] == "M"
        self[char] = answer
        return answer


_WORD_CHARS = _WordChars()


def is_word_char(char: str) -> bool:
    """Letters, digits and the marks on them."""
    return _WORD_CHARS[char]


class _Borders(dict[str, bool]):
    """Two characters side by side -> whether a word can begin, or end, between them. Bounded, since anything may stand
    side by side in texts from outside."""

    def __init__(self, judge: Callable[[str, str], bool]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, pair: str) -> bool:
        before, here = pair[0], pair[1]
        answer = not _WORD_CHARS[before] or not _WORD_CHARS[here] or self._judge(before, here)
        if len(self) >= _MANY_PAIRS:
            self.clear()
        self[pair] = answer
        return answer


def is_word_start(text: str, index: int) -> bool:
    """Whether a word can begin at `index`: nothing before it, or nothing that it would be the rest of."""
    return index <= 0 or (index < len(text) and _STARTS[text[index - 1 : index + 1]])


def is_word_end(text: str, index: int) -> bool:
    """Whether a word can end before `index`. Korean particles follow their word without a space."""
    return index >= len(text) or (index > 0 and _ENDS[text[index - 1 : index + 1]])


def _is_loose(before: str, here: str) -> bool:
    """Two letters side by side that need not be of one word."""
    if unicodedata.category(here)[0] == "M":
        return False
    left, right = script_of(before), script_of(here)
    if left in UNSPACED or right in UNSPACED:
        # A vowel that is written before its consonant holds on to it.
        return not (left in (Script.THAI, Script.LAO) and before in "เแโใไເແໂໃໄ")
    return left is not right and Script.OTHER not in (left, right)


def _is_end(before: str, here: str) -> bool:
    if script_of(before) is Script.HANGUL:
        return unicodedata.category(here)[0] != "M"
    return _is_loose(before, here)


_MANY_PAIRS = 100_000
_STARTS = _Borders(_is_loose)
_ENDS = _Borders(_is_end)
