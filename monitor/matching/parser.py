"""From the text of a query to its tree. Every complaint names its place and what would be right."""

from __future__ import annotations

from typing import Final

from monitor.core.errors import QueryError
from monitor.core.model import Field
from monitor.matching.lexer import Kind, Token, tokens_of
from monitor.matching.query import (
    And,
    AtLeast,
    In,
    Near,
    Node,
    Not,
    Or,
    Published,
    Query,
    Regex,
    RuleRef,
    Term,
    Within,
    children,
    walk,
)
from monitor.matching.regex import check_regex
from monitor.matching.terms import check_term

MAX_DEPTH: Final = 40
MAX_LENGTH: Final = 20_000


def parse_query(text: str, *, is_part: bool = False) -> Query:
    """Raises `QueryError` for a query that is not one, or that could match everything; `is_part`: it stands beside
    something that is looked for, and may be one that only narrows."""
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query is longer than {MAX_LENGTH} characters", position=MAX_LENGTH,
                         remedy="move its terms to a list and write list:NAME")  # fmt: skip
    root = _Parser(tokens_of(text)).parse()
    for node in walk(root):
        if isinstance(node, Term):
            check_term(node)
        elif isinstance(node, Regex):
            check_regex(node)
        elif isinstance(node, Near):
            _check_near(node)
    blank = unbounded(root)
    if blank is not None and not (is_part and blank is root):
        what = (
            "nothing here says what to look for" if blank is root else "this part alone would match nearly everything"
        )
        raise QueryError(f"{what}: {_why(blank)}", position=blank.position,
                         remedy="put it beside something to look for: word NOT other, word published:<7d")  # fmt: skip
    return Query(root=root, text=text)


def _why(blank: Node) -> str:
    kinds = {type(node) for node in walk(blank)}
    return "published: only narrows" if Published in kinds and Not not in kinds else "NOT only takes away"


def unbounded(node: Node) -> Node | None:
    """The part that makes a query hold for items in which none of its terms occurs; None when there is no such part."""
    match node:
        case Not() | Published():
            return node
        case Or(parts=parts):
            return next((bad for part in parts if (bad := unbounded(part)) is not None), None)
        case And(parts=parts):
            return None if any(unbounded(part) is None for part in parts) else node
        case In(part=part) | Within(part=part) | AtLeast(part=part):
            return unbounded(part)
        case _:
            return None


def _check_near(near: Near) -> None:
    stack: list[Node] = [near.left, near.right]
    while stack:
        node = stack.pop()
        if isinstance(node, (And, Not, Within, AtLeast, In, RuleRef, Published)):
            raise QueryError("NEAR takes words, phrases, lists, entities, and groups of them joined by OR",
                             position=node.position, remedy="write (a OR b) NEAR/5 c")  # fmt: skip
        stack.extend(children(node))


