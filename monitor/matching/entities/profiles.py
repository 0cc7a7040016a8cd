"""What it costs to hear one sound for another, script by script."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from monitor.text.scripts import Script

LONGEST = 100
"""Sounds of a name."""
BITS = {sound: 1 << place for place, sound in enumerate("pbfvwmntdszSZcCJkgxhlrjaeiou@_AWY12345R")}
"""All sounds."""
_LIMITS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, float("inf"))
_SMALL = 0.5
_LOOSE = 1.9
"""How much further off a word may be where something else speaks for the name."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How a script hears sounds. Keys of pairs are (sound of the name, sound of the text)."""

    substitution: dict[tuple[str, str], float]
    loss: dict[str, float]
    """A sound of the name that the text lacks; others cost 1."""
    gain: dict[str, float]
    """A sound of the text that the name lacks; others cost 1."""
    per_sound: float
    """The limit of the distance, per sound of the name."""
    least: float
    most: float
    short: float = 0.25
    """The limit for names of up to four sounds."""
    loose: float = _LOOSE
    shows_first_vowel: bool = False
    """Whether a letter stands for the vowel that a name begins with, though vowels are not written elsewhere."""
    strict_vowels: bool = False
    """Whether a vowel at the beginning is written much the same in all spellings."""
    shortest: float = 0.0
    """The limit for names of up to three sounds, if another."""
    limits: tuple[float, ...] = field(init=False)
    """By the number of sounds."""
    costs: dict[str, dict[str, float]] = field(init=False)
    """Of substitution, by the sound of the name."""
    apart: dict[tuple[str, str, float], bool] = field(init=False, default_factory=dict)
    """Whether two first sounds put words too far apart for a limit, as it is asked for."""
    _heard_as: dict[str, int] = field(init=False, default_factory=dict)
    _needed: dict[float, dict[str, int]] = field(init=False, default_factory=dict)

    def heard_as(self, sounds: str) -> int:
        """The sounds of a name that one of these may be heard for, as bits; those within each of some limits, see
        `has_to_be_heard`."""
        table = self._heard_as or self._hearing()
        found = 0
        for sound in sounds:
            found |= table.get(sound, 0)
        return found

    def _hearing(self) -> dict[str, int]:
        for place, limit in enumerate(_LIMITS):
            for sound, bit in BITS.items():
                self._heard_as[sound] = self._heard_as.get(sound, 0) | bit << place * len(BITS)
            for (mine, theirs), cost in self.substitution.items():
                if cost <= limit:
                    self._heard_as[theirs] |= BITS[mine] << place * len(BITS)
        return self._heard_as

    def has_to_be_heard(self, sounds: str, limit: float) -> int:
        """Those of a name that a text within the limit does not lack, as bits that `heard_as` then has too."""
        table = self._needed.get(limit)
        if table is None:
            place = next(place for place, known in enumerate(_LIMITS) if known >= limit)
            table = self._needed[limit] = {
                sound: bit << place * len(BITS) for sound, bit in BITS.items() if self.loss.get(sound, 1.0) > limit
            }
        found = 0
        for sound in sounds:
            found |= table.get(sound, 0)
        return found

    def begin_apart(self, mine: str, theirs: str, limit: float) -> bool:
        """Whether the first sounds alone put two words farther apart than the limit."""
        return (
            mine != theirs
            and self.substitution.get((mine, theirs), 1.0) > limit
            and self.loss.get(mine, 1.0) > limit
            and self.gain.get(theirs, 1.0) > limit
        )

    @property
    def drops_r(self) -> bool:
        return self.loss.get("R", 1.0) < _SMALL

    def __post_init__(self) -> None:
        limits = [
            (self.shortest if n <= 3 and self.shortest else self.short)
            if n <= 4
            else max(self.least, min(self.most, self.per_sound * n))
            for n in range(LONGEST)
        ]
        object.__setattr__(self, "limits", tuple(limits))
        costs: dict[str, dict[str, float]] = {}
        for (mine, theirs), cost in self.substitution.items():
            costs.setdefault(mine, {mine: 0.0})[theirs] = cost
        object.__setattr__(self, "costs", costs)


_UNSURE = {"1": "a", "2": "e", "3": "i", "4": "o", "5": "u", "R": "r"}
"""What may stand in for a sound, by the symbol that says so."""
_OPEN_COSTS = "1e=.05 1@=.1 1o=.15 1i=.4 2i=.2 2@=.05 2a=.25 3@=.1 3e=.2 4a=.15 4@=.1 4u=.25 5a=0 5@=.05 5o=.25"
_STRICT_COSTS = _OPEN_COSTS.replace("2i=.2 ", "").replace("1i=.4 ", "")
"""Where Zelinsky is not Zelensky."""


