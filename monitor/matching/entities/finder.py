"""Entities in texts: words that sound like parts of a name, put together and judged with what stands around them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from monitor.core.model import Field
from monitor.core.settings import EntitySettings
from monitor.matching.entities import territories
from monitor.matching.entities.lexicon import given_names
from monitor.matching.entities.names import Kind, Name, names_of
from monitor.matching.entities.parts import Heard, Part, PartIndex
from monitor.matching.entities.sounds import key
from monitor.text.folding import Folded, fold_text
from monitor.text.scripts import CASED, UNSPACED, Script, script_of
from monitor.text.tokens import is_word_end, is_word_start, runs
from monitor.text.transliteration import readings

Spans = dict[int, list[tuple[Field, int, int]]]

_GAP = re.compile(r"[\s\-‐‑–'’ʼ.・·•‧=＝]{0,3}\Z")
_SAME_SENTENCE = re.compile(r"[\s\-‐‑–'’ʼ・·•‧=＝]{0,2}\Z")
_FEMININE = ("ova", "ove", "ovou", "ovu", "ovej")
_WINDOW = {Script.HAN: 7, Script.KANA: 0, Script.THAI: 9, Script.LAO: 9, Script.KHMER: 9, Script.MYANMAR: 9}
_CLUSTER = re.compile(r"[เแโใไ]?.[ัิ-ฺ็-๎]*")
_SURE_CONSONANTS = 4
"""Where a script shows no capitals, a lone word with fewer consonants than this is not taken for a name."""


@dataclass(slots=True)
class _Word:
    start: int
    end: int
    text: str
    script: Script
    heard: tuple[Heard, ...] | None = None

    @property
    def is_capital(self) -> bool:
        return self.script not in CASED or self.text[0].isupper()

    @property
    def is_shouted(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


@dataclass(frozen=True, slots=True)
class _Known:
    """A name, with its words as numbers of the part index."""

    name: Name
    number: int
    parts: tuple[int, ...]
    given: tuple[int, ...]
    is_male: bool
    needs_capital: bool
    consonants: int


@dataclass(frozen=True, slots=True)
class _Find:
    known: _Known
    first: int
    last: int
    is_sure: bool


@cache
def _lexicon() -> tuple[PartIndex, tuple[frozenset[str], ...]]:
    index = PartIndex()
    sexes = []
    for name, sex in given_names():
        index.add(Part(name))
        sexes.append(sex)
    return index, tuple(sexes)


class EntityFinder:
    """Built once per configuration; `find` is pure but for what it remembers of words it has met."""

    def __init__(self, entities: Sequence[EntitySettings], numbers: Sequence[int]) -> None:
        """`numbers` are what `find` calls the entities."""
        self._index = PartIndex()
        self._by_part: dict[int, list[_Known]] = defaultdict(list)
        """By the first word that is looked for: the family name of a person, the first word of anything else."""
        self._lower = False
        letters: list[str] = []
        self._letter_numbers: list[int] = []
        for entity, number in zip(entities, numbers, strict=True):
            names = names_of(entity)
            for name in names.spaced:
                self._add(name, number)
            letters += names.unspaced
            self._letter_numbers += [number] * len(names.unspaced)
        self._letters = ahocorasick_rs.AhoCorasick(letters) if letters else None

    def _add(self, name: Name, number: int) -> None:
        parts = tuple(self._index.add(Part(word, name.listed)) for word in name.words)
        sex = _sex(name.given[0]) if name.given else frozenset[str]()
        known = _Known(
            name=name,
            number=number,
            parts=parts,
            given=tuple(self._index.add(Part(word)) for word in name.given),
            is_male=sex == {"male"},
            needs_capital=name.words[0][0].isupper(),
            consonants=max((len(key(r)) for r in readings(name.words[-1])), default=0),
        )
        self._lower = self._lower or not known.needs_capital
        self._by_part[parts[0]].append(known)

    def find(self, texts: Mapping[Field, Folded], language: str) -> Spans:
        """Number of an entity -> where it is named, in places of the texts as given."""
        code = language.lower().replace("_", "-").split("-")[0]
        finds: list[tuple[Field, list[_Word], _Find]] = []
        found: Spans = {}
        for field, folded in texts.items():
            self._by_letters(field, folded, found)
            words = self._words(folded.original)
            shouted = _is_shouted(words)
            for at, word in enumerate(words):
                if word.is_capital or self._lower:
                    finds += [(field, words, f) for f in self._at(folded.original, words, at, code, shouted)]
        sure = {f.known.number for _, _, f in finds if f.is_sure} | set(found)
        for field, words, f in finds:
            if f.is_sure or f.known.number in sure or words[f.first].script in CASED:
                span = (field, words[f.first].start, words[f.last].end)
                spans = found.setdefault(f.known.number, [])
                if span not in spans[-8:]:
                    spans.append(span)
        return {number: _widest(spans) for number, spans in found.items()}

    def _by_letters(self, field: Field, folded: Folded, found: Spans) -> None:
        if self._letters is None:
            return
        for index, start, end in self._letters.find_matches_as_indexes(folded.text, overlapping=True):
            if is_word_start(folded.text, start) and is_word_end(folded.text, end):
                found.setdefault(self._letter_numbers[index], []).append((field, *folded.span(start, end)))

    # --- words -------------------------------------------------------------------------------------------------------

    def _words(self, text: str) -> list[_Word]:
        words: list[_Word] = []
        for start, end, script in runs(text):
            if script in UNSPACED and script is not Script.KANA:
                words += _windows(text, start, end, script)
            else:
                words.append(_Word(start, end, text[start:end], script))
        return words

    def _hear(self, word: _Word, language: str) -> tuple[Heard, ...]:
        if word.heard is None:
            word.heard = self._index.hear(word.text, word.script, language)
        return word.heard

    # --- names -------------------------------------------------------------------------------------------------------

    def _at(self, text: str, words: list[_Word], at: int, language: str, shouted: bool) -> list[_Find]:
        word = words[at]
        finds = []
        for heard in self._hear(word, language):
            for known in self._by_part.get(heard.part, ()):
                if known.needs_capital and not word.is_capital:
                    continue
                if known.name.kind is Kind.ACRONYM and not _is_written_as_acronym(
                    known, words, at, shouted, text, language
                ):
                    continue
                find = (
                    self._person(text, words, at, heard, known, language, shouted)
                    if known.name.kind is Kind.PERSON
                    else self._sequence(text, words, at, heard, known, language)
                )
                if find is not None:
                    finds.append(find)
        return finds

    def _sequence(self, text: str, words: list[_Word], at: int, heard: Heard, known: _Known, language: str) -> _Find | None:
        last = at
        for part in known.parts[1:]:
            after = _next(words, last)
            if after is None or not _GAP.match(text, words[last].end, words[after].start):
                return None
            if not any(h.part == part for h in self._hear(words[after], language)):
                return None
            last = after
        if known.name.territory and self._is_covered(words, at, last, known.name.territory):
            return None
        if known.name.territory and len(known.parts) == 1 and self._is_other_person(text, words, at, known, language):
            return None
        if known.name.listed or len(known.parts) > 1:
            return _Find(known, at, last, True)
        if self._is_other_person(text, words, at, known, language):
            return None
        word = words[at]
        return _Find(known, at, last, word.script in CASED or _stands_alone(words, at, known, heard))

    def _person(
        self, text: str, words: list[_Word], at: int, heard: Heard, known: _Known, language: str, shouted: bool
    ) -> _Find | None:
        word = words[at]
        if _is_junior(words, at):
            return None
        if known.is_male and language in ("cs", "sk") and heard.inflected and fold_text(word.text).endswith(_FEMININE):
            return None
        first, is_ours = self._given_before(text, words, at, known, language)
        if is_ours:
            return _Find(known, first, at, True)
        after = _next(words, at)
        if after is not None and _SAME_SENTENCE.match(text, words[at].end, words[after].start) and self._is_given(words[after], known, language):
            return _Find(known, at, after, True)
        if word.script in CASED:
            if heard.distance > 0.12 and known.consonants < 2:
                return None
            if word.is_shouted and not shouted:
                return None
            if self._is_other_person(text, words, at, known, language):
                return None
            return _Find(known, at, at, False)
        if _stands_alone(words, at, known, heard):
            return _Find(known, at, at, False) if known.consonants < _SURE_CONSONANTS else _Find(known, at, at, True)
        return None

    def _given_before(self, text: str, words: list[_Word], at: int, known: _Known, language: str) -> tuple[int, bool]:
        """The first word of the name when our given name stands before it, middle names and initials between."""
        here, first = at, at
        for _ in range(3):
            before = _previous(words, here)
            if before is None or not _GAP.match(text, words[before].end, words[here].start) or not words[before].is_capital:
                break
            if self._is_given(words[before], known, language):
                first = before
                here = before
                continue
            here = before
        return first, first != at

    def _is_given(self, word: _Word, known: _Known, language: str) -> bool:
        if not known.given or (word.script in CASED and not word.text[0].isupper()):
            return False
        ours = set(known.given)
        if any(h.part in ours for h in self._hear(word, language)):
            return True
        return any(_is_short_for(given, word) for given in known.name.given)

    def _is_other_person(self, text: str, words: list[_Word], at: int, known: _Known, language: str) -> bool:
        """Somebody else's given name stands before the word, or the word is itself somebody's given name."""
        word = words[at]
        after = _next(words, at)
        if (
            after is not None
            and text[word.end : words[after].start] == " "
            and word.script in CASED
            and words[after].is_capital
            and not words[after].is_shouted
            and not known.name.given
            and _is_given_name(word, language)
        ):
            return True
        if not known.given:
            return False
        before = _previous(words, at)
        if before is not None and words[before].script is word.script and words[before].is_capital:
            gap = text[words[before].end : word.start]
            other = words[before]
            if len(other.text) == 1 and word.script in CASED and re.fullmatch(r"\.? ", gap):
                return bool(known.given) and not any(_same_initial(g, other.text) for g in known.name.given)
            if gap == " " and _is_given_name(other, language) and not self._is_given(other, known, language):
                return True
        return False

    def _is_covered(self, words: list[_Word], first: int, last: int, territory: str) -> bool:
        """Whether a longer name of another territory stands here."""
        longer = territories.longer_names()
        low, high = max(0, first - 3), min(len(words), last + 4)
        for begin in range(low, first + 1):
            for end in range(last + 1, high + 1):
                if end - begin == last + 1 - first:
                    continue
                codes = longer.get(" ".join(fold_text(w.text) for w in words[begin:end]))
                if codes is not None and territory not in codes:
                    return True
        return False


def _sex(name: str) -> frozenset[str]:
    index, sexes = _lexicon()
    heard = index.hear(name, script_of(name[0]), "")
    return sexes[heard[0].part] if heard else frozenset()


def _is_given_name(word: _Word, language: str) -> bool:
    index, _ = _lexicon()
    if word.script not in CASED:
        return any(h.distance < 0.1 for h in index.hear(word.text, word.script, language)) and len(word.text) > 3
    return any(h.distance < 0.3 for h in index.hear(word.text, word.script, language))


def _is_short_for(given: str, word: _Word) -> bool:
    """Joe, Joseph; Vladimir, Volodymyr: near enough where the family name is there too."""
    for mine in readings(given):
        for theirs in readings(word.text):
            if mine[:1] != theirs[:1] and {mine[:1], theirs[:1]} not in ({"v", "f"}, {"J", "j"}, {"J", "Z"}, {"J", "d"}):
                continue
            if min(len(mine), len(theirs)) >= 2 and (mine.startswith(theirs) or theirs.startswith(mine)):
                return True
            mine_key, their_key = key(mine), key(theirs)
            if len(mine_key) >= 3 and _shared(mine_key, their_key) >= max(len(mine_key), len(their_key)) - 1:
                return True
    return False


def _shared(a: str, b: str) -> int:
    row = [0] * (len(b) + 1)
    for x in a:
        diagonal = 0
        for j, y in enumerate(b, 1):
            above = row[j]
            row[j] = diagonal + 1 if x == y else max(above, row[j - 1])
            diagonal = above
    return row[-1]


def _same_initial(given: str, initial: str) -> bool:
    ours = {r[0] for r in readings(given)}
    theirs = {r[0] for r in readings(initial)}
    return bool(ours & theirs) or not theirs or fold_text(given)[0] == fold_text(initial)


def _previous(words: list[_Word], at: int) -> int | None:
    """The word that ends before this one; windows over unspaced script overlap."""
    index = at - 1
    while index >= 0 and words[index].end > words[at].start:
        index -= 1
    return index if index >= 0 else None


def _next(words: list[_Word], at: int) -> int | None:
    index = at + 1
    while index < len(words) and words[index].start < words[at].end:
        index += 1
    return index if index < len(words) else None


def _windows(text: str, start: int, end: int, script: Script) -> list[_Word]:
    """Every stretch of a few letters: a script without spaces does not say where a name begins."""
    edges = [m.start() for m in _CLUSTER.finditer(text, start, end)] if script is Script.THAI else list(range(start, end))
    edges.append(end)
    longest = _WINDOW.get(script, 7)
    return [
        _Word(edges[i], edges[j], text[edges[i] : edges[j]], script)
        for i in range(len(edges) - 1)
        for j in range(i + 2, min(len(edges), i + longest + 1))
    ]


def _stands_alone(words: list[_Word], at: int, known: _Known, heard: Heard) -> bool:
    """Whether a word in a script without capitals can be taken for the name with nothing else to go by."""
    return known.consonants >= _SURE_CONSONANTS or (known.consonants == 3 and heard.distance <= 0.2)


def _is_shouted(words: list[_Word]) -> bool:
    cased = [w for w in words if w.script in CASED and len(w.text) > 1]
    return len(cased) > 1 and sum(w.text.isupper() for w in cased) * 2 > len(cased)


_TITLE_ACRONYM = 4
_TITLE_LANGUAGES = frozenset(("en", "de", "fi", "et", "sv", "no", "nb", "nn", "da", "es"))
_MID_SENTENCE = re.compile(r"[\w,;)’'-] ?[\"'“„«(]?\Z")
_JUNIOR = frozenset(("jr", "junior", "ml", "мл", "младший", "mladsi"))


def _is_written_as_acronym(
    known: _Known, words: list[_Word], at: int, shouted: bool, text: str, language: str
) -> bool:
    word = words[at]
    if word.script not in CASED:
        return True
    acronym = known.name.words[0]
    capitals = len(word.text) - len(word.text.lstrip("".join({c for c in word.text if c.isupper()}))) if word.text else 0
    if capitals >= min(len(acronym), 2) and capitals >= len(acronym) - 1:
        return not shouted or len(acronym) >= _TITLE_ACRONYM
    if len(acronym) < _TITLE_ACRONYM:
        return False
    # Nato begins sentences of languages in which it is also a word; where papers write acronyms so, it is the acronym.
    return language in _TITLE_LANGUAGES or bool(_MID_SENTENCE.search(text, max(0, word.start - 3), word.start))


def _is_junior(words: list[_Word], at: int) -> bool:
    after = _next(words, at)
    return after is not None and fold_text(words[after].text) in _JUNIOR


def _widest(spans: list[tuple[Field, int, int]]) -> list[tuple[Field, int, int]]:
    """Without those that lie inside another."""
    out: list[tuple[Field, int, int]] = []
    for field, start, end in sorted(spans, key=lambda s: (s[0], s[1], -s[2])):
        if not out or out[-1][0] != field or end > out[-1][2]:
            out.append((field, start, end))
    return out
