"""Plain RSS as nearly all sites write it, read into what feedparser says of it, at a tenth of the price.

Only what feedparser says without guessing, mending or resolving anything: elements that hold text and nothing else,
each once, under their usual names. A document that holds anything else is left to feedparser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from monitor.text.dates import parse_date

Attributes = dict[str, str]
Record = dict[str, Any]
"""As feedparser has a feed's head, or an entry."""

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_FEEDBURNER = "http://rssnamespace.org/feedburner/ext/1.0"
_MEDIA = "http://search.yahoo.com/mrss/"
_SLASH = "http://purl.org/rss/1.0/modules/slash/"
_WFW = "http://wellformedweb.org/CommentAPI/"
_USUAL_PREFIXES = {
    "content": _CONTENT, "dc": _DC, "feedburner": _FEEDBURNER, "media": _MEDIA, "slash": _SLASH, "wfw": _WFW,
}  # fmt: skip
"""feedparser takes these for what they usually stand for, whatever they stand for in a document."""
_CONTROLS = re.compile("[\x80-\x9f]")


class _Unusual(Exception):  # noqa: N818 - never leaves this file
    pass


def read_plain(xml: bytes, language: str) -> Record | None:
    """`feed`, `entries` and `version` as `feedparser.parse` gives them, as far as `extract.feeds` looks at them; None
    for what is not plain RSS. `language` is what a header says."""
    if b"<!" in xml[: xml.find(b"<rss")]:
        return None
    try:
        return _Reader().read(xml, language)
    except (expat.ExpatError, _Unusual):
        return None


class _Reader:
    def __init__(self) -> None:
        self._head: Record = {}
        self._entries: list[Record] = []

    def read(self, xml: bytes, language: str) -> Record:
        parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        depth = channels = 0
        record: Record = self._head
        put: Callable[[Record, Attributes, str], None] | None = None  # in an element that holds text
        said: Attributes = {}
        pieces: list[str] = []

        def start(name: str, attributes: Attributes) -> None:
            nonlocal depth, channels, record, put, said
            if put is not None:
                raise _Unusual
            depth += 1
            if depth == 4:
                put = _OF_ENTRY.get(name)
            elif depth == 3 and name == "item":
                if attributes:
                    raise _Unusual
                record = {}
                self._entries.append(record)
                return
            elif depth == 3:
                put = _OF_HEAD.get(name)
            else:
                channels += depth == 2
                wanted, usual = ("rss", {"version"}) if depth == 1 else ("channel", set[str]())
                if name != wanted or channels > 1 or not attributes.keys() <= usual:
                    raise _Unusual
                return
            if put is None:
                raise _Unusual
            said = attributes
            pieces.clear()

        def end(_: str) -> None:
            nonlocal depth, record, put
            if put is not None:
                put(record, said, _text("".join(pieces)))
                put = None
            elif depth == 3:
                _finished(record)
                record = self._head
            depth -= 1

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = pieces.append
        parser.StartNamespaceDeclHandler = _declared
        parser.Parse(xml, True)
        if not self._head.get("language") and language:
            if "language" in self._head:
                raise _Unusual
            self._head["language"] = language.replace("_", "-")
        return {"feed": self._head, "entries": self._entries, "version": "rss20"}


def _declared(prefix: str | None, uri: str) -> None:
    if prefix in _USUAL_PREFIXES and _USUAL_PREFIXES[prefix] != uri:
        raise _Unusual


def _text(text: str) -> str:
    """Where feedparser would mend what was encoded twice, or in a code page of Windows, it is not plain."""
    text = text.strip()
    if text.isascii():
        return text
    if _CONTROLS.search(text):
        raise _Unusual
    try:
        text.encode("latin-1").decode()
    except UnicodeError:
        return text
    raise _Unusual


def _once(record: Record, name: str, value: Any) -> None:
    if name in record:
        raise _Unusual
    record[name] = value


def _bare(name: str) -> Callable[[Record, Attributes, str], None]:
    def put(record: Record, attributes: Attributes, text: str) -> None:
        if attributes:
            raise _Unusual
        _once(record, name, text)

    return put


def _nothing(_: Record, attributes: Attributes, text: str) -> None:  # noqa: ARG001 - the signature of all these
    if attributes:
        raise _Unusual


def _link(record: Record, attributes: Attributes, text: str) -> None:
    if attributes or ("&" in text and ";" in text) or ":///" in text:
        raise _Unusual
    _once(record, "link", text)
    link = {"rel": "alternate", "type": "text/html"}
    record.setdefault("links", []).append(link | {"href": text} if text else link)


def _guid(record: Record, attributes: Attributes, text: str) -> None:
    if not attributes.keys() <= {"isPermaLink"} or ":///" in text:
        raise _Unusual
    _once(record, "id", text)
    record["guidislink"] = attributes.get("isPermaLink", "true") == "true"


def _finished(entry: Record) -> None:
    if entry.get("guidislink"):
        entry.setdefault("link", entry["id"])


def _date(name: str) -> Callable[[Record, Attributes, str], None]:
    def put(record: Record, attributes: Attributes, text: str) -> None:
        if attributes or (text and ("&" in text or parse_date(text) is None)):
            raise _Unusual
        _once(record, name, text)

    return put


def _author(record: Record, attributes: Attributes, text: str) -> None:
    if attributes or "@" in text:
        raise _Unusual
    _once(record, "author", text)
    record["authors"] = [{"name": text}]


def _category(record: Record, attributes: Attributes, text: str) -> None:
    if not attributes.keys() <= {"domain"}:
        raise _Unusual
    if text:
        record.setdefault("tags", []).append({"term": text})


def _encoded(record: Record, attributes: Attributes, text: str) -> None:
    if attributes:
        raise _Unusual
    _once(record, "content", [{"value": text}])


def _enclosure(record: Record, attributes: Attributes, text: str) -> None:
    if text or not attributes.keys() <= {"url", "type", "length"} or not attributes.get("url"):
        raise _Unusual
    record.setdefault("links", []).append(
        {"rel": "enclosure", "href": attributes["url"], "type": attributes.get("type", "").lower()}
    )


def _media(name: str) -> Callable[[Record, Attributes, str], None]:
    def put(record: Record, attributes: Attributes, text: str) -> None:
        if text or not attributes.get("url") or not attributes.keys() <= _OF_MEDIA:
            raise _Unusual
        record.setdefault(name, []).append(attributes | {"type": attributes.get("type", "").lower()})

    return put


_OF_MEDIA = {"url", "type", "medium", "width", "height", "fileSize", "isDefault", "expression", "duration"}
_OF_HEAD = {"title": _bare("title"), "link": _link, "language": _bare("language")}
_OF_ENTRY = {
    "title": _bare("title"),
    "link": _link,
    "guid": _guid,
    "description": _bare("summary"),
    f"{_CONTENT} encoded": _encoded,
    "pubDate": _date("published"),
    f"{_DC} date": _date("updated"),
    "author": _author,
    f"{_DC} creator": _author,
    "category": _category,
    "enclosure": _enclosure,
    f"{_MEDIA} content": _media("media_content"),
    f"{_MEDIA} thumbnail": _media("media_thumbnail"),
    f"{_FEEDBURNER} origLink": _bare("feedburner_origlink"),
    "comments": _nothing,
    f"{_SLASH} comments": _nothing,
    f"{_WFW} commentRss": _nothing,
}
