"""From rules to what is looked up: numbered terms, trees over them, and which terms make which rule worth a look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.core.errors import QueryError
from monitor.core.model import EntityId, Field, ListId, RuleId, SourceId
from monitor.core.settings import RuleSettings, SourceSettings
from monitor.matching.parser import parse_query, unbounded
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
    Regex,
    Term,
    Within,
    write_term,
)
from monitor.matching.terms import Pattern, check_term, pattern_of

WHERE = (Field.TITLE, Field.TEXT)
"""What is searched when a query names no field."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A term, list or entity: `number` is what the scan reports, `label` what its author wrote."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class RegexLeaf:
    regex: Regex
    label: str


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    part: Tree


@dataclass(frozen=True, slots=True)
class Scoped:
    field: Field
    part: Tree


@dataclass(frozen=True, slots=True)
class Close:
    left: Tree
    right: Tree
    distance: int
    ordered: bool


@dataclass(frozen=True, slots=True)
class Together:
    part: Tree
    paragraph: bool


@dataclass(frozen=True, slots=True)
class Times:
    count: int
    part: Tree


Tree = Leaf | RegexLeaf | All | Any | Absent | Scoped | Close | Together | Times


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledRule:
    id: RuleId
    tree: Tree
    languages: frozenset[str]
    """Primary subtags; empty: any."""
    sources: frozenset[SourceId] | None
    """None: all."""


def parse_member(text: str) -> Term:
    """A member of a list: a word or phrase, with or without quotes, wildcards as in a query, `=` for the exact form.
    Raises `QueryError`."""
    bare = text.strip()
    is_exact = bare.startswith("=")
    bare = bare[1:].strip() if is_exact else bare
    if len(bare) >= 2 and bare[0] in '"“„' and bare[-1] in '"”“':
        bare = bare[1:-1]
    term = Term(text=bare, is_phrase=True, is_exact=is_exact)
    check_term(term)
    return term


def rule_node(rule: RuleSettings) -> Node:
    """`match` and `any`/`all`/`none` of a rule as one query. Raises `QueryError`."""
    parts: list[Node] = []
    if rule.match:
        parts.append(parse_query(rule.match).root)
    if rule.any:
        members = tuple(parse_query(text).root for text in rule.any)
        parts.append(members[0] if len(members) == 1 else Or(parts=members))
    parts.extend(parse_query(text).root for text in rule.all)
    parts.extend(Not(part=parse_query(text).root) for text in rule.none)
    if not parts:
        raise QueryError("the rule says nothing to look for", position=0, remedy="give it a match: or any:")
    node = parts[0] if len(parts) == 1 else And(parts=tuple(parts))
    if unbounded(node) is not None:
        raise QueryError("the rule only says what must not occur", position=0,
                         remedy="say what to look for with match:, any: or all:")  # fmt: skip
    return node


