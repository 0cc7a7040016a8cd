"""The words of a text that may be part of a name."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from monitor.matching.entities import territories
from monitor.matching.entities.lexicon import context
from monitor.matching.entities.once import once
from monitor.matching.entities.parts import PREFIXES, Heard, PartIndex
from monitor.text.folding import fold_word
from monitor.text.scripts import CASED, UNSPACED, Script
from monitor.text.tokens import runs

_WINDOW = {Script.HAN: 7}
_LONGEST_WINDOW = 9
_PREFIXING = frozenset(("ar", "he"))
_CLUSTER = re.compile(r"[เแโใไ]?.[ัิ-ฺ็-๎]*")


@dataclass(slots=True)
class Word:
    start: int
    end: int
    text: str
    script: Script
    heard: tuple[Heard, ...] | None = None
    _folded: str = ""

    def heard_in(self, index: PartIndex, language: str) -> tuple[Heard, ...]:
        """The parts that it may be, of the one index that is asked about it."""
        if self.heard is None:
            self.heard = index.hear(self.text, self.script, language)
        return self.heard

    @property
    def folded(self) -> str:
        if not self._folded:
            self._folded = fold_word(self.text)
        return self._folded

    def is_common(self, language: str) -> bool:
        """Whether it is one of the words of the language that sound like names and are none."""
        common = context(f"common {language}")
        if self.folded in common or language not in _PREFIXING:
            return self.folded in common
        return any(
            self.folded.startswith(prefix) and self.folded[len(prefix) :] in common
            for prefix in PREFIXES.get(self.script, ())
        )

    @property
    def is_capital(self) -> bool:
        return self.script not in CASED or self.text[0].isupper()

    @property
    def is_shouted(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


def words_of(text: str, begin: int = 0, end: int = sys.maxsize, *, whole: bool = False) -> list[Word]:
    """Words as written; where a script has no spaces, every stretch of letters that could be one, or if asked so, the
    `whole` in which these lie: see `windows_of`. `begin` and `end` do not cut through any word."""
    found: list[Word] = []
    for start, stop, script in runs(text, begin, end):
        if script in _PLAIN and text[stop : stop + 1] not in _APOSTROPHES:
            found.append(Word(start, stop, text[start:stop], script))
            continue
        if script is Script.KANA:
            found += [Word(m.start(), m.end(), m[0], script) for m in _KANA.finditer(text, start, stop)]
            continue
        if script in UNSPACED:
            wholes = [(start, stop)] if script is not Script.HAN else _spelled(text, start, stop)
            for left, right in wholes:
                found += [Word(left, right, text[left:right], script)] if whole else _windows(text, left, right, script)
            continue
        if found and found[-1].script is Script.HEBREW and start < found[-1].end:
            continue
        joined = _joined(text, start, stop, script) if text[stop : stop + 1] in _APOSTROPHES else None
        if joined is not None:
            found.append(joined)
        if joined is None or script is not Script.HEBREW:
            found.append(Word(start, stop, text[start:stop], script))
    return found


_PLAIN = frozenset(Script) - UNSPACED - {Script.HEBREW}


def windows_of(whole: Word) -> list[Word]:
    """Every stretch of letters of a whole that could be a word; a word itself where words are written apart."""
    if whole.script not in UNSPACED or whole.script is Script.KANA:
        return [whole]
    return _windows(whole.text, 0, len(whole.text), whole.script)


_KANA = re.compile("[\u3041-\u309f]+[\u30fc]*|[^\u3041-\u309f]+")
"""Foreign names are in the one kana, particles in the other."""
_GERESH = "'’‘׳`´"
_HEBREW = re.compile(rf"[\u05d0-\u05ea]+(?:[{_GERESH}][\u05d0-\u05ea]+)*(?:(?<=[גזצץתד])[{_GERESH}])?")
_PREFIXED = re.compile(r"[^\W\d_]{1,3}['’‘ʼ`](?=[^\W\d_]{3})[^\W\d_]+")


def _joined(text: str, start: int, end: int, script: Script) -> Word | None:
    """The word over an apostrophe that begins here, if it may be a letter of one: O'Connor, and ג׳ורג׳ in Hebrew."""
    if script is Script.HEBREW:
        match = _HEBREW.match(text, start)
        return Word(start, match.end(), match[0], script) if match else None
    match = _PREFIXED.match(text, start) if script in CASED and end - start <= 3 else None
    if match is None or text[start].isupper() is not text[end + 1].isupper():
        return None
    return Word(start, match.end(), match[0].replace(text[end], ""), script)


