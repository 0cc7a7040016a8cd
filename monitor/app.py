"""The composition root: the one file that names concrete classes and puts them together."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import signal
import sys
from collections import defaultdict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from monitor import __version__
from monitor.channels import open_channel
from monitor.config import beside, load
from monitor.config.watch import Watch
from monitor.core.errors import ConfigError, Problem
from monitor.core.model import ChannelId, DeliveryState, ItemId, NoticeContent, SourceId
from monitor.core.ports import Channel, Editor, Matcher, Source
from monitor.core.settings import ChannelSettings, Settings, SourceSettings
from monitor.fetch import ConsiderateFetcher, HttpFetcher
from monitor.health import report_of
from monitor.matching import NearMiss, RuleMatcher, compile_rules
from monitor.outbox import Deliverer
from monitor.pipeline import Pipeline, Rules
from monitor.render import TemplateRenderer, check_templates
from monitor.scheduler import Rounds, Scheduler
from monitor.sources import open_source
from monitor.sources.page import read_page
from monitor.store import SqlStore, open_store
from monitor.store.reports import AlertLine
from monitor.stories import Standard
from monitor.summarise import ModelSummariser
from monitor.telemetry import Telemetry, log
from monitor.web import Status
from monitor.wikidata import Wikidata

if TYPE_CHECKING:
    from monitor.web.server import WebServer

GRACE = timedelta(seconds=6)
"""For what is in flight when the daemon is told to end; the whole end takes less than 10 s."""
STALE_BEAT = timedelta(seconds=30)
PAGES_AT_ONCE = 8


def utc_now() -> datetime:
    return datetime.now(UTC)


_MALLOPT = ((-8, 1), (-3, 65_536), (-1, 131_072))
"""glibc's M_ARENA_MAX, M_MMAP_THRESHOLD and M_TRIM_THRESHOLD, which it would raise by itself."""


def give_memory_back() -> None:
    """Has the allocator of the C library return what is free to the system, where that is glibc; by default it keeps
    some for each thread, and the room of the largest bodies that ever came."""
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        for name, value in _MALLOPT:
            mallopt(name, value)


def settle() -> None:
    """For a process that lives long, once what stays has been made: the collector of cycles leaves that alone from now
    on and looks less often at the rest. By default it costs a third of all polling, and holds up the loop."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 50)


def rules_of(settings: Settings) -> Rules:
    """Compiles the rules; for large rule sets this takes seconds, so not on the loop."""
    matcher: Matcher = compile_rules(
        settings.rules, settings.entities, settings.lists, settings.sources, settings.timezone
    )
    return Rules(
        matcher=matcher,
        rules={r.id: r for r in settings.rules},
        memory=settings.memory,
        standard=Standard.of(settings.stories, across_languages=settings.stories_across_languages),
    )


def renderer_of(settings: Settings) -> TemplateRenderer:
    return TemplateRenderer(settings.timezone, settings.templates)


def open_fetcher(settings: Settings) -> ConsiderateFetcher:
    return ConsiderateFetcher(HttpFetcher(user_agent=settings.user_agent), user_agent=settings.user_agent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A configuration that is fit to run, compiled."""

    settings: Settings
    rules: Rules
    digest: str
    """Of the file's bytes."""


def load_all(path: Path) -> Loaded:
    """Raises `ConfigError`, also for templates that can't be used."""
    digest = beside.digest(path)
    settings = load(path)
    if settings.templates is not None and (problems := check_templates(settings.templates)):
        raise ConfigError(problems, files=settings.files)
    return Loaded(settings=settings, rules=rules_of(settings), digest=digest)


