"""A chat on Telegram, reached through the Bot API."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from monitor.core.model import ChannelId, Secret

if TYPE_CHECKING:
    from monitor.channels.telegram.channel import TelegramChannel

_CHAT = re.compile(r"-?\d+|@[A-Za-z0-9_]+")
_TOKEN = re.compile(r"[A-Za-z0-9:_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramOptions:
    token: Secret = field(metadata={"help": "The bot's token, as @BotFather gave it."})
    chat: str | int = field(metadata={"help": "Chat id (negative for groups and channels) or @name of a channel."})
    topic: int | None = field(default=None, metadata={"help": "Topic (message thread) of a group with topics."})
    api_url: str = field(
        default="https://api.telegram.org",
        metadata={"help": "Root of the Bot API server; requests go to {api_url}/bot{token}/METHOD."},
    )
    preview: bool = field(default=False, metadata={"help": "Show a preview of the linked page."})
    on_uncertain: Literal["resend", "hold"] = field(
        default="resend",
        metadata={"help": "When no answer came: send again, marked as a possible repeat, or keep for the operator."},
    )
    proxy: Secret | None = field(
        default=None, metadata={"help": "Proxy for the Bot API only; without it the environment's is used."}
    )
    timeout: timedelta = field(default=timedelta(seconds=20), metadata={"help": "For one request, all of it."})

    def check(self) -> list[tuple[str, str, str]]:
        problems = []
        if not _TOKEN.fullmatch(self.token.reveal()):
            problems.append(("token", "this is not a bot token", "copy it from @BotFather: digits, a colon, letters"))
        if not _CHAT.fullmatch(str(self.chat)):
            problems.append(("chat", f"{self.chat!r} is neither a chat id nor a @name", "`monitor chats` lists chats"))
        api = urlsplit(self.api_url)
        if api.scheme not in ("http", "https") or not api.netloc:
            problems.append(("api_url", f"{self.api_url!r} is not an http(s) URL", "such as https://api.telegram.org"))
        if self.timeout <= timedelta(0):
            problems.append(("timeout", "a request needs some time", "such as 20s"))
        return problems

    def open(self, channel: ChannelId, /) -> TelegramChannel:
        from monitor.channels.telegram.channel import TelegramChannel  # noqa: PLC0415  # slow to import: only when used

        return TelegramChannel(channel, self)
