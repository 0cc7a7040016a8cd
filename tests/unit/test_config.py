"""What a sound configuration file becomes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from monitor.channels.console import ConsoleOptions
from monitor.channels.email import EmailOptions
from monitor.channels.telegram import TelegramOptions
from monitor.config import MATCHING, find_config, load
from monitor.core.errors import ConfigError
from monitor.core.model import Priority, Secret
from monitor.core.settings import Rate, Selectors, Settings, WebSettings


@pytest.fixture
def read(tmp_path: Path):
    def read(text: str, environ: dict[str, str] | None = None, **more: object) -> Settings:
        path = tmp_path / "config.yaml"
        path.write_text(text, encoding="utf-8")
        return load(path, environ or {}, **more)  # type: ignore[arg-type]  # keyword arguments of load

    return read


EVERYTHING = """
store: sqlite:///data/monitor.db
timezone: Asia/Jakarta
user_agent: newsdesk
defaults: {every: 5m, host_gap: 1s, full_text: false, max_age: 2d, memory: 60d, retention: 14d, to: [desk], cap: 20/h}
operator: {to: mail}
web: {listen: "0.0.0.0:80", token: "1234"}
sources:
  - {id: tribunnews, url: https://www.tribunnews.example/rss}
  - id: page
    kind: listing
    url: https://page.example/world
    every: 1h30m
    host_gap: 2s
    full_text: true
    max_age: 1d
    allow_private: true
    tags: [wire, asia]
    headers: {Authorization: "Bearer ${KEY}"}
    cookies: {consent: "yes"}
    proxy: http://me:pw@proxy.example:3128
    selectors: {item: article, link: h2 a, title: h2, date: time, text: p, image: figure img, author: .by}
    pages: 3
    timezone: Asia/Jakarta
entities:
  zelensky: {name: Volodymyr Zelensky}
  nato: {name: NATO, aliases: [OTAN, North Atlantic Treaty Organization], transliterate: false}
lists:
  talks: [peace talks, "negosiasi*", perundingan]
rules:
  - {id: nato, match: "NATO OR OTAN"}
  - {id: talks, match: "entity:zelensky AND list:talks", priority: urgent, to: [desk, mail], cap: 5/10m}
  - {id: asean, any: [ASEAN, KTT], all: [Jakarta], none: [sepak bola], languages: [ID, NO], sources: page, tags: [wire]}
channels:
  desk: {kind: telegram, token: "${TOKEN}", chat: -1001234567890, topic: 12}
  mail: {kind: email, host: smtp.example, port: 587, from: a@b.example, to: c@d.example, username: m, password: "pw"}
"""


def test_every_key_reaches_the_settings(read, tmp_path: Path) -> None:
    settings = read(EVERYTHING, {"TOKEN": "1:abc", "KEY": "k"})
    assert settings.store == f"sqlite:///{tmp_path}/data/monitor.db"
    assert settings.timezone == ZoneInfo("Asia/Jakarta")
    assert settings.user_agent == "newsdesk"
    assert (settings.memory, settings.retention) == (timedelta(days=60), timedelta(days=14))
    assert settings.operator == ("mail",)
    assert settings.web == WebSettings(host="0.0.0.0", port=80, token=Secret("1234"))
    first, page = settings.sources
    assert (first.every, first.host_gap, first.full_text, first.max_age) == (
        timedelta(minutes=5), timedelta(seconds=1), False, timedelta(days=2),
    )  # fmt: skip
    assert (page.id, page.kind, page.url) == ("page", "listing", "https://page.example/world")
    assert (page.every, page.host_gap, page.max_age) == (
        timedelta(minutes=90), timedelta(seconds=2), timedelta(days=1),
    )  # fmt: skip
    assert page.full_text
    assert page.allow_private
    assert page.tags == ("wire", "asia")
    assert page.headers == {"Authorization": Secret("Bearer k")}
    assert page.cookies == {"consent": Secret("yes")}
    assert page.proxy == Secret("http://me:pw@proxy.example:3128")
    assert page.selectors == Selectors(
        item="article", link="h2 a", title="h2", date="time", text="p", image="figure img", author=".by"
    )
    assert page.pages == 3
    assert page.timezone == ZoneInfo("Asia/Jakarta")
    zelensky, nato = settings.entities
    assert (zelensky.id, zelensky.name, zelensky.transliterate) == ("zelensky", "Volodymyr Zelensky", True)
    assert nato.aliases == ("OTAN", "North Atlantic Treaty Organization")
    assert not nato.transliterate
    assert settings.lists == {"talks": ("peace talks", "negosiasi*", "perundingan")}
    plain, talks, asean = settings.rules
    assert (plain.to, plain.priority, plain.cap) == (
        ("desk",),
        Priority.NORMAL,
        Rate(count=20, period=timedelta(hours=1)),
    )
    assert (talks.to, talks.priority) == (("desk", "mail"), Priority.URGENT)
    assert talks.cap == Rate(count=5, period=timedelta(minutes=10))
    assert (asean.any, asean.all, asean.none) == (("ASEAN", "KTT"), ("Jakarta",), ("sepak bola",))
    assert (asean.languages, asean.sources, asean.tags) == (("id", "no"), ("page",), ("wire",))
    desk, mail = settings.channels
    assert desk.options == TelegramOptions(token=Secret("1:abc"), chat=-1001234567890, topic=12)
    assert mail.options == EmailOptions(
        host="smtp.example", port=587, sender="a@b.example", to=("c@d.example",), username="m", password=Secret("pw")
    )


def test_a_single_rule_is_a_whole_configuration(read, tmp_path: Path) -> None:
    settings = read("rules: [{id: nato, match: NATO}]")
    assert settings.timezone is UTC
    assert settings.store == f"sqlite:///{tmp_path}/data/monitor.db"
    assert settings.web == WebSettings()
    assert settings.operator == ()
    assert settings.rules[0].to == ("console",)
    (console,) = settings.channels
    assert (console.id, console.kind, console.options) == ("console", "console", ConsoleOptions())


def test_without_defaults_a_rule_goes_to_all_channels(read) -> None:
    settings = read("rules: [{id: nato, match: NATO}]\nchannels: {a: {kind: console}, b: {kind: console}}")
    assert settings.rules[0].to == ("a", "b")
    assert [channel.id for channel in settings.channels] == ["a", "b"]


def test_the_console_can_be_named_without_being_configured(read) -> None:
    settings = read("rules: [{id: nato, match: NATO, to: [a, console]}]\nchannels: {a: {kind: console}}")
    assert settings.rules[0].to == ("a", "console")
    assert [channel.id for channel in settings.channels] == ["a", "console"]


def test_a_channel_of_ones_own_may_be_called_console(read) -> None:
    settings = read("rules: [{id: nato, match: NATO}]\nchannels: {console: {kind: telegram, token: '1:a', chat: 1}}")
    assert [(channel.id, channel.kind) for channel in settings.channels] == [("console", "telegram")]


def test_a_channel_named_twice_in_to_is_told_once(read) -> None:
    assert read("rules: [{id: a, match: NATO, to: [console, console]}]").rules[0].to == ("console",)


def test_sections_with_nothing_switched_on_are_empty(read) -> None:
    settings = read("sources:\nentities:\nlists:\nchannels:\n  # desk: {}\ndefaults:\nweb:\nrules: [{id: a, match: b}]")
    assert (settings.sources, settings.entities, settings.lists) == ((), (), {})
    assert settings.web == WebSettings()


def test_a_gap_longer_than_the_interval_becomes_a_quarter_of_it(read) -> None:
    settings = read(
        "defaults: {host_gap: 3s}\n"
        "sources: [{id: a, url: 'https://a.example', every: 2s}, {id: b, url: 'https://a.example', every: 3s}]"
    )
    assert [s.host_gap for s in settings.sources] == [timedelta(milliseconds=500), timedelta(seconds=3)]


def test_the_page_can_be_switched_off(read) -> None:
    assert read("web: false\nrules: [{id: a, match: b}]").web is None


@pytest.mark.parametrize(
    ("listen", "host", "port"),
    [("localhost:8080", "localhost", 8080), ("[::1]:0", "::1", 0), ("127.0.0.2:65535", "127.0.0.2", 65535)],
)
def test_loopback_needs_no_token(read, listen: str, host: str, port: int) -> None:
    assert read(f"web: {{listen: '{listen}'}}").web == WebSettings(host=host, port=port)


def test_words_that_other_yaml_readers_take_for_something_else_stay_texts(read) -> None:
    settings = read(
        "rules:\n  - {id: 2024, any: [NO, on, 22:30, 2025-01-31, 1_000, 007, 1e3, 0x1F, ~no], languages: [NO]}"
    )
    assert settings.rules[0].id == "2024"
    assert settings.rules[0].any == ("NO", "on", "22:30", "2025-01-31", "1_000", "007", "1e3", "0x1F", "~no")
    assert settings.rules[0].languages == ("no",)


def test_anchors_aliases_and_merge_keys_work(read) -> None:
    settings = read(
        "x-page: &page {kind: listing, full_text: true}\n"
        "sources:\n  - {<<: *page, id: a, url: 'https://a.example'}\n"
        "  - {<<: [*page], id: b, url: 'https://b.example', full_text: false}\n"
    )
    assert [(s.kind, s.full_text) for s in settings.sources] == [("listing", True), ("listing", False)]


def test_variables_are_expanded_in_texts_numbers_and_switches(read) -> None:
    settings = read(
        "sources:\n  - {id: a, url: 'https://${HOST:-a.example}/${PATH_}', full_text: '${FULL}', "
        "tags: ['$${X}', '$5']}\n"
        "channels: {m: {kind: email, host: h, port: \"${PORT}\", from: a@b.example, to: ['${TO:-x@y.example}']}}",
        {"PATH_": "rss", "FULL": "true", "PORT": "2525", "HOST": ""},
    )
    assert settings.sources[0].url == "https://a.example/rss"
    assert settings.sources[0].full_text
    assert settings.sources[0].tags == ("${X}", "$5")
    options = settings.channels[0].options
    assert isinstance(options, EmailOptions)
    assert (options.port, options.to) == (2525, ("x@y.example",))


def test_json_is_read_like_yaml(read) -> None:
    data = {"rules": [{"id": "nato", "match": 'NATO \U00010330 "a b"', "cap": "10/h"}], "lists": {"l": [1, 2.50, "x"]}}
    for text in (
        json.dumps(data),
        json.dumps(data, ensure_ascii=False, indent="\t"),
        "# yaml now\n" + json.dumps(data),
    ):
        settings = read(text)
        assert settings.rules[0].match == data["rules"][0]["match"]  # type: ignore[index]  # a literal above
        assert settings.lists == {"l": ("1", "2.5", "x")}


def test_a_mark_of_byte_order_is_no_mistake(read) -> None:
    assert read("\ufeffrules: [{id: a, match: b}]").rules[0].id == "a"
    assert read('\ufeff{"rules": [{"id": "a", "match": "b"}]}').rules[0].id == "a"


def test_an_absolute_store_is_left_where_it_is(read) -> None:
    assert read("store: sqlite:////var/lib/m.db").store == "sqlite:////var/lib/m.db"


def test_a_relative_path_is_relative_to_the_file_and_not_to_the_working_folder(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "templates").mkdir()
    (tmp_path / "sub" / "config.yaml").write_text("store: sqlite:///m.db\ntemplates: templates")
    settings = load(tmp_path / "sub" / "config.yaml", {})
    assert settings.store == f"sqlite:///{tmp_path}/sub/m.db"
    assert settings.templates == tmp_path / "sub" / "templates"


def test_matching_alone_asks_for_no_secret_of_a_channel(read) -> None:
    text = (
        "rules: [{id: a, match: b, to: [desk]}]\nstore: postgresql://x\n"
        "channels: {desk: {kind: telegram, token: '${TOKEN}', chat: 1}}"
    )
    with pytest.raises(ConfigError):
        read(text)
    assert read(text, only=MATCHING).rules[0].match == "b"


def test_matching_alone_needs_no_sources_that_its_rules_name(read) -> None:
    assert read("rules: [{id: a, match: b, sources: [bbc], tags: [wire]}]", only=MATCHING).rules[0].sources == ("bbc",)


def test_matching_alone_still_refuses_what_it_reads(read) -> None:
    with pytest.raises(ConfigError, match="unknown key 'mtch'"):
        read("rules: [{id: a, mtch: b, any: [c]}]", only=MATCHING)


def test_the_file_is_found_by_argument_then_by_variable_then_by_name() -> None:
    assert find_config(Path("a.yaml"), {"MONITOR_CONFIG": "b.yaml"}) == Path("a.yaml")
    assert find_config(None, {"MONITOR_CONFIG": "b.yaml"}) == Path("b.yaml")
    assert find_config(None, {"MONITOR_CONFIG": ""}) == Path("config.yaml")


# --- channels of other people ------------------------------------------------------------------------------------


class Tone(StrEnum):
    LOUD = "loud"
    SOFT = "soft"


@dataclass(frozen=True, slots=True, kw_only=True)
class PagerOptions:
    number: str = field(metadata={"help": "Whom to ring."})
    key: Secret = field(metadata={"help": "The key."})
    tone: Tone = field(default=Tone.LOUD, metadata={"help": "How."})
    mode: Literal["a", "b"] = field(default="a", metadata={"help": "Which."})
    wait: timedelta = field(default=timedelta(seconds=5), metadata={"help": "How long."})
    volume: float = field(default=0.5, metadata={"help": "How loud."})
    lines: tuple[str, ...] = field(default=(), metadata={"help": "What."})
    codes: tuple[int, ...] = field(default=(), metadata={"help": "Numbers."})
    kind_of: str | None = field(default=None, metadata={"alias": "class", "help": "A key that is no name in Python."})

    def check(self) -> list[tuple[str, str, str]]:
        return [] if self.number.isdigit() else [("number", "this is no number", "write digits")]


PAGER = {"pager": PagerOptions}


def test_a_kind_of_channel_is_described_by_its_options_alone(read) -> None:
    settings = read(
        "channels: {p: {kind: pager, number: 007, key: k, tone: soft, mode: b, wait: 1m, volume: 1, lines: x,"
        " codes: [1, 2], class: y}}",
        kinds=PAGER,
    )
    assert settings.channels[0].options == PagerOptions(
        number="007", key=Secret("k"), tone=Tone.SOFT, mode="b", wait=timedelta(minutes=1), volume=1.0, lines=("x",),
        codes=(1, 2), kind_of="y",
    )  # fmt: skip
    defaults = read("channels: {p: {kind: pager, number: 1, key: k}}", kinds=PAGER).channels[0].options
    assert defaults == PagerOptions(number="1", key=Secret("k"))


def test_a_file_that_a_channel_names_is_looked_for_beside_the_configuration(read, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("x")
    mail = read("channels: {m: {kind: email, host: h, from: a@b.example, to: a@b.example, ca_file: ca.pem}}").channels[
        0
    ]
    assert isinstance(mail.options, EmailOptions)
    assert mail.options.ca_file == str(tmp_path / "ca.pem")


def test_what_the_options_refuse_has_its_place_in_the_file(read) -> None:
    with pytest.raises(ConfigError) as caught:
        read("channels:\n  p: {kind: pager, number: one, key: k}\n", kinds=PAGER)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (2, 28)
    assert str(problem).endswith(": this is no number; write digits")


@dataclass(frozen=True, slots=True, kw_only=True)
class OddOptions:
    thing: complex


def test_options_that_no_file_can_hold_are_a_bug_and_not_a_problem(read) -> None:
    with pytest.raises(TypeError, match=r"OddOptions\.thing"):
        read("channels: {p: {kind: odd, thing: 1}}", kinds={"odd": OddOptions})
