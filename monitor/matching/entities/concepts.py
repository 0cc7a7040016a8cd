"""What the words of names mean, language by language: world, health and organisation in Weltgesundheitsorganisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from monitor.matching.automaton import Automaton
from monitor.matching.entities import gazetteer, territories
from monitor.matching.entities.parts import PREFIXES
from monitor.text.folding import fold_text, fold_word
from monitor.text.scripts import CASED, UNSPACED, Script, script_of
from monitor.text.tokens import runs

Segments = tuple[frozenset[int], ...]
"""What each part of a word may mean; a word of a compound has several."""

_FILE = "concepts.tsv"
TERRITORY = "="
"""Begins the concepts that are countries: `=UA`."""

_TAIL = 5
_LONG_STEM, _LONG_TAIL = 6, 8
_LINK = 2
"""Letters between the parts of a compound, as in Gesundheit-s-amt."""
_LEAST_IN_COMPOUND = 3
_LONGEST_WORD = 60
_HEAD = 4


class Stem:
    """The beginning of a word, or of several in a row; `whole`: nothing may follow."""

    __slots__ = ("is_capitals", "is_unspaced", "whole", "words")

    def __init__(self, text: str) -> None:
        self.whole = text.endswith("=")
        bare = text.removesuffix("=").replace("_", " ")
        raw = tuple(bare[start:end] for start, end, _ in runs(bare))
        self.is_unspaced = any(script_of(c) in UNSPACED for c in bare)
        self.is_capitals = (
            bool(raw) and len(bare) <= _TAIL and all(w.isupper() and script_of(w[0]) in CASED for w in raw)
        )
        """An abbreviation: met in capitals only."""
        if self.is_unspaced:
            self.words: tuple[str, ...] = (fold_text(bare.replace(" ", "")),)
        else:
            self.words = raw if self.is_capitals else tuple(fold_text(w) for w in raw)


@cache
def _lines() -> dict[str, tuple[tuple[str, str], ...]]:
    """Concept -> its stems as written in the file, each with its language."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for line in files("monitor.matching.entities").joinpath(_FILE).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            concept, languages = line.split("\t")
            stems = tuple(
                (language, form)
                for of in languages.split()
                for language, _, listed in (of.partition(":"),)
                for stem in listed.split(",")
                if stem.strip("=_")
                for form in (stem, *_softened(language, stem))
            )
            found[concept] = found.get(concept, ()) + stems
    return found


_SOFTENED = {
    "pl": (("ch", "sze"), ("k", "ce"), ("g", "dze"), ("ł", "le"), ("st", "ście"), ("t", "cie")),
    "cs": (("ch", "še"), ("k", "ce"), ("h", "ze"), ("g", "ze")),
    "hr": (("k", "ci"), ("g", "zi"), ("h", "si")),
    "sr": (("k", "ci"), ("g", "zi"), ("h", "si"), ("к", "ци"), ("г", "зи"), ("х", "си")),
    "uk": (("к", "ці"), ("г", "зі"), ("х", "сі")),
    "be": (("к", "цы"), ("г", "зе"), ("х", "се"), ("т", "це")),
}
"""Cases that change the last consonant of a stem: válka, válce; Parlament, Parlamencie."""
_LEAST_SOFTENED = 4


def _softened(language: str, stem: str) -> tuple[str, ...]:
    """The whole word that a case makes of a stem so, if any."""
    if len(stem) >= _LEAST_SOFTENED and stem.islower() and not stem.endswith("="):
        for end, other in _SOFTENED.get(language, ()):
            if stem.endswith(end):
                return (stem.removesuffix(end) + other + "=",)
    return ()


_ALIKE = ("hr sr bs sh", "cs sk", "da no nb nn", "id ms", "bg mk", "ru uk be")
"""Languages that short texts are easily mistaken in, and that share most of these words."""
_ALSO = {"nb": "no", "nn": "no", "bs": "hr", "sh": "hr"}
_LOCALES = {"no": ("nb",), "zh": ("zh", "zh_Hant"), "sr": ("sr", "sr_Latn")}


