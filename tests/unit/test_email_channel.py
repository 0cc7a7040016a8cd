"""Mail, against an SMTP server on loopback."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from monitor.channels.email import EmailOptions
from monitor.channels.email.channel import EmailChannel
from monitor.core.model import ChannelId, Message, Secret
from monitor.core.ports import Checked, Rejected, Sent, TryLater, Uncertain, Unreachable
from tests.servers.smtp import MailServer, Stage

ALERT = Message(
    key="alert-7",
    subject="[nato] Título con ñ",
    text="First line\n.dot at the start\nzelenský",
    html="<p>First <b>line</b></p>",
    thread="story-9",
)


def channel(server: MailServer, **options: Any) -> EmailChannel:
    given: dict[str, Any] = {
        "host": server.host,
        "port": server.port,
        "tls": server.tls,
        "sender": "Monitor <monitor@example.org>",
        "to": ("desk@example.org", "night@example.org"),
        "ca_file": server.ca_file if server.tls != "none" else "",
    }
    return EmailOptions(**given | options).open(ChannelId("mail"))


async def test_a_mail_has_both_forms_and_what_threads_it() -> None:
    async with MailServer() as server:
        answer = await channel(server).send(ALERT)
        (mail,) = server.messages
    assert answer == Sent(ref="<alert-7@example.org>")
    assert mail.recipients == ("desk@example.org", "night@example.org")
    assert mail.sender == "monitor@example.org"
    assert mail.subject == "[nato] Título con ñ"
    assert mail.text.splitlines() == ["First line", ".dot at the start", "zelenský"]
    assert mail.html.strip() == "<p>First <b>line</b></p>"
    assert mail.parsed.get_content_type() == "multipart/alternative"
    assert mail.message_id == "<alert-7@example.org>"
    assert mail.parsed["References"] == mail.parsed["In-Reply-To"] == "<story-9@example.org>"
    assert mail.parsed["Auto-Submitted"] == "auto-generated"
    assert mail.parsed["List-Id"] == "<mail.monitor.example.org>"
    assert mail.parsed["Date"].datetime.tzinfo is not None
    assert mail.raw.isascii()


async def test_a_repeat_says_so_under_the_same_message_id() -> None:
    async with MailServer() as server:
        mails = channel(server)
        server.fail(Stage.ACCEPTED)
        first = await mails.send(ALERT)
        again = await mails.send(Message(key=ALERT.key, subject=ALERT.subject, text="text", may_repeat=True))
        one, two = server.messages
    assert isinstance(first, Uncertain)
    assert isinstance(again, Sent)
    assert one.message_id == two.message_id
    assert "may be a repeat" in two.text
    assert "may be a repeat" not in one.text


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
async def test_a_verified_server_gets_the_login_and_the_mail_encrypted(tls: Any) -> None:
    async with MailServer(tls=tls, login=("monitor", "pä55")) as server:
        mails = channel(server, username="monitor", password=Secret("pä55"))
        checked = await mails.check()
        answer = await mails.send(ALERT)
        (mail,) = server.messages
    assert isinstance(answer, Sent)
    assert isinstance(checked, Checked)
    assert mail.encrypted
    assert mail.user == "monitor"


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
async def test_a_server_that_nobody_vouches_for_gets_neither_login_nor_mail(tls: Any) -> None:
    async with MailServer(tls=tls, login=("monitor", "secret")) as server:
        mails = channel(server, username="monitor", password=Secret("secret"), ca_file="")
        answer = await mails.send(ALERT)
        checked = await mails.check()
        assert server.messages == []
    assert isinstance(answer, TryLater)
    assert "certificate" in answer.why.lower()
    assert isinstance(checked, Unreachable)


async def test_a_server_without_starttls_gets_nothing_when_it_is_required() -> None:
    async with MailServer(tls="none") as server:
        answer = await channel(server, tls="starttls").send(ALERT)
        assert server.messages == []
    assert isinstance(answer, Rejected)
    assert answer.target_gone


async def test_a_wrong_password_pauses_the_channel_and_is_not_told() -> None:
    async with MailServer(tls="starttls", login=("monitor", "right")) as server:
        mails = channel(server, username="monitor", password=Secret("wrong-password"))
        answer = await mails.send(ALERT)
        checked = await mails.check()
    assert isinstance(answer, Rejected)
    assert answer.target_gone
    assert "wrong-password" not in answer.why + repr(checked) + repr(mails)


async def test_a_login_that_fails_for_now_is_tried_later() -> None:
    async with MailServer(tls="starttls", login=("monitor", "right")) as server:
        server.fail(Stage.AUTH, "454 4.7.0 Temporary authentication failure", times=3)
        answer = await channel(server, username="monitor", password=Secret("right")).send(ALERT)
    assert isinstance(answer, TryLater)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.AUTH])
async def test_a_temporary_refusal_at_any_stage_is_tried_later(stage: Stage) -> None:
    async with MailServer() as server:
        server.fail(stage, "451 4.3.0 Try again later")
        answer = await channel(server).send(ALERT)
    assert isinstance(answer, TryLater), answer
    assert "451" in answer.why


@pytest.mark.parametrize(
    ("stage", "gone"),
    [
        (Stage.CONNECT, True),
        (Stage.MAIL, True),
        (Stage.RCPT, True),
        (Stage.DATA, False),
        (Stage.BODY, False),
    ],
)
async def test_a_final_refusal_is_rejected_and_tells_the_target_from_the_message(stage: Stage, gone: bool) -> None:
    async with MailServer() as server:
        server.fail(stage, "550 5.7.1 No")
        answer = await channel(server).send(ALERT)
    assert isinstance(answer, Rejected), answer
    assert answer.target_gone is gone


@pytest.mark.parametrize("stage", [Stage.CONNECT, Stage.MAIL, Stage.RCPT, Stage.DATA])
async def test_a_connection_lost_before_the_mail_left_is_tried_later(stage: Stage) -> None:
    async with MailServer() as server:
        server.fail(stage)
        answer = await channel(server).send(ALERT)
        assert server.messages == []
    assert isinstance(answer, TryLater), answer


@pytest.mark.parametrize("stage", [Stage.BODY, Stage.ACCEPTED])
async def test_a_connection_lost_after_the_mail_left_is_uncertain(stage: Stage) -> None:
    async with MailServer() as server:
        server.fail(stage)
        answer = await channel(server).send(ALERT)
    assert isinstance(answer, Uncertain), answer


async def test_a_server_that_falls_silent_costs_the_time_out_and_is_uncertain_only_after_the_mail() -> None:
    async with MailServer() as server:
        mails = channel(server, timeout=timedelta(seconds=0.2))
        server.fail(Stage.MAIL, hold=True)
        server.fail(Stage.ACCEPTED, hold=True)
        before, after = await mails.send(ALERT), await mails.send(ALERT)
    assert isinstance(before, TryLater)
    assert isinstance(after, Uncertain)


async def test_one_refused_recipient_does_not_keep_the_mail_from_the_others() -> None:
    async with MailServer() as server:
        server.fail(Stage.RCPT, "550 5.1.1 No such user", recipient="night@example.org")
        answer = await channel(server).send(ALERT)
        (mail,) = server.messages
    assert isinstance(answer, Sent)
    assert "night@example.org" in answer.note
    assert mail.recipients == ("desk@example.org",)


async def test_a_recipient_that_is_put_off_is_waited_for_rather_than_left_out() -> None:
    async with MailServer() as server:
        server.fail(Stage.RCPT, "450 4.2.0 Greylisted", recipient="night@example.org")
        mails = channel(server)
        assert isinstance(await mails.send(ALERT), TryLater)
        assert list(server.messages) == []
        assert isinstance(await mails.send(ALERT), Sent)
        (mail,) = server.messages
    assert mail.recipients == ("desk@example.org", "night@example.org")


async def test_a_server_that_is_down_is_tried_later() -> None:
    async with MailServer() as server:
        mails = channel(server)
    answer = await mails.send(ALERT)
    assert isinstance(answer, TryLater)
    assert isinstance(await mails.check(), Unreachable)
