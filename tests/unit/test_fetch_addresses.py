"""The deny list, against a table written from the registries' words rather than from the code."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.addresses import is_public, is_public_text

FORBIDDEN = {
    "loopback": ["127.0.0.1", "127.255.255.255", "::1"],
    "private": ["10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255"],
    "link-local": ["169.254.0.1", "169.254.169.254", "fe80::1", "febf::1"],
    "carrier-grade NAT": ["100.64.0.1", "100.100.100.200", "100.127.255.255"],
    "multicast": ["224.0.0.1", "239.255.255.255", "ff02::1", "ff0e::1"],
    "reserved": ["240.0.0.1", "255.255.255.254", "4000::1", "5f00::1", "e000::1"],
    "broadcast": ["255.255.255.255"],
    "unspecified": ["0.0.0.0", "0.1.2.3", "::"],
    "documentation": ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1", "3fff:fff::1"],
    "benchmarks": ["198.18.0.1", "198.19.255.255", "2001:2::1"],
    "protocol assignments": ["192.0.0.1", "192.0.0.192", "192.0.0.255", "2001:1::1"],
    "mapped IPv4": ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:7f00:1"],
    "compatible IPv4": ["::127.0.0.1", "::8.8.8.8"],
    "NAT64": ["64:ff9b::127.0.0.1", "64:ff9b::808:808", "64:ff9b:1::1", "64:ff9b:1:ffff::a00:1"],
    "6to4": ["2002:7f00:1::", "2002:a00:1::1", "192.88.99.1"],
    "Teredo": ["2001:0:4136:e378:8000:63bf:3fff:fdd2"],
    "unique local": ["fc00::1", "fd00:ec2::254", "fdff::1"],
    "site-local": ["fec0::1", "feff::1"],
    "discard": ["100::1"],
    "a cloud's own": ["168.63.129.16"],
}
PUBLIC = ["1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "93.184.215.14", "100.63.255.255", "100.128.0.0",
          "2003::1", "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
          "191.255.255.255", "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
          "223.255.255.255",
          "2001:4860:4860::8888", "2606:4700::1111", "2a00:1450:4001::1", "240e::1"]  # fmt: skip


@pytest.mark.parametrize(("kind", "address"), [(kind, each) for kind, many in FORBIDDEN.items() for each in many])
def test_an_address_that_is_not_public_is_refused(kind, address):
    assert not is_public_text(address), kind


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_let_through(address):
    assert is_public_text(address)


@pytest.mark.parametrize(
    "text", ["", "localhost", "127.1", "0x7f.0.0.1", "1.1.1.1 ", "1.1.1.1.", "[::1]", "8.8.8.8/32"]
)
def test_what_is_not_an_address_is_not_public(text):
    assert not is_public_text(text)


def test_an_address_with_a_zone_is_judged_by_its_network():
    assert not is_public_text("fe80::1%eth0")


@given(st.ip_addresses(v=4))
def test_whatever_python_calls_private_is_refused_too(address):
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert not is_public(address)


@given(st.ip_addresses(v=6))
def test_the_same_for_ipv6(address):
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_site_local:
        assert not is_public(address)


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:{}", "::{}", "64:ff9b::{}"]))
def test_no_ipv4_address_gets_through_inside_an_ipv6_one(inner, form):
    assert not is_public(IPv6Address(form.format(inner)))


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_gets_through_inside_6to4(inner):
    assert not is_public(IPv6Address(int.from_bytes(b"\x20\x02" + IPv4Address(inner).packed + bytes(10), "big")))
