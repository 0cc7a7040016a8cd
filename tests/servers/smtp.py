"""An SMTP server on loopback that keeps what it accepts, parsed.

    async with MailServer(tls="starttls", login=("monitor", "secret")) as mail:
        …    # mail.port, mail.ca_file
        mail.messages

or, in a thread of its own, `with in_thread(MailServer()) as mail:`. Faults are scripted per connection, in order, and
strike at a stage: `mail.fail(Stage.RCPT, "450 4.2.1 try later")`; without an answer the connection is cut there. At
`Stage.ACCEPTED` the mail is kept first.
"""

from __future__ import annotations

import asyncio
import atexit
import shutil
import ssl
import subprocess
import tempfile
from collections import deque
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Stage(StrEnum):
    CONNECT = "connect"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    """Before the mail is asked for."""
    BODY = "body"
    """After it was sent; it is not kept."""
    ACCEPTED = "accepted"
    """After it was kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    stage: Stage
    answer: str | None = None
    """None cuts the connection."""
    hold: bool = False
    """Never answers instead."""
    recipient: str = ""
    """For RCPT: only this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    parsed: EmailMessage
    encrypted: bool
    user: str

    @property
    def message_id(self) -> str:
        return str(self.parsed["Message-ID"])

    @property
    def subject(self) -> str:
        return str(self.parsed["Subject"])

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: Literal["plain", "html"]) -> str:
        part = self.parsed.get_body((kind,))
        return "" if part is None else str(part.get_content())


class MailServer:
    def __init__(
        self,
        *,
        tls: Literal["starttls", "implicit", "none"] = "none",
        login: tuple[str, str] | None = None,
        port: int = 0,
    ) -> None:
        self.tls = tls
        self.login = login
        self.messages: list[Mail] = []
        self.connections = 0
        self._port = port
        self._faults: deque[Fault] = deque()
        self._server: asyncio.Server | None = None
        self._context: ssl.SSLContext | None = None
        self._open: set[_Conversation] = set()

    # --- for tests ---------------------------------------------------------------------------------------------

    @property
    def host(self) -> str:
        return "127.0.0.1"

    @property
    def port(self) -> int:
        assert self._server is not None, "not started"
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    @property
    def ca_file(self) -> str:
        """The authority that vouches for this server, in PEM."""
        return str(certificates() / "ca.pem")

    def fail(
        self, stage: Stage, answer: str | None = None, *, times: int = 1, hold: bool = False, recipient: str = ""
    ) -> None:
        self._faults.extend(Fault(stage=stage, answer=answer, hold=hold, recipient=recipient) for _ in range(times))

    async def start(self) -> None:
        if self.tls != "none":
            folder = await asyncio.to_thread(certificates)
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(folder / "server.pem", folder / "server.key")
        self._server = await asyncio.get_running_loop().create_server(
            lambda: _Conversation(self, self._context),
            "127.0.0.1",
            self._port,
            ssl=self._context if self.tls == "implicit" else None,
        )

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for conversation in list(self._open):
            conversation.cut()
        await asyncio.sleep(0)
        await self._server.wait_closed()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.stop()

    # --- for the conversation ----------------------------------------------------------------------------------

    def next_fault(self) -> Fault | None:
        return self._faults.popleft() if self._faults else None

    def took_part(self, conversation: _Conversation, *, ended: bool) -> None:
        if ended:
            self._open.discard(conversation)
        else:
            self.connections += 1
            self._open.add(conversation)


class _Conversation(SMTP):
    """One connection; its fault, if it has one, is drawn when it begins."""

    def __init__(self, server: MailServer, context: ssl.SSLContext | None) -> None:
        self._mail_server = server
        self._fault: Fault | None = None
        super().__init__(
            _Handler(server),
            hostname="mail.test",
            tls_context=context if server.tls == "starttls" else None,
            require_starttls=server.tls == "starttls",
            authenticator=self._check_login if server.login else None,
            auth_require_tls=server.tls == "starttls",
            enable_SMTPUTF8=False,
        )

    @property
    def fault(self) -> Fault | None:
        return self._fault

    def connection_made(self, transport: Any) -> None:
        if self._fault is None and self not in self._mail_server._open:
            self._fault = self._mail_server.next_fault()
        self._mail_server.took_part(self, ended=False)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._mail_server.took_part(self, ended=True)
        super().connection_lost(error)

    async def push(self, status: str | bytes) -> None:
        text = status.decode() if isinstance(status, bytes) else status
        if text.startswith("220 mail.test") and (answer := await self.struck(Stage.CONNECT)):
            text = answer
        await super().push(text)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  # aiosmtpd's name
        if answer := await self.struck(Stage.DATA):
            await self.push(answer)
            return
        await super().smtp_DATA(arg)

    async def struck(self, stage: Stage, recipient: str = "") -> str | None:
        """The answer to give instead of the usual one."""
        fault = self._fault
        if fault is None or fault.stage is not stage or (fault.recipient and fault.recipient != recipient):
            return None
        if fault.hold:
            await asyncio.Event().wait()
        if fault.answer is None:
            self.cut()
            raise ConnectionResetError("scripted")
        return fault.answer

    def cut(self) -> None:
        if self.transport is not None:
            self.transport.abort()

    def _check_login(self, server: Any, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        fault = self._fault
        if fault is not None and fault.stage is Stage.AUTH and fault.answer:
            return AuthResult(success=False, handled=False, message=fault.answer)
        given = cast("LoginPassword", data)
        is_right = (given.login.decode(), given.password.decode()) == self._mail_server.login
        return AuthResult(success=is_right, handled=False, auth_data=given.login.decode())


class _Handler:
    def __init__(self, server: MailServer) -> None:
        self._server = server

    async def handle_MAIL(  # noqa: N802  # aiosmtpd's name
        self, server: Any, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if answer := await server.struck(Stage.MAIL):
            return cast("str", answer)
        if self._server.login and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: Any, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if answer := await server.struck(Stage.RCPT, address):
            return cast("str", answer)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: Any, session: Session, envelope: Envelope
    ) -> str:
        if answer := await server.struck(Stage.BODY):
            return cast("str", answer)
        raw = envelope.content
        assert isinstance(raw, bytes)
        self._server.messages.append(
            Mail(
                sender=envelope.mail_from or "",
                recipients=tuple(envelope.rcpt_tos),
                raw=raw,
                parsed=cast("EmailMessage", BytesParser(policy=default).parsebytes(raw)),
                encrypted=server.transport.get_extra_info("sslcontext") is not None,
                user=str(session.auth_data or ""),
            )
        )
        if answer := await server.struck(Stage.ACCEPTED):
            return cast("str", answer)
        return "250 OK"


@cache
def certificates() -> Path:
    """A certificate authority (`ca.pem`) and a certificate for 127.0.0.1 and localhost (`server.pem`, `server.key`),
    made once per process."""
    folder = Path(tempfile.mkdtemp(prefix="monitor-test-ca-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    openssl(
        "req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Test authority",
        "-addext", "keyUsage=critical,keyCertSign,cRLSign",
    )  # fmt: skip
    openssl("req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=mail.test")
    (folder / "server.ext").write_text(
        "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n"
        "subjectAltName=IP:127.0.0.1,DNS:localhost\nauthorityKeyIdentifier=keyid\nsubjectKeyIdentifier=hash\n"
    )
    openssl(
        "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
        "-out", "server.pem", "-days", "2", "-extfile", "server.ext",
    )  # fmt: skip
    return folder
