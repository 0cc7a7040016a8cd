"""What a query becomes: a tree over numbered terms, which a scan has looked for."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.core.model import Field, RuleId, SourceId
from monitor.matching.published import Aged, Dated
from monitor.matching.query import Regex

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


@dataclass(frozen=True, slots=True, eq=False)
class Referred:
    """Another rule, with all that narrows it."""

    rule: CompiledRule


Tree = Leaf | RegexLeaf | Dated | Aged | All | Any | Absent | Scoped | Close | Together | Times | Referred


def terms_of(tree: Tree) -> set[int] | None:
    """The numbers of all terms in it, without which no place of it is found; None when expressions find some too."""
    found: set[int] = set()
    known: set[Referred] = set()
    waiting = [tree]
    while waiting:
        match waiting.pop():
            case Leaf(number=number):
                found.add(number)
            case RegexLeaf():
                return None
            case All(parts=parts) | Any(parts=parts):
                waiting += parts
            case Absent(part=part) | Scoped(part=part) | Together(part=part) | Times(part=part):
                waiting.append(part)
            case Close(left=left, right=right):
                waiting += (left, right)
            case Referred(rule=rule) as referred if referred not in known:
                known.add(referred)
                waiting.append(rule.tree)
            case _:
                pass
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledRule:
    id: RuleId
    tree: Tree
    languages: frozenset[str]
    """Primary subtags; empty: any."""
    sources: frozenset[SourceId] | None
    """None: all."""
