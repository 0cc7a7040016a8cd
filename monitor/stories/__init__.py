"""Which items tell the same story: what is remembered of an item, who may be its kin, and whether it is, and why."""

from monitor.stories.assign import MEMORY_WINDOW, Index, assign, story_of
from monitor.stories.fingerprint import fingerprint

__all__ = ["MEMORY_WINDOW", "Index", "assign", "fingerprint", "story_of"]
