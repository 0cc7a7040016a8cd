"""Listed names of several words, met letter by letter but for what their language does to the end of each word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from monitor.matching.entities.parts import PREFIXES
from monitor.matching.entities.words import Word, next_word
from monitor.text.folding import fold_text

_KEY = 3
_FIXED = frozenset(("en", "fr", "es", "it", "pt", "ca", "gl", "id", "ms", "vi", "nl", "af"))
"""Languages that leave the ends of words in names alone."""

_LOST = 3
_GAINED = 4


class Phrases:
    """Filed by the first letters of their first words."""

    def __init__(self) -> None:
        self._filed: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)

    def add(self, words: tuple[str, ...], number: int) -> None:
        folded = tuple(fold_text(w) for w in words)
        self._filed[folded[0][:_KEY]].append((folded, number))

    def at(self, words: list[Word], at: int, language: str) -> Iterator[tuple[int, int]]:
        """(number of the phrase, its last word) for the phrases that begin here, whatever stands between the words."""
        first = fold_text(words[at].text)
        bends = language not in _FIXED
        starts = [first, *(first.removeprefix(p) for p in PREFIXES.get(words[at].script, ()) if first.startswith(p))]
        for start in dict.fromkeys(starts):
            for phrase, number in self._filed.get(start[:_KEY], ()):
                if _same(phrase[0], start, bends):
                    last = _rest(phrase, words, at, bends)
                    if last is not None:
                        yield number, last


def _rest(phrase: tuple[str, ...], words: list[Word], at: int, bends: bool) -> int | None:
    last = at
    for wanted in phrase[1:]:
        after = next_word(words, last)
        if after is None or not _same(wanted, fold_text(words[after].text), bends):
            return None
        last = after
    return last


def _same(listed: str, met: str, bends: bool) -> bool:
    if listed == met:
        return True
    if not bends or len(listed) < _KEY or listed[:_KEY] != met[:_KEY]:
        return False
    shared = next((i for i, (a, b) in enumerate(zip(listed, met, strict=False)) if a != b), min(len(listed), len(met)))
    return shared >= max(_KEY, len(listed) - _LOST) and len(met) - shared <= _GAINED
