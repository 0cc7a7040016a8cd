"""What a reader gets to see of an alert."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.model import (
    AlertContent,
    Credit,
    CreditKind,
    DigestContent,
    Field,
    Hit,
    Item,
    Message,
    NoticeContent,
    Priority,
    Report,
    RuleId,
    SourceId,
    StoryId,
)
from monitor.render import TemplateRenderer
from monitor.render.view import local_time
from tests.servers import telegram_html as telegram

JAKARTA = ZoneInfo("Asia/Jakarta")
RENDERER = TemplateRenderer(JAKARTA)
TITLE = "Trump Telepon Putin, Rusia Siap Nego Akhiri Perang di Ukraina"
TEXT = (
    "Presiden Amerika Serikat menelepon pemimpin Rusia pada Rabu malam. Percakapan itu berlangsung satu setengah jam. "
    "Ia juga berkomunikasi dengan Presiden Ukraina Volodymyr Zelensky, menurut laporan kantor berita. "
    "Belum ada tanggal pertemuan. Kedua pihak akan bertemu lagi."
)


def hit(field: Field, text: str, surface: str) -> Hit:
    start = text.index(surface)
    return Hit(field=field, start=start, end=start + len(surface), surface=surface, term=surface)


def item(**changes: Any) -> Item:
    given_: dict[str, Any] = {
        "source": SourceId("jakarta365"),
        "uid": "1",
        "url": "https://jakarta365.net/internasional/trump-telepon-putin?a=1&b=2",
        "canonical_url": "",
        "title": TITLE,
        "text": TEXT,
        "published": datetime(2025, 2, 13, 3, 14, tzinfo=UTC),
        "language": "id",
        "site": "Jakarta365",
        "credits": (Credit(outlet="Tribunnews", reporter="Ana Wulan", how=CreditKind.DATELINE),),
        "taken_in": datetime(2025, 2, 13, 3, 20, tzinfo=UTC),
    }
    return Item(**given_ | changes)


def report(taken: Item | None = None, **changes: Any) -> Report:
    taken = taken or item()
    given_: dict[str, Any] = {
        "item": taken,
        "story": StoryId(-9),
        "rules": (RuleId("zelensky-talks"),),
        "priority": Priority.URGENT,
        "hits": (hit(Field.TEXT, TEXT, "Volodymyr Zelensky"),) if taken.text == TEXT else (),
        "also_in": ("Kompas", "Detik", "Antara", "Tempo", "Republika"),
    }
    return Report(**given_ | changes)


def render(told: Report, kind: str = "telegram") -> Message:
    return RENDERER.render(AlertContent(report=told), kind=kind, key="alert-1")


def test_the_alert_of_the_first_page_is_this_one() -> None:
    message = render(report())
    text, entities = telegram.parse(message.html)
    assert text == (
        "🔴 zelensky-talks\n"
        "Trump Telepon Putin, Rusia Siap Nego Akhiri Perang di Ukraina\n"
        "\n"
        "Presiden Amerika Serikat menelepon pemimpin Rusia pada Rabu malam. … Ia juga berkomunikasi dengan Presiden"
        " Ukraina Volodymyr Zelensky, menurut laporan kantor berita. …\n"
        "\n"
        "Tribunnews via jakarta365.net · 13 Feb 2025 10:14 WIB · id\n"
        "also in: Kompas, Detik +3"
    )
    assert [seen.of(text) for seen in entities if seen.type == "bold"] == ["zelensky-talks", "Volodymyr Zelensky"]
    assert [(seen.of(text), seen.url) for seen in entities if seen.type == "text_link"] == [(TITLE, item().url)]
    assert message.subject == f"[zelensky-talks] {TITLE}"
    assert message.key == "alert-1"
    assert not message.silent


def test_hits_in_the_title_are_bold_inside_the_link() -> None:
    told = report(hits=(hit(Field.TITLE, TITLE, "Putin"), hit(Field.TITLE, TITLE, "Ukraina")))
    text, entities = telegram.parse(render(told).html)
    assert [seen.of(text) for seen in entities if seen.type == "bold"] == ["zelensky-talks", "Putin", "Ukraina"]


def test_overlapping_hits_of_two_rules_are_one_mark() -> None:
    hits = (hit(Field.TEXT, TEXT, "Volodymyr Zelensky"), hit(Field.TEXT, TEXT, "Presiden Ukraina Volodymyr"))
    told = report(hits=hits, rules=(RuleId("zelensky"), RuleId("ukraine")))
    text, entities = telegram.parse(render(told).html)
    bold = [seen.of(text) for seen in entities if seen.type == "bold"]
    assert bold == ["zelensky, ukraine", "Presiden Ukraina Volodymyr Zelensky"]


@pytest.mark.parametrize(
    ("priority", "icon", "silent"),
    [(Priority.URGENT, "🔴", False), (Priority.NORMAL, "🔵", False), (Priority.LOW, "⚪", True)],
)
def test_urgency_shows_and_what_matters_little_makes_no_sound(priority: Priority, icon: str, silent: bool) -> None:
    message = render(report(priority=priority))
    assert message.html.startswith(icon)
    assert message.silent is silent


def test_a_hit_outside_of_title_and_text_is_named() -> None:
    told = report(hits=(Hit(field=Field.AUTHOR, start=0, end=3, surface="Ana", term="author:Ana"),))
    assert "matched author: Ana" in render(told).text


@pytest.mark.parametrize(
    ("site", "url", "credit", "shown"),
    [
        ("BBC News", "https://www.bbc.co.uk/news/1", "", "BBC News"),
        ("Antara News", "https://en.antaranews.com/1", "", "Antara News"),
        ("РИА Новости", "https://ria.ru/1", "", "РИА Новости via ria.ru"),
        ("", "https://www.example.org/1", "", "example.org"),
        ("Jakarta365", "https://jakarta365.net/1", "Tribunnews", "Tribunnews via jakarta365.net"),
        ("Tribunnews", "https://tribunnews.com/1", "Tribunnews.com", "Tribunnews"),
        ("Al Jazeera – Breaking News, World News and Video", "https://aljazeera.com/1", "", "Al Jazeera"),
        ("Somebody", "not a url", "", "Somebody"),
    ],
)
def test_the_outlet_is_named_with_where_it_was_read(site: str, url: str, credit: str, shown: str) -> None:
    named = (Credit(outlet=credit, how=CreditKind.SOURCE),) if credit else ()
    message = render(report(item(site=site, url=url, credits=named, published=None, language="")))
    assert f"\n{shown}\n" in message.text


def test_an_outlet_that_is_only_cited_is_not_whose_the_article_is() -> None:
    cited = (Credit(outlet="Reuters", how=CreditKind.CITED),)
    message = render(report(item(site="Kabar", url="https://kabar.example/1", credits=cited)))
    assert "Reuters" not in message.text


def test_what_follows_in_the_thread_of_a_mail_names_the_outlets_so_far() -> None:
    """A mail can't be edited: the next one of its thread says who has it by now."""
    first = render(report(also_in=()), "email")
    later = render(report(news="Vestby"), "email")
    assert first.thread == later.thread
    for body in (later.text, later.html):
        assert "also in: Kompas, Detik +3" in body


