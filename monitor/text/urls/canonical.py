"""The key of an address: two addresses of one article give the same one."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from monitor.text.urls.googlenews import article_id
from monitor.text.urls.parameters import normal_query
from monitor.text.urls.reading import DEFAULT_PORTS, MAX_LENGTH, absolute, ascii_host, normal_path
from monitor.text.urls.wrappers import unwrapped

_DRESS = re.compile(r"www\d?|m|mobile|mobil|amp|wap|touch")
"""Of a host: names a dress of the site and not a part of it."""
_INNER_DRESS = frozenset({"m", "mobile", "amp"})
_REGISTRY_LABELS = frozenset(
    {"co", "com", "org", "net", "gov", "go", "ac", "edu", "or", "ne", "in", "web", "gob", "gouv"}
)
_BLOG = re.compile(r"(.+\.blogspot)\.(?:com?\.)?[a-z]{2}")
"""One blog under the domains of many countries."""

_SESSION = re.compile(r"(?i);(?:jsessionid|phpsessid|sessionid|sid|cfid|cftoken)(?:=[^/;]*|(?=[/;]|$))")
_SESSION_SEGMENT = re.compile(r"(?i)/\(S\([a-z0-9]{24}\)\)(?=/|$)")
_ROUNDS = 8
_INDEX = re.compile(r"(?i)(?:index\.(?:html?|shtml|php\d?|aspx?|jsp|cfm)|default\.(?:html?|aspx?))")
_PAGE_END = re.compile(r"(?i)\.html?$")
_AMP = frozenset({"amp", "amp.html"})
_LONE = re.compile("[\ud800-\udfff]")
_ARTICLE = re.compile(r"\d|-.*-")


def canonical_url(url: str) -> str:
    """Not meant to be visited. '' for what is no URL. A key is its own key."""
    url = absolute("", _LONE.sub("\ufffd", url))
    while url:
        if inner := unwrapped(url):
            url = inner
            continue
        key = _key(url)
        if len(key) > MAX_LENGTH or not unwrapped(key):
            return key if len(key) <= MAX_LENGTH else ""
        url = key  # a wrapper in disguise
    return ""


def _key(url: str) -> str:
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    host = bare_host(ascii_host(parts.hostname or ""))
    if not host:
        return ""
    netloc = f"[{host}]" if ":" in host else host
    if parts.port is None or parts.port == DEFAULT_PORTS[scheme]:
        scheme = "https"  # both schemes serve the same article
    else:
        netloc = f"{netloc}:{parts.port}"
    path = _path(parts.path)
    fragment = _fragment(parts.fragment, host, root=not path)
    key = urlunsplit((scheme, netloc, path, normal_query(parts.query, host), fragment))
    if host == "news.google.com" and (sealed := article_id(key)):
        return f"https://news.google.com/articles/{sealed}"
    return key


def bare_host(host: str) -> str:
    """Without the labels that name a dress (`m.`, `amp.`, `www.`), as long as a registrable name remains."""
    labels = host.split(".")
    own = len(labels) - _least(labels)
    first = 0
    while first < own and _DRESS.fullmatch(labels[first]):
        first += 1
    second = first + 1
    while second < own and labels[second] in _INNER_DRESS:  # as in `de.m.`: one language of many
        second += 1
    labels = [labels[first], *labels[second:]]
    host = ".".join(labels)
    blog = _BLOG.fullmatch(host)
    return f"{blog[1]}.com" if blog else host


def _least(labels: list[str]) -> int:
    """How many labels at the end must stay."""
    if labels[-1].isdigit():
        return len(labels)  # an address
    return 3 if len(labels) > 1 and labels[-2] in _REGISTRY_LABELS and len(labels[-1]) == 2 else 2


def _path(path: str) -> str:
    path = normal_path(path)
    shorter = path
    for _ in range(_ROUNDS):
        before, shorter = shorter, _undressed(shorter)
        if shorter == before:
            return shorter
    return path  # no site writes this


def _undressed(path: str) -> str:
    """Dots resolved, and without sessions, the name of an index, and marks of a dress."""
    kept: list[str] = []
    for part in _SESSION_SEGMENT.sub("", _SESSION.sub("", path)).split("/"):
        if part == "..":
            if kept:
                kept.pop()
        elif part not in ("", "."):
            kept.append(part)
    while kept:
        kept[-1] = _without_amp(kept[-1])
        last, alone = kept[-1].lower(), len(kept) == 1
        printed = last == "print" and not alone and _ARTICLE.search(kept[-2])
        if not (_INDEX.fullmatch(last) or (last in _AMP and not alone) or printed):
            break
        kept.pop()
    first = 0
    while first < len(kept) - 1 and kept[first].lower() == "amp":
        first += 1
    return "/" + "/".join(kept[first:]) if kept else ""


def _without_amp(name: str) -> str:
    """`story.amp.html` is `story.html`."""
    found = _PAGE_END.search(name)
    end = found[0] if found else ""
    stem = name[: len(name) - len(end)]
    while stem[-4:].lower() == ".amp" and stem[-5:-4].isalnum():
        stem = stem[:-4]
    return stem + end


def _fragment(fragment: str, host: str, *, root: bool) -> str:
    """A place in the page, and dropped; but some sites name their pages there."""
    mark = next((m for m in ("!/", "!", "/") if fragment.startswith(m)), "")
    if not mark or (mark == "/" and not root):
        return ""
    path, _, query = fragment[len(mark) :].partition("?")
    path = _path(path).removeprefix("/")
    query = normal_query(query, host)
    return mark + path + (f"?{query}" if query else "") if path or query else ""
