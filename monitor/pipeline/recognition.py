"""Which of a poll's items are new, which were edited, and which are known, perhaps by other keys."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from monitor.core.model import Entry, Identity, Item, ItemId, Known, Outline, Recorded, SourceState
from monitor.core.ports import Polled
from monitor.extract.recognition import Keys, content_mark, judge, keys_of, names_of, to_record
from monitor.text.language import detect

_HEADLINES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An item as the source shows it now."""

    item: Item
    entry: Entry
    keys: Keys
    mark: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    item: Item
    known: Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    recipe: str
    """By which the source goes from now on."""
    fresh: tuple[tuple[int, Item, Identity], ...]
    """With their places among the sightings."""
    edited: tuple[Edited, ...]
    learnt: tuple[tuple[Known, Identity], ...]
    """Known items by keys or with a content that are not on record yet."""

    def __bool__(self) -> bool:
        return bool(self.fresh or self.edited or self.learnt)


def sightings_of(polled: Polled) -> list[Sighting]:
    return [
        Sighting(
            item=item,
            entry=entry,
            keys=keys_of(entry, item.source),
            mark=content_mark(item.title, "" if polled.titles_only else item.text),
        )
        for item, entry in zip(polled.items, polled.entries, strict=True)
    ]


def with_language(state: SourceState, seen: Sequence[Sighting], *, seeding: bool) -> SourceState:
    """With the language in which the source writes, told from the headlines that it shows together: one alone is too
    short. A first poll asks for no language."""
    if seeding or state.language or all(s.item.language for s in seen):
        return state
    return replace(state, language=detect("\n".join(s.item.title for s in seen[:_HEADLINES])))


def keys_in(sightings: Sequence[Sighting]) -> set[int]:
    return {key for s in sightings for key in s.keys if key}


def uids_in(sightings: Sequence[Sighting], recipe: str) -> set[str]:
    """All uids that these items may get, whichever recipe turns out to be right."""
    names = {name for s in sightings for name in names_of(s.entry, recipe)}
    return names | {s.item.uid for s in sightings}


def sort_out(sightings: Sequence[Sighting], recorded: Recorded, recipe: str, outline: Collection[Outline]) -> Sorted:
    """Pure. An item that was taken in by an earlier version left its uid and no keys: it is known by that alone."""
    old = [_by_uid_alone(s, recorded) for s in sightings]
    found = judge(
        [(s.entry, s.keys) for s in sightings],
        recorded.by_key,
        previous=recipe,
        document=tuple(outline),
        unchanged=max(len(outline) - len(sightings), 0),
    )
    fresh: list[tuple[int, Item, Identity]] = []
    edited: list[Edited] = []
    learnt: list[tuple[Known, Identity]] = []
    taken = {uid for source, uid in recorded.by_uid if sightings and source == sightings[0].item.source}
    known_as = [
        recorded.items[ItemId(same_as)] if same_as is not None else before
        for same_as, before in zip(found.same_as, old, strict=True)
    ]
    seen: set[ItemId] = set()
    marks = _marks_now(sightings, known_as)
    for place, (s, known) in enumerate(zip(sightings, known_as, strict=True)):
        keys = to_record(s.keys, found.recipe)
        if known is not None:
            mark = marks[known.item]
            if known.identity.mark not in (0, mark) and known.item not in seen:
                edited.append(Edited(item=s.item, known=known))
            seen.add(known.item)
            if known.identity.mark != mark or not set(keys) <= set(known.identity.keys):
                learnt.append((known, Identity(keys=keys, mark=mark)))
        elif found.is_new[place]:
            names = names_of(s.entry, found.recipe)
            uid = next((name for name in names if name not in taken), names[-1])
            taken.add(uid)
            item = s.item if s.item.uid == uid else replace(s.item, uid=uid)
            fresh.append((place, item, Identity(keys=keys, mark=s.mark)))
    return Sorted(recipe=found.recipe, fresh=tuple(fresh), edited=tuple(edited), learnt=tuple(learnt))


def _marks_now(sightings: Sequence[Sighting], known_as: Sequence[Known | None]) -> dict[ItemId, int]:
    """What each known item says. A document may show one several times, each time in other words: while the words on
    record are among them nothing was edited, else the first count."""
    marks: dict[ItemId, int] = {}
    for s, known in zip(sightings, known_as, strict=True):
        if known is not None and (known.item not in marks or s.mark == known.identity.mark):
            marks[known.item] = s.mark
    return marks


def _by_uid_alone(sighting: Sighting, recorded: Recorded) -> Known | None:
    item = recorded.by_uid.get((sighting.item.source, sighting.item.uid))
    known = recorded.items[item] if item is not None else None
    return known if known is not None and not known.identity.keys else None
