"""Stand-ins that behave: a source that shows what it is told to, channels that answer as scripted, a clock to turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from monitor.core.model import (
    AlertContent,
    Article,
    ChannelId,
    Content,
    Decision,
    DeliveryId,
    DigestContent,
    Entry,
    Field,
    Hit,
    Item,
    ItemId,
    Match,
    Message,
    NoticeContent,
    PageState,
    RuleId,
    SourceId,
    SourceState,
    Unreadable,
)
from monitor.core.ports import (
    Answer,
    Checked,
    Fetched,
    Fetcher,
    FetchRequest,
    Limit,
    Polled,
    Sent,
    Trouble,
    Unchanged,
    Unreachable,
)
from monitor.core.settings import SourceSettings
from monitor.extract.furniture import Furniture

START = datetime(2025, 2, 13, 8, 0, tzinfo=UTC)


class Clock:
    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


class NoFetcher:
    async def fetch(self, request: FetchRequest) -> Fetched | Unchanged | Unreachable:
        raise AssertionError(f"nobody should fetch {request.url}")


class FakeSource:
    """Shows its `items`; with `down` set it can't be reached."""

    def __init__(self, name: str = "wire", *, full_text: bool = False, max_age: timedelta = timedelta(days=3)) -> None:
        self.settings = SourceSettings(
            id=SourceId(name), url=f"https://{name}.example/feed", full_text=full_text, max_age=max_age
        )
        self.items: list[Item] = []
        self.down = ""

    def publish(self, title: str, text: str = "", *, url: str = "", published: datetime | None = None) -> Item:
        number = len(self.items) + 1
        address = url or f"https://{self.settings.id}.example/articles/{number}-{abs(hash(title)) % 10_000}"
        item = Item(
            source=self.settings.id,
            uid=f"{self.settings.id}-{number}",
            url=address,
            canonical_url=address,
            title=title,
            text=text,
            published=published,
            language="en",
            site=self.settings.id.title(),
            page=PageState.PENDING if self.settings.full_text else PageState.NONE,
            taken_in=START,
        )
        self.items.insert(0, item)
        return item

    async def poll(self, fetcher: Fetcher, state: SourceState, now: datetime) -> Polled | Unreachable:
        if self.down:
            return Unreachable(trouble=Trouble.SERVER, detail=self.down)
        items = tuple(replace(i, taken_in=now) for i in self.items)
        entries = tuple(
            Entry(
                guid=i.uid, url=i.url, canonical_url=i.canonical_url, title=i.title, text=i.text, published=i.published
            )
            for i in items
        )
        return Polled(items=items, entries=entries, state=replace(state, url=self.settings.url))


class Pages:
    """A page reader with pages of its own."""

    def __init__(self) -> None:
        self.pages: dict[str, Article | Unreadable | Unreachable] = {}
        self.asked: list[str] = []

    async def __call__(
        self, fetcher: Fetcher, settings: SourceSettings, url: str, furniture: Furniture
    ) -> Article | Unreadable | Unreachable:
        self.asked.append(url)
        return self.pages.get(url, Unreachable(trouble=Trouble.NOT_FOUND, detail="no such page"))


class FakeChannel:
    """Answers with what `script` holds, then with Sent. Remembers what it accepted."""

    def __init__(
        self,
        name: str = "desk",
        *,
        limits: tuple[Limit, ...] = (),
        hold_uncertain: bool = False,
        part_size: int = 10_000,
        lane: str = "",
    ) -> None:
        self.id = ChannelId(name)
        self.kind = "fake"
        self.lane = lane or f"fake:{name}"
        self.limits = limits
        self.hold_uncertain = hold_uncertain
        self.part_size = part_size
        self.script: list[Answer] = []
        self.accepted: list[Message] = []
        self.tried = 0

    def parts(self, message: Message) -> tuple[Message, ...]:
        size = self.part_size
        cuts = [message.text[i : i + size] for i in range(0, len(message.text), size)]
        return tuple(replace(message, text=text, key=f"{message.key}.{n}") for n, text in enumerate(cuts, 1))

    async def send(self, message: Message) -> Answer:
        self.tried += 1
        answer = self.script.pop(0) if self.script else Sent(ref=f"ref-{self.tried}")
        if isinstance(answer, Sent):
            self.accepted.append(message)
        return answer

    async def check(self) -> Checked | Unreachable:
        return Checked(detail="fake")

    async def close(self) -> None:
        pass

    @property
    def texts(self) -> list[str]:
        return [m.text for m in self.accepted]


class EditingChannel(FakeChannel):
    """One whose messages can be changed: `shown` are the words that its readers see. `edit_script` is to edits what
    `script` is to sends."""

    def __init__(self, name: str = "desk", *, limits: tuple[Limit, ...] = ()) -> None:
        super().__init__(name, limits=limits)
        self.edit_script: list[Answer] = []
        self.edits_tried = 0
        self._shown: dict[str, str] = {}

    async def send(self, message: Message) -> Answer:
        answer = await super().send(message)
        if isinstance(answer, Sent):
            self._shown[answer.ref] = message.text
        return answer

    async def edit(self, ref: str, message: Message) -> Answer:
        self.edits_tried += 1
        answer = self.edit_script.pop(0) if self.edit_script else Sent(ref=ref)
        if isinstance(answer, Sent):
            self._shown[ref] = message.text
        return answer

    @property
    def shown(self) -> list[str]:
        return list(self._shown.values())


class PlainRenderer:
    def render(self, content: Content, *, kind: str, key: str) -> Message:
        match content:
            case AlertContent(report=report):
                also = f" [also in {', '.join(report.also_in)}]" if report.also_in else ""
                was = f" [was {report.was}]" if report.was else ""
                news = f"new: {report.news}: " if report.news else ""
                text = f"{'+'.join(report.rules)}: {news}{report.item.title}{also}{was}"
                return Message(key=key, subject=text, text=text, follows=content.follows)
            case DigestContent(reports=reports, rule=rule):
                text = f"{rule or 'digest'}: " + " | ".join(r.item.title for r in reports)
            case NoticeContent(subject=subject, text=words):
                text = f"notice: {subject}: {words}"
        return Message(key=key, subject=text, text=text)


@dataclass
class Witness:
    """An observer that writes everything down."""

    polls: list[tuple[SourceId, str]] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    deliveries: list[tuple[ChannelId, str]] = field(default_factory=list)
    troubles: list[tuple[str, str]] = field(default_factory=list)

    def polled(self, source: SourceId, outcome: str, **_: object) -> None:
        self.polls.append((source, outcome))

    def read_page(self, source: SourceId, outcome: str, **_: object) -> None:
        self.pages.append(outcome)

    def decided(self, item: ItemId, title: str, decisions: Sequence[Decision]) -> None:
        self.decisions.extend(decisions)

    def delivered(self, delivery: DeliveryId, channel: ChannelId, outcome: str, **_: object) -> None:
        self.deliveries.append((channel, outcome))

    def trouble(self, event: str, detail: str) -> None:
        self.troubles.append((event, detail))


class WordMatcher:
    """Rule -> a word that must stand in title or text."""

    def __init__(self, words: dict[str, str]) -> None:
        self.words = words

    def match(self, item: Item) -> tuple[Match, ...]:
        found = []
        for rule, word in self.words.items():
            for name in (Field.TITLE, Field.TEXT):
                text = getattr(item, name)
                if (at := text.find(word)) >= 0:
                    hit = Hit(field=name, start=at, end=at + len(word), surface=word, term=word)
                    found.append(Match(rule=RuleId(rule), hits=(hit,)))
                    break
        return tuple(found)
