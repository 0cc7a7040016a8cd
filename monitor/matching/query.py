"""The query language as a tree."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Literal, TypeAlias

from monitor.core.model import EntityId, Field, ListId, RuleId


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word or phrase. `text` is what stands between the quotes, or the word; `*` and `?` in it are wildcards unless
    escaped with a backslash, and a backslash is written twice; an exact term stands as it is."""

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
class RuleRef:
    """Holds for the items that another rule matches."""

    id: RuleId
    position: int = attribute(default=0, compare=False)


Sign: TypeAlias = Literal["", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A comparison with the time of publication. `sign` is `<`, `<=`, `>`, `>=`, or '' for within; `when` a time or,
    counted back from when the item was taken in, an age."""

    sign: Sign
    when: str
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


Leaf: TypeAlias = Term | Regex | EntityRef | ListRef | RuleRef | Published
Node: TypeAlias = Leaf | And | Or | Not | In | Near | Within | AtLeast


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query that was understood. `writing.write` writes its root in canonical form."""

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

    @property
    def rules(self) -> tuple[tuple[RuleId, int], ...]:
        """The rules that it names, each with its position in code points."""
        return tuple((n.id, n.position) for n in walk(self.root) if isinstance(n, RuleRef))


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case And(parts=parts) | Or(parts=parts):
            return parts
        case Not(part=part) | In(part=part) | Within(part=part) | AtLeast(part=part):
            return (part,)
        case Near(left=left, right=right):
            return (left, right)
        case Term() | Regex() | EntityRef() | ListRef() | RuleRef() | Published():
            return ()


def walk(node: Node) -> tuple[Node, ...]:
    """The node and everything below it, in the order of the query."""
    return (node, *(below for child in children(node) for below in walk(child)))
