"""Whom an article names as its source: datelines, bylines, notes of republishing, brackets, verbs of citing, in the
languages of our readers. The names of outlets are found first; what stands around them says what they are there for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from monitor.core.model import Credit, CreditKind
from monitor.extract.credit.outlets import key_of, outlets_in
from monitor.extract.credit.people import person_in, signed
from monitor.extract.credit.phrases import BY
from monitor.extract.credit.saying import (
    LINE,
    bracketed,
    cited,
    contributed,
    dateline,
    reposted,
    reposted_unknown,
    signature,
)
from monitor.text.plain import one_line

MAX_CREDITS = 5
_HEAD, _TAIL = 6, 8
"""Lines at the start and the end of a text in which credits stand."""
_ORDER: Final = {how: rank for rank, how in enumerate(CreditKind)}


def credits_of(text: str, own: Iterable[str] = (), *, author: str = "", notes: Sequence[str] = ()
               ) -> tuple[Credit, ...]:  # fmt: skip
    """The outlets credited, the strongest first. `own` are the names of the site itself, `author` is what the page
    gives as author, `notes` are short lines that stand around the text."""
    ours: _Own | None = None  # most texts name nobody
    lines = [line for line in text.split("\n") if line.strip()]
    found: dict[str, Credit] = {}
    reporter = ""
    for credit in (*_of_author(author), *_of_lines(lines), *_of_notes(notes)):
        key = key_of(credit.outlet)
        ours = ours or _Own.of(own)
        if not key or key in ours:
            continue
        known = found.get(key)
        if known is None or _ORDER[credit.how] < _ORDER[known.how]:
            found[key] = Credit(
                outlet=credit.outlet, reporter=credit.reporter or (known.reporter if known else ""), how=credit.how
            )
        elif credit.reporter and not known.reporter and credit.is_origin:
            found[key] = Credit(outlet=known.outlet, reporter=credit.reporter, how=known.how)
    ranked = sorted(found.values(), key=lambda c: _ORDER[c.how])[:MAX_CREDITS]
    if ranked and ranked[0].is_origin and not ranked[0].reporter:
        reporter = next((r for line in (*lines[-_TAIL:], *notes) if (r := signed(line))), "")
        if reporter:
            ranked[0] = Credit(outlet=ranked[0].outlet, reporter=reporter, how=ranked[0].how)
    return tuple(ranked)


def without_signatures(lines: Sequence[str]) -> tuple[str, ...]:
    """Without the lines at the start and the end that only say whose the article is."""
    kept = tuple(
        line
        for i, line in enumerate(lines)
        if (_HEAD <= i < len(lines) - _TAIL) or len(line) > 300 or not _only_signs(line)
    )
    return kept or tuple(lines)


def _only_signs(line: str) -> bool:
    for named in outlets_in(line):
        before, after = line[: named.start], line[named.end :]
        if reposted(named, before, after) or (len(line) <= 160 and signature(named, before, after)):
            return True
    return any(reposted_unknown(line))


def merged(*groups: Iterable[Credit]) -> tuple[Credit, ...]:
    """Of several parts of one article: each outlet once, the strongest first."""
    found: dict[str, Credit] = {}
    for credit in (c for group in groups for c in group):
        known = found.setdefault(key_of(credit.outlet), credit)
        if _ORDER[credit.how] < _ORDER[known.how]:
            found[key_of(credit.outlet)] = credit
    return tuple(sorted(found.values(), key=lambda c: _ORDER[c.how])[:MAX_CREDITS])


_GENERIC = frozenset(
    {"news", "daily", "the", "times", "post", "press", "online", "media", "radio", "tv", "co", "com", "www"}
)


@dataclass(frozen=True, slots=True)
class _Own:
    """The names of the site."""

    names: frozenset[str]
    words: frozenset[str]
    """Those of their words that name it."""

    @classmethod
    def of(cls, names: Iterable[str]) -> _Own:
        given = [name[:200] for name in names]
        words = {key_of(w) for name in given for w in re.split(r"[\s./-]+", name)}
        return cls(frozenset(map(key_of, given)) - {""}, frozenset(words - _GENERIC) - {""})

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and (
            key in self.words
            or any(
                key == name
                or (len(key) > 3 and key in name)
                or (len(name) > 3 and name in key)
                or (len(key) > 8 and SequenceMatcher(None, key, name).ratio() > 0.9)
                for name in self.names
            )
        )


# --- where credits stand ----------------------------------------------------------------------------------------------


def _of_lines(lines: Sequence[str]) -> Iterator[Credit]:
    head = range(min(_HEAD, len(lines)))
    tail = range(max(0, len(lines) - _TAIL), len(lines))
    for i in sorted({*head, *tail}):
        line = lines[i]
        parts = [line] if len(line) <= 2 * LINE else [line[:LINE], line[-LINE:]]
        for n, part in enumerate(parts):
            starts = n == 0
            for named in outlets_in(part):
                before, after = part[: named.start], part[named.end :]
                whole = len(part) <= 160
                if (
                    (starts and i < 3 and (credit := dateline(named, before, after)))
                    or (credit := reposted(named, before, after))
                    or (whole and (i in tail or i < 3) and (credit := signature(named, before, after, alone=i < 3)))
                    or (i >= len(lines) - 3 and (credit := bracketed(named, before, after)))
                    or (credit := contributed(named, before, after) or cited(named, before, after))
                ):
                    yield credit
            yield from reposted_unknown(part)


def _of_notes(notes: Sequence[str]) -> Iterator[Credit]:
    for note in notes:
        for named in outlets_in(note):
            before, after = note[: named.start], note[named.end :]
            credit = reposted(named, before, after) or signature(named, before, after)
            if credit:
                yield credit
        yield from reposted_unknown(note)


def _of_author(author: str) -> Iterator[Credit]:
    if not author or len(author) > 200:
        return
    for named in outlets_in(author):
        rest = one_line(author[: named.start] + " " + author[named.end :])
        person = person_in(BY.sub("", rest))
        yield Credit(outlet=named.name, reporter=person, how=CreditKind.BYLINE)
