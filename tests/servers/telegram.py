"""A Bot API server on loopback that enforces what Telegram enforces.

    async with BotApi() as api:
        api.add_chat(-1001, title="Desk", topics=(12,))
        …               # api.url is `api_url`, api.token the token
        api.messages    # what was accepted, in order

or, in a thread of its own, `with in_thread(BotApi()) as api:`. Faults are scripted per `sendMessage` request, in
order: `api.fail(Fault.BAD_GATEWAY, times=3)`; those of `editMessageText` with `api.fail_edits`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from http import HTTPStatus
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.servers.telegram_html import CannotParse, Seen, clean, parse, units

TOKEN = "123456:test-AbCdEfGhIjKlMnOpQrStUvWxYz012345"
MAX_UNITS = 4096
GROUP_PER_MINUTE = 20
PRIVATE_BURST = 30
PRIVATE_PER_SECOND = 1.0


class Fault(Enum):
    BAD_GATEWAY = auto()
    """502 with a page of HTML, as a proxy in front gives it."""
    SERVER_ERROR = auto()
    """500 as JSON."""
    FLOOD = auto()
    """429 with `retry_after`."""
    CUT_BEFORE = auto()
    """The connection closes without an answer and without the message being taken."""
    CUT_AFTER = auto()
    """The message is accepted, then the connection closes without an answer."""
    HOLD_AFTER = auto()
    """The message is accepted, and no answer ever comes."""
    HOLD_BEFORE = auto()
    """Nothing is accepted and no answer ever comes."""
    DELAY = auto()
    """Accepted and answered, `seconds` later."""
    NONSENSE = auto()
    """Accepted, and answered by a 200 that is a page of HTML."""
    REFUSE_MARKUP = auto()
    """400 "can't parse entities", whatever the markup."""
    OK = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scripted:
    fault: Fault
    seconds: float = 1.0


@dataclass(slots=True, kw_only=True)
class Chat:
    id: int
    type: str = "private"
    title: str = ""
    username: str = ""
    topics: tuple[int, ...] = ()
    blocked: bool = False
    kicked: bool = False
    migrated_to: int | None = None
    sent_at: deque[float] = field(default_factory=deque)
    tokens: float = PRIVATE_BURST
    tokens_at: float = 0.0

    def as_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"id": self.id, "type": self.type}
        if self.type == "private":
            shown["first_name"] = self.title
        else:
            shown["title"] = self.title
        if self.username:
            shown["username"] = self.username
        if self.topics:
            shown["is_forum"] = True
        return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A message as the chat shows it."""

    message_id: int
    chat: int
    text: str
    """What is visible."""
    raw: str
    """What was sent, markup included."""
    html: bool
    entities: tuple[Seen, ...]
    silent: bool
    thread: int | None
    preview: bool
    reply_to: int | None
    at: float
    """`time.time()`."""
    edited: int = 0
    edited_at: tuple[float, ...] = ()

    def marked(self, kind: str) -> tuple[str, ...]:
        """The texts under entities of a kind ("bold", "text_link")."""
        return tuple(seen.of(self.text) for seen in self.entities if seen.type == kind)

    @property
    def links(self) -> tuple[str, ...]:
        return tuple(seen.url for seen in self.entities if seen.type == "text_link")


class _Refused(Exception):  # noqa: N818  # an answer, not an error of the server
    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class _Cut(Exception):  # noqa: N818  # ends the connection without an answer
    pass


