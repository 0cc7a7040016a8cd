"""The small web side: health, metrics and a status page. Its server is imported where it is wanted: it is large."""

from monitor.web.status import Status

__all__ = ["Status"]
