"""From a front page to a chat and a mailbox: what is told, what is not, and how it looks."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from tests.acceptance.articles import FERRY, News, news
from tests.acceptance.conftest import Desk
from tests.acceptance.daemon import monitor

pytestmark = [pytest.mark.xdist_group("acceptance-alerts"), pytest.mark.timeout(300)]

OLD, *FRESH = news(20)
CALM = news(6, term="sailing", seed=5)
"""Without any term of the rules."""


def test_a_new_item_is_told_in_chat_and_mail_within_two_polls_and_old_ones_never(desk: Desk) -> None:
    outlet = desk.outlet("gazette")
    outlet.publish(OLD)
    desk.settings["channels"]["mail"] = desk.email()
    desk.start()

    outlet.publish(FRESH[0])
    since = outlet.polls
    message = desk.awaited_in_chat(FRESH[0].title)
    letter = desk.awaited_in_mail(FRESH[0].title)

    # The poll that found it and the one after; a third may have begun while the mail was on its way.
    assert outlet.polls - since <= 3
    assert "nato" in message.text
    assert message.links[0].endswith(outlet.printed[-1].path)
    assert "NATO" in message.marked("bold")
    assert "Gazette" in message.text
    assert FRESH[0].title in letter.text
    assert outlet.printed[-1].path in letter.html
    assert [OLD.title in one.text for one in desk.chat] == [False]
    assert [OLD.title in one.text for one in desk.letters] == [False]


def test_a_listing_article_is_found_by_what_only_its_page_says(desk: Desk) -> None:
    listing = desk.listing("kabar", full_text=True)
    listing.publish(*CALM)
    desk.start()

    listing.publish(
        News(
            title="Kapal latih kembali ke pelabuhan membawa tiga peti surat dari anak-anak",
            text=(
                "Kapal latih kembali ke pelabuhan setelah berlayar selama empat bulan penuh tanpa kehilangan satu "
                "layar pun.\n"
                "Di salah satu persinggahan, para kadet bertanding tarik tambang melawan regu orkestra NATO dan kalah "
                "dengan terhormat di depan penonton yang ramai.\n"
                "Surat-surat itu akan dibacakan di perpustakaan kota setiap hari Minggu sampai semuanya habis dibaca."
            ),
        )
    )
    message = desk.awaited_in_chat("Kapal latih kembali ke pelabuhan")
    assert "regu orkestra NATO" in message.text
    assert len(desk.chat) == 1
    assert desk.web.hits(listing.printed[0].path) == 0, "seeding fetches no pages"


def test_a_story_that_a_second_outlet_carries_is_not_told_again(desk: Desk) -> None:
    first, second = desk.outlet("gazette"), desk.outlet("courier")
    desk.start()

    first.publish(FRESH[0])
    desk.awaited_in_chat(FRESH[0].title)
    second.publish(News(title=FRESH[0].title, text=f"{FRESH[0].text} As first reported by the Gazette."))
    desk.polled(2)
    second.publish(FRESH[1])
    desk.awaited_in_chat(FRESH[1].title)

    assert [message.text.count(FRESH[0].title) for message in desk.chat] == [1, 0]
    told = monitor("alerts", "--config", desk.config, cwd=desk.folder)
    assert "story_told" in told.stdout


def test_a_message_names_the_outlets_that_follow_and_corrects_its_headline(desk: Desk) -> None:
    first, second, third = desk.outlet("gazette"), desk.outlet("courier"), desk.outlet("herald")
    desk.settings["channels"]["mail"] = desk.email()
    desk.start()

    first.publish(FRESH[0])
    told = desk.awaited_in_chat(FRESH[0].title)
    assert "also in" not in told.text
    second.publish(News(title=FRESH[0].title, text=f"{FRESH[0].text} As first reported by the Gazette."))
    desk.awaited_in_chat("also in: Courier")
    title = f"{FRESH[0].title} twice"
    first.change(News(title=title, text=FRESH[0].text))
    third.publish(FRESH[0])
    desk.daemon.until(lambda: "Herald" in desk.chat[0].text and title in desk.chat[0].text, "both in one message")

    (message,) = desk.chat
    assert "also in: Courier, Herald" in message.text
    assert f"corrected: the title was “{FRESH[0].title}”" in message.text
    assert message.message_id == told.message_id
    pauses = [b - a for a, b in zip(message.edited_at, message.edited_at[1:], strict=False)]
    assert all(pause > 29 for pause in pauses)
    assert len(desk.letters) == 1, "a mail stays as it was sent"


def test_a_later_report_with_something_new_is_told_in_the_thread_of_its_story(desk: Desk) -> None:
    outlet = desk.outlet("gazette")
    desk.settings["channels"]["mail"] = desk.email()
    desk.settings["defaults"]["updates"] = "substantial"
    desk.start()
    outlet.publish(FRESH[0])
    desk.awaited_in_chat(FRESH[0].title)
    desk.awaited_in_mail(FRESH[0].title)
    desk.daemon.until(desk.outbox_is_empty, "an empty outbox")
    desk.daemon.stop()
    with closing(sqlite3.connect(desk.folder / "monitor.db")) as store, store:  # half an hour goes by
        store.execute("UPDATE told SET told_at = told_at - 1800000000")
        store.execute("UPDATE items SET taken_in = taken_in - 1800000000")
    courier = desk.outlet("courier")
    desk.start()

    courier.publish(News(title=f"{FRESH[0].title}: 77 insured", text=FRESH[0].text))
    desk.awaited_in_mail("77 insured")
    desk.awaited_in_chat("77 insured")

    first, second = desk.chat
    assert second.reply_to == first.message_id
    assert "🆕 77" in second.text
    (mail, update) = desk.letters
    assert update.parsed["In-Reply-To"] == mail.parsed["In-Reply-To"] != ""
    assert "🆕 77" in update.text


def test_a_story_is_told_when_enough_outlets_report_it_and_not_by_their_number_of_copies(desk: Desk) -> None:
    archive = desk.outlet("archive")
    archive.publish(*news(40, term="sailing", seed=9))
    outlets = {name: desk.outlet(name) for name in (*FERRY, "copyist")}
    desk.settings["defaults"]["min_sources"] = 3
    desk.start()

    harbour, courier, islander = FERRY
    outlets[harbour].publish(FERRY[harbour])
    outlets["copyist"].publish(FERRY[harbour])
    desk.polled(2)
    outlets[courier].publish(FERRY[courier])
    desk.polled(2)
    assert desk.chat == []
    outlets[islander].publish(FERRY[islander])

    message = desk.awaited_in_chat(FERRY[islander].title)
    assert "also in: Harbour, Copyist, Courier" in message.text or "also in: Copyist, Harbour, Courier" in message.text
    told = monitor("alerts", "--config", desk.config, cwd=desk.folder)
    assert "2 of 3 independent outlets" in told.stdout


def test_what_is_one_story_is_put_right_by_hand_and_what_was_held_back_is_released(desk: Desk) -> None:
    first, second = desk.outlet("gazette"), desk.outlet("courier")
    desk.start()
    first.publish(FRESH[0])
    desk.awaited_in_chat(FRESH[0].title)
    second.publish(News(title=FRESH[0].title, text=f"{FRESH[0].text} As first reported by the Gazette."))
    desk.awaited_in_chat("also in: Courier")

    def ask(*arguments: str) -> str:
        answer = monitor(*arguments, "--config", desk.config, cwd=desk.folder)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    story = json.loads(ask("stories", "list", "--json"))["story"]
    copy, original = [json.loads(line) for line in ask("alerts", "--json").splitlines()]
    assert copy["detail"].startswith(f"copy of “{FRESH[0].title}” (gazette)")
    assert ", score 0." in copy["detail"]
    assert "copy" in ask("stories", "show", str(story))
    own = re.findall(r"is story (\d+) now", ask("stories", "split", str(copy["item"])))[0]
    assert "is part of" in ask("stories", "merge", str(story), own)
    lines = json.loads(ask("stories", "show", str(story), "--json"))["timeline"]
    assert [line["item"] for line in lines] == [original["item"], copy["item"]]

    assert "nato on desk: queued" in ask("release", str(copy["item"]))
    desk.daemon.until(lambda: len(desk.chat) == 2, "the released message")
    again = monitor("release", str(copy["item"]), "--config", desk.config, cwd=desk.folder)
    assert (again.returncode, "nothing was held back" in again.stderr) == (1, True)


def test_titles_of_special_characters_arrive_as_they_are(desk: Desk) -> None:
    rss, atom = desk.outlet("gazette"), desk.atom("courier")
    desk.settings["channels"]["mail"] = desk.email()
    desk.start()

    plain = """Choir <&"> & '<&>' hums for NATO"""
    hostile = """Band <&"> & </sons> renames itself <<&>> 'a<b' for NATO "day\""""
    rss.publish(News(title=plain, text=FRESH[0].text))
    atom.publish(News(title=hostile, text=FRESH[1].text + ' <&">'))

    for start, title in (("Choir", plain), ("Band", hostile)):
        message = desk.awaited_in_chat(start)
        assert title in message.text
        assert message.html, "it was not refused and sent plain"
        mail = desk.awaited_in_mail(start)
        assert mail.subject.endswith(title)
        assert title in mail.text
        assert title not in mail.html, "it is escaped there"


