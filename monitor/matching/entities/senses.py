"""What the names of a configuration mean, and which words of a language say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from monitor.matching.entities import gazetteer
from monitor.matching.entities.concepts import (
    Segments,
    Stem,
    StemTable,
    all_concepts,
    languages_like,
    stem_of_name,
    stems_of,
)
from monitor.matching.entities.loose import LooseParts
from monitor.matching.entities.meaning import FUNCTION, Part
from monitor.matching.entities.words import Word
from monitor.text.folding import fold_text
from monitor.text.scripts import UNSPACED

_MOST_CACHED = 100_000
_SHORT_NAME = 4
_SAYING = frozenset((("es", "sur"),))
"""Words that only join others in another language."""


@dataclass(slots=True)
class _Language:
    table: StemTable
    memo: dict[str, Segments] = field(default_factory=dict)


class Senses:
    """Senses are numbered as names bring them. What a word says is remembered, because words repeat."""

    def __init__(self) -> None:
        self.loose = LooseParts()
        self._concepts: dict[str, int] = {}
        self._spelled: dict[str, int] = {}
        self._count = 0
        self._languages: dict[frozenset[str], _Language] = {}

    def of_part(self, part: Part) -> frozenset[int]:
        """Of a part of a name, which the words that are looked for have then too."""
        if part.proper:
            return frozenset({self._new(self._spelled, part.proper)})
        return frozenset(self._new(self._concepts, name) for name in part.concepts)

    def _new(self, known: dict[str, int], name: str) -> int:
        if name not in known:
            known[name] = self._count
            self._count += 1
            if known is self._spelled:
                self.loose.add(name, known[name])
            self._languages.clear()
        return known[name]

    def of_word(self, word: Word, language: str) -> Segments:
        here = self._in(language)
        segments = here.memo.get(word.text)
        if segments is None:
            if len(here.memo) > _MOST_CACHED:
                here.memo.clear()
            segments = here.memo[word.text] = self._analyse(word, here.table, language)
        return segments

    def memo(self, language: str) -> dict[str, Segments]:
        """What `of_word` has answered so far."""
        return self._in(language).memo

    def table(self, language: str) -> StemTable:
        return self._in(language).table

    def _analyse(self, word: Word, table: StemTable, language: str) -> Segments:
        if word.script in UNSPACED:
            return ()
        if word.text[0].islower() and fold_text(word.text) in FUNCTION and (language, word.text) not in _SAYING:
            return ()
        segments = table.analyse(word.text)
        spelled = self.loose.hear(word.text, word.script) if word.is_capital else frozenset[int]()
        if spelled and len(segments) <= 1:
            return (spelled.union(*segments),)
        return segments

    def _in(self, language: str) -> _Language:
        like = languages_like(language)
        known = self._languages.get(like)
        if known is None:
            table = StemTable()
            for name, sense in self._concepts.items():
                for stem in stems_of(name, like):
                    table.add(stem, sense)
            for name, sense in self._spelled.items():
                row = gazetteer.shipped().row_of(name)
                for form in dict.fromkeys((name, *(row.forms if row else ()))):
                    table.add(Stem(form + "=") if len(form) < _SHORT_NAME else stem_of_name(form), sense)
            known = self._languages[like] = _Language(table)
        return known


@lru_cache(maxsize=20_000)
def means_something(word: str, language: str, *, country: bool = False) -> bool:
    """Whether a word would make a name that of something else, as in European *Investment* Bank, or, if asked so, of
    another country's."""
    senses, table = all_concepts()
    like = languages_like(language)
    found = [senses[s] for segment in table.analyse(word) for s in segment if s >= 0]
    return any(
        concept != "affairs" and concept.startswith("=") is country and (not of or not like or of in like)
        for of, concept in found
    )
