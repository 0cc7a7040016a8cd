"""What was answered at once is looked at again with what came since: items move between stories, and nobody is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.core.model import ItemId, StoryId
from monitor.core.ports import Intake
from monitor.stories import (
    ACROSS_WINDOW,
    EVENT,
    FOREIGN,
    MEMORY_WINDOW,
    MOST,
    PER_KEY,
    Sketch,
    Vocabulary,
    alikeness,
    event_keys,
    likenesses,
    settled,
    wanted_names,
)

AKIN = 0.5
"""Of the likeness from which two items report one event, the share from which their stories are looked at together."""
MEMBERS = 60
"""So many items of these stories, the newest; with each other they are compared in a tenth of a second."""


def settle(
    intake: Intake, item: ItemId, vocabulary: Vocabulary, now: datetime, memory: timedelta, event: float = EVENT
) -> set[StoryId]:
    """Settles the stories that an item has to do with. Gives those that are others than they were."""
    since = now - min(memory, MEMORY_WINDOW)
    mine = next(iter(intake.remembered((item,), since)), None)
    if mine is None:
        return set()
    sketch = Sketch.unpack(mine.sketch)
    kin = [c for c in intake.kin(event_keys(sketch, vocabulary), since, MOST) if c.item != item]
    alike = likenesses(sketch, [Sketch.unpack(c.sketch) for c in kin], vocabulary)
    stories = {c.story for c, score in zip(kin, alike, strict=True) if score >= AKIN * event}
    stories |= _abroad(intake, sketch, vocabulary, now - min(memory, ACROSS_WINDOW), event)
    if not stories:
        return set()
    members = intake.members(stories | {mine.story}, since, MEMBERS, MEMORY_WINDOW)
    links = settled(members, vocabulary, event=event)
    if links:
        intake.move(links)
    return {c.story for c in members if c.item in links} | {link.story for link in links.values()}


def _abroad(intake: Intake, sketch: Sketch, vocabulary: Vocabulary, since: datetime, event: float) -> set[StoryId]:
    """Stories that may tell the same in other languages; none where they are told in one."""
    wanted = wanted_names(sketch, vocabulary)
    kin = intake.kin(wanted, since, FOREIGN, PER_KEY) if wanted else ()
    alike = alikeness(sketch.names, [Sketch.unpack(c.sketch).names for c in kin], vocabulary)
    return {c.story for c, common in zip(kin, alike, strict=True) if common.score >= AKIN * event}
