"""What the words around a name say about it."""

from __future__ import annotations

import re

from monitor.matching.entities import territories
from monitor.matching.entities.lexicon import calendar_words, context
from monitor.matching.entities.parts import PREFIXES, Heard
from monitor.matching.entities.people import given_of
from monitor.matching.entities.words import Word, next_word, previous_word
from monitor.text.folding import fold_text
from monitor.text.scripts import CASED, UNSPACED, Script, script_of
from monitor.text.transliteration import readings

DENSE = frozenset({Script.ARABIC, Script.HEBREW, Script.HAN, Script.THAI, Script.LAO, Script.KHMER, Script.MYANMAR})
"""Scripts in which so few letters are enough for a word that unrelated ones meet."""
LEAST_CONSONANTS = {Script.ARABIC: 5, Script.HEBREW: 5, Script.HAN: 5, Script.THAI: 4}
"""Of a given and a family name together."""
_NEAR = {Script.HAN: 0.6, Script.ARABIC: 0.3, Script.HEBREW: 0.3}
_SURE_CONSONANTS = 4
"""Where a script shows no capitals, a lone word with fewer consonants than this is not taken for a name."""
_JOINTS = r"[\s\-‐‑–'’ʼ.・·•‧=＝\"״׳]{0,3}\Z"
_ONE_NAME = re.compile(_JOINTS)
_ONE_NAME_OR_COMMA = re.compile(r"(?:, )?[\s\-‐‑–'’ʼ・·•‧=＝]{0,2}\Z")
_SENTENCE_START = re.compile(r"[.!?…:;。！？\n»”\"“„«–—][\s\"“„«'‘(]*\Z")
_DATE = re.compile(r"(?:\d|\b(?:in|of|since|last|next|until|till|by|early|late|mid|from|on|this)) ?\Z", re.IGNORECASE)
_VERB = re.compile(r" (?!is\b|was\b|has\b|this\b|as\b)[a-z]+(?:s|said)\b")
_PATRONYMIC = re.compile(r"(?:ich|itch|icz|ič|ovna|evna|ичем|ич[ауе]?|ович|евич|овна|евна|івна|ович)\Z", re.IGNORECASE)
_INITIAL_LETTERS = 2
_SHORT_NAME = 4
_NEAR_START = 0.15
_EXACT = 0.05
_LEAST_LETTERS = 3


def is_one_name(text: str, first: Word, second: Word, *, comma: bool = False) -> bool:
    """Whether two words stand together as the words of one name do."""
    return bool((_ONE_NAME_OR_COMMA if comma else _ONE_NAME).match(text, first.end, second.start))


def is_initial(text: str, word: Word) -> bool:
    if word.script not in CASED:
        return False
    return len(word.text) == 1 or (len(word.text) <= _INITIAL_LETTERS and text[word.end : word.end + 1] == ".")


def is_patronymic(word: str) -> bool:
    return bool(_PATRONYMIC.search(word))


def is_junior(words: list[Word], at: int) -> bool:
    after = next_word(words, at)
    return after is not None and fold_text(words[after].text) in context("junior")


def is_wife(text: str, words: list[Word], at: int, inflected: bool, language: str) -> bool:
    """Merkelová; not Trumpova vláda, which is his."""
    if language not in ("cs", "sk") or not inflected:
        return False
    written = words[at].text.lower()
    if written.endswith(("ová", "ové")):
        return True
    if not written.endswith(("ovou", "ovej")):
        return False
    after = next_word(words, at)
    return after is None or text[words[at].end : words[after].start] != " " or words[after].text[0].isupper()


def has_title(text: str, words: list[Word], at: int, language: str) -> bool:
    """Whether an office or a form of address stands beside the word."""
    titles = context("title")
    word, before, after = words[at], previous_word(words, at), next_word(words, at)
    if before is not None and len(text[words[before].end : word.start].strip(" .-")) == 0:
        title = fold_text(words[before].text)
        if title in titles or any(
            title.startswith(p) and title[len(p) :] in titles for p in PREFIXES.get(word.script, ())
        ):
            return word.script is words[before].script or word.script in UNSPACED
    if word.script in UNSPACED:
        return _ends_with(text, word.start, titles) or _begins_with(text, word.end, titles)
    return (
        after is not None
        and word.script is Script.HANGUL
        and text[word.end : words[after].start] == " "
        and (fold_text(words[after].text) in titles or fold_text(words[after].text)[:-1] in titles)
    )


