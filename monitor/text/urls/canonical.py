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
_INDEX = re.compile(r"(?i)(?:index\.(?:html?|shtml|php\d?|aspx?|jsp|cfm)|default\.(?:html?|aspx?))")
_AMP_END = re.compile(r"(?i)(?<=\w)\.amp(?=(?:\.html?)?$)")
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
    if sealed := article_id(url):
        return f"https://news.google.com/articles/{sealed}"
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
    return urlunsplit((scheme, netloc, path, normal_query(parts.query, host), fragment))


def bare_host(host: str) -> str:
    """Without the labels that name a dress (`m.`, `amp.`, `www.`), as long as a registrable name remains."""
    labels = host.split(".")
    while len(labels) > 2 and _DRESS.fullmatch(labels[0]) and _is_registrable(labels[1:]):
        del labels[0]
    while len(labels) > 3 and labels[1] in _INNER_DRESS and _is_registrable(labels[2:]):  # as in `de.m.`
        del labels[1]
    host = ".".join(labels)
    blog = _BLOG.fullmatch(host)
    return f"{blog[1]}.com" if blog else host


def _is_registrable(labels: list[str]) -> bool:
    if len(labels) < 2 or labels[-1].isdigit():
        return False
    return not (len(labels) == 2 and labels[0] in _REGISTRY_LABELS and len(labels[1]) == 2)


def _path(path: str) -> str:
    path = normal_path(path)
    while (shorter := _undressed(path)) != path:
        path = shorter
    return path


def _undressed(path: str) -> str:
    """Dots resolved, and without sessions, the name of an index, or one mark of a dress."""
    kept: list[str] = []
    for part in _SESSION_SEGMENT.sub("", _SESSION.sub("", path)).split("/"):
        if part == "..":
            if kept:
                kept.pop()
        elif part not in ("", "."):
            kept.append(part)
    if not kept:
        return ""
    kept[-1] = _AMP_END.sub("", kept[-1])
    last, alone = kept[-1].lower(), len(kept) == 1
    printed = last == "print" and not alone and _ARTICLE.search(kept[-2])
    if _INDEX.fullmatch(last) or (last in _AMP and not alone) or printed:
        kept.pop()
    elif kept[0].lower() == "amp" and not alone:
        del kept[0]
    return "/" + "/".join(kept) if kept else ""


def _fragment(fragment: str, host: str, *, root: bool) -> str:
    """A place in the page, and dropped; but some sites name their pages there."""
    mark = next((m for m in ("!/", "!", "/") if fragment.startswith(m)), "")
    if not mark or (mark == "/" and not root):
        return ""
    path, _, query = fragment[len(mark) :].partition("?")
    path = _path(path).removeprefix("/")
    query = normal_query(query, host)
    return mark + path + (f"?{query}" if query else "") if path or query else ""
