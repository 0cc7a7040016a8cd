"""What is done to a document before any parser sees it: unpacked, decoded, freed of what surrounds or poisons it.

Every step is linear in the size of the document, and none expands an entity.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from monitor.extract.charset import decode

MAX_BYTES = 15_000_000
"""Of a document, unpacked. What goes beyond it is not read."""

_TEXT_STARTS = (b"<", b"{", b"[", b"\xef", b"\xfe", b"\xff", b"\x00", b"\x4c")
"""Of documents in any encoding that is looked for."""
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MASS = re.compile(r"(?:\A|<)[^<]{300000}[^<]++")

_START = re.compile(
    r"<\?xml\b|<!DOCTYPE\b|<(?:[\w-]{1,30}:)?(?:rss|feed|RDF|channel|urlset|sitemapindex)\b", re.IGNORECASE
)
_ROOT = re.compile(r"<((?:[\w-]{1,30}:)?(rss|feed|RDF|urlset|sitemapindex))\b[^<>]*>", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml\b[^<>]{0,1000}?\?>|\s*<\?xml\b[^<>]{0,1000}>", re.IGNORECASE)
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_UNSOUND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)")
_BARE = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[a-zA-Z]\w{0,31};)")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{0,31});")
_BLANKS = re.compile(r"[ \t\r\n]{200,}")
_BEFORE = "\ufeff \t\r\n"
_XML_ENTITIES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_SUBSET = re.compile(r"<!DOCTYPE\b[^<>\[]{0,2000}", re.IGNORECASE)
_PLAIN_ENTITY = re.compile(
    r"<!ENTITY\s+(\w{1,40})\s+(?:\"([^\"<&%]{0,200}|&#x?[0-9a-fA-F]{1,7};)\"|'([^'<&%]{0,200}|&#x?[0-9a-fA-F]{1,7};)')\s*>"
)
_ENTRY_END = re.compile(r"</(?:[\w-]{1,30}:)?(?:item|entry|url|sitemap)\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    text: str
    notes: tuple[str, ...] = ()
    utf8: bytes = b""
    """The text, where the body holds it so."""

    def encoded(self) -> bytes:
        return self.utf8 or self.text.encode("utf-8", "replace")


def unpacked(body: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Undoes gzip or deflate that no header told of; a stream that was cut short gives what came through, a bomb its
    beginning."""
    notes: tuple[str, ...] = ()
    for _ in range(2):
        wbits = _packing(body)
        if not wbits:
            break
        try:
            body = zlib.decompressobj(wbits=wbits).decompress(body, MAX_BYTES)
        except zlib.error:
            return b"", ("gzip that cannot be unpacked",)
        notes = ("gzip without a header",)
    if len(body) > MAX_BYTES:
        body, notes = body[:MAX_BYTES], (*notes, f"read up to {MAX_BYTES} bytes")
    return body, notes


def _packing(body: bytes) -> int:
    """How zlib calls what the body is packed in; 0 when it is not."""
    if body.startswith(b"\x1f\x8b"):
        return 31
    if body[:1] in _TEXT_STARTS or not _BINARY.search(body[:200]):
        return 0
    for wbits in (15, -15):
        try:
            begun = zlib.decompressobj(wbits=wbits).decompress(body[:4000], 1000)
        except zlib.error:
            continue
        if len(begun) > 20 and begun.lstrip()[:1] in _TEXT_STARTS:
            return wbits
    return 0


def opened(body: bytes, headers: Mapping[str, str] | None = None) -> Repaired:
    """The document's text, without a mark or an XML declaration. Of a sound document there is nothing else to do."""
    body, notes = unpacked(body)
    decoded = decode(body, headers)
    text = decoded.text.lstrip(_BEFORE)
    if text[:6].lower().startswith("<?xml"):
        text = _DECLARATION.sub("", text, count=1)
    utf8 = b""
    if decoded.utf8_from is not None and decoded.text.endswith(text):
        before = decoded.text[: len(decoded.text) - len(text)]
        utf8 = body[decoded.utf8_from + len(before.encode()) :]
    return Repaired(text=text, notes=(*notes, decoded.note) if decoded.note else notes, utf8=utf8)


