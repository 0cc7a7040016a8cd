"""From a sound file to the settings that the daemon runs on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

from monitor.config.channels import options_of
from monitor.config.models import Defaults, Root, RuleOf, SourceOf, SummariseOf, Web
from monitor.config.references import CONSOLE
from monitor.config.section import Section, default_of
from monitor.core.model import ChannelId, EntityId, ListId, Priority, RuleId, SourceId
from monitor.core.settings import (
    ChannelSettings,
    EntitySettings,
    GazetteerRow,
    Pace,
    RuleSettings,
    Selectors,
    Settings,
    SourceSettings,
    Spike,
    SummariseSettings,
    WebSettings,
    WikidataSettings,
)
from monitor.matching.entities.own import OwnRows


def resolve(
    root: Root,
    channels: tuple[ChannelSettings, ...],
    path: Path,
    kinds: Mapping[str, type[Any]],
    files: Mapping[Path, str],
    rows: tuple[GazetteerRow, ...],
) -> Settings:
    defaults = root.defaults
    listed = OwnRows(rows)
    everyone = tuple(ChannelId(name) for name in root.channels) or (ChannelId(CONSOLE),)
    by_default = _channel_ids(defaults.to) or everyone
    rules = tuple(_rule(rule, defaults, by_default) for rule in root.rules)
    operator = _channel_ids(root.operator.to if root.operator else None)
    named = {CONSOLE for to in (everyone, operator, *(rule.to for rule in rules)) if CONSOLE in to} - set(root.channels)
    if named and CONSOLE in kinds:
        channels += (ChannelSettings(id=ChannelId(CONSOLE), kind=CONSOLE, options=kinds[CONSOLE]()),)
    return Settings(
        path=path,
        files=files,
        timezone=root.timezone or UTC,
        store=root.store,
        memory=defaults.memory,
        stories=root.stories,
        stories_across_languages=root.stories_across_languages,
        retention=defaults.retention,
        operator=operator,
        web=_web(root.web),
        summarise=_summarise(root.summarise),
        templates=root.templates,
        user_agent=root.user_agent or "",
        sources=tuple(_source(source, defaults) for source in root.sources),
        wikidata=WikidataSettings(api=root.wikidata.api, every=root.wikidata.every),
        entities=tuple(
            EntitySettings(
                id=EntityId(name),
                name=e.name,
                aliases=tuple(e.aliases),
                exclude=tuple(e.exclude),
                context=tuple(e.context),
                kind=e.kind,
                transliterate=e.transliterate,
                wikidata=e.wikidata or "",
                listed=listed.of((e.name, *e.aliases), e.kind),
            )
            for name, e in root.entities.items()
        ),
        lists={ListId(name): tuple(terms) for name, terms in root.lists.items()},
        rules=rules,
        channels=channels,
    )


def channel(name: str, section: Section, kinds: Mapping[str, type[Any]]) -> ChannelSettings:
    kind: str = section.kind  # type: ignore[attr-defined]  # every channel's section has it
    return ChannelSettings(id=ChannelId(name), kind=kind, options=options_of(section, kinds[kind]))


def _channel_ids(names: list[str] | None) -> tuple[ChannelId, ...]:
    return tuple(dict.fromkeys(ChannelId(name) for name in names or ()))


def _web(web: Web | None) -> WebSettings | None:
    if web is None:
        return None
    host, port = web.listen
    return WebSettings(host=host, port=port, token=web.token or web.token_file)


def _summarise(given: SummariseOf | None) -> SummariseSettings | None:
    if given is None:
        return None
    return SummariseSettings(api=given.api, model=given.model, key=given.key or given.key_file, timeout=given.timeout)


def _source(source: SourceOf, defaults: Defaults) -> SourceSettings:
    every, pace = _pace(source, defaults)
    gap = defaults.host_gap if source.host_gap is None else source.host_gap
    selectors = source.selectors
    return SourceSettings(
        id=SourceId(source.id),
        url=source.url,
        kind=source.kind or "",
        every=every,
        pace=pace,
        host_gap=every / 4 if every < gap else gap,
        full_text=defaults.full_text if source.full_text is None else source.full_text,
        max_age=source.max_age or defaults.max_age,
        allow_private=source.allow_private,
        tags=tuple(source.tags),
        headers=source.headers,
        cookies=source.cookies,
        proxy=source.proxy or source.proxy_file,
        username=source.username or "",
        password=source.password or source.password_file,
        user_agent=source.user_agent or "",
        edits=source.edits or defaults.edits,
        robots=defaults.robots if source.robots is None else source.robots,
        validators=source.validators,
        silent_after=defaults.silent_after if source.silent_after is None else source.silent_after,
        selectors=Selectors(**selectors.model_dump()) if selectors else None,
        pages=source.pages,
        timezone=source.timezone,
    )


def _pace(source: SourceOf, defaults: Defaults) -> tuple[timedelta, Pace]:
    """How often, or where to begin, and who decides."""
    every = source.every or defaults.every
    if isinstance(every, Pace):
        given = defaults.every
        return (given if isinstance(given, timedelta) else default_of(SourceSettings, "every")), every
    return every, Pace.OWN if source.every else Pace.DEFAULT


def _rule(rule: RuleOf, defaults: Defaults, by_default: tuple[ChannelId, ...]) -> RuleSettings:
    return RuleSettings(
        id=RuleId(rule.id),
        match=rule.match or "",
        any=tuple(rule.any),
        all=tuple(rule.all),
        none=tuple(rule.none),
        languages=tuple(rule.languages),
        sources=tuple(SourceId(name) for name in rule.sources),
        tags=tuple(rule.tags),
        priority=rule.priority or defaults.priority or Priority.NORMAL,
        to=_channel_ids(rule.to) or by_default,
        cap=rule.cap or defaults.cap,
        updates=rule.updates or defaults.updates,
        min_sources=1 if rule.spike else rule.min_sources or defaults.min_sources,
        spike=Spike(**rule.spike.model_dump()) if rule.spike else None,
    )
