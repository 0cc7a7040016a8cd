# ruff: noqa: E501 - markup stays in one piece
from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.core.model import Document, Entry, Unreadable
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


@given(st.lists(st.sampled_from(
    ["<a href=/a/1>", "<a href='/b?p=2' class=next>", "</a>", "<li>", "</li>", "<table>", "<td>", "</table>", "<h2>", "</h2>", "<b>", "<time datetime=2025-02-13>", "</time>", "<img src=/a.jpg srcset=', 1x'>", "The storm closes every airport", "<div", ">", "13.2."]
), max_size=40))  # fmt: skip
def test_no_markup_breaks_the_reader(parts: list[str]) -> None:
    body = "".join(parts).encode() or b"<"
    assert isinstance(parse_listing(body, url=URL), Document | Unreadable)
    assert isinstance(
        parse_listing(body, url=URL, selectors=Selectors(item="li", date="time", image="img")), Document | Unreadable
    )


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    assert isinstance(parse_listing(body, url=URL), Document | Unreadable)


# --- a portal, as the seed article's page family is ---------------------------------------------------------------

PORTAL = (DATA / "portal.html").read_bytes()
JAKARTA = timezone(timedelta(hours=7))


def portal(selectors: Selectors | None = None) -> Document:
    found = parse_listing(PORTAL, url="https://kabarnusa.example/internasional", selectors=selectors)
    assert isinstance(found, Document), found
    return found


def test_a_portal_with_icons_counters_tags_and_most_read_gives_exactly_its_articles() -> None:
    assert [(e.title, e.published, e.image.rpartition("/")[2]) for e in portal().entries] == [
        (
            "Presiden Norland Telepon Raja Sudmark, Siap Akhiri Sengketa",
            datetime(2025, 2, 13, 10, 14, tzinfo=JAKARTA),
            "482201-besar.jpg",
        ),
        ("Badai Salju Tutup Bandara di Tiga Kota", datetime(2025, 2, 13, 9, 52, tzinfo=JAKARTA), "482199.jpg"),
        ("Parlemen Sudmark Sahkan Aturan Nelayan Asing", datetime(2025, 2, 13, 8, 30, tzinfo=JAKARTA), "482195.jpg"),
        ("Harga Gandum Naik, Petani Norland Tahan Stok", datetime(2025, 2, 12, 21, 7, tzinfo=JAKARTA), "482190.jpg"),
        ("Kapal Riset Temukan Gunung Laut Baru", datetime(2025, 2, 12, 19, 45, tzinfo=JAKARTA), "482188.jpg"),
    ]


def test_a_portal_says_what_stands_beside_its_articles_and_where_it_goes_on() -> None:
    document = portal()
    first = document.entries[0]
    assert first.text == "Kedua pemimpin berbicara selama satu jam dan sepakat membuka perundingan pekan depan."
    assert [e.tags for e in document.entries[1:3]] == [("Eropa",), ("Asia",)]
    assert document.confidence > 0.9
    assert document.next_url == "https://kabarnusa.example/internasional?page=2"


# --- selectors ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selectors", "broken"),
    [
        (Selectors(item=".kn-daftar article"), ""),
        (Selectors(item=".kn-daftar article", title="h3", date=".kn-waktu"), ""),
        (Selectors(item="article.news"), "item: 'article.news'"),
        (Selectors(item=".kn-daftar article", link="a.judul"), "link: 'a.judul'"),
        (Selectors(item=".kn-daftar article", title="h5"), "title: 'h5'"),
        (Selectors(item=".kn-daftar article", date="time"), "date: 'time'"),
        (Selectors(item=".kn-daftar article", author=".by"), "author: '.by'"),
    ],
)
def test_the_selector_that_matches_nothing_is_named(selectors: Selectors, broken: str) -> None:
    document = portal(selectors)
    assert document.broken_selector == broken
    assert document.repaired == ((f"selector {broken} matches nothing",) if broken else ())


def test_a_selector_that_matches_in_some_blocks_is_not_broken() -> None:
    assert portal(Selectors(item=".kn-daftar article", image=".kn-item__foto img", text="span")).broken_selector == ""


def test_picture_and_author_are_taken_from_where_the_selectors_say() -> None:
    body = b"""<div class=i><a href=/a>One headline</a><img src=/logo.jpg><figure><img data-src=/a.jpg></figure>
        <b>Ada Fennimore</b></div><div class=i><a href=/b>Another headline</a><img src=/b.jpg></div>"""
    document = read(body, Selectors(item="div.i", image="figure img", author="b"))
    assert [(e.image, e.author) for e in document.entries] == [
        ("https://senja.example/a.jpg", "Ada Fennimore"),
        ("", ""),
    ]


