"""The one place that decides whether a match is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from types import MappingProxyType

from monitor.core.model import (
    ChannelId,
    Decision,
    History,
    Item,
    Match,
    Reason,
    RuleId,
    Silence,
    SilenceScope,
    StoryId,
    StoryLink,
    Volume,
)
from monitor.core.settings import Rate, RuleSettings, Spike, Updates

UPDATE_PAUSE = timedelta(minutes=30)
"""The least time between two messages of one story for one rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the configuration says about telling."""

    rules: Mapping[RuleId, RuleSettings]
    max_age: timedelta
    seeding: bool = False
    """This is the source's first poll."""
    editing: frozenset[ChannelId] = frozenset()
    """The channels whose messages can be edited."""

    @property
    def edited(self) -> frozenset[RuleId]:
        """The rules whose messages are kept up to date."""
        return frozenset(r for r, rule in self.rules.items() if rule.updates is not Updates.NONE)


def decide(
    item: Item,
    matches: Sequence[Match],
    link: StoryLink,
    history: History,
    policy: Policy,
    now: datetime,
    *,
    edits: Mapping[RuleId, str] = MappingProxyType({}),
    news: Mapping[RuleId, str] = MappingProxyType({}),
    outlets: int = 1,
) -> tuple[Decision, ...]:
    """One decision for each rule that matched and each channel that it goes to. `edits`: for rules that are to be told
    again, what was changed in the article; `news`: what it says that no earlier report of the story did.
    `outlets`: how many independent ones report the story, where a rule wants to know.

    The checks stand in the order in which a reader would want to hear of them: what is no news at all comes before
    what was told already, and that before what is merely held back.
    """
    decisions = []
    for match in matches:
        rule = policy.rules.get(match.rule)
        if rule is None:
            continue  # the rule went away between matching and deciding
        for channel in rule.to:
            reason, detail = _judge(
                item,
                rule,
                channel,
                link,
                history,
                policy,
                now,
                edits.get(rule.id, ""),
                news.get(rule.id, ""),
                outlets,
            )
            decision = Decision(rule=rule.id, channel=channel, reason=reason, detail=detail, priority=rule.priority)
            decisions.append(decision)
            history = remember(history, link.story, (decision,), now)
    return tuple(decisions)


def remember(history: History, story: StoryId, decisions: Sequence[Decision], now: datetime) -> History:
    """The history as it stands after these decisions, for the next item of the same transaction."""
    told = tuple(d for d in decisions if d.is_told)
    if not told:
        return history
    return replace(
        history,
        told=history.told | {(story, d.rule, d.channel) for d in told},
        told_at={**history.told_at, **{(story, d.rule, d.channel): now for d in told}},
        told_lately=history.told_lately
        + tuple((d.rule, d.channel, now) for d in told if d.reason is not Reason.CAPPED),
    )


def summary_due(history: History, rule: RuleId, channel: ChannelId, cap: Rate, now: datetime) -> datetime:
    """When the cap lets the next message through: that is when the summary of what it held back goes out."""
    lately = sorted(_told_within(history, rule, channel, cap, now))
    if len(lately) < cap.count:
        return now
    return lately[len(lately) - cap.count] + cap.period


def _judge(
    item: Item,
    rule: RuleSettings,
    channel: ChannelId,
    link: StoryLink,
    history: History,
    policy: Policy,
    now: datetime,
    edit: str,
    news: str,
    outlets: int,
) -> tuple[Reason, str]:
    if policy.seeding:
        return Reason.SEEDING, "the first poll of this source only learns what is there already"
    if item.published is not None and now - item.published > policy.max_age:
        return Reason.TOO_OLD, f"published {item.published:%Y-%m-%d %H:%M %Z}, more than {_span(policy.max_age)} ago"
    was_told = rule.spike is None and (link.story, rule.id, channel) in history.told
    if was_told and not edit:
        likeness = f"{link.reason}, score {link.score:.2f}" if link.of is not None else "an earlier version was told"
        if not news:
            return Reason.STORY_TOLD, likeness
        at = history.told_at.get((link.story, rule.id, channel))
        if at is not None and now - at < UPDATE_PAUSE:
            return Reason.STORY_TOLD, f"{likeness}; new in it: {news}, but it was told at {at:%H:%M %Z}"
    silence = _silenced(item, rule.id, link.story, history.silences, now)
    if silence is not None:
        why = f" ({silence.comment})" if silence.comment else ""
        return (
            Reason.SILENCED,
            f"{silence.scope}:{silence.target} is silenced until {silence.until:%Y-%m-%d %H:%M %Z}{why}",
        )
    if not was_told and rule.spike is None and outlets < rule.min_sources:
        return Reason.WAITING, f"{outlets} of {rule.min_sources} independent outlets"
    rise = ""
    if rule.spike is not None:
        is_told, rise = _rising(rule.id, channel, rule.spike, history, now)
        if not is_told:
            return Reason.COUNTED, rise
    if rule.cap is not None and len(_told_within(history, rule.id, channel, rule.cap, now)) >= rule.cap.count:
        return Reason.CAPPED, f"over {rule.cap.count} in {_span(rule.cap.period)}; comes with the next summary"
    if was_told:
        return (Reason.RETOLD, edit) if edit else (Reason.UPDATE, news)
    if rise:
        return Reason.RISING, rise
    if rule.min_sources > 1:
        return Reason.TOLD, f"{outlets} independent outlets report this story"
    return Reason.TOLD, "the first report of this story"


def _rising(rule: RuleId, channel: ChannelId, spike: Spike, history: History, now: datetime) -> tuple[bool, str]:
    """Whether a rise is to be told, and the figures in words."""
    volume = history.volumes.get(rule, Volume(lately=0, usual=None))
    said = f"{volume.lately} mention{'s' * (volume.lately != 1)} in {_span(spike.over)}"
    if volume.usual is None:
        return False, f"{said}; what is usual is still being learnt"
    needed = max(float(spike.at_least), spike.factor * volume.usual)
    if volume.lately < needed:
        return False, f"{said}; told from {ceil(needed)} on (usually {volume.usual:.1f})"
    lately = [at for r, c, at in history.told_lately if r == rule and c == channel and now - at < spike.over]
    if lately:
        return False, f"{said}; the rise was told at {max(lately):%H:%M %Z}"
    usually = f"usually {volume.usual:.1f}" if volume.usual >= 0.05 else "usually none"
    return True, f"{said}, {usually}"


def _told_within(history: History, rule: RuleId, channel: ChannelId, cap: Rate, now: datetime) -> list[datetime]:
    return [at for r, c, at in history.told_lately if r == rule and c == channel and now - at < cap.period]


def _silenced(item: Item, rule: RuleId, story: StoryId, silences: Sequence[Silence], now: datetime) -> Silence | None:
    targets = {SilenceScope.RULE: str(rule), SilenceScope.SOURCE: str(item.source), SilenceScope.STORY: str(story)}
    return next((s for s in silences if s.until > now and targets[s.scope] == s.target), None)


def _span(delta: timedelta) -> str:
    seconds = int(delta.total_seconds())
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
