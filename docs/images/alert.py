"""Draws `alert.html`, the picture of the README: an alert of `monitor demo`, as the Telegram channel would send it.

    python docs/images/alert.py > /tmp/alert.html
    chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \\
        --disable-component-update --disable-sync --user-data-dir="$(mktemp -d)" --force-device-scale-factor=2 \\
        --window-size=620,330 --screenshot=docs/images/alert.png file:///tmp/alert.html
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor.app import load_all, renderer_of
from monitor.core.model import AlertContent, Item, Report, StoryId
from monitor.demo.configuration import configuration
from monitor.demo.script import read_script

OUTLET = "warta-samudra"
PUBLISHED = datetime(2026, 2, 13, 3, 14, tzinfo=UTC)
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><style>
  body {{ margin: 0; padding: 22px; background: #cfdcc3;
         font: 16.5px/1.38 Inter, "Noto Color Emoji", sans-serif; color: #0f1419 }}
  p {{ margin: 0; padding: 10px 14px 24px; max-width: 540px; background: #fff; border-radius: 14px 14px 14px 4px;
       box-shadow: 0 1px 2px #0003; white-space: pre-line; position: relative }}
  b {{ font-weight: 650 }}
  a {{ color: #1c7bc9; text-decoration: none }}
  time {{ position: absolute; right: 12px; bottom: 6px; color: #8a949c; font-size: 12.5px }}
</style><p>{alert}<time>10:15</time></p></html>
"""


def alert() -> str:
    """The HTML of the message: real rules, real templates; only the address of the outlet is put in for loopback's."""
    script = read_script()
    outlet = next(o for o in script.outlets if o.id == OUTLET)
    report = next(r for r in script.reports if r.outlet == OUTLET and "Zelensky" in r.title and not r.is_old)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "config.yaml"
        path.write_text(configuration("http://127.0.0.1:1", script.outlets), "utf-8")
        loaded = load_all(path)
    url = f"https://www.warta-samudra.example{report.path}"
    item = Item(
        source=next(s.id for s in loaded.settings.sources if s.id == OUTLET),
        uid="1",
        url=url,
        canonical_url=url,
        title=report.title,
        text="\n\n".join(report.paragraphs),
        published=PUBLISHED,
        language=outlet.language,
        site=outlet.name,
        taken_in=PUBLISHED,
    )
    matches = loaded.rules.matcher.match(item)
    told = Report(
        item=item,
        story=StoryId(1),
        rules=tuple(m.rule for m in matches),
        priority=max((loaded.rules.rules[m.rule].priority for m in matches), key=["low", "normal", "urgent"].index),
        hits=tuple(hit for m in matches for hit in m.hits),
    )
    return renderer_of(loaded.settings).render(AlertContent(report=told), kind="telegram", key="picture").html


if __name__ == "__main__":
    sys.stdout.write(PAGE.format(alert=alert()))
