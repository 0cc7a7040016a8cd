"""`monitor parse`: documents in, JSON lines out, in order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol, TextIO, TypeVar

from monitor.cli.json_lines import json_line
from monitor.core.model import Article, Document, Entry, SitemapIndex, Unreadable
from monitor.extract.furniture import Furniture
from monitor.text.urls import canonical_url, site_of

_WORTH_A_POOL = 100
_WORKERS = 2
_WORTH_LEARNING = 3
_LEARNT = 300
"""Pages of one site that are enough to know its furniture."""
_Job = tuple[str, str, str, dict[str, str], bytes]
"""Kind, file, base URL, headers, what is known of the site's furniture."""


T = TypeVar("T")


class _Mapping(Protocol):
    def __call__(self, function: Callable[[_Job], T], jobs: Iterable[_Job], /) -> Iterator[T]: ...


def run(kind: str, files: Sequence[Path], manifest: Path | None, url: str, out: TextIO) -> None:
    """One line for each document. `url` is the base of those that have none of their own."""
    jobs: list[_Job] = [(kind, str(f), url, {}, b"") for f in files]
    if manifest is not None:
        jobs.extend(_jobs(kind, manifest, url))
    with _mapping(len(jobs)) as mapping:
        if kind == "article":
            jobs = _furnished(jobs, mapping)
        for line in mapping(_line, jobs):
            out.write(line + "\n")
            out.flush()


def _jobs(kind: str, manifest: Path, url: str) -> Iterator[_Job]:
    for line in manifest.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            headers = {str(k): str(v) for k, v in (row.get("headers") or {}).items()}
            yield kind, str(row["file"]), str(row.get("url") or url), headers, b""


@contextmanager
def _mapping(count: int) -> Iterator[_Mapping]:
    """`map`, over processes where there is enough to do."""
    if count < _WORTH_A_POOL:
        yield map
        return
    with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn")) as pool:
        yield partial(pool.map, chunksize=8)


def _furnished(jobs: list[_Job], mapping: _Mapping) -> list[_Job]:
    """The jobs with what the documents of each site have in common, where there are enough of a site to tell."""
    count = Counter(site_of(url) for _, _, url, _, _ in jobs)
    worth = [i for i, job in enumerate(jobs) if count[site_of(job[2])] >= _WORTH_LEARNING]
    sites: dict[str, Furniture] = {}
    site_by_job: dict[int, str] = {}
    for i, lesson in zip(worth, mapping(_lesson, [jobs[i] for i in worth]), strict=True):
        if lesson is None:
            continue
        lines, title, page, site = lesson
        site_by_job[i] = host = site_of(jobs[i][2]) or site_of(page) or site
        known = sites.get(host, Furniture())
        if known.pages < _LEARNT:
            sites[host] = known.learn(
                lines, title=title, page=jobs[i][2] if count[jobs[i][2]] == 1 else page, site=site
            )
    packed = {host: known.to_bytes() for host, known in sites.items() if known.pages >= _WORTH_LEARNING}
    return [(*job[:4], packed.get(site_by_job.get(i, ""), b"")) for i, job in enumerate(jobs)]


def _lesson(job: _Job) -> tuple[tuple[str, ...], str, str, str] | None:
    body, _ = _body(job[1])
    found = _parsed("article", body, job[2], job[3], b"") if body is not None else None
    return (found.lines, found.title, found.canonical_url, found.site) if isinstance(found, Article) else None


def _line(job: _Job) -> str:
    kind, file, url, headers, furniture = job
    body, error = _body(file)
    if body is None:
        return json_line({"file": file, **_nothing(kind), "error": error})
    return json_line({"file": file, **_read(kind, body, url, headers, furniture)})


def _body(file: str) -> tuple[bytes | None, str]:
    """The bytes of a file, or why there are none."""
    try:
        body = Path(file).read_bytes()
    except OSError as error:
        return None, error.strerror or str(error)
    if file.endswith(".gz"):
        from monitor.extract.repair import unpacked

        body, _ = unpacked(body)
    return body, ""


def _read(kind: str, body: bytes, url: str, headers: Mapping[str, str], furniture: bytes) -> dict[str, Any]:
    found = _parsed(kind, body, url, headers, furniture)
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


def _parsed(kind: str, body: bytes, url: str, headers: Mapping[str, str], furniture: bytes
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

            return parse_article(body, url=url, headers=headers, furniture=Furniture.from_bytes(furniture))
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
        "credits": [
            {"outlet": c.outlet, "reporter": c.reporter, "how": str(c.how), "origin": c.is_origin}
            for c in article.credits
        ],
        "canonical_url": article.canonical_url,
        "amp_url": article.amp_url,
        "next_page": article.next_page,
    }


def _time(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    text = moment.isoformat()
    return text.removesuffix("+00:00") + "Z" if moment.tzinfo is UTC else text
