"""What every kind of source promises, on a web that answers as scripted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
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
from monitor.pipeline.recognition import sightings_of
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
    assert [i.uid for i in second.items] == [first.items[-1].uid], "the first one says what it said before"


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


# --- the further pages of a listing -------------------------------------------------------------------------------


def listing_page(number: int, next_href: str = "") -> bytes:
    items = "".join(
        f"<article><h2><a href='/2025/02/1{n}/report-{number}-{n}-of-the-harbour'>"
        f"Harbour report number {number}.{n} is published</a></h2></article>"
        for n in range(5)
    )
    more = f"<a rel=next href='{next_href}'>Next</a>" if next_href else ""
    return f"<html><body><main>{items}</main>{more}</body></html>".encode()


def paged_web(count: int) -> Web:
    pages: dict[str, bytes | Unreachable] = {
        f"{HOME}?page={n}": listing_page(n, f"/?page={n + 1}" if n < count else "") for n in range(2, count + 1)
    }
    return Web({HOME: listing_page(1, "/?page=2"), **pages}, etag='"v1"')


@pytest.mark.parametrize(("pages", "asked"), [(1, 1), (3, 3), (9, 4)])
async def test_a_listing_is_read_for_as_many_pages_as_wanted_and_there_are(pages: int, asked: int) -> None:
    web = paged_web(4)
    answer = await polled(web, config("listing", pages=pages))
    assert len(web.asked) == asked
    assert len(answer.items) == 5 * asked


async def test_more_pages_are_read_at_every_poll_because_the_first_says_nothing_of_them() -> None:
    web = paged_web(2)
    first = await polled(web, config("listing", pages=2))
    web.pages[f"{HOME}?page=2"] = listing_page(7)
    second = await polled(web, config("listing", pages=2), first.state)
    assert any("report-7" in i.url for i in second.items)


async def test_a_further_page_that_fails_leaves_what_the_earlier_gave() -> None:
    web = paged_web(4)
    web.pages[f"{HOME}?page=3"] = Unreachable(trouble=Trouble.TIMEOUT, detail="no answer within 30 s")
    answer = await polled(web, config("listing", pages=4))
    assert len(answer.items) == 10
    assert f"{HOME}?page=3: no answer within 30 s" in answer.notes


async def test_pages_that_lead_in_a_circle_are_read_once() -> None:
    web = Web({HOME: listing_page(1, "/?page=2"), f"{HOME}?page=2": listing_page(2, "/")})
    answer = await polled(web, config("listing", pages=20))
    assert len(web.asked) == 2
    assert len(answer.items) == 10


async def test_further_pages_stay_on_the_site() -> None:
    web = Web(
        {HOME: listing_page(1, "https://elsewhere.example/?page=2"), "https://elsewhere.example/?page=2": LISTING}
    )
    await polled(web, config("listing", pages=3))
    assert [r.url for r in web.asked] == [HOME]


async def test_a_poll_says_how_sure_the_reading_of_a_listing_is() -> None:
    answer = await polled(Web({HOME: LISTING}), config("listing"))
    assert any("confidence 0." in note for note in answer.notes)


async def test_a_listing_that_yields_nothing_says_so() -> None:
    answer = await polled(Web({HOME: b"<html><body><p>Back soon.</p></body></html>"}), config("listing"))
    assert (answer.items, answer.notes) == ((), ("no list of articles was found",))


async def test_a_selector_that_matches_nothing_is_noted() -> None:
    answer = await polled(Web({HOME: LISTING}), config("listing", selectors=Selectors(item="article.gone")))
    assert (answer.items, answer.notes) == ((), ("selector item: 'article.gone' matches nothing",))


# --- servers that lie, move and stand in the way ---------------------------------------------------------------------


def items_of(*numbers: int) -> bytes:
    entries = "".join(
        f"<item><guid>{n}</guid><title>News {n}</title><link>https://outlet.example/a/{n}</link></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>Wire</title>{entries}</channel></rss>".encode()


async def test_only_the_new_entries_of_a_changed_feed_come_and_old_marks_are_kept() -> None:
    web = Web({HOME: items_of(2, 1)})
    state = (await polled(web, config("feed"))).state
    web.pages[HOME] = items_of(3, 2, 1)
    answer = await polled(web, config("feed"), state)
    assert [i.title for i in answer.items] == ["News 3"]
    assert len(answer.state.marks) == len(answer.outline) == 3
    assert answer.state.title == "Wire"


async def test_a_server_whose_validators_hide_news_is_not_believed_again() -> None:
    web = Web({HOME: items_of(2, 1)}, etag='"always"')
    state = (await polled(web, config("feed"))).state
    web.pages[HOME] = items_of(3, 2, 1)
    assert isinstance(await poll(web, config("feed"), state), NotModified), "the server hides what is new"
    state = (await polled(web, config("feed"), replace(state, polls=19))).state
    assert state.validators_lie
    web.pages[HOME] = items_of(4, 3, 2, 1)
    answer = await polled(web, config("feed"), state)
    assert web.asked[-1].etag == ""
    assert [i.title for i in answer.items] == ["News 4"]


async def test_validators_can_be_switched_off() -> None:
    web = Web({HOME: items_of(1)}, etag='"1"')
    state = (await polled(web, config("feed", validators=False))).state
    await poll(web, config("feed", validators=False), state)
    assert [a.etag for a in web.asked] == ["", ""]


@dataclass
class Moving(Web):
    to: str = ""

    async def fetch(self, request: FetchRequest) -> Fetched | Unchanged | Unreachable:
        answer = await super().fetch(request)
        if request.url == HOME and self.to and not isinstance(answer, Unreachable):
            return replace(answer, moved_to=self.to)
        return answer


async def test_a_source_that_moved_for_days_is_asked_at_its_new_address() -> None:
    there = "https://outlet.example/new"
    web = Moving({HOME: items_of(1), there: items_of(1)}, to=there)
    state = new()
    for day in range(6):
        answer = await open_source(config("feed")).poll(web, state, NOW + timedelta(days=day))
        assert not isinstance(answer, Unreachable)
        state = answer.state
    assert state.moved
    assert [a.url for a in web.asked][-1] == there
    assert state.url == HOME, "what is remembered belongs to the address of the configuration"


async def test_a_check_for_browsers_in_place_of_a_feed_is_named() -> None:
    web = Web({HOME: b"<html><title>Just a moment...</title><script>_cf_chl_opt={}</script></html>"})
    answer = await poll(web, config("feed"))
    assert isinstance(answer, Unreachable)
    assert (answer.trouble, "Cloudflare" in answer.detail) == (Trouble.CHALLENGE, True)


async def test_a_page_that_listed_articles_and_lists_none_is_broken() -> None:
    web = Web({HOME: LISTING})
    first = await polled(web, config("listing"))
    assert first.state.broken == ""
    web.pages[HOME] = b"<html><body><h1>Under construction</h1><p>Come back later, all of you.</p></body></html>"
    second = await polled(web, config("listing"), first.state)
    assert second.state.broken.startswith(f"the page listed {len(first.items)} articles before")
    web.pages[HOME] = LISTING
    assert (await polled(web, config("listing"), second.state)).state.broken == ""


async def test_an_outlet_that_only_a_title_names_is_taken_from_there() -> None:
    link = "https://news.google.com/rss/articles/CBMiggFBVV95cUxNSEALED0123456789abcdefghijklmnop?oc=5"
    entry = f"<item><guid>1</guid><title>Talks resume - The Wire</title><link>{link}</link></item>"
    feed = f"<rss version='2.0'><channel><title>Search</title>{entry}</channel></rss>"
    (item,) = (await polled(Web({HOME: feed.encode()}), config("feed"))).items
    assert (item.title, item.site) == ("Talks resume", "The Wire")


@pytest.mark.parametrize(("before", "now"), [("feed", "listing"), ("listing", "feed"), ("sitemap", "listing")])
async def test_another_address_under_the_same_id_may_be_of_another_kind(before: str, now: str) -> None:
    there = f"{HOME}there"
    web = Web({HOME: BODIES[before], there: BODIES[now]})
    first = await polled(web, config())
    second = await polled(web, config(url=there), first.state)
    assert (first.state.kind, second.state.kind) == (before, now)
    assert second.items


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
async def test_a_page_that_stood_in_for_a_document_at_first_does_not_decide_its_kind_for_ever(kind: str) -> None:
    web = Web({HOME: b"<html><body><h1>We are back soon</h1></body></html>"})
    first = await polled(web, config())
    web.pages[HOME] = BODIES[kind]
    second = await polled(web, config(), first.state)
    assert (first.state.kind, second.state.kind, len(second.items)) == ("listing", kind, 2)


async def test_a_page_at_another_address_is_not_measured_by_what_stood_at_the_old_one() -> None:
    there = f"{HOME}there"
    web = Web({HOME: LISTING, there: b"<html><body><h1>News</h1><p>Come back later, all of you.</p></body></html>"})
    first = await polled(web, config("listing"))
    second = await polled(web, config("listing", url=there), first.state)
    assert second.state.broken == "no list of articles is found on the page"


async def test_the_headlines_of_others_beside_a_sealed_link_make_no_edit() -> None:
    link = "https://news.google.com/rss/articles/CBMiggFBVV95cUxNSEALED0123456789abcdefghijklmnop?oc=5"

    def feed(others: str) -> bytes:
        title = "<title>Talks resume - The Wire</title>"
        entry = f"<item><guid>1</guid>{title}<link>{link}</link><description>{others}</description></item>"
        return f"<rss version='2.0'><channel><title>Search</title>{entry}</channel></rss>".encode()

    web = Web({HOME: feed("Talks resume The Wire Storm in the north The Post")})
    (before,) = sightings_of(await polled(web, config("feed")))
    web.pages[HOME] = feed("Talks resume The Wire Voters decide on Sunday The Herald")
    (after,) = sightings_of(await polled(web, config("feed")))
    assert before.mark == after.mark


@pytest.mark.parametrize(("kind", "titles_only"), [("feed", False), ("sitemap", False), ("listing", True)])
async def test_teasers_of_listing_pages_are_no_ground_for_edits(kind: str, titles_only: bool) -> None:
    assert (await polled(Web({HOME: BODIES[kind]}), config(kind))).titles_only is titles_only