_APOSTROPHES = frozenset("'’‘ʼ׳`´")


def previous_word(words: list[Word], at: int) -> int | None:
    """The word that ends before this one; windows over unspaced script overlap."""
    index = at - 1
    while index >= 0 and words[index].end > words[at].start:
        index -= 1
    return index if index >= 0 else None


def next_word(words: list[Word], at: int) -> int | None:
    index = at + 1
    while index < len(words) and words[index].start < words[at].end:
        index += 1
    return index if index < len(words) else None


@cache
def _spelling() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(territories.spelling_letters()))}]{{2,}}")


def _spelled(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where letters stand together with which Chinese spells foreign names."""
    return [m.span() for m in _spelling().finditer(text, start, end)]


def _windows(text: str, start: int, end: int, script: Script) -> list[Word]:
    """Every stretch of a few letters: a script without spaces does not say where a name begins."""
    if script is Script.THAI:
        return _stretches(text, [*(m.start() for m in _CLUSTER.finditer(text, start, end)), end], script)
    return _stretches(text, range(start, end + 1), script)


def _stretches(text: str, edges: Sequence[int], script: Script) -> list[Word]:
    longest = _WINDOW.get(script, _LONGEST_WINDOW)
    return [
        Word(edges[i], edges[j], text[edges[i] : edges[j]], script)
        for i in range(len(edges) - 1)
        for j in range(i + 2, min(len(edges), i + longest + 1))
    ]


_SURELY_LOWER = re.compile(r"\s(?:[a-z]{2}|[а-я]{2}|[α-ω]{2})")
_CAPITALS = (
    "A-Z\u00c0-\u02af\u0370-\u03b0\u03cf-\u042f\u0450-\u058f\u1c80-\u1c8f\u1d00-\u1fff\u2c60-\u2c7f\u2de0-\u2dff"
    "\ua640-\ua69f\ua720-\ua7ff\uab30-\uab6f\ufb00-\ufb17\uff21-\uff5a"
)
_MAYBE_UPPER = re.compile(f"[{_CAPITALS}]{{2,}}")
"""Where there may be words in capitals: one, or with an apostrophe in it two."""
_UPPER = re.compile("[A-Z\u00c0-\u00de\u0100-\u042f\u0450-\u08ff\u10a0-\u2fff\ua000-\uabff\ufb00-\U0001ffff]")
"""Whatever is upper case, and more."""


_LONG = 4
_ENOUGH = 5
_MOSTLY = 0.75


class Capitals:
    """How a text uses them; looked at when it is asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: dict[tuple[int, int], bool] = {}

    @once
    def are_everywhere(self) -> bool:
        """Whether all of the text is in capitals."""
        upper = len(_MAYBE_UPPER.findall(self._text))
        if next(islice(_SURELY_LOWER.finditer(self._text), 2 * upper, None), None) is not None:
            return False
        cased = [w for w in words_of(self._text) if w.script in CASED and len(w.text) > 1]
        return len(cased) > 1 and sum(w.text.isupper() for w in cased) * 2 > len(cased)

    def are_in(self, start: int, end: int) -> bool:
        """Whether the words of a line have them, so that one tells nothing."""
        known = self._lines.get((start, end))
        if known is None:
            line = self._text[start:end]
            most = len(_UPPER.findall(line))
            known = False
            if sum(len(w) >= _LONG for w in line.split(None, 3 * most + 9)[:-1]) * _MOSTLY <= most:
                firsts = [w[0] for w in line.split() if len(w) >= _LONG]
                known = len(firsts) >= _ENOUGH and sum(map(str.isupper, firsts)) >= len(firsts) * _MOSTLY
            self._lines[start, end] = known
        return known
