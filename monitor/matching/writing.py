"""A tree, written as a query: the way it was understood."""

from __future__ import annotations

import re

from monitor.core.errors import QueryError
from monitor.matching.lexer import tokens_of
from monitor.matching.query import (
    And,
    AtLeast,
    EntityRef,
    In,
    ListRef,
    Near,
    Node,
    Not,
    Or,
    Published,
    Regex,
    RuleRef,
    Term,
    Within,
)

_JOINED = (And, Or, Near)
_SURELY_BARE = re.compile(r"[^\W_]+\Z")
_KEYWORDS = frozenset({"AND", "OR", "NOT", "NEAR", "ONEAR", "SENTENCE", "PARAGRAPH", "ATLEAST"})


def write(node: Node) -> str:
    """In canonical form, with parentheses wherever precedence decides; reading that gives an equal tree."""
    match node:
        case Term():
            return write_term(node)
        case Regex(pattern=pattern, ignores_case=ignores_case):
            # The backslash before a slash belongs to the query, not to the expression.
            return f"re:/{pattern.replace('/', chr(92) + '/')}/{'i' if ignores_case else ''}"
        case EntityRef():
            return f"entity:{node.id}"
        case ListRef():
            return f"list:{node.id}"
        case RuleRef():
            return f"rule:{node.id}"
        case Published(sign=sign, when=when):
            return f"published:{sign}{when}"
        case And(parts=parts):
            return " AND ".join(_inside(p) for p in parts)
        case Or(parts=parts):
            return " OR ".join(_inside(p) for p in parts)
        case Near(left=left, right=right, distance=distance, ordered=ordered):
            return f"{_inside(left)} {'ONEAR' if ordered else 'NEAR'}/{distance} {_inside(right)}"
        case Not(part=part):
            return f"NOT {_inside(part)}"
        case In(field=name, part=part):
            return f"{name}:{write(part)}" if isinstance(part, (Term, Within, AtLeast)) else f"{name}:({write(part)})"
        case Within(part=part, paragraph=paragraph):
            return f"{'PARAGRAPH' if paragraph else 'SENTENCE'}({write(part)})"
        case AtLeast(count=count, part=part):
            return f"ATLEAST/{count}({write(part)})"


def _inside(part: Node) -> str:
    return f"({write(part)})" if isinstance(part, _JOINED) else write(part)


def write_term(term: Term) -> str:
    """A term as it is written in a query."""
    sign = "=" if term.is_exact else ""
    if not term.is_phrase and _is_bare(sign + term.text, term):
        return sign + term.text
    text = term.text.replace("\\", "\\\\") if term.is_exact else term.text
    quoted = text.replace('"', '\\"')
    return f'{sign}"{quoted}"'


def _is_bare(written: str, term: Term) -> bool:
    """Whether the term is read again as it is without quotes."""
    if _SURELY_BARE.match(written):
        return written not in _KEYWORDS
    try:
        tokens = tokens_of(written)
    except QueryError:
        return False
    return len(tokens) == 2 and tokens[0].node == term
