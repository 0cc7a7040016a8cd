"""How far two words sound apart, and under which keys a word is filed so that those near it are found."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.text.scripts import Script

VOWELS = frozenset("aeiou@_")
_CLASS = {
    **dict.fromkeys("pbfvw", "P"),
    **dict.fromkeys("td", "T"),
    **dict.fromkeys("szSZcCJ", "S"),
    **dict.fromkeys("kg", "K"),
    **dict.fromkeys("nm", "N"),
    **dict.fromkeys("lr", "L"),
}
_RHOTIC = frozenset({Script.HAN, Script.KANA, Script.HANGUL, Script.THAI})


def key_ends(sounds: str) -> tuple[str, list[int]]:
    """The key, and where in the sounds each beginning of it first stands complete."""
    out, ends = "", [0]
    for index, sound in enumerate(sounds, 1):
        code = _CLASS.get(sound, "")
        if code and out[-1:] != code:
            out += code
            ends.append(index)
    return out, ends


def key(sounds: str) -> str:
    """The consonants as classes, in order, doubles once: what scripts and spellings agree on."""
    out = ""
    for sound in sounds:
        code = _CLASS.get(sound, "")
        if code and out[-1:] != code:
            out += code
    return out


def name_keys(sounds: str) -> tuple[str, ...]:
    """All keys that a name may be met under: v may become a vowel, r may fall silent, x may harden."""
    variants = {sounds}
    if "v" in sounds or "w" in sounds:
        variants |= {s.replace("v", "u").replace("w", "u") for s in variants}
    if "x" in sounds:
        variants |= {s.replace("x", "k") for s in variants}
    silent = "".join(
        c for i, c in enumerate(sounds) if c != "r" or (i + 1 < len(sounds) and sounds[i + 1] in VOWELS) or i == 0
    )
    if silent != sounds:
        variants.add(silent)
    return tuple(dict.fromkeys(key(v) for v in variants))


def _pairs(text: str) -> dict[tuple[str, str], float]:
    table: dict[tuple[str, str], float] = {}
    for entry in text.split():
        pair, _, cost = entry.partition("=")
        table[pair[0], pair[1]] = table[pair[1], pair[0]] = float(cost)
    return table


_COMMON = (
    "sz=.2 cs=.25 cz=.25 cC=.25 CS=.3 JZ=.1 JC=.3 Zz=.25 ZS=.3 Ss=.25 Jj=.2 Jz=.25 Jg=.3 kx=.2 gx=.25 gh=.2 "
    "xh=.1 vu=.2 wu=.1 vw=.1 ij=.1 "
    "kg=.3 td=.3 bp=.3 pf=.3 bv=.2 fv=.2 kc=.5 nm=.6 ao=.4 ou=.4 ae=.4 au=.5 ei=.6 eo=.6 "
    "@a=.15 @e=.15 @i=.15 @o=.15 @u=.15 _a=.1 _e=.15 _i=.15 _o=.15 _u=.15 "
)
_ABJAD = (
    "Aa=0 Ae=.1 Ao=.1 Ai=.15 Au=.15 Wu=0 Wo=0 Wv=0 Ww=0 Yi=0 Ye=0 Yj=0 Wa=.3 We=.3 Ya=.3 Yu=.3 A@=0 W@=.1 Y@=.1 "
    "Jg=.1 bv=.05 bp=.1 pf=.1 "
    "kg=.2 kx=.1 SC=.15 Ss=.1 sc=.15 cz=.15 dz=.4 "
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What it costs to hear one sound for another in a script."""

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

    def limit(self, sounds: str) -> float:
        if len(sounds) <= 4:
            return self.short
        return max(self.least, min(self.most, self.per_sound * len(sounds)))


