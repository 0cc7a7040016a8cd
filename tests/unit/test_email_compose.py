"""Mail as it is put together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.channels.email import EmailOptions, is_address
from monitor.channels.email.compose import address, compose, identifier
from monitor.core.model import Message, Secret

NOW = datetime(2025, 2, 13, 3, 14, tzinfo=UTC)
SENDER = address("Monitor <monitor@example.org>")


def mail(message: Message) -> EmailMessage:
    composed = compose(message, sender=SENDER, to=(address("desk@example.org"),), list_id="mail.example.org", now=NOW)
    return cast("EmailMessage", BytesParser(policy=default).parsebytes(composed.as_bytes()))


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300), st.text(max_size=60), st.text(max_size=60))
def test_no_text_can_add_a_header_or_break_the_mail(subject: str, text: str, html: str, key: str, thread: str) -> None:
    found = mail(Message(key=key, subject=subject, text=text, html=html, thread=thread))
    expected = {"from", "to", "subject", "date", "message-id", "list-id", "auto-submitted", "mime-version"}
    extra = {"in-reply-to", "references"} if thread else set()
    content = {"content-type", "content-transfer-encoding"}
    assert {name.lower() for name in found} - content == expected | extra
    assert len(found.keys()) == len(set(found.keys()))
    assert found["To"] == "desk@example.org"
    body = found.get_body(("plain",))
    assert body is not None
    sound = text.encode("utf-8", "replace").decode()
    assert body.get_content().splitlines() == f"{sound}\n".splitlines()


def test_a_subject_with_line_breaks_is_one_line() -> None:
    found = mail(Message(key="k", subject="One\r\nBcc: all@example.org\u2028two\x00", text="t"))
    assert found["Subject"] == "One Bcc: all@example.org two"
    assert found["Bcc"] is None


def test_messages_of_one_story_answer_to_the_same_id() -> None:
    one, two = (mail(Message(key=key, subject="s", text="t", thread="story-1")) for key in ("a", "b"))
    assert one["In-Reply-To"] == two["In-Reply-To"] == "<story-1@example.org>"
    assert one["Message-ID"] != two["Message-ID"]


def test_a_message_without_markup_is_plain_mail() -> None:
    found = mail(Message(key="k", subject="s", text="tschüß"))
    assert found.get_content_type() == "text/plain"
    assert found.get_content().splitlines() == ["tschüß"]


@settings(deadline=None)
@given(st.text())
def test_an_identifier_is_one_token_and_stable(key: str) -> None:
    made = identifier(key, "example.org")
    assert made == identifier(key, "example.org")
    assert made.startswith("<")
    assert made.endswith("@example.org>")
    assert made.isascii()
    assert not set(made[1:-1]) & set(" <>\r\n\t\"")  # fmt: skip
    assert made.count("@") == 1


def test_an_international_domain_becomes_ascii() -> None:
    assert address("Pošta <desk@bücher.example>").addr_spec == "desk@xn--bcher-kva.example"


@pytest.mark.parametrize("text", ["desk@example.org", "Desk <desk@example.org>", "d.e+k@bücher.example"])
def test_an_address_is_known(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    ["", "desk", "desk@", "@example.org", "dešk@example.org", "a@b\r\nRCPT TO:<x@y>", "a b@c", "a@.b", "a@b.c, d@e.f"],
)
def test_what_is_no_address_is_known(text: str) -> None:
    assert not is_address(text)


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"host": ""}, "host"),
        ({"port": 70000}, "port"),
        ({"sender": "monitor"}, "from"),
        ({"to": ("desk@example.org", "night")}, "to"),
        ({"to": ()}, "to"),
        ({"username": "monitor"}, "username"),
        ({"password": Secret("hidden")}, "password"),
        ({"ca_file": "/does/not/exist.pem"}, "ca_file"),
        ({"timeout": timedelta(0)}, "timeout"),
    ],
)
def test_wrong_options_are_named_by_their_key(wrong: dict[str, Any], key: str) -> None:
    options = {"host": "mail.example.org", "sender": "monitor@example.org", "to": ("desk@example.org",)} | wrong
    ((found, what, remedy),) = EmailOptions(**options).check()
    assert found == key
    assert what
    assert remedy
    assert "hidden" not in what