def test_stories_thread_and_other_messages_do_not() -> None:
    one, two, other = render(report()), render(report(item(title="Another"))), render(report(story=StoryId(9)))
    assert one.thread
    assert one.thread == two.thread
    assert one.thread != other.thread
    notice = RENDERER.render(NoticeContent(subject="s", text="t"), kind="email", key="k")
    assert notice.thread == ""


@pytest.mark.parametrize(
    ("moment", "zone", "shown"),
    [
        (datetime(2025, 2, 13, 3, 14, tzinfo=UTC), JAKARTA, "13 Feb 2025 10:14 WIB"),
        (datetime(2025, 7, 1, 22, 30, tzinfo=UTC), ZoneInfo("Europe/Berlin"), "2 Jul 2025 00:30 CEST"),
        (datetime(2025, 7, 1, 12, 0, tzinfo=UTC), ZoneInfo("America/Sao_Paulo"), "1 Jul 2025 09:00 UTC-03"),
        (datetime(2025, 7, 1, 12, 0, tzinfo=UTC), timezone(timedelta(hours=5)), "1 Jul 2025 17:00 UTC+05:00"),
        (datetime(2025, 7, 1, tzinfo=JAKARTA), ZoneInfo("America/New_York"), "1 Jul 2025"),
        (datetime(1, 1, 1, 2, tzinfo=UTC), ZoneInfo("America/New_York"), "1 Jan 1"),
        (None, JAKARTA, ""),
    ],
)  # fmt: skip
def test_times_are_local_and_a_bare_day_stays_that_day(moment: datetime | None, zone: Any, shown: str) -> None:
    assert local_time(moment, zone) == shown


def test_a_title_that_is_missing_is_made_from_the_text_or_the_address() -> None:
    words = render(report(item(title=" \u202e ")))
    assert words.subject.startswith("[zelensky-talks] Presiden Amerika Serikat menelepon")
    assert words.subject.endswith("Percakapan itu berlangsung…")
    nothing = render(report(item(title="", text="", url="https://example.org/x")))
    assert nothing.subject == "[zelensky-talks] https://example.org/x"


def test_a_very_long_title_is_cut() -> None:
    message = render(report(item(title="Kata " * 500)), "email")
    assert len(message.subject) <= 200
    assert max(len(line) for line in message.text.splitlines()) < 400


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,<b>", "", "https://", "https://[", "ftp://a/b"])
@pytest.mark.parametrize("kind", ["telegram", "email", "console"])
def test_an_unsafe_address_becomes_no_link(url: str, kind: str) -> None:
    assert "href" not in render(report(item(url=url)), kind).html


