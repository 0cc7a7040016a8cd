"""What the models say of themselves: the JSON Schema for editors, and the reference for people."""

from __future__ import annotations

import json
import types
from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from monitor.channels import KINDS as CHANNEL_KINDS
from monitor.config.channels import PLANNED_KEYS, PLANNED_KINDS, model_of
from monitor.config.models import (
    Defaults,
    EntityOf,
    GazetteerOf,
    Operator,
    Root,
    RuleOf,
    SelectorsOf,
    SourceOf,
    SpikeOf,
    SummariseOf,
    Web,
    WikidataOf,
)
from monitor.config.references import source_kinds
from monitor.config.section import Section
from monitor.config.values import Label
from monitor.config.values.words import ID

DIALECT = "https://json-schema.org/draft/2020-12/schema"


_UNITS = tuple((unit, timedelta(seconds=n)) for unit, n in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)))


def written(value: object) -> Any:
    """A default as one would write it in the file; None where there is nothing to write."""
    match value:
        case timedelta():
            fits = (unit for unit, length in _UNITS if value >= length and value % length == timedelta())
            unit = next(fits, "ms")
            return f"{value // dict(_UNITS).get(unit, timedelta(milliseconds=1))}{unit}"
        case StrEnum():
            return value.value
        case (str(host), int(port)):
            return f"{host}:{port}"
        case bool() | int() | float() | str():
            return value
        case _:
            return None


def _without_examples(schema: Any) -> Any:
    """Examples are YAML for people; a schema would want them as data."""
    if isinstance(schema, dict):
        return {k: _without_examples(v) for k, v in schema.items() if not (k == "examples" and isinstance(v, list))}
    return [_without_examples(item) for item in schema] if isinstance(schema, list) else schema


class _Schema(GenerateJsonSchema):
    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        default = written(schema.get("default"))
        return inner if default is None else {**inner, "default": default}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        # A key without a value is refused; in the models None is a key that is absent.
        return self.generate_inner(schema["schema"])


def json_schema(kinds: Mapping[str, type] = CHANNEL_KINDS) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the file."""
    schema = Root.model_json_schema(schema_generator=_Schema)
    shared = schema.setdefault("$defs", {})
    choices = []
    for kind, options in kinds.items():
        made = model_of(kind, options).model_json_schema(schema_generator=_Schema)
        shared.update(made.pop("$defs", {}))
        name = made["title"]
        shared[name] = {**made, "required": sorted({"kind", *made.get("required", ())})}
        choices.append({"$ref": f"#/$defs/{name}"})
    properties = schema["properties"]
    properties["channels"]["patternProperties"] = {"": {"oneOf": choices}}
    for name in ("entities", "lists", "channels"):
        (inside,) = properties[name]["patternProperties"].values()
        properties[name] |= {"patternProperties": {f"^{ID}$": inside}, "additionalProperties": False}
    for name in ("sources", "rules", "entities", "lists", "channels"):
        properties[name]["type"] = [properties[name]["type"], "null"]
    for name in ("defaults", "web"):
        inner = {key: properties[name].pop(key) for key in ("$ref", "anyOf") if key in properties[name]}
        more = [{"type": "boolean"}] if name == "web" else []
        properties[name]["anyOf"] = [inner, {"type": "null"}, *more]
    shared["SourceOf"]["properties"]["kind"] = {
        **shared["SourceOf"]["properties"]["kind"],
        "type": "string",
        "enum": list(source_kinds()),
    }
    schema["patternProperties"] = {"^x-": {}}
    schema.pop("title", None)
    return {"$schema": DIALECT, "title": "monitor configuration", **_without_examples(schema)}


# --- the reference -----------------------------------------------------------------------------------------------

_HEAD = """\
# Configuration

One YAML file (1.2) says what is watched, what is looked for and who is told. It is `--config FILE`, else the file that
`MONITOR_CONFIG` names, else `config.yaml` in the working folder. `monitor check` tells everything that is wrong with
it, with line and column; `monitor schema` prints a JSON Schema for editors. The running daemon takes a good edit at
once, and goes on with what it had after a bad one.

This page is made from the program itself (`python -m monitor.config > docs/configuration.md`).

## Values

- **length of time**: `500ms`, `30s`, `5m`, `1h`, `3d`, `2w`, or several in a row, such as `1h30m`.
- **rate**: so many in that time: `10/h`, `5/10m`, `3/d`.
- **id**: up to 64 letters (a-z), digits, `-`, `_` and `.`.
- **address**: begins with `http://` or `https://`.
- **time zone**: an IANA name, such as `Asia/Jakarta`.
- **language code**: ISO 639, such as `id`, `en`, `zh` or `zh-hant`.
- **list**: `[one, two]`, or one per line after `- `. Where a list is wanted, a single text will do.
- Texts may stand without quotes, unless they begin with one of ``* & ! | > % @ ` { [ ' "`` or hold `: ` or ` #`.
  `NO`, `on` and `22:30` are texts here, as YAML 1.2 has it.
