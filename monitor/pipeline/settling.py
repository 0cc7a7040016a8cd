"""What was answered at once is looked at again with what came since: items move between stories, and nobody is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.core.model import ItemId, StoryId
from monitor.core.ports import Intake
from monitor.stories import (
    ACROSS_WINDOW,
    FOREIGN,
    MEMORY_WINDOW,
    MOST,
    PER_KEY,
    USUAL,
    Sketch,
    Standard,
    Vocabulary,
    event_keys,
    likenesses,
    settled,
    wanted_names,
)

AKIN = 0.5
"""Of the likeness from which two items report one event, the share from which their stories are looked at together."""
MEMBERS = 60
"""So many items of these stories, the newest; with each other they are compared in a twentieth of a second."""


def settle(
    intake: Intake, item: ItemId, vocabulary: Vocabulary, now: datetime, memory: timedelta, standard: Standard = USUAL
) -> set[StoryId]:
    """Settles the stories that an item has to do with. Gives those that are others than they were."""
    since = now - min(memory, MEMORY_WINDOW)
    mine = next(iter(intake.remembered((item,), since)), None)
    if mine is None:
        return set()
    sketch = Sketch.unpack(mine.sketch)
    kin = [c for c in intake.kin(event_keys(sketch, vocabulary), since, MOST) if c.item != item]
    alike = likenesses(sketch, [Sketch.unpack(c.sketch) for c in kin], vocabulary)
    stories = {c.story for c, score in zip(kin, alike, strict=True) if score >= AKIN * standard.event}
    if names := wanted_names(sketch, vocabulary):
        foreign = intake.kin(names, now - min(memory, ACROSS_WINDOW), FOREIGN, PER_KEY)
        stories |= {c.story for c in foreign if c.item != item}
    if not stories:
        return set()
    members = intake.members(stories | {mine.story}, since, MEMBERS, MEMORY_WINDOW)
    links = settled(members, vocabulary, standard=standard)
    if links:
        intake.move(links)
    return {c.story for c in members if c.item in links} | {link.story for link in links.values()}
