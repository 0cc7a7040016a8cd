"""Blogs, magazines and old sites: one list of articles, dressed in many ways."""

# ruff: noqa: E501 - markup stays in one piece
from __future__ import annotations

from dataclasses import replace

from tests.quality.listings.sheet import Sheet, Written


def wordpress_blog(s: Sheet) -> str:
    s.dated = True
    posts = "".join(
        f"<article id='post-{n}' class='post-{n} post type-post status-publish hentry category-{s.slug(a.section)}'>"
        f"<header class='entry-header'><h2 class='entry-title'><a href='{a.href}' rel='bookmark'>{a.title}</a></h2>"
        f"<div class='entry-meta'><time class='entry-date' datetime='{a.iso}'>{a.date}</time> "
        f"<a class='url fn n' href='/author/{s.slug(a.author)}/'>{a.author}</a> "
        f"<a rel='category tag' href='/category/{s.slug(a.section)}/'>{a.section}</a></div></header>"
        f"<div class='entry-content'><p>{a.teaser} <a class='more-link' href='{a.href}#more-{n}'>{s.ui['more']}</a></p></div>"
        f"<footer><a href='{a.href}#comments'>{s.ui['comments']}</a></footer></article>"
        for n, a in enumerate(s.articles(8), 300)
    )
    recent = "".join(f"<li><a href='{a.href}'>{a.title}</a></li>" for a in s.listed[:5])
    archive = "".join(f"<li><a href='/2024/{m:02d}/'>2024/{m}</a></li>" for m in range(1, 12))
    return (
        f"{s.head()}<div id='content'><main>{posts}{s.pages()}</main></div><div id='secondary' class='widget-area'>"
        f"<section class='widget widget_recent_entries'><ul>{recent}</ul></section><section class='widget'><ul>{archive}"
        f"</ul></section><section class='widget widget_tag_cloud'>{s.tags()}</section></div>{s.foot()}"
    )


def blogspot(s: Sheet) -> str:
    posts = "".join(
        f"<h2 class='date-header'><span>{a.date}</span></h2><div class='date-posts'><div class='post-outer'>"
        f"<div class='post hentry'><h3 class='post-title entry-title'><a href='{a.href}'>{a.title}</a></h3>"
        f"<div class='post-body'>{a.teaser} {a.teaser}<br><img src='{a.image}'></div><div class='post-footer'>"
        f"<span class='post-author'><a href='/profile/{n}'>{a.author}</a></span> "
        f"<a class='comment-link' href='{a.href}#comment-form'>{s.ui['comments']}</a> <a href='/search/label/{s.slug(a.tag)}' rel='tag'>{a.tag}</a></div></div></div></div>"
        for n, a in enumerate(s.articles(6, "html"))
    )
    return (
        f"{s.head('div')}<div id='main'><div class='blog-posts'>{posts}</div>{s.pages('older')}</div>"
        f"<div class='sidebar-wrapper'><h2>Labels</h2><ul>{s.sections()}</ul></div>{s.foot('div')}"
    )


def bare_list(s: Sheet) -> str:
    return (
        f"{s.head()}<main><h1>{s.w['sections'][0]}</h1><ul>"
        + "".join(f"<li><a href='{a.href}'>{a.title}</a></li>" for a in s.articles(14))
        + f"</ul></main>{s.foot()}"
    )


def dated_list(s: Sheet) -> str:
    s.dated = True
    return (
        f"{s.head('div')}<div class='box'><ul class='list14'>"
        + "".join(
            f"<li><span>{a.numeric}</span><a href='{a.href}' target='_blank'>{a.title}</a></li>" for a in s.articles(16)
        )
        + f"</ul>{s.pages('query')}</div>{s.foot('div')}"
    )


def old_table(s: Sheet) -> str:
    s.dated = True
    rows = "".join(
        f"<tr><td valign='top' width='90'><font size='1'>{a.numeric}</font></td><td><a href='{a.href}'><b>{a.title}</b></a>"
        f"<br><font size='2'>{a.teaser}</font></td></tr>"
        for a in s.articles(9, "php")
    )
    return f"{s.head('table')}<table cellpadding='3'><tr><td>{s.tags()}</td><td><table>{rows}</table></td></tr></table>{s.foot('table')}"


def old_fonts(s: Sheet) -> str:
    rows = "<br>".join(f"• <a href='{a.href}'>{a.title}</a>" for a in s.articles(12, "flat"))
    return f"{s.head('table')}<center><table width=760><tr><td><font face='Arial'>{rows}</font></td></tr></table></center>{s.foot('table')}"


def card_grid(s: Sheet) -> str:
    s.dated = s.pictured = True
    cards = "".join(
        f"<div class='col-md-4'><div class='card'><a class='thumb' href='{a.href}'><img src='/blank.gif' data-src='{a.image}' "
        f"alt=''></a><div class='card-body'><span class='badge'><a href='/{s.slug(a.section)}/'>{a.section}</a></span>"
        f"<h3><a href='{a.href}'>{a.title}</a></h3><p>{a.teaser}</p><small>{a.date}</small></div></div></div>"
        for a in s.articles(12)
    )
    return f"{s.head()}<div class='container'><div class='row'>{cards}</div>{s.pages()}</div>{s.foot()}"


