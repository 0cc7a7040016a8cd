"""Reads hostile documents with one parser and says what each took. Run by `test_hostile_documents`, in a process of its
own: peak memory belongs to a process, and one that takes too much must not take the tests with it."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from monitor.extract.articles import parse_article
from monitor.extract.discover import leads_of
from monitor.extract.feeds import parse_feed
from monitor.extract.listings import parse_listing
from monitor.extract.sitemaps import parse_sitemap
from monitor.extract.sniff import kind_of
from tests.unit.hostile_shapes import SHAPES

URL = "https://outlet.example/"
MAX_SECONDS = 60
"""A backstop, not a measure: what takes that long of a processor does not end."""
PARSERS: dict[str, Callable[[bytes], object]] = {
    "feed": lambda body: parse_feed(body, url=URL),
    "sitemap": lambda body: parse_sitemap(body, url=URL),
    "listing": lambda body: parse_listing(body, url=URL),
    "article": lambda body: parse_article(body, url=URL),
    "leads": lambda body: leads_of(body, url=URL),
    "kind": kind_of,
}
SMALL = b"<html><body><article><h1>A headline</h1><p>Some words of a text.</p></article></body></html>"


def megabytes(name: str) -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{name}:")[2].split()[0]) / 1024


def tried(parse: Callable[[bytes], object], body: bytes) -> dict[str, object]:
    used = int(time.process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (used + MAX_SECONDS, resource.RLIM_INFINITY))
    before = megabytes("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
    try:
        parse(body)
        error = ""
    except Exception as escaped:  # noqa: BLE001 - that nothing escapes is what is tried
        error = repr(escaped)[:200]
    return {"error": error, "megabytes": megabytes("VmHWM") - before, "seconds": time.process_time() - used}


def main() -> None:
    parser, size, *shapes = sys.argv[1:]
    parse = PARSERS[parser]
    parse(SMALL)  # what is loaded at the first use counts for nobody
    for shape in shapes or SHAPES:
        print(json.dumps({"shape": shape}), flush=True)
        body = SHAPES[shape](int(size))
        print(json.dumps({"bytes": len(body), **tried(parse, body)}), flush=True)


if __name__ == "__main__":
    main()
