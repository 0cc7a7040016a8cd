"""One value, one line, for programs that read the pipes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from monitor.core.model import Hit

# JSON lets these stand as they are, and many readers of lines take them for the end of one.
_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def json_line(value: object, *, default: Callable[[object], object] | None = None) -> str:
    """Without its line feed. Lone surrogates of hostile text, which no encoding carries, become question marks."""
    text = json.dumps(value, ensure_ascii=False, default=default).translate(_ENDS)
    return text.encode("utf-8", "replace").decode()


def hits_shown(hits: Iterable[Hit]) -> list[dict[str, object]]:
    """Where they stand, in code points of the field, and what they are of."""
    return [{"field": h.field, "start": h.start, "end": h.end, "surface": h.surface, "term": h.term} for h in hits]