def picture_cards(s: Sheet) -> str:
    s.pictured = True
    cards = "".join(
        f"<li class='tile'><a class='tile__image' href='{a.href}' style=\"background-image:url('{a.image}')\"></a>"
        f"<div class='tile__text'><a href='{a.href}'>{a.title}</a></div></li>"
        for a in s.articles(9, "number")
    )
    return f"{s.head('div')}<ul class='tiles'>{cards}</ul>{s.foot('div')}"


def whole_card_anchor(s: Sheet) -> str:
    s.dated = s.pictured = True
    cards = "".join(
        f"<a class='story' href='{a.href}'><figure><img srcset='{a.image} 300w, {a.image}?w=600 600w' alt=''></figure>"
        f"<span class='kicker'>{a.section}</span><h3>{a.title}</h3><p>{a.teaser}</p><time datetime='{a.iso}'>{a.date}</time></a>"
        for a in s.articles(10, "section")
    )
    return f"{s.head()}<main><div class='stories'>{cards}</div></main>{s.popular()}{s.foot()}"


def article_in_anchor(s: Sheet) -> str:
    s.pictured = True
    cards = "".join(
        f"<div class='css-1x{n}a9'><a href='{a.href}'><article><div><div>{a.title}</div><div>{a.teaser}</div></div>"
        f"<picture><source srcset='{a.image}'><img src='{a.image}' loading='lazy'></picture></article></a></div>"
        for n, a in enumerate(s.articles(9, "letters"))
    )
    return f"{s.head()}<div><div>{cards}</div></div>{s.foot()}"


def heading_with_wrapper(s: Sheet) -> str:
    items = "".join(
        f"<div class='media'><h2 class='media-heading'>{a.title}</h2><p>{a.teaser}</p>"
        f"<a class='overlay' href='{a.href}' aria-label=\"{a.title}\"></a></div>"
        for a in s.articles(8, "html")
    )
    return f"{s.head('div')}<section>{items}</section>{s.foot()}"


def headline_beside_more(s: Sheet) -> str:
    s.dated = True
    items = "".join(
        f"<div class='views-row'><div class='field-title'><h3>{a.title}</h3></div><div class='field-date'>{a.date}</div>"
        f"<div class='field-body'><p>{a.teaser}</p></div><div class='field-more'><a href='{a.href}'>{s.ui['more']}</a></div></div>"
        for a in s.articles(7, "slug")
    )
    return f"{s.head()}<div class='view-content'>{items}</div>{s.pages('query')}{s.foot()}"


def definition_list(s: Sheet) -> str:
    s.dated = True
    items = "".join(f"<dt>{a.date}</dt><dd><a href='{a.href}'>{a.title}</a></dd>" for a in s.articles(12))
    return f"{s.head('div')}<dl class='whatsnew'>{items}</dl>{s.foot('div')}"


def magazine_wordpress_mixed(s: Sheet) -> str:
    """Each post names its own categories and tags as classes, so that no two are alike."""
    s.pictured = True
    posts = "".join(
        f"<div class='td_module_{n % 3} td-{s.slug(a.section)} tag-{s.slug(a.tag)[:20]} item{n}'><div class='thumb-wrap'>"
        f"<a href='{a.href}' title=\"{a.title}\"><img data-lazy-src='{a.image}' src='data:image/gif;base64,R0lGOD'></a></div>"
        f"<h3 class='entry-title td-module-title'><a href='{a.href}'>{a.title}</a></h3>"
        f"<span class='td-author'><a href='/author/{s.slug(a.author)}/'>{a.author}</a></span></div>"
        for n, a in enumerate(s.articles(11, "slug"))
    )
    return f"{s.head()}<div class='td-main'>{posts}</div><div class='td-tags'>{s.tags()}</div>{s.foot('div')}"


def short_posts(s: Sheet) -> str:
    """Whole posts on the page, with links in their text."""
    s.dated = True
    posts = "".join(
        f"<div class='entry'><h1><a href='{a.href}'>{a.title}</a></h1><p class='d'>{a.date}</p><p>{a.teaser} "
        f"<a href='https://elsewhere{n}.example/paper'>{a.tag}</a> {a.teaser}</p><p>{s.w['teasers'][0]} {s.w['teasers'][1]}</p>"
        f"<p class='filed'><a href='/category/{s.slug(a.section)}/'>{a.section}</a></p></div>"
        for n, a in enumerate(s.articles(5, "date"))
    )
    return f"{s.head('div')}<div id='col'>{posts}{s.pages()}</div><div id='roll'>{s.sections()}</div>{s.foot('div')}"


def archive_months(s: Sheet) -> str:
    def month(name: str, items: list[Written]) -> str:
        return f"<h3>{name}</h3><ul class='arch'>" + "".join(
            f"<li>{a.day}: <a href='{a.href}'>{a.title}</a> ({a.hour})</li>" for a in items
        ) + "</ul>"  # fmt: skip

    return (
        f"{s.head()}<div class='page'>{month('2025/2', s.articles(9))}{month('2025/1', s.articles(8))}</div>{s.foot()}"
    )


def short_titles(s: Sheet) -> str:
    """Many outlets write three words."""
    for a in s.articles(14, "date"):
        s.listed[s.listed.index(a)] = _cut(a)
    items = "".join(
        f"<div class='teaser'><h4><a href='{a.href}'>{a.title}</a></h4><p>{a.teaser}</p></div>" for a in s.listed
    )
    return f"{s.head()}<main>{items}</main>{s.foot()}"


def _cut(a: Written) -> Written:
    words = a.title.split()
    return replace(a, title=" ".join(words[:3]) if len(words) > 3 else a.title[:9])
