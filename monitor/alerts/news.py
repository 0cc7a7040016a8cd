"""What a report says that those before it did not: the names and numbers of its headline and lead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.core.model import Item
from monitor.text.folding import fold_text
from monitor.text.language import primary
from monitor.text.names import NAME, named_in, names, numbers, plain
from monitor.text.sentences import sentences
from monitor.text.sounds import skeletons
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


def news_in(item: Item, earlier: Sequence[tuple[str, str, str]]) -> str:
    """What is new, listed; '' where that is too little to tell again. `earlier` are titles, texts and languages. Names
    are only looked for where an earlier report is in the same language and alphabet: elsewhere every name would be new.
    What those in other languages say is known by its sound."""
    if not earlier:
        return ""
    lead = item.text[: _end_of_lead(item.text)]
    mine = primary(item.language)
    alike = [(title, text) for title, text, language in earlier if not mine or primary(language) in ("", mine)]
    said_words, said_numbers = _said([(title, text) for title, text, _ in earlier])
    said_abroad = _sounds(title + "\n" + text for title, text, language in earlier if (title, text) not in alike)
    ours = " ".join((item.site, item.author, *(f"{c.outlet} {c.reporter}" for c in item.credits)))
    known = said_words | _stems(ours)
    has_names = any(_is_latin(title + text) == _is_latin(item.title + lead) for title, text in alike)
    named = named_in(item.text[:READ])
    found: dict[str, int] = {}
    for place, weight in ((item.title, IN_TITLE), (lead, 1)):
        for fact in numbers(place):
            if plain(fact) not in said_numbers:
                found.setdefault(fact, weight)
        if has_names:
            for name in names(place, named):
                stems = _stems(name)
                if stems and not stems & known and not said_abroad.intersection(skeletons(name)):
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
    said: set[str] = set()
    for title, text in reports:
        whole = f"{title}\n{text[:READ]}"
        # Names once more by themselves: what stands beside them may fold into one word with them.
        for part in (whole, *(match[0] for match in NAME.finditer(whole))):
            stems |= _stems(part)
        said |= {plain(number) for number in numbers(whole)}
    return stems, said


def _sounds(reports: Iterable[str]) -> set[str]:
    return {s for report in reports for match in NAME.finditer(report[:READ]) for s in skeletons(match[0])}


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in words(fold_text(text))}


def _is_latin(text: str) -> bool:
    """The alphabet of most of its letters."""
    letters = [c for c in text[:READ] if c.isalpha()]
    return sum(c < "\u0250" for c in letters) * 2 > len(letters)
