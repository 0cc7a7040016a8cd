"""`send-test` and `chats`: is the way to the reader open?"""

from __future__ import annotations

import sys
from pathlib import Path

from monitor.app import renderer_of, utc_now
from monitor.channels import open_channel
from monitor.cli.setup import fail, run_async, settings_of
from monitor.core.model import NoticeContent
from monitor.core.ports import Rejected, Sent, TryLater, Uncertain, Unreachable
from monitor.core.settings import ChannelSettings, Settings


def run_send_test(config: Path | None, channel: str) -> None:
    settings = settings_of(config)
    run_async(_send_test(settings, _channel(settings, channel)))


async def _send_test(settings: Settings, wanted: ChannelSettings) -> None:
    now = utc_now()
    content = NoticeContent(
        subject="Test message", text=f"If you can read this, alerts of monitor reach “{wanted.id}”."
    )
    key = f"monitor.test.{now:%Y%m%d%H%M%S%f}"
    channel = open_channel(wanted)
    try:
        message = renderer_of(settings).render(content, kind=channel.kind, key=key)
        for part in channel.parts(message):
            match await channel.send(part):
                case Sent(ref=ref, note=note):
                    sys.stdout.write(f"sent on {wanted.id}, reference {ref}{f'; {note}' if note else ''}\n")
                case TryLater(why=why) | Uncertain(why=why) | Rejected(why=why):
                    fail(f"not sent on {wanted.id}: {why}")
    finally:
        await channel.close()


def run_chats(config: Path | None, channel: str) -> None:
    wanted = _channel(settings_of(config), channel)
    run_async(_chats(wanted))


async def _chats(wanted: ChannelSettings) -> None:
    channel = open_channel(wanted)
    try:
        ask = getattr(channel, "chats", None)
        if ask is None:
            fail(f"{wanted.id} is of kind {wanted.kind}, which has no chats; name a telegram channel", code=2)
        found = await ask()
    finally:
        await channel.close()
    if isinstance(found, Unreachable):
        fail(f"{wanted.id}: {found.detail}")
    if not found:
        sys.stdout.write(
            "# Nobody has written to the bot lately. Send it a message (in a group: mention it), and ask again.\n"
        )
    for chat in found:
        sys.stdout.write(f"chat: {chat.id}  # {chat.type}: {chat.title}\n")


def _channel(settings: Settings, name: str) -> ChannelSettings:
    found = next((c for c in settings.channels if c.id == name), None)
    if found is None:
        fail(f"no channel {name!r}; there are: {', '.join(c.id for c in settings.channels)}", code=2)
    return found
