"""`stories --stdin`: which items of a stream tell one story."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TextIO

from monitor.cli.json_lines import json_line
from monitor.core.model import SourceId
from monitor.stories import USUAL, Standard, Stream
from monitor.text.dates import parse_date
from monitor.text.language import detect
from monitor.text.urls import canonical_url

_NO_SOURCE = frozenset(("unknown", "none", "null", "n/a", "-"))
"""What programs write where they do not know the outlet: two of these are not one outlet."""


def run_story_pipe(config: Path | None) -> None:
    standard = USUAL
    if config is not None:
        from monitor.cli.setup import matching_settings_of

        settings = matching_settings_of(config)
        standard = Standard.of(settings.stories, across_languages=settings.stories_across_languages)
    pipe(sys.stdin, sys.stdout, standard)


def pipe(lines: TextIO, out: TextIO, standard: Standard = USUAL) -> None:
    """JSONL in, JSONL out, order kept; each line is answered as it comes. A line that is no JSON object gets an
    `error`. Where an item's time or outlet is unknown, neither speaks against anything."""
    stream = Stream(standard)
    names: list[str] = []
    for line in lines:
        if not line.strip():
            continue
        out.write(json_line(_answer(line, stream, names)) + "\n")
        out.flush()


def _answer(line: str, stream: Stream, names: list[str]) -> dict[str, object]:
    try:
        given = json.loads(line)
    except ValueError as error:
        return {"id": None, "error": f"not JSON: {error}"}
    if not isinstance(given, dict):
        return {"id": None, "error": "not a JSON object"}
    title, text, url = (value if isinstance(value := given.get(key), str) else "" for key in ("title", "text", "url"))
    source = SourceId(str(given.get("source") or ""))
    if source.lower() in _NO_SOURCE:
        source = SourceId("")
    language = value if isinstance(value := given.get("language"), str) and value else detect(f"{title}\n{text}")
    published = given.get("published")
    link = stream.tell(
        title=title,
        text=text,
        source=source,
        canonical_url=canonical_url(url) if url else "",
        language=language,
        at=parse_date(published) if isinstance(published, str) else None,
    )
    names.append(given.get("id"))  # type: ignore[arg-type]  # given back as it came, whatever it is
    return {
        "id": given.get("id"),
        "story": f"{link.story:016x}",
        "relation": link.relation,
        "score": link.score,
        "of": None if link.of is None else names[link.of],
    }
