"""Which of a poll's items are new, which were edited, and which are known, perhaps under another name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.core.model import Identity, Item, Known, SourceState
from monitor.core.ports import Polled
from monitor.extract.identity import less_trusting

_MANY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    item: Item
    identity: Identity
    known: Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """`renamed` counts the known items that go by another uid now."""

    fresh: tuple[Item, ...]
    edited: tuple[Edited, ...]
    known: int
    renamed: int


def names_of(uids: Iterable[str], polled: Polled) -> list[str]:
    """All names under which these items may be remembered."""
    names: list[str] = []
    for uid in uids:
        names.append(uid)
        if (identity := polled.identities.get(uid)) is not None:
            names += identity.names
    return names


def sort_out(items: Mapping[str, Item], identities: Mapping[str, Identity], known: Mapping[str, Known]) -> Sorted:
    fresh: list[Item] = []
    edited: list[Edited] = []
    renamed = 0
    for uid, item in items.items():
        identity = identities.get(uid) or Identity(uid=uid)
        found = known.get(uid)
        if found is None and identity.names and all(name in known for name in identity.names):
            found = known[identity.names[0]]
            renamed += 1
        if found is None:
            fresh.append(item)
        elif identity.mark and found.mark and identity.mark != found.mark:
            edited.append(Edited(item=item, identity=identity, known=found))
    return Sorted(fresh=tuple(fresh), edited=tuple(edited), known=len(items) - len(fresh), renamed=renamed)


def changed_recipe(state: SourceState, found: Sorted) -> str:
    """The recipe to go on with where uids change from poll to poll; '' where they don't."""
    if found.renamed >= _MANY and found.renamed * 2 >= found.known + len(found.fresh):
        return less_trusting(state.recipe)
    return ""
