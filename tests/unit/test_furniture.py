"""What the pages of a site have in common is learnt and left out; what stories have in common is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.furniture import MAX_LINES, Furniture

INVITATION = (
    "Dapatkan berita terkini dari kami setiap hari lewat kanal WhatsApp dan Telegram, gratis tanpa biaya apa pun."
)
BACKGROUND = (
    "Perang di Valmaria dimulai dua tahun lalu setelah pasukan Norland melintasi perbatasan di dekat kota Arken."
)
COUNTER = "{} kali dibaca"
STORIES = (
    "Presiden Valmaria bertemu utusan Norland pada Kamis untuk membahas gencatan senjata yang lama tertunda.",
    "Pasukan Norland menembaki kota Arken lagi pada hari Jumat menurut gubernur setempat.",
    "Harga gandum naik karena pelabuhan Valmaria ditutup oleh angkatan laut negara itu.",
    "Pengungsi dari Arken tiba di perbatasan barat dan meminta air bersih serta obat.",
)


def learnt(*pages: tuple[str, ...]) -> Furniture:
    furniture = Furniture()
    for n, lines in enumerate(pages):
        furniture = furniture.learn(lines, title=f"Judul {n}", page=f"https://senja.example/{n}", site="Warta Senja")
    return furniture


def test_a_line_on_three_pages_is_furniture_whatever_its_counter_says() -> None:
    furniture = learnt(*((s, INVITATION, COUNTER.format(f"1.{n}00")) for n, s in enumerate(STORIES[:3])))
    assert furniture.clean([STORIES[3], INVITATION, COUNTER.format("87")]) == (STORIES[3],)


def test_two_pages_are_not_enough_to_tell() -> None:
    furniture = learnt(*((s, INVITATION) for s in STORIES[:2]))
    assert furniture.clean([STORIES[3], INVITATION]) == (STORIES[3], INVITATION)


def test_the_background_of_a_rolling_story_survives() -> None:
    furniture = learnt(*((s, BACKGROUND, INVITATION) for s in STORIES))
    assert furniture.has(INVITATION)
    assert not furniture.has(BACKGROUND)


def test_a_page_or_headline_that_comes_again_teaches_nothing() -> None:
    furniture = learnt((STORIES[0], INVITATION))
    for n in range(5):
        furniture = furniture.learn((STORIES[0], INVITATION), title="Judul 0", page=f"https://senja.example/kopi/{n}")
        furniture = furniture.learn((STORIES[0], INVITATION), title=f"Lain {n}", page="https://senja.example/0")
    assert furniture.pages == 1


def test_a_text_of_furniture_alone_stays_as_it_is() -> None:
    furniture = learnt(*((s, INVITATION) for s in STORIES))
    assert furniture.clean([INVITATION]) == (INVITATION,)


def test_a_line_that_is_seen_no_more_is_forgotten_as_furniture_and_then_altogether() -> None:
    furniture = learnt(*((s, "Video pilihan") for s in STORIES))
    assert furniture.has("Video pilihan")
    for n in range(100):
        furniture = furniture.learn([f"Kalimat {'abcdefghij'[n % 10] * (n + 3)}"], page=f"https://senja.example/b/{n}")
    assert not furniture.has("Video pilihan")


def test_the_memory_is_bounded_and_what_came_twice_outlives_what_came_once() -> None:
    furniture = learnt(*((s, INVITATION) for s in STORIES))
    for n in range(30):
        furniture = furniture.learn([f"baris {'x' * n}{chr(97 + i % 26)}{'y' * i}" for i in range(100)], page=f"p{n}")
    assert len(furniture.traces) == MAX_LINES
    assert len(furniture.to_bytes()) < 25_000
    assert any(t.pages == len(STORIES) for t in furniture.traces.values())


def test_a_lesson_changes_nothing_that_was_learnt_before() -> None:
    before = learnt((STORIES[0], INVITATION))
    before.learn((STORIES[1], INVITATION), page="https://senja.example/9")
    assert before == learnt((STORIES[0], INVITATION))


@given(st.lists(st.lists(st.text(max_size=30), max_size=8), max_size=12))
def test_what_is_kept_comes_back_whole(pages: list[list[str]]) -> None:
    furniture = Furniture()
    for n, lines in enumerate(pages):
        furniture = furniture.learn(lines, title=str(n), page=f"p{n}")
    assert Furniture.from_bytes(furniture.to_bytes()) == furniture


@given(st.binary(max_size=200))
def test_bytes_of_another_making_are_an_empty_memory_or_a_usable_one(data: bytes) -> None:
    assert Furniture.from_bytes(data).clean(["satu baris", "dua baris"])
