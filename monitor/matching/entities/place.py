"""A word in a text with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.matching.entities.lexicon import PARTICLES, context
from monitor.matching.entities.once import once
from monitor.matching.entities.parts import PREFIXES, PartIndex
from monitor.matching.entities.people import Given, firsts_like, given_of
from monitor.matching.entities.words import Capitals, Word, next_word, previous_word
from monitor.text.folding import fold_text
from monitor.text.scripts import CASED, UNSPACED, Script

_JOINTS = r"[\s\-‐‑–'’ʼ.・·•‧=＝\"״׳]{0,3}\Z"
_ONE_NAME = re.compile(_JOINTS)
_ONE_NAME_OR_COMMA = re.compile(r"(?:, )?[\s\-‐‑–'’ʼ・·•‧=＝]{0,2}\Z")
_SENTENCE_START = re.compile(r"(?:\A|[.!?…:;。！？\n»”\"“„«–—])[\s\"“„«'‘(]*\Z")
_LETTER_WORDS = frozenset(["be", "bg", "bs", "cs", "hr", "mk", "pl", "ru", "sk", "sl", "sr", "uk"])
"""Languages with prepositions of one letter."""
_WALK = 5
"""Words that are looked at before a family name."""
_WALK_CASELESS = 3
"""Without capitals nothing tells a middle name from any word."""
_LONGEST_NAME = 16
_INITIAL = 2
_ABBREVIATION = 3
_TITLE = 4
"""Letters of the longest title that is written without a space."""
POINTS = tuple("・·•‧=＝")
_MARKS = " \t\"'“„«»”‘’()[]#,.:;"
_MORE = re.compile(r"[ \t\"'“„«»”‘’()\[\]#,.:;]*[^\s\"'“„«»”‘’()\[\]#,.:;]")
_NEXT = re.compile(r"(?:['’]s)?[ -]((?!\d)\w+)")


class Beside:
    """What words beside a word may be; worked out as it is asked for."""

    def __init__(self, words: Sequence[Word], index: PartIndex, language: str, *, is_cased: bool) -> None:
        """`index` is of the names that are looked for, `is_cased` says whether the script of the word has capitals."""
        self._words = words
        self._index = index
        self._language = language
        self._is_cased = is_cased

    @once
    def parts(self) -> frozenset[int]:
        """Of names that are looked for."""
        return frozenset(h.part for word in self._words for h in word.heard_in(self._index, self._language))

    @once
    def near(self) -> frozenset[int]:
        """Those of the names that are near enough by themselves."""
        return frozenset(h.part for word in self._words for h in word.heard_in(self._index, self._language) if h.near)

    @once
    def firsts(self) -> frozenset[str]:
        """What a name begins with that one of them may be short for, or the initial of."""
        return frozenset(first for w in self._words for first in firsts_like(w.text)) if self._is_cased else frozenset()

    @once
    def groups(self) -> frozenset[int]:
        """Of national forms of given names."""
        return frozenset[int]().union(*(given.groups for given in self._given))

    @once
    def names(self) -> frozenset[str]:
        """Given names, folded."""
        return frozenset[str]().union(*(given.names for given in self._given)) if self._is_cased else frozenset()

    @once
    def _given(self) -> list[Given]:
        known = (given_of(word.text, word.script, self._language) for word in self._words)
        return [given for given in known if given is not None]


@dataclass
class Place:
    """What is worked out of it is kept, for all the names that may be meant."""

    text: str
    words: list[Word]
    at: int
    language: str
    capitals: Capitals
    beside: Beside | None = None
    follows_likely_given: bool | None = None
    """These two for those who look for persons."""

    def __post_init__(self) -> None:
        self.word = self.words[self.at]
        self.is_cased = self.word.script in CASED

    @property
    def is_shouted_text(self) -> bool:
        return self.capitals.are_everywhere

    @once
    def after(self) -> int | None:
        return next_word(self.words, self.at)

    @once
    def before(self) -> tuple[int, ...]:
        """The words that may be of one name with it, from the last to the first; particles are passed over."""
        if self.word.script in UNSPACED and self.word.script is not Script.KANA:
            return tuple(self._windows())
        found: list[int] = []
        here = self.at
        for _ in range(_WALK):
            index = previous_word(self.words, here)
            if index is None or not self.is_one_name(index, here):
                break
            here, word = index, self.words[index]
            if word.folded in PARTICLES:
                continue
            if word.folded in context("title") or not (word.is_capital or self.is_syllable(index)):
                break
            found.append(index)
            if not self.is_cased and len(found) >= _WALK_CASELESS:
                break
        return tuple(found)

    def _windows(self) -> list[int]:
        """Where a script writes no spaces: all the stretches that end where this one begins."""
        start, found = self.word.start, []
        for index in range(self.at - 1, -1, -1):
            word = self.words[index]
            if word.start <= start - _LONGEST_NAME:
                break
            between = self.text[word.end : start]
            if start - 1 <= word.end <= start and (not between or between in POINTS or self._is_thai_gap(between)):
                found.append(index)
        return found

    def _is_thai_gap(self, between: str) -> bool:
        """Thai writes its words together, but for the given and the family name."""
        return between == " " and self.word.script is Script.THAI

    def is_syllable(self, index: int) -> bool:
        """Whether a word in lower case is part of a given name: Heung-min."""
        start = self.words[index].start
        return self.text[start - 1 : start] == "-"

    def is_one_name(self, first: int, second: int, *, comma: bool = False) -> bool:
        """Whether two words stand together as the words of one name do."""
        pattern = _ONE_NAME_OR_COMMA if comma else _ONE_NAME
        start, end = self.words[first].end, self.words[second].start
        if not pattern.match(self.text, start, end):
            return False
        # A point ends an abbreviation, or the sentence.
        return "." not in self.text[start:end] or len(self.words[first].text) <= _ABBREVIATION

    def is_initial(self, index: int) -> bool:
        word = self.words[index]
        if word.script not in CASED:
            return False
        if len(word.text) == 1 and self.language in _LETTER_WORDS and self.text[word.end : word.end + 1] == " ":
            return not _SENTENCE_START.search(
                self.text[max(0, word.start - 8) : word.start] if word.start > 8 else "\n" + self.text[: word.start]
            )
        return len(word.text) == 1 or (len(word.text) <= _INITIAL and self.text[word.end : word.end + 1] == ".")

    def given(self, index: int) -> Given | None:
        """The given name that a word is, beside a name in the same script."""
        word = self.words[index]
        given = given_of(word.text, word.script, self.language) if word.script is self.word.script else None
        if given is None or given.is_listed:
            return given
        return given if self.is_cased and not word.is_common(self.language) else None

    @once
    def follows_given(self) -> bool:
        """Whether an initial or somebody's given name stands before it."""
        return any(self.is_initial(index) or self.given(index) for index in self.before)

    @once
    def is_junior(self) -> bool:
        return self.after is not None and self.words[self.after].folded in context("junior")

    @once
    def is_titled(self) -> bool:
        """Whether an office or a form of address stands beside the word."""
        titles = context("title")
        word, before = self.word, previous_word(self.words, self.at)
        if before is not None and not self.text[self.words[before].end : word.start].strip(" .-"):
            title = self.words[before]
            if is_among(title, titles):
                return word.script is title.script or word.script in UNSPACED
        if word.script in UNSPACED:
            return any(
                self.text[max(0, word.start - n) : word.start] in titles or self.text[word.end : word.end + n] in titles
                for n in range(1, _TITLE + 1)
            )
        if self.after is None or word.script is not Script.HANGUL or self.gap_behind != " ":
            return False
        title = self.words[self.after]
        return title.folded in titles or title.folded[:-1] in titles

    @once
    def is_ruler(self) -> bool:
        """King Charles is nobody's family name."""
        before = previous_word(self.words, self.at)
        title = self.words[before].folded if before is not None else ""
        return title in context("king") or title in context("pope") or title in ("sir", "lady", "lord", "dame")

    @property
    def gap_behind(self) -> str:
        return "" if self.after is None else self.text[self.word.end : self.words[self.after].start]

    @once
    def is_followed(self) -> bool:
        """Whether a capitalised word follows at once."""
        return self.after is not None and self.is_cased and self.gap_behind == " " and self.words[self.after].is_capital

    @once
    def starts_sentence(self) -> bool:
        start = self.word.start
        return bool(_SENTENCE_START.search(self.text[start - 8 : start] if start > 8 else "\n" + self.text[:start]))

    @once
    def is_headline(self) -> bool:
        """Whether the words of the line have capitals, so that one tells nothing."""
        start, end = self.text.rfind("\n", 0, self.word.start) + 1, self.text.find("\n", self.word.end)
        return self.capitals.are_in(start, end if end >= 0 else len(self.text))

    def fills_line(self, first: int, last: int) -> bool:
        """Whether a line, or a tag, is nothing but these words."""
        start, end = self.words[first].start, self.words[last].end
        if self.text[self.text.rfind("\n", 0, start) + 1 : start].strip(_MARKS):
            return False
        return not _MORE.match(self.text, end)

    @once
    def is_joined(self) -> bool:
        """Whether a point between the words of foreign names stands beside it: another name is on the other side."""
        text, word = self.text, self.word
        return text[word.end : word.end + 1] in POINTS or (word.start > 0 and text[word.start - 1] in POINTS)

    def is_pointed(self, first: int, last: int) -> bool:
        """Whether only such a point stands between two words."""
        return self.text[self.words[first].end : self.words[last].start] in POINTS

    @once
    def is_named_after(self) -> bool:
        """Zelensky Street is no Zelensky."""
        match = _NEXT.match(self.text, self.word.end)
        return match is not None and fold_text(match[1]) in context("place")

    @once
    def is_compound(self) -> bool:
        """Whether a word before a hyphen makes it another place: Haute-Vienne."""
        before = previous_word(self.words, self.at)
        if before is None or self.text[self.words[before].end : self.word.start] not in ("-", "‑"):
            return False
        return self.words[before].folded in context("compound") and self.words[before].is_capital

    @once
    def is_somebody_else(self) -> bool:
        """Whether a single name is another person's given name: Israel Adesanya."""
        if not self.is_followed or self.after is None or self.words[self.after].is_shouted or self.is_headline:
            return False
        given = given_of(self.word.text, self.word.script, self.language)
        return given is not None and given.is_listed


def is_among(word: Word, titles: frozenset[str]) -> bool:
    return word.folded in titles or any(
        word.folded.startswith(p) and word.folded[len(p) :] in titles for p in PREFIXES.get(word.script, ())
    )
