"""Text that was encoded twice: UTF-8 that some program took for a code page of one byte a character, and saved again.

What is found must be UTF-8 once more when written in that code page, and must not be what somebody could have meant:
`CAFÉ»` and `AMANHÃ”` would be valid too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROUNDS = 3
_PIECE = 200_000
"""Characters that are read together: each that is found costs a hundred times its size."""
_PUNCTUATION = frozenset("‚„…‘’“”–—‹›«»•™\u00a0ºª°·®")
"""What people put behind a capital letter."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A code page as a misreader. `leads` are the bytes that begin what is looked for, `enough` of it must be there."""

    codec: str
    leads: tuple[int, ...]
    enough: int

    def chars(self) -> dict[str, int]:
        """What its upper half reads bytes as; bytes that it lacks come through as control characters."""
        found = {}
        for byte in range(0x80, 0x100):
            char = bytes([byte]).decode(self.codec, "replace")
            found[chr(byte) if char == "\ufffd" else char] = byte
            if byte < 0xA0:
                found.setdefault(chr(byte), byte)
        return found


_PAGES = (
    _Page("cp1252", tuple(range(0xC2, 0xF5)), 1),
    _Page("cp1251", (0xC2, 0xC3, 0xD0, 0xD1, 0xD2, 0xE2), 3),
    _Page("cp1250", (0xC2, 0xC3, 0xC4, 0xC5, 0xD0, 0xD1, 0xE2), 2),
)
_TABLES = {page: page.chars() for page in _PAGES}


def _pattern(page: _Page) -> re.Pattern[str]:
    table = _TABLES[page]

    def chars(first: int, last: int, only: tuple[int, ...] = ()) -> str:
        return (
            "["
            + re.escape("".join(c for c, b in table.items() if first <= b <= last and (not only or b in only)))
            + "]"
        )

    more = chars(0x80, 0xBF)
    kinds = [(0xC2, 0xDF, 1), (0xE0, 0xEF, 2), (0xF0, 0xF4, 3)]
    return re.compile(
        "|".join(
            chars(first, last, page.leads) + more + f"{{{count}}}"
            for first, last, count in kinds
            if any(first <= b <= last for b in page.leads)
        )
    )


_PATTERNS = {page: _pattern(page) for page in _PAGES}


def untangled(text: str) -> str:
    """`text` with what was encoded twice put right; anything else stays as it is."""
    if text.isascii():
        return text
    if len(text) <= _PIECE:
        return _untangled(text)
    pieces: list[str] = []
    start = 0
    while start < len(text):
        end = start + _PIECE
        if end < len(text):
            end = max(text.rfind(" ", start, end), text.rfind("\n", start, end)) + 1 or end
        pieces.append(_untangled(text[start:end]))
        start = end
    return "".join(pieces)


def _untangled(text: str) -> str:
    for _ in range(_ROUNDS):
        readings = [found for page in _PAGES if (found := _found(page, text))]
        if not readings:
            break
        best = max(readings, key=lambda found: sum(end - start for start, end, _ in found))
        pieces = []
        place = 0
        for start, end, char in best:
            pieces += [text[place:start], char]
            place = end
        text = "".join([*pieces, text[place:]])
    return text


def _found(page: _Page, text: str) -> list[tuple[int, int, str]]:
    """Where characters stand that the page was taken for, and which; nothing if they may be there by accident."""
    table = _TABLES[page]
    found: list[tuple[int, int, str]] = []
    sure = 0
    for match in _PATTERNS[page].finditer(text):
        char = bytes(table[c] for c in match[0]).decode("utf-8", "replace")
        if "\ufffd" in char or not (char.isprintable() or char <= "\u00ad"):
            continue
        beside = bool(found) and found[-1][1] == match.start() and _kin(found[-1][2], char)
        sure += beside or _is_sure(text, match, char)
        found.append((match.start(), match.end(), char))
    return found if sure >= page.enough else []


def _is_sure(text: str, match: re.Match[str], char: str) -> bool:
    """Whether nobody could have meant what stands there."""
    if char in "‘’“”–—…•€™\u00a0" and len(match[0]) == 3:
        return True
    if not ("\u00a0" <= char <= "\u017f"):
        return False
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    if before.islower() or after.islower():
        return True
    return match[0][-1] not in _PUNCTUATION and not match[0][-1].isalpha()


def _kin(a: str, b: str) -> bool:
    """Two characters of one script side by side are no accident."""
    return (a.isalpha() and b.isalpha() and ord(a) >> 8 == ord(b) >> 8) or min(a, b) > "\u2e80"
