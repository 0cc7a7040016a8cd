"""Which addresses the public internet may lead us to.

A list of our own: what `ipaddress` calls private has changed between Python versions and leaves out shared address
space, transition mechanisms that carry an inner IPv4 address, and addresses that cloud providers keep for themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_FORBIDDEN_V4 = tuple(
    IPv4Network(net)
    for net in (
        "0.0.0.0/8",  # "this network"; 0.0.0.0 reaches the machine itself
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, also some cloud metadata services
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud's internal service on an address that looks public
        "169.254.0.0/16",  # link-local, with most cloud metadata services
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, with the broadcast address
    )
)

# Only this block is handed out as public unicast. Outside it lie loopback, unspecified, mapped and compatible IPv4,
# NAT64 (64:ff9b::/96 and 64:ff9b:1::/48), discard, unique local, link-local, site-local and multicast.
_PUBLIC_V6 = IPv6Network("2000::/3")

_FORBIDDEN_V6 = tuple(
    IPv6Network(net)
    for net in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries an IPv4 address
        "3ffe::/16",  # a test network of the past
        "3fff::/20",  # documentation
    )
)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv4Address):
        return not _within(address, _FORBIDDEN_V4)
    return address in _PUBLIC_V6 and not any(address in net for net in _FORBIDDEN_V6)


def is_public_text(address: str) -> bool:
    """The same for an address in text; what is not an address is not public."""
    try:
        return is_public(ip_address(address))
    except ValueError:
        return False


def _within(address: IPv4Address, nets: Iterable[IPv4Network]) -> bool:
    return any(address in net for net in nets)
