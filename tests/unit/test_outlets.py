"""How many outlets report a story of their own accord."""

from __future__ import annotations

import pytest

from monitor.alerts.outlets import first_outlet, independent
from monitor.core.model import Carrier, ItemId, SourceId


def report(
    item: int, source: str, *credited: str, site: str = "", of: int | None = None, cites: tuple[str, ...] = ()
) -> Carrier:
    copy_of = None if of is None else ItemId(of)
    return Carrier(
        item=ItemId(item),
        source=SourceId(source),
        site=site or source.title(),
        copy_of=copy_of,
        credits=credited,
        cites=cites,
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
        # Who has something from another outlet of the story says no more than that one.
        ([report(1, "a", cites=("Nordpress",))], 1),
        ([report(1, "a", cites=("Nordpress",)), report(2, "nordpress")], 1),
        ([report(1, "a", cites=("Nordpress",)), report(2, "nordpress"), report(3, "c")], 2),
        ([report(1, "a", cites=("Nordpress", "C")), report(2, "nordpress"), report(3, "c")], 2),
        ([report(1, "a", cites=("B",)), report(2, "b", cites=("A",))], 1),
        ([report(1, "a", cites=("B",)), report(2, "b", cites=("C",)), report(3, "c")], 1),
        ([report(1, "a", cites=("A",)), report(2, "b")], 2),
        # What two have from one that does not report it may be a detail.
        ([report(1, "a", cites=("Nordpress",)), report(2, "b", cites=("Nordpress",))], 2),
    ],
)
def test_copies_agencies_and_outlets_count_once(carriers: list[Carrier], number: int) -> None:
    assert independent(carriers) == number
    assert independent(carriers[::-1]) == number


@pytest.mark.parametrize(
    ("carriers", "first"),
    [
        ([], ""),
        ([report(1, "a"), report(2, "b")], "A"),
        ([report(1, "a", "CNN"), report(2, "b")], "CNN"),
        ([report(1, "a", cites=("CNN",)), report(2, "b")], "CNN"),
        ([report(1, "a", "Nordpress", cites=("CNN",))], "Nordpress"),
        ([report(1, "a", "B"), report(2, "b", "Nordpress")], "Nordpress"),
        ([report(1, "a", "B"), report(2, "b", "A")], "B"),
        ([report(1, "a", site=" ")], " "),
    ],
)
def test_a_story_comes_from_whom_its_first_report_credits(carriers: list[Carrier], first: str) -> None:
    assert first_outlet(carriers) == first
