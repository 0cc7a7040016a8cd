"""What sites ask of robots, asked once a day: before a page that is not a feed is fetched."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urlsplit

from monitor.core.ports import Fetched, Fetcher, FetchRequest, Trouble, Unchanged, Unreachable
from monitor.extract.robots import RobotsRules, agent_token, parse_robots
from monitor.fetch.fetcher import USER_AGENT

KEEP = 24 * 3600.0
"""Seconds that an answer counts."""
KEEP_TROUBLE = 600.0
"""Seconds until a robots.txt that could not be read is asked for again."""
MAX_DELAY = timedelta(seconds=30)
"""A longer `Crawl-delay` is cut to this."""
MAX_WEIGHT = 20_000_000
"""Characters of rules in memory, of all sites; those not needed for longest are dropped first."""
_WEIGHT_OF_ANY = 500
_MAX_FILE = 5_000_000

_NONE_GIVEN = frozenset({Trouble.NOT_FOUND, Trouble.GONE, Trouble.BLOCKED, Trouble.OTHER_STATUS, Trouble.TOO_BIG})
"""The site has no robots.txt, or none for us: RFC 9309 lets everything be fetched then."""
_OURS = frozenset({Trouble.BAD_URL, Trouble.FORBIDDEN_ADDRESS})
"""Never asked, as the page itself will not be; its own refusal says it better."""

_Key = tuple[str, bool, object, str]


@dataclass(slots=True, eq=False)
class _Site:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: RobotsRules | None = None
    """None until robots.txt was read once."""
    trouble: Unreachable | None = None
    """Why there are no rules."""
    until: float = float("-inf")
    weight: int = _WEIGHT_OF_ANY


class Robots:
    """Implements `core.ports.RobotsPolicy` as RFC 9309 has it: without a robots.txt (4xx) everything may be fetched;
    while it can't be read (5xx, 429, no connection) the rules of before count, and without any nothing may. One of it
    serves the whole process."""

    def __init__(
        self, fetcher: Fetcher, *, user_agent: str = "", monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._fetcher = fetcher
        self._user_agent = user_agent or USER_AGENT
        self._now = monotonic
        self._sites: OrderedDict[_Key, _Site] = OrderedDict()
        self._weight = 0

    def __len__(self) -> int:
        return len(self._sites)

    async def clear(self, request: FetchRequest) -> FetchRequest | Unreachable:
        site = await self._site(request)
        if site is None:
            return request  # no URL to fetch either, as the fetcher will say
        if site.rules is None:
            return site.trouble or request
        if not site.rules.allows(request.url):
            where = f"{_root(request.url)}/robots.txt"
            return Unreachable(
                trouble=Trouble.ROBOTS,
                detail=f"{where} asks not to fetch this page; `robots: false` on the source goes past it",
            )
        delay = min(timedelta(seconds=site.rules.crawl_delay or 0), MAX_DELAY)
        return replace(request, host_gap=delay) if delay > request.host_gap else request

    async def sitemaps(self, request: FetchRequest) -> tuple[str, ...]:
        site = await self._site(request)
        return site.rules.sitemaps if site is not None and site.rules is not None else ()

    async def _site(self, request: FetchRequest) -> _Site | None:
        """None for what is no URL."""
        root = _root(request.url)
        if not root:
            return None
        key = (root, request.allow_private, request.proxy, agent_token(self._agent(request)))
        site = self._sites.get(key)
        if site is None:
            site = self._sites[key] = _Site()
            self._weight += site.weight
        self._sites.move_to_end(key)
        async with site.lock:
            if site.until <= self._now():
                await self._ask(site, root, request)
                self._weigh(key, site)
        return site

    async def _ask(self, site: _Site, root: str, request: FetchRequest) -> None:
        # without what is meant for the source alone: this may be a host that it redirected to
        answer = await self._fetcher.fetch(
            replace(
                request,
                url=f"{root}/robots.txt",
                headers={},
                cookies={},
                etag="",
                last_modified="",
                max_bytes=_MAX_FILE,
            )
        )
        match answer:
            case Fetched(body=body, url=url):
                self._keep(site, parse_robots(body, user_agent=self._agent(request), url=url))
            case Unreachable(trouble=trouble) if trouble in _NONE_GIVEN:
                self._keep(site, RobotsRules())
            case Unreachable(trouble=trouble) if trouble in _OURS:
                site.until = self._now() + KEEP_TROUBLE
            case Unreachable(detail=detail):
                site.until = self._now() + KEEP_TROUBLE
                site.trouble = replace(answer, detail=f"no page is asked for while robots.txt can't be read: {detail}")
            case Unchanged():  # to a request without validators: an answer that is none
                site.until = self._now() + KEEP_TROUBLE

    def _agent(self, request: FetchRequest) -> str:
        """Rules count for the name that the page would be asked under."""
        return request.user_agent or self._user_agent

    def _keep(self, site: _Site, rules: RobotsRules) -> None:
        site.rules, site.trouble, site.until = rules, None, self._now() + KEEP

    def _weigh(self, key: _Key, site: _Site) -> None:
        rules = site.rules.rules if site.rules else ()
        weight = _WEIGHT_OF_ANY + sum(len(rule.pattern) + 100 for rule in rules)
        if self._sites.get(key) is site:  # or it was dropped meanwhile
            self._weight += weight - site.weight
        site.weight = weight
        while self._weight > MAX_WEIGHT and len(self._sites) > 1:
            _, dropped = self._sites.popitem(last=False)
            self._weight -= dropped.weight


def _root(url: str) -> str:
    """Scheme, host and port, as far as they can be told; user names are refused by the fetcher."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme.lower()}://{host}" + (f":{port}" if port is not None else "")
