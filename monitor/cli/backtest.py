"""`backtest`: a rule, or a query, on what is stored: how often it would have matched, where, and what a change of it
would add and drop."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

from rich.console import Console
from rich.text import Text

from monitor.cli.archive import archived
from monitor.cli.json_lines import hits_shown, json_line
from monitor.cli.setup import archive_settings_of, duration, fail, matcher_of, opened_store, run_async, utc_now
from monitor.core.errors import QueryError
from monitor.core.model import Field, Hit, Item, ItemId, RuleId
from monitor.core.settings import RuleSettings, Settings
from monitor.matching import NearMiss, RuleMatcher, parse_query

QUERY = RuleId("query")
_WIDTH = 40
"""Of the longest bar of the chart."""
_AROUND = 60
"""Characters of text shown on each side of a hit."""


Sample = tuple[ItemId, Item, tuple[Hit, ...], tuple[str, ...]]
"""An item with its hits and, of one that nearly matched, what was missing."""


@dataclass(slots=True)
class Tally:
    """What was found, counted as it comes."""

    zone: tzinfo
    samples: int
    """How many items of each sort are kept to be shown, the newest."""
    seen: int = 0
    days: Counter[date] = field(default_factory=Counter)
    found: set[ItemId] = field(default_factory=set)
    shown: dict[str, list[Sample]] = field(default_factory=dict)

    near: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """What was missing -> how often."""

    def take(self, number: ItemId, item: Item, hits: tuple[Hit, ...] | None, on_record: Collection[ItemId]) -> None:
        """`hits` is None where nothing matches."""
        self.seen += 1
        if hits is not None:
            self.days[item.taken_in.astimezone(self.zone).date()] += 1
            self.found.add(number)
            self._keep("matches", number, item, hits)
            if number not in on_record:
                self._keep("added", number, item, hits)
        elif number in on_record:
            self._keep("dropped", number, item, ())

    def take_near(self, number: ItemId, item: Item, miss: NearMiss) -> None:
        self.near[miss.missing] += 1
        self._keep("near", number, item, miss.hits, miss.missing)

    def _keep(
        self, sort: str, number: ItemId, item: Item, hits: tuple[Hit, ...], missing: tuple[str, ...] = ()
    ) -> None:
        kept = self.shown.setdefault(sort, [])
        kept.append((number, item, hits, missing))
        if len(kept) > self.samples:
            del kept[0]


def show_backtest(
    config: Path | None, rule_or_query: str, *, since: str, samples: int, against: str | None, as_json: bool
) -> None:
    settings = archive_settings_of(config)
    rule = _rule(settings, rule_or_query)
    compared = rule.id if against is None and rule.id != QUERY else RuleId(against) if against else None
    if compared is not None and compared not in {r.id for r in settings.rules}:
        fail(f"no rule {compared!r}; there are: {', '.join(r.id for r in settings.rules)}", code=2)
    try:
        matcher = matcher_of(settings, [rule, *_referred(rule, settings)])
    except QueryError as error:
        fail(f"{rule_or_query}\n{' ' * error.position}^ {error.what}; {error.remedy}", code=2)
    length, now = duration(since), utc_now()
    tally = Tally(zone=settings.timezone, samples=samples)
    on_record = run_async(_run(settings, rule.id, matcher, tally, now - length, compared))
    if as_json:
        _write(rule, tally, compared, on_record)
    else:
        _show(rule, tally, compared, on_record, now, length)


def _rule(settings: Settings, text: str) -> RuleSettings:
    return next((r for r in settings.rules if r.id == text), RuleSettings(id=QUERY, match=text))


def _referred(rule: RuleSettings, settings: Settings) -> list[RuleSettings]:
    """The rules that it names, and those that they name."""
    known = {r.id: r for r in settings.rules if r.id != rule.id}
    found: dict[RuleId, RuleSettings] = {}
    waiting = [rule]
    while waiting:
        now = waiting.pop()
        texts = (*([now.match] if now.match else ()), *now.any, *now.all, *now.none)
        names = [name for text in texts for name, _ in parse_query(text, is_part=True).rules]
        fresh = [known[name] for name in names if name in known and name not in found]
        found |= {r.id: r for r in fresh}
        waiting += fresh
    return list(found.values())


async def _run(
    settings: Settings, rule: RuleId, matcher: RuleMatcher, tally: Tally, begin: datetime, compared: RuleId | None
) -> frozenset[ItemId]:
    async with opened_store(settings) as store:
        on_record = await store.on_record(compared, since=begin) if compared is not None else frozenset()
        async for number, item in archived(store, begin, "Matching"):
            matches, near = matcher.examine(item)
            tally.take(number, item, next((m.hits for m in matches if m.rule == rule), None), on_record)
            for miss in near:
                if miss.rule == rule:
                    tally.take_near(number, item, miss)
    return on_record


def _write(rule: RuleSettings, tally: Tally, compared: RuleId | None, on_record: Collection[ItemId]) -> None:
    line: dict[str, object] = {
        "rule": rule.id, "items": tally.seen, "matches": len(tally.found), "near": sum(tally.near.values()),
        "days": {day.isoformat(): count for day, count in sorted(tally.days.items())},
    }  # fmt: skip
    if compared is not None:
        line |= {"against": compared, "added": len(tally.found - set(on_record)),
                 "dropped": len(set(on_record) - tally.found)}  # fmt: skip
    sys.stdout.write(json_line(line) + "\n")
    for sort, kept in tally.shown.items():
        for number, item, hits, missing in kept:
            sys.stdout.write(
                json_line(
                    {
                        "sort": sort, "item": number, "at": item.taken_in.isoformat(), "source": item.source,
                        "title": item.title, "url": item.url,
                        "hits": hits_shown(hits),
                        **({"missing": missing} if missing else {}),
                    }
                )
                + "\n"
            )  # fmt: skip


def _show(
    rule: RuleSettings, tally: Tally, compared: RuleId | None, on_record: Collection[ItemId], now: datetime,
    length: timedelta,
) -> None:  # fmt: skip
    out = Console(highlight=False, markup=False, soft_wrap=True)
    name = "the query" if rule.id == QUERY else f"rule {rule.id}"
    out.print(
        f"{name}: {len(tally.found):,} of {tally.seen:,} stored items of the last {_spoken(length)}", style="bold"
    )
    if not tally.seen:
        out.print("Nothing is stored from that time: `retention` says how long texts are kept.")
        return
    for line in chart(tally.days, (now - length).astimezone(tally.zone).date(), now.astimezone(tally.zone).date()):
        out.print(line)
    _list(out, "the newest", tally.shown.get("matches", ()), tally.zone)
    if tally.near:
        out.print(f"\n{sum(tally.near.values()):,} more nearly matched", style="bold")
        for lacks, count in tally.near.most_common(5):
            out.print(f"  {count:,} × missing: {'; '.join(lacks)}")
        _list(out, "the newest of them", tally.shown.get("near", ()), tally.zone, sign="~ ")
    if compared is not None:
        added, dropped = len(tally.found - set(on_record)), len(set(on_record) - tally.found)
        was = "it" if compared == rule.id else f"rule {compared}"
        out.print(
            f"\n{was} matched {len(on_record):,} of them when they came: {added:,} more now, {dropped:,} no longer",
            style="bold",
        )
        _list(out, "added", tally.shown.get("added", ()), tally.zone, sign="+ ")
        _list(out, "dropped", tally.shown.get("dropped", ()), tally.zone, sign="- ")


def chart(days: Mapping[date, int], first: date, last: date) -> list[str]:
    """A line for each day; of more than two months, for each week."""
    step = 1 if (last - first).days <= 62 else 7
    counts: Counter[date] = Counter()
    for day, count in days.items():
        counts[first + timedelta(days=(day - first).days // step * step)] += count
    most = max(counts.values(), default=0)
    lines = []
    for index in range(0, (last - first).days + 1, step):
        count = counts[first + timedelta(days=index)]
        bar = "█" * round(_WIDTH * count / most) if most else ""
        lines.append(f"{first + timedelta(days=index):%Y-%m-%d} {count:>6} {bar or ('▏' if count else '')}".rstrip())
    return lines


def _list(out: Console, what: str, kept: Sequence[Sample], zone: tzinfo, sign: str = "") -> None:
    if kept:
        out.print(f"{what}:")
    for number, item, hits, missing in reversed(kept):
        out.print(Text(f"  {sign}{number} {item.taken_in.astimezone(zone):%Y-%m-%d %H:%M} {item.source}  ")
                  + _marked(item.title, [h for h in hits if h.field is Field.TITLE]))  # fmt: skip
        inside = [h for h in hits if h.field is Field.TEXT]
        if inside:
            out.print(Text("      … ") + _excerpt(item.text, inside[0]))
        if missing:
            out.print(f"      missing: {'; '.join(missing)}")


def _marked(text: str, hits: Sequence[Hit]) -> Text:
    shown = Text(text)
    for hit in hits:
        shown.stylize("bold", hit.start, hit.end)
    return shown


def _excerpt(text: str, hit: Hit) -> Text:
    begin = max(0, hit.start - _AROUND)
    shown = Text(text[begin : hit.end + _AROUND])
    shown.stylize("bold", hit.start - begin, hit.end - begin)
    shown.plain = shown.plain.replace("\n", " ")
    return shown


def _spoken(length: timedelta) -> str:
    hours = length.total_seconds() / 3600
    return f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.0f} hours"
