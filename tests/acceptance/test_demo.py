"""What a newcomer sees who has neither a token nor a network."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.demo.script import read_script
from tests.acceptance.daemon import monitor

pytestmark = [pytest.mark.xdist_group("acceptance-alerts"), pytest.mark.timeout(300)]


def test_the_demo_shows_alerts_in_the_terminal_and_leaves_nothing_behind(tmp_path: Path) -> None:
    shown = monitor("demo", "--seconds", "14", cwd=tmp_path)

    assert shown.returncode == 0, shown.stderr
    assert "Traceback" not in shown.stderr
    titles = {report.title: report for report in read_script().reports}
    told = [line for line in shown.stdout.splitlines() if line in titles]
    assert len(told) == len(set(told)), "a copy is not told again"
    assert not [title for title in told if titles[title].is_old], "old news is taken in silently"
    for start in (
        "NATO weather services",
        "Zelensky Usulkan",
        "Зеленський подякував",
        'Sailors\' choir renames itself "<&">"',
    ):
        assert any(title.startswith(start) for title in told), start
    assert "Museum opens a hall" not in shown.stdout, "no rule asks for it"
    assert list(tmp_path.iterdir()) == []
