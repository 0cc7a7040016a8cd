"""The one door to python-telegram-bot: calls of the Bot API, with their outcomes as values.

The library's exceptions tell "surely not sent" from "perhaps sent" only by their cause, and its `BadRequest` is a
`NetworkError`. What follows from that is written down here, once.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import ssl
from collections.abc import Awaitable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import httpx

os.environ["PTB_TIMEDELTA"] = "true"  # read whenever the library makes a RetryAfter; without it that one warns

from telegram import LinkPreviewOptions, ReplyParameters, error
from telegram.constants import ParseMode
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest, RequestData

from monitor.core.model import Secret
from monitor.core.ports import Answer, Checked, Rejected, Sent, Trouble, TryLater, Uncertain, Unreachable

NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
"""Causes after which the request cannot have reached the server. After any other one it may have."""

NOT_UNDERSTOOD = (KeyError, TypeError, ValueError, AttributeError)
"""What the library raises over a 200 whose body is not what the Bot API sends."""

_BAD_MARKUP = re.compile(r"can't parse|can't find end tag|unsupported start tag|entity_\w+_invalid", re.IGNORECASE)
_NO_TOPIC = re.compile(r"message thread not found|topic_deleted|topic_id_invalid|message_thread_id", re.IGNORECASE)
_TARGET_GONE = re.compile(
    r"chat not found|chat_id is empty|peer_id_invalid|deactivated|kicked|blocked|not a member|not enough rights"
    r"|have no rights|need administrator rights|chat_write_forbidden|chat_restricted|chat_send_\w+_forbidden"
    r"|topic_closed|invalid chat",
    re.IGNORECASE,
)
_NOT_MODIFIED = re.compile(r"message is not modified", re.IGNORECASE)
_body: ContextVar[bytes] = ContextVar("_body", default=b"")
"""The last answer in this task, as it came."""
_BOT_PATH = re.compile(r"/bot[^/\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The group became a supergroup, with another id."""

    chat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoTopic:
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BadMarkup:
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownChat:
    """A chat that the bot has heard of."""

    id: int
    type: str
    """private | group | supergroup | channel."""
    title: str
    topic: int | None = None
    """The thread that was written in, where the group has topics."""


