"""Which items tell the same story: what is remembered of an item, who may be its kin, and whether it is, and why."""

from monitor.stories.across import FOREIGN, PER_KEY, alikeness, name_keys, wanted_names
from monitor.stories.assign import ACROSS_WINDOW, EVENT, MEMORY_WINDOW, USUAL, Standard, assign, story_of
from monitor.stories.event import event_keys, likenesses
from monitor.stories.index import MOST, Index, nearest
from monitor.stories.settling import settled
from monitor.stories.sketch import Sketch, copy_keys, sketch_of
from monitor.stories.stream import Stream
from monitor.stories.terms import key_terms, names_told
from monitor.stories.vocabulary import Vocabulary

__all__ = [
    "ACROSS_WINDOW", "EVENT", "FOREIGN", "MEMORY_WINDOW", "MOST", "PER_KEY", "USUAL", "Index", "Sketch", "Standard",
    "Stream", "Vocabulary", "alikeness", "assign", "copy_keys", "event_keys", "key_terms", "likenesses", "name_keys",
    "names_told", "nearest", "settled", "sketch_of", "story_of", "wanted_names",
]  # fmt: skip