# --- parts of an entry --------------------------------------------------------------------------------------------


def listed(*blocks: str, around: str = "<ul>{}</ul>") -> tuple[Entry, ...]:
    """The blocks amid others like them, so that there is a list to find."""
    plain = "<li><a href='/x/2{0}-b'>The council of the harbour meets again, part {0}</a></li>"
    body = around.format("".join((*blocks, *(plain.format(n) for n in range(6)))))
    return read(body.encode()).entries[: len(blocks)]


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ("<a href='/x/10-b'>Storm closes three airports in the north</a>", "Storm closes three airports in the north"),
        (
            ("<a href='/x/10-b'><span class='kicker'>Weather and Climate</span><h3>Storm closes airports in the north</h3>"
            "<p>All flights were cancelled until the morning.</p></a>"),
            "Storm closes airports in the north",
        ),
        (
            "<a href='/x/10-b'><i class='material-icons'>play_circle</i> Storm closes airports in the north</a>",
            "Storm closes airports in the north",
        ),
        (
            "<a href='/x/10-b'><span>Storm&nbsp;</span><span>closes&nbsp;</span><span>the&nbsp;</span><span>airports</span></a>",
            "Storm closes the airports",
        ),
        (
            "<a href='/x/10-b'><span>Storm:</span><span>All airports in the north are closed</span></a>",
            "All airports in the north are closed",
        ),
        ("<a href='/x/10-b' title='Storm closes airports in the north'>Storm closes airp…</a>", "Storm closes airports in the north"),
        ("<h3>Storm closes airports in the north</h3><a href='/x/10-b'>Read more</a>", "Storm closes airports in the north"),
        ("<a href='/x/10-b' aria-label='Storm closes airports in the north'></a>", "Storm closes airports in the north"),
        ("<h3><a href='/x/10-b'>Storm <em>closes</em> airports in the north</a></h3>", "Storm closes airports in the north"),
    ],
)  # fmt: skip
def test_a_title_is_the_headline_and_no_more(inside: str, title: str) -> None:
    assert listed(f"<li>{inside}</li>")[0].title == title


@pytest.mark.parametrize(
    ("inside", "day"),
    [
        ("<time datetime='2025-02-13T10:00:00Z'>3 hours ago</time>", "2025-02-13T10:00:00+00:00"),
        ("<span class='date'>13. Februar 2025</span>", "2025-02-13T00:00:00+00:00"),
        ("<small>13/02/2025</small>", "2025-02-13T00:00:00+00:00"),
        ("<span>2025年2月13日</span>", "2025-02-13T00:00:00+00:00"),
        ("<span class='date'>3 hours ago</span>", ""),
        ("<p>In 2024 the same happened on 2 roads of the north, said the speaker of the harbour council.</p>", ""),
    ],
)
def test_a_date_is_read_where_it_stands_and_never_made_up(inside: str, day: str) -> None:
    said = listed(f"<li><a href='/x/10-b'>Storm closes three airports in the north</a>{inside}</li>")[0].published
    assert (said.isoformat() if said else "") == day


def test_a_day_in_the_address_is_the_last_resort() -> None:
    entry = listed("<li><a href='/2025/02/13/storm-closes-airports'>Storm closes three airports in the north</a></li>")[
        0
    ]
    assert entry.published == datetime(2025, 2, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("picture", "image"),
    [
        ("<img src='/a.jpg'>", "/a.jpg"),
        ("<img src='/blank.gif' data-src='/a.jpg'>", "/a.jpg"),
        ("<img src='data:image/gif;base64,R0lGOD' data-lazy-src='/a.jpg'>", "/a.jpg"),
        ("<img srcset='/s.jpg 300w, /l.jpg 900w' src='/placeholder.png'>", "/l.jpg"),
        ("<picture><source srcset='/a.webp'><img src='/a.jpg'></picture>", "/a.webp"),
        ("<div style='background-image: url(\"/a.jpg\")'></div>", "/a.jpg"),
        ("<img src='/icon.png' width='16' height='16'><img src='/a.jpg'>", "/a.jpg"),
        ("<img src='/author/avatar-7.jpg'>", ""),
    ],
)
def test_a_picture_is_found_where_it_waits_to_be_loaded(picture: str, image: str) -> None:
    found = listed(f"<li><a href='/x/10-b'>Storm closes three airports in the north</a>{picture}</li>")[0].image
    assert found.removeprefix("https://senja.example") == image


