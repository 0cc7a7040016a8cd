"""Listed names of several words, met letter by letter but for what their language does to the end of each word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from monitor.matching.entities.numbers import number_after
from monitor.matching.entities.parts import PREFIXES
from monitor.matching.entities.words import Word, next_word
from monitor.text.folding import fold_text, fold_word
from monitor.text.scripts import Script
from monitor.text.tokens import runs

_KEY = 3
_KEY_SHARED = 2
_FIXED = frozenset(("en", "fr", "es", "it", "pt", "ca", "gl", "id", "ms", "vi", "nl", "af"))
"""Languages that leave the ends of words in names alone."""

_EITHER_SIDE = frozenset(("be", "bg", "bs", "cs", "hr", "lt", "lv", "mk", "pl", "ru", "sk", "sl", "sr", "uk"))
_VOWELS = re.compile("[aeiouyаеиоуыэюяіїєьъ]")
_LOST = 3
_GAINED = 4
_GAP = 3
_MOST_CACHED = 100_000
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    before: tuple[tuple[str, ...], ...]
    """Numbers that stand before each word."""
    after: tuple[str, ...]
    number: int
    is_turned: bool = False
    """The other way round, for languages in which the adjective may stand on either side."""


class Phrases:
    """Filed by the first letters of their first words; what a word may begin is remembered."""

    def __init__(self) -> None:
        self._filed: dict[str, list[_Phrase]] = defaultdict(list)
        self.reach = 0
        """Characters of the longest phrase, whatever its language does to its words."""
        self._begun: dict[tuple[str, bool], tuple[_Phrase, ...]] = {}

    def add(self, form: str, number: int) -> None:
        words: list[str] = []
        before: list[tuple[str, ...]] = []
        end = 0
        for start, stop, _ in runs(form):
            words.append(fold_text(form[start:stop]))
            before.append(tuple(_DIGITS.findall(form[end:start])))
            end = stop
        if words:
            self.reach = max(self.reach, 2 * (len(form) + len(words) * (_GAINED + _GAP)))
            phrase = _Phrase(tuple(words), tuple(before), tuple(_DIGITS.findall(form[end:])), number)
            self._filed[words[0][:_KEY]].append(phrase)
            if len(words) == 2 and not (phrase.after or any(before)) and min(map(len, words)) >= _KEY:
                turned = replace(phrase, words=phrase.words[::-1], is_turned=True)
                self._filed[words[1][:_KEY]].append(turned)

    def at(self, text: str, words: list[Word], at: int, language: str) -> Iterator[tuple[int, int, int]]:
        """(number of the phrase, its last word, where it ends) for the phrases that begin here, whatever stands between
        the words."""
        for phrase in self.begins(words[at], language):
            if phrase.is_turned and language not in _EITHER_SIDE:
                continue
            found = _rest(phrase, text, words, at, bends=language not in _FIXED)
            if found is not None:
                yield phrase.number, *found

    def may_begin(self, folded: str) -> bool:
        """Whether `begins` has an answer for a word of a script without prefixes; yes for some more."""
        return folded[:_KEY] in self._filed

    def begins(self, word: Word, language: str) -> tuple[_Phrase, ...]:
        """The phrases that a word may be the first of."""
        bends = language not in _FIXED
        begun = self._begun.get((word.text, bends))
        if begun is None:
            if len(self._begun) > _MOST_CACHED:
                self._begun.clear()
            begun = self._begun[word.text, bends] = tuple(self._starting(word.text, word.script, bends=bends))
        return begun

    def _starting(self, word: str, script: Script, *, bends: bool) -> Iterator[_Phrase]:
        first = fold_word(word)
        starts = [first, *(first.removeprefix(p) for p in PREFIXES.get(script, ()) if first.startswith(p))]
        for start in dict.fromkeys(starts):
            for phrase in self._filed.get(start[:_KEY], ()):
                if _same(phrase.words[0], start, bends=bends):
                    yield phrase


def next_plain(words: list[Word], at: int) -> int | None:
    """The next word as it is in lists: apart where an apostrophe is."""
    after = next_word(words, at)
    if after is not None and after + 1 < len(words) and words[after + 1].start == words[after].start:
        return after + 1
    return after


def _rest(phrase: _Phrase, text: str, words: list[Word], at: int, *, bends: bool) -> tuple[int, int] | None:
    last = at
    if phrase.before[0] and not re.search(rf"(?<!\d){phrase.before[0][-1]}\D{{0,3}}\Z", text[: words[at].start][-12:]):
        return None
    for wanted, numbers in zip(phrase.words[1:], phrase.before[1:], strict=True):
        after = next_plain(words, last)
        if after is None or not _same(wanted, words[after].folded, bends=bends):
            return None
        if tuple(_DIGITS.findall(text, words[last].end, words[after].start)) != numbers:
            return None
        last = after
    end = words[last].end
    for number in phrase.after:
        behind = number_after(text, end, number)
        if behind is None:
            return None
        end = behind
    return last, end


def _same(listed: str, met: str, *, bends: bool) -> bool:
    if listed == met:
        return True
    if not bends or len(listed) < _KEY or listed[:_KEY_SHARED] != met[:_KEY_SHARED]:
        return False
    shared = next((i for i, (a, b) in enumerate(zip(listed, met, strict=False)) if a != b), min(len(listed), len(met)))
    if len(met) - shared <= _GAINED and shared >= max(_KEY, len(listed) - _LOST):
        return True
    # Vowels come and go: Близький Схід, Близького Сходу.
    bare = _VOWELS.sub("", listed)
    return len(bare) >= _KEY and _VOWELS.sub("", met).startswith(bare) and len(met) - len(listed) <= _GAINED
