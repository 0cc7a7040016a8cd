"""From rules to what is looked up: numbered terms, trees over them, and which terms make which rule worth a look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import Final

from monitor.core.errors import QueryError
from monitor.core.model import EntityId, Field, ListId, RuleId, SourceId
from monitor.core.settings import RuleSettings, SourceSettings
from monitor.matching.parser import parse_query, unbounded
from monitor.matching.published import Aged, Dated
from monitor.matching.published import compiled as compiled_time
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
    Published,
    Regex,
    RuleRef,
    Term,
    Within,
)
from monitor.matching.terms import Pattern, check_term, pattern_of
from monitor.matching.tree import (
    WHERE,
    Absent,
    All,
    Any,
    Close,
    CompiledRule,
    Leaf,
    Referred,
    RegexLeaf,
    Scoped,
    Times,
    Together,
    Tree,
)
from monitor.matching.writing import write_term
from monitor.text.language import primary

MAX_REFERENCES: Final = 20
"""So long may a chain of rules be that refer to each other."""


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
    parts.extend(parse_query(text, is_part=True).root for text in rule.all)
    parts.extend(Not(part=parse_query(text).root) for text in rule.none)
    if not parts:
        raise QueryError("the rule says nothing to look for", position=0, remedy="give it a match: or any:")
    node = parts[0] if len(parts) == 1 else And(parts=tuple(parts))
    if unbounded(node) is not None:
        raise QueryError("the rule only says what narrows it", position=0,
                         remedy="say what to look for with match:, any: or all:")  # fmt: skip
    return node


class Compiler:
    """Numbers terms as rules ask for them; the same term of two rules is one."""

    def __init__(
        self,
        lists: Mapping[ListId, tuple[str, ...]],
        entities: Iterable[EntityId],
        rules: Sequence[RuleSettings],
        sources: Sequence[SourceSettings],
        zone: tzinfo,
    ) -> None:
        """Raises `QueryError` for a rule that cannot be understood."""
        self._lists = lists
        self._entities = frozenset(entities)
        self._settings = {rule.id: rule for rule in rules}
        self._sources = sources
        self._zone = zone
        self._numbers: dict[Pattern | tuple[str, str], int] = {}
        self._weights: list[int] = []
        self._referred: dict[RuleId, Referred] = {}
        self._way: list[RuleId] = []
        """The rules that led to the one that is being compiled."""
        self._needs: dict[Referred, frozenset[int] | None] = {}
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
        for index, rule in enumerate(rules):
            compiled = self._rule(rule)
            self.rules.append(compiled)
            needed = self._needed(compiled.tree)
            if needed is None:
                self.always.append(index)
            for number in needed or ():
                self.triggers.setdefault(number, []).append(index)

    def _rule(self, rule: RuleSettings) -> CompiledRule:
        known = self._referred.get(rule.id)
        if known is not None and self._settings[rule.id] is rule:
            return known.rule
        self._way.append(rule.id)
        tree = self._tree(rule_node(rule))
        self._way.pop()
        return CompiledRule(
            id=rule.id,
            tree=tree,
            languages=frozenset(map(primary, rule.languages)),
            sources=_sources(rule, self._sources),
        )

    def _tree(self, node: Node, field: Field | None = None) -> Tree:
        match node:
            case Term():
                return Leaf(self._term(node, whole=field is Field.SOURCE), write_term(node))
            case ListRef():
                return Leaf(self._list(node), f"list:{node.id}")
            case EntityRef():
                return Leaf(self._entity(node), f"entity:{node.id}")
            case RuleRef():
                return self._refer(node)
            case Published():
                return compiled_time(node, self._zone)
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

    def _refer(self, node: RuleRef) -> Referred:
        if node.id not in self._settings:
            raise QueryError(f"there is no rule {node.id}", position=node.position)
        if node.id in self._way:
            circle = " → ".join((*self._way[self._way.index(node.id) :], node.id))
            raise QueryError(f"this rule refers to itself: {circle}", position=node.position)
        if len(self._way) > MAX_REFERENCES:
            raise QueryError(f"rules refer to each other more than {MAX_REFERENCES} deep", position=node.position)
        if node.id not in self._referred:
            self._referred[node.id] = Referred(self._rule(self._settings[node.id]))
        return self._referred[node.id]

    def _needed(self, tree: Tree) -> frozenset[int] | None:
        """Terms of which one at least occurs whenever the tree holds; None when there is no such set."""
        match tree:
            case Leaf(number=number):
                return frozenset((number,))
            case RegexLeaf() | Absent() | Dated() | Aged():
                return None
            case Referred(rule=rule):
                if tree not in self._needs:
                    self._needs[tree] = self._needed(rule.tree)
                return self._needs[tree]
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
