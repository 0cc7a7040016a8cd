"""What of a text is shown in an alert: two or three of its sentences, in their order. The lead, and those in which the
rule hit; where it hit in no other, those that say most of what the headline says."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.text.folding import fold_text
from monitor.text.plain import bare
from monitor.text.sentences import sentences
from monitor.text.tokens import words

Span = tuple[int, int]
"""Start and end in code points."""

MOST_SENTENCES = 3
LIMIT = 560
SHORT = 100
"""Characters of a lead that says little by itself."""
LONGEST_CUT = 280
"""Of a sentence that is too long to be shown as a whole."""
LEAST = 15
"""Letters that a sentence needs to be one worth showing for its words: `Read also:`, `Advertisement`."""
LOOKED_AT = 40
"""Sentences that may be chosen for what they say; a hit may be anywhere."""
_CLAUSE = ",;:،؛，；、：—–"
_HIT, _TITLE = 2.0, 1.5
"""What a hit weighs, and all the words of the headline."""


def summarise(text: str, hits: Sequence[Span], *, title: str = "", limit: int = LIMIT) -> tuple[Span, ...]:
    """Spans of `text` in order, apart from each other, of at most about `limit` characters together: whole sentences,
    unless one is longer than all that. A first sentence that only repeats `title` is passed over."""
    horizon = max([4000, *(end + 1000 for _, end in sorted(hits)[:8])])
    found = sentences(text[:horizon])
    if horizon < len(text) and len(found) > 1:
        found = found[:-1]  # it may not end there
    found = _behind_title(text, found, title)
    if not found:
        return ()
    lead = _fitting(text, found[0], _hits_in(found[0], hits), limit if len(found) == 1 else limit * 3 // 4)
    shown, left = [lead], limit - (lead[1] - lead[0])
    is_shown = not hits or any(_hits_in(lead, hits))
    others = [s for s in found[1:] if _hits_in(s, hits)]
    most = MOST_SENTENCES if others or lead[1] - lead[0] < SHORT else MOST_SENTENCES - 1
    for span in sorted(others or found[1:], key=lambda s: (-_weight(text, s, hits, title, found), s)):
        if len(shown) == most:
            break
        has_hits = bool(others)
        if span[1] - span[0] <= left and (has_hits or _is_worth(text, span)):
            shown.append(span)
        elif has_hits and not is_shown and left > LEAST:
            shown.append(_cut(text, span, _hits_in(span, hits), min(left, LONGEST_CUT)))
        else:
            continue
        is_shown = is_shown or has_hits
        left -= shown[-1][1] - shown[-1][0]
    return _joined(text, sorted(shown))


def is_full(text: str, *, title: str = "") -> bool:
    """Whether a text has more to show than its headline and one sentence."""
    found = tuple(s for s in sentences(text[:4000]) if _is_worth(text, s))
    return len(_behind_title(text, found, title)) > 1


def _behind_title(text: str, found: tuple[Span, ...], title: str) -> tuple[Span, ...]:
    """Sentences without a first one that only repeats the title."""
    repeats = title and found and bare(text[slice(*found[0])]) == bare(title)
    return found[1:] if repeats else found


def _weight(text: str, span: Span, hits: Sequence[Span], title: str, found: Sequence[Span]) -> float:
    """Hits with different words first, then what says most of the headline, then what comes first."""
    place = found.index(span)
    distinct = {fold_text(text[start:end]) for start, end in _hits_in(span, hits)}
    if place > LOOKED_AT and not distinct:
        return -float(place)
    wanted = set(words(fold_text(title)))
    said = wanted.intersection(words(fold_text(text[slice(*span)])))
    share = len(said) / len(wanted) if wanted else 0.0
    return _HIT * min(2, len(distinct)) + _TITLE * share + 1 / (1 + place)


def _is_worth(text: str, span: Span) -> bool:
    """Half as many letters will do where one is half a word."""
    piece = text[slice(*span)]
    return sum(2 if c >= "\u2e80" else 1 for c in piece if c.isalpha()) >= LEAST


def _hits_in(span: Span, hits: Sequence[Span]) -> list[Span]:
    return [hit for hit in hits if hit[0] < span[1] and hit[1] > span[0]]


def _fitting(text: str, span: Span, hits: Sequence[Span], limit: int) -> Span:
    return span if span[1] - span[0] <= limit else _cut(text, span, hits, LONGEST_CUT)


def _cut(text: str, span: Span, hits: Sequence[Span], limit: int) -> Span:
    """The stretch of a long sentence around its first hit, else its beginning; it ends at a comma if there is one in
    its second half, else between words where these are told apart."""
    start, end = span
    if hits and hits[0][1] > start + limit:
        middle = (hits[0][0] + hits[0][1]) // 2
        start = max(start, min(middle - limit // 2, end - limit))
    end = min(end, start + limit)
    if start > span[0]:
        space = text.find(" ", start, start + 24)
        start = space + 1 if space >= 0 else start
    if end < span[1]:
        least = max([start + limit // 2, *(hit[1] for hit in hits[:1] if hit[1] < end)])
        comma = max(text.rfind(sign, least, end) for sign in _CLAUSE)
        space = text.rfind(" ", end - 24, end)
        end = comma if comma > start else space if space > start else end
    return start, end


def _joined(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
