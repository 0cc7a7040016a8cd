"""Who is told, when and how loud: pure decisions, each with a named reason."""

from monitor.alerts.decide import Policy, decide, remember, summary_due

__all__ = ["Policy", "decide", "remember", "summary_due"]
