"""An article's own page, for sources with `full_text`; its further pages; its light version where it has no text."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit

from monitor.core.model import Article, Unreadable
from monitor.core.ports import Fetched, Fetcher, Unchanged, Unreachable
from monitor.core.settings import SourceSettings
from monitor.extract.articles import joined, parse_article
from monitor.extract.furniture import Furniture
from monitor.sources.kinds import parsed
from monitor.sources.obstacles import NOT_ASKED_FOR, in_the_way
from monitor.sources.requests import request_for
from monitor.text.urls import canonical_url

MAX_PAGES = 5
_LITTLE = 200
"""Characters of a text below which the light version is asked for."""
_NOT_PAGES = ("image/", "video/", "audio/", "application/pdf", "application/zip", "application/octet-stream", "font/")


async def read_page(fetcher: Fetcher, settings: SourceSettings, url: str, furniture: Furniture | None = None
                    ) -> Article | Unreadable | Unreachable:  # fmt: skip
    """`furniture` is what is known of the site; `Article.lines` is what to teach it afterwards."""
    article = await _read(fetcher, settings, url, furniture)
    if not isinstance(article, Article):
        return article
    if len(article.text) < _LITTLE and _same_site(article.amp_url, url):
        light = await _read(fetcher, settings, article.amp_url, furniture)
        if isinstance(light, Article) and len(light.text) > len(article.text):
            article = _with_text_of(article, light)
    return await _with_further_pages(fetcher, settings, url, article, furniture)


async def _with_further_pages(fetcher: Fetcher, settings: SourceSettings, url: str, article: Article,
                              furniture: Furniture | None) -> Article:  # fmt: skip
    further: list[Article] = []
    asked = {url}
    there = article.next_page
    while there and there not in asked and len(further) < MAX_PAGES - 1 and _same_site(there, url):
        asked.add(there)
        page = await _read(fetcher, settings, there, furniture)
        if not isinstance(page, Article):
            break  # the beginning is worth more than nothing
        further.append(page)
        there = page.next_page
    return joined(article, further, furniture) if further else article


async def _read(fetcher: Fetcher, settings: SourceSettings, url: str, furniture: Furniture | None
                ) -> Article | Unreadable | Unreachable:  # fmt: skip
    answer = await fetcher.fetch(request_for(settings, url, page=True))
    match answer:
        case Unchanged():
            return NOT_ASKED_FOR
        case Unreachable():
            return answer
        case Fetched():
            content_type = answer.headers.get("content-type", "").lower()
            if content_type.startswith(_NOT_PAGES):
                return Unreadable(why=f"not a page but {content_type.partition(';')[0][:60]}")
            if blocked := in_the_way(answer):
                return blocked
            return await parsed(
                len(answer.body),
                partial(
                    parse_article, answer.body, url=answer.url, headers=answer.headers, timezone=settings.timezone,
                    furniture=furniture,
                ),
            )  # fmt: skip


def _with_text_of(article: Article, light: Article) -> Article:
    """The page says more of itself than its light version does, which has the text."""
    return replace(
        light,
        title=article.title or light.title,
        author=article.author or light.author,
        published=article.published or light.published,
        language=article.language or light.language,
        image=article.image or light.image,
        site=article.site or light.site,
        canonical_url=article.canonical_url,
        amp_url=article.amp_url,
    )


def _same_site(url: str, other: str) -> bool:
    """The host is the same, or one of the two is a part of the other's site."""
    if not url:
        return False
    here, there = (urlsplit(canonical_url(u)).hostname or "" for u in (other, url))
    return bool(there) and (here == there or here.endswith("." + there) or there.endswith("." + here))
