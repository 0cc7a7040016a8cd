"""Articles of several pages, and pages without a text, read through a web that answers as scripted."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.core.model import Article, SourceId
from monitor.core.ports import Fetched, FetchRequest, Trouble, Unreachable
from monitor.core.settings import SourceSettings
from monitor.extract.furniture import Furniture
from monitor.sources.page import MAX_PAGES, read_page

HERE = "https://outlet.example/world/talks"
SETTINGS = SourceSettings(id=SourceId("wire"), url="https://outlet.example/")
INVITATION = "Every morning we send the best of our reports to readers who like them, free of charge, by Telegram."


@dataclass
class Web:
    pages: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def fetch(self, request: FetchRequest) -> Fetched | Unreachable:
        self.asked.append(request.url)
        page = self.pages.get(request.url)
        if page is None:
            return Unreachable(trouble=Trouble.NOT_FOUND, detail="404", status=404)
        return Fetched(url=request.url, status=200, headers={"content-type": "text/html"}, body=page.encode())


PLACES = [
    "Arken",
    "Belmont",
    "Corvo",
    "Dalen",
    "Estria",
    "Farno",
    "Galway",
    "Harno",
    "Istra",
    "Jorvik",
    "Kalmar",
    "Lindau",
    "Merano",
    "Norden",
]


def sentences(number: int) -> list[str]:
    place = PLACES[number % len(PLACES)]
    return [
        f"In {place} the ministers of three countries talked about a ceasefire that is long overdue.",
        f"The delegation of {place} left the hotel at noon and said that the next round would be harder than this one.",
        f"Observers from {place} counted the hours and said that nobody had expected more of a first meeting.",
    ]


def page(number: int, *, after: str = "", head: str = "", tail: str = "") -> str:
    text = "".join(f"<p>{s}</p>" for s in sentences(number))
    link = f'<div class="pages"><a href="{after}">{number + 1}</a></div>' if after else ""
    return (
        f"<html><head><title>Talks resume in Geneva</title>{head}</head><body><article><h1>Talks resume in Geneva</h1>"
        f'<div class="article-body">{text}{tail}</div>{link}</article></body></html>'
    )


async def read(web: Web, furniture: Furniture | None = None) -> Article:
    article = await read_page(web, SETTINGS, HERE, furniture)
    assert isinstance(article, Article), article
    return article


async def test_an_article_of_three_pages_is_read_whole() -> None:
    web = Web({
        HERE: page(1, after=f"{HERE}?page=2"),
        f"{HERE}?page=2": page(2, after=f"{HERE}?page=3"),
        f"{HERE}?page=3": page(3, tail="<p>(Reuters)</p>"),
    })  # fmt: skip
    article = await read(web)
    assert [line for n in (1, 2, 3) for line in sentences(n)] == article.text.split("\n")[:9]
    assert article.credit == "Reuters"
    assert article.next_page == ""


async def test_no_more_than_five_pages_are_read() -> None:
    web = Web({HERE: page(1, after=f"{HERE}?page=2")})
    web.pages.update({f"{HERE}?page={n}": page(n, after=f"{HERE}?page={n + 1}") for n in range(2, 12)})
    await read(web)
    assert len(web.asked) == MAX_PAGES


async def test_a_page_that_holds_all_of_them_takes_the_place_of_the_first() -> None:
    whole = page(1, tail="".join(f"<p>{s}</p>" for s in sentences(2)))
    article = await read(Web({HERE: page(1, after=f"{HERE}?page=all"), f"{HERE}?page=all": whole}))
    assert article.text.split("\n") == sentences(1) + sentences(2)


async def test_a_further_page_that_cannot_be_had_leaves_the_beginning() -> None:
    article = await read(Web({HERE: page(1, after=f"{HERE}?page=2")}))
    assert article.text.split("\n") == sentences(1)


async def test_pages_that_point_at_each_other_end() -> None:
    web = Web({HERE: page(1, after=f"{HERE}?page=2"), f"{HERE}?page=2": page(2, after=HERE)})
    await read(web)
    assert web.asked == [HERE, f"{HERE}?page=2"]


EMPTY = "<html><head><title>Talks resume in Geneva</title>{}</head><body><div id=root></div></body></html>"
LIGHT = "https://outlet.example/amp/talks"


async def test_a_page_without_a_text_is_read_in_its_light_version() -> None:
    web = Web({HERE: EMPTY.format(f'<link rel="amphtml" href="{LIGHT}">'), LIGHT: page(1)})
    article = await read(web)
    assert article.text.split("\n") == sentences(1)
    assert article.canonical_url == HERE


async def test_a_light_version_elsewhere_is_not_asked_for() -> None:
    web = Web({HERE: EMPTY.format('<link rel="amphtml" href="https://elsewhere.example/amp/talks">')})
    await read(web)
    assert web.asked == [HERE]


async def test_a_page_with_a_text_needs_no_light_version() -> None:
    web = Web({HERE: page(1, head=f'<link rel="amphtml" href="{LIGHT}">'), LIGHT: page(2)})
    await read(web)
    assert web.asked == [HERE]


async def test_what_is_known_of_the_site_is_left_out_and_what_was_read_can_be_taught() -> None:
    tail = f"<p>{INVITATION}</p>"
    furniture = Furniture()
    for n in range(3):
        article = await read(Web({HERE: page(n, tail=tail)}), furniture)
        assert INVITATION in article.text
        furniture = furniture.learn(article.lines, title=f"{article.title} {n}", page=f"{HERE}/{n}", site=article.site)
    last = await read(Web({HERE: page(7, tail=tail)}), furniture)
    assert last.text.split("\n") == sentences(7)
    assert INVITATION in last.lines
