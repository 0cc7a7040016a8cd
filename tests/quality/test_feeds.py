"""How much of a damaged feed is read right: sound feeds in many languages, and everything that befalls feeds."""

from __future__ import annotations

import pytest

from monitor.core.model import Document
from monitor.extract.feeds import parse_feed
from tests.quality.feed_damage import DAMAGES, LOSES_LAST
from tests.quality.feed_texts import REPORTS

URL = "https://outlet.example/rss.xml"
FLOORS = {"two code pages in one feed": 0.97}
"""Below 1 where a few words are all the evidence there is."""


def sound(language: str) -> str:
    items = "".join(
        f"<item><title>{title}</title><link>https://outlet.example/?p={n}</link><guid>{n}</guid>"
        f"<pubDate>Thu, 13 Feb 2025 10:{10 + n}:00 GMT</pubDate><description>{text}</description></item>\n"
        for n, (title, text) in enumerate(REPORTS[language][1])
    )
    return (
        f'<rss version="2.0"><channel><title>Outlet</title><link>https://outlet.example/</link>\n'
        f"<language>{language}</language>{items}</channel></rss>"
    )


def share_read_right(damage: str, language: str) -> float:
    codec, reports = REPORTS[language]
    body, headers = DAMAGES[damage](sound(language), codec)
    found = parse_feed(body, url=URL, headers=headers)
    read = {(e.title, e.url.replace("page=1&", "")) for e in found.entries} if isinstance(found, Document) else set()
    wanted = [(title, f"https://outlet.example/?p={n}") for n, (title, _) in enumerate(reports)]
    if damage in LOSES_LAST:
        wanted.pop()
        assert len(read) <= len(wanted), "an entry that was cut was given as if it were whole"
    return sum(entry in read for entry in wanted) / len(wanted)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_feed_is_read_right(damage: str) -> None:
    shares = {language: share_read_right(damage, language) for language in REPORTS}
    assert sum(shares.values()) / len(shares) >= FLOORS.get(damage, 1.0), shares
