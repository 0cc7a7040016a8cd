"""What an article page says of itself in its head: structured data, social cards, `<time>`, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from monitor.extract.html import Page, attribute, language_of, meta_of, text_of
from monitor.extract.structured import article_record, name_in, picture_in
from monitor.extract.titles import title_of
from monitor.text.dates import parse_date
from monitor.text.plain import headline, one_line
from monitor.text.urls import absolute, canonical_url, site_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    title: str = ""
    published: datetime | None = None
    author: str = ""
    language: str = ""
    image: str = ""
    site: str = ""
    canonical_url: str = ""
    headlines: tuple[str, ...] = ()
    """All that the page calls its article."""
    descriptions: tuple[str, ...] = ()
    """How it sums it up."""
    sources: tuple[str, ...] = ()
    """Whom it names as its source, as lines that say so."""
    body: str = ""
    """The text that the structured data give; '' when they give none."""


def metadata_of(page: Page, url: str, timezone: tzinfo | None) -> Metadata:
    meta = meta_of(page)
    record = article_record(page)
    site = meta.get("og:site_name", "") or name_in(record.get("publisher")) or ""
    link = page.css_first('link[rel="canonical"][href]')
    canonical = absolute(url, attribute(link, "href")) if link is not None else ""
    said_title = headline(record["headline"]) if isinstance(record.get("headline"), str) else ""
    title = title_of(page, meta, said_title, site, canonical or url)
    said = (title, record.get("headline"), meta.get("og:title"), meta.get("twitter:title"))
    summed = (
        record.get("description"),
        *(meta.get(n) for n in ("description", "og:description", "twitter:description")),
    )
    return Metadata(
        title=title,
        headlines=tuple(dict.fromkeys(headline(t) for t in said if isinstance(t, str) and t)),
        descriptions=tuple(dict.fromkeys(one_line(t) for t in summed if isinstance(t, str) and t)),
        published=_published(page, meta, record, timezone),
        author=_author(page, meta, record),
        language=language_of(page) or _language(record, meta),
        image=absolute(
            url, meta.get("og:image", "") or meta.get("twitter:image", "") or picture_in(record.get("image"))
        ),
        site=one_line(site),
        canonical_url=canonical_url(canonical or absolute(url, meta.get("og:url", "")) or url),
        sources=tuple(_sources(meta, record)),
        body=record["articleBody"] if isinstance(record.get("articleBody"), str) else "",
    )


def _sources(meta: Mapping[str, str], record: Mapping[str, Any]) -> Iterator[str]:
    for name in ("syndication-source", "original-source", "source", "article:source", "dc.source", "copyright-source"):
        if said := meta.get(name, ""):
            yield f"Source: {site_of(said) or said}"
    for name in ("sourceOrganization", "isBasedOn", "isBasedOnUrl", "creditText"):
        given = record.get(name)
        named = name_in(given) or (name_in(given.get("url")) if isinstance(given, dict) else "")
        if named:
            yield f"Source: {site_of(named) or named}"


def _language(record: Mapping[str, Any], meta: Mapping[str, str]) -> str:
    said = record.get("inLanguage") or meta.get("og:locale", "")
    said = (said if isinstance(said, str) else name_in(said)).lower().replace("_", "-")
    return said if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", said) else ""


# --- date and people ------------------------------------------------------------------------------------------------

_DATE_METAS = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date",
    "date.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "publishdate", "publish-date",
    "publish_date",
    "pubdate", "published_at", "article.published", "cxenseparse:recs:publishtime", "dc.date", "dcterms.date", "date",
)  # fmt: skip


def _published(
    page: Page, meta: Mapping[str, str], record: Mapping[str, Any], timezone: tzinfo | None
) -> datetime | None:
    candidates = [record.get("datePublished"), *(meta.get(name) for name in _DATE_METAS), record.get("dateCreated")]
    for said in candidates:
        if isinstance(said, str) and (found := parse_date(said, timezone=timezone)):
            return found
    for node in page.css(
        '[itemprop="datePublished"], time[pubdate], article time[datetime], main time[datetime], time[datetime]'
    )[:5]:
        said = attribute(node, "datetime") or attribute(node, "content") or text_of(node)
        if found := parse_date(said, timezone=timezone):
            return found
    return None


def _author(page: Page, meta: Mapping[str, str], record: Mapping[str, Any]) -> str:
    names = _names(record.get("author"))
    if not names:
        for key in ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author"):
            if (said := meta.get(key, "")) and not said.startswith(("http", "@")):
                names = [said]
                break
    if not names:
        nodes = page.css(
            '[itemprop="author"] [itemprop="name"], [itemprop="author"], a[rel="author"], .byline .author'
        )[:5]
        names = [t for n in nodes if 3 <= len(t := text_of(n)) <= 80]
    return ", ".join(dict.fromkeys(_person(n) for n in names if _person(n)))


def _names(value: Any) -> list[str]:
    if isinstance(value, list):
        return [n for v in value[:20] for n in _names(v)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    return [one_line(value)] if isinstance(value, str) and value.strip() and not value.startswith("http") else []


def _person(said: str) -> str:
    return re.sub(r"^(?:by|oleh|von|por|par|di|door|автор:?)\s+", "", headline(said), flags=re.IGNORECASE).strip(" ,|")[
        :200
    ]
