"""Polls of one feed after another, with a memory as the store keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import Entry
from monitor.extract.recognition import Keys, content_mark, judge, keys_of, names_of, to_record

START = datetime(2025, 2, 13, 10, 14, tzinfo=UTC)


def article(n: int, **change: object) -> Entry:
    url = f"https://outlet.example/{n}"
    entry = Entry(
        guid=f"g{n}",
        url=url,
        canonical_url=url,
        title=f"Headline of day {n}",
        text=f"Text {n}",
        published=START + timedelta(days=n),
    )
    return replace(entry, **change)  # type: ignore[arg-type]  # fields of the record


def at(url: str) -> dict[str, object]:
    return {"url": url, "canonical_url": url}


def days(first: int, last: int, change: Callable[[int], dict[str, object]] = lambda _: {}) -> list[Entry]:
    """Newest first, as feeds are."""
    return [article(n, **change(n)) for n in range(last, first - 1, -1)]


@dataclass
class Memory:
    """What the store does around `judge`."""

    recipe: str = ""
    recorded: dict[int, list[int]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    items: int = 0

    def poll(self, entries: list[Entry]) -> list[Entry]:
        """The entries that are new."""
        keyed = [(entry, keys_of(entry, "wire")) for entry in entries]
        verdict = judge(keyed, self.recorded, previous=self.recipe)
        self.recipe = verdict.recipe
        new = []
        for (entry, keys), is_new, same_as in zip(keyed, verdict.is_new, verdict.same_as, strict=True):
            if is_new:
                new.append(entry)
                self.items += 1
                self.taken.add(next(name for name in names_of(entry, self.recipe) if name not in self.taken))
            item = self.items if is_new else same_as
            if item is not None:
                for key in to_record(keys, self.recipe):
                    if item not in self.recorded.setdefault(key, []):
                        self.recorded[key].append(item)
        return new


def numbers(entries: list[Entry]) -> list[int]:
    return [int(entry.text.split()[-1]) for entry in entries]


def test_what_was_there_before_is_not_new() -> None:
    memory = Memory()
    assert numbers(memory.poll(days(1, 5))) == [5, 4, 3, 2, 1]
    assert memory.poll(days(1, 5)) == []
    assert numbers(memory.poll(days(2, 6))) == [6]
    assert memory.recipe == "guid"


@pytest.mark.parametrize(
    ("lie", "recipe"),
    [
        (lambda n, poll: {"guid": f"{n}?fetch={poll}"}, "url"),
        (lambda n, poll: {"guid": f"{n}?{poll}", "published": None}, "url"),
        (lambda n, poll: {"guid": f"{n}?{poll}", "published": START + timedelta(days=90 + poll)}, "url"),
        (lambda n, poll: {"guid": "the feed"}, "url"),
        (lambda n, poll: {"guid": "the feed", **at("https://outlet.example/")}, "title"),
        (lambda n, poll: {"guid": "", **at(f"https://outlet.example/{n}?session={poll}")}, "url"),
        (lambda n, poll: {"guid": "", **at("")}, "title"),
        (lambda n, poll: {"published": START + timedelta(days=90 + poll)}, "guid"),
        (lambda n, poll: at(f"https://outlet.example/{n}?session={poll}"), "guid"),
        (lambda n, poll: {"title": f"Headline {n}, edited {poll} times"}, "guid"),
        (lambda n, poll: at("https://outlet.example/live"), "guid"),
        (lambda n, poll: {**at("https://outlet.example/live"), "published": START}, "guid"),
    ],
    ids=[
        "another guid with each fetch",
        "another guid with each fetch, no dates",
        "another guid and date with each fetch",
        "one guid for all",
        "one guid and address for all",
        "no guid, another address with each fetch",
        "neither guid nor address",
        "another date with each fetch",
        "another address with each fetch",
        "another headline with each fetch",
        "one address for all",
        "one address and date for all",
    ],
)  # fmt: skip
def test_a_feed_that_lies_gives_each_article_once(lie: Callable[[int, int], dict[str, object]], recipe: str) -> None:
    memory = Memory()
    seen: list[int] = []
    for poll in range(5):
        seen += numbers(memory.poll(days(1 + poll, 8 + poll, lambda n, poll=poll: lie(n, poll))))  # type: ignore[misc]  # binds the number of the poll
    assert sorted(seen) == list(range(1, 13))
    assert memory.recipe == recipe


@pytest.mark.parametrize(
    "change",
    [
        lambda n: {"guid": f"https://outlet.example/?p={n}"},
        lambda n: at(f"https://new.example/{n}"),
        lambda n: {"guid": f"new-{n}", **at(f"https://new.example/{n}")},
        lambda n: {"guid": f"new-{n}", "published": START},
    ],
    ids=["guids", "addresses", "guids and addresses", "guids and dates"],
)
def test_a_site_that_renames_everything_at_once_sends_nothing_again(
    change: Callable[[int], dict[str, object]],
) -> None:
    memory = Memory()
    memory.poll(days(1, 8))
    assert numbers(memory.poll(days(2, 9, change))) == [9]
    assert numbers(memory.poll(days(3, 10, change))) == [10]


def test_an_edit_of_the_headline_makes_no_new_article_though_the_guid_holds_it() -> None:
    memory = Memory()
    memory.poll(days(1, 8, lambda n: {"guid": f"headline-{n}"}))
    edited = [article(n, guid=f"headline-{n}") for n in range(8, 0, -1)]
    edited[2] = replace(edited[2], guid="other-headline", title="Other headline")
    assert memory.poll(edited) == []
    assert memory.recipe == "guid"


def test_an_edit_of_headline_and_address_makes_no_new_article() -> None:
    memory = Memory()
    memory.poll(days(1, 8))
    assert memory.poll([article(8, title="Talks fail", **at("https://outlet.example/talks-fail")), *days(1, 7)]) == []


def test_a_guid_that_is_used_again_hides_no_article() -> None:
    memory = Memory()
    memory.poll(days(1, 8))
    assert numbers(memory.poll([article(9, guid="g3"), *days(2, 8)])) == [9]
    assert memory.poll([article(9, guid="g3"), *days(2, 8)]) == []
    assert len(memory.taken) == 9


def test_a_guid_on_two_articles_of_one_day_hides_neither() -> None:
    memory = Memory()
    slip = [article(9, guid="g3", published=article(3).published), *days(2, 8)]
    assert numbers(memory.poll(slip)) == [9, 8, 7, 6, 5, 4, 3, 2]
    assert memory.poll(slip) == []
    later = Memory()
    later.poll(days(2, 8))
    assert numbers(later.poll(slip)) == [9]


def test_posts_of_a_live_page_are_articles_of_their_own() -> None:
    memory = Memory()
    page = at("https://outlet.example/live")
    memory.poll(days(1, 8, lambda _: page))
    assert numbers(memory.poll(days(3, 10, lambda _: page))) == [10, 9]


def test_the_same_headline_every_morning_is_another_article() -> None:
    memory = Memory()
    memory.poll([article(n, title="Morning briefing", **at("https://outlet.example/morning")) for n in (1,)])
    for n in range(2, 6):
        briefing = article(n, title="Morning briefing", **at("https://outlet.example/morning"))
        assert numbers(memory.poll([briefing])) == [n]


def test_an_entry_given_twice_is_one() -> None:
    memory = Memory()
    twice = [*days(1, 12), article(2), article(3, title="Longer headline of day 3")]
    assert numbers(memory.poll(twice)) == list(range(12, 0, -1))


def test_entries_left_out_as_known_count_as_steady() -> None:
    memory = Memory()
    memory.poll(days(1, 8))
    two = [article(n, guid=f"x{n}", published=None) for n in (7, 8)]
    keyed = [(e, keys_of(e, "wire")) for e in two]
    alone = judge(keyed, memory.recorded, previous="guid")
    among = judge(keyed, memory.recorded, previous="guid", document=days(1, 8), unchanged=6)
    assert (alone.is_new, alone.recipe) == ((False, False), "url")
    assert (among.is_new, among.recipe) == ((True, True), "guid")


def test_keys_are_the_same_on_every_machine_and_differ_between_sources() -> None:
    keys = keys_of(article(1), "wire")
    assert keys.url == -6000063844741559865
    assert len(set(keys) | set(keys_of(article(1), "other"))) == 2 * len(keys)
    assert keys_of(Entry(), "wire") == Keys()


@pytest.mark.parametrize(
    ("change", "is_edit"),
    [
        ({"title": "Headline of day 1!"}, False),
        ({"title": "Headline  of day\u00a01"}, False),
        ({"text": "The text. 12 comments. Dibaca: 3.456"}, False),
        ({"guid": "other", "author": "Somebody", "published": None}, False),
        ({"title": "Headline of day two"}, True),
        ({"text": "The text, and more. 11 comments. Dibaca: 2.345"}, True),
        ({"text": "The text. 12 dead. Dibaca: 2.345"}, True),
    ],
)
def test_an_edit_is_what_a_reader_would_notice(change: dict[str, object], is_edit: bool) -> None:
    before = article(1, text="The text. 11 comments. Dibaca: 2.345")
    after = replace(before, **change)  # type: ignore[arg-type]  # fields of the record
    assert (content_mark(before.title, before.text) != content_mark(after.title, after.text)) is is_edit


few = st.sampled_from(["", "a", "b"])
any_entry = st.builds(
    Entry, guid=few, url=few, canonical_url=few, title=few, text=few, published=st.sampled_from([None, START])
).filter(lambda entry: entry.url or entry.title or entry.text)


@given(st.lists(any_entry, max_size=6), st.sampled_from(["", "guid", "url", "title"]))
def test_nothing_is_new_twice_and_every_new_entry_has_a_name(entries: list[Entry], recipe: str) -> None:
    memory = Memory(recipe=recipe)
    memory.poll(entries)
    named = len(memory.taken)
    assert named == memory.items
    if memory.recipe == judge([(e, keys_of(e, "wire")) for e in entries], {}, previous=recipe).recipe:
        assert memory.poll(entries) == []
