"""What the invented pages are written on: articles with all that a listing can say of them, and the rest of a site."""

# ruff: noqa: E501 - markup stays in one piece
from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

WORDS: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
FORMS = ("date", "section", "slug", "query", "php", "flat", "number", "letters", "html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An invented article as a page may show it."""

    href: str
    title: str
    teaser: str
    day: int
    image: str
    author: str
    section: str
    tag: str
    date: str
    """In the words of the language."""
    hour: int

    @property
    def iso(self) -> str:
        return f"2025-02-{self.day:02d}T{self.hour:02d}:05:00+00:00"

    @property
    def numeric(self) -> str:
        return f"{self.day:02d}.02.2025"


@dataclass(slots=True)
class Page:
    """A page with its right answer: `listed` has to be found, `also` may be."""

    name: str
    url: str
    html: str
    listed: list[Written]
    also: list[Written]
    dated: bool
    pictured: bool
    next_url: str = ""

    @property
    def wanted(self) -> dict[str, Written]:
        return {urljoin(self.url, a.href): a for a in self.listed}

    @property
    def allowed(self) -> set[str]:
        return {urljoin(self.url, a.href) for a in self.also}


@dataclass
class Sheet:
    """Hands out invented words and keeps the right answer of the page."""

    lang: str
    name: str
    form: str = "date"
    host: str = "senja.example"
    path: str = "/"
    listed: list[Written] = field(default_factory=list)
    also: list[Written] = field(default_factory=list)
    dated: bool = False
    pictured: bool = False
    next_href: str = ""

    def __post_init__(self) -> None:
        self.rng = random.Random(f"{self.name}/{self.lang}")
        self.w = WORDS[self.lang]
        self.ui: dict[str, str] = self.w["ui"]
        titles = [self._joined(s, p) for s in self.w["subjects"] for p in self.w["predicates"]]
        self.rng.shuffle(titles)
        self._titles = titles
        self._number = self.rng.randrange(10_000, 900_000)

    def _joined(self, subject: str, predicate: str) -> str:
        return subject + predicate if self.lang in ("zh", "ja", "th") else f"{subject} {predicate}"

    def write(self, form: str = "") -> Written:
        title = self._titles.pop()
        self._number += self.rng.randrange(1, 40)
        day = self.rng.randrange(1, 29)
        section = self.rng.choice(self.w["sections"])
        return Written(
            href=self._href(form or self.form, title, day, section),
            title=title,
            teaser=self.rng.choice(self.w["teasers"]),
            day=day,
            image=f"/media/{self._number}/picture-{day}.jpg",
            author=self.rng.choice(self.w["authors"]),
            section=section,
            tag=self.rng.choice(self.w["tags"]),
            date=self.w["date"].format(d=day),
            hour=self.rng.randrange(5, 23),
        )

    def _href(self, form: str, title: str, day: int, section: str) -> str:
        n, slug = self._number, self.slug(title)
        return {
            "date": f"/2025/02/{day:02d}/{slug}/",
            "section": f"/{self.slug(section)}/{n}/{slug}.html",
            "slug": f"/{slug}/",
            "query": f"/?p={n}",
            "php": f"/news.php?id={n}&lang={self.lang}",
            "flat": f"/{n}.html",
            "number": f"/read/{n}",
            "letters": "/articles/" + "".join(self.rng.choices("bcdfghjkmnpqrstvwxyz0123456789", k=11)) + "o",
            "html": f"/{slug}-{n}.html",
        }[form]

    def slug(self, text: str) -> str:
        words = "".join(c if c.isalnum() else " " for c in text.lower()).split()
        return quote("-".join(words[:12]))

    def articles(self, count: int, form: str = "") -> list[Written]:
        """Articles that the page exists to list."""
        found = [self.write(form) for _ in range(count)]
        self.listed += found
        return found

    def beside(self, count: int, form: str = "") -> list[Written]:
        """Articles that stand beside."""
        found = [self.write(form) for _ in range(count)]
        self.also += found
        return found

    # --- the rest of a site

    def sections(self, style: str = "<li><a href='{href}'>{name}</a></li>", count: int = 8) -> str:
        return "".join(
            style.format(href=f"/{self.slug(s)}/", name=s, n=i) for i, s in enumerate(self.w["sections"][:count])
        )

    def tags(self, style: str = "<a href='{href}' rel='tag'>{name}</a> ") -> str:
        return "".join(style.format(href=f"/tag/{self.slug(t)}/", name=t) for t in self.w["tags"])

    def head(self, style: str = "nav") -> str:
        links = f"<li><a href='/'>{self.ui['home']}</a></li>{self.sections()}"
        login = f"<a href='/login?back=/'>{self.ui['login']}</a>"
        site = self.host.split(".")[0].title()
        return {
            "nav": f"<header><a class='logo' href='/'><img src='/logo.png' alt='{site}'></a><nav><ul>{links}</ul></nav>"
            f"<form action='/search'><input name='q'></form>{login}</header>",
            "div": f"<div id='hd'><div class='brand'><a href='/'>{site}</a></div><div class='row1'><ul>{links}</ul></div>"
            f"<div class='tools'>{login} <a href='/search'>{self.ui['search']}</a></div></div>",
            "table": "<table width='100%'><tr><td><img src='/top.gif'></td></tr><tr><td>"
            + self.sections("<a href='{href}'><b>{name}</b></a> | ")
            + "</td></tr></table>",
        }[style]

    def foot(self, style: str = "footer") -> str:
        links = (
            "".join(f"<li><a href='/{k}'>{self.ui[k]}</a></li>" for k in ("about", "contact", "privacy"))
            + "<li><a href='https://www.facebook.com/senja'>Facebook</a></li><li><a href='/rss.xml'>RSS</a></li>"
        )
        return {
            "footer": f"<footer><ul>{links}</ul><p>© 2025 {self.host}</p></footer>",
            "div": f"<div class='bottom-area'><div class='col'><ul>{links}</ul></div><div class='col'><ul>"
            f"{self.sections()}</ul></div><p>© 2025</p></div>",
            "table": "<table><tr><td align='center'>"
            + " | ".join(f"<a href='/{k}.php'>{self.ui[k]}</a>" for k in ("about", "contact", "privacy"))
            + "</td></tr></table>",
        }[style]

    def pages(self, style: str = "wp") -> str:
        """Links to further pages; remembers the next one."""
        if style == "query":
            self.next_href = "?page=2"
            numbers = "".join(f"<li><a href='?page={n}'>{n}</a></li>" for n in range(2, 6))
            return f"<ul class='pager'><li class='active'><span>1</span></li>{numbers}<li><a href='?page=2'>»</a></li></ul>"
        if style == "older":
            self.next_href = f"{self.path.rstrip('/')}/search?updated-max=2025-02-01T10:00:00Z&max-results=10"
            return f"<div class='blog-pager'><a class='blog-pager-older-link' href='{self.next_href}'>{self.ui['older']}</a></div>"
        self.next_href = f"{self.path.rstrip('/')}/page/2/"
        numbers = "".join(
            f"<a class='page-numbers' href='{self.path.rstrip('/')}/page/{n}/'>{n}</a> " for n in range(2, 6)
        )
        return (
            f"<nav class='navigation pagination'><span class='page-numbers current'>1</span> {numbers}"
            f"<a class='next page-numbers' href='{self.next_href}'>{self.ui['next']}</a></nav>"
        )

    def popular(self, count: int = 5, box: str = "<aside class='sidebar'><h3>{0}</h3><ol>{1}</ol></aside>") -> str:
        items = "".join(f"<li><a href='{a.href}'>{a.title}</a></li>" for a in self.beside(count))
        return box.format(self.ui["popular"], items)

    def page(self, body: str, *, extra: str = "") -> Page:
        site = self.host.split(".")[0].title()
        html = (
            f"<!doctype html><html lang='{self.lang}'><head><meta charset='utf-8'><title>{site}</title>{extra}"
            f"<link rel='stylesheet' href='/s.css'><script>var a = '<a href=/x>x</a>';</script></head><body>{body}</body></html>"
        )
        url = f"https://{self.host}{self.path}"
        return Page(
            name=f"{self.name}-{self.lang}",
            url=url,
            html=html,
            listed=self.listed,
            also=self.also,
            dated=self.dated,
            pictured=self.pictured,
            next_url=urljoin(url, self.next_href) if self.next_href else "",
        )


Layout = Callable[[Sheet], str]
