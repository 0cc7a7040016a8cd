"""The small web side: health, metrics and a status page."""

from monitor.web.server import Status, WebServer

__all__ = ["Status", "WebServer"]
