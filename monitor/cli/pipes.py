"""`match`: the rules as a filter for other programs."""

from __future__ import annotations

import sys
from pathlib import Path

from monitor.cli import match
from monitor.cli.setup import matching_settings_of


def run_match_pipe(config: Path | None) -> None:
    match.run(matching_settings_of(config), sys.stdin, sys.stdout)
