"""Entities in texts: words that sound like parts of a name, put together and judged with what stands around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.core.model import Field
from monitor.core.settings import EntitySettings
from monitor.matching.automaton import Automaton
from monitor.matching.entities import likely, territories
from monitor.matching.entities.evidence import Evidence
from monitor.matching.entities.inflected import inflected, inflected_phrase
from monitor.matching.entities.names import Kind, Name, names_of
from monitor.matching.entities.numbers import number_after
from monitor.matching.entities.parts import Heard, Part, PartIndex
from monitor.matching.entities.persons import Find, Persons
from monitor.matching.entities.phrases import Phrases
from monitor.matching.entities.pieces import AROUND, BESIDE, FAINT, Pieces
from monitor.matching.entities.place import Place
from monitor.matching.entities.rulers import Rulers
from monitor.matching.entities.translated import Translated
from monitor.matching.entities.words import Capitals, Word, next_word, words_of
from monitor.text.folding import Folded
from monitor.text.language import primary
from monitor.text.scripts import CASED, UNSPACED, script_of
from monitor.text.tokens import is_word_end, is_word_start
from monitor.text.twins import in_one_script

Spans = dict[int, list[tuple[Field, int, int]]]

_GAP = re.compile(r"[\s\-‐‑–'’ʼ.・·•‧=＝\"״«»„“”&+]{0,3}\Z")
_BREAK = re.compile(r"[.!?;:]\s|[\n]")
_SHORTENED = re.compile(r"\b[^\W\d_]{1,3}[.]\s")


@dataclass(frozen=True, slots=True)
class _Known:
    """A name, with its words as numbers of the part index."""

    name: Name
    number: int
    parts: tuple[int, ...]
    needs_capital: bool


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A listed name of several words."""

    number: int
    """Of the entity, or the complement of the one that it hides."""
    territory: str
    needs_capital: bool
    has_shortened: bool
    """As in Wlk. Brytania."""


