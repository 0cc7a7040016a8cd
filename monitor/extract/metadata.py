"""What an article page says of itself in its head: structured data, social cards, `<time>`, headings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from difflib import SequenceMatcher
from typing import Any

from monitor.extract.html import Page, attribute, language_of, meta_of, text_of
from monitor.text.dates import parse_date
from monitor.text.plain import headline, one_line
from monitor.text.urls import absolute, canonical_url, site_of

_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|LiveBlog|Report|NewsStory|SocialMediaPosting)", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[|–—·•»«-]\s+|\s*[|•»]\s*|\s+::\s+|\s+/\s+")
_MAX_JSON = 500_000
_MAX_NODES = 3_000


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
    record = _article_record(page)
    site = meta.get("og:site_name", "") or _name(record.get("publisher")) or ""
    link = page.css_first('link[rel="canonical"][href]')
    canonical = absolute(url, attribute(link, "href")) if link is not None else ""
    title = _title(page, meta, record, site, canonical or url)
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
        image=absolute(url, meta.get("og:image", "") or meta.get("twitter:image", "") or _picture(record.get("image"))),
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
        said = record.get(name)
        if said := _name(said) or (_name(said.get("url")) if isinstance(said, dict) else ""):
            yield f"Source: {site_of(said) or said}"


# --- structured data ------------------------------------------------------------------------------------------------


def _article_record(page: Page) -> dict[str, Any]:
    """The first record that is an article with a headline or a date; {} when there is none."""
    best: dict[str, Any] = {}
    for node in page.css('script[type*="ld+json" i]')[:20]:
        for record in _records(node.text()):
            kinds = record.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if not any(isinstance(n, str) and _ARTICLE_TYPES.search(n) for n in names):
                continue
            weight = ("headline" in record) + ("datePublished" in record) * 2
            if weight > ("headline" in best) + ("datePublished" in best) * 2:
                best = record
    return best


def _records(text: str) -> Iterator[dict[str, Any]]:
    text = (
        text.strip()
        .removeprefix("<!--")
        .removeprefix("//<![CDATA[")
        .removesuffix("-->")
        .removesuffix("//]]>")
        .strip()
        .rstrip(";")
    )
    if not text or len(text) > _MAX_JSON or text.count("[") + text.count("{") > 20_000:
        return
    try:
        given = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        try:
            given = json.loads(re.sub(r",\s*([\]}])", r"\1", text), strict=False)
        except (ValueError, RecursionError):
            return
    waiting = [given]
    seen = 0
    while waiting and seen < _MAX_NODES:
        here = waiting.pop(0)
        seen += 1
        if isinstance(here, list):
            waiting.extend(here)
        elif isinstance(here, dict):
            yield here
            waiting.extend(
                here[k]
                for k in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item")
                if isinstance(here.get(k), list | dict)
            )


def _name(value: Any) -> str:
    if isinstance(value, list):
        return next((n for v in value if (n := _name(v))), "")
    if isinstance(value, dict):
        return _name(value.get("name"))
    return one_line(value) if isinstance(value, str) else ""


def _picture(value: Any) -> str:
    if isinstance(value, list):
        return _picture(value[0]) if value else ""
    if isinstance(value, dict):
        return _picture(value.get("url") or value.get("contentUrl"))
    return value if isinstance(value, str) else ""


def _language(record: Mapping[str, Any], meta: Mapping[str, str]) -> str:
    said = record.get("inLanguage") or meta.get("og:locale", "")
    said = (said if isinstance(said, str) else _name(said)).lower().replace("_", "-")
    return said if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", said) else ""


# --- title ----------------------------------------------------------------------------------------------------------


def _title(page: Page, meta: Mapping[str, str], record: Mapping[str, Any], site: str, url: str) -> str:
    """The headline. The social card's goes first, as the one written to stand alone; what surrounds the other headlines
    of the page in it (a section, a kicker, the site's names) is cut."""
    said = headline(record["headline"]) if isinstance(record.get("headline"), str) else ""
    social = headline(meta.get("og:title", ""))
    node = page.css_first("head > title") or page.css_first("title")
    window = headline(text_of(node)) if node is not None else ""
    top = _heading(page, [t for t in (social, said, window) if t])
    names = {n for n in (_bare(site), _bare(site_of(url).split(".")[0]), _bare(site_of(url))) if n}
    names |= _names_after(window, (social, said, top))
    social, window = _without_site(social, names), _without_site(window, names)
    social = social or _without_site(headline(meta.get("twitter:title", "")), names)
    for best in (social, top, said, window):
        if not best:
            continue
        shorter = [t for t in (top, said) if t and len(t) >= len(best) / 2 and t in best and t != best]
        return min(shorter, key=len) if shorter else best
    return ""


def _names_after(window: str, headlines: Sequence[str]) -> set[str]:
    """What the title of the window has after one of the other headlines names the site."""
    found = set()
    for title in headlines:
        if len(title) > 15 and window.startswith(title) and _SEPARATOR.match(window, len(title)):
            found.update(_bare(part) for part in _SEPARATOR.split(window[len(title) :]))
    return {name for name in found if name}


def _heading(page: Page, known: list[str]) -> str:
    """The top heading that is most like what the head calls the page."""
    tops = [t for n in page.css("h1")[:10] if (t := headline(text_of(n)))]
    if not tops:
        return ""
    if not known:
        return max(tops, key=len)
    return max(tops, key=lambda t: max(_likeness(t, k) for k in known))


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, a[:200].lower(), b[:200].lower(), autojunk=False).ratio()


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _without_site(title: str, names: set[str]) -> str:
    """Cut, from the end (or else the start), parts that name the site."""
    for _ in range(3):
        marks = list(_SEPARATOR.finditer(title))
        if not marks:
            return title
        last, first = marks[-1], marks[0]
        if _names_site(title[last.end() :], names) and last.start():
            title = title[: last.start()].strip()
        elif _names_site(title[: first.start()], names) and title[first.end() :].strip():
            title = title[first.end() :].strip()
        else:
            return title
    return title


def _names_site(part: str, names: set[str]) -> bool:
    words = {_bare(w) for w in part.split()}
    part = _bare(part)
    return bool(part) and any(
        part == n or (len(words) <= 3 and n in words) or (len(part) > 3 and len(n) > 3 and (part in n or n in part) and len(part) < 3 * len(n))
        for n in names
    )


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
