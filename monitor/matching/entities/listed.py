"""Known forms of a name, sorted by the way that they are looked for."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.core.settings import GazetteerRow
from monitor.matching.entities import territories
from monitor.text.folding import fold_text
from monitor.text.scripts import UNSPACED, script_of
from monitor.text.tokens import runs

_LEAST_JOINED = 7


class Listed:
    """Dictionaries, to keep the order and drop what comes twice."""

    def __init__(self) -> None:
        self.territory = ""
        self.words: dict[str, None] = {}
        self.phrases: dict[str, None] = {}
        """Of several words, or with numbers."""
        self.unspaced: dict[str, None] = {}
        """Letter by letter, folded."""
        self.others: dict[str, None] = {}
        """Names of other things that have a form in them."""
        self.covering: dict[str, None] = {}
        """The same in scripts without spaces."""

    def add(self, form: str) -> None:
        words = tuple(split(form))
        if is_unspaced(form):
            self.unspaced[fold_text(form)] = None
        elif len(words) > 1 or (words and any(c.isdigit() for c in form)):
            self.phrases[form] = None
        elif words:
            self.words[words[0]] = None

    def add_joined(self, name: str) -> None:
        """FoxNews for Fox News."""
        first, _, second = name.partition(" ")
        if first.isalpha() and second.isalpha() and len(name) >= _LEAST_JOINED and not is_unspaced(name):
            self.words[first + second] = None

    def add_row(self, row: GazetteerRow | None, territory: str) -> None:
        for form in row.forms if row is not None else ():
            self.add(form)
        for form in row.others if row is not None else ():
            if is_unspaced(form):
                self.covering[fold_text(form)] = None
            else:
                self.others[form] = None
        if territory:
            self.territory = territory
            for form in territories.names_of(territory):
                self.add(form)
            self.covering |= dict.fromkeys(territories.covering(territory))


def is_unspaced(text: str) -> bool:
    return any(script_of(c) in UNSPACED for c in text)


def split(text: str) -> Iterator[str]:
    """The words of a name, apart at hyphens, apostrophes and where the script changes."""
    for start, end, _ in runs(text):
        yield text[start:end]
