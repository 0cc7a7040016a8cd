"""Dates as publishers write them, in their languages. Pure: there is no clock, so "two hours ago" is no date here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_OLDEST, _NEWEST = 1900, 2100
_MAX_LENGTH = 200

# Twelve names a line, earlier lines win where beginnings collide ("mar" is March before it is Finnish marraskuu).
# A month is also known by any beginning of three letters or more that fits no other month of its language.
_MONTHS = """\
january february march april may june july august september october november december
januari februari maret april mei juni juli agustus september oktober november desember
januari pebruari mac april mei jun julai ogos september oktober nopember disember
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
januar februar marz april mai juni juli august september oktober november dezember
janner feber maerz april mai juni juli august september oktober november dezember
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня
януари февруари март април май юни юли август септември октомври ноември декември
јануар фебруар март април мај јун јул август септембар октобар новембар децембар
ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر
يناير فبراير مارس ابريل مايو يونيه يوليه اغسطس سبتمبر اكتوبر نوفمبر ديسمبر
جانفي فيفري مارس افريل ماي جوان جويلية اوت سبتمبر اكتوبر نوفمبر ديسمبر
كانونالثاني شباط اذار نيسان ايار حزيران تموز اب ايلول تشرينالاول تشرينالثاني كانونالاول
ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
januari februari maart april mei juni juli augustus september oktober november december
styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien
stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
leden unor brezen duben kveten cerven cervenec srpen zari rijen listopad prosinec
ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince
januar februar marec april maj jun jul august september oktober november december
januara februara marca aprila maja juna jula augusta septembra oktobra novembra decembra
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november desember
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december
ιανουαριος φεβρουαριος μαρτιος απριλιος μαιος ιουνιος ιουλιος αυγουστος σεπτεμβριος οκτωβριος νοεμβριος δεκεμβριος
ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου οκτωβριου νοεμβριου δεκεμβριου
tammikuu helmikuu maaliskuu huhtikuu toukokuu kesakuu heinakuu elokuu syyskuu lokakuu marraskuu joulukuu
ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר
जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
"""
_SHORT = {"mrt": 3, "agt": 8, "juil": 7, "jui": 6, "dets": 12, "jly": 7, "мя": 5, "pzdz": 10, "mai": 5}
_JOINED = {"كانون الثاني": "كانونالثاني", "كانون الاول": "كانونالاول", "تشرين الاول": "تشرينالاول",
           "تشرين الثاني": "تشرينالثاني"}  # fmt: skip

_HOURS: Mapping[str, float] = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2,
    "eet": 2, "eest": 3, "msk": 3, "мск": 3, "msd": 4, "trt": 3, "tsi": 3, "wat": 1, "cat": 2, "sast": 2, "eat": 3,
    "ast": -4, "adt": -3, "est": -5, "edt": -4, "et": -5, "cst": -6, "cdt": -5, "ct": -6, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7, "pt": -8, "akst": -9, "akdt": -8, "hst": -10, "nst": -3.5, "ndt": -2.5, "brt": -3, "art": -3,
    "clt": -4, "clst": -3, "cot": -5, "pet": -5, "irst": 3.5, "gst": 4, "pkt": 5, "ist": 5.5, "npt": 5.75, "ict": 7,
    "wib": 7, "wita": 8, "wit": 9, "sgt": 8, "myt": 8, "hkt": 8, "pht": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5,
    "acdt": 10.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
_AMERICAN = frozenset({"est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "pst", "pdt", "pt"})

_ISO = re.compile(
    r"(?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2})(?:[T ]+|t)"
    r"(?P<H>\d{1,2})(?::?(?P<M>\d{2})(?::?(?P<S>\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(?P<zone>z|[+-]\d{1,2}:?\d{2}|[+-]\d{2})?\s*(?:\[[\w/+-]+\])?",
    re.IGNORECASE,
)
_ISO_DAY = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?)?(?P<zone>z|[+-]\d{2}:\d{2})?", re.IGNORECASE
)
_ISO_WEEK = re.compile(r"(?P<y>\d{4})-?W(?P<w>\d{2})(?:-?(?P<d>[1-7]))?", re.IGNORECASE)
_ORDINAL = re.compile(r"(?P<y>\d{4})-(?P<n>\d{3})(?=$|T)", re.IGNORECASE)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_TIME = re.compile(
    r"(?<![\d:.])(?P<H>\d{1,2})(?::|h|\.(?=\d{2}(?:[^.\d]|$)))\s?(?P<M>\d{2})(?:[:.](?P<S>\d{2}))?(?:[.,]\d{1,9})?(?![\d:])"
    r"(?:\s*(?P<half>[ap]\.?\s?m\b\.?))?",
    re.IGNORECASE,
)
_BARE_HOUR = re.compile(r"(?<![\d:.])(?P<H>\d{1,2})\s*(?P<half>[ap]\.?m\b\.?)", re.IGNORECASE)
_EAST_TIME = re.compile(
    r"(?P<half>上午|下午|오전|오후|午前|午後)?\s*(?P<H>\d{1,2})\s*[時时시點点:]\s*(?:(?P<M>\d{1,2})\s*[分분]?)?(?:\s*(?P<S>\d{1,2})[秒초])?"
)
_EAST_DAY = re.compile(r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일号號]?")
_OFFSET = re.compile(
    r"(?:\b(?:gmt|utc|z))?\s*\(?(?<!\d)(?P<sign>[+-])(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?(?!\d)\)?", re.IGNORECASE
)
_WORDS = re.compile(r"[^\W\d_]+")
_NUMBERS = re.compile(r"\d+")
_NUMERIC_DAY = re.compile(r"(?<!\d)(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)")
_VIETNAMESE_MONTH = re.compile(r"\b(?:thang|thg)\s*(\d{1,2})\b")


def parse_date(text: str, *, timezone: tzinfo | None = None) -> datetime | None:
    """The moment that `text` names, with the offset that it gives; without one it is taken in `timezone`, else UTC.
    None for what is no date, or lies outside 1900..2100. A bare day is its midnight."""
    text = " ".join(text[: _MAX_LENGTH + 1].split())
    if not text or len(text) > _MAX_LENGTH or not any(c.isdigit() for c in text):
        return None
    if not text.isascii():
        text = _ascii_digits(text)
    try:
        found = _machine(text, timezone) or _written(text, timezone)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and _OLDEST <= found.year <= _NEWEST else None


def _machine(text: str, zone: tzinfo | None) -> datetime | None:
    """ISO 8601 in its forms, and seconds since 1970."""
    if found := _ISO.fullmatch(text):
        clock = (int(found["H"]), int(found["M"] or 0), int(found["S"] or 0))
        return _moment(int(found["y"]), int(found["m"]), int(found["d"]), clock, _offset(found["zone"]), zone)
    if found := _ISO_DAY.fullmatch(text):
        day = int(found["d"] or 1)
        return _moment(int(found["y"]), int(found["m"] or 1), day, (0, 0, 0), _offset(found["zone"]), zone)
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    if found := _ISO_WEEK.fullmatch(text):
        day_of_week = datetime.fromisocalendar(int(found["y"]), int(found["w"]), int(found["d"] or 1))
        return day_of_week.replace(tzinfo=zone or UTC)
    if found := _ORDINAL.match(text):
        first = datetime(int(found["y"]), 1, 1, tzinfo=UTC) + timedelta(days=int(found["n"]) - 1)
        rest = text[found.end() :]
        return _machine(f"{first:%Y-%m-%d}{rest}", zone)
    return None


def _written(text: str, zone: tzinfo | None) -> datetime | None:
    """What people write: a day somewhere, perhaps a time, perhaps a zone."""
    folded = _fold(text)
    for pair, joined in _JOINED.items():
        folded = folded.replace(pair, joined)
    if east := _EAST_DAY.search(folded):
        time = _EAST_TIME.search(folded, east.end())
        clock = _clock(time) if time else (0, 0, 0)
        return _moment(int(east["y"]), int(east["m"]), int(east["d"]), clock, None, zone)
    time = _TIME.search(folded)
    if time and time["M"] and "." in time[0] and ":" not in time[0] and _NUMERIC_DAY.search(folded[: time.end() + 5]):
        # "13.02.2025": the beginning of a day is no time
        numeric = _NUMERIC_DAY.search(folded)
        if numeric and numeric.start() <= time.start() < numeric.end():
            time = _TIME.search(folded, numeric.end())
    time = time or _BARE_HOUR.search(folded)
    clock, offset, rest = (0, 0, 0), None, folded
    american = False
    if time:
        clock = _clock(time)
        american = bool(time["half"])
        after = folded[time.end() :]
        if gap := _OFFSET.search(after):
            offset = _offset(gap["sign"] + gap["h"].rjust(2, "0") + (gap["m"] or "00"))
            after = after[: gap.start()] + " " + after[gap.end() :]
        elif names := [w for w in _WORDS.findall(after) if w in _HOURS]:
            offset = timedelta(hours=_HOURS[names[0]])
            american = american or names[0] in _AMERICAN
        rest = folded[: time.start()] + " " + after
    day = _day(rest, american=american)
    return _moment(*day, clock, offset, zone) if day else None


def _day(text: str, *, american: bool) -> tuple[int, int, int] | None:
    if found := _NUMERIC_DAY.search(text):
        a, b, c = int(found[1]), int(found[3]), int(found[4])
        if len(found[1]) == 4:
            return a, b, c
        if len(found[1]) == 3:
            return None
        year = _full_year(c, len(found[4]))
        month_first = b > 12 or (american and found[2] == "/" and a <= 12)
        return (year, a, b) if month_first else (year, b, a)
    month, place = 0, 0
    if found := _VIETNAMESE_MONTH.search(text):
        month, place = int(found[1]), found.start()
        text = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
    else:
        words = [(m.start(), MONTH_NAMES[m[0]]) for m in _WORDS.finditer(text) if m[0] in MONTH_NAMES]
        if not words:
            return None
        # "mar. 4 feb. 2025": the weekday comes first
        place, month = words[-1] if len({m for _, m in words}) > 1 and _has_number_between(text, words) else words[0]
    numbers = [(m.start(), m[0]) for m in _NUMBERS.finditer(text)]
    years = [n for n in numbers if len(n[1]) == 4]
    days = [n for n in numbers if len(n[1]) <= 2 and 1 <= int(n[1]) <= 31]
    if not days:
        return None
    before = [n for n in days if n[0] < place]
    day = before[-1] if before and (place - before[-1][0] < 14) else days[0]
    if years:
        return int(years[0][1]), month, int(day[1])
    short = [n for n in numbers if n != day and len(n[1]) == 2 and n[0] > place]
    return (_full_year(int(short[0][1]), 2), month, int(day[1])) if short else None


def _has_number_between(text: str, words: list[tuple[int, int]]) -> bool:
    return any(c.isdigit() for c in text[words[0][0] : words[-1][0]])


def _clock(found: re.Match[str]) -> tuple[int, int, int]:
    parts = found.groupdict()
    hour = int(parts["H"])
    half = (parts.get("half") or "").lower()
    if half[:1] == "p" or half in ("下午", "오후", "午後"):
        hour = hour % 12 + 12
    elif half and hour == 12:
        hour = 0
    return hour, int(parts.get("M") or 0), int(parts.get("S") or 0)


def _moment(year: int, month: int, day: int, clock: tuple[int, int, int], offset: timedelta | None,
            zone: tzinfo | None) -> datetime:  # fmt: skip
    if 2400 <= year <= 2700:
        year -= 543  # the Buddhist era
    hour, minute, second = clock
    carry = timedelta(days=1) if (hour, minute) == (24, 0) else timedelta()
    where = zone or UTC
    if offset is not None:
        where = UTC if not offset else timezone(offset)
    return datetime(year, month, day, hour % 24 if carry else hour, minute, min(second, 59), tzinfo=where) + carry


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    if text in "zZ":
        return timedelta()
    digits = text[1:].replace(":", "").ljust(4, "0") if len(text) <= 3 else text[1:].replace(":", "").rjust(4, "0")
    gap = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if gap > timedelta(hours=15):
        return None  # nobody lives there: as good as no zone
    return -gap if text[0] == "-" else gap


def _full_year(year: int, digits: int) -> int:
    if digits > 2:
        return year
    return 2000 + year if year < 70 else 1900 + year


def _ascii_digits(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).replace("−", "-")
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)


def _fold(text: str) -> str:
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = unicodedata.normalize("NFC", text)
    return text.casefold().replace("ı", "i")


def _month_names() -> dict[str, int]:
    names: dict[str, int] = {}
    lines = [[_fold(n) for n in line.split()] for line in _MONTHS.strip().splitlines()]
    for line in lines:
        for month, name in enumerate(line, 1):
            names.setdefault(name, month)
    for line in lines:
        for month, name in enumerate(line, 1):
            for end in range(3, len(name)):
                if all(other == name or not other.startswith(name[:end]) for other in line):
                    names.setdefault(name[:end], month)
    return {**names, **{f"{n}ta": m for n, m in names.items() if n.endswith("kuu")}, **_SHORT}


MONTH_NAMES: Mapping[str, int] = _month_names()
