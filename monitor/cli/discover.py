"""`discover`: what a site has that can be watched, as YAML to paste."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

from rich.console import Console
from rich.progress import Progress

from monitor.cli.json_lines import json_line
from monitor.cli.setup import fail, run_async, utc_now
from monitor.cli.yaml_text import source_line
from monitor.core.model import SourceId
from monitor.core.ports import Trouble, Unreachable
from monitor.extract.offers import Offer
from monitor.fetch import HttpFetcher
from monitor.fetch.robots import Robots
from monitor.sources.discover import MAX_REQUESTS, Discovered, discover
from monitor.text.plain import shortened
from monitor.text.urls import absolute


def run_discover(url: str, *, allow_private: bool, host_gap: float, as_json: bool) -> None:
    addresses = [url] if "://" in url else [f"https://{url}", f"http://{url}"]
    if not absolute("", addresses[0]):
        fail(f"{url!r} is no http(s) address", code=2)
    now = utc_now()
    found = run_async(_search(addresses, now, allow_private=allow_private, host_gap=timedelta(seconds=host_gap)))
    if isinstance(found, Unreachable):
        here = " (here: --allow-private)" if found.trouble is Trouble.FORBIDDEN_ADDRESS and not allow_private else ""
        fail(f"{url}: {found.detail}{here}")
    for note in found.notes:
        sys.stderr.write(f"{note}\n")
    if not found.offers:
        fail(f"{url}: no feed, sitemap or list of articles found in {found.requests} requests")
    for line in _json_of(found) if as_json else _yaml_of(found, now, allow_private=allow_private):
        sys.stdout.write(line + "\n")


async def _search(addresses: list[str], now: datetime, *, allow_private: bool, host_gap: timedelta
                  ) -> Discovered | Unreachable:  # fmt: skip
    found: Discovered | Unreachable
    async with HttpFetcher() as fetcher:
        with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
            task = progress.add_task("Looking", total=MAX_REQUESTS)

            def looking(url: str) -> None:
                progress.update(task, advance=1, description=shortened(url, 60))

            for address in addresses:
                found = await discover(
                    address, fetcher=fetcher, robots=Robots(fetcher), now=now, allow_private=allow_private,
                    host_gap=host_gap, looking=looking,
                )  # fmt: skip
                if isinstance(found, Discovered):
                    break
    return found


def _yaml_of(found: Discovered, now: datetime, *, allow_private: bool) -> list[str]:
    lines = ["sources:"]
    for offer in found.offers:
        line = source_line(
            {
                "id": offer.id,
                "kind": "" if offer.kind == "feed" else offer.kind,
                "url": offer.url,
                "full_text": offer.kind != "feed" and not offer.titled,
                "allow_private": allow_private,
            }
        )
        lines.append(f"  {'' if offer.recommended else '# '}{line}  # {_said_of(offer, now)}")
    return lines


def _said_of(offer: Offer, now: datetime) -> str:
    said = [f"{offer.entries} {'entry' if offer.entries == 1 else 'entries'}"]
    said.append(f"newest {_ago(now - offer.newest)}" if offer.newest else "no dates")
    if offer.language:
        said.append(offer.language)
    if offer.whole:
        said.append("whole articles")
    if offer.overlap >= 0.005:
        said.append(f"{offer.overlap:.0%} also above")
    if offer.title:
        said.append(f"“{shortened(offer.title, 60)}”")
    return ", ".join(said)


def _ago(age: timedelta) -> str:
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 120:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 48 * 60 else f"{minutes // 1440} days ago"


def _json_of(found: Discovered) -> list[str]:
    return [
        json_line(
            {
                "id": SourceId(offer.id),
                "kind": offer.kind,
                "url": offer.url,
                "title": offer.title,
                "entries": offer.entries,
                "newest": offer.newest.astimezone(UTC).isoformat() if offer.newest else None,
                "language": offer.language,
                "whole_articles": offer.whole,
                "overlap": round(offer.overlap, 2),
                "recommended": offer.recommended,
            }
        )
        for offer in found.offers
    ]