class _Parser:
    """or := and (OR and)*; and := not ([AND] not)*; not := NOT not | near; near := primary (NEAR/n primary)*"""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def parse(self) -> Node:
        if self._next.kind is Kind.END:
            raise QueryError("the query is empty", position=0, remedy="write what to look for")
        node = self._or()
        if self._next.kind is Kind.CLOSE:
            raise QueryError("a ) without its (", position=self._next.position, remedy="remove it, or open it before")
        return node

    def _or(self) -> Node:
        start = self._next.position
        parts = [self._and()]
        while self._next.kind is Kind.OR:
            self._take()
            parts.append(self._and())
        if len(parts) == 1:
            return parts[0]
        flat = tuple(p for part in parts for p in (part.parts if isinstance(part, Or) else (part,)))
        return Or(parts=flat, position=start)

    def _and(self) -> Node:
        start = self._next.position
        parts = [self._not()]
        while self._next.kind not in (Kind.OR, Kind.CLOSE, Kind.END):
            if self._next.kind is Kind.AND:
                self._take()
            parts.append(self._not())
        if len(parts) == 1:
            return parts[0]
        flat = tuple(p for part in parts for p in (part.parts if isinstance(part, And) else (part,)))
        return And(parts=flat, position=start)

    def _not(self) -> Node:
        if self._next.kind is Kind.NOT:
            token = self._take()
            self._enter(token.position)
            part = self._not()
            self._depth -= 1
            return Not(part=part, position=token.position)
        return self._near()

    def _near(self) -> Node:
        node = self._primary()
        while self._next.kind is Kind.NEAR:
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
            case Kind.TERM:
                assert token.node is not None
                return token.node
            case Kind.OPEN:
                return self._group(token.position)
            case Kind.FIELD:
                return self._field(token)
            case Kind.CALL:
                return self._call(token)
            case Kind.CLOSE:
                before = self._tokens[self._at - 2] if self._at > 1 else None
                if before is not None and before.kind is Kind.OPEN:
                    raise QueryError("these parentheses are empty", position=before.position)
                if before is None:
                    raise QueryError("a ) without its (", position=token.position, remedy="remove it")
                raise _misplaced(before, "needs something after it")
            case Kind.END:
                before = self._tokens[self._at - 2]
                if before.kind is Kind.OPEN:
                    raise QueryError("this ( is not closed", position=before.position, remedy="add )")
                raise _misplaced(before, "needs something after it")
            case Kind.NOT:
                raise _misplaced(token, "cannot stand here")
            case Kind.AND | Kind.OR | Kind.NEAR:
                raise _misplaced(token, "needs something on its left")

    def _group(self, position: int) -> Node:
        self._enter(position)
        node = self._or()
        if self._take().kind is not Kind.CLOSE:
            raise QueryError("this ( is not closed", position=position, remedy="add )")
        self._depth -= 1
        return node

    def _enter(self, position: int) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(f"parentheses deeper than {MAX_DEPTH}", position=position)

    def _field(self, token: Token) -> Node:
        if self._next.kind not in (Kind.TERM, Kind.OPEN, Kind.CALL):
            raise QueryError(f"{token.text}: stands before nothing", position=token.position,
                             remedy=f"write {token.text}:word or {token.text}:(a OR b)")  # fmt: skip
        part = self._primary()
        field = Field(token.text)
        for node in walk(part):
            if isinstance(node, (In, Published)):
                raise QueryError("a field inside another field", position=node.position, remedy="name one field")
            if isinstance(node, RuleRef):
                raise QueryError("a rule looks where it says itself", position=node.position,
                                 remedy=f"write rule:{node.id} beside {field}:")  # fmt: skip
            if field in (Field.SOURCE, Field.LANGUAGE) and not isinstance(node, (Term, Or, Not, And)):
                raise QueryError(f"{field}: takes words", position=node.position)
        return In(field=field, part=part, position=token.position)

    def _call(self, token: Token) -> Node:
        if self._next.kind is not Kind.OPEN:
            raise QueryError(f"{token.text} needs parentheses", position=token.position,
                             remedy=f'write {token.text}{f"/{token.number}" if token.number else ""}(…), '
                                    f'or "{token.text}" for the word')  # fmt: skip
        part = self._group(self._take().position)
        if token.text == "ATLEAST":
            return AtLeast(count=token.number, part=part, position=token.position)
        for node in walk(part):
            if isinstance(node, (In, Within, AtLeast, RuleRef, Published)):
                raise QueryError(f"this cannot stand inside {token.text}()", position=node.position,
                                 remedy=f"write it beside: {token.text}(a b) AND …")  # fmt: skip
        return Within(part=part, paragraph=token.text == "PARAGRAPH", position=token.position)


def _misplaced(token: Token, what: str) -> QueryError:
    name = token.text or token.kind
    return QueryError(
        f"{name} {what}", position=token.position, remedy=f'write "{name}" in quotes to look for the word'
    )