def _ends_with(text: str, end: int, titles: frozenset[str]) -> bool:
    return any(text[max(0, end - n) : end] in titles for n in range(1, 5) if n <= end)


def _begins_with(text: str, start: int, titles: frozenset[str]) -> bool:
    return any(text[start : start + n] in titles for n in range(1, 5) if start + n <= len(text))


def is_ruler(words: list[Word], at: int) -> bool:
    """King Charles is nobody's family name."""
    before = previous_word(words, at)
    title = fold_text(words[before].text) if before is not None else ""
    return title in context("king") or title in context("pope") or title in ("sir", "lady", "lord", "dame")


def windows_before(text: str, words: list[Word], at: int) -> list[int]:
    """Where a script writes no spaces: all the stretches that end where this one begins."""
    start = words[at].start
    found = []
    index = at - 1
    while index >= 0 and words[index].start > start - _LONGEST_NAME:
        if words[index].end <= start and is_one_name(text, words[index], words[at]):
            found.append(index)
        index -= 1
    return found


_LONGEST_NAME = 16


def fills_line(text: str, start: int, end: int) -> bool:
    """Whether a line, or a tag, is nothing but this."""
    return text[text.rfind("\n", 0, start) + 1 : start].strip(_MARKS) == "" and not _MORE.match(text, end)


_MARKS = " \t\"'“„«»”‘’()[]#,.:;"
_MORE = re.compile(r"[ \t\"'“„«»”‘’()\[\]#,.:;]*[^\s\"'“„«»”‘’()\[\]#,.:;]")


def is_enough(text: str, words: list[Word], first: int, last: int, distance: float) -> bool:
    """Whether a given and a family name, in a script without capitals, are more than two words that meet."""
    script = words[first].script
    if script in CASED or fills_line(text, words[first].start, words[last].end):
        return True
    between = text[words[first].end : words[last].start]
    if between and between in _POINTS:
        return True
    shown = strength(words[first].text) + strength(words[last].text)
    return shown >= LEAST_CONSONANTS.get(script, 3) + (distance > 0.15)


def name_follows(text: str, words: list[Word], at: int) -> bool:
    """Whether a capitalised word follows at once."""
    word, after = words[at], next_word(words, at)
    return (
        after is not None
        and word.script in CASED
        and text[word.end : words[after].start] == " "
        and words[after].is_capital
    )


def is_given(word: Word, family: Word, language: str) -> bool:
    """Whether a word before a family name is a given name."""
    given = given_of(word.text, word.script, language) if word.script is family.script else None
    if given is None or given.is_listed:
        return given is not None
    return word.script in CASED and fold_text(word.text) not in context(f"common {language}")


def strength(text: str) -> int:
    """How many consonants a word shows."""
    return sum(s not in _VOWELS for s in next(iter(readings(text)), ""))


_VOWELS = frozenset("aeiou@_12345jhAWYR")


def stands_alone(text: str, words: list[Word], at: int, heard: Heard, family: str, titled: bool, language: str) -> bool:
    """Whether a word in a script without capitals can be taken for the name with nothing else to go by."""
    word = words[at]
    if fills_line(text, word.start, word.end):
        return True
    if is_function_word(word, language) or is_part_of_another(text, word) or is_in_place_name(text, word, language):
        return False
    least = min(strength(family), strength(word.text))
    if titled and least >= (3 if word.script in DENSE else 2):
        return heard.distance <= (0.15 if least < _SURE_CONSONANTS else _NEAR.get(word.script, 0.25))
    if word.script is Script.HAN:
        if _fills_its_stretch(words, at):
            return (
                least >= 3
                and len(word.text) >= 3
                and heard.distance <= (0.3 if least < _SURE_CONSONANTS else _NEAR[Script.HAN])
            )
        if heard.distance > 0.2:
            return False
    if least >= _SURE_CONSONANTS:
        return heard.distance <= _NEAR.get(word.script, 0.25)
    return least == _SURE_CONSONANTS - 1 and heard.distance <= 0.1 and word.script not in DENSE


