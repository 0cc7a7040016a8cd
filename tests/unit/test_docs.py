"""Docs tell the truth: links, commands, options, metrics, examples, and what the image is made of."""

from __future__ import annotations

import re
import runpy
import shlex
from dataclasses import fields
from importlib.metadata import requires
from pathlib import Path

import click
import pytest
from typer.main import get_command

from monitor.cli.commands import cli
from monitor.config import load
from monitor.core.model import Reason
from monitor.core.settings import EntitySettings
from monitor.matching import compile_rules
from monitor.render.view import AlertView, DigestView, NoticeView
from monitor.telemetry import Telemetry
from tests.unit.matching_help import item, rule

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
SECRETS = {"TELEGRAM_BOT_TOKEN": "123456:token", "SMTP_PASSWORD": "secret", "WEB_TOKEN": "secret"}
by_name = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def text_of(*names: str) -> str:
    return "\n".join((ROOT / name).read_text("utf-8") for name in names)


def links(page: Path) -> list[tuple[str, str]]:
    """(what is shown, where it leads) for each link to something of ours."""
    found = re.findall(r"\[([^\]]+)\]\(([^)]+)\)", page.read_text("utf-8"))
    return [(shown, target) for shown, target in found if "://" not in target]


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


# --- links ---


@by_name
def test_every_link_of_the_docs_leads_somewhere(page: Path) -> None:
    lost = []
    for _, target in links(page):
        path, _, anchor = target.partition("#")
        there = page.parent / path if path else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(target)
    images = re.findall(r'src="([^"]+)"', page.read_text("utf-8"))
    assert lost + [image for image in images if not (page.parent / image).exists()] == []


@by_name
def test_every_test_that_the_docs_name_exists_where_they_say(page: Path) -> None:
    named = [(shown.strip("`"), page.parent / target) for shown, target in links(page) if "`test_" in shown]
    assert [name for name, file in named if f"def {name}(" not in file.read_text("utf-8")] == []


def test_every_promise_names_a_test() -> None:
    promises = re.findall(r"^\d\. \*\*.*?(?=^\d\. |^A sixth)", text_of("README.md"), re.MULTILINE | re.DOTALL)
    assert len(promises) == 5
    assert [p for p in promises if "](tests/" not in p] == []


