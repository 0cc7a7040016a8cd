"""The kinds of values that the file holds: how each is read, how an editor and the reference are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, tzinfo
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainValidator, WithJsonSchema

from monitor.config.values import places, plain, secrets, times, words
from monitor.core.model import Priority, Secret
from monitor.core.settings import Breadth, Edits, EntityKind, Pace, Rate, Updates

VARIABLE = r"\$\{"
"""In a pattern for editors: the text holds a variable, and its value is not known yet."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the reference calls this kind of value."""

    text: str
    example: str = ""


def _pattern(pattern: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"{pattern}|{VARIABLE}", **more})


def _or_variable(kind: str) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"type": kind}, {"type": "string", "pattern": VARIABLE}]})


_ANY_TEXT = WithJsonSchema({"type": ["string", "number"]})

Text = Annotated[str, PlainValidator(plain.as_text), _ANY_TEXT, Label("text")]
Line = Annotated[str, PlainValidator(plain.as_line), _ANY_TEXT, Label("text")]
Id = Annotated[
    str,
    PlainValidator(words.as_id),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{words.ID}$|{VARIABLE}"}),
    Label("id"),
]
Switch = Annotated[bool, PlainValidator(plain.as_switch), _or_variable("boolean"), Label("true or false")]
Whole = Annotated[int, PlainValidator(plain.as_whole), _or_variable("integer"), Label("whole number")]
Number = Annotated[float, PlainValidator(plain.as_number), _or_variable("number"), Label("number")]
_LENGTH_SCHEMA = _pattern("^([0-9]+(ms|[smhdw]))+$")
Length = Annotated[timedelta, PlainValidator(times.as_length), _LENGTH_SCHEMA, Label("length of time")]
Interval = Annotated[
    timedelta | Pace,
    PlainValidator(times.as_interval),
    _pattern("^(auto|([0-9]+(ms|[smhdw]))+)$"),
    Label("length of time or auto"),
]
Span = Annotated[
    timedelta, PlainValidator(times.at_least(timedelta(minutes=1), "1m")), _LENGTH_SCHEMA, Label("length of time")
]
RateText = Annotated[Rate, PlainValidator(times.as_rate), _pattern(r"^[0-9]+ */ *[0-9]* *(ms|[smhdw])$"), Label("rate")]
Zone = Annotated[tzinfo, PlainValidator(times.as_zone), WithJsonSchema({"type": "string"}), Label("time zone")]
Url = Annotated[str, PlainValidator(places.as_url), _pattern("^https?://"), Label("address")]
SecretText = Annotated[Secret, PlainValidator(secrets.as_secret), _ANY_TEXT, Label("secret")]
SecretFile = Annotated[
    Secret, PlainValidator(secrets.as_secret_file), WithJsonSchema({"type": "string"}), Label("file name")
]
Proxy = Annotated[Secret, PlainValidator(secrets.as_proxy), _pattern("^https?://"), Label("secret address")]
ProxyFile = Annotated[
    Secret, PlainValidator(secrets.as_proxy_file), WithJsonSchema({"type": "string"}), Label("file name")
]
_MAPPING_OF_TEXTS = WithJsonSchema({"type": "object", "additionalProperties": {"type": ["string", "number"]}})
Headers = Annotated[
    dict[str, Secret], PlainValidator(secrets.as_headers), _MAPPING_OF_TEXTS, Label("mapping of secrets")
]
Cookies = Annotated[
    dict[str, Secret], PlainValidator(secrets.as_cookies), _MAPPING_OF_TEXTS, Label("mapping of secrets")
]
PriorityText = Annotated[
    Priority,
    PlainValidator(words.as_priority),
    WithJsonSchema({"enum": [p.value for p in Priority]}),
    Label("low, normal or urgent"),
]
EntityKindText = Annotated[
    EntityKind,
    PlainValidator(words.as_entity_kind),
    WithJsonSchema({"enum": [k.value for k in EntityKind]}),
    Label("person, organisation or place"),
]
Wikidata = Annotated[str, PlainValidator(words.as_wikidata), _pattern("^Q[1-9][0-9]*$"), Label("item of Wikidata")]
EditsText = Annotated[
    Edits,
    PlainValidator(words.as_edits),
    WithJsonSchema({"enum": [e.value for e in Edits]}),
    Label("ignore, update or resend"),
]
BreadthText = Annotated[
    Breadth,
    PlainValidator(words.as_breadth),
    WithJsonSchema({"enum": [b.value for b in Breadth]}),
    Label("strict, balanced or broad"),
]
UpdatesText = Annotated[
    Updates,
    PlainValidator(words.as_updates),
    WithJsonSchema({"enum": [*(u.value for u in Updates), False]}),
    Label("none, edits or substantial"),
]
Times = Annotated[
    int,
    PlainValidator(plain.as_times),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"enum": [False]}, {"type": "string", "pattern": VARIABLE}]}),
    Label("whole number or false"),
]
Language = Annotated[
    str, PlainValidator(words.as_language), _pattern("^[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*$"), Label("language code")
]
Selector = Annotated[
    str, PlainValidator(places.as_selector), WithJsonSchema({"type": "string", "minLength": 1}), Label("CSS selector")
]
Listen = Annotated[tuple[str, int], PlainValidator(places.as_listen), _pattern(r"^.+:[0-9]+$"), Label("HOST:PORT")]
StoreAddress = Annotated[str, PlainValidator(places.as_store), _pattern("^sqlite:///."), Label("address of a store")]
FileName = Annotated[str, PlainValidator(places.as_file_name), WithJsonSchema({"type": "string"}), Label("file name")]
Folder = Annotated[Path, PlainValidator(places.as_folder), WithJsonSchema({"type": "string"}), Label("folder")]


def _list_schema(item: dict[str, Any], *more: dict[str, Any]) -> WithJsonSchema:
    """One or many; or something else."""
    return WithJsonSchema({"anyOf": [item, {"type": "array", "items": item, "minItems": 1}, *more]})


_TEXT = {"type": ["string", "number"]}
_FILE = {
    "type": "object",
    "properties": {"file": {"type": "string"}},
    "required": ["file"],
    "additionalProperties": False,
}
Terms = Annotated[
    list[Text],
    BeforeValidator(plain.one_or_many),
    BeforeValidator(plain.no_mapping),
    AfterValidator(plain.not_empty),
    _list_schema(_TEXT, _FILE),
    Label("list of terms"),
]
Texts = Annotated[
    list[Text],
    BeforeValidator(plain.one_or_many),
    _list_schema(_TEXT),
    Label("text or list of texts"),
]
Ids = Annotated[
    list[Id],
    BeforeValidator(plain.one_or_many),
    _list_schema({"type": ["string", "integer"], "pattern": f"^{words.ID}$|{VARIABLE}"}),
    Label("id or list of ids"),
]
Languages = Annotated[
    list[Language],
    BeforeValidator(plain.one_or_many),
    _list_schema({"type": "string"}),
    Label("language code or list of them"),
]
