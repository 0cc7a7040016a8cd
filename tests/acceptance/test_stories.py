"""One event in twelve outlets, in one language or two, and its sequel: two alerts, whatever happens to the process."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.acceptance.articles import News, news
from tests.acceptance.conftest import Desk
from tests.acceptance.daemon import monitor
from tests.acceptance.press import Outlet
from tests.acceptance.twelve import (
    COPIED,
    COPIED_IN_TWO_LANGUAGES,
    INDONESIAN,
    SEQUEL,
    SEQUEL_IN_TWO_LANGUAGES,
    TOLD,
    TWO_LANGUAGES,
)

pytestmark = [pytest.mark.xdist_group("acceptance-stories"), pytest.mark.timeout(300)]

LATE = {
    "evening": News(
        title="Northrail: points at Kestrel Junction were to be repaired, says inspector",
        text=(
            "The points at Kestrel Junction, where a night train derailed on Tuesday, were on a list of repairs, "
            "inspector Lena Varga said. Three coaches of the Northrail train from Aldmoor had overturned at two in "
            "the morning; 31 of 214 passengers were injured, four of them badly. The line to the coast stays shut."
        ),
    )
}
"""It comes after all others, in the second life of the process."""


ONE_LANGUAGE = (TOLD, COPIED, SEQUEL, 1)
BOTH = (TWO_LANGUAGES, COPIED_IN_TWO_LANGUAGES, SEQUEL_IN_TWO_LANGUAGES, 4)


@pytest.mark.parametrize(
    ("told", "copied", "sequel", "seed"), [ONE_LANGUAGE, BOTH], ids=["one language", "two languages"]
)
def test_twelve_outlets_and_a_sequel_are_two_alerts_and_two_timelines_also_after_a_kill(
    desk: Desk, told: dict[str, News], copied: dict[str, News], sequel: dict[str, News], seed: int
) -> None:
    outlets = {name: desk.outlet(name) for name in (*told, *copied, *LATE)}
    for name, outlet in outlets.items():
        outlet.language = "id" if name in INDONESIAN else "en"
    for outlet, *old in zip(outlets.values(), news(13, term="sailing"), news(13, term="rowing", seed=2), strict=True):
        outlet.publish(*old)
    desk.settings["stories_across_languages"] = told is TWO_LANGUAGES
    desk.rules({"id": "rail", "match": '"Kestrel Junction"'})
    desk.start()
    yesterday = datetime.now(UTC) - timedelta(days=1, hours=2)
    reports = list((told | copied).items())
    random.Random(seed).shuffle(reports)

    def publish(some: list[tuple[str, News]], at: datetime) -> None:
        for minutes, (name, one) in enumerate(some):
            outlets[name].publish(one, at=at + timedelta(minutes=minutes))
            if minutes % 4 == 0:  # some come alone, some at once
                desk.polled(2, [outlets[name]])
        desk.polled(2)

    publish(reports[:7], yesterday)
    desk.daemon.kill()
    desk.daemon.start()
    publish(reports[7:], yesterday + timedelta(hours=1))
    publish(list(sequel.items()), datetime.now(UTC))
    desk.daemon.until(desk.outbox_is_empty, "an empty outbox")
    before = timelines(desk, outlets)
    desk.daemon.kill()
    desk.daemon.start()
    publish(list(LATE.items()), datetime.now(UTC))
    desk.daemon.until(desk.outbox_is_empty, "an empty outbox")

    assert [reports[0][1].title in desk.chat[0].text, len(desk.chat)] == [True, 2], [m.text for m in desk.chat]
    assert next(iter(sequel.values())).title in desk.chat[1].text
    assert "also in: " in desk.chat[0].text
    assert "+10" in desk.chat[0].text, "one message, edited, names twelve other outlets"
    assert before == [sorted(name for name, _ in reports), sorted(sequel)]
    assert timelines(desk, outlets) == [sorted([*(name for name, _ in reports), *LATE]), sorted(sequel)]


def timelines(desk: Desk, outlets: dict[str, Outlet]) -> list[list[str]]:
    """The outlets of each story that several tell, the longest first; each timeline is in order and says why."""
    listed = rows(desk, "list", "--limit", "100")
    found = []
    for story in (row["story"] for row in listed if row["items"] > 1):
        (shown,) = rows(desk, "show", str(story))
        items = shown["timeline"]
        assert shown["headline"] in [i["title"] for i in items]
        assert shown["first_outlet"] == (items[0]["site"] or items[0]["source"])
        assert (shown["first"], shown["items"]) == (items[0]["seen_at"], len(items))
        assert {"Kestrel", "Casper"} & set(shown["terms"])
        assert "Northrail" in shown["names"]
        assert [i["seen_at"] for i in items] == sorted(i["seen_at"] for i in items)
        assert [i["relation"] == "new" for i in items] == [n == 0 for n in range(len(items))]
        assert all(i["reason"] for i in items)
        found.append(sorted(name for i in items for name in outlets if f"/{name}/" in i["url"]))
    return sorted(found, key=lambda names: (-len(names), names))


def rows(desk: Desk, *question: str) -> list[dict[str, Any]]:
    answer = monitor("stories", *question, "--json", "--config", desk.config, cwd=desk.folder)
    assert answer.returncode == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.splitlines()]
