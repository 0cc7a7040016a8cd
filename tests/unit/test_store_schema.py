"""What goes into a column comes out of it, whatever the outside sends."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import dialect

from monitor.core.model import ChannelId, DeliveryKind, Field, Hit, Match, RuleId, SourceId
from monitor.core.ports import Intake
from monitor.store import open_store
from monitor.store.records import pack, uid_key, unpack
from monitor.store.schema import REVISION, Json, Moment, Words, clean, metadata
from tests.contracts.test_store import DESK, KOMPAS, NOW, STORY, an_item, decision, new, unseen_in

DIALECT = dialect()
# Hypothesis leaves lone surrogates out unless they are asked for.
ANY_TEXT = st.text(st.characters(codec=None, categories=None) | st.sampled_from("\0\ud800\udfff"))  # type: ignore[arg-type] # all of them


@given(ANY_TEXT)
def test_cleaned_text_can_be_stored_and_keeps_its_offsets(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert "\0" not in cleaned
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned
    assert all(a == b for a, b in zip(text, cleaned, strict=True) if b != "\ufffd")


@given(ANY_TEXT)
def test_text_that_can_be_stored_is_not_touched(text: str) -> None:
    sound = re.sub("[\0\ud800-\udfff]", "", text)
    assert Words().process_bind_param(sound, DIALECT) == sound


@given(st.recursive(st.none() | st.booleans() | st.integers() | ANY_TEXT, st.lists))
def test_what_is_kept_as_json_comes_back_cleaned(value: Any) -> None:
    def cleaned(value: Any) -> Any:
        if isinstance(value, list):
            return [cleaned(each) for each in value]
        return clean(value) if isinstance(value, str) else value

    stored = Json().process_bind_param(value, DIALECT)
    if value is None:
        assert stored is None
    else:
        assert stored is not None
        stored.encode()
        assert Json().process_result_value(stored, DIALECT) == cleaned(value)
        assert json.loads(stored) == cleaned(value)


@given(
    st.datetimes(
        timezones=st.timezones() | st.builds(timezone, st.timedeltas(-timedelta(hours=23), timedelta(hours=23)))
    )
)
def test_a_time_comes_back_as_the_same_instant_in_utc(moment: datetime) -> None:
    stored = Moment().process_bind_param(moment, DIALECT)
    back = Moment().process_result_value(stored, DIALECT)
    assert back is not None
    assert back.tzinfo is UTC
    try:
        assert back == moment.astimezone(UTC)
    except OverflowError:  # the edge of the calendar: as near as a datetime gets
        assert back in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


def test_no_time_is_no_time() -> None:
    assert Moment().process_bind_param(None, DIALECT) is None
    assert Moment().process_result_value(None, DIALECT) is None


def test_a_naive_time_is_a_bug() -> None:
    with pytest.raises(ValueError, match="naive"):
        Moment().process_bind_param(datetime(2025, 1, 1), DIALECT)  # noqa: DTZ001 # that is the point


@given(st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_keys_are_packed_without_loss(keys: list[int]) -> None:
    assert unpack(pack(keys)) == tuple(keys)


def test_the_key_of_an_identity_never_changes() -> None:
    assert uid_key(SourceId("kompas"), "urn:1").hex() == "409f0ab0ce41fec19ce4a691143929fb"
    assert uid_key(SourceId("a"), "b\0c") != uid_key(SourceId("a"), "b")
    assert uid_key(SourceId("a"), "\ud800") != uid_key(SourceId("a"), "\ud801")


async def test_text_that_no_database_takes_does_not_break_a_poll() -> None:
    hostile = "NATO \0 \ud83d \udfff <&\">' \u202e \U0001f534"
    item = an_item(hostile, title=hostile, text=hostile, author=hostile, tags=(hostile,), url=hostile, site=hostile)
    hit = Hit(field=Field.TITLE, start=0, end=8, surface=hostile[:8], term=hostile)
    store = await open_store("sqlite://")

    def work(intake: Intake) -> Any:
        (number,) = intake.add_items([new(item, matches=(Match(rule=RuleId(hostile), hits=(hit,)),))])
        delivery = intake.enqueue(DeliveryKind.ALERT, DESK, NOW)
        intake.add_decisions(number, STORY, [(decision(RuleId(hostile)), delivery)], NOW)
        assert unseen_in(intake, KOMPAS, [hostile, "other"]) == {"other"}
        return number, delivery

    number, delivery = await store.transact(work)
    (outcome,) = await store.outcome(str(number))
    assert outcome.stored.item.title == clean(hostile)
    assert outcome.stored.item.tags == (clean(hostile),)
    (match,) = outcome.matches
    assert match.hits[0].surface == outcome.stored.item.title[:8]
    content = await store.content(delivery)
    assert repr(content).encode()
    assert await store.waiting([ChannelId(hostile)], NOW, 10) == ()
    await store.close()


async def test_the_migrations_make_the_tables_that_the_code_expects(tmp_path: Path) -> None:
    def differences(connection: Connection) -> tuple[str | None, list[Any]]:
        context = MigrationContext.configure(connection)
        return context.get_current_revision(), compare_metadata(context, metadata)

    store = await open_store(f"sqlite:///{tmp_path}/m.db")
    revision, found = await store.read(differences)
    await store.close()
    assert found == []
    assert revision == REVISION


async def test_ids_are_as_wide_as_a_database_has_them(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/m.db")
    with closing(sqlite3.connect(tmp_path / "m.db")) as raw:
        raw.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('memory', ?)", (2**40,))
        raw.commit()
    assert await store.transact(lambda intake: intake.add_items([new()])) == (2**40 + 1,)
    await store.close()