def _pairs(text: str, open_costs: str = _OPEN_COSTS) -> dict[tuple[str, str], float]:
    table: dict[tuple[str, str], float] = {}
    for entry in text.split():
        pair, _, cost = entry.partition("=")
        table[pair[0], pair[1]] = table[pair[1], pair[0]] = float(cost)
    for unsure, sure in _UNSURE.items():
        for (mine, theirs), number in list(table.items()):
            if mine == sure:
                table[unsure, theirs] = number
        table[unsure, sure] = table.get((unsure, sure), 0.0)
    for entry in open_costs.split():
        pair, _, cost = entry.partition("=")
        table[pair[0], pair[1]] = min(float(cost), table.get((pair[0], pair[1]), 1.0))
    return table


def _lost(costs: dict[str, float]) -> dict[str, float]:
    return {u: costs[s] for u, s in _UNSURE.items() if s in costs} | costs


_COMMON = (
    "sz=.2 cs=.25 cz=.25 cC=.25 CS=.3 JZ=.1 JC=.3 Zz=.25 ZS=.3 Ss=.25 Jj=.2 Jz=.25 Jg=.3 kx=.2 gx=.25 gh=.2 "
    "xh=.1 vu=.2 wu=.1 vw=.1 ij=.1 "
    "kg=.3 td=.3 bp=.3 pf=.3 bv=.2 fv=.2 kc=.5 nm=.6 ao=.4 ou=.4 ae=.4 au=.5 ei=.6 eo=.6 "
    "@a=.15 @e=.15 @i=.15 @o=.15 @u=.15 _a=.1 _e=.15 _i=.15 _o=.15 _u=.15 "
)
_ABJAD = (
    "Aa=0 Ae=.1 Ao=.1 Ai=.15 Au=.15 Ah=.05 Wu=0 Wo=0 Wv=0 Ww=0 Yi=0 Ye=0 Yj=0 Wa=.5 We=.5 Ya=.5 Yu=.6 A@=0 W@=.1 "
    "Y@=.1 Jg=.1 bv=.05 bp=.1 pf=.1 kg=.3 kx=.1 td=.4 Ss=.1 sc=.3 cC=.15 cz=.4 dz=.6 fv=.4 Jj=.4 CS=.25 JZ=.05 "
)
_VOWELS_06 = _lost(dict.fromkeys("aeiou", 0.6)) | {"@": 0.3, "_": 0.05, "j": 0.12, "h": 0.12}
_DEFAULT = Profile(_pairs(_COMMON, _STRICT_COSTS), _VOWELS_06, _VOWELS_06, 0.075, 0.25, 0.55, 0.1)
_ABJAD_PROFILE = Profile(
    _pairs(_COMMON + _ABJAD),
    {"a": 0.1, "e": 0.08, "i": 0.2, "o": 0.2, "u": 0.2, "@": 0.08, "1": 0.1, "2": 0.08, "3": 0.15, "4": 0.15, "5": 0.12}
    | {"j": 0.1, "h": 0.12},
    dict.fromkeys("AWY", 0.15) | {"h": 0.15},
    0.085,
    0.3,
    0.9,
    loose=1.4,
    shows_first_vowel=True,
)
_EAST_LOSS = _lost(dict.fromkeys("aeiou@", 0.5)) | {"r": 0.6, "R": 0.03, "j": 0.1, "h": 0.1, "x": 0.3}
_PROFILES = {
    Script.CYRILLIC: Profile(
        _pairs(_COMMON + "hx=.05 hg=.15 eo=.5 vu=.15 ts=.6 bp=.6 td=.5 kg=.5 pf=.7 ", _STRICT_COSTS),
        _VOWELS_06,
        _VOWELS_06 | {"@": 0.12},
        0.075,
        0.25,
        0.56,
        0.15,
        strict_vowels=True,
        shortest=0.06,
    ),
    Script.ARABIC: _ABJAD_PROFILE,
    Script.HEBREW: _ABJAD_PROFILE,
    Script.KANA: Profile(
        _pairs(_COMMON + "lr=0 bv=.02 hf=.1 hx=0 td=.3 sz=.2 Ci=.4 Ct=.2 Jd=.2 Jz=.05 JZ=.05 uv=.1 wu=0 ei=.4 "
               "sS=.1 @a=.1 "
               "ct=.2 cs=.2 nm=.15 ae=.3 "),
        _EAST_LOSS,
        {"u": 0.06, "o": 0.15, "i": 0.2, "a": 0.5, "e": 0.5, "j": 0.1, "h": 0.3},
        0.09,
        0.3,
        0.9,
        0.2,
        loose=1.5,
    ),
    Script.HANGUL: Profile(
        _pairs(_COMMON + "lr=0 kg=.2 td=.2 pb=.2 pf=.02 pv=.15 bv=.02 bf=.15 fv=.1 hf=.1 hx=0 Jz=.03 JZ=.03 "
               "zZ=.1 sS=.05 sz=.15 "
               "sJ=.15 @e=.15 @o=.15 @a=.15 eo=.4 ae=.3 Cc=.03 cs=.15 cJ=.15 CJ=.15 ts=.3 wu=0 nm=.5 gx=.15 "
               "@_=.05 _e=.25 _i=.3 _u=.25 _a=.4 _o=.4 Rl=.3 Rr=.1 "),
        _EAST_LOSS,
        {"_": 0.03, "g": 0.2, "u": 0.3, "i": 0.25, "a": 0.5, "e": 0.5, "o": 0.5, "@": 0.3, "j": 0.1, "h": 0.4},
        0.09,
        0.3,
        0.9,
        0.18,
        loose=1.8,
    ),
    Script.HAN: Profile(
        _pairs(_COMMON + "lr=.05 bp=.05 td=.05 kg=.05 nm=.15 sz=.1 sS=.1 cs=.1 Js=.2 Jg=.15 Jk=.15 Ck=.2 CS=.15 "
    "Cz=.2 bv=.2 fv=.1 vu=.05 hx=0 kx=.1 "
               "ao=.2 ae=.2 ei=.2 eo=.2 ou=.2 iu=.4 ai=.5 "),
        _lost(dict.fromkeys("aeiou@", 0.25))
        | {"r": 0.3, "R": 0.05, "j": 0.05, "h": 0.1, "l": 0.8, "n": 0.6, "s": 0.8, "t": 0.7, "k": 0.8},
        dict.fromkeys("aeiou", 0.12) | {"j": 0.05, "g": 0.02, "h": 0.3, "n": 0.5, "r": 0.4},
        0.1,
        0.35,
        0.8,
        0.2,
        loose=1.3,
    ),
    Script.THAI: Profile(
        _pairs(_COMMON + "lr=.2 bp=.1 td=.1 kg=.05 sz=0 CS=.1 CZ=.1 JZ=.1 bv=.1 fv=.1 vu=.05 "),
        _lost(dict.fromkeys("aeiou@", 0.2)) | {"r": 0.3, "R": 0.05, "j": 0.1, "h": 0.1},
        dict.fromkeys("aeiou", 0.2) | {"g": 0.2, "h": 0.1, "j": 0.1},
        0.1,
        0.3,
        0.8,
        0.15,
        loose=1.4,
    ),
}  # fmt: skip
_INDIC_COSTS = "td=.2 sS=.15 vw=0 Jz=.1 pf=.1 kx=.1 gx=.2 ei=.3 ae=.2 ao=.2 "
_INDIC = Profile(
    _pairs(_COMMON + _INDIC_COSTS),
    _lost(dict.fromkeys("aeiou@", 0.3)) | {"j": 0.1, "h": 0.1},
    dict.fromkeys("aeiou", 0.4) | {"_": 0.02, "j": 0.1, "h": 0.15},
    0.085,
    0.3,
    0.7,
    0.15,
    loose=1.5,
)
for _script in (Script.DEVANAGARI, Script.BENGALI, Script.GURMUKHI, Script.GUJARATI, Script.ORIYA, Script.TAMIL,
                Script.TELUGU, Script.KANNADA, Script.MALAYALAM):  # fmt: skip
    _PROFILES[_script] = _INDIC
