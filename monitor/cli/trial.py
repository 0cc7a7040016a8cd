"""`try`: the whole pipeline on what the sources show now, into an empty store in memory, with nothing sent."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from monitor.app import Loaded, load_all, run_trial
from monitor.cli.json_lines import json_line
from monitor.cli.setup import duration, run_async, with_config
from monitor.telemetry import configure_logging

MOST_NEAR = 20
"""Items shown that nearly matched."""


def show_trial(config: Path | None, *, since: str, as_json: bool) -> None:
    configure_logging(level="error")
    loaded = with_config(config, load_all)
    run_async(_trial(loaded, duration(since), as_json=as_json))


async def _trial(loaded: Loaded, since: timedelta, *, as_json: bool) -> None:
    settings = loaded.settings
    loaded = replace(
        loaded, settings=replace(settings, sources=tuple(replace(s, max_age=since) for s in settings.sources))
    )
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Polling", total=len(settings.sources))
        result = await run_trial(loaded, polled=lambda: progress.advance(task))
    if as_json:
        for told in result.told:
            _write(told=True, channel=told.channel, text=told.text)
        for held in result.held:
            _write(told=False, title=held.title, url=held.url, rule=held.decision.rule, channel=held.decision.channel,
                   reason=held.decision.reason, detail=held.decision.detail)  # fmt: skip
        for title, miss in result.near:
            _write(told=False, title=title, rule=miss.rule, reason="near_miss", detail="; ".join(miss.missing))
        for source, why in result.failed:
            _write(source=source, failed=why)
        return
    out = Console(highlight=False, markup=False)
    for told in result.told:
        out.rule(f"would be sent to {told.channel}", align="left")
        out.print(told.text)
    if result.held:
        out.rule("would not be sent", align="left")
        for held in result.held:
            out.print(f"{held.decision.reason}: {held.title} ({held.decision.rule}): {held.decision.detail}")
    if result.near:
        out.rule("nearly matched", align="left")
        for title, miss in result.near[:MOST_NEAR]:
            out.print(f"{title} ({miss.rule}): missing {'; '.join(miss.missing)}")
        if len(result.near) > MOST_NEAR:
            out.print(f"… and {len(result.near) - MOST_NEAR} more")
    for source, why in result.failed:
        out.print(f"source {source} could not be read: {why}", style="red")
    out.print(
        f"{len(result.told)} would be sent, {len(result.held)} not; {result.items} items read, "
        f"{len(result.failed)} source{'s' * (len(result.failed) != 1)} failed.",
        style="bold",
    )


def _write(**fields: object) -> None:
    sys.stdout.write(json_line(fields) + "\n")
