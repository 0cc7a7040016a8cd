"""What every kind of source promises, on a web that answers as scripted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.core.model import Article, PageState, Secret, SourceId, SourceState, Unreadable
from monitor.core.ports import (
    Fetched,
    FetchRequest,
    NotModified,
    Polled,
    Trouble,
    Unchanged,
    Unreachable,
)
from monitor.core.settings import Selectors, SourceSettings
from monitor.sources import KINDS, open_source
from monitor.sources.page import read_page

NOW = datetime(2025, 2, 13, 8, 0, tzinfo=UTC)
DATA = Path(__file__).parent.parent / "data" / "reading"
HOME = "https://outlet.example/"

FEED = b"""<rss version="2.0"><channel><title>Wire</title><language>en</language>
<item><guid>1</guid><title>Talks resume</title><link>https://outlet.example/a/1</link></item>
<item><guid>2</guid><title>Floods in the north</title><link>https://outlet.example/a/2</link></item></channel></rss>"""
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://outlet.example/a/1</loc></url>
<url><loc>https://outlet.example/a/2</loc></url></urlset>"""
LISTING = (DATA / "listing.html").read_bytes()
BODIES = {"feed": FEED, "sitemap": SITEMAP, "listing": LISTING}


@dataclass
class Web:
    """Answers by URL; with an ETag it honours validators. Remembers what it was asked."""

    pages: dict[str, bytes | Unreachable] = field(default_factory=dict)
    etag: str = ""
    asked: list[FetchRequest] = field(default_factory=list)

    async def fetch(self, request: FetchRequest) -> Fetched | Unchanged | Unreachable:
        self.asked.append(request)
        answer = self.pages.get(request.url, Unreachable(trouble=Trouble.NOT_FOUND, detail="404", status=404))
        if isinstance(answer, Unreachable):
            return answer
        if self.etag and request.etag == self.etag:
            return Unchanged()
        headers = {"content-type": "text/html", **({"etag": self.etag} if self.etag else {})}
        return Fetched(url=request.url, status=200, headers=headers, body=answer)


def config(kind: str = "", **more: object) -> SourceSettings:
    return replace(SourceSettings(id=SourceId("wire"), url=HOME, kind=kind), **more)  # type: ignore[arg-type]  # keywords of the record


def new() -> SourceState:
    return SourceState(source=SourceId("wire"))


async def poll(
    web: Web, settings: SourceSettings, state: SourceState | None = None
) -> Polled | NotModified | Unreachable:
    return await open_source(settings).poll(web, state or new(), NOW)


async def polled(web: Web, settings: SourceSettings, state: SourceState | None = None) -> Polled:
    answer = await poll(web, settings, state)
    assert isinstance(answer, Polled), answer
    return answer


every_kind = pytest.mark.parametrize("kind", sorted(KINDS))


@every_kind
async def test_items_come_with_identity_site_and_time(kind: str) -> None:
    answer = await polled(Web({HOME: BODIES[kind]}), config(kind))
    assert len(answer.items) >= 2
    assert len({i.uid for i in answer.items}) == len(answer.items)
    assert all(i.source == "wire" and i.site and i.taken_in == NOW and i.page is PageState.NONE for i in answer.items)
    assert answer.bytes == len(BODIES[kind])


@every_kind
async def test_a_kind_that_is_not_configured_is_found_out_and_remembered(kind: str) -> None:
    answer = await polled(Web({HOME: BODIES[kind]}), config())
    assert answer.state.kind == kind
    assert answer.items


@every_kind
async def test_the_same_body_is_not_read_again(kind: str) -> None:
    web = Web({HOME: BODIES[kind]})
    first = await polled(web, config(kind))
    again = await poll(web, config(kind), first.state)
    assert isinstance(again, NotModified)
    assert again.bytes == len(BODIES[kind])


@every_kind
async def test_validators_are_sent_and_a_304_is_nothing_new(kind: str) -> None:
    web = Web({HOME: BODIES[kind]}, etag='"v1"')
    first = await polled(web, config(kind))
    assert first.state.etag == '"v1"'
    assert isinstance(await poll(web, config(kind), first.state), NotModified)
    assert web.asked[-1].etag == '"v1"'


@every_kind
async def test_now_and_then_no_validators_are_sent_because_servers_lie(kind: str) -> None:
    web = Web({HOME: BODIES[kind]}, etag='"v1"')
    state = (await polled(web, config(kind))).state
    web.pages[HOME] = BODIES[kind] + b"\n"
    answers = [await poll(web, config(kind), replace(state, polls=n)) for n in range(1, 41)]
    assert sum(isinstance(a, Polled) for a in answers) == 2


