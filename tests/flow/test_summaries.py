"""Whose words an alert shows: the item's own, those of a fuller report of the story, or a model's."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest

from monitor.core.model import AlertContent, Content, Credit, CreditKind, Message, Report
from monitor.core.ports import Renderer
from monitor.outbox import Deliverer
from monitor.render import TemplateRenderer
from monitor.store import SqlStore
from tests.acceptance.articles import FERRY
from tests.flow.conftest import Desk
from tests.flow.fakes import START, Clock, EditingChannel, FakeSource
from tests.unit.test_summarise import told

HARBOUR = FERRY["harbour"]
FIRST = HARBOUR.text.split(".")[0] + "."


class Model:
    """A summariser that answers what it is told to."""

    name = "small"

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.is_asked = asyncio.Event()
        self.wait: asyncio.Event | None = None

    async def summary(self, report: Report) -> str:
        self.asked.append(report.item.title)
        self.is_asked.set()
        if self.wait is not None:
            await self.wait.wait()
        return self.answers.pop(0) if self.answers else ""


class Templates:
    """The built-in ones, for what a channel of these tests shows."""

    def __init__(self) -> None:
        self._made = TemplateRenderer(UTC)

    def render(self, content: Content, *, kind: str, key: str) -> Message:
        return self._made.render(content, kind="console", key=key)


@pytest.fixture
def chat() -> EditingChannel:
    return EditingChannel()


def opened(store: SqlStore, clock: Clock, chat: EditingChannel, model: Model | None = None) -> Desk:
    desk = Desk(store, clock, chat)
    desk.watch("nato", "NATO")
    renderer: Renderer = Templates()
    desk.deliverer.use(desk.channels, renderer, (), model)
    return desk


async def report(desk: Desk, source: FakeSource, title: str, text: str) -> None:
    source.publish(title, " ".join(text.split()), published=START)
    await desk.poll(source)
    await desk.deliver()


async def test_a_headline_is_told_at_once_and_shows_the_text_of_the_first_report_that_has_one(
    store: SqlStore, clock: Clock, chat: EditingChannel
) -> None:
    desk = opened(store, clock, chat)
    bare, full, late = (FakeSource(name) for name in ("bare", "full", "late"))
    await desk.poll(bare, full, late)
    await report(desk, bare, HARBOUR.title, "")
    (message,) = chat.shown
    assert "ran aground" not in message
    await report(desk, full, HARBOUR.title, HARBOUR.text)
    (message,) = chat.shown
    assert "The NATO ferry Solveig ran aground" in message
    assert "summary by Full" in message
    await report(desk, late, HARBOUR.title, f"A word of our own, which is new. {HARBOUR.text}")
    (now,) = chat.shown
    assert now.partition("also in")[0] == message.partition("also in")[0], "it does not flicker"


async def test_an_alert_names_the_outlet_that_the_story_comes_from(
    store: SqlStore, clock: Clock, chat: EditingChannel
) -> None:
    desk = opened(store, clock, chat)
    first, second = FakeSource("first"), FakeSource("second")
    await desk.poll(first, second)
    first.publish(HARBOUR.title, HARBOUR.text, published=START)
    first.items[0] = replace(first.items[0], credits=(Credit(outlet="CNN", how=CreditKind.CITED),))
    await desk.poll(first)
    await desk.deliver()
    assert "\nfirst: CNN" in chat.shown[0]
    await report(desk, second, HARBOUR.title, HARBOUR.text)
    (message,) = chat.shown
    assert "\nfirst: CNN\nalso in: Second" in message


async def test_an_item_with_a_text_keeps_to_it(store: SqlStore, clock: Clock, chat: EditingChannel) -> None:
    desk = opened(store, clock, chat)
    first, second = FakeSource("first"), FakeSource("second")
    await desk.poll(first, second)
    await report(desk, first, HARBOUR.title, HARBOUR.text)
    await report(desk, second, HARBOUR.title, HARBOUR.text * 2)
    (message,) = chat.shown
    assert "summary by" not in message


async def test_a_models_summary_is_marked_and_stays_when_the_message_is_edited(
    store: SqlStore, clock: Clock, chat: EditingChannel
) -> None:
    model = Model("A ferry of NATO is stuck <b>off</b> Lindholm.", "Something else.")
    desk = opened(store, clock, chat, model)
    first, second = FakeSource("first"), FakeSource("second")
    await desk.poll(first, second)
    await report(desk, first, HARBOUR.title, HARBOUR.text)
    assert "A ferry of NATO is stuck <b>off</b> Lindholm.\nsummary by the model small" in chat.shown[0]
    again = opened(store, clock, chat, model)  # a restart
    await report(again, second, HARBOUR.title, HARBOUR.text)
    assert "A ferry of NATO is stuck" in chat.shown[0]
    assert "also in: Second" in chat.shown[0]
    assert model.asked == [HARBOUR.title], "asked once"


async def test_without_an_answer_the_article_speaks(store: SqlStore, clock: Clock, chat: EditingChannel) -> None:
    desk = opened(store, clock, chat, Model())
    first = FakeSource("first")
    await desk.poll(first)
    await report(desk, first, HARBOUR.title, HARBOUR.text)
    assert "The NATO ferry Solveig ran aground" in chat.shown[0]
    assert "summary by" not in chat.shown[0]


async def test_an_end_while_the_model_thinks_loses_no_alert_and_sends_none_twice(
    store: SqlStore, clock: Clock, chat: EditingChannel
) -> None:
    model = Model("Late.")
    model.wait = asyncio.Event()
    desk = opened(store, clock, chat, model)
    first, second = FakeSource("first"), FakeSource("second")
    await desk.poll(first, second)
    first.publish(HARBOUR.title, HARBOUR.text, published=START)
    await desk.poll(first)
    desk.deliverer.kick()
    await model.is_asked.wait()
    second.publish(HARBOUR.title, HARBOUR.text, published=START)
    await desk.poll(second)  # the store is free meanwhile
    await stopped(desk.deliverer)
    assert chat.shown == []
    again = opened(store, clock, chat, Model("In time."))
    await again.deliver()
    (message,) = chat.shown
    assert "In time." in message
    assert "also in: Second" in message


async def stopped(deliverer: Deliverer) -> None:
    await deliverer.stop(timedelta(seconds=0.05))


def test_markup_in_a_models_answer_is_text() -> None:
    report = replace(told(), summary="<a href='https://evil.example'>pay</a> & run", summary_by="<b>m</b>")
    found: Mapping[str, Any] = {
        kind: TemplateRenderer(UTC).render(AlertContent(report=report), kind=kind, key="k").html
        for kind in ("telegram", "email")
    }
    for html in found.values():
        assert "&lt;a href=" in html
        assert "&lt;b&gt;m&lt;/b&gt;" in html
