"""A rule on what is stored."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from monitor.cli.backtest import chart
from monitor.core.model import (
    Field,
    Fingerprint,
    Hit,
    Item,
    Match,
    NewItem,
    Relation,
    RuleId,
    SourceId,
    StoryId,
    StoryLink,
)
from monitor.store import open_store

ROOT = Path(__file__).parents[2]
NOW = datetime.now(UTC)
CONFIG = """\
store: sqlite:///monitor.db
rules:
  - {id: ferry, match: ferry}
  - {id: crash, match: "ferry AND sinks"}
"""


def stored(text: str, *, days: float = 0, matched: Sequence[str] = ()) -> NewItem:
    item = Item(
        source=SourceId("wire"), uid=text, url=f"https://wire.example/{hash(text)}", canonical_url="", title=text,
        text="", taken_in=NOW - timedelta(days=days),
    )  # fmt: skip
    hit = Hit(field=Field.TITLE, start=0, end=1, surface=text[:1], term="x")
    return NewItem(
        item=item,
        fingerprint=Fingerprint(keys=(), sketch=b""),
        link=StoryLink(story=StoryId(abs(hash(text)) >> 2), relation=Relation.NEW, score=1.0, of=None, reason=""),
        matches=tuple(Match(rule=RuleId(rule), hits=(hit,)) for rule in matched),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    items = [
        stored("The ferry sinks off Leros", matched=["ferry", "crash"]),
        stored("The ferry sails again", days=1, matched=["ferry"]),
        stored("Ferry strike ends", days=2),
        stored("A bridge opens", days=2, matched=["ferry"]),
        stored("An old ferry", days=40, matched=["ferry"]),
    ]

    async def fill() -> None:
        store = await open_store(f"sqlite:///{tmp_path}/monitor.db")
        await store.transact(lambda intake: intake.add_items(items))
        await store.close()

    asyncio.run(fill())
    return tmp_path


def backtest(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "monitor", "backtest", *args],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def answers(folder: Path, *args: str) -> tuple[dict[str, object], dict[str, list[str]]]:
    done = backtest(folder, *args, "--json")
    assert done.returncode == 0, done.stderr
    first, *rest = map(json.loads, done.stdout.splitlines())
    sorts: dict[str, list[str]] = {}
    for line in rest:
        sorts.setdefault(line["sort"], []).append(line["title"])
    return first, sorts


def test_a_rule_is_counted_by_day_and_compared_with_what_it_matched_when_it_came(folder: Path) -> None:
    first, sorts = answers(folder, "ferry")
    assert (first["items"], first["matches"], first["added"], first["dropped"]) == (4, 3, 1, 1)
    assert sorts["added"] == ["Ferry strike ends"]
    assert sorts["dropped"] == ["A bridge opens"]
    days = first["days"]
    assert isinstance(days, dict)
    assert sorted(days.values()) == [1, 1, 1]


def test_since_says_how_far_back(folder: Path) -> None:
    assert answers(folder, "ferry", "--since", "60d")[0]["matches"] == 4
    assert answers(folder, "ferry", "--since", "36h")[0]["matches"] == 2


def test_a_query_can_be_compared_with_a_rule(folder: Path) -> None:
    first, sorts = answers(folder, "ferry NOT strike", "--against", "crash")
    assert first["rule"] == "query"
    assert (first["matches"], first["added"], first["dropped"]) == (2, 1, 0)
    assert sorts["added"] == ["The ferry sails again"]
    assert "against" not in answers(folder, "ferry NOT strike")[0]


def test_it_is_shown_with_a_chart_and_samples(folder: Path) -> None:
    done = backtest(folder, "ferry", "--samples", "1", "--since", "3d")
    assert "rule ferry: 3 of 4 stored items of the last 3 days" in done.stdout
    assert done.stdout.count("█") == 3 * 40
    assert "it matched 3 of them when they came: 1 more now, 1 no longer" in done.stdout
    assert "+ " in done.stdout


def test_what_nearly_matched_is_told_with_what_was_missing(folder: Path) -> None:
    first, sorts = answers(folder, "crash")
    assert (first["matches"], first["near"]) == (1, 2)
    assert sorts["near"] == ["The ferry sails again", "Ferry strike ends"]
    shown = backtest(folder, "crash").stdout
    assert "2 × missing: sinks" in shown


def test_a_query_may_name_rules(folder: Path) -> None:
    assert answers(folder, "rule:ferry NOT rule:crash")[0]["matches"] == 2


def test_explain_says_which_rules_nearly_matched(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "explain", "2"], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "rule crash nearly matched: “ferry” is there; missing: sinks" in done.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("ferry AND (",), "      ^ this ( is not closed"),
        (("NOT ferry",), "nothing here says what to look for"),
        (("ferry", "--against", "boat"), "no rule 'boat'; there are: ferry, crash"),
        (("ferry", "--since", "long"), "is not a duration"),
    ],
)
def test_what_is_not_understood_is_told(folder: Path, args: tuple[str, ...], said: str) -> None:
    done = backtest(folder, *args)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_long_time_is_drawn_by_weeks() -> None:
    first = date(2025, 1, 1)
    days = {first + timedelta(days=n): 1 for n in range(91)}
    lines = chart(days, first, first + timedelta(days=90))
    assert len(lines) == 13
    assert lines[0].startswith("2025-01-01      7 ███")
    assert chart({}, first, first) == ["2025-01-01      0"]
