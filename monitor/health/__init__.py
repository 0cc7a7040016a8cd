"""How sources do: when each is asked next, and what an operator should know of it. Pure."""

from monitor.health.condition import Condition, condition_of, remedy_of
from monitor.health.report import SourcesReport, report_of, spoken
from monitor.health.rhythm import Rhythm, next_poll, rhythm_of, with_arrivals

__all__ = [
    "Condition",
    "Rhythm",
    "SourcesReport",
    "condition_of",
    "next_poll",
    "remedy_of",
    "report_of",
    "rhythm_of",
    "spoken",
    "with_arrivals",
]
