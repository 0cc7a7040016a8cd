"""What a report says that those before it did not: the names and numbers of its headline and lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.core.model import Item
from monitor.text.folding import fold_text
from monitor.text.sentences import sentences
from monitor.text.tokens import words

LEAD = 2
"""Sentences of the text, behind the headline."""
LEAD_CHARACTERS = 400
READ = 2_000
"""Characters of a text in which an earlier report may have said it already."""
STEM = 5
"""Letters by which names are compared: endings are not news."""
IN_TITLE, ENOUGH = 2, 2
"""A fact of the headline is as much as two of the lead; so much is needed."""
MOST_SHOWN = 5

_NUMBER = re.compile(
    r"(?<![\w.,:/\-–])\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?![\w:/])|(?<![\w.,:/\-–])\d+(?:[.,]\d+)?(?![\w:/\-–])"
)
_NAME = re.compile(r"(?<!\w)[^\W\d_][\w'’]*(?:-[^\W\d_][\w'’]*)*")
_TITLE_CASE = 0.8
"""Share of a headline's longer words that are capitalised from which capitals say nothing there."""


def news_in(item: Item, earlier: Sequence[tuple[str, str]]) -> str:
    """What is new, listed; '' where that is too little to tell again. `earlier` are titles and texts. Names are only
    looked for where an earlier report is in the same alphabet: elsewhere every name would be new."""
    if not earlier:
        return ""
    lead = item.text[: _end_of_lead(item.text)]
    said_words, said_numbers = _said(earlier)
    ours = " ".join((item.site, item.author, *(f"{c.outlet} {c.reporter}" for c in item.credits)))
    known = said_words | _stems(ours)
    has_names = any(_is_latin(title + text) == _is_latin(item.title + lead) for title, text in earlier)
    named = _capitalised_inside(item.text[:READ])
    found: dict[str, int] = {}
    for place, weight in ((item.title, IN_TITLE), (lead, 1)):
        for fact in _numbers(place):
            if _plain(fact) not in said_numbers:
                found.setdefault(fact, weight)
        if has_names:
            for name in _names(place, named):
                stems = _stems(name)
                if stems and not stems & known:
                    found.setdefault(name, weight)
    if sum(found.values()) < ENOUGH:
        return ""
    shown = list(found)[:MOST_SHOWN]
    return ", ".join(shown) + (f" +{len(found) - MOST_SHOWN}" if len(found) > MOST_SHOWN else "")


def _end_of_lead(text: str) -> int:
    found = sentences(text[:READ])[:LEAD]
    return min(found[-1][1], LEAD_CHARACTERS) if found else 0


def _said(reports: Sequence[tuple[str, str]]) -> tuple[set[str], set[str]]:
    stems: set[str] = set()
    numbers: set[str] = set()
    for title, text in reports:
        whole = f"{title}\n{text[:READ]}"
        # Names once more by themselves: what stands beside them may fold into one word with them.
        for part in (whole, *(match[0] for match in _NAME.finditer(whole))):
            stems |= _stems(part)
        numbers |= {_plain(number) for number in _numbers(whole)}
    return stems, numbers


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in words(fold_text(text))}


def _numbers(text: str) -> Iterator[str]:
    """Not those of names (`F-16`), of the clock (`10:30`) and of years."""
    for match in _NUMBER.finditer(text):
        if not re.fullmatch(r"(?:19|20)\d\d", match[0]):
            yield match[0]


def _plain(number: str) -> str:
    """`1,200`, `1.200` and `1200` are one."""
    if re.fullmatch(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+", number):
        return re.sub(r"\D", "", number)
    return number.replace(",", ".").lstrip("0") or "0"


def _names(text: str, named: set[str]) -> Iterator[str]:
    """Capitalised words, where a capital says that they are names: inside of a sentence, or at its beginning if they
    are capitalised inside of another."""
    found = [(match.start(), match[0]) for match in _NAME.finditer(text)]
    starts = {start for start, _ in sentences(text)}
    is_title_case = _is_title_case([word for at, word in found if at not in starts])
    for at, word in found:
        if len(word) < 3 or not word[0].isupper():
            continue
        if word in named or (not is_title_case and at not in starts and text[at - 1] not in "“\"'«„("):
            yield word


def _is_title_case(inside: Sequence[str]) -> bool:
    """Of the words of a sentence but its first."""
    longer = [word for word in inside if len(word) > 3]
    return bool(longer) and sum(word[0].isupper() for word in longer) >= _TITLE_CASE * len(longer)


def _capitalised_inside(text: str) -> set[str]:
    found: set[str] = set()
    for start, end in sentences(text):
        sentence = text[start:end]
        inside = [m[0] for m in _NAME.finditer(sentence) if m.start() > 1]
        if not _is_title_case(inside):
            found |= {word for word in inside if word[0].isupper() and len(word) > 2}
    return found


def _is_latin(text: str) -> bool:
    """The alphabet of most of its letters."""
    letters = [c for c in text[:READ] if c.isalpha()]
    return sum(c < "\u0250" for c in letters) * 2 > len(letters)
