"""The structure that the architecture promises: layers, one door for each library, and no two words for one thing."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "monitor"

DOORS = {
    "ahocorasick_rs": {"matching"},
    "aiosmtplib": {"channels"},
    "alembic": {"store"},
    "anyascii": {"text"},
    "apscheduler": {"scheduler"},
    "babel": {"matching"},
    "feedparser": {"extract"},
    "httpcore": {"fetch"},
    # `fetch` is the way to sources; a model's server is the operator's word, and not guarded. python-telegram-bot's
    # errors are told apart by the httpx error behind them.
    "httpx": {"fetch", "summarise", "channels"},
    "jinja2": {"render"},
    "prometheus_client": {"telemetry"},
    "py3langid": {"text"},
    "pydantic": {"config"},
    "re2": {"matching"},
    "ruamel": {"config"},
    "sqlalchemy": {"store"},
    "starlette": {"web", "demo"},
    "structlog": {"telemetry"},
    "telegram": {"channels"},
    "trafilatura": {"extract"},
    "typer": {"cli"},
    "uvicorn": {"web", "demo"},
}


def _imports() -> dict[str, set[str]]:
    """Third-party package -> the parts of ours that import it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in PACKAGE.rglob("*.py"):
        part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom) and node.level == 0
                else []
            )
            for name in names:
                found[name.partition(".")[0]].add(part)
    return found


def test_each_library_enters_by_its_door() -> None:
    found = _imports()
    assert {name: found[name] for name in DOORS if not found[name] <= DOORS[name]} == {}
    assert {name for name in DOORS if not found[name]} == set(), "a door that nothing uses"


def _lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--config", str(root / "pyproject.toml"), "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(PACKAGE, tmp_path / "monitor", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("core/model/documents.py", "from monitor.text import tokens", "Imports point down only"),
        ("stories/assign.py", "from monitor.matching import compile_rules", "Imports point down only"),
        ("store/intake.py", "from monitor.pipeline import Pipeline", "Imports point down only"),
        ("alerts/decide.py", "import httpx", "The pure core does no I/O and logs nothing"),
        ("sources/feed.py", "from monitor.sources import sitemap", "Kinds of sources do not know each other"),
    ],
)
def test_an_import_contract_fails_when_it_is_broken_on_purpose(copy: Path, file: str, line: str, contract: str) -> None:
    with (copy / "monitor" / file).open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    answer = _lint_imports(copy)
    assert answer.returncode != 0
    assert f"{contract} BROKEN" in answer.stdout


def test_the_import_contracts_hold(copy: Path) -> None:
    answer = _lint_imports(copy)
    assert answer.returncode == 0, answer.stdout
