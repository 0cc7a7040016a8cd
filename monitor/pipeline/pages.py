"""The pages of articles, and what they teach of their sites."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

from monitor.core.model import Article, Item, PageState, Unreadable
from monitor.core.ports import Fetcher, Unreachable
from monitor.core.settings import SourceSettings
from monitor.extract.furniture import Furniture
from monitor.text.urls import site_of

_SITES_IN_MEMORY = 100


class PageReader(Protocol):
    async def __call__(
        self, fetcher: Fetcher, settings: SourceSettings, url: str, furniture: Furniture
    ) -> Article | Unreadable | Unreachable:
        """Fetches and reads an article's own page, with what `settings` says of headers, proxy and addresses, and
        without what the pages of its site have in common."""


class Sites:
    """What is known of the furniture of sites: in memory for those in use, all of it in the store."""

    def __init__(self, load: Callable[[str], Awaitable[bytes | None]]) -> None:
        self._load = load
        self._known: OrderedDict[str, Furniture] = OrderedDict()

    async def of(self, url: str) -> Furniture:
        site = site_of(url)
        if site not in self._known:
            learnt = await self._load(site)
            self._known.setdefault(site, Furniture.from_bytes(learnt) if learnt else Furniture())
            while len(self._known) > _SITES_IN_MEMORY:
                self._known.popitem(last=False)
        if site in self._known:
            self._known.move_to_end(site)
        return self._known.get(site, Furniture())

    def learn(self, url: str, article: Article) -> tuple[str, bytes] | None:
        """The site and what is to be kept of it; None when the page taught nothing."""
        site = site_of(url)
        before = self._known.get(site)
        if before is None:  # dropped while the page was read: what is in the store is more than one page teaches
            return None
        after = before.learn(article.lines, title=article.title, page=article.canonical_url, site=article.site)
        if after is before:
            return None
        self._known[site] = after
        return site, after.to_bytes()


def with_page(item: Item, article: Article) -> Item:
    """The page knows the text; the source's own title, date and author go first where it gave them."""
    return replace(
        item,
        title=item.title or article.title,
        text=article.text or item.text,
        author=item.author or article.author,
        published=item.published or article.published,
        language=article.language or item.language,
        image=item.image or article.image,
        credits=article.credits or item.credits,
        site=article.site or item.site,
        page=PageState.READ,
    )
