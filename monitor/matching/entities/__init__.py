"""Finding people, organisations and places by name, in other spellings, scripts and inflections."""

from monitor.matching.entities.finder import EntityFinder

__all__ = ["EntityFinder"]
