"""Every mistake is told with its place: one file per mistake in `tests/data/config`, beside what is said of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from monitor.config import load
from monitor.core.errors import ConfigError

FOLDER = Path(__file__).parent.parent / "data" / "config"
MISTAKES = sorted(FOLDER.glob("*.yaml"))
ENVIRON = {"SET": "NATO", "SECRETLY": "SECRET value"}


def complaint(path: Path, environ: dict[str, str] | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        load(path, environ or {})
    return str(caught.value)


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_is_told_with_its_place_and_what_would_be_right(path: Path) -> None:
    said = complaint(path, ENVIRON).replace(str(path), path.name).replace(str(FOLDER), "FOLDER")
    assert said + "\n" == path.with_suffix(".expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_no_complaint_repeats_a_secret(path: Path) -> None:
    assert "SECRET" not in complaint(path, ENVIRON)


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_complaints_stand_in_the_order_of_the_file(path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(path, ENVIRON)
    places = [(problem.line, problem.column) for problem in caught.value.problems]
    assert places == sorted(places)
    assert all(problem.file == str(path) for problem in caught.value.problems)


def test_there_is_an_expectation_for_every_mistake_and_no_other() -> None:
    assert {path.stem for path in FOLDER.glob("*.expected")} == {path.stem for path in MISTAKES}


def test_the_file_is_named_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my.yaml").write_text("sorces: []")
    monkeypatch.chdir(tmp_path)
    assert complaint(Path("my.yaml")).startswith("my.yaml:1:1: unknown key 'sorces'")


def test_a_missing_file_a_folder_and_a_name_that_is_none_are_told(tmp_path: Path) -> None:
    assert "gone.yaml:1:1: the file does not exist" in complaint(tmp_path / "gone.yaml")
    assert ":1:1: this is a folder" in complaint(tmp_path)
    assert ":1:1: the file can't be read" in complaint(Path("a\0b"))
    assert ":1:1: the file can't be read" in complaint(tmp_path / ("x" * 5000))


def test_a_file_without_an_end_is_not_read_to_its_end() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("needs /dev/zero")
    assert complaint(Path("/dev/zero")) == "/dev/zero:1:1: the file is larger than 64 MB"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff", "# Привет, 世界\n"])
def test_lines_and_columns_count_characters(tmp_path: Path, newline: str, start: str) -> None:
    path = tmp_path / "c.yaml"
    text = start + "rules:\n  - {id: a, any: [Зеленский, 泽连斯基], mtch: x}\n"
    path.write_bytes(text.replace("\n", newline).encode())
    line = 2 + start.count("\n")
    column = len("  - {id: a, any: [Зеленский, 泽连斯基], ") + 1
    assert f":{line}:{column}: unknown key 'mtch'" in complaint(path)


STYLES = {
    "plain": "rules:\n  - id: a\n    match: {}\n",
    "plain over lines": "rules:\n  - id: a\n    match: one OR\n      {}\n",
    "single": "rules: [{id: a, match: 'it''s {}'}]\n",
    "double": 'rules: [{id: a, match: "\\u0041\\t\\"x\\" {}"}]\n',
    "double over lines": 'rules:\n- id: a\n  match: "one\n\n    OR \\\n    two {}"\n',
    "literal": "rules:\n  - id: a\n    match: |\n      one OR\n\n      two {}\n",
    "folded, with an indicator and a comment": "rules:\n  - id: a\n    match: >2-  # why\n      one OR\n      two {}\n",
    "behind a variable": "rules: [{id: a, match: '${X} {}'}]\n",
    "behind an anchor": "rules: [{id: a, match: &q '{}'}]\n",
    "json": '{"rules": [{"id": "a", "match": "\\ud800\\udf30\\u00e9 {}"}]}',
}


@pytest.mark.parametrize("style", STYLES)
def test_a_bad_query_is_placed_inside_of_its_text_in_every_style(tmp_path: Path, style: str) -> None:
    path = tmp_path / "c.yaml"
    text = STYLES[style].replace("{}", "entity:nobody")
    path.write_text(text, encoding="utf-8")
    found = text.index("entity:nobody")
    line = text.count("\n", 0, found) + 1
    column = found - text.rfind("\n", 0, found)
    said = complaint(path, {"X": "a much longer text"})
    assert f":{line}:{column}: unknown entity 'nobody' (position " in said


def test_the_position_inside_of_a_query_is_told_as_well(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("rules: [{id: a, match: NATO entity:nobody}]")
    assert complaint(path).startswith(f"{path}:1:29: unknown entity 'nobody' (position 6 of the query);")


def test_a_mistake_in_a_large_json_file_still_has_its_place(tmp_path: Path) -> None:
    rules = [{"id": f"r{i}", "match": f"word{i}"} for i in range(300)]
    rules[250]["prority"] = "low"
    path = tmp_path / "c.yaml"
    path.write_text(json.dumps({"rules": rules}, indent=1))
    text = path.read_text()
    line = text.count("\n", 0, text.index("prority")) + 1
    assert f":{line}:4: unknown key 'prority'; did you mean 'priority'?" in complaint(path)


def test_thousands_of_mistakes_are_all_told(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    entities = {f"name{i}": {"name": f"N {i}"} for i in range(2000)}
    rules = [{"id": f"r{i}", "match": f"entity:nme{i}"} for i in range(2000)]
    path.write_text(json.dumps({"entities": entities, "rules": rules}))
    said = complaint(path).splitlines()
    assert len(said) == 2000
    assert "did you mean 'name0'?" in said[0]
    assert len(re.findall("known: ", said[-1])) == 1


@pytest.mark.parametrize(
    "text",
    [
        "password: *hunter2",
        "password: &hunter2",
        "password: !hunter2 x",
        "password: %hunter2",
        "password: @hunter2",
        "password: `hunter2",
        "password: 'hunter2",
        'password: "hunter2\\q"',
        "password: hunter2: x",
        "password: [hunter2",
        "password: {hunter2",
        "password:hunter2: ",
        "password:hunter2",
        "password=hunter2: x",
        "? hunter2 {",
        "password: |hunter2",
        "hunter2: &hunter2 *hunter2",
        "{kind: email, password:hunter2}",
        "- hunter2",
        "password: [*hunter2]",
        "password: hunter2\n  x: y",
        "password: &a hunter2\nx: &a *hunter2",
        "%TAG ! hunter2\n---\npassword: x",
    ],
)
def test_a_password_that_upsets_yaml_is_not_repeated(tmp_path: Path, text: str) -> None:
    path = tmp_path / "c.yaml"
    indented = text.replace("\n", "\n    ")
    path.write_text(f"channels:\n  m:\n    {indented}\n")
    assert "hunter2" not in complaint(path)
    path.write_text(text)
    said = complaint(path)
    assert "hunter2" not in said or "unknown key 'hunter2'" in said
