"""URLs: made absolute, made comparable. No look-ups: what a URL names is judged by its letters alone."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

import idna

MAX_LENGTH = 4096

_SPACES = re.compile(r"[\t\r\n]+")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PLAIN = re.compile(r"[A-Za-z0-9/._~=+,-]*")
_HOST = re.compile(r"[^\s/?#@\\<>\"'%|^`{}\x00-\x20]+")
_DEFAULT_PORTS = {"http": 80, "https": 443}

# Parameters that say how a reader came here, never what is shown.
_TRACKING_PREFIXES = (
    "utm_",
    "mtm_",
    "pk_",
    "piwik_",
    "hsa_",
    "at_medium",
    "at_campaign",
    "at_link",
    "wt_",
    "ns_",
    "xtor",
)
_TRACKING = frozenset(
    [
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "ysclid",
        "twclid",
        "ttclid",
        "igshid",
        "igsh",
        "mc_cid",
        "mc_eid",
        "_ga",
        "_gl",
        "_hsenc",
        "_hsmi",
        "mkt_tok",
        "vero_id",
        "oly_anon_id",
        "oly_enc_id",
        "rb_clid",
        "s_cid",
        "icid",
        "ncid",
        "cmpid",
        "ocid",
        "srsltid",
        "ref_src",
        "ref_url",
        "__twitter_impression",
        "traffic_source",
        "spm",
        "feature_ref",
        "at_bbc_team",
        "smid",
        "soc_src",
        "soc_trk",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
        "wpisrc",
        "ito",
        "cid_source",
        "amp_js_v",
        "amp_gsa",
        "usqp",
        "outputtype",
        "shareid",
        "share_id",
        "echobox",
    ]
)
_AMP_PARAMETERS = frozenset({"amp", "amp_js_v", "amp_gsa", "usqp", "outputtype"})
_REGISTRY_LABELS = frozenset(
    {"co", "com", "org", "net", "gov", "go", "ac", "edu", "or", "ne", "in", "web", "gob", "gouv"}
)
_DRESS = ("www", "m", "mobile", "amp", "wap")
"""First labels that name a dress of the site and not a part of it."""


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
    if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname or (port is not None and port == 0):
        return ""
    if not _HOST.fullmatch(parts.hostname) or len(url) > MAX_LENGTH:
        return ""
    return url.replace(" ", "%20")


def canonical_url(url: str) -> str:
    """A key: two addresses of one article give the same one. Not meant to be visited. '' for what is no URL."""
    url = absolute("", url)
    for _ in range(3):
        inner = _unwrapped(url)
        if not inner or inner == url:
            break
        url = inner
    if not url:
        return ""
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    port = parts.port
    host = _bare_host(_ascii_host(parts.hostname or ""))
    if port is None or port == _DEFAULT_PORTS[scheme]:
        scheme, netloc = "https", host  # both schemes serve the same article
    else:
        netloc = f"{host}:{port}"
    if ":" in host and not host.startswith("["):
        netloc = netloc.replace(host, f"[{host}]", 1)
    path = _path(parts.path)
    return urlunsplit((scheme, netloc, path, _query(parts.query, host), ""))


def site_of(url: str) -> str:
    """The host as people name the site: lower case, without `www.`; '' when there is none."""
    try:
        host = (urlsplit(url.strip()).hostname or "").rstrip(".")
    except ValueError:
        return ""
    host = host.lower()
    return host.removeprefix("www.") if host.count(".") > 1 else host


def _ascii_host(host: str) -> str:
    host = host.lower().rstrip(".")
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return quote(host, safe="")


def _bare_host(host: str) -> str:
    """Without the label that names a dress (`m.`, `amp.`, `www.`), as long as a registrable name remains."""
    for _ in range(2):
        first, _, rest = host.partition(".")
        labels = rest.split(".")
        if first not in _DRESS or len(labels) < 2 or labels[-1].isdigit():
            break
        if len(labels) == 2 and labels[0] in _REGISTRY_LABELS and len(labels[1]) == 2:
            break
        host = rest
    return host


def _normal_escapes(text: str, safe: str) -> str:
    def fold(match: re.Match[str]) -> str:
        byte = int(match[1], 16)
        return chr(byte) if byte in _UNRESERVED else match[0].upper()

    if _PLAIN.fullmatch(text):
        return text
    return quote(_ESCAPE.sub(fold, text), safe=safe + "%", errors="replace")


def _path(path: str) -> str:
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if kept:
                kept.pop()
        elif part not in ("", "."):
            kept.append(part)
    if len(kept) > 1 and kept[-1].lower() == "amp":
        kept.pop()
    elif kept and kept[-1].lower().endswith((".amp", ".amp.html")):
        kept[-1] = re.sub(r"(?i)\.amp(\.html)?$", lambda m: m[1] or "", kept[-1])
    return "/" + _normal_escapes("/".join(kept), "/:@!$&'()*+,;=~-._") if kept else ""


def _query(query: str, host: str) -> str:
    kept = []
    for part in re.split("[&;]", query) if query else ():
        name = unquote(part.partition("=")[0]).lower()
        if not part or name in _TRACKING or name in _AMP_PARAMETERS or name.startswith(_TRACKING_PREFIXES):
            continue
        if name == "m" and ".blogspot." in f".{host}":
            continue
        kept.append(_normal_escapes(part, "/:@!$'()*+,=~-._?"))
    return "&".join(kept)


def _unwrapped(url: str) -> str:
    """The address inside a wrapper's (AMP caches, link redirectors that carry it in the open); '' when it is none."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if host.endswith(".cdn.ampproject.org") or (host.startswith("www.google.") and parts.path.startswith("/amp/")):
        found = re.match(r"/(?:amp|[acvi](?:/c)?)/(s/)?(.+)", parts.path)
        return absolute("", f"http{'s' if found[1] else ''}://{found[2]}") if found else ""
    wrapped = {"/url": ("q", "url"), "/l.php": ("u",)}.get(parts.path)
    if wrapped and (host.startswith("www.google.") or host in ("l.facebook.com", "lm.facebook.com")):
        given = dict(parse_qsl(parts.query, max_num_fields=50)) if parts.query.count("&") < 50 else {}
        return next((inner for name in wrapped if (inner := absolute("", given.get(name, "")))), "")
    return ""
