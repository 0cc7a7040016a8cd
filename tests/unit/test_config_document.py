"""Whatever stands in the file, there is either a document or a place to point at."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.config import load
from monitor.config.document import Document, Malformed
from monitor.core.errors import ConfigError
from monitor.core.settings import Settings

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def words(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from(re.findall(r"\S+", text))


YAML_WORDS = words(
    "a b id url match rules sources channels kind telegram token defaults every 5m web listen entities name lists "
    ": - , [ ] { } & * &a *a << ! !!str !!int | > |- >2 ' \" \\ % @ ` # ? ~ null true NO 1 1.5 0x1F .inf ${ } ${A} "
    "${A:-b} $${ --- ... %YAML"
)
YAML_SPACES = st.sampled_from(["", " ", "\n", "\n  ", "\n    ", "\t", ": ", "\n- ", ", "])
YAML_SOUP = st.lists(st.tuples(YAML_WORDS, YAML_SPACES), max_size=30).map(lambda xs: "".join(a + b for a, b in xs))


def outcome(content: bytes) -> Settings | ConfigError:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "config.yaml")
        path.write_bytes(content)
        try:
            return load(path, {"A": "b"})
        except ConfigError as error:
            return error


def is_placed(error: ConfigError, content: bytes) -> bool:
    lines = content.decode("utf-8", "replace").splitlines(keepends=True) or [""]
    return all(1 <= p.line <= len(lines) + 1 and p.column >= 1 and p.what for p in error.problems)


@settings(deadline=None)
@given(st.binary(max_size=200))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
def test_bytes_of_any_kind_are_settings_or_problems_with_places(content: bytes) -> None:
    found = outcome(content)
    assert isinstance(found, Settings) or (found.problems and is_placed(found, content))


@settings(deadline=None)
@given(st.one_of(TEXT, YAML_SOUP))
@example("{")
@example("[" * 300)
@example('{"a":' * 300)
@example("a: " + "9" * 5000)
@example('{"rules": [{"id": ' + "9" * 5000 + "}]}")
@example('rules: [{id: a, match: "\\ud800"}]')
@example('{"rules": [{"id": "a", "match": "\\ud800"}]}')
@example('"\\UFFFFFFFF": 1')
@example("&a a: &a b\n*a : c")
@example("a: !<x y> z")
@example("%YAML 1.1\n---\nrules: [{id: a, match: NO}]")
@example("%YAML 9.9\n---\na: b")
@example("? \n: x")
@example("<<: x")
@example("<<: [{a: 1}, b]")
@example("rules:\n  <<: {id: a}")
def test_text_of_any_kind_is_settings_or_problems_with_places(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    found = outcome(content)
    assert isinstance(found, Settings) or (found.problems and is_placed(found, content))


KEYS = words(
    "store timezone templates user_agent defaults operator web sources entities lists rules channels id url kind every "
    "host_gap full_text max_age memory allow_private tags headers cookies proxy selectors item name aliases match any "
    "all none languages priority to cap token token_file chat topic listen host port tls from username password x-a"
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXT,
    words("5m 10/h urgent telegram email console feed listing Asia/Jakarta https://a.example ${A} ${B} id"),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=15,
)
ENTRIES = st.lists(st.dictionaries(KEYS, VALUES, max_size=5), max_size=3)
FILES = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("sources", "rules"), st.one_of(ENTRIES, VALUES)),
        **dict.fromkeys(
            ("entities", "lists", "channels"), st.one_of(st.dictionaries(TEXT, VALUES, max_size=3), VALUES)
        ),
        **dict.fromkeys(("defaults", "web", "operator"), st.one_of(st.dictionaries(KEYS, VALUES, max_size=3), VALUES)),
        **dict.fromkeys(("store", "timezone", "templates", "user_agent"), SCALARS),
    },
)


@given(FILES)
@settings(max_examples=100, deadline=None)
def test_the_right_keys_with_any_values_are_settings_or_problems_with_places(data: dict[str, Any]) -> None:
    content = json.dumps(data, ensure_ascii=False).encode()
    found = outcome(content)
    assert isinstance(found, Settings) or (found.problems and is_placed(found, content))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**15), 10**15), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXT, inner, max_size=4)),
    max_leaves=20,
)


def flow(value: Any) -> str:
    """The same value as YAML that is no JSON: the reader takes the other way."""
    return "# not JSON\n" + json.dumps(value)


@settings(deadline=None)
@given(st.dictionaries(TEXT, JSON, min_size=1, max_size=4))
def test_json_means_the_same_read_as_json_and_as_yaml(data: dict[str, Any]) -> None:
    assert Document(json.dumps(data)).data == Document(flow(data)).data == data


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text("abc", min_size=1, max_size=5), st.lists(st.text("xyz", min_size=1), min_size=1), min_size=1
    )
)
def test_every_key_and_value_of_a_flow_mapping_is_found_where_it_stands(data: dict[str, list[str]]) -> None:
    text = json.dumps(data, indent=3)
    document = Document(text)
    lines = text.split("\n")
    for key, values in data.items():
        line, column = document.place((key,), key=True)
        assert lines[line - 1][column - 1 :].startswith(json.dumps(key))
        for index, value in enumerate(values):
            line, column = document.place((key, index))
            assert lines[line - 1][column - 1 :].startswith(json.dumps(value))


WORDS = st.lists(st.text("aZé世'\"\\:#&-", min_size=1, max_size=6), min_size=1, max_size=6)


def single(words: list[str]) -> str:
    return "'" + "\n\n  ".join(" ".join(words).replace("'", "''").split("\n")) + "'"


def double(words: list[str]) -> str:
    return json.dumps(" ".join(words), ensure_ascii=False)


def escaped(words: list[str]) -> str:
    return json.dumps(" ".join(words))


def literal(words: list[str]) -> str:
    return "|-\n" + "\n".join(f"   {word}" for word in words)


def folded(words: list[str]) -> str:
    return ">-\n" + "\n".join(f"   {word}" for word in words)


@settings(deadline=None)
@given(WORDS, st.sampled_from([single, double, escaped, literal, folded]), st.data())
def test_every_character_of_a_text_is_found_where_it_is_written(
    words: list[str], style: Any, data: st.DataObject
) -> None:
    text = "a: b\nkey: " + style(words) + "\n"
    document = Document(text)
    value = document.data["key"]
    assert value.split() == " ".join(words).split()
    offset = data.draw(st.sampled_from([i for i, char in enumerate(value) if not char.isspace()]))
    line, column = document.place(("key",), offset=offset)
    written = text.split("\n")[line - 1][column - 1 :]
    char = value[offset]
    assert written.startswith((char, json.dumps(char)[1:-1]) if style in (double, escaped) else char)
    before = text.split("\n")[: line - 1]
    same_before = sum(part.count(char) for part in before) + text.split("\n")[line - 1][: column - 1].count(char)
    if style in (literal, folded):
        head = "a: b\nkey: |-"
        assert same_before - head.count(char) == value[:offset].count(char)


def test_where_the_path_leaves_the_document_the_last_value_on_the_way_is_meant() -> None:
    document = Document("a:\n  - b: 1\n")
    assert document.place(("a", 0, "c", "d")) == (2, 5)
    assert document.place(("a", 7)) == (2, 3)
    assert document.place(()) == (1, 1)


def test_aliases_may_repeat_as_long_as_they_do_not_multiply() -> None:
    text = "x-a: &a [1, 2, 3]\n" + "".join(f"x-{i}: *a\n" for i in range(1000))
    assert Document(text).data["x-999"] == [1, 2, 3]


def test_an_alias_bomb_costs_next_to_nothing() -> None:
    bomb = "x-0: &a0 [x]\n" + "".join(f"x-{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 20)}]\n" for i in range(1, 60))
    with pytest.raises(Malformed) as caught:
        Document(bomb)
    assert "aliases" in caught.value.what