- **variables**: `${NAME}` in any text is taken from the environment, `${NAME:-default}` with a default for when it is
  not set or empty. `$${` is a plain `${`.
- **secrets**: every secret `NAME` can be given as `NAME_file` instead: a file, relative to the folder of this file,
  whose content it is. Secrets appear in no message, log or table.
- Anchors (`&name`), aliases (`*name`) and merge keys (`<<`) work; a key at the top that begins with `x-` is a place
  to keep them.
"""

PARTS: tuple[tuple[str, str, type[Section]], ...] = (
    ("Top level", "", Root),
    ("`defaults`", "", Defaults),
    ("`operator`", "", Operator),
    ("`web`", "", Web),
    ("`sources`", "A list. Each entry has:", SourceOf),
    ("`selectors` of a source", "CSS selectors.", SelectorsOf),
    ("`wikidata`", "", WikidataOf),
    (
        "`summarise`",
        (
            "A server of your own or of others that speaks OpenAI's protocol writes two or three sentences for "
            "each alert. What it writes is shown as plain text, cut to size, and marked as a model's. Where it is"
            " late, fails or answers nonsense the alert goes out with sentences of the article; after three "
            "failures in a row it is left alone for five minutes. It is given headline and text of the articles "
            "that are told, and nothing else. Digests and summaries of caps ask for none."
        ),
        SummariseOf,
    ),
    ("`gazetteer`", "", GazetteerOf),
    ("`entities`", "A mapping from ids. Each entity has:", EntityOf),
    (
        "`rules`",
        "A list. `match`, `any`, `all` and `none` are joined by AND; one of the first three is given. Each rule has:",
        RuleOf,
    ),
    ("`spike` of a rule", "", SpikeOf),
)


_LISTS = (
    "A mapping from ids to lists of terms. A term is a word or a phrase, with or without quotes,\n"
    "with wildcards as in a query, or `=Exact`.\n\n"
    "`{file: NAME}` takes the terms from a text file, one a line; the name is relative to the folder of this file.\n"
    "There `#` begins a comment, at the begin of a line or between spaces. An edit of such a file takes effect like\n"
    "one of this file."
)
_CHANNELS = (
    "A mapping from ids. `kind` decides which keys a channel has. The channel `console` is there without being "
    "configured, for rules that name it, or where there is no other."
)


def reference(kinds: Mapping[str, type] = CHANNEL_KINDS) -> str:
    """The configuration reference, in Markdown."""
    parts = [_HEAD]
    for title, lead, model in PARTS:
        parts.append(_part(f"## {title}", lead, _table(model)))
        if model is EntityOf:
            parts.append(_part("## `lists`", _LISTS))
    parts.append(_part("## `channels`", _CHANNELS))
    parts += [_part(f"### kind: {kind}", "", _table(model_of(kind, options))) for kind, options in kinds.items()]
    parts.append(
        _part("## Planned", "Designed and not built yet. They are refused as such, never ignored.", _planned())
    )
    return "\n".join(parts)


def _part(title: str, lead: str, lines: Iterable[str] = ()) -> str:
    return "\n\n".join(text for text in (title, lead, "\n".join(lines)) if text) + "\n"


def _table(model: type[Section]) -> Iterable[str]:
    yield "| Key | Value | Default | Meaning | Example |"
    yield "|---|---|---|---|---|"
    for name, field in model.model_fields.items():
        key = field.alias or name
        example = field.examples[0] if field.examples else ""
        shown = f"`{key}: {example}`" if example else ""
        cells = (f"`{key}`", _kind_of(field), _default_of(field), field.description or "", shown)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _planned() -> Iterable[str]:
    for title, _, model in PARTS:
        if model.planned:
            yield f"- {title}: " + ", ".join(f"`{key}`" for key in sorted(model.planned))
    yield "- `channels`: " + ", ".join(f"`{key}`" for key in sorted(PLANNED_KEYS))
    yield "- kinds of channels: " + ", ".join(f"`{kind}`" for kind in sorted(PLANNED_KINDS))


def _default_of(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = written(field.default)
    if value is None or value == "":
        return ""
    return f"`{json.dumps(value) if isinstance(value, bool) else value}`"


def _kind_of(field: FieldInfo) -> str:
    for extra in field.metadata:
        if isinstance(extra, Label):
            return extra.text
    return _label(field.annotation)


def _label(annotation: Any) -> str:
    """What the reference calls a type that carries no label of its own."""
    origin = get_origin(annotation)
    if hasattr(annotation, "__metadata__"):
        labels = [extra.text for extra in annotation.__metadata__ if isinstance(extra, Label)]
        return labels[0] if labels else _label(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return _label(next(part for part in get_args(annotation) if part is not types.NoneType))
    if origin is list:
        return "list"
    if origin is dict or (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return "mapping"
    raise TypeError(f"{annotation} has no label")
