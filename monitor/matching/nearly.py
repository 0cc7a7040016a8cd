"""Why a rule does not hold for an item although something of it is there."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.core.model import Hit, Item, RuleId
from monitor.matching.evaluation import ANYWHERE, Place, Scope, Sighting, concerns, evaluate
from monitor.matching.published import Aged, Dated
from monitor.matching.tree import (
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

MOST = 2
"""Things that may be missing: with more, a rule did not nearly match."""
_SHOWN = 4
"""Of the alternatives of one OR."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A rule of which something was found, and what kept it from matching, in words."""

    rule: RuleId
    hits: tuple[Hit, ...]
    missing: tuple[str, ...]


def shortfall(rule: CompiledRule, item: Item, sighting: Sighting) -> tuple[list[Place], list[str]]:
    """What was found of a rule that does not hold, and what was missing."""
    found, missing = _short(rule.tree, sighting, ANYWHERE)
    if not concerns(rule, item):
        missing.append(f"it is for other articles than those of {item.source} in {item.language or 'no language'}")
    return found, missing


def _short(tree: Tree, sighting: Sighting, scope: Scope) -> tuple[list[Place], list[str]]:
    """The places found, and what is missing: nothing where the tree holds."""
    held = evaluate(tree, sighting, scope)
    if held is not None:
        return held, []
    match tree:
        case All(parts=parts):
            found: list[Place] = []
            missing: list[str] = []
            for part in parts:
                of_part, lacks = _short(part, sighting, scope)
                found += of_part
                missing += lacks
            return found, missing
        case Any(parts=parts):
            tried = [_short(part, sighting, scope) for part in parts]
            begun = [t for t in tried if t[0]]
            if begun:
                return min(begun, key=lambda t: len(t[1]))
            return [], [described(tree)]
        case Absent(part=part):
            there = evaluate(part, sighting, scope) or []
            words = ", ".join(dict.fromkeys(f"“{sighting.original(p.field)[p.start : p.end]}”" for p in there[:3]))
            return [], [f"{described(tree)}: {words} is there" if words else described(tree)]
        case Scoped(field=field, part=part):
            found, missing = _short(part, sighting, Scope((field,)))
            if not found and (elsewhere := evaluate(part, sighting)):
                return elsewhere, [described(tree)]
            return found, [f"{m} in {field}" for m in missing]
        case Close(left=left, right=right):
            sides = [_short(left, sighting, scope), _short(right, sighting, scope)]
            missing = [m for _, lacks in sides for m in lacks]
            return [p for places, _ in sides for p in places], missing or [described(tree)]
        case Together(part=part):
            found, missing = _short(part, sighting, scope)
            return found, missing or [described(tree)]
        case Times(part=part):
            found, missing = _short(part, sighting, scope)
            so_often = len({(p.field, p.start, p.end) for p in found})
            return found, missing or [f"{described(tree)}: {so_often} are there"]
        case Referred(rule=rule):
            found, missing = _short(rule.tree, sighting, ANYWHERE)
            return found, missing or [described(tree)]
        case Leaf() | RegexLeaf() | Dated() | Aged():
            return [], [described(tree)]


def described(tree: Tree) -> str:
    """A part of a query, in words."""
    match tree:
        case Leaf(label=label) | RegexLeaf(label=label) | Dated(label=label) | Aged(label=label):
            return label
        case All(parts=parts):
            return " and ".join(map(_inside, parts))
        case Any(parts=parts):
            more = f" and {len(parts) - _SHOWN} more" if len(parts) > _SHOWN else ""
            return f"one of {', '.join(_inside(part) for part in parts[:_SHOWN])}{more}"
        case Absent(part=part):
            return f"no {_inside(part)}"
        case Scoped(field=field, part=part):
            return f"{_inside(part)} in {field}"
        case Close(left=left, right=right, distance=distance, ordered=True):
            return f"{_inside(left)} at most {distance} words before {_inside(right)}"
        case Close(left=left, right=right, distance=distance):
            return f"{_inside(left)} within {distance} words of {_inside(right)}"
        case Together(part=part, paragraph=paragraph):
            return f"{_inside(part)} in one {'paragraph' if paragraph else 'sentence'}"
        case Times(count=count, part=part):
            return f"{_inside(part)} {count} times"
        case Referred(rule=rule):
            return f"rule:{rule.id}"


def _inside(part: Tree) -> str:
    text = described(part)
    return f"({text})" if isinstance(part, (All, Any, Close)) else text
