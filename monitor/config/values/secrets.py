"""Secrets, as they are or from a file, and what is sent along with requests."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from monitor.config.document import Decimal, Integer
from monitor.config.expand import Unset
from monitor.config.values.places import check_url
from monitor.config.values.plain import as_text, bad, describe, folder_of, nothing_more
from monitor.core.model import Secret

MAX_BYTES = 65_536


def as_secret(value: object) -> Secret:
    match value:
        case Unset():
            raise nothing_more()
        case Integer() | Decimal():
            return Secret(value.text)
        case str() if value.strip():
            return Secret(value)
        case str() | None:
            raise bad(
                "the secret is empty",
                "write it, or take it from a variable (${NAME}) or a file (the key ending in _file)",
            )
        case bool():
            raise bad("true or false where a secret belongs", "put it in quotes")
        case _:
            raise bad(f"{describe(value)} where a secret belongs")


def read_secret(value: object, folder: Path) -> Secret:
    """The name of the file is not repeated either: now and then it is the secret itself that stands there."""
    name = as_text(value, "the name of a file").strip()
    try:
        with (folder / Path(name).expanduser()).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise bad("this file does not exist", f"create it; relative names begin at {folder}") from None
    except IsADirectoryError:
        raise bad("this is a folder where a file belongs") from None
    except PermissionError:
        raise bad("this file may not be read", "give this user the right to read it") from None
    except (OSError, ValueError, RuntimeError) as error:
        raise bad(f"this file can't be read ({getattr(error, 'strerror', None) or 'not the name of a file'})") from None
    if len(content) > MAX_BYTES:
        raise bad("this file is too long for a secret")
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise bad("this file is not UTF-8 text") from None
    if not text:
        raise bad("this file is empty", "write the secret into it")
    return Secret(text)


def as_secret_file(value: object, info: ValidationInfo) -> Secret:
    return read_secret(value, folder_of(info))


_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")


def _named_secrets(value: object, info: ValidationInfo, what: str) -> dict[str, Secret]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise bad(f"{describe(value)} where a mapping of {what}s belongs", "write {Name: value}")
    found: dict[str, Secret] = {}
    for key, given in value.items():
        name = key.removesuffix("_file")
        if not _HEADER.fullmatch(name):
            # Not repeated: `Name:value` without a space after the colon is a name with a secret in it.
            raise bad(f"this is not the name of a {what}", "write {Name: value}", inside=(key,), on_key=True)
        try:
            secret = as_secret(given) if name == key else read_secret(given, folder_of(info))
        except PydanticCustomError as error:
            context = error.context
            raise (bad(context["what"], context["remedy"], inside=(key,)) if context else error) from None
        if not re.fullmatch(r"[\x20-\x7e\t]+", secret.reveal()) or (what == "cookie" and ";" in secret.reveal()):
            raise bad(f"the value of this {what} holds characters that can't be sent", inside=(key,))
        if name in found:
            raise bad(f"this {what} is given twice", "keep one of them", inside=(key,), on_key=True)
        found[name] = secret
    return found


def as_headers(value: object, info: ValidationInfo) -> dict[str, Secret]:
    return _named_secrets(value, info, "header")


def as_cookies(value: object, info: ValidationInfo) -> dict[str, Secret]:
    return _named_secrets(value, info, "cookie")


def as_proxy(value: object) -> Secret:
    address = as_secret(value).reveal().strip()
    if check_url(address)[0]:
        remedy = "write http://HOST:PORT; other kinds of proxy are not built in"
        raise bad("the proxy is not an http:// or https:// address", remedy)
    return Secret(address)


def as_proxy_file(value: object, info: ValidationInfo) -> Secret:
    return as_proxy(read_secret(value, folder_of(info)).reveal())
