"""Lists whose terms stand in a file of their own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config import MATCHING, beside, load
from monitor.config.watch import Watch
from monitor.core.errors import ConfigError
from monitor.core.model import ListId
from monitor.core.settings import Settings
from monitor.matching import compile_rules
from tests.unit.matching_help import item

LISTS = "{talks: {file: talks.txt}}"
RULES = 'sources: [{id: s, url: "https://example.org/feed"}]\nrules: [{id: r, match: "list:talks"}]\n'


def _load(folder: Path, terms: str | bytes, lists: str = LISTS, **environ: str) -> Settings:
    (folder / "talks.txt").write_bytes(terms if isinstance(terms, bytes) else terms.encode())
    (folder / "config.yaml").write_text(f"{RULES}lists: {lists}\n", "utf-8")
    return load(folder / "config.yaml", environ)


def _complaint(folder: Path, terms: str | bytes, lists: str = LISTS, **environ: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        _load(folder, terms, lists, **environ)
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("peace talks", ("peace talks",)),
        ("  negosiasi*\t", ("negosiasi*",)),
        ("# a comment", ()),
        ("#comment", ()),
        ("   # indented", ()),
        ("truce  # for now", ("truce",)),
        ("agent #1", ("agent #1",)),
        ('"#1 # 2" # three', ('"#1 # 2"',)),
        ("=US", ("=US",)),
        ("C# developers", ("C# developers",)),
        ("", ()),
    ],
)
def test_a_line_is_a_term_and_a_hash_begins_a_comment(tmp_path: Path, line: str, terms: tuple[str, ...]) -> None:
    assert _load(tmp_path, f"first\r\n{line}\r\n").lists[ListId("talks")] == ("first", *terms)


def test_terms_of_a_file_are_found_like_those_of_a_list(tmp_path: Path) -> None:
    settings = _load(tmp_path, "\ufeffперегово*\n和平谈判\n")
    matcher = compile_rules(settings.rules, [], settings.lists)
    for text in ("Переговоры идут", "双方和平谈判开始"):
        (found,) = matcher.match(item(text))
        assert [hit.term for hit in found.hits] == ["list:talks"]


def test_mistakes_are_told_with_the_line_of_the_file(tmp_path: Path) -> None:
    assert _complaint(tmp_path, b"good\n  *\n\xff\n# fine\n...\n") == [
        "talks.txt:2:3: this matches everything; write at least two letters of what to look for",
        "talks.txt:3:1: a byte that is not UTF-8; save the file as UTF-8",
        "talks.txt:5:1: there is no letter or digit to look for; write at least two letters of what to look for",
    ]
    assert _complaint(tmp_path, "# nothing\n") == ["talks.txt:1:1: there is no term in this file; write one a line"]
    assert _complaint(tmp_path, "*\n" * 500)[-1] == "talks.txt:501:1: 480 more lines of this file are not terms"


@pytest.mark.parametrize(
    ("lists", "said"),
    [
        ("{talks: {file: gone.txt}}", "config.yaml:3:23: this file does not exist; create it; relative names begin at"),
        ("{talks: {file: .}}", "config.yaml:3:23: this is not a file"),
        ("{talks: {file: [a]}}", "config.yaml:3:23: a list where a text belongs"),
        ("{talks: {file: talks.txt, fold: x}}", "config.yaml:3:34: unknown key 'fold'; allowed here: file"),
        ("{talks: {fiel: talks.txt}}", "config.yaml:3:16: a mapping where a list belongs; write [one, two], or {file:"),
    ],
)
def test_a_file_that_cannot_be_had_is_told_where_it_is_named(tmp_path: Path, lists: str, said: str) -> None:
    (complaint,) = _complaint(tmp_path, "good", lists)
    assert complaint.startswith(said)


def test_a_name_from_the_environment_is_not_repeated(tmp_path: Path) -> None:
    assert _load(tmp_path, "good", "{talks: {file: '${WHERE}'}}", WHERE="talks.txt").lists[ListId("talks")] == ("good",)
    (said,) = _complaint(tmp_path, "good\n*", "{talks: {file: '${WHERE}'}}", WHERE="talks.txt")
    assert said.startswith("config.yaml:3:23: line 2 of this file: this matches everything")


@given(terms=st.lists(st.text(st.sampled_from('ab *#"=\\泽\r\t\ufeff'), max_size=8), max_size=6))
def test_any_file_is_read_or_refused_within_itself(tmp_path_factory: pytest.TempPathFactory, terms: list[str]) -> None:
    folder = tmp_path_factory.mktemp("terms")
    try:
        settings = _load(folder, "\n".join(terms))
    except ConfigError as refused:
        assert all(1 <= p.line <= len(terms) + 1 for p in refused.problems)  # noqa: PT017  # many texts are no error
    else:
        compile_rules(settings.rules, [], settings.lists)


# --- edits ---


def _watched(folder: Path) -> Watch:
    settings = _load(folder, "one")
    return Watch(settings.path, beside.digest(settings.path), settings.files)


def test_an_edit_of_the_configuration_counts_at_once(tmp_path: Path) -> None:
    watch = _watched(tmp_path)
    assert not watch.is_edited()
    (tmp_path / "config.yaml").write_text("rules: []", "utf-8")
    assert watch.is_edited()


def test_an_edit_of_a_file_of_terms_counts_once_it_is_all_there(tmp_path: Path) -> None:
    watch = _watched(tmp_path)
    for written, edited in (("tw", False), ("two", False), ("two", True)):
        (tmp_path / "talks.txt").write_text(written, "utf-8")
        assert watch.is_edited() is edited


def test_a_configuration_that_is_being_replaced_is_waited_for(tmp_path: Path) -> None:
    watch = _watched(tmp_path)
    (tmp_path / "config.yaml").unlink()
    assert not watch.is_edited()


def test_a_file_that_was_missing_is_waited_for(tmp_path: Path) -> None:
    watch = _watched(tmp_path)
    (tmp_path / "talks.txt").unlink()
    with pytest.raises(ConfigError) as refused:
        load(tmp_path / "config.yaml", {})
    watch.tried(beside.digest(tmp_path / "config.yaml"), refused.value.files)
    assert not watch.is_edited()
    (tmp_path / "talks.txt").write_text("one", "utf-8")
    assert [watch.is_edited(), watch.is_edited()] == [False, True]


@pytest.mark.parametrize("kind", ["lists: {talks: {file: side}}", "gazetteer: {file: side}"])
def test_nobody_waits_for_a_pipe(tmp_path, kind):
    os.mkfifo(tmp_path / "side")
    (tmp_path / "config.yaml").write_text(f"{kind}\nrules: [{{id: r, match: word}}]\n", "utf-8")
    with pytest.raises(ConfigError, match="this is not a file"):
        load(tmp_path / "config.yaml", {}, only=MATCHING)
    assert beside.digest(tmp_path / "side") == ""
