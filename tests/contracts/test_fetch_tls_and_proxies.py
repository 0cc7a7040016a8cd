"""The fetcher over TLS and through proxies."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from datetime import timedelta

import pytest

from monitor.core.model import Secret
from monitor.core.ports import Fetched, FetchRequest, Trouble
from monitor.fetch import HttpFetcher
from tests.servers.http import HttpServer

FEED = "<rss/>"

# A certificate of its own making for news.example and www.news.example, good for a hundred years and for nothing else.
CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIBsjCCAVigAwIBAgIUE4QZrAU9PEDduJe1T297BVDqMqwwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNbW9uaXRvciB0ZXN0czAgFw0yNjExMjMwMDA5NThaGA8yMTI2
MTAzMDAwMDk1OFowGDEWMBQGA1UEAwwNbW9uaXRvciB0ZXN0czBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABM+TO7p88JHqCvvxn1pr5rk/0hJ/uxXxRxOoENEfZAFu
vY0q5a+2GVki1KMLoKJ1Ob8HCcDAKMK6A95c7V94lZCjfjB8MB0GA1UdDgQWBBQx
NsfgGjDTOqtHsxpbA2Wi+fljJTAfBgNVHSMEGDAWgBQxNsfgGjDTOqtHsxpbA2Wi
+fljJTApBgNVHREEIjAgggxuZXdzLmV4YW1wbGWCEHd3dy5uZXdzLmV4YW1wbGUw
DwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA7+Js/LnYWJKQnFm8
wtVDOKpdr86pSNhTfnd4jFTC2egCIAnRIIy42hgMh4iAtV1XPA88IkwhGY6cFRAA
qXmiAPBR
-----END CERTIFICATE-----
"""
KEY = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgFeH/Zfai6FXXi0NJ
xtKsTWwIP1H20bhuTZcBBqYeP06hRANCAATPkzu6fPCR6gr78Z9aa+a5P9ISf7sV
8UcTqBDRH2QBbr2NKuWvthlZItSjC6CidTm/BwnAwCjCugPeXO1feJWQ
-----END PRIVATE KEY-----
"""


@pytest.fixture
def certificate(tmp_path, monkeypatch):
    path = tmp_path / "certificate.pem"
    path.write_text(KEY + CERTIFICATE)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


@pytest.fixture
async def secure(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    async with HttpServer(tls=context) as running:
        running.put("/feed", FEED)
        yield running


@pytest.fixture
async def server():
    async with HttpServer() as running:
        running.put("/feed", FEED)
        yield running


@pytest.fixture
async def fetcher():
    async def to_loopback(host, port):
        return ["127.0.0.1"]

    async with HttpFetcher(resolver=to_loopback) as running:
        yield running


def ask(url, **options) -> FetchRequest:
    return FetchRequest(url=url, **({"allow_private": True, "host_gap": timedelta(0)} | options))


@contextlib.asynccontextmanager
async def tunnel(port: int, *, answer: bytes = b"HTTP/1.1 200 Connected\r\n\r\n"):
    """A proxy that knows CONNECT only and leads to one port on loopback. Gives its URL and the heads that it got."""
    heads: list[str] = []
    tasks: set[asyncio.Task] = set()

    async def pump(reader, writer):
        with contextlib.suppress(OSError):
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def serve(reader, writer):
        tasks.add(asyncio.current_task())
        heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(answer)
        if b" 200 " in answer:
            there, away = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(pump(reader, away), pump(there, writer))
        writer.close()

    proxy = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}", heads
    finally:
        proxy.close()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_tls_keeps_the_name_while_the_address_is_the_checked_one(secure, fetcher):
    got = await fetcher.fetch(ask(f"https://news.example:{secure.port}/feed"))
    assert isinstance(got, Fetched)
    assert secure.requests[0].headers["host"] == f"news.example:{secure.port}"


async def test_a_certificate_for_another_name_is_refused(secure, fetcher):
    got = await fetcher.fetch(ask(f"https://other.example:{secure.port}/feed"))
    assert got.trouble is Trouble.TLS
    assert "other.example" in got.detail
    assert secure.requests == []
    assert fetcher._connections.open == 0


async def test_a_certificate_that_nobody_vouches_for_is_refused(secure, fetcher, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    got = await fetcher.fetch(ask(f"https://news.example:{secure.port}/feed"))
    assert got.trouble is Trouble.TLS


async def test_a_server_without_tls_is_a_tls_trouble(fetcher):
    async def plain(reader, writer):
        await reader.read(100)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    listener = await asyncio.start_server(plain, "127.0.0.1", 0)
    got = await fetcher.fetch(ask(f"https://news.example:{listener.sockets[0].getsockname()[1]}/"))
    listener.close()
    assert got.trouble is Trouble.TLS


async def test_a_handshake_that_never_ends_is_cut_off_and_leaves_no_connection(fetcher):
    gone = asyncio.Event()

    async def mute(reader, writer):
        await reader.read(-1)
        gone.set()
        writer.close()

    listener = await asyncio.start_server(mute, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    got = await fetcher.fetch(ask(f"https://news.example:{port}/", deadline=timedelta(seconds=0.3)))
    assert got.trouble is Trouble.TIMEOUT
    await gone.wait()
    listener.close()


async def test_secrets_do_not_go_from_https_to_http(secure, server, fetcher):
    secure.redirect("/old", f"http://news.example:{server.port}/feed")
    request = ask(f"https://news.example:{secure.port}/old", cookies={"session": Secret("hush")})
    assert isinstance(await fetcher.fetch(request), Fetched)
    assert "cookie" in secure.requests[0].headers
    assert "cookie" not in server.requests[0].headers


async def test_a_proxy_gets_the_whole_url_and_the_credentials_meant_for_it(server, fetcher):
    server.put("http://news.example/feed", FEED)
    proxy = Secret(f"http://user:word@127.0.0.1:{server.port}")
    got = await fetcher.fetch(ask("http://news.example/feed", proxy=proxy, allow_private=False))
    assert isinstance(got, Fetched)
    assert got.url == "http://news.example/feed"
    assert server.requests[0].headers["proxy-authorization"] == "Basic dXNlcjp3b3Jk"


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/", "http://127.0.0.1/", "http://[::1]/", "http://127.1/", "https://10.0.0.1/"]
)
async def test_a_proxy_is_no_way_around_the_guard_for_literal_addresses(server, fetcher, url):
    got = await fetcher.fetch(ask(url, proxy=Secret(server.url), allow_private=False))
    assert got.trouble is Trouble.FORBIDDEN_ADDRESS
    assert server.requests == []


async def test_a_redirect_through_a_proxy_is_checked_too(server, fetcher):
    server.redirect("http://news.example/feed", "http://192.168.1.1/admin")
    got = await fetcher.fetch(ask("http://news.example/feed", proxy=Secret(server.url), allow_private=False))
    assert got.trouble is Trouble.FORBIDDEN_ADDRESS
    assert len(server.requests) == 1


async def test_https_goes_through_a_tunnel(secure, fetcher):
    async with tunnel(secure.port) as (proxy, heads):
        got = await fetcher.fetch(ask("https://news.example/feed", proxy=Secret(proxy), allow_private=False))
        assert isinstance(got, Fetched)
        again = await fetcher.fetch(ask("https://news.example/feed", proxy=Secret(proxy), allow_private=False))
        assert isinstance(again, Fetched)
        assert [head.partition(" HTTP")[0] for head in heads] == ["CONNECT news.example:443"]
        await fetcher.aclose()


async def test_a_proxy_that_refuses_is_a_value_without_its_password(fetcher):
    async with tunnel(0, answer=b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n") as (proxy, _):
        secret = Secret(proxy.replace("http://", "http://user:word@"))
        got = await fetcher.fetch(ask("https://news.example/feed", proxy=secret, allow_private=False))
    assert got.trouble is Trouble.NO_CONNECTION
    assert "407" in got.detail
    assert "word" not in got.detail


@pytest.mark.parametrize(
    "proxy", ["socks5://user:word@127.0.0.1:1", "user:word@proxy", "http://", "http://user:word@", "\n"]
)
async def test_a_proxy_that_cannot_be_used_is_a_value_without_its_password(fetcher, proxy):
    got = await fetcher.fetch(ask("http://news.example/feed", proxy=Secret(proxy)))
    assert got.trouble is Trouble.BAD_URL
    assert "word" not in got.detail


async def test_a_proxy_that_is_down_is_a_value_without_its_password(server, fetcher):
    await server.stop()
    got = await fetcher.fetch(ask("http://news.example/", proxy=Secret(f"http://user:word@127.0.0.1:{server.port}")))
    assert got.trouble is Trouble.NO_CONNECTION
    assert "word" not in got.detail
