"""Fronts of newspapers and portals: several modules, sidebars, tickers and much that is no article."""

# ruff: noqa: E501 - markup stays in one piece
from __future__ import annotations

from dataclasses import replace

from tests.quality.listings.sheet import Sheet, Written


def front_modules(s: Sheet) -> str:
    s.pictured = True
    lead = s.articles(1, "section")[0]
    out = [
        (
            f"<div class='lead'><a href='{lead.href}'><img src='{lead.image}'></a><h1><a href='{lead.href}'>{lead.title}</a></h1>"
            f"<p>{lead.teaser}</p></div>"
        )
    ]
    for section in s.w["sections"][:4]:
        items = "".join(
            f"<div class='item'><a class='pic' href='{a.href}'><img src='{a.image}'></a><h3><a href='{a.href}'>{a.title}</a>"
            f"</h3></div>"
            for a in s.articles(4, "section")
        )
        out.append(
            f"<section class='module'><h2><a href='/{s.slug(section)}/'>{section}</a></h2>{items}"
            f"<a class='all' href='/{s.slug(section)}/'>{s.ui['more']}</a></section>"
        )
    return f"{s.head()}{''.join(out)}{s.foot()}"


def front_lists_and_lead(s: Sheet) -> str:
    out = []
    for section in s.w["sections"][:5]:
        first, *rest = s.articles(5, "flat")
        items = "".join(f"<li><a href='{a.href}'>{a.title}</a></li>" for a in rest)
        out.append(
            f"<div class='mod'><div class='hd'><h2><a href='/{s.slug(section)}/'>{section}</a></h2></div><div class='bd'>"
            f"<h3><a href='{first.href}'>{first.title}</a></h3><p>{first.teaser}</p><ul>{items}</ul></div></div>"
        )
    return f"{s.head('div')}<div class='wrap'>{''.join(out)}</div>{s.foot('div')}"


def portal_with_sidebar(s: Sheet) -> str:
    """An Indonesian kind of portal: icon letters, counters, tags, most read."""
    s.dated = s.pictured = True
    s.next_href = "?page=2"
    items = "".join(
        f"<li class='media media--{n}'><a class='media__link' href='{a.href}'><img class='lazy' data-src='{a.image}' src='/1x1.png'>"
        f"</a><div class='media__text'><span class='label'><i class='material-icons'>local_offer</i><a href='/{s.slug(a.section)}'>"
        f"{a.section}</a></span><h2 class='media__title'><a href='{a.href}'>{a.title}</a></h2>"
        f"<div class='media__date'><i class='material-icons'>schedule</i> {a.date} | {a.hour:02d}:05</div>"
        f"<span class='views'><i class='material-icons'>visibility</i> {a.day * 37}</span></div></li>"
        for n, a in enumerate(s.articles(10, "html"))
    )
    popular = "".join(
        f"<li><span class='num'>{n}</span><a href='{a.href}'>{a.title}</a></li>"
        for n, a in enumerate(s.beside(5, "html"), 1)
    )
    return (
        f"{s.head('div')}<div class='content'><ul class='media__list'>{items}</ul><a class='btn' href='?page=2'>{s.ui['more']}</a>"
        f"</div><div class='side'><h3>{s.ui['popular']}</h3><ol>{popular}</ol><div class='tagbox'>{s.tags()}</div></div>{s.foot('div')}"
    )


def live_ticker(s: Sheet) -> str:
    items = "".join(
        f"<li class='tick'><time>{a.hour:02d}:{a.day:02d}</time><a href='{a.href}'>{a.title}</a></li>"
        for a in s.articles(15, "number")
    )
    return f"{s.head()}<div class='ticker'><ul>{items}</ul></div>{s.foot()}"


def video_module(s: Sheet) -> str:
    news = "".join(
        f"<article><h2><a href='{a.href}'>{a.title}</a></h2><p>{a.teaser}</p></article>" for a in s.articles(8)
    )
    shows = "".join(
        f"<div class='program'><a href='https://tv.{s.host}/live/{s.slug(x)}'><span>{x}</span></a></div>"
        for x in s.w["sections"]
    )
    return f"{s.head()}<main>{news}</main><div class='programs'>{shows}</div>{s.foot()}"


def podcast_strip(s: Sheet) -> str:
    news = "".join(
        f"<div class='t'><a href='{a.href}'><h3>{a.title}</h3><span>{a.date}</span></a></div>"
        for a in s.articles(9, "html")
    )
    shows = "".join(
        f"<a class='pod' href='/podcasts/{s.slug(x)}/'><img src='/p.jpg'><b>{x}</b></a>" for x in s.w["sections"][:5]
    )
    return f"{s.head('div')}<div class='list'>{news}</div><div class='pods'>{shows}</div>{s.foot('div')}"


