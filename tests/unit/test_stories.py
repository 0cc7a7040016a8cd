"""Same article, copy, or a story of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.model import ItemId, Relation, SourceId, StoryLink
from monitor.stories import MEMORY_WINDOW, Sketch, Stream, Vocabulary, copy_keys, event_keys, sketch_of, story_of
from monitor.stories.sketch import likeness

NOW = datetime(2025, 2, 13, 8, tzinfo=UTC)

ID = (
    "Presiden menelepon pemimpin negara tetangga pada Rabu malam untuk membahas rencana perundingan damai yang akan "
    "digelar bulan depan di sebuah kota netral. Juru bicara istana mengatakan percakapan itu berlangsung hampir satu "
    "jam dan menyentuh soal tawanan, jalur gandum, serta pengawasan gencatan senjata oleh pihak ketiga. Menteri luar "
    "negeri kedua negara diminta menyusun daftar usulan sebelum akhir pekan, sementara parlemen menunggu penjelasan."
)
EN = (
    "The city council voted on Tuesday to rebuild the old harbour bridge, closing a dispute that had lasted for eleven "
    "years and three mayors. The work is to begin in spring and to cost forty million, a third of it paid by the port "
    "authority. Fishermen had asked for a higher arch, cyclists for a lane of their own, and both will get what they "
    "wanted, the councillor for works said, unless the river bed proves softer than the surveyors found it last autumn."
)
ZH = (
    "市议会周二投票决定重建旧港大桥，结束了持续十一年的争议。工程将于春季开工，耗资四千万，"
    "其中三分之一由港务局承担。渔民要求桥拱更高，骑行者要求专用车道，负责工程的议员说，两者都将如愿。"
)


class Shelf:
    """A stream of items whose outlets are all different unless said."""

    def __init__(self) -> None:
        self.stream = Stream()
        self.count = 0

    def add(self, title: str, text: str, *, source: str = "", url: str = "", at: datetime | None = NOW) -> StoryLink:
        self.count += 1
        name = SourceId(source or f"outlet{self.count}")
        return self.stream.tell(title=title, text=text, source=name, canonical_url=url, at=at)


@pytest.mark.parametrize("text", [ID, EN, ZH])
@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("word for word", lambda t: t),
        ("with a line of its own", lambda t: t + " (Agencies, with our correspondent)"),
        ("with its beginning cut", lambda t: t[len(t) // 12 :]),
        ("in capitals", str.upper),
        ("with other quotes and spaces", lambda t: "  ".join(t.split(" "))),
    ],
)
def test_a_copy_under_another_headline_is_one_story(text: str, name: str, change: object) -> None:
    shelf = Shelf()
    first = shelf.add("The headline of the first outlet", text)
    copy = shelf.add("Quite another headline elsewhere", change(text))  # type: ignore[operator]
    assert copy.story == first.story, name
    assert copy.relation is Relation.COPY
    assert copy.of == ItemId(0)
    assert "The headline of the first outlet" in copy.reason


def test_two_texts_on_different_things_are_two_stories() -> None:
    shelf = Shelf()
    assert shelf.add("Harbour bridge to be rebuilt", EN).story != shelf.add("Presiden menelepon tetangga", ID).story


def test_the_same_address_from_another_source_is_the_same_article() -> None:
    shelf = Shelf()
    address = "https://paper.example/news/harbour-bridge-rebuilt"
    first = shelf.add("Harbour bridge to be rebuilt", "", url=address)
    again = shelf.add("Bridge: council decides", "Other words altogether", url=address)
    assert again.story == first.story
    assert again.relation is Relation.SAME_ARTICLE
    assert again.score == 1.0


@pytest.mark.parametrize("address", ["https://paper.example/", "https://paper.example", "https://paper.example/news"])
def test_a_front_page_given_as_every_items_address_does_not_make_them_one(address: str) -> None:
    shelf = Shelf()
    first = shelf.add("Harbour bridge to be rebuilt", EN, url=address)
    assert shelf.add("Presiden menelepon tetangga", ID, url=address).story != first.story


def test_one_headline_in_two_outlets_without_texts_is_one_story() -> None:
    shelf = Shelf()
    first = shelf.add("Council votes to rebuild the harbour bridge", "")
    assert shelf.add("Council votes to rebuild the harbour bridge", "").story == first.story


def test_a_headline_that_one_outlet_uses_every_day_is_a_new_story_every_day() -> None:
    shelf = Shelf()
    prices = "The price of gold stood at {} a gram this morning, {} than the day before, the exchange said."
    first = shelf.add("Gold price today, all weights", prices.format(101, "higher"), source="market")
    later = shelf.add("Gold price today, all weights", EN, source="market", at=NOW + timedelta(days=1))
    assert first.story != later.story


def test_a_short_headline_says_too_little_to_join_two_outlets() -> None:
    shelf = Shelf()
    assert shelf.add("Morning briefing", "").story != shelf.add("Morning briefing", "").story


def test_the_same_words_long_after_are_a_new_story() -> None:
    shelf = Shelf()
    first = shelf.add("Harbour bridge to be rebuilt", EN)
    later = shelf.add("Harbour bridge to be rebuilt", EN, at=NOW + MEMORY_WINDOW + timedelta(hours=1))
    assert later.story != first.story


def test_a_copy_of_a_copy_is_of_the_first_story() -> None:
    shelf = Shelf()
    first = shelf.add("One headline here", EN)
    second = shelf.add("Two headlines there", EN + " Our own line.")
    third = shelf.add("Three headlines elsewhere", EN + " Our own line. And another one.")
    assert first.story == second.story == third.story


def test_an_item_without_any_words_is_a_story_of_its_own() -> None:
    shelf = Shelf()
    assert shelf.add("", "").story != shelf.add("", "").story


def test_the_id_of_a_story_fits_63_bits_and_is_always_the_same() -> None:
    assert story_of(SourceId("wire"), "1") == story_of(SourceId("wire"), "1") < 1 << 63
    assert story_of(SourceId("wire"), "1") != story_of(SourceId("wir"), "e1")


def test_a_stored_sketch_means_the_same_after_an_update_of_the_code() -> None:
    """Sketches live for months in stores: a change of how they are made needs a migration, and this value then."""
    sketch = sketch_of(
        title="Harbour bridge to be rebuilt",
        text=EN,
        canonical_url="https://paper.example/news/bridge-1",
        language="en",
    )
    chinese = sketch_of(title="旧港大桥 2025", text=ZH, canonical_url="", language="zh")
    packed = [blake2b(s.pack(), digest_size=8).hexdigest() for s in (sketch, chinese)]
    assert (*copy_keys(sketch)[:2], *packed) == GOLDEN


GOLDEN = (1591469874713006272, 7623147064821531905, "abaf0892b07cb9a4", "542e30279800244d")


@pytest.mark.parametrize("shared", [10, 30, 50, 70, 90])
def test_a_sketch_tells_how_much_two_texts_share(shared: int) -> None:
    """Texts of 3,000 words, of which a known part is the same; the estimate may be off by three standard errors."""
    common = " ".join(f"common{n}" for n in range(30 * shared))
    texts = [common + " " + " ".join(f"own{k}x{n}" for n in range(30 * (100 - shared) // 2)) for k in (1, 2)]
    a, b = (sketch_of(title="", text=t, canonical_url="") for t in texts)
    jaccard, _ = likeness(a, b)
    assert abs(jaccard - shared / 100) < 0.19


@given(st.text(max_size=300), st.text(max_size=600), st.text(max_size=60))
def test_any_text_has_a_fingerprint_and_is_a_copy_of_itself_or_too_short(title: str, text: str, url: str) -> None:
    sketch = sketch_of(title=title, text=text, canonical_url=url)
    packed = sketch.pack()
    assert packed == sketch_of(title=title, text=text, canonical_url=url).pack() == Sketch.unpack(packed).pack()
    vocabulary = Vocabulary()
    vocabulary.add(sketch)
    assert all(-(1 << 63) <= key < 1 << 63 for key in (*copy_keys(sketch), *event_keys(sketch, vocabulary)))


@pytest.mark.parametrize("first", ["whole", "headline"])
def test_a_report_that_is_little_more_than_a_headline_is_tied_to_its_article(first: str) -> None:
    title = "City council votes to rebuild the old harbour bridge and ends a dispute that lasted for eleven long years"
    reports = {"whole": ("daily", EN), "headline": ("search", "")}
    shelf = Shelf()
    order = [first, *(name for name in reports if name != first)]
    links = [shelf.add(title, reports[name][1], source=reports[name][0]) for name in order]
    assert links[0].story == links[1].story
    assert links[1].relation is Relation.COPY
