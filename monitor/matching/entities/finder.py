"""Entities in texts: words that sound like parts of a name, put together and judged with what stands around them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.core.model import Field
from monitor.core.settings import EntitySettings
from monitor.matching.automaton import Automaton
from monitor.matching.entities import territories
from monitor.matching.entities.evidence import Evidence
from monitor.matching.entities.names import Kind, Name, names_of
from monitor.matching.entities.numbers import number_after
from monitor.matching.entities.parts import Heard, Part, PartIndex
from monitor.matching.entities.people import is_given_name, is_in_lexicon, is_short_for, same_initial, sex_of
from monitor.matching.entities.phrases import Phrases
from monitor.matching.entities.sounds import key
from monitor.matching.entities.translated import Translated
from monitor.matching.entities.words import Word, is_shouted_text, next_word, previous_word, repair, words_of
from monitor.text.folding import Folded, fold_text
from monitor.text.scripts import CASED, Script
from monitor.text.tokens import is_word_end, is_word_start
from monitor.text.transliteration import readings

Spans = dict[int, list[tuple[Field, int, int]]]

_GAP = re.compile(r"[\s\-‐‑–'’ʼ.・·•‧=＝\"״«»„“”&+]{0,3}\Z")
_SAME_SENTENCE = re.compile(r"[\s\-‐‑–'’ʼ・·•‧=＝]{0,2}\Z")
_BREAK = re.compile(r"[.!?;:]\s|[\n]")
_FEMININE = ("ova", "ove", "ovou", "ovu", "ovej")
_SURE_CONSONANTS = 4
"""Where a script shows no capitals, a lone word with fewer consonants than this is not taken for a name."""


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
    """Different ones in a row, as in its key."""
    needs_given: bool
    """The family name is also a given name, or a letter: alone it says too little."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A listed name of several words."""

    number: int
    """Of the entity, or the complement of the one that it hides."""
    territory: str
    needs_capital: bool


@dataclass(frozen=True, slots=True)
class _Find:
    number: int
    first: int
    last: int
    is_sure: bool


