"""`monitor parse`: documents in, JSON lines out, in order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TextIO

from monitor.core.model import Article, Document, Entry, SitemapIndex, Unreadable
from monitor.text.urls import canonical_url

_WORTH_A_POOL = 100
_WORKERS = 2
_Job = tuple[str, str, str, dict[str, str]]
"""Kind, file, base URL, headers."""


def run(kind: str, files: Sequence[Path], manifest: Path | None, url: str, out: TextIO) -> None:
    """One line for each document. `url` is the base of those that have none of their own."""
    jobs: list[_Job] = [(kind, str(f), url, {}) for f in files]
    if manifest is not None:
        jobs.extend(_jobs(kind, manifest, url))
    for line in _lines(jobs):
        out.write(line + "\n")
        out.flush()


def _jobs(kind: str, manifest: Path, url: str) -> Iterator[_Job]:
    for line in manifest.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            headers = {str(k): str(v) for k, v in (row.get("headers") or {}).items()}
            yield kind, str(row["file"]), str(row.get("url") or url), headers


def _lines(jobs: list[_Job]) -> Iterator[str]:
    if len(jobs) < _WORTH_A_POOL:
        yield from map(_line, jobs)
        return
    with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_line, jobs, chunksize=8)


def _line(job: _Job) -> str:
    kind, file, url, headers = job
    try:
        body = Path(file).read_bytes()
    except OSError as error:
        return _dump({"file": file, **_nothing(kind), "error": error.strerror or str(error)})
    if file.endswith(".gz"):
        from monitor.extract.repair import unpacked

        body, _ = unpacked(body)
    return _dump({"file": file, **_read(kind, body, url, headers)})


def _read(kind: str, body: bytes, url: str, headers: Mapping[str, str]) -> dict[str, Any]:
    found = _parsed(kind, body, url, headers)
    match found:
        case Unreadable(why=why):
            return {**_nothing(kind), "error": why}
        case Article():
            return {"article": _article(found), "error": None}
        case SitemapIndex(urls=urls):
            items = [_item(Entry(url=u, canonical_url=canonical_url(u)), u) for u in urls]
            return {"items": items, "error": None}
        case Document(entries=entries):
            from monitor.extract.identity import choose_recipe, identities

            names = identities(entries, choose_recipe(entries))
            items = [_item(e, uid) for e, uid in zip(entries, names, strict=True)]
            more = {"confidence": found.confidence, "next_url": found.next_url} if kind == "listing" else {}
            return {"items": items, **more, "error": None}


def _parsed(kind: str, body: bytes, url: str, headers: Mapping[str, str]
            ) -> Document | SitemapIndex | Article | Unreadable:  # fmt: skip
    match kind:
        case "feed":
            from monitor.extract.feeds import parse_feed

            return parse_feed(body, url=url, headers=headers)
        case "listing":
            from monitor.extract.listings import parse_listing

            return parse_listing(body, url=url, headers=headers)
        case "sitemap":
            from monitor.extract.sitemaps import parse_sitemap

            return parse_sitemap(body, url=url, headers=headers)
        case "article":
            from monitor.extract.articles import parse_article

            return parse_article(body, url=url, headers=headers)
        case _:
            raise ValueError(f"unknown kind {kind!r}")


def _nothing(kind: str) -> dict[str, Any]:
    return {"article": None} if kind == "article" else {"items": []}


def _item(entry: Entry, uid: str) -> dict[str, Any]:
    return {
        "uid": uid,
        "url": entry.url,
        "canonical_url": entry.canonical_url,
        "title": entry.title,
        "text": entry.text,
        "author": entry.author,
        "tags": list(entry.tags),
        "published": _time(entry.published),
        "updated": _time(entry.updated),
        "language": entry.language,
        "image": entry.image,
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "text": article.text,
        "author": article.author,
        "published": _time(article.published),
        "language": article.language,
        "image": article.image,
        "site": article.site,
        "credit": article.credit,
        "canonical_url": article.canonical_url,
    }


def _time(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    text = moment.isoformat()
    return text.removesuffix("+00:00") + "Z" if moment.tzinfo is UTC else text


def _dump(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
