"""Pages for people: the portal's listing, the articles, and the way in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from monitor.demo.feeds import Published
from monitor.demo.script import Outlet

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_SECTIONS = ("Nasional", "Internasional", "Ekonomi", "Pesisir", "Budaya", "Olahraga")
_ABOUT = ("Tentang Kami", "Redaksi", "Pedoman Media Siber", "Kontak")


def listing(outlet: Outlet, published: Sequence[Published]) -> bytes:
    """A section page in the manner of a regional news portal; the only way to its articles."""
    cards = "\n".join(
        f"""      <article class="card">
        <a class="thumb" href="{escape(entry.url)}" aria-hidden="true" tabindex="-1"></a>
        <div class="card-body">
          <span class="kanal">Internasional</span>
          <h3 class="card-title"><a href="{escape(entry.url)}">{escape(entry.report.title)}</a></h3>
          <time class="waktu" datetime="{entry.published.isoformat()}">{_wib(entry.published)}</time>
        </div>
      </article>"""
        for entry in published
    )
    oldest = sorted(published, key=lambda entry: entry.published)[:3]
    main = f"""  <nav class="remah">
    <a href="/{outlet.id}">Beranda</a> &raquo; <a href="{outlet.path}">Internasional</a>
  </nav>
  <main>
    <h1>Berita Internasional</h1>
    <section class="daftar">
{cards}
    </section>
    <nav class="halaman"><a href="{outlet.path}?page=2">2</a> <a href="{outlet.path}?page=3">Berikutnya</a></nav>
  </main>
  <aside>
    <h4>Terpopuler</h4>
    <ol>
{_links((entry.url, entry.report.title) for entry in oldest)}
    </ol>
  </aside>"""
    return _page(outlet, title=f"Berita Internasional Hari Ini - {outlet.name}", head="", main=main)


def article(outlet: Outlet, entry: Published, others: Sequence[Published]) -> bytes:
    report = entry.report
    head = f"""
  <link rel="canonical" href="{escape(entry.url)}">
  <meta property="og:type" content="article">
  <meta property="og:title" content="{escape(report.title)}">
  <meta property="og:url" content="{escape(entry.url)}">
  <meta property="article:published_time" content="{entry.published.isoformat()}">"""
    if report.author:
        head += f"""
  <meta name="author" content="{escape(report.author)}">"""
    byline = f'<span class="author">{escape(report.author)}</span> - ' if report.author else ""
    main = f"""  <main>
    <article>
      <h1>{escape(report.title)}</h1>
      <p class="byline">{byline}<time datetime="{entry.published.isoformat()}">{_wib(entry.published)}</time></p>
      <div class="article-body">
{entry.body}
      </div>
    </article>
  </main>
  <aside>
    <h4>Terkini</h4>
    <ul>
{_links((other.url, other.report.title) for other in others[:3])}
    </ul>
  </aside>"""
    return _page(outlet, title=f"{report.title} - {outlet.name}", head=head, main=main)


def door(outlets: Sequence[Outlet]) -> bytes:
    """A list of the front pages, for whoever opens the newsroom in a browser."""
    links = _links((outlet.path, f"{outlet.name} ({outlet.kind})") for outlet in outlets)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Newsroom of the demo</title></head>
<body>
  <h1>Newsroom of the demo</h1>
  <p>Everything here is made up.</p>
  <ul>
{links}
  </ul>
</body></html>
""".encode()


def _page(outlet: Outlet, *, title: str, head: str, main: str) -> bytes:
    def menu(labels: Iterable[str]) -> str:
        return "\n".join(f'      <li><a href="/{outlet.id}/{_slug(label)}">{label}</a></li>' for label in labels)

    return f"""<!doctype html>
<html lang="{outlet.language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{escape(title)}</title>
  <meta property="og:site_name" content="{escape(outlet.name)}">{head}
</head>
<body>
  <header>
    <a class="logo" href="/{outlet.id}">{escape(outlet.name)}</a>
    <ul class="menu">
{menu(_SECTIONS)}
    </ul>
  </header>
{main}
  <footer>
    <ul>
{menu(_ABOUT)}
    </ul>
    <p>&copy; {escape(outlet.name)}. Semua peristiwa di sini rekaan.</p>
  </footer>
</body>
</html>
""".encode()


def _links(targets: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f'      <li><a href="{escape(url)}">{escape(label)}</a></li>' for url, label in targets)


def _slug(label: str) -> str:
    return label.lower().replace(" ", "-")


def _wib(moment: datetime) -> str:
    zone = "WIB" if moment.utcoffset() and moment.strftime("%z") == "+0700" else moment.strftime("%Z")
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year} {moment:%H:%M} {zone}"