class Daemon:
    """The whole of it, running. Made by `Daemon.open`, ended by `close`."""

    def __init__(self, loaded: Loaded, store: SqlStore, fetcher: ConsiderateFetcher) -> None:
        self.store = store
        self.telemetry = Telemetry()
        self._clock = utc_now
        self._fetcher = fetcher
        self._loaded = loaded
        self._watch = Watch(loaded.settings.path, loaded.digest, loaded.settings.files)
        self._config_error = ""
        self._summariser: ModelSummariser | None = None
        self._channels: dict[ChannelId, tuple[ChannelSettings, Channel]] = {}
        self._sources: dict[SourceId, Source] = {}
        self._groups: dict[str, tuple[Source, ...]] = {}
        self._pages: dict[ItemId, asyncio.Task[None]] = {}
        self._background: set[asyncio.Task[None]] = set()
        self._open_channels(loaded.settings)
        self.deliverer = Deliverer(
            outbox=store,
            channels=self._live_channels(),
            renderer=renderer_of(loaded.settings),
            operator=loaded.settings.operator,
            clock=self._clock,
            observer=self.telemetry,
            summariser=self._open_summariser(loaded.settings),
        )
        self.pipeline = Pipeline(
            store=store,
            fetcher=fetcher,
            page_reader=read_page,
            rules=loaded.rules,
            clock=self._clock,
            observer=self.telemetry,
            wake=self.deliverer.kick,
        )
        self.pipeline.editing = self._editing()
        self._wikidata = Wikidata(store=store, fetcher=fetcher, clock=self._clock, observer=self.telemetry)
        self._scheduler = Scheduler(clock=self._clock, observer=self.telemetry)
        self._rounds = Rounds(self._poll_group, clock=self._clock, observer=self.telemetry, room=self.pipeline.room)
        self._web: WebServer | None = None
        self._stop = asyncio.Event()

    @classmethod
    async def open(cls, loaded: Loaded) -> Daemon:
        """Raises `StoreError` when the store can't be used."""
        store = await open_store(loaded.settings.store)
        daemon = cls(loaded, store, open_fetcher(loaded.settings))
        daemon.pipeline.rules = await daemon._named(loaded)
        await daemon.pipeline.load()
        return daemon

    # --- running ---

    async def run(self, *, started: Callable[[], None] = lambda: None) -> None:
        """Until `stop` or a signal."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        loop.add_signal_handler(signal.SIGHUP, lambda: self._spawn(self.reload(asked=True)))
        settings = self._loaded.settings
        self._use_sources(settings.sources)
        if settings.web is not None:
            from monitor.web.server import WebServer  # noqa: PLC0415 # 2 MB

            self._web = WebServer(settings.web, status=self.status, metrics=self._metrics)
            if why := await self._web.start():
                log.warning("web", detail=f"no status page and no metrics: {why}")
        every = self._scheduler.every
        every(timedelta(seconds=0.25), "rounds", self._rounds.tick)
        every(timedelta(seconds=1), "outbox", self.deliverer.kick)
        every(timedelta(seconds=0.5), "pages", self._start_pages)
        every(timedelta(seconds=1), "config", self._watch_config)
        every(timedelta(seconds=5), "states", self.pipeline.flush)
        every(timedelta(seconds=15), "conditions", self._tell_conditions)
        every(timedelta(minutes=1), "stories", self._settle)
        every(timedelta(hours=1), "prune", self.prune)
        every(timedelta(seconds=30), "wikidata", self._refresh_names)
        self._scheduler.start()
        self._spawn(self._refresh_names())
        log.info(
            "started",
            version=__version__,
            config=str(settings.path),
            sources=len(settings.sources),
            rules=len(settings.rules),
            channels=",".join(self._channels),
        )
        started()
        await self._stop.wait()
        log.info("stopping")

    def stop(self) -> None:
        self._stop.set()

    async def once(self) -> None:
        """Polls every source once, reads the pages that are wanted, delivers what can be delivered, settles stories."""
        self._use_sources(self._loaded.settings.sources)
        await self._refresh_names()
        results = await asyncio.gather(*(self._poll_group(name) for name in self._groups), return_exceptions=True)
        for name, result in zip(self._groups, results, strict=True):
            if isinstance(result, Exception):
                self.telemetry.trouble("poll_failed", f"{name}: {type(result).__name__}: {result}")
        while await self._start_pages():
            await asyncio.gather(*self._pages.values(), return_exceptions=True)
        await self.deliverer.drain()
        await self._settle()

    async def close(self) -> None:
        """Ends everything, in an order that loses nothing: no new work, work in flight, what is to be written."""
        self._scheduler.stop()
        for task in self._pages.values():
            task.cancel()  # a page that is not finished stays in its queue
        await asyncio.gather(
            self._rounds.stop(GRACE),
            self.deliverer.stop(GRACE),
            *self._pages.values(),
            return_exceptions=True,
        )
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        if self._web is not None:
            await self._web.stop()
        await self.pipeline.close()
        await asyncio.gather(*(c.close() for _, c in self._channels.values()), return_exceptions=True)
        if self._summariser is not None:
            await self._summariser.close()
        await self._fetcher.aclose()
        await self.store.close()

    # --- sources ---

    def _use_sources(self, sources: Sequence[SourceSettings]) -> None:
        self._sources = {
            s.id: old if (old := self._sources.get(s.id)) is not None and old.settings == s else open_source(s)
            for s in sources
        }
        # Sources of one address are polled together: the fetcher then fetches once for all of them.
        by_url: defaultdict[str, list[Source]] = defaultdict(list)
        for source in self._sources.values():
            by_url[source.settings.url].append(source)
        self._groups = {group[0].settings.id: tuple(group) for group in by_url.values()}
        self._rounds.use({name: min(s.settings.every for s in g) for name, g in self._groups.items()})

    async def _poll_group(self, name: str) -> datetime:
        group = self._groups.get(name, ())
        if len(group) == 1:
            await self.pipeline.poll(group[0])
        else:
            await asyncio.gather(*(self.pipeline.poll(source) for source in group))
        times = [at for s in group if (at := self.pipeline.state(s.settings.id).next_poll) is not None]
        return min(times, default=self._clock() + timedelta(minutes=1))

    async def _start_pages(self) -> bool:
        """True when pages were started."""
        self._pages = {item: task for item, task in self._pages.items() if not task.done()}
        free = PAGES_AT_ONCE - len(self._pages)
        if free <= 0:
            return False
        now = self._clock()
        due = [p for p in await self.store.due_pages(now, PAGES_AT_ONCE * 2) if p.stored.id not in self._pages]
        for page in due[:free]:
            source = self._sources.get(page.stored.item.source)
            if source is None or now >= page.deadline:
                work = self.pipeline.drop_page(page, source.settings.max_age if source else timedelta(days=3))
            else:
                work = self.pipeline.read_page(page, source)
            self._pages[page.stored.id] = asyncio.create_task(self._guarded("page", work))
        return bool(due)

    async def _tell_conditions(self) -> None:
        """One word to the operator about all sources that something is the matter with; polling goes on."""
        now = self._clock()
        report = report_of([(s.settings, self.pipeline.state(s.settings.id)) for s in self._sources.values()], now)
        if report.text and not await self._tell_operator(report.subject, report.text):
            log.warning("sources", detail="; ".join(filter(None, report.text.splitlines())))
        self.pipeline.mark_told(report.told)

    # --- channels ---

    def _open_channels(self, settings: Settings) -> list[Channel]:
        """Opens what is new or changed, keeps what is as it was; gives those that are to be closed."""
        before, self._channels = self._channels, {}
        for wanted in settings.channels:
            known = before.get(wanted.id)
            self._channels[wanted.id] = (
                known if known is not None and known[0] == wanted else (wanted, open_channel(wanted))
            )
        kept = {id(channel) for _, channel in self._channels.values()}
        return [channel for _, channel in before.values() if id(channel) not in kept]

    def _open_summariser(self, settings: Settings) -> ModelSummariser | None:
        """A new one if the settings of it are others than they were."""
        wanted = settings.summarise
        if wanted is None:
            self._summariser = None
        elif self._summariser is None or self._summariser.settings != wanted:
            self._summariser = ModelSummariser(wanted, clock=self._clock, observer=self.telemetry)
        return self._summariser

    def _editing(self) -> frozenset[ChannelId]:
        return frozenset(name for name, (_, channel) in self._channels.items() if isinstance(channel, Editor))

    def _live_channels(self) -> Mapping[ChannelId, Channel]:
        return {name: channel for name, (_, channel) in self._channels.items()}

    # --- configuration ---

    async def _watch_config(self) -> None:
        if await asyncio.to_thread(self._watch.is_edited):
            await self.reload()

    async def reload(self, *, asked: bool = False) -> None:
        """Puts an edited configuration into effect. One with mistakes leaves the old one running, and is complained
        about in the log, on the status page and to the operator."""
        path = self._loaded.settings.path
        digest = await asyncio.to_thread(beside.digest, path)
        try:
            loaded = await asyncio.to_thread(load_all, path)
        except ConfigError as error:
            self._watch.tried(digest, error.files)
            self._config_error = str(error)
            for problem in error.problems:
                log.error("config_refused", detail=str(problem))
            await self._tell_operator("The edited configuration is not in effect", _listing(error.problems))
            return
        self._watch.tried(loaded.digest, loaded.settings.files)
        self._config_error = ""
        if loaded.digest == self._loaded.digest and loaded.settings.files == self._loaded.settings.files and not asked:
            return
        rules = await self._named(loaded)
        old, self._loaded = self._loaded.settings, loaded
        settings = loaded.settings
        if (settings.store, settings.web, settings.user_agent) != (old.store, old.web, old.user_agent):
            log.warning("config", detail="`store`, `web` and `user_agent` take effect with the next start")
        self.pipeline.rules = rules
        replaced = self._open_channels(settings)
        self.pipeline.editing = self._editing()
        unused = self._summariser
        summariser = self._open_summariser(settings)
        self.deliverer.use(self._live_channels(), renderer_of(settings), settings.operator, summariser)
        if unused is not None and unused is not summariser:
            self._spawn(_close_later(unused))
        for channel in replaced:
            self._spawn(_close_later(channel))
        self._use_sources(settings.sources)
        self._spawn(self._refresh_names())
        log.info("config_in_effect", sources=len(settings.sources), rules=len(settings.rules))

    async def _refresh_names(self) -> None:
        loaded = self._loaded
        if await self._wikidata.refresh(loaded.settings):
            rules = await self._named(loaded)
            if loaded is self._loaded:  # else an edit came in between, with names of its own
                self.pipeline.rules = rules

    async def _named(self, loaded: Loaded) -> Rules:
        """Its rules, with what Wikidata calls their entities as far as it was asked."""
        named = await self._wikidata.known(loaded.settings)
        return loaded.rules if named is loaded.settings else await asyncio.to_thread(rules_of, named)

    async def _tell_operator(self, subject: str, text: str) -> bool:
        """False when there is nobody to tell."""
        operator = [c for c in self._loaded.settings.operator if c in self._channels]
        if operator:
            await self.store.notify(operator, NoticeContent(subject=subject, text=text), self._clock())
            self.deliverer.kick()
        return bool(operator)

    # --- upkeep ---

    async def _settle(self) -> None:
        if changed := await self.pipeline.settle():
            log.info("settled", changes=changed)

    async def prune(self) -> None:
        settings, now = self._loaded.settings, self._clock()
        removed = await self.store.prune(forget_before=now - settings.memory, drop_before=now - settings.retention)
        if removed:
            log.info("pruned", rows=removed)

    async def status(self) -> Status:
        counts = await self.store.counts()
        failing = tuple(s for s in self._sources if self.pipeline.state(s).failures)
        return Status(
            ok=self._clock() - self._scheduler.beat < STALE_BEAT,
            version=__version__,
            sources=len(self._sources),
            failing=failing,
            waiting=sum(counts.outbox[s] for s in (DeliveryState.DUE, DeliveryState.SENDING, DeliveryState.UNCERTAIN)),
            dead=counts.outbox[DeliveryState.DEAD],
            config_error=self._config_error,
        )

    async def _metrics(self) -> bytes:
        counts = await self.store.counts()
        for state, number in counts.outbox.items():
            self.telemetry.outbox.labels(state).set(number)
        return self.telemetry.scrape()

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(self._guarded("background", work))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _guarded(self, name: str, work: Coroutine[object, object, None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 (the border of a task: its bug or disk must not go unheard)
            self.telemetry.trouble(name, f"{type(error).__name__}: {error}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message that would have been sent."""

    channel: ChannelId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialResult:
    told: tuple[Told, ...]
    held: tuple[AlertLine, ...]
    """What matched and would not have been sent, with the reason."""
    near: tuple[tuple[str, NearMiss], ...]
    """Titles of items that no rule matched and one nearly did."""
    failed: tuple[tuple[SourceId, str], ...]
    items: int


