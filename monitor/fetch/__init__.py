"""The one way to the outside for sources: polite, bounded, and kept away from addresses that are not public."""

from monitor.fetch.considerate import ConsiderateFetcher
from monitor.fetch.fetcher import HttpFetcher
from monitor.fetch.network import Resolver

__all__ = ["ConsiderateFetcher", "HttpFetcher", "Resolver"]