def test_what_turns_the_reading_direction_is_taken_out() -> None:
    message = render(report(item(title="safe \u202egpj.exe\u2066 end\x00\x1b[31m")))
    assert "safe gpj.exe end [31m" in message.text


def test_a_subject_is_one_line_whatever_the_title_is() -> None:
    message = render(report(item(title="One\r\nBcc: everybody@example.org\u2028two")), "email")
    assert message.subject == "[zelensky-talks] One Bcc: everybody@example.org two"


def test_a_digest_lists_every_report_with_its_link() -> None:
    reports = tuple(report(item(title=f"Title {n}", url=f"https://example.org/{n}")) for n in range(30))
    message = RENDERER.render(DigestContent(reports=reports), kind="telegram", key="k")
    text, entities = telegram.parse(message.html)
    assert text.startswith("30 alerts: zelensky-talks\n\n🔴 Title 0\n")
    assert [seen.url for seen in entities if seen.type == "text_link"] == [
        f"https://example.org/{n}" for n in range(30)
    ]
    assert not message.silent


def test_a_cap_names_its_rule() -> None:
    content = DigestContent(reports=(report(priority=Priority.LOW),) * 2, rule=RuleId("zelensky-talks"))
    for kind in ("telegram", "email", "console"):
        message = RENDERER.render(content, kind=kind, key="k")
        assert message.subject == "2 more for zelensky-talks, over its cap"
        assert message.text.startswith(message.subject)
        assert message.subject in message.html
        assert message.silent


def test_a_notice_keeps_its_lines() -> None:
    content = NoticeContent(subject="A & B", text="one\n\ntwo <three>")
    message = RENDERER.render(content, kind="telegram", key="k")
    assert telegram.parse(message.html)[0] == "A & B\n\none\n\ntwo <three>"
    assert message.text == "A & B\n\none\n\ntwo <three>"


def test_a_kind_without_templates_of_its_own_gets_text_only() -> None:
    message = render(report(), "carrier-pigeon")
    assert message.html == ""
    assert TITLE in message.text


HOSTILE = st.text(max_size=80) | st.sampled_from(
    [
        "<&\">'",
        "</a><b>",
        "{{ 7919*7907 }}{% x %}",
        "&lt;b&gt;",
        "\ud800",
        "\x00\x1b",
        "a" * 500,
        "<script>x</script>",
        "\r\n\r\n",
    ]
)


@st.composite
def hostile_reports(draw: st.DrawFn) -> Report:
    text, title = draw(HOSTILE), draw(HOSTILE)
    places = st.integers(-3, 90)
    hits = draw(st.lists(st.tuples(st.sampled_from([Field.TITLE, Field.TEXT, Field.TAG]), places, places), max_size=5))
    taken = item(
        title=title,
        text=text * draw(st.integers(0, 3)),
        url=draw(HOSTILE | st.just("https://example.org/?q=<\"'>")),
        site=draw(HOSTILE),
        credits=(Credit(outlet=draw(HOSTILE), reporter=draw(HOSTILE), how=CreditKind.SOURCE),),
        language=draw(HOSTILE),
        published=draw(st.none() | st.datetimes(timezones=st.just(UTC))),
    )
    found = tuple(Hit(field=f, start=a, end=b, surface=draw(HOSTILE), term="t") for f, a, b in hits)
    return report(taken, hits=found, rules=(RuleId(draw(HOSTILE)),), also_in=(draw(HOSTILE),))


@settings(deadline=None)
@given(hostile_reports(), st.sampled_from(["telegram", "email", "console"]))
def test_whatever_a_page_says_is_shown_as_text(told: Report, kind: str) -> None:
    for content in (AlertContent(report=told), DigestContent(reports=(told, told))):
        message = RENDERER.render(content, kind=kind, key="k")
        if kind == "telegram":
            text, entities = telegram.parse(message.html)
            assert {seen.type for seen in entities} <= {"bold", "italic", "text_link"}
            assert {seen.url for seen in entities} <= {"", told.item.url}
            assert "<script" not in message.html
            assert text
        assert "\n" not in message.subject
        assert "62615533" not in message.text, "what a page says was computed"
        assert message.text.encode()
        assert message.html.encode()
    assert RENDERER.problems == ()


def test_markup_in_a_title_is_read_as_it_was_written() -> None:
    title = "Why <b>\"x\" & 'y'</b> &amp; </a>"
    text, _ = telegram.parse(render(report(item(title=title))).html)
    assert title in text


def test_only_the_first_of_an_outlets_many_names_for_itself_is_listed() -> None:
    told = replace(report(), also_in=("Kompas", "Kompas", "Detik | Berita Terkini dan Terpercaya"))
    assert render(told).text.endswith("also in: Kompas, Detik")
