"""A desk: servers on loopback, a configuration for them, and the daemon between them."""

from __future__ import annotations

import re
import socket
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.acceptance.daemon import PATIENCE, Daemon
from tests.acceptance.press import AtomOutlet, Listing, Outlet
from tests.servers.http import HttpServer
from tests.servers.smtp import Mail, MailServer
from tests.servers.telegram import Accepted, BotApi
from tests.servers.threads import in_thread

CHAT = 4242
"""A private chat: the limits of groups would slow the tests down."""

Rule = Mapping[str, Any]


class Desk:
    """Everything that one test needs. Its configuration is data until it is written."""

    def __init__(self, folder: Path, web: HttpServer, bot: BotApi, mail: MailServer) -> None:
        self.folder = folder
        self.web = web
        self.bot = bot
        self.mail = mail
        self.outlets: list[Outlet] = []
        self.port = free_port()
        self.config = folder / "config.yaml"
        self.daemon = Daemon(self.config, {"MONITOR_LOG_FORMAT": "json"})
        self.settings: dict[str, Any] = {
            "store": "sqlite:///monitor.db",
            "timezone": "Asia/Jakarta",
            "web": {"listen": f"127.0.0.1:{self.port}"},
            "defaults": {"host_gap": "10ms"},
            "sources": [],
            "rules": [{"id": "nato", "match": "NATO"}],
            "channels": {"desk": self.telegram()},
        }

    # --- configuration ---

    def telegram(self, **options: object) -> dict[str, object]:
        return {"kind": "telegram", "token": self.bot.token, "chat": CHAT, "api_url": self.bot.url, **options}

    def email(self, **options: object) -> dict[str, object]:
        return {
            "kind": "email",
            "host": "127.0.0.1",
            "port": self.mail.port,
            "tls": "none",
            "from": "monitor@example.org",
            "to": ["desk@example.org"],
            **options,
        }

    def outlet(self, name: str, **options: object) -> Outlet:
        return self._take_on(Outlet(self.web, name, **options))

    def atom(self, name: str, **options: object) -> Outlet:
        return self._take_on(AtomOutlet(self.web, name, **options))

    def listing(self, name: str, **options: object) -> Outlet:
        return self._take_on(Listing(self.web, name, **options))

    def _take_on(self, outlet: Outlet) -> Outlet:
        self.outlets.append(outlet)
        self.settings["sources"].append(outlet.source)
        return outlet

    def rules(self, *rules: Rule) -> None:
        self.settings["rules"] = list(rules)

    def write(self) -> None:
        """Puts the configuration into its file, at once (an editor's rename)."""
        draft = self.config.with_suffix(".draft")
        with draft.open("w", encoding="utf-8") as file:
            YAML().dump(self.settings, file)
        draft.replace(self.config)

    # --- life ---

    def start(self, *arguments: str) -> None:
        """Writes the configuration, starts the daemon and waits until every outlet has been taken in once."""
        self.write()
        self.daemon.start(*arguments)
        self.polled(2)

    def polled(self, times: int, outlets: Iterable[Outlet] = ()) -> None:
        """Waits until each outlet has been asked so often from now on. When an outlet is asked for the second time,
        what the first answer caused is on record."""
        watched = tuple(outlets) or tuple(self.outlets)
        before = {outlet.id: outlet.polls for outlet in watched}
        self.daemon.until(
            lambda: all(outlet.polls - before[outlet.id] >= times for outlet in watched),
            f"{times} polls of {', '.join(outlet.id for outlet in watched)}",
        )

    def ask(self, path: str) -> tuple[int, str]:
        """Status and body of a page of the daemon's own."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()

    def outbox_is_empty(self) -> bool:
        """Everything that was queued has been sent, by itself or joined with others."""
        try:
            _, metrics = self.ask("/metrics")
        except OSError:  # it is only just starting
            return False
        states = dict(re.findall(r'^monitor_outbox\{state="(\w+)"\} (\S+)$', metrics, re.MULTILINE))
        return states.pop("sent") != "0.0" and not any(
            float(n) for state, n in states.items() if state not in ("joined", "dropped")
        )

    # --- what arrived ---

    @property
    def chat(self) -> list[Accepted]:
        return list(self.bot.messages)

    @property
    def letters(self) -> list[Mail]:
        return list(self.mail.messages)

    def in_chat(self, words: str) -> list[Accepted]:
        return [message for message in self.chat if words in message.text]

    def in_mail(self, words: str) -> list[Mail]:
        return [letter for letter in self.letters if words in letter.subject or words in letter.text]

    def awaited_in_chat(self, words: str) -> Accepted:
        return self.daemon.until(lambda: self.in_chat(words), f"a message with {words!r}")[0]

    def awaited_in_mail(self, words: str) -> Mail:
        return self.daemon.until(lambda: self.in_mail(words), f"a mail with {words!r}")[0]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with HttpServer.in_thread() as web, in_thread(BotApi()) as bot, in_thread(MailServer()) as mail:
        bot.add_chat(CHAT, title="Desk")
        made = Desk(tmp_path, web, bot, mail)
        try:
            yield made
        finally:
            made.daemon.clean_up()
