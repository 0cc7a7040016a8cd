"""OPML in and out, and the YAML that comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.cli.yaml_text import source_line
from monitor.config import load
from monitor.core.model import Unreadable
from monitor.extract.opml import MAX_BYTES, MAX_DEPTH, MAX_OUTLINES, Opml, OpmlSource, parse_opml, write_opml
from monitor.text.plain import headline
from monitor.text.slugs import distinct, slug
from tests.unit.test_cli import monitor


def read(outlines: str, head: str = '<?xml version="1.0"?>') -> Opml:
    found = parse_opml(f"{head}\n<opml version='2.0'><head/><body>\n{outlines}\n</body></opml>".encode())
    assert isinstance(found, Opml)
    return found


def feed(url: str, title: str = "") -> str:
    return f'<outline text="{title}" type="rss" xmlUrl="{url}" htmlUrl="https://outlet.example/"/>'


def test_a_source_has_address_title_and_the_folders_it_lies_in() -> None:
    (source,) = read(
        '<outline text="World"><outline title="Asia">' + feed("https://outlet.example/rss", "The Outlet")
        + "</outline></outline>"
    ).sources  # fmt: skip
    assert source == OpmlSource(
        url="https://outlet.example/rss", title="The Outlet", tags=("World", "Asia"), is_feed=True, line=3
    )


@pytest.mark.parametrize(
    ("category", "tags"),
    [
        ("asia,wire", ("asia", "wire")),
        ("/World/Asia, wire ,", ("World", "Asia", "wire")),
        ("asia,asia", ("asia",)),
        ("", ()),
    ],
)
def test_categories_are_tags(category: str, tags: tuple[str, ...]) -> None:
    (source,) = read(f'<outline text="a" xmlUrl="https://outlet.example/" category="{category}"/>').sources
    assert source.tags == tags


def test_one_address_in_two_folders_is_one_source_with_both_tags() -> None:
    addresses = {"a": "https://outlet.example/rss", "b": "http://www.outlet.example/rss/"}
    folders = [f'<outline text="{name}">{feed(url)}</outline>' for name, url in addresses.items()]
    (source,) = read("".join(folders)).sources
    assert (source.url, source.tags) == ("https://outlet.example/rss", ("a", "b"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("feed://outlet.example/rss", "http://outlet.example/rss"),
        ("feed:https://outlet.example/rss", "https://outlet.example/rss"),
        ("feed://https://outlet.example/rss", "https://outlet.example/rss"),
        ("https://outlet.example/?a=1&b=2", "https://outlet.example/?a=1&b=2"),
        ("https://outlet.example/?a=1&amp;b=2", "https://outlet.example/?a=1&b=2"),
        ("https://outlet.example/?a=1&copy=2", "https://outlet.example/?a=1&copy=2"),
        ("https://outlet.example/&#38;", "https://outlet.example/&"),
        ("https://outlet.example/&#38", "https://outlet.example/&#38"),
    ],
)
def test_addresses_are_read_as_they_were_meant(url: str, expected: str) -> None:
    assert [s.url for s in read(feed(url)).sources] == [expected]


def test_outlines_that_are_no_source_are_told_with_their_lines_and_stop_no_other() -> None:
    found = read(
        '<outline text="Empty folder"/>\n'
        '<outline text="Page" htmlUrl="https://outlet.example/"/>\n'
        '<outline text="Old" xmlUrl="gopher://outlet.example/rss"/>\n'
        '<outline text="Named" xmlUrl="https://me:word@outlet.example/rss"/>\n'
        '<outline/>\n' + feed("https://outlet.example/rss")
    )  # fmt: skip
    assert len(found.sources) == 1
    assert [(f.line, f.what) for f in found.flaws] == [
        (3, "“Empty folder” has no xmlUrl"),
        (4, "“Page” has no xmlUrl"),
        (5, "the address of “Old” is no http(s) address"),
        (6, "the address of “Named” holds a user name"),
        (7, "an outline without a name has no xmlUrl"),
    ]


def test_what_stands_before_a_fault_is_read() -> None:
    found = parse_opml(f"<opml><body>{feed('https://outlet.example/rss')}\n<outline <</body></opml>".encode())
    assert isinstance(found, Opml)
    assert [s.url for s in found.sources] == ["https://outlet.example/rss"]
    assert [f.line for f in found.flaws] == [2]


def test_titles_come_through_wrong_and_right_encodings() -> None:
    outline = feed("https://outlet.example/", "Käse &eacute; &amp; &x;")
    text = f'<?xml version="1.0" encoding="ISO-8859-1"?><opml><body>{outline}'
    for encoding in ("latin-1", "utf-8"):
        found = parse_opml((text + "</body></opml>").encode(encoding))
        assert isinstance(found, Opml)
        assert [s.title for s in found.sources] == ["Käse é & &x;"]


BOMB = "<!DOCTYPE opml [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;'>]>"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f'{BOMB}<opml><body><outline text="&c;" xmlUrl="https://a.example/"/></body></opml>', "entities"),
        ("<opml><body>" + "<outline>" * (MAX_DEPTH + 1), "nested"),
        ("<opml><body>" + "<outline/>" * (MAX_OUTLINES + 1), "outlines"),
        ("<opml>" + " " * MAX_BYTES, "larger"),
        ("<html><body>Sign in</body></html>", "not OPML"),
        ("", "not OPML"),
    ],
    ids=["bomb", "deep", "many", "large", "html", "empty"],
)
def test_a_hostile_or_other_file_is_refused(text: str, why: str) -> None:
    found = parse_opml(text.encode())
    assert isinstance(found, Unreadable)
    assert why in found.why


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(body: bytes) -> None:
    parse_opml(body)
    parse_opml(b"<opml><body><outline xmlUrl='https://a.example/" + body)


WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Z", "Cn", "Co"), exclude_characters=",/&<>"),
    min_size=1,
    max_size=12,
).filter(lambda said: headline(said) == said)  # not what looks as if it had been encoded twice
SOURCES = st.lists(
    st.builds(
        lambda number, path, title, tags, is_feed: OpmlSource(
            url=f"https://outlet-{number}.example/{path}", title=title, tags=tuple(tags), is_feed=is_feed
        ),
        st.integers(0, 10**6),
        st.from_regex(r"[a-z0-9?=&%+;'\"<>]{0,10}", fullmatch=True),
        WORDS,
        st.lists(WORDS, max_size=3, unique=True),
        st.booleans(),
    ),
    max_size=5,
    unique_by=lambda s: s.url.split("/")[2],
)


@given(SOURCES)
def test_what_is_written_is_read_again(sources: list[OpmlSource]) -> None:
    found = parse_opml(write_opml("Sources", sources).encode())
    assert isinstance(found, Opml)
    assert found.flaws == ()

    def plain(some: list[OpmlSource]) -> set[tuple[str, str, tuple[str, ...], bool]]:
        return {(s.url, s.title, s.tags, s.is_feed) for s in some}

    assert plain(list(found.sources)) == plain(sources)


@given(st.text(max_size=30), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_is_written_as_xml(title: str, tags: list[str]) -> None:
    source = OpmlSource(url="https://outlet.example/", title=title, tags=tuple(tags))
    found = parse_opml(write_opml(title, [source]).encode())
    assert isinstance(found, Opml)
    assert [s.url for s in found.sources] == ["https://outlet.example/"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("config") / "config.yaml"


@given(st.data())
def test_any_source_is_yaml_that_says_the_same(place: Path, data: st.DataObject) -> None:
    special = ["${HOME}", "$${X}", "no", "1e3", "null", "~", "a: b", "a #b", "- a", "*a", "{", "'", '"', "\\", "\x85"]
    texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20) | st.sampled_from(special)
    tag = data.draw(texts.map(str.strip).filter(bool))
    path = data.draw(st.from_regex(r"[!-~]{0,12}", fullmatch=True).filter(lambda p: "\\" not in p))
    line = source_line({"id": "outlet", "kind": "", "url": f"https://outlet.example/{path}", "tags": [tag]})
    place.write_text(f"sources:\n  {line}\nrules: [{{id: a, match: b}}]\n", "utf-8")
    (source,) = load(place, {}).sources
    assert source.url == f"https://outlet.example/{path}"
    assert source.tags == (tag,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Al Jazeera – English", "al-jazeera-english"),
        ("aljazeera.com", "aljazeera.com"),
        ("Дзеркало тижня", "dzerkalo-tizhnya"),
        ("  !!  ", ""),
        ("People's Daily", "peoples-daily"),
        ("The Very Long Name of an Outlet That Does Not End Soon", "the-very-long-name-of-an-outlet-that"),
    ],
)
def test_a_name_is_made_an_id(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_ids_are_given_once() -> None:
    assert distinct(["a", "a", "A", "b", "a-2"]) == ["a", "a-2", "A-3", "b", "a-2-2"]


@given(st.lists(st.text(max_size=80) | st.sampled_from(["a", "a-2", "A"]), max_size=12))
def test_ids_of_any_names_are_ids(names: list[str]) -> None:
    given_names = distinct([slug(name) or "source" for name in names])
    assert len({name.lower() for name in given_names}) == len(names)
    assert all(len(name) <= 64 for name in given_names)


def test_an_opml_file_becomes_sources_and_comes_out_again(tmp_path: Path) -> None:
    (tmp_path / "reader.opml").write_text(
        '<opml version="2.0"><body>\n<outline text="Asia">'
        + feed("https://outlet.example/rss", "The Outlet")
        + feed("https://other.example/rss", "The Outlet")
        + '</outline>\n<outline text="News page" type="link" url="https://third.example/news"/>\n'
        + '<outline text="Map" type="link" url="https://third.example/sitemap-news.xml"/>\n<outline text="Lost"/>'
        + "</body></opml>",
        "utf-8",
    )
    answer = monitor("import", "reader.opml", cwd=tmp_path)
    assert answer.returncode == 0
    assert answer.stderr == "reader.opml:5: “Lost” has no xmlUrl\n"
    assert answer.stdout == (
        "sources:\n"
        "  - {id: the-outlet, url: https://outlet.example/rss, tags: [Asia]}\n"
        "  - {id: the-outlet-2, url: https://other.example/rss, tags: [Asia]}\n"
        "  - {id: news-page, kind: listing, url: https://third.example/news}\n"
        "  - {id: Map, kind: sitemap, url: https://third.example/sitemap-news.xml}\n"
    )
    (tmp_path / "config.yaml").write_text(answer.stdout + "rules: [{id: a, match: b}]\n", "utf-8")
    assert monitor("check", cwd=tmp_path).returncode == 0
    exported = monitor("export", cwd=tmp_path)
    assert exported.returncode == 0
    (tmp_path / "again.opml").write_text(exported.stdout, "utf-8")
    assert monitor("import", "again.opml", cwd=tmp_path).stdout == answer.stdout


@pytest.mark.parametrize(
    ("content", "word"), [(None, "No such file"), ("<html/>", "not OPML"), ("<opml/>", "no sources")]
)
def test_a_file_without_sources_is_told(tmp_path: Path, content: str | None, word: str) -> None:
    if content is not None:
        (tmp_path / "reader.opml").write_text(content, "utf-8")
    answer = monitor("import", "reader.opml", cwd=tmp_path)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert word in answer.stderr
