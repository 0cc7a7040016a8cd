"""What the newsroom publishes, and when: `newsroom.toml` as records."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta, timezone
from enum import StrEnum
from importlib.resources import files
from typing import Any


class OutletKind(StrEnum):
    """The form in which an outlet shows its news."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"
    LISTING = "listing"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    id: str
    kind: OutletKind
    name: str
    language: str
    zone: timezone
    full_text: bool
    """The front page gives titles only; the articles have pages of their own, which are worth reading."""

    @property
    def path(self) -> str:
        """Of what a reader polls."""
        front_page = {
            OutletKind.RSS: "rss.xml",
            OutletKind.ATOM: "atom.xml",
            OutletKind.JSON: "feed.json",
            OutletKind.LISTING: "internasional",
            OutletKind.SITEMAP: "news-sitemap.xml",
        }
        return f"/{self.id}/{front_page[self.kind]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article of one outlet. A copy is a report of its own with the words of another."""

    number: int
    """Unique in the newsroom."""
    outlet: str
    title: str
    paragraphs: tuple[str, ...]
    author: str
    tags: tuple[str, ...]
    credit: str
    """A republisher's word on where the report comes from; '' for an original."""
    at: timedelta
    """When it is published, counted from the opening of the doors; negative for old news."""

    @property
    def path(self) -> str:
        slug = "-".join(re.findall(r"[a-z0-9]+", self.title.lower())) or "report"
        return f"/{self.outlet}/news/{7000 + self.number}/{slug}"

    @property
    def is_old(self) -> bool:
        return self.at < timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    outlets: tuple[Outlet, ...]
    reports: tuple[Report, ...]
    """Oldest first."""

    @property
    def length(self) -> timedelta:
        """From the opening of the doors to the last report."""
        return max(report.at for report in self.reports)


def read_script() -> Script:
    """The script in the package."""
    document = tomllib.loads(files("monitor.demo").joinpath("newsroom.toml").read_text(encoding="utf-8"))
    originals = {entry["id"]: entry for entry in document["reports"] if "id" in entry}
    reports = [_report(number, entry, originals) for number, entry in enumerate(document["reports"])]
    return Script(
        outlets=tuple(_outlet(entry) for entry in document["outlets"]),
        reports=tuple(sorted(reports, key=lambda report: report.at)),
    )


def _outlet(entry: dict[str, Any]) -> Outlet:
    return Outlet(
        id=entry["id"],
        kind=OutletKind(entry["kind"]),
        name=entry["name"],
        language=entry["language"],
        zone=timezone(timedelta(hours=entry["utc_offset"])),
        full_text=entry.get("full_text", False),
    )


def _report(number: int, entry: dict[str, Any], originals: dict[str, dict[str, Any]]) -> Report:
    words = {**originals[entry["copy_of"]], **entry} if "copy_of" in entry else entry
    at = timedelta(seconds=entry["at"]) if "at" in entry else timedelta(hours=-entry["hours_ago"])
    paragraphs = (" ".join(block.split()) for block in words["text"].strip().split("\n\n"))
    return Report(
        number=number,
        outlet=entry["outlet"],
        title=words["title"],
        paragraphs=tuple(paragraphs),
        author=words.get("author", ""),
        tags=tuple(words.get("tags", ())),
        credit=entry.get("credit", ""),
        at=at,
    )
