"""Summaries by a model: whatever the server does, an alert goes out, and what it says is only text."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.summary import LIMIT
from monitor.core.model import Item, Priority, Report, RuleId, Secret, SourceId, StoryId
from monitor.core.settings import SummariseSettings
from monitor.summarise import FAILURES, LARGEST, PAUSE, READ, ModelSummariser, shown
from tests.flow.fakes import Clock, Witness
from tests.servers.http import Exchange, HttpServer

TEXT = "A ferry ran aground near Lindholm on Tuesday. Lifeboats took everyone ashore. Tugs will try again at high tide."
ITEM = Item(
    source=SourceId("wire"), uid="1", url="", canonical_url="", title="Ferry aground", text=TEXT,
    taken_in=datetime(2025, 2, 13, tzinfo=UTC),
)  # fmt: skip
SAID = "A ferry is stuck off Lindholm. Nobody was hurt."


def told(item: Item = ITEM, **more: Any) -> Report:
    return Report(item=item, story=StoryId(1), rules=(RuleId("nato"),), priority=Priority.NORMAL, hits=(), **more)


def answer(content: object) -> str:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]})


@dataclass
class Model:
    """A server on loopback, and what was asked of it."""

    server: HttpServer
    clock: Clock = field(default_factory=Clock)
    seen: Witness = field(default_factory=Witness)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def says(self, body: str, *, status: int = 200, delay: float = 0.0) -> None:
        async def handler(exchange: Exchange) -> None:
            self.asked.append(json.loads(exchange.request.body))
            self.keys.append(exchange.request.headers.get("authorization", ""))
            await asyncio.sleep(delay)
            await exchange.answer(status, {"Content-Type": "application/json"}, body.encode())

        self.server.handle("/v1/chat/completions", handler)

    def summariser(self, *, timeout: float = 5.0, api: str = "") -> ModelSummariser:
        settings = SummariseSettings(
            api=api or f"{self.server.url}/v1/", model="small", key=Secret("s3cret"), timeout=timedelta(seconds=timeout)
        )
        return ModelSummariser(settings, clock=self.clock, observer=self.seen)


@pytest.fixture
async def model() -> AsyncIterator[Model]:
    async with HttpServer() as server:
        yield Model(server)


async def asked(model: Model, report: Report | None = None, **options: Any) -> str:
    summariser = model.summariser(**options)
    try:
        return await summariser.summary(report or told())
    finally:
        await summariser.close()


async def test_the_model_is_given_the_article_and_its_answer_is_the_summary(model: Model) -> None:
    model.says(answer(SAID))
    assert await asked(model) == SAID
    (said,) = model.asked
    assert said["model"] == "small"
    assert [m["role"] for m in said["messages"]] == ["system", "user"]
    assert TEXT in said["messages"][1]["content"]
    assert model.keys == ["Bearer s3cret"]


async def test_a_long_article_is_cut_and_a_fuller_report_of_the_story_is_read_instead(model: Model) -> None:
    model.says(answer(SAID))
    other = Item(
        source=SourceId("other"), uid="2", url="", canonical_url="", title="Other", text=TEXT * 1000,
        taken_in=ITEM.taken_in,
    )  # fmt: skip
    assert await asked(model, told(fuller=other)) == SAID
    content = model.asked[0]["messages"][1]["content"]
    assert "Other" in content
    assert len(content) < READ + 100


async def test_of_a_mere_headline_nothing_is_asked(model: Model) -> None:
    model.says(answer(SAID))
    bare = Item(source=SourceId("w"), uid="3", url="", canonical_url="", title="Ferry", text="", taken_in=ITEM.taken_in)
    assert await asked(model, told(bare)) == ""
    assert model.asked == []


BAD: dict[str, Callable[[Model], None]] = {
    "500": lambda m: m.says("no", status=500),
    "401": lambda m: m.says('{"error": "bad key s3cret"}', status=401),
    "a redirect": lambda m: m.says("", status=302),
    "no JSON": lambda m: m.says("<html>"),
    "no choices": lambda m: m.says('{"choices": []}'),
    "a list": lambda m: m.says("[1]"),
    "null": lambda m: m.says("null"),
    "no text": lambda m: m.says(answer(None)),
    "an empty text": lambda m: m.says(answer(" \n ")),
    "nothing but a link": lambda m: m.says(answer("https://evil.example/")),
    "nesting": lambda m: m.says("[" * (LARGEST - 1)),
    "too much": lambda m: m.says(answer("x" * (LARGEST + 1))),
    "broken UTF-8": lambda m: m.server.put("/v1/chat/completions", b'{"choices": "\xff'),
}


@pytest.mark.parametrize("what", BAD)
async def test_an_answer_that_is_none_is_told_to_the_operator_and_gives_no_summary(model: Model, what: str) -> None:
    BAD[what](model)
    assert await asked(model) == ""
    said = " ".join(str(line) for line in model.seen.troubles)
    assert "summarise" in said
    assert "s3cret" not in said
    assert model.server.url not in said


async def test_a_slow_server_is_not_waited_for(model: Model) -> None:
    model.says(answer(SAID), delay=30)
    started = asyncio.get_running_loop().time()
    assert await asked(model, timeout=0.3) == ""
    assert asyncio.get_running_loop().time() - started < 5
    assert "no answer within 0.3 s" in str(model.seen.troubles)


async def test_a_server_that_trickles_is_not_waited_for(model: Model) -> None:
    async def trickle(exchange: Exchange) -> None:
        await exchange.head(200, {"Content-Type": "application/json", "Transfer-Encoding": "chunked"})
        while True:
            await exchange.chunk(b" ")
            await asyncio.sleep(0.05)

    model.server.handle("/v1/chat/completions", trickle)
    assert await asked(model, timeout=0.4) == ""


async def test_nobody_there(model: Model) -> None:
    assert await asked(model, api="http://127.0.0.1:1/v1") == ""
    assert "ConnectError" in str(model.seen.troubles)


async def test_after_some_failures_it_is_left_alone_for_a_while(model: Model) -> None:
    model.says("no", status=500)
    summariser = model.summariser()
    for _ in range(FAILURES + 4):
        assert await summariser.summary(told()) == ""
    assert len(model.asked) == FAILURES
    model.clock.now += PAUSE
    model.says(answer(SAID))
    assert await summariser.summary(told()) == SAID
    await summariser.close()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("One.\n\nTwo.\nThree. Four.", "One. Two. Three."),
        ("<think>Hm. What now?</think>A ferry sank.", "A ferry sank."),
        ("**A ferry** sank. See [this](https://evil.example/x).", "A ferry sank. See this."),
        ("Go to https://evil.example/now or www.evil.example and pay. It sank.", "Go to or and pay. It sank."),
        ("<script>alert(1)</script> It sank.", "<script>alert(1)</script> It sank."),
        ("渡轮搁浅了。没有人受伤。", "渡轮搁浅了。没有人受伤。"),
        ("W" * 2000, "W" * (LIMIT - 1) + "…"),
    ],
)
def test_an_answer_is_shown_as_few_plain_sentences(said: str, expected: str) -> None:
    assert shown(said) == expected


@given(st.text())
def test_any_answer_is_short_and_of_one_line(said: str) -> None:
    found = shown(said)
    assert len(found) <= LIMIT + 3
    assert "\n" not in found
