"""A link as it stands in a document, made one absolute address or none; hosts and percent-encoding in one form."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit

import idna

MAX_LENGTH = 4096
DEFAULT_PORTS = {"http": 80, "https": 443}

_SPACES = re.compile(r"[\t\r\n]+")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})?")
_PLAIN = re.compile(r"[A-Za-z0-9/._~=,-]*")
_HOST = re.compile(r"[^\s/?#@\\<>\"'%|^`{}\x00-\x20]+")
UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_ALIKE = "!$'()*,:@"
"""Reserved, and yet the same to every server that is known, escaped or not."""


def absolute(base: str, href: str) -> str:
    """`href` as seen from `base`; '' when it leads to no http(s) page or cannot be used."""
    href = _SPACES.sub("", href.strip())
    if not href or len(href) > MAX_LENGTH:
        return ""
    if "\\" in href:  # a slash to browsers; parsers that disagree about it would see two hosts
        place, mark, rest = re.split(r"([?#].*|$)", href, maxsplit=1, flags=re.DOTALL)
        href = place.replace("\\", "/") + mark + rest
    try:
        url = urljoin(base, href) if base else href
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in DEFAULT_PORTS or not parts.hostname or (port is not None and port == 0):
        return ""
    if not _HOST.fullmatch(parts.hostname) or len(url) > MAX_LENGTH:
        return ""
    return url.replace(" ", "%20")


def site_of(url: str) -> str:
    """The host as people name the site: lower case, without `www.`; '' when there is none."""
    try:
        host = (urlsplit(url.strip()).hostname or "").rstrip(".")
    except ValueError:
        return ""
    host = host.lower()
    return host.removeprefix("www.") if host.count(".") > 1 else host


def ascii_host(host: str) -> str:
    """Lower case and IDNA; a name that IDNA refuses (emoji have been registered) as its letters give it."""
    host = host.lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii").rstrip(".")
    except (idna.IDNAError, UnicodeError):
        labels = (x if x.isascii() else "xn--" + _punycode(x) for x in host.split("."))
        return ".".join(labels)


def _punycode(label: str) -> str:
    return label.encode("utf-8", "replace").decode("utf-8").encode("punycode").decode("ascii").lower()


def normal_path(text: str) -> str:
    return normal_escapes(text, decoded=UNRESERVED + _ALIKE, safe="/;&=+")


def normal_parameter(text: str) -> str:
    """A part of a query; `+` is a space there."""
    return normal_escapes(text.replace("+", "%20"), decoded=UNRESERVED + _ALIKE + "/?", safe="=")


def normal_escapes(text: str, *, decoded: str, safe: str) -> str:
    """Escapes in one form: upper case, UTF-8, and none for `decoded` characters; a stray `%` becomes an escape."""
    if _PLAIN.fullmatch(text):
        return text

    def fold(match: re.Match[str]) -> str:
        if match[1] is None:
            return "%25"
        char = chr(int(match[1], 16))
        return char if char in decoded else match[0].upper()

    return quote(_ESCAPE.sub(fold, text), safe=decoded + safe + "%", errors="replace")
