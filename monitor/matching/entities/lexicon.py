"""Words that tell what a name is: titles, particles, words of organisations, given names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = _words(
    """
    von van der den de da di du del della dos la le el al bin ibn ben abu af av zu ter ten y e st
    """
)
TITLES = _words(
    """
    mr mrs ms dr prof sir lord lady dame president prime minister king queen prince princess pope sheikh sultan
    general colonel captain senator chancellor ayatollah imam rabbi cardinal archbishop bishop saint jr sr ii iii
    iv
    """
)
ORGANISATION = _words(
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


@cache
def given_names() -> tuple[tuple[str, frozenset[str]], ...]:
    """Each given name of the lexicon with the sexes that bear it."""
    sexes: dict[str, set[str]] = {}
    for line in files("monitor.matching.entities").joinpath("given_names.txt").read_text("utf-8").splitlines():
        sex, colon, names = line.partition(": ")
        if colon and sex in ("male", "female"):
            for name in names.split():
                sexes.setdefault(name, set()).add(sex)
    return tuple((name, frozenset(of)) for name, of in sexes.items())