def test_author_and_tags_come_along_where_the_page_marks_them() -> None:
    entry = listed(
        "<li><a href='/x/10-b'>Storm closes three airports in the north</a> <a href='/author/ada'>By Ada Fennimore</a> "
        "<a rel='tag' href='/tag/storm'>Storm</a></li>"
    )[0]
    assert (entry.author, entry.tags) == ("Ada Fennimore", ("Storm",))


# --- pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "link", "to"),
    [
        ("/news", "<link rel=next href='/news/page/2'>", "/news/page/2"),
        ("/news", "<a rel=next href='/news?page=2'>→</a>", "/news?page=2"),
        ("/news", "<a href='/news?page=2'>2</a><a href='/news?page=3'>3</a>", "/news?page=2"),
        ("/news?page=2", "<a href='/news'>1</a><a href='/news?page=3'>3</a>", "/news?page=3"),
        ("/news/page/2/", "<a href='/news/page/2/'>2</a><a href='/news/page/3/'>3</a>", "/news/page/3/"),
        ("/news/index.html", "<a href='index_2.html'>下一页</a>", "/news/index_2.html"),
        ("/news", "<a href='/news?halaman=2'>Selanjutnya »</a>", "/news?halaman=2"),
        ("/", "<div class='blog-pager'><a href='/search?updated-max=2025'>Older Posts</a></div>", "/search?updated-max=2025"),
        ("/news", "<a href='/sport?page=2'>2</a>", ""),
        ("/", "<a href='/sport/page/2'>2</a>", ""),
        ("/news", "<a href='https://other.example/news?page=2' rel=next>Next</a>", ""),
        ("/news", "<a href='/2025/02/storm-in-the-north'>Next</a>", ""),
        ("/news?page=3", "<a href='/news?page=2'>2</a>", ""),
        ("/news", "<a href='#'>Next</a>", ""),
    ],
)  # fmt: skip
def test_the_following_page_is_one_of_the_same_list(url: str, link: str, to: str) -> None:
    document = parse_listing(f"<body><p>.</p>{link}</body>".encode(), url=f"https://senja.example{url}")
    assert isinstance(document, Document)
    assert document.next_url.removeprefix("https://senja.example") == to


# --- pages that list nothing, and pages made to hurt --------------------------------------------------------------


def test_an_article_with_links_to_others_is_no_list() -> None:
    text = "<p>The council met for nine hours and then agreed on a new timetable for all ferries of the north.</p>" * 20
    more = "".join(
        f"<li><a href='/2025/02/1{n}/a'>The storm closes airport number {n} of the north</a></li>" for n in range(8)
    )
    body = f"<html><head><meta property='og:type' content='article'></head><body>{text}<ul>{more}</ul></body></html>"
    assert read(body.encode()).entries == ()
    assert len(read(body.replace(text, "").encode()).entries) == 8


def test_what_somebody_paid_for_is_no_article() -> None:
    paid = (
        "<li><a href='/x/31-b' rel='nofollow sponsored'>The best mattress of this winter is cheaper now</a></li>",
        "<li><a href='https://ad.server.example/x/32-b'>The best mattress of this winter is cheaper now</a></li>",
    )
    assert not any("mattress" in e.title for e in listed(*paid))


def test_a_page_on_which_nothing_is_found_says_so() -> None:
    document = read(b"<html><body><p>One text without links.</p></body></html>")
    assert (document.confidence, document.repaired) == (0, ("no list of articles was found",))


@pytest.mark.parametrize(
    "body",
    [
        "<select>" + "<option>x" * 6_000,
        "<p>" + "".join(f"<b id={n}>" for n in range(500)) + "<p>x" * 500,
    ],
)
def test_markup_that_multiplies_in_the_parser_is_refused(body: str) -> None:
    assert isinstance(parse_listing(body.encode(), url=URL), Unreadable)


def test_of_a_page_without_end_the_beginning_is_read() -> None:
    body = "".join(
        f"<p><a href='/2025/{n}/story'>The council of the harbour meets, part {n}</a></p>" for n in range(20_000)
    )
    document = read(body.encode())
    assert document.entries[0].title == "The council of the harbour meets, part 0"
    assert len(document.entries) == 2_000
    assert any("beginning" in note for note in document.repaired)


def test_blocks_within_blocks_are_not_read_over_and_over() -> None:
    body = "".join(f"<div><a href='/a/{n}'>One</a>" for n in range(400))
    assert 0 < len(read(body.encode(), Selectors(item="div", text="div")).entries) < 20
