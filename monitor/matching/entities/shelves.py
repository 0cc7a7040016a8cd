"""Words of names, filed under what all their spellings agree on; taken out for words of a script that begin alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from monitor.matching.entities.profiles import WRITES_ALL, Profile, profile_of, profile_of_name
from monitor.matching.entities.stems import Stem
from monitor.text.scripts import Script

_MAX_CACHED = 100_000
_OPEN = frozenset("aeiou@12345h")
_OTHER_VOWEL = 0.21


@dataclass(frozen=True, slots=True)
class Entry:
    """One of the readings of a part of a name."""

    part: int
    sounds: str
    size: int
    """The sounds that are surely heard."""
    stem: Stem
    script: Script
    listed: bool
    weak: bool
    """So little is left of the letters that it takes more than this word to tell the name."""
    letters: int
    """See `letters.letters_to_find`."""
    may_lack: int


Filed = dict[str, list[Entry]]
"""By the keys of `sounds.name_keys`."""


class Row(NamedTuple):
    """An entry, for words of one script."""

    letters: int
    may_lack: int
    needed: int
    """The sounds that a word may not lack, as bits."""
    is_usual: bool
    """Heard as anything is in that script."""
    profile: Profile
    limit: float
    entry: Entry


class Shelf:
    """Where words that are heard in one way are looked up. Filled first, then asked."""

    def __init__(self, farthest: float) -> None:
        """Nobody asks for what is farther off than `farthest`."""
        self.filed: Filed = {}
        self._farthest = farthest
        self._rows: dict[tuple[Script, str], tuple[Row, ...]] = {}
        self._beginnings: dict[Script, dict[str, tuple[Row, ...]]] = {}

    def settle(self, script: Script) -> None:
        """Makes all rows for words of a script, which otherwise are made as they are asked for."""
        for asked in self.filed:
            self._of(asked, script)

    def beginnings(self, script: Script) -> dict[str, tuple[Row, ...]]:
        """What `beginning` has said of a script so far, by the sound and the key."""
        return self._beginnings.setdefault(script, {})

    def beginning(self, sound: str, asked: str, script: Script) -> tuple[Row, ...]:
        """What is filed under a key, for words of a script that begin with a sound."""
        near: list[Row] = []
        for row in self._of(asked, script):
            *_, profile, limit, entry = row
            if not begin_apart(entry.sounds[0], sound, profile, limit):
                near.append(row)
        known = self.beginnings(script)
        if len(known) > _MAX_CACHED:
            known.clear()
        found = known[sound + asked] = tuple(near)
        return found

    def _of(self, asked: str, script: Script) -> tuple[Row, ...]:
        rows = self._rows.get((script, asked))
        if rows is None:
            rows = self._rows[script, asked] = tuple(self._row(entry, script) for entry in self.filed[asked])
        return rows

    def _row(self, entry: Entry, script: Script) -> Row:
        usual = profile = profile_of(script)
        if script in WRITES_ALL and entry.script is not script:
            profile = profile_of_name(entry.script) or usual
        near = profile.limits[len(entry.sounds)]
        limit = min(near * profile.loose, self._farthest)
        needed = profile.has_to_be_heard(entry.sounds, limit)
        return Row(entry.letters, entry.may_lack, needed, profile is usual, profile, limit, entry)


def begin_apart(mine: str, theirs: str, profile: Profile, limit: float) -> bool:
    """Whether the first sounds alone put two words too far apart; saves most comparisons."""
    known = profile.apart.get((mine, theirs, limit))
    if known is None:
        known = profile.apart[mine, theirs, limit] = _are_apart(mine, theirs, profile, limit)
    return known


def _are_apart(mine: str, theirs: str, profile: Profile, limit: float) -> bool:
    if profile.shows_first_vowel:
        if mine in _OPEN:
            return theirs not in ("hx" if mine == "h" else "AWYh")
        if theirs in "AWY":
            return mine not in "vwjAWY"
    if profile.strict_vowels and mine in _OPEN and theirs in _OPEN:
        return mine != theirs and profile.substitution.get((mine, theirs), 1.0) > _OTHER_VOWEL
    return profile.begin_apart(mine, theirs, limit)
