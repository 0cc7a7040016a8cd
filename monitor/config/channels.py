"""The keys of a channel, derived from the options class of its kind: a new kind needs no word here."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema, create_model, model_validator

from monitor.config import values as v
from monitor.config.section import Section, keys, one_of_two
from monitor.config.values import plain
from monitor.core.model import Secret

PLANNED_KINDS = frozenset({"webhook", "apprise", "rss"})
PLANNED_KEYS = keys("pages updates edits digest quiet_hours buttons picture fallback users")


def yaml_key(field: dataclasses.Field[Any]) -> str:
    return str(field.metadata.get("alias", field.name))


@cache
def model_of(kind: str, options: type) -> type[Section]:
    """The section of a channel of this kind: `kind`, the fields of `options`, and a NAME_file for each secret."""
    hints = get_type_hints(options)
    fields: dict[str, Any] = {
        "kind": (
            Annotated[Literal[kind], v.Label(f"`{kind}`")],
            Field(description="The kind of channel.", examples=[kind]),
        )
    }
    secrets: dict[str, bool] = {}
    for field in dataclasses.fields(options):
        name, hint = yaml_key(field), hints[field.name]
        bare = _without_none(hint)
        has_default = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        help_text = str(field.metadata.get("help", ""))
        examples = [str(field.metadata["example"])] if "example" in field.metadata else None
        more: dict[str, Any] = {"description": help_text, "examples": examples}
        if bare is Secret:
            secrets[name] = not has_default
            if not has_default:
                more["description"] = f"{help_text} Required, here or as `{name}_file`.".lstrip()
            fields[name] = (v.SecretText | None, Field(default=None, **more))
            file_help = f"A file that holds `{name}`."
            fields[f"{name}_file"] = (
                v.SecretFile | None,
                Field(default=None, description=file_help, examples=[f"/run/secrets/{name}"]),
            )
            continue
        # What other texts of that name are: files, beside this one unless they say otherwise.
        is_file = bare is str and name.endswith("_file")
        annotation = v.FileName if is_file else _annotation(bare, options, field.name)
        if not has_default:
            fields[name] = (annotation, Field(**more))
            continue
        default = field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
        fields[name] = (annotation if bare is hint else annotation | None, Field(default=default, **more))

    def secrets_are_given(self: Section) -> Section:
        for name, needed in secrets.items():
            one_of_two(self, name)
            if needed and getattr(self, name) is None and getattr(self, f"{name}_file") is None:
                raise plain.bad(f"{name} is missing", f"add {name} or {name}_file")
        return self

    either: list[Any] = [
        {"anyOf": [{"required": [name]}, {"required": [f"{name}_file"]}]} for name in secrets if secrets[name]
    ]
    made = create_model(
        f"{kind.title().replace('-', '').replace('_', '')}Channel",
        __base__=Section,
        __validators__={"secrets_are_given": model_validator(mode="after")(secrets_are_given)},  # type: ignore[dict-item]  # pydantic's own example
        **fields,
    )
    made.model_config["json_schema_extra"] = {"allOf": either} if either else {}
    return made


def options_of(section: Section, options: type) -> object:
    """An instance of the options class with what the section says."""
    given: dict[str, Any] = {}
    for field in dataclasses.fields(options):
        name = yaml_key(field)
        value = getattr(section, name)
        if value is None:
            value = getattr(section, f"{name}_file", None)
        if isinstance(value, list):
            value = tuple(value)
        given[field.name] = value
    return options(**given)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        rest = [part for part in get_args(hint) if part is not types.NoneType]
        return rest[0] if len(rest) == 1 else typing.Union[tuple(rest)]  # noqa: UP007 - made at run time
    return hint


def _annotation(hint: Any, options: type, name: str) -> Any:
    simple: Mapping[Any, Any] = {str: v.Text, int: v.Whole, float: v.Number, bool: v.Switch, timedelta: v.Length}
    if hint in simple:
        return simple[hint]
    if get_origin(hint) is Literal:
        return _choice(tuple(get_args(hint)), str)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _choice(tuple(member.value for member in hint), hint)
    if get_origin(hint) is tuple and get_args(hint) == (str, ...):
        return v.Texts
    if get_origin(hint) is tuple and get_args(hint) == (int, ...):
        return Annotated[list[v.Whole], BeforeValidator(plain.one_or_many), v.Label("whole number or list of them")]
    if set(get_args(hint)) == {int, str}:
        return Annotated[
            int | str,
            PlainValidator(plain.as_whole_or_text),
            WithJsonSchema({"type": ["integer", "string"]}),
            v.Label("whole number or text"),
        ]
    raise TypeError(f"{options.__qualname__}.{name}: configuration can't read a {hint}")


def _choice(allowed: tuple[str, ...], made: type[str]) -> Any:
    def read(value: object) -> str:
        text = plain.as_text(value, " or ".join(allowed))
        if text not in allowed:
            guess = plain.suggest(text, allowed)
            remedy = f"write {', '.join(allowed)}"
            raise plain.bad(
                f"{plain.show(value)} is not known here", f"did you mean '{guess}'? {remedy}" if guess else remedy
            )
        return made(text)

    label = v.Label(" or ".join(f"`{choice}`" for choice in allowed))
    return Annotated[str, PlainValidator(read), WithJsonSchema({"enum": list(allowed)}), label]
