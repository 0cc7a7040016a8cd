"""Bytes to text when nobody can be trusted: byte order marks, headers, declarations and detectors all lie sometimes.

What the bytes prove goes first (a mark, zeros at every other place, valid UTF-8); what is left is a legacy code page,
where every candidate is tried and the most plausible text wins.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from monitor.extract.plausible import plausibility

_SAMPLE = 60_000
_PIECE = 1_000_000
_MAX_PIECES = 100_000

_ALIASES = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis":
    "cp932",
    "windows-31j": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic", "windows-874": "cp874", "iso-8859-8-i": "iso-8859-8",
}  # fmt: skip
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape"})
"""Codecs of Python that are none of the web."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})|<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})",
    re.IGNORECASE,
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", re.IGNORECASE)
_BAD_UTF8 = "monitor.cp1252"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    text: str
    note: str = ""
    """What was wrong with what the document said of itself; '' when nothing was."""
    utf8_from: int | None = None
    """From where on the body is this text in UTF-8, if it is."""


def decode(body: bytes, headers: Mapping[str, str] | None = None) -> Decoded:
    """Never fails. Control characters and marks stay as they are."""
    for mark, codec in _MARKS:
        if body.startswith(mark):
            if codec == "utf-8":
                found = _utf8_or_legacy(body[len(mark) :], ())
                return found if found.utf8_from is None else replace(found, utf8_from=len(mark))
            return Decoded(text=body[len(mark) :].decode(codec, "replace"))
    if codec := _unmarked_wide(body):
        return Decoded(text=body.decode(codec, "replace"), note=f"{codec.upper()} without a mark")
    head = body[:4096]
    if head.startswith(b"\x4c\x6f\xa7\x94"):
        return _ebcdic(body)
    named = _named(head, headers or {})
    if body.isascii():
        return _seven_bits(body, named)
    return _utf8_or_legacy(body, named)


def known_codec(name: str) -> str:
    """The codec for a charset name as the web means it; '' when there is none that makes text of bytes."""
    name = name.strip().lower()
    name = _ALIASES.get(name, name)
    try:
        info = codecs.lookup(name)
        b"<a>\xff".decode(info.name, "replace")
    except (LookupError, UnicodeError, ValueError):
        return ""
    except Exception:  # noqa: BLE001 - a codec that is not for text may raise whatever it likes
        return ""
    return "" if info.name in _NO_CHARSETS else info.name


def _named(head: bytes, headers: Mapping[str, str]) -> tuple[str, ...]:
    names: list[str] = []
    content_type = next((v for k, v in headers.items() if k.lower() == "content-type"), "")
    if found := _HEADER.search(content_type):
        names.append(found[1])
    if declared := _DECLARED.search(head):
        names.append((declared[1] or declared[2]).decode("ascii"))
    return tuple(dict.fromkeys(codec for name in names if (codec := known_codec(name))))


def _unmarked_wide(body: bytes) -> str:
    sample = body[:200]
    for start, codec in ((b"\x00\x00\x00", "utf-32-be"), (b"<\x00\x00\x00", "utf-32-le")):
        if sample.startswith(start) and sample.count(0) > len(sample) // 2:
            return codec
    if len(sample) < 8 or sample.count(0) < len(sample) // 4:
        return ""
    even, odd = sample[0::2], sample[1::2]
    for zeros, others, codec in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros.count(0) > 0.6 * len(zeros) and others.count(0) < 0.1 * len(others):
            return codec
    return ""


def _ebcdic(body: bytes) -> Decoded:
    head = body[:200].decode("cp037", "replace")
    found = re.search(r"encoding\s*=\s*[\"']([\w.-]+)", head)
    codec = known_codec(found[1]) if found else ""
    return Decoded(text=body.decode(codec or "cp037", "replace"))


def _seven_bits(body: bytes, named: tuple[str, ...]) -> Decoded:
    """ASCII, or an encoding that hides behind it."""
    for codec in named:
        if codec.startswith("iso2022") or codec in ("hz", "utf-7"):
            try:
                return Decoded(text=body.decode(codec))
            except UnicodeError:
                break
    if b"\x1b$" in body:
        for codec in ("iso2022_jp_2", "iso2022_kr"):
            try:
                return Decoded(text=body.decode(codec), note=f"{codec} without a declaration")
            except UnicodeError:
                continue
    return Decoded(text=body.decode("ascii"), utf8_from=0)


def _utf8_or_legacy(body: bytes, named: tuple[str, ...]) -> Decoded:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        said = next((c for c in named if c != "utf-8"), "")
        return Decoded(text=text, note=f"is UTF-8, called itself {said}" if said else "", utf8_from=0)
    good, bad = _utf8_census(body)
    if (good >= 5 and bad * 2 < good) or (bad <= 2 and good >= 2):
        return Decoded(text=_mixed(body, named), note=f"{bad} bytes are not UTF-8")
    return _legacy(body, named)


