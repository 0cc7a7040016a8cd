"""What stands in the place of a document: pages that check for a browser, and pages that only a browser can fill."""

from __future__ import annotations

import re
from collections.abc import Mapping

LOOKED_AT = 65_536
"""Bytes of a page that are looked at."""


_MARKS = (
    ("Cloudflare", rb"challenges\.cloudflare\.com|/cdn-cgi/challenge-platform/|_cf_chl_opt|cf-browser-verification"),
    ("Cloudflare", rb"<title>(?:Just a moment|Attention Required! \| Cloudflare)"),
    ("DataDome", rb"captcha-delivery\.com|dd=\{'rt':"),
    ("Imperva", rb"_Incapsula_Resource|Incapsula incident ID"),
    ("HUMAN", rb"px-captcha|perimeterx\.net|_pxAppId"),
    ("Akamai", rb"errors\.edgesuite\.net|/_sec/cp_challenge/|akamai-bot-manager"),
    ("AWS WAF", rb"awsWafCookieDomainList|token\.awswaf\.com|AwsWafIntegration"),
    ("Sucuri", rb"sucuri_cloudproxy_js|Sucuri WebSite Firewall"),
    ("DDoS-Guard", rb"ddos-guard\.net|/\.well-known/ddos-guard/"),
    ("Anubis", rb"/\.within\.website/x/cmd/anubis/"),
    ("Vercel", rb"Vercel Security Checkpoint"),
    ("a captcha", rb"<title>[^<]{0,60}(?:captcha|are you (?:a )?(?:human|robot)|bot verification|human verification)"),
    ("a captcha", rb"<title>[^<]{0,60}(?:security check|access denied)"),
)  # fmt: skip
_ANY_MARK = re.compile(b"|".join(b"(" + mark + b")" for _, mark in _MARKS), re.IGNORECASE)
_SMALL = 30_000
"""Characters: an article that quotes such a mark is longer; a challenge page is a script and a sentence."""
_TAG = re.compile(rb"<[^<>]*>")
_SCRIPTS = re.compile(rb"<(script|style|svg|template)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_SHELL = re.compile(
    rb"<div\b[^<>]*\bid=[\"']?(?:root|app|__next|__nuxt|___gatsby|main-app|svelte|q-app|ember\d*)\b|"
    rb"<app-root\b|\bng-app\b",
    re.IGNORECASE,
)
_WITHOUT_SCRIPTS = re.compile(rb"<noscript\b[^<>]*>", re.IGNORECASE)
_MAX_NOTE = 2_000
"""Bytes of a `<noscript>` in which scripts are asked for."""
_LINK = re.compile(rb"<a\b[^<>]*\bhref", re.IGNORECASE)
_TEXT_OF_A_SHELL = 400
"""Bytes of text that an empty shell has at most."""


def challenge_of(status: int, headers: Mapping[str, str], body: bytes) -> str:
    """Whose check for browsers this answer is; '' when it is none. `headers` have names in lower case."""
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return "Cloudflare"
    if "x-datadome" in headers and status == 403:
        return "DataDome"
    if headers.get("x-amzn-waf-action", ""):
        return "AWS WAF"
    if len(body) > _SMALL and status < 400:
        return ""
    found = _ANY_MARK.search(body[:LOOKED_AT])
    if not found or (status < 400 and len(_LINK.findall(body)) > 10):
        return ""
    return next(name for (name, _), group in zip(_MARKS, found.groups(), strict=True) if group is not None)


def challenged(whose: str) -> str:
    """What a check for browsers means to an operator."""
    return (
        f"a check for browsers ({whose}) came instead; look for a feed or sitemap of the site (`monitor discover`), "
        "ask it to let you in, or use `cookies` of a session or a `proxy`"
    )


def is_empty_shell(body: bytes) -> bool:
    """Whether this is a page that shows nothing until its scripts have run."""
    head = body[: 4 * LOOKED_AT]
    small = head.lower()
    if b"<script" not in small or not (_SHELL.search(head) or _asks_for_scripts(small)):
        return False
    rest = _SCRIPTS.sub(b" ", head)
    shown = _TAG.sub(b" ", rest)
    return len(b" ".join(shown.split())) < _TEXT_OF_A_SHELL and len(_LINK.findall(rest)) < 5


def _asks_for_scripts(head: bytes) -> bool:
    for opening in _WITHOUT_SCRIPTS.finditer(head):
        note = head[opening.end() : opening.end() + _MAX_NOTE].partition(b"</noscript")[0]
        if b"javascript" in note or b"enable js" in note:
            return True
    return False
