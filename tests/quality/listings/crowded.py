# ruff: noqa: E501 - markup stays in one piece
"""Sites that sell, list and advise beside their news."""

from __future__ import annotations

from tests.quality.listings.sheet import Sheet


def _long_footer(s: Sheet) -> str:
    legal = "".join(f"<li><a href='/legal/{n}'>{s.ui['privacy']}: {t}</a></li>" for n, t in enumerate(s.w["tags"][:4]))
    return f"<div class='page-end'><ul>{legal}</ul><ul>{s.sections()}</ul><p>{s.w['teasers'][0]}</p></div>"


def comparison_portal(s: Sheet) -> str:
    news = "".join(
        f"<div class='tsr'><a href='{a.href}'><span class='tsr-kicker'>{a.section}</span><span class='tsr-title'>{a.title}</span></a><p>{a.teaser}</p></div>"
        for a in s.articles(10, "html")
    )
    offers = "".join(
        f"<li><a href='/compare/{n}/?partner=7'>{t}: {s.w['sections'][1]}</a></li>" for n, t in enumerate(s.w["tags"])
    )
    return f"{s.head('div')}<div class='stage'>{news}</div><div class='service-box'><h3>{s.w['sections'][1]}</h3><ul>{offers}</ul></div>{_long_footer(s)}"


def subscriptions(s: Sheet) -> str:
    s.dated = True
    news = "".join(
        f"<article class='c-item'><div class='c-item__body'><h2 class='c-item__hed'><a href='{a.href}'>{a.title}</a></h2><time datetime='{a.iso}'></time></div></article>"
        for a in s.articles(9, "date")
    )
    asks = "".join(
        f"<div class='offer'><a href='/subscribe/{n}?src=home'><strong>{t}</strong><span>{s.w['teasers'][n % 3]}</span></a></div>"
        for n, t in enumerate(s.w["tags"][:3])
    )
    return f"{s.head()}<main>{news}{asks}</main>{_long_footer(s)}"


def stories_with_sublinks(s: Sheet) -> str:
    def story() -> str:
        a, *rest = s.articles(3, "section")
        links = "".join(f"<li><a href='{b.href}'>{b.title}</a></li>" for b in rest)
        return f"<div class='gs-promo'><a class='gs-heading' href='{a.href}'><h3>{a.title}</h3></a><p>{a.teaser}</p><ul class='gs-related'>{links}</ul></div>"

    return f"{s.head()}<div class='top'>{''.join(story() for _ in range(5))}</div><div class='all'><a href='/all'>{s.ui['older']}</a></div>{_long_footer(s)}"


def television_beside(s: Sheet) -> str:
    news = "".join(
        f"<div class='box'><div class='img'><a href='{a.href}'><img src='{a.image}'></a></div><a href='{a.href}' class='h'>{a.title}</a></div>"
        for a in s.articles(9, "section")
    )
    tv = "".join(f"<tr><td>{n + 16}:30</td><td><a href='/tv/{n}'>{t}</a></td></tr>" for n, t in enumerate(s.w["tags"]))
    s.pictured = True
    return f"{s.head('div')}<div class='left'>{news}</div><div class='right'><table class='tv'>{tv}</table></div>{_long_footer(s)}"


def games_and_stars(s: Sheet) -> str:
    news = "".join(
        f"<li class='li'><a href='{a.href}' title=\"{a.title}\"><em>{a.title}</em></a><span>{a.teaser}</span></li>"
        for a in s.articles(8, "flat")
    )
    fun = "".join(
        f"<a class='fun' href='/games/{s.slug(t)}'><img src='/g{n}.png' alt=''><span>{t}</span></a>"
        for n, t in enumerate(s.w["tags"])
    )
    stars = "".join(f"<a href='/horoscope/{n}'>{x}</a>" for n, x in enumerate(s.w["sections"]))
    return f"{s.head('div')}<ul class='news-ul'>{news}</ul><div class='fun-box'>{fun}</div><div class='stars'>{stars}</div>{_long_footer(s)}"


def guides_between(s: Sheet) -> str:
    news = "".join(
        f"<div class='card card--{'l' if n % 3 == 0 else 's'}'><h3 class='card__t'><a href='{a.href}'>{a.title}</a></h3><span class='card__a'>{a.author}</span></div>"
        for n, a in enumerate(s.articles(12, "number"))
    )
    more = "".join(
        f"<h4><a href='/{s.slug(x)}/'>{s.ui['more']}: {x}, {s.w['tags'][0]}</a></h4>" for x in s.w["sections"][:4]
    )
    return f"{s.head()}<div>{news}</div><div class='jump'>{more}</div>{_long_footer(s)}"


