"""What happens to feeds on their way: from the text of a sound feed to what a server sends, with its headers."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable

Sent = tuple[bytes, dict[str, str]]
Damage = Callable[[str, str], Sent]
"""From the text, without a declaration, and an old code page that can hold it."""

UTF8 = '<?xml version="1.0" encoding="utf-8"?>\n'


def declared(codec: str) -> str:
    return f'<?xml version="1.0" encoding="{codec}"?>\n'


def packed_raw(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def plain(body: str | bytes) -> Sent:
    return (body if isinstance(body, bytes) else body.encode(), {})


def cut(text: str) -> str:
    """In the middle of the last entry."""
    return text[: text.rindex("<description>") + 16]


def in_titles(text: str, change: Callable[[str], str]) -> str:
    return re.sub(r"<item><title>(.*?)</title>", lambda m: f"<item><title>{change(m[1])}</title>", text)


def mixed(text: str, codec: str) -> bytes:
    """The last entry in the old code page, the others in UTF-8: two systems fill the feed."""
    place = text.rindex("<item>")
    return (UTF8 + text[:place]).encode() + text[place:].encode(codec)


def misread(text: str) -> str:
    return "".join(
        chr(byte) if (char := bytes([byte]).decode("cp1252", "replace")) == "\ufffd" else char for byte in text.encode()
    )


DAMAGES: dict[str, Damage] = {
    "none": lambda t, c: plain(UTF8 + t),
    "no declaration": lambda t, c: plain(t),
    "a mark, no declaration": lambda t, c: plain(b"\xef\xbb\xbf" + t.encode()),
    "two marks": lambda t, c: plain(b"\xef\xbb\xbf\xef\xbb\xbf" + (UTF8 + t).encode()),
    "blank lines first": lambda t, c: plain("\n \r\n\t" + UTF8 + t),
    "utf-16 little-endian": lambda t, c: plain(b"\xff\xfe" + (declared("utf-16") + t).encode("utf-16-le")),
    "utf-16 big-endian called utf-8": lambda t, c: plain(b"\xfe\xff" + (UTF8 + t).encode("utf-16-be")),
    "utf-16 without a mark": lambda t, c: plain((declared("utf-16") + t).encode("utf-16-le")),
    "utf-32": lambda t, c: plain((declared("utf-32") + t).encode("utf-32")),
    "utf-32 without a mark": lambda t, c: plain((declared("utf-32") + t).encode("utf-32-be")),
    "called utf-16, is utf-8": lambda t, c: plain(declared("utf-16") + t),
    "old code page, declared": lambda t, c: plain((declared(c) + t).encode(c)),
    "old code page, called utf-8": lambda t, c: plain((UTF8 + t).encode(c)),
    "old code page, no word of it": lambda t, c: plain(t.encode(c)),
    "old code page, named by the server": lambda t, c: (t.encode(c), {"content-type": f"text/xml; charset={c}"}),
    "old code page, the server says latin-1": lambda t, c: (
        (declared(c) + t).encode(c),
        {"content-type": "text/xml; charset=iso-8859-1"},
    ),
    "utf-8 called the old code page": lambda t, c: plain(declared(c) + t),
    "utf-8, the server says latin-1": lambda t, c: (
        (UTF8 + t).encode(),
        {"Content-Type": "text/xml; charset=ISO-8859-1"},
    ),
    "two code pages in one feed": lambda t, c: plain(mixed(t, c)),
    "encoded twice": lambda t, c: plain(UTF8 + misread(t)),
    "one bad byte": lambda t, c: plain((UTF8 + t).encode().replace(b"<description>", b"<description>\xff ", 1)),
    "a character cut in half": lambda t, c: plain((UTF8 + t).encode().replace(b".</desc", b" \xe2\x80</desc", 1)),
    "control characters": lambda t, c: plain(UTF8 + in_titles(t, lambda s: s[:3] + "\x0b" + s[3:] + "\x1b")),
    "zero bytes": lambda t, c: plain(UTF8 + t + "\x00\x00"),
    "zero bytes inside": lambda t, c: plain(UTF8 + in_titles(t, lambda s: s[:3] + "\x00" + s[3:])),
    "bare ampersands": lambda t, c: plain(UTF8 + t.replace("<description>", "<description>R&D & more ")),
    "entities of html": lambda t, c: plain(UTF8 + t.replace("<description>", "<description>a&nbsp;b &ndash; &hellip;")),
    "an ampersand in links": lambda t, c: plain(UTF8 + t.replace("?p=", "?page=1&p=")),
    "cut in the last entry": lambda t, c: plain(UTF8 + cut(t)),
    "no end of the document": lambda t, c: plain(UTF8 + t.replace("</channel></rss>", "")),
    "gzip": lambda t, c: plain(gzip.compress((UTF8 + t).encode())),
    "gzip twice": lambda t, c: plain(gzip.compress(gzip.compress((UTF8 + t).encode()))),
    "gzip, cut": lambda t, c: plain(gzip.compress((UTF8 + t + " " * 500).encode())[:-9]),
    "deflate": lambda t, c: plain(zlib.compress((UTF8 + t).encode())),
    "deflate, raw": lambda t, c: plain(packed_raw((UTF8 + t).encode())),
    "lengths of chunks": lambda t, c: plain("1f40\r\n" + UTF8 + t + "\r\n0\r\n\r\n"),
    "a warning first": lambda t, c: plain("<br />\n<b>Notice</b>: Undefined index in /srv/x.php<br />\n" + UTF8 + t),
    "a page after it": lambda t, c: plain(UTF8 + t + "<script>count()</script><html><body>x & y</body></html>"),
    "titles escaped twice in cdata": lambda t, c: plain(
        UTF8 + in_titles(t, lambda s: "<![CDATA[" + s.replace("&", "&amp;") + "]]>")
    ),
    "titles in bold": lambda t, c: plain(UTF8 + in_titles(t, lambda s: f"&lt;b&gt;{s}&lt;/b&gt;")),
    "a doctype": lambda t, c: plain(UTF8 + '<!DOCTYPE rss [<!ENTITY nbsp "&#160;">]>\n' + t),
    "an undeclared prefix": lambda t, c: plain(UTF8 + t.replace("<description>", '<media:x url="y"/><description>')),
    "a tag that is not closed": lambda t, c: plain(UTF8 + t.replace("</description>", "<br></description>", 1)),
    "an attribute without quotes": lambda t, c: plain(UTF8 + t.replace("</desc", "<a href=x>y</a></desc")),
    "a comment with dashes": lambda t, c: plain(UTF8 + t.replace("<item>", "<!-- a -- b --><item>", 1)),
    "another feed after it": lambda t, c: plain(UTF8 + t + UTF8 + "<rss><channel></channel></rss>"),
    "carriage returns": lambda t, c: plain((UTF8 + t).replace("\n", "\r\n").replace("><", ">\r<")),
    "tags in capitals": lambda t, c: plain(UTF8 + re.sub(r"</?[a-z]+", lambda m: m[0].upper(), t)),
}  # fmt: skip
LOSES_LAST = frozenset({"cut in the last entry"})
"""Damages after which the last entry is not to be expected."""
