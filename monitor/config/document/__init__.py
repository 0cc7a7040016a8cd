"""A configuration file as plain data, with the place of every key and value.

JSON is YAML, and read by the json module, which is two orders of magnitude faster; places are then looked up only when
there is something to complain of.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from monitor.config.document.compose import Composer
from monitor.config.document.node import Decimal, Integer, Malformed, Node, Path, decimal, integer
from monitor.config.document.offsets import offset_in_source

__all__ = ["MAX_BYTES", "Decimal", "Document", "Integer", "Malformed", "Path"]

MAX_BYTES = 64 * 1024 * 1024


class Document:
    def __init__(self, text: str) -> None:
        self._text = text
        self._root: Node | None = None
        self._placeless = False
        self.data: dict[str, Any]
        self.flaws: tuple[Malformed, ...] = ()
        """Mistakes that leave the rest of the file readable: keys given twice."""
        try:
            data = _from_json(text)
            # Outside of texts, which hold none, JSON may have tabs where YAML allows only spaces.
            self._yaml_text = text.replace("\t", " ")
        except _NotPlainJson:
            self._yaml_text = text
            composer = Composer(text)
            self._root = composer.compose()
            self.flaws = tuple(composer.flaws)
            data = self._root.plain()

        if not isinstance(data, dict):
            line, column = self.place(())
            raise Malformed(
                "the file is not a mapping", "begin with a key such as `sources:`", line=line, column=column
            )
        self.data = data

    def place(self, path: Path, *, key: bool = False, offset: int | None = None) -> tuple[int, int]:
        """Line and column, 1-based, of the value at `path` or, with `key`, of its key. Where the path leaves the
        document, of the last value on the way. `offset` counts characters into the text of a value."""
        node = self._compose_late()
        if node is None:
            return 1, 1
        key_node: Node | None = None
        for step in path:
            if node.entries is not None and isinstance(step, str) and step in node.entries:
                key_node, node = node.entries[step]
            elif node.items is not None and isinstance(step, int) and step < len(node.items):
                key_node, node = None, node.items[step]
            else:
                key = False
                break
        if key and key_node is not None:
            node = key_node
        elif offset is not None and isinstance(node.scalar, str):
            return self._place_inside(node, offset)
        return node.line + 1, node.column + 1

    def _compose_late(self) -> Node | None:
        if self._root is None and not self._placeless:
            try:
                self._root = Composer(self._yaml_text).compose()
            except Malformed:  # JSON that YAML would not take: a key of 1,025 letters, a raw control character
                self._placeless = True
        return self._root

    def _place_inside(self, node: Node, offset: int) -> tuple[int, int]:
        at = offset_in_source(self._yaml_text, node, offset)
        before = self._yaml_text[node.start : at]
        lines = re.split(r"\r\n|[\n\r\x85\u2028\u2029]", before)
        if len(lines) == 1:
            return node.line + 1, node.column + 1 + len(before)
        return node.line + len(lines), len(lines[-1]) + 1


# --- JSON --------------------------------------------------------------------------------------------------------


class _NotPlainJson(Exception):  # noqa: N818 - not an error: the other way of reading is taken
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _NotPlainJson
    return found


def _refuse_constant(_: str) -> NoReturn:
    raise _NotPlainJson


def _from_json(text: str) -> Any:
    if text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
        raise _NotPlainJson
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            parse_int=integer,
            parse_float=decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_once,
        )
    except (ValueError, RecursionError):
        raise _NotPlainJson from None
