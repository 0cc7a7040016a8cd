"""HTML as the Bot API server reads it: the tags it allows, the complaints it makes, and what is left to see."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "a": "text_link", "pre": "pre", "code": "code", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-z]+));?")
MAX_ENTITIES = 100


class CannotParse(Exception):  # noqa: N818  # the server's own words
    """`str()` is the server's description, without its prefix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An entity in the visible text, in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str = ""

    def of(self, text: str) -> str:
        raw = text.encode("utf-16-le")
        return raw[self.offset * 2 : (self.offset + self.length) * 2].decode("utf-16-le")


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(html: str) -> tuple[str, tuple[Seen, ...]]:
    """The visible text, trimmed, and its entities; raises `CannotParse`."""
    out: list[str] = []
    length = 0
    stack: list[tuple[str, int, str, int]] = []
    found: list[Seen] = []
    at = 0

    def byte(position: int) -> int:
        return len(html[:position].encode())

    while at < len(html):
        character = html[at]
        if character == "&":
            decoded, at = _decode(html, at)
            out.append(decoded)
            length += units(decoded)
        elif character != "<":
            out.append(character)
            length += units(character)
            at += 1
        elif html.startswith("</", at):
            begin = at
            if not stack:
                raise CannotParse(f"Unexpected end tag at byte offset {byte(begin)}")
            match = re.compile(r"</([^\s>]*)\s*").match(html, at)
            assert match
            at = match.end()
            if at >= len(html) or html[at] != ">":
                raise CannotParse(f"Unclosed end tag at byte offset {byte(begin)}")
            at += 1
            tag, start, url, _ = stack.pop()
            end = match[1].lower()
            if end and end != tag:
                where = f"Unmatched end tag at byte offset {byte(begin)}"
                raise CannotParse(f'{where}, expected "</{tag}>", found "</{end}>"')
            if length > start and (tag != "a" or url.startswith(("http://", "https://", "tg://", "mailto:"))):
                found.append(Seen(type=TYPES[tag], offset=start, length=length - start, url=url))
        else:
            begin = at
            tag, attributes, at = _start_tag(html, at, byte)
            if tag == "span" and attributes.get("class") != "tg-spoiler":
                raise CannotParse(f'Tag "span" must have class "tg-spoiler" at byte offset {byte(begin)}')
            stack.append((tag, length, attributes.get("href", ""), begin))
    if stack:
        raise CannotParse(f'Can\'t find end tag corresponding to start tag "{stack[-1][0]}"')
    return _trimmed("".join(out), found)


def _start_tag(html: str, begin: int, byte: Callable[[int], int]) -> tuple[str, dict[str, str], int]:
    match = re.compile(r"[^\s>]*").match(html, begin + 1)
    assert match
    tag, at = match[0].lower(), match.end()
    if at >= len(html):
        raise CannotParse(f"Unclosed start tag at byte offset {byte(begin)}")
    if tag not in TYPES:
        raise CannotParse(f'Unsupported start tag "{tag}" at byte offset {byte(begin)}')
    attributes: dict[str, str] = {}
    while True:
        while at < len(html) and html[at].isspace():
            at += 1
        if at >= len(html):
            raise CannotParse(f'Unclosed start tag "{tag}" at byte offset {byte(begin)}')
        if html[at] == ">":
            return tag, attributes, at + 1
        match = re.compile(r"[^\s=>]+").match(html, at)
        if match is None:
            raise CannotParse(f'Empty attribute name in the tag "{tag}" at byte offset {byte(begin)}')
        name, at = match[0].lower(), match.end()
        while at < len(html) and html[at].isspace():
            at += 1
        if at >= len(html) or html[at] != "=":
            if name == "expandable":
                continue
            raise CannotParse(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {byte(begin)}'
            )
        at += 1
        while at < len(html) and html[at].isspace():
            at += 1
        if at < len(html) and html[at] in "\"'":
            end = html.find(html[at], at + 1)
            if end < 0:
                raise CannotParse(f"Unclosed start tag at byte offset {byte(begin)}")
            value, at = html[at + 1 : end], end + 1
        else:
            match = re.compile(r"[A-Za-z0-9.-]*").match(html, at)
            assert match
            value, at = match[0], match.end()
        attributes[name] = _decode_all(value)


def _decode(html: str, at: int) -> tuple[str, int]:
    match = _ENTITY.match(html, at)
    if match is None:
        return "&", at + 1
    if match[3]:
        if match[3] not in NAMED:
            return "&", at + 1
        return NAMED[match[3]], match.end()
    code = int(match[1], 16) if match[1] else int(match[2])
    if code == 0 or code >= 0x10FFFF or 0xD800 <= code < 0xE000:
        return "&", at + 1
    return chr(code), match.end()


def _decode_all(value: str) -> str:
    out, at = [], 0
    while at < len(value):
        if value[at] == "&":
            decoded, at = _decode(value, at)
            out.append(decoded)
        else:
            out.append(value[at])
            at += 1
    return "".join(out)


def clean(text: str) -> str:
    """Control characters become spaces or nothing, as the server does it."""
    return "".join(c if c == "\n" or c >= " " else ("" if c == "\r" else " ") for c in text)


def _trimmed(raw: str, found: list[Seen]) -> tuple[str, tuple[Seen, ...]]:
    text = clean(raw) if "\r" not in raw else clean(raw.replace("\r", " "))
    left = units(text) - units(text.lstrip())
    text = text.strip()
    total = units(text)
    entities = []
    for one in sorted(found, key=lambda seen: (seen.offset, -seen.length)):
        start = max(one.offset - left, 0)
        end = min(one.offset + one.length - left, total)
        if end > start:
            entities.append(Seen(type=one.type, offset=start, length=end - start, url=one.url))
    return text, tuple(entities[:MAX_ENTITIES])
