"""The words of the query language: terms, operators, fields, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from monitor.core.errors import QueryError
from monitor.core.model import EntityId, Field, ListId
from monitor.matching.query import EntityRef, ListRef, Regex, Term

PLANNED = {"published": "comparisons on dates", "rule": "named sub-queries"}
_FIELDS = tuple(f.value for f in Field)
PREFIXES = (*_FIELDS, "entity", "list", "re")


class Kind(StrEnum):
    TERM = "term"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    NEAR = "NEAR"
    CALL = "call"
    FIELD = "field"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    position: int
    node: Term | Regex | EntityRef | ListRef | None = None
    text: str = ""
    number: int = 0


_SPACE = re.compile(r"\s*")
_QUOTES = {'"': '"', "“": "”", "„": "“"}
_WORD = re.compile(r"(?:\\.|[^\s()\"“”„])+", re.DOTALL)
_PREFIX = re.compile(r"([A-Za-z_]+):")
_OPERATOR = re.compile(r"(O?NEAR|ATLEAST|SENTENCE|PARAGRAPH)(?:/(.*))?\Z")
_ESCAPED = re.compile(r"\\([\s()\"“”„])")
_NAME = re.compile(r"[^\s()\"“”„,;:]+")


def tokens_of(text: str) -> list[Token]:
    tokens: list[Token] = []
    at = _skip(text, 0)
    while at < len(text):
        token, at = _token(text, at)
        tokens.append(token)
        at = _skip(text, at)
    tokens.append(Token(Kind.END, len(text)))
    return tokens


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _token(text: str, at: int) -> tuple[Token, int]:
    char = text[at]
    if char == "(":
        return Token(Kind.OPEN, at), at + 1
    if char == ")":
        return Token(Kind.CLOSE, at), at + 1
    if char in _QUOTES:
        inner, end = _quoted(text, at)
        return Token(Kind.TERM, at, Term(text=inner, is_phrase=True, position=at)), end
    if char == "=":
        return _exact(text, at)
    if char == "”":
        raise QueryError("a closing quote without an opening one", position=at, remedy='write "like this"')
    prefix = _PREFIX.match(text, at)
    if prefix:
        found = _prefixed(text, at, prefix)
        if found:
            return found
    match = _WORD.match(text, at)
    assert match is not None  # anything else was dealt with above
    operator = _operator(match[0], at)
    if operator:
        return operator, match.end()
    word = _ESCAPED.sub(r"\1", match[0])
    _check_word(word, at)
    return Token(Kind.TERM, at, Term(text=word, position=at)), match.end()


def _quoted(text: str, at: int) -> tuple[str, int]:
    close = _QUOTES[text[at]]
    inner: list[str] = []
    index = at + 1
    while index < len(text):
        char = text[index]
        following = text[index + 1 : index + 2]
        if char == "\\" and following and following in (close, "\\"):
            inner.append(close if following == close else "\\\\")
            index += 2
            continue
        if char == close:
            return "".join(inner), index + 1
        inner.append(char)
        index += 1
    raise QueryError("this quote is not closed", position=at, remedy=f"add {close} at its end")


def _exact(text: str, at: int) -> tuple[Token, int]:
    if text[at + 1 : at + 2] in _QUOTES and at + 1 < len(text):
        inner, end = _quoted(text, at + 1)
        return Token(Kind.TERM, at, Term(text=inner, is_phrase=True, is_exact=True, position=at)), end
    match = _WORD.match(text, at + 1)
    if match is None:
        raise QueryError("= stands before nothing", position=at, remedy="write =Word, without a space")
    _check_word(match[0], at + 1)
    return Token(Kind.TERM, at, Term(text=_ESCAPED.sub(r"\1", match[0]), is_exact=True, position=at)), match.end()


def _prefixed(text: str, at: int, prefix: re.Match[str]) -> tuple[Token, int] | None:
    name, after = prefix[1], prefix.end()
    following = text[after : after + 1]
    if following == "/" and name != "re":
        return None  # http://…
    if name == "re" and following == "/":
        return _regex(text, at, after + 1)
    if name in ("entity", "list"):
        match = _NAME.match(text, after)
        if match is None:
            raise QueryError(f"{name}: needs the id of one", position=at, remedy=f"write {name}:ID without a space")
        node = (
            EntityRef(id=EntityId(match[0]), position=at)
            if name == "entity"
            else ListRef(id=ListId(match[0]), position=at)
        )
        return Token(Kind.TERM, at, node), match.end()
    if name in PLANNED:
        raise QueryError(f"{name}: ({PLANNED[name]}) is planned, not built yet", position=at,
                         remedy=f'to look for these letters, write "{name}:…" in quotes')  # fmt: skip
    if name in _FIELDS:
        if not following or following.isspace() or following == ")":
            raise QueryError(f"{name}: stands before nothing", position=at,
                             remedy=f"write {name}:word or {name}:(a OR b), without a space")  # fmt: skip
        return Token(Kind.FIELD, at, text=name), after
    close = get_close_matches(name.lower(), PREFIXES, n=1, cutoff=0.7)
    hint = f"did you mean {close[0]}:? " if close else ""
    if not following or following.isspace():
        raise QueryError(f"{name}: is not a field", position=at, remedy=f"{hint}fields are {', '.join(PREFIXES)}")
    raise QueryError(f"there is no field {name}:", position=at,
                     remedy=f'{hint}to look for these letters, put them in quotes: "{name}:…"')  # fmt: skip


def _regex(text: str, at: int, begin: int) -> tuple[Token, int]:
    index = begin
    while index < len(text) and text[index] != "/":
        index += 2 if text[index] == "\\" else 1
    if index >= len(text):
        raise QueryError("this regular expression is not closed", position=at, remedy="write re:/…/")
    pattern = text[begin:index].replace("\\/", "/")
    index += 1
    ignores_case = text[index : index + 1] == "i"
    index += ignores_case
    if index < len(text) and not text[index].isspace() and text[index] not in "()":
        raise QueryError(f"{text[index]!r} after a regular expression", position=index,
                         remedy="only i (ignore case) may follow the closing slash")  # fmt: skip
    return Token(Kind.TERM, at, Regex(pattern=pattern, ignores_case=ignores_case, position=at)), index


def _operator(word: str, at: int) -> Token | None:
    if word in ("AND", "OR", "NOT"):
        return Token(Kind(word), at)
    found = _OPERATOR.match(word)
    if found is None:
        return None
    name, number = found[1], found[2]
    takes_number = name in ("NEAR", "ONEAR", "ATLEAST")
    if takes_number and not number:
        raise QueryError(f"{name} needs a number", position=at, remedy=f'write {name}/5, or "{name}" for the word')
    if not takes_number and number is not None:
        raise QueryError(f"{name} takes no number", position=at, remedy=f"write {name}(a b)")
    value = int(number) if number and number.isdecimal() and len(number) < 6 else 0
    if takes_number and not 1 <= value <= 1000:
        raise QueryError(f"{name} takes a number from 1 to 1000", position=at)
    return Token(Kind.NEAR if name.endswith("NEAR") else Kind.CALL, at, text=name, number=value)


def _check_word(word: str, at: int) -> None:
    for sign, meant in ((",", "OR"), (";", "OR"), ("|", "OR"), ("&", "AND")):
        index = len(word) - 1 if word.endswith(sign) else 0 if word.startswith(sign) else -1
        if index >= 0:
            raise QueryError(f"{sign} does not join terms", position=at + index,
                             remedy=f"write {meant}, or quotes around what the sign belongs to")  # fmt: skip
    if word.startswith("!") and len(word) > 1:
        raise QueryError("! is not a sign of this language", position=at, remedy=f"write NOT {word[1:]}")
