"""A Telegram chat, against a Bot API server on loopback that enforces Telegram's rules."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from monitor.channels.telegram import TelegramOptions
from monitor.channels.telegram.channel import TelegramChannel
from monitor.channels.telegram.client import KnownChat, _body, _result_of
from monitor.core.model import ChannelId, Message, Secret
from monitor.core.ports import Checked, Rejected, Sent, Trouble, TryLater, Uncertain, Unreachable
from tests.servers.telegram import BotApi, Fault

DESK = -1001234567890
ALERT = Message(
    key="alert-7",
    subject="[nato] Title",
    text="plain",
    html='<b>nato</b>\n<a href="https://example.org/?a=1&amp;b=2">R&amp;D &lt;now&gt;</a>',
    thread="story-9",
)


def channel(api: BotApi, **options: Any) -> TelegramChannel:
    given: dict[str, Any] = {"token": Secret(api.token), "chat": DESK, "api_url": api.url}
    return TelegramOptions(**given | options).open(ChannelId("desk"))


async def deliver(desk: TelegramChannel, message: Message = ALERT) -> Any:
    """The answer to a message of one part."""
    (part,) = desk.parts(message)
    try:
        return await desk.send(part)
    finally:
        await desk.close()


@pytest.fixture
async def api() -> Any:
    async with BotApi() as server:
        server.add_chat(DESK, title="Desk", topics=(12,))
        yield server


async def test_a_message_arrives_as_it_was_written(api: BotApi) -> None:
    answer = await deliver(channel(api))
    (message,) = api.messages
    assert answer == Sent(ref=str(message.message_id))
    assert message.text == "nato\nR&D <now>"
    assert message.marked("bold") == ("nato",)
    assert message.links == ("https://example.org/?a=1&b=2",)
    assert not message.preview
    assert not message.silent
    assert message.thread is None


async def test_a_quiet_message_makes_no_sound_and_a_topic_is_kept(api: BotApi) -> None:
    quiet = Message(key="k", subject="s", text="t", html="t", silent=True)
    await deliver(channel(api, topic=12, preview=True), quiet)
    (message,) = api.messages
    assert message.silent
    assert message.thread == 12
    assert message.preview


async def test_a_message_without_markup_is_sent_as_it_is(api: BotApi) -> None:
    await deliver(channel(api), Message(key="k", subject="s", text="1 < 2 & <b>"))
    assert api.texts == ["1 < 2 & <b>"]


async def test_a_repeat_says_so(api: BotApi) -> None:
    await deliver(channel(api), Message(key="k", subject="s", text="t", html="<b>t</b>", may_repeat=True))
    assert api.texts == ["t\n\n(may be a repeat)"]


async def test_every_part_of_a_long_message_is_accepted_even_as_a_repeat(api: BotApi) -> None:
    desk = channel(api)
    blocks = "\n\n".join(f'<b>Nr. {n}</b> 🔴 <a href="https://example.org/{n}">{"𝔘word " * 40}</a>' for n in range(40))
    message = Message(key="digest", subject="s", text="", html=blocks, may_repeat=True)
    parts = desk.parts(message)
    answers = [await desk.send(part) for part in parts]
    await desk.close()
    assert all(isinstance(answer, Sent) for answer in answers)
    assert [part.key for part in parts] == [f"digest.{n}" for n in range(1, len(parts) + 1)]
    assert len(parts) > 2
    assert api.texts[0].startswith("Nr. 0 ")
    assert all(text.startswith("Nr. ") for text in api.texts)


async def test_a_flood_wait_is_passed_on(api: BotApi) -> None:
    api.fail(Fault.FLOOD, seconds=37)
    answer = await deliver(channel(api))
    assert isinstance(answer, TryLater)
    assert answer.after == timedelta(seconds=37)


async def test_the_twenty_first_message_a_minute_to_a_group_is_told_to_wait(api: BotApi) -> None:
    desk = channel(api)
    (part,) = desk.parts(ALERT)
    async with httpx.AsyncClient() as other:  # the bot at work elsewhere
        for _ in range(20):
            await other.post(f"{api.url}/bot{api.token}/sendMessage", data={"chat_id": DESK, "text": "x"})
    answer = await desk.send(part)
    await desk.close()
    assert isinstance(answer, TryLater)
    assert answer.after is not None
    assert timedelta(0) < answer.after <= timedelta(seconds=60)


@pytest.mark.parametrize("fault", [Fault.BAD_GATEWAY, Fault.SERVER_ERROR])
async def test_an_outage_is_tried_later(api: BotApi, fault: Fault) -> None:
    api.fail(fault)
    answer = await deliver(channel(api))
    assert isinstance(answer, TryLater)
    assert "<html>" not in answer.why
    assert api.messages == []


async def test_a_server_that_is_down_is_tried_later() -> None:
    async with BotApi() as api:
        desk = channel(api)
    assert isinstance(await deliver(desk), TryLater)


@pytest.mark.parametrize(
    ("fault", "accepted"),
    [
        (Fault.CUT_BEFORE, 0),
        (Fault.HOLD_BEFORE, 0),
        (Fault.CUT_AFTER, 1),
        (Fault.HOLD_AFTER, 1),
        (Fault.NONSENSE, 1),
    ],
)
async def test_no_answer_is_uncertain_whether_or_not_it_was_accepted(api: BotApi, fault: Fault, accepted: int) -> None:
    api.fail(fault)
    answer = await deliver(channel(api, timeout=timedelta(seconds=0.3)))
    assert isinstance(answer, Uncertain), answer
    assert len(api.messages) == accepted


async def test_an_accepted_message_is_sent_even_when_the_answer_is_in_a_dialect(api: BotApi) -> None:
    """A minimal server may leave out what the client library thinks it needs."""

    def only_the_id(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"ok": True, "result": {"message_id": 5}})

    desk = channel(api)
    desk._client._request._client = httpx.AsyncClient(transport=httpx.MockTransport(only_the_id))
    assert await deliver(desk) == Sent(ref="5")


async def test_an_answer_without_a_message_is_not_a_success(api: BotApi) -> None:
    desk = channel(api)
    desk._client._request._client = httpx.AsyncClient(
        transport=httpx.MockTransport(lambda _: httpx.Response(200, json={"ok": True, "result": True}))
    )
    assert isinstance(await deliver(desk), Uncertain)


async def test_a_call_that_never_left_is_not_taken_for_the_answer_before_it() -> None:
    async def broken() -> None:
        raise TypeError

    _body.set(b'{"ok": true, "result": {"message_id": 5}}')
    with pytest.raises(ValueError, match="Expecting value"):
        await _result_of(broken())


async def test_an_error_that_quotes_the_address_does_not_tell_the_token(api: BotApi) -> None:
    def quoting(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(f"cannot reach {request.url}")

    desk = channel(api)
    desk._client._request._client = httpx.AsyncClient(transport=httpx.MockTransport(quoting))
    answer = await deliver(desk)
    assert isinstance(answer, TryLater)
    assert "/bot***/sendMessage" in answer.why


async def test_refused_markup_is_sent_as_plain_text_with_the_addresses(api: BotApi) -> None:
    api.fail(Fault.REFUSE_MARKUP)
    answer = await deliver(channel(api))
    assert isinstance(answer, Sent)
    assert "plain text" in answer.note
    assert api.texts == ["nato\nR&D <now> (https://example.org/?a=1&b=2)"]
    assert not api.messages[0].html


@pytest.mark.parametrize(("state", "why"), [("blocked", "blocked"), ("kicked", "kicked")])
async def test_a_chat_that_shuts_the_bot_out_pauses(api: BotApi, state: str, why: str) -> None:
    setattr(api.chats[DESK], state, True)
    answer = await deliver(channel(api))
    assert isinstance(answer, Rejected)
    assert answer.target_gone
    assert why in answer.why


async def test_an_unknown_chat_pauses(api: BotApi) -> None:
    answer = await deliver(channel(api, chat=-5))
    assert answer == Rejected(why="Chat not found", target_gone=True)


async def test_a_message_that_telegram_refuses_for_itself_does_not_pause_the_chat(api: BotApi) -> None:
    desk = channel(api)
    answer = await desk.send(Message(key="k", subject="s", text=" \n ", html=""))
    await desk.close()
    assert isinstance(answer, Rejected)
    assert not answer.target_gone


@pytest.mark.parametrize("token", ["999:unknown-token-aaaaaaaaaaaaaaaaaaaaaaaaaaa", "nonsense"])
async def test_a_token_that_is_not_accepted_pauses_and_is_not_told(api: BotApi, token: str) -> None:
    desk = channel(api, token=Secret(token))
    checked = await desk.check()
    answer = await deliver(desk)
    assert isinstance(answer, Rejected)
    assert answer.target_gone
    assert isinstance(checked, Unreachable)
    assert checked.trouble is Trouble.BLOCKED
    assert token not in f"{answer} {checked} {desk!r} {desk.lane} {desk._options!r}"


async def test_a_group_that_became_a_supergroup_is_followed_and_the_operator_told(api: BotApi) -> None:
    api.add_chat(-77, migrated_to=DESK)
    desk = channel(api, chat=-77)
    (part,) = desk.parts(ALERT)
    first, second = await desk.send(part), await desk.send(part)
    await desk.close()
    assert [message.chat for message in api.messages] == [DESK, DESK]
    assert isinstance(first, Sent)
    assert str(DESK) in first.note
    assert second == Sent(ref="2")
    assert [method for method, _ in api.requests].count("sendMessage") == 3


async def test_groups_that_point_at_each_other_end_in_a_refusal(api: BotApi) -> None:
    api.add_chat(-77, migrated_to=-88)
    api.add_chat(-88, migrated_to=-77)
    answer = await deliver(channel(api, chat=-77))
    assert isinstance(answer, Rejected)
    assert answer.target_gone


async def test_a_topic_that_is_gone_falls_back_to_the_chat(api: BotApi) -> None:
    answer = await deliver(channel(api, topic=99))
    assert isinstance(answer, Sent)
    assert "topic 99" in answer.note
    assert api.messages[0].thread is None


async def test_a_channel_can_be_named_instead_of_numbered(api: BotApi) -> None:
    api.add_chat(-1009, type="channel", title="News", username="news_desk")
    answer = await deliver(channel(api, chat="@news_desk"))
    assert isinstance(answer, Sent)
    assert api.messages[0].chat == -1009


async def test_a_chat_id_in_quotes_is_a_number() -> None:
    desk = TelegramOptions(token=Secret("1:a"), chat="-1001").open(ChannelId("desk"))
    assert desk.lane.endswith(":-1001")
    assert desk.limits[0].period == timedelta(minutes=1)
    await desk.close()


async def test_topics_of_a_chat_share_its_lane_and_bots_do_not(api: BotApi) -> None:
    one, two, other = channel(api, topic=12), channel(api, topic=13), channel(api, token=Secret("9:x"))
    assert one.lane == two.lane
    assert one.lane != other.lane
    for each in (one, two, other):
        await each.close()


async def test_check_names_the_bot_and_the_chat(api: BotApi) -> None:
    desk = channel(api)
    checked = await desk.check()
    await desk.close()
    assert isinstance(checked, Checked)
    assert "@monitor_bot" in checked.detail
    assert "Desk" in checked.detail
    assert api.messages == []


async def test_check_says_what_is_wrong() -> None:
    async with BotApi() as api:
        unknown = channel(api)
        found = await unknown.check()
    down = await unknown.check()
    await unknown.close()
    assert isinstance(found, Unreachable)
    assert found.trouble is Trouble.NOT_FOUND
    assert isinstance(down, Unreachable)
    assert down.trouble is Trouble.NO_CONNECTION


async def test_chats_that_wrote_are_listed_once_with_their_topics(api: BotApi) -> None:
    group = {"id": DESK, "type": "supergroup", "title": "Desk"}
    person = {"id": 42, "type": "private", "first_name": "Ana", "last_name": "Šarić"}
    in_topic = {"message_id": 1, "date": 1, "chat": group, "message_thread_id": 12, "is_topic_message": True}
    api.updates = [
        {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": person}},
        {"update_id": 2, "message": {"message_id": 2, "date": 1, "chat": person}},
        {"update_id": 3, "message": in_topic},
        {"update_id": 4, "my_chat_member": {"chat": group}},
    ]
    desk = channel(api)
    found = await desk.chats()
    await desk.close()
    assert found == (
        KnownChat(id=42, type="private", title="Ana Šarić"),
        KnownChat(id=DESK, type="supergroup", title="Desk", topic=12),
        KnownChat(id=DESK, type="supergroup", title="Desk"),
    )


async def test_the_token_stands_in_no_log(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    api.fail(Fault.BAD_GATEWAY)
    desk = channel(api)
    (part,) = desk.parts(ALERT)
    await desk.send(part)
    await desk.send(part)
    await desk.close()
    assert any("sendMessage" in record.getMessage() for record in caplog.records)
    assert api.token not in caplog.text


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"token": Secret("12 3:abc")}, "token"),
        ({"chat": "desk"}, "chat"),
        ({"api_url": "ftp://example.org"}, "api_url"),
        ({"timeout": timedelta(0)}, "timeout"),
    ],
)
def test_wrong_options_are_named(wrong: dict[str, Any], key: str) -> None:
    options = TelegramOptions(**{"token": Secret("1:abc"), "chat": 5} | wrong)
    ((found, what, remedy),) = options.check()
    assert found == key
    assert what
    assert remedy
    assert "12 3" not in what


async def edited(desk: TelegramChannel, message: Message, ref: str = "1") -> Any:
    (part,) = desk.parts(message)
    try:
        return await desk.edit(ref, part)
    finally:
        await desk.close()


async def test_an_edit_that_telegram_refuses_is_final_and_pauses_no_chat(api: BotApi) -> None:
    await deliver(channel(api))
    api.fixed.add(1)
    answer = await edited(channel(api), replace(ALERT, html="<b>asean</b>"))
    assert answer == Rejected(why="Message can't be edited")
    api.remove(1)
    answer = await edited(channel(api), replace(ALERT, html="<b>asean</b>"))
    assert answer == Rejected(why="Message to edit not found")
    assert api.messages == []


async def test_an_edit_whose_markup_is_refused_is_made_in_plain_text(api: BotApi) -> None:
    await deliver(channel(api))
    api.fail_edits(Fault.REFUSE_MARKUP)
    (part,) = channel(api).parts(replace(ALERT, html="<b>asean</b> & co"))
    assert isinstance(await edited(channel(api), part), Sent)
    (message,) = api.messages
    assert (message.text, message.html) == ("asean & co", False)


async def test_an_edit_obeys_flood_waits_and_is_uncertain_without_an_answer(api: BotApi) -> None:
    await deliver(channel(api))
    other = replace(ALERT, html="<b>asean</b>")
    api.fail_edits(Fault.FLOOD, seconds=7)
    answer = await edited(channel(api), other)
    assert isinstance(answer, TryLater)
    assert answer.after == timedelta(seconds=7)
    api.fail_edits(Fault.CUT_AFTER)
    assert isinstance(await edited(channel(api), other), Uncertain)
    assert isinstance(await edited(channel(api), other), Sent), "it says so already"
    assert [message.edited for message in api.messages] == [1]


async def test_a_message_of_a_chat_that_has_moved_is_left_alone(api: BotApi) -> None:
    await deliver(channel(api))
    api.chats[DESK].migrated_to = -1009
    answer = await edited(channel(api), replace(ALERT, html="<b>asean</b>"))
    assert isinstance(answer, Rejected)
    assert "-1009" in answer.why


async def test_a_message_that_follows_up_another_answers_it_as_long_as_it_is_there(api: BotApi) -> None:
    await deliver(channel(api))
    await deliver(channel(api), replace(ALERT, follows="1"))
    api.remove(1)
    await deliver(channel(api), replace(ALERT, follows="1"))
    assert [message.reply_to for message in api.messages] == [1, None]
