"""`run`, `demo` and `health`: the daemon as a process."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import typer

from monitor.app import Daemon, give_memory_back, load_all, settle
from monitor.cli.setup import fail, run_async, web_settings_of, with_config
from monitor.telemetry import configure_logging


def run_daemon(config: Path | None, *, once: bool, log_level: str, log_json: bool) -> None:
    if log_level.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        fail(f"unknown log level {log_level!r}; one of debug, info, warning, error", code=2)
    configure_logging(level=log_level, json=log_json)
    give_memory_back()
    loaded = with_config(config, load_all)

    async def work() -> None:
        daemon = await Daemon.open(loaded)
        settle()
        try:
            await (daemon.once() if once else daemon.run())
        finally:
            await daemon.close()

    run_async(work())


def run_demo(*, seconds: float | None, log_level: str) -> None:
    from rich.console import Console

    from monitor.demo import Newsroom

    configure_logging(level=log_level)
    console = Console(stderr=True)

    async def work() -> None:
        with tempfile.TemporaryDirectory(prefix="monitor-demo-") as folder:
            async with Newsroom() as newsroom:
                path = newsroom.config(Path(folder))
                daemon = await Daemon.open(await asyncio.to_thread(load_all, path))
                console.print(
                    f"A small newsroom publishes on [bold]{newsroom.url}[/]; the daemon watches it with the rules of "
                    f"{path}. The first alerts come within ten seconds. Ctrl-C ends it."
                )
                if seconds is not None:
                    asyncio.get_running_loop().call_later(seconds, daemon.stop)
                try:
                    await daemon.run()
                finally:
                    await daemon.close()

    run_async(work())


def ask_health(config: Path | None) -> None:
    web = web_settings_of(config)
    if web is None:
        fail("the web side is off (`web: false`), so there is nobody to ask")
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(web.host, web.host)  # noqa: S104 (any address: ask over loopback)
    url = f"http://{f'[{host}]' if ':' in host else host}:{web.port}/healthz"
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            body = json.load(answer)
    except (OSError, ValueError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        fail(f"{url}: {reason}")
    if not body.get("ok"):
        fail(f"{url}: not well: {body}")
    sys.stdout.write(f"ok, version {body.get('version')}\n")
    raise typer.Exit