def _mixed(body: bytes, named: tuple[str, ...]) -> str:
    """UTF-8 with a few bad bytes, or with pieces in an old code page: several systems may write one feed."""
    if body.count(b"<") > _MAX_PIECES:
        return body.decode("utf-8", _BAD_UTF8)
    pieces: list[str | bytes] = []
    for piece in re.split(rb"(?=<)", body):
        try:
            pieces.append(piece.decode("utf-8"))
        except UnicodeDecodeError:
            good, bad = _utf8_census(piece)
            pieces.append(piece if bad > max(good, 1) else piece.decode("utf-8", _BAD_UTF8))
    foreign = b"\n".join(piece for piece in pieces if isinstance(piece, bytes))
    codec = _best_codec(foreign, named, _language(body[:4096])) if foreign else ""
    return "".join(piece.decode(codec, "replace") if isinstance(piece, bytes) else piece for piece in pieces)


def _utf8_census(body: bytes) -> tuple[int, int]:
    """How many characters beyond ASCII are sound UTF-8, and how many sequences are not."""
    good = bad = 0
    for start in range(0, len(body), _PIECE):
        text = body[start : start + _PIECE].decode("utf-8", "surrogateescape")
        beyond = re.sub(r"[\x00-\x7f]+", "", text)
        good += len(re.sub(r"[\udc80-\udcff]+", "", beyond))
        bad += sum(1 for _ in re.finditer(r"[\udc80-\udcff]+", text))
    seams = (len(body) - 1) // _PIECE
    return good, max(bad - 2 * seams, bad > 0)


def _legacy(body: bytes, named: tuple[str, ...]) -> Decoded:
    best = _best_codec(body, named, _language(body[:4096]))
    said = named[0] if named else ""
    note = "" if best == said else f"is {best}, called itself {said}" if said else f"is {best}, and does not say so"
    return Decoded(text=body.decode(best, "replace"), note=note)


def _best_codec(body: bytes, named: tuple[str, ...], language: str) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 # 3 MB, for the few whose bytes prove nothing

    sample = _telling_sample(body)
    detected = list(from_bytes(sample, cp_isolation=_CANDIDATES, threshold=0.4))[:4]
    guesses = [codec for guess in detected if (codec := known_codec(guess.encoding))]
    at_home = _AT_HOME.get(language, ())
    best, best_score = "cp1252", -10.0
    for codec in dict.fromkeys([*named, *guesses, *at_home, "cp1252"]):
        if codec.startswith("utf") or codec == "ascii":
            continue
        text = sample.decode(codec, "replace")
        lost = text.count("\ufffd")
        score = plausibility(text) - (min(0.6, 0.1 + 5 * lost / max(1, len(text))) if lost else 0.0)
        score += 0.15 * (codec in named) + 0.05 * (codec == (guesses[0] if guesses else "")) + 0.1 * (codec in at_home)
        if score > best_score:
            best, best_score = codec, score
    return best


def _language(head: bytes) -> str:
    found = _LANGUAGE.search(head)
    return (found[1] or found[2]).decode("ascii").lower() if found else ""


_LANGUAGE = re.compile(
    rb"<(?:\w{1,10}:)?language>\s*(?:<!\[CDATA\[)?\s*([a-zA-Z]{2})\b|\blang\s*=\s*[\"']([a-zA-Z]{2})\b", re.IGNORECASE
)
_AT_HOME: Mapping[str, tuple[str, ...]] = {
    language: tuple(map(known_codec, pages.split()))
    for languages, pages in {
        "en de fr it es pt nl sv da no nb nn fi is ca eu gl ga id ms tl sw af sq": "cp1252 iso8859_15",
        "pl cs sk hu hr sl ro bs sr": "cp1250 iso8859_2",
        "ru uk be bg mk kk ky tg mn": "cp1251 koi8_r koi8_u",
        "tr az": "cp1254",
        "el": "cp1253 iso8859_7",
        "he iw": "cp1255",
        "ar fa ur": "cp1256",
        "lt lv et": "cp1257",
        "vi": "cp1258",
        "th": "cp874",
        "zh": "gb18030 big5 big5hkscs",
        "ja": "cp932 euc_jp",
        "ko": "cp949 euc_kr",
    }.items()
    for language in languages.split()
}
"""The code pages that a language was written in."""

_CANDIDATES = [
    "cp1252", "cp1251", "koi8_r", "koi8_u", "cp1250", "iso8859_2", "iso8859_5", "cp1253", "iso8859_7", "cp1254",
    "cp1255",
    "iso8859_8", "cp1256", "iso8859_6", "cp1257", "iso8859_4", "iso8859_13", "cp1258", "cp874", "gb18030", "big5",
    "big5hkscs",
    "euc_jp", "cp932", "cp949", "euc_kr", "johab", "iso8859_15", "iso8859_3", "iso8859_10", "iso8859_14", "iso8859_16",
    "mac_cyrillic", "mac_roman", "cp866", "cp855", "cp850", "cp437", "cp852",
]  # fmt: skip


def _telling_sample(body: bytes) -> bytes:
    """A part of a long body that holds its first bytes beyond ASCII, cut at line ends or blanks."""
    if len(body) <= _SAMPLE:
        return body
    found = re.search(rb"[\x80-\xff]", body)
    start = max(0, (found.start() if found else 0) - 1000)
    part = body[start : start + _SAMPLE]
    first, last = part.find(b" "), part.rfind(b" ")
    return part[first + 1 : last] if 0 <= first < last else part


def _bad_byte(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_BAD_UTF8, _bad_byte)
