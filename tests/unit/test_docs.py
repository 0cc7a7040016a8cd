"""Docs tell the truth: links, commands, metrics, and the configuration on the first screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from monitor.cli.commands import cli
from monitor.config import load
from monitor.telemetry import Telemetry

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_of_the_docs_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8"))
    assert [x for x in links if "://" not in x and not (page.parent / x).exists()] == []


def test_the_configuration_of_the_first_screen_is_sound(tmp_path: Path) -> None:
    found = re.search(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert found is not None
    assert found[1].count("\n") <= 13
    (tmp_path / "config.yaml").write_text(found[1], "utf-8")
    settings = load(tmp_path / "config.yaml", {"TELEGRAM_BOT_TOKEN": "123456:token"})
    assert [r.id for r in settings.rules] == ["nato", "zelensky-talks"]


def test_every_command_is_in_the_readme_and_every_command_there_exists() -> None:
    known = set(get_command(cli).commands)  # type: ignore[attr-defined]
    text = (ROOT / "README.md").read_text("utf-8")
    table = text[text.index("| command |") : text.index("Rules are words")]
    assert {name for name in known if not re.search(rf"\b{re.escape(name)}\b", table)} == set()
    assert set(re.findall(r"`monitor ([a-z-]+)", table)) <= known


def test_every_metric_is_documented() -> None:
    page = (ROOT / "docs" / "operating.md").read_text("utf-8")
    names = {m.name for m in Telemetry().registry.collect()}
    assert {n for n in names if n not in page} == set()
