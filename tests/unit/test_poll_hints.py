from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import Document, PollHints
from monitor.extract.feeds import parse_feed
from monitor.extract.hints import poll_hints

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def feed(head: str, *, tail: str = "") -> bytes:
    return (
        f'<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Wire</title>{head}'
        f"<item><title>One</title><link>/1</link></item>{tail}</channel></rss>"
    ).encode()


@pytest.mark.parametrize(
    ("head", "hints"),
    [
        ("", None),
        ("<ttl>15</ttl>", PollHints(ttl=15 * MINUTE)),
        ("<ttl> 60 \n</ttl>", PollHints(ttl=HOUR)),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>often</ttl>", None),
        ("<ttl/>", None),
        ("<ttl>1440000</ttl>", PollHints(ttl=7 * DAY)),
        ("<ttl>99999999999999999999</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", PollHints(update_every=HOUR)),
        (
            "<sy:updatePeriod>\n hourly </sy:updatePeriod><sy:updateFrequency>\n 4 </sy:updateFrequency>",
            PollHints(update_every=15 * MINUTE),
        ),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            PollHints(update_every=DAY),
        ),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", PollHints(update_every=7 * DAY)),
        ("<sy:updatePeriod>always</sy:updatePeriod>", None),
        ("<skipHours><hour>0</hour><hour> 23</hour></skipHours>", PollHints(skip_hours=frozenset({0, 23}))),
        ("<skipHours><hour>24</hour><hour>25</hour><hour>x</hour></skipHours>", PollHints(skip_hours=frozenset({0}))),
        ("<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>", None),
        (
            "<skipDays><day>Saturday</day><day>sunday</day><day>Someday</day></skipDays>",
            PollHints(skip_days=frozenset({5, 6})),
        ),
        ("<skipDays></skipDays>", None),
    ],
)
def test_a_feed_says_how_often_it_wants_to_be_asked(head: str, hints: PollHints | None) -> None:
    for body in (feed(head), feed("", tail=head), feed("<description>a &nbsp; b</description>" + head)):
        document = parse_feed(body, url="https://outlet.example/rss")
        assert isinstance(document, Document)
        assert document.hints == hints
        again = parse_feed(body, url="https://outlet.example/rss", known=frozenset(document.marks))
        assert isinstance(again, Document)
        assert again.is_partial
        assert again.hints == hints


def test_a_feed_that_can_only_be_read_whole_gives_its_hints_too() -> None:
    document = parse_feed(feed("<ttl>15</ttl>").replace(b"</title>", b"", 1))
    assert isinstance(document, Document)
    assert not document.marks
    assert document.hints == PollHints(ttl=15 * MINUTE)


def test_an_entry_gives_no_hints() -> None:
    document = parse_feed(feed("").replace(b"<link>/1", b"<ttl>5</ttl><link>/1"))
    assert isinstance(document, Document)
    assert document.hints is None


@given(st.text(alphabet="<>/ 0123456789ttlskipHoursDaysupdatePeriodFrequency", max_size=200))
def test_no_text_breaks_the_reading_of_hints(text: str) -> None:
    hints = poll_hints(text)
    assert hints is None or hints != PollHints()
