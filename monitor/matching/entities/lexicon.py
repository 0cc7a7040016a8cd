"""Words that tell what a name is: titles, particles, words of organisations, given names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel.localedata import load

from monitor.text.folding import fold_text


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = words(
    """
    von van der den de da di du del della dos la le el al bin ibn ben abu af av zu ter ten y e st ul bint das do
    фон ван дер ден де да ди дю дель ла ле ель эль аль бин бен ибн уль ібн φον ντε βαν
    فون فان دي دو دا ديل بن ابن ال פון ואן דר דה די דו בן אל 폰 판 데 디 다 반 델 더 빈
    """
)
TITLES = words(
    """
    mr mrs ms dr prof sir lord lady dame president prime minister king queen prince princess pope sheikh sultan
    general colonel captain senator chancellor ayatollah imam rabbi cardinal archbishop bishop saint jr sr ii iii
    iv
    """
)
ORGANISATION = words(
    """
    agency alliance airlines airways army assembly association authority bank board brothers bureau capital center
    centre church club college commission committee company congress corporation corp council court department
    energy federation financial force forces forum foundation front fund gas government group guard holding
    holdings inc industries initiative institute international league limited llc llp ltd media military ministry
    mission motor motors movement museum national navy network news office oil ombudsman organisation organization
    parliament partners partnership party plc police post press program programme project railways republic senate
    service services society solutions state states stream street system systems team technologies technology
    telecom times treaty tribunal tribune trust union united university world gmbh ag kg se sa spa nv ab oy as kft
    zrt srl bv airport river sea ocean lake mountain mount island islands city county province region district
    valley bay gulf peninsula desert park cup games festival awards award prize war battle agreement accord
    accords pact summit conference election elections referendum crisis attack attacks attacke revolution day act
    law bill convention protocol plan declaration championship championships olympics north south east west
    northern southern eastern western new great central european american british german french russian chinese
    african asian arab islamic democratic republican people peoples christian social socialist labour conservative
    liberal communist of the and for on in und der die das des et les du
    """
)


_HERE = "monitor.matching.entities"


@dataclass(frozen=True, slots=True)
class GivenName:
    """`home` is where a name is usual: "latin" (languages written so), "other", "japanese"; "" for everywhere."""

    name: str
    sexes: frozenset[str]
    home: str
    is_usual: bool
    """Hardly ever a family name."""
    groups: frozenset[int]
    """Of its national forms: names that share one are the same name."""


def _lines(name: str) -> list[str]:
    text = files(_HERE).joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def forms() -> tuple[tuple[str, ...], ...]:
    """The groups of national forms."""
    return tuple(tuple(line.partition("\t")[2].split()) for line in _lines("name_forms.tsv"))


@cache
def given_names() -> dict[str, GivenName]:
    """All given names that are known, by what they are folded to."""
    names: dict[str, str] = {}
    sexes: dict[str, set[str]] = {}
    homes: dict[str, set[str]] = {}
    groups: dict[str, set[int]] = {}

    def add(name: str, sex: str, home: str) -> str:
        folded = fold_text(name)
        names.setdefault(folded, name)
        sexes.setdefault(folded, set()).add(sex)
        homes.setdefault(folded, set()).add(home)
        return folded

    for line in _lines("given_names.txt"):
        kind, _, words = line.partition(": ")
        sex, _, home = kind.partition(" ")
        if sex != "family":
            for name in words.split():
                add(name, sex, home)
    for number, line in enumerate(_lines("name_forms.tsv")):
        sex, _, words = line.partition("\t")
        for name in words.split():
            groups.setdefault(add(name, sex, ""), set()).add(number)
    return {
        folded: GivenName(
            name,
            frozenset(sexes[folded]),
            next(iter(homes[folded])) if len(homes[folded]) == 1 else "",
            "" in homes[folded],
            frozenset(groups.get(folded, ())),
        )
        for folded, name in names.items()
    }


@cache
def first_family_names() -> frozenset[str]:
    """Family names of China, Korea and Vietnam, which stand first."""
    return frozenset(
        fold_text(name)
        for line in _lines("given_names.txt")
        if line.startswith("family")
        for name in line.partition(": ")[2].split()
    )


@cache
def context(kind: str) -> frozenset[str]:
    """The words of a kind (see the file), folded."""
    return frozenset(
        fold_text(word)
        for line in _lines("context.tsv")
        for of, _, words in [line.partition("\t")]
        if of == kind
        for word in words.split()
    )


@cache
def calendar_words(language: str) -> frozenset[str]:
    """Months and days of the week."""
    try:
        known = load(language)
    except (ValueError, OSError):
        return frozenset()
    found: set[str] = set()
    for what in ("months", "days"):
        for names in known.get(what, {}).get("format", {}).values():
            found.update(fold_text(n) for n in getattr(names, "values", tuple)() if isinstance(n, str) and len(n) > 2)
    return frozenset(found)
