"""The feed reader library `reader` on the same feeds. It is no dependency of ours: it goes into an environment of its
own under the folder for temporary files, and the rows beside it are left out where it cannot be had."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

PLACE = Path(tempfile.gettempdir()) / "monitor-bench-reader"

# sgmllib3k: the feedparser that `reader` brings along imports `sgmllib`, which nothing else installs.
WANTED = ("reader", "sgmllib3k")

SCRIPT = """
import json, sys, tempfile, time
from reader import make_reader

urls = json.load(sys.stdin)
with tempfile.TemporaryDirectory() as folder:
    reader = make_reader(folder + "/reader.db")
    for url in urls:
        reader.add_feed(url)
    spent = []
    for _ in range(3):
        began = time.process_time()
        reader.update_feeds(scheduled=False, workers=10)  # else a second call polls nothing
        spent.append((time.process_time() - began) * 1000 / len(urls))
    entries = reader.get_entry_counts().total
    failed = sum(1 for feed in reader.get_feeds() if feed.last_exception)
    reader.close()
print(json.dumps({"first": spent[0], "unchanged": min(spent[1:]), "entries": entries, "failed": failed}))
"""


def install() -> str:
    """Why it cannot be had; '' when it can."""
    python = PLACE / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(PLACE)], check=True, capture_output=True)
        if subprocess.run([python, "-c", "import reader"], check=False, capture_output=True).returncode:
            subprocess.run(
                [python, "-m", "pip", "install", "--quiet", *WANTED], check=True, capture_output=True, timeout=180
            )
        got = subprocess.run([python, "-c", "import reader"], check=False, capture_output=True, text=True)
    except (OSError, subprocess.SubprocessError) as error:
        return f"{type(error).__name__}: it cannot be installed here"
    return got.stderr.strip().rpartition("\n")[2]


def measured(urls: Sequence[str]) -> dict[str, float]:
    child = subprocess.run(
        [PLACE / "bin" / "python", "-c", SCRIPT], input=json.dumps(urls), stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, float] = json.loads(child.stdout)
    assert not found["failed"], "a feed failed"
    return found
