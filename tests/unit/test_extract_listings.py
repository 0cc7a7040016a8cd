from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.core.model import Document, Unreadable
from monitor.core.settings import Selectors
from monitor.extract.listings import parse_listing

DATA = Path(__file__).parent.parent / "data" / "reading"
URL = "https://senja.example/internasional"
PAGE = (DATA / "listing.html").read_bytes()


def read(body: bytes, selectors: Selectors | None = None) -> Document:
    found = parse_listing(body, url=URL, selectors=selectors)
    assert isinstance(found, Document), found
    return found


def test_the_articles_of_a_page_are_found_and_nothing_else() -> None:
    assert [e.title for e in read(PAGE).entries] == [
        "Menteri Tiga Negara Bertemu di Jenewa",
        "Banjir Besar Melanda Lembah Utara, Ribuan Mengungsi",
        "Parlemen Menyetujui Anggaran Pertahanan",
        "Ilmuwan Temukan Spesies Burung Baru di Pulau Terpencil",
    ]


def test_an_article_brings_what_stands_beside_its_link() -> None:
    document = read(PAGE)
    first = document.entries[0]
    assert (document.title, document.language) == ("Warta Senja", "id-id")
    assert first.url == "https://senja.example/internasional/2025/02/13/menteri-tiga-negara-bertemu-di-jenewa"
    assert first.published == datetime(2025, 2, 13, 3, 14, tzinfo=UTC)
    assert first.text == "Para menteri luar negeri membuka perundingan baru pada Kamis pagi waktu setempat."
    assert first.image == "https://senja.example/img/1.jpg"


def test_selectors_are_taken_at_their_word() -> None:
    document = read(PAGE, Selectors(item="article", link="h2 a", title="h2", date="time", text="p"))
    assert len(document.entries) == 4
    third = document.entries[2]
    assert third.title == "Parlemen Menyetujui Anggaran Pertahanan"
    assert third.canonical_url == "https://senja.example/internasional/2025/02/12/parlemen-menyetujui-anggaran"
    assert third.published == datetime(2025, 2, 12, 11, 0, tzinfo=UTC)
    assert third.text.startswith("Pemungutan suara")


def test_selectors_that_match_nothing_are_reported() -> None:
    document = read(PAGE, Selectors(item="div.gone"))
    assert (document.entries, document.repaired) == ((), ("selector item: 'div.gone' matches nothing",))


def test_a_selector_that_cannot_be_understood_is_said() -> None:
    found = parse_listing(PAGE, url=URL, selectors=Selectors(item="div[["))
    assert isinstance(found, Unreadable)
    assert "div[[" in found.why


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body><h1>Just a moment...</h1><p>Checking your browser</p></body></html>",
        b"<html><body><nav><a href='/a'>Home</a><a href='/b'>News</a><a href='/c'>Login</a></nav></body></html>",
        b"<html><body><p>One text without links.</p></body></html>",
    ],
)
def test_a_page_without_articles_yields_nothing(body: bytes) -> None:
    assert read(body).entries == ()


@pytest.mark.parametrize("body", [b"", b"plain text", b"<div>" * 300_000])
def test_what_is_no_page_says_so(body: bytes) -> None:
    assert isinstance(parse_listing(body, url=URL), Unreadable)


def test_a_base_element_says_what_links_are_relative_to() -> None:
    body = PAGE.replace(b"<head>", b"<head><base href='https://other.example/'>")
    assert all(e.url.startswith("https://other.example/") for e in read(body).entries)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(st.data())
def test_no_damage_breaks_the_reader(data: st.DataObject) -> None:
    body = bytearray(PAGE)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 400))] = data.draw(st.binary(max_size=8))
    assert isinstance(parse_listing(bytes(body), url=URL), Document | Unreadable)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    assert isinstance(parse_listing(body, url=URL), Document | Unreadable)