class Compiler:
    """Numbers terms as rules ask for them; the same term of two rules is one."""

    def __init__(self, lists: Mapping[ListId, tuple[str, ...]], entities: Sequence[EntityId]) -> None:
        self._lists = lists
        self._entities = frozenset(entities)
        self._numbers: dict[Pattern | tuple[str, str], int] = {}
        self._weights: list[int] = []
        self.patterns: list[tuple[Pattern, int]] = []
        """What the automaton looks for, and the number of the term that it stands for."""
        self.entities: dict[EntityId, int] = {}
        """The entities in use, with their numbers."""
        self.fields: set[Field] = set(WHERE)
        self.rules: list[CompiledRule] = []
        self.triggers: dict[int, list[int]] = {}
        """Number of a term -> the rules (indexes) that become worth a look when it occurs."""
        self.always: list[int] = []
        """Rules that nothing but evaluation can rule out: those made of regular expressions."""

    def add(self, rule: RuleSettings, sources: Sequence[SourceSettings]) -> None:
        tree = self._tree(rule_node(rule))
        index = len(self.rules)
        self.rules.append(
            CompiledRule(
                id=rule.id,
                tree=tree,
                languages=frozenset(code.lower().replace("_", "-").split("-")[0] for code in rule.languages),
                sources=_sources(rule, sources),
            )
        )
        needed = self._needed(tree)
        if needed is None:
            self.always.append(index)
            return
        for number in needed:
            self.triggers.setdefault(number, []).append(index)

    def _tree(self, node: Node, field: Field | None = None) -> Tree:
        match node:
            case Term():
                return Leaf(self._term(node, whole=field is Field.SOURCE), write_term(node))
            case ListRef():
                return Leaf(self._list(node), f"list:{node.id}")
            case EntityRef():
                return Leaf(self._entity(node), f"entity:{node.id}")
            case Regex(pattern=pattern, ignores_case=ignores_case):
                return RegexLeaf(node, f"re:/{pattern}/{'i' if ignores_case else ''}")
            case And(parts=parts):
                return All(tuple(self._tree(p, field) for p in parts))
            case Or(parts=parts):
                return Any(tuple(self._tree(p, field) for p in parts))
            case Not(part=part):
                return Absent(self._tree(part, field))
            case In(field=named, part=part):
                self.fields.add(named)
                return Scoped(named, self._tree(part, named))
            case Near(left=left, right=right, distance=distance, ordered=ordered):
                return Close(self._tree(left, field), self._tree(right, field), distance, ordered)
            case Within(part=part, paragraph=paragraph):
                return Together(self._tree(part, field), paragraph)
            case AtLeast(count=count, part=part):
                return Times(count, self._tree(part, field))

    def _number(self, key: Pattern | tuple[str, str], weight: int) -> tuple[int, bool]:
        number = self._numbers.get(key)
        if number is not None:
            return number, False
        number = len(self._weights)
        self._numbers[key] = number
        self._weights.append(weight)
        return number, True

    def _term(self, term: Term, *, whole: bool) -> int:
        pattern = pattern_of(term, whole=whole)
        number, is_new = self._number(pattern, len(pattern.literal))
        if is_new:
            self.patterns.append((pattern, number))
        return number

    def _list(self, node: ListRef) -> int:
        if node.id not in self._lists:
            raise QueryError(f"there is no list {node.id}", position=node.position)
        members = self._lists[node.id]
        number, is_new = self._number(("list", node.id), 1)
        if is_new:
            self.patterns.extend(
                (pattern, number) for pattern in dict.fromkeys(pattern_of(parse_member(m)) for m in members)
            )
        return number

    def _entity(self, node: EntityRef) -> int:
        if node.id not in self._entities:
            raise QueryError(f"there is no entity {node.id}", position=node.position)
        number, _ = self._number(("entity", node.id), 5)
        self.entities[node.id] = number
        return number

    def _needed(self, tree: Tree) -> frozenset[int] | None:
        """Terms of which one at least occurs whenever the tree holds; None when there is no such set."""
        match tree:
            case Leaf(number=number):
                return frozenset((number,))
            case RegexLeaf() | Absent():
                return None
            case All(parts=parts):
                sets = [s for p in parts if (s := self._needed(p)) is not None]
                return min(sets, key=self._cost) if sets else None
            case Any(parts=parts):
                union: set[int] = set()
                for part in parts:
                    needed = self._needed(part)
                    if needed is None:
                        return None
                    union |= needed
                return frozenset(union)
            case Scoped(part=part) | Together(part=part) | Times(part=part):
                return self._needed(part)
            case Close(left=left, right=right):
                sets = [s for p in (left, right) if (s := self._needed(p)) is not None]
                return min(sets, key=self._cost) if sets else None

    def _cost(self, needed: frozenset[int]) -> tuple[int, int]:
        """Few terms are better than many, and long words rarer than short ones."""
        return len(needed), -min((self._weights[n] for n in needed), default=0)


def _sources(rule: RuleSettings, sources: Sequence[SourceSettings]) -> frozenset[SourceId] | None:
    allowed: frozenset[SourceId] | None = frozenset(rule.sources) if rule.sources else None
    if rule.tags:
        tagged = frozenset(s.id for s in sources if not set(s.tags).isdisjoint(rule.tags))
        allowed = tagged if allowed is None else allowed & tagged
    return allowed
