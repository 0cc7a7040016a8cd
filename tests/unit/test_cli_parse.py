"""What the pipe says of a document beside its items."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from monitor.cli.parse import run

DATA = Path(__file__).parent.parent / "data" / "reading"


def parsed(kind: str, file: Path) -> dict[str, Any]:
    out = io.StringIO()
    run(kind, [file], None, "https://kabarnusa.example/internasional", out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_of_a_listing_it_says_how_sure_the_reading_is_and_where_it_goes_on() -> None:
    line = parsed("listing", DATA / "portal.html")
    assert 0.9 < line["confidence"] <= 1
    assert line["next_url"] == "https://kabarnusa.example/internasional?page=2"
    assert len(line["items"]) == 5


def test_of_other_kinds_it_says_no_such_thing(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text("<rss><channel><item><title>One</title></item></channel></rss>", encoding="utf-8")
    assert parsed("feed", feed).keys() == {"file", "items", "error"}
