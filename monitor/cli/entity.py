"""`entity`: what a name will be found by, and what was seen of it in what is stored."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from rich.console import Console

from monitor.cli.archive import archived
from monitor.cli.json_lines import json_line
from monitor.cli.setup import archive_settings_of, duration, fail, opened_store, run_async, utc_now
from monitor.core.model import EntityId, Field, Item, RuleId, SourceId
from monitor.core.settings import EntityKind, EntitySettings, RuleSettings, Settings
from monitor.matching import RuleMatcher, compile_rules
from monitor.matching.entities.portrait import Portrait, portrait_of, skeletons, skeletons_of
from monitor.text.scripts import CASED, Script
from monitor.text.tokens import runs

_SHOWN = 12


@dataclass(slots=True)
class Seen:
    items: int = 0
    hits: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(as written, language) -> times."""
    alike: Counter[str] = field(default_factory=Counter)
    """Words that sound much like the name and were not taken for it."""


def show_entity(config: Path | None, name: str, *, kind: EntityKind | None, since: str, as_json: bool) -> None:
    settings = archive_settings_of(config) if config is not None or Path("config.yaml").exists() else None
    known = {e.id: e for e in settings.entities} if settings is not None else {}
    entity = known.get(EntityId(name), EntitySettings(id=EntityId("asked"), name=name, kind=kind))
    portrait = portrait_of(entity)
    if not (portrait.taken_for or portrait.listed):
        fail(f"{name!r} has no word that could be looked for", code=2)
    rule = RuleSettings(id=RuleId("asked"), match=f"entity:{entity.id}")
    matcher = compile_rules([rule], [entity], {})
    examples = {script: form for script, form in portrait.spelled.items() if matcher.match(_text(_capitalised(form)))}
    seen = _look(settings, matcher, entity, utc_now() - duration(since)) if settings is not None else Seen()
    if as_json:
        sys.stdout.write(
            json_line(
                {
                    "name": entity.name, "taken_for": portrait.taken_for, "listed": portrait.listed,
                    "spelled": examples, "excluded": portrait.excluded, "items": seen.items,
                    "seen": [{"surface": s, "language": lang, "times": n} for (s, lang), n in seen.hits.most_common()],
                    "alike": dict(seen.alike.most_common(_SHOWN)),
                }
            )
            + "\n"
        )  # fmt: skip
        return
    _print(entity, portrait, examples, seen, since)


def _print(entity: EntitySettings, portrait: Portrait, examples: Mapping[Script, str], seen: Seen, since: str) -> None:
    out = Console(highlight=False, markup=False, soft_wrap=True)
    out.print(entity.name, style="bold")
    for what in portrait.taken_for:
        out.print(f"  taken for {what}")
    if examples:
        out.print("met as it sounds, in any alphabet and with the endings of each language, such as:")
        for script, form in examples.items():
            out.print(f"  {script:<11} {_capitalised(form)}")
    if portrait.listed:
        out.print("met as it stands in lists:")
        for script, forms in portrait.listed.items():
            more = f" and {len(forms) - _SHOWN} more" if len(forms) > _SHOWN else ""
            out.print(f"  {script:<11} {' · '.join(forms[:_SHOWN])}{more}")
    if portrait.excluded:
        out.print(f"not in: {' · '.join(portrait.excluded[:_SHOWN])}")
    if entity.exclude:
        out.print(f"not where: {' · '.join(entity.exclude)}")
    if entity.context:
        out.print(f"only in articles with one of: {' · '.join(entity.context)}")
    if not seen.items:
        return
    out.print(f"seen in {seen.items:,} stored items of the last {since}:")
    for (surface, language), times in seen.hits.most_common(_SHOWN):
        out.print(f"  {times:>5} × {surface}{f'  ({language})' if language else ''}")
    if not seen.hits:
        out.print("  never")
    if seen.alike:
        out.print("sounds alike and is not taken for it (add an alias where it is the same):")
        for surface, times in seen.alike.most_common(_SHOWN):
            out.print(f"  {times:>5} × {surface}")


def _look(settings: Settings, matcher: RuleMatcher, entity: EntitySettings, begin: datetime) -> Seen:
    async def work() -> Seen:
        seen, keys = Seen(), skeletons_of(entity)
        async with opened_store(settings) as store:
            async for _, item in archived(store, begin, "Looking"):
                _take(item, matcher, keys, seen)
        return seen

    path = settings.store.removeprefix("sqlite:///")
    if settings.store.startswith("sqlite:///") and not Path(path).exists():
        return Seen()  # nothing was taken in yet, and asking makes no store
    return run_async(work())


def _take(item: Item, matcher: RuleMatcher, keys: frozenset[str], seen: Seen) -> None:
    seen.items += 1
    hits = [hit for match in matcher.match(item) for hit in match.hits]
    for hit in hits:
        seen.hits[hit.surface, item.language] += 1
    for where, text in ((Field.TITLE, item.title), (Field.TEXT, item.text)):
        taken = [(h.start, h.end) for h in hits if h.field is where]
        for start, end, script in runs(text):
            word = text[start:end]
            if script not in CASED or not word[0].isupper() or any(s < end and start < e for s, e in taken):
                continue
            if not keys.isdisjoint(skeletons(word)):
                seen.alike[word] += 1


def _capitalised(form: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in form.split())


def _text(text: str) -> Item:
    now = utc_now()
    return Item(source=SourceId(""), uid="", url="", canonical_url="", title=text, text="", taken_in=now)
