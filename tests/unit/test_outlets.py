"""How many outlets report a story of their own accord."""

from __future__ import annotations

import pytest

from monitor.alerts.outlets import independent
from monitor.core.model import Carrier, ItemId, SourceId


def report(item: int, source: str, *credited: str, site: str = "", of: int | None = None) -> Carrier:
    copy_of = None if of is None else ItemId(of)
    return Carrier(
        item=ItemId(item), source=SourceId(source), site=site or source.title(), copy_of=copy_of, credits=credited
    )


@pytest.mark.parametrize(
    ("carriers", "number"),
    [
        ([], 0),
        ([report(1, "a")], 1),
        ([report(1, "a"), report(2, "b"), report(3, "c")], 3),
        ([report(1, "a"), report(2, "a"), report(3, "b")], 2),
        ([report(1, "a-world", site="The A"), report(2, "a-home", site="The A")], 1),
        ([report(1, "a"), report(2, "b", of=1), report(3, "c", of=2)], 1),
        ([report(1, "a"), report(2, "b", of=99), report(3, "c", of=99)], 2),
        ([report(1, "a", "Nordpress"), report(2, "b", "NORDPRESS")], 1),
        ([report(1, "nordpress"), report(2, "b", "Nordpress"), report(3, "c")], 2),
        ([report(1, "a", "Nordpress"), report(2, "b", "Südpress"), report(3, "c", "Nordpress", "Südpress")], 1),
        ([report(1, "a", site=" "), report(2, "b", site=" ")], 2),
    ],
)
def test_copies_agencies_and_outlets_count_once(carriers: list[Carrier], number: int) -> None:
    assert independent(carriers) == number
    assert independent(carriers[::-1]) == number