def test_an_item_that_hits_three_rules_is_one_message_that_names_three(desk: Desk) -> None:
    outlet = desk.outlet("gazette")
    desk.settings["entities"] = {"zelensky": {"name": "Volodymyr Zelensky"}}
    desk.settings["lists"] = {"talks": ["peace talks", "перемир*"]}
    desk.rules(
        {"id": "alliance", "match": "NATO"},
        {"id": "president", "match": "entity:zelensky"},
        {"id": "talks-of-peace", "match": "entity:zelensky AND list:talks", "priority": "urgent"},
        {"id": "football", "match": "football"},
    )
    desk.start()

    outlet.publish(News(title="Zelensky greets NATO choir before peace talks on tuning", text=FRESH[0].text))
    message = desk.awaited_in_chat("tuning")
    outlet.publish(News(title="Зеленський говорив про перемир'я між двома хорами міста", text=FRESH[1].text))
    second = desk.awaited_in_chat("хорами")

    assert len(desk.chat) == 2
    for rule in ("alliance", "president", "talks-of-peace"):
        assert rule in message.text
    assert "football" not in message.text
    assert "alliance" not in second.text
    assert "talks-of-peace" in second.text


def test_what_a_cap_holds_back_comes_as_one_summary(desk: Desk) -> None:
    outlet = desk.outlet("gazette")
    desk.rules({"id": "nato", "match": "NATO", "cap": "2/6s"})
    desk.start()

    outlet.publish(*FRESH[:7])
    for one in FRESH[:7]:
        desk.awaited_in_chat(one.title)

    assert len(desk.chat) == 3
    single = [sum(one.title in message.text for one in FRESH[:7]) for message in desk.chat]
    assert single == [1, 1, 5]


