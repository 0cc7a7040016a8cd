"""An article's own page, for sources with `full_text`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from functools import partial

from monitor.core.model import Article, Unreadable
from monitor.core.ports import Fetcher, Trouble, Unchanged, Unreachable
from monitor.core.settings import SourceSettings
from monitor.sources.kinds import parsed
from monitor.sources.requests import request_for

_NOT_PAGES = ("image/", "video/", "audio/", "application/pdf", "application/zip", "application/octet-stream", "font/")


async def read_page(fetcher: Fetcher, settings: SourceSettings, url: str) -> Article | Unreadable | Unreachable:
    answer = await fetcher.fetch(request_for(settings, url))
    if isinstance(answer, Unchanged):
        return Unreachable(trouble=Trouble.OTHER_STATUS, detail="304 to a request without validators", status=304)
    if isinstance(answer, Unreachable):
        return answer
    content_type = answer.headers.get("content-type", "").lower()
    if content_type.startswith(_NOT_PAGES):
        return Unreadable(why=f"not a page but {content_type.partition(';')[0][:60]}")
    return await parsed(
        len(answer.body),
        partial(_article, answer.body, url=answer.url, headers=answer.headers, timezone=settings.timezone),
    )


def _article(body: bytes, *, url: str, headers: Mapping[str, str], timezone: tzinfo | None) -> Article | Unreadable:
    # With the first page: it takes a tenth of a second and 8 MB to load, and most sources want no pages.
    from monitor.extract.articles import parse_article  # noqa: PLC0415

    return parse_article(body, url=url, headers=headers, timezone=timezone)