class EntityFinder:
    """Built once per configuration; `find` is pure but for what it remembers of words it has met."""

    def __init__(self, entities: Sequence[EntitySettings], numbers: Sequence[int]) -> None:
        """`numbers` are what `find` calls the entities."""
        self._index = PartIndex()
        self._by_part: dict[int, list[_Known]] = defaultdict(list)
        """By the first word that is looked for: the family name of a person, the first word of anything else."""
        self._phrases = Phrases()
        self._of_phrase: list[_Phrase] = []
        self._translated = Translated()
        self._lower = PartIndex()
        """First words that are met without a capital too."""
        self._by_lower_part: dict[int, list[_Known]] = defaultdict(list)
        letters: list[str] = []
        self._letter_numbers: list[int] = []
        """For each of the letters' forms its entity, or the complement of the entity that it hides."""
        for entity, number in zip(entities, numbers, strict=True):
            names = names_of(entity)
            for name in names.spaced:
                self._add(name, number)
            for form in names.phrases:
                self._add_phrase(form, number, names.territory)
            for form in names.others:
                self._add_phrase(form, ~number, "")
            for composition in names.compositions:
                self._translated.add(composition, number)
            letters += names.unspaced
            self._letter_numbers += [number] * len(names.unspaced)
            letters += names.covering
            self._letter_numbers += [~number] * len(names.covering)
        self._letters = Automaton(letters)

    def _add(self, name: Name, number: int) -> None:
        parts = tuple(self._index.add(Part(word, name.listed)) for word in name.words)
        sex = sex_of(name.given[0]) if name.given else frozenset[str]()
        known = _Known(
            name=name,
            number=number,
            parts=parts,
            given=tuple(self._index.add(Part(word)) for word in name.given),
            is_male=sex == {"male"},
            needs_capital=name.words[0][0].isupper(),
            consonants=min((len(key(r)) for r in readings(name.words[-1])), default=0),
            needs_given=name.kind is Kind.PERSON and (len(name.words[-1]) == 1 or is_in_lexicon(name.words[-1])),
        )
        self._by_part[parts[0]].append(known)
        if not known.needs_capital:
            self._by_lower_part[self._lower.add(Part(name.words[0], name.listed))].append(known)

    def _add_phrase(self, form: str, number: int, territory: str) -> None:
        self._phrases.add(form, len(self._of_phrase))
        letter = next(c for c in form if c.isalpha())
        self._of_phrase.append(_Phrase(number, territory, letter.isupper()))

    def find(self, texts: Mapping[Field, Folded], language: str) -> Spans:
        """Number of an entity -> where it is named, in places of the texts as given."""
        code = language.lower().replace("_", "-").split("-")[0]
        finds: list[tuple[Field, list[Word], _Find]] = []
        found: Spans = {}
        evidence = Evidence()
        repaired: dict[Field, str] = {}
        for field, folded in texts.items():
            self._by_letters(field, folded, found)
            text = repaired[field] = repair(folded.original)
            words = words_of(text)
            shouted = is_shouted_text(words)
            for number, start, end in self._translated.find(field, text, words, folded, code, evidence):
                found.setdefault(number, []).append((field, start, end))
            for at, word in enumerate(words):
                for phrase, end in self._phrases_at(text, words, at, code):
                    found.setdefault(phrase.number, []).append((field, word.start, end))
                if word.is_capital or self._by_lower_part:
                    finds += [(field, words, f) for f in self._at(text, words, at, code, shouted)]
        sure = {f.number for _, _, f in finds if f.is_sure} | set(found)
        for field, words, f in finds:
            if f.is_sure or f.number in sure or words[f.first].script in CASED:
                span = (field, words[f.first].start, words[f.last].end)
                spans = found.setdefault(f.number, [])
                if span not in spans[-8:]:
                    spans.append(span)
        for number, field, start, end in evidence.settle(repaired, dict(found)):
            found.setdefault(number, []).append((field, start, end))
        hidden = {~number: _widest(spans) for number, spans in found.items() if number < 0}
        return {
            number: shown
            for number, spans in found.items()
            if number >= 0 and (shown := _outside(_widest(spans), hidden.get(number, [])))
        }

    def _by_letters(self, field: Field, folded: Folded, found: Spans) -> None:
        met = [(self._letter_numbers[index], start, end) for index, start, end in self._letters.find(folded.text)]
        hidden = {(~number, at) for number, start, end in met if number < 0 for at in range(start, end)}
        for number, start, end in met:
            if number < 0 or not (is_word_start(folded.text, start) and is_word_end(folded.text, end)):
                continue
            if (number, start) not in hidden:
                found.setdefault(number, []).append((field, *folded.span(start, end)))

    def _hear(self, word: Word, language: str) -> tuple[Heard, ...]:
        if word.heard is None:
            word.heard = self._index.hear(word.text, word.script, language)
        return word.heard

    def _phrases_at(self, text: str, words: list[Word], at: int, language: str) -> Iterator[tuple[_Phrase, int]]:
        for index, last, end in self._phrases.at(text, words, at, language):
            phrase = self._of_phrase[index]
            between = text[words[at].start : words[last].end]
            if len(between) > sum(len(w.text) + 3 for w in words[at : last + 1]) or _BREAK.search(between):
                continue
            if phrase.needs_capital and not words[at].is_capital and not words[last].is_capital:
                continue
            if not phrase.territory or not self._is_covered(words, at, last, phrase.territory):
                yield phrase, end

    def _at(self, text: str, words: list[Word], at: int, language: str, shouted: bool) -> list[_Find]:
        word = words[at]
        finds = []
        heard_as = self._hear(word, language) if word.is_capital else self._lower.hear(word.text, word.script, language)
        by_part = self._by_part if word.is_capital else self._by_lower_part
        for heard in heard_as:
            for known in by_part.get(heard.part, ()):
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

    def _sequence(
        self, text: str, words: list[Word], at: int, heard: Heard, known: _Known, language: str
    ) -> _Find | None:
        last = at
        for part in known.parts[1:]:
            after = next_word(words, last)
            if after is None or not _GAP.match(text, words[last].end, words[after].start):
                return None
            if not any(h.part == part for h in self._hear(words[after], language)):
                return None
            last = after
        if known.name.number and number_after(text, words[last].end, known.name.number) is None:
            return None
        if known.name.territory and self._is_covered(words, at, last, known.name.territory):
            return None
        if known.name.territory and len(known.parts) == 1 and self._is_other_person(text, words, at, known, language):
            return None
        if known.name.listed or len(known.parts) > 1:
            return _Find(known.number, at, last, True)
        if self._is_other_person(text, words, at, known, language):
            return None
        word = words[at]
        return _Find(known.number, at, last, word.script in CASED or _stands_alone(word, known, heard))

    def _person(
        self, text: str, words: list[Word], at: int, heard: Heard, known: _Known, language: str, shouted: bool
    ) -> _Find | None:
        word = words[at]
        if _is_junior(words, at):
            return None
        if known.is_male and language in ("cs", "sk") and heard.inflected and fold_text(word.text).endswith(_FEMININE):
            return None
        first, is_ours = self._given_before(text, words, at, known, language)
        if is_ours:
            return _Find(known.number, first, at, True)
        after = next_word(words, at)
        if (
            after is not None
            and _SAME_SENTENCE.match(text, words[at].end, words[after].start)
            and self._is_given(words[after], known, language)
        ):
            return _Find(known.number, at, after, True)
        if word.script in CASED:
            short = known.consonants < 2 or len(known.name.words[-1]) < 4
            if known.needs_given or (short and not fold_text(word.text).startswith(fold_text(known.name.words[-1]))):
                return None
            if word.is_shouted and not shouted:
                return None
            if self._is_other_person(text, words, at, known, language):
                return None
            return _Find(known.number, at, at, False)
        if known.needs_given:
            return None
        # Elsewhere it may still be a second mention, where the item is sure of the name already.
        return _Find(known.number, at, at, _stands_alone(word, known, heard))

    def _given_before(self, text: str, words: list[Word], at: int, known: _Known, language: str) -> tuple[int, bool]:
        """The first word of the name when our given name stands before it, middle names and initials between."""
        here, first = at, at
        for _ in range(3):
            before = previous_word(words, here)
            if (
                before is None
                or not _GAP.match(text, words[before].end, words[here].start)
                or not words[before].is_capital
            ):
                break
            here = before
            if self._is_given(words[before], known, language):
                first = before
            elif words[before].script not in CASED:
                break  # Without capitals nothing tells a middle name from any word.
        return first, first != at

    def _is_given(self, word: Word, known: _Known, language: str) -> bool:
        if not known.given or (word.script in CASED and not word.text[0].isupper()):
            return False
        ours = set(known.given)
        near = [h for h in self._hear(word, language) if h.part in ours]
        if word.script not in CASED:
            return bool(near) and known.consonants >= 2 and known.consonants + len(key(readings(word.text)[0])) >= 4
        if near:
            return True
        return any(is_short_for(given, word) for given in known.name.given)

    def _is_other_person(self, text: str, words: list[Word], at: int, known: _Known, language: str) -> bool:
        """Somebody else's given name stands before the word, or the word is itself somebody's given name."""
        word = words[at]
        after = next_word(words, at)
        if (
            after is not None
            and text[word.end : words[after].start] == " "
            and word.script in CASED
            and words[after].is_capital
            and not words[after].is_shouted
            and not known.name.given
            and is_given_name(word, language)
        ):
            return True
        if not known.given:
            return False
        before = previous_word(words, at)
        if before is not None and words[before].script is word.script and words[before].is_capital:
            gap = text[words[before].end : word.start]
            other = words[before]
            if len(other.text) == 1 and word.script in CASED and re.fullmatch(r"\.? ", gap):
                return bool(known.given) and not any(same_initial(g, other.text) for g in known.name.given)
            if gap == " " and is_given_name(other, language) and not self._is_given(other, known, language):
                return True
        return False

    def _is_covered(self, words: list[Word], first: int, last: int, territory: str) -> bool:
        """Whether a longer name of another territory stands here."""
        longer = territories.longer_names()
        low, high = max(0, first - 4), min(len(words), last + 8)
        for begin in range(low, first + 1):
            for end in range(last + 1, high + 1):
                if end - begin == last + 1 - first:
                    continue
                codes = longer.get(" ".join(fold_text(w.text) for w in words[begin:end]))
                if codes is not None and territory not in codes:
                    return True
        return False


