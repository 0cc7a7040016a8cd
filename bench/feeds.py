"""A thousand made-up feeds, and the server that shows them: what the measurements of polling read."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from html import escape

ITEMS = 30
CHANGES = 6
"""New entries that a feed of the path `/c/` has in stock; one comes with each request."""
START = datetime(2025, 2, 13, 10, 0, tzinfo=UTC)

LANGUAGES = {
    "id": "pemerintah perundingan menteri negara ekonomi rapat warga harga kebijakan daerah banjir pemilu",
    "en": "minister talks government election market report border council storm leaders summit ceasefire",
    "ru": "правительство переговоры министр выборы рынок граница заявил президент встреча экономика город",
    "uk": "уряд переговори міністр вибори ринок кордон заявив президент зустріч економіка місто країна",
    "ar": "الحكومة المفاوضات الوزير الانتخابات السوق الحدود الرئيس الاجتماع الاقتصاد المدينة اتفاق",
    "zh": "政府谈判 部长会议 选举结果 市场报告 边境局势 总统讲话 经济政策 城市发展 协议签署",
    "de": "Regierung Verhandlungen Minister Wahlen Markt Grenze Präsident Treffen Wirtschaft Stadt Gespräche",
    "tr": "hükümet görüşmeler bakan seçim piyasa sınır cumhurbaşkanı toplantı ekonomi şehir anlaşma",
    "el": "κυβέρνηση διαπραγματεύσεις υπουργός εκλογές αγορά σύνορα πρόεδρος συνάντηση οικονομία πόλη",
    "hi": "सरकार वार्ता मंत्री चुनाव बाजार सीमा राष्ट्रपति बैठक अर्थव्यवस्था शहर समझौता",
}


class Feed:
    """RSS of about 48 KB: descriptions with markup, escaped or in CDATA, some with a full text, and pictures."""

    def __init__(self, number: int) -> None:
        self._dice = random.Random(number)
        self._number = number
        self._language = list(LANGUAGES)[number % len(LANGUAGES)]
        self._words = [w + s for w in LANGUAGES[self._language].split() for s in ("", *self._endings(12))]
        self._escaped = number % 2 == 0
        self._whole = number % 3 == 0
        self._entries = [self._entry(n) for n in range(ITEMS + CHANGES)]

    def body(self, change: int = 0) -> bytes:
        """As it is after `change` changes, each of which brought one entry and took the oldest away."""
        shown = "".join(reversed(self._entries[change : change + ITEMS]))
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel><title>Outlet {self._number}</title>'
            f"<link>https://outlet{self._number}.example/</link><description>News</description>"
            f"<language>{self._language}</language>\n{shown}</channel></rss>\n"
        ).encode()

    def _endings(self, count: int) -> list[str]:
        return ["".join(self._dice.choices("aeiourstn", k=3)) for _ in range(count)]

    def _say(self, characters: int) -> str:
        said: list[str] = []
        while characters > 0:
            said.append(self._dice.choice(self._words))
            characters -= len(said[-1].encode()) + 1
        return " ".join(said)

    def _entry(self, n: int) -> str:
        link = f"https://outlet{self._number}.example/news/2025/02/{n}-{self._dice.randrange(10**8)}"
        html = (
            f'<p><a href="{link}"><img width="300" src="{link}.jpg" class="wide" alt="{self._say(25)}"/></a>'
            f"{self._say(130)} <strong>{self._say(35)}</strong> {self._say(100)}&#8217;s&nbsp;{self._say(35)}"
            "[&#8230;]</p>"
            f'<p>{self._say(140)}<br/><em>{self._say(25)}</em> &amp; <a href="/more/{n}">{self._say(20)}</a>.</p>'
        )
        shown = escape(html) if self._escaped else f"<![CDATA[{html}]]>"
        whole = f"<content:encoded><![CDATA[<div>{html * 2}</div>]]></content:encoded>" if self._whole and n < 9 else ""
        return (
            f"<item><title>{escape(self._say(70))}</title>\n<link>{link}?utm_source=rss</link>"
            f'<guid isPermaLink="false">{self._number}-{n}</guid><dc:creator>{self._say(15)}</dc:creator>'
            f"<pubDate>{START + timedelta(minutes=n):%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
            f'<category>{self._say(8)}</category><media:content url="{link}.jpg" medium="image" type="image/jpeg"/>'
            f"<description>{shown}</description>{whole}</item>\n"
        )


async def serve(count: int) -> None:
    """On every loopback address: `/v/N` has an ETag and honours it, `/n/N` has no validators, `/c/N` has none and
    brings a new entry with each request. Prints its port."""
    feeds = [Feed(n) for n in range(count)]
    bodies = [feed.body() for feed in feeds]
    asked = [0] * count

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                _, mode, number = head.split(b" ", 2)[1].split(b"/")
                n = int(number)
                tag = b""
                body = bodies[n]
                if mode == b"c":
                    body = feeds[n].body(min(asked[n], CHANGES))
                    asked[n] += 1
                elif mode == b"v":
                    etag = b'"%d"' % len(body)
                    tag = b"ETag: " + etag + b"\r\n"
                    if etag in head:
                        writer.write(b"HTTP/1.1 304 Not Modified\r\n" + tag + b"\r\n")
                        continue
                size = b"Content-Length: %d\r\n\r\n" % len(body)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n" + tag + size + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "0.0.0.0", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def server(count: int) -> Iterator[int]:
    """The port of a server in a process of its own, so that only the other side's work is measured."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.feeds", str(count)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        try:
            yield int(child.stdout.readline())
        finally:
            child.terminate()


def addresses(port: int, mode: str, count: int) -> list[str]:
    """One host for each feed."""
    return [f"http://127.{1 + n // 62_500}.{n // 250 % 250}.{1 + n % 250}:{port}/{mode}/{n}" for n in range(count)]


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
