"""What a poll costs, beside what others pay for the same feeds in the same run: a thousand feeds of about 48 KB on a
thousand loopback hosts, CPU milliseconds per feed, the best of three cycles. Usage: python -m bench.polling [FEEDS]

`reader` and the naive loop of httpx and feedparser go through the first 300 of the feeds: their cost per feed does not
depend on the number. A row that misses its aim says so and fails nothing: machines differ, and are busy.
"""

from __future__ import annotations

import sys

from bench import peer
from bench.feeds import ITEMS, Feed, addresses, server
from bench.polls import measured

FEEDS = 1_000
OTHERS = 300


def row(name: str, ours: float, theirs: float, aim: str, *, ok: bool, times: float) -> None:
    print(f"{name:<58}{theirs:>9.2f}{ours:>9.2f}{times:>8.2f}x   {aim:<9}{'ok' if ok else 'MISSED'}", flush=True)


def cheaper(name: str, ours: float, theirs: float, aim: float) -> None:
    """Theirs should be at least `aim` times ours."""
    row(name, ours, theirs, f">= {aim:g}", ok=theirs >= aim * ours, times=theirs / ours)


def within(name: str, ours: float, theirs: float, aim: float) -> None:
    """Ours should be at most `aim` times theirs."""
    row(name, ours, theirs, f"<= {aim:g}", ok=ours <= aim * theirs, times=ours / theirs)


def main(feeds: int) -> None:
    sizes = [len(Feed(n).body()) for n in range(min(feeds, 60))]
    print(f"{feeds} feeds of {ITEMS} items, {sum(sizes) / len(sizes) / 1000:.0f} KB on average; CPU ms per feed")
    print(f"{'':<58}{'theirs':>9}{'monitor':>9}{'times':>9}   {'aim':<9}")
    missing = peer.install()
    if missing:
        print(f"rows with `reader` are left out: {missing}")
    with server(feeds) as port:
        silent, polite = addresses(port, "n", feeds), addresses(port, "v", feeds)
        others = min(OTHERS, feeds)

        ours = measured("daemon", silent)["unchanged"]
        if not missing:
            cheaper("unchanged, no validators: reader", ours, peer.measured(silent[:others])["unchanged"], 20)
        theirs = measured("naive", silent[:others])["unchanged"]
        cheaper("unchanged, no validators: httpx + feedparser", ours, theirs, 16)

        many = ours = measured("daemon", polite)["unchanged"]
        if not missing:
            cheaper("unchanged, 304: reader", ours, peer.measured(polite[:others])["unchanged"], 1.5)
        within("unchanged, 304: a bare request, new connection", ours, measured("bare", polite)["unchanged"], 1.3)
        few_hosts = polite[: min(100, feeds)]
        ours, theirs = measured("daemon-kept", few_hosts)["unchanged"], measured("bare-kept", few_hosts)["unchanged"]
        within("unchanged, 304: a bare request, kept connection", ours, theirs, 1.3)

        few = measured("daemon", few_hosts)["unchanged"]
        within(f"unchanged, 304: {feeds:,} hosts beside {len(few_hosts)}", many, few, 1.3)

        found = measured("changed", addresses(port, "c", feeds))
        cheaper("one new entry, read: feedparser on the whole feed", found["read"], found["feedparser"], 8)
        cheaper("the same, fetched, matched and stored as well", found["unchanged"], found["feedparser"], 8)
        print(
            f"(first cycle, all {ITEMS} entries new and seeded: {found['first']:.1f}; decisions: {found['decisions']})"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FEEDS)
