"""The one door to aiosmtplib: a conversation step by step, so that each failure says whether the mail may have left."""

from __future__ import annotations

import re
import ssl
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import aiosmtplib

from monitor.channels.email.compose import address, compose
from monitor.core.model import ChannelId, Message
from monitor.core.ports import Answer, Checked, Limit, Rejected, Sent, Trouble, TryLater, Uncertain, Unreachable

if TYPE_CHECKING:
    from monitor.channels.email import EmailOptions

PORTS = {"starttls": 587, "implicit": 465, "none": 25}
START_INPUT = 354

LIMITS = (Limit(count=30, period=timedelta(minutes=1)),)

DEFERRAL_PATIENCE = timedelta(minutes=15)
"""How long all recipients wait for one whose server says "later" (greylisting); after that the mail goes without it."""

_FAILURES = (aiosmtplib.SMTPException, OSError)
_LINE_START_DOT = re.compile(rb"^\.", re.MULTILINE)


class EmailChannel:
    kind = "email"
    limits = LIMITS

    def __init__(self, channel: ChannelId, options: EmailOptions) -> None:
        self.id = channel
        self.hold_uncertain = options.on_uncertain == "hold"
        self._options = options
        self._port = options.port or PORTS[options.tls]
        self._sender = address(options.sender)
        self._to = tuple(address(one) for one in options.to)
        self._list_id = f"{re.sub(r'[^A-Za-z0-9-]+', '-', channel)}.monitor.{self._sender.domain}"
        self._tls: ssl.SSLContext | None = None
        self._deferred: dict[str, datetime] = {}
        """Recipient -> since when it has been put off."""

    @property
    def lane(self) -> str:
        recipients = ",".join(sorted(one.addr_spec for one in self._to))
        return f"email:{self._options.host}:{self._port}:{recipients}"

    def parts(self, message: Message) -> tuple[Message, ...]:
        return (message,)

    async def send(self, message: Message) -> Answer:
        mail = compose(message, sender=self._sender, to=self._to, list_id=self._list_id, now=datetime.now(UTC))
        smtp = self._client()
        try:
            refusal = await self._connect(smtp)
            if refusal is not None:
                return refusal
            answer = await self._deliver(smtp, mail.as_bytes(), str(mail["Message-ID"]))
            if not isinstance(answer, Uncertain):
                with suppress(*_FAILURES):
                    await smtp.quit(timeout=2)
        except _FAILURES as failure:
            return TryLater(why=self._why(failure))
        finally:
            smtp.close()
        return answer

    async def check(self) -> Checked | Unreachable:
        smtp = self._client()
        try:
            refusal = await self._connect(smtp)
        except _FAILURES as failure:
            late = isinstance(failure, TimeoutError)
            return Unreachable(trouble=Trouble.TIMEOUT if late else Trouble.NO_CONNECTION, detail=self._why(failure))
        finally:
            smtp.close()
        if refusal is not None:
            return Unreachable(trouble=Trouble.BLOCKED, detail=refusal.why)
        login = f", logged in as {self._options.username}" if self._options.username else ""
        return Checked(detail=f"{self._options.host}:{self._port} answers (tls: {self._options.tls}){login}")

    async def close(self) -> None:
        """Nothing stays open between two mails."""

    def _client(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self._options.host,
            port=self._port,
            use_tls=self._options.tls == "implicit",
            start_tls=False,  # done here, to tell its failures from others
            local_hostname=self._sender.domain,
            timeout=self._options.timeout.total_seconds(),
            tls_context=None if self._options.tls == "none" else self._tls_context(),
        )

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
            if self._options.ca_file:
                self._tls.load_verify_locations(self._options.ca_file)
        return self._tls

    async def _connect(self, smtp: aiosmtplib.SMTP) -> TryLater | Rejected | None:
        """None: ready for mail. What is refused up to there concerns every mail."""
        try:
            await smtp.connect()
            if self._options.tls == "starttls":
                await smtp.starttls()
            if self._options.username:
                password = self._options.password.reveal() if self._options.password else ""
                await smtp.login(self._options.username, password)
        except aiosmtplib.SMTPResponseException as refusal:
            return self._refusal(refusal.code, refusal.message, target_gone=True)
        except (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPConnectError, aiosmtplib.SMTPTimeoutError):
            raise
        except aiosmtplib.SMTPException as lacking:  # STARTTLS or AUTH, which the server does not offer
            return Rejected(why=self._why(lacking), target_gone=True)
        return None

    async def _deliver(self, smtp: aiosmtplib.SMTP, mail: bytes, ref: str) -> Answer:
        try:
            await smtp.mail(self._sender.addr_spec)
        except aiosmtplib.SMTPSenderRefused as refusal:
            return self._refusal(refusal.code, refusal.message, target_gone=True)
        refused: list[aiosmtplib.SMTPRecipientRefused] = []
        for recipient in self._to:
            try:
                await smtp.rcpt(recipient.addr_spec)
                self._deferred.pop(recipient.addr_spec, None)
            except aiosmtplib.SMTPRecipientRefused as refusal:
                refused.append(refusal)
        note = "; ".join(f"{one.recipient} was refused: {one.code} {one.message}" for one in refused)
        if len(refused) == len(self._to):
            worth_trying = [one.code for one in refused if 400 <= one.code < 500]
            return TryLater(why=note) if worth_trying else Rejected(why=note, target_gone=True)
        if self._worth_waiting(refused):
            return TryLater(why=note)
        start = await smtp.execute_command(b"DATA")
        if start.code != START_INPUT or smtp.protocol is None:
            return self._refusal(start.code, start.message)
        # not smtp.data(): whether the connection was lost before or after the mail left is the question here
        smtp.protocol.write(b"%b\r\n.\r\n" % _LINE_START_DOT.sub(b"..", mail).removesuffix(b"\r\n"))
        try:
            reply = await smtp.protocol.read_response(timeout=self._options.timeout.total_seconds())
        except _FAILURES as failure:
            return Uncertain(why=f"the mail went out, no answer came: {self._why(failure)}")
        return Sent(ref=ref, note=note) if 200 <= reply.code < 300 else self._refusal(reply.code, reply.message)

    def _worth_waiting(self, refused: list[aiosmtplib.SMTPRecipientRefused]) -> bool:
        """A mail that went without a recipient is lost to it, so one that is only put off is waited for."""
        now = datetime.now(UTC)
        put_off = [one.recipient for one in refused if 400 <= one.code < 500]
        return any(now - self._deferred.setdefault(one, now) < DEFERRAL_PATIENCE for one in put_off)

    def _refusal(self, code: int, message: str, *, target_gone: bool = False) -> TryLater | Rejected:
        why = self._line(f"{code} {message}")
        return Rejected(why=why, target_gone=target_gone) if 500 <= code < 600 else TryLater(why=why)

    def _why(self, failure: BaseException) -> str:
        return self._line(f"{type(failure).__name__}: {failure}")

    def _line(self, text: str) -> str:
        password = self._options.password.reveal() if self._options.password else ""
        line = " ".join(text.split())
        return (line.replace(password, "***") if password else line)[:300]
