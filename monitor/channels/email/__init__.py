"""Mail over SMTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import getaddresses
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from monitor.core.model import ChannelId, Secret

if TYPE_CHECKING:
    from monitor.channels.email.channel import EmailChannel


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailOptions:
    host: str = field(metadata={"help": "The SMTP server."})
    port: int = field(default=0, metadata={"help": "0: 587 for starttls, 465 for implicit, 25 for none."})
    tls: Literal["starttls", "implicit", "none"] = field(
        default="starttls", metadata={"help": "starttls and implicit are required and verified, never optional."}
    )
    username: str = field(default="", metadata={"help": "Empty: no login."})
    password: Secret | None = field(default=None, metadata={"help": "For the login."})
    sender: str = field(metadata={"alias": "from", "help": "Address, or Name <address>."})
    to: tuple[str, ...] = field(metadata={"help": "Addresses; all are on one message."})
    ca_file: str = field(default="", metadata={"help": "PEM file of a certificate authority of your own."})
    on_uncertain: Literal["resend", "hold"] = field(
        default="resend",
        metadata={"help": "When no answer came: send again under the same Message-Id, or keep for the operator."},
    )
    timeout: timedelta = field(default=timedelta(seconds=60), metadata={"help": "For each step of the conversation."})

    def check(self) -> list[tuple[str, str, str]]:
        problems = []
        if not self.host:
            problems.append(("host", "the SMTP server has no name", "such as smtp.example.org"))
        if not 0 <= self.port <= 65535:
            problems.append(("port", f"{self.port} is not a port", "such as 587"))
        for key, addresses in (("from", (self.sender,)), ("to", self.to)):
            problems.extend(
                (key, f"{address!r} is not a mail address", "such as desk@example.org")
                for address in addresses
                if not is_address(address)
            )
        if not self.to:
            problems.append(("to", "nobody would get this mail", "name at least one address"))
        if self.username and not self.password:
            problems.append(("username", "a login needs a password", "add password or password_file"))
        if self.password and not self.username:
            problems.append(("password", "a password needs a name", "add username"))
        if self.ca_file and not Path(self.ca_file).is_file():
            problems.append(("ca_file", f"there is no file {self.ca_file!r}", "a PEM file"))
        if self.timeout.total_seconds() <= 0:
            problems.append(("timeout", "a conversation needs some time", "such as 60s"))
        return problems

    def open(self, channel: ChannelId, /) -> EmailChannel:
        from monitor.channels.email.channel import EmailChannel  # noqa: PLC0415  # slow to import: only when used

        return EmailChannel(channel, self)


def is_address(text: str) -> bool:
    """One mailbox: the part before the @ is ASCII (SMTPUTF8 is rare), the domain may be international."""
    found = getaddresses([text])
    if len(found) != 1 or not text.isprintable():
        return False
    local, _, domain = found[0][1].rpartition("@")
    if not local or not domain or not local.isascii() or " " in local + domain:
        return False
    return not domain.startswith(".") and not domain.endswith(".")
