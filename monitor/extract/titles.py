"""The headline of a page, out of the several that it carries."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from monitor.extract.html import Page, text_of
from monitor.text.plain import headline
from monitor.text.urls import site_of

_SEPARATOR = re.compile(r"\s+[|–—·•»«-]\s+|\s*[|•»]\s*|\s+::\s+|\s+/\s+")


def title_of(page: Page, meta: Mapping[str, str], said: str, site: str, url: str) -> str:
    """The headline. The social card's goes first, as the one written to stand alone; what surrounds the other headlines
    of the page in it (a section, a kicker, the site's names) is cut."""
    social = headline(meta.get("og:title", ""))
    node = page.css_first("head > title") or page.css_first("title")
    window = headline(text_of(node)) if node is not None else ""
    top = _heading(page, [t for t in (social, said, window) if t])
    names = {n for n in (_bare(site), _bare(site_of(url).split(".")[0]), _bare(site_of(url))) if n}
    names |= _names_after(window, (social, said, top))
    social, window = _without_site(social, names), _without_site(window, names)
    social = social or _without_site(headline(meta.get("twitter:title", "")), names)
    for best in (social, top, said, window):
        if not best:
            continue
        shorter = [t for t in (top, said) if t and len(t) >= len(best) / 2 and t in best and t != best]
        return min(shorter, key=len) if shorter else best
    return ""


def _names_after(window: str, headlines: Sequence[str]) -> set[str]:
    """What the title of the window has after one of the other headlines names the site."""
    found: set[str] = set()
    for title in headlines:
        if len(title) > 15 and window.startswith(title) and _SEPARATOR.match(window, len(title)):
            found.update(_bare(part) for part in _SEPARATOR.split(window[len(title) :]))
    return {name for name in found if name}


def _heading(page: Page, known: list[str]) -> str:
    """The top heading that is most like what the head calls the page."""
    tops = [t for n in page.css("h1")[:10] if (t := headline(text_of(n)))]
    if not tops:
        return ""
    if not known:
        return max(tops, key=len)
    return max(tops, key=lambda t: max(_likeness(t, k) for k in known))


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, a[:200].lower(), b[:200].lower(), autojunk=False).ratio()


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _without_site(title: str, names: set[str]) -> str:
    """Cut, from the end (or else the start), parts that name the site."""
    for _ in range(3):
        marks = list(_SEPARATOR.finditer(title))
        if not marks:
            return title
        last, first = marks[-1], marks[0]
        if _names_site(title[last.end() :], names) and last.start():
            title = title[: last.start()].strip()
        elif _names_site(title[: first.start()], names) and title[first.end() :].strip():
            title = title[first.end() :].strip()
        else:
            return title
    return title


def _names_site(part: str, names: set[str]) -> bool:
    words = {_bare(w) for w in part.split()}
    part = _bare(part)
    return bool(part) and any(
        part == n
        or (len(words) <= 3 and n in words)
        or (len(part) > 3 and len(n) > 3 and (part in n or n in part) and len(part) < 3 * len(n))
        for n in names
    )
