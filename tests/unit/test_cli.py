"""The command line as a user meets it: in a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.cli.story_pipe import pipe
from tests.acceptance.articles import FERRY, news

ROOT = Path(__file__).parents[2]

CONFIG = """\
store: sqlite:///monitor.db
sources:
  - {id: wire, url: "http://127.0.0.1:9/feed", allow_private: true}
entities:
  zelensky: {name: Volodymyr Zelensky}
rules:
  - {id: nato, match: NATO}
  - {id: zelensky, match: "entity:zelensky"}
"""


def monitor(*args: str, cwd: Path, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "monitor", *args],
        cwd=cwd,
        input=stdin,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    return tmp_path


def test_a_sound_file_is_found_fine(folder: Path) -> None:
    answer = monitor("check", cwd=folder)
    assert answer.returncode == 0
    assert "fine: 1 source, 2 rules, 1 entity, 1 channel" in answer.stdout


def test_a_bad_query_an_unknown_key_and_an_unknown_entity_are_told_all_three_with_their_places(folder: Path) -> None:
    (folder / "bad.yaml").write_text(
        CONFIG.replace("match: NATO}", "match: NATO AND (OTAN}").replace("entity:zelensky", "entity:zelenski")
        + "colour: red\n",
        "utf-8",
    )
    answer = monitor("check", "--config", "bad.yaml", cwd=folder)
    assert answer.returncode == 1
    places = [line.split(": ")[0] for line in answer.stderr.splitlines()]
    assert places == ["bad.yaml:7:32", "bad.yaml:8:28", "bad.yaml:9:1"]
    assert "did you mean 'zelensky'?" in answer.stderr


def test_queries_are_printed_the_way_they_were_understood(folder: Path) -> None:
    (folder / "config.yaml").write_text(
        CONFIG + "  - {id: asean, any: [ASEAN, KTT], all: [Bali Jakarta], none: [sepak bola]}\n", "utf-8"
    )
    answer = monitor("check", "--format", cwd=folder)
    assert answer.returncode == 0
    assert answer.stdout.splitlines()[0] == "nato: NATO"
    assert answer.stdout.splitlines()[-1] == "asean: (ASEAN OR KTT) AND (Bali AND Jakarta) AND NOT (sepak AND bola)"
    assert "fine" in answer.stderr


def test_a_small_or_is_remarked_upon_and_no_mistake(folder: Path) -> None:
    (folder / "config.yaml").write_text(CONFIG + "  - {id: slip, match: 'strike or protest \"and\"'}\n", "utf-8")
    answer = monitor("check", cwd=folder)
    assert answer.returncode == 0
    assert answer.stderr == "note: rule slip looks for the word or; to join, write OR\n"


def test_a_single_query_is_checked_without_a_file(tmp_path: Path) -> None:
    answer = monitor("check", "--query", "a1 b1 OR c1 NEAR/3 d1", cwd=tmp_path)
    assert answer.stdout == "(a1 AND b1) OR (c1 NEAR/3 d1)\n"
    refused = monitor("check", "--query", "a1 titel:b1", cwd=tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.startswith("query:1:4: there is no field titel:; did you mean title:?")


def test_items_from_standard_input_have_times(folder: Path) -> None:
    (folder / "config.yaml").write_text("rules: [{id: new, match: 'NATO published:<2d'}]", "utf-8")
    items = [
        {"id": 1, "title": "NATO", "published": "2025-02-12", "taken_in": "2025-02-13T10:00Z"},
        {"id": 2, "title": "NATO", "published": "2025-02-10", "taken_in": "2025-02-13T10:00Z"},
        {"id": 3, "title": "NATO", "published": "2025-02-12"},
        {"id": 4, "title": "NATO", "published": "nobody knows"},
    ]
    answer = monitor("match", cwd=folder, stdin="\n".join(map(json.dumps, items)))
    assert [bool(json.loads(line)["matches"]) for line in answer.stdout.splitlines()] == [True, False, False, True]


def test_a_missing_file_is_told_with_what_would_help(tmp_path: Path) -> None:
    answer = monitor("check", cwd=tmp_path)
    assert answer.returncode == 1
    assert "config.yaml" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_file_can_be_named_by_the_environment(folder: Path, tmp_path: Path) -> None:
    (folder / "config.yaml").rename(folder / "other.yaml")
    assert monitor("check", cwd=folder, MONITOR_CONFIG="other.yaml").returncode == 0


def test_the_pipe_of_matches_keeps_order_and_answers_every_line(folder: Path) -> None:
    lines = [
        {"id": "a", "title": "NATO meets", "text": ""},
        "not an object",
        {"id": "b", "title": "Nothing", "text": "of the kind"},
        {"id": "c", "title": "", "text": "Зустріч із Зеленським"},
    ]
    answer = monitor("match", cwd=folder, stdin="".join(json.dumps(x, ensure_ascii=False) + "\n" for x in lines))
    assert answer.returncode == 0, answer.stderr
    got = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [g["id"] for g in got] == ["a", None, "b", "c"]
    assert [m["rule"] for m in got[0]["matches"]] == ["nato"]
    assert got[0]["matches"][0]["hits"] == [{"field": "title", "start": 0, "end": 4, "surface": "NATO", "term": "NATO"}]
    assert [m["rule"] for m in got[3]["matches"]] == ["zelensky"]
    assert got[3]["matches"][0]["hits"][0]["surface"] == "Зеленським"


def test_tables_are_json_when_asked(folder: Path) -> None:
    said = monitor("sources", "--json", cwd=folder).stdout
    assert json.loads(said)["source"] == "wire"
    for command in (["alerts"], ["deliveries"], ["silences"], ["stories", "list"]):
        answer = monitor(*command, "--json", cwd=folder)
        assert (answer.returncode, answer.stdout) == (0, ""), command
        assert monitor(*command, cwd=folder).stdout.endswith("Nothing yet.\n")


def test_a_silence_is_made_listed_and_ended(folder: Path) -> None:
    made = monitor("silence", "rule:nato", "2h", "-m", "too loud", cwd=folder)
    assert (made.returncode, "rule:nato is silenced until" in made.stdout) == (0, True)
    (silence,) = [json.loads(x) for x in monitor("silences", "--json", cwd=folder).stdout.splitlines()]
    assert (silence["target"], silence["comment"]) == ("nato", "too loud")
    assert monitor("silences", "--end", str(silence["id"]), cwd=folder).returncode == 0
    assert monitor("silences", "--json", cwd=folder).stdout == ""
    assert monitor("silences", "--end", str(silence["id"]), cwd=folder).returncode == 1


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["silence", "rule:nope", "2h"], "no rule 'nope'; there are: nato, zelensky"),
        (["silence", "nato", "2h"], "rule:ID"),
        (["silence", "rule:nato", "long"], "30m, 2h, 1d"),
        (["deliveries", "--state", "lost"], "unknown state"),
        (["deliveries", "--resend", "17"], "nothing to resend"),
        (["stories", "show", "1"], "no story 1"),
        (["explain", "https://nowhere.example/"], "no item"),
        (["send-test", "desk"], "no channel 'desk'; there are: console"),
        (["chats", "console"], "name a telegram channel"),
        (["run", "--log-level", "loud"], "unknown log level"),
        (["health"], "/healthz: "),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(folder: Path, args: list[str], word: str) -> None:
    answer = monitor(*args, cwd=folder)
    assert answer.returncode != 0
    assert word in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_bad_edit_does_not_keep_anybody_from_asking_after_the_daemons_health(folder: Path) -> None:
    (folder / "config.yaml").write_text(CONFIG.replace("match: NATO}", "match: NATO AND (}"), "utf-8")
    assert monitor("check", cwd=folder).returncode == 1
    assert "/healthz: " in monitor("health", cwd=folder).stderr


def test_a_store_that_is_none_is_told_in_a_line(folder: Path) -> None:
    (folder / "monitor.db").write_text("this is a shopping list, not a database" * 100)
    answer = monitor("alerts", cwd=folder)
    assert answer.returncode == 1
    assert "monitor.db" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_one_round_of_the_daemon_ends_by_itself(folder: Path) -> None:
    answer = monitor("run", "--once", cwd=folder)
    assert answer.returncode == 0
    assert "source=wire outcome=failed" in answer.stderr


def test_help_loads_nothing_heavy(folder: Path) -> None:
    answer = monitor("--help", cwd=folder, PYTHONPROFILEIMPORTTIME="1")
    assert answer.returncode == 0
    for library in ("sqlalchemy", "telegram", "trafilatura", "pydantic", "feedparser", "numpy", "httpx"):
        assert f" {library}\n" not in answer.stderr, library


def test_the_schema_is_json(folder: Path) -> None:
    schema = json.loads(monitor("schema", cwd=folder).stdout)
    assert schema["$schema"].startswith("https://json-schema.org/draft/2020-12")
    assert {"sources", "rules", "channels"} <= schema["properties"].keys()


def _stories(*lines: object) -> list[dict[str, object]]:
    out = io.StringIO()
    text = "".join((x if isinstance(x, str) else json.dumps(x)) + "\n" for x in lines)
    pipe(io.StringIO(text), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_pipe_of_stories_answers_each_line_with_its_story() -> None:
    text = (
        "The council voted to rebuild the old harbour bridge after a dispute of eleven years and three mayors. The "
        "work is to begin in spring; fishermen asked for a higher arch and cyclists for a lane of their own."
    )
    got = _stories(
        {"id": 1, "title": "Bridge to be rebuilt at last", "text": text, "published": "2025-02-13"},
        {"id": "two", "title": "Old bridge gets a new life", "text": text, "published": "no date at all"},
        {"id": None, "title": "Something else happened today", "text": "", "published": None},
        "{broken",
        "[]",
    )
    assert got[0]["story"] == got[1]["story"] != got[2]["story"]
    assert (got[1]["relation"], got[1]["of"]) == ("copy", 1)
    assert (got[0]["relation"], got[0]["of"]) == ("new", None)
    assert [("error" in g) for g in got] == [False, False, False, True, True]


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["id", "title", "text", "url", "source", "published", "language"]),
            st.none() | st.integers() | st.text(max_size=40) | st.lists(st.integers(), max_size=2) | st.booleans(),
        ),
        max_size=5,
    )
)
def test_the_pipe_of_stories_takes_anything(lines: list[dict[str, object]]) -> None:
    got = _stories(*lines)
    assert [g["id"] for g in got] == [line.get("id") for line in lines]


def test_what_the_documents_of_a_site_have_in_common_is_no_part_of_their_texts(tmp_path: Path) -> None:
    stories = (
        "Menteri pertahanan mengundurkan diri setelah laporan audit tentang pembelian kapal patroli dibuka.",
        "Dua kota di teluk sepakat berbagi air bersih selama musim kemarau yang panjang dan kering.",
        "Harga gandum turun tiga hari berturut-turut karena panen di lembah utara lebih baik dari perkiraan.",
    )
    label = "Berita pilihan redaksi kami hari ini"
    rows = []
    for n, story in enumerate(stories):
        page = (
            f"<html><body><article><h1>Judul {'abc'[n]}</h1><p>{story}</p><p>{story[::-1]}.</p><p>{label}</p></article>"
        )
        (tmp_path / f"{n}.html").write_text(page, "utf-8")
        rows.append(json.dumps({"file": f"{n}.html", "url": f"https://senja.example/berita/judul-{n}"}))
    (tmp_path / "manifest.jsonl").write_text("\n".join(rows), "utf-8")
    together = monitor("parse", "--kind", "article", "--manifest", "manifest.jsonl", cwd=tmp_path)
    assert together.returncode == 0, together.stderr
    articles = [json.loads(line)["article"] for line in together.stdout.splitlines()]
    assert [story in a["text"] for story, a in zip(stories, articles, strict=True)] == [True] * 3
    assert not any(label in a["text"] for a in articles)
    alone = monitor(
        "parse", "--kind", "article", "--url", "https://senja.example/berita/judul-0", "0.html", cwd=tmp_path
    )
    assert label in json.loads(alone.stdout)["article"]["text"]


def test_credits_are_told_as_a_word_and_as_a_list(tmp_path: Path) -> None:
    story = "Menteri pertahanan mengundurkan diri setelah laporan audit tentang kapal patroli dibuka kepada umum."
    page = f"<html><body><article><h1>Menteri Mundur</h1><p>Tribunnews.com, Ana Wulan</p><p>{story}</p><p>{story}</p>"
    (tmp_path / "a.html").write_text(page, "utf-8")
    answer = monitor("parse", "--kind", "article", "--url", "https://senja.example/berita/x", "a.html", cwd=tmp_path)
    article = json.loads(answer.stdout)["article"]
    assert article["credit"] == "Tribunnews.com, Ana Wulan"
    assert article["credits"] == [
        {"outlet": "Tribunnews.com", "reporter": "Ana Wulan", "how": "byline", "origin": True}
    ]


def test_how_much_is_one_story_is_the_configurations_word(tmp_path: Path) -> None:
    reports = [*news(40), *FERRY.values()]
    lines = "".join(
        json.dumps({"id": n, "title": r.title, "text": r.text[:230], "source": f"s{n}", "language": "en"}) + "\n"
        for n, r in enumerate(reports)
    )
    stories = {}
    for breadth in ("strict", "broad"):
        config = tmp_path / f"{breadth}.yaml"
        config.write_text(f"stories: {breadth}\nchannels: {{c: {{kind: telegram, token: '${{UNSET}}', chat: 1}}}}\n")
        answer = monitor("stories", "--stdin", "--config", str(config), cwd=tmp_path, stdin=lines)
        assert answer.returncode == 0, answer.stderr
        stories[breadth] = len({json.loads(line)["story"] for line in answer.stdout.splitlines()})
    assert stories["strict"] > stories["broad"]
