"""What templates see: an alert as a reader should, cleaned, cut to size, in local time. Pure.

Templates escape; nothing here is markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, tzinfo

from monitor.alerts.summary import LIMIT, Span, summarise
from monitor.core.model import DigestContent, Field, Hit, Item, NoticeContent, Priority, Report
from monitor.render.clean import clean, host_of, safe_url
from monitor.text.plain import bare

ICONS = {Priority.URGENT: "🔴", Priority.NORMAL: "🔵", Priority.LOW: "⚪"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONGEST_TITLE = 300
LONGEST_NAME = 60
_TAGLINE = re.compile(r"\s+[|/–—:·»-]\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text whose hits can be told from the rest: iterate for the pieces, or print it plain."""

    pieces: tuple[Piece, ...]

    def __iter__(self) -> Iterator[Piece]:
        return iter(self.pieces)

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def __str__(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    icon: str
    priority: str
    rules: tuple[str, ...]
    title: Marked
    url: str
    """'' when there is none that may become a link."""
    summary: Marked
    summary_by: str
    """The model that wrote it, or the outlet whose text it is where it is not the item's; else ''."""
    outlet: str
    time: str
    """Local, with the zone; '' when the item has none."""
    language: str
    line: str
    """Outlet, time and language, as far as there are any, and whether it was edited after it had been told."""
    also_in: str
    """Other outlets that carry the story."""
    first: str
    """The outlet that the story comes from, where it is another one than is shown."""
    corrected: str
    """The title that was told first, when the article has another one by now."""
    matched: str
    """What hit, when that is neither in the title nor in the text."""
    news: str
    """What it says that no earlier report of the story did, when that is why it is told."""
    rise: str
    """How much more often than usual a rule is mentioned, when that is why it is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestView:
    heading: str
    rule: str
    """Whose cap held these back; '' for a queue that was joined."""
    rules: tuple[str, ...]
    count: int
    alerts: tuple[AlertView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    subject: str
    text: str


def alert_view(report: Report, zone: tzinfo) -> AlertView:
    item = report.item
    title = _title(item, _spans(report.hits, Field.TITLE, item.title))
    summary, summary_by = _summary(report)
    outlet, when, language = _outlet(item), local_time(item.published, zone), clean(item.language).strip()
    language = language.partition("-")[0]  # the region says nothing that the outlet does not
    elsewhere = [hit for hit in report.hits if hit.field not in (Field.TITLE, Field.TEXT)]
    is_visible = len(elsewhere) < len(report.hits)
    return AlertView(
        icon=ICONS[report.priority],
        priority=report.priority.value,
        rules=tuple(clean(rule) for rule in report.rules),
        title=title,
        url=safe_url(item.url),
        summary=summary,
        summary_by=summary_by,
        outlet=outlet,
        time=when,
        language=language,
        line=" · ".join(part for part in (outlet, when, language, "edited" if report.edited else "") if part),
        rise=clean(report.rise),
        news=clean(report.news),
        also_in=_listed([_name(name) for name in report.also_in]),
        first=_first(report.first, outlet),
        corrected=_cut(report.was, LONGEST_TITLE),
        matched=""
        if is_visible
        else _listed(dict.fromkeys(f"{h.field}: {_cut(h.surface, LONGEST_NAME)}" for h in elsewhere)),
    )


def digest_view(content: DigestContent, zone: tzinfo) -> DigestView:
    rules = dict.fromkeys(clean(rule) for report in content.reports for rule in report.rules)
    count = len(content.reports)
    capped = clean(content.rule or "")
    return DigestView(
        heading=f"{count} more for {capped}, over its cap" if capped else f"{count} alerts: {_listed(rules)}",
        rule=capped,
        rules=tuple(rules),
        count=count,
        alerts=tuple(alert_view(report, zone) for report in content.reports),
    )


def notice_view(content: NoticeContent) -> NoticeView:
    lines = (clean(line).rstrip() for line in content.text.splitlines())
    return NoticeView(subject=clean(content.subject).strip(), text="\n".join(lines).strip())


def local_time(moment: datetime | None, zone: tzinfo) -> str:
    """`13 Feb 2025 10:14 WIB`. Who gives midnight sharp has given a day, and a day is not moved between zones."""
    if moment is None:
        return ""
    if moment.timetz().replace(tzinfo=None) == time():
        return _day(moment)
    try:
        local = moment.astimezone(zone)
    except OverflowError:  # the first and the last day that there are
        return _day(moment)
    name = local.tzname() or ""
    return f"{_day(local)} {local:%H:%M} {f'UTC{name}' if name[:1] in '+-' else name}".strip()


def _day(moment: datetime) -> str:
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def _title(item: Item, hits: Sequence[Span]) -> Marked:
    if clean(item.title).strip():
        end = _cut_at(item.title, LONGEST_TITLE)
        return _marked(item.title, (0, end), hits, after="…" if end < len(item.title) else "")
    words = clean(item.text).split()
    invented = _cut(" ".join(words[:12]), 100) + ("…" if len(words) > 12 else "")
    return Marked(pieces=(Piece(text=invented or safe_url(item.url) or "(no title)"),))


def _excerpts(text: str, spans: Sequence[Span], hits: Sequence[Span]) -> Marked:
    pieces: list[Piece] = []
    done = 0
    for start, end in spans:
        if text[done:start].strip():
            pieces.append(Piece(text=" … " if pieces else "… "))
        elif pieces:
            pieces.append(Piece(text=" "))
        pieces.extend(_marked(text, (start, end), hits))
        done = end
    if pieces and text[done:].strip():
        pieces.append(Piece(text=" …"))
    return Marked(pieces=tuple(pieces))


def _marked(text: str, span: Span, hits: Sequence[Span], *, after: str = "") -> Marked:
    pieces: list[Piece] = []
    at, stop = span
    for start, end in hits:
        start, end = max(start, at), min(end, stop)  # noqa: PLW2901  # the hit, as far as it is shown
        if start < end:
            pieces += [Piece(text=clean(text[at:start])), Piece(text=clean(text[start:end]), hit=True)]
            at = end
    pieces.append(Piece(text=clean(text[at:stop]) + after))
    if pieces[0].text:
        pieces[0] = Piece(text=pieces[0].text.lstrip(), hit=pieces[0].hit)
    return Marked(pieces=tuple(piece for piece in pieces if piece.text))


def _spans(hits: Iterable[Hit], field: Field, text: str) -> tuple[Span, ...]:
    """The hits in a field, ordered; those that overlap are one."""
    joined: list[Span] = []
    for start, end in sorted((max(h.start, 0), min(h.end, len(text))) for h in hits if h.field is field):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return tuple(joined)


def _outlet(item: Item) -> str:
    """`BBC News`, `РИА Новости via ria.ru` where the host does not show whose it is, `Tribunnews via jakarta365.net`
    where the outlet credits another one."""
    host = host_of(item.url)
    site = _name(item.site)
    credit = _name(next((c.outlet for c in item.credits if c.is_origin), ""))
    if credit and not _is_of(credit, host):
        return f"{credit} via {host or site}" if host or site else credit
    if site and host and not _is_of(site, host):
        return f"{site} via {host}"
    return site or host


def _summary(report: Report) -> tuple[Marked, str]:
    """And who wrote it, where that is not the outlet of the item."""
    if report.summary:
        marked = Marked(pieces=(Piece(text=_cut(report.summary, LIMIT)),))
        return marked, _cut(f"the model {report.summary_by}", LONGEST_NAME)
    told, hits = (report.item, report.hits) if report.fuller is None else (report.fuller, report.fuller_hits)
    spans = _spans(hits, Field.TEXT, told.text)
    shown = summarise(told.text, spans, title=told.title)
    return _excerpts(told.text, shown, spans), _outlet(told) if shown and told is not report.item else ""


def _first(name: str, shown: str) -> str:
    """'' for one that the line beside it names already."""
    first = _name(name)
    return "" if not first or bare(first) in bare(shown) or _is_of(first, shown.rpartition(" ")[2]) else first


def _is_of(name: str, host: str) -> bool:
    letters = bare(name)
    labels = [label.replace("-", "") for label in host.split(".")[:-1]]
    return any(len(label) > 2 and (label in letters or letters in label) for label in labels if label != "com")


def _name(name: str) -> str:
    """The name of an outlet without the tagline that feeds put into their titles."""
    shown = clean(name).strip()
    if len(shown) > 30:
        shown = _TAGLINE.split(shown, maxsplit=1)[0]
    return _cut(shown, LONGEST_NAME)


def _listed(names: Iterable[str]) -> str:
    """`A, B, C`; more than three are `A, B +3`."""
    known = [name for name in dict.fromkeys(names) if name]
    if len(known) <= 3:
        return ", ".join(known)
    return f"{known[0]}, {known[1]} +{len(known) - 2}"


def _cut(text: str, limit: int) -> str:
    text = clean(text).strip()
    end = _cut_at(text, limit)
    return text if end == len(text) else f"{text[:end].rstrip()}…"


def _cut_at(text: str, limit: int) -> int:
    if len(text) <= limit:
        return len(text)
    space = text.rfind(" ", limit * 2 // 3, limit)
    return space if space > 0 else limit - 1
