"""Lists of names, shipped and the user's own."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config import MATCHING, load
from monitor.core.errors import ConfigError
from monitor.core.model import EntityId
from monitor.core.settings import EntityKind, EntitySettings, GazetteerRow
from monitor.matching import compile_rules
from monitor.matching.entities.gazetteer import Gazetteer, parse, shipped_text
from tests.unit.matching_help import item, rule

OWN = (
    GazetteerRow("nile", "river", ("Nile", "Nil", "Нил"), ("Nile Perch", "ナイル川鉄道")),
    GazetteerRow("nilebank", "bank", ("Nile", "Nile Trust"), ()),
    GazetteerRow("zumba", "event", ("Zumbacon", "zumbacon"), ()),
)


def _found(name: str, text: str, language: str = "en", kind: EntityKind | None = None) -> list[str]:
    entity = EntitySettings(id=EntityId("e"), name=name, kind=kind, listed=OWN)
    matches = compile_rules([rule("e", "entity:e")], [entity], {}).match(item(text, language=language))
    return [hit.surface for match in matches for hit in match.hits]


def test_the_shipped_list_is_sound_and_broad() -> None:
    text = shipped_text()
    rows, mistakes = parse(text)
    assert mistakes == ()
    assert len(rows) > 3_000
    assert unicodedata.normalize("NFC", text) == text
    assert len({row.kind for row in rows}) > 25
    broad = [row for row in rows if len(row.forms) >= 20]
    assert len(broad) > 1_000, "rows with forms in many languages"


def test_a_name_finds_all_the_forms_of_its_row() -> None:
    assert _found("Nile", "у реки Нил", "ru") == ["Нил"]
    assert _found("Nil", "along the Nile") == ["Nile"]


def test_a_name_of_something_else_covers_a_form_in_it() -> None:
    assert _found("Nile", "a Nile Perch was caught") == []
    assert _found("Nile", "a Nile Perch was caught in the Nile") == ["Nile"]


def test_of_several_rows_the_kind_decides_else_the_first() -> None:
    assert _found("Nile", "Nile Trust pays") == ["Nile"]
    assert "Nile Trust" in _found("Nile", "Nile Trust pays", kind=EntityKind.ORGANISATION)


def test_a_form_in_lower_case_needs_no_capital() -> None:
    assert _found("Zumbacon", "na zumbaconu", "cs") == ["zumbaconu"]
    assert _found("Nile Trust", "the nile trust") == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("only-an-id", "not a row"),
        ("a\tcity", "not a row"),
        ("a\tcity\tA||B", "a form is empty"),
        ("a\tcity\t!A", "'a' has no form of its own"),
        ("a\tcity\tA\na\tcity\tB", "the id 'a' is on line 1 already"),
    ],
)
def test_mistakes_are_told_with_their_line(line: str, said: str) -> None:
    _, mistakes = parse(line)
    assert [(m.line, m.message) for m in mistakes] == [(line.count("\n") + 1, said)]


@given(st.text())
def test_any_text_is_a_list_or_has_mistakes(text: str) -> None:
    rows, mistakes = parse(text)
    assert all(row.forms for row in rows)
    assert all(0 < m.line <= len(text.splitlines()) for m in mistakes)
    Gazetteer(rows)


CONFIG = """
gazetteer: {file: names.tsv}
entities: {z: {name: Zorbania}, u: {name: UNESCO}}
rules: [{id: z, match: "entity:z"}, {id: u, match: "entity:u"}]
"""


def _config(folder: Path, names: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(CONFIG, encoding="utf-8")
    (folder / "names.tsv").write_text(names, encoding="utf-8")
    return path


def test_a_list_of_the_users_own_goes_with_the_entities_it_is_about(tmp_path: Path) -> None:
    names = "# mine\nzorb\tregion\tZorbania|Зорба\nunesco\torganisation\tKulturagentur Eins\n"
    settings = load(_config(tmp_path, names), {}, only=MATCHING)
    matcher = compile_rules(settings.rules, settings.entities, settings.lists)

    def found(text: str, language: str) -> list[str]:
        return [h.surface for m in matcher.match(item(text, language=language)) for h in m.hits]

    assert found("поехал в Зорбу", "ru") == ["Зорбу"]
    assert found("Die Kulturagentur Eins", "de") == ["Kulturagentur Eins"]
    assert found("сообщили в ЮНЕСКО", "ru") == ["ЮНЕСКО"]
    assert list(settings.files) == [tmp_path / "names.tsv"]


def test_mistakes_in_it_are_problems_of_its_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(_config(tmp_path, "zorb\tregion\tZorbania\nbroken"), {}, only=MATCHING)
    problem = caught.value.problems[0]
    assert (problem.file, problem.line, problem.what) == (str(tmp_path / "names.tsv"), 2, "not a row")


def test_a_list_that_is_not_there_is_a_problem_of_the_configuration(tmp_path: Path) -> None:
    path = _config(tmp_path, "")
    (tmp_path / "names.tsv").unlink()
    with pytest.raises(ConfigError) as caught:
        load(path, {}, only=MATCHING)
    assert (caught.value.problems[0].file, caught.value.problems[0].line) == (str(path), 2)
