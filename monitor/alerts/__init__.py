"""Who is told, when and how loud: pure decisions, each with a named reason."""

from monitor.alerts.decide import Policy, decide, remember, summary_due
from monitor.alerts.news import news_in

__all__ = ["Policy", "decide", "news_in", "remember", "summary_due"]