class EntityFinder:
    """Built once per configuration; `find` is pure but for what it remembers of words it has met."""

    def __init__(
        self, entities: Sequence[EntitySettings], numbers: Sequence[int], pieces: type[Pieces] = Pieces
    ) -> None:
        """`numbers` are what `find` calls the entities; `pieces` choose what of a text is read."""
        self._index = PartIndex()
        self._by_part: dict[int, list[_Known]] = defaultdict(list)
        """By the first word."""
        self._persons = Persons(self._index)
        self._rulers = Rulers(self._index)
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
                for form in inflected(name.words[0]) if name.listed and len(name.words) == 1 else ():
                    self._add(replace(name, words=(form,)), number)
            for form in (other for phrase in names.phrases for other in (phrase, *inflected_phrase(phrase))):
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
        self._translated.settle()
        self._index.settle()
        self._beginnings = frozenset((*self._persons.beginnings, *self._rulers.beginnings))
        """The parts that persons are looked for at, which given names are not."""
        self._pieces = pieces(self._reach, self._may_begin, self._is_told_by)

    def _add(self, name: Name, number: int) -> None:
        if name.kind is Kind.RULER:
            self._rulers.add(name, number)
            return
        if name.kind is Kind.PERSON:
            self._persons.add(name, number)
            return
        parts = tuple(self._index.add(Part(word, name.listed)) for word in name.words)
        known = _Known(
            name=name,
            number=number,
            parts=parts,
            needs_capital=name.words[0][0].isupper(),
        )
        self._by_part[parts[0]].append(known)
        if name.words[0][0].islower():
            self._by_lower_part[self._lower.add(Part(name.words[0], name.listed))].append(known)

    def _add_phrase(self, form: str, number: int, territory: str) -> None:
        self._phrases.add(form, len(self._of_phrase))
        letter = next(c for c in form if c.isalpha())
        self._of_phrase.append(_Phrase(number, territory, letter.isupper(), bool(_SHORTENED.search(form))))

    def find(self, texts: Mapping[Field, Folded], language: str) -> Spans:
        """Number of an entity -> where it is named, in places of the texts as given."""
        code = primary(language)
        finds: list[tuple[Field, list[Word], Find]] = []
        found: Spans = {}
        evidence = Evidence()
        for field, folded in texts.items():
            self._by_letters(field, folded, found)
            stretches = self._pieces.stretches(folded.original, code)
            if self._translated.in_letters(folded, code):
                stretches = [(0, len(folded.original))]
            if stretches:
                text = folded.settled
                words = [word for start, end in stretches for word in words_of(text, start, end)]
                for number, start, end in self._translated.find(field, text, words, folded, code, evidence):
                    found.setdefault(number, []).append((field, start, end))
                finds += [(field, words, find) for find in self._read(field, text, words, code, found)]
        sure = {f.number for _, _, f in finds if f.is_sure} | set(found)
        others = {f.number for _, _, f in finds if f.is_against} - sure
        for field, words, f in finds:
            if f.is_against or f.number in others:
                continue
            if f.is_sure or f.number in sure or words[f.first].script in CASED:
                span = (field, words[f.first].start, words[f.last].end)
                spans = found.setdefault(f.number, [])
                if span not in spans[-8:]:
                    spans.append(span)
        settled = {field: folded.settled for field, folded in texts.items()} if evidence.is_any else {}
        for number, field, start, end in evidence.settle(settled, dict(found)):
            found.setdefault(number, []).append((field, start, end))
        hidden = {~number: _widest(spans) for number, spans in found.items() if number < 0}
        return {
            number: shown
            for number, spans in found.items()
            if number >= 0 and (shown := _outside(_widest(spans), hidden.get(number, [])))
        }

    def _read(self, field: Field, text: str, words: list[Word], language: str, found: Spans) -> Iterator[Find]:
        """Adds the phrases to `found`."""
        nothing = self._pieces.memory(language).nothing
        capitals = Capitals(text)
        hyphens = "-" in text
        for at, word in enumerate(words):
            behind_hyphen = hyphens and text[word.start - 1 : word.start] == "-"
            if word.text in nothing and not behind_hyphen:
                continue
            begins = self._phrases.begins(word, language)
            for phrase, end in self._phrases_at(text, words, at, language) if begins else ():
                found.setdefault(phrase.number, []).append((field, word.start, end))
            as_capital = word.is_capital or behind_hyphen
            heard = self._hear(word, language) if as_capital else self._lower.hear(word.text, word.script, language)
            if heard:
                here = Place(text, words, at, language, capitals)
                yield from self._at(here, heard, as_capital=as_capital)
            elif not begins and word.script in UNSPACED:
                self._pieces.forget_about(word, language)

    def _reach(self, word: Word, language: str, behind_hyphen: bool) -> int:
        """How many characters around a word have to be read, 0 when nothing begins there."""
        as_capital = word.is_capital or behind_hyphen
        heard = self._hear(word, language) if as_capital else self._lower.hear(word.text, word.script, language)
        by_part = self._by_part if as_capital else self._by_lower_part
        reach = 0
        if any(h.near and h.tells and h.part in by_part for h in heard):
            reach = AROUND
        elif as_capital and (met := [h for h in heard if h.part in self._beginnings]):
            reach = BESIDE if any(h.near for h in met) else FAINT
        if self._phrases.begins(word, language):
            reach = max(reach, AROUND, self._phrases.reach)
        return max(reach, self._translated.reach(word, language))

    def _is_told_by(self, piece: str, other: str, language: str) -> bool:
        """Whether what begins faintly in a piece may be meant because another stands nearby."""
        words, others = words_of(in_one_script(piece)), words_of(in_one_script(other))
        return any(
            self._persons.may_be_told_by(word, o, language, behind_hyphen=other[o.start - 1 : o.start] == "-")
            for word in words
            for o in others
        )

    def _may_begin(self, folded: str, language: str) -> bool:
        return (
            self._phrases.may_begin(folded)
            or self._lower.may_be_heard(folded, language)
            or self._translated.may_begin(folded, language)
        )

    def _by_letters(self, field: Field, folded: Folded, found: Spans) -> None:
        if not self._letter_numbers:
            return
        met = [(self._letter_numbers[index], start, end) for index, start, end in self._letters.find(folded.text)]
        hidden = {(~number, at) for number, start, end in met if number < 0 for at in range(start, end)}
        for number, start, end in met:
            if number < 0 or not (is_word_start(folded.text, start) and is_word_end(folded.text, end)):
                continue
            if (number, start) not in hidden:
                found.setdefault(number, []).append((field, *folded.span(start, end)))

    def _hear(self, word: Word, language: str) -> tuple[Heard, ...]:
        return word.heard_in(self._index, language)

    def _phrases_at(self, text: str, words: list[Word], at: int, language: str) -> Iterator[tuple[_Phrase, int]]:
        for index, last, end in self._phrases.at(text, words, at, language):
            phrase = self._of_phrase[index]
            between = text[words[at].start : words[last].end]
            if phrase.has_shortened:
                between = _SHORTENED.sub("", between)
            if len(between) > sum(len(w.text) + 3 for w in words[at : last + 1]) or _BREAK.search(between):
                continue
            if phrase.needs_capital and not words[at].is_capital and not words[last].is_capital:
                continue
            if not phrase.territory or not self._is_covered(words, at, last, phrase.territory):
                yield phrase, end

    def _at(self, here: Place, heard_as: tuple[Heard, ...], *, as_capital: bool) -> list[Find]:
        finds = [*self._persons.at(here, heard_as), *self._rulers.at(here, heard_as)] if as_capital else []
        by_part = self._by_part if as_capital else self._by_lower_part
        for heard in heard_as:
            for known in by_part.get(heard.part, ()):
                if not (heard.near and heard.tells):
                    continue
                if known.name.kind is Kind.ACRONYM and not _is_written_as_acronym(known, here):
                    continue
                find = self._sequence(here, heard, known)
                if find is not None:
                    finds.append(find)
        return finds

    def _sequence(self, here: Place, heard: Heard, known: _Known) -> Find | None:
        text, words, at, language = here.text, here.words, here.at, here.language
        if known.name.is_foreign and (not here.is_cased or here.word.script is script_of(known.name.words[0][0])):
            return None
        last = at
        for part in known.parts[1:]:
            after = next_word(words, last)
            if after is None or not _GAP.match(text, words[last].end, words[after].start):
                return None
            if not any(h.part == part and h.near for h in self._hear(words[after], language)):
                return None
            last = after
        if known.name.number and number_after(text, words[last].end, known.name.number) is None:
            return None
        if known.name.territory and self._is_covered(words, at, last, known.name.territory):
            return None
        if known.name.listed and here.is_compound:
            return None
        single = len(known.parts) == 1 and (known.name.territory or not known.name.listed)
        if single and here.is_somebody_else:
            return None
        if known.name.listed or len(known.parts) > 1:
            return Find(known.number, at, last, is_sure=True)
        if not here.is_cased:
            name = known.name.words[0]
            is_sure = likely.stands_alone(here, heard, name) or likely.ends_a_name(here, heard, name)
            return Find(known.number, at, at, is_sure=is_sure)
        if not here.is_titled and known.needs_capital and (likely.is_common(here) or here.is_named_after):
            return None
        return Find(known.number, at, at, is_sure=True)

    def _is_covered(self, words: list[Word], first: int, last: int, territory: str) -> bool:
        """Whether a longer name of another territory stands here."""
        longer, known = territories.longer_names(), territories.words_of_longer_names()
        low, high = first, last + 1
        while low > max(0, first - 4) and words[low - 1].folded in known:
            low -= 1
        while high < min(len(words), last + 8) and words[high].folded in known:
            high += 1
        for begin in range(low, first + 1):
            for end in range(last + 1, high + 1):
                if end - begin == last + 1 - first:
                    continue
                codes = longer.get(" ".join(w.folded for w in words[begin:end]))
                if codes is not None and territory not in codes:
                    return True
        return False


