"""Which of a poll's items are new, which were edited, and which are known, perhaps by other keys."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from monitor.core.model import Entry, Identity, Item, Known, Outline, Recorded
from monitor.core.ports import Polled
from monitor.extract.recognition import Keys, content_mark, judge, keys_of, names_of, to_record


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
            mark=content_mark(replace(entry, text="") if polled.titles_only else entry),
        )
        for item, entry in zip(polled.items, polled.entries, strict=True)
    ]


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
    for place, s in enumerate(sightings):
        before, is_new, same_as = old[place], found.is_new[place], found.same_as[place]
        identity = Identity(keys=to_record(s.keys, found.recipe), mark=s.mark)
        known = recorded.items[same_as] if same_as is not None else before  # type: ignore[index]  # numbers of items
        if known is not None:
            if known.identity.mark not in (0, s.mark):
                edited.append(Edited(item=s.item, known=known))
            if known.identity.mark != s.mark or not set(identity.keys) <= set(known.identity.keys):
                learnt.append((known, identity))
        elif is_new:
            names = names_of(s.entry, found.recipe)
            uid = next((name for name in names if name not in taken), names[-1])
            taken.add(uid)
            fresh.append((place, replace(s.item, uid=uid), identity))
    return Sorted(recipe=found.recipe, fresh=tuple(fresh), edited=tuple(edited), learnt=tuple(learnt))


def _by_uid_alone(sighting: Sighting, recorded: Recorded) -> Known | None:
    item = recorded.by_uid.get((sighting.item.source, sighting.item.uid))
    known = recorded.items[item] if item is not None else None
    return known if known is not None and not known.identity.keys else None
