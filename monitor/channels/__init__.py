"""Ways out. A kind is a frozen dataclass of options that can open a channel, and one line in the table below.

Other distributions add kinds through the entry point group `monitor.channels`: the entry point's name is the kind, its
object such a dataclass. Importing this package imports no client library; `open` of the options does that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points
from typing import Any, Protocol

from monitor.channels.console import ConsoleOptions
from monitor.channels.email import EmailOptions
from monitor.channels.telegram import TelegramOptions
from monitor.core.model import ChannelId
from monitor.core.ports import Channel
from monitor.core.settings import ChannelSettings

GROUP = "monitor.channels"

BUILT_IN: Mapping[str, type[Any]] = {
    "telegram": TelegramOptions,
    "email": EmailOptions,
    "console": ConsoleOptions,
}


class Options(Protocol):
    """What every class of options can do. It may also have `check() -> list[tuple[key, what, remedy]]`, the rules that
    span fields; a field's metadata may hold `alias` (the YAML key) and `help` (a line for the reference)."""

    def open(self, channel: ChannelId, /) -> Channel: ...


class _Kinds(Mapping[str, type[Any]]):
    """The built-in kinds, and those of other distributions, which are looked up when they are asked for."""

    def __getitem__(self, kind: str) -> type[Any]:
        if kind in BUILT_IN:
            return BUILT_IN[kind]
        for found in entry_points(group=GROUP, name=kind):
            loaded: type[Any] = found.load()
            return loaded
        raise KeyError(kind)

    def __iter__(self) -> Iterator[str]:
        yield from BUILT_IN
        yield from sorted(entry_points(group=GROUP).names - BUILT_IN.keys())

    def __len__(self) -> int:
        return sum(1 for _ in self)


KINDS: Mapping[str, type[Any]] = _Kinds()


def open_channel(settings: ChannelSettings) -> Channel:
    options: Options = settings.options  # type: ignore[assignment]  # an instance of KINDS[kind], made by the config
    return options.open(settings.id)
