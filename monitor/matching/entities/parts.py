"""Single words of names, filed by sound, and the words of a text that may be one of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from monitor.matching.entities.endings import Endings, endings_of
from monitor.matching.entities.letters import Likeness, letters_of, letters_to_find, likeness, plain_letters
from monitor.matching.entities.profiles import LONGEST, Profile, profile_of
from monitor.matching.entities.shelves import Entry, Filed, Shelf, begin_apart
from monitor.matching.entities.sounds import (
    begins_open,
    consonants_of,
    key,
    key_ends,
    name_keys,
    prefix_distances,
    surely,
)
from monitor.matching.entities.stems import Stem, is_adjective, may_follow, stems
from monitor.text.folding import fold_text, fold_word
from monitor.text.scripts import Script, script_of
from monitor.text.transliteration import readings, readings_in, spoken

_MAX_CACHED = 100_000
_ENDING_CLASSES = 3
_LONGEST = 40
"""Letters of a word; what is longer is no name, and would be slow to compare."""
_TELLING = 3
"""Consonants of a reading that tell a name alone, though some of its letters are not heard."""
_ENDS_OPEN = frozenset("aeiou@AWYh")
_OTHER_END = 0.25
"""What it costs when of two words one ends in a vowel, in scripts that write this one."""
_LONG = 6
_INFLECTED = 3
"""Sounds of a name that tells something with an ending behind it."""
_LEAST_PREFIXED = 3
_VIETNAMESE = re.compile(
    "(?:ngh?|tr|th|ph|kh|gi|gh|ch|nh|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?", re.IGNORECASE
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_GRADATING = frozenset(("fi", "et"))
"""Languages in which a double consonant may become a single one in other cases: Kreikka, Kreikan."""
_DOUBLE = re.compile(r"(.)\1")
_EXACT = 0.06
"""Listed forms are met as they are; only what sounds the same passes."""


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


_RESPELLING = frozenset(("lv", "sr", "bs", "az", "uz", "tk", "sq"))
"""Languages that write foreign names in Latin as they are said."""
_INFLECTED_SCRIPTS = frozenset(
    {Script.LATIN, Script.CYRILLIC, Script.GREEK, Script.GEORGIAN, Script.ARMENIAN, Script.HANGUL}
)
PREFIXES = {
    Script.ARABIC: ("وال", "بال", "فال", "كال", "ولل", "لل", "ال", "و", "ف", "ب", "ل", "ك"),
    Script.HEBREW: ("וה", "וב", "ול", "ומ", "וש", "שה", "מה", "כש", "ו", "ה", "ב", "ל", "מ", "ש", "כ"),
}


class PartIndex:
    """Words by sound. Filled first, then asked; answers are remembered, because words repeat."""

    def __init__(self, farthest: float = LONGEST) -> None:
        """Nobody asks for what is farther off than `farthest`."""
        self._numbers: dict[Part, int] = {}
        self._words: list[str] = []
        self._plain: list[str] = []
        self._letters: list[tuple[int, int]] = []
        """Of each Latin word its letters, and how many of them a spelling of it may lack."""
        self._by_word: dict[str, list[int]] = {}
        self._written: set[str] = set()
        self._has_foreign = False
        """Whether names are typed in other scripts than Latin: Latin texts are then heard as they may be said, too."""
        self._by_letters = Shelf(farthest)
        """For texts in Latin: by what the letters of a name may be read as."""
        self._by_sound = Shelf(farthest)
        """For all others: by how the name is said."""
        self._foreign = Shelf(farthest), Shelf(farthest)
        """The same two of names in other scripts than Latin, for Latin words as somebody may say them."""
        self._listed: tuple[Filed, Filed] = {}, {}
        """The same of the listed ones."""
        self._heads: dict[str, list[int]] = {}
        """Listed parts, by the letters that a word has to begin with."""
        self._single_heads: dict[str, list[int]] = {}
        """The same with double letters once, which some languages make of them and of single ones."""
        self._longest_head = 0
        self._cache: dict[tuple[str, str], tuple[Heard, ...]] = {}

    def add(self, part: Part) -> int:
        number = self._numbers.get(part)
        if number is not None:
            return number
        number = len(self._words)
        self._numbers[part] = number
        self._words.append(fold_text(part.word))
        self._by_word.setdefault(self._words[-1], []).append(number)
        self._written.add(part.word.lower())
        plain = plain_letters(self._words[number])
        self._plain.append(plain)
        letters = letters_to_find(plain)
        self._letters.append(letters)
        script = script_of(part.word[0])
        written = readings(part.word)
        said = _said(part.word) if script is Script.LATIN and not part.listed else ()
        sure = {surely(s) for s in said if s != surely(s)}
        told = min(map(consonants_of, written), default=0)
        self._has_foreign = self._has_foreign or not (part.listed or script is Script.LATIN)
        if part.listed:
            by_letters, by_sound = [self._listed[0]], [self._listed[1]]
        else:
            by_letters, by_sound = [self._by_letters.filed], [self._by_sound.filed]
            if script is not Script.LATIN:
                by_letters.append(self._foreign[0].filed)
                by_sound.append(self._foreign[1].filed)
        if part.listed:
            head = self._words[number][: max(2, len(self._words[number]) - 1)]
            self._heads.setdefault(head, []).append(number)
            single = _DOUBLE.sub(r"\1", self._words[number])
            self._single_heads.setdefault(single[: max(2, len(single) - 1)], []).append(number)
            self._longest_head = max(self._longest_head, len(head))
        done = set[tuple[int, str, str, Stem]]()
        for sounds in dict.fromkeys(s for s in written + said if len(s) < LONGEST):
            # What an English reading leaves open covers the reading of its letters.
            filed = by_sound if sounds not in sure or part.listed else []
            if sounds in written and not (part.listed and script is not Script.LATIN):
                filed = [*filed, *by_letters]
            weak = consonants_of(surely(sounds)) < min(told, _TELLING)
            for stem, form in stems(sounds):
                entry = Entry(number, form, len(form) - form.count("R"), stem, script, part.listed, weak, *letters)
                for index in filed:
                    for begin in name_keys(form):
                        once = (id(index), begin, form, stem)
                        if once not in done:
                            done.add(once)
                            index.setdefault(begin, []).append(entry)
        return number

    def settle(self) -> None:
        """After the last part was added: makes the tables that are asked for most."""
        for shelf in (self._by_letters, *self._foreign):
            shelf.settle(Script.LATIN)

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

    def may_be_heard(self, folded: str, language: str) -> bool:
        """No for most words in lower case that are none of the parts, and only for such; of a script with capitals."""
        if self._listed_like(folded, folded, language):
            return True
        if not self._by_sound.filed and not self._by_letters.filed:
            return False
        if self._has_foreign or language in _RESPELLING or not folded.isascii():
            return True
        others = ~letters_of(plain_letters(folded))
        return any(
            (has & others).bit_count() <= may_lack
            for part, (has, may_lack) in zip(self._numbers, self._letters, strict=True)
            if not part.listed
        )

    def _hear(self, word: str, script: Script, language: str) -> tuple[Heard, ...]:
        best: dict[int, Heard] = {}
        for spelled in self._spellings(word, script):
            self._hear_one(spelled, script, language, best)
        is_latin = script is Script.LATIN and language not in _RESPELLING
        for part in () if is_latin else self._by_word.get(fold_word(word), ()):
            # A word spelled as the name is, is the name, whatever the languages of both make of its letters.
            known = best.get(part)
            best[part] = Heard(part, 0.0, inflected=False, consonants=known.consonants if known else LONGEST)
        if not best:
            return ()
        heard = self._as_spelled(word, language, best.values()) if is_latin else best.values()
        return tuple(sorted(heard, key=lambda h: h.distance))

    def _as_spelled(self, word: str, language: str, heard: Iterable[Heard]) -> Iterator[Heard]:
        """Latin names keep most of their letters in Latin, and one spelled as the name is, is the name."""
        folded = fold_word(word)
        plain = plain_letters(folded)
        for h in heard:
            ours = self._words[h.part]
            if ours == folded:
                toned = language == "vi" and not word.isascii() and word.lower() not in self._written
                yield Heard(h.part, 0.0, inflected=False, tells=not toned)
                continue
            if h.inflected and len(ours) >= _LONG and folded.startswith(ours[:-1]):
                yield replace(h, near=True)
                continue
            like = likeness(self._plain[h.part], plain)
            if like is not Likeness.NONE:
                yield h if like is Likeness.CLEAR else replace(h, tells=False)

    def _listed_like(self, word: str, folded: str, language: str) -> frozenset[int]:
        """A listed form is met letter by letter; only its last letter may give way to an ending."""
        if not self._heads:
            return frozenset()
        heads, text = (
            (self._single_heads, _DOUBLE.sub(r"\1", folded)) if language in _GRADATING else (self._heads, folded)
        )
        found: list[int] = []
        for end in range(1, min(len(text), self._longest_head) + 1):
            found += heads.get(text[:end], ())
        if not found:
            return frozenset()
        return frozenset(
            n for n in found if self._words[n] == folded or not is_adjective(word, language, self._words[n])
        )

    @staticmethod
    def _spellings(word: str, script: Script) -> list[str]:
        found = [word]
        for prefix in PREFIXES.get(script, ()):
            rest = word.removeprefix(prefix)
            if rest == word or len(rest) < _LEAST_PREFIXED:
                continue
            found.append(rest)
            if prefix.endswith("لل"):
                found.append("ال" + rest)  # The article is written so behind it.
            elif script is Script.HEBREW and rest.startswith("וו") and len(rest) > _LEAST_PREFIXED:
                found.append(rest[1:])  # A first vav is doubled behind them.
        return found

    def _hear_one(self, word: str, script: Script, language: str, best: dict[int, Heard]) -> None:
        folded = fold_word(word)
        listed = self._listed_like(word, folded, language)
        if not (listed or self._by_sound.filed or self._by_letters.filed):
            return
        by_letters = script is Script.LATIN and language not in _RESPELLING
        endings = endings_of(script, language) if script in _INFLECTED_SCRIPTS else None
        met = _Word(folded if by_letters else "", script, endings, best)
        shelf = self._by_letters if by_letters else self._by_sound
        if shelf.filed or listed:
            for sounds in readings_in(word, language):
                self._look_up(sounds, met, shelf)
                if listed:
                    self._look_up_listed(sounds, met, listed, self._listed[not by_letters])
        if self._has_foreign and script is Script.LATIN:
            for sounds in spoken(word):
                self._look_up(sounds, met, self._foreign[not by_letters])

    def _look_up(self, heard: str, word: _Word, shelf: Shelf) -> None:
        filed, script, endings = shelf.filed, word.script, word.endings
        shelved = shelf.beginnings(script)
        whole, first = key(heard), heard[0]
        begin = begins_open(heard)
        ends: list[int] = []
        filled = others = 0
        profile: Profile | None = None
        missing = 0
        for cut in range(len(whole), max(0, len(whole) - _ENDING_CLASSES - 1) - (not whole), -1):
            if cut < len(whole) and (endings is None or whole[cut:] not in endings.keys):
                continue
            asked = begin + whole[:cut]
            if asked not in filed:
                continue
            rows = shelved.get(first + asked)
            if rows is None:
                rows = shelf.beginning(first, asked, script)
            if rows and not ends:
                ends = key_ends(heard)[1]
                filled = heard.count("_") + 1
                others = word.other_letters
            for has, may_lack, needed, is_usual, its_profile, limit, entry in rows:
                if has and (has & others).bit_count() > may_lack:
                    continue
                if endings is None:
                    if entry.stem > Stem.VOWEL:
                        continue
                elif (is_usual and len(entry.sounds) < ends[cut] - filled) or entry.size > (
                    len(heard) if cut == len(whole) else ends[cut + 1]
                ) + 1:
                    continue
                if its_profile is not profile:
                    profile = its_profile
                    missing = ~profile.heard_as(heard)
                if not needed & missing:
                    _compare(entry, heard, profile, limit, endings, word.best)

    def _look_up_listed(self, heard: str, word: _Word, listed: frozenset[int], filed: Filed) -> None:
        endings = word.endings
        profile = profile_of(word.script)
        for cut, low, high in _cuts(heard, endings):
            for entry in filed.get(cut, ()):
                if entry.part not in listed or entry.script is not word.script:
                    continue
                if (entry.letters & word.other_letters).bit_count() > entry.may_lack:
                    continue
                if endings is None:
                    if entry.stem > Stem.VOWEL:
                        continue
                elif len(entry.sounds) < low or entry.size > high:
                    continue
                if not begin_apart(entry.sounds[0], heard[0], profile, _EXACT):
                    _compare(entry, heard, profile, _EXACT, endings, word.best)


def _cuts(heard: str, endings: Endings | None) -> Iterator[tuple[str, int, int]]:
    """The keys under which a name may be filed that a word is, with an ending or without; and how many sounds the name
    has at least and at most."""
    whole, ends = key_ends(heard)
    filled = heard.count("_")
    begin = begins_open(heard)
    for cut in range(len(whole), max(0, len(whole) - _ENDING_CLASSES - 1) - (not whole), -1):
        if cut == len(whole):
            yield begin + whole, ends[cut] - filled - 1, len(heard) + 1
        elif endings is not None and whole[cut:] in endings.keys:
            yield begin + whole[:cut], ends[cut] - filled - 1, ends[cut + 1] + 1


def _said(word: str) -> tuple[str, ...]:
    """A Vietnamese syllable is read without its tones too, which most who write it leave out."""
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if c not in _TONES)
    is_toned = bare != word and _VIETNAMESE.fullmatch(bare) is not None
    return tuple(dict.fromkeys(spoken(word) + spoken(bare))) if is_toned else spoken(word)


class _Word:
    """A word of a text, as it is looked up."""

    __slots__ = ("_folded", "_others", "best", "endings", "script")

    def __init__(self, folded: str, script: Script, endings: Endings | None, best: dict[int, Heard]) -> None:
        """`folded` is that of words that are compared by their letters, else ''; what it may be is added to `best`."""
        self.script = script
        self.endings = endings
        self.best = best
        self._folded = folded
        self._others = 0

    @property
    def other_letters(self) -> int:
        """Those that it does not have, as bits."""
        if self._folded:
            self._others = ~letters_of(plain_letters(self._folded))
            self._folded = ""
        return self._others


def _compare(
    entry: Entry, heard: str, profile: Profile, limit: float, endings: Endings | None, best: dict[int, Heard]
) -> None:
    name = entry.sounds
    for length, apart in prefix_distances(name, heard, profile, limit):
        rest, distance = heard[length:], apart
        if endings is None and name[-1] == "i" and heard[length - 1] not in "iYje":
            continue  # Where no ending tells the wife's name, the last vowel does.
        if not may_follow(rest, entry.stem, name, heard[length - 1], endings):
            continue
        if profile.shows_first_vowel and (name[-1] in _ENDS_OPEN) != (heard[-1] in "AWYh"):
            distance += _OTHER_END
            if distance > limit:
                continue
        near = entry.listed or distance <= profile.limits[len(name)]
        tells = not entry.weak and not (rest and len(name) < _INFLECTED)
        old = best.get(entry.part)
        if old is None or (not near, not tells, distance) < (not old.near, not old.tells, old.distance):
            told = consonants_of(name if profile.drops_r else surely(name))
            best[entry.part] = Heard(entry.part, distance, bool(rest), near, tells, told)
