"""Makes items and rules with nothing in them but what a test is about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from monitor.core.model import Item, RuleId, SourceId
from monitor.core.settings import RuleSettings


def item(text: str = "", title: str = "", **rest: Any) -> Item:
    given = {"source": SourceId("s"), "uid": "1", "url": "", "canonical_url": "", **rest}
    return Item(title=title, text=text, taken_in=datetime(2025, 2, 13, tzinfo=UTC), **given)


def rule(name: str = "r", match: str = "", **rest: Any) -> RuleSettings:
    return RuleSettings(id=RuleId(name), match=match, **rest)
