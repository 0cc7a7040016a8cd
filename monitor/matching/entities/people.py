"""People: given names before and after a family name."""

from __future__ import annotations

from functools import cache

from monitor.matching.entities.lexicon import given_names
from monitor.matching.entities.parts import Part, PartIndex
from monitor.matching.entities.sounds import key, shared
from monitor.matching.entities.words import Word
from monitor.text.folding import fold_text
from monitor.text.scripts import CASED, script_of
from monitor.text.transliteration import readings


@cache
def _lexicon() -> tuple[PartIndex, tuple[frozenset[str], ...]]:
    index = PartIndex()
    sexes = []
    for name, sex in given_names():
        index.add(Part(name))
        sexes.append(sex)
    return index, tuple(sexes)


def sex_of(name: str) -> frozenset[str]:
    index, sexes = _lexicon()
    heard = [h for h in index.hear(name, script_of(name[0]), "") if not h.inflected and h.near]
    return sexes[heard[0].part] if heard else frozenset()


def is_given_name(word: Word, language: str) -> bool:
    index, _ = _lexicon()
    if word.script not in CASED:
        return any(h.distance < 0.1 for h in index.hear(word.text, word.script, language)) and len(word.text) > 3
    return any(h.distance < 0.3 and h.near and h.tells for h in index.hear(word.text, word.script, language))


@cache
def is_in_lexicon(word: str) -> bool:
    folded = fold_text(word)
    return any(fold_text(name) == folded for name, _ in given_names())


def is_short_for(given: str, word: Word) -> bool:
    """Joe, Joseph; Vladimir, Volodymyr: near enough where the family name is there too."""
    for mine in readings(given):
        for theirs in readings(word.text):
            if mine[:1] != theirs[:1] and {mine[:1], theirs[:1]} not in (
                {"v", "f"},
                {"J", "j"},
                {"J", "Z"},
                {"J", "d"},
            ):
                continue
            if min(len(mine), len(theirs)) >= 2 and (mine.startswith(theirs) or theirs.startswith(mine)):
                return True
            mine_key, their_key = key(mine), key(theirs)
            longer = max(len(mine_key), len(their_key))
            if (longer >= 3 and mine_key == their_key) or (longer >= 4 and shared(mine_key, their_key) >= longer - 1):
                return True
    return False


def same_initial(given: str, initial: str) -> bool:
    ours = {r[0] for r in readings(given)}
    theirs = {r[0] for r in readings(initial)}
    return bool(ours & theirs) or not theirs or fold_text(given)[0] == fold_text(initial)
