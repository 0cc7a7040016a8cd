"""A feed of which bytes are known reads like the same feed of which only marks are known, whatever became of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.model import Document, Unreadable
from monitor.extract import slices
from monitor.extract.feeds import parse_feed
from monitor.extract.slices import Slices
from monitor.extract.split import Split, split
from tests.unit.test_partial_feeds import URL, atom, atom_entry, rss, rss_item


def item(n: int, *, comments: int = 0, title: str = "") -> str:
    """Without anything inside that looks like the border of an entry."""
    return rss_item(n, comments=comments, title=title).replace("</item><item>no entry</item>", "")


HIDING = {
    "plain": "{}",
    "spaced": "\n\t{}\r\n",
    "commented": "<!-- {} -->",
    "open comment": "<!-- {}",
    "closed comment": "{} -->",
    "quoted": "<item><title>Quoted</title><guid>q</guid><description><![CDATA[{}]]></description></item>",
    "quoted twice": "<item><title>Quoted</title><guid>q</guid><description><![CDATA[{}{}]]></description></item>",
    "commented twice": "<!-- {}{} -->",
    "nested twice": "<item><title>Nested</title>{}{}</item>",
    "open quotation": "<item><title>Quoted</title><description><![CDATA[{}",
    "closed quotation": "{}]]></description></item>",
    "nested": "<item><title>Nested</title>{}</item>",
    "in an element of its own": "<group>{}</group>",
    "after the head": "<link>https://elsewhere.example/</link>{}",
    "before more of the head": "{}<language>en</language>",
    "with an end tag of another make": "{}<item><title>Odd</title><guid>odd</guid></item >",
    "with attributes": '{}<item id="1"><title>Odd</title><guid>attributes</guid></item>',
    "empty": "{}<item/>",
    "outside": "{}</channel><item><title>Outside</title></item><channel>",
}
ENTRIES = [
    *(item(n) for n in range(4)),
    item(1, comments=7),
    item(2, title="Other words"),
    rss_item(3),
    "<item><title>Short</title><guid>short</guid></item>",
    "<item></item>",
]
documents = st.lists(st.tuples(st.sampled_from(ENTRIES), st.sampled_from(sorted(HIDING))), max_size=6)
heads = st.sampled_from(["", "<ttl>30</ttl>", "<language>de</language>"])


def feed(entries: list[tuple[str, str]], head: str) -> bytes:
    return rss(*(HIDING[hiding].replace("{}", entry) for entry, hiding in entries), head=head).encode()


@pytest.mark.parametrize("hiding", HIDING)
@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_that_stands_somewhere_else_than_before_reads_as_it_stands_there(entry: str, hiding: str) -> None:
    kept = Slices()
    first = parse_feed(feed([(e, "plain") for e in ENTRIES], ""), url=URL, slices=kept)
    assert isinstance(first, Document)
    known = frozenset(first.marks)
    for around in ([], ENTRIES[:2]):
        body = feed([*((e, "plain") for e in around), (entry, hiding), *((e, "plain") for e in around)], "")
        assert parse_feed(body, url=URL, known=known, slices=kept) == parse_feed(body, url=URL, known=known)


@given(st.lists(st.tuples(documents, heads), min_size=2, max_size=4), st.data())
@settings(deadline=None, max_examples=300)
def test_what_became_of_a_feed_reads_as_if_it_were_met_for_the_first_time(
    versions: list[tuple[list[tuple[str, str]], str]], data: st.DataObject
) -> None:
    kept = Slices()
    known: set[int] = set()
    for entries, head in versions:
        body = feed(entries, head)
        found = parse_feed(body, url=URL, known=known, slices=kept)
        assert found == parse_feed(body, url=URL, known=known)
        if isinstance(found, Document):
            known = set(found.marks) - data.draw(st.sets(st.sampled_from(sorted(found.marks) or [0])))


@given(st.lists(st.sampled_from([*ENTRIES, *map(atom_entry, range(3)), *HIDING.values(), "<", "]]>", "/>"])))
@settings(deadline=None)
def test_bytes_in_any_order_are_split_as_by_who_never_saw_them(parts: list[str]) -> None:
    kept = Slices()
    for before in (rss(*ENTRIES), atom(*map(atom_entry, range(3)))):
        whole = kept.split(before.encode(), frozenset())
        assert whole is not None
        for body in (rss(*parts).encode(), atom(*parts).encode(), "".join(parts).encode()):
            cut, expected = kept.split(body, set(whole.marks)), split(body)
            assert (cut is None) == (expected is None)
            if cut is not None and expected is not None:
                assert (cut.marks, cut.outline(), cut.head) == (expected.marks, expected.outline(), expected.head)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (rss(*map(item, range(20))), rss(*map(item, range(1, 21)))),
        (rss(*map(item, range(20))), rss(*map(item, reversed(range(22))), head="<ttl>5</ttl>")),
        (atom(*map(atom_entry, range(20))), atom(*map(atom_entry, range(5, 25)))),
    ],
    ids=["one new", "another order", "Atom"],
)
def test_entries_that_stand_there_as_they_did_are_not_split_again(
    before: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def counted(data: bytes) -> Split | None:
        sizes.append(len(data))
        return split(data)

    monkeypatch.setattr(slices, "split", counted)
    kept = Slices()
    first = parse_feed(before.encode(), slices=kept)
    assert isinstance(first, Document)
    for _ in range(2):  # what was remembered in the first place, and what was remembered of that
        sizes.clear()
        found = parse_feed(after.encode(), known=frozenset(first.marks), slices=kept)
        assert not isinstance(found, Unreadable)
        assert len(sizes) == 1
        assert sizes[0] < len(after) / 2


def test_entries_that_are_read_again_are_not_left_out() -> None:
    """As when a source got other settings."""
    body = rss(*map(item, range(5))).encode()
    kept = Slices()
    first = parse_feed(body, slices=kept)
    assert isinstance(first, Document)
    assert parse_feed(body, known=frozenset(first.marks[1:3]), slices=kept) == parse_feed(
        body, known=frozenset(first.marks[1:3])
    )
    assert parse_feed(body, slices=kept) == first


def test_a_feed_of_long_titles_is_not_remembered() -> None:
    kept = Slices()
    body = rss(*(item(n, title="long " * 400) for n in range(20))).encode()
    first = parse_feed(body, slices=kept)
    assert isinstance(first, Document)
    assert kept._seen is None
    assert parse_feed(body, known=frozenset(first.marks[1:]), slices=kept) == parse_feed(
        body, known=frozenset(first.marks[1:])
    )
