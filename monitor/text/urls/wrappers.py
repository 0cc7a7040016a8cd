"""Links that lead elsewhere and carry the address of where: redirectors, caches, guards of mail. What they carry is
read, never asked for; links that only their server can resolve stay what they are."""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from monitor.text.urls import googlenews
from monitor.text.urls.reading import absolute

_MAX_PARAMETERS = 60

_GOOGLE = r"(?:[a-z]+\.)?google(?:\.[a-z]{2,3}){1,2}"
_IN_QUERY = tuple(
    (re.compile(host), re.compile(path), tuple(names.split()))
    for host, path, names in (
        (_GOOGLE, "/(?:news/)?url", "url q"),
        (_GOOGLE, "/translate", "u"),
        (r"consent\.(?:google(?:\.[a-z]{2,3}){1,2}|youtube\.com)", "/.*", "continue"),
        (r"(?:[a-z]+\.)?youtube\.com", "/redirect", "q"),
        (r"(?:[a-z]+\.)?(?:facebook|instagram|messenger|threads)\.(?:com|net)", r"/(?:l\.php)?", "u"),
        (r"(?:www\.)?bing\.com", r"/news/apiclick\.aspx", "url"),
        (r"(?:[a-z]+\.)?duckduckgo\.com", "/l/?", "uddg"),
        (r"out\.reddit\.com", "/.*", "url"),
        (r"(?:[a-z]+\.)?linkedin\.com", "/(?:redir/redirect|safety/go)/?", "url"),
        (r"(?:[a-z]+\.)?vk\.(?:com|ru)", r"/away(?:\.php)?", "to"),
        (r"steamcommunity\.com", "/linkfilter/?", "url u"),
        (r"slack-redir\.net", "/link", "url"),
        (r"t\.umblr\.com", "/redirect", "z"),
        (r"getpocket\.com", "/redirect", "url"),
        (r"(?:[\w-]+\.)?medium\.com", "/m/global-identity(?:-2)?", "redirecturl"),
        (r"link\.zhihu\.com", "/?", "target"),
        (r"weibo\.cn", "/sinaurl", "u"),
        (r"(?:www\.)?douban\.com", "/link2/?", "url"),
        (r"sba\.yandex\.(?:net|ru)", "/redirect", "url"),
        (r"(?:www\.)?yandex\.(?:ru|com)", "/turbo", "text"),
        (r"click\.mail\.ru", "/redir", "u"),
        # guards of mail
        (r"(?:[\w-]+\.)?safelinks\.protection\.outlook\.com", "/.*", "url"),
        # sellers of links
        (r"go\.(?:redirectingat|skimresources)\.com", "/.*", "url"),
        (r"redirect\.viglink\.com", "/.*", "u"),
        (r"(?:www\.)?(?:anrdoezrs|dpbolvw|jdoqocy|kqzyfj|tkqlhce)\.(?:net|com)", "/.*", "url"),
    )
)


