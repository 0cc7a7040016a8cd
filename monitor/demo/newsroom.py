"""The newsroom itself: a web server on loopback whose front pages follow the clock."""

from __future__ import annotations

import asyncio
import hashlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor.core.ports import Clock
from monitor.demo import feeds, pages
from monitor.demo.configuration import configuration
from monitor.demo.feeds import Published
from monitor.demo.script import Outlet, OutletKind, Report, read_script


def _now() -> datetime:
    return datetime.now(UTC)


class Newsroom:
    """Opens its doors (the zero of its timetable) when the first front page is read.

    An outlet brings news only once its front page has been read: what stands there at the first look is old news for
    a daemon, and nothing that the demo wants to show may fall into it.
    """

    def __init__(self, clock: Clock = _now) -> None:
        self._clock = clock
        self._script = read_script()
        self._outlets = {outlet.id: outlet for outlet in self._script.outlets}
        self._started = clock()
        self._opened: datetime | None = None
        self._read: set[str] = set()
        self._all_out = False
        self._url = ""
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        listener = socket.create_server(("127.0.0.1", 0))
        self._url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self._server = _Server(
            uvicorn.Config(
                self._app(),
                lifespan="off",
                log_config=None,
                log_level="warning",
                ws="none",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=1,
            )
        )
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]), name="newsroom")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        assert self._serving is not None
        self._server.should_exit = True
        await self._serving

    @property
    def url(self) -> str:
        """Without a slash at its end."""
        if not self._url:
            raise RuntimeError("the newsroom has no address before it is entered")
        return self._url

    @property
    def outlets(self) -> tuple[Outlet, ...]:
        return self._script.outlets

    @property
    def length(self) -> timedelta:
        """How long there is something new, counted from the first look at a front page."""
        return self._script.length

    def publish_all(self) -> None:
        """Puts everything on the front pages at once, whatever the time."""
        self._open()
        self._all_out = True

    def config(self, folder: Path) -> Path:
        """Writes a complete `config.yaml` for this newsroom into `folder`, where its store will be too."""
        path = folder / "config.yaml"
        path.write_text(configuration(self.url, self._script.outlets), encoding="utf-8")
        return path

    def published(self, outlet: Outlet) -> tuple[Published, ...]:
        """What stands on the front page now, newest first."""
        now = self._clock()
        return tuple(
            Published(
                report=report,
                url=self.url + report.path,
                published=self._publication(report).astimezone(outlet.zone).replace(microsecond=0),
            )
            for report in reversed(self._script.reports)
            if report.outlet == outlet.id and self._is_out(report, now)
        )

    def _is_out(self, report: Report, now: datetime) -> bool:
        if report.is_old or self._all_out:
            return True
        return self._opened is not None and report.outlet in self._read and self._opened + report.at <= now

    def _publication(self, report: Report) -> datetime:
        if report.is_old or self._opened is None:
            return self._started + report.at
        return self._opened + report.at

    def _open(self) -> None:
        if self._opened is None:
            self._opened = self._clock()

    # --- the server ---

    def _app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self._door),
                *(Route(outlet.path, self._front_page, name=outlet.id) for outlet in self._script.outlets),
                Route("/{outlet}/news/{number:int}/{slug}", self._article),
            ]
        )

    async def _door(self, _request: Request) -> Response:
        return Response(pages.door(self._script.outlets), media_type="text/html")

    async def _front_page(self, request: Request) -> Response:
        outlet = self._outlets[request.url.path.split("/")[1]]
        published = self.published(outlet)
        home = f"{self.url}/{outlet.id}"
        match outlet.kind:
            case OutletKind.RSS:
                body, media_type = feeds.rss(outlet, home, published), "application/rss+xml"
            case OutletKind.ATOM:
                body, media_type = feeds.atom(outlet, home, published), "application/atom+xml"
            case OutletKind.JSON:
                body, media_type = feeds.json_feed(outlet, home, published), "application/feed+json"
            case OutletKind.SITEMAP:
                body, media_type = feeds.news_sitemap(outlet, published), "application/xml"
            case OutletKind.LISTING:
                body, media_type = pages.listing(outlet, published), "text/html"
        self._read.add(outlet.id)
        self._open()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={"etag": etag})
        return Response(body, media_type=media_type, headers={"etag": etag})

    async def _article(self, request: Request) -> Response:
        outlet = self._outlets.get(request.path_params["outlet"])
        published = self.published(outlet) if outlet else ()
        for entry in published:
            if outlet and entry.report.path == request.url.path:
                others = [other for other in published if other is not entry]
                return Response(pages.article(outlet, entry, others), media_type="text/html")
        return Response("not published", status_code=404, media_type="text/plain")


class _Server(uvicorn.Server):
    """Leaves the signals to the daemon that runs in the same process."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
