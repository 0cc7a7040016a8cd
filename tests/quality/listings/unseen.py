# ruff: noqa: E501 - markup stays in one piece
"""More layouts. Nothing was learnt from these: they are what the others are held against."""

from __future__ import annotations

from dataclasses import replace

from tests.quality.listings.sheet import Sheet


def drupal_views(s: Sheet) -> str:
    s.dated = True
    rows = "".join(
        f"<div class='views-row views-row-{n} views-row-{'odd' if n % 2 else 'even'}'><div class='views-field views-field-created'><span class='field-content'>{a.numeric} - {a.hour:02d}:05</span></div>"
        f"<div class='views-field views-field-title'><span class='field-content'><a href='{a.href}'>{a.title}</a></span></div>"
        f"<div class='views-field views-field-body'><div class='field-content'><p>{a.teaser}</p></div></div>"
        f"<div class='views-field views-field-view-node'><span class='field-content'><a href='{a.href}'>{s.ui['more']}</a></span></div></div>"
        for n, a in enumerate(s.articles(10), 1)
    )
    menu = s.sections("<li class='leaf'><a href='{href}'>{name}</a></li>")
    return (
        f"<div id='page-wrapper'><div id='header'><div id='main-menu'><ul class='links inline clearfix'>{menu}</ul></div></div><div id='sidebar-first' class='column sidebar'>"
        f"<div class='block block-menu'><ul class='menu'>{s.sections()}</ul></div></div><div id='content' class='column'><h1 class='title'>{s.w['sections'][2]}</h1>"
        f"<div class='view view-news'><div class='view-content'>{rows}</div></div></div>{s.foot('div')}</div>"
    )


def joomla_category(s: Sheet) -> str:
    s.dated = True
    items = "".join(
        f"<div class='items-row cols-1 row-{n}'><div class='item column-1'><div class='page-header'><h2><a href='{a.href}'>{a.title}</a></h2></div>"
        f"<dl class='article-info muted'><dt class='article-info-term'>Details</dt><dd class='createdby'>{a.author}</dd><dd class='category-name'><a href='/index.php?option=com_content&view=category&id={n}'>{a.section}</a></dd>"
        f"<dd class='published'><time datetime='{a.iso}'>{a.date}</time></dd><dd class='hits'>{a.day * 91}</dd></dl><p>{a.teaser}</p><p class='readmore'><a class='btn' href='{a.href}'>{s.ui['more']}: {a.title[:20]}...</a></p></div></div>"
        for n, a in enumerate(s.articles(7))
    )
    return f"<div class='body'><div class='container'>{s.head()}<div class='span9'><div class='blog'>{items}</div></div><div class='span3'>{s.popular(5, '<div class=well><h3>{0}</h3><ul class=mostread>{1}</ul></div>')}</div>{s.foot()}</div></div>"


def static_site(s: Sheet) -> str:
    s.dated = True
    items = "".join(
        f"<li><span class='post-meta'>{a.date}</span><h3><a class='post-link' href='{a.href}'>{a.title}</a></h3></li>"
        for a in s.articles(11)
    )
    return f"<header class='site-header'><div class='wrapper'><a class='site-title' href='/'>{s.host}</a><nav class='site-nav'><a class='page-link' href='/about/'>{s.ui['about']}</a></nav></div></header><main class='page-content'><div class='wrapper'><div class='home'><ul class='post-list'>{items}</ul><p class='rss-subscribe'>via <a href='/feed.xml'>RSS</a></p></div></div></main><footer class='site-footer'><ul class='social-media-list'><li><a href='https://github.example/senja'>senja</a></li></ul></footer>"


def newsletter_archive(s: Sheet) -> str:
    s.pictured = True
    items = "".join(
        f"<div class='portable-archive-list-item'><div class='pencraft pc-{n}'><div><div><a class='pc-reset' data-testid='post-preview-title' href='https://{s.host}{a.href}'>{a.title}</a></div><div><a class='pc-reset' href='https://{s.host}{a.href}'>{a.teaser}</a></div>"
        f"<div class='meta-row'><a href='https://{s.host}/@{n}'>{a.author}</a></div></div><div><img src='{a.image}'></div><div><a href='https://{s.host}{a.href}/comments'>{n}</a></div></div></div>"
        for n, a in enumerate(s.articles(9, "slug"))
    )
    return f"<div class='main-menu'><a href='/'>{s.ui['home']}</a><a href='/archive'>{s.ui['older']}</a><a href='/about'>{s.ui['about']}</a></div><div class='archive-page'>{items}</div><div class='footer-terms'><a href='/privacy'>{s.ui['privacy']}</a></div>"


