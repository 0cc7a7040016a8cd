"""Addresses of the web, of the store, of the status page; folders; places inside of a page."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationInfo

from monitor.config.values.plain import as_text, bad, folder_of, show


def check_url(text: str) -> tuple[str, str]:
    """What is wrong with an address, and what would be right; two empty texts when it is fine."""
    remedy = "write http://... or https://..."
    if re.search(r"[\s\\]|[\x00-\x1f\x7f]", text):
        return "an address holds a space, a backslash or a control character", "write it as the browser shows it"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "this is not an address that can be asked", remedy
    if parts.scheme not in ("http", "https"):
        named = f"'{parts.scheme}:' is" if parts.scheme and "://" in text else "without http:// or https:// this is"
        return f"{named} not an address that can be asked", remedy
    if not host or port == 0:
        return "this address names no host", remedy
    return "", ""


def as_url(value: object) -> str:
    text = as_text(value, "an address").strip()
    what, remedy = check_url(text)
    if what:
        raise bad(what, remedy)
    if "@" in urlsplit(text).netloc:
        raise bad(
            "the address holds a user name or password, and addresses are shown in logs and messages",
            'send it as a header: headers: {Authorization: "Basic ..."}',
        )
    return text


def as_listen(value: object) -> tuple[str, int]:
    text = as_text(value, "HOST:PORT").strip()
    remedy = "write HOST:PORT, such as 127.0.0.1:8080"
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.\-]+)):([0-9]{1,5})", text)
    if found is None or int(found[3]) > 65_535:
        raise bad(f"{show(value)} is not HOST:PORT" if isinstance(value, str) else "this is not HOST:PORT", remedy)
    host = found[1] or found[2]
    if found[1]:
        try:
            ip_address(host)
        except ValueError:
            raise bad(f"{show(value)} is not HOST:PORT", remedy) from None
    return host, int(found[3])


def as_store(value: object, info: ValidationInfo) -> str:
    text = as_text(value, "the address of a store").strip()
    remedy = "write sqlite:///data/monitor.db (three slashes; relative to this file)"
    scheme = text.partition(":")[0].lower()
    if scheme.startswith(("postgres", "postgresql")):
        raise bad("a PostgreSQL store is planned, not built yet", remedy)
    if not text.startswith("sqlite:///"):
        # Not repeated: such addresses hold passwords.
        raise bad("this is not a store that is known", remedy)
    name = text.removeprefix("sqlite:///")
    if (
        not name.strip("/")
        or name.endswith("/")
        or name.startswith((":memory:", "file:"))
        or re.search(r"[?#\x00-\x1f]", name)
    ):
        raise bad("this names no file for the store", remedy)
    path = folder_of(info) / name
    if path.is_dir():
        raise bad("the store is a folder where a file belongs", remedy)
    return f"sqlite:///{path}"


def is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def as_file_name(value: object, info: ValidationInfo) -> str:
    return str(folder_of(info) / as_text(value, "the name of a file").strip())


def as_folder(value: object, info: ValidationInfo) -> Path:
    name = as_text(value, "the name of a folder").strip()
    try:
        path = (folder_of(info) / Path(name).expanduser()).absolute()
        found = path.is_dir()
    except (OSError, ValueError, RuntimeError):
        found = False
    if not found:
        raise bad(f"there is no folder {show(value)}", "create it, or correct the name; it is relative to this file")
    return path


def as_selector(value: object) -> str:
    text = as_text(value, "a CSS selector").strip()
    open_brackets: list[str] = []
    quote = ""
    escaped = False
    for char in text:
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in "[(":
            open_brackets.append(char)
        elif char in "])" and (not open_brackets or open_brackets.pop() + char not in ("[]", "()")):
            open_brackets = ["?"]
            break
    if quote or open_brackets or escaped:
        raise bad(f"{show(value)} is not a CSS selector", "close every bracket and quote")
    if text[0] in ",/{}<" or text[-1] in ",>+~{" or "{" in text or text.startswith(("//", "xpath:")):
        raise bad(
            f"{show(value)} is not a CSS selector", "write something like 'article h2 a'; XPath is not understood"
        )
    return text
