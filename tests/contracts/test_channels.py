"""What every kind of channel promises, run over all kinds, each against its loopback server."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, timedelta
from typing import Any, get_type_hints

import pytest

from monitor.channels import BUILT_IN, KINDS, open_channel
from monitor.channels.console import ConsoleChannel
from monitor.core.model import ChannelId, Message, NoticeContent, Secret
from monitor.core.ports import Channel, Checked, Editor, Limit, Rejected, Sent, TryLater, Unreachable
from monitor.core.settings import ChannelSettings
from monitor.render import TemplateRenderer
from tests.servers.smtp import MailServer
from tests.servers.telegram import BotApi

TOKEN = "123456:a-token-that-nobody-may-see-00000000"
PASSWORD = "a-password-that-nobody-may-see"
SECRETS = (TOKEN, PASSWORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """An open channel, and what has arrived at its other end."""

    channel: Channel
    arrived: Callable[[], list[str]]
    stop: Callable[[], Any] | None = None
    """Takes the other end down; None where there is none."""


@asynccontextmanager
async def telegram() -> AsyncIterator[Reached]:
    api = BotApi(token=TOKEN)
    await api.start()
    api.add_chat(-100, title="Desk")
    options = KINDS["telegram"](token=Secret(TOKEN), chat=-100, api_url=api.url, timeout=timedelta(seconds=5))
    channel = open_channel(ChannelSettings(id=ChannelId("one"), kind="telegram", options=options))
    try:
        yield Reached(channel=channel, arrived=lambda: api.texts, stop=api.stop)
    finally:
        await api.stop()


@asynccontextmanager
async def email() -> AsyncIterator[Reached]:
    server = MailServer(login=("monitor", PASSWORD))
    await server.start()
    options = KINDS["email"](
        host=server.host,
        port=server.port,
        tls="none",
        username="monitor",
        password=Secret(PASSWORD),
        sender="monitor@example.org",
        to=("desk@example.org",),
        timeout=timedelta(seconds=5),
    )
    channel = open_channel(ChannelSettings(id=ChannelId("one"), kind="email", options=options))
    try:
        yield Reached(channel=channel, arrived=lambda: [mail.text for mail in server.messages], stop=server.stop)
    finally:
        await server.stop()


@asynccontextmanager
async def console() -> AsyncIterator[Reached]:
    out = io.StringIO()
    yield Reached(channel=ConsoleChannel(ChannelId("one"), out), arrived=lambda: [out.getvalue()])


REACHED = {"telegram": telegram, "email": email, "console": console}


@pytest.fixture(params=sorted(REACHED))
async def reached(request: pytest.FixtureRequest) -> AsyncIterator[Reached]:
    async with AsyncExitStack() as stack:
        it = await stack.enter_async_context(REACHED[request.param]())
        yield it
        await it.channel.close()


def message(channel: Channel, text: str = "It <happened> & so on") -> Message:
    return TemplateRenderer(UTC).render(NoticeContent(subject="Notice", text=text), kind=channel.kind, key="notice-1")


def test_the_suite_covers_every_kind() -> None:
    assert set(REACHED) == set(BUILT_IN)


async def test_what_is_sent_arrives_and_has_a_reference(reached: Reached) -> None:
    for part in reached.channel.parts(message(reached.channel)):
        answer = await reached.channel.send(part)
        assert isinstance(answer, Sent)
        assert answer.ref
        assert answer.note == ""
    assert any("It <happened> & so on" in text for text in reached.arrived())


async def test_check_sends_nothing(reached: Reached) -> None:
    assert isinstance(await reached.channel.check(), Checked)
    assert "".join(reached.arrived()) == ""


async def test_parts_are_pure_have_keys_of_their_own_and_lose_no_word(reached: Reached) -> None:
    words = [f"word{n}" for n in range(4000)]
    long = message(reached.channel, " ".join(words))
    parts = reached.channel.parts(long)
    assert reached.channel.parts(long) == parts
    keys = [part.key for part in parts]
    assert len(set(keys)) == len(keys)
    assert all(key.startswith("notice-1") for key in keys)
    said = " ".join(part.text for part in parts).split()
    assert [word for word in said if word.startswith("word")] == words
    assert reached.arrived() in ([], [""])


async def test_a_possible_repeat_is_marked(reached: Reached) -> None:
    (part,) = reached.channel.parts(message(reached.channel))
    await reached.channel.send(replace(part, may_repeat=True))
    assert "may be a repeat" in "".join(reached.arrived())


async def test_a_channel_that_can_edit_puts_other_words_in_the_place_of_those_it_sent(reached: Reached) -> None:
    channel = reached.channel
    if not isinstance(channel, Editor):
        pytest.skip("what this channel has sent is out of its hands")
    (part,) = channel.parts(message(channel))
    sent = await channel.send(part)
    assert isinstance(sent, Sent)
    (other,) = channel.parts(message(channel, "It happened & was <corrected>"))
    for _ in range(2):  # the second time it says so already
        assert isinstance(await channel.edit(sent.ref, other), Sent)
    (text,) = reached.arrived()
    assert "It happened & was <corrected>" in text
    assert isinstance(await channel.edit("999999", other), Rejected)
    assert len(reached.arrived()) == 1


async def test_when_nobody_listens_an_edit_waits(reached: Reached) -> None:
    channel = reached.channel
    if not isinstance(channel, Editor) or reached.stop is None:
        pytest.skip("what this channel has sent is out of its hands")
    await reached.stop()
    (part,) = channel.parts(message(channel))
    assert isinstance(await channel.edit("1", part), TryLater)


def test_chats_can_be_edited_mails_can_not() -> None:
    options = {
        "telegram": KINDS["telegram"](token=Secret(TOKEN), chat=-100),
        "email": KINDS["email"](host="mail.example", sender="monitor@example.org", to=("desk@example.org",)),
        "console": KINDS["console"](),
    }
    opened = {k: open_channel(ChannelSettings(id=ChannelId("c"), kind=k, options=o)) for k, o in options.items()}
    assert {k for k, channel in opened.items() if isinstance(channel, Editor)} == {"telegram"}


async def test_when_nobody_listens_the_message_waits(reached: Reached) -> None:
    if reached.stop is None:
        pytest.skip("the console has no other end")
    await reached.stop()
    (part,) = reached.channel.parts(message(reached.channel))
    assert isinstance(await reached.channel.send(part), TryLater)
    assert isinstance(await reached.channel.check(), Unreachable)


async def test_names_and_limits_are_told_and_no_secret(reached: Reached) -> None:
    channel = reached.channel
    assert channel.id == "one"
    assert channel.kind in KINDS
    assert channel.lane.startswith(channel.kind)
    assert channel.hold_uncertain is False
    assert all(isinstance(limit, Limit) and limit.count > 0 and limit.period > timedelta(0) for limit in channel.limits)
    for secret in SECRETS:
        assert secret not in f"{channel!r} {channel.lane} {await channel.check()!r}"


@pytest.mark.parametrize("kind", sorted(BUILT_IN))
def test_options_are_frozen_dataclasses_whose_fields_are_explained(kind: str) -> None:
    options = KINDS[kind]
    assert is_dataclass(options)
    assert options.__dataclass_params__.frozen  # type: ignore[attr-defined]  # of every dataclass
    hints = get_type_hints(options)
    for field in fields(options):
        assert hints[field.name]
        assert field.metadata["help"]


def test_an_unknown_kind_is_a_key_error() -> None:
    assert "pigeon" not in KINDS
    assert set(KINDS) >= set(BUILT_IN)
    assert len(KINDS) == len(list(KINDS))


def test_the_table_of_kinds_imports_no_client_library() -> None:
    code = "import sys, monitor.channels; print(sorted({'telegram', 'aiosmtplib', 'rich', 'httpx'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


async def test_a_terminal_gets_styles_and_a_pipe_gets_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    sent = Message(key="k", subject="s", text="[b]old] & x", html="<b>[b]old]</b> &amp; <a href='https://e.org/'>x</a>")
    terminal, pipe = Terminal(), io.StringIO()
    await ConsoleChannel(ChannelId("c"), terminal).send(sent)
    await ConsoleChannel(ChannelId("c"), pipe).send(sent)
    assert pipe.getvalue() == "[b]old] & x\n\n"
    assert "\x1b[1m[b]old]" in terminal.getvalue()
    assert "https://e.org/" in terminal.getvalue()


async def test_a_closed_pipe_is_no_crash() -> None:
    closed = io.StringIO()
    closed.close()
    answer = await ConsoleChannel(ChannelId("c"), closed).send(Message(key="k", subject="s", text="t"))
    assert isinstance(answer, TryLater)


async def test_a_console_that_lacks_a_character_shows_the_rest() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    answer = await ConsoleChannel(ChannelId("c"), out).send(Message(key="k", subject="s", text="🔴 alert"))
    assert isinstance(answer, Sent)
    assert raw.getvalue() == b"? alert\n\n"
