"""Words and phrases of a query, made ready to be looked up: a folded literal for the automaton, and what to check."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from monitor.core.errors import QueryError
from monitor.matching.query import Term
from monitor.text.folding import Folded, fold_text
from monitor.text.scripts import UNSPACED, Script, script_of
from monitor.text.tokens import is_word_char, is_word_end, is_word_start

_PIECE = re.compile(r"\\([*?\\])|([*?])|([^*?\\]+|\\)")
_RUN = 40
"""The most characters that one `*` stands for: no word is longer, and the check stays cheap."""

_MAX_WILDCARDS = 3
_LETTERS = "[^\\W_]"


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a term is found: the automaton finds `literal`, `locate` tells what of the text the term then covers."""

    literal: str
    open_end: bool = False
    """A trailing `*`: the word may go on."""
    exact: str = ""
    shape: re.Pattern[str] | None = None
    """For wildcards elsewhere; `literal` is the longest piece of it."""
    whole: bool = False
    """The field is one value, and must be the term from end to end."""

    def locate(self, folded: Folded, start: int, end: int) -> tuple[int, int] | None:
        """The span in the folded text, given where the literal stands in it; None when the term does not hold there."""
        text = folded.text
        if self.whole:
            return self._locate_whole(text, start, end)
        if self.shape is not None:
            return self._locate_shape(text, start, end)
        if not is_word_start(text, start):
            return None
        if self.open_end:
            return start, word_end(text, end)
        if not is_word_end(text, end):
            return None
        if self.exact:
            left, right = folded.span(start, end)
            if unicodedata.normalize("NFC", folded.original[left:right]) != self.exact:
                return None
        return start, end

    def _locate_whole(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        if self.shape is not None:
            holds = self.shape.fullmatch(text) is not None
        else:
            holds = start == 0 and (self.open_end or end == len(text))
        return (0, len(text)) if holds else None

    def _locate_shape(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        assert self.shape is not None
        low = start
        for _ in range(_RUN * _MAX_WILDCARDS + len(self.shape.pattern)):
            if low < 0:
                break
            if is_word_start(text, low):
                found = self.shape.match(text, low)
                if found and found.end() >= end and found.start() <= start and is_word_end(text, found.end()):
                    return found.span()
            low -= 1
        return None


def word_end(text: str, index: int) -> int:
    """Where the word that goes on at `index` ends."""
    if index < len(text) and script_of(text[index - 1]) in UNSPACED:
        return index
    while index < len(text) and is_word_char(text[index]) and script_of(text[index]) not in UNSPACED:
        index += 1
    return index


def pattern_of(term: Term, *, whole: bool = False) -> Pattern:
    """The term must have passed `check_term`."""
    letters = "[^\\n]" if whole else _LETTERS
    if term.is_exact:
        text = unicodedata.normalize("NFC", " ".join(term.text.split()))
        return Pattern(literal=fold_text(text).strip(), exact=text, whole=whole)
    pieces = split_wildcards(term.text)
    if pieces == [pieces[0]] and pieces[0] not in ("*", "?"):
        return Pattern(literal=pieces[0][1:], whole=whole)
    if len(pieces) == 2 and pieces[1] == "*" and pieces[0] not in ("*", "?"):
        return Pattern(literal=pieces[0][1:], open_end=True, whole=whole)
    literals = [p[1:] for p in pieces if p not in ("*", "?")]
    shape = "".join(f"{letters}{{0,{_RUN}}}" if p == "*" else letters if p == "?" else re.escape(p[1:]) for p in pieces)
    return Pattern(literal=max(literals, key=len), shape=re.compile(shape), whole=whole)


def split_wildcards(text: str) -> list[str]:
    """`*`, `?`, and the folded text between them, each with a leading `=`."""
    pieces: list[str] = []
    literal = ""
    for escaped, wildcard, plain in _PIECE.findall(" ".join(text.split())):
        if wildcard:
            if literal:
                pieces.append("=" + fold_text(literal))
                literal = ""
            if not (wildcard == "*" and pieces and pieces[-1] == "*"):
                pieces.append(wildcard)
        else:
            literal += escaped or plain
    if literal:
        pieces.append("=" + fold_text(literal))
    return [p for p in pieces if p != "="]


def check_term(term: Term) -> None:
    """Refuses a term that finds nothing or everything."""
    remedy = "write at least two letters of what to look for"
    if (len(term.text) - len(term.text.rstrip("\\"))) % 2:
        raise QueryError("a backslash at the end", position=term.position, remedy="write it twice, or leave it out")
    if term.is_exact:
        if not any(is_word_char(c) for c in fold_text(term.text)):
            raise QueryError("there is no letter or digit to look for", position=term.position, remedy=remedy)
        return
    pieces = split_wildcards(term.text)
    wildcards = [p for p in pieces if p in ("*", "?")]
    literals = [p[1:] for p in pieces if p not in ("*", "?")]
    letters = [c for literal in literals for c in literal if is_word_char(c)]
    if not letters:
        what = "this matches everything" if wildcards else "there is no letter or digit to look for"
        raise QueryError(what, position=term.position, remedy=remedy)
    if not wildcards:
        return
    if len(letters) < 2 and script_of(letters[0]) not in (*UNSPACED, Script.HANGUL):
        raise QueryError("one letter and a wildcard match nearly everything", position=term.position, remedy=remedy)
    if len(wildcards) > _MAX_WILDCARDS:
        raise QueryError(f"more than {_MAX_WILDCARDS} wildcards in one term", position=term.position)
    if not any(is_word_char(c) for c in max(literals, key=len)):
        raise QueryError("this matches nearly everything", position=term.position, remedy=remedy)
