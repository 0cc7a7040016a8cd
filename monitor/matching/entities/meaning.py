"""What a name of several words says: its parts, whatever their order."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.matching.entities.concepts import TERRITORY
from monitor.matching.entities.lexicon import words

FUNCTION = words(
    """
    a an the of and for on in to at by from with into against between
    der die das des dem den und im zum zur fur von vom bei mit gegen uber
    le la les l du de d des et pour en au aux sur contre
    el los las y e del para por con sobre contra
    il lo gli i dei degli della delle dello dell per di da do dos das na no nas nos ao
    van het een voor en op te och for i av til og om mot fra med
    ds spraw do na w we z ze o od dla przez nad pod pro po v ve u k s se a za i iz s na od pri o ter ob
    im imienia jmena named after имени им імені ім академика академіка akademika profesora профессора
    и в во на по за о об от для с со у к из при й та від до про з зі із да
    a az es for
    και του της των για στο στη στην ο η το οι τα
    ve ile icin
    przeciw przeciwko proti protiv против проти срещу ellen vastaan vastu pries pret impotriva
    و في من على
    """
)
"""Words that join the others, folded."""

JOINED = "_"
"""In concepts of several words."""
DIRECTIONS = frozenset(("north", "south", "east", "west"))
"""What says which part of a place is meant."""
_BODIES = frozenset(("assembly", "cabinet", "congress", "government", "parliament", "senate"))
"""What papers call by that one word alone, where the country is clear."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of these concepts, or, where there are none, a word that is spelled as it sounds."""

    concepts: frozenset[str] = frozenset()
    proper: str = ""

    @property
    def is_territory(self) -> bool:
        return bool(self.concepts) and all(c.startswith(TERRITORY) for c in self.concepts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """What has to stand together, in any order."""

    parts: tuple[Part, ...]
    number: str = ""
    """Behind the name; a year is none."""
    territory: Part | None = None
    """Of a short one: the country that the whole name has in it."""
    is_one_word: bool = False
    """Of a short one."""

    @property
    def is_general(self) -> bool:
        """Nothing in it is the name of anything."""
        return not any(part.proper or part.is_territory for part in self.parts)

    @property
    def is_part_of_place(self) -> bool:
        """Northern Italy."""
        return all(DIRECTIONS.issuperset(p.concepts) for p in self.parts if p.concepts and not p.is_territory)


def shortened(whole: Composition) -> Composition | None:
    """Senate, where all of the name is United States Senate."""
    countries = [part for part in whole.parts if part.is_territory]
    rest = tuple(part for part in whole.parts if not part.is_territory)
    if len(countries) != 1 or whole.number or not any(part.concepts for part in rest):
        return None
    alone = len(rest) == 1 and not all(JOINED in concept for concept in rest[0].concepts)
    if alone and rest[0].concepts.isdisjoint(_BODIES):
        return None
    return Composition(parts=rest, territory=countries[0], is_one_word=alone)
