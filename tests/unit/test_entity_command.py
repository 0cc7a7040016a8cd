"""What `monitor entity` shows."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import EntityId, Fingerprint, Item, NewItem, Relation, SourceId, StoryId, StoryLink
from monitor.core.settings import EntitySettings
from monitor.matching import compile_rules
from monitor.matching.entities.portrait import portrait_of
from monitor.store import open_store
from monitor.text.scripts import Script
from monitor.text.transliteration import readings
from monitor.text.transliteration.spelling import spelled
from tests.unit.matching_help import item, rule

ROOT = Path(__file__).parents[2]


def entity(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "monitor", "entity", *args],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_name_is_shown_in_other_scripts_without_a_configuration(tmp_path: Path) -> None:
    done = entity(tmp_path, "Marek Kowalczyk", "--json")
    shown = json.loads(done.stdout)
    assert shown["taken_for"] == ["a person: family name Kowalczyk, given name Marek"]
    assert shown["spelled"]["cyrillic"].startswith("марек ковал")
    assert not (tmp_path / "data").exists()


def test_a_country_is_shown_with_the_names_that_lists_have(tmp_path: Path) -> None:
    shown = json.loads(entity(tmp_path, "Portugal", "--json").stdout)
    assert "葡萄牙" in shown["listed"]["han"]
    assert "Portugalia" in shown["listed"]["latin"]


def test_what_was_seen_of_an_entity_and_what_sounds_alike_is_shown(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(
        "store: sqlite:///monitor.db\n"
        "entities:\n  k: {name: Marek Kowalczyk, not: [Kowalczyk Street]}\n"
        'rules:\n  - {id: k, match: "entity:k"}\n',
        "utf-8",
    )
    texts = ["Kowalczyka wybrano", "Marek Kowalczyk spoke", "A walk along Kowalczyk Street", "Kavolčik won again"]
    items = [
        NewItem(
            item=Item(
                source=SourceId("wire"), uid=text, url="", canonical_url="", title=text, text="", language="pl",
                taken_in=datetime.now(UTC),
            ),
            fingerprint=Fingerprint(keys=(), sketch=b""),
            link=StoryLink(story=StoryId(n), relation=Relation.NEW, score=1.0, of=None, reason=""),
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip

    async def fill() -> None:
        store = await open_store(f"sqlite:///{tmp_path}/monitor.db")
        await store.transact(lambda intake: intake.add_items(items))
        await store.close()

    asyncio.run(fill())
    shown = json.loads(entity(tmp_path, "k", "--json").stdout)
    assert {(s["surface"], s["times"]) for s in shown["seen"]} >= {("Kowalczyka", 1), ("Marek Kowalczyk", 1)}
    done = entity(tmp_path, "k")
    assert "not where: Kowalczyk Street" in done.stdout
    assert "seen in 4 stored items of the last 30d" in done.stdout


@pytest.mark.parametrize("name", ["Lindqvist", "Tamara", "Dimitrov", "Fontaine", "Ramirez", "Novak"])
def test_a_spelling_that_is_shown_is_met(name: str) -> None:
    asked = EntitySettings(id=EntityId("e"), name=name)
    matcher = compile_rules([rule("r", "entity:e")], [asked], {})
    shown = portrait_of(asked).spelled
    for script in (Script.CYRILLIC, Script.GREEK, Script.GEORGIAN):
        assert matcher.match(item(title=shown[script].capitalize())), (script, shown[script])


@given(st.text(max_size=30))
def test_any_name_has_a_portrait(name: str) -> None:
    portrait_of(EntitySettings(id=EntityId("e"), name=name))
    for word in name.split():
        for sounds in readings(word):
            spelled(sounds)