_VOWELS_06 = dict.fromkeys("aeiou", 0.6) | {"@": 0.3, "_": 0.05, "j": 0.12, "h": 0.12}
_DEFAULT = Profile(_pairs(_COMMON), _VOWELS_06, _VOWELS_06, 0.075, 0.25, 0.55, 0.1)
_ABJAD_PROFILE = Profile(
    _pairs(_COMMON + _ABJAD),
    dict.fromkeys("aeiou@", 0.08) | {"j": 0.1, "h": 0.12},
    dict.fromkeys("AWY", 0.15) | {"h": 0.15},
    0.1,
    0.35,
    0.9,
)
_EAST_LOSS = dict.fromkeys("aeiou@", 0.5) | {"r": 0.1, "j": 0.1, "h": 0.1, "x": 0.3}
_PROFILES = {
    Script.ARABIC: _ABJAD_PROFILE,
    Script.HEBREW: _ABJAD_PROFILE,
    Script.KANA: Profile(
        _pairs(_COMMON + "lr=0 bv=.02 hf=.1 hx=0 td=.3 sz=.2 Ci=.4 Ct=.2 Jd=.2 uv=.1 ei=.4 aA=0 sS=.1 @a=.1 ct=.2 "),
        _EAST_LOSS,
        {"u": 0.06, "o": 0.15, "i": 0.3, "a": 0.5, "e": 0.5, "j": 0.1, "h": 0.3},
        0.09,
        0.3,
        0.9,
    ),
    Script.HANGUL: Profile(
        _pairs(_COMMON + ("lr=0 kg=.05 td=.05 pb=.05 pf=.05 bv=.02 fv=.1 Jz=.05 JZ=.05 sS=.05 sz=.3 @e=.15 @o=.1 "
                     "@a=.15 eo=.4 Cc=.1 ")),
        _EAST_LOSS,
        {"_": 0.03, "u": 0.3, "i": 0.25, "a": 0.5, "e": 0.5, "o": 0.5, "@": 0.3, "j": 0.1, "h": 0.4},
        0.1,
        0.3,
        0.9,
    ),
    Script.HAN: Profile(
        _pairs(_COMMON + "lr=.05 bp=.05 td=.05 kg=.05 nm=.15 sz=.1 sS=.1 cs=.1 Js=.2 Jg=.15 Jk=.15 Ck=.2 CS=.15 "
    "Cz=.2 bv=.2 fv=.1 vu=.05 hx=0 kx=.1 "
               "ao=.2 ae=.2 ei=.2 eo=.2 ou=.2 iu=.4 ai=.5 "),
        dict.fromkeys("aeiou@", 0.25)
        | {"r": 0.15, "j": 0.05, "h": 0.1, "l": 0.8, "n": 0.6, "s": 0.8, "t": 0.7, "k": 0.8},
        dict.fromkeys("aeiou", 0.12) | {"j": 0.05, "h": 0.3, "n": 0.5, "r": 0.4},
        0.12,
        0.4,
        1.0,
    ),
    Script.THAI: Profile(
        _pairs(_COMMON + "lr=.2 bp=.1 td=.1 kg=.05 sz=0 CS=.1 CZ=.1 JZ=.1 bv=.1 fv=.1 vu=.05 "),
        dict.fromkeys("aeiou@", 0.2) | {"r": 0.1, "j": 0.1, "h": 0.1},
        dict.fromkeys("aeiou", 0.2) | {"h": 0.1, "j": 0.1},
        0.11,
        0.3,
        0.9,
    ),
}  # fmt: skip
_INDIC = Profile(
    _pairs(_COMMON + "td=.2 sS=.15 vw=0 Jz=.1 pf=.1 kx=.1 gx=.2 ei=.3 ae=.2 ao=.2 "),
    dict.fromkeys("aeiou@", 0.3) | {"j": 0.1, "h": 0.1},
    dict.fromkeys("aeiou", 0.4) | {"_": 0.02, "j": 0.1, "h": 0.15},
    0.09,
    0.3,
    0.7,
)
for _script in (Script.DEVANAGARI, Script.BENGALI, Script.GURMUKHI, Script.GUJARATI, Script.ORIYA, Script.TAMIL,
                Script.TELUGU, Script.KANNADA, Script.MALAYALAM):  # fmt: skip
    _PROFILES[_script] = _INDIC


def profile_of(script: Script) -> Profile:
    return _PROFILES.get(script, _DEFAULT)


def prefix_distances(name: str, heard: str, profile: Profile, limit: float) -> list[tuple[int, float]]:
    """For every beginning of `heard` (its length) that is near enough to the name: how far it is."""
    substitution, loss, gain = profile.substitution, profile.loss, profile.gain
    total = 0.0
    previous = [0.0]
    for sound in heard:
        total += gain.get(sound, 1.0)
        previous.append(total)
    for mine in name:
        lost = loss.get(mine, 1.0)
        diagonal = previous[0]
        best = left = diagonal + lost
        row = [left]
        index = 1
        for sound in heard:
            above = previous[index]
            cost = diagonal if mine == sound else diagonal + substitution.get((mine, sound), 1.0)
            if above + lost < cost:  # noqa: PLR1730  (min() doubles the cost of the hottest loop)
                cost = above + lost
            left += gain.get(sound, 1.0)
            if left < cost:  # noqa: PLR1730  (as above)
                cost = left
            row.append(cost)
            left = cost
            if cost < best:  # noqa: PLR1730  (as above)
                best = cost
            diagonal = above
            index += 1
        if best > limit:
            return []
        previous = row
    return [(index, cost) for index, cost in enumerate(previous) if cost <= limit and index]