def tiles_without_classes(s: Sheet) -> str:
    s.pictured = True
    tiles = "".join(
        f"<div><a href='{a.href}'><div><img src='{a.image}'></div><div><span>{a.section}</span><span>{a.title}</span></div></a></div>"
        for a in s.articles(12, "letters")
    )
    return f"<div><div>{s.sections('<a href={href}>{name}</a>')}</div><div>{tiles}</div><div><a href='/about'>{s.ui['about']}</a><a href='/privacy'>{s.ui['privacy']}</a></div></div>"


def promo_groups(s: Sheet) -> str:
    def group(name: str, count: int) -> str:
        items = "".join(
            f"<li class='e1gp961v{n % 3}'><div class='ssrcss-promo'><div class='ssrcss-text'><div><a class='ssrcss-link' href='/news/articles/{a.href.strip('/').split('/')[-1]}'><span aria-hidden='false'>{a.title}</span></a></div><p>{a.teaser}</p>"
            f"<ul class='ssrcss-meta'><li><span>{a.hour} h</span></li><li><a href='/news/{s.slug(a.section)}'>{a.section}</a></li></ul></div></div></li>"
            for n, a in enumerate(_moved(s, count))
        )
        return f"<section aria-labelledby='g'><h2><a href='/news/{s.slug(name)}'>{name}</a></h2><ul role='list'>{items}</ul></section>"

    return f"{s.head()}<div id='main-content'>{group(s.w['sections'][0], 8)}{group(s.w['sections'][2], 6)}{group(s.w['sections'][3], 4)}</div>{s.foot()}"


def _moved(s: Sheet, count: int) -> list:  # type: ignore[type-arg]
    made = [s.write("letters") for _ in range(count)]
    made = [replace(a, href="/news/articles/" + a.href.strip("/").split("/")[-1]) for a in made]
    s.listed += made
    return made


def chinese_channel(s: Sheet) -> str:
    s.dated = True
    rows = "".join(
        f"<li><a href='{a.href}' target='_blank'>{a.title}</a><span class='time'>(2025-02-{a.day:02d} {a.hour:02d}:05)</span></li>"
        + ("<li class='line'></li>" if n % 5 == 4 else "")
        for n, a in enumerate(s.articles(20, "flat"))
    )
    rank = "".join(
        f"<tr><td>{n}</td><td><a href='{a.href}'>{a.title}</a></td></tr>" for n, a in enumerate(s.beside(6, "flat"), 1)
    )
    pages = "<a class='cur'>1</a>" + "".join(f"<a href='list_{n}.html'>{n}</a>" for n in range(2, 8))
    s.next_href = "list_2.html"
    return f"<div class='top_nav'>{s.sections('<a href={href}>{name}</a>|')}</div><div class='left'><div class='position'><a href='/'>{s.ui['home']}</a> &gt; {s.w['sections'][0]}</div><ul class='list_009'>{rows}</ul><div class='pagebox'>{pages}</div></div><div class='right'><table class='rank'>{rank}</table></div><div class='bottom'><a href='/aboutus.html'>{s.ui['about']}</a> | <a href='/contactus.html'>{s.ui['contact']}</a></div>"


def topics_and_ranking(s: Sheet) -> str:
    topics = "".join(
        f"<li class='sc-topic'><a class='sc-fHCHyC' href='{a.href}'><div><p><span>{a.title}</span></p></div></a></li>"
        for a in s.articles(8, "number")
    )
    ranking = "".join(
        f"<li><a href='{a.href}'><span class='rank'>{n}</span><p>{a.title}</p><span>{a.author}</span><time>{a.hour}:10</time></a></li>"
        for n, a in enumerate(s.beside(5, "number"), 1)
    )
    services = "".join(
        f"<li><a href='https://service{n}.example/?ref=top'>{x}</a></li>" for n, x in enumerate(s.w["sections"])
    )
    return f"<header>{s.sections('<a href={href}>{name}</a>')}</header><div class='srv'><ul>{services}</ul></div><section class='topics'><ul>{topics}</ul></section><section class='ranking'><ol>{ranking}</ol></section>{s.foot()}"


def university_news(s: Sheet) -> str:
    s.dated = True
    items = "".join(
        f"<div class='news-list-item'><p class='news-date'>{a.date}</p><p class='news-headline'><strong>{a.title}</strong></p><p>{a.teaser} <a href='{a.href}' title=\"{a.title}\">{s.ui['more']}</a></p></div>"
        for a in s.articles(8, "html")
    )
    return f"{s.head('div')}<div class='csc-default'>{items}</div><div class='quick'><ul><li><a href='/studium/bewerbung'>{s.w['tags'][0]}</a></li><li><a href='/bibliothek'>{s.w['tags'][1]}</a></li></ul></div>{s.foot('div')}"


