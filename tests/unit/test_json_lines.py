"""What the pipes write is one line for each value, whatever takes it apart."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from monitor.cli.json_lines import json_line


@given(st.text())
@example("a\x85b\u2028c\u2029d\x0be\x1cf\ud800")
def test_a_value_is_one_line_and_comes_back(text: str) -> None:
    line = json_line({"title": text})
    assert line.splitlines() == [line]
    line.encode()
    assert json.loads(line)["title"] == text.encode("utf-8", "replace").decode()
