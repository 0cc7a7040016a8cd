"""Health, metrics and the status page."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from monitor.core.model import Secret
from monitor.core.settings import WebSettings
from monitor.web import Status
from monitor.web.server import WebServer


def status(*, ok: bool = True, config_error: str = "") -> Status:
    return Status(ok=ok, version="1", sources=2, failing=("<b>",), waiting=3, dead=0, config_error=config_error)


@asynccontextmanager
async def serving(said: Status, token: Secret | None = None) -> AsyncIterator[httpx.AsyncClient]:
    async def answer() -> Status:
        return said

    async def metrics() -> bytes:
        return b"monitor_polls_total 1.0\n"

    server = WebServer(WebSettings(host="127.0.0.1", port=0, token=token), status=answer, metrics=metrics)
    assert await server.start() == ""
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}", trust_env=False) as client:
            yield client
    finally:
        await server.stop()


async def test_health_and_metrics_answer() -> None:
    async with serving(status()) as client:
        health, metrics = await client.get("/healthz"), await client.get("/metrics")
    assert (health.status_code, health.json()) == (200, {"ok": True, "version": "1"})
    assert metrics.text == "monitor_polls_total 1.0\n"
    assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")


async def test_a_daemon_that_hangs_is_not_well() -> None:
    async with serving(status(ok=False)) as client:
        assert (await client.get("/healthz")).status_code == 503


async def test_the_status_page_escapes_what_it_shows() -> None:
    async with serving(status(config_error="config.yaml:1:1: <script>")) as client:
        page = await client.get("/")
        data = await client.get("/", headers={"accept": "application/json"})
    assert "&lt;script&gt;" in page.text
    assert "<b>" not in page.text
    assert data.json()["waiting"] == 3


async def test_with_a_token_nothing_but_health_is_told_without_it() -> None:
    async with serving(status(), Secret("hunter2")) as client:
        for path in ("/", "/metrics"):
            assert (await client.get(path)).status_code == 401
            assert (await client.get(path, headers={"authorization": "Bearer wrong"})).status_code == 401
            assert (await client.get(path, headers={"authorization": "Bearer hunter2"})).status_code == 200
        assert (await client.get("/healthz")).status_code == 200


async def test_a_busy_port_is_a_word_and_not_an_end() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        async def nothing() -> bytes:
            return b""

        async def answer() -> Status:
            return status()

        server = WebServer(WebSettings(host="127.0.0.1", port=port), status=answer, metrics=nothing)
        assert f"127.0.0.1:{port}" in await server.start()
        await server.stop()
