"""Who is told, and the named reason for each answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts import Policy, decide, remember, summary_due
from monitor.core.model import (
    ChannelId,
    History,
    Item,
    Match,
    Reason,
    Relation,
    RuleId,
    Silence,
    SilenceScope,
    SourceId,
    StoryId,
    StoryLink,
)
from monitor.core.settings import Rate, RuleSettings

NOW = datetime(2025, 2, 13, 8, tzinfo=UTC)
STORY = StoryId(7)
RULE, DESK, MAIL = RuleId("nato"), ChannelId("desk"), ChannelId("mail")
ITEM = Item(
    source=SourceId("wire"), uid="1", url="https://wire.example/1", canonical_url="https://wire.example/1",
    title="NATO", text="", published=NOW - timedelta(hours=1), taken_in=NOW,
)  # fmt: skip
LINK = StoryLink(story=STORY, relation=Relation.NEW, score=1.0, of=None, reason="nothing like it before")
MATCH = (Match(rule=RULE, hits=()),)
CAP = Rate(count=2, period=timedelta(hours=1))


def policy(*, seeding: bool = False, cap: Rate | None = None, to: tuple[ChannelId, ...] = (DESK,)) -> Policy:
    return Policy(
        rules={RULE: RuleSettings(id=RULE, match="NATO", to=to, cap=cap)}, max_age=timedelta(days=3), seeding=seeding
    )


def silence(scope: SilenceScope, target: str, *, hours: float = 1) -> Silence:
    return Silence(id=1, scope=scope, target=target, until=NOW + timedelta(hours=hours), created_at=NOW)


TOLD = History(told=frozenset({(STORY, RULE, DESK)}))
FULL = History(told_lately=((RULE, DESK, NOW - timedelta(minutes=50)), (RULE, DESK, NOW - timedelta(minutes=5))))
OLD = replace(ITEM, published=NOW - timedelta(days=4))


@pytest.mark.parametrize(
    ("item", "history", "rules", "reason"),
    [
        (ITEM, History(), policy(), Reason.TOLD),
        (replace(ITEM, published=None), History(), policy(), Reason.TOLD),
        (replace(ITEM, published=NOW + timedelta(days=400)), History(), policy(), Reason.TOLD),
        (ITEM, History(), policy(seeding=True), Reason.SEEDING),
        (OLD, History(), policy(), Reason.TOO_OLD),
        (ITEM, TOLD, policy(), Reason.STORY_TOLD),
        (ITEM, History(silences=(silence(SilenceScope.RULE, "nato"),)), policy(), Reason.SILENCED),
        (ITEM, History(silences=(silence(SilenceScope.SOURCE, "wire"),)), policy(), Reason.SILENCED),
        (ITEM, History(silences=(silence(SilenceScope.STORY, "7"),)), policy(), Reason.SILENCED),
        (ITEM, History(silences=(silence(SilenceScope.RULE, "other"),)), policy(), Reason.TOLD),
        (ITEM, History(silences=(silence(SilenceScope.SOURCE, "nato"),)), policy(), Reason.TOLD),
        (ITEM, History(silences=(silence(SilenceScope.RULE, "nato", hours=-1),)), policy(), Reason.TOLD),
        (ITEM, FULL, policy(cap=CAP), Reason.CAPPED),
        (ITEM, FULL, policy(), Reason.TOLD),
        (ITEM, FULL, policy(cap=Rate(count=3, period=timedelta(hours=1))), Reason.TOLD),
        (ITEM, FULL, policy(cap=Rate(count=2, period=timedelta(minutes=30))), Reason.TOLD),
    ],
)
def test_each_match_gets_one_named_reason(item: Item, history: History, rules: Policy, reason: Reason) -> None:
    (decision,) = decide(item, MATCH, LINK, history, rules, NOW)
    assert decision.reason is reason
    assert decision.detail
    assert decision.is_told is (reason in (Reason.TOLD, Reason.CAPPED))


@pytest.mark.parametrize(
    ("history", "rules", "item", "reason"),
    [
        (TOLD, policy(seeding=True), OLD, Reason.SEEDING),
        (TOLD, policy(), OLD, Reason.TOO_OLD),
        (replace(TOLD, silences=(silence(SilenceScope.RULE, "nato"),)), policy(), ITEM, Reason.STORY_TOLD),
        (replace(FULL, silences=(silence(SilenceScope.RULE, "nato"),)), policy(cap=CAP), ITEM, Reason.SILENCED),
    ],
)
def test_the_reason_a_reader_would_name_first_is_given(
    history: History, rules: Policy, item: Item, reason: Reason
) -> None:
    (decision,) = decide(item, MATCH, LINK, history, rules, NOW)
    assert decision.reason is reason


def test_each_channel_is_decided_on_by_itself() -> None:
    decisions = decide(ITEM, MATCH, LINK, TOLD, policy(to=(DESK, MAIL)), NOW)
    assert [(d.channel, d.reason) for d in decisions] == [(DESK, Reason.STORY_TOLD), (MAIL, Reason.TOLD)]


def test_a_rule_that_is_no_longer_configured_is_nobodys_business() -> None:
    assert decide(ITEM, MATCH, LINK, History(), Policy(rules={}, max_age=timedelta(days=3)), NOW) == ()


def test_what_is_told_in_one_transaction_is_remembered_for_the_next_item_of_it() -> None:
    decisions = decide(ITEM, MATCH, LINK, History(), policy(cap=CAP), NOW)
    history = remember(History(), STORY, decisions, NOW)
    (again,) = decide(ITEM, MATCH, LINK, history, policy(cap=CAP), NOW)
    assert again.reason is Reason.STORY_TOLD
    assert len(history.told_lately) == 1


def test_what_a_cap_held_back_does_not_count_against_the_cap() -> None:
    (capped,) = decide(ITEM, MATCH, LINK, FULL, policy(cap=CAP), NOW)
    assert remember(FULL, STORY, (capped,), NOW).told_lately == FULL.told_lately


def test_the_summary_is_due_when_the_cap_lets_the_next_one_through() -> None:
    assert summary_due(FULL, RULE, DESK, CAP, NOW) == NOW + timedelta(minutes=10)
    assert summary_due(History(), RULE, DESK, CAP, NOW) == NOW


@given(
    st.lists(st.integers(0, 7_200), max_size=40),
    st.integers(1, 10),
    st.integers(1, 120),
)
def test_a_summary_is_never_due_in_the_past_nor_later_than_one_period(
    ages: list[int], count: int, minutes: int
) -> None:
    cap = Rate(count=count, period=timedelta(minutes=minutes))
    history = History(told_lately=tuple((RULE, DESK, NOW - timedelta(seconds=age)) for age in ages))
    assert NOW <= summary_due(history, RULE, DESK, cap, NOW) <= NOW + cap.period


TOLD_AT_SEVEN = replace(TOLD, told_at={(STORY, RULE, DESK): NOW - timedelta(hours=1)})


@pytest.mark.parametrize(
    ("history", "rules", "edits", "reason", "detail"),
    [
        (TOLD_AT_SEVEN, policy(), "", Reason.UPDATE, "11"),
        (TOLD, policy(), "", Reason.UPDATE, "11"),
        (History(), policy(), "", Reason.TOLD, "the first report"),
        (
            replace(TOLD, told_at={(STORY, RULE, DESK): NOW - timedelta(minutes=29)}),
            policy(),
            "",
            Reason.STORY_TOLD,
            "11",
        ),
        (TOLD_AT_SEVEN, policy(), "edited", Reason.RETOLD, "edited"),
        (replace(TOLD_AT_SEVEN, told_lately=FULL.told_lately), policy(cap=CAP), "", Reason.CAPPED, "over 2"),
        (
            replace(TOLD_AT_SEVEN, silences=(silence(SilenceScope.STORY, "7"),)),
            policy(),
            "",
            Reason.SILENCED,
            "story:7",
        ),
        (TOLD_AT_SEVEN, policy(seeding=True), "", Reason.SEEDING, "first poll"),
    ],
)
def test_what_is_new_in_a_told_story_is_told_again(
    history: History, rules: Policy, edits: str, reason: Reason, detail: str
) -> None:
    (decision,) = decide(
        ITEM, MATCH, LINK, history, rules, NOW, edits={RULE: edits} if edits else {}, news={RULE: "11"}
    )  # fmt: skip
    assert decision.reason is reason
    assert detail in decision.detail
