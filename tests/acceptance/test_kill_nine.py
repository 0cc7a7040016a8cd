"""kill -9, at any moment and at the worst ones: nothing is lost, and only what may have been sent is sent again."""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest

from tests.acceptance.articles import News, news
from tests.acceptance.conftest import Desk
from tests.acceptance.daemon import eventually
from tests.servers.smtp import Stage
from tests.servers.telegram import Fault, Scripted

pytestmark = pytest.mark.timeout(600)
alone = pytest.mark.xdist_group("acceptance-forty")
others = pytest.mark.xdist_group("acceptance-kill")

FORTY = news(40, seed=3)
SINGLES = 6
"""Items that come one by one; the others come at once and are joined."""
REPEAT = "may be a repeat"


class Witness:
    """Knows which messages may come twice: at each kill the last one that a server took (a lane sends one after the
    other), and those that a server took without an answer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.chat: Counter[str] = Counter()
        self.mail: Counter[str] = Counter()
        self.kills = 0

    def kill(self) -> None:
        desk = self._desk
        desk.daemon.kill()
        self.kills += 1
        # What the process had written before its end still arrives.
        eventually(lambda: not desk.bot._tasks and not desk.mail._open, "the end of the connections")
        if desk.chat:
            self.unanswered(self.chat, desk.chat[-1].text)
        if desk.letters:
            self.unanswered(self.mail, desk.letters[-1].text)

    def unanswered(self, where: Counter[str], text: str) -> None:
        where.update(item.title for item in FORTY if item.title in text)


@alone
def test_forty_items_come_through_kills_floods_and_bad_gateways(desk: Desk) -> None:
    rng = random.Random(40)
    outlet = desk.outlet("gazette")
    desk.settings["channels"]["mail"] = desk.email()
    desk.start()
    witness = Witness(desk)
    cut = script_troubles(desk)

    for number in range(SINGLES):
        outlet.publish(FORTY[number])
        wait_for_a_moment(desk, rng)
        witness.kill()
        desk.daemon.start()
    outlet.publish(*FORTY[SINGLES:])
    for _ in range(3):
        wait_for_a_moment(desk, rng)
        witness.kill()
        desk.daemon.start()

    def missing() -> list[News]:
        return [item for item in FORTY if not desk.in_chat(item.title) or not desk.in_mail(item.title)]

    desk.daemon.until(lambda: not missing(), "all forty in chat and mail", seconds=100)
    desk.daemon.until(desk.outbox_is_empty, "an empty outbox")
    assert desk.daemon.stop() == 0

    for index in cut:
        witness.unanswered(witness.chat, desk.chat[index].text)
    for item in FORTY:
        messages, mails = desk.in_chat(item.title), desk.in_mail(item.title)
        assert len(messages) - 1 <= witness.chat[item.title], f"repeated in the chat without need: {item.title}"
        assert len(mails) - 1 <= witness.mail[item.title], f"repeated by mail without need: {item.title}"
        assert len(messages) == 1 or any(REPEAT in message.text for message in messages)
        assert len({mail.message_id for mail in mails}) == 1, "a repeated mail keeps its Message-Id"


@others
@pytest.mark.parametrize("accepted", [True, False], ids=["accepted-not-answered", "not-yet-accepted"])
def test_a_kill_in_the_middle_of_a_send_repeats_only_what_was_accepted(desk: Desk, accepted: bool) -> None:
    outlet = desk.outlet("gazette")
    desk.settings["channels"]["mail"] = desk.email()
    desk.start()
    first, second = FORTY[0], FORTY[1]
    desk.bot.fail(Fault.HOLD_AFTER if accepted else Fault.HOLD_BEFORE)
    desk.mail.fail(Stage.ACCEPTED if accepted else Stage.BODY, hold=True)

    outlet.publish(first)
    if accepted:
        desk.daemon.until(lambda: desk.in_chat(first.title) and desk.in_mail(first.title), "both being taken")
    else:
        desk.daemon.until(lambda: sends(desk) and desk.mail.connections, "both being tried")
    outlet.publish(second)
    desk.polled(2)
    desk.daemon.kill()

    assert len(desk.chat) == len(desk.letters) == (1 if accepted else 0)
    desk.daemon.start()
    desk.awaited_in_chat(second.title)
    desk.awaited_in_mail(second.title)
    desk.daemon.until(desk.outbox_is_empty, "an empty outbox")
    assert desk.daemon.stop() == 0

    times = 2 if accepted else 1
    assert [first.title in message.text for message in desk.chat] == [True] * times + [False]
    assert [first.title in mail.text for mail in desk.letters] == [True] * times + [False]
    assert REPEAT in desk.chat[times - 1].text
    assert REPEAT not in desk.chat[-1].text
    assert len({mail.message_id for mail in desk.letters[:times]}) == 1


@others
@pytest.mark.parametrize("made", [True, False], ids=["edited-not-answered", "not-yet-edited"])
def test_a_kill_in_the_middle_of_an_edit_leaves_one_message_that_is_edited(desk: Desk, made: bool) -> None:
    first, second = desk.outlet("gazette"), desk.outlet("courier")
    desk.start()
    first.publish(FORTY[0])
    desk.awaited_in_chat(FORTY[0].title)
    desk.bot.fail_edits(Fault.HOLD_AFTER if made else Fault.HOLD_BEFORE)
    second.publish(FORTY[0])
    desk.daemon.until(lambda: edits(desk), "an edit being tried")
    desk.daemon.kill()

    desk.daemon.start()
    desk.daemon.until(lambda: edits(desk) > 1 and desk.outbox_is_empty(), "the edit being made")
    assert desk.daemon.stop() == 0
    (message,) = desk.chat
    assert "also in: Courier" in message.text
    assert message.edited == 1


@others
def test_an_empty_first_poll_counts_even_if_the_process_is_killed_right_after_it(desk: Desk) -> None:
    outlet = desk.outlet("gazette")
    desk.write()
    desk.daemon.start()
    desk.daemon.until(lambda: desk.daemon.logged("poll"), "the first poll")
    desk.daemon.kill()

    outlet.publish(FORTY[0])
    desk.daemon.start()
    desk.polled(2)
    outlet.publish(FORTY[1])
    desk.awaited_in_chat(FORTY[1].title)
    assert desk.in_chat(FORTY[0].title), "what came after the first poll is news, not taken in silently"


@others
def test_a_page_that_was_being_read_at_the_kill_is_read_again(desk: Desk) -> None:
    listing = desk.listing("kabar", full_text=True)
    listing.publish(*news(6, term="sailing", seed=5))
    desk.start()
    listing.publish(News(title="Kadet pulang membawa tuba tua", text=f"NATO {FORTY[0].text}\n{FORTY[1].text}"))
    page = listing.printed[-1].path
    desk.web.put_silence(page)
    desk.daemon.until(lambda: desk.web.hits(page), "the request of the page")
    desk.daemon.kill()

    desk.web.put(page, listing.page(listing.printed[-1]))
    desk.daemon.start()
    desk.awaited_in_chat("Kadet pulang")
    assert desk.daemon.stop() == 0
    assert len(desk.chat) == 1


def wait_for_a_moment(desk: Desk, rng: random.Random) -> None:
    """Mostly some time after the first poll of this life; now and then while it is still starting."""
    if rng.random() < 0.2:
        time.sleep(rng.uniform(0, 0.8))
    else:
        desk.polled(1)
        time.sleep(rng.uniform(0, 0.6))


def script_troubles(desk: Desk) -> list[int]:
    """Floods and bad gateways in the chat, a refusal for now by mail. Gives, as they happen, the places of chat
    messages that are accepted without an answer."""
    plan = {2: Fault.BAD_GATEWAY, 4: Fault.FLOOD, 6: Fault.CUT_AFTER, 8: Fault.BAD_GATEWAY, 10: Fault.FLOOD}
    cut: list[int] = []
    count = 0

    def trouble(_: dict[str, str]) -> Scripted | None:
        nonlocal count
        count += 1
        fault = plan.get(count)
        if fault is None:
            return None
        if fault is Fault.CUT_AFTER:
            cut.append(len(desk.bot.messages))
        return Scripted(fault=fault, seconds=1)

    desk.bot.on_send = trouble
    for stage, answer in ((Stage.MAIL, "451 4.3.0 later"), (Stage.CONNECT, "421 4.3.2 busy"), (Stage.BODY, None)):
        desk.mail.fail(Stage.RCPT, "no fault", recipient="nobody@example.org", times=2)
        desk.mail.fail(stage, answer)
    return cut


def sends(desk: Desk) -> int:
    return sum(method.lower() == "sendmessage" for method, _ in list(desk.bot.requests))


def edits(desk: Desk) -> int:
    return sum(method.lower() == "editmessagetext" for method, _ in list(desk.bot.requests))
