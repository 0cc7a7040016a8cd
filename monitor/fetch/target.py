"""From the text of a URL to the one parsed form that is both checked and connected to.

Two parsers that read one URL differently are how guards of this sort have been passed before; so nothing that has
more than one reading gets through, and no other parser sees the text afterwards.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple

import httpcore
import httpx

from monitor.core.ports import Trouble
from monitor.fetch.addresses import is_public
from monitor.fetch.errors import FetchError

DEFAULT_PORTS = {"http": 80, "https": 443}
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_BEFORE_QUERY = re.compile(r"[^?#]*")


class Target(NamedTuple):
    """A URL that was checked, in the forms in which a request needs it."""

    text: str
    scheme: str
    host: str
    port: int
    server: str
    """What politeness counts by."""
    netloc: bytes
    """For `Host`."""
    url: httpcore.URL


def target_of(url: httpx.URL) -> Target:
    """`url` comes from `parse_target` or `resolve_redirect`."""
    return Target(
        text=str(url),
        scheme=url.scheme,
        host=host_of(url),
        port=port_of(url),
        server=server_of(url),
        netloc=url.netloc,
        url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
    )


@lru_cache(maxsize=4096)
def known_target(text: str, allow_private: bool) -> Target:
    """For a URL that is asked for again and again: reading and checking its text gives the same each time. Where its
    name leads to is looked at with each connection."""
    return target_of(parse_target(text, allow_private=allow_private))


def parse_target(text: str, *, allow_private: bool) -> httpx.URL:
    """Raises `FetchError` for what is not a plain http(s) URL, or is one that literally names a forbidden address."""
    text = text.strip()
    before_query = _BEFORE_QUERY.match(text)
    if before_query is not None and "\\" in before_query.group():
        raise FetchError(Trouble.BAD_URL, "a backslash in a URL has two readings; neither is tried")
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError):  # its own text would quote the URL
        raise FetchError(Trouble.BAD_URL, "not a URL that can be read") from None
    return _checked(url, allow_private=allow_private)


def resolve_redirect(base: httpx.URL, location: str, *, allow_private: bool) -> httpx.URL:
    """`location` may be relative. The result is checked like any other target."""
    try:
        joined = str(base.join(location.strip().replace(" ", "%20")))
    except (httpx.InvalidURL, ValueError):
        raise FetchError(Trouble.BAD_URL, f"{base.host} redirects to something that is not a URL") from None
    return parse_target(joined, allow_private=allow_private)


def port_of(url: httpx.URL) -> int:
    return url.port or DEFAULT_PORTS[url.scheme]


def host_of(url: httpx.URL) -> str:
    """As it goes over the wire: lower case, IDNA."""
    return url.raw_host.decode("ascii")


def server_of(url: httpx.URL) -> str:
    """What politeness counts by: both default ports of a host are the same server, another port is another."""
    host, port = host_of(url), port_of(url)
    return host if port in DEFAULT_PORTS.values() else f"{host}:{port}"


def keeps_credentials(first: httpx.URL, then: httpx.URL) -> bool:
    """Whether what was meant for `first` may be sent to `then`: the same server, or its http made https."""
    if host_of(first) != host_of(then):
        return False
    if (first.scheme, port_of(first)) == (then.scheme, port_of(then)):
        return True
    return (first.scheme, port_of(first), then.scheme, port_of(then)) == ("http", 80, "https", 443)


def _checked(url: httpx.URL, *, allow_private: bool) -> httpx.URL:
    if url.scheme not in DEFAULT_PORTS:
        raise FetchError(Trouble.BAD_URL, "only http:// and https:// URLs are fetched")
    if url.userinfo:
        raise FetchError(Trouble.BAD_URL, "a user name in a URL is not sent; use `headers` for credentials")
    if url.port is not None and not 0 < url.port < 65536:
        raise FetchError(Trouble.BAD_URL, "the port is not between 1 and 65535")
    host = host_of(url).lower().removesuffix(".")
    literal = _literal(host)
    if literal is not None and not allow_private and not is_public(literal):
        raise forbidden(host, str(literal))
    if host != host_of(url):
        url = url.copy_with(host=host)
    return url.copy_with(fragment=None) if url.fragment else url


def forbidden(host: str, address: str) -> FetchError:
    names = address if host == address else f"{host} ({address})"
    return FetchError(
        Trouble.FORBIDDEN_ADDRESS,
        f"{names} is not a public address; `allow_private: true` lets a source of your own network be read",
    )


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    """The address that the host is, or None when it is a name. A host that could be taken for either is refused."""
    if ":" in host:
        if "%" in host:
            raise FetchError(Trouble.BAD_URL, "an address with a zone is not fetched")
        try:
            return IPv6Address(host)
        except ValueError:
            raise FetchError(Trouble.BAD_URL, "not an IPv6 address") from None
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        try:
            return IPv4Address(host)
        except ValueError:
            raise FetchError(
                Trouble.FORBIDDEN_ADDRESS,
                f"{host[:60]} is no plain IPv4 address, nor a name; write four decimal numbers",
            ) from None
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise FetchError(Trouble.BAD_URL, "the URL has no proper host name")
    return None
