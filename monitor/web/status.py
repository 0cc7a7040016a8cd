"""What the web side shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What the daemon says of itself. `ok` is false when it needs a restart."""

    ok: bool
    version: str
    sources: int
    failing: tuple[str, ...]
    waiting: int
    """Deliveries that are still to go out."""
    dead: int
    config_error: str
    """Why the last edit of the configuration was refused; '' when it is in effect."""