class BotApi:
    def __init__(self, *, token: str = TOKEN, port: int = 0, enforce_rates: bool = True) -> None:
        self.token = token
        self.enforce_rates = enforce_rates
        self.messages: list[Accepted] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        """Every call that came with the right token: method and parameters."""
        self.refused: list[tuple[int, str]] = []
        """Status and description of every refusal."""
        self.updates: list[dict[str, Any]] = []
        self.chats: dict[int, Chat] = {}
        self.on_send: Callable[[dict[str, str]], Scripted | None] | None = None
        """Asked for each `sendMessage` when the script is empty."""
        self.fixed: set[int] = set()
        """Messages that can't be edited, as those that are no text of the bot's own."""
        self._script: deque[Scripted] = deque()
        self._edit_script: deque[Scripted] = deque()
        self._port = port
        self._next_id = 1
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    # --- for tests ---------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        assert self._server is not None, "not started"
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def add_chat(self, chat: int, **options: Any) -> Chat:
        kind = "private" if chat > 0 else "supergroup" if str(chat).startswith("-100") else "group"
        self.chats[chat] = Chat(**{"id": chat, "type": kind, "title": f"Chat {chat}", **options})
        return self.chats[chat]

    def fail(self, fault: Fault, *, times: int = 1, seconds: float = 1.0) -> None:
        self._script.extend(Scripted(fault=fault, seconds=seconds) for _ in range(times))

    def fail_edits(self, fault: Fault, *, times: int = 1, seconds: float = 1.0) -> None:
        self._edit_script.extend(Scripted(fault=fault, seconds=seconds) for _ in range(times))

    def remove(self, message_id: int) -> None:
        """Somebody deletes a message."""
        self.messages = [message for message in self.messages if message.message_id != message_id]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self._port)

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.stop()

    # --- HTTP --------------------------------------------------------------------------------------------------

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while await self._serve_one(reader, writer):
                pass
        except (_Cut, ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        request, *lines = head.split("\r\n")
        method, target, _ = request.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        url = urlsplit(target)
        values = dict(parse_qsl(url.query))
        if headers.get("content-type", "").startswith("application/json"):
            values |= {k: v if isinstance(v, str) else json.dumps(v) for k, v in json.loads(body).items()}
        elif method == "POST":
            values |= dict(parse_qsl(body.decode(), keep_blank_values=True))
        status, kind, content = await self._answer(unquote(url.path), values)
        phrase = HTTPStatus(status).phrase
        writer.write(
            f"HTTP/1.1 {status} {phrase}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode()
            + content
        )
        await writer.drain()
        return headers.get("connection", "").lower() != "close"

    async def _answer(self, path: str, values: dict[str, str]) -> tuple[int, str, bytes]:
        try:
            result = await self._call(path, values)
        except _Refused as refusal:
            self.refused.append((refusal.code, refusal.description))
            answer: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
            if refusal.parameters:
                answer["parameters"] = refusal.parameters
            return refusal.code, "application/json", json.dumps(answer).encode()
        if isinstance(result, tuple):
            return result
        return 200, "application/json", json.dumps({"ok": True, "result": result}).encode()

    async def _call(self, path: str, values: dict[str, str]) -> Any:
        head, _, method = path.removeprefix("/bot").rpartition("/")
        if not path.startswith("/bot") or not head.partition(":")[0].isdigit() or ":" not in head:
            raise _Refused(404, "Not Found")
        if head != self.token:
            raise _Refused(401, "Unauthorized")
        self.requests.append((method, values))
        match method.lower():
            case "getme":
                return {
                    "id": int(head.partition(":")[0]),
                    "is_bot": True,
                    "first_name": "Monitor",
                    "username": "monitor_bot",
                    "can_join_groups": True,
                    "can_read_all_group_messages": False,
                    "supports_inline_queries": False,
                }
            case "getchat":
                return {
                    **self._chat(values).as_json(),
                    "accent_color_id": 0,
                    "max_reaction_count": 11,
                    "accepted_gift_types": {},
                }
            case "getupdates":
                return self.updates
            case "sendmessage":
                return await self._send(values)
            case "editmessagetext":
                scripted = self._edit_script.popleft() if self._edit_script else None
                return await self._scripted(scripted, values, self._edit)
            case _:
                raise _Refused(404, "Not Found: method not found")

    # --- the Bot API -------------------------------------------------------------------------------------------

    async def _send(self, values: dict[str, str]) -> Any:
        scripted = self._script.popleft() if self._script else self.on_send(values) if self.on_send else None
        return await self._scripted(scripted, values, self._accept)

    async def _scripted(
        self, scripted: Scripted | None, values: dict[str, str], do: Callable[[dict[str, str]], Accepted]
    ) -> Any:
        fault = scripted.fault if scripted else Fault.OK
        seconds = scripted.seconds if scripted else 0.0
        match fault:
            case Fault.BAD_GATEWAY:
                self.refused.append((502, "Bad Gateway"))
                return 502, "text/html", b"<html><head><title>502 Bad Gateway</title></head><body></body></html>"
            case Fault.SERVER_ERROR:
                raise _Refused(500, "Internal Server Error")
            case Fault.FLOOD:
                raise _flood(seconds)
            case Fault.REFUSE_MARKUP if values.get("parse_mode"):
                raise _Refused(400, "Bad Request: can't parse entities: scripted")
            case Fault.CUT_BEFORE:
                raise _Cut
            case Fault.HOLD_BEFORE:
                await asyncio.Event().wait()
            case _:
                pass
        accepted = do(values)
        match fault:
            case Fault.CUT_AFTER:
                raise _Cut
            case Fault.HOLD_AFTER:
                await asyncio.Event().wait()
            case Fault.DELAY:
                await asyncio.sleep(seconds)
            case Fault.NONSENSE:
                return 200, "text/html", b"<html><body>Welcome to this network</body></html>"
            case _:
                pass
        return self._shown(accepted)

    def _reached(self, values: dict[str, str]) -> Chat:
        chat = self._chat(values)
        if chat.blocked:
            raise _Refused(403, "Forbidden: bot was blocked by the user")
        if chat.kicked:
            raise _Refused(403, f"Forbidden: bot was kicked from the {chat.type} chat")
        if chat.migrated_to is not None:
            raise _Refused(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        return chat

    def _accept(self, values: dict[str, str]) -> Accepted:
        chat = self._reached(values)
        raw, text, entities = _read(values)
        thread = int(values["message_thread_id"]) if values.get("message_thread_id") else None
        if thread is not None and thread not in chat.topics:
            raise _Refused(400, "Bad Request: message thread not found")
        if self.enforce_rates:
            _count(chat)
        preview = json.loads(values.get("link_preview_options", "{}"))
        reply = json.loads(values.get("reply_parameters", "{}"))
        reply_to = reply.get("message_id")
        if reply_to is not None and not any((m.chat, m.message_id) == (chat.id, reply_to) for m in self.messages):
            if not reply.get("allow_sending_without_reply"):
                raise _Refused(400, "Bad Request: message to be replied not found")
            reply_to = None
        accepted = Accepted(
            reply_to=reply_to,
            message_id=self._next_id,
            chat=chat.id,
            text=text,
            raw=raw,
            html=values.get("parse_mode", "").lower() == "html",
            entities=entities,
            silent=values.get("disable_notification", "").lower() == "true",
            thread=thread,
            preview=not preview.get("is_disabled", False),
            at=time.time(),
        )
        self._next_id += 1
        self.messages.append(accepted)
        return accepted

    def _edit(self, values: dict[str, str]) -> Accepted:
        """Edits count towards the limits as messages do."""
        chat = self._reached(values)
        for i, message in enumerate(self.messages):
            if (message.chat, str(message.message_id)) == (chat.id, values.get("message_id")):
                if message.message_id in self.fixed:
                    raise _Refused(400, "Bad Request: message can't be edited")
                raw, text, entities = _read(values)
                if self.enforce_rates:
                    _count(chat)
                if (text, entities) == (message.text, message.entities):
                    raise _Refused(
                        400,
                        "Bad Request: message is not modified: specified new message content and reply markup are"
                        " exactly the same as a current content and reply markup of the message",
                    )
                self.messages[i] = replace(
                    message,
                    raw=raw,
                    text=text,
                    entities=entities,
                    html=values.get("parse_mode", "").lower() == "html",
                    edited=message.edited + 1,
                    edited_at=(*message.edited_at, time.time()),
                )
                return self.messages[i]
        raise _Refused(400, "Bad Request: message to edit not found")

    def _chat(self, values: dict[str, str]) -> Chat:
        wanted = values.get("chat_id", "")
        if not wanted:
            raise _Refused(400, "Bad Request: chat_id is empty")
        for chat in self.chats.values():
            if wanted == str(chat.id) or (chat.username and wanted.lower() == f"@{chat.username}".lower()):
                return chat
        raise _Refused(400, "Bad Request: chat not found")

    def _shown(self, message: Accepted) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "message_id": message.message_id,
            "date": int(message.at),
            "chat": self.chats[message.chat].as_json(),
            "text": message.text,
        }
        if message.entities:
            shown["entities"] = [
                {"type": e.type, "offset": e.offset, "length": e.length} | ({"url": e.url} if e.url else {})
                for e in message.entities
            ]
        if message.thread is not None:
            shown |= {"message_thread_id": message.thread, "is_topic_message": True}
        return shown


def _read(values: dict[str, str]) -> tuple[str, str, tuple[Seen, ...]]:
    raw = values.get("text", "")
    mode = values.get("parse_mode", "").lower()
    if mode == "html":
        try:
            text, entities = parse(raw)
        except CannotParse as complaint:
            raise _Refused(400, f"Bad Request: can't parse entities: {complaint}") from None
    elif mode:
        raise _Refused(400, "Bad Request: unsupported parse_mode")
    else:
        text, entities = clean(raw).strip(), ()
    if not text:
        raise _Refused(400, "Bad Request: message text is empty")
    if units(text) > MAX_UNITS:
        raise _Refused(400, "Bad Request: message is too long")
    return raw, text, entities


def _count(chat: Chat) -> None:
    now = time.monotonic()
    if chat.type == "private":
        chat.tokens = min(PRIVATE_BURST, chat.tokens + (now - chat.tokens_at) * PRIVATE_PER_SECOND)
        chat.tokens_at = now
        if chat.tokens < 1:
            raise _flood((1 - chat.tokens) / PRIVATE_PER_SECOND)
        chat.tokens -= 1
        return
    while chat.sent_at and now - chat.sent_at[0] >= 60:
        chat.sent_at.popleft()
    if len(chat.sent_at) >= GROUP_PER_MINUTE:
        raise _flood(60 - (now - chat.sent_at[0]))
    chat.sent_at.append(now)


def _flood(seconds: float) -> _Refused:
    wait = max(1, math.ceil(seconds))
    return _Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
