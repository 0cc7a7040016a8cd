"""Pages made to hurt: they cost a bounded time and a bounded memory, and give an answer. They are read in a process
whose address space ends, for each, where the promise does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

READ = """
import gc, resource, sys, time
sys.path.insert(0, {root!r})
from pathlib import Path
from monitor.extract.articles import parse_article
import trafilatura
parse_article(b"<p>x</p>", url="https://outlet.example/world/talks")
for file in sorted(Path({folder!r}).iterdir()):
    body = file.read_bytes()
    gc.collect()
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + 20 * len(body) + 50_000_000, resource.RLIM_INFINITY))
    start = time.process_time()
    found = parse_article(body, url="https://outlet.example/world/talks")
    took = time.process_time() - start
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(file.name, f"{{took:.1f}}", type(found).__name__, getattr(found, "why", ""), sep="|", flush=True)
"""

MOST = 3_000_000
P = "<p>The ministers of three countries met on Thursday to talk about a ceasefire that is long overdue.</p>"
BODY = "<html><body>"
DATA = '<script type="application/ld+json">'
PAGES: dict[str, Callable[[], str]] = {
    "one line of megabytes": lambda: BODY + "<p>" + "word " * 900_000,
    "letters without a blank": lambda: BODY + "<p>" + "a" * MOST,
    "nothing but outlets": lambda: BODY + "<article><p>" + "according to Reuters (AFP) kompas.com, " * 120_000,
    "brackets that never close": lambda: BODY + "<p>Source: " + "(" * 2_000_000 + "[" * 2_000_000,
    "an address without an end": lambda: BODY + "<p>See " + "a-" * 2_000_000 + ".com",
    "addresses with dots": lambda: BODY + "<p>By " + "a.b." * 1_000_000,
    "capitals without an end": lambda: BODY + "<p>By " + "Abc " * 1_000_000 + "News",
    "a headline without an end": lambda: "<html><head><title>" + "Talks | " * 500_000 + "</title></head><body>" + P,
    "deep nesting": lambda: BODY + "<div>" * 900_000,
    "nesting just below the limit": lambda: BODY + "<div class=x>" * 4_900 + P + "</div>" * 4_900,
    "inline nesting": lambda: BODY + "<b><i><span>" * 1_600 + P,
    "nested tables": lambda: BODY + "<table><tr><td>" * 1_600 + P,
    "a table of many cells": lambda: BODY + "<table>" + ("<tr>" + "<td>1" * 50) * 16_000,
    "attributes without an end": lambda: BODY + "<div " + "a=1 " * 1_200_000 + ">" + P,
    "classes without an end": lambda: BODY + f'<p class="{"related-share-" * 40}">x y z</p>' * 8_000,
    "links to further pages": lambda: BODY + "".join(f"<a href='/world/talks?page={n}'>x</a>" for n in range(120_000)),
    "scripts that open": lambda: BODY + "<script>" * 600_000,
    "structured data without an end": lambda: DATA + "[" * 4_000_000,
    "structured data in itself": lambda: DATA + '{"@graph":' * 300_000,
    "a text in the structured data": lambda: (
        DATA + '{"@type":"NewsArticle","headline":"x","articleBody":"' + "word. " * 80_000 + '"}</script>' + P * 2_000
    ),
    "many articles": lambda: BODY + ("<article><h2><a href=/x>y</a></h2>" + P + "</article>") * 20_000,
    "many headlines": lambda: BODY + "<h1>Talks resume in Geneva again</h1>" * 100_000,
    "paragraphs without an end": lambda: BODY + "<article>" + P * 45_000,
    "breaks without an end": lambda: BODY + "x<br><br>" * 500_000,
    "entities": lambda: BODY + "<p>" + "&amp;" * 900_000,
    "text of another script": lambda: BODY + "<p>" + "據新华社報道" * 250_000,
}


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited and measured the Linux way")
def test_a_page_made_to_hurt_costs_seconds_and_twenty_times_its_size(tmp_path: Path) -> None:
    for name, make in PAGES.items():
        (tmp_path / name).write_bytes(make().encode()[:MOST])
    done = subprocess.run(
        [sys.executable, "-c", READ.format(root=str(ROOT), folder=str(tmp_path))],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-600:]
    told = {name: rest for name, *rest in (line.split("|") for line in done.stdout.splitlines())}
    assert set(told) == set(PAGES)
    assert all(kind in ("Article", "Unreadable") for _, kind, _ in told.values()), told
    assert not [name for name, (_, _, why) in told.items() if "MemoryError" in why], told
