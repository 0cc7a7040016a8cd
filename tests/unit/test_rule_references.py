"""Rules that stand on other rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config import load
from monitor.core.errors import ConfigError, QueryError
from monitor.core.model import SourceId
from monitor.core.settings import RuleSettings
from monitor.matching import compile_rules
from tests.unit.matching_help import item, rule

FLOOD = rule("flood", any=("banjir", "flood*"), none=("sepak bola",))


def _matched(rules: list[RuleSettings], text: str, **rest: object) -> list[str]:
    return [m.rule for m in compile_rules(rules, [], {}).match(item(text, **rest))]


def test_a_reference_holds_where_the_other_rule_does() -> None:
    rules = [rule("city", "rule:flood Jakarta"), FLOOD, rule("else", "Jakarta NOT rule:flood")]
    assert _matched(rules, "Banjir di Jakarta") == ["city", "flood"]
    assert _matched(rules, "Jakarta") == ["else"]
    assert _matched(rules, "Banjir gol di Jakarta, sepak bola") == ["else"]


def test_what_narrows_the_other_rule_counts_too() -> None:
    rules = [
        rule("narrow", "banjir", languages=("id",), sources=(SourceId("a"),)),
        rule("wide", "rule:narrow OR tsunami"),
    ]
    assert _matched(rules, "banjir", language="id", source=SourceId("a")) == ["narrow", "wide"]
    assert _matched(rules, "banjir", language="ms", source=SourceId("a")) == []
    assert _matched(rules, "banjir", language="id", source=SourceId("b")) == []


def test_hits_are_those_of_the_other_rule() -> None:
    (found, _) = compile_rules([rule("city", "rule:flood Jakarta"), FLOOD], [], {}).match(item("Jakarta banjir"))
    assert [(h.surface, h.term) for h in found.hits] == [("Jakarta", "Jakarta"), ("banjir", "banjir")]


def test_hits_of_another_rule_are_counted() -> None:
    rules = [rule("much", "ATLEAST/2(rule:flood)"), FLOOD]
    assert _matched(rules, "flood") == ["flood"]
    assert _matched(rules, "flood, floods") == ["much", "flood"]


def test_a_rule_that_doubles_at_every_step_costs_no_more_than_its_steps() -> None:
    rules = [rule("r0", "banjir")] + [rule(f"r{n}", f"rule:r{n - 1} OR rule:r{n - 1}") for n in range(1, 20)]
    found = compile_rules(rules, [], {}).match(item("banjir"))
    assert [len(m.hits) for m in found] == [1] * 20


@pytest.mark.parametrize(
    ("queries", "what"),
    [
        ({"a": "nato rule:a"}, "refers to itself: a → a"),
        ({"a": "nato rule:b", "b": "nato rule:c", "c": "x1 rule:b"}, "refers to itself: b → c → b"),
        ({"a": "nato rule:b"}, "there is no rule b"),
        ({f"r{n}": f"nato rule:r{n + 1}" if n < 30 else "nato" for n in range(31)}, "more than 20 deep"),
    ],
)
def test_circles_and_lost_references_are_refused(queries: dict[str, str], what: str) -> None:
    with pytest.raises(QueryError) as refused:
        compile_rules([rule(name, query) for name, query in queries.items()], [], {})
    assert what in refused.value.what


def _complaint(folder: Path, rules: str) -> list[str]:
    (folder / "config.yaml").write_text(f"rules:\n{rules}", "utf-8")
    with pytest.raises(ConfigError) as caught:
        load(folder / "config.yaml", {})
    return [str(p).removeprefix(str(folder)) for p in caught.value.problems]


def test_a_circle_is_told_with_the_place_that_closes_it(tmp_path: Path) -> None:
    rules = """\
  - {id: a, match: "nato rule:b"}
  - {id: b, any: [x1, "y1 rule:c"]}
  - {id: c, match: "z1 rule:b"}
  - {id: d, match: "z1 rule:d"}
"""
    assert _complaint(tmp_path, rules) == [
        "/config.yaml:4:24: this rule refers to itself: 'b' → 'c' → 'b'; take one of these references out",
        "/config.yaml:5:24: this rule refers to itself: 'd' → 'd'; take one of these references out",
    ]


def test_an_unknown_rule_is_answered_with_the_likeliest(tmp_path: Path) -> None:
    rules = '  - {id: floods, match: flood}\n  - {id: b, match: "x1 rule:flods"}\n'
    assert _complaint(tmp_path, rules) == [
        "/config.yaml:3:24: unknown rule 'flods' (position 4 of the query); did you mean 'floods'? known: floods, b"
    ]


def test_a_chain_of_thousands_is_refused_where_it_gets_too_long(tmp_path: Path) -> None:
    rules = (
        "".join(f'  - {{id: r{n}, match: "x1 rule:r{n + 1}"}}\n' for n in range(3000)) + "  - {id: r3000, match: x1}\n"
    )
    (said,) = _complaint(tmp_path, rules)
    assert "/config.yaml:2981:" in said
    assert "more than 20 deep" in said


def test_what_only_narrows_may_stand_in_all_beside_something_to_look_for(tmp_path: Path) -> None:
    rules = 'rules: [{id: a, any: [x1], all: ["published:<2d", "NOT y1"]}]'
    (tmp_path / "config.yaml").write_text(f"sources: [{{id: s, url: https://example.org}}]\n{rules}", "utf-8")
    (made,) = load(tmp_path / "config.yaml", {}).rules
    assert _matched([made], "x1") == ["a"]
    assert _matched([made], "x1 y1") == []
    (said,) = _complaint(tmp_path, '  - {id: a, all: ["published:<2d", "NOT y1"]}\n')
    assert said.startswith("/config.yaml:2:20: the rule only says what narrows it; say what to look for")
