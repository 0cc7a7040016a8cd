"""Who is told, when and how loud: pure decisions, each with a named reason."""

from monitor.alerts.decide import Policy, decide, remember, summary_due
from monitor.alerts.news import news_in
from monitor.alerts.outlets import first_outlet, independent

__all__ = ["Policy", "decide", "first_outlet", "independent", "news_in", "remember", "summary_due"]
