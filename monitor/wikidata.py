"""What Wikidata calls things, in all languages, by its public API."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlencode

from monitor.core.ports import Clock, Fetched, Fetcher, FetchRequest, Observer, Trouble, Unchanged, Unreachable
from monitor.core.settings import EntitySettings, Settings, WikidataSettings

AT_ONCE = 50
"""Items that the API gives in one answer."""
MOST_NAMES = 1_000
"""Of one item; the best known things have some 500."""
_LONGEST = 80
"""Characters of a name: what is longer describes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Item -> its names; one that Wikidata does not know has none."""

    names: dict[str, tuple[str, ...]]


class NameStore(Protocol):
    async def wikidata(self, qids: Collection[str]) -> dict[str, tuple[tuple[str, ...], datetime]]:
        """Item -> its names and when they were fetched, of those that were."""

    async def save_wikidata(self, names: Mapping[str, tuple[str, ...]], now: datetime) -> None: ...


class Wikidata:
    """Keeps the names of the entities that name an item: fetched now and then, kept in the store."""

    def __init__(self, *, store: NameStore, fetcher: Fetcher, clock: Clock, observer: Observer) -> None:
        self._store = store
        self._fetcher = fetcher
        self._clock = clock
        self._observer = observer
        self._failures = 0
        self._not_before: datetime | None = None

    async def known(self, settings: Settings) -> Settings:
        """With the names that were fetched before; the very same when there are none."""
        asked = _items(settings.entities)
        kept = await self._store.wikidata(asked) if asked else {}
        if not any(names for names, _ in kept.values()):
            return settings
        entities = tuple(replace(e, known=kept[e.wikidata][0]) if e.wikidata in kept else e for e in settings.entities)
        return replace(settings, entities=entities)

    async def refresh(self, settings: Settings) -> bool:
        """Fetches what was never fetched or is old; True when names have changed. What can't be fetched stays as it
        was, and is tried again later."""
        now, asked = self._clock(), _items(settings.entities)
        if not asked or (self._not_before is not None and now < self._not_before):
            return False
        kept = await self._store.wikidata(asked)
        due = [q for q in asked if q not in kept or now - kept[q][1] >= settings.wikidata.every]
        changed = False
        for begin in range(0, len(due), AT_ONCE):
            answer = await names_of(self._fetcher, due[begin : begin + AT_ONCE], api=settings.wikidata.api)
            if isinstance(answer, Unreachable):
                self._failures += 1
                self._not_before = now + min(timedelta(hours=6), timedelta(minutes=1) * 2**self._failures)
                self._observer.trouble("wikidata", f"{answer.trouble}: {answer.detail}")
                return changed
            # An item that has lost all its names is a slip of theirs: what was known stays.
            fresh = {q: names or kept.get(q, ((), now))[0] for q, names in answer.names.items()}
            for qid in (q for q, names in fresh.items() if not names):
                self._observer.trouble("wikidata", f"{qid} is no item with a name")
            await self._store.save_wikidata(fresh, now)
            changed = changed or any(kept.get(q, ((), now))[0] != names for q, names in fresh.items())
        self._failures, self._not_before = 0, None
        return changed


def _items(entities: Sequence[EntitySettings]) -> list[str]:
    return list(dict.fromkeys(e.wikidata for e in entities if e.wikidata))


_PUBLIC = WikidataSettings().api


async def names_of(fetcher: Fetcher, items: Sequence[str], *, api: str = _PUBLIC) -> Named | Unreachable:
    """At most `AT_ONCE` items, as `Q76`. Another `api` is the operator's word and may be on a private address."""
    query = urlencode({"action": "wbgetentities", "ids": "|".join(items), "props": "labels|aliases", "format": "json"})
    answer = await fetcher.fetch(
        FetchRequest(url=f"{api}{'&' if '?' in api else '?'}{query}", allow_private=api != _PUBLIC)
    )
    match answer:
        case Fetched(body=body):
            return read_names(body, items)
        case Unchanged():
            return Unreachable(trouble=Trouble.UNREADABLE, detail="answered 304 to a first request")
        case Unreachable():
            return answer


def read_names(body: bytes, items: Sequence[str]) -> Named | Unreachable:
    """From an answer of `wbgetentities`. What in it has another shape than expected is left out."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        return Unreachable(trouble=Trouble.UNREADABLE, detail=f"not JSON: {type(error).__name__}")
    if isinstance(given, dict) and isinstance(given.get("error"), dict):
        said = str(given["error"].get("info", "an error"))[:200]
        return Unreachable(trouble=Trouble.UNREADABLE, detail=f"the API says: {said}")
    entities = given.get("entities") if isinstance(given, dict) else None
    if not isinstance(entities, dict):
        return Unreachable(trouble=Trouble.UNREADABLE, detail="no entities in the answer")
    return Named(names={item: _names(_asked(entities, item)) for item in items})


def _asked(entities: dict[object, object], item: str) -> object:
    """An item that was merged into another comes under the other's id, or under its own with a redirect."""
    found = entities.get(item)
    if found is not None:
        return found
    return next(
        (
            e
            for e in entities.values()
            if isinstance(e, dict) and isinstance(e.get("redirects"), dict) and e["redirects"].get("from") == item
        ),
        None,
    )


def _names(entity: object) -> tuple[str, ...]:
    if not isinstance(entity, dict):
        return ()
    found: dict[str, None] = {}
    labels, aliases = entity.get("labels"), entity.get("aliases")
    for label in labels.values() if isinstance(labels, dict) else ():
        _take(label, found)
    for of_language in aliases.values() if isinstance(aliases, dict) else ():
        for alias in of_language if isinstance(of_language, list) else ():
            _take(alias, found)
    return tuple(found)[:MOST_NAMES]


def _take(given: object, found: dict[str, None]) -> None:
    value = given.get("value") if isinstance(given, dict) else None
    if not isinstance(value, str):
        return
    name = " ".join(value.encode("utf-8", "replace").decode().split())
    # Emoji, flags, codes of digits: no name in any text.
    if 1 < len(name) <= _LONGEST and any(c.isalpha() for c in name) and "http" not in name:
        found[name] = None
