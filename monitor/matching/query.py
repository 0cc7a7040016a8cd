"""The query language as a tree, and how it is written again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import TypeAlias

from monitor.core.model import EntityId, Field, ListId


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word or phrase. `text` is what stands between the quotes, or the word; `*` and `?` in it are wildcards unless
    escaped with a backslash, except in an exact term, which has none."""

    text: str
    is_phrase: bool = attribute(default=False, compare=False)
    """Written in quotes, which changes nothing but how signs and keywords in it are taken."""
    is_exact: bool = False
    position: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regex:
    pattern: str
    ignores_case: bool = False
    position: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRef:
    id: EntityId
    position: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRef:
    id: ListId
    position: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    parts: tuple[Node, ...]
    position: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    parts: tuple[Node, ...]
    position: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    part: Node
    position: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class In:
    """`part`, in one field only."""

    field: Field
    part: Node
    position: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Both sides in one field with at most `distance` words between them; `ordered`: the left one first."""

    left: Node
    right: Node
    distance: int
    ordered: bool
    position: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """`part` holds inside one sentence, or one paragraph."""

    part: Node
    paragraph: bool
    position: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast:
    """`part` has `count` hits or more in the item."""

    count: int
    part: Node
    position: int = attribute(default=0, compare=False)


Node: TypeAlias = Term | Regex | EntityRef | ListRef | And | Or | Not | In | Near | Within | AtLeast


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query that was understood. `str()` writes it in canonical form; parsing that gives an equal query."""

    root: Node
    text: str = attribute(default="", compare=False)
    """As its author wrote it."""

    @property
    def entities(self) -> tuple[tuple[EntityId, int], ...]:
        """The entities that it names, each with its position in code points."""
        return tuple((n.id, n.position) for n in walk(self.root) if isinstance(n, EntityRef))

    @property
    def lists(self) -> tuple[tuple[ListId, int], ...]:
        """The lists that it names, each with its position in code points."""
        return tuple((n.id, n.position) for n in walk(self.root) if isinstance(n, ListRef))

    def __str__(self) -> str:
        return write(self.root)


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case And(parts=parts) | Or(parts=parts):
            return parts
        case Not(part=part) | In(part=part) | Within(part=part) | AtLeast(part=part):
            return (part,)
        case Near(left=left, right=right):
            return (left, right)
        case Term() | Regex() | EntityRef() | ListRef():
            return ()


def walk(node: Node) -> tuple[Node, ...]:
    """The node and everything below it, in the order of the query."""
    return (node, *(below for child in children(node) for below in walk(child)))


_TIGHTNESS = {Or: 0, And: 1, Near: 2, Not: 3}
_KEYWORD = re.compile(r"(?:AND|OR|NOT|O?NEAR/\d+|SENTENCE|PARAGRAPH|ATLEAST/\d+)\Z")
PLAIN_WORD = re.compile(r"[^\s()\"“”„=:,;|&!][^\s()\"“”„:,;|]*\Z")


def write(node: Node) -> str:
    return _write(node, 0)


def _write(node: Node, outer: int) -> str:
    tightness = _TIGHTNESS.get(type(node), 4)
    match node:
        case Term():
            return write_term(node)
        case Regex(pattern=pattern, ignores_case=ignores_case):
            # The backslash before a slash belongs to the query, not to the expression.
            return f"re:/{pattern.replace('/', chr(92) + '/')}/{'i' if ignores_case else ''}"
        case EntityRef():
            return f"entity:{node.id}"
        case ListRef():
            return f"list:{node.id}"
        case And(parts=parts):
            text = " AND ".join(_write(p, tightness + 1) for p in parts)
        case Or(parts=parts):
            text = " OR ".join(_write(p, tightness + 1) for p in parts)
        case Near(left=left, right=right, distance=distance, ordered=ordered):
            operator = "ONEAR" if ordered else "NEAR"
            text = f"{_write(left, tightness + 1)} {operator}/{distance} {_write(right, tightness + 1)}"
        case Not(part=part):
            text = f"NOT {_write(part, tightness)}"
        case In(field=name, part=part):
            inner = _write(part, 0)
            return f"{name}:{inner}" if isinstance(part, Term) else f"{name}:({inner})"
        case Within(part=part, paragraph=paragraph):
            return f"{'PARAGRAPH' if paragraph else 'SENTENCE'}({_write(part, 0)})"
        case AtLeast(count=count, part=part):
            return f"ATLEAST/{count}({_write(part, 0)})"
    return f"({text})" if tightness < outer else text


def write_term(term: Term) -> str:
    """A term as it is written in a query."""
    sign = "=" if term.is_exact else ""
    if not term.is_phrase and PLAIN_WORD.match(term.text) and not _KEYWORD.match(term.text):
        return sign + term.text
    quoted = term.text.replace('"', '\\"')
    return f'{sign}"{quoted}"'
