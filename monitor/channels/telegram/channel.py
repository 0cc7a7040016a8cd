"""A Telegram chat as a channel: what to do with each outcome of a send."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from monitor.channels.telegram import markup
from monitor.channels.telegram.client import BadMarkup, Client, KnownChat, Moved, NoTopic
from monitor.core.model import ChannelId, Message
from monitor.core.ports import Answer, Checked, Limit, Rejected, Sent, TryLater, Uncertain, Unreachable

if TYPE_CHECKING:
    from monitor.channels.telegram import TelegramOptions

REPEAT = "\n\n(may be a repeat)"
PART_UNITS = markup.MAX_UNITS - markup.units(REPEAT)

GROUP_LIMITS = (Limit(count=20, period=timedelta(minutes=1)), Limit(count=5, period=timedelta(seconds=5)))
"""Telegram documents 20 a minute for groups, and about one a second with short bursts for any chat."""
PRIVATE_LIMITS = (Limit(count=20, period=timedelta(seconds=20)),)


class TelegramChannel:
    kind = "telegram"

    def __init__(self, channel: ChannelId, options: TelegramOptions) -> None:
        self.id = channel
        self.hold_uncertain = options.on_uncertain == "hold"
        self._options = options
        self._configured = _chat(options.chat)
        self._chat = self._configured
        self._topic = options.topic
        self._client = Client(
            token=options.token, api_url=options.api_url, timeout=options.timeout, proxy=options.proxy
        )

    @property
    def lane(self) -> str:
        """Limits are per bot and chat, whatever the topic; the bot is named by a hash of its id."""
        bot, _, _ = self._options.token.reveal().partition(":")
        return f"telegram:{sha256(bot.encode()).hexdigest()[:8]}:{self._options.chat}"

    @property
    def limits(self) -> tuple[Limit, ...]:
        is_group = isinstance(self._chat, str) or self._chat < 0
        return GROUP_LIMITS if is_group else PRIVATE_LIMITS

    def parts(self, message: Message) -> tuple[Message, ...]:
        """Each part's `text` is what is sent should Telegram refuse the markup of its `html`."""
        whole = markup.parse(message.html) if message.html else markup.Formatted(text=message.text)
        parts = markup.split(whole, PART_UNITS)
        return tuple(
            replace(message, key=f"{message.key}.{n}", html=markup.to_html(part), text=_plain(part))
            for n, part in enumerate(parts, start=1)
        )

    async def send(self, message: Message) -> Answer:
        is_html = bool(message.html)
        notes: list[str] = []
        while True:  # ends: each way round an obstacle can be taken once
            outcome = await self._client.send(
                self._chat,
                (message.html if is_html else message.text) + (REPEAT if message.may_repeat else ""),
                topic=self._topic,
                html=is_html,
                silent=message.silent,
                preview=self._options.preview,
                follows=int(message.follows) if message.follows else None,
            )
            match outcome:
                case Moved(chat=chat) if self._chat == self._configured:
                    notes.append(f"the chat {self._chat} has become {chat}: the configuration should name that one")
                    self._chat = chat
                case NoTopic(why=why) if self._topic is not None:
                    notes.append(f"sent without topic {self._topic}, and so until the next start: {why}")
                    self._topic = None
                case BadMarkup(why=why) if is_html:
                    notes.append(f"sent as plain text, since the markup was refused: {why}")
                    is_html = False
                case Moved(chat=chat):
                    return Rejected(why=f"the chat {self._chat} has become {chat}", target_gone=True)
                case NoTopic(why=why) | BadMarkup(why=why):
                    return Rejected(why=why)
                case Sent(ref=ref):
                    return Sent(ref=ref, note="; ".join(notes))
                case TryLater() | Uncertain() | Rejected():
                    return outcome

    async def edit(self, ref: str, message: Message) -> Answer:
        for is_html in (True, False) if message.html else (False,):
            outcome = await self._client.edit(
                self._chat,
                int(ref),
                (message.html if is_html else message.text) + (REPEAT if message.may_repeat else ""),
                html=is_html,
                preview=self._options.preview,
            )
            match outcome:
                case BadMarkup() if is_html:
                    continue
                case Moved(chat=chat):
                    return Rejected(why=f"the chat has become {chat}, where this message has another number")
                case NoTopic(why=why) | BadMarkup(why=why):
                    return Rejected(why=why)
                case _:
                    return outcome
        raise AssertionError("plain text has no markup")

    async def check(self) -> Checked | Unreachable:
        return await self._client.check(self._chat)

    async def chats(self) -> tuple[KnownChat, ...] | Unreachable:
        """Chats that have written to the bot lately, the way to find a chat's id."""
        return await self._client.chats()

    async def close(self) -> None:
        await self._client.close()


def _chat(written: str | int) -> str | int:
    text = str(written)
    return text if text.startswith("@") else int(text)


def _plain(part: markup.Formatted) -> str:
    with_links = markup.to_plain(part)
    return with_links if markup.units(with_links) <= PART_UNITS else part.text
