"""The tables of what happened, and the few changes that an operator makes to it."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.table import Table

from monitor.cli.json_lines import json_line
from monitor.cli.setup import duration, fail, matcher_of, opened_store, run_async, settings_of, utc_now
from monitor.core.model import Carrier, DeliveryId, DeliveryState, SilenceScope, SourceState, StoryId
from monitor.core.settings import Pace, Settings
from monitor.store import SqlStore
from monitor.store.reports import StoryItem

if TYPE_CHECKING:
    from monitor.stories import Vocabulary

T = TypeVar("T")


def _ask(config: Path | None, question: Callable[[SqlStore], Awaitable[T]]) -> tuple[Settings, T]:
    settings = settings_of(config)

    async def work() -> T:
        async with opened_store(settings) as store:
            return await question(store)

    return settings, run_async(work())


def _show(rows: Sequence[Mapping[str, object]], *, as_json: bool, columns: Sequence[str], settings: Settings) -> None:
    """Each row has all that is known; a table shows `columns` of it, JSON everything."""
    if as_json:
        for row in rows:
            sys.stdout.write(json_line(row, default=_plain) + "\n")
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row[column], settings) for column in columns))
    # Piped, a table keeps its lines whole: 80 columns are rich's guess, not the reader's.
    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 200)
    console.print(table)
    if not rows:
        console.print("Nothing yet.")


def _cell(value: object, settings: Settings) -> str:
    if isinstance(value, datetime):
        return value.astimezone(settings.timezone).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, tuple | list):
        return ", ".join(str(v) for v in value)
    return "" if value is None else str(value)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Iterable):
        return list(value)
    return str(value)


def show_sources(config: Path | None, *, as_json: bool) -> None:
    from monitor.health import condition_of, spoken

    settings, states = _ask(config, lambda store: store.sources())
    known, now = {s.source: s for s in states}, utc_now()
    rows = []
    for source in settings.sources:
        state = known.get(source.id, SourceState(source=source.id))
        condition = condition_of(source, state, now)
        moved = f"moved to {state.moved_to}" if state.moved else ""
        share = state.duplicates / state.taken_in if state.taken_in else None
        row = asdict(state) | {
            "condition": condition.value,
            "url": source.url,
            "kind": source.kind or state.kind,
            "every": "auto" if source.pace is Pace.AUTO else spoken(source.every),
            "rhythm": spoken(state.usual_gap) if state.usual_gap is not None else None,
            "duplicate_share": None if share is None else round(share, 3),
        }
        if not as_json:  # a table says in words what JSON has in numbers
            row |= {
                "state": f"{condition.value} ({state.failures})" if state.failures else condition.value,
                "duplicates": None if share is None else f"{share:.0%}",
                "saved": _size(state.bytes_saved) if state.bytes_saved else None,
                "trouble": "; ".join(filter(None, (state.last_error, state.broken, moved))),
            }
        rows.append(row)
    columns = (
        "source", "kind", "state", "last_success", "last_new", "next_poll", "rhythm", "duplicates", "saved", "trouble",
    )  # fmt: skip
    _show(rows, as_json=as_json, columns=columns, settings=settings)


def _size(count: int) -> str:
    size = float(count)
    for unit in ("B", "kB", "MB"):
        if size < 1_000:
            return f"{size:.0f} {unit}"
        size /= 1_000
    return f"{size:.1f} GB"


def show_alerts(config: Path | None, *, limit: int, as_json: bool) -> None:
    settings, lines = _ask(config, lambda store: store.alerts(limit=limit))
    rows = [
        {
            "at": a.at, "reason": a.decision.reason, "rule": a.decision.rule, "channel": a.decision.channel,
            "title": a.title, "outlet": a.site, "detail": a.decision.detail, "url": a.url, "item": a.item,
            "story": a.story, "source": a.source, "delivery": a.delivery, "state": a.state,
            "priority": a.decision.priority,
        }
        for a in lines
    ]  # fmt: skip
    columns = ("at", "reason", "rule", "channel", "title", "outlet", "detail", "item")
    _show(rows, as_json=as_json, columns=columns, settings=settings)


def show_deliveries(
    config: Path | None, *, state: str | None, resend: Sequence[int], resend_all: bool, limit: int, as_json: bool
) -> None:
    if state is not None and state not in tuple(DeliveryState):
        fail(f"unknown state {state!r}; one of {', '.join(DeliveryState)}", code=2)
    if resend or resend_all:
        ids = None if resend_all else [DeliveryId(i) for i in resend]
        _, number = _ask(config, lambda store: store.resend(ids))
        if not number:
            fail("nothing to resend: only dead and held deliveries can be (`monitor deliveries --state dead`)")
        sys.stdout.write(f"{number} put back into the queue\n")
        return
    states = () if state is None else (DeliveryState(state),)
    settings, lines = _ask(config, lambda store: store.deliveries(states=states, limit=limit))
    rows = [
        {
            "delivery": x.delivery.id, "state": x.delivery.state, "channel": x.delivery.channel,
            "kind": x.delivery.kind, "title": x.title, "items": x.items, "attempts": x.delivery.attempts,
            "due_at": x.delivery.due_at,
            "created_at": x.delivery.created_at, "sent_at": x.delivery.sent_at, "refs": x.delivery.refs,
            "last_error": x.delivery.last_error, "joined_into": x.delivery.joined_into,
        }
        for x in lines
    ]  # fmt: skip
    columns = ("delivery", "state", "channel", "kind", "title", "items", "created_at", "sent_at", "last_error")
    _show(rows, as_json=as_json, columns=columns, settings=settings)


def add_silence(config: Path | None, target: str, length: str, comment: str) -> None:
    scope, _, name = target.partition(":")
    if scope not in tuple(SilenceScope) or not name:
        fail(f"{target!r} names nothing to silence; write rule:ID, source:ID or story:ID", code=2)
    settings = settings_of(config)
    ids: dict[str, list[str]] = {"rule": [r.id for r in settings.rules], "source": [s.id for s in settings.sources]}
    known = ids.get(scope)
    if known is not None and name not in known:
        fail(f"no {scope} {name!r}; there are: {', '.join(known)}", code=2)
    now = utc_now()
    until = now + duration(length)
    _, silence = _ask(config, lambda store: store.add_silence(SilenceScope(scope), name, until, comment, now))
    local = silence.until.astimezone(settings.timezone)
    sys.stdout.write(f"{target} is silenced until {local:%Y-%m-%d %H:%M %Z} (silence {silence.id})\n")


def show_silences(config: Path | None, *, end: int | None, as_json: bool) -> None:
    now = utc_now()
    if end is not None:
        _, ended = _ask(config, lambda store: store.end_silence(end, now))
        if not ended:
            fail(f"there is no silence {end} in force")
        sys.stdout.write(f"silence {end} ended\n")
        return
    settings, silences = _ask(config, lambda store: store.silences(active_at=now))
    columns = ("id", "scope", "target", "until", "comment", "created_at")
    _show([asdict(s) for s in silences], as_json=as_json, columns=columns, settings=settings)


def show_stories(config: Path | None, *, limit: int, least: int, as_json: bool) -> None:
    settings, stories = _ask(config, lambda store: store.stories(limit=limit, least=least))
    columns = ("story", "items", "title", "outlets", "first", "last")
    _show([asdict(s) for s in stories], as_json=as_json, columns=columns, settings=settings)


def show_story(config: Path | None, story: int, *, as_json: bool) -> None:
    from monitor.stories import Vocabulary

    async def ask(store: SqlStore) -> tuple[tuple[StoryItem, ...], bytes]:
        items = await store.story(StoryId(story))
        return items, (await store.vocabulary())[0] if items else b""

    settings, (items, packed) = _ask(config, ask)
    if not items:
        fail(f"no story {story} is on record; `monitor stories list` shows the latest")
    about = _about(story, items, Vocabulary.unpack(packed) if packed else Vocabulary())
    timeline = [{k: v for k, v in asdict(i).items() if k != "lead"} | {"outlet": i.site or i.source} for i in items]
    if as_json:
        sys.stdout.write(json_line(about | {"timeline": timeline}, default=_plain) + "\n")
        return
    out = Console(highlight=False, markup=False, soft_wrap=True)
    for name, value in about.items():
        shown = ", ".join(value) if isinstance(value, tuple) else _cell(value, settings)
        if shown:
            out.print(f"{name.replace('_', ' ')}: {shown}")
    columns = ("seen_at", "item", "outlet", "relation", "score", "of", "reason", "credit", "title")
    _show(timeline, as_json=False, columns=columns, settings=settings)


def _about(story: int, items: Sequence[StoryItem], vocabulary: Vocabulary) -> dict[str, object]:
    """What the items of a story make it as a whole."""
    from monitor.alerts import first_outlet
    from monitor.stories import key_terms, names_told

    headline = next((i for i in items if i.told), items[0])
    carriers = [
        Carrier(item=i.item, source=i.source, site=i.site or i.source, copy_of=None, credits=i.credits, cites=i.cites)
        for i in items
    ]
    reports = [(i.title, i.lead, i.language) for i in items]
    return {
        "story": story,
        "headline": headline.title,
        "headline_item": headline.item,
        "url": headline.url,
        "first_outlet": first_outlet(carriers),
        "outlets": tuple(dict.fromkeys(i.site or i.source for i in items)),
        "first": items[0].seen_at,
        "last": max(i.seen_at for i in items),
        "items": len(items),
        "languages": tuple(dict.fromkeys(i.language for i in items if i.language)),
        "entities": tuple(dict.fromkeys(e for i in items for e in i.entities)),
        "names": names_told(reports, vocabulary),
        "terms": key_terms(reports, vocabulary),
    }


def show_item(config: Path | None, item: str, *, as_json: bool) -> None:
    settings, outcomes = _ask(config, lambda store: store.outcome(item))
    matcher = matcher_of(settings) if outcomes else None
    if not outcomes:
        fail(f"no item {item} is on record; `monitor alerts` shows the numbers of items that matched")
    near = {o.stored.id: matcher.examine(o.stored.item)[1] if matcher else () for o in outcomes}
    if as_json:
        for outcome in outcomes:
            row = asdict(outcome) | {"near": [asdict(n) for n in near[outcome.stored.id]]}
            sys.stdout.write(json_line(row, default=_plain) + "\n")
        return
    out = Console(highlight=False, markup=False, soft_wrap=True)
    for outcome in outcomes:
        stored = outcome.stored
        out.print(f"{stored.id}: {stored.item.title}", style="bold")
        out.print(f"{stored.item.url}\nfrom {stored.item.source}, taken in {_cell(stored.item.taken_in, settings)}")
        out.print(f"story {stored.link.story}: {stored.link.relation} ({stored.link.score:.2f}): {stored.link.reason}")
        if not outcome.matches:
            out.print("no rule matched")
        for match in outcome.matches:
            places = ", ".join(f"“{h.surface}” in {h.field} ({h.term})" for h in match.hits[:8])
            out.print(f"rule {match.rule} matched: {places}")
        for miss in near[stored.id]:
            there = ", ".join(dict.fromkeys(f"“{h.surface}”" for h in miss.hits[:4]))
            out.print(f"rule {miss.rule} nearly matched: {there} is there; missing: {'; '.join(miss.missing)}")
        for line in outcome.decisions:
            out.print(
                f"{line.decision.rule} on {line.decision.channel}: {line.decision.reason}: {line.decision.detail}"
            )
