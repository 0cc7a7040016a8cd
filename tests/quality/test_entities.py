"""How well entities are told from sentences written for it, in forty languages. The floors may rise, and never fall.

`entities/entities.tsv` has each entity as a user types it and by its full name, `entities/sentences.tsv` sentences that
mention it (`match`) or what only looks like it (`other`: namesakes, kin, demonyms, words of the language); `also` names
other entities that a sentence mentions. Run by itself, this prints floors two points below what is measured.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import is_normalized

import pytest

from monitor.core.model import EntityId
from monitor.core.settings import EntitySettings
from monitor.matching import compile_rules
from tests.unit.matching_help import item, rule

HERE = Path(__file__).parent / "entities"
NAMES = ("typed", "full")
FEWEST = 8
"""Sentences a language must have to be scored by itself."""
LOWEST = {"typed": (0.91, 0.86), "full": (0.94, 0.88)}
"""Precision and recall; those for the F1 of groups are in `entities/floors.tsv`."""
MOST_FALSE_ALARMS = 2
"""Of fifty entities in the sentences of all others."""

pytestmark = pytest.mark.xdist_group("quality-entities")


@dataclass(frozen=True)
class Sentence:
    entity: str
    language: str
    is_match: bool
    text: str
    also: frozenset[str]


@dataclass(frozen=True)
class Score:
    right: int
    alarms: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / ((self.right + self.alarms) or 1)

    @property
    def recall(self) -> float:
        return self.right / ((self.right + self.missed) or 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / ((2 * self.right + self.alarms + self.missed) or 1)

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}"


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def entities() -> dict[str, dict[str, str]]:
    return {row["entity"]: row for row in _rows("entities.tsv")}


@cache
def sentences() -> Sequence[Sentence]:
    return [
        Sentence(r["entity"], r["language"], r["label"] == "match", r["sentence"], frozenset(r["also"].split()))
        for r in _rows("sentences.tsv")
    ]


@cache
def found(name: str) -> Sequence[frozenset[str]]:
    """The entities told from each sentence when all of them are watched by this name of theirs."""
    watched = [EntitySettings(id=EntityId(e), name=row[name]) for e, row in entities().items()]
    matcher = compile_rules([rule(e.id, f"entity:{e.id}") for e in watched], watched, {})
    return [frozenset(m.rule for m in matcher.match(item(s.text, language=s.language))) for s in sentences()]


def judged(name: str, group: str) -> tuple[Score, list[str]]:
    """The score of a group of sentences, each for its own entity, and what is wrong of them."""
    count: Counter[tuple[bool, bool]] = Counter()
    wrong = []
    for sentence, said in zip(sentences(), found(name), strict=True):
        if sentence not in groups()[group]:
            continue
        is_found = sentence.entity in said
        count[sentence.is_match, is_found] += 1
        if is_found != sentence.is_match:
            wrong.append(_row("missed" if sentence.is_match else "alarm", sentence.entity, name, sentence))
    return Score(count[True, True], count[False, True], count[True, False]), wrong


def _row(what: str, entity: str, name: str, sentence: Sentence) -> str:
    return f"{what:6}  {sentence.language}  {entities()[entity][name]}  |  {sentence.text}"


def told(score: object, wrong: Iterable[str]) -> str:
    return "\n".join((str(score), *wrong))


@cache
def groups() -> dict[str, frozenset[Sentence]]:
    """What has a floor of its own: everything, each kind of entity, each language with sentences enough."""
    members: dict[str, set[Sentence]] = {"all": set(sentences())}
    for sentence in sentences():
        members.setdefault(f"kind {entities()[sentence.entity]['kind']}", set()).add(sentence)
        members.setdefault(f"language {sentence.language}", set()).add(sentence)
    return {group: frozenset(members[group]) for group in sorted(members) if len(members[group]) >= FEWEST}


def false_alarms(name: str) -> list[str]:
    """What is found of all entities in the sentences of others."""
    return [
        _row("alarm", entity, name, sentence)
        for sentence, said in zip(sentences(), found(name), strict=True)
        for entity in sorted(said - {sentence.entity} - sentence.also)
    ]


@cache
def floors() -> dict[str, dict[str, str]]:
    return {row["group"]: row for row in _rows("floors.tsv")}


each_name = pytest.mark.parametrize("name", NAMES)


def test_the_sentences_are_many_well_formed_and_of_both_kinds() -> None:
    assert len(sentences()) >= 850
    assert len({s.language for s in sentences()}) >= 38
    assert len({(s.entity, s.text) for s in sentences()}) == len(sentences())
    for sentence in sentences():
        assert is_normalized("NFC", sentence.text), sentence
        assert {sentence.entity} | sentence.also <= entities().keys(), sentence
    for entity in entities():
        labels = Counter(s.is_match for s in sentences() if s.entity == entity)
        assert labels[True] >= 4, entity
        assert labels[False] >= 2, entity


def test_every_group_has_its_floor() -> None:
    assert floors().keys() == groups().keys()


@each_name
def test_precision_and_recall_keep_their_floors(name: str) -> None:
    score, wrong = judged(name, "all")
    precision, recall = LOWEST[name]
    assert score.precision >= precision, told(score, wrong)
    assert score.recall >= recall, told(score, wrong)


@each_name
def test_no_kind_and_no_language_falls_below_its_floor(name: str) -> None:
    fallen = {}
    for group in groups():
        score, wrong = judged(name, group)
        if score.f1 < float(floors()[group][name]):
            fallen[group] = told(f"{score}, floor {floors()[group][name]}", wrong)
    assert not fallen, "\n\n".join(f"{group}: {what}" for group, what in fallen.items())


@each_name
def test_next_to_nothing_is_found_in_sentences_about_others(name: str) -> None:
    alarms = false_alarms(name)
    assert len(alarms) <= MOST_FALSE_ALARMS, told(f"{len(alarms)} in {len(sentences())} sentences", alarms)


if __name__ == "__main__":
    print("group", *NAMES, sep="\t")
    for group in groups():
        print(group, *(f"{max(judged(name, group)[0].f1 - 0.02, 0):.3f}" for name in NAMES), sep="\t")
