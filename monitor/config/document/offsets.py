"""Where in the file a character of a text stands, through quotes, escapes and folded lines."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.config.document.node import Node

_ESCAPES: Mapping[str, int] = {"x": 2, "u": 4, "U": 8}


def offset_in_source(text: str, node: Node, offset: int) -> int:
    """The index in `text` of character `offset` of a scalar. Exact for every character that is not white space;
    folded line breaks stand for the spaces that they become."""
    at = node.start
    while text[at : at + 1] in ("&", "!"):  # an anchor or a tag stands before the value
        while at < node.end and not text[at].isspace():
            at += 1
        while at < node.end and text[at].isspace():
            at += 1
    if node.style == '"':
        return _offset_in_double_quotes(text, node, at + 1, offset)
    value: str = node.scalar
    if node.style in ("|", ">"):
        at = text.find("\n", at) + 1 or at
    elif node.style == "'":
        at += 1
    for done, char in enumerate(value):
        if not char.isspace():
            while at < node.end and text[at] != char:
                at += 1
        if done == offset:
            return min(at, node.end)
        if char.isspace():
            at += at < node.end and text[at].isspace()
        else:
            at += 2 if char == "'" and node.style == "'" else 1
    return min(at, node.end)


def _offset_in_double_quotes(text: str, node: Node, at: int, offset: int) -> int:
    value: str = node.scalar
    for done, char in enumerate(value):
        if not char.isspace():
            while at < node.end and text[at].isspace():
                at += 1
        while text[at : at + 1] == "\\" and text[at + 1 : at + 2] in ("\n", "\r"):
            at += 2
            while at < node.end and text[at].isspace():
                at += 1
        if done == offset:
            return min(at, node.end)
        if text[at : at + 1] == "\\":
            at += 2 + _ESCAPES.get(text[at + 1 : at + 2], 0)
            if ord(char) > 0xFFFF and text[at : at + 2] == "\\u":  # the second half of a surrogate pair
                at += 6
        elif not char.isspace() or text[at : at + 1].isspace():
            at += 1
    return min(at, node.end)
