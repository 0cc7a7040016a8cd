"""Who is told, when and how loud: pure decisions, each with a named reason."""

from monitor.alerts.decide import Policy, decide, remember, summary_due
from monitor.alerts.news import news_in
from monitor.alerts.outlets import independent

__all__ = ["Policy", "decide", "independent", "news_in", "remember", "summary_due"]
