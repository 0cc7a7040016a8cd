"""A small newsroom on loopback: seven made-up outlets that publish news while the daemon reads them."""

from monitor.demo.newsroom import Newsroom

__all__ = ["Newsroom"]
