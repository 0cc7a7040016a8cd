"""From the text of a query to its tree. Every complaint names its place and what would be right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from monitor.core.errors import QueryError
from monitor.core.model import EntityId, Field, ListId
from monitor.matching.query import (
    And,
    AtLeast,
    EntityRef,
    In,
    ListRef,
    Near,
    Node,
    Not,
    Or,
    Query,
    Regex,
    Term,
    Within,
    children,
    walk,
)
from monitor.matching.regex import check_regex
from monitor.matching.terms import check_term

MAX_DEPTH: Final = 40
MAX_LENGTH: Final = 20_000
PLANNED = {"published": "comparisons on dates", "rule": "named sub-queries"}
_FIELDS = tuple(f.value for f in Field)
PREFIXES = (*_FIELDS, "entity", "list", "re")


class _Kind(StrEnum):
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
class _Token:
    kind: _Kind
    position: int
    node: Term | Regex | EntityRef | ListRef | None = None
    text: str = ""
    number: int = 0


_SPACE = re.compile(r"\s*")
_QUOTES = {'"': '"', "“": "”", "„": "“"}
_WORD = re.compile(r"(?:\\.|[^\s()\"“”„])+", re.DOTALL)
_PREFIX = re.compile(r"([A-Za-z_]+):")
_OPERATOR = re.compile(r"(O?NEAR|ATLEAST|SENTENCE|PARAGRAPH)(?:/(.*))?\Z")
_NAME = re.compile(r"[^\s()\"“”„,;:]+")


def parse_query(text: str) -> Query:
    """Raises `QueryError` for a query that is not one, that could match everything, or that uses what is not built."""
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query is longer than {MAX_LENGTH} characters", position=MAX_LENGTH,
                         remedy="move its terms to a list and write list:NAME")  # fmt: skip
    root = _Parser(_tokens(text)).parse()
    for node in walk(root):
        if isinstance(node, Term):
            check_term(node)
        elif isinstance(node, Regex):
            check_regex(node)
        elif isinstance(node, Near):
            _check_near(node)
    blank = unbounded(root)
    if blank is not None:
        what = "nothing here says what to look for" if blank is root else "this part alone would match nearly everything"
        raise QueryError(f"{what}: NOT only takes away", position=blank.position,
                         remedy="put it beside something to look for: word NOT other")  # fmt: skip
    return Query(root=root, text=text)


def unbounded(node: Node) -> Node | None:
    """The part that makes a query hold for items in which none of its terms occurs; None when there is no such part."""
    match node:
        case Not():
            return node
        case Or(parts=parts):
            return next((bad for part in parts if (bad := unbounded(part)) is not None), None)
        case And(parts=parts):
            found = [unbounded(part) for part in parts]
            return node if len(found) == 1 and found[0] else None if None in found else found[0]
        case In(part=part) | Within(part=part) | AtLeast(part=part):
            return unbounded(part)
        case _:
            return None


def _check_near(near: Near) -> None:
    stack: list[Node] = [near.left, near.right]
    while stack:
        node = stack.pop()
        if isinstance(node, (And, Not, Within, AtLeast, In)):
            raise QueryError("NEAR takes words, phrases, lists, entities, and groups of them joined by OR",
                             position=node.position, remedy="write (a OR b) NEAR/5 c")  # fmt: skip
        stack.extend(children(node))


# --- words of the language ---------------------------------------------------------------------------------------


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = _skip(text, 0)
    while at < len(text):
        token, at = _token(text, at)
        tokens.append(token)
        at = _skip(text, at)
    tokens.append(_Token(_Kind.END, len(text)))
    return tokens


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _token(text: str, at: int) -> tuple[_Token, int]:
    char = text[at]
    if char == "(":
        return _Token(_Kind.OPEN, at), at + 1
    if char == ")":
        return _Token(_Kind.CLOSE, at), at + 1
    if char in _QUOTES:
        inner, end = _quoted(text, at)
        return _Token(_Kind.TERM, at, Term(text=inner, is_phrase=True, position=at)), end
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
    word = match[0]
    operator = _operator(word, at)
    if operator:
        return operator, match.end()
    _check_word(word, at)
    return _Token(_Kind.TERM, at, Term(text=word, position=at)), match.end()


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
        if char == close or (char in '"”' and close in '"”“'):
            return "".join(inner), index + 1
        inner.append(char)
        index += 1
    raise QueryError("this quote is not closed", position=at, remedy=f"add {close} at its end")


def _exact(text: str, at: int) -> tuple[_Token, int]:
    if text[at + 1 : at + 2] in _QUOTES and at + 1 < len(text):
        inner, end = _quoted(text, at + 1)
        return _Token(_Kind.TERM, at, Term(text=inner, is_phrase=True, is_exact=True, position=at)), end
    match = _WORD.match(text, at + 1)
    if match is None:
        raise QueryError("= stands before nothing", position=at, remedy="write =Word, without a space")
    _check_word(match[0], at + 1)
    return _Token(_Kind.TERM, at, Term(text=match[0], is_exact=True, position=at)), match.end()


def _prefixed(text: str, at: int, prefix: re.Match[str]) -> tuple[_Token, int] | None:
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
        return _Token(_Kind.TERM, at, node), match.end()
    if name in PLANNED:
        raise QueryError(f"{name}: ({PLANNED[name]}) is planned, not built yet", position=at,
                         remedy=f'to look for these letters, write "{name}:…" in quotes')  # fmt: skip
    if name in _FIELDS:
        if not following or following.isspace() or following == ")":
            raise QueryError(f"{name}: stands before nothing", position=at,
                             remedy=f"write {name}:word or {name}:(a OR b), without a space")  # fmt: skip
        return _Token(_Kind.FIELD, at, text=name), after
    close = get_close_matches(name.lower(), PREFIXES, n=1, cutoff=0.7)
    hint = f"did you mean {close[0]}:? " if close else ""
    if not following or following.isspace():
        raise QueryError(f"{name}: is not a field", position=at, remedy=f"{hint}fields are {', '.join(PREFIXES)}")
    raise QueryError(f"there is no field {name}:", position=at,
                     remedy=f'{hint}to look for these letters, put them in quotes: "{name}:…"')  # fmt: skip


def _regex(text: str, at: int, begin: int) -> tuple[_Token, int]:
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
    return _Token(_Kind.TERM, at, Regex(pattern=pattern, ignores_case=ignores_case, position=at)), index


def _operator(word: str, at: int) -> _Token | None:
    if word in ("AND", "OR", "NOT"):
        return _Token(_Kind(word), at)
    found = _OPERATOR.match(word)
    if found is None:
        return None
    name, number = found[1], found[2]
    takes_number = name in ("NEAR", "ONEAR", "ATLEAST")
    if takes_number and not number:
        raise QueryError(f"{name} needs a number", position=at, remedy=f"write {name}/5, or \"{name}\" for the word")
    if not takes_number and number is not None:
        raise QueryError(f"{name} takes no number", position=at, remedy=f"write {name}(a b)")
    value = int(number) if number and number.isdecimal() and len(number) < 6 else 0
    if takes_number and not 1 <= value <= 1000:
        raise QueryError(f"{name} takes a number from 1 to 1000", position=at)
    return _Token(_Kind.NEAR if name.endswith("NEAR") else _Kind.CALL, at, text=name, number=value)


def _check_word(word: str, at: int) -> None:
    for sign, meant in ((",", "OR"), (";", "OR"), ("|", "OR"), ("&", "AND")):
        index = len(word) - 1 if word.endswith(sign) else 0 if word.startswith(sign) else -1
        if index >= 0:
            raise QueryError(f"{sign} does not join terms", position=at + index,
                             remedy=f'write {meant}, or put the words in quotes if the sign belongs to them')  # fmt: skip
    if word.startswith("!") and len(word) > 1:
        raise QueryError("! is not a sign of this language", position=at, remedy=f"write NOT {word[1:]}")


# --- grammar -----------------------------------------------------------------------------------------------------


class _Parser:
    """or := and (OR and)*; and := not ([AND] not)*; not := NOT not | near; near := primary (NEAR/n primary)*"""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._next
        self._at += 1
        return token

    def parse(self) -> Node:
        if self._next.kind is _Kind.END:
            raise QueryError("the query is empty", position=0, remedy="write what to look for")
        node = self._or()
        if self._next.kind is _Kind.CLOSE:
            raise QueryError("a ) without its (", position=self._next.position, remedy="remove it, or open it before")
        return node

    def _or(self) -> Node:
        start = self._next.position
        parts = [self._and()]
        while self._next.kind is _Kind.OR:
            self._take()
            parts.append(self._and())
        if len(parts) == 1:
            return parts[0]
        flat = tuple(p for part in parts for p in (part.parts if isinstance(part, Or) else (part,)))
        return Or(parts=flat, position=start)

    def _and(self) -> Node:
        start = self._next.position
        parts = [self._not()]
        while self._next.kind not in (_Kind.OR, _Kind.CLOSE, _Kind.END):
            if self._next.kind is _Kind.AND:
                self._take()
            parts.append(self._not())
        if len(parts) == 1:
            return parts[0]
        flat = tuple(p for part in parts for p in (part.parts if isinstance(part, And) else (part,)))
        return And(parts=flat, position=start)

    def _not(self) -> Node:
        if self._next.kind is _Kind.NOT:
            token = self._take()
            self._enter(token.position)
            part = self._not()
            self._depth -= 1
            return Not(part=part, position=token.position)
        return self._near()

    def _near(self) -> Node:
        node = self._primary()
        while self._next.kind is _Kind.NEAR:
            token = self._take()
            node = Near(left=node, right=self._primary(), distance=token.number,
                        ordered=token.text == "ONEAR", position=token.position)  # fmt: skip
            if isinstance(node.left, Near):
                raise QueryError("NEAR joins two things", position=token.position,
                                 remedy="write a NEAR/5 b AND b NEAR/5 c")  # fmt: skip
        return node

    def _primary(self) -> Node:
        token = self._take()
        match token.kind:
            case _Kind.TERM:
                assert token.node is not None
                return token.node
            case _Kind.OPEN:
                return self._group(token.position)
            case _Kind.FIELD:
                return self._field(token)
            case _Kind.CALL:
                return self._call(token)
            case _Kind.CLOSE:
                before = self._tokens[self._at - 2] if self._at > 1 else None
                if before is not None and before.kind is _Kind.OPEN:
                    raise QueryError("these parentheses are empty", position=before.position)
                if before is None:
                    raise QueryError("a ) without its (", position=token.position, remedy="remove it")
                raise QueryError(f"{before.kind} needs something after it", position=before.position)
            case _Kind.END:
                before = self._tokens[self._at - 2]
                if before.kind is _Kind.OPEN:
                    raise QueryError("this ( is not closed", position=before.position, remedy="add )")
                raise QueryError(f"{before.text or before.kind} needs something after it", position=before.position,
                                 remedy=f'write "{before.text or before.kind}" in quotes to look for the word')  # fmt: skip
            case _Kind.AND | _Kind.OR | _Kind.NOT | _Kind.NEAR:
                raise QueryError(f"{token.text or token.kind} needs something on its left" if token.kind is not _Kind.NOT
                                 else "NOT cannot stand here", position=token.position,
                                 remedy=f'write "{token.text or token.kind}" in quotes to look for the word')  # fmt: skip

    def _group(self, position: int) -> Node:
        self._enter(position)
        node = self._or()
        if self._take().kind is not _Kind.CLOSE:
            raise QueryError("this ( is not closed", position=position, remedy="add )")
        self._depth -= 1
        return node

    def _enter(self, position: int) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(f"parentheses deeper than {MAX_DEPTH}", position=position)

    def _field(self, token: _Token) -> Node:
        if self._next.kind not in (_Kind.TERM, _Kind.OPEN):
            raise QueryError(f"{token.text}: stands before nothing", position=token.position,
                             remedy=f"write {token.text}:word or {token.text}:(a OR b)")  # fmt: skip
        part = self._primary()
        field = Field(token.text)
        for node in walk(part):
            if isinstance(node, In):
                raise QueryError("a field inside another field", position=node.position, remedy="name one field")
            if field in (Field.SOURCE, Field.LANGUAGE) and not isinstance(node, (Term, Or, Not, And)):
                raise QueryError(f"{field}: takes words", position=node.position)
        return In(field=field, part=part, position=token.position)

    def _call(self, token: _Token) -> Node:
        if self._next.kind is not _Kind.OPEN:
            raise QueryError(f"{token.text} needs parentheses", position=token.position,
                             remedy=f'write {token.text}{f"/{token.number}" if token.number else ""}(…), '
                                    f'or "{token.text}" for the word')  # fmt: skip
        part = self._group(self._take().position)
        if token.text == "ATLEAST":
            return AtLeast(count=token.number, part=part, position=token.position)
        for node in walk(part):
            if isinstance(node, (In, Within, AtLeast)):
                raise QueryError(f"this cannot stand inside {token.text}()", position=node.position)
        return Within(part=part, paragraph=token.text == "PARAGRAPH", position=token.position)