def long_tag_cloud(s: Sheet) -> str:
    news = "".join(
        f"<div class='row'><div class='c'><a href='{a.href}'>{a.title}</a></div><div class='c'>{a.numeric}</div></div>"
        for a in s.articles(10, "php")
    )
    cloud = "".join(
        f"<span class='k'><a href='/search.php?q={s.slug(t)}+{s.slug(x)}'>{t} – {x}</a></span> "
        for t in s.w["tags"]
        for x in s.w["sections"][:3]
    )
    return f"{s.head('div')}<div class='rows'>{news}</div><div class='cloud'>{cloud}</div>{s.foot('div')}"


def authors_beside(s: Sheet) -> str:
    news = "".join(
        f"<article class='p'><h3><a href='{a.href}'>{a.title}</a></h3><p class='by'><a href='/staff/{s.slug(a.author)}'>{a.author}"
        f"</a>, {a.date}</p></article>"
        for a in s.articles(10)
    )
    people = "".join(
        f"<div class='person'><a href='/staff/{s.slug(x)}'><img src='/face.jpg'><h4>{x}</h4></a><p>{s.w['teasers'][0]}</p></div>"
        for x in s.w["authors"] * 2
    )
    return f"{s.head()}<div class='news'>{news}</div><div class='people'>{people}</div>{s.foot()}"


def events_beside(s: Sheet) -> str:
    news = "".join(
        f"<div class='n'><h3><a href='{a.href}'>{a.title}</a></h3><p>{a.teaser}</p></div>" for a in s.articles(8)
    )
    days = "".join(f"<td><a href='/calendar/2025/02/{d:02d}'>{d}</a></td>" for d in range(1, 29))
    return f"{s.head()}<div>{news}</div><table class='cal'><tr>{days}</tr></table>{s.foot()}"


def press_releases(s: Sheet) -> str:
    s.dated = True
    rows = "".join(
        f"<tr><td class='date'>{a.numeric}</td><td class='title'><a href='{a.href}'>{a.title}</a></td>"
        f"<td><a href='/files/{n}.pdf'>PDF</a></td></tr>"
        for n, a in enumerate(s.articles(12, "number"))
    )
    return f"{s.head('div')}<table class='releases'><tbody>{rows}</tbody></table>{s.pages('query')}{s.foot('div')}"


def government_notices(s: Sheet) -> str:
    s.dated = True
    items = "".join(
        f"<li class='notice'><a title=\"{a.title}\" href='{a.href}'>{a.title[:16]}…</a><i>[{a.numeric}]</i></li>"
        for a in _listed(s, [_at(a, "." + a.href) for a in (s.write("number") for _ in range(12))])
    )
    menu = "".join(f"<li><a href='/dept/{n}/index.html'>{x}</a></li>" for n, x in enumerate(s.w["tags"]))
    return f"{s.head('div')}<div class='menu_l'><ul>{menu}</ul></div><div class='list_r'><ul>{items}</ul></div>{s.foot('div')}"


def search_results(s: Sheet) -> str:
    items = "".join(
        f"<div class='result'><h3><a href='{a.href}'>{a.title}</a></h3><div class='u'>{s.host}{a.href[:30]}</div><p>{a.teaser}</p></div>"
        for a in s.articles(10, "slug")
    )
    facets = "".join(f"<li><a href='?q=x&section={n}'>{x} (12)</a></li>" for n, x in enumerate(s.w["sections"]))
    return f"{s.head()}<div class='facets'><ul>{facets}</ul></div><div class='results'>{items}</div>{s.pages('query')}{s.foot()}"


def forum_index(s: Sheet) -> str:
    rows = "".join(
        f"<tr><td><a class='topictitle' href='/viewtopic.php?t={n}'>{a.title}</a> <a href='/viewtopic.php?t={n}&start=15'>2</a></td>"
        f"<td><a href='/memberlist.php?u={n}'>{a.author}</a></td><td>{a.day}</td></tr>"
        for n, a in enumerate(_listed(s, [_at(s.write(), f"/viewtopic.php?t={n}") for n in range(400, 410)]), 400)
    )
    return f"{s.head('div')}<table class='forum'>{rows}</table>{s.foot('div')}"


def _at(article: Written, href: str) -> Written:
    return replace(article, href=href)


def _listed(s: Sheet, articles: list[Written]) -> list[Written]:
    s.listed += articles
    return articles


def scripted_attributes(s: Sheet) -> str:
    s.pictured = True
    items = "".join(
        f"<div data-testid='card' data-id='{n}' class='sc-aXb{n} kQ{n}z'><div><a data-track='click' href='{a.href}?utm_source=front'>"
        f"<span role='heading' aria-level='3'>{a.title}</span></a></div><div class='sc-i'><img data-original='{a.image}'></div></div>"
        for n, a in enumerate(s.articles(12, "section"))
    )
    return f"<div id='__next'>{s.head('div')}<div class='sc-list'>{items}</div>{s.foot('div')}</div>"


