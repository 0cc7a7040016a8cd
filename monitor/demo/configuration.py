"""The configuration of the demo. Its text is also meant to be read by whoever writes a first one."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.demo.script import Outlet, OutletKind

_KINDS = {
    OutletKind.RSS: "feed",
    OutletKind.ATOM: "feed",
    OutletKind.JSON: "feed",
    OutletKind.LISTING: "listing",
    OutletKind.SITEMAP: "sitemap",
}


def configuration(url: str, outlets: Iterable[Outlet]) -> str:
    """`url` is the newsroom's, without a slash at its end."""
    return _TEXT.replace("@SOURCES@", "\n".join(_source(url, outlet) for outlet in outlets))


def _source(url: str, outlet: Outlet) -> str:
    full_text = ", full_text: true" if outlet.full_text else ""
    return (
        f"  - {{id: {outlet.id}, kind: {_KINDS[outlet.kind]}, url: {url}{outlet.path}, "
        f"every: 1s, allow_private: true{full_text}}}"
    )


_TEXT = """\
# Written by `monitor demo`. Everything that it reads is made up and lives on this machine.

store: sqlite:///monitor.db             # beside this file
timezone: Asia/Jakarta                  # of the times that alerts show

web: false                              # no status page; without this line it is on 127.0.0.1:8080

# All outlets of this demo share one host: `host_gap` is 1s when absent, and polite to real ones.
defaults: {host_gap: 20ms, to: [terminal]}

# `every` is 5m when absent: fit for real outlets, too slow for a demo.
# `allow_private` lets a source live on this machine or in a private network; without it such addresses are refused.
# `full_text` reads the article pages, since a listing and a sitemap give titles only.
sources:
@SOURCES@

# A name, in any spelling and alphabet: Zelensky, Zelenskyy, Зеленського, ゼレンスキー.
entities:
  zelensky: {name: Volodymyr Zelensky}

lists:
  talks: [peace talks, "negosiasi*", perundingan, gencatan senjata, "переговор*", 和平交渉]

rules:
  - {id: nato, match: "NATO OR OTAN"}
  - {id: zelensky, match: "entity:zelensky", priority: low}
  - {id: zelensky-talks, match: "entity:zelensky AND list:talks", priority: urgent}
  - {id: volcano, any: [volcano, eruption, gunung api, "erupsi*"], none: [film], cap: 10/h}

channels:
  terminal: {kind: console}
"""
