"""A message as mail. Pure but for the date, which the caller gives."""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from monitor.core.model import Message

REPEAT = "(This may be a repeat: the first attempt got no answer.)"

_POLICY = SMTP.clone(cte_type="7bit")  # base64 or quoted-printable: not every server on the way takes 8 bits
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")


def address(written: str) -> Address:
    """`Name <local@domain>` or a bare address; an international domain becomes ASCII."""
    name, plain = parseaddr(written)
    local, _, domain = plain.rpartition("@")
    return Address(display_name=name, username=local, domain=ascii_domain(domain))


def ascii_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain.encode("ascii", "ignore").decode("ascii")


def identifier(key: str, domain: str) -> str:
    """The same key gives the same Message-Id, whatever characters it has."""
    return f"<{_NOT_IN_ID.sub('-', key).strip('.-') or 'message'}@{domain}>"


def compose(message: Message, *, sender: Address, to: tuple[Address, ...], list_id: str, now: datetime) -> EmailMessage:
    """The thread's own id belongs to no message: all messages of a story answer to it, so that clients fold them
    together whichever of them arrive."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = one_line(message.subject) or "(no subject)"
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = identifier(message.key, sender.domain)
    if message.thread:
        thread = identifier(message.thread, sender.domain)
        mail["In-Reply-To"] = thread
        mail["References"] = thread
    mail["List-Id"] = f"<{list_id}>"
    mail["Auto-Submitted"] = "auto-generated"
    text, html = _sound(message.text), _sound(message.html)
    if message.may_repeat:
        text = f"{text}\n\n{REPEAT}"
        html = f"{html}<p>{REPEAT}</p>" if html else ""
    mail.set_content(f"{text}\n")
    if html:
        mail.add_alternative(f"{html}\n", subtype="html")
    return mail


def one_line(text: str) -> str:
    """What may stand in a header: a line break there would begin another header."""
    return " ".join("".join(c if c.isprintable() else " " for c in _sound(text)).split())


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
