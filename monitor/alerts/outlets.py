"""How many outlets report a story of their own accord."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.core.model import Carrier


def independent(carriers: Sequence[Carrier]) -> int:
    """Reports of one outlet count once, and so do copies of one text and reports that credit one agency, together with
    that agency's own."""
    groups: dict[str, str] = {}

    def root(name: str) -> str:
        while (above := groups.setdefault(name, name)) != name:
            groups[name] = groups[above]
            name = above
        return name

    for carrier in carriers:
        # An outlet's feeds are sources of their own, and have its name; what is copied may be known no more.
        own = root(f"item {carrier.item}")
        same = [f"source {carrier.source}", *(f"outlet {_plain(name)}" for name in (carrier.site, *carrier.credits))]
        if carrier.copy_of is not None:
            same.append(f"item {carrier.copy_of}")
        for name in same:
            if name != "outlet ":
                groups[root(name)] = own
    return len({root(f"item {carrier.item}") for carrier in carriers})


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
