"""`import` and `export`: sources from a feed reader, and back."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from monitor.cli.setup import fail, with_config
from monitor.cli.yaml_text import source_line
from monitor.core.model import Unreadable
from monitor.extract.opml import MAX_BYTES, OpmlSource, parse_opml, write_opml
from monitor.text.slugs import distinct, slug
from monitor.text.urls import site_of


def print_sources(file: Path) -> None:
    """What is wrong with the file goes to standard error, each with its line."""
    try:
        with file.open("rb") as stream:
            body = stream.read(MAX_BYTES + 1)
    except OSError as error:
        fail(f"{file}: {error.strerror or error}")
    found = parse_opml(body)
    if isinstance(found, Unreadable):
        fail(f"{file}: {found.why}")
    for flaw in found.flaws:
        sys.stderr.write(f"{file}:{flaw.line}: {flaw.what}\n")
    if not found.sources:
        fail(f"{file}: no sources in it")
    names = distinct(slug(s.title) or slug(site_of(s.url)) or "source" for s in found.sources)
    sys.stdout.write("sources:\n")
    for name, source in zip(names, found.sources, strict=True):
        line = source_line({"id": name, "kind": _kind_of_link(source), "url": source.url, "tags": source.tags})
        sys.stdout.write(f"  {line}\n")


def _kind_of_link(source: OpmlSource) -> str:
    if source.is_feed:
        return ""  # found out by the first poll
    return "sitemap" if re.search(r"sitemap|\.xml(?:\.gz)?$", source.url, re.IGNORECASE) else "listing"


def print_opml(config: Path | None) -> None:
    from monitor.config import load

    settings = with_config(config, lambda path: load(path, only={"sources", "defaults", "timezone"}))
    if not settings.sources:
        fail(f"{settings.path}: no sources in it")
    sources = [OpmlSource(url=s.url, title=s.id, tags=s.tags, is_feed=s.kind in ("", "feed")) for s in settings.sources]
    sys.stdout.write(write_opml("Sources of monitor", sources))
