"""What of a text has to be read: the words around those that a name may begin with.

A text is taken apart at white space, and what a piece is worth is remembered, because pieces repeat: of most texts it
is known as soon as they are taken apart that they name nothing. No word goes across white space, so a piece says the
same wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import filterfalse

from monitor.matching.entities.words import Word, windows_of, words_of
from monitor.text.folding import fold_text
from monitor.text.scripts import UNSPACED, script_of
from monitor.text.tokens import UNSPACED_LETTER
from monitor.text.twins import in_one_script

BESIDE = 80
"""Characters on either side in which stand the other names of a person, and titles; a few words of them are enough."""
_BEFORE, _AFTER = 8, 4
"""Those words."""
FAINT = 1
"""Of what is too far off to be a name but where a piece beside it may tell: then as much as `BESIDE`."""
AROUND = 200
"""In which stands whatever makes a name that of something else: a dozen words."""
_MOST_REMEMBERED = 100_000
"""Pieces, in all languages together."""
_LONGEST_REMEMBERED = 30
_MARKS = '"“”„«»().,:;!?…'
"""What changes nothing at the ends of a piece."""
_BORDER = re.compile(r"[\s。，、！？；：「」『』（）《》〈〉【】]")
"""What is in no word."""
_ONE_WORD = re.compile(
    "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+|[\u0400-\u045f\u0490\u0491]+|[\u0386\u0388-\u03ce]+"
)
"""In one script with capitals, whatever marks stand beside it."""


class Memory:
    """Of one language. Threads may share it: nothing is ever changed that was said."""

    def __init__(self) -> None:
        self.nothing: set[str] = set()
        """Pieces, and words, at which no name begins."""
        self.worth: dict[str, int] = {}
        """Of the others, how many characters around them have to be read."""
        self.told: dict[tuple[str, str], bool] = {}
        """Whether one that is `FAINT` may be a name because of another beside it."""


class Pieces:
    """Asked for the stretches of texts that have to be read."""

    def __init__(
        self,
        reach: Callable[[Word, str, bool], int],
        may_begin: Callable[[str, str], bool],
        is_told_by: Callable[[str, str, str], bool],
    ) -> None:
        """`reach` is asked about a word in a language, and whether it stands behind a hyphen: how many characters
        around it have to be read, 0 when no name begins there. `may_begin` is asked about a folded word in lower case:
        no only if `reach` is 0. `is_told_by` is asked about a piece that is `FAINT` and another."""
        self._reach = reach
        self._may_begin = may_begin
        self._is_told_by = is_told_by
        self._memories: dict[str, Memory] = {}
        self._room = _MOST_REMEMBERED

    def memory(self, language: str) -> Memory:
        if self._room <= 0:
            self._room = _MOST_REMEMBERED
            self._memories = {}
        known = self._memories.get(language)
        if known is None:
            self._room -= 1
            known = self._memories[language] = Memory()
        return known

    def stretches(self, text: str, language: str) -> list[tuple[int, int]]:
        """Where the text has to be read, in order and apart from each other; they do not cut through any word."""
        memory = self.memory(language)
        fresh = set(filterfalse(memory.nothing.__contains__, text.split()))
        around: list[tuple[int, int]] = []
        for piece in fresh:
            worth = memory.worth.get(piece)
            if worth is None:
                if not piece.isascii() and UNSPACED_LETTER.search(piece):
                    inside = list(self._in_letters(piece, memory, language))
                    if inside:
                        around += [(at + start, at + end) for at in _places(piece, text) for start, end in inside]
                    else:
                        self._remember(piece, 0, memory)
                    continue
                worth = self._learn(piece, memory, language)
            for at in _places(piece, text) if worth else ():
                start, end = _around(text, at, at + len(piece), worth)
                beside = f"{text[max(0, start) : at]} {text[at + len(piece) : end]}" if worth == FAINT else ""
                if worth != FAINT or self._is_told(piece, beside, memory, language):
                    around.append((start, end))
        return _merged(text, around) if around else []

    def _learn(self, piece: str, memory: Memory, language: str) -> int:
        bare = piece.strip(_MARKS)
        if bare in memory.nothing:
            worth = 0
        elif _ONE_WORD.fullmatch(bare):  # The usual piece.
            if bare.islower() and not self._may_begin(fold_text(bare), language):
                worth = 0
            else:
                worth = self._reach(Word(0, len(bare), bare, script_of(bare[0])), language, False)
            if not worth and bare != piece:
                self._remember(bare, 0, memory)
        else:
            worth = 0
            text = in_one_script(piece)
            for word in words_of(text):
                worth = max(worth, self._worth(word, text, memory, language))
        self._remember(piece, worth, memory)
        return worth

    def _is_told(self, piece: str, beside: str, memory: Memory, language: str) -> bool:
        for other in beside.split():
            told = memory.told.get((piece, other))
            if told is None:
                self._room -= 1
                told = memory.told[piece, other] = self._is_told_by(piece, other, language)
            if told:
                return True
        return False

    def _in_letters(self, piece: str, memory: Memory, language: str) -> Iterator[tuple[int, int]]:
        """What has to be read around the words of a piece in a script without spaces."""
        text = in_one_script(piece)
        for whole in words_of(text, whole=True):
            if whole.text in memory.nothing and whole.script in UNSPACED:
                continue
            worth = memory.worth.get(whole.text)
            if worth is None:
                worth = max((self._worth(word, text, memory, language) for word in windows_of(whole)), default=0)
                self._remember(whole.text, worth, memory)
            if worth:
                worth = max(worth, BESIDE)
                yield whole.start - worth, whole.end + worth

    def _worth(self, word: Word, text: str, memory: Memory, language: str) -> int:
        behind_hyphen = text[word.start - 1 : word.start] == "-"
        if word.text in memory.nothing and not behind_hyphen:
            return 0
        return self._reach(word, language, behind_hyphen)

    def forget_about(self, word: Word, language: str) -> None:
        """No name begins at a word that `reach` was right to ask more about."""
        self._remember(word.text, 0, self.memory(language))

    def _remember(self, piece: str, worth: int, memory: Memory) -> None:
        if len(piece) <= _LONGEST_REMEMBERED:
            self._room -= 1
            if worth:
                memory.worth[piece] = worth
            else:
                memory.nothing.add(piece)


def _places(piece: str, text: str) -> Iterator[int]:
    """Where it stands between white space."""
    at = text.find(piece)
    while at >= 0:
        end = at + len(piece)
        if (at == 0 or text[at - 1].isspace()) and (end == len(text) or text[end].isspace()):
            yield at
        at = text.find(piece, at + 1)


def _around(text: str, start: int, end: int, worth: int) -> tuple[int, int]:
    if worth > BESIDE:
        return start - worth, end + worth
    before = text[max(0, start - BESIDE) : start].rsplit(None, _BEFORE)
    after = text[end : end + BESIDE].split(None, _AFTER)
    first = max(0, start - BESIDE) + len(before[0]) + 1 if len(before) > _BEFORE else start - BESIDE
    return first, end + BESIDE - (len(after[-1]) if len(after) > _AFTER else 0)


def _merged(text: str, around: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, joined where they meet, and longer by the words that they cut through."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(around):
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = merged[-1][0], _behind(text, end)
            continue
        begin = _before(text, start)
        if merged and begin <= merged[-1][1]:
            begin = merged.pop()[0]
        merged.append((begin, _behind(text, end)))
    return merged


def _before(text: str, index: int) -> int:
    while index > 0 and not _BORDER.match(text, index - 1):
        index -= 1
    return max(index, 0)


def _behind(text: str, index: int) -> int:
    border = _BORDER.search(text, index) if index < len(text) else None
    return border.start() if border is not None else len(text)