def unwrapped(url: str) -> str:
    """The address that a wrapper carries in its own; '' when it is no wrapper, or one that keeps it to itself."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError:
        return ""
    if not _ANY.fullmatch(host):
        return ""
    for pattern, path, names in _IN_QUERY:
        if pattern.fullmatch(host) and path.fullmatch(parts.path or "/"):
            return _parameter(parts.query, names)
    for pattern, read in _SPECIAL:
        if pattern.fullmatch(host):
            return read(parts, host)
    return ""


def _parameter(query: str, names: tuple[str, ...]) -> str:
    given = _parameters(query)
    return next((found for name in names if (found := _address(given.get(name, "")))), "")


def _parameters(query: str) -> dict[str, str]:
    """The first of each name."""
    if query.count("&") >= _MAX_PARAMETERS:
        return {}
    found: dict[str, str] = {}
    for name, value in parse_qsl(query, errors="replace"):
        found.setdefault(name.lower(), value)
    return found


def _address(text: str) -> str:
    """What was escaped once too often is read once more."""
    if re.match(r"(?i)https?%3a", text):
        text = unquote(text)
    return absolute("", text)


def _after(parts: SplitResult, path: str) -> str:
    """The address that a path ends with; the query is its query."""
    if re.match(r"(?i)https?%3a", path):
        return _address(path)
    if found := re.match(r"(?i)(https?):/{1,2}(?=[^/])", path):  # servers fold the two slashes
        path = f"{found[1]}://{path[found.end() :]}"
    else:
        path = f"https://{path}"
    return absolute("", path + (f"?{parts.query}" if parts.query else ""))


def _cache(parts: SplitResult, host: str) -> str:
    """AMP caches: `/c/s/outlet.example/a`, where `s` says https."""
    del host
    found = re.match(r"/(?:amp|[acviwr](?:/[cb])?)/(s/)?(.+\..+)", parts.path)
    return _after(parts, f"http{'s' if found[1] else ''}://{found[2]}") if found else ""


def _google(parts: SplitResult, host: str) -> str:
    return _cache(parts, host) if parts.path.startswith("/amp/") else ""


def _cached_copy(parts: SplitResult, host: str) -> str:
    del host
    found = re.match(r"cache:(?:[\w-]{8,20}:)?(\S+)", _parameters(parts.query).get("q", ""))
    return _address(found[1]) or absolute("", f"https://{found[1]}") if found else ""


def _archive(parts: SplitResult, host: str) -> str:
    del host
    found = re.match(r"/(?:web/)?(?:\d{4,14}(?:[a-z]{2}_)?|newest|\*)/(.+\..+)", parts.path)
    return _after(parts, found[1]) if found else ""


def _bing(parts: SplitResult, host: str) -> str:
    del host
    packed = _parameters(parts.query).get("u", "") if parts.path.startswith("/ck/a") else ""
    return absolute("", _decoded(packed[2:])) if packed.startswith("a1") else ""


def _yahoo(parts: SplitResult, host: str) -> str:
    del host
    found = re.search(r"/RU=([^/]+)", parts.path)
    return _address(unquote(found[1])) if found else ""


def _translated(parts: SplitResult, host: str) -> str:
    """`www-outlet-example.translate.goog`: a dot is a hyphen, a hyphen two."""
    name = host.removesuffix(".translate.goog").replace("--", "\0").replace("-", ".").replace("\0", "-")
    return _after(parts, name + parts.path) if "." in name else ""


def _turbo(parts: SplitResult, host: str) -> str:
    del host
    found = re.match(r"/(?:turbo/)?([\w.-]+\.[\w-]+)/s(/.*)", parts.path)
    return _after(parts, found[1] + found[2]) if found else ""


def _whole_query(parts: SplitResult, host: str) -> str:
    del host
    return _address(parts.query)


def _feedblitz(parts: SplitResult, host: str) -> str:
    del host
    found = re.search(r"/~(https?:.+)", parts.path)
    return _after(parts, found[1]) if found else ""


def _urldefense(parts: SplitResult, host: str) -> str:
    del host
    if parts.path.startswith("/v3/__"):
        return _third_defence(parts)
    said = _parameters(parts.query).get("u", "")
    if parts.path.startswith("/v2/"):
        said = unquote(said.replace("-", "%").replace("_", "/"))
    return _address(said)


def _third_defence(parts: SplitResult) -> str:
    """What is not plain is a `*` in the address, and stands behind it in base 64; `**A` is a run of them."""
    whole = parts.path.removeprefix("/v3/__") + (f"?{parts.query}" if parts.query else "")
    address, mark, rest = whole.partition("__;")
    if not mark:
        return ""
    letters = iter(_decoded(rest.partition("!!")[0]))

    def put_back(star: re.Match[str]) -> str:
        count = _RUN.index(star[1]) + 2 if star[1] else 1
        return "".join(next(letters, "") for _ in range(count))

    address = re.sub(r"\*(?:\*([A-Za-z0-9_-]))?", put_back, address)
    return absolute("", re.sub(r"(?i)^(https?):/(?=[^/])", r"\1://", address))


_RUN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def _decoded(packed: str) -> str:
    try:
        return urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


_SPECIAL: tuple[tuple[re.Pattern[str], Callable[[SplitResult, str], str]], ...] = tuple(
    (re.compile(host), read)
    for host, read in (
        (r"(?:[\w-]+\.)?(?:cdn\.ampproject\.org|bing-amp\.com)", _cache),
        (r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}", _google),
        (r"(?:www\.)?news\.google\.com", lambda parts, _: googlenews.inner_url(parts.geturl())),
        (r"webcache\.googleusercontent\.com", _cached_copy),
        (r"web\.archive\.org|archive\.(?:is|today|ph|md|li|vn|fo)", _archive),
        (r"(?:www\.)?bing\.com", _bing),
        (r"r\.search\.yahoo\.com", _yahoo),
        (r"[\w-]+\.translate\.goog", _translated),
        (r"(?:[\w-]+\.)?turbopages\.org", _turbo),
        (r"href\.li|(?:www\.)?nullrefer\.com|anonym\.to", _whole_query),
        (r"feeds\.feedblitz\.com", _feedblitz),
        (r"urldefense(?:\.proofpoint)?\.com", _urldefense),
    )
)
_ANY = re.compile("|".join(f"(?:{host.pattern})" for host in (*(x[0] for x in _IN_QUERY), *(x[0] for x in _SPECIAL))))
