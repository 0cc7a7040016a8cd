"""The Bot API of our tests refuses what Telegram refuses, in its words: else our other tests would prove nothing."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.servers.telegram import PRIVATE_BURST, BotApi
from tests.servers.telegram_html import CannotParse, parse
from tests.servers.threads import in_thread


async def call(api: BotApi, method: str, **values: Any) -> dict[str, Any]:
    async with httpx.AsyncClient(verify=False) as client:
        answer = await client.post(f"{api.url}/bot{api.token}/{method}", data=values)
    found: dict[str, Any] = answer.json()
    assert found.get("error_code", 200) == answer.status_code
    return found


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é <p>x</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b x>y</b>", 'Expected equal sign in declaration of an attribute of the tag "b" at byte offset 0'),
    ],
)
def test_markup_is_refused_as_telegram_refuses_it(html: str, complaint: str) -> None:
    with pytest.raises(CannotParse) as refused:
        parse(html)
    assert str(refused.value) == complaint


def test_entities_are_counted_in_utf_16_of_the_trimmed_text() -> None:
    text, entities = parse(" \n🔴 <b>x &lt;&amp;&#34;&#x27;&nbsp;</b> <a href='http://e.org/?a&amp;b'>l</a> ")
    assert text == "🔴 x <&\"'&nbsp; l"
    assert [(seen.type, seen.offset, seen.of(text), seen.url) for seen in entities] == [
        ("bold", 3, "x <&\"'&nbsp;", ""),
        ("text_link", 16, "l", "http://e.org/?a&b"),
    ]


async def test_length_is_measured_after_the_entities() -> None:
    async with BotApi() as api:
        api.add_chat(1)
        fits = await call(api, "sendMessage", chat_id=1, text=f"<b>{'&lt;' * 4096}</b>", parse_mode="HTML")
        too_long = await call(api, "sendMessage", chat_id=1, text="🔴" * 2048 + "x")
        empty = await call(api, "sendMessage", chat_id=1, text="<b> </b>", parse_mode="HTML")
    assert fits["ok"]
    assert too_long["description"] == "Bad Request: message is too long"
    assert empty["description"] == "Bad Request: message text is empty"


async def test_a_group_takes_twenty_a_minute_and_a_person_a_burst() -> None:
    async with BotApi() as api:
        api.add_chat(-1)
        api.add_chat(1)
        group = [await call(api, "sendMessage", chat_id=-1, text="x") for _ in range(22)]
        person = [await call(api, "sendMessage", chat_id=1, text="x") for _ in range(PRIVATE_BURST)]
    assert [answer["ok"] for answer in group] == [True] * 20 + [False] * 2
    assert 0 < group[-1]["parameters"]["retry_after"] <= 60
    assert all(answer["ok"] for answer in person)


async def test_tokens_and_methods_are_told_apart() -> None:
    async with BotApi() as api, httpx.AsyncClient(verify=False) as client:
        wrong = await client.post(f"{api.url}/bot1:wrong/getMe")
        malformed = await client.post(f"{api.url}/botwrong/getMe")
        unknown = await client.post(f"{api.url}/bot{api.token}/getNothing")
    assert [answer.status_code for answer in (wrong, malformed, unknown)] == [401, 404, 404]


async def test_an_edit_changes_the_message_and_must_change_something() -> None:
    async with BotApi() as api:
        api.add_chat(1)
        sent = await call(api, "sendMessage", chat_id=1, text="one")
        number = sent["result"]["message_id"]
        edited = await call(api, "editMessageText", chat_id=1, message_id=number, text="<b>two</b>", parse_mode="HTML")
        same = await call(api, "editMessageText", chat_id=1, message_id=number, text="<b>two</b>", parse_mode="HTML")
        missing = await call(api, "editMessageText", chat_id=1, message_id=99, text="x")
        (message,) = api.messages
    assert edited["ok"]
    assert (message.text, message.edited) == ("two", 1)
    assert same["description"].startswith("Bad Request: message is not modified")
    assert missing["description"] == "Bad Request: message to edit not found"


def test_it_serves_from_a_thread() -> None:
    with in_thread(BotApi()) as api:
        api.add_chat(1)
        answer = httpx.get(f"{api.url}/bot{api.token}/sendMessage", params={"chat_id": 1, "text": "x"})
        assert answer.json()["ok"]
    assert api.texts == ["x"]


async def test_edits_count_towards_the_limits_and_some_messages_can_not_be_edited() -> None:
    async with BotApi() as api:
        api.add_chat(1)
        sent = await call(api, "sendMessage", chat_id=1, text="0")
        number = sent["result"]["message_id"]
        answers = [
            await call(api, "editMessageText", chat_id=1, message_id=number, text=str(n))
            for n in range(1, PRIVATE_BURST + 1)
        ]
        assert [a["ok"] for a in answers] == [True] * (PRIVATE_BURST - 1) + [False]
        assert answers[-1]["error_code"] == 429
        api.chats[1].tokens = PRIVATE_BURST
        api.fixed.add(number)
        fixed = await call(api, "editMessageText", chat_id=1, message_id=number, text="x")
        api.chats[1].blocked = True
        blocked = await call(api, "editMessageText", chat_id=1, message_id=number, text="x")
    assert fixed["description"] == "Bad Request: message can't be edited"
    assert blocked["error_code"] == 403
