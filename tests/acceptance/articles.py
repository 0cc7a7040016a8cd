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
