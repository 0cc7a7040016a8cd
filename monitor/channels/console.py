"""The terminal, or whatever standard output goes to."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, TextIO

from monitor.core.model import ChannelId, Message
from monitor.core.ports import Checked, Limit, Sent, TryLater, Unreachable

if TYPE_CHECKING:
    from rich.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleOptions:
    def open(self, channel: ChannelId, /) -> ConsoleChannel:
        return ConsoleChannel(channel)


class ConsoleChannel:
    """Writes the text form; on a terminal, the HTML form (`b`, `i`, `a`) as styles and links."""

    kind = "console"
    lane = "console"
    limits: tuple[Limit, ...] = ()
    hold_uncertain = False

    def __init__(self, channel: ChannelId, out: TextIO | None = None) -> None:
        self.id = channel
        self._out = out
        """None follows `sys.stdout`, whatever that is by then."""

    def parts(self, message: Message) -> tuple[Message, ...]:
        return (message,)

    async def send(self, message: Message) -> Sent | TryLater:
        try:
            await asyncio.to_thread(self._write, message)
        except (OSError, ValueError) as error:  # a closed pipe; a closed file
            return TryLater(why=f"standard output cannot be written: {error}")
        return Sent(ref="console")

    async def check(self) -> Checked | Unreachable:
        return Checked(detail="standard output")

    async def close(self) -> None:
        """Standard output is not ours to close."""

    def _write(self, message: Message) -> None:
        out = self._out or sys.stdout
        repeat = "(may be a repeat)\n" if message.may_repeat else ""
        if message.html and out.isatty():
            from rich.console import Console  # noqa: PLC0415  # slow to import: only for a terminal

            console = Console(file=out)
            console.print(styled(repeat + message.html), end="\n\n", soft_wrap=True)
        else:
            encoding = getattr(out, "encoding", None) or "utf-8"
            text = f"{repeat}{message.text}\n\n"
            out.write(text.encode(encoding, "replace").decode(encoding))
        out.flush()


def styled(html: str) -> Text:
    parser = _Styles()
    parser.feed(html)
    parser.close()
    return parser.text


class _Styles(HTMLParser):
    """The few tags that console templates use, as styles of rich."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        from rich.text import Text  # noqa: PLC0415  # slow to import: only for a terminal

        self.text = Text()
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href")
        style = {"b": "bold", "i": "dim", "a": f"link {target}" if target else ""}.get(tag, "")
        self._open.append((tag, style))

    def handle_endtag(self, tag: str) -> None:
        for i in range(len(self._open) - 1, -1, -1):
            if self._open[i][0] == tag:
                del self._open[i]
                return

    def handle_data(self, data: str) -> None:
        self.text.append(data, style=" ".join(style for _, style in self._open if style))
