"""What names lose, gain and change before they stand in a text."""

from __future__ import annotations

import pytest

from monitor.core.model import EntityId
from monitor.core.settings import EntitySettings
from monitor.matching import compile_rules
from monitor.matching.entities.variants import variants
from tests.unit.matching_help import item, rule


def _is_found(name: str, text: str, language: str) -> bool:
    entity = EntitySettings(id=EntityId("e"), name=name)
    return bool(compile_rules([rule("e", "entity:e")], [entity], {}).match(item(text, language=language)))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Xerox Corporation", "Xerox"),
        ("Honda Motor Corporation", "Honda"),
        ("Samsung Group Corporation", "Samsung"),
        ("Kering Holdings", "Kering"),
        ("Tesla Motors", "Tesla"),
    ],
)
def test_a_company_goes_by_what_is_a_name_in_its_name(name: str, short: str) -> None:
    assert short in list(variants(name))


@pytest.mark.parametrize(
    "name",
    ["General Motors", "Tata Motors", "Southern Corporation", "Jordan Holdings", "Virgin Group", "Finance Corporation"],
)
def test_a_company_keeps_what_it_is_told_by(name: str) -> None:
    assert list(variants(name)) == [name]
