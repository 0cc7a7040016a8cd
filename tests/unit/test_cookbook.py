"""The cookbook hits what it says, and leaves alone what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.config import MATCHING, load
from monitor.core.model import Item
from monitor.matching import compile_rules
from tests.unit.matching_help import item

PAGE = (Path(__file__).parents[2] / "docs" / "cookbook.md").read_text("utf-8")
RECIPES = re.findall(r"^## (\d+)\. (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
SAMPLE = re.compile(r"^- (hits|not): “(.+?)”(?: \((.+)\))?$", re.MULTILINE)
SAMPLES = [(number, *sample) for number, _, text in RECIPES for sample in SAMPLE.findall(text)]


def _item(headline: str, more: str) -> Item:
    title, _, text = headline.partition(" / ")
    given: dict[str, Any] = dict(re.findall(r"(\w+): ([^,]+)", more))
    for key in given.keys() & {"published", "taken_in"}:
        given[key] = datetime.fromisoformat(given[key]).astimezone(UTC)
    taken_in = given.pop("taken_in", None)
    made = item(text, title, **given)
    return replace(made, taken_in=taken_in) if taken_in else made


def test_there_are_twenty_recipes_and_each_shows_both() -> None:
    assert [int(number) for number, _, _ in RECIPES] == list(range(1, 21))
    shown = {(number, kind) for number, kind, _, _ in SAMPLES}
    assert shown == {(number, kind) for number, _, _ in RECIPES for kind in ("hits", "not")}
    assert len(SAMPLES) == len(re.findall(r"^- ", PAGE, re.MULTILINE))


@pytest.mark.parametrize(("number", "kind", "headline", "more"), SAMPLES)
def test_a_recipe_hits_and_leaves_alone_what_it_says(
    number: str, kind: str, headline: str, more: str, tmp_path: Path
) -> None:
    (block,) = re.findall(r"```yaml\n(.*?)```", next(text for n, _, text in RECIPES if n == number), re.DOTALL)
    (tmp_path / "config.yaml").write_text(block, "utf-8")
    settings = load(tmp_path / "config.yaml", {}, only=MATCHING)
    matcher = compile_rules(settings.rules, settings.entities, settings.lists, settings.sources, settings.timezone)
    last = settings.rules[-1].id
    found = [match.rule for match in matcher.match(_item(headline, more))]
    assert (last in found) is (kind == "hits")