class Client:
    """One bot. Works without being initialised: nothing is asked before the first message is sent."""

    def __init__(self, *, token: Secret, api_url: str, timeout: timedelta, proxy: Secret | None) -> None:
        _keep_quiet()
        self._token = token
        self._request = _Request(timeout.total_seconds(), proxy)
        self._bot: ExtBot[int] = ExtBot(
            token.reveal(),
            base_url=f"{api_url.rstrip('/')}/bot",
            request=self._request,
            get_updates_request=self._request,
            rate_limiter=AIORateLimiter(max_retries=0),
        )

    async def send(
        self,
        chat: str | int,
        text: str,
        *,
        topic: int | None,
        html: bool,
        silent: bool,
        preview: bool,
        follows: int | None = None,
    ) -> Answer | Moved | NoTopic | BadMarkup:
        try:
            sent = await _result_of(
                self._bot.send_message(
                    chat,
                    text,
                    parse_mode=ParseMode.HTML if html else None,
                    message_thread_id=topic,
                    disable_notification=silent,
                    link_preview_options=LinkPreviewOptions(is_disabled=not preview),
                    reply_parameters=None
                    if follows is None
                    else ReplyParameters(message_id=follows, allow_sending_without_reply=True),
                )
            )
            return Sent(ref=str(sent["message_id"]))
        except error.TelegramError as failure:
            return self._answer(failure)
        except NOT_UNDERSTOOD as failure:
            return Uncertain(why=f"the answer is not one of the Bot API: {type(failure).__name__}")

    async def edit(
        self, chat: str | int, message: int, text: str, *, html: bool, preview: bool
    ) -> Answer | Moved | NoTopic | BadMarkup:
        try:
            await _result_of(
                self._bot.edit_message_text(
                    text,
                    chat,
                    message,
                    parse_mode=ParseMode.HTML if html else None,
                    link_preview_options=LinkPreviewOptions(is_disabled=not preview),
                )
            )
            return Sent(ref=str(message))
        except error.BadRequest as refusal:
            if _NOT_MODIFIED.search(str(refusal)):
                return Sent(ref=str(message))
            return self._answer(refusal)
        except error.TelegramError as failure:
            return self._answer(failure)
        except NOT_UNDERSTOOD as failure:
            return Uncertain(why=f"the answer is not one of the Bot API: {type(failure).__name__}")

    async def check(self, chat: str | int) -> Checked | Unreachable:
        try:
            me = await _result_of(self._bot.get_me())
            found = await _result_of(self._bot.get_chat(chat))
            return Checked(detail=f"@{me['username']} can see {_title(found)!r} ({found['type']})")
        except error.TelegramError as failure:
            return self._unreachable(failure)
        except NOT_UNDERSTOOD as failure:
            return _not_the_bot_api(failure)

    async def chats(self) -> tuple[KnownChat, ...] | Unreachable:
        """From the updates of the last 24 hours that nobody has taken yet; they are left for who comes next."""
        found: dict[tuple[int, int | None], KnownChat] = {}
        try:
            for update in await _result_of(self._bot.get_updates(timeout=0)):
                for written in (part for part in update.values() if isinstance(part, dict) and "chat" in part):
                    chat, topic = written["chat"], None
                    if written.get("is_topic_message"):
                        topic = written["message_thread_id"]
                    known = KnownChat(id=chat["id"], type=chat["type"], title=_title(chat), topic=topic)
                    found[known.id, topic] = known
        except error.TelegramError as failure:
            return self._unreachable(failure)
        except NOT_UNDERSTOOD as failure:
            return _not_the_bot_api(failure)
        return tuple(found.values())

    async def close(self) -> None:
        await self._request.shutdown()  # the bot's own shutdown() skips what was not initialised

    def _answer(self, failure: error.TelegramError) -> Answer | Moved | NoTopic | BadMarkup:
        why = self._why(failure)
        match failure:
            case error.RetryAfter():
                wait = failure.retry_after
                return TryLater(why=why, after=wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
            case error.ChatMigrated():
                return Moved(chat=failure.new_chat_id)
            case _ if isinstance(failure.__cause__, error.TelegramError):
                return TryLater(why=f"not an answer of the Bot API: {why}")  # a proxy's page, whatever its status
            case error.BadRequest():
                if _BAD_MARKUP.search(why):
                    return BadMarkup(why=why)
                if _NO_TOPIC.search(why):
                    return NoTopic(why=why)
                return Rejected(why=why, target_gone=bool(_TARGET_GONE.search(why)))
            case error.Forbidden():
                return Rejected(why=why, target_gone=True)
            case error.InvalidToken():
                return Rejected(why=f"the bot's token is not accepted: {why}", target_gone=True)
            case error.NetworkError() if failure.__cause__ is None or isinstance(failure.__cause__, NOT_SENT):
                return TryLater(why=why)
            case error.Conflict():
                return TryLater(why=why)
            case _:
                return Uncertain(why=why)

    def _unreachable(self, failure: error.TelegramError) -> Unreachable:
        cause = failure.__cause__
        detail = self._why(failure)
        match failure:
            case error.RetryAfter():
                trouble = Trouble.TOO_MANY
            case _ if isinstance(cause, error.TelegramError):
                trouble = Trouble.BROKEN_ANSWER
            case error.ChatMigrated() | error.BadRequest():
                trouble = Trouble.NOT_FOUND
            case error.Forbidden() | error.InvalidToken():
                trouble = Trouble.BLOCKED
            case error.NetworkError() if isinstance(cause, httpx.TimeoutException):
                trouble = Trouble.TIMEOUT
            case error.NetworkError() if cause is not None:
                trouble = Trouble.NO_CONNECTION
            case error.NetworkError():
                trouble = Trouble.SERVER
            case _:
                trouble = Trouble.BROKEN_ANSWER
        return Unreachable(trouble=trouble, detail=detail)

    def _why(self, failure: error.TelegramError) -> str:
        """One short line; the library and its HTTP client put URLs, and with them the token, into some of theirs."""
        line = " ".join(str(failure).split()).partition(". Parsing the server response")[0]
        if failure.__cause__ is not None and str(failure.__cause__) not in line:
            line = f"{line} ({type(failure.__cause__).__name__})"
        return line.replace(self._token.reveal(), "***")[:300]


@cache
def _tls_context() -> ssl.SSLContext:
    """One for all bots: to make one is slow, and the configuration may change often."""
    return httpx.create_ssl_context()


class _Request(HTTPXRequest):
    """With a deadline over the whole request, which timeouts per read are not."""

    def __init__(self, deadline: float, proxy: Secret | None) -> None:
        super().__init__(
            connection_pool_size=4,
            connect_timeout=min(10.0, deadline / 2),
            read_timeout=deadline,
            write_timeout=deadline,
            pool_timeout=deadline,
            proxy=proxy.reveal() if proxy else None,
            # an idle connection that the server closes meanwhile costs an uncertain send
            httpx_kwargs={"limits": httpx.Limits(max_connections=4, keepalive_expiry=15.0), "verify": _tls_context()},
        )
        self._deadline = deadline

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        try:
            async with asyncio.timeout(self._deadline):
                status, body = await super().do_request(url, method, request_data, *args, **kwargs)
        except TimeoutError as late:
            raise error.TimedOut(f"no answer within {self._deadline:g} s") from late
        _body.set(body)
        return status, body


async def _result_of(call: Awaitable[object]) -> Any:
    """The `result` as it came. What the library cannot read, of an older or newer server, is an answer all the same:
    to take an accepted message for an unanswered one would send it for ever."""
    _body.set(b"")
    with suppress(*NOT_UNDERSTOOD):
        await call
    return json.loads(_body.get())["result"]


def _not_the_bot_api(failure: Exception) -> Unreachable:
    why = f"the answer is not one of the Bot API: {type(failure).__name__}"
    return Unreachable(trouble=Trouble.BROKEN_ANSWER, detail=why)


def _title(chat: dict[str, Any]) -> str:
    """People have a name instead."""
    name = f"{chat.get('first_name', '')} {chat.get('last_name', '')}".strip()
    return str(chat.get("title") or name or chat.get("username") or chat["id"])


def _keep_quiet() -> None:
    """The HTTP client logs every URL, the library its own: both hold the token. What it logs of failures, it raises."""
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    logging.getLogger("httpx").addFilter(_hide_token)


def _hide_token(record: logging.LogRecord) -> bool:
    text = record.getMessage()
    if "/bot" in text:
        record.msg, record.args = _BOT_PATH.sub("/bot***", text), ()
    return True
