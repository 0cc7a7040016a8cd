"""How sources do: when each is asked next, and what an operator should know of it. Pure."""

from monitor.health.condition import Condition, condition_of, remedy_of
from monitor.health.rhythm import Rhythm, next_poll, rhythm_of, with_arrivals

__all__ = ["Condition", "Rhythm", "condition_of", "next_poll", "remedy_of", "rhythm_of", "with_arrivals"]
