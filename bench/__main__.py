"""`python -m bench [NAME …]`: runs the named measurements, or all, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

ALL = ("polling", "lag", "footprint", "fetch", "matching", "backtest", "reload", "reading", "store", "stories")


def main() -> int:
    names = sys.argv[1:] or ALL
    if unknown := [n for n in names if n not in ALL]:
        print(f"unknown: {', '.join(unknown)}; there are: {', '.join(ALL)}", file=sys.stderr)
        return 2
    failed = 0
    for name in names:
        print(f"== {name}", flush=True)
        failed |= subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
    return failed


sys.exit(main())
