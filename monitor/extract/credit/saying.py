"""What the words around an outlet's name say that it is there for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.core.model import Credit, CreditKind
from monitor.extract.credit.outlets import Named, outlets_in
from monitor.extract.credit.people import leading, person_in, signing
from monitor.extract.credit.phrases import (
    BEFORE_BRACKET,
    BEFORE_DASH,
    BETWEEN,
    BY,
    CITY_AFTER,
    CJK_BEFORE,
    CJK_DATELINE,
    CLOSE_END,
    DASH,
    GIVES_AFTER,
    GIVES_BEFORE,
    OF_THIS,
    OPEN_END,
    REPORT,
    SAYS_AFTER,
    SAYS_BEFORE,
    SOURCE,
    THERE_AFTER,
    UNKNOWN,
    WAS_THERE,
)
from monitor.text.plain import one_line

LINE = 600
"""Characters of a line that are looked at, from either end."""


_BETWEEN_DASHES = re.compile(rf"\s?(?:,|/|\||{DASH})\s?(?P<who>[^\n,;:|/()–—]{{4,60}}?)\s(?:{DASH}{{1,2}}|\|)\s")
"""What stands between the outlet and the text: a reporter, or a city."""


def dateline(named: Named, before: str, after: str) -> Credit | None:
    starts = not before.strip(" \t\"'“«(（[【/")
    bracketed = bool(BEFORE_BRACKET.fullmatch(before))
    if starts and not before.strip():
        parted = (
            CJK_DATELINE.match(after)
            or CITY_AFTER.match(after)
            or re.match(rf"\s?(?:{DASH}{{1,2}}|\|)\s|\s?/\s|:\s|、", after)
        )
        if parted and (named.sure or after.lstrip()[:1] != ":"):
            who = _BETWEEN_DASHES.match(after)
            return Credit(outlet=named.name, reporter=signing(who["who"]) if who else "", how=CreditKind.DATELINE)
        return None
    if len(before) > 80:
        return None
    if bracketed and re.match(r"[^()（）\n]{0,30}[)）\]/】]", after):
        closes = re.match(
            rf"[^()（）\n]{{0,30}}[)）\]/】]\s?[.,]?\s?(?:{DASH}|[A-Z]{{3,}},|:)|[^()\n/]{{0,30}}/\.\s", after
        )
        if (
            closes
            or (len(after) > 25 and starts)
            or re.match(r"\W{0,3}[^\W\d_a-zа-яёіїєґ][^a-zа-яёіїєґ\n]{1,60}\Z", before)
        ):
            return Credit(outlet=named.name, how=CreditKind.DATELINE)
        return None
    if BEFORE_DASH.fullmatch(before) and re.match(rf"\s?(?:{DASH}{{1,2}}|:|\|)\s?(?=\S)|\.\s", after):
        closing = after.lstrip()[:1]
        if closing == "." and not re.search(rf"{DASH}\s?\Z", before):
            return None
        return Credit(outlet=named.name, how=CreditKind.DATELINE)
    return None


def reposted(named: Named, before: str, after: str) -> Credit | None:
    before = before[-120:]
    if (WAS_THERE.search(before) or THERE_AFTER.match(after)) and OF_THIS.search(before + after[:30]):
        return Credit(outlet=named.name, how=CreditKind.REPOSTED)
    return None


def reposted_unknown(line: str) -> Iterator[Credit]:
    """Words that leave no doubt make an outlet of any name."""
    for match in UNKNOWN.finditer(line[: 2 * LINE]):
        name = one_line(match["id"] or match["en"] or "").strip(" .,")
        if name[:1].isupper() and not outlets_in(name):
            yield Credit(outlet=name, how=CreditKind.REPOSTED)


def signature(named: Named, before: str, after: str, *, alone: bool = False) -> Credit | None:
    """A line of its own that says who wrote: `Source: …`, `By Ana Wulan, …`, `Laporan Wartawan …, Ana Wulan`."""
    if not named.known:
        return None
    rest = after.strip(" \t.)）]|")
    if SOURCE.search(before):
        reporter = person_in(rest.lstrip(",/ ")) if rest[:1] in ",/" else ""
        return Credit(outlet=named.name, reporter=reporter, how=CreditKind.SOURCE) if len(rest) < 60 else None
    if REPORT.fullmatch(before):
        reporter = person_in(leading(rest.lstrip(",:;-–—/ ")))
        return Credit(outlet=named.name, reporter=reporter, how=CreditKind.BYLINE)
    if not before.strip(" \t(（["):
        if after[:1] in ",/|-–—" or after[:2] in (" -", " –", " —", " |", " /"):
            reporter = person_in(rest.lstrip(",/|-–— "))
            if reporter:
                return Credit(outlet=named.name, reporter=reporter, how=CreditKind.BYLINE)
        if alone and not rest and not before.strip() and named.sure and len(named.name) > 3:
            return Credit(outlet=named.name, how=CreditKind.BYLINE)
        return None
    if not rest:
        by = BY.match(before)
        person = before[by.end() :] if by else before
        if by and not person.strip():
            return Credit(outlet=named.name, how=CreditKind.BYLINE)
        cut = BETWEEN.sub("", person)
        reporter = person_in(cut)
        if reporter and (by or (cut != person and named.sure)):
            return Credit(outlet=named.name, reporter=reporter, how=CreditKind.BYLINE)
    return None


def bracketed(named: Named, before: str, after: str) -> Credit | None:
    if CLOSE_END.match(after) and OPEN_END.search(before):
        return Credit(outlet=named.name, how=CreditKind.BRACKETED)
    return None


def contributed(named: Named, before: str, after: str) -> Credit | None:
    if GIVES_AFTER.match(after) or GIVES_BEFORE.search(before[-100:]):
        return Credit(outlet=named.name, how=CreditKind.CONTRIBUTED)
    return None


def cited(named: Named, before: str, after: str) -> Credit | None:
    if named.sure and (
        SAYS_BEFORE.search(before[-80:]) or SAYS_AFTER.match(after[:60]) or CJK_BEFORE.search(before[-8:])
    ):
        return Credit(outlet=named.name, how=CreditKind.CITED)
    return None