def weather_and_rates(s: Sheet) -> str:
    s.pictured = True
    news = "".join(
        f"<div class='news-block-{'big' if n == 0 else 'small'}'><div class='photo'><a href='{a.href}'><img src='{a.image}' alt=\"{a.title}\"></a></div><div class='text'><a class='title' href='{a.href}'>{a.title}</a></div></div>"
        for n, a in enumerate(s.articles(9, "section"))
    )
    rates = "".join(
        f"<tr><td><a href='/rates/{c}/'>{c.upper()}</a></td><td>{n}.{n * 7}</td></tr>"
        for n, c in enumerate(("usd", "eur", "gbp", "jpy"), 1)
    )
    towns = "".join(f"<a href='/weather/{n}/'>{x} +{n}°</a>" for n, x in enumerate(s.w["tags"]))
    return f"{s.head('div')}<table class='rates'>{rates}</table><div class='weather'>{towns}</div><div class='main-col'>{news}</div>{s.popular(4, '<div class=box-pop><b>{0}</b><ul>{1}</ul></div>')}{s.foot('div')}"


def tags_under_each(s: Sheet) -> str:
    s.dated = True
    items = "".join(
        f"<section class='entry-list'><h2><a href='{a.href}'>{a.title}</a></h2><div class='when'>{a.date}, <a href='/people/{s.slug(a.author)}'>{a.author}</a></div><div class='lead'>{a.teaser}</div>"
        f"<div class='about'>{''.join(f'<a href=/themes/{s.slug(t)}>{t}</a> ' for t in s.w['tags'][n % 3 : n % 3 + 3])}</div><a href='{a.href}#disqus_thread'>{n}</a></section>"
        for n, a in enumerate(s.articles(8))
    )
    return f"{s.head()}<div class='column-main'>{items}{s.pages()}</div>{s.foot()}"


def podcast_episodes(s: Sheet) -> str:
    s.dated = True
    items = "".join(
        f"<li class='episode'><div class='ep-no'>#{n}</div><a class='ep-title' href='{a.href}'>{a.title}</a><span class='ep-date'>{a.date}</span><p class='ep-text'>{a.teaser}</p><a class='dl' href='/audio/{n}.mp3'>MP3</a><span>42 min</span></li>"
        for n, a in enumerate(s.articles(9), 90)
    )
    return f"{s.head('div')}<ol class='episodes' reversed>{items}</ol>{s.foot('div')}"


def photo_front(s: Sheet) -> str:
    """Pictures with titles laid over them, and a slider that repeats some of them."""
    s.pictured = True
    made = s.articles(10, "date")
    slides = "".join(
        f"<div class='slick-slide'><a href='{a.href}'><img src='{a.image}'><div class='cap'>{a.title}</div></a></div>"
        for a in made[:4]
    )
    grid = "".join(
        f"<figure class='g'><a href='{a.href}'><img src='{a.image}'></a><figcaption><a href='{a.href}'>{a.title}</a></figcaption></figure>"
        for a in made
    )
    return f"{s.head()}<div class='slick'>{slides}</div><div class='grid'>{grid}</div><div class='partners'>{''.join(f'<a href=https://partner{n}.example/><img src=/l{n}.png alt=partner></a>' for n in range(4))}</div>{s.foot()}"


def message_board(s: Sheet) -> str:
    s.dated = True
    rows = "".join(
        f"<tr class='bg{n % 2}'><td>{n}</td><td class='subject'><a href='{a.href}'>{a.title}</a></td><td><a href='/profile.php?mb_id=u{n}'>{a.author}</a></td><td>02-{a.day:02d}</td><td>2025.02.{a.day:02d}</td><td>{n * 13}</td></tr>"
        for n, a in enumerate(s.articles(14, "php"), 500)
    )
    return f"{s.head('table')}<form><table class='board'><tr><th>No</th><th><a href='?sort=title'>{s.w['tags'][0]}</a></th><th>…</th></tr>{rows}</table></form>{s.pages('query')}{s.foot('table')}"


def paragraph_news(s: Sheet) -> str:
    items = "".join(
        f"<p><strong>{a.numeric}</strong> {a.teaser} <a href='{a.href}'>{a.title}</a></p>"
        for a in s.articles(8, "html")
    )
    return f"{s.head('table')}<td class='text'><h1>{s.w['sections'][0]}</h1>{items}</td>{s.foot('table')}"