@cache
def languages_like(language: str) -> frozenset[str]:
    """The languages whose words are to be expected in a text; none when all are."""
    if _ALSO.get(language, language) not in _languages():
        return frozenset()
    alike = next((group.split() for group in _ALIKE if language in group.split()), [language])
    return frozenset((*alike, "en"))


@cache
def _languages() -> frozenset[str]:
    return frozenset(language for stems in _lines().values() for language, _ in stems)


@cache
def stems_of(concept: str, languages: frozenset[str] = frozenset()) -> tuple[Stem, ...]:
    """In all languages, if none are given. Those of a territory are its names too."""
    listed = [s for language, s in _lines().get(concept, ()) if not languages or language in languages]
    found = [Stem(s) for s in dict.fromkeys(listed)]
    if concept.startswith(TERRITORY):
        locales = tuple(locale for language in sorted(languages) for locale in _LOCALES.get(language, (language,)))
        names = territories.names_of(concept.removeprefix(TERRITORY), locales)
        found += [stem_of_name(form) for form in _territory_forms(concept, names)]
    return tuple(s for s in found if s.words)


def _territory_forms(concept: str, names: tuple[str, ...]) -> tuple[str, ...]:
    if not concept.startswith(TERRITORY):
        return ()
    row = gazetteer.shipped().of_territory(concept.removeprefix(TERRITORY))
    return (*(row.forms if row else ()), *names)


def stem_of_name(name: str) -> Stem:
    """A name without its last vowel, which endings replace."""
    stem = Stem(name)
    if stem.is_unspaced or stem.is_capitals or not stem.words:
        return stem
    last = stem.words[-1]
    if len(last) < 4:
        stem.whole = True
    elif len(last) > 4 and last[-1] in _CUT:
        stem.words = (*stem.words[:-1], last[:-1])
    return stem


_CUT = frozenset("aeiouyаеиоуыэюяіїєьαειηουω")


