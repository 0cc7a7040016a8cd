"""The real process, driven from outside: started, watched, told to stop, killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, TypeVar

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds until something that must happen is given up. Generous: the machine may be busy."""


def eventually(look: Callable[[], T], what: str, *, log: Callable[[], str] = str, seconds: float = PATIENCE) -> T:
    """The first true answer of `look`; fails, with the end of the log, when there is none in time."""
    deadline = time.monotonic() + seconds
    while True:
        if found := look():
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:.0f} s in vain for: {what}\n--- log ---\n{_tail(log())}")
        time.sleep(0.03)


class Daemon:
    """`monitor run` on one configuration; may be started again after its end, as a supervisor would do."""

    def __init__(self, config: Path, environment: dict[str, str] | None = None) -> None:
        self.config = config
        self.folder = config.parent
        self._environment = {**_environment(), **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None
        self._files: list[IO[bytes]] = []

    def start(self, *arguments: str) -> None:
        assert self._process is None or self._process.poll() is not None, "it is running already"
        out = (self.folder / "stdout.txt").open("ab")
        err = (self.folder / "stderr.txt").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "monitor", "run", "--config", str(self.config), *arguments],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        out.close()
        err.close()

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "it was never started"
        return self._process

    @property
    def printed(self) -> str:
        """Standard output, over all lives of the process."""
        return _read(self.folder / "stdout.txt")

    @property
    def log(self) -> str:
        """Both outputs, over all lives of the process."""
        return self.printed + _read(self.folder / "stderr.txt")

    @property
    def records(self) -> list[dict[str, Any]]:
        """The lines of the log, over all lives of the process; needs `MONITOR_LOG_FORMAT=json`."""
        return list(json_lines(_read(self.folder / "stderr.txt")))

    def logged(self, event: str) -> list[dict[str, Any]]:
        return [record for record in self.records if record.get("event") == event]

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def until(self, look: Callable[[], T], what: str, *, seconds: float = PATIENCE) -> T:
        """The first true answer of `look`, while the process lives."""

        def look_while_alive() -> T:
            found = look()
            if not found and not self.alive:
                raise AssertionError(
                    f"the daemon ended with {self.process.returncode}, awaited: {what}\n--- log ---\n{_tail(self.log)}"
                )
            return found

        return eventually(look_while_alive, what, log=lambda: self.log, seconds=seconds)

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def stop(self, *, seconds: float = 10.0) -> int:
        """SIGTERM; gives the exit status. `seconds` is what the daemon promises, not a measure of the machine."""
        self.signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"still running {seconds:.0f} s after SIGTERM\n{_tail(self.log)}") from None

    def wait(self, *, seconds: float = PATIENCE) -> int:
        """The exit status of a process that ends by itself."""
        return self.process.wait(seconds)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def clean_up(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill()


def monitor(
    *arguments: str | Path, cwd: Path, stdin: str = "", seconds: float = PATIENCE
) -> subprocess.CompletedProcess[str]:
    """One command from the command line, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "monitor", *map(str, arguments)],
        cwd=cwd,
        env=_environment(),
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
    )


def json_lines(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        if line.startswith("{") and line.endswith("}"):  # the last one may still be on its way
            yield json.loads(line)


def _tail(log: str) -> str:
    """The end of it, without the polls that brought nothing."""
    return "\n".join(line for line in log.splitlines() if "not_modified" not in line)[-6000:]


def _environment() -> dict[str, str]:
    """Ours, but with bytecode kept: these tests start the program dozens of times."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
