"""Numbers behind names: Nord Stream 2, Falcon-9, Apollo XI."""

from __future__ import annotations

import re

_BEHIND = re.compile(r"[\s\-‐‑–—№#.'’\"»“”(]{0,4}(?:(\d+)(?![\d\w%])|([IVX]{1,4})\b)\)?")
_NUMERALS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN = {numeral: str(number) for number, numeral in enumerate(_NUMERALS) if numeral}
_FIRST = "1"
"""Often left out: there was one before there were two."""


def number_after(text: str, end: int, wanted: str) -> int | None:
    """Where a name that ends here goes on to with its number; None when another one stands there, or none."""
    match = _BEHIND.match(text, end)
    if match is None:
        return end if wanted == _FIRST else None
    return match.end() if (match[1] or _ROMAN.get(match[2], "")) == wanted else None
