"""What else a name may say that means the same: other words for an office, a war, a ministry, or fewer of them."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.matching.entities.lexicon import words
from monitor.matching.entities.meaning import Part

_FEW, _ENOUGH = 2, 4
_KIN = tuple(
    map(
        words,
        (
            "agency administration office authority bureau department directorate service inspection",
            "centre institute institution academy",
            "association union society federation confederation league organization",
            "agreement treaty pact deal accord convention",
        ),
    )
)
"""What one language calls an office another calls an agency, where the rest of the name says which one it is."""
_CONFLICT = words("war invasion aggression conflict offensive attack")
_MINISTRIES = frozenset(
    f"{topic}_ministry"
    for topic in (
        "agriculture",
        "culture",
        "defence",
        "digital",
        "economy",
        "education",
        "emergency",
        "energy",
        "environment",
        "finance",
        "foreign",
        "health",
        "industry",
        "interior",
        "justice",
        "labour",
        "science",
        "transport",
    )
)
"""Concepts that are said in one word."""
_ELECTION = words("election vote")
_SORTS = words("presidential parliamentary general legislative federal national")
"""Of elections: papers leave it out where everybody knows which one."""


def widened(part: Part, parts: list[Part]) -> Part:
    rest = [p for p in parts if p != part]
    if any(p.is_territory for p in rest) and not part.concepts.isdisjoint(_CONFLICT):
        return Part(part.concepts | _CONFLICT)
    if sum(bool(p.concepts) for p in rest) < 2:
        return part
    kin = [family for family in _KIN if not part.concepts.isdisjoint(family)]
    return Part(part.concepts.union(*kin)) if kin else part


def in_other_words(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """With the one word that some languages have for a ministry, or with all of them where that word is typed: МИД,
    Министерство иностранных дел; nothing where there is none."""
    for part in parts:
        said = part.concepts & _MINISTRIES
        if said:
            topics = frozenset(concept.removesuffix("_ministry") for concept in said)
            return (*(p for p in parts if p is not part), Part(frozenset({"ministry"})), Part(topics))
    office = next((p for p in parts if "ministry" in p.concepts), None)
    for part in parts if office is not None else ():
        short = frozenset(f"{topic}_ministry" for topic in part.concepts) & _MINISTRIES
        if short:
            return (*(p for p in parts if p not in (part, office)), Part(short))
    return ()


def shorter(parts: list[Part], joined: list[bool]) -> Iterator[tuple[Part, ...]]:
    """Wistar Institute of Anatomy and Biology: Wistar Institute. Liberal and Agrarianist Party: Liberal Party. Russian
    Invasion of Georgia: Invasion of Georgia."""
    first = joined.index(True) if True in joined else 0
    before = parts[:first]
    if len(parts) >= _ENOUGH and any(p.proper for p in before) and before[-1].concepts:
        yield (*(p for p in before[:-1] if p.proper), before[-1])
    spelled = [i for i, part in enumerate(parts) if part.proper]
    if len(spelled) == 1 and spelled[0] and joined[spelled[0]] and len(parts) > _FEW and spelled[0] < len(parts) - 1:
        yield tuple(part for part in parts if not part.proper)
    countries = [i for i, part in enumerate(parts) if part.is_territory]
    if len(countries) == 2 and countries[0] == 0 and joined[countries[1]]:
        yield tuple(parts[1:])
    if countries and any(not p.concepts.isdisjoint(_ELECTION) for p in parts):
        bare = tuple(p for p in parts if p.concepts.isdisjoint(_SORTS))
        if len(bare) < len(parts):
            yield bare