class StemTable:
    """Stems filed by their letters; asked for one word at a time, with the answers remembered."""

    def __init__(self) -> None:
        self._stems: dict[str, list[tuple[bool, int]]] = defaultdict(list)
        self._capitals: dict[str, list[int]] = defaultdict(list)
        self._rows: list[tuple[Stem, int]] = []
        """Of several words; their first ones are filed as the complements of their places here."""
        self._letters: list[str] = []
        self._letter_senses: list[int] = []
        self._automaton: Automaton | None = None
        self._longest = 0
        self._heads: set[str] = set()
        """What words begin with that begin with a stem."""

    def add(self, stem: Stem, sense: int) -> None:
        if not stem.words or not all(stem.words):
            return
        if stem.is_unspaced:
            self._letters.append(stem.words[0])
            self._letter_senses.append(sense)
            return
        if len(stem.words) > 1:
            self._rows.append((stem, sense))
            sense = ~(len(self._rows) - 1)
        first = stem.words[0]
        if stem.is_capitals:
            self._capitals[first].append(sense)
            return
        self._heads.add(first[:_HEAD])
        filed = self._stems[first]
        whole = stem.whole and len(stem.words) == 1
        if (whole, sense) not in filed:
            filed.append((whole, sense))
        self._longest = max(self._longest, len(first))

    def in_letters(self, text: str) -> Iterator[tuple[int, int, int]]:
        """(sense, start, end) of stems in scripts without spaces."""
        if self._automaton is None:
            self._automaton = Automaton(self._letters)
        for index, start, end in self._automaton.find(text):
            yield self._letter_senses[index], start, end

    def may_begin(self, folded: str) -> bool:
        """Whether a word in lower case, of a script without prefixes, may begin with a stem."""
        heads = self._heads
        return folded[:4] in heads or folded[:3] in heads or folded[:2] in heads or folded[:1] in heads

    def tails(self, word: str) -> dict[int, str]:
        """What follows the longest stem of each sense that a word begins with."""
        folded = fold_text(word)
        found = dict.fromkeys(self._capitals.get(word, ()), "")
        for end in range(1, len(folded) + 1):
            for whole, sense in self._stems.get(folded[:end], ()):
                if not whole or end == len(folded):
                    found[sense] = folded[end:]
        return found

    def analyse(self, word: str) -> Segments:
        """What a word may mean. Complements are beginnings of stems of several words: see `row`."""
        script = script_of(word[0])
        if script in UNSPACED or len(word) > _LONGEST_WORD:
            return ()
        capitals = self._capitals.get(word, ())
        folded = fold_word(word)
        if script not in PREFIXES and not self.may_begin(folded):
            return (frozenset(capitals),) if capitals else ()
        best: tuple[int, Segments] = (0, ())
        rests: dict[int, tuple[int, Segments]] = {}
        for start in dict.fromkeys((0, *_prefix_ends(folded, script))):
            covered, found = self._split(folded, start, script, rests)
            if len(found) == len(best[1]) == 1:
                best = max(covered, best[0]), (best[1][0] | found[0],)
            elif covered > best[0]:
                best = covered, found
        if capitals:
            return (frozenset(capitals).union(*best[1][:1]), *best[1][1:])
        return best[1]

    def _split(
        self, word: str, start: int, script: Script, rests: dict[int, tuple[int, Segments]], *, inside: bool = False
    ) -> tuple[int, Segments]:
        """How a word is taken apart so that most of its letters are in stems, and by the fewest stems; how many are.
        `rests` keeps what was found of its ends: many ways lead to each of them."""
        if inside and start in rests:
            return rests[start]
        alone: set[int] = set()
        covered = 0
        by_end: dict[int, set[int]] = {}
        least = 1 if script is Script.HANGUL or not inside else _LEAST_IN_COMPOUND
        for end in range(start + least, min(len(word), start + self._longest) + 1):
            filed = self._stems.get(word[start:end])
            if filed is None:
                continue
            tail = len(word) - end
            longest = _LONG_TAIL if end - start >= _LONG_STEM else _TAIL
            for whole, sense in filed:
                if tail == 0 or (not whole and tail <= longest):
                    alone.add(sense)
                    covered = end - start
                if sense >= 0 and tail > 0 and (end - start >= _LEAST_IN_COMPOUND or script is Script.HANGUL):
                    by_end.setdefault(end, set()).add(sense)
        best: tuple[int, Segments] = (covered, (frozenset(alone),) if alone else ())
        for end, senses in by_end.items():
            for link in range(1 if script is Script.HANGUL else _LINK + 1):
                if end + link >= len(word):
                    break
                more, rest = self._split(word, end + link, script, rests, inside=True)
                reached = end - start + more
                if rest and (reached > best[0] or (reached == best[0] and len(rest) + 1 < len(best[1]))):
                    best = reached, (frozenset(senses), *rest)
        if inside:
            rests[start] = best
        return best

    def row(self, sense: int) -> tuple[tuple[str, ...], bool, int]:
        """Of a complement: the words that have to follow, whether the last is whole, and the sense."""
        stem, real = self._rows[~sense]
        return stem.words[1:], stem.whole, real


def _prefix_ends(word: str, script: Script) -> Iterable[int]:
    return [len(p) for p in PREFIXES.get(script, ()) if word.startswith(p) and len(word) - len(p) >= 2]


def follows(stem: str, word: str, whole: bool) -> bool:
    """Whether a later word of a text is what the stem of several words goes on with."""
    if stem.isupper():
        return stem == word
    folded = fold_text(word)
    return folded == stem or (not whole and folded.startswith(stem) and len(folded) - len(stem) <= _TAIL)


@cache
def all_concepts() -> tuple[tuple[tuple[str, str], ...], StemTable]:
    """Every concept in every language ('' for names of territories), and the table of their stems, whose senses are
    places in the first."""
    senses: dict[tuple[str, str], int] = {}
    table = StemTable()
    for concept, stems in _lines().items():
        for language, text in stems:
            table.add(Stem(text), senses.setdefault((language, concept), len(senses)))
    for code, names in territories.usual_names().items():
        concept = TERRITORY + code
        for form in _territory_forms(concept, names):
            table.add(stem_of_name(form), senses.setdefault(("", concept), len(senses)))
    return tuple(senses), table
