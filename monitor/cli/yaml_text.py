"""Sources as YAML to paste, one line each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_PLAIN = re.compile(
    r"(?:https?://[a-z0-9.-]+(?::\d+)?(?:[/?][\w./~?=&%+;-]*)?|[A-Za-z_][\w.-]*(?: [\w.-]+)*)", re.ASCII
)
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_ESCAPES = {'"': '\\"', "\\": "\\\\"}


def source_line(values: Mapping[str, str | Sequence[str] | bool]) -> str:
    """`- {id: a, url: …, tags: [b]}`; empty values are left out."""
    parts = (f"{key}: {_value(value)}" for key, value in values.items() if value)
    return f"- {{{', '.join(parts)}}}"


def _value(value: str | Sequence[str] | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    return f"[{', '.join(_text(v) for v in value)}]"


def _text(text: str) -> str:
    """A `${` of a text from outside is no variable of ours."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    inside = "".join(_ESCAPES.get(c) or (c if c.isprintable() else _escape(c)) for c in text.replace("${", "$${"))
    return f'"{inside}"'


def _escape(char: str) -> str:
    return f"\\U{ord(char):08X}"
