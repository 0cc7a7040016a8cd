"""How far two words sound apart, and under which keys a word is filed so that those near it are found."""

from __future__ import annotations

from monitor.matching.entities.profiles import Profile

_CLASS = {
    **dict.fromkeys("pbfvw", "P"),
    **dict.fromkeys("td", "T"),
    **dict.fromkeys("szSZcCJ", "S"),
    **dict.fromkeys("kg", "K"),
    **dict.fromkeys("nm", "N"),
    **dict.fromkeys("lrR", "L"),
}


def key_ends(sounds: str) -> tuple[str, list[int]]:
    """The key, and where in the sounds each beginning of it first stands complete."""
    out, ends, before = "", [0], ""
    for index, sound in enumerate(sounds, 1):
        code = _CLASS.get(sound, "")
        if code and out[-1:] != code and not (sound == "g" and before == "n"):
            out += code
            ends.append(index)
        before = sound
    return out, ends


_CLASSES = str.maketrans({chr(code): _CLASS.get(chr(code)) for code in range(128)})


def key(sounds: str) -> str:
    """The consonants as classes, in order, doubles once: what all spellings agree on, as they do not on n and ng."""
    out = last = ""
    for code in sounds.replace("ng", "n").translate(_CLASSES):
        if code != last:
            out += code
            last = code
    return out


_SOFT = frozenset("aeiou@_12345jhRAWY")


def consonants_of(sounds: str) -> int:
    """How much of a word is told by letters that no script leaves out."""
    return sum(s not in _SOFT for s in sounds)


_PLAIN = str.maketrans("12345R", "aeiour")


def surely(sounds: str) -> str:
    """A reading with the usual sounds for those that are heard in several ways."""
    return sounds.translate(_PLAIN)


_SHIFTS = (("v", "u"), ("w", "u"), ("x", "k"), ("h", "g"), ("R", ""))
_MAX_KEYS = 6


def name_keys(sounds: str) -> tuple[str, ...]:
    """All keys that a name may be met under: v may become a vowel, r may fall silent, x and h may harden."""
    variants = [sounds]
    if sounds[0] == "v" and "v" in sounds[1:]:
        variants.append("u" + sounds[1:])
    for old, new in _SHIFTS:
        if old in sounds:
            variants += [v.replace(old, new) for v in variants]
    keys = dict.fromkeys(begins_open(v) + key(v) for v in variants[:_MAX_KEYS])
    if sounds[0] in "hj":
        keys |= dict.fromkeys(key(v) for v in variants[:_MAX_KEYS])
    return tuple(keys)


_OPEN = frozenset("aeiou@_12345AWYhj")


def begins_open(sounds: str) -> str:
    """What is put before the key of a word that begins with a vowel, or with what may fall silent before one."""
    return "^" if sounds[0] in _OPEN else ""


_FAR = 1e9


def prefix_distances(name: str, heard: str, profile: Profile, limit: float) -> list[tuple[int, float]]:
    """For every beginning of `heard` (its length) that is near enough to the name: how far it is. Of the table of all
    beginnings only the band is worked out that is near enough."""
    loss, gain = profile.loss, profile.gain
    total = 0.0
    band = [0.0]
    for sound in heard:
        total += gain.get(sound, 1.0)
        if total > limit:
            break
        band.append(total)
    low = 0
    for mine in name:
        lost = loss.get(mine, 1.0)
        costs = profile.costs.get(mine)
        if costs is None:
            costs = {mine: 0.0}
        left = diagonal = _FAR
        row = []
        index = low - 1
        for above in band:
            cost = above + lost
            if index >= 0:
                sound = heard[index]
                other = diagonal + costs.get(sound, 1.0)
                if other < cost:  # noqa: PLR1730  (min() doubles the cost of the hottest loop)
                    cost = other
                if left < cost:
                    other = left + gain.get(sound, 1.0)
                    if other < cost:  # noqa: PLR1730  (as above)
                        cost = other
            row.append(cost)
            left = cost
            diagonal = above
            index += 1
        for sound in heard[index:]:
            cost = min(diagonal + costs.get(sound, 1.0), left + gain.get(sound, 1.0))
            if cost > limit:
                break
            row.append(cost)
            left = cost
            diagonal = _FAR
        while row and row[-1] > limit:
            row.pop()
        if not row:
            return []
        while row[0] > limit:
            del row[0]
            low += 1
        band = row
    return [(low + index, cost) for index, cost in enumerate(band) if cost <= limit and low + index]


def shared(a: str, b: str) -> int:
    """How many letters two words have in common, in order."""
    places: dict[str, int] = {}
    for index, letter in enumerate(a):
        places[letter] = places.get(letter, 0) | 1 << index
    every = (1 << len(a)) - 1
    # Bit by bit: 0 where the best that is in common with the beginning of `a` has one more letter than before.
    row = every
    for letter in b:
        met = row & places.get(letter, 0)
        row = ((row + met) | (row - met)) & every
    return len(a) - row.bit_count()
