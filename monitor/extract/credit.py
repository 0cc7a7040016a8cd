"""Whom a republisher names as its source: datelines, brackets, verbs of citing, in the languages of our readers."""

from __future__ import annotations

import re

# Outlets write their names in capitals, as a domain, or as a known agency.
_AGENCIES = (
    "Reuters|AFP|AP|Associated Press|The Associated Press|Antara|ANTARA|Bernama|Xinhua|TASS|ТАСС|РИА Новости|РИА|"
    "Интерфакс|Interfax|Укринформ|"
    "Ukrinform|УНИАН|dpa|DPA|EFE|Europa Press|ANSA|Lusa|PAP|ANP|Belga|TT|NTB|Ritzau|STT|CTK|ČTK|APA|Anadolu|AA|DHA|"
    "İHA|IRNA|WAM|SPA|KUNA|PTI|"
    "IANS|ANI|UPI|Yonhap|Kyodo|Jiji|CNN|BBC|Al Jazeera|Bloomberg|CNBC|Sky News|The Guardian|New York Times|"
    "The New York Times|Washington Post|"
    "The Washington Post|Wall Street Journal|The Wall Street Journal|Financial Times|Politico|Axios|Tribunnews|"
    "Kompas|Detik|Tempo|RIA Novosti"
)
_NAME = (
    rf"(?:{_AGENCIES}|[\w-]{{2,40}}\.(?:com|co\.id|id|net|org|ru|ua|de|fr|es|it|tv|news|my|sg)|"
    r"(?:(?:The|Al|El|La|Le|Die|Der)\s)?[A-ZÀ-ÞА-ЯІЇЄҐİŞĞÇ][\w’'-]{1,30}(?:\s(?:(?:of|de|la)\b|"
    r"[A-ZÀ-ÞА-ЯІЇЄҐİŞĞÇ][\w’'-]{0,30})){0,3})"
)
_DATELINE = re.compile(
    rf"\A\W{{0,3}}(?:[A-Z][A-Z .]{{2,30}},\s)?(?P<name>[\w-]{{2,40}}\.(?i:com|co\.id|co|id|net|org|tv|news)|"
    rf"(?i:(?:{_AGENCIES})(?:\.com)?))"
    r"\s?(?:,|\s[-–—]|:|\s?/)\s",
)
_BRACKETED = re.compile(rf"[(\[/](?:Foto:\s?)?(?P<name>{_AGENCIES})(?:/[\w\s.]{{1,40}})?[)\]/]")
_CONTRIBUTED = re.compile(rf"\b(?P<name>{_AGENCIES})\s(?:contributed|also contributed)\s(?:to|reporting)")
_CITED = re.compile(
    r"\b(?:"
    r"(?i:dilansir(?:\s(?:dari|oleh|laman|dari laman|kantor berita))?|dikutip(?:\s(?:dari|oleh|laman|dari laman))?|"
    r"melansir(?:\s(?:laman|dari))?|mengutip"
    r"(?:\s(?:laman|dari))?|seperti dilaporkan|menurut laporan|sumber\s?:|artikel ini telah tayang di"
    r"|according to(?: a report (?:by|in|from))?|citing|first reported by|originally (?:published|appeared) (?:on|"
    r"in|by)|source\s?:"
    r"|según(?:\s(?:informó|informa|la agencia))?|citado por|informó|fuente\s?:|selon|d'après|cité par|source\s?:"
    r"|laut|berichtet(?:e)?|quelle\s?:|secondo|riporta|fonte\s?:|segundo|de acordo com|per quanto riporta"
    r"|сообщает|передает|передаёт|пишет|сообщили в|со ссылкой на|источник\s?:|повідомляє|пише|з посиланням на|"
    r"передає|джерело\s?:"
    r"|za|według|podaje|źródło\s?:|volgens|bron\s?:|kaynak\s?:)"
    rf")\s(?:the\s|agency\s|kantor berita\s|агентство\s)?[«\"“]?(?P<name>{_NAME})"
)
_LOOSE = re.compile(
    r"(?i)\b(?:za|laut|selon|secondo|segundo|according to|según|informó|citing|volgens|berichtet|riporta|пишет|"
    r"według|podaje|de acordo com)\b"
)
_AGENCY = re.compile(
    rf"(?:{_AGENCIES})(?:\.com)?|[\w-]{{2,40}}\.(?:com|co\.id|id|net|org|ru|ua|de|fr|es|it|tv|news|my|sg)",
    re.IGNORECASE,
)


def credit_of(text: str, site: str = "") -> str:
    """The outlet that the text says it comes from, as written; '' when it names none but its own."""
    head = text[:1500]
    tail = text[-600:] if len(text) > 1500 else ""
    own = _key(site)
    for pattern, part in (
        (_DATELINE, head),
        (_BRACKETED, head[:400]),
        (_CITED, head),
        (_CITED, tail),
        (_BRACKETED, tail),
        (_CONTRIBUTED, text[-600:]),
    ):
        for found in pattern.finditer(part):
            name = found["name"].strip(" .,")
            # a person can be cited in the same words: after those an agency or an address is wanted
            if (
                pattern is _CITED
                and _LOOSE.search(found[0][: found.start("name") - found.start()])
                and not _AGENCY.fullmatch(name)
            ):
                continue
            key = _key(name)
            if key and not (own and (key in own or own in key)):
                return name
    return ""


def _key(name: str) -> str:
    name = re.sub(r"\.(?:com|co\.id|id|net|org|tv|news)$", "", name.strip().lower())
    return re.sub(r"[\W_]+", "", name)