async def run_trial(loaded: Loaded, polled: Callable[[], None]) -> TrialResult:
    """The same pipeline on an empty store in memory, with every source taken for seeded, and nobody to deliver.
    `polled` is called after each source."""
    settings = loaded.settings
    store = await open_store("sqlite://")
    try:
        async with aclosing(open_fetcher(settings)) as fetcher:
            pipeline = Pipeline(
                store=store,
                fetcher=fetcher,
                page_reader=read_page,
                rules=loaded.rules,
                clock=utc_now,
                observer=Telemetry(),
                wake=lambda: None,
            )
            pipeline.assume_seeded(s.id for s in settings.sources)
            sources = {s.id: open_source(s) for s in settings.sources}

            async def poll(source: Source) -> None:
                await pipeline.poll(source)
                polled()

            await asyncio.gather(*(poll(s) for s in sources.values()))
            while pages := await store.due_pages(utc_now() + timedelta(hours=1), PAGES_AT_ONCE):
                await asyncio.gather(*(pipeline.read_page(p, sources[p.stored.item.source]) for p in pages))
        renderer = renderer_of(settings)
        deliveries = await store.waiting([c.id for c in settings.channels], utc_now() + timedelta(days=2), 10_000)
        told = [
            Told(
                channel=d.channel,
                text=renderer.render(await store.content(d.id), kind="console", key=f"trial.{d.id}").text,
            )
            for d in deliveries
        ]
        lines = await store.alerts(limit=10_000)
        near = []
        if isinstance(loaded.rules.matcher, RuleMatcher):
            for _, item in await store.kept_items(since=datetime.min.replace(tzinfo=UTC), after=0, limit=10_000):
                matches, misses = loaded.rules.matcher.examine(item)
                if misses and not matches:
                    near.append((item.title, misses[0]))
        failed = [(s.source, s.last_error) for s in pipeline.states().values() if s.failures]
        return TrialResult(
            told=tuple(told),
            held=tuple(line for line in lines if not line.decision.is_told),
            near=tuple(near),
            failed=tuple(failed),
            items=(await store.counts()).items,
        )
    finally:
        await store.close()


async def _close_later(channel: Channel | ModelSummariser) -> None:
    """A send may still be in flight on a channel that was replaced."""
    try:
        await asyncio.sleep(90)
    finally:
        await channel.close()


def _listing(problems: Sequence[Problem]) -> str:
    return "\n".join(str(p) for p in problems[:20])
