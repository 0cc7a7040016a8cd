"""Words and phrases of a query, made ready to be looked up: a folded literal for the automaton, and what to check."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from monitor.core.errors import QueryError
from monitor.matching.query import Term
from monitor.text.folding import Folded, fold_text
from monitor.text.scripts import UNSPACED, Script, script_of
from monitor.text.tokens import is_word_char, is_word_end

_PIECE = re.compile(r"\\([*?\\])|([*?])|([^*?\\]+|\\)")
_SIGN = re.compile(r"[*?\\]")
RUN = 40
"""The most characters that one `*` stands for: no word is longer, and the check stays cheap."""

_MAX_WILDCARDS = 3


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a term is found: wherever `literal` stands in a folded text, the rest is checked there."""

    literal: str
    open_end: bool = False
    """A trailing `*`: the word may go on."""
    exact: str = ""
    pieces: tuple[str, ...] = ()
    """For wildcards elsewhere: `*`, `?`, and the text between them with a leading `=`; `literal` is the longest."""
    whole: bool = False
    """The field is one value, and must be the term from end to end."""

    @property
    def is_plain(self) -> bool:
        return not (self.open_end or self.exact or self.pieces or self.whole)

    @property
    def lead(self) -> tuple[int, int]:
        """Of a pattern with pieces: how many characters stand before the literal, at least and at most."""
        before = self.pieces[: self.pieces.index("=" + self.literal)]
        least = sum(0 if piece == "*" else 1 if piece == "?" else len(piece) - 1 for piece in before)
        return least, least + RUN * before.count("*")

    def end(self, folded: Folded, start: int) -> int | None:
        """Where the term ends in the folded text when it begins at `start`, which is where its literal stands, or for
        one with pieces any start of a word; None when it does not begin there."""
        text = folded.text
        if self.whole:
            return self._whole_end(text, start)
        if self.pieces:
            ends = shape_ends(text, start, self.pieces, is_word_char)
            return max((e for e in ends if e > start and is_word_end(text, e)), default=None)
        end = start + len(self.literal)
        if self.open_end:
            return word_end(text, end)
        if not is_word_end(text, end):
            return None
        if self.exact:
            left, right = folded.span(start, end)
            if " ".join(unicodedata.normalize("NFC", folded.original[left:right]).split()) != self.exact:
                return None
        return end

    def _whole_end(self, text: str, start: int) -> int | None:
        if start:
            return None
        if self.pieces:
            holds = len(text) in shape_ends(text, 0, self.pieces, lambda char: char != "\n")
        else:
            holds = self.open_end or len(self.literal) == len(text)
        return len(text) if holds else None


def shape_ends(text: str, start: int, pieces: tuple[str, ...], is_letter: Callable[[str], bool]) -> set[int]:
    """Every place where a term with wildcards can end that begins at `start`. All ways are followed side by side, so
    no text makes it slow."""
    places = {start}
    for piece in pieces:
        if piece == "?":
            places = {at + 1 for at in places if at < len(text) and is_letter(text[at])}
        elif piece == "*":
            wide: set[int] = set()
            reached = -1
            for at in sorted(places):
                wide.add(at)
                reached = max(at, reached)
                while reached < min(at + RUN, len(text)) and is_letter(text[reached]):
                    reached += 1
                    wide.add(reached)
            places = wide
        else:
            places = {at + len(piece) - 1 for at in places if text.startswith(piece[1:], at)}
        if not places:
            break
    return places


def word_end(text: str, index: int) -> int:
    """Where the word that goes on at `index` ends."""
    if index < len(text) and script_of(text[index - 1]) in UNSPACED:
        return index
    while index < len(text) and is_word_char(text[index]) and script_of(text[index]) not in UNSPACED:
        index += 1
    return index


def pattern_of(term: Term, *, whole: bool = False) -> Pattern:
    """The term must have passed `check_term`."""
    if term.is_exact:
        text = unicodedata.normalize("NFC", " ".join(term.text.split()))
        return Pattern(literal=fold_text(text).strip(), exact=text, whole=whole)
    if not _SIGN.search(term.text):
        return Pattern(literal=fold_text(" ".join(term.text.split())), whole=whole)
    pieces = split_wildcards(term.text)
    literals = [p[1:] for p in pieces if p not in ("*", "?")]
    if len(pieces) == 1:
        return Pattern(literal=literals[0], whole=whole)
    if len(pieces) == 2 and pieces[1] == "*" and literals:
        return Pattern(literal=literals[0], open_end=True, whole=whole)
    return Pattern(literal=max(literals, key=len), pieces=tuple(pieces), whole=whole)


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
    if term.is_exact or not _SIGN.search(term.text):
        if not any(map(is_word_char, fold_text(term.text))):
            raise QueryError("there is no letter or digit to look for", position=term.position, remedy=remedy)
        return
    if (len(term.text) - len(term.text.rstrip("\\"))) % 2:
        raise QueryError("a backslash at the end", position=term.position, remedy="write it twice, or leave it out")
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
