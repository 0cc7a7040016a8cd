"""Pages that list no articles."""

# ruff: noqa: E501 - markup stays in one piece
from __future__ import annotations

from tests.quality.listings.sheet import Sheet


def article_page(s: Sheet) -> str:
    a = s.write()
    text = "".join(f"<p>{t} {t}</p>" for t in s.w["teasers"] * 4)
    return f"{s.head()}<main><article><h1>{a.title}</h1><p>{a.author} – {a.date}</p>{text}<p>{s.tags()}</p></article></main>{s.foot()}"


def about_page(s: Sheet) -> str:
    return f"{s.head('div')}<h1>{s.ui['about']}</h1>" + "".join(f"<p>{t}</p>" for t in s.w["teasers"]) + s.foot("div")


def login_page(s: Sheet) -> str:
    return (
        f"<h1>{s.ui['login']}</h1><form method='post'><input name='u'><input name='p' type='password'></form>"
        f"<a href='/lost-password'>{s.ui['contact']}</a> <a href='/register'>{s.ui['about']}</a>{s.foot()}"
    )


def not_found(s: Sheet) -> str:
    return f"{s.head()}<h1>404</h1><p>{s.w['teasers'][0]}</p><a href='/'>{s.ui['home']}</a>{s.foot()}"


def contact_page(s: Sheet) -> str:
    people = "".join(
        f"<div class='person'><h3>{x}</h3><a href='mailto:x@senja.example'>x@senja.example</a></div>"
        for x in s.w["authors"]
    )
    return f"{s.head('div')}<h1>{s.ui['contact']}</h1>{people}<form><textarea></textarea></form>{s.foot('div')}"


def shop(s: Sheet) -> str:
    goods = "".join(
        f"<div class='product'><a href='/product/{n}-{s.slug(t)}'><img src='/p{n}.jpg'></a><h3><a href='/product/{n}-{s.slug(t)}'>{t}</a></h3>"
        f"<span class='price'>{n + 9}.90 €</span><a class='add-to-cart' href='/cart?add={n}'>+</a></div>"
        for n, t in enumerate(s.w["tags"])
    )
    return f"{s.head()}<div class='products'>{goods}</div>{s.foot()}"


def app_home(s: Sheet) -> str:
    features = "".join(
        f"<div class='feature'><h3>{t}</h3><p>{s.w['teasers'][0]}</p></div>" for t in s.w["sections"][:3]
    )
    return (
        f"<nav><a href='/pricing'>{s.w['sections'][1]}</a><a href='/login'>{s.ui['login']}</a></nav><h1>{s.w['tags'][0]}</h1>{features}"
        f"<a class='cta' href='/signup'>{s.ui['login']}</a>{s.foot()}"
    )


def cookie_wall(s: Sheet) -> str:
    return (
        f"<div id='consent'><h2>Cookies</h2><p>{s.w['teasers'][0]}</p><a href='/privacy'>{s.ui['privacy']}</a>"
        f"<button>OK</button><a href='/cookies/settings'>{s.ui['more']}</a></div>"
    )


def parked(s: Sheet) -> str:
    links = "".join(
        f"<li><a href='/search?kw={n}&sid=8f2'>{t}</a></li>" for n, t in enumerate(s.w["tags"] + s.w["sections"])
    )
    return f"<h1>{s.host}</h1><ul class='related'>{links}</ul><a href='https://parking.example/buy?d={s.host}'>{s.ui['contact']}</a>"


def shell(s: Sheet) -> str:
    return "<div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript><script src='/main.js'></script>"


def directory(s: Sheet) -> str:
    """Sections of a site, each with what it is about, and no article."""
    return (
        f"{s.head()}<main>"
        + s.sections("<div class='cat'><h3><a href='{href}'>{name}</a></h3></div>")
        + f"</main><p>{s.tags()}</p>{s.foot('div')}"
    )


def staff(s: Sheet) -> str:
    people = "".join(
        f"<li><a href='/authors/{s.slug(x)}'><img src='/f.jpg'><b>{x}</b></a></li>" for x in s.w["authors"]
    )
    return f"{s.head()}<h1>{s.ui['about']}</h1><ul class='team'>{people}</ul>{s.foot()}"
