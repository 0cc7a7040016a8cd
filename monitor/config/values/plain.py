"""Texts, numbers and switches, and how a refusal is put.

Every reader takes what the document holds and gives the value, or raises with what is wrong and what would be right.
A value that came from the environment, or is a secret, is never repeated in a message.
"""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from monitor.config.document import Decimal, Integer
from monitor.config.expand import Expanded, Unset
from monitor.config.flaws import Suggester

suggest = Suggester(budget=10**9)


def bad(
    what: str, remedy: str = "", *, inside: tuple[str | int, ...] = (), on_key: bool = False
) -> PydanticCustomError:
    """`inside`: the mistake is in this part of the value. `on_key`: in the key of that part."""
    return PydanticCustomError(
        "config", "refused", {"what": what, "remedy": remedy, "inside": inside, "on_key": on_key}
    )


def nothing_more() -> PydanticCustomError:
    """For a value that has been complained of already."""
    return PydanticCustomError("told", "told")


def show(value: object) -> str:
    """A value as a message may repeat it."""
    match value:
        case Expanded():
            return "this value (from the environment)"
        case str() if len(value) > 60:
            return f"'{value[:57]}...'"
        case str():
            return f"'{value}'"
        case _:
            return describe(value)


def describe(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            return "a text"
        case Integer() | Decimal():
            return f"the number {value.text[:30]}"
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return "something else"


def as_text(value: object, wanted: str = "a text") -> str:
    match value:
        case Unset():
            raise nothing_more()
        case str():
            if not value.strip():
                raise bad(f"empty where {wanted} belongs", "write one, or remove the key")
            return value
        case Integer() | Decimal():
            return value.text
        case bool():
            raise bad(
                f"{describe(value)} where {wanted} belongs", f'if it is meant as a text, quote it: "{describe(value)}"'
            )
        case None:
            raise bad(f"no value where {wanted} belongs", "write one, or remove the key")
        case _:
            raise bad(f"{describe(value)} where {wanted} belongs")


def as_line(value: object) -> str:
    text = as_text(value)
    if any(ord(c) < 32 or ord(c) == 127 for c in text):
        raise bad("a line break or control character where a single line belongs", "write it on one line")
    return text


def as_whole(value: object) -> int:
    match value:
        case Unset():
            raise nothing_more()
        case Integer():
            return int(value)
        case Expanded() if re.fullmatch(r"[-+]?[0-9]{1,18}", value):
            return int(value)
        case str():
            raise bad(f"{show(value)} where a whole number belongs", "write digits, without quotes")
        case _:
            raise bad(f"{describe(value)} where a whole number belongs")


def as_times(value: object) -> int:
    """How many times; 0 for `false`."""
    if value is False:
        return 0
    if isinstance(value, str) and not isinstance(value, Expanded) and not value.strip().isdigit():
        raise bad(f"{show(value)} where a whole number or false belongs", "write 2 or more, or false")
    times = as_whole(value)
    if times < 2:
        raise bad(f"{times} is too few", "write 2 or more, or false")
    return times


def as_whole_or_text(value: object) -> int | str:
    return int(value) if isinstance(value, Integer) else as_line(value)


def as_number(value: object) -> float:
    match value:
        case Unset():
            raise nothing_more()
        case Integer() | Decimal():
            try:
                return float(value)
            except OverflowError:
                raise bad("this number is too large") from None
        case Expanded() if re.fullmatch(r"[-+]?[0-9]{1,18}(\.[0-9]{1,18})?", value):
            return float(value)
        case _:
            raise bad(f"{show(value)} where a number belongs")


def as_switch(value: object) -> bool:
    match value:
        case Unset():
            raise nothing_more()
        case bool():
            return value
        case Expanded() if value.lower() in ("true", "false"):
            return value.lower() == "true"
        case str() if value.lower() in ("yes", "no", "on", "off", "true", "false") and not isinstance(value, Expanded):
            meant = "true" if value.lower() in ("yes", "on", "true") else "false"
            raise bad(f"{show(value)} where true or false belongs", f"write {meant}, without quotes")
        case _:
            raise bad(f"{show(value)} where true or false belongs")


def as_lines(value: list[str]) -> list[str]:
    return [as_line(text) for text in value]


def one_or_many(value: object) -> object:
    return [value] if isinstance(value, str | int | float) and not isinstance(value, bool) else value


def not_empty(value: list[str]) -> list[str]:
    if not value:
        raise bad("an empty list", "name at least one, or remove the key")
    return value


def no_mapping(value: object) -> object:
    if isinstance(value, dict):
        raise bad(
            "a mapping where a list belongs", "write [one, two], or {file: NAME} with one term a line in the file"
        )
    return value


def folder_of(info: ValidationInfo) -> Path:
    folder = (info.context or {})["folder"]
    assert isinstance(folder, Path)
    return folder