def test_a_silence_from_another_process_holds_at_once_and_is_on_record(desk: Desk) -> None:
    outlet = desk.outlet("gazette")
    desk.rules({"id": "nato", "match": "NATO"}, {"id": "applause", "match": "title:applauds AND title:Valparaiso*"})
    desk.start()
    silenced = monitor("silence", "rule:nato", "2h", "--config", desk.config, cwd=desk.folder)
    assert silenced.returncode == 0, silenced.stderr

    outlet.publish(FRESH[0])
    outlet.publish(News(title="Valparaiso applauds the new tramcar on its way home", text=FRESH[1].text))
    desk.awaited_in_chat("Valparaiso applauds")

    assert len(desk.chat) == 1
    on_record = monitor("alerts", "--config", desk.config, cwd=desk.folder)
    assert "silenced" in on_record.stdout


def test_what_was_published_too_long_ago_is_never_told(desk: Desk) -> None:
    outlet = desk.outlet("gazette", max_age="2d")
    desk.start()

    outlet.publish(FRESH[0], at=datetime.now(UTC) - timedelta(days=3))
    outlet.publish(FRESH[1])
    desk.awaited_in_chat(FRESH[1].title)

    assert len(desk.chat) == 1


def test_sources_that_fail_in_their_own_ways_stop_no_other(desk: Desk) -> None:
    for name in ("down", "wandering", "garbled", "silent"):
        desk.outlet(name)
    private = desk.outlet("private", allow_private=False)
    good = desk.outlet("gazette")
    desk.web.put("/down/feed.xml", "no", status=500)
    desk.web.put_redirect_loop("/wandering/feed.xml")
    desk.web.put("/garbled/feed.xml", b"\x00\xff<not a feed")
    desk.web.put_silence("/silent/feed.xml")
    desk.outlets = [good]
    desk.start()

    good.publish(FRESH[0])
    desk.awaited_in_chat(FRESH[0].title)

    assert private.polls == 0, "an address that is not public is refused before anything is sent"
    failing = monitor("sources", "--json", "--config", desk.config, cwd=desk.folder)
    assert '"gazette"' in failing.stdout
    refused = [record for record in desk.daemon.records if record.get("source") == "private"]
    assert [record["trouble"] for record in refused] == ["forbidden_address"]
    assert {"down", "wandering", "garbled"} <= {
        record["source"] for record in desk.daemon.records if record.get("outcome") == "failed"
    }
