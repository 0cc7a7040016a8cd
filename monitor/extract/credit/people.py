"""Names of people, as they sign."""

from __future__ import annotations

import re

from monitor.extract.credit.outlets import outlets_in
from monitor.text.plain import one_line

_NAME = re.compile(r"(?:(?:[^\W\d_][\w'’.-]{0,24}|[^\W\d_]\.)(?:\s|$)){2,5}|[\u3400-\u9fff]{2,4}|[\uac00-\ud7af]{2,4}")
_PARTICLE = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "der",
        "den",
        "van",
        "von",
        "und",
        "bin",
        "binti",
        "binte",
        "ibn",
        "al",
        "el",
        "la",
        "le",
        "y",
        "e",
        "dan",
        "ter",
        "zu",
        "af",
        "av",
    ]
)
_ROLE = re.compile(
    r"\b(?:staff|writer|editor|correspondent|reporter|team|redaksi|redaktion|redacción|rédaction|desk|newsroom|"
    r"agencies|wartawan|kontributor|jurnalis)\b.*",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:\A|[\s|,(])(?:penulis|reporter|wartawan|pewarta|jurnalis|author|autor|auteur|автор|reporting by|"
    r"laporan)\s?:\s?(?P<who>[^|/\n(),;:]{4,60})",
    re.IGNORECASE,
)


def signed(line: str) -> str:
    """The reporter in `Penulis: Ana Wulan | Editor: Budi`."""
    match = _SIGNED.search(line[-400:])
    return (
        person_in(re.split(r"\s(?:editor|penyunting|redaktur)\b", match["who"], maxsplit=1, flags=re.IGNORECASE)[0])
        if match
        else ""
    )


def leading(text: str) -> str:
    return re.split(r"[|;:(\n]|\s[-–—]\s", text, maxsplit=1)[0]


def person_in(text: str) -> str:
    """The name of a person that the text is; '' when it is anything else."""
    text = _ROLE.sub("", one_line(text)).strip(" ,./|-–—()&")
    if not 4 <= len(text) <= 60 and not _HAN_NAME.fullmatch(text):
        return ""
    words = text.split()
    if not _NAME.fullmatch(text) or outlets_in(text):
        return ""
    if any(w[:1].islower() and w.lower() not in _PARTICLE for w in words):
        return ""
    return text if not text.isupper() else text.title()


def signing(text: str) -> str:
    """The name of a person that stands where a city could stand as well; '' for what may be a place."""
    name = person_in(text)
    words = name.split()
    if len(words) < 2 or text.strip().isupper() or any(w.strip(".").lower() in _OF_PLACES for w in words):
        return ""
    return name


_OF_PLACES = frozenset(
    re.findall(
        r"[\w-]+",
        "new san los las santa santo sao são saint st fort port cape cabo rio el la le de den hong tel abu ras "
        "bandar bandung banda kuala tanjung pangkal palangka kota kabupaten pulau nusa jawa sumatera kalimantan "
        "sulawesi papua sri ho chi north south east west central upper lower utara selatan timur barat tengah "
        "tenggara raya besar city town beach island islands springs falls bay hill hills lake county valley lumpur "
        "haag delhi york orleans angeles aires janeiro paulo kong lanka korea zealand africa arabia emirates "
        "states kingdom republic federation united saudi aceh lampung bengkulu riau maluku bali lombok timor leste "
        "nizhny velikiy saint-petersburg washington addis ababa mexico panama guatemala salvador buenos mar del "
        "plata frankfurt am main bad ober unter neu novi nova novy nowy nuevo nueva ",
    )
)
"""Words that names of places of several words are made of."""


_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\uac00-\ud7af]{2,4}")
