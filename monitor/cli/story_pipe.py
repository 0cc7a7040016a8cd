"""`stories --stdin`: which items of a stream tell one story."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from monitor.cli.json_lines import json_line
from monitor.core.model import Candidate, ItemId, SourceId
from monitor.stories import Index, assign, fingerprint
from monitor.text.dates import parse_date
from monitor.text.urls import canonical_url


def run_story_pipe(config: Path | None) -> None:
    """The configuration has nothing to say about stories yet; it is read so that its mistakes are not missed."""
    if config is not None:
        from monitor.cli.setup import matching_settings_of

        matching_settings_of(config)
    pipe(sys.stdin, sys.stdout, datetime.now(UTC))


def pipe(lines: TextIO, out: TextIO, now: datetime) -> None:
    """JSONL in, JSONL out, order kept; each line is answered as it comes. A line that is no JSON object gets an
    `error`. Items of unknown time count as published with the one before them."""
    index = Index()
    names: list[str] = []
    for line in lines:
        if not line.strip():
            continue
        out.write(json_line(_answer(line, index, names, now)) + "\n")
        out.flush()


def _answer(line: str, index: Index, names: list[str], now: datetime) -> dict[str, object]:
    try:
        given = json.loads(line)
    except ValueError as error:
        return {"id": None, "error": f"not JSON: {error}"}
    if not isinstance(given, dict):
        return {"id": None, "error": "not a JSON object"}
    title, text, url = (value if isinstance(value := given.get(key), str) else "" for key in ("title", "text", "url"))
    source = SourceId(str(given.get("source") or ""))
    mark = fingerprint(title=title, text=text, canonical_url=canonical_url(url) if url else "")
    published = given.get("published")
    at = (parse_date(published) if isinstance(published, str) else None) or now
    link = assign(source, f"{len(names)}", mark, index.lookup(mark.keys), at)
    candidate = Candidate(
        item=ItemId(len(names)), story=link.story, source=source, title=title, keys=mark.keys, sketch=mark.sketch,
        seen_at=at,
    )  # fmt: skip
    index.add(candidate)
    names.append(given.get("id"))  # type: ignore[arg-type]  # given back as it came, whatever it is
    return {
        "id": given.get("id"),
        "story": f"{link.story:016x}",
        "relation": link.relation,
        "score": link.score,
        "of": None if link.of is None else names[link.of],
    }
