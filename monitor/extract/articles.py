"""Article pages: the text, and what the page says of it. The one door of trafilatura."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from monitor.core.model import Article, Unreadable
from monitor.extract.article_versions import amp_of, next_of
from monitor.extract.credit import credits_of, merged, without_signatures
from monitor.extract.furniture import Furniture
from monitor.extract.html import Page, load, page_text
from monitor.extract.judging import Said, judged
from monitor.extract.limits import beginning, excess
from monitor.extract.metadata import Metadata, metadata_of
from monitor.extract.passages import Around, passages_of, size_of
from monitor.text.dates import parse_date
from monitor.text.plain import headline, plain_text, tidy
from monitor.text.urls import canonical_url, site_of

_MAX_PAGE = 1_500_000
"""Characters of a page, scripts apart."""
_MAX_TAGS = 40_000
_SCRIPT = re.compile(
    r"<(script|style|svg)\b(?![^<>]*ld\+json)[^<>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE
)
_MAX_HEAD = 300_000
"""Characters of a page in which a date is looked for by its looks."""
_LONG = 80
_NEAR, _NOTE = 8, 250
"""Passages before and after the text, and their length, in which it may be said who wrote it."""
_NO_NOTE = Around.CAPTION | Around.COMMENTS | Around.CHROME | Around.RELATED
_LITTLE = 150
"""Characters below which a text may be a misjudgement."""


def parse_article(
    body: bytes,
    *,
    url: str = "",
    headers: Mapping[str, str] | None = None,
    timezone: tzinfo | None = None,
    furniture: Furniture | None = None,
) -> Article | Unreadable:
    """`furniture` is what is known of the page's site; its lines are left out of the text."""
    try:
        return _parse(body, url, headers or {}, timezone, furniture or Furniture())
    except Exception as error:  # noqa: BLE001 - the one border: no document may stop the reader
        return Unreadable(why=f"not a readable page ({type(error).__name__})")


def _parse(body: bytes, url: str, headers: Mapping[str, str], timezone: tzinfo | None, furniture: Furniture
           ) -> Article | Unreadable:  # fmt: skip
    if not body.strip():
        return Unreadable(why="empty document")
    markup = _bounded(page_text(body, headers))
    if "<" not in markup:
        return Unreadable(why="not an HTML page")
    if why := excess(markup):
        return Unreadable(why=why)
    page = load(markup)
    meta = metadata_of(page, url, timezone)
    found = _body(page, meta)
    text = "\n".join(found.lines)
    author = date = ""
    few = size_of(text) < _LITTLE
    if few or meta.published is None:
        other, author, date = _second_opinion(markup if few else markup[:_MAX_HEAD], url)
        text = max(text, plain_text(meta.body), other, key=len) if few else text
    if not text and not meta.title:
        return Unreadable(why="a page without an article")
    author = meta.author or author
    site = meta.site or site_of(url)
    own = (meta.site, site_of(url), site_of(meta.canonical_url))
    named = credits_of(text, own, author=author, notes=(*meta.sources, *found.notes))
    lines = without_signatures(text.split("\n")) if named else tuple(text.split("\n"))
    return Article(
        title=meta.title,
        text="\n".join(furniture.clean(lines)),
        author=author,
        published=meta.published or _day(date, timezone),
        language=meta.language,
        image=meta.image,
        site=site,
        credit=str(named[0]) if named else "",
        credits=named,
        canonical_url=meta.canonical_url or canonical_url(url),
        amp_url=amp_of(page, url),
        next_page=next_of(page, url),
        lines=lines,
    )


def joined(first: Article, further: Sequence[Article], furniture: Furniture | None = None) -> Article:
    """An article of several pages as one. A long line that comes again is left out; a page that has all of the first
    one's text and more is the whole."""
    seen: set[str] = set()
    row: list[str] = []
    for article in (first, *further):
        own = set(article.lines)
        if len(own) > len(row) and sum(line in own for line in row) > 0.8 * len(row):
            row, seen = [], set()
        for line in article.lines:
            if len(line) < _LONG or line not in seen:
                seen.add(line)
                row.append(line)
    named = merged(first.credits, *(a.credits for a in further))
    return replace(
        first,
        text="\n".join((furniture or Furniture()).clean(row)),
        lines=tuple(row),
        next_page="",
        credits=named,
        credit=str(named[0]) if named else "",
    )


@dataclass(frozen=True, slots=True)
class _Body:
    lines: list[str]
    notes: list[str]
    """Short lines that stand by the text and are not of it."""


def _body(page: Page, meta: Metadata) -> _Body:
    """What is judged to be the article's text; a long passage that comes again is left out."""
    passages, spans = passages_of(page)
    said = Said(titles=meta.headlines, descriptions=meta.descriptions, body=plain_text(meta.body))
    chosen: list[int] = []
    seen: set[str] = set()
    for i, (passage, odds) in enumerate(zip(passages, judged(passages, spans, said), strict=True)):
        if odds > 0 and (len(passage.text) < _LONG or passage.text not in seen):
            seen.add(passage.text)
            chosen.append(i)
    if not chosen:
        return _Body([], [])
    own = set(chosen)
    near = range(max(0, chosen[0] - _NEAR), min(len(passages), chosen[-1] + _NEAR + 1))
    notes = [passages[i] for i in near if i not in own and len(passages[i].text) <= _NOTE]
    return _Body([passages[i].text for i in chosen], [p.text for p in notes if not p.around & _NO_NOTE])


def _bounded(markup: str) -> str:
    """Pages of a size that no article has cost no more than large ones: what shows nothing goes, then the end."""
    if len(markup) > _MAX_PAGE or markup.count("<") > _MAX_TAGS:
        markup = _SCRIPT.sub("", markup)[:_MAX_PAGE]
    return beginning(markup, _MAX_TAGS)


def _second_opinion(markup: str, url: str) -> tuple[str, str, str]:
    """The article's text, author and day as trafilatura sees them."""
    import trafilatura  # noqa: PLC0415 - costs as much as ten pages to load, and few pages need it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = trafilatura.bare_extraction(
            markup, url=url or None, include_comments=False, with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": True},
        )  # fmt: skip
    if found is None or isinstance(found, dict):
        return "", "", ""
    return tidy(found.text or ""), headline(found.author or ""), found.date or ""


def _day(said: str, timezone: tzinfo | None) -> datetime | None:
    return parse_date(said, timezone=timezone or UTC) if said else None