_TITLE_ACRONYM = 4
_TITLE_LANGUAGES = frozenset(("en", "de", "fi", "et", "sv", "no", "nb", "nn", "da", "es"))
_MID_SENTENCE = re.compile(r"[\w,;)’'-] ?[\"'“„«(]?\Z")


def _is_written_as_acronym(known: _Known, here: Place) -> bool:
    word = here.word
    if word.script not in CASED:
        return True
    acronym = known.name.words[0]
    capitals = (
        len(word.text) - len(word.text.lstrip("".join({c for c in word.text if c.isupper()}))) if word.text else 0
    )
    if capitals >= min(len(acronym), 2) and capitals >= len(acronym) - 1:
        return not here.is_shouted_text or len(acronym) >= _TITLE_ACRONYM
    if len(acronym) < _TITLE_ACRONYM:
        return False
    # Nato begins sentences of languages in which it is also a word; where papers write acronyms so, it is the acronym.
    return here.language in _TITLE_LANGUAGES or bool(
        _MID_SENTENCE.search(here.text, max(0, word.start - 3), word.start)
    )


def _outside(spans: list[tuple[Field, int, int]], hidden: list[tuple[Field, int, int]]) -> list[tuple[Field, int, int]]:
    """Without those that lie inside the name of something else. Both come from `_widest`: of the names that begin
    before a place, the last one ends last."""
    begins = [(field, start) for field, start, _ in hidden]

    def is_inside(field: Field, start: int, end: int) -> bool:
        index = bisect_right(begins, (field, start)) - 1
        return index >= 0 and hidden[index][0] == field and end <= hidden[index][2]

    return [span for span in spans if not is_inside(*span)]


def _widest(spans: list[tuple[Field, int, int]]) -> list[tuple[Field, int, int]]:
    """Without those that lie inside another, in order: each ends behind the one before it in its field."""
    if len(spans) == 1:
        return spans
    out: list[tuple[Field, int, int]] = []
    for field, start, end in sorted(spans, key=lambda s: (s[0], s[1], -s[2])):
        if not out or out[-1][0] != field or end > out[-1][2]:
            out.append((field, start, end))
    return out
