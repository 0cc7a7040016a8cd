from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import Entry
from monitor.extract.identity import RECIPES, choose_recipe, identities, uid


def entry(n: int, *, guid: str | None = None, url: str | None = None) -> Entry:
    address = f"https://outlet.example/{n}" if url is None else url
    return Entry(
        guid=f"g{n}" if guid is None else guid,
        url=address,
        canonical_url=address,
        title=f"Title {n}",
        published=datetime(2025, 2, 13, n % 24, tzinfo=UTC),
    )


def distinct(entries: list[Entry]) -> int:
    return len(set(identities(entries, choose_recipe(entries))))


def test_sound_guids_are_the_identity() -> None:
    entries = [entry(n) for n in range(10)]
    assert choose_recipe(entries) == "guid"
    assert identities(entries, "guid") == [f"g{n}" for n in range(10)]


def test_a_guid_shared_by_all_items_does_not_make_them_one() -> None:
    entries = [entry(n, guid="same") for n in range(10)]
    assert choose_recipe(entries) == "url"
    assert distinct(entries) == 10


def test_items_that_share_guid_and_address_go_by_title_and_date() -> None:
    entries = [entry(n, guid="", url="https://outlet.example/") for n in range(10)]
    assert choose_recipe(entries) == "title"
    assert distinct(entries) == 10


def test_one_guid_used_twice_by_mistake_hides_no_article() -> None:
    entries = [*(entry(n) for n in range(20)), entry(99, guid="g3")]
    assert choose_recipe(entries) == "guid"
    assert distinct(entries) == 21


def test_an_article_listed_twice_stays_one() -> None:
    entries = [entry(1), entry(2), entry(1)]
    assert choose_recipe(entries) == "guid"
    assert distinct(entries) == 2


def test_a_recipe_in_use_stays_though_a_better_one_appears() -> None:
    entries = [entry(n) for n in range(10)]
    assert choose_recipe(entries, "url") == "url"
    assert choose_recipe((), "url") == "url"


def test_a_recipe_proven_wrong_is_left() -> None:
    assert choose_recipe([entry(n, guid="same") for n in range(10)], "guid") == "url"


def test_a_headline_in_a_guid_survives_as_a_short_key() -> None:
    assert len(uid(entry(1, guid="x" * 5000), "guid")) <= 255


texts = st.text(max_size=40)
entries_of_all_kinds = st.builds(Entry, guid=texts, url=texts, canonical_url=texts, title=texts, text=texts)


@given(st.lists(entries_of_all_kinds, max_size=8), st.sampled_from(["", *RECIPES]))
def test_every_entry_has_an_identity_of_bounded_length(entries: list[Entry], previous: str) -> None:
    for name in identities(entries, choose_recipe(entries, previous)):
        assert 0 < len(name) <= 255