def comments_apart(s: Sheet) -> str:
    s.dated = True
    news = "".join(
        f"<div class='node'><h2><a href='{a.href}'>{a.title}</a></h2><span class='submitted'>{a.date} — <a href='/user/{n}'>{a.author}</a></span><div>{a.teaser}</div><ul class='links'><li><a href='/comment/reply/{n}'>{s.ui['comments']}</a></li><li><a href='{a.href}'>{s.ui['more']}</a></li></ul></div>"
        for n, a in enumerate(s.articles(8, "slug"), 70)
    )
    voices = "".join(f"<li><a href='/comment/{n}'>{t}</a></li>" for n, t in enumerate(s.w["teasers"]))
    return f"{s.head('div')}<div id='content'>{news}</div><div id='voices'><ul>{voices}</ul></div>{s.foot('div')}"


def company_press_room(s: Sheet) -> str:
    s.dated = True
    news = "".join(
        f"<a class='press-item' href='{a.href}'><div class='press-item-date'>{a.date}</div><div class='press-item-text'>{a.title}</div></a>"
        for a in s.articles(8, "slug")
    )
    goods = "".join(
        f"<div class='solution'><a href='/solutions/{s.slug(t)}'>{t} {s.w['sections'][5]}</a></div>"
        for t in s.w["tags"]
    )
    return f"<header class='site'><div class='mega'>{goods}</div></header><h1>{s.w['sections'][1]}</h1><div class='press'>{news}</div><div class='cta'><a href='/contact-sales'>{s.ui['contact']}</a></div>{_long_footer(s)}"


def ministry(s: Sheet) -> str:
    s.dated = True
    rows = "".join(
        f"<tr><td>{n}</td><td><a href='{a.href}'>{a.title}</a></td><td>{a.numeric}</td><td><a href='/download/{n}.pdf'>PDF</a></td></tr>"
        for n, a in enumerate(s.articles(10, "php"), 1)
    )
    laws = "".join(
        f"<li><a href='/laws/{n}.html'>{t} – {s.w['sections'][0]} {n}</a></li>" for n, t in enumerate(s.w["tags"], 2019)
    )
    return f"{s.head('table')}<table class='outer'><tr><td class='side'><ul>{laws}</ul></td><td><table class='grid'>{rows}</table>{s.pages('query')}</td></tr></table>{s.foot('table')}"


def slider_and_columns(s: Sheet) -> str:
    made = s.articles(3, "date")
    slides = "".join(
        f"<li class='slide'><a href='{a.href}'><img src='{a.image}' alt=\"{a.title}\"></a><div class='caption'><h2><a href='{a.href}'>{a.title}</a></h2></div></li>"
        for a in made
    )
    columns = "".join(
        f"<div class='col'><h5><a href='/{s.slug(x)}/'>{x}</a></h5>"
        + "".join(f"<div class='mini'><a href='{a.href}'>{a.title}</a></div>" for a in s.articles(4, "date"))
        + "</div>"
        for x in s.w["sections"][:4]
    )
    return f"{s.head()}<ul class='slider'>{slides}</ul><div class='cols'>{columns}</div><div class='apps'><a href='https://apps.example/senja'>App {s.host}</a></div>{_long_footer(s)}"


def two_articles_only(s: Sheet) -> str:
    s.dated = True
    posts = "".join(
        f"<div class='post'><h2 class='post-title'><a href='{a.href}'>{a.title}</a></h2><p class='post-date'>{a.date}</p><p>{a.teaser} {s.w['teasers'][1]}</p></div>"
        for a in s.articles(3, "date")
    )
    return f"{s.head('div')}<div class='posts'>{posts}</div><div class='links'>{s.tags()}</div>{s.foot('div')}"


def linked_pictures_and_words(s: Sheet) -> str:
    """Each article is linked by its picture, its section's word, its title and its teaser."""
    s.pictured = True
    news = "".join(
        f"<div class='el'><a href='{a.href}'><img src='{a.image}' alt='{a.section}'></a><a href='{a.href}' class='rub'>{a.section}</a><a href='{a.href}' class='tit'>{a.title}</a><a href='{a.href}' class='abs'>{a.teaser}</a></div>"
        for a in s.articles(9, "letters")
    )
    return f"{s.head('div')}<div class='els'>{news}</div>{_long_footer(s)}"
