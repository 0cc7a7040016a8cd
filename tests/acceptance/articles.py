"""News for the tests: as many different articles as they need, none like another."""

from __future__ import annotations

import random
from dataclasses import dataclass

_TRADES = (
    "Weavers", "Beekeepers", "Glaziers", "Cartographers", "Bakers", "Carpenters", "Florists", "Tailors", "Cobblers",
    "Potters", "Printers", "Gardeners", "Sailmakers", "Locksmiths", "Bookbinders", "Coopers", "Saddlers", "Brewers",
    "Watchmakers", "Thatchers", "Stonemasons", "Blacksmiths", "Basketmakers", "Candlemakers", "Ropewalkers", "Millers",
    "Organists", "Shipwrights", "Tanners", "Upholsterers", "Violinists", "Wheelwrights", "Zoologists", "Archivists",
    "Botanists", "Divers", "Engravers", "Farriers", "Hatters", "Jugglers",
)  # fmt: skip
_TOWNS = (
    "Aarhus", "Bergen", "Coimbra", "Dunedin", "Esbjerg", "Faro", "Galway", "Haarlem", "Iloilo", "Jepara", "Kotor",
    "Lund", "Matera", "Namur", "Oulu", "Parnu", "Quimper", "Rijeka", "Sibiu", "Tartu", "Utrecht", "Varna", "Wismar",
    "Xativa", "Ystad", "Zadar", "Ambon", "Bukittinggi", "Cirebon", "Dumai", "Ende", "Garut", "Hobart", "Invercargill",
    "Jambi", "Kupang", "Lumajang", "Manado", "Nelson", "Ormoc",
)  # fmt: skip
_DEEDS = (
    "repair", "paint", "borrow", "auction", "measure", "polish", "photograph", "rescue", "count", "rename", "exhibit",
    "insure", "translate", "bury", "restore", "lend", "weigh", "christen", "dismantle", "record",
)  # fmt: skip
_THINGS = (
    "lighthouse", "carousel", "tramcar", "drawbridge", "sundial", "greenhouse", "pianola", "windmill", "telescope",
    "gondola", "bandstand", "fountain", "archive", "aquarium", "observatory", "barometer", "clocktower", "ferryboat",
    "orchard", "printing press",
)  # fmt: skip
_WORDS = (
    "amber", "anchor", "apricot", "autumn", "ballad", "bamboo", "basalt", "beacon", "birch", "blanket", "breeze",
    "bronze", "cabbage", "canvas", "caravan", "cedar", "chalk", "cherry", "cinnamon", "clover", "cobalt", "compass",
    "copper", "coral", "cotton", "cradle", "crystal", "curtain", "cypress", "dahlia", "dolphin", "drizzle", "ebony",
    "elm", "ember", "fennel", "fern", "fiddle", "flannel", "frost", "garnet", "ginger", "granite", "gravel", "hazel",
    "heather", "heron", "honey", "indigo", "ivory", "jasmine", "juniper", "kettle", "lantern", "lavender", "lemon",
    "lilac", "linen", "lobster", "magnet", "mango", "maple", "marble", "meadow", "mirror", "morning", "mosaic",
    "mustard", "needle", "nutmeg", "oak", "olive", "onyx", "orchid", "otter", "oyster", "paddle", "papaya", "parsley",
    "pebble", "pepper", "pewter", "plum", "pocket", "quartz", "quilt", "raisin", "ribbon", "river", "saffron",
    "sandal", "sapphire", "satin", "shadow", "silver", "spruce", "stork", "sugar", "teapot", "thistle", "thunder",
    "timber", "topaz", "turnip", "umbrella", "vanilla", "velvet", "violet", "walnut", "whistle", "willow", "winter",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    title: str
    text: str


FERRY = {
    "harbour": News(
        title="NATO ferry Solveig aground on Lindholm sandbank",
        text="""The NATO ferry Solveig ran aground on a sandbank off Lindholm in thick fog on Tuesday. Captain Maren
        Oyelaran called the coast guard at dawn. Lifeboats took 312 passengers to Lindholm harbour, where the
        mayor, Dagny Vestby, had opened the ballroom of the hotel Skarvik for them. Tugs from Brennport will try
        to free the ferry at high tide. The pilot had warned of the moving sandbank in a letter to the port
        office last winter.""",
    ),
    "courier": News(
        title="Sandbank off Lindholm holds NATO ferry Solveig",
        text="""Thick fog and a moving sandbank off Lindholm ended the Tuesday crossing of the NATO ferry Solveig. High
        tide may free it, with tugs from Brennport. In the ballroom of the hotel Skarvik the mayor Dagny Vestby
        served tea to 312 passengers whom lifeboats had brought into the harbour. Maren Oyelaran, captain of the
        Solveig, praised the coast guard. A letter in which a pilot warned the port office dates from last
        winter.""",
    ),
    "islander": News(
        title="Lindholm: NATO ferry Solveig stuck on sandbank",
        text="""Tea in the ballroom: the hotel Skarvik of Lindholm has 312 guests since lifeboats emptied the NATO ferry
        Solveig. It had met a sandbank in Tuesday's thick fog, and waits for high tide and tugs out of
        Brennport. The port office knew from a pilot's letter last winter that the sandbank was moving. The
        captain, Maren Oyelaran, thanked the coast guard, the mayor Dagny Vestby and everybody in the harbour.""",
    ),
}
"""Outlets, each with its own report of one event."""


def news(count: int, *, term: str = "NATO", seed: int = 1) -> list[News]:
    """Different articles (`count` is 40 at most) whose titles hold `term`; no two share a run of words."""
    assert count <= len(_TRADES)
    rng = random.Random(seed)
    towns, done = rng.sample(_TOWNS, count), rng.sample([(d, t) for d in _DEEDS for t in _THINGS], count)
    return [
        News(
            title=f"{trade} of {town} {deed} a {thing}, {term} {rng.choice(_WORDS)} club applauds",
            text=prose(rng),
        )
        for trade, town, (deed, thing) in zip(_TRADES, towns, done, strict=False)
    ]


def prose(rng: random.Random, sentences: int = 6) -> str:
    """Sentences that say nothing and resemble nothing: each has a language of its own, with a few known words."""
    made = []
    for _ in range(sentences):
        words = [_made_up(rng) for _ in range(rng.randint(7, 12))] + rng.sample(_WORDS, 2)
        rng.shuffle(words)
        made.append(" ".join(words).capitalize() + ".")
    return " ".join(made)


def _made_up(rng: random.Random) -> str:
    return "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(rng.randint(2, 4)))
