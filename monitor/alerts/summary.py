"""What of a text is shown in an alert: its lead, and the sentences in which the rule hit."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.text.sentences import sentences

Span = tuple[int, int]
"""Start and end in code points."""

MOST_SENTENCES = 3
LONGEST_SENTENCE = 240
LIMIT = 560


def summarise(text: str, hits: Sequence[Span], *, title: str = "", limit: int = LIMIT) -> tuple[Span, ...]:
    """Spans of `text` in order, apart from each other, of at most about `limit` characters together. A first sentence
    that only repeats `title` is passed over."""
    horizon = max([4000, *(end + 1000 for _, end in sorted(hits)[:8])])
    found = sentences(text[:horizon])
    if horizon < len(text) and len(found) > 1:
        found = found[:-1]  # it may not end there
    if title and found and _letters(text[slice(*found[0])]) == _letters(title):
        found = found[1:]
    if not found:
        return ()
    chosen = {0} | set(_with_hits(found, hits)[: MOST_SENTENCES - 1])
    if len(chosen) == 1 and len(found) > 1:
        chosen.add(1)
    shown: list[Span] = []
    left = limit
    for i in sorted(chosen, key=lambda i: (not _hits_in(found[i], hits) and i > 0, i)):
        if left < 40 and shown:
            break
        span = _shortened(text, found[i], _hits_in(found[i], hits), min(left, max(LONGEST_SENTENCE, limit // 2)))
        shown.append(span)
        left -= span[1] - span[0]
    return _joined(text, sorted(shown))


def _with_hits(found: Sequence[Span], hits: Sequence[Span]) -> list[int]:
    """Sentences by their place, those after the lead only: that one is shown anyhow."""
    return [i for i, span in enumerate(found) if i > 0 and _hits_in(span, hits)]


def _hits_in(span: Span, hits: Sequence[Span]) -> list[Span]:
    return [hit for hit in hits if hit[0] < span[1] and hit[1] > span[0]]


def _shortened(text: str, span: Span, hits: Sequence[Span], limit: int) -> Span:
    """The stretch of a long sentence around its first hit, else its beginning, cut at spaces where there are any."""
    start, end = span
    if end - start <= limit:
        return span
    if hits:
        middle = (hits[0][0] + hits[0][1]) // 2
        start = max(start, min(middle - limit // 2, end - limit))
    end = min(end, start + limit)
    if start > span[0]:
        space = text.find(" ", start, start + 24)
        start = space + 1 if space >= 0 else start
    if end < span[1]:
        space = text.rfind(" ", end - 24, end)
        end = space if space > start else end
    return start, end


def _joined(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