def is_function_word(word: Word, language: str) -> bool:
    """A word of the language that is no name, in a script without capitals."""
    return word.script not in CASED and fold_text(word.text) in context(f"common {language}")


def is_part_of_another(text: str, word: Word) -> bool:
    """Whether a point between the words of foreign names stands beside it: another name is on the other side."""
    return text[word.end : word.end + 1] in _POINTS or (word.start > 0 and text[word.start - 1] in _POINTS)


_POINTS = tuple("・·•‧=＝")


def is_in_place_name(text: str, word: Word, language: str) -> bool:
    """Russia in Chinese ends like Ross."""
    if word.script not in UNSPACED:
        return False
    names = territories.unspaced_names(language)
    return any(
        text[begin:end] in names
        for begin in range(max(0, word.start - 4), word.start + 1)
        for end in range(max(word.end, begin + 2), min(len(text), word.end + 4) + 1)
    )


def _fills_its_stretch(words: list[Word], at: int) -> bool:
    """Whether no letters stand beside it with which foreign names are spelled."""
    word = words[at]
    before = at > 0 and words[at - 1].start < word.start <= words[at - 1].end
    behind = any(w.start <= word.end < w.end for w in words[at + 1 : at + 12])
    return not (before or behind)


def may_be_a_name(
    text: str, words: list[Word], at: int, heard: Heard, family: str, consonants: int, language: str
) -> bool:
    """Whether a capitalised word with no given name before it can be the family name that it sounds like."""
    word = words[at]
    written, ours = fold_text(word.text), fold_text(family)
    short = consonants < 2 or len(family) < _SHORT_NAME
    starts = starts_sentence(text, word)
    exact = (
        heard.distance <= _EXACT
        and not starts
        and len(written) >= _LEAST_LETTERS
        and script_of(family[0]) is not word.script
    )
    if short and not written.startswith(ours) and not exact and not fills_line(text, word.start, word.end):
        return False
    if is_common(text, words, at, language, starts=starts) or is_named_after(text, words, at):
        return False
    after = next_word(words, at)
    follows = (
        after is not None
        and text[word.end : words[after].start] == " "
        and words[after].is_capital
        and not words[after].is_shouted
    )
    if follows and given_of(word.text, word.script, language) is not None:
        return False
    if heard.distance > 0 and follows and language not in ("en", "de"):
        return False
    if starts and consonants <= 2 and heard.distance > _NEAR_START:
        return fills_line(text, word.start, word.end)
    return True


def starts_sentence(text: str, word: Word) -> bool:
    return bool(
        _SENTENCE_START.search(
            text[max(0, word.start - 8) : word.start] if word.start > 8 else "\n" + text[: word.start]
        )
    )


def is_common(text: str, words: list[Word], at: int, language: str, *, starts: bool) -> bool:
    """Whether the word is more likely one of the language, or a month."""
    word = words[at]
    written = fold_text(word.text)
    if written in calendar_words(language):
        if starts and language == "en" and _VERB.match(text, word.end):
            return False
        return starts or bool(_DATE.search(text, max(0, word.start - 8), word.start)) or _number_follows(text, word)
    if written not in context(f"common {language}"):
        return False
    after = next_word(words, at)
    return (
        language != "en"
        or starts
        or (after is not None and text[word.end : words[after].start] == " " and words[after].is_capital)
    )


def _number_follows(text: str, word: Word) -> bool:
    return text[word.end : word.end + 3].lstrip(" ,")[:1].isdigit()


def is_named_after(text: str, words: list[Word], at: int) -> bool:
    """Zelensky Street is no Zelensky."""
    match = _NEXT.match(text, words[at].end)
    return match is not None and fold_text(match[1]) in context("place")


_NEXT = re.compile(r"(?:['’]s)?[ -]((?!\d)\w+)")
