"""`/healthz`, `/metrics` and a status page on the configured address. A busy port is a warning, not an end."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import socket
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict
from html import escape

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from monitor.core.settings import WebSettings
from monitor.web.status import Status

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class WebServer:
    """Serves until `stop`. Needs the token, where there is one, for everything but `/healthz`."""

    def __init__(
        self, settings: WebSettings, *, status: Callable[[], Awaitable[Status]], metrics: Callable[[], Awaitable[bytes]]
    ) -> None:
        self._settings = settings
        self._status = status
        self._metrics = metrics
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None
        self.port = 0
        """The port in use, once started."""

    async def start(self) -> str:
        """Gives '' or why it does not serve."""
        family = socket.AF_INET6 if ":" in self._settings.host else socket.AF_INET
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((self._settings.host, self._settings.port))
        except OSError as error:
            sock.close()
            return f"{self._settings.host}:{self._settings.port} can't be listened on: {error.strerror or error}"
        self.port = sock.getsockname()[1]
        config = uvicorn.Config(
            self._app(), log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=2
        )
        self._server = _Server(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[sock]), name="web")
        return ""

    async def stop(self) -> None:
        if self._server is not None and self._task is not None:
            self._server.should_exit = True
            await self._task

    def _app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/healthz", self._healthz),
                Route("/metrics", self._guarded(self._serve_metrics)),
                Route("/", self._guarded(self._page)),
            ]
        )

    def _guarded(self, serve: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        token = self._settings.token

        async def checked(request: Request) -> Response:
            if token is not None:
                given = request.headers.get("authorization", "").removeprefix("Bearer ")
                if not hmac.compare_digest(given.encode(), token.reveal().encode()):
                    return PlainTextResponse(
                        "a token is needed: Authorization: Bearer …\n",
                        status_code=401,
                        headers={"www-authenticate": "Bearer"},
                    )
            return await serve(request)

        return checked

    async def _healthz(self, _: Request) -> Response:
        status = await self._status()
        # Without a token anybody may ask, so the answer is only that.
        return JSONResponse({"ok": status.ok, "version": status.version}, status_code=200 if status.ok else 503)

    async def _serve_metrics(self, _: Request) -> Response:
        return Response(await self._metrics(), media_type=METRICS_TYPE)

    async def _page(self, request: Request) -> Response:
        status = await self._status()
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse(asdict(status))
        rows = "".join(
            f"<tr><th>{escape(key)}</th><td>{escape(value)}</td></tr>"
            for key, value in ((k, ", ".join(v) if isinstance(v, tuple) else str(v)) for k, v in asdict(status).items())
        )
        return HTMLResponse(
            "<!doctype html><html lang=en><meta charset=utf-8><title>monitor</title>"
            "<style>body{font:16px system-ui;margin:2rem}th{text-align:left;padding-right:2rem;font-weight:500}</style>"
            f"<h1>monitor</h1><table>{rows}</table><p><a href=/metrics>metrics</a></p></html>",
            headers={"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"},
        )


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The daemon has its own handlers; uvicorn's would take SIGTERM away from it."""
        yield