@every_kind
async def test_validators_of_another_address_are_not_sent(kind: str) -> None:
    web = Web({HOME: BODIES[kind], "https://moved.example/": BODIES[kind]}, etag='"v1"')
    state = (await polled(web, config(kind))).state
    answer = await polled(web, config(kind, url="https://moved.example/"), state)
    assert web.asked[-1].etag == ""
    assert answer.state.url == "https://moved.example/"


async def test_a_changed_configuration_reads_an_unchanged_page_anew() -> None:
    web = Web({HOME: LISTING}, etag='"v1"')
    state = (await polled(web, config("listing"))).state
    answer = await polled(web, config("listing", selectors=Selectors(item="article.card-2")), state)
    assert len(answer.items) == 1


@every_kind
async def test_trouble_is_handed_on(kind: str) -> None:
    down = Unreachable(trouble=Trouble.TIMEOUT, detail="no answer within 30 s")
    assert await poll(Web({HOME: down}), config(kind)) == down


@every_kind
@pytest.mark.parametrize("body", [b"", b"\x00\xff junk"])
async def test_what_is_no_document_of_its_kind_is_said_to_be_unreadable(kind: str, body: bytes) -> None:
    answer = await poll(Web({HOME: body}), config(kind))
    assert isinstance(answer, Unreachable)
    assert (answer.trouble, answer.status) == (Trouble.UNREADABLE, 200)
    assert answer.detail


async def test_an_error_page_in_place_of_a_feed_does_not_make_it_a_listing() -> None:
    state = (await polled(Web({HOME: FEED}), config())).state
    answer = await poll(Web({HOME: LISTING}), config(), state)
    assert isinstance(answer, Unreachable)
    assert answer.trouble is Trouble.UNREADABLE


async def test_items_wait_for_their_pages_where_full_text_is_wanted() -> None:
    answer = await polled(Web({HOME: FEED}), config("feed", full_text=True))
    assert {i.page for i in answer.items} == {PageState.PENDING}


async def test_identity_stays_with_the_recipe_that_was_chosen() -> None:
    web = Web({HOME: FEED.replace(b"<guid>2</guid>", b"<guid>1</guid>")})
    first = await polled(web, config("feed"))
    assert first.state.recipe == "url"
    web.pages[HOME] = FEED
    second = await polled(web, config("feed"), first.state)
    assert [i.uid for i in second.items] == [i.uid for i in first.items]


async def test_the_newest_children_of_a_sitemap_index_are_read_every_time() -> None:
    children = {f"{HOME}s{n}.xml": SITEMAP.replace(b"/a/", b"/%d/" % n) for n in range(1, 6)}
    index = b"<sitemapindex>" + b"".join(
        b"<sitemap><loc>%s</loc><lastmod>2025-02-0%d</lastmod></sitemap>" % (url.encode(), n)
        for n, url in enumerate(children, 1)
    ) + b"</sitemapindex>"  # fmt: skip
    web = Web({HOME: index, **children}, etag='"v1"')
    first = await polled(web, config("sitemap"))
    assert [r.url[-6:] for r in web.asked[1:]] == ["s5.xml", "s4.xml", "s3.xml"]
    assert len(first.items) == 6
    web.pages[f"{HOME}s5.xml"] = SITEMAP.replace(b"/a/", b"/new/")
    second = await polled(web, config("sitemap"), first.state)
    assert any("/new/" in i.url for i in second.items)


async def test_a_child_that_is_missing_does_not_hide_the_others() -> None:
    index = b"<sitemapindex><sitemap><loc>/gone.xml</loc></sitemap><sitemap><loc>/s.xml</loc></sitemap></sitemapindex>"
    answer = await polled(Web({HOME: index, f"{HOME}s.xml": SITEMAP}), config("sitemap"))
    assert len(answer.items) == 2
    assert any("gone.xml" in note for note in answer.notes)


async def test_a_page_is_read_for_its_article() -> None:
    url = f"{HOME}a/1"
    article = await read_page(Web({url: (DATA / "article.html").read_bytes()}), config("feed"), url)
    assert isinstance(article, Article)
    assert article.credit == "Tribunnews.com"


async def test_headers_and_cookies_of_a_source_are_not_shown_to_other_hosts() -> None:
    settings = config("feed", headers={"authorization": Secret("x")}, cookies={"session": Secret("y")})
    web = Web()
    for url in (
        f"{HOME}a/1",
        "https://elsewhere.example/a/1",
        "http://outlet.example/a/1",
        "https://outlet.example:8443/",
    ):
        await read_page(web, settings, url)
    assert [bool(r.headers) and bool(r.cookies) for r in web.asked] == [True, False, False, False]


async def test_a_page_that_is_no_page_says_so() -> None:
    url = f"{HOME}a/1"
    assert isinstance(await read_page(Web({url: b"no markup at all"}), config("feed"), url), Unreadable)
    assert isinstance(await read_page(Web(), config("feed"), url), Unreachable)
