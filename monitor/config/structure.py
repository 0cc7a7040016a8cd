"""Holds the data against the models and says in our words what pydantic found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from monitor.config.channels import PLANNED_KEYS, PLANNED_KINDS, model_of
from monitor.config.document import Path
from monitor.config.expand import Expanded, Unset
from monitor.config.flaws import Flaw, Suggester, is_word, names
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
from monitor.config.section import Section
from monitor.config.values.plain import describe, show

_SECTIONS: Mapping[tuple[str, ...], type[Section]] = {
    (): Root,
    ("defaults",): Defaults,
    ("operator",): Operator,
    ("web",): Web,
    ("sources", "*"): SourceOf,
    ("sources", "*", "selectors"): SelectorsOf,
    ("gazetteer",): GazetteerOf,
    ("entities", "*"): EntityOf,
    ("wikidata",): WikidataOf,
    ("summarise",): SummariseOf,
    ("rules", "*"): RuleOf,
    ("rules", "*", "spike"): SpikeOf,
}


_MAY_BE_EMPTY: frozenset[Path] = frozenset(
    (name,) for name in ("defaults", "web", "sources", "wikidata", "entities", "lists", "rules", "channels")
)


@dataclass(frozen=True, slots=True)
class Read:
    """`root` is None where the file has flaws. A channel that is sound is there all the same."""

    root: Root | None
    channels: Mapping[str, Section]


def read(
    data: Mapping[str, Any], folder: FilePath, kinds: Mapping[str, type], flaws: list[Flaw], suggest: Suggester
) -> Read:
    context = {"folder": folder}
    found: list[Flaw] = []
    try:
        root = Root.model_validate(data, context=context)
    except ValidationError as error:
        root = None
        found += _flaws(error, (), Root, suggest)
    channels: dict[str, Section] = {}
    given = data.get("channels")
    for name, channel in given.items() if isinstance(given, dict) else ():
        at: Path = ("channels", name)
        kind = _kind(channel, at, kinds, found, suggest)
        if not kind:
            continue
        model = model_of(kind, kinds[kind])
        try:
            channels[name] = model.model_validate(channel, context=context)
        except ValidationError as error:
            found += _flaws(error, at, model, suggest)
    flaws += _once(found, list(_without_value(data)))
    return Read(root, channels)


def _once(found: list[Flaw], without_value: list[Flaw]) -> Iterable[Flaw]:
    """A key without a value is one mistake: it is not also missing, and an unknown one is just that."""
    unknown = {flaw.path for flaw in found if flaw.key}
    yield from (flaw for flaw in without_value if flaw.path not in unknown)
    blank = {flaw.path[:-1] for flaw in without_value}
    yield from (flaw for flaw in found if not flaw.whole or flaw.path not in blank)


def _without_value(data: Any, path: Path = ()) -> Iterable[Flaw]:
    """Keys with nothing behind them. A section may be so: all of its lines are commented out."""
    if data is None and path not in _MAY_BE_EMPTY:
        name = path[-1]
        what = f"{name} has no value" if isinstance(name, str) and is_word(name) else "there is no value here"
        yield Flaw(path, what, "write one, or remove it", key=True)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _without_value(value, (*path, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _without_value(item, (*path, index))


def _kind(channel: object, at: Path, kinds: Mapping[str, type], flaws: list[Flaw], suggest: Suggester) -> str:
    """The kind of a channel; '' where there is nothing to hold it against."""
    if channel is None:
        return ""  # told by _without_value
    if not isinstance(channel, dict):
        flaws.append(Flaw(at, f"{describe(channel)} where a channel belongs", "write {kind: telegram, ...}"))
        return ""
    kind = channel.get("kind")
    if isinstance(kind, str) and kind in kinds:
        return kind
    if isinstance(kind, Unset) or (kind is None and "kind" in channel):
        return ""
    known = f"write {', '.join(kinds)}"
    if kind is None:
        flaws.append(Flaw(at, "kind is missing", known))
    elif isinstance(kind, str) and kind.lower() in PLANNED_KINDS:
        flaws.append(Flaw((*at, "kind"), f"channels of the kind {show(kind)} are planned, not built yet", known))
    else:
        guess = suggest(kind, kinds) if isinstance(kind, str) else ""
        remedy = f"did you mean '{guess}'? {known}" if guess else known
        flaws.append(Flaw((*at, "kind"), f"{show(kind)} is not a kind of channel", remedy))
    return ""


def _flaws(error: ValidationError, at: Path, model: type[Section], suggest: Suggester) -> Iterable[Flaw]:
    for found in error.errors(include_url=False, include_input=True):
        path: Path = (*at, *found["loc"])
        in_key = path[-1:] == ("[key]",)
        if in_key:
            path = path[:-1]
        match found["type"]:
            case "told":
                continue
            case kind if kind not in ("missing", "extra_forbidden") and found["input"] is None:
                continue  # told by _without_value
            case "config":
                context, inside = found["ctx"], found["ctx"]["inside"]
                at_key = in_key or context["on_key"]
                yield Flaw((*path, *inside), context["what"], context["remedy"], key=at_key, whole=not inside)
            case "missing":
                yield Flaw(path[:-1], f"{path[-1]} is missing", _example(model, at, path))
            case "extra_forbidden":
                yield _unknown(path, _section(model, at, path[:-1]), suggest)
            case "list_type":
                yield Flaw(
                    path, f"{show(found['input'])} where a list belongs", "write [one, two], or one per line after '- '"
                )
            case "dict_type" | "model_type" | "model_attributes_type":
                yield Flaw(
                    path,
                    f"{show(found['input'])} where a mapping belongs",
                    "write {key: value}, or one `key: value` per line",
                )
            case _:
                yield Flaw(path, f"{describe(found['input'])} does not belong here")


def _section(model: type[Section], at: Path, path: Path) -> type[Section]:
    if at:
        return model
    shape = tuple(
        "*" if index == 1 and path[0] in ("sources", "entities", "rules") else str(step)
        for index, step in enumerate(path)
    )
    return _SECTIONS[shape]


def _example(model: type[Section], at: Path, path: Path) -> str:
    field = _section(model, at, path[:-1]).model_fields.get(str(path[-1]))
    return f"add it, such as {path[-1]}: {field.examples[0]}" if field is not None and field.examples else "add it"


def _unknown(path: Path, section: type[Section], suggest: Suggester) -> Flaw:
    key = str(path[-1])
    allowed = [field.alias or name for name, field in section.model_fields.items()]
    planned = section.planned | (PLANNED_KEYS if path[0] == "channels" else frozenset())
    if key in planned:
        return Flaw(path, f"'{key}' is planned, not built yet", "remove it", key=True)
    if not is_word(key) or isinstance(key, Expanded):
        hint = "write a space after the ':' of a key; " if ":" in key or "=" in key else ""
        return Flaw(path, "this is not a key", f"{hint}allowed here: {names(allowed, 40)}", key=True)
    guess = suggest(key, allowed)
    remedy = f"allowed here: {names(allowed, 40)}"
    return Flaw(path, f"unknown key '{key}'", f"did you mean '{guess}'? {remedy}" if guess else remedy, key=True)
