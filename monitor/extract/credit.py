"""Whom an article names as its source: datelines, bylines, notes of republishing, brackets, verbs of citing, in the
languages of our readers. The names of outlets are found first; what stands around them says what they are there for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from monitor.core.model import Credit, CreditKind
from monitor.extract.outlets import Named, key_of, outlets_in
from monitor.text.plain import one_line

MAX_CREDITS = 5
_HEAD, _TAIL = 6, 8
"""Lines at the start and the end of a text in which credits stand."""
_LINE = 600
"""Characters of a line that are looked at, from either end."""
_ORDER: Final = {how: rank for rank, how in enumerate(CreditKind)}


def credit_of(text: str, site: str = "") -> str:
    """The strongest credit of a text alone, for people; '' when it names none but its own site."""
    found = credits_of(text, (site,))
    return str(found[0]) if found else ""


def credits_of(text: str, own: Iterable[str] = (), *, author: str = "", notes: Sequence[str] = ()
               ) -> tuple[Credit, ...]:  # fmt: skip
    """The outlets credited, the strongest first. `own` are the names of the site itself, `author` is what the page
    gives as author, `notes` are short lines that stand around the text."""
    keys = _own_keys([name[:200] for name in own])
    lines = [line for line in text.split("\n") if line.strip()]
    found: dict[str, Credit] = {}
    reporter = ""
    for credit in (*_of_author(author), *_of_lines(lines), *_of_notes(notes)):
        key = key_of(credit.outlet)
        if not key or _is_own(key, keys):
            continue
        known = found.get(key)
        if known is None or _ORDER[credit.how] < _ORDER[known.how]:
            found[key] = Credit(
                outlet=credit.outlet, reporter=credit.reporter or (known.reporter if known else ""), how=credit.how
            )
        elif credit.reporter and not known.reporter and credit.is_origin:
            found[key] = Credit(outlet=known.outlet, reporter=credit.reporter, how=known.how)
    ranked = sorted(found.values(), key=lambda c: _ORDER[c.how])[:MAX_CREDITS]
    if ranked and ranked[0].is_origin and not ranked[0].reporter:
        reporter = next((r for line in (*lines[-_TAIL:], *notes) if (r := _signed(line))), "")
        if reporter:
            ranked[0] = Credit(outlet=ranked[0].outlet, reporter=reporter, how=ranked[0].how)
    return tuple(ranked)


def merged(*groups: Iterable[Credit]) -> tuple[Credit, ...]:
    """Of several parts of one article: each outlet once, the strongest first."""
    found: dict[str, Credit] = {}
    for credit in (c for group in groups for c in group):
        known = found.setdefault(key_of(credit.outlet), credit)
        if _ORDER[credit.how] < _ORDER[known.how]:
            found[key_of(credit.outlet)] = credit
    return tuple(sorted(found.values(), key=lambda c: _ORDER[c.how])[:MAX_CREDITS])


_GENERIC = frozenset(
    {"news", "daily", "the", "times", "post", "press", "online", "media", "radio", "tv", "co", "com", "www"}
)


def _own_keys(names: Iterable[str]) -> frozenset[str]:
    """The names of the site, whole and (as far as they name it) word by word."""
    words = {key_of(w) for name in names for w in re.split(r"[\s./-]+", name)}
    return frozenset({key_of(name) for name in names} | (words - _GENERIC)) - {""}


def _is_own(key: str, own: frozenset[str]) -> bool:
    return key in own or any(
        (len(key) > 3 and key in name)
        or (len(name) > 4 and name in key)
        or (len(key) > 8 and SequenceMatcher(None, key, name).ratio() > 0.9)
        for name in own
    )


# --- where credits stand ----------------------------------------------------------------------------------------------


def _of_lines(lines: Sequence[str]) -> Iterator[Credit]:
    head = range(min(_HEAD, len(lines)))
    tail = range(max(0, len(lines) - _TAIL), len(lines))
    for i in sorted({*head, *tail}):
        line = lines[i]
        parts = [line] if len(line) <= 2 * _LINE else [line[:_LINE], line[-_LINE:]]
        for n, part in enumerate(parts):
            starts = n == 0
            for named in outlets_in(part):
                before, after = part[: named.start], part[named.end :]
                whole = len(part) <= 160
                if (starts and i < 3 and (credit := _dateline(named, before, after))) or (credit := _reposted(named, before, after)) or (whole and (i in tail or i < 3) and (credit := _signature(named, before, after, alone=i < 3))) or (i >= len(lines) - 3 and (credit := _bracketed(named, before, after))) or (credit := _contributed(named, before, after) or _cited(named, before, after)):
                    yield credit
            yield from _reposted_unknown(part)


def _of_notes(notes: Sequence[str]) -> Iterator[Credit]:
    for note in notes:
        for named in outlets_in(note):
            before, after = note[: named.start], note[named.end :]
            credit = _reposted(named, before, after) or _signature(named, before, after)
            if credit:
                yield credit
        yield from _reposted_unknown(note)


def _of_author(author: str) -> Iterator[Credit]:
    if not author or len(author) > 200:
        return
    for named in outlets_in(author):
        rest = one_line(author[: named.start] + " " + author[named.end :])
        person = _person(_BY.sub("", rest))
        yield Credit(outlet=named.name, reporter=person, how=CreditKind.BYLINE)


# --- what the words around a name say ---------------------------------------------------------------------------------

_DASH = r"[-–—―]"
_AFTER_DATELINE = re.compile(
    rf"(?:\s?/\s?[\w .-]{{1,30}})?\s?[)）\]/】]?\s?[.,]?\s?(?:{_DASH}+|/|,?\s?:)\s?(?=\S)|\s?[)）\]/】][.,]?\s|(?<=\w)、"
)
_CITY = r"[^\W\d_a-zа-яёіїєґ][^\n(（\[/:;!?.]{0,60}"
_BEFORE_BRACKET = re.compile(rf"(?:\W{{0,3}}{_CITY}\.?\s?)?[(（\[/【＝=]\s?(?:[^\W\d_][\w .]{{1,24}}\s?[=＝/]\s?)?\Z")
_BEFORE_DASH = re.compile(rf"\W{{0,3}}{_CITY}(?:[,،]\s|\s?{_DASH}\s?|\.\s)\Z")
_CITY_AFTER = re.compile(
    rf",\s[^\W\d_a-zа-яёіїєґ][\w .'’/-]{{1,40}}(?:\s\([^()\n]{{1,30}}\))?\s?(?:{_DASH}|:)\s?(?=\S)|\s\(?[A-ZĐ][A-ZĐ ]{{2,30}}\)?\s?(?:,[^,\n]{{1,20}})?{_DASH}\s?(?=\S)"
)
_CJK_DATELINE = re.compile(r"[\u3400-\u9fff]{1,12}\d{1,2}月?\d{0,2}日?[电電]|[】)）]")


def _dateline(named: Named, before: str, after: str) -> Credit | None:
    starts = not before.strip(" \t\"'“«(（[【/")
    bracketed = bool(_BEFORE_BRACKET.fullmatch(before))
    if starts and not before.strip():
        if (
            _CJK_DATELINE.match(after)
            or _CITY_AFTER.match(after)
            or re.match(rf"\s?(?:{_DASH}{{1,2}}|\|)\s|\s?/\s|:\s|、", after)
        ):
            if not (after.lstrip()[:1] == ":" and not named.sure):
                return Credit(outlet=named.name, how=CreditKind.DATELINE)
        return None
    if len(before) > 80:
        return None
    if bracketed and re.match(r"[^()（）\n]{0,30}[)）\]/】]", after):
        closes = re.match(
            rf"[^()（）\n]{{0,30}}[)）\]/】]\s?[.,]?\s?(?:{_DASH}|[A-Z]{{3,}},|:)|[^()\n/]{{0,30}}/\.\s", after
        )
        if (
            closes
            or (len(after) > 25 and starts)
            or re.match(r"\W{0,3}[^\W\d_a-zа-яёіїєґ][^a-zа-яёіїєґ\n]{1,60}\Z", before)
        ):
            return Credit(outlet=named.name, how=CreditKind.DATELINE)
        return None
    if _BEFORE_DASH.fullmatch(before) and re.match(rf"\s?(?:{_DASH}{{1,2}}|:|\|)\s?(?=\S)|\.\s", after):
        closing = after.lstrip()[:1]
        if closing == "." and not re.search(rf"{_DASH}\s?\Z", before):
            return None
        return Credit(outlet=named.name, how=CreditKind.DATELINE)
    return None


_WAS_THERE = re.compile(
    r"(?:(?:telah|sudah|pernah|sebelumnya)?\s?(?:tayang|terbit|dimuat|dipublikasikan|dipublikasi|diterbitkan) (?:\w+ )?(?:di|pada|oleh)"
    r"|(?:originally |first |initially |previously )?(?:published|appeared|posted|ran) (?:originally |first )?(?:on|in|at|by|with)|republished (?:here )?(?:from|with permission from|courtesy of)|"
    r"reprinted (?:from|with permission from)|courtesy of|syndicated from"
    r"|(?:publicad[oa]|aparecid[oa]) (?:originalmente |por primera vez |inicialmente )?(?:en|por)|(?:se publicó|apareció) (?:originalmente |primero )?(?:en|por)"
    r"|publié[e]? (?:initialement |d'abord |à l'origine |pour la première fois )?(?:sur|par|dans)|paru[e]? (?:initialement |d'abord )?(?:sur|dans)"
    r"|(?:erschien|erschienen ist|erscheint|veröffentlicht wurde|wurde) (?:zuerst|zunächst|ursprünglich|im original) (?:\w+ )?(?:bei|auf|in|im|von|in der)"
    r"|pubblicat[oa] (?:originariamente |in origine |per la prima volta |originalmente )?(?:su|da|in|sul)|apparso (?:originariamente |prima )?su"
    r"|publicad[oa] (?:originalmente |primeiro |inicialmente )?(?:em|no|na|pelo|pela)"
    r"|verscheen (?:eerder|oorspronkelijk|eerst) (?:op|in|bij)|overgenomen van"
    r"|(?:впервые |изначально |ранее )?опубликован[ао]? (?:\w+ )?(?:на сайте |в |на |изданием |в издании )|оригинал(?: статьи| материала)?(?: \w+)? (?:на|:)|перепечатк\w+ (?:из|с)"
    r"|(?:вперше |спочатку )?опубліковано (?:на сайті |в |на |у )|першоджерело ?:?|передрук (?:з|із)"
    r"|(?:ukazał się|opublikowany|pochodzi) (?:pierwotnie |po raz pierwszy )?(?:w|na|z|ze|przez)"
    r"|(?:ilk olarak|ilk kez|daha önce)|(?:publicat|apărut) (?:inițial |prima dată )?(?:pe|în|de)|preluat (?:de pe|din)|převzato z|původně (?:vyšel|vyšlo) (?:na|v)"
    r"|publicerades (?:först|ursprungligen) (?:i|på|av)|ble først publisert (?:i|på|av)|blev først bragt (?:i|på)|julkaistu (?:alun perin|ensin)"
    r"|eredetileg (?:a|az)|megjelent (?:a|az)|δημοσιεύ\w+ (?:αρχικά )?(?:στο|στην|στη|από)"
    r"|نُ?شر (?:هذا )?(?:المقال|الموضوع|التقرير)?(?: أولا| أصلا)? ?(?:في|على)|转载自|轉載自|转自|本文来自|原载于?|首发于|轉自|(?:được )?đăng (?:lần đầu )?(?:trên|ở)|bài gốc(?: trên)?"
    r"|मूल रूप से|पहली बार)"
    r"\s?(?:the |situs |laman |media |portal |la agencia |the website |der |dem |das |die |agensi )?[:：«\"“'(]{0,2}\s?\Z",
    re.IGNORECASE,
)
_OF_THIS = re.compile(
    r"\b(?:this|the (?:original|following)) (?:article|story|piece|report|content|essay|interview|post)|originally|first|initially|republished|reprinted|syndicated|"
    r"(?:artikel|berita|tulisan|konten|laporan) ini|dengan judul|este (?:artículo|texto|reportaje|contenido)|esta (?:nota|noticia)|originalmente|primera vez|cet article|cet? (?:texte|entretien)|initialement|"
    r"dieser (?:artikel|text|beitrag)|zuerst|zunächst|ursprünglich|original|questo (?:articolo|testo)|originariamente|prima volta|este (?:artigo|texto)|esta (?:matéria|reportagem)|primeiro|"
    r"dit (?:artikel|verhaal)|oorspronkelijk|overgenomen|стать[яи]|материал|впервые|изначально|оригинал|перепечат|матеріал|вперше|першоджерело|передрук|artykuł|tekst|pierwotnie|"
    r"bu (?:haber|yazı|makale)|ilk|acest articol|inițial|preluat|tento článek|původně|převzato|artikeln|ursprungligen|artikkelen|først publisert|artiklen|juttu|alun perin|cikk|eredetileg|άρθρο|αρχικά|"
    r"bài (?:viết|báo|gốc)|लेख|मूल|هذا (?:المقال|التقرير|الموضوع)|أصلا|本文|文章|原载|轉載|转载|转自|轉自|首发|記事|転載|기사|게재",
    re.IGNORECASE,
)
_THERE_AFTER = re.compile(
    r"\s?(?:に掲載|より転載|から転載|から配信)|[’']?\w{0,4} (?:yayımlan|yayınlan)\w+|[^\n]{0,20}में प्रकाशित|에 게재|에 실린|:ssa? julkaistu|\s?(?:dengan judul|with the headline|avec le titre)\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"(?:artikel|berita|tulisan|konten) ini (?:telah |sudah |pernah |sebelumnya )?(?:tayang|terbit|dimuat|dipublikasikan) (?:sebelumnya |lebih dulu )?(?:di|pada) (?P<id>[^\W\d_][\w.&' -]{1,40}?) (?:dengan judul|berjudul|pada|,)"
    r"|\bthis (?:article|story|piece|report|essay) (?:was )?(?:originally |first )?(?:published|appeared) (?:first |originally )?(?:on|in|by|at) (?P<en>(?:the )?[A-Z][\w.&'’-]{1,30}(?: (?:of|de|and|&|the|[A-Z][\w.&'’-]{0,30})){0,4}?)(?=[.,;]|\s(?:and|on|under|with|in|as|here)\b|$)",
    re.IGNORECASE,
)


def _reposted(named: Named, before: str, after: str) -> Credit | None:
    before = before[-120:]
    if (_WAS_THERE.search(before) or _THERE_AFTER.match(after)) and _OF_THIS.search(before + after[:30]):
        return Credit(outlet=named.name, how=CreditKind.REPOSTED)
    return None


def _reposted_unknown(line: str) -> Iterator[Credit]:
    """Words that leave no doubt make an outlet of any name."""
    for match in _UNKNOWN.finditer(line[: 2 * _LINE]):
        name = one_line(match["id"] or match["en"] or "").strip(" .,")
        if name[:1].isupper() and not outlets_in(name):
            yield Credit(outlet=name, how=CreditKind.REPOSTED)


_SOURCE = re.compile(
    r"(?:\A|[\s(（\[|/])(?:sumber(?: berita| artikel)?|source|sources|via|fuente|fonte|quelle|quellen|bron|kilde|källa|lähde|źródło|źr|zdroj|"
    r"источник|джерело|kaynak|πηγή|forrás|sursa|المصدر|مصدر|منبع|来源|來源|出典|情報元|출처|स्रोत|nguồn|theo|isvor|извор|източник)\s?[:：]\s?[«\"“(]?\Z",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\A\W{0,3}(?:(?:by|oleh|por|par|von|di|door|av|af|przez|tekst|text|penulis|reporter|author|autor|autore|auteur|автор|журналист|кореспондент|корреспондент|yazan|laporan)\b\s?:?\s?)+",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\A\W{0,3}(?:laporan|liputan|reportase)\s(?:(?:wartawan|jurnalis|reporter|kontributor|koresponden|khusus)\s?)+(?:dari\s)?\Z"
    r"|\A\W{0,3}(?:wartawan|jurnalis|reporter|penulis|kontributor|koresponden|corresponsal|correspondent|корреспондент|кореспондент)\s?:?\s?\Z",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s?(?:[,，/|•·、]|[-–—]|\bfor\b|\bof\b|\bpara\b|\bpour\b|\bfür\b|\bper\b|\bvoor\b|\bfrom\b|\bdi\b)\s?\Z",
    re.IGNORECASE,
)


def _signature(named: Named, before: str, after: str, *, alone: bool = False) -> Credit | None:
    """A line of its own that says who wrote: `Source: …`, `By Ana Wulan, …`, `Laporan Wartawan …, Ana Wulan`."""
    if not named.known:
        return None
    rest = after.strip(" \t.)）]|")
    if _SOURCE.search(before):
        reporter = _person(rest.lstrip(",/ ")) if rest[:1] in ",/" else ""
        return Credit(outlet=named.name, reporter=reporter, how=CreditKind.SOURCE) if len(rest) < 60 else None
    if _REPORT.fullmatch(before):
        reporter = _person(_leading(rest.lstrip(",:;-–—/ ")))
        return Credit(outlet=named.name, reporter=reporter, how=CreditKind.BYLINE)
    if not before.strip(" \t(（["):
        if after[:1] in ",/|-–—" or after[:2] in (" -", " –", " —", " |", " /"):
            reporter = _person(rest.lstrip(",/|-–— "))
            if reporter:
                return Credit(outlet=named.name, reporter=reporter, how=CreditKind.BYLINE)
        if alone and not rest and not before.strip() and named.sure and len(named.name) > 3:
            return Credit(outlet=named.name, how=CreditKind.BYLINE)
        return None
    if not rest:
        by = _BY.match(before)
        person = before[by.end() :] if by else before
        if by and not person.strip():
            return Credit(outlet=named.name, how=CreditKind.BYLINE)
        cut = _BETWEEN.sub("", person)
        reporter = _person(cut)
        if reporter and (by or (cut != person and named.sure)):
            return Credit(outlet=named.name, reporter=reporter, how=CreditKind.BYLINE)
    return None


_OPEN_END = re.compile(
    r"[(（\[/【]\s?(?:(?:foto|red|ed|ant|mit|avec|com|con|with)\.?\s?[:/]?\s?|[\w .*]{1,20}[/,]\s?)?\Z", re.IGNORECASE
)
_CLOSE_END = re.compile(r"(?:\s?[/,]\s?[\w .*]{1,30}){0,3}\s?[)）\]/】]\W{0,4}\Z")


def _bracketed(named: Named, before: str, after: str) -> Credit | None:
    if _CLOSE_END.match(after) and _OPEN_END.search(before):
        return Credit(outlet=named.name, how=CreditKind.BRACKETED)
    return None


_GIVES_BEFORE = re.compile(
    r"(?:con (?:información|datos|agencias?) de|avec|mit (?:material|informationen) (?:von|der)|(?:unter )?verwendung von material (?:von|der)|com (?:informações|agências?|dados) d[aeo]s?|con (?:fonte|materiale)|"
    r"with (?:inputs?|reporting|files|material|additional reporting|contributions?|information) (?:from|by)|additional reporting by|material from|reporting by [\w .]{3,40} (?:for|of)|"
    r"met (?:informatie|medewerking) van|по материалам|с использованием (?:материалов|сообщений)|за матеріалами|за інформацією|na podstawie(?: materiałów)?|z materiałów|"
    r"med (?:material|uppgifter) från|berdasarkan laporan|diolah dari|综合|με πληροφορίες από(?: το| την)?|cu informații de la)"
    r"\s?(?:the |la |el |l'|der |do |da |de |agencia |agence |agenzia )?[«\"“(]?(?:[\w. -]{2,25}(?:,| and| y| et| und| e| и| та| dan)\s)?\Z",
    re.IGNORECASE,
)
_GIVES_AFTER = re.compile(
    r"(?:,? and [\w .'-]{2,40})?\s(?:also )?contributed (?:to|reporting)|(?: and [\w .'-]{2,40})? contributed\b|[’']?\w{0,3} (?:katkıda|ile birlikte)|(?:가| 기자) 기여",
    re.IGNORECASE,
)


def _contributed(named: Named, before: str, after: str) -> Credit | None:
    if _GIVES_AFTER.match(after) or _GIVES_BEFORE.search(before[-100:]):
        return Credit(outlet=named.name, how=CreditKind.CONTRIBUTED)
    return None


_SAYS_BEFORE = re.compile(
    r"(?<!\w)(?:"
    r"(?:dilansir|dikutip|disadur|dihimpun|melansir|mengutip|menyadur|dilaporkan|diberitakan)(?: \w+)?(?: dari| oleh| dalam| pada)?|menurut(?: laporan| keterangan| pemberitaan)?|dari|kepada|lapor|sumber|memetik"
    r"|according to(?: (?:a )?(?:report|reports|reporting|analysis|figures) (?:by|in|from|compiled by))?|citing|cited by|reported by|report(?:s)? (?:by|in|from)|told|telling|quoted by|interview with|statement to|first reported by|via|says|per"
    r"|según(?: informó| informa| informan| publica| publicó| recoge| ha informado| reportó| el diario| la cadena)?|citado por|citando a|informó|informa|recogido por|publicado por|declaró a|dijo a|reporta|de acuerdo con"
    r"|selon|d['’]après|cité[e]? par|rapporte|rapporté par|a déclaré à|citant|relayé par|indique|à"
    r"|laut|berichtet(?:e)?|berichten|wie|zufolge|sagte|gegenüber|meldet(?:e)?|zitiert(?:e)?|nach (?:angaben|informationen|berichten) (?:von|der|des)|schreibt|so"
    r"|secondo(?: quanto (?:riporta|riferisce|riportato da))?|riporta|riferisce|riportato da|riferito da|citato da|come scrive|scrive|ha detto (?:a|all'|alla)|stando a"
    r"|segundo|de acordo com|conforme|citad[oa] pel[ao]|informou|disse (?:à|ao|a)|afirmou (?:à|ao)|noticiou|relatou"
    r"|volgens|meldt|bericht|schrijft|aldus|zegt|tegen|citeert"
    r"|сообщает|сообщил[аио]?|сообщили|передает|передаёт|передал[аио]?|пишет|пишут|со ссылкой на|ссылаясь на|по данным|по информации|по сообщению|как сообщает|рассказал[аи]? (?:\w+ )?|заявил[аи]? (?:\w+ )?|сказал[аи]? (?:\w+ )?|цитирует|приводит слова(?: \w+)?"
    r"|повідомляє|повідомляють|повідомив|повідомила|пише|пишуть|передає|передають|з посиланням на|із посиланням на|посилаючись на|за даними|за інформацією|як пише|розповів|сказав|цитує|інформує"
    r"|za|według|podaje|podała|podał|podają|informuje|poinformował[ao]?|jak podaje|cytowan\w+ przez|powołując się na|powiedział[ao]? (?:\w+ )?|donosi|pisze"
    r"|enligt|uppger för|uppger|rapporterar|skriver|säger till|till"
    r"|ifølge|melder|oplyser til|sier til|siger til|rapporterer|til"
    r"|kertoo|mukaan|kertoi|raportoi|kirjoittaa"
    r"|potrivit|conform|transmite|relatează|citat(?:ă)? de|informează|scrie|a declarat pentru|anunță|notează"
    r"|podle|uvedla|uvedl|informoval[ao]?|napsal[ao]?|řekl[ao]?|píše|citoval[ao]?|oznámil[ao]?"
    r"|σύμφωνα με|μεταδίδει|αναφέρει|επικαλούμενο|γράφει"
    r"|szerint|írja|közölte|jelentette|tudósít\w*|idézi|beszámolt\w*"
    r"|بحسب|وفقا ل|وفقًا ل|وفق|نقلا عن|نقلًا عن|ذكرت|أفادت|حسب|قالت|نقلت|أوردت|لـ?|به گزارش|به نقل از|به نوشته"
    r"|theo|dẫn (?:nguồn|lời)(?: từ)?|trích dẫn|nói với|cho biết với"
    r")(?!\w)"
    r"(?:\s(?:the|a|an|agency|agencies|news agency|wire service|newspaper|broadcaster|network|local|state|state-run|kantor berita|laman|situs|media|harian|surat kabar|koran|portal|stasiun|agensi berita|la|el|le|les|lo|il|los|las|die|der|das|dem|den|de|het|o|os|as|"
    r"agencia|agence|agenzia|agência|agentur|nachrichtenagentur|nyhetsbyrån|nyhetsbyrået|nyhedsbureauet|uutistoimisto|agencja|agencji|agentura|agentury|agenția|agenției|persbureau|zeitung|diario|cadena|periódico|quotidien|journal|chaîne|site|quotidiano|giornale|jornal|emissora|krant|"
    r"агентство|агентству|агентства|агентством|агенция|газета|газету|издание|телеканал|телеканалу|видання|агенція|το|πρακτορείο|την|η|az|a|hírügynökség|hãng|hãng tin|báo|tờ|وكالة|وكالة الأنباء|وكالة أنباء|قناة|صحيفة|شبكة|خبرگزاری|روزنامه|"
    r"американск\w+|британск\w+|канал|gwe|dziennik|gazety|gazeta|deník|deníku|server|serveru|televize|telewizja|stacji)){0,3}"
    r"(?:\s(?:l|all|dall|dell|d|qu)['’])?\s?[:«\"“„‘'(]?\s?\Z"
    r"|(?:بحسب|وفق|ل|لـ|عن)\s?\Z",
    re.IGNORECASE,
)
_SAYS_AFTER = re.compile(
    r"[»\"”’')]?(?:\s(?:news agency|agency|newspaper|News|TV|television|online|muhabirine|haber ajansı))?[,]?\s?(?:"
    r"(?:\s?(?:has |had |also |juga |turut )?(?:reported|reports|said|says|wrote|quoted|cited|melaporkan|memberitakan|menulis|mengabarkan|menyebut|"
    r"informó|informa|publicó|reportó|recogió|rapporte|rapportait|indique|annonce|berichtet(?:e)?|meldet(?:e)?|schreibt|zitiert|riporta|riferisce|scrive|informou|noticiou|relatou|publicou|"
    r"meldt|meldde|schrijft|сообщает|сообщило|сообщил|передает|передаёт|пишет|повідомляє|повідомило|пише|передає|podaje|podała|podał|informuje|donosi|pisze|"
    r"rapporterar|skriver|rapporterer|melder|kertoo|raportoi|relatează|transmite|scrie|informează|píše|uvedl[ao]?|informoval[ao]?|μεταδίδει|αναφέρει|γράφει|írja|közölte|jelentette|ذكرت|أفادت|نقلت|گزارش|đưa tin|cho biết|cho hay)(?!\w))"
    r"|[’']?\w{0,4}\s(?:göre|haberine göre|haberinde|bildirdi|aktardı|yazdı|bildirdiğine göre|aktardığına göre|konuşan|duyurdu|zufolge|szerint|mukaan|के मुताबिक|के अनुसार|ने बताया|ने कहा|की रिपोर्ट)"
    r"|['’:]n mukaan|\s?(?:के मुताबिक|के अनुसार|ने बताया|को बताया|की रिपोर्ट)"
    r"|(?:\s?[（(]\w{0,20}[)）])?(?:报道|報道|报导|報導|消息|记者|援引|電|电|称)|(?:通信)?(?:によると|によれば|が報じ|は報じ|が伝え|は伝え|の取材|などによ)"
    r"|(?:통신|방송|신문)?(?:에 따르면|이 보도|가 보도|은 보도|는 보도|이 전했|가 전했|은 전했|는 전했|와의 인터뷰|과의 인터뷰)"
    r")",
    re.IGNORECASE,
)
_CJK_BEFORE = re.compile(r"(?:据|據|援引|引述|引用|接受|告诉|告訴|综合)\s?[《「『]?\Z")


def _cited(named: Named, before: str, after: str) -> Credit | None:
    if named.sure and (
        _SAYS_BEFORE.search(before[-80:]) or _SAYS_AFTER.match(after[:60]) or _CJK_BEFORE.search(before[-8:])
    ):
        return Credit(outlet=named.name, how=CreditKind.CITED)
    return None


# --- people -----------------------------------------------------------------------------------------------------------

_NAME = re.compile(r"(?:(?:[^\W\d_][\w'’.-]{0,24}|[^\W\d_]\.)(?:\s|$)){2,5}|[\u3400-\u9fff]{2,4}|[\uac00-\ud7af]{2,4}")
_PARTICLE = frozenset(
    ["de", "da", "do", "dos", "das", "del", "della", "di", "der", "den", "van", "von", "und", "bin", "binti", "binte", "ibn", "al", "el", "la", "le", "y", "e", "dan", "ter", "zu", "af", "av"]
)
_ROLE = re.compile(
    r"\b(?:staff|writer|editor|correspondent|reporter|team|redaksi|redaktion|redacción|rédaction|desk|newsroom|agencies|wartawan|kontributor|jurnalis)\b.*",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:\A|[\s|,(])(?:penulis|reporter|wartawan|pewarta|jurnalis|author|autor|auteur|автор|reporting by|laporan)\s?:\s?(?P<who>[^|/\n(),;:]{4,60})",
    re.IGNORECASE,
)


def _signed(line: str) -> str:
    """The reporter in `Penulis: Ana Wulan | Editor: Budi`."""
    match = _SIGNED.search(line[-400:])
    return (
        _person(re.split(r"\s(?:editor|penyunting|redaktur)\b", match["who"], maxsplit=1, flags=re.IGNORECASE)[0])
        if match
        else ""
    )


def _leading(text: str) -> str:
    return re.split(r"[|;:(\n]|\s[-–—]\s", text, maxsplit=1)[0]


def _person(text: str) -> str:
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


_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\uac00-\ud7af]{2,4}")
