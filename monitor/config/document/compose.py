"""YAML text -> nodes. The one door of ruamel.yaml.

YAML 1.2 core schema: `NO` and `22:30` are texts, dates stay as they were written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from monitor.config.document.node import Malformed, Node, decimal, integer

MAX_DEPTH = 40
MAX_COPIES = 100_000
"""Values that aliases may add to those that are written out."""


_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_TAG = "tag:yaml.org,2002:"


def _resolve(text: str) -> Any:
    """The value of an unquoted scalar."""
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INTEGER.fullmatch(text):
        return integer(text)
    if _DECIMAL.fullmatch(text):
        return decimal(text)
    return text


def _whole(text: str) -> str:
    """Escaped surrogate pairs made one character, as JSON writers mean them."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


@dataclass(slots=True)
class _Open:
    """A collection that is still being read."""

    node: Node
    anchor: str | None
    key: Node | None = None
    merges: list[Node] = field(default_factory=list)


class Composer:
    """Builds nodes from the events of ruamel's parser. Its own composer and constructors keep less of the places and
    follow aliases without a bound."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._anchors: dict[str, Node | None] = {}
        self._open: list[_Open] = []
        self._root: Node | None = None
        self._written = 0
        self.flaws: list[Malformed] = []

    def compose(self) -> Node:
        try:
            self._read()
        except MarkedYAMLError as error:
            raise _explain(error) from None
        except ReaderError as error:
            line, column = _line_and_column(self._text, error.position)
            raise Malformed(
                "a control character or something else that is no text stands here",
                "remove it",
                line=line,
                column=column,
            ) from None
        except Malformed:
            raise
        except Exception:  # noqa: BLE001 - whatever else the parser stumbles over is in the file, not in us
            raise Malformed("this is not valid YAML") from None
        if self._root is None or (self._root.scalar is None and not self._root.items and not self._root.entries):
            if self._root is not None and (self._root.items is not None or self._root.entries is not None):
                return self._root
            raise Malformed("the file is empty", "a first rule is `rules: [{id: nato, match: NATO}]`")
        return self._root

    def _read(self) -> None:
        documents = 0
        for event in YAML(typ="safe", pure=True).parse(self._text):
            match event:
                case ScalarEvent():
                    self._scalar(event)
                case MappingStartEvent() | SequenceStartEvent():
                    self._begin(event)
                case MappingEndEvent() | SequenceEndEvent():
                    self._finish(event)
                case AliasEvent():
                    self._alias(event)
                case DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        raise _at(event.start_mark, "a second document begins here", "remove the line `---`")
                case _:
                    pass

    def _scalar(self, event: ScalarEvent) -> None:
        mark = event.start_mark
        style = event.style or ""
        node = Node(mark.line, mark.column, mark.index, event.end_mark.index, style)
        tag = str(event.tag) if event.tag else ""
        if tag in ("", "!"):
            plain = not style and tag != "!"
            node.scalar = _resolve(event.value) if plain else _whole(event.value)
        elif tag == _TAG + "str":
            node.scalar = _whole(event.value)
        elif tag in (_TAG + "int", _TAG + "float", _TAG + "bool", _TAG + "null"):
            node.scalar = _resolve(event.value)
        else:
            raise _at(mark, "tags (a word after '!') are not used here", "put a text that begins with '!' in quotes")
        if isinstance(node.scalar, str) and any("\ud800" <= c <= "\udfff" for c in node.scalar):
            raise _at(mark, "half of a character (a lone surrogate) is written here", "write the character itself")
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        self._add(node)

    def _begin(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        mark = event.start_mark
        if len(self._open) >= MAX_DEPTH:
            raise _at(mark, "nested too deeply")
        if event.tag and str(event.tag) not in ("!", _TAG + "map", _TAG + "seq"):
            raise _at(mark, "tags (a word after '!') are not used here", "remove it")
        node = Node(mark.line, mark.column, mark.index)
        if isinstance(event, MappingStartEvent):
            node.entries = {}
        else:
            node.items = []
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        self._open.append(_Open(node, event.anchor))

    def _finish(self, event: MappingEndEvent | SequenceEndEvent) -> None:
        opened = self._open.pop()
        node = opened.node
        node.end = event.end_mark.index
        for merged in opened.merges:
            self._merge(merged, node)
        if node.entries is not None:
            node.size = 1 + sum(value.size for _, value in node.entries.values())
        else:
            node.size = 1 + sum(item.size for item in node.items or ())
        if node.size > self._written + MAX_COPIES:
            raise Malformed(
                "aliases multiply the file beyond reason", "write fewer '*' aliases", line=node.line + 1,
                column=node.column + 1,
            )  # fmt: skip
        if opened.anchor is not None:
            self._anchors[opened.anchor] = node
        self._add(node)

    def _alias(self, event: AliasEvent) -> None:
        # The name is not repeated: it may be a password that somebody forgot to quote.
        if event.anchor not in self._anchors:
            raise _at(
                event.start_mark,
                "'*' begins an alias, and there is no anchor of that name",
                "put a text that begins with '*' in quotes",
            )
        node = self._anchors[event.anchor]
        if node is None:
            raise _at(event.start_mark, "an alias stands inside of what it stands for", "remove it")
        self._add(node)

    def _add(self, node: Node) -> None:
        self._written += 1
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if parent.node.items is not None:
            parent.node.items.append(node)
        elif parent.key is None:
            if node.items is not None or node.entries is not None or node.scalar is None:
                raise _at(node, "a key must be a word", "put a text that begins with '{', '[' or '?' in quotes")
            parent.key = node
        else:
            self._pair(parent, parent.key, node)
            parent.key = None

    def _pair(self, parent: _Open, key: Node, value: Node) -> None:
        if key.scalar == "<<" and not key.style:
            parent.merges.append(value)
            return
        name = key.scalar if isinstance(key.scalar, str) else getattr(key.scalar, "text", str(key.scalar).lower())
        entries = parent.node.entries
        assert entries is not None
        if name in entries:
            first = entries[name][0]
            shown = f" {name!r}" if _is_word(name) else ""
            what = f"the key{shown} is given twice, first at line {first.line + 1}, column {first.column + 1}"
            self.flaws.append(_at(key, what, "keep one of them"))
            return
        entries[name] = (key, value)

    def _merge(self, merged: Node, into: Node) -> None:
        assert into.entries is not None
        for source in merged.items if merged.items is not None else [merged]:
            if source.entries is None:
                raise _at(merged, "'<<' takes a mapping, or a list of mappings")
            for name, pair in source.entries.items():
                into.entries.setdefault(name, pair)


def _is_word(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z_][\w-]{0,39}", text) is not None


def _at(place: StringMark | Node, what: str, remedy: str = "") -> Malformed:
    return Malformed(what, remedy, line=place.line + 1, column=place.column + 1)


def _line_and_column(text: str, index: int) -> tuple[int, int]:
    lines = re.split(r"\r\n|[\n\r\x85\u2028\u2029]", text[:index])
    return len(lines), len(lines[-1]) + 1


_EXPLAINED: tuple[tuple[str, str, str], ...] = (
    (r"found character '\\t'", "a tab stands where only spaces may", "indent with spaces"),
    (r"that cannot start any token", "no value can begin with this character", "put the text in quotes"),
    (r"could not find expected ':'", "a key without ':'", "write `key: value`, with a space after the colon"),
    (
        r"mapping values are not allowed here",
        "a ':' where no key can stand",
        "put a text that holds ': ' in quotes, and check the indentation",
    ),
    (r"quoted scalar.*unexpected end", "the quote that opens here is not closed", "close it"),
    (r"quoted scalar.*document separator", "the quote that opens here is not closed", "close it"),
    (r"flow sequence", "the list that opens with '[' goes wrong here", "separate with ',' and close with ']'"),
    (r"flow mapping", "the mapping that opens with '{' goes wrong here", "separate with ',' and close with '}'"),
    (
        r"block (collection|mapping|sequence)",
        "the indentation of this line fits nothing above it",
        "align it with its neighbours, and close every quote",
    ),
    (r"unknown escape|expected escape", "an unknown escape in double quotes", "use single quotes"),
    (r"directive", "a line that begins with '%' is a directive of YAML", "put a text that begins with '%' in quotes"),
    (r"tag", "'!' begins a tag, and this is none", "put a text that begins with '!' in quotes"),
    (r"an alias|an anchor", "'&' begins an anchor and '*' an alias, and this is neither", "put the text in quotes"),
    (r"block scalar", "'|' and '>' begin a block of text on the next line", "put the text in quotes"),
)


def _explain(error: MarkedYAMLError) -> Malformed:
    """ruamel's complaint in words of ours: its own may quote the file, and with it a secret."""
    said = f"{error.context or ''} {error.problem or ''}"
    for pattern, what, remedy in _EXPLAINED:
        if re.search(pattern, said, re.DOTALL):
            mark = error.context_mark if "not closed" in what else error.problem_mark
            return _at(mark or error.problem_mark or error.context_mark, what, remedy)
    mark = error.problem_mark or error.context_mark
    return _at(mark, "this is not valid YAML") if mark else Malformed("this is not valid YAML")