def numbered_front(s: Sheet) -> str:
    items = "".join(
        f"<tr class='athing'><td>{n}.</td><td><a href='/vote?id={n}'>▲</a></td><td class='title'><a href='{a.href}'>"
        f"{a.title}</a> <span>(<a href='/from?site=outlet{n}.example'>outlet{n}.example</a>)</span></td></tr><tr><td colspan=2></td>"
        f"<td class='subtext'>{n} points by <a href='/user?id=u{n}'>u{n}</a> <a href='/item?id={n}'>{n} comments</a></td></tr>"
        for n, a in enumerate(
            _listed(
                s,
                [
                    _at(a, f"https://outlet{n}.example{a.href}")
                    for n, a in enumerate([s.write() for _ in range(12)], 10)
                ],
            ),
            10,
        )
    )
    return f"{s.head('table')}<table>{items}</table>{s.foot('table')}"


def category_menu_long(s: Sheet) -> str:
    menu = "".join(
        f"<li><a href='/{s.slug(a)}/{s.slug(b)}/'>{a}: {b}</a></li>"
        for a in s.w["sections"][:5]
        for b in s.w["tags"][:3]
    )
    news = "".join(
        f"<div class='post'><a href='{a.href}'><h2>{a.title}</h2></a><p>{a.teaser}</p></div>"
        for a in s.articles(8, "html")
    )
    return f"{s.head('div')}<div class='left'><ul class='tree'>{menu}</ul></div><div class='mid'>{news}</div>{s.foot('div')}"


def job_ads_beside(s: Sheet) -> str:
    news = "".join(
        f"<article><a href='{a.href}'><h3>{a.title}</h3></a><p>{a.teaser}</p></article>"
        for a in s.articles(9, "section")
    )
    jobs = "".join(
        f"<div class='job'><a href='https://jobs.example/offer/{n}?ref=senja'><b>{x}</b></a><span>100 %</span></div>"
        for n, x in enumerate(s.w["tags"])
    )
    return f"{s.head()}<main>{news}</main><div class='offers'>{jobs}</div>{s.foot()}"


def sponsored_between(s: Sheet) -> str:
    out = []
    for n, a in enumerate(s.articles(10, "number")):
        out.append(f"<li class='feed-item'><a href='{a.href}'>{a.title}</a><p>{a.teaser}</p></li>")
        if n % 4 == 1:
            out.append(
                f"<li class='feed-item sponsored'><a rel='sponsored nofollow' href='https://ads.example/click?c={n}&to=x'>"
                f"{s.w['tags'][0]} {s.w['tags'][4]}</a></li>"
            )
    return f"{s.head()}<ul class='feed'>{''.join(out)}</ul>{s.foot()}"


def two_columns(s: Sheet) -> str:
    def column(count: int, tag: str) -> str:
        return "".join(
            f"<div class='blk'><div><{tag}><a href='{a.href}'>{a.title}</a></{tag}></div><div>{a.teaser}</div></div>"
            for a in s.articles(count, "date")
        )

    return f"{s.head('div')}<div class='l'>{column(7, 'h2')}</div><div class='r'>{column(6, 'h4')}</div>{s.foot('div')}"


def gallery_and_opinion(s: Sheet) -> str:
    news = "".join(f"<div class='a'><h3><a href='{a.href}'>{a.title}</a></h3></div>" for a in s.articles(8, "section"))
    opinion = "".join(
        f"<div class='op'><a href='/staff/{s.slug(a.author)}'><img src='/face.jpg'>{a.author}</a><h4><a href='{a.href}'>{a.title}</a></h4></div>"
        for a in s.articles(4, "section")
    )
    return f"{s.head()}<div>{news}</div><div class='opinions'>{opinion}</div>{s.popular()}{s.foot()}"


def mixed_shapes(s: Sheet) -> str:
    """A front where no two blocks are alike; only the addresses are."""
    shapes = (
        "<div class='top1'><h1><a href='{0}'>{1}</a></h1><p>{2}</p></div>",
        "<section class='x2'><div><a href='{0}'><img src='/i.jpg'><span>{1}</span></a></div></section>",
        "<div class='z3'><ul><li><a href='{0}'>{1}</a></li></ul></div>",
        "<article><header><h2><a href='{0}'>{1}</a></h2></header></article>",
        "<div class='box4'><b><a href='{0}'>{1}</a></b><br>{2}</div>",
        "<p><a href='{0}'>{1}</a> – {2}</p>",
    )
    out = "".join(shapes[n % 6].format(a.href, a.title, a.teaser) for n, a in enumerate(s.articles(12, "section")))
    return f"{s.head()}<div class='front'>{out}</div>{s.foot()}"
