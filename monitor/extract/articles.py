"""Article pages: the text, and what the page says of it. The one door of trafilatura."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo

import trafilatura

from monitor.core.model import Article, Unreadable
from monitor.extract.credit import credit_of
from monitor.extract.html import load, page_text
from monitor.extract.limits import excess
from monitor.extract.metadata import Metadata, metadata_of
from monitor.text.dates import parse_date
from monitor.text.plain import headline, plain_text, tidy
from monitor.text.urls import canonical_url, site_of

_MAX_PAGE = 1_500_000
"""Characters of a page, scripts apart."""
_MAX_TAGS = 40_000
_SCRIPT = re.compile(r"<(script|style|svg)\b(?![^<>]*ld\+json)[^<>]*>.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_ARROWED = re.compile(
    r"^(?:read (?:more|also|next)|see also|also read|baca juga|baca selengkapnya|simak juga|lihat juga|lire aussi|"
    r"à lire aussi|leer más|lea también|"
    r"te puede interesar|leggi anche|leia (?:também|mais)|читайте также|читать также|читайте також|lesen sie auch|"
    r"mehr zum thema|lees ook|czytaj też|"
    r"zobacz też|advertisement|anzeige|iklan|publicidad|реклама|scroll to continue with content|share this|"
    r"sign up .{0,60}newsletter)\b.{0,200}$",
    re.IGNORECASE,
)


def parse_article(body: bytes, *, url: str = "", headers: Mapping[str, str] | None = None,
                  timezone: tzinfo | None = None) -> Article | Unreadable:  # fmt: skip
    try:
        return _parse(body, url, headers or {}, timezone)
    except Exception as error:  # noqa: BLE001 - the one border: no document may stop the reader
        return Unreadable(why=f"not a readable page ({type(error).__name__})")


def _parse(body: bytes, url: str, headers: Mapping[str, str], timezone: tzinfo | None) -> Article | Unreadable:
    if not body.strip():
        return Unreadable(why="empty document")
    markup = _bounded(page_text(body, headers))
    if "<" not in markup:
        return Unreadable(why="not an HTML page")
    if why := excess(markup):
        return Unreadable(why=why)
    meta = metadata_of(load(markup), url, timezone)
    text, author, date = _main_text(markup, url)
    text = _chosen(text, meta)
    if not text and not meta.title:
        return Unreadable(why="a page without an article")
    return Article(
        title=meta.title,
        text=text,
        author=meta.author or author,
        published=meta.published or _day(date, timezone),
        language=meta.language,
        image=meta.image,
        site=meta.site or site_of(url),
        credit=credit_of(text, meta.site or site_of(url)),
        canonical_url=meta.canonical_url or canonical_url(url),
    )


def _bounded(markup: str) -> str:
    """Pages of a size that no article has cost no more than large ones: what shows nothing goes, then the end."""
    if len(markup) > _MAX_PAGE or markup.count("<") > _MAX_TAGS:
        markup = _SCRIPT.sub("", markup)[:_MAX_PAGE]
    if markup.count("<") > _MAX_TAGS:
        markup = "<".join(markup.split("<", _MAX_TAGS)[:_MAX_TAGS])
    return markup


def _main_text(markup: str, url: str) -> tuple[str, str, str]:
    """The article's text, author and day as trafilatura sees them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = trafilatura.bare_extraction(
            markup, url=url or None, include_comments=False, with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": True},
        )  # fmt: skip
    if found is None or isinstance(found, dict):
        return "", "", ""
    return found.text or "", headline(found.author or ""), found.date or ""


def _chosen(text: str, meta: Metadata) -> str:
    """The text without what sites put between paragraphs; where next to nothing was found, what the page's structured
    data hold."""
    lines = [line for line in tidy(text).split("\n") if not _ARROWED.match(line)]
    if lines and meta.title and lines[0].casefold() == meta.title.casefold():
        lines = lines[1:]
    text = "\n".join(lines)
    said = plain_text(meta.body)
    return said if len(said) > 1.5 * len(text) and len(text) < 500 else text


def _day(said: str, timezone: tzinfo | None) -> datetime | None:
    return parse_date(said, timezone=timezone or UTC) if said else None
