"""URLs: made absolute, made comparable, taken out of their wrappers. No look-ups: what a URL names is judged by its
letters alone."""

from __future__ import annotations

from monitor.text.urls.canonical import canonical_url
from monitor.text.urls.googlenews import Origin, is_sealed, wrapped_origin
from monitor.text.urls.reading import MAX_LENGTH, absolute, site_of
from monitor.text.urls.wrappers import unwrapped

__all__ = ["MAX_LENGTH", "Origin", "absolute", "canonical_url", "is_sealed", "site_of", "unwrapped", "wrapped_origin"]
