"""Sources that die, are walled off, are rebuilt, lie or change their minds, beside others that go on."""

from __future__ import annotations

import json

import pytest

from tests.acceptance.articles import news
from tests.acceptance.conftest import Desk
from tests.acceptance.daemon import monitor

pytestmark = [pytest.mark.xdist_group("acceptance-upkeep"), pytest.mark.timeout(300)]

NEWS = news(20)
WALL = "<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script></html>"
SHELL = "<html><body><div id='root'></div><script src='/app.js'></script></body></html>"


def sources(desk: Desk) -> dict[str, dict[str, object]]:
    done = monitor("sources", "--json", "--config", desk.config, cwd=desk.folder)
    return {row["source"]: row for row in map(json.loads, done.stdout.splitlines())}


def test_all_that_is_wrong_with_sources_comes_as_one_message_and_stops_nobody(desk: Desk) -> None:
    well, dead, walled = desk.outlet("gazette"), desk.outlet("courier"), desk.outlet("herald")
    rebuilt = desk.listing("kabar", selectors={"item": "article.card", "link": "h3 a"})
    hollow = desk.listing("warta")
    for outlet, one in zip((well, dead, walled, rebuilt, hollow), NEWS, strict=False):
        outlet.publish(one)
    desk.settings["operator"] = {"to": ["desk"]}
    desk.start()

    desk.web.put(dead.path, "gone fishing", status=500)
    desk.web.put(walled.path, WALL, status=403)
    desk.web.put(hollow.path, SHELL)
    desk.web.put(
        rebuilt.path, "<html><body><main><div class='tile'><a href='/x/1'>Berita baru hari ini</a></div></main>"
    )
    message = desk.awaited_in_chat("can't be read")
    for words in ("courier: server", "herald: challenge", "Cloudflare", "warta: javascript", "kabar: nothing matches"):
        desk.awaited_in_chat(words)
    assert "monitor discover" in desk.awaited_in_chat("herald: challenge").text
    assert "gazette" not in message.text

    well.publish(NEWS[8])
    desk.awaited_in_chat(NEWS[8].title)
    states = {name: row["condition"] for name, row in sources(desk).items()}
    assert states == {
        "gazette": "ok", "courier": "dead", "herald": "blocked", "kabar": "broken", "warta": "blocked"
    }  # fmt: skip

    dead.publish(NEWS[9])
    desk.awaited_in_chat(NEWS[9].title)
    assert sources(desk)["courier"]["condition"] == "ok"
    assert len(desk.in_chat("courier: server")) == 1, "said once"


def test_what_an_editor_changes_is_told_where_that_is_wanted(desk: Desk) -> None:
    desk.settings["defaults"]["edits"] = "resend"
    outlet = desk.outlet("gazette")
    outlet.publish(NEWS[0])
    desk.start()
    outlet.publish(NEWS[1])
    desk.awaited_in_chat(NEWS[1].title)

    changed = outlet.printed[-1]
    desk.web.put(
        outlet.path,
        outlet._front_page(list(reversed(outlet.printed))).replace(
            changed.news.title.encode(), b"NATO corrects a headline about sailing ships"
        ),
    )
    again = desk.awaited_in_chat("NATO corrects a headline")
    assert "edited" in again.text
    desk.polled(2)
    assert len(desk.chat) == 2
    told = monitor("alerts", "--json", "--config", desk.config, cwd=desk.folder).stdout
    assert '"retold"' in told


def test_a_page_that_robots_txt_closes_is_left_alone_and_said_so(desk: Desk) -> None:
    desk.web.put("/robots.txt", "User-agent: *\nDisallow: /warta/\nDisallow: /kabar/\n")
    closed, forced = desk.listing("warta"), desk.listing("kabar", robots=False)
    feed = desk.outlet("gazette")
    forced.publish(NEWS[0])
    closed.publish(NEWS[1])
    desk.settings["operator"] = {"to": ["desk"]}
    desk.write()
    desk.daemon.start()
    desk.polled(2, [forced, feed])

    forced.publish(NEWS[2])
    desk.awaited_in_chat(NEWS[2].title)
    assert "robots: false" in desk.awaited_in_chat("warta: robots").text
    assert closed.polls == 0


def test_headers_logins_and_names_reach_their_source_and_no_log(desk: Desk) -> None:
    outlet = desk.outlet(
        "gazette", username="desk", password="s3cret-word", user_agent="newsdesk (desk@example.org)",
        headers={"X-Key": "k3y-word"}, cookies={"consent": "yes-word"},
    )  # fmt: skip
    outlet.publish(NEWS[0])
    desk.start()
    sent = desk.web.seen(outlet.path)[-1].headers
    assert sent["authorization"] == "Basic ZGVzazpzM2NyZXQtd29yZA=="
    assert sent["user-agent"] == "newsdesk (desk@example.org)"
    assert (sent["x-key"], sent["cookie"]) == ("k3y-word", "consent=yes-word")
    assert desk.daemon.stop() == 0
    everything = desk.daemon.log + "".join(
        file.read_bytes().decode("latin-1") for file in desk.folder.glob("monitor.db*")
    )
    for secret in ("s3cret-word", "ZGVzazpz", "k3y-word", "yes-word"):
        assert secret not in everything


def test_without_an_operator_the_log_says_what_is_wrong_with_a_source_that_answers(desk: Desk) -> None:
    rebuilt = desk.listing("kabar", selectors={"item": "article.card", "link": "h3 a"})
    rebuilt.publish(NEWS[0])
    desk.start()
    desk.web.put(
        rebuilt.path, "<html><body><main><div class='tile'><a href='/x/1'>Berita baru hari ini</a></div></main>"
    )
    desk.daemon.until(lambda: desk.daemon.logged("sources"), "a word about the source")
    (said,) = desk.daemon.logged("sources")
    assert "kabar: nothing matches the selector" in said["detail"]