_PROFILES[Script.TAMIL] = replace(
    _INDIC, substitution=_pairs(_COMMON + _INDIC_COSTS + "kg=.03 td=.03 bp=.03 cs=.1 Cs=.1 Cz=.2 fp=.05 ")
)
_QUIET_R = replace(_DEFAULT, loss=_VOWELS_06 | {"R": 0.1})
_PROFILES |= dict.fromkeys((Script.SINHALA, Script.KHMER, Script.MYANMAR), _QUIET_R)


def profile_of(script: Script) -> Profile:
    return _PROFILES.get(script, _DEFAULT)


def _reversed(profile: Profile) -> Profile:
    return replace(
        profile,
        substitution={(theirs, mine): cost for (mine, theirs), cost in profile.substitution.items()},
        loss=profile.gain,
        gain=profile.loss,
        shows_first_vowel=False,
        per_sound=profile.per_sound + 0.02,
        short=profile.short + 0.1,
    )


_REVERSED = {script: _reversed(profile) for script, profile in _PROFILES.items()}
WRITES_ALL = frozenset(Script) - (frozenset(_PROFILES) - {Script.CYRILLIC})
"""Scripts that tell most sounds apart."""


def profile_of_name(script: Script) -> Profile | None:
    """How a name typed in this script is heard in those of `WRITES_ALL`; None where as any other."""
    return _REVERSED.get(script)
