"""`monitor match`: the rules as a filter for other programs. JSONL in, JSONL out, one line for each line."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TextIO

from monitor.cli.json_lines import hits_shown, json_line
from monitor.cli.setup import matcher_of
from monitor.core.model import Item, SourceId
from monitor.core.ports import Matcher
from monitor.core.settings import Settings
from monitor.text.dates import parse_date
from monitor.text.language import detect

_TEXTS = ("title", "text", "language", "url", "source", "author", "site")


def run(settings: Settings, lines: TextIO, out: TextIO, now: datetime) -> None:
    """Answers `{"id", "matches"}` for each line that is not blank, in order and at once. A line that is not an item is
    answered with its `error`, and no matches. `now` is when items were taken in that do not say it themselves."""
    matcher = matcher_of(settings)
    for line in lines:
        if not line.strip():
            continue
        out.write(json_line(_answer(matcher, line, now)) + "\n")
        out.flush()


def _answer(matcher: Matcher, line: str, now: datetime) -> dict[str, object]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "matches": [], "error": f"not JSON: {error}"}
    if not isinstance(given, dict):
        return {"id": None, "matches": [], "error": "not a JSON object"}
    try:
        item = _item(given, now)
    except ValueError as error:
        return {"id": given.get("id"), "matches": [], "error": str(error)}
    matches = [{"rule": match.rule, "hits": hits_shown(match.hits)} for match in matcher.match(item)]
    return {"id": given.get("id"), "matches": matches}


def _item(given: dict[str, object], now: datetime) -> Item:
    texts = {}
    for key in _TEXTS:
        value = given.get(key)
        if value is not None and not isinstance(value, str):
            raise ValueError(f"{key} is not a text")
        # Half a surrogate pair is no character, and could not be written out again.
        texts[key] = (value or "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    tags = given.get("tags") or []
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise ValueError("tags is not a list of texts")
    return Item(
        source=SourceId(texts["source"]),
        uid="",
        url=texts["url"],
        canonical_url=texts["url"],
        title=texts["title"],
        text=texts["text"],
        author=texts["author"],
        tags=tuple(tags),
        language=texts["language"].lower() or detect(f"{texts['title']}\n{texts['text']}"),
        site=texts["site"],
        published=_time(given, "published"),
        taken_in=_time(given, "taken_in") or now,
    )


def _time(given: dict[str, object], key: str) -> datetime | None:
    """None for one that is missing or cannot be read."""
    value = given.get(key)
    return parse_date(value) if isinstance(value, str) else None
