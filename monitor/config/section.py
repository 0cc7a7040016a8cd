"""What every section of the file is made of."""

from __future__ import annotations

import re
from dataclasses import MISSING
from typing import Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from monitor.config.values import plain


def default_of(record: type, field: str) -> Any:
    """The default that a settings record has: said once, there."""
    found = record.__dataclass_fields__[field].default  # type: ignore[attr-defined]  # every record is a dataclass
    assert found is not MISSING
    return found


def keys(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


def nothing_is_empty(empty: type) -> BeforeValidator:
    """A section whose lines are all commented out holds nothing; that is not a mistake."""
    return BeforeValidator(lambda value: empty() if value is None else value)


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    planned: ClassVar[frozenset[str]] = frozenset()
    """Keys that are designed and not built yet."""


def key(name: str, meaning: str, example: str, default: Any = MISSING, **more: Any) -> Any:
    """A key with its meaning and an example, as YAML."""
    given: dict[str, Any] = {} if default is MISSING else {"default": default}
    return Field(alias=name, description=meaning, examples=[example], **given, **more)


def one_of_two(section: BaseModel, name: str) -> None:
    """Refuses a secret that is given both as it is and as a file."""
    if getattr(section, name) is not None and getattr(section, f"{name}_file") is not None:
        raise plain.bad(
            f"{name} and {name}_file are both given", "keep one of them", inside=(f"{name}_file",), on_key=True
        )
