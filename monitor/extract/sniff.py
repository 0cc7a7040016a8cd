"""What a document is, for sources that do not say: told from its beginning, cheaply."""

from __future__ import annotations

import re
from collections.abc import Mapping

from monitor.extract.charset import decode
from monitor.extract.jsonfeeds import looks_like_json
from monitor.extract.repair import unpacked

_SITEMAP = re.compile(r"<(?:[\w-]{1,30}:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:[\w-]{1,30}:)?(?:rss|rdf:RDF|RDF|feed|channel)\b(?=[^<>]*>)", re.IGNORECASE)
_PAGE = re.compile(r"<!doctype\s+html|<html\b|<head\b|<body\b|<div\b", re.IGNORECASE)


def kind_of(body: bytes, headers: Mapping[str, str] | None = None) -> str:
    """`feed`, `sitemap` or `listing`; a document that is none of them is taken for a listing page."""
    body, _ = unpacked(body)
    if looks_like_json(body):
        return "feed"
    head = decode(body[:20_000], headers).text
    marks = (("sitemap", _SITEMAP), ("feed", _FEED), ("listing", _PAGE))
    found = [(m.start(), kind) for kind, mark in marks if (m := mark.search(head))]
    return min(found)[1] if found else "listing"
