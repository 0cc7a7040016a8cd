"""What the daemon says of itself: structured log lines on stderr, and the counters behind `/metrics`."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from monitor.core.model import ChannelId, Decision, DeliveryId, ItemId, SourceId

# A bot token in a URL or a password in one, wherever a library may have put it into an error or a log line.
_TOKEN = re.compile(r"(bot)?\d{5,}:[A-Za-z0-9_-]{20,}")
_USERINFO = re.compile(r"(?<=://)[^/\s@]+@")


def redact(text: str) -> str:
    """The text without what looks like a bot token or a URL's user and password."""
    return _USERINFO.sub("***@", _TOKEN.sub("***", text))


def configure_logging(*, level: str = "info", json: bool = False) -> None:
    """Sets up logging of this process: one line per event, `key=value` or JSON."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _redact_event,
    ]
    render: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render], foreign_pre_chain=shared
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("monitor").setLevel(level.upper())
    for noisy in ("apscheduler", "httpx", "httpcore", "telegram", "trafilatura", "htmldate", "uvicorn"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _redact_event(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = redact(value)
    return event


log = structlog.stdlib.get_logger("monitor")
_stdlib = logging.getLogger("monitor")


@dataclass(slots=True)
class _OfSource:
    """A source's own counters, looked up once: by their labels it costs more than all the rest of counting."""

    bytes: Counter
    items: Counter
    failures: Gauge
    failed: int = 0
    polls: dict[str, Counter] = field(default_factory=dict)


class Telemetry:
    """`core.ports.Observer`: a log line and a count for everything that happens."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        r = self.registry
        self._polls = Counter("monitor_polls", "Polls by outcome", ["source", "outcome"], registry=r)
        self._poll_seconds = Histogram("monitor_poll_seconds", "Time of a poll, waiting included", registry=r)
        self._bytes = Counter("monitor_fetched_bytes", "Bytes of bodies that were read", ["source"], registry=r)
        self._items = Counter("monitor_items", "New items taken in", ["source"], registry=r)
        self._failures = Gauge("monitor_source_failures", "Polls failed in a row", ["source"], registry=r)
        self._pages = Counter("monitor_pages", "Article pages by outcome", ["source", "outcome"], registry=r)
        self._decisions = Counter("monitor_decisions", "Matches by reason", ["rule", "channel", "reason"], registry=r)
        self._deliveries = Counter("monitor_deliveries", "Sends by outcome", ["channel", "outcome"], registry=r)
        self._waited = Histogram(
            "monitor_delivery_waited_seconds", "From the outbox to the channel's answer", registry=r,
            buckets=(0.1, 0.5, 1, 2, 5, 15, 60, 300, 3600),
        )  # fmt: skip
        self._troubles = Counter("monitor_troubles", "What an operator should know of", ["event"], registry=r)
        self.outbox = Gauge("monitor_outbox", "Rows of the outbox by state", ["state"], registry=r)
        self._last: dict[SourceId, str] = {}
        self._of_source: dict[SourceId, _OfSource] = {}

    def scrape(self) -> bytes:
        return generate_latest(self.registry)

    def polled(
        self,
        source: SourceId,
        outcome: str,
        *,
        seconds: float,
        size: int = 0,
        items: int = 0,
        new: int = 0,
        edited: int = 0,
        told: int = 0,
        trouble: str = "",
        detail: str = "",
        failures: int = 0,
        notes: tuple[str, ...] = (),
    ) -> None:
        counted = self._of_source.get(source)
        if counted is None:
            counted = self._of_source[source] = _OfSource(
                bytes=self._bytes.labels(source),
                items=self._items.labels(source),
                failures=self._failures.labels(source),
            )
        polls = counted.polls.get(outcome)
        if polls is None:
            polls = counted.polls[outcome] = self._polls.labels(source, outcome)
        polls.inc()
        self._poll_seconds.observe(seconds)
        if size:
            counted.bytes.inc(size)
        if new:
            counted.items.inc(new)
        if failures != counted.failed:
            counted.failed = failures
            counted.failures.set(failures)
        if outcome == "not_modified" and source not in self._last and not _stdlib.isEnabledFor(logging.DEBUG):
            return  # the most frequent of all events, and nothing to tell
        took = round(seconds, 3)
        if outcome == "failed":
            # Said once, and again when the reason changes; in between it is on record in `monitor sources`.
            say = log.warning if self._last.get(source) != trouble else log.debug
            self._last[source] = trouble
            say("poll", source=source, outcome=outcome, trouble=trouble, detail=detail, failures=failures, seconds=took)
            return
        if self._last.pop(source, None) is not None:
            log.info("recovered", source=source)
        fields: dict[str, object] = {"seconds": took, "size": size, "items": items, "new": new, "told": told}
        if edited:
            fields["edited"] = edited
        if notes:
            fields["notes"] = "; ".join(notes)
        say = log.debug if outcome == "not_modified" else log.info
        say("poll", source=source, outcome=outcome, **fields)

    def read_page(
        self, source: SourceId, outcome: str, *, url: str, seconds: float, told: int = 0, detail: str = ""
    ) -> None:
        self._pages.labels(source, outcome).inc()
        fields = {"detail": detail} if detail else {}
        log.info("page", source=source, outcome=outcome, url=url, seconds=round(seconds, 3), told=told, **fields)

    def decided(self, item: ItemId, title: str, decisions: Sequence[Decision]) -> None:
        for d in decisions:
            self._decisions.labels(d.rule, d.channel, d.reason).inc()
            log.info(
                "match", item=item, title=title[:120], rule=d.rule, channel=d.channel, reason=d.reason, detail=d.detail
            )

    def delivered(
        self,
        delivery: DeliveryId,
        channel: ChannelId,
        outcome: str,
        *,
        kind: str,
        part: int,
        parts: int,
        seconds: float,
        waited: float,
        detail: str = "",
    ) -> None:
        self._deliveries.labels(channel, outcome).inc()
        if outcome == "sent":
            self._waited.observe(waited)
        say = log.info if outcome in ("sent", "joined", "edited", "dropped") else log.warning
        fields = {"detail": detail} if detail else {}
        say(
            "delivery", delivery=delivery, channel=channel, outcome=outcome, kind=kind, part=f"{part}/{parts}",
            seconds=round(seconds, 3), waited=round(waited, 1), **fields,
        )  # fmt: skip

    def trouble(self, event: str, detail: str) -> None:
        self._troubles.labels(event).inc()
        log.error(event, detail=detail)
