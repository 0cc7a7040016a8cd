"""Names for things that have none yet: short, of plain letters, and each only once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from anyascii import anyascii

_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,63}")
_OTHER = re.compile(r"[^a-z0-9]+")
_LENGTH = 40


def slug(text: str) -> str:
    """`Al Jazeera – English` is `al-jazeera-english`. What can be an id stays as it is; '' when nothing is left."""
    text = text.strip()
    if _ID.fullmatch(text):
        return text
    plain = _OTHER.sub("-", anyascii(text[:200]).lower().replace("'", "")).strip("-")
    if len(plain) <= _LENGTH:
        return plain
    head, _, _ = plain[: _LENGTH + 1].rpartition("-")
    return head or plain[:_LENGTH]


def distinct(names: Iterable[str]) -> list[str]:
    """The same, with `-2`, `-3` … behind those that were there before, capitals apart or not."""
    taken: set[str] = set()
    given: list[str] = []
    counts: dict[str, int] = {}
    for name in names:
        chosen = name
        while chosen.lower() in taken:
            counts[name] = counts.get(name, 1) + 1
            chosen = f"{name[:58]}-{counts[name]}"
        taken.add(chosen.lower())
        given.append(chosen)
    return given