@by_name
def test_every_file_of_ours_that_the_docs_name_exists(page: Path) -> None:
    named = re.findall(r"`((?:monitor|tests|docs|bench)/[\w/.]+)`", page.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


# --- configuration ---


def test_the_configuration_of_the_first_screen_is_sound_and_has_twelve_lines(tmp_path: Path) -> None:
    found = re.search(r"```yaml\n(.*?)```", text_of("README.md"), re.DOTALL)
    assert found is not None
    assert found[1].count("\n") == 12
    (tmp_path / "config.yaml").write_text(found[1], "utf-8")
    settings = load(tmp_path / "config.yaml", SECRETS)
    assert [r.id for r in settings.rules] == ["nato", "zelensky-talks"]


def yaml_of(page: Path) -> list[tuple[str, str]]:
    return re.findall(r"^( *)```yaml\n(.*?)^\1```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@by_name
def test_every_configuration_of_the_docs_is_sound(page: Path, tmp_path: Path) -> None:
    """One that shows a part only is completed by the rest."""
    rest = {
        "sources:": "sources: [{id: example, url: https://www.example.org/feed}]\n",
        "rules:": "rules: [{id: example, match: example}]\n",
    }
    (tmp_path / "templates").mkdir()
    for indent, block in yaml_of(page):
        text = re.sub(rf"^{indent}", "", block, flags=re.MULTILINE)
        text += "".join(part for key, part in rest.items() if not re.search(rf"^{key}", text, re.MULTILINE))
        (tmp_path / "config.yaml").write_text(text, "utf-8")
        load(tmp_path / "config.yaml", SECRETS)


def test_compose_hands_on_every_variable_of_the_shipped_configuration() -> None:
    """Those of what is switched off too. What has a default of its own is set by the image."""
    wanted = set(re.findall(r"\$\{(\w+)\}", text_of("config.yaml")))
    assert wanted
    assert {name for name in wanted if f"{name}: ${{{name}:-}}" not in text_of("compose.yaml")} == set()


# --- rules and templates ---

EXAMPLES = [
    (query.replace("\\|", "|"), sample, column == 0)
    for query, *columns in re.findall(r"^\| `(.+?)` \| (“.*) \| (“.*) \|$", text_of("docs/rules.md"), re.MULTILINE)
    for column, samples in enumerate(columns)
    for sample in re.findall(r"“(.*?)”", samples)
]


def test_the_table_of_queries_is_read() -> None:
    rows = re.findall(
        r"^\| `", text_of("docs/rules.md").partition("does not find")[2].partition("\n\n")[0], re.MULTILINE
    )
    assert len({query for query, _, _ in EXAMPLES}) == len(rows) > 20


@pytest.mark.parametrize(("query", "sample", "finds"), EXAMPLES)
def test_a_query_of_the_docs_finds_what_they_say(query: str, sample: str, finds: bool) -> None:
    entity = EntitySettings(id="zelensky", name="Volodymyr Zelensky")  # type: ignore[arg-type]  # a literal for an id
    lists = {"talks": ("peace talks", "negosiasi*", "gencatan senjata")}
    matcher = compile_rules([rule(match=query)], [entity], lists)  # type: ignore[arg-type]  # literals for ids
    assert bool(matcher.match(item(title=sample))) is finds


def test_every_reason_is_documented() -> None:
    page = text_of("docs/rules.md")
    assert {reason for reason in Reason if f"| `{reason}` |" not in page} == set()


def test_every_variable_of_a_template_is_documented_and_no_other() -> None:
    views = {"alert": AlertView, "digest": DigestView, "notice": NoticeView}
    there = {f"{name}.{field.name}" for name, view in views.items() for field in fields(view)}
    assert set(re.findall(r"^\| `(\w+\.\w+)` \|", text_of("docs/templates.md"), re.MULTILINE)) == there


# --- commands ---


def commands() -> dict[str, click.Command]:
    """All of them by what is written after `monitor`."""
    found: dict[str, click.Command] = {}

    def collect(prefix: str, command: click.Command) -> None:
        for name, sub in getattr(command, "commands", {}).items():
            found[f"{prefix}{name}"] = sub
            collect(f"{prefix}{name} ", sub)

    collect("", get_command(cli))  # type: ignore[arg-type]  # typer's own classes are click's in all that counts here
    return found


def test_every_command_is_in_the_readme() -> None:
    table = text_of("README.md").partition("| command |")[2].partition("\n\n")[0]
    groups = {name for name, command in commands().items() if getattr(command, "commands", None)}
    missing = {name for name in commands().keys() - groups if not re.search(rf"`monitor {re.escape(name)}\b", table)}
    assert missing == set()


@by_name
def test_every_command_of_the_docs_exists_with_its_options(page: Path) -> None:
    text = page.read_text("utf-8")
    shell = re.findall(r"^ *```sh\n(.*?)```", text, re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`(monitor [^`]+)`", text)
    written = [line.partition("  #")[0] for line in (*inline, *"\n".join(shell).splitlines())]
    known = commands()
    wrong = []
    for line in written:
        found = re.search(r"(?:^|/|\| |monitor )monitor (?!-)(.+)", line)
        if found is None:
            continue
        words = shlex.split(found[1].replace("[", " ").replace("]", " "))
        name = next((n for n in (" ".join(words[:2]), words[0]) if n in known), None)
        options = {option for p in known[name].params for option in p.opts} if name else set()
        if name is None or any(w.startswith("-") and w not in options for w in words):
            wrong.append(line)
    assert wrong == []


def test_every_target_of_make_that_the_docs_name_exists() -> None:
    targets = set(re.findall(r"^([\w-]+):", text_of("Makefile"), re.MULTILINE))
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    named = set(re.findall(r"(?:`|^)make ([a-z]+)(?:`| *#| *$)", text, re.MULTILINE))
    assert {"install", "demo", "run", "test"} <= named <= targets


# --- operating ---


def test_every_metric_is_documented_and_no_other() -> None:
    written = set(re.findall(r"^\| `(monitor_\w+)` \|", text_of("docs/operating.md"), re.MULTILINE))
    assert {name.removesuffix("_total") for name in written} == {m.name for m in Telemetry().registry.collect()}


def test_the_image_gets_all_that_builds_its_wheel() -> None:
    """The Dockerfile names what it takes out of the lock for building; the lock may come to need more."""
    named = re.search(r"\^\(([\w|-]+)\)==", text_of("Dockerfile"))
    assert named is not None
    taken = set(named[1].split("|"))
    pinned = set(re.findall(r"^([\w-]+)==", text_of("requirements-dev.lock"), re.MULTILINE))
    needed = {
        match[0].lower()
        for name in taken
        for line in requires(name) or ()
        if "extra ==" not in line and "python_version <" not in line and (match := re.match(r"[\w-]+", line))
    }
    assert needed <= taken <= pinned


def test_the_picture_of_an_alert_can_be_drawn_again() -> None:
    alert = runpy.run_path(str(ROOT / "docs" / "images" / "alert.py"))["alert"]()
    assert "🔴 <b>zelensky, zelensky-talks</b>" in alert
    assert "<b>Volodymyr Zelensky</b>" in alert
