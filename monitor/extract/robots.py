"""`robots.txt` as RFC 9309 reads it: one group of rules for an agent, the longest match wins, and allow a tie."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitor.text.urls import absolute
from monitor.text.urls.reading import UNRESERVED, normal_escapes

MAX_BYTES = 512_000
"""What is beyond it is not read; the RFC asks for 500 KiB."""
_MAX_SITEMAPS = 200

_LINE_END = re.compile(r"\r\n|\r|\n")
_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,6})?")
_TOKEN = re.compile(r"[A-Za-z_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    allow: bool
    pattern: str
    """Of the path and query, escapes in one form; `*` is any text and a `$` at the end is the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRules:
    """What a site asks of one agent."""

    rules: tuple[Rule, ...] = ()
    crawl_delay: float | None = None
    """Seconds between two requests."""
    sitemaps: tuple[str, ...] = ()
    """Whoever the agent is."""

    def allows(self, url: str) -> bool:
        try:
            path = _path(url)
        except ValueError:
            return True
        if path == "/robots.txt":
            return True
        allowed, longest = True, -1
        for rule in self.rules:
            size = len(rule.pattern)
            if (size > longest or (size == longest and rule.allow)) and _matches(rule.pattern, path):
                allowed, longest = rule.allow, size
        return allowed


def agent_token(user_agent: str) -> str:
    """The name by which groups of rules call a `User-Agent`: `monitor/1.0 (+https://…)` is `monitor`."""
    found = _TOKEN.match(user_agent.strip())
    return found[0].lower() if found else ""


def parse_robots(body: bytes, *, user_agent: str, url: str = "") -> RobotsRules:
    """The groups that name the agent, taken together, else those of `*`. What is no robots.txt asks for nothing."""
    text = body[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    if len(body) > MAX_BYTES:
        text = _LINE_END.split(text[::-1], maxsplit=1)[-1][::-1]  # not half a rule
    token = agent_token(user_agent)
    groups: dict[str, dict[Rule, None]] = {}
    delays: dict[str, float] = {}
    sitemaps: dict[str, None] = {}
    current: set[str] = set()
    naming = False
    for line in _LINE_END.split(text):
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            current = current if naming else set()
            naming = True
            name = "*" if value.startswith("*") else agent_token(value)
            if name and name in (token, "*"):
                current.add(name)
                groups.setdefault(name, {})
        elif key in ("allow", "disallow"):
            naming = False
            if value.startswith(("/", "*", "$")):
                rule = Rule(allow=key == "allow", pattern=_pattern(value))
                for name in current:
                    groups[name][rule] = None
        elif key == "crawl-delay":
            naming = False
            if _SECONDS.fullmatch(value):
                for name in current:
                    delays.setdefault(name, float(value))
        elif key == "sitemap" and len(sitemaps) < _MAX_SITEMAPS and (found := absolute(url, value)):
            sitemaps[found] = None
    group = token if token in groups else "*"
    return RobotsRules(rules=tuple(groups.get(group, ())), crawl_delay=delays.get(group), sitemaps=tuple(sitemaps))


def _normal(text: str) -> str:
    return normal_escapes(text, decoded=UNRESERVED + "!'(),:@", safe="/?&=+;*$")


def _path(url: str) -> str:
    parts = urlsplit(url)
    path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    return path.replace("*", "%2A").replace("$", "%24")


def _pattern(value: str) -> str:
    """A `*` or a `$` that is meant as itself stands escaped in it."""
    value = _normal(value)
    end = "$" if value.endswith("$") else ""
    return value.removesuffix("$").replace("$", "%24") + end


def _matches(pattern: str, path: str) -> bool:
    """In one walk: each piece between two stars is taken where it comes first."""
    ends = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    if not pieces:
        return not ends or place == len(path)
    last = pieces.pop() if ends else ""
    for piece in pieces:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return path.endswith(last) and len(path) - len(last) >= place
