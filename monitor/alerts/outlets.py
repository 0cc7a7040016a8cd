"""Whose a story is: how many outlets report it of their own accord, and where it comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from monitor.core.model import Carrier
from monitor.text.plain import bare

FURTHEST = 5
"""Credits that are followed: A has it from B, who has it from C."""


def independent(carriers: Sequence[Carrier]) -> int:
    """Reports of one outlet count once, and so do copies of one text and reports that credit one agency, together with
    that agency's own. One that only has something from another outlet of the story counts for nothing beside it."""
    groups: dict[str, str] = {}

    def root(name: str) -> str:
        while (above := groups.setdefault(name, name)) != name:
            groups[name] = groups[above]
            name = above
        return name

    for carrier in carriers:
        # An outlet's feeds are sources of their own, and have its name; what is copied may be known no more.
        own = root(f"item {carrier.item}")
        same = [f"source {carrier.source}", *(f"outlet {bare(name)}" for name in (carrier.site, *carrier.credits))]
        if carrier.copy_of is not None:
            same.append(f"item {carrier.copy_of}")
        for name in same:
            if name != "outlet ":
                groups[root(name)] = own
    reporting = {root(f"item {c.item}") for c in carriers}
    leans: defaultdict[str, set[str]] = defaultdict(set)
    for carrier in carriers:
        for name in carrier.cites:
            cited = root(f"outlet {bare(name)}")
            if cited in reporting:
                leans[root(f"item {carrier.item}")].add(cited)
    # Those that lean on each other are one; who leans on others that do not lean back is none.
    ends = (frozenset(_reached(group, leans)) for group in reporting)
    return len({end for end in ends if all(_reached(other, leans) == end for other in end)})


def _reached(group: str, leans: Mapping[str, Set[str]]) -> Set[str]:
    found, waiting = {group}, [group]
    while waiting:
        new = leans.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def first_outlet(carriers: Sequence[Carrier]) -> str:
    """Where a story comes from as far as its reports say: the outlet of the first of them (they are given in the order
    in which they came), or whom that one credits."""
    if not carriers:
        return ""
    named = {bare(c.site): c for c in reversed(carriers) if bare(c.site)}
    at, name, known = carriers[0], carriers[0].site, {bare(carriers[0].site)}
    for _ in range(FURTHEST):
        credited = next((c for c in (*at.credits, *at.cites) if bare(c)), "")
        if not credited or bare(credited) in known:
            break
        name = credited
        known.add(bare(credited))
        if bare(credited) not in named:
            break
        at = named[bare(credited)]
    return name
