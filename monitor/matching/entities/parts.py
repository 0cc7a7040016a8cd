"""Single words of names, filed by sound, and the words of a text that may be one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from monitor.matching.entities.endings import Endings, endings_of
from monitor.matching.entities.profiles import WRITES_ALL, Profile, profile_of, profile_of_name
from monitor.matching.entities.sounds import consonants_of, key_ends, name_keys, plain_letters, prefix_distances, shared
from monitor.text.folding import fold_text
from monitor.text.scripts import Script, script_of
from monitor.text.transliteration import readings, readings_in, spoken

_MAX_CACHED = 100_000
_ENDING_CLASSES = 3
_LONGEST = 40
"""Letters of a word; what is longer is no name, and would be slow to compare."""
_TELLING = 3
"""Consonants of a reading that tell a name alone, though some of its letters are not heard."""
_OPEN = frozenset("aeiou@12345h")
_OTHER_VOWEL = 0.21
_VOWELS = frozenset("aeiou@")
_OTHER_END = 0.25
"""What it costs when of two words one ends in a vowel, in scripts that write this one."""
_INFLECTED = 3
"""Sounds of a name that tells something with an ending behind it."""
_SHARED = 0.55
"""The part of its letters that a Latin name keeps in all Latin spellings; of a short one, more."""
_SHARED_SHORT = 0.66
_SHORT = 6
_ONE_SOUND = tuple({a, b} for a, b in ("zs", "yj", "ij", "iy", "kc", "kq", "wv", "gj", "cs", "ae", "ou"))
_EXACT = 0.06
"""Listed forms are met as they are; only what sounds the same passes."""


class _Stem(IntEnum):
    CONSONANT = 0
    """The whole word, which ends in a consonant."""
    VOWEL = 1
    """The whole word, which ends in a vowel; some languages put endings behind it."""
    CUT_VOWEL = 2
    CUT_ADJECTIVE = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A word to look for. A `listed` one stands in a list of known forms: only its own script, and nothing but endings
    may differ."""

    word: str
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """A word of a text that may be a part: how far off, and whether with an ending."""

    part: int
    distance: float
    inflected: bool
    near: bool = True
    """False when it is so far off that something else has to speak for it."""
    tells: bool = True
    """False when so little of the name is heard that it tells nothing alone."""
    consonants: int = _LONGEST
    """How many consonants speak for it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    part: int
    sounds: str
    size: int
    """The sounds that are surely heard."""
    stem: _Stem
    script: Script
    listed: bool
    spoken: bool
    """How it is said, not how its letters may be read: not met in Latin, but where Latin spells by sound."""
    weak: bool
    """So little is left of the letters that it takes more than this word to tell the name."""
    reverse: Profile | None
    """For texts in scripts that write more than that of the name."""


_RESPELLING = frozenset(("lv", "sr", "bs", "az", "uz", "tk", "sq"))
"""Languages that write foreign names in Latin as they are said."""
_INFLECTED_SCRIPTS = frozenset(
    {Script.LATIN, Script.CYRILLIC, Script.GREEK, Script.GEORGIAN, Script.ARMENIAN, Script.HANGUL}
)
PREFIXES = {
    Script.ARABIC: ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك"),
    Script.HEBREW: ("וה", "וב", "ול", "ומ", "וש", "שה", "מה", "כש", "ו", "ה", "ב", "ל", "מ", "ש", "כ"),
}


class PartIndex:
    """Words by sound. Filled first, then asked; answers are remembered, because words repeat."""

    def __init__(self) -> None:
        self._numbers: dict[Part, int] = {}
        self._words: list[str] = []
        self._written: set[str] = set()
        self._has_foreign = False
        """Whether names are typed in other scripts than Latin: Latin texts are then heard as they may be said, too."""
        self._index: dict[str, list[_Entry]] = {}
        self._cache: dict[tuple[str, str], tuple[Heard, ...]] = {}

    def add(self, part: Part) -> int:
        number = self._numbers.get(part)
        if number is not None:
            return number
        number = len(self._words)
        self._numbers[part] = number
        self._words.append(fold_text(part.word))
        self._written.add(part.word.lower())
        script = script_of(part.word[0])
        sounds = dict.fromkeys(readings(part.word), False)
        reverse = profile_of_name(script)
        self._has_foreign = self._has_foreign or not (part.listed or script is Script.LATIN)
        written = min(map(consonants_of, sounds), default=0)
        if not part.listed and script is Script.LATIN:
            sounds |= {s: True for s in spoken(part.word) if s not in sounds}
        for reading, is_spoken in sounds.items():
            weak = consonants_of(reading.replace("R", "r")) < min(written, _TELLING)
            for stem, form in _stems(reading):
                entry = _Entry(number, form, len(form) - form.count("R"), stem, script, part.listed, is_spoken, weak, reverse)
                for filed in name_keys(form):
                    known = self._index.setdefault(filed, [])
                    if entry not in known[-24:]:
                        known.append(entry)
        return number

    def hear(self, word: str, script: Script, language: str) -> tuple[Heard, ...]:
        """The parts that a word of a text may be."""
        if len(word) > _LONGEST:
            return ()
        asked = (word, language)
        known = self._cache.get(asked)
        if known is None:
            if len(self._cache) > _MAX_CACHED:
                self._cache.clear()
            known = self._cache[asked] = self._hear(word, script, language)
        return known

    def _hear(self, word: str, script: Script, language: str) -> tuple[Heard, ...]:
        best: dict[int, Heard] = {}
        for spelled in self._spellings(word, script):
            self._hear_one(spelled, script, language, best)
        heard = self._as_spelled(word, language, best.values()) if script is Script.LATIN else best.values()
        return tuple(sorted(heard, key=lambda h: h.distance))

    def _as_spelled(self, word: str, language: str, heard: Iterable[Heard]) -> Iterator[Heard]:
        """Latin names keep most of their letters in Latin, and one spelled as the name is, is the name."""
        folded = fold_text(word)
        plain = plain_letters(folded)
        for h in heard:
            ours = self._words[h.part]
            if ours == folded:
                toned = language == "vi" and not word.isascii() and word.lower() not in self._written
                yield Heard(h.part, 0.0, inflected=False, tells=not toned)
                continue
            if h.inflected and len(ours) >= _SHORT and folded.startswith(ours[:-1]):
                yield replace(h, near=True)
                continue
            ours = plain_letters(ours)
            common = shared(ours, plain) / len(ours) if ours.isascii() else 1.0
            if common < _SHARED:
                continue
            alike = common >= _SHARED_SHORT and (ours[0] == plain[0] or {ours[0], plain[0]} in _ONE_SOUND)
            yield h if alike or len(ours) > _SHORT or not ours.isascii() else replace(h, tells=False)

    def _begins_alike(self, part: int, word: str) -> bool:
        """A listed form is met letter by letter; only its last letter may give way to an ending."""
        listed = self._words[part]
        return fold_text(word).startswith(listed[: max(2, len(listed) - 1)])

    @staticmethod
    def _spellings(word: str, script: Script) -> list[str]:
        found = [word]
        found += [
            word.removeprefix(prefix)
            for prefix in PREFIXES.get(script, ())
            if word.startswith(prefix) and len(word) - len(prefix) >= 3
        ]
        return found

    def _hear_one(self, word: str, script: Script, language: str, best: dict[int, Heard]) -> None:
        inflects = script in _INFLECTED_SCRIPTS
        endings = endings_of(script, language) if inflects else None
        usual = profile_of(script)
        reverses = script in WRITES_ALL
        by_letters = script is Script.LATIN and language not in _RESPELLING
        heard_as = dict.fromkeys(readings_in(word, language), False)
        if self._has_foreign and script is Script.LATIN:
            heard_as |= {s: True for s in spoken(word) if s not in heard_as}
        for heard, is_spoken in heard_as.items():
            whole, ends = key_ends(heard)
            filled = heard.count("_")
            for cut in range(len(whole), max(0, len(whole) - _ENDING_CLASSES - 1) - (not whole), -1):
                if cut < len(whole) and (endings is None or whole[cut:] not in endings.keys):
                    continue
                entries = self._index.get(whole[:cut])
                if not entries:
                    continue
                low, high = ends[cut] - filled, ends[cut + 1] if cut < len(whole) else len(heard)
                for entry in entries:
                    if (by_letters and entry.spoken) or (is_spoken and entry.script is script):
                        continue
                    if entry.listed and (entry.script is not script or not self._begins_alike(entry.part, word)):
                        continue
                    short = low - 1 > len(entry.sounds) and (entry.reverse is None or entry.script is script)
                    if inflects and (short or entry.size > high + 1):
                        continue
                    if not inflects and entry.stem > _Stem.VOWEL:
                        continue
                    reverse = entry.reverse if reverses and entry.script is not script else None
                    profile = reverse or usual
                    limit = _EXACT if entry.listed else profile.limit(entry.sounds) * profile.loose
                    if _begin_apart(entry.sounds[0], heard[0], profile, limit):
                        continue
                    self._compare(entry, heard, profile, limit, endings, best)

    @staticmethod
    def _compare(
        entry: _Entry, heard: str, profile: Profile, limit: float, endings: Endings | None, best: dict[int, Heard]
    ) -> None:
        for length, distance in prefix_distances(entry.sounds, heard, profile, limit):
            rest = heard[length:]
            if endings is None and entry.sounds[-1] == "i" and heard[length - 1] not in "iYje":
                continue  # Where no ending tells the wife's name, the last vowel does.
            if not _may_follow(rest, entry, endings) or (
                rest and entry.stem is _Stem.VOWEL and heard[length - 1] not in "aeiouj@"
            ):
                continue
            if profile.shows_first_vowel and (entry.sounds[-1] in _VOWELS) != (heard[-1] in "AWYh"):
                distance += _OTHER_END
                if distance > limit:
                    continue
            near = entry.listed or distance <= profile.limit(entry.sounds)
            old = best.get(entry.part)
            tells = not entry.weak and not (rest and len(entry.sounds) < _INFLECTED)
            if old is None or (not near, not tells, distance) < (not old.near, not old.tells, old.distance):
                best[entry.part] = Heard(
                    entry.part, distance, bool(rest), near, tells, consonants_of(entry.sounds)
                )


def _begin_apart(mine: str, theirs: str, profile: Profile, limit: float) -> bool:
    """Whether the first sounds alone put two words too far apart; saves most comparisons."""
    if profile.shows_first_vowel:
        if mine in _OPEN:
            return theirs not in "AWYhx"
        if theirs in "AWY":
            return mine != theirs and mine not in "vwj"
    if profile.strict_vowels and mine in _OPEN and theirs in _OPEN:
        return mine != theirs and profile.substitution.get((mine, theirs), 1.0) > _OTHER_VOWEL
    return (
        mine != theirs
        and profile.substitution.get((mine, theirs), 1.0) > limit
        and profile.loss.get(mine, 1.0) > limit
        and profile.gain.get(theirs, 1.0) > limit
    )


def _stems(reading: str) -> list[tuple[_Stem, str]]:
    last = reading[-1]
    if last not in "aeiou@":
        found = [(_Stem.CONSONANT, reading)]
        if len(reading) > 4 and reading[-2] in "eo" and reading[-1] in "kclnr" and reading[-3] not in "aeiou":
            # The fleeting vowel: Hašek, Haška.
            found.append((_Stem.CUT_VOWEL, reading[:-2] + reading[-1]))
        return found
    found = [(_Stem.VOWEL, reading)]
    if len(reading) > 3:
        if last in "aoe":
            found.append((_Stem.CUT_VOWEL, reading[:-1]))
        if last == "i":
            found.append((_Stem.CUT_ADJECTIVE, reading[:-1]))
    return found


def _may_follow(rest: str, entry: _Entry, endings: Endings | None) -> bool:
    if not rest:
        return entry.stem <= _Stem.VOWEL
    if endings is None:
        return False
    match entry.stem:
        case _Stem.CONSONANT:
            return rest in endings.consonant
        case _Stem.VOWEL:
            # A name like May, Pelosi or Pence is often treated as if it ended in a consonant.
            return rest in endings.behind or (entry.sounds[-1] in "iue" and rest in endings.solid)
        case _Stem.CUT_VOWEL:
            return rest in endings.vowel or (entry.sounds[-1] not in "aeiou" and rest in endings.consonant)
        case _Stem.CUT_ADJECTIVE:
            return rest in endings.adjective
