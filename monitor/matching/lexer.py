"""The words of the query language: terms, operators, fields, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from monitor.core.errors import QueryError
from monitor.core.model import EntityId, Field, ListId, RuleId
from monitor.matching.published import read_published
from monitor.matching.query import EntityRef, Leaf, ListRef, Regex, RuleRef, Term

_FIELDS = tuple(f.value for f in Field)
PREFIXES = (*_FIELDS, "published", "entity", "list", "rule", "re")


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
    node: Leaf | None = None
    text: str = ""
    number: int = 0


_SPACE = re.compile(r"\s*")
_QUOTES = {'"': '"', "“": "”", "„": "“"}
_WORD = re.compile(r"(?:\\.|[^\s()\"“”„])+", re.DOTALL)
_PREFIX = re.compile(r"([A-Za-z_]+):")
_OPERATOR = re.compile(r"(O?NEAR|ATLEAST|SENTENCE|PARAGRAPH)(?:/(.*))?\Z")
_ESCAPED = re.compile(r"\\([\s()\"“”„])")
_LONE = re.compile(r"\\([*?\\])|\\(?!\Z)")
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
        return Token(Kind.TERM, at, Term(text=_settled(inner), is_phrase=True, position=at)), end
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
    _check_word(match[0], at, follows=text[match.end() : match.end() + 1])
    word = _settled(_ESCAPED.sub(r"\1", match[0]))
    return Token(Kind.TERM, at, Term(text=word, position=at)), match.end()


def _settled(text: str) -> str:
    """One way of writing each term: a backslash that escapes no wildcard is written twice."""
    return _LONE.sub(lambda found: found[0] if found[1] else "\\\\", text)


def _quoted(text: str, at: int) -> tuple[str, int]:
    """What stands in the quotes, which may be escaped in it as a backslash may; and where they end."""
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
        plain = inner.replace("\\\\", "\\")
        return Token(Kind.TERM, at, Term(text=plain, is_phrase=True, is_exact=True, position=at)), end
    match = _WORD.match(text, at + 1)
    if match is None:
        raise QueryError("= stands before nothing", position=at, remedy="write =Word, without a space")
    _check_word(match[0], at + 1)
    return Token(Kind.TERM, at, Term(text=_ESCAPED.sub(r"\1", match[0]), is_exact=True, position=at)), match.end()


_NAMED: Mapping[str, Callable[[str, int], Leaf]] = {
    "entity": lambda name, at: EntityRef(id=EntityId(name), position=at),
    "list": lambda name, at: ListRef(id=ListId(name), position=at),
    "rule": lambda name, at: RuleRef(id=RuleId(name), position=at),
}


def _prefixed(text: str, at: int, prefix: re.Match[str]) -> tuple[Token, int] | None:
    name, after = prefix[1], prefix.end()
    following = text[after : after + 1]
    if following == "/" and name != "re":
        return None  # http://…
    if name == "re" and following == "/":
        return _regex(text, at, after + 1)
    if name == "published":
        node, end = read_published(text, at, after)
        return Token(Kind.TERM, at, node), end
    if name in _NAMED:
        match = _NAME.match(text, after)
        if match is None:
            raise QueryError(f"{name}: needs the id of one", position=at, remedy=f"write {name}:ID without a space")
        return Token(Kind.TERM, at, _NAMED[name](match[0], at)), match.end()
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


_HABITS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"(?i:o?near|atleast|sentence|paragraph)/\d*"), "operators are written in capitals",
     "write NEAR/5, ONEAR/5, ATLEAST/3(…)"),
    (re.compile(r"(O?NEAR|ATLEAST)[-_:~]?\d+"), "this is no operator", "write NEAR/5, ONEAR/5 or ATLEAST/3(…)"),
    (re.compile(r"~\d+"), "~ is not a sign of this language", "write one NEAR/5 other"),
    (re.compile(r"published[<>=].*"), "published needs a colon", "write published:>2025-01-31"),
    (re.compile(r"[-–—][^\W\d_].*"), "- is not a sign of this language", "write NOT before what must not occur"),
    (re.compile(r"\+[^\W\d_].*"), "+ is not a sign of this language", "write the word alone, side by side means AND"),
    (re.compile(r"!.+"), "! is not a sign of this language", "write NOT before what must not occur"),
)  # fmt: skip
"""What people write who come from other query languages; as a term it would find nothing."""


def _check_word(word: str, at: int, follows: str = "") -> None:
    for sign, meant in ((",", "OR"), (";", "OR"), ("|", "OR"), ("&", "AND")):
        index = len(word) - 1 if word.endswith(sign) else 0 if word.startswith(sign) else -1
        if index >= 0:
            raise QueryError(f"{sign} does not join terms", position=at + index,
                             remedy=f"write {meant}, or quotes around what the sign belongs to")  # fmt: skip
    for habit, what, remedy in _HABITS:
        if habit.fullmatch(word):
            raise QueryError(what, position=at, remedy=f'{remedy}; to look for these letters, write "{word}"')
    if follows == "(" and word.isupper():
        meant_call = get_close_matches(word.partition("/")[0], ("SENTENCE", "PARAGRAPH", "ATLEAST"), n=1, cutoff=0.75)
        if meant_call:
            remedy = f"did you mean {meant_call[0]}? To look for the word, put a space before the ("
            raise QueryError(f"there is no operator {word}", position=at, remedy=remedy)
