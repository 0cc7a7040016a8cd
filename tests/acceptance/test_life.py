"""The life of the process: restarts, edits of its configuration, troubles of its channels, what it says of itself."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.articles import news
from tests.acceptance.conftest import CHAT, Desk
from tests.acceptance.daemon import json_lines, monitor
from tests.servers.smtp import MailServer
from tests.servers.telegram import Fault, Scripted
from tests.servers.threads import in_thread

pytestmark = [pytest.mark.xdist_group("acceptance-life"), pytest.mark.timeout(300)]

FRESH = news(20, seed=2)


def test_a_restart_repeats_nothing_and_brings_what_was_published_meanwhile(desk: Desk) -> None:
    outlet = desk.outlet("gazette")
    desk.settings["channels"]["mail"] = desk.email()
    desk.start()
    outlet.publish(FRESH[0], FRESH[1])
    for one in FRESH[:2]:
        desk.awaited_in_chat(one.title)
        desk.awaited_in_mail(one.title)

    assert desk.daemon.stop() == 0

    outlet.publish(FRESH[2])
    desk.daemon.start()
    desk.awaited_in_chat(FRESH[2].title)
    desk.awaited_in_mail(FRESH[2].title)
    outlet.publish(FRESH[3])
    desk.awaited_in_chat(FRESH[3].title)
    desk.awaited_in_mail(FRESH[3].title)

    assert desk.daemon.stop() == 0
    for one in FRESH[:4]:
        assert len(desk.in_chat(one.title)) == 1
        assert len(desk.in_mail(one.title)) == 1
    assert len(desk.chat) == len(desk.letters) == 4


def test_sigterm_while_nobody_answers_still_ends_in_time_and_loses_nothing(desk: Desk) -> None:
    outlet, silent = desk.outlet("gazette"), desk.outlet("silent")
    desk.web.put_silence(silent.path)
    desk.outlets = [outlet]
    desk.start()
    held: list[str] = []

    def hold(values: dict[str, str]) -> Scripted:
        held.append(values["text"])
        return Scripted(fault=Fault.HOLD_BEFORE)

    desk.bot.on_send = hold
    outlet.publish(FRESH[0])
    desk.daemon.until(lambda: held, "a send that is not answered")

    assert desk.daemon.stop() == 0

    desk.bot.on_send = None
    desk.daemon.start()
    desk.awaited_in_chat(FRESH[0].title)


def test_a_bad_edit_changes_nothing_and_is_complained_of_with_its_place(desk: Desk) -> None:
    outlet = desk.outlet("gazette")
    desk.settings["operator"] = {"to": ["desk"]}
    desk.start()

    good = desk.config.read_text(encoding="utf-8")
    lines = len(good.splitlines())
    desk.config.write_text(good + "rulez: []\n", encoding="utf-8")
    place = f"config.yaml:{lines + 1}:1"
    desk.daemon.until(lambda: place in desk.daemon.log, "a complaint about the edit")
    desk.awaited_in_chat(place)

    outlet.publish(FRESH[0])
    desk.awaited_in_chat(FRESH[0].title)
    status, health = desk.ask("/healthz")
    assert status == 200
    assert health


def test_a_good_edit_takes_effect_without_a_restart(desk: Desk) -> None:
    outlet = desk.outlet("gazette")
    desk.start()
    outlet.publish(FRESH[0])
    desk.awaited_in_chat(FRESH[0].title)

    desk.rules({"id": "galway", "match": f'"{FRESH[1].title.split()[0]}"'})
    late = desk.outlet("courier")
    desk.write()
    desk.polled(2)
    outlet.publish(FRESH[1], FRESH[2])
    late.publish(FRESH[3])
    message = desk.awaited_in_chat(FRESH[1].title)
    desk.polled(2)

    assert "galway" in message.text
    assert [len(desk.in_chat(one.title)) for one in FRESH[:4]] == [1, 1, 0, 0]
    assert desk.daemon.stop() == 0


def test_an_edit_of_the_list_of_names_takes_effect_and_a_bad_one_is_complained_of(desk: Desk) -> None:
    names = desk.folder / "names.tsv"
    names.write_text("zorb\tregion\tZorbania\n", encoding="utf-8")
    desk.settings["gazetteer"] = {"file": "names.tsv"}
    desk.settings["entities"] = {"zorb": {"name": "Zorbania"}}
    desk.rules({"id": "zorb", "match": "entity:zorb"})
    outlet = desk.outlet("gazette")
    desk.start()
    outlet.publish(FRESH[0])
    desk.polled(2)

    names.write_text("zorb\tregion\n", encoding="utf-8")
    desk.daemon.until(lambda: "names.tsv:1:1" in desk.daemon.log, "a complaint about the row")
    names.write_text(f"zorb\tregion\tZorbania|{FRESH[1].title.split()[0]}\n", encoding="utf-8")
    desk.daemon.until(lambda: desk.daemon.logged("config_in_effect"), "the reload")
    outlet.publish(FRESH[1])

    assert "zorb" in desk.awaited_in_chat(FRESH[1].title).text
    assert not desk.in_chat(FRESH[0].title)


def test_an_edit_of_a_file_of_terms_takes_effect_and_a_bad_one_is_complained_of(desk: Desk) -> None:
    terms = desk.folder / "places.txt"
    terms.write_text("Nowhere\n", encoding="utf-8")
    desk.settings["lists"] = {"places": {"file": "places.txt"}}
    desk.rules({"id": "places", "match": "list:places"})
    outlet = desk.outlet("gazette")
    desk.start()
    outlet.publish(FRESH[0])
    desk.polled(2)

    terms.write_text("Nowhere\n*\n", encoding="utf-8")
    desk.daemon.until(lambda: "places.txt:2:1" in desk.daemon.log, "a complaint about the term")
    terms.write_text(f"Nowhere\n{FRESH[1].title.split()[0]}\n", encoding="utf-8")
    desk.daemon.until(lambda: desk.daemon.logged("config_in_effect"), "the reload")
    outlet.publish(FRESH[1])

    assert "places" in desk.awaited_in_chat(FRESH[1].title).text
    assert not desk.in_chat(FRESH[0].title)


def test_sighup_reads_the_configuration_again_even_if_the_file_is_the_same(desk: Desk) -> None:
    """What a file names (a secret, a template) may have changed though the file has not."""
    token = desk.folder / "token"
    token.write_text("99999:" + "x" * 35, encoding="utf-8")
    desk.settings["channels"]["desk"] = {
        "kind": "telegram", "token_file": str(token), "chat": CHAT, "api_url": desk.bot.url,
    }  # fmt: skip
    outlet = desk.outlet("gazette")
    desk.start()
    token.write_text(desk.bot.token, encoding="utf-8")
    desk.daemon.signal(signal.SIGHUP)
    desk.daemon.until(lambda: desk.daemon.logged("config_in_effect"), "the reload")
    outlet.publish(FRESH[0])
    desk.awaited_in_chat(FRESH[0].title)


def test_a_chat_that_refuses_pauses_its_queue_and_destroys_nothing(desk: Desk) -> None:
    outlet = desk.outlet("gazette")
    desk.settings["channels"]["mail"] = desk.email()
    desk.settings["operator"] = {"to": ["mail"]}
    desk.start()
    desk.bot.chats[CHAT].blocked = True

    outlet.publish(FRESH[0])
    desk.awaited_in_mail("blocked")
    outlet.publish(FRESH[1])
    desk.awaited_in_mail(FRESH[1].title)
    desk.polled(1)

    assert desk.chat == []
    assert len(desk.bot.refused) == 1, "it is not asked again and again"
    kept = deliveries(desk)
    waiting = [row for row in kept if row["channel"] == "desk"]
    assert len(waiting) == 2
    assert {row["state"] for row in waiting} <= {"due", "uncertain"}


def test_healthz_metrics_and_the_health_command_answer(desk: Desk) -> None:
    outlet = desk.outlet("gazette")
    desk.start()
    outlet.publish(FRESH[0])
    desk.awaited_in_chat(FRESH[0].title)

    status, health = desk.ask("/healthz")
    assert status == 200
    assert json.loads(health)["ok"] is True
    status, metrics = desk.ask("/metrics")
    assert status == 200
    assert 'monitor_polls_total{outcome="seeded",source="gazette"} 1.0' in metrics
    desk.daemon.until(
        lambda: 'monitor_deliveries_total{channel="desk",outcome="sent"} 1.0' in desk.ask("/metrics")[1],
        "the count of the delivery",
    )
    assert monitor("health", "--config", desk.config, cwd=desk.folder).returncode == 0
    desk.daemon.stop()
    assert monitor("health", "--config", desk.config, cwd=desk.folder).returncode == 1


def test_a_busy_web_port_is_a_warning_and_no_end(desk: Desk) -> None:
    outlet = desk.outlet("gazette")
    desk.settings["web"] = {"listen": f"127.0.0.1:{desk.web.port}"}
    desk.start()
    outlet.publish(FRESH[0])
    desk.awaited_in_chat(FRESH[0].title)
    assert any(record["level"] == "warning" for record in desk.daemon.logged("web"))


def test_no_secret_is_ever_logged_or_stored(desk: Desk, login: MailServer) -> None:
    secrets = {"password": "swordfish-7-mail", "header": "swordfish-8-header", "cookie": "swordfish-9-cookie"}
    outlet = desk.outlet("gazette", headers={"Authorization": secrets["header"]}, cookies={"pass": secrets["cookie"]})
    private = desk.outlet("refused", headers={"Authorization": secrets["header"]})
    desk.web.put(private.path, "no", status=403)
    (desk.folder / "password").write_text(secrets["password"] + "\n", encoding="utf-8")
    desk.settings["channels"] |= {
        "mail": desk.email(
            port=login.port, tls="starttls", ca_file=login.ca_file, username="monitor", password_file="password"
        ),
        "wrong": desk.email(
            port=login.port, tls="starttls", ca_file=login.ca_file, username="monitor", password="swordfish-wrong",
            to=["second@example.org"],
        ),
        "nowhere": {**desk.telegram(), "chat": 77, "api_url": "http://127.0.0.1:9"},
    }  # fmt: skip
    secrets |= {"token": desk.bot.token.partition(":")[2], "wrong": "swordfish-wrong"}
    desk.start("--log-level", "debug")
    desk.bot.chats[CHAT].blocked = True

    outlet.publish(FRESH[0])
    desk.daemon.until(lambda: login.messages, "the mail")
    desk.daemon.until(lambda: desk.bot.refused, "the refusal of the chat")
    attempts = {"mail", "wrong", "nowhere", "desk"}
    desk.daemon.until(
        lambda: {record.get("channel") for record in desk.daemon.logged("delivery")} >= attempts,
        "an attempt on each channel",
    )
    assert outlet.server.seen(outlet.path)[0].headers["authorization"] == secrets["header"]
    desk.daemon.signal(signal.SIGHUP)
    desk.daemon.until(lambda: desk.daemon.logged("config_in_effect"), "the reload")
    assert desk.daemon.stop() == 0

    everything = desk.daemon.log.encode() + b"".join(path.read_bytes() for path in desk.folder.glob("monitor.db*"))
    for name, secret in secrets.items():
        assert secret.encode() not in everything, name


def test_once_polls_delivers_and_ends(desk: Desk) -> None:
    outlet = desk.outlet("gazette")
    listing = desk.listing("kabar", full_text=True)
    outlet.publish(FRESH[0])
    listing.publish(*news(6, term="sailing", seed=5))
    desk.write()
    desk.daemon.start("--once")
    assert desk.daemon.wait() == 0
    assert desk.chat == []

    outlet.publish(FRESH[1])
    listing.publish(FRESH[2])
    desk.daemon.start("--once")
    assert desk.daemon.wait() == 0
    assert sorted(len(desk.in_chat(one.title)) for one in FRESH[:3]) == [0, 1, 1]

    desk.daemon.start("--once")
    assert desk.daemon.wait() == 0
    assert len(desk.chat) == 2


def test_without_a_channel_alerts_go_to_standard_output(desk: Desk) -> None:
    outlet = desk.outlet("gazette")
    del desk.settings["channels"]
    desk.start()
    outlet.publish(FRESH[0])
    desk.daemon.until(lambda: FRESH[0].title in desk.daemon.printed, "the alert on standard output")
    assert desk.daemon.stop() == 0


def test_check_finds_all_mistakes_at_once_with_their_places(tmp_path: Path) -> None:
    lines = [
        "sources:",
        '  - {id: gazette, url: "https://example.org/feed.xml", evry: 5m}',
        "rules:",
        '  - {id: nato, match: "NATO AND (OTAN"}',
        '  - {id: talks, match: "entity:zelenski AND talks"}',
        "entities:",
        "  zelensky: {name: Volodymyr Zelensky}",
    ]
    config = tmp_path / "config.yaml"
    config.write_text("\n".join(lines), encoding="utf-8")
    checked = monitor("check", "--config", config, cwd=tmp_path)
    assert checked.returncode == 1
    problems = (checked.stdout + checked.stderr).strip().splitlines()
    assert len(problems) == 3, problems

    places = [re.search(r"config\.yaml:(\d+):(\d+): ", problem) for problem in problems]
    assert [int(place[1]) for place in places if place] == [2, 4, 5]
    columns = [int(place[2]) - 1 for place in places if place]
    assert columns[0] == lines[1].index("evry")
    assert lines[3].index("NATO") <= columns[1] <= lines[3].rindex('"')
    assert columns[2] in (lines[4].index("entity:"), lines[4].index("zelenski"))
    for word, problem in zip(("'every'", "(", "'zelensky'"), problems, strict=True):
        assert word in problem


def test_a_daemon_is_not_started_on_a_bad_configuration(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("rules:\n  - {id: nato}\n", encoding="utf-8")
    refused = monitor("run", "--config", tmp_path / "config.yaml", cwd=tmp_path)
    assert refused.returncode == 1
    assert "config.yaml:2:" in refused.stderr
    assert "Traceback" not in refused.stderr


def deliveries(desk: Desk) -> list[dict[str, object]]:
    listed = monitor("deliveries", "--json", "--config", desk.config, cwd=desk.folder)
    assert listed.returncode == 0, listed.stderr
    return list(json_lines(listed.stdout))


@pytest.fixture
def login() -> Iterator[MailServer]:
    with in_thread(MailServer(tls="starttls", login=("monitor", "swordfish-7-mail"))) as server:
        yield server
