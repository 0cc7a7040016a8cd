"""Which items tell the same story: what is remembered of an item, who may be its kin, and whether it is, and why."""

from monitor.stories.assign import EVENT, EVENTS, MEMORY_WINDOW, assign, story_of
from monitor.stories.event import event_keys, likenesses
from monitor.stories.index import MOST, Index, nearest
from monitor.stories.settling import settled
from monitor.stories.sketch import Sketch, copy_keys, sketch_of
from monitor.stories.stream import Stream
from monitor.stories.vocabulary import Vocabulary

__all__ = [
    "EVENT", "EVENTS", "MEMORY_WINDOW", "MOST", "Index", "Sketch", "Stream", "Vocabulary", "assign", "copy_keys",
    "event_keys", "likenesses", "nearest", "settled", "sketch_of", "story_of",
]  # fmt: skip
