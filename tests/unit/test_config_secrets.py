"""Secrets stay secret: in problems, in settings that are printed, whatever else is wrong with the file."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.channels.email import EmailOptions
from monitor.channels.telegram import TelegramOptions
from monitor.config import load
from monitor.core.errors import ConfigError

SECRETS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=6, max_size=30).map(lambda s: "\u03de" + s)
"""Each begins with a letter that no message of ours has."""

WAYS = st.sampled_from(["plain", "environment", "file"])
SPOILERS = st.sampled_from(
    ["", "unknown key", "wrong type", "bad query", "both", "in a list", "in a mapping", "number"]
)


@settings(deadline=None)
@given(SECRETS, WAYS, SPOILERS)
def test_no_secret_is_in_a_problem_or_in_printed_settings(secret: str, way: str, spoiler: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "secret").write_text(secret, encoding="utf-8")
        key, value = {
            "plain": ("{}", secret.replace("${", "$${")),
            "environment": ("{}", "${S}"),
            "file": ("{}_file", "secret"),
        }[way]
        held: object = {"in a list": [value], "in a mapping": {value: value}}.get(spoiler, value)
        data = {
            "web": {"listen": "127.0.0.1:1", key.format("token"): held},
            "sources": [
                {
                    "id": "a",
                    "url": "https://a.example",
                    "headers": {key.format("Authorization"): held},
                    "cookies": {key.format("c"): held},
                    key.format("proxy"): held,
                }
            ],
            "rules": [{"id": "r", "match": "AND" if spoiler == "bad query" else "word"}],
            "channels": {
                "t": {"kind": "telegram", "chat": 1, key.format("token"): held},
                "m": {
                    "kind": "email",
                    "host": "h",
                    "from": "a@b.example",
                    "to": "a@b.example",
                    key.format("password"): held,
                },
            },
        }
        if spoiler == "unknown key":
            data["channels"]["t"]["tokn"] = held  # type: ignore[index]  # a literal above
        if spoiler == "both":
            data["channels"]["t"]["token"] = data["channels"]["t"]["token_file"] = held  # type: ignore[index]  # the same
        if spoiler == "wrong type":
            data["channels"]["m"]["port"] = held  # type: ignore[index]  # the same
            data["channels"]["m"]["tls"] = "${S}"  # type: ignore[index]  # the same
            data["defaults"] = {"every": "${S}"}
        path = Path(folder, "config.yaml")
        path.write_text(json.dumps(data), encoding="utf-8")
        try:
            said = repr(load(path, {"S": secret}))
        except ConfigError as error:
            # A port is no secret: what is written there in the open may be repeated.
            said = str(error) if (way, spoiler) != ("plain", "wrong type") else ""
        assert "\u03de" not in said


def test_a_secret_file_is_read_beside_the_file_and_stripped(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "token").write_bytes(b"\xef\xbb\xbf  1:abc \r\n")
    (tmp_path / "run" / "smtp").write_text("pass word\n")
    path = tmp_path / "config.yaml"
    path.write_text(
        "web: {listen: '0.0.0.0:1', token_file: run/token}\n"
        "sources: [{id: a, url: 'https://a.example', headers: {X-Key_file: run/token}, proxy_file: run/proxy}]\n"
        f"channels:\n  t: {{kind: telegram, token_file: {tmp_path}/run/token, chat: 1}}\n"
        "  m: {kind: email, host: h, from: a@b.example, to: a@b.example, username: u, password_file: '${RUN}/smtp'}\n"
    )
    (tmp_path / "run" / "proxy").write_text("http://u:p@proxy.example:1\n")
    found = load(path, {"RUN": "run"})
    telegram, mail = (channel.options for channel in found.channels)
    assert isinstance(telegram, TelegramOptions)
    assert telegram.token.reveal() == "1:abc"
    assert isinstance(mail, EmailOptions)
    assert mail.password is not None
    assert mail.password.reveal() == "pass word"
    assert found.web is not None
    assert found.web.token is not None
    assert found.web.token.reveal() == "1:abc"
    (source,) = found.sources
    assert source.headers["X-Key"].reveal() == "1:abc"
    assert source.proxy is not None
    assert source.proxy.reveal() == "http://u:p@proxy.example:1"


def test_a_secret_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("1:abc")
    (tmp_path / "token").chmod(0)
    try:
        (tmp_path / "token").read_text()
    except PermissionError:
        pass
    else:
        pytest.skip("this user may read everything")
    path = tmp_path / "config.yaml"
    path.write_text("channels: {t: {kind: telegram, token_file: token, chat: 1}}")
    with pytest.raises(ConfigError, match="this file may not be read"):
        load(path, {})


def test_a_secret_file_as_long_as_a_novel_is_refused(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("x" * 70_000)
    path = tmp_path / "config.yaml"
    path.write_text("channels: {t: {kind: telegram, token_file: token, chat: 1}}")
    with pytest.raises(ConfigError, match="too long for a secret"):
        load(path, {})


def test_the_environment_is_not_repeated_even_where_no_secret_belongs(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        "timezone: ${S}\ndefaults: {every: '${S}', cap: '${S}', priority: '${S}', to: ['${S}']}\nstore: '${S}'\n"
        "web: {listen: '${S}'}\ntemplates: '${S}'\n"
        "sources: [{id: '${S}', url: '${S}', kind: '${S}', timezone: '${S}', full_text: '${S}', "
        "selectors: {item: '${S}['}}]\n"
        "rules: [{id: '${S}', match: 'entity:${S}', languages: ['${S}'], sources: ['${S}'], tags: ['${S}']}]\n"
        "channels: {t: {kind: '${S}'}, u: {kind: telegram, token: '1:a', chat: '${S}', topic: '${S}'},"
        " v: {kind: telegram, token: '1:a', chat: '${S}'}, w: {kind: telegram, token_file: '${S}', chat: 1}}\n"
    )
    for secret in ("hunter2", "hunter2 hunter2", "hunter2:hunter2", "https://hunter2@hunter2.example", "-1hunter2"):
        with pytest.raises(ConfigError) as caught:
            load(path, {"S": secret})
        assert "hunter2" not in str(caught.value)