def repair_xml(body: bytes, headers: Mapping[str, str] | None = None) -> Repaired:
    return mended(opened(body, headers))


def mended(read: Repaired) -> Repaired:
    """XML that a strict parser has a chance with: one document, no DTD, no stray characters. Its text has no XML
    declaration."""
    text = read.text
    said = [*read.notes]
    if _ILLEGAL.search(text):
        text = _ILLEGAL.sub("", text)
        said.append("control characters")
    start = _START.search(text)
    if start and start.start():
        if text[: start.start()].strip():
            said.append("junk before the document")
        text = text[start.start() :]
    text = _without_masses(_BLANKS.sub("\n", text))
    text = _DECLARATION.sub("", text, count=1) if text[:6].lower().startswith("<?xml") else text
    if not start:
        return Repaired(text=text, notes=tuple(said))
    text, entities = _without_dtd(text)
    text = _closed(text, said)
    return Repaired(text=_sound_references(text, entities, said), notes=tuple(dict.fromkeys(said)))


def _without_masses(text: str) -> str:
    """Shortens what stands between two tags and is longer than any article; its end may close a CDATA section."""
    return _MASS.sub(lambda match: match[0][:300_000] + match[0][-20:], text)


def _without_dtd(text: str) -> tuple[str, dict[str, str]]:
    """The document without its DTD, and the entities in it that stand for a few plain characters."""
    found = _SUBSET.search(text[:20_000])
    if not found:
        return text, {}
    end = found.end()
    entities: dict[str, str] = {}
    if text[end : end + 1] == "[":
        close = re.compile(r"\]\s*>").search(text, end)
        inside = text[end : close.start() if close else end]
        for name, double, single in _PLAIN_ENTITY.findall(inside[:20_000])[:300]:
            entities[name + ";"] = html.unescape(double or single)
        root = _ROOT.search(text, end)
        end = close.end() if close else root.start() if root else len(text)
    elif text[end : end + 1] == ">":
        end += 1
    return text[: found.start()] + text[end:], entities


def _closed(text: str, said: list[str]) -> str:
    """Cut after the root's end; a document without one is cut after its last whole entry, and closed."""
    root = _ROOT.search(text[:50_000])
    if not root:
        return text
    name, kind = root[1], root[2].lower()
    end = text.rfind(f"</{name}")
    if end >= 0:
        close = text.find(">", end)
        if close >= 0:
            if text[close + 1 :].strip():
                said.append("junk after the document")
            return text[: close + 1]
        text = text[:end]
    last = None
    for last in _ENTRY_END.finditer(text):  # noqa: B007 - only the last one is wanted
        pass
    if last is None:
        return text
    said.append("cut short: its whole entries were read")
    text = text[: last.end()]
    if kind == "rss" and text.rfind("<channel") > text.rfind("</channel"):
        text += "</channel>"
    return f"{text}</{name}>"


def _sound_references(text: str, entities: Mapping[str, str], said: list[str]) -> str:
    """Outside CDATA: names that HTML or the document itself gives to characters become them, what else starts with an
    ampersand is one."""
    if not _UNSOUND.search(text):
        return text
    known: dict[str, str] = {}

    def mend(match: re.Match[str]) -> str:
        whole = match[0]
        if whole not in known:
            known[whole] = _reference(whole, entities)
        return known[whole]

    pieces = _CDATA.split(text)
    for i in range(0, len(pieces), 2):
        mended = _REFERENCE.sub(mend, _BARE.sub("&amp;", pieces[i]))
        if mended != pieces[i]:
            pieces[i] = mended
            said.append("stray ampersands or named entities")
    return "".join(pieces)


def _reference(whole: str, entities: Mapping[str, str]) -> str:
    """What a strict parser understands in place of `&name;` or `&#number;`."""
    name = whole[1:]
    if name in _XML_ENTITIES:
        return whole
    if name[0] == "#":
        code = int(name[2:-1], 16) if name[1] in "xX" else int(name[1:-1])
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or (code < 0x20 and code not in (9, 10, 13)):
            return ""
        return html.unescape(whole) if 0x80 <= code <= 0x9F else whole
    char = entities[name] if name in entities else html.unescape(whole)
    return "&amp;" + name if char == whole else html.escape(char)
