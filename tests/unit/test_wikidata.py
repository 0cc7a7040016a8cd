"""Reading what Wikidata answers, and when it is asked."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import EntityId
from monitor.core.ports import Fetched, FetchRequest, Trouble, Unchanged, Unreachable
from monitor.core.settings import EntitySettings, Settings
from monitor.telemetry import Telemetry
from monitor.wikidata import AT_ONCE, Named, Wikidata, read_names

NOW = datetime(2025, 2, 13, tzinfo=UTC)


def labels(*names: str) -> dict[str, object]:
    return {"labels": {f"l{i}": {"value": name} for i, name in enumerate(names)}}


def body(**entities: object) -> bytes:
    return json.dumps({"entities": entities}).encode()


def test_labels_and_aliases_are_names_each_once() -> None:
    entity = labels("Bern", "Berne", "Bern") | {"aliases": {"de": [{"value": "Bundesstadt"}, {"value": "Berne"}]}}
    assert read_names(body(Q70=entity), ["Q70"]) == Named(names={"Q70": ("Bern", "Berne", "Bundesstadt")})


def test_what_no_text_says_is_left_out() -> None:
    entity = labels("🇨🇭", "3012", "B", "x" * 200, "https://bern.example", "  Ber\nn ")
    assert read_names(body(Q70=entity), ["Q70"]) == Named(names={"Q70": ("Ber n",)})


def test_a_missing_and_a_merged_item() -> None:
    answer = body(Q1={"missing": ""}, Q9={"id": "Q9", "redirects": {"from": "Q2", "to": "Q9"}} | labels("Chur"))
    assert read_names(answer, ["Q1", "Q2"]) == Named(names={"Q1": (), "Q2": ("Chur",)})


def test_an_error_of_the_api_is_told() -> None:
    answer = json.dumps({"error": {"code": "maxlag", "info": "Waiting for a database server"}}).encode()
    found = read_names(answer, ["Q1"])
    assert isinstance(found, Unreachable)
    assert "Waiting for a database server" in found.detail


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["entities", "Q1", "labels", "aliases", "value", "redirects", "en"]), inner)
    ),
    max_leaves=20,
)


@given(JSON | st.fixed_dictionaries({"entities": st.fixed_dictionaries({"Q1": JSON})}))
def test_any_json_is_an_answer(answer: object) -> None:
    assert isinstance(read_names(json.dumps(answer).encode(), ["Q1"]), Named | Unreachable)


@given(st.binary())
def test_any_bytes_are_an_answer(answer: bytes) -> None:
    assert isinstance(read_names(answer, ["Q1"]), Named | Unreachable)


class Shelf:
    def __init__(self) -> None:
        self.kept: dict[str, tuple[tuple[str, ...], datetime]] = {}

    async def wikidata(self, qids: Collection[str]) -> dict[str, tuple[tuple[str, ...], datetime]]:
        return {q: self.kept[q] for q in qids if q in self.kept}

    async def save_wikidata(self, names: Mapping[str, tuple[str, ...]], now: datetime) -> None:
        self.kept |= {q: (found, now) for q, found in names.items()}


class Api:
    """Knows the items that it is given; `down` says why it does not answer."""

    def __init__(self, **names: str) -> None:
        self.names = names
        self.down = False
        self.asked: list[str] = []

    async def fetch(self, request: FetchRequest) -> Fetched | Unchanged | Unreachable:
        self.asked.append(request.url)
        if self.down:
            return Unreachable(trouble=Trouble.SERVER, detail="503")
        return Fetched(
            url=request.url, status=200, headers={}, body=body(**{q: labels(n) for q, n in self.names.items()})
        )


class At:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


def settings(*qids: str) -> Settings:
    return Settings(
        path=Path("config.yaml"),
        timezone=UTC,
        entities=tuple(EntitySettings(id=EntityId(q or "none"), name="Bern", wikidata=q) for q in qids),
    )


async def test_names_are_asked_for_once_and_again_when_they_are_old() -> None:
    clock, shelf, api = At(), Shelf(), Api(Q70="Bern")
    names = Wikidata(store=shelf, fetcher=api, clock=clock, observer=Telemetry())
    wanted = settings("Q70", "")
    assert await names.known(wanted) is wanted
    assert await names.refresh(wanted) is True
    assert [e.known for e in (await names.known(wanted)).entities] == [("Bern",), ()]
    assert await names.refresh(wanted) is False
    assert len(api.asked) == 1
    clock.now += timedelta(days=31)
    assert await names.refresh(wanted) is False, "nothing has changed"
    assert len(api.asked) == 2


async def test_an_outage_keeps_what_is_known_and_is_not_hammered() -> None:
    clock, shelf, api = At(), Shelf(), Api(Q70="Bern")
    names = Wikidata(store=shelf, fetcher=api, clock=clock, observer=Telemetry())
    await names.refresh(settings("Q70"))
    clock.now += timedelta(days=31)
    api.down = True
    for _ in range(10):
        assert await names.refresh(settings("Q70")) is False
        clock.now += timedelta(seconds=10)
    assert len(api.asked) == 2
    assert (await names.known(settings("Q70"))).entities[0].known == ("Bern",)
    api.down, api.names = False, {"Q70": "Berne"}
    clock.now += timedelta(minutes=3)
    assert await names.refresh(settings("Q70")) is True


async def test_an_item_that_loses_its_names_keeps_the_old_ones() -> None:
    clock, shelf, api = At(), Shelf(), Api(Q70="Bern")
    names = Wikidata(store=shelf, fetcher=api, clock=clock, observer=Telemetry())
    await names.refresh(settings("Q70"))
    clock.now += timedelta(days=31)
    api.names = {}
    assert await names.refresh(settings("Q70")) is False
    assert shelf.kept["Q70"] == (("Bern",), clock.now)


async def test_many_items_are_asked_for_in_batches() -> None:
    shelf, api = Shelf(), Api()
    names = Wikidata(store=shelf, fetcher=api, clock=At(), observer=Telemetry())
    await names.refresh(settings(*(f"Q{i}" for i in range(1, 2 * AT_ONCE + 2))))
    assert len(api.asked) == 3