def _stands_alone(word: Word, known: _Known, heard: Heard) -> bool:
    """Whether a word in a script without capitals can be taken for the name with nothing else to go by."""
    if known.consonants >= _SURE_CONSONANTS:
        return heard.distance <= _NEAR.get(word.script, 0.25)
    return known.consonants == 3 and heard.distance <= 0.1 and word.script not in _DENSE


_NEAR = {Script.HAN: 0.6, Script.ARABIC: 0.35, Script.HEBREW: 0.35}
_DENSE = frozenset({Script.ARABIC, Script.HEBREW, Script.HAN, Script.THAI, Script.LAO, Script.KHMER, Script.MYANMAR})
"""Scripts in which so few letters are enough for a word that unrelated ones meet."""


_TITLE_ACRONYM = 4
_TITLE_LANGUAGES = frozenset(("en", "de", "fi", "et", "sv", "no", "nb", "nn", "da", "es"))
_MID_SENTENCE = re.compile(r"[\w,;)’'-] ?[\"'“„«(]?\Z")
_JUNIOR = frozenset(("jr", "junior", "ml", "мл", "младший", "mladsi"))


def _is_written_as_acronym(known: _Known, words: list[Word], at: int, shouted: bool, text: str, language: str) -> bool:
    word = words[at]
    if word.script not in CASED:
        return True
    acronym = known.name.words[0]
    capitals = (
        len(word.text) - len(word.text.lstrip("".join({c for c in word.text if c.isupper()}))) if word.text else 0
    )
    if capitals >= min(len(acronym), 2) and capitals >= len(acronym) - 1:
        return not shouted or len(acronym) >= _TITLE_ACRONYM
    if len(acronym) < _TITLE_ACRONYM:
        return False
    # Nato begins sentences of languages in which it is also a word; where papers write acronyms so, it is the acronym.
    return language in _TITLE_LANGUAGES or bool(_MID_SENTENCE.search(text, max(0, word.start - 3), word.start))


def _is_junior(words: list[Word], at: int) -> bool:
    after = next_word(words, at)
    return after is not None and fold_text(words[after].text) in _JUNIOR


def _outside(spans: list[tuple[Field, int, int]], hidden: list[tuple[Field, int, int]]) -> list[tuple[Field, int, int]]:
    """Without those that lie inside the name of something else."""
    return [s for s in spans if not any(h[0] == s[0] and h[1] <= s[1] and s[2] <= h[2] for h in hidden)]


def _widest(spans: list[tuple[Field, int, int]]) -> list[tuple[Field, int, int]]:
    """Without those that lie inside another."""
    out: list[tuple[Field, int, int]] = []
    for field, start, end in sorted(spans, key=lambda s: (s[0], s[1], -s[2])):
        if not out or out[-1][0] != field or end > out[-1][2]:
            out.append((field, start, end))
    return out
