"""What editors and people are told of the file is made from the program; the shipped file works as it is told to."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from monitor.channels import KINDS
from monitor.config import json_schema, load, reference
from monitor.config.channels import model_of
from monitor.config.document import Document
from monitor.config.documentation import PARTS
from monitor.core.errors import ConfigError

ROOT = Path(__file__).parent.parent.parent
SHIPPED = ROOT / "config.yaml"
SCHEMA = json_schema()

# --- a judge of the part of JSON Schema that ours uses -----------------------------------------------------------

TYPES: dict[str, Any] = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
KNOWN = {
    "$schema", "$defs", "$ref", "title", "description", "default", "type", "properties", "patternProperties",
    "additionalProperties", "required", "enum", "const", "anyOf", "oneOf", "allOf", "items", "minItems", "minLength",
    "pattern",
}  # fmt: skip


def is_of(type_: str, value: object) -> bool:
    if type_ in ("integer", "number"):
        return isinstance(value, int if type_ == "integer" else int | float) and not isinstance(value, bool)
    return isinstance(value, TYPES[type_])


def valid(value: Any, schema: Any) -> bool:
    if isinstance(schema, bool):
        return schema
    assert schema.keys() <= KNOWN, schema.keys() - KNOWN
    types = schema.get("type", [])
    checks = [
        not types or any(is_of(t, value) for t in ([types] if isinstance(types, str) else types)),
        "$ref" not in schema or valid(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")]),
        "const" not in schema or value == schema["const"],
        "enum" not in schema or value in schema["enum"],
        "anyOf" not in schema or any(valid(value, s) for s in schema["anyOf"]),
        "oneOf" not in schema or sum(valid(value, s) for s in schema["oneOf"]) == 1,
        all(valid(value, s) for s in schema.get("allOf", ())),
    ]
    if isinstance(value, str):
        checks.append(re.search(schema.get("pattern", ""), value) is not None)
        checks.append(len(value) >= schema.get("minLength", 0))
    if isinstance(value, list):
        checks.append(len(value) >= schema.get("minItems", 0))
        checks += [valid(item, schema.get("items", True)) for item in value]
    if isinstance(value, dict):
        checks += [key in value for key in schema.get("required", ())]
        for key, inner in value.items():
            at = [s for k, s in schema.get("properties", {}).items() if k == key]
            at += [s for p, s in schema.get("patternProperties", {}).items() if re.search(p, key)]
            checks += [valid(inner, s) for s in at or [schema.get("additionalProperties", True)]]
    return all(checks)


def test_the_schema_is_of_the_dialect_that_it_names() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA

    def walk(schema: Any) -> None:
        if isinstance(schema, bool):
            return
        assert schema.keys() <= KNOWN
        if "$ref" in schema:
            assert schema["$ref"].removeprefix("#/$defs/") in SCHEMA["$defs"]
        if "pattern" in schema:
            re.compile(schema["pattern"])
        for part in ("properties", "patternProperties", "$defs"):
            for inner in schema.get(part, {}).values():
                walk(inner)
        for part in ("anyOf", "oneOf", "allOf"):
            for inner in schema.get(part, ()):
                walk(inner)
        walk(schema.get("items", True))
        walk(schema.get("additionalProperties", True))

    walk(SCHEMA)


def test_the_schema_covers_every_kind_of_channel() -> None:
    (channel,) = SCHEMA["properties"]["channels"]["patternProperties"].values()
    models = [SCHEMA["$defs"][choice["$ref"].removeprefix("#/$defs/")] for choice in channel["oneOf"]]
    assert [model["properties"]["kind"]["const"] for model in models] == list(KINDS)


GOOD = [
    "rules: [{id: a, match: b}]",
    "x-any: {thing: 1}\nweb: false\nchannels:\nsources:\ndefaults:\n",
    "channels: {t: {kind: telegram, token_file: x, chat: 1}, c: {kind: console}}",
    "channels: {u: {kind: telegram, token: '${X}', chat: '@a'}}",
    "channels: {m: {kind: email, host: h, port: '${PORT}', from: a@b.example, to: [a@b.example], tls: none}}",
    "defaults: {every: '${EVERY:-5m}', to: desk, full_text: true}",
    "lists: {a: [b, 2], c: d}\nrules: [{id: 1, any: [2, c], cap: 10/h, priority: low, languages: NO}]",
]
BAD = [
    "rule: []",
    "rules: [{id: a, mtch: b}]",
    "rules: [{match: b}]",
    "rules: [{id: a b, match: b}]",
    "rules: {id: a}",
    "sources: [{id: a, url: ftp://a.example}]",
    "sources: [{id: a, url: 'https://a.example', kind: lising}]",
    "defaults: {every: 5 parsecs}",
    "defaults: {full_text: yes}",
    "channels: {t: {kind: telegram, chat: 1}}",
    "channels: {t: {kind: telgram, token: x, chat: 1}}",
    "channels: {c: {kind: console, token: x}}",
    "channels: {m: {kind: email, host: h, from: a@b.example, to: a@b.example, tls: ssl}}",
    "web: {listen: 8080}",
    "operator: {}",
]


@pytest.mark.parametrize("text", GOOD)
def test_what_is_right_is_right_in_an_editor(text: str) -> None:
    assert valid(Document(text).data, SCHEMA)


@pytest.mark.parametrize("text", BAD)
def test_what_is_wrong_is_wrong_in_an_editor_and_to_the_program(text: str, tmp_path: Path) -> None:
    assert not valid(Document(text).data, SCHEMA)
    (tmp_path / "c.yaml").write_text(text)
    with pytest.raises(ConfigError):
        load(tmp_path / "c.yaml", {})


# --- the reference -----------------------------------------------------------------------------------------------


def test_the_reference_in_docs_is_what_the_program_says() -> None:
    told = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert told == reference(), "run: python -m monitor.config > docs/configuration.md"


MODELS = [model for _, _, model in PARTS] + [model_of(kind, options) for kind, options in KINDS.items()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_has_a_meaning_and_a_row_in_the_reference(model: Any) -> None:
    text = reference()
    for name, field in model.model_fields.items():
        assert field.description, name
        assert f"| `{field.alias or name}` | " in text
        assert field.description.replace("|", "\\|") in text


EXAMPLES = [(model, field) for _, _, model in PARTS for field in model.model_fields.values() if field.examples]


@pytest.mark.parametrize(("model", "field"), EXAMPLES, ids=lambda x: getattr(x, "alias", getattr(x, "__name__", "")))
def test_every_example_of_the_reference_is_right_in_an_editor(model: Any, field: Any) -> None:
    data = Document(f"{field.alias}: {field.examples[0]}").data
    section = SCHEMA if model.__name__ == "Root" else SCHEMA["$defs"][model.__name__]
    assert valid(data[field.alias], section["properties"][field.alias])


# --- the shipped file --------------------------------------------------------------------------------------------

ENVIRON = {"TELEGRAM_BOT_TOKEN": "123456:abc", "SMTP_PASSWORD": "secret"}
LINES = SHIPPED.read_text(encoding="utf-8").splitlines()
SWITCHES = [index for index, line in enumerate(LINES) if re.match(r"\s*#\S", line)]


def switched_on(*indexes: int) -> str:
    return "\n".join(line.replace("#", "", 1) if i in indexes else line for i, line in enumerate(LINES)) + "\n"


def test_the_shipped_file_works_with_no_variable_set() -> None:
    settings = load(SHIPPED, {})
    assert {s.id: (s.kind, s.full_text) for s in settings.sources}["jakarta365"] == ("listing", True)
    hosts = " ".join(s.url for s in settings.sources)
    for outlet in ("jakarta365.net/internasional", "tribunnews", "cnn", "aljazeera", "bbc", "antara"):
        assert outlet in hosts
    assert {rule.id: rule.match for rule in settings.rules} == {"nato": "NATO OR OTAN", "zelensky": "entity:zelensky"}
    assert [channel.kind for channel in settings.channels] == ["console"]
    assert valid(Document(SHIPPED.read_text(encoding="utf-8")).data, SCHEMA)


@pytest.mark.parametrize("index", SWITCHES, ids=lambda i: LINES[i].split(":")[0].strip(" #-{"))
def test_every_line_that_is_switched_off_in_the_shipped_file_works_when_switched_on(index: int, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(switched_on(index), encoding="utf-8")
    assert load(path, ENVIRON) != load(SHIPPED, ENVIRON)
    assert valid(Document(path.read_text(encoding="utf-8")).data, SCHEMA)


def test_all_lines_that_are_switched_off_in_the_shipped_file_work_together(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(switched_on(*SWITCHES), encoding="utf-8")
    settings = load(path, ENVIRON)
    assert [channel.id for channel in settings.channels][:2] == ["desk", "mail"]
    assert settings.rules[0].to == ("desk", "mail")


def test_the_shipped_store_can_be_moved_by_a_variable() -> None:
    assert load(SHIPPED, {}).store == f"sqlite:///{ROOT}/data/monitor.db"
    assert load(SHIPPED, {"MONITOR_DATA": "/data"}).store == "sqlite:////data/monitor.db"
