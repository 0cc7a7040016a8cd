"""Where else an article can be read: its further pages, and its light version."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from monitor.extract.html import Page, attribute, base_of
from monitor.text.urls import absolute, canonical_url

_MAX_LINKS = 3_000
_PARAMETERS = frozenset(
    {"page", "p", "pg", "paged", "halaman", "hal", "seite", "pagina", "página", "strona", "sayfa", "sivu", "trang"}
)
_IN_PATH = re.compile(r"(?:/(?:page|seite|pagina|halaman|strona|p)?[/-]?|[-_,])(\d{1,2})(?=(?:\.[a-z]{3,5})?/?$)")
_LOOKS = re.compile(
    r"[?&](?:page|pg?|paged|halaman|hal|seite|p[aá]gina|strona|sayfa|sivu|trang)=|"
    r"[/_,-][a-z]{0,8}\d{1,2}(?:\.[a-z]{3,5})?/?(?:[?#]|$)",
    re.IGNORECASE,
)
_WHOLE = frozenset({"all", "alle", "full", "single"})
_MOST = 30


def amp_of(page: Page, url: str) -> str:
    """The address of the page's light version; '' when it names none, or is it."""
    node = page.css_first('link[rel="amphtml"][href]')
    found = absolute(base_of(page, url), attribute(node, "href")) if node is not None else ""
    return "" if found == url else found


def next_of(page: Page, url: str) -> str:
    """The address of the page on which the same article goes on (or of all its pages in one); '' when it ends here. A
    link to another article, which blogs call the next one too, is none."""
    here = _place(url)
    if here is None:
        return ""
    best = ""
    base = base_of(page, url)
    for node in page.css('link[rel="next"][href], a[href]')[:_MAX_LINKS]:
        href = attribute(node, "href")
        if not _LOOKS.search(href[:2_000]):
            continue
        if "#" in href and not href.partition("#")[2].isdigit() and "comment" in href.partition("#")[2].lower():
            continue
        there = absolute(base, href)
        place = _place(there) if there else None
        if place is None or place[0] != here[0] or place[1] == here[1]:
            continue
        if place[1] == 0:
            return there
        if here[1] and place[1] == here[1] + 1:
            best = best or there
    return best


def _place(url: str) -> tuple[str, int] | None:
    """The article that an address names and the number of the page in it: 1 where it says none, 0 for all in one."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or len(parts.path) < 2:
        return None
    number = 1
    rest = []
    for name, value in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200):
        if name.lower() in _PARAMETERS and value.lower() in _WHOLE:
            number = 0
        elif name.lower() in _PARAMETERS and value.isdecimal() and 0 < int(value[:4]) <= _MOST:
            number = int(value)
        else:
            rest.append(f"{name}={value}")
    path = parts.path
    if number == 1 and (found := _IN_PATH.search(path)) and 1 < int(found[1]) <= _MOST:
        number = int(found[1])
        path = path[: found.start()] + path[found.end() :]
    if len(path) < 2:
        return None
    return canonical_url(f"{parts.scheme}://{parts.netloc}{path.rstrip('/')}?{'&'.join(rest)}"), number
