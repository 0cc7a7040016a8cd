"""What an item lacks to be matched by a rule, in words."""

from __future__ import annotations

from dataclasses import replace

from monitor.matching.evaluation import ANYWHERE, Scope, Sighting, concerns, evaluate
from monitor.matching.published import Aged, Dated
from monitor.matching.tree import (
    Absent,
    All,
    Any,
    Close,
    Leaf,
    Referred,
    RegexLeaf,
    Scoped,
    Times,
    Together,
    Tree,
)

_SHOWN = 8
"""Of the alternatives of one OR."""


def missing(tree: Tree, sighting: Sighting, scope: Scope = ANYWHERE) -> tuple[str, ...]:
    """The parts that are not met, as small as can be told; none when it holds."""
    if evaluate(tree, sighting, scope) is not None:
        return ()
    match tree:
        case All(parts=parts):
            return tuple(dict.fromkeys(lack for part in parts for lack in missing(part, sighting, scope)))
        case Scoped(field=field, part=part):
            return tuple(f"{lack} in {field}" for lack in missing(part, sighting, replace(scope, fields=(field,))))
        case Close(left=left, right=right):
            sides = (*missing(left, sighting, scope), *missing(right, sighting, scope))
            return sides or (described(tree),)
        case Together(part=part):
            return missing(part, sighting, scope) or (described(tree),)
        case Times(part=part):
            return missing(part, sighting, scope) or (described(tree),)
        case Referred(rule=rule) if concerns(rule, sighting.item):
            return tuple(f"{lack} (rule:{rule.id})" for lack in missing(rule.tree, sighting))
        case Referred(rule=rule):
            return (f"a language or source of rule:{rule.id}",)
        case _:
            return (described(tree),)


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
